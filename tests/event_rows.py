"""Invented event files that hold every trap at once, for comparing engines on the same bytes."""

import random
from pathlib import Path

from talleyrand.events import layouts

STATES = ("RUS", "UKR", "CHN", "USA", "GBR", "AFR", "ROM", "")
CODES = ("042", "42", "190", "020", "1", "173", "060", "112", "9999", "", "Z")
URLS = (
    "https://www.bbc.com/news/{0}", "http://ria.ru/{0}", "https://UKRINFORM.net/a/{0}?x=1",
    "https://edition.cnn.com/{0}", "https://channel.tv/{0}", "https://a.co.uk", "bare{0}",
    "https:///{0}", "", "ftp://xn--80a.xn--p1ai/{0}", "https://新闻.cn/{0}", "https://o'neil.ie/{0}",
)  # fmt: skip
DAYS = ("20220301", "20220302", "20211231", "20200229", "2022AB01", "20221301", "2022030", "")
KINDS = ("", "GOV", "MIL", "BUS", "REB", "COP")


def gdelt(path: Path, count: int, seed: int, layout: tuple[str, ...] = layouts.GDELT2) -> Path:
    """A file of `count` rows, some of them again under another number, and damaged lines."""
    draw = random.Random(seed)
    added = "20220301120000" if layout == layouts.GDELT2 else "20220301"
    rows = [_row(draw, number, layout, added) for number in range(count)]
    again = [f"{900_000 + i}\t{row.split(chr(9), 1)[1]}" for i, row in enumerate(rows[::11])]
    sound = [_row(random.Random(1), 0, layout, added, SQLDATE="20220301")] * 21
    damaged = ["x\ty", "\t".join(["1"] * (len(layout) + 1)), "", "   "]
    text = "\n".join([*sound, *rows, *damaged, *again]) + "\n"
    path.write_bytes(text.encode() + b"\xff\xfe broken \xc3\n" + rows[1].encode())
    return path


def _row(
    draw: random.Random, number: int, layout: tuple[str, ...], added: str, **given: str
) -> str:
    cells = {
        "GLOBALEVENTID": str(number), "SQLDATE": draw.choice((*DAYS[:4] * 5, *DAYS[4:])),
        "MonthYear": "202203", "Actor1CountryCode": draw.choice(STATES),
        "Actor2CountryCode": draw.choice(STATES), "Actor1Type1Code": draw.choice(KINDS),
        "Actor2Type1Code": draw.choice(KINDS), "EventCode": draw.choice(CODES), "QuadClass": "1",
        "GoldsteinScale": "1.9", "NumMentions": draw.choice(("1", "6", "10", "x", "")),
        "SOURCEURL": draw.choice(URLS).format(draw.randrange(5)), "DATEADDED": added,
        "Actor1Name": draw.choice(("", 'A "quoted" name', "Имя", "a\\b", "'")), **given,
    }  # fmt: skip
    return "\t".join(cells.get(name, "") for name in layout)
