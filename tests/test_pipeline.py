"""From a store to an answer, on an invented store."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import talleyrand
from invented import samarkand
from talleyrand import registry
from talleyrand.assessment import Judged
from talleyrand.cli import main
from talleyrand.errors import InputError, UnknownState
from talleyrand.model import Outcome, Series
from talleyrand.pipeline import as_months, shifted, within


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samarkand(tmp_path_factory.mktemp("store") / "s.duckdb")


def test_the_answer_sets_position_against_perception(store: Path) -> None:
    """Words and contacts hold, trade rises, coverage turns: the reading changed."""
    verdict = talleyrand.assess(
        "China", "俄罗斯", at="2022-09-01", store=store, margins={"words": 0.4}
    )
    outcomes = {j.name: j.finding.outcome for j in verdict.dimensions}
    assert outcomes["words"] == Outcome.STEADY
    assert outcomes["trade"] == Outcome.SHIFT
    assert outcomes["coverage"] == Outcome.SHIFT
    assert outcomes["votes"] == Outcome.UNCLEAR
    assert verdict.headline.perception == Outcome.SHIFT


def test_every_number_leads_back_to_its_evidence(store: Path) -> None:
    """Each judged dimension lists the documents or rows behind its points."""
    verdict = talleyrand.assess("CHN", "RUS", at=date(2022, 9, 1), store=store)
    for judged in verdict.dimensions:
        assert bool(judged.series.evidence) == bool(len(judged.series))
        assert all(e.id for e in judged.series.evidence)


def test_the_command_prints_the_contract(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON answer holds every field of the contract, for every dimension."""
    line = ["assess", "CHN", "RUS", "--at", "2022-09-01", "--store", str(store), "--json"]
    assert main(line) == 0
    answer = json.loads(capsys.readouterr().out)
    top = "sender target at window_months headline dimensions casebook version"
    assert set(top.split()) <= set(answer)
    each = (
        "name side outcome direction change interval margin unit p_shift p_steady n_before"
        " n_after reason evidence would_settle"
    )
    for dimension in answer["dimensions"]:
        assert set(each.split()) <= set(dimension)


def test_the_terminal_answer_fits_eighty_columns(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line is longer, and no colour goes to a pipe."""
    assert main(["assess", "CHN", "RUS", "--at", "2022-09-01", "--store", str(store)]) == 0
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "\x1b" not in out


def test_a_page_is_written_where_asked(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folders on the way are made, and the page needs nothing from outside."""
    page = tmp_path / "deep" / "page.html"
    line = ["assess", "CHN", "RUS", "--at", "2022-09-01", "--store", str(store)]
    assert main([*line, "--html", str(page)]) == 0
    assert "<script src" not in page.read_text("utf-8")
    assert str(page) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["assess", "CHN", "CHN", "--at", "2022-09-01"], "two different states"),
        (["assess", "CHN", "Atlantis", "--at", "2022-09-01"], "Atlantis"),
        (["assess", "CHN", "RUS", "--at", "soon"], "2022-09-15"),
        (["assess", "CHN", "RUS", "--at", "2022-09-01", "--window", "a while"], "12mo"),
        (["assess", "CHN", "RUS", "--at", "2022-09-01", "--window", "2mo"], "3mo to 50y"),
        (["assess", "CHN", "RUS", "--at", "2022-09-01", "--margin", "mood=1"], "words"),
        (["assess", "CHN", "RUS", "--at", "2022-09-01", "--threshold", "sign=x"], "sign"),
        (["assess", "CHN", "RUS", "--at", "2022-09-01", "--store", "none.duckdb"], "no store"),
        (["evidence", "CHN", "RUS", "--at", "2022-09-01", "--dimension", "mood"], "words"),
        (["codebook", "no_such_code"], "no_such_code"),
        (["shift", "none.csv"], "none.csv"),
        (["code", "none.txt", "--lang", "en", "--sender", "USA"], "none.txt"),
    ],
)
def test_errors_say_what_to_do(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake of the user's ends with a message on standard error and a failing exit code."""
    assert main(line) in (1, 2)
    assert said in capsys.readouterr().err


def test_errors_of_the_library_are_exceptions(store: Path) -> None:
    """The library raises what the command line prints."""
    with pytest.raises(UnknownState):
        talleyrand.assess("CHN", "Atlantis", at="2022-09-01", store=store)
    with pytest.raises(InputError):
        talleyrand.assess("CHN", "RUS", at="2022-13-01", store=store)


def judged(store: Path, name: str, at: str, **options: Any) -> Judged:
    verdict = talleyrand.assess("CHN", "RUS", at=at, store=store, **options)
    return next(j for j in verdict.dimensions if j.name == name)


def test_a_month_may_stand_for_its_first_day(store: Path) -> None:
    """`assess` reads the dates that `shift` reads."""
    assert talleyrand.assess("CHN", "RUS", at="2022-09", store=store).at == date(2022, 9, 1)


def test_a_month_judged_whole_lists_its_evidence_whole(store: Path) -> None:
    """The last month of the window ends after it; its evidence is not cut at the day."""
    words = judged(store, "words", "2022-08-15", window="6mo")
    last = [e.date.day for e in words.series.evidence if e.date >= date(2023, 2, 1)]
    assert words.series.dates[-1] == date(2023, 2, 1)
    assert max(last) == max(e.date.day for e in words.series.evidence)
    assert words.finding.left_out == (date(2022, 8, 1),)


def test_a_date_beyond_the_records_is_unclear(store: Path) -> None:
    """Old sessions do not answer for a date that nothing reaches."""
    verdict = talleyrand.assess("CHN", "RUS", at="2035-01-01", store=store)
    assert {j.finding.reason for j in verdict.dimensions} == {
        "There is no record within reach of the date."
    }
    assert {j.finding.outcome for j in verdict.dimensions} == {Outcome.UNCLEAR}
    assert all("Ingest records of" in str(j.finding.would_settle) for j in verdict.dimensions)


def sessions(count: int) -> Series:
    days = tuple(date(2010 + i, 10, 5) for i in range(count))
    return Series(days, (0.5,) * count, (60.0,) * count, (0.1,) * count, "session", "agreement")


@pytest.mark.parametrize(("months", "before", "after"), [(3, 5, 5), (60, 5, 5), (84, 7, 7)])
def test_a_yearly_series_is_looked_at_over_five_years_at_least(
    months: int, before: int, after: int
) -> None:
    """A shorter window would be one point; a longer one is obeyed."""
    at = date(2020, 9, 15)
    kept = within(sessions(20), at, months).dates
    assert sum(day < at for day in kept) == before
    assert sum(day >= at for day in kept) == after
    assert len(within(sessions(20), date(2045, 9, 15), months)) == 0


def test_a_source_that_ends_inside_the_window_is_named(store: Path) -> None:
    """The records of the sample end in August 2023."""
    assert "cctv ends 2023-08-20" in judged(store, "words", "2023-02-01").caveats
    assert judged(store, "words", "2022-09-01").caveats == ()
    assert "cctv begins 2021-09-01" in judged(store, "words", "2021-12-01").caveats


def test_margins_and_thresholds_can_be_given(store: Path) -> None:
    """In the unit of the dimension, or as a percentage of a quantity; else an error."""
    wide = judged(store, "trade", "2022-09-01", margins={"trade": "150%"})
    assert wide.finding.margin == pytest.approx(0.916, abs=0.001)
    assert wide.margin_why == "as given"
    assert wide.finding.outcome != Outcome.SHIFT
    lax = judged(store, "words", "2022-09-01", margins={"words": 0.05})
    assert lax.finding.outcome == Outcome.UNCLEAR
    strict = judged(store, "coverage", "2022-09-01", thresholds={"size": 0.99999999})
    assert strict.finding.outcome == Outcome.UNCLEAR
    for wrong in ({"mood": 1.0}, {"words": 0.0}, {"words": "10%"}):
        with pytest.raises(InputError):
            talleyrand.assess("CHN", "RUS", at="2022-09", store=store, margins=wrong)
    with pytest.raises(InputError, match="steady"):
        talleyrand.assess("CHN", "RUS", at="2022-09", store=store, thresholds={"steady": 2})


def test_the_next_command_asks_the_same_question(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Window and records are carried on."""
    line = ["assess", "CHN", "RUS", "--at", "2022-09-01", "--window", "6mo", "--store", str(store)]
    assert main(line) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "evidence CHN RUS --at 2022-09-01 --window 6mo --store" in said


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line and in the library alike."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"talleyrand {talleyrand.__version__}\n"
    assert talleyrand.__version__[0].isdigit()


def test_no_help_ends_in_two_marks(capsys: pytest.CaptureFixture[str]) -> None:
    """A question is not followed by a full stop."""
    with pytest.raises(SystemExit):
        main(["assess", "--help"])
    assert "?." not in capsys.readouterr().out


@pytest.mark.parametrize(("name", "said"), [("foo", "there are cctv"), ("cctvv", "mean cctv?")])
def test_an_unknown_source_is_met_with_what_there_is(name: str, said: str) -> None:
    """The nearest names where some are near, else all of them."""
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        registry.source(name)


@pytest.mark.parametrize(("text", "months"), [("12mo", 12), ("18", 18), ("2y", 24), (" 3 MO ", 3)])
def test_a_window_is_read(text: str, months: int) -> None:
    """Months and years, with or without a unit."""
    assert as_months(text) == months


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_shifting_by_months_and_back_stays_in_the_month(day: date, count: int) -> None:
    """The day may move to the end of a shorter month, the month never."""
    there = shifted(day, count)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == count


def test_shift_judges_a_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A step in a user's own series is a SHIFT at its date, and a break without one."""
    values = [(0.3, -0.2, 0.1, -0.3, 0.2)[i % 5] + 4 * (i >= 20) for i in range(40)]
    lines = [f"{2020 + i // 12}-{i % 12 + 1:02d},{v}" for i, v in enumerate(values)]
    path = tmp_path / "own.csv"
    path.write_text("date,value\n" + "\n".join(lines))
    assert main(["shift", str(path), "--at", "2021-09", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["direction"]) == ("SHIFT", "up")
    assert answer["interval"][0] < 4 < answer["interval"][1]
    assert main(["shift", str(path), "--json"]) == 0
    breaks = json.loads(capsys.readouterr().out)["breaks"]
    assert [b["date"] for b in breaks] == ["2021-09-01"]
    assert breaks[0]["probability"] > 0.9


@pytest.mark.parametrize("rows", [0, 1, 2, 5])
def test_shift_says_unclear_of_next_to_nothing(
    rows: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Few points or none are an answer, not an error."""
    path = tmp_path / "own.csv"
    path.write_text("date,value\n" + "".join(f"2022-0{i + 1},{i}\n" for i in range(rows)))
    for more in (["--at", "2022-03"], []):
        assert main(["shift", str(path), "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out)["outcome"] == "UNCLEAR"
