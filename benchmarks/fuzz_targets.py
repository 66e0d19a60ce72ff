"""What is fuzzed: every parser of untrusted bytes, with what it may raise and what must hold.

A target is a function of bytes that returns how many items came out; anything but the errors it
names is a defect. `SEEDS` are the invented samples of the tests and a few hostile texts, so no
published text is needed. Used by `fuzz.py` (coverage-guided) and by tests/test_fuzz.py.
"""

from __future__ import annotations

import gzip
import io
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa

from talleyrand import archives, coding, event_files, fetch, frames, phrase_file, registry
from talleyrand import codebook as codebooks
from talleyrand import pieces as cutting
from talleyrand.claims import file as claims_file
from talleyrand.errors import TalleyrandError
from talleyrand.events import layouts
from talleyrand.model import Document, Language, Raw, Record, Rejected, Report
from talleyrand.own_points import as_day
from talleyrand.quoting import articles
from talleyrand.report import hits, html, sheet, tables, words
from talleyrand.series_file import parse_series
from talleyrand.sources import _dates, _text

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
LANGUAGES: tuple[Language, ...] = get_args(Language)
HOSTILE = (
    "<script>alert(1)</script>\" onload='x' \u202e{{ 7*7 }}",
    '=HYPERLINK("http://e.example","x")\t@SUM(1)\r+1\x1b]0;x\x07\x1b[31m',
    "\ufeff\u200b\ud800 &amp;lt;img src=x onerror=1&gt; %0d%0a \x00",
)


@dataclass(frozen=True)
class Target:
    """A parser: how it is called, on what, and the errors that are its right."""

    name: str
    run: Callable[[bytes], int]
    seeds: tuple[bytes, ...]
    may_raise: tuple[type[BaseException], ...] = (TalleyrandError,)


def tried(target: Target, data: bytes) -> int:
    """One input: how many items came out, or -1 where it was refused in good order."""
    try:
        return target.run(data)
    except target.may_raise as error:
        if len(str(error)) > 5_000:
            raise AssertionError("an error as long as what it is about") from error
        return -1


# --- sources -------------------------------------------------------------------------------


def _source(name: str, label: str) -> Callable[[bytes], int]:
    source = registry.source(name)
    assert source.claims(label), label

    def run(data: bytes) -> int:
        count = 0
        for raw in cutting.pieces(Raw(label, data)):
            for item in source.parse(raw) if isinstance(raw, Raw) else ():
                count += _checked(item)
        return count

    return run


def _checked(item: object) -> int:
    """What must hold of whatever a parser makes."""
    if isinstance(item, pa.Table):
        assert {"sender", "target", "kind", "start", "end", "value"} <= set(item.column_names)
        return int(item.num_rows)
    assert isinstance(item, Document | Record | Report | Rejected), item
    if isinstance(item, Rejected):
        assert item.reason
        assert len(item.reason) < 300, item.reason
    if isinstance(item, Document):
        assert item.text.strip()
        assert item.event_date <= item.published or item.event_date_basis == "text"
        assert "\x00" not in item.text
    return 1


def _sources() -> Iterator[Target]:
    """A target a sample of each source; a table in Parquet is read by a library, not by us."""
    records = sorted((SAMPLES / "records").glob("*_sample.*"))
    for path in records:
        if path.suffix == ".json":
            continue
        claiming = [s for s in registry.SOURCES if s.claims(path.name)]
        name = next(s.name for s in claiming if s.brings != "documents")
        yield Target(f"{name}:{path.stem}", _source(name, path.name), (path.read_bytes(),))
    for folder in sorted(p for p in (SAMPLES / "statements").iterdir() if p.is_dir()):
        by_ending: dict[str, list[Path]] = {}
        source = registry.source(folder.name)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and source.claims(str(path.relative_to(folder))):
                by_ending.setdefault(path.suffix, []).append(path)
        for ending, paths in by_ending.items():
            label = str(paths[0].relative_to(folder))
            seeds = tuple(path.read_bytes() for path in paths)
            yield Target(f"{source.name}:{ending or 'page'}", _source(source.name, label), seeds)


# --- files ---------------------------------------------------------------------------------


def _in_file(suffix: str, read: Callable[[Path], int]) -> Callable[[bytes], int]:
    def run(data: bytes) -> int:
        path = Path(_folder()) / f"fuzzed{suffix}"
        path.write_bytes(data)
        return read(path)

    return run


@cache
def _folder() -> str:
    return tempfile.mkdtemp(prefix="fuzz")


def _archive(path: Path) -> int:
    total = count = 0
    for found in archives.read(path):
        count += 1
        total += len(found.data) if isinstance(found, Raw) else 0
    assert total < 300_000_000, "more than any honest file of this size"
    return count


def _unpacked(path: Path) -> int:
    count = 0
    for found in event_files.unpacked(path, Path(_folder())):
        assert found.parent == Path(_folder()), "written outside its folder"
        found.unlink()
        count += 1
    return count


def _events(data: bytes) -> int:
    path = Path(_folder()) / "fuzzed.csv"
    path.write_bytes(data)
    return len(layouts.recognise(event_files.head(path), path.name).name)


def _zip(names: tuple[str, ...], text: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, text)
    return held.getvalue()


# --- texts ---------------------------------------------------------------------------------


def _text_in(data: bytes) -> str:
    """Any characters, lone surrogates among them."""
    return data.decode("utf-8", "surrogateescape")


def _coded(language: Language) -> Callable[[bytes], int]:
    def run(data: bytes) -> int:
        text = _text_in(data)
        found = coding.code(
            text, lang=language, sender="CHN", counterpart="RUS", codebook=codebooks.load()
        )
        for part in found.passages:
            whole = part.passage
            assert 0 <= whole.start <= whole.end <= len(text)
            for aimed in part.matches:
                assert whole.start <= aimed.match.start < aimed.match.end <= whole.end
        for opening in (text, text[:200]):
            day, _ = _dates.event_date(opening, language, date(2022, 9, 16))
            assert date(2022, 7, 1) < day <= date(2022, 9, 16) or day.year > 1900
        frames.frame(text, text)
        return len(found.passages)

    return run


def _cleaned(data: bytes) -> int:
    text = _text_in(data)
    for made in (_text.markdown(text), _text.one_line(text), _text.paragraphs(text)):
        assert "\x1b" not in made
        assert "\u202e" not in made
    page = _text.page(data)
    return len(_text.text_of(page)) if page is not None else 0


def _article(path: Path) -> int:
    return sum(len(one.text) for one in articles.read([path]))


def _series(data: bytes) -> int:
    return len(parse_series(_text_in(data), "own.csv"))


def _day(data: bytes) -> int:
    return as_day(_text_in(data)).toordinal()


def _codebook(data: bytes) -> int:
    codes, wordings = phrase_file.read(data, "own.toml", "en")
    if len(wordings) < 20:
        path = Path(_folder()) / "own.toml"
        path.write_bytes(data)
        codebooks.load(path).find("A friendship with no limits, never an alliance.", "en")
    return len(codes)


def _claims(data: bytes) -> int:
    return len(claims_file.parse(data, "own.toml"))


def _address(data: bytes) -> int:
    text = _text_in(data)
    fetch._retry_after(text)
    place = fetch._next("https://a.example/b/c", text, near=False)
    assert place.startswith("https://a.example"), place
    return len(place)


# --- what goes out -------------------------------------------------------------------------


class _Tags(HTMLParser):
    """The tags of a page in order, with the names of their attributes and where links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            assert name != "href" or (value or "").startswith(("http://", "https://", "#")), value


def _page(text: str) -> str:
    rows = sheet.Table(("a", "b"), ((text, text),), title=text)
    sources = sheet.Sources((("2022-09-15", "https://a.example/", text),))
    return sheet.page(sheet.Sheet(text, text, (text, rows, sources), text, about=text))


def _written(data: bytes) -> int:
    """A terminal table, a page and a CSV of hostile cells, looked into."""
    text = _text_in(data)
    shown = tables.render(text, ["a", "b"], [{"a": text, "b": text[::-1]}], width=60)
    for char in set(shown) - {"\n"}:
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), repr(char)
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", repr(char)
    assert words.plain(text) == words.plain(words.plain(text)), "plain twice is not plain once"
    link = html.link(text)
    assert link is None or link.startswith(("http://", "https://")) or link[:4].lower() == "http"
    if text.strip():
        assert _Tags(_page(text)).found == _Tags(_page("x")).found, "a text became markup"
    table = hits.as_csv([_hit(text)])
    for row in table.splitlines()[1:]:
        assert row[:1] not in ("=", "+", "-", "@", "\t", "\r"), row
    return len(table)


def _hit(text: str) -> dict[str, Any]:
    """A passage as `evidence` gives it, every text of it hostile."""
    return dict.fromkeys(hits.COLUMNS, text)


_VOTES = b"""undl_id,ms_code,ms_name,ms_vote,date,session,resolution
1,CHN,CHINA,Y,2021-12-06,76,A/RES/76/1
1,SUN,USSR,A,2021-12-06,76,A/RES/76/1
2,KAZ,KAZAKHSTAN,X,2022-10-12,ES-11,"A/RES/ES-11/4"
"""
_TRADED = b"""{"count":2,"error":"","data":[{"period":"2021","reporterISO":"CHN","flowCode":"X",
"partnerISO":"RUS","partner2Code":0,"cmdCode":"TOTAL","customsCode":"C00","motCode":0,
"primaryValue":1.5},{"period":2021,"reporterISO":"CHN","flowCode":"M","partnerISO":"W00",
"cmdCode":"TOTAL","primaryValue":null}]}"""

_COMEXT = b"""DATAFLOW,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE
E,M,DE,RU,TOTAL,1,VALUE_IN_EUROS,2021-01,1000
E,M,GR,RU,27,2,VALUE_IN_EUROS,2021-02,
"""
_IMTS = b"""DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE
IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,CHN,A,2021,100500000,6
IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,WBG,A,2021,NaN,6
"""
_CENSUS = b"""[["CTY_CODE","CTY_NAME","GEN_VAL_MO","SUMMARY_LVL","time"],
["-","TOTAL FOR ALL COUNTRIES","99","DET","2021-01"],
["5700","CHINA","10000000","DET","2021-01"],["4621","RUSSIA","3000000","DET","2021-03"]]"""


def targets() -> tuple[Target, ...]:
    """All of them, by name."""
    tar = (SAMPLES / "records" / "vetoes_sample.csv").read_bytes()
    hostile = tuple(text.encode("utf-8", "surrogatepass") for text in HOSTILE)
    said = (SAMPLES / "statements" / "mfa_china" / "raw" / "901").read_bytes()
    news = (SAMPLES / "statements" / "president_ukraine" / "invented-item-4.html").read_bytes()
    zipped = _zip(("a.csv", "../../b.csv", "/etc/c.csv"), tar)
    gdelt = "\t".join(["1", "20220301", *["x"] * 59]).encode()
    own = b"date,value,n\n2022-01,1.5,3\n2022-02,2,4\n2022-03,,5\n"
    return (
        *_sources(),
        Target("un_library:csv", _source("un_library", "2026_ga_voting.csv"), (_VOTES,)),
        Target("un_comtrade:json", _source("un_comtrade", "comtrade_CHN_2021_X.json"), (_TRADED,)),
        Target("eurostat:sdmx", _source("eurostat", "eurostat_2021.csv"), (_COMEXT,)),
        Target("imf_trade:sdmx", _source("imf_trade", "imf_imts_2021.csv"), (_IMTS,)),
        Target("us_census:json", _source("us_census", "us_trade_2021_imports.json"), (_CENSUS,)),
        Target("archive:zip", _in_file(".zip", _archive), (zipped,)),
        Target("archive:tar", _in_file(".tar", _archive), (_tar(tar),)),
        Target("archive:tar.gz", _in_file(".tar.gz", _archive), (gzip.compress(_tar(tar)),)),
        Target("archive:gz", _in_file(".csv.gz", _archive), (gzip.compress(tar),)),
        Target("events:zip", _in_file(".zip", _unpacked), (zipped,)),
        Target("events:layout", _events, (gdelt, *_event_headers())),
        Target("text:clean", _cleaned, (said, news, *hostile)),
        Target("text:zh", _coded("zh"), (said, "习近平同普京会谈。中俄合作没有上限。".encode())),
        Target("text:en", _coded("en"), (b"Q: No limits?\nMr. Price: We oppose it.", *hostile)),
        Target("text:ru", _coded("ru"), ("В.Путин: Дружба без границ. 16 марта.".encode(),)),
        Target("news:html", _in_file(".html", _article), (news, said, *hostile)),
        Target("news:txt", _in_file(".txt", _article), (b"Outlet: A\nDate: 2022\n\nT\nL\nB",)),
        Target("own:series", _series, (own, b"2022;1,5\n2023;1.000,5\n", *hostile)),
        Target("own:day", _day, (b"2022-09-15", b"15 September 2022", b"2022Q3", b"2022-W37"),
               (TalleyrandError, ValueError)),
        Target("own:codebook", _codebook, (_CODEBOOK.encode(),)),
        Target("own:claims", _claims, (_claims_seed(),)),
        Target("net:address", _address, (b"/b", b"//b.example", b"http://[::1]/", *hostile)),
        Target("out:all", _written, (*hostile, b"=1+1", b"javascript:alert(1)", b"https://a.b/c")),
    )  # fmt: skip


def _tar(data: bytes) -> bytes:
    import tarfile

    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name in ("a.csv", "../b.csv"):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("c.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return held.getvalue()


def _event_headers() -> tuple[bytes, ...]:
    headed = [one for one in layouts.LAYOUTS if one.header]
    return tuple(one.delimiter.join(one.columns).encode() + b"\n" for one in headed)


_CODEBOOK = """
[own_code]
family = "own"
meaning = "invented"
pole = "closer"
poles = {USA = "further"}
origin = "invented"

[[phrase]]
code = "own_code"
language = "en"
patterns = ["iron * brothers", "fast friend[s]"]
near = ["friendship"]
example = "We are iron old brothers in friendship."
counterexample = "We have met."
"""


def _claims_seed() -> bytes:
    """The first claims of the acceptance case, whole ones."""
    text = (Path(__file__).parents[1] / "claims" / "samarkand_2022.toml").read_bytes()
    return text[: text.rindex(b"[[claim]]", 0, 7_000)]


def tokens(target: Target) -> set[bytes]:
    """Words of the seeds, for the fuzzer's dictionary."""
    found: set[bytes] = set()
    for seed in target.seeds:
        for word in seed[:20_000].replace(b",", b" ").replace(b'"', b" ").split():
            if 2 < len(word) < 25:
                found.add(word)
    return set(sorted(found)[:400])
