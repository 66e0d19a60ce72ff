"""The headline follows from the dimensions by a plain rule."""

from dataclasses import replace
from datetime import date

import pytest

from talleyrand.assessment import Judged
from talleyrand.inference.headline import decide, headline
from talleyrand.model import Break, Finding, Outcome, Series, Side

SERIES = Series((), (), (), (), "month", "x")


def judged(outcome: str, side: Side = "position", measured: bool = True) -> Judged:
    """A dimension with an outcome such as "SHIFT closer"."""
    word, _, way = outcome.partition(" ")
    one = Series((date(2022, 1, 1),), (1.0,), (1.0,), (None,), "month", "x")
    finding = Finding(
        outcome=Outcome(word),
        direction="closer" if way == "closer" else "further" if way else None,
        change=None,
        interval=None,
        margin=1.0,
        p_shift=0.5 if measured else None,
        p_steady=None,
        n_before=1,
        n_after=1,
        reason="invented",
    )
    return Judged("invented", side, "x", one if measured else SERIES, finding)


@pytest.mark.parametrize(
    ("outcomes", "decided"),
    [
        ([], "UNCLEAR"),
        (["STEADY"], "STEADY"),
        (["STEADY", "STEADY", "SHIFT closer"], "STEADY"),
        (["STEADY", "SHIFT closer", "SHIFT closer"], "SHIFT"),
        (["SHIFT closer", "SHIFT further"], "UNCLEAR"),
        (["STEADY", "SHIFT closer"], "UNCLEAR"),
        (["STEADY", "UNCLEAR", "UNCLEAR"], "UNCLEAR"),
        (["STEADY", "UNCLEAR"], "UNCLEAR"),
        (["SHIFT closer", "UNCLEAR"], "UNCLEAR"),
        (["STEADY", "STEADY", "UNCLEAR", "UNCLEAR"], "STEADY"),
        (["STEADY", "STEADY", "UNCLEAR", "UNCLEAR", "UNCLEAR"], "UNCLEAR"),
        (["UNCLEAR"], "UNCLEAR"),
    ],
)
def test_a_side_is_decided_by_most_of_its_dimensions(outcomes: list[str], decided: str) -> None:
    """Ties, opposed shifts and a majority that cannot tell are UNCLEAR."""
    assert decide([judged(o) for o in outcomes], "position")[0] == decided


def test_a_dimension_without_evidence_does_not_count() -> None:
    """Only what was measured is in the majority, yet one alone does not speak for several."""
    none = [judged("UNCLEAR", measured=False)] * 3
    assert decide([judged("STEADY"), judged("STEADY"), *none], "position")[0] == Outcome.STEADY
    assert decide([judged("STEADY"), *none], "position")[0] == Outcome.UNCLEAR


def test_a_shift_of_another_time_is_none_at_the_date() -> None:
    """A SHIFT that most probably happened elsewhere does not count; the steady ones may."""
    late = judged("SHIFT closer")
    moved = replace(late.finding, elsewhere=Break(date(2022, 1, 1), 0.9, 1.0))
    late = replace(late, finding=moved)
    assert decide([late, judged("SHIFT closer")], "position")[0] == Outcome.UNCLEAR
    assert decide([late, judged("STEADY"), judged("STEADY")], "position")[0] == Outcome.STEADY


def test_the_headline_states_its_rule_on_one_line() -> None:
    """Whoever reads the answer can check the counting."""
    assert len(headline([]).rule) < 100


@pytest.mark.parametrize(
    ("position", "perception", "text"),
    [
        ("STEADY", "SHIFT further", "The reading changed, not the position."),
        ("STEADY", "STEADY", "Nothing new"),
        ("SHIFT closer", "STEADY", "unnoticed"),
        ("SHIFT closer", "SHIFT closer", "moved closer, and it was noticed"),
        ("SHIFT closer", "SHIFT further", "moved closer, yet it was read as moving further"),
        ("UNCLEAR", "UNCLEAR", "cannot tell"),
    ],
)
def test_the_text_sets_position_against_perception(
    position: str, perception: str, text: str
) -> None:
    """Every cell of the table has its sentence."""
    found = headline([judged(position)] * 2 + [judged(perception, "perception")])
    assert text in found.text


def test_a_position_that_moved_at_another_time_is_told() -> None:
    """Two of two moved, one of them months before: not a change at the date, yet no nothing."""
    early = Break(date(2021, 11, 1), 0.7, -1.0)
    one = judged("SHIFT further")
    other = replace(one, name="events", finding=replace(one.finding, elsewhere=early))
    told = headline([one, other, judged("STEADY", "perception")])
    assert (told.position, told.perception) == (Outcome.UNCLEAR, Outcome.STEADY)
    assert "moved further" in told.text
    assert "events most probably in November 2021" in told.text
    assert "The reading held" in told.text
    alone = headline([other, judged("UNCLEAR"), judged("STEADY", "perception")])
    assert "moved" not in alone.text
