"""Sources of records and headlines: invented samples in the form of the real tables."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from talleyrand import archives
from talleyrand.errors import FetchError
from talleyrand.model import Raw, Record, Rejected, Report, Source
from talleyrand.pieces import pieces
from talleyrand.sources import (
    china_customs,
    china_partners,
    china_vitae,
    cow_alliances,
    eurostat,
    gdelt_daily,
    headlines,
    icews,
    imf_trade,
    itpd,
    oecd_icio,
    ofac,
    pew_opinion,
    sipri_arms,
    ukraine_aid,
    un_votes,
    unsc_vetoes,
    us_census,
)

SAMPLES = Path(__file__).parent / "samples" / "records"
SHARED = Path(__file__).parents[1].parent / "shared" / "data"
SOURCES = {
    "unga_votes_wide_sample.csv": un_votes.SOURCE,
    "es11_nonyes_sample.csv": un_votes.SOURCE,
    "customs_ytd_sample.csv": china_customs.SOURCE,
    "imf_annual_sample.csv": imf_trade.SOURCE,
    "itpd_pairs_sample.csv": itpd.SOURCE,
    "us_trade_sample.csv": us_census.SOURCE,
    "eurostat_sample.csv": eurostat.SOURCE,
    "korea_china_trade_sample.csv": china_partners.SOURCE,
    "usa_china_trade_sample.csv": china_partners.SOURCE,
    "icio_seller_sector_buyer_2022_sample.csv": oecd_icio.SOURCE,
    "ofac_2022_01_sdn_sample.csv": ofac.SOURCE,
    "ofac_2026_08_20_sdn_sample.csv": ofac.SOURCE,
    "trade_register_sample.csv": sipri_arms.SOURCE,
    "ukraine_support_sample.csv": ukraine_aid.SOURCE,
    "alliance_by_member_sample.csv": cow_alliances.SOURCE,
    "pew_sample.csv": pew_opinion.SOURCE,
    "china_vitae_sample.csv": china_vitae.SOURCE,
    "vetoes_sample.csv": unsc_vetoes.SOURCE,
    "icews_named_sample.tsv": icews.SOURCE,
    "icews_triples_sample.txt": icews.SOURCE,
    "gdelt_daily_sample.parquet": gdelt_daily.SOURCE,
    "headlines_feed_sample.csv": headlines.SOURCE,
    "front_page_sample.csv": headlines.SOURCE,
    "channel_one_sample.csv": headlines.SOURCE,
}
NO_HTTP: Any = None


def parsed(source: Source, name: str, data: bytes) -> list[Any]:
    """Everything a source makes of a file, tables as rows."""
    items: list[Any] = []
    whole = next(part for part in pieces(Raw(name, data)) if isinstance(part, Raw))
    if len(data) > 100_000:  # a large table is looked at whole here
        whole = Raw(name, data)
    for item in source.parse(whole):
        items += item.to_pylist() if isinstance(item, pa.Table) else [item]
    return items


def plain(item: Any) -> dict[str, Any]:
    """An item as JSON would hold it, its fields in order of name."""
    found = item if isinstance(item, dict) else {k: getattr(item, k) for k in item.__slots__}
    kind = "Record" if isinstance(item, dict) else type(item).__name__
    values = {k: v if isinstance(v, (str, float, int)) else str(v) for k, v in found.items()}
    return {"is": kind, **dict(sorted(values.items()))}


@pytest.mark.parametrize("name", SOURCES)
def test_a_sample_gives_exactly_what_is_expected(name: str) -> None:
    """Each invented table is parsed to its expected JSON, rejects and all."""
    path = SAMPLES / name
    found = [plain(item) for item in parsed(SOURCES[name], name, path.read_bytes())]
    assert found == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_claims_its_own_tables_only(name: str) -> None:
    """A sample is claimed by its source and by none of the others, nor is a foreign file."""
    claiming = {source.name for source in SOURCES.values() if source.claims(f"some/{name}")}
    assert claiming == {SOURCES[name].name}
    assert not SOURCES[name].claims("20220916.md")


@pytest.mark.parametrize("source", set(SOURCES.values()), ids=lambda s: s.name)
@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"', b"rcid,date\n", b"\x00" * 50]
)
def test_what_is_no_such_table_is_set_aside_once(source: Source, data: bytes) -> None:
    """Bytes of another form give one Rejected, never an error."""
    items = parsed(source, "votes_customs_imf_headlines.csv", data)
    assert [type(item) for item in items] == [Rejected]


@pytest.mark.parametrize(
    "source",
    set(SOURCES.values())
    - {ofac.SOURCE, sipri_arms.SOURCE, eurostat.SOURCE, us_census.SOURCE, imf_trade.SOURCE},
    ids=lambda s: s.name,
)
def test_a_source_without_a_fixed_address_says_what_to_do(source: Source) -> None:
    """Fetching tells where to get the file and how to ingest it."""
    with pytest.raises(FetchError, match=f"talleyrand ingest {source.name}"):
        source.fetch(NO_HTTP)


def test_votes_in_long_form_keep_their_issues() -> None:
    """A row a vote, without non-members, with six flags."""
    name = "unga_votes_wide_sample.csv"
    table = un_votes.columns(Raw(name, (SAMPLES / name).read_bytes()))
    assert table.column_names == ["rcid", "date", "state", "vote", *un_votes.ISSUES]
    first = table.to_pylist()[0]
    assert (first["rcid"], first["state"], first["vote"]) == (900001, "CHN", 1)
    assert [issue for issue in un_votes.ISSUES if first[issue]] == ["nu", "di"]
    assert 9 not in table["vote"].to_pylist()


def test_a_line_of_the_sanctions_list_costs_itself_only() -> None:
    """A cell beyond all measure in the Treasury's own layout, which has no header."""
    line = b'1,"NAME",-0-,"RUSSIA-EO14024"' + b',"-0-"' * 8
    data = b"\n".join((line, b'2,"' + b"x" * 2_000_000 + b'"', line.replace(b"1,", b"3,", 1)))
    items = parsed(ofac.SOURCE, "ofac_2022_01/sdn.csv", data)
    assert [type(item) for item in items] == [Record, Rejected, Record]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ofac_2022_02/sdn.csv", date(2022, 2, 28)),
        ("saved_2026-08-20/ofac_2022_01_15/sdn.csv", date(2022, 1, 15)),
        ("ofac_2022_02_30/sdn.csv", None),
    ],
)
def test_the_day_of_a_list_is_the_last_one_named(name: str, day: date | None) -> None:
    """A folder further up does not count; a day that is none is not made one."""
    assert ofac._day(name) == day


@pytest.mark.parametrize(("total", "delivered"), [("x", "5"), ("10", "x"), ("-1", "5")])
def test_a_deal_with_a_damaged_value_is_set_aside(total: str, delivered: str) -> None:
    """In whichever of the two columns it stands."""
    cells = {**dict.fromkeys(sipri_arms._NEEDED, ""), "Recipient": "China", "Supplier": "Russia",
             sipri_arms._ORDERED: "2000", sipri_arms._YEARS: "2001",
             sipri_arms._TOTAL: total, sipri_arms._DELIVERED: delivered}  # fmt: skip
    found = sipri_arms._deal("row", cells, (1950, 2024))
    assert isinstance(found, Rejected)
    assert found.reason == "a value that is no amount"


def test_an_oversized_cell_costs_its_row_only() -> None:
    """A cell of a megabyte is set aside, the rows around it stay."""
    lines = (SAMPLES / "headlines_feed_sample.csv").read_text("utf-8").splitlines()
    huge = lines[1].replace("An invented lead", "x" * 2_000_000)
    items = parsed(
        headlines.SOURCE, "headlines.csv", "\n".join([lines[0], huge, lines[1]]).encode()
    )
    assert [type(item) for item in items] == [Rejected, Report]


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        ("en-US", "China hails its ties with Russia", "en"),
        ("", "Xi meets Putin", "en"),
        ("en-US", "Chiny i Rosja w sporze o gaz", None),
        ("pl-PL", "Putin w Pekinie", None),
        ("fr", "La Chine et la Russie", None),
        ("zh", "中俄友好", "zh"),
        ("en", "中俄关系友好发展", "zh"),
        ("", "Россия и Китай", "ru"),
        ("uk", "Росія та Китай", None),
    ],
)
def test_the_language_is_that_of_the_words(tag: str, text: str, language: str | None) -> None:
    """Script and words decide where a tag is wrong or missing."""
    assert headlines._language(tag, text) == language


# --- the real tables -----------------------------------------------------------------------


def real(path: str) -> Raw:
    if not (SHARED / path).exists():
        pytest.skip("the public records are not beside the project (../shared)")
    (raw,) = archives.read(SHARED / path)
    assert isinstance(raw, Raw)
    return raw


def test_the_whole_table_of_votes_is_read() -> None:
    """6,551 roll calls, four with numbers used before; every cell is a vote or no member."""
    calls, aside = un_votes.roll_calls(real("records/votes/unga_votes_wide_1946_2024.csv.gz"))
    assert calls.votes.shape == (6551, 194)
    assert not aside
    assert np.isin(calls.votes, (0, 1, 2, 3, 8)).all()
    crimea = calls.votes[calls.numbers == 5309][0]
    votes = dict(zip(calls.states, crimea.tolist(), strict=True))
    assert (votes["RUS"], votes["CHN"], votes["UKR"]) == (3, 2, 1)
    assert [int((crimea == vote).sum()) for vote in (1, 3, 2)] == [100, 11, 58]


def test_the_emergency_vote_adds_up_as_announced() -> None:
    """ES-11/1 was adopted by 141 to 5, with 35 abstentions; 68/262 is not taken twice."""
    raw = real("records/votes/es11_1_and_68_262_nonyes.csv")
    items = parsed(un_votes.SOURCE, raw.name, raw.data)
    records = [item for item in items if isinstance(item, Record)]
    assert Counter(record.value for record in records) == {1: 141, 3: 5, 2: 35, 8: 12}
    assert {record.item for record in records} == {"res:ES-11/1"}
    assert [item.locator for item in items if isinstance(item, Rejected)] == ["68/262"]


def test_the_first_half_of_2022_grew_by_27_per_cent() -> None:
    """January to June is 27.2 %, January to July 29 %, each as first reported."""
    raw = real("records/trade/china_russia_customs_ytd.csv")
    records = list(parsed(china_customs.SOURCE, raw.name, raw.data))
    assert all(isinstance(record, Record) for record in records)
    by = {(r.kind, f"{r.end:%Y-%m}"): r.value for r in records}
    assert by["total_trade_ytd_yoy_reported", "2022-06"] == 27.2
    assert by["total_trade_ytd_yoy_reported", "2022-07"] == 29
    assert by["total_trade_ytd", "2022-06"] == 80_675_000_000
    assert len([r for r in records if r.kind == "total_trade_ytd"]) == 35


def test_imf_gaps_stay_gaps() -> None:
    """Kazakhstan 2024 is empty, Uzbekistan 2023-24 marked, groups set aside, zeros none."""
    raw = real("records/trade/imf_russia_annual.csv")
    items = parsed(imf_trade.SOURCE, raw.name, raw.data)
    records = {(r.kind, r.target, r.start.year): r for r in items if isinstance(r, Record)}
    assert ("exports", "KAZ", 2023) in records
    assert ("exports", "KAZ", 2024) not in records
    marked = {key[1:] for key, record in records.items() if record.note == "implausible"}
    assert marked == {("UZB", 2023), ("UZB", 2024)}
    assert records["imports", "CHN", 2022].vintage == "estimate"
    assert records["imports", "CHN", 2021].vintage == ""
    assert records["exports", "CHN", 2024].value == pytest.approx(112_058_697_020, abs=1)
    assert min(record.value for record in records.values()) > 0


def test_every_row_of_the_headlines_is_a_report_or_set_aside() -> None:
    """Rows in are reports plus rejects, and no key comes twice."""
    raw = real("coverage/china_russia_headlines_2021_2023.csv.xz")
    items = parsed(headlines.SOURCE, raw.name, raw.data)
    assert len(items) == 4869
    reports = [item for item in items if isinstance(item, Report)]
    assert len({(r.outlet, r.url, r.title) for r in reports}) == len(reports) > 3_500
    assert all(re.fullmatch("[A-Z]{3}", report.outlet_state) for report in reports)


# --- damage in a cell or column ------------------------------------------------------------


def spoilt(name: str, row: int, column: str, value: str) -> bytes:
    """A sample with one cell of one row replaced (row 0 is the header)."""
    table = list(csv.reader((SAMPLES / name).read_text("utf-8").splitlines()))
    table[row][table[0].index(column)] = value
    made = io.StringIO()
    mark = "\0" if '"' in value else '"'  # so that the value's own quote stays as it is
    csv.writer(made, lineterminator="\n", quotechar=mark).writerows(table)
    return made.getvalue().encode()


@pytest.mark.parametrize(
    ("name", "column", "value", "reason"),
    [
        ("customs_ytd_sample.csv", "total_usd_bn", "1e999999999999", "a value that is no amount"),
        ("customs_ytd_sample.csv", "year", "9999", "no year and month"),
        ("imf_annual_sample.csv", "SCALE.ID", "9" * 20, "a scale that is no power of ten"),
        ("imf_annual_sample.csv", "SCALE.ID", "²", "a scale that is no power of ten"),
        ("unga_votes_wide_sample.csv", "rcid", "9" * 20, "a roll call without number or date"),
        ("unga_votes_wide_sample.csv", "date", "9999-01-01", "a roll call without number or date"),
        ("unga_votes_wide_sample.csv", "rcid", '"1', "a row with too few or too many cells"),
    ],
)
def test_a_monstrous_cell_costs_its_row_at_most(
    name: str, column: str, value: str, reason: str
) -> None:
    """No number is too large to be set aside, and the other rows are read."""
    whole = parsed(SOURCES[name], name, (SAMPLES / name).read_bytes())
    items = parsed(SOURCES[name], name, spoilt(name, 1, column, value))
    before, after = (
        Counter(i.reason for i in x if isinstance(i, Rejected)) for x in (whole, items)
    )
    assert (after - before)[reason] >= 1
    assert len(items) - sum(after.values()) > 0


@pytest.mark.parametrize("column", ["0000", "²⁰¹⁸"])
def test_a_column_that_is_no_year_costs_itself_only(column: str) -> None:
    """It is told once, and the other years of every series are read."""
    name = "imf_annual_sample.csv"
    text = (SAMPLES / name).read_text("utf-8")
    year = next(c for c in next(csv.reader([text.splitlines()[0]])) if c.isdigit())
    whole = parsed(SOURCES[name], name, text.encode())
    items = parsed(SOURCES[name], name, text.replace(year, column, 1).encode())
    kept = [i for i in whole if isinstance(i, Record) and i.start.year != int(year)]
    assert [i for i in items if isinstance(i, Record)] == kept
    assert sum(getattr(i, "reason", "") == "a column that is no year" for i in items) == 1


def test_a_number_used_again_is_a_roll_call_of_its_own_day() -> None:
    """The two share their item, and differ in their date."""
    name = "unga_votes_wide_sample.csv"
    first, *rows = (SAMPLES / name).read_text("utf-8").splitlines()
    later = rows[0].replace("2022-", "2024-", 1)
    items = parsed(un_votes.SOURCE, name, "\n".join([first, rows[0], later]).encode())
    votes = {(i["item"], i["start"].year) for i in items if isinstance(i, dict)}
    assert votes == {("rcid:900001", 2022), ("rcid:900001", 2024)}
