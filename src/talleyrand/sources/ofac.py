"""The United States' list of sanctioned persons, by snapshot: how many, under which programmes.

The Treasury's list of Specially Designated Nationals. A record is one entry, one target state and
the day of the snapshot; names are not kept. An entry names its programmes, and a programme is
about a state where its name says so (UKRAINE-EO13660 and RUSSIA-EO14024 are about Russia). An
entry under programmes on no state (terrorism, narcotics) is kept without a target.

The list has no day of designation. So two snapshots tell how it grew, not when.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from talleyrand.errors import FetchError, LayoutChanged, PageMissing
from talleyrand.model import Http, Parsed, Raw, Record, Rejected, Source
from talleyrand.sources import _csv

NAME = "ofac"
LIST = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV"

_DAY = re.compile(r"(?<!\d)(20\d\d)[_-](0[1-9]|1[0-2])(?:[_-](0[1-9]|[12]\d|3[01]))?(?!\d)")
_HEADER = ("uid", "name", "type", "programs", "alternate_names")
_OLD_WIDTH, _OLD_PROGRAMMES = 12, 3
_TARGETS = (
    ("RUSSIA", "RUS"),
    ("UKRAINE", "RUS"),
    ("BELARUS", "BLR"),
    ("IRAN", "IRN"),
    ("IFSR", "IRN"),
    ("DPRK", "PRK"),
    ("CUBA", "CUB"),
    ("SYRIA", "SYR"),
    ("VENEZUELA", "VEN"),
    ("BURMA", "MMR"),
    ("IRAQ", "IRQ"),
    ("LIBYA", "LBY"),
    ("SUDAN", "SDN"),
    ("DARFUR", "SDN"),
    ("SOUTH SUDAN", "SSD"),
    ("SOMALIA", "SOM"),
    ("YEMEN", "YEM"),
    ("ZIMBABWE", "ZWE"),
    ("LEBANON", "LBN"),
    ("NICARAGUA", "NIC"),
    ("MALI", "MLI"),
    ("CAR", "CAF"),
    ("DRCONGO", "COD"),
    ("ETHIOPIA", "ETH"),
    ("HK", "CHN"),
    ("CMIC", "CHN"),
)


def fetch(http: Http) -> Iterator[Raw]:
    """The list as it stands; it carries no day, so the day it was fetched is its day.

    Where the Treasury leads to another host, the error says so: save the list by hand then.
    """
    try:
        data = http.get(LIST, text=False)
    except PageMissing as error:
        raise LayoutChanged(f"{LIST} is no longer there; look at {SOURCE.homepage}") from error
    yield Raw(f"ofac_{datetime.now(UTC):%Y_%m_%d}/sdn.csv", data)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """Past lists are not kept at a fixed address; raises FetchError that says what to do."""
    raise FetchError(
        f"the site gives today's list only: leave --since out. Of an older one save {LIST} into a"
        " folder named by its day, as ofac_2026_08_20/sdn.csv, and run:"
        " talleyrand ingest ofac FOLDER"
    )


def claims(name: str) -> bool:
    """The main list; the lists of addresses and other names say nothing more."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "sdn" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """A record an entry and target state."""
    day = _day(raw.name)
    if day is None:
        yield Rejected(NAME, raw.name, "no year and month in the name of the file or its folder")
        return
    rows = _with_header(raw) if tuple(_csv.header(raw)) == _HEADER else _without(raw)
    for row in rows:
        yield from [row] if isinstance(row, Rejected) else _entry(*row, day)


def _with_header(raw: Raw) -> Iterator[tuple[str, str] | Rejected]:
    """The uid and programmes of each row of a table with a header."""
    for row in _csv.rows(raw, NAME, _HEADER):
        yield row if isinstance(row, Rejected) else (row[1]["uid"], row[1]["programs"])


def _without(raw: Raw) -> Iterator[tuple[str, str] | Rejected]:
    """The same of the Treasury's own layout: twelve columns, no header."""
    text = raw.data.decode("utf-8", "replace").replace("\x1a", "")
    csv.field_size_limit(_csv.MOST_CHARACTERS)
    found = 0
    for line in text.splitlines():
        cells = _cells(line)
        if len(cells) == _OLD_WIDTH:
            found += 1
            yield cells[0], cells[_OLD_PROGRAMMES]
        elif cells:
            yield Rejected(NAME, f"{raw.name}: {line[:20]}", "a row with too few or too many cells")
            if not found:
                return


def _cells(line: str) -> list[str]:
    """The cells of a line; one that is no row of ours where a cell is beyond all measure."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return [line]


def _entry(uid: str, programmes: str, day: date) -> Iterator[Parsed]:
    if not uid.strip().isdecimal() or not uid.isascii():
        yield Rejected(NAME, uid[:20], "an entry without a number")
        return
    named = programmes.replace("-0-", "").upper()
    parts = [part.strip() for part in re.split(r"[;\]\[|]|,\s", named) if part.strip()]
    for target in sorted({_target(part) for part in parts} - {""}) or [""]:
        yield Record(
            source=NAME,
            kind="listed",
            sender="USA",
            target=target,
            item=f"{uid.strip()}:{target}",
            start=day,
            end=day,
            value=1.0,
            unit="entry",
            url=LIST,
            note=" ".join(parts)[:200],
        )


def _target(programme: str) -> str:
    """The state a programme is about, "" where it is about none."""
    about = programme.removeprefix("CAATSA - ")
    found = (iso3 for word, iso3 in _TARGETS if about.startswith(word))
    return next(found, "")


def _day(name: str) -> date | None:
    """The last day named in a path, of the file or of its folder; of a month, its last day."""
    named = list(_DAY.finditer(name))
    if not named:
        return None
    year, month, day = named[-1].groups()
    last = calendar.monthrange(int(year), int(month))[1]
    return date(int(year), int(month), int(day or last)) if int(day or last) <= last else None


SOURCE = Source(
    name=NAME,
    title="The US list of sanctioned persons, by snapshot",
    publisher="USA",
    licence="public domain (US Department of the Treasury, OFAC)",
    homepage="https://ofac.treasury.gov/sanctions-list-service",
    brings="records",
    defects=(
        "no day of designation: two snapshots tell how the list grew, not when",
        "a snapshot known by its month stands at the month's last day",
        "fetched by the address OFAC publishes; not tried on the real site",
        "programmes on Ukraine are counted as aimed at Russia",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    fetch_since=fetch_since,
)
