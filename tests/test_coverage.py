"""`talleyrand coverage` on invented reports: by outlet and country, outsiders apart."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from invented import fill, report
from talleyrand import cli
from talleyrand.api_perception import coverage_in, edits_in, timeline_in
from talleyrand.errors import InputError, TalleyrandError
from talleyrand.inference import misclassified
from talleyrand.inference.misclassified import Numbers
from talleyrand.store import Store, open_casebook, open_store

START = date(2022, 9, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Forty reports of two outside outlets, ten of a party's own."""
    with open_store(tmp_path / "s.duckdb") as opened:
        rows = [
            report(START + timedelta(days=k), k, (1.0, -1.0, 0.0, -1.0)[k % 4], "<b>Paper</b>")
            for k in range(40)
        ]
        abroad = [report(START, 100 + k, 0.0, "Autre") | {"outlet_state": "FRA"} for k in range(5)]
        own = [report(START, 200 + k, 1.0, "Own") | {"outlet_state": "CHN"} for k in range(10)]
        fill(opened, reports=[*rows, *abroad, *own])
        yield opened


def test_outsiders_are_apart_from_the_parties_own(store: Store) -> None:
    """Each with volume, shares and intervals."""
    told = coverage_in(store, "CHN", "RUS").to_dict()
    assert told["outsiders"]["reports"] == 45
    assert told["own"]["CHN"]["warming"]["share"] == 1.0
    assert told["own"]["RUS"]["reports"] == 0
    assert told["own"]["RUS"]["warming"]["interval"] == [None, None]
    cooling = told["outsiders"]["cooling"]
    low, high = cooling["interval"]
    assert cooling["reports"] == 20
    assert low < cooling["share"] < high
    assert [(one["outlet_state"], one["side"]) for one in told["countries"]] == [
        ("GBR", "outsider"), ("FRA", "outsider"), ("CHN", "party"),
    ]  # fmt: skip


def test_who_acts_and_what_the_coder_missed(store: Store) -> None:
    """Acts are counted by direction, and the corrected tone is further from none than as coded."""
    told = coverage_in(store, "RUS", "CHN").to_dict()["outsiders"]
    assert told["acts"]["CHN>RUS"] == {"warm": 10, "cold": 20}
    assert told["acts"]["RUS>CHN"] == {"warm": 0, "cold": 0}
    fair = told["tone_corrected"]
    assert fair["interval"][0] < fair["tone"] < fair["interval"][1]


def test_a_period_holds_its_last_day_and_months_their_last(store: Store) -> None:
    """September to its thirtieth."""
    told = coverage_in(store, "CHN", "RUS", since="2022-09", until="2022-09").to_dict()
    assert (told["from"], told["to"]) == ("2022-09-01", "2022-09-30")
    assert told["outsiders"]["reports"] == 35
    assert [month["month"] for month in told["months"]] == ["2022-09"]


def test_a_page_counts_once_and_what_has_no_address_is_a_page_of_its_own(tmp_path: Path) -> None:
    """Two hosts and a fragment are one page, another query another; no address is no page."""
    urls = (
        *("https://a.example/news/1", "http://a.example.org/news/1#top"),
        *("https://a.example/item?id=1", "https://a.example/item?id=2"),
        *("headlines:Paper:2022-09-01T00:00", "headlines:Paper:2022-09-01T00:00"),
    )
    rows = [report(START, k, 1.0, "Paper") | {"url": url} for k, url in enumerate(urls)]
    with open_store(tmp_path / "pages.duckdb") as opened:
        fill(opened, reports=rows)
        assert coverage_in(opened, "CHN", "RUS").to_dict()["outsiders"]["reports"] == 5
        told = timeline_in(opened, "CHN", "RUS", at="2022-09-01").to_dict()
    assert told["sides"]["that day"]["reports"] == 5
    assert sum(one["version"] for one in told["reports"]) == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", date(1, 1, 1)])
def test_a_day_at_the_edge_of_time_is_refused(store: Store, day: str | date) -> None:
    """Around it no period can be reckoned."""
    with pytest.raises(InputError, match="no record is of"):
        coverage_in(store, "CHN", "RUS", until=day)
    with pytest.raises(InputError, match="no record is of"):
        timeline_in(store, "CHN", "RUS", at=day if isinstance(day, date) else f"{day}T09:00")
    with pytest.raises(InputError, match="no record is of"):
        edits_in(store, "CHN", "RUS", since=day, until=day)


def test_a_year_is_a_period(store: Store) -> None:
    """As in the other commands."""
    told = coverage_in(store, "CHN", "RUS", since="2022", until="2022").to_dict()
    assert (told["from"], told["to"]) == ("2022-01-01", "2022-12-31")


def test_bad_questions_are_refused(store: Store) -> None:
    """One state twice, a period that ends before it begins."""
    with pytest.raises(InputError, match="two different states"):
        coverage_in(store, "CHN", "China")
    with pytest.raises(InputError, match="two different states"):
        timeline_in(store, "CHN", "China", at="2022-09-15")
    with pytest.raises(InputError, match="two different states"):
        edits_in(store, "CHN", "China", since="2022-09-15", until="2022-09-15")
    with pytest.raises(InputError, match="after the last"):
        coverage_in(store, "CHN", "RUS", since="2022-10-01", until="2022-09-01")


def test_the_command_shows_prints_and_writes(
    tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Terminal, JSON and page; an outlet's name stays text."""
    store.close()
    base = ["--store", str(tmp_path / "s.duckdb")]
    page = tmp_path / "p.html"
    assert cli.main(["coverage", "CHN", "RUS", *base, "--html", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "45 reports by outlets of third states" in shown
    assert all(len(line) <= 80 or "page written" in line for line in shown.splitlines())
    assert "<b>Paper</b>" not in page.read_text("utf-8")
    assert cli.main(["coverage", "CHN", "RUS", *base, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["coder"] == "trained"


def test_a_pair_nobody_wrote_on_says_so(store: Store) -> None:
    """No report, no share."""
    told = coverage_in(store, "CHN", "KAZ").to_dict()
    assert told["outsiders"]["reports"] == 0
    assert told["countries"] == []


def test_the_bundled_casebook_answers() -> None:
    """As built, whichever coder framed its reports."""
    with open_casebook() as casebook:
        told = coverage_in(casebook, "CHN", "RUS", since="2022-09", until="2022-12").to_dict()
    assert told["outsiders"]["reports"] > 100
    assert (told["outsiders"]["acts"] is None) == (told["coder"] == "phrases")


@pytest.mark.parametrize("confusion", [np.zeros((3, 3)), np.ones((3, 3)), np.diag([1.0, 1.0, 0.0])])
def test_a_coder_that_tells_no_classes_apart_corrects_nothing(confusion: Numbers) -> None:
    """Nor one whose sample lacks a class."""
    with pytest.raises(TalleyrandError, match="tells no classes apart"):
        misclassified.corrected(np.array([5.0, 3.0, 2.0]), confusion, np.array([0.0, 1.0, -1.0]))
