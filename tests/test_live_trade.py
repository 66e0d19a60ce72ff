"""Trade by the interfaces of Eurostat, the Census Bureau and the IMF: the same rows as by file.

The layouts are those that public programs recorded, with invented figures, on a server of our own
that misbehaves; the real sites have not been tried.
"""

import csv
import gzip
import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from naughty import Answer, Asked, Naughty, Page, ask_near, serving, taken, text
from talleyrand import interfaces, registry
from talleyrand.cli import main
from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.model import Raw, Rejected
from talleyrand.sources import _flows, eurostat, imf_trade, us_census
from talleyrand.store import open_store

YEAR = datetime.now(UTC).year - 1
CHANGED = b"<html><body>We have a new design, with keywords!</body></html>"
SECRET = "invented/key+0123456789"

COMEXT = b"""DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,\
TIME_PERIOD,OBS_VALUE
ESTAT:DS-045409(1.0),15/09/26 11:00:00,M,DE,RU,TOTAL,1,VALUE_IN_EUROS,2021-01,1000
ESTAT:DS-045409(1.0),15/09/26 11:00:00,M,DE,RU,TOTAL,2,VALUE_IN_EUROS,2021-01,500
ESTAT:DS-045409(1.0),15/09/26 11:00:00,M,GR,RU,27,1,VALUE_IN_EUROS,2021-01,600.5
ESTAT:DS-045409(1.0),15/09/26 11:00:00,M,AT,KZ,TOTAL,1,VALUE_IN_EUROS,2021-02,
"""
LABELLED = b"""product,flow,indicator,reporter,partner,month,value
Total [TOTAL],IMPORT,VALUE_IN_EUROS,Germany (incl. more),Russian Federation (Russia),2021-01,1000
Total [TOTAL],EXPORT,VALUE_IN_EUROS,Germany (incl. more),Russian Federation (Russia),2021-01,500
"FUELS; MINERAL [27]",IMPORT,VALUE_IN_EUROS,Greece,Russian Federation (Russia),2021-01,600.5
Total [TOTAL],IMPORT,VALUE_IN_EUROS,Austria,Kazakhstan,2021-02,
"""

IMTS = b"""DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE
IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,CHN,A,2020,100500000,6
IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,CHN,A,2022,250250000,6
IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,UZB,A,2023,99000000,6
IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,WBG,A,2020,1500000,6
IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,KAZ,A,2020,NaN,6
IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,KGZ,A,2020,,6
"""
WIDE = b""""SERIES_CODE","COUNTRY.ID","INDICATOR.ID","COUNTERPART_COUNTRY.ID",\
"FREQUENCY.ID","SCALE.ID","2020","2022","2023"
"RUS.XG_FOB_USD.CHN.A","RUS","XG_FOB_USD","CHN","A","6","100.5","250.25",""
"RUS.MG_CIF_USD.UZB.A","RUS","MG_CIF_USD","UZB","A","6","","","99"
"RUS.MG_CIF_USD.WBG.A","RUS","MG_CIF_USD","WBG","A","6","1.5","",""
"""


def census(measure: str, *rows: tuple[str, str, str, str]) -> bytes:
    """An answer of the Census Bureau: code, name, value and month of each row."""
    header = ["CTY_CODE", "CTY_NAME", measure, "SUMMARY_LVL", "time"]
    made = [[code, name, value, "DET", at] for code, name, value, at in rows]
    return ("[" + ",\n".join(json.dumps(row) for row in [header, *made]) + "]").encode()


BOUGHT = census("GEN_VAL_MO", ("-", "TOTAL FOR ALL COUNTRIES", "99", f"{YEAR}-01"),
                ("5700", "CHINA", "10000000", f"{YEAR}-01"),
                ("5700", "CHINA", "11000000", f"{YEAR}-02"),
                ("4621", "RUSSIA", "2000000", f"{YEAR}-01"),
                ("4621", "RUSSIA", "3000000", f"{YEAR}-03"),
                ("5820", "HONG KONG", "5", f"{YEAR}-01"))  # fmt: skip
SOLD = census("ALL_VAL_MO", ("5700", "CHINA", "5000000", f"{YEAR}-01"),
              ("5700", "CHINA", "6500000", f"{YEAR}-02"))  # fmt: skip


def table() -> bytes:
    """The table of all partners with the same figures, in millions."""
    header = ["year", "CTY_CODE", "CTYNAME", *(f"{s}{m}" for s in "IE" for m in us_census._MONTHS)]
    china = ["10", "11", *["0"] * 10, "5", "6.5", *["0"] * 10]
    russia = ["2", "0", "3", *["0"] * 21]
    rows = [[str(YEAR), "5700", "China", *china], [str(YEAR), "4621", "Russia", *russia]]
    return "\n".join(",".join(row) for row in [header, *rows]).encode()


def answers(body: bytes, other: bytes | None = None) -> Page:
    """What an interface answers of last year; of this year it has nothing yet."""

    def page(asked: Asked) -> Answer:
        if str(YEAR) not in asked.path:
            return 204, {}, b""
        return text(other if other is not None and "/exports/" in asked.path else body)

    return page


SITES: dict[str, tuple[Any, Page]] = {
    "eurostat": (eurostat, answers(COMEXT)),
    "us_census": (us_census, answers(BOUGHT, SOLD)),
    "imf_trade": (imf_trade, answers(IMTS)),
}


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch, page: Page) -> Iterator[Naughty]:
    """The three interfaces on one server of our own."""
    ask_near(monkeypatch)
    monkeypatch.delenv("CENSUS_API_KEY", raising=False)
    with serving({"*": page}) as server:
        place = server.address.removeprefix("http://")
        for name, (module, _) in SITES.items():
            monkeypatch.setattr(module, "API", f"{server.address}/{name}")
        monkeypatch.setattr(interfaces, "KEYS", {f"{place}/us_census": ("key", "CENSUS_API_KEY")})
        monkeypatch.setattr(interfaces, "FORMS", {f"{place}/imf_trade": "text/csv"})
        yield server


def items(name: str, *raws: Raw) -> list[Any]:
    source, made = registry.source(name), list[Any]()
    for raw in raws:
        assert source.claims(raw.name), raw.name
        for item in source.parse(raw):
            made += item.to_pylist() if isinstance(item, pa.Table) else [item]
    return made


def rows(found: list[Any]) -> list[Any]:
    """The records, whatever way they are held, in order."""
    kept = [one for one in found if not isinstance(one, Rejected)]
    as_dicts = [r if isinstance(r, dict) else {k: getattr(r, k) for k in r.__slots__} for r in kept]
    return sorted(sorted(one.items()) for one in as_dicts)


FILES = {
    "eurostat": ("eurostat.csv", LABELLED),
    "us_census": ("us_trade.csv", table()),
    "imf_trade": ("imf.csv", WIDE),
}


@pytest.mark.parametrize("name", SITES)
def test_what_is_fetched_gives_the_rows_of_the_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units, directions, products and marks are those of the table saved by hand."""
    with served(monkeypatch, SITES[name][1]):
        found, error = taken(name)
    assert error is None
    file, data = FILES[name]
    assert rows(items(name, *found)) == rows(items(name, Raw(file, data)))
    assert rows(items(name, *found))


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(
    "changed",
    [lambda body: CHANGED, lambda body: body[:30],
     lambda body: body.replace(b"OBS_VALUE", b"VALUE").replace(b"_VAL_MO", b"_WORTH"),
     lambda body: body.replace(b"CHINA", b"\xd6sterreich").replace(b"ESTAT", b"\xd6STAT")
     .replace(b"IMF.", b"\xcf\xcd."),
     lambda body: b'{"error": "invented"}'],
    ids=["design", "truncated", "columns", "charset", "other"],
)  # fmt: skip
def test_a_changed_layout_is_noticed_and_named(
    name: str, changed: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new design, half an answer, other columns or another charset: never a good end."""
    whole = {"eurostat": COMEXT, "us_census": BOUGHT, "imf_trade": IMTS}[name]
    with served(monkeypatch, answers(changed(whole))):
        found, error = taken(name)
    assert isinstance(error, LayoutChanged)
    assert "report it" in str(error)
    assert not rows(items(name, *found))


def test_half_a_table_keeps_its_rows_and_tells_the_broken_one() -> None:
    """A CSV that ends within a row gives the rows before it."""
    found = items("eurostat", Raw("eurostat_x.csv", COMEXT[: COMEXT.index(b",GR,") + 3]))
    assert len(rows(found)) == 2
    assert [one.reason for one in found if isinstance(one, Rejected)] == [
        "a row with too few or too many cells"
    ]


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(
    "trouble",
    [(429, {"Retry-After": "9000"}, b""), (500, {}, b""), (413, {}, b"EXTRACTION_TOO_BIG"),
     (302, {"Location": "http://e.example/"}, b""), (302, {"Location": "http://127.0.0.1:1/"}, b""),
     text(b"{}", **{"Content-Length": "99"}), (403, {}, b"no programs"), (404, {}, b""),
     (204, {}, b""), text(b"")],
    ids=["429", "500", "413", "elsewhere", "loopback", "cut", "403", "404", "204", "empty"],
)  # fmt: skip
def test_a_site_that_misbehaves_gives_nothing(
    name: str, trouble: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Busy, refusing, leading elsewhere or empty: an error that says so, and no record."""
    with served(monkeypatch, trouble):
        found, error = taken(name, date(YEAR - 3, 5, 1))
    assert not found
    assert isinstance(error, FetchError)


@pytest.mark.parametrize("name", ["eurostat", "imf_trade"])
def test_a_table_without_rows_is_a_year_to_come(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header alone is no change of layout."""
    header = (COMEXT if name == "eurostat" else IMTS).split(b"\n")[0]
    with served(monkeypatch, text(header + b"\r\n")):
        found, error = taken(name)
    assert not found
    assert "not published yet" in str(error)


@pytest.mark.parametrize("name", SITES)
def test_a_year_that_is_not_there_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is kept; a year without an answer before one with an answer is no quiet gap."""
    with served(monkeypatch, SITES[name][1]):
        found, error = taken(name, date(YEAR - 1, 1, 1))
    assert isinstance(error, FetchError)
    assert f"nothing of {YEAR - 1}" in str(error)
    assert rows(items(name, *found))


def test_a_run_that_broke_off_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Years before the last are kept for a week; one that could not be read is asked for again."""
    broken = {str(YEAR)}

    def page(asked: Asked) -> Answer:
        if any(f"startPeriod={year}" in asked.path for year in broken):
            return 500, {}, b""
        return text(CHANGED if f"startPeriod={YEAR - 3}" in asked.path and broken else COMEXT)

    with served(monkeypatch, page) as server:
        _, error = taken("eurostat", date(YEAR - 3, 1, 1), tmp_path)
        assert isinstance(error, FetchError)
        broken.clear()
        before = len(server.paths())
        found, error = taken("eurostat", date(YEAR - 3, 1, 1), tmp_path)
        asked = [int(path.partition("startPeriod=")[2][:4]) for path in server.paths()[before:]]
    assert error is None
    assert len(found) == 5
    assert asked == [YEAR - 3, YEAR, YEAR + 1]


def test_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The series of the files: members, neighbours, products; Russia; every partner of the US."""
    with served(monkeypatch, text(b"")) as server:
        for name in SITES:
            taken(name, date(YEAR, 6, 1))
        paths = server.paths()
        forms = {one.path.split("/")[1]: one.headers["accept"] for one in server.asked
                 if one.path != "/robots.txt"}  # fmt: skip
    assert len(paths) == 8
    members = "+".join(eurostat.REPORTERS)
    assert paths[0].startswith(
        f"/eurostat/M.{members}.AM+BY+GE+KG+KZ+RU+UZ.TOTAL+27.1+2.VALUE_IN_EUROS?startPeriod={YEAR}-01"
        f"&endPeriod={YEAR}-12&format=SDMX-CSV"
    )
    assert len(eurostat.REPORTERS) == 27
    assert (
        f"/us_census/exports/hs?get=CTY_CODE,CTY_NAME,ALL_VAL_MO&SUMMARY_LVL=DET&time=from+{YEAR}-01+to+{YEAR}-12"
        in paths
    )
    assert f"/imf_trade/RUS.XG_FOB_USD+MG_CIF_USD..A?startPeriod={YEAR}&endPeriod={YEAR}" in paths
    assert forms == {"eurostat": "*/*", "us_census": "*/*", "imf_trade": "text/csv"}


def test_codes_are_the_states_of_the_labels() -> None:
    """Each code of Eurostat stands for a state we know, and none for two."""
    codes = {**eurostat.REPORTERS, **eurostat.PARTNERS}
    assert all(_flows.coded(iso3) == iso3 for iso3 in codes.values())
    assert len(set(codes.values())) == 34


def test_rows_of_a_damaged_answer_are_set_aside_one_by_one() -> None:
    """Groups, second rows, other years and cells of no use cost themselves only."""
    answer = json.loads(BOUGHT)
    answer += [["5700", "CHINA", "10000000", "DET", f"{YEAR}-01"],
               ["5700", "CHINA", "1", "DET", "1999-01"],
               ["5700", "CHINA", None, "DET", f"{YEAR}-04"], ["5700"], "x", {"a": 1},
               ["5081", "WEST BANK ADMINISTERED BY ISRAEL", "1", "DET", f"{YEAR}-01"],
               ["4010", "ICELAND", "-7", "DET", f"{YEAR}-01"]]  # fmt: skip
    found = items("us_census", Raw(f"us_trade_{YEAR}_imports.json", json.dumps(answer).encode()))
    assert rows(found) == rows(items("us_census", Raw(f"us_trade_{YEAR}_imports.json", BOUGHT)))
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert sorted(set(reasons)) == [
        "a partner that is a group, a territory or no state",
        "a row of another time than was asked for",
        "a row with too few or too many cells, or none of text",
        "a second row of the same partner and month",
        "a value that is no amount",
    ]
    assert len(reasons) == 10


def test_a_total_that_comes_in_parts_is_none() -> None:
    """Two figures of one partner and month are a gap: neither is taken for the total."""
    figures = (("7", "01"), ("8", "01"), ("9", "02"))
    parts = census("GEN_VAL_MO", *(("5700", "CHINA", f, f"{YEAR}-{m}") for f, m in figures))
    found = items("us_census", Raw(f"us_trade_{YEAR}_imports.json", parts))
    assert [dict(row)["value"] for row in rows(found)] == [9.0]


# --- the key ---------------------------------------------------------------------------------

MISSING = b"<html><head><title>Missing Key</title></head><body>A valid <em>key</em> must be" \
          b" included with each data API request.</body></html>"  # fmt: skip


def test_without_a_key_it_says_where_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Bureau leads to a page of its own; that page is not taken for an answer later."""

    def page(asked: Asked) -> Answer:
        if "missing" in asked.path:
            return 200, {"Content-Type": "text/html"}, MISSING
        if "key=" in asked.path:
            return text(SOLD if "/exports/" in asked.path else BOUGHT)
        return 302, {"Location": "/us_census/missing_key.html"}, b""

    with served(monkeypatch, page):
        found, error = taken("us_census", date(YEAR - 2, 1, 1), tmp_path)
        assert not found
        assert "CENSUS_API_KEY" in str(error)
        assert "key_signup.html" in str(error)
        monkeypatch.setenv("CENSUS_API_KEY", SECRET)
        found, _ = taken("us_census", date(YEAR, 1, 1), tmp_path)
        assert rows(items("us_census", *found))


@pytest.mark.parametrize(
    "trouble",
    [(403, {}, b""), (500, {}, b""), (404, {}, b""), (429, {"Retry-After": "9000"}, b""),
     lambda asked: (302, {"Location": f"http://e.example{asked.path}"}, b""),
     lambda asked: (302, {"Location": asked.path}, b""),
     (302, {"Location": "\x7f"}, b""), text(b"\xff"), (200, {"Content-Type": "image/png"}, b"x"),
     text(b"", **{"Content-Length": "9"})],
    ids=["403", "500", "404", "429", "elsewhere", "round", "odd", "charset", "image", "cut"],
)  # fmt: skip
def test_the_key_is_sent_and_never_told(
    trouble: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither an error, nor a log at its most talkative, nor the cache holds it."""
    caplog.set_level(logging.DEBUG)
    with served(monkeypatch, trouble) as server:
        monkeypatch.setenv("CENSUS_API_KEY", SECRET)
        _, error = taken("us_census", None, tmp_path)
        assert any("key=invented%2Fkey%2B0123456789" in path for path in server.paths())
    assert error is not None
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for told in (str(error), repr(error.__cause__), caplog.text, kept.decode("latin-1")):
        assert SECRET not in told
        assert "invented%2Fkey" not in told


def test_the_key_goes_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other interfaces, and other hosts that are named alike, are asked without it."""
    monkeypatch.setenv("CENSUS_API_KEY", SECRET)
    for url in ("https://api.census.gov.e.example/data/", "https://e.example/api.census.gov/data/",
                "https://api.census.gov/", "https://api.imf.org/external/sdmx/2.1"):  # fmt: skip
        assert interfaces.keyed(url) == url
    assert interfaces.keyed("https://api.census.gov/data/x").endswith(
        "/x?key=invented%2Fkey%2B0123456789"
    )


def test_only_documented_places_are_interfaces() -> None:
    """Pages of the same hosts are asked for by their robots.txt."""
    assert interfaces.is_one(eurostat.API + "/M")
    assert interfaces.is_one(us_census.API + "/imports/hs")
    assert interfaces.is_one(imf_trade.API)
    for url in ("https://ec.europa.eu/eurostat/databrowser", "https://www.census.gov/data/",
                "https://ec.europa.eu.e.example/eurostat/api/"):  # fmt: skip
        assert not interfaces.is_one(url)


# --- the command -----------------------------------------------------------------------------


def test_a_month_that_is_revised_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file, then the interface with a later figure: one record, and the later one."""
    store, file = tmp_path / "s.duckdb", tmp_path / "eurostat.csv"
    file.write_bytes(LABELLED)
    options = ["--store", str(store), "--quiet", "--json"]
    with served(monkeypatch, answers(COMEXT.replace(b",1000", b",1234"))):
        assert main(["ingest", "eurostat", str(file), *options]) == 0
        capsys.readouterr()
        assert main(["ingest", "eurostat", "--since", f"{YEAR}-01-01", *options]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["written"]["added"], told["written"]["revised"]) == (0, 1)
    with open_store(store, read_only=True) as held:
        values = held.rows("SELECT value FROM records WHERE kind = 'imports' AND item = 'goods'")
    assert [row["value"] for row in values] == [1234.0]


# --- the files themselves --------------------------------------------------------------------

SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "records" / "trade"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")


def lines(header: list[str], table: list[list[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([header, *table])
    return held.getvalue().encode()


@needs_files
def test_the_whole_table_of_eurostat_comes_out_the_same_by_the_interface() -> None:
    """Every row of the file, written as the interface writes it, gives the same record."""
    data = gzip.decompress((SHARED / "eurostat_eu_partner_monthly_2020_2022.csv.gz").read_bytes())
    codes = {iso3: code for code, iso3 in {**eurostat.REPORTERS, **eurostat.PARTNERS}.items()}
    told = []
    for row in csv.DictReader(io.StringIO(data.decode())):
        sides = [eurostat._state(row["reporter"]), eurostat._state(row["partner"])]
        if all(sides):
            flow = {"IMPORT": "1", "EXPORT": "2"}[row["flow"]]
            product = row["product"].rpartition("[")[2].rstrip("]")
            told.append(["E", "d", "M", *(codes[str(side)] for side in sides), product, flow,
                         row["indicator"], row["month"], row["value"]])  # fmt: skip
    header = COMEXT.decode().split("\n")[0].split(",")
    by_file = items("eurostat", Raw("eurostat.csv", data))
    by_interface = items("eurostat", Raw("eurostat_2020.csv", lines(header, told)))
    assert rows(by_file) == rows(by_interface)
    assert len(rows(by_interface)) > 15_000


@needs_files
def test_a_year_of_the_census_bureau_comes_out_the_same_by_the_interface() -> None:
    """Every partner of 2015, its names in capitals and its zeros left out."""
    whole = (SHARED / "us_trade_monthly_1985_2016.csv").read_bytes().replace(b"\r", b"\n")
    kept = [line for line in whole.split(b"\n") if line[:4] in (b"year", b"2015")]
    table = list(csv.DictReader(io.StringIO(b"\n".join(kept).decode("utf-8", "replace"))))
    answers = []
    for letter, kind, measure in (("I", "imports", "GEN_VAL_MO"), ("E", "exports", "ALL_VAL_MO")):
        told = [(row["CTY_CODE"], row["CTYNAME"].upper(), str(int(Decimal(value) * 10**6)),
                 f"2015-{month:02}")
                for row in table for month, name in enumerate(us_census._MONTHS, start=1)
                if Decimal(value := row[letter + name])]  # fmt: skip
        answers.append(Raw(f"us_trade_2015_{kind}.json", census(measure, *told)))
    by_file = rows(items("us_census", Raw("us_trade.csv", b"\n".join(kept))))
    assert by_file == rows(items("us_census", *answers))
    assert len(by_file) > 4_000


@needs_files
def test_the_whole_table_of_the_imf_comes_out_the_same_by_the_interface() -> None:
    """Every series of Russia: dollars instead of millions, a row a year, the same marks."""
    data = (SHARED / "imf_russia_annual.csv").read_bytes()
    told = [["IMF", row["COUNTRY.ID"], row["INDICATOR.ID"], row["COUNTERPART_COUNTRY.ID"],
             row["FREQUENCY.ID"], year, value and str(Decimal(value).scaleb(6)), "6"]
            for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
            for year, value in row.items() if year.isdecimal()]  # fmt: skip
    header = IMTS.decode().split("\n")[0].split(",")
    by_file = rows(items("imf_trade", Raw("imf.csv", data)))
    assert by_file == rows(items("imf_trade", Raw("imf_imts.csv", lines(header, told))))
    assert len(by_file) > 2_000
