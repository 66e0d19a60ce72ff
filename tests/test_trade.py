"""`trade`: windows, year-to-date differences, vintages, shares; known answers from real records."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand import api_structure, cli, registry
from talleyrand.claims.check import check
from talleyrand.claims.file import parse
from talleyrand.dimensions import trade as dimension
from talleyrand.errors import InputError
from talleyrand.ingest import ingest, read
from talleyrand.model import Dyad
from talleyrand.report import trade as report
from talleyrand.store import Store, open_store
from talleyrand.trading import readings

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "records" / "trade"
CUSTOMS = "china_russia_customs_ytd.csv"
# invented, in the form of the real table
TOTALS = """year,through_month,total_usd_bn,cn_exports_usd_bn,cn_imports_usd_bn,\
yoy_total_pct_as_reported,source_url,note
2021,3,30,10,20,,https://example.org/a,
2021,6,63,28,35,,https://example.org/b,
2021,12,146,,,35,https://example.org/c,
2022,3,40,15,25,,https://example.org/d,
2022,6,80,30,50,27.2,https://example.org/e,
2022,7,97,36,61,29,https://example.org/f,
"""
CLAIM = b"""
[[claim]]
id = "half"
paraphrase = "Invented: trade rose 29 % in the first half."
[[claim.test]]
measure = "trade_growth"
sender = "CHN"
target = "RUS"
from = "2022-01"
to = "2022-06"
expect = { value = 29, tolerance = 0.5 }
"""
JUNE = ("2022-01", "2022-06")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Store]:
    table = tmp_path / "customs.csv"
    table.write_text(TOTALS)
    with open_store(tmp_path / "s.duckdb") as store:
        ingest(store, registry.source("china_customs"), read(table), origin="test")
        yield store


def test_the_exports_are_those_of_china_whoever_is_named_first(base: Store) -> None:
    """China sold 30 and bought 50, asked from either end, in the JSON and in the table's order."""
    told = [api_structure.trade_in(base, *pair, *JUNE).to_dict()["readings"][0]
            for pair in (("CHN", "RUS"), ("RUS", "CHN"))]  # fmt: skip
    flows = [(one["sender_to_target"], one["target_to_sender"]) for one in told]
    assert flows == [(30e9, 50e9), (50e9, 30e9)]


def test_growth_of_several_years_names_what_it_is_measured_on() -> None:
    """Of a year and less it is the year before; of more, an overlapping period."""
    reading = {"value": 2.0, "unit": "USD", "year_on_year_pct": 88.0}
    said = [
        report._headline({"readings": [{**reading, "from": first, "to": last}]})
        for first, last in (("2021-01-01", "2023-12-31"), ("2022-01-01", "2022-06-30"))
    ]
    assert said[0].endswith("+88.0 % on 2020 to 2022.")
    assert said[1].endswith("on the year before.")


def test_both_vintages_of_a_growth_rate_are_given(base: Store) -> None:
    """27.2 % as the office reported it, 27.0 % from two first releases, never the next month's."""
    told = api_structure.trade_in(base, "CHN", "RUS", *JUNE).to_dict()
    assert told["value_usd"] == pytest.approx(80e9)
    assert told["year_on_year_pct"] == pytest.approx(27.2)
    assert "as reported" in told["vintage"]
    growths = [r["year_on_year_pct"] for r in told["readings"]]
    assert growths == pytest.approx([27.2, 100 * (80 / 63 - 1)])
    assert told["from"], told["to"] == ("2022-01-01", "2022-06-30")


def test_a_window_inside_the_year_is_a_difference(base: Store) -> None:
    """April to June is what came between two totals, each way too."""
    told = api_structure.trade_in(base, "RUS", "CHN", "2022-04", "2022-06").to_dict()
    assert told["value_usd"] == pytest.approx(40e9)
    assert told["year_on_year_pct"] == pytest.approx(100 * (40 / 33 - 1))
    assert told["vintage"].startswith("first releases")


def test_a_window_that_is_not_on_record_names_the_nearest(base: Store) -> None:
    """Nothing is interpolated."""
    told = api_structure.trade_in(base, "CHN", "RUS", "2022-01", "2022-05").to_dict()
    assert told["value_usd"] is None
    assert told["readings"] == []
    assert told["nearby"][0]["to"] == "2022-06-30"


def test_windows_over_the_turn_of_the_year_add_up(base: Store) -> None:
    """July 2021 to June 2022: what was left of one year and what came of the next."""
    told = api_structure.trade_in(base, "CHN", "RUS", "2021-07", "2022-06").to_dict()
    assert told["value_usd"] == pytest.approx((146 - 63 + 80) * 1e9)


def test_a_claim_with_the_wrong_window_is_told_the_right_one(base: Store) -> None:
    """29 % is January to July."""
    (found,) = check(base, parse(CLAIM, "t.toml"))
    assert found.answer == "CONTRADICTED"
    nearby = found.to_dict()["nearby"]
    assert nearby is not None
    assert "January-July 2022" in nearby


@given(st.lists(st.integers(1, 1000), min_size=12, max_size=12), st.data())
def test_any_window_of_months_is_the_sum_of_its_months(
    flows: list[int], data: st.DataObject
) -> None:
    """Monthly flows and totals since January give the same value of every window."""
    first = data.draw(st.integers(1, 12))
    last = data.draw(st.integers(first, 12))
    ends = [date(2021, m, 28) for m in range(1, 13)]
    ends = [(d.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1) for d in ends]
    same = {"id": "", "url": "", "unit": "USD", "vintage": "", "doubtful": False, "item": "goods"}
    to_date = [
        {**same, "source": "china_customs", "kind": "total_trade_ytd", "end_date": end,
         "start_date": date(2021, 1, 1), "value": float(sum(flows[: i + 1])), "seller": "CHN",
         "reporter": "CHN"}
        for i, end in enumerate(ends)
    ]  # fmt: skip
    monthly = [
        {**same, "source": "us_census", "kind": kind, "start_date": end.replace(day=1),
         "end_date": end, "value": flow / 2, "seller": seller, "reporter": "CHN"}
        for end, flow in zip(ends, flows, strict=True)
        for kind, seller in (("exports", "CHN"), ("imports", "RUS"))
    ]  # fmt: skip
    window = date(2021, first, 1), ends[last - 1]
    found = readings([*to_date, *monthly], Dyad("CHN", "RUS"), *window)
    expected = float(sum(flows[first - 1 : last]))
    assert [r.value for r in found] == pytest.approx([expected, expected])


def test_a_missing_month_leaves_a_monthly_window_without_a_value() -> None:
    """A gap is not a zero."""
    same = {"id": "", "url": "", "unit": "USD", "vintage": "", "doubtful": False, "item": "goods"}
    rows = [
        {**same, "source": "us_census", "kind": "exports", "start_date": date(2021, m, 1),
         "end_date": date(2021, m, 28), "value": 1.0, "seller": seller, "reporter": "USA"}
        for m in (2,) for seller in ("USA", "CHN")
    ]  # fmt: skip
    dyad = Dyad("USA", "CHN")
    assert readings(rows, dyad, date(2021, 2, 1), date(2021, 2, 28))
    assert not readings(rows, dyad, date(2021, 1, 1), date(2021, 2, 28))


def test_the_command_answers_in_every_form(
    base: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal, JSON and a page; a period that runs backwards is refused."""
    base.close()
    words = ["trade", "China", "Россия", "--store", str(tmp_path / "s.duckdb")]
    assert cli.main([*words, "--from", "2022-01", "--to", "2022-06"]) == 0
    assert "+27.2 %" in capsys.readouterr().out
    page = tmp_path / "p.html"
    window = ["--from", "2022-01", "--to", "2022-05"]
    assert cli.main([*words, *window, "--json", "--html", str(page)]) == 0
    assert json.loads(capsys.readouterr().out)["nearby"]
    assert "not cover" in page.read_text("utf-8") or "No source" in page.read_text("utf-8")
    assert cli.main([*words, "--from", "2022-06", "--to", "2022-01"]) == 2


def test_a_state_does_not_trade_with_itself(base: Store) -> None:
    """Two different states are needed."""
    with pytest.raises(InputError, match="two different states"):
        api_structure.trade_in(base, "CHN", "China", *JUNE)


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")
def test_the_first_half_of_2022_in_the_real_records(tmp_path: Path) -> None:
    """+27.2 % as reported; a reading of January-July is never given for it."""
    with open_store(tmp_path / "s.duckdb") as store:
        ingest(store, registry.source("china_customs"), read(DATA / CUSTOMS), origin="test")
        ingest(
            store, registry.source("imf_trade"), read(DATA / "imf_russia_annual.csv"), origin="t"
        )
        told = api_structure.trade_in(store, "CHN", "RUS", *JUNE).to_dict()
        series = dimension.measure(store, Dyad("RUS", "UKR"), date(2022, 2, 24), 12)
    assert told["year_on_year_pct"] == pytest.approx(27.2)
    assert told["value_usd"] == pytest.approx(80.675e9)
    assert all(r["year_on_year_pct"] < 28.5 for r in told["readings"])
    assert told["rank_for_target"] == 1
    assert series.cadence == "year"
