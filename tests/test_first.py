"""Which moved first: invented series of known order."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from assessment_sample import assessment
from talleyrand.assessment import Judged
from talleyrand.inference.first import SHORTEST, dated, order
from talleyrand.model import Finding, Outcome, Series, Side

MONTHS = tuple(date(2021 + m // 12, m % 12 + 1, 1) for m in range(8, 32))
UNJUDGED = Finding(Outcome.UNCLEAR, None, None, None, 0.3, None, None, 0, 0, "")


def one(name: str, side: Side, step_before: int | None, seed: int, months: int = 24) -> Judged:
    """Invented noise of sd 1, with a step of 6 before a month, if any."""
    values = np.random.default_rng(seed).standard_normal(months)
    if step_before is not None:
        values[step_before:] += 6
    told = tuple(float(v) for v in values)
    n, se = (9.0,) * months, (None,) * months
    return Judged(name, side, "sd", Series(MONTHS[:months], told, n, se, "month", "sd"), UNJUDGED)


@pytest.mark.parametrize(
    ("own", "read", "first"),
    [(8, 16, "position"), (16, 8, "perception"), (12, 12, None), (12, 13, None), (8, None, None),
     (None, 8, None), (None, None, None)],
)  # fmt: skip
def test_the_side_whose_whole_interval_is_earlier_moved_first(
    own: int | None, read: int | None, first: Side | None
) -> None:
    for seed in range(5):
        found = order(
            [
                one("words", "position", own, seed),
                one("contacts", "position", None, 100 + seed),
                one("coverage", "perception", read, 200 + seed),
            ],
            12,
        )
        assert found.first == first
        assert ("cannot be told" in found.text) == (first is None)
        assert [moved.name for moved in found.looked] == ["words", "contacts", "coverage"]


def test_a_later_dimension_does_not_undo_an_earlier_one() -> None:
    early, late = one("words", "position", 5, 1), one("trade", "position", 20, 2)
    assert order([late, early, one("coverage", "perception", 13, 3)], 12).first == "position"
    assert order([late, one("coverage", "perception", 13, 3)], 12).first == "perception"


def test_overlap_is_told_with_both_intervals() -> None:
    found = order([one("words", "position", 12, 1), one("coverage", "perception", 12, 2)], 12)
    assert "the intervals overlap (words between" in found.text
    assert "coverage between" in found.text


def test_what_cannot_be_dated_is_told() -> None:
    short = one("coverage", "perception", None, 1, months=SHORTEST - 1)
    assert dated("coverage", "perception", short.series) is None
    found = order([one("words", "position", 12, 1), short], 12)
    assert found.first is None
    assert "no series of perception is long enough to be dated" in found.text
    assert order([], 12).text.count("long enough") == 2


def test_the_interval_holds_the_month_of_the_step() -> None:
    hits = 0
    for seed in range(20):
        found = dated("words", "position", one("words", "position", 11, seed).series)
        assert found
        assert found.probability > 0.8
        hits += found.interval[0] <= MONTHS[11] <= found.interval[1]
    assert hits >= 19


def test_structure_and_yearly_series_are_not_asked() -> None:
    assert not order([one("ties", "structure", 8, 1)], 12).looked


def test_every_rendering_tells_it() -> None:
    from dataclasses import replace

    from talleyrand.report import as_json, html, text

    found = order([one("words", "position", 8, 1), one("coverage", "perception", 16, 2)], 12)
    sample = assessment()
    told = replace(sample, headline=replace(sample.headline, order=found))
    assert found.text.startswith("The position moved first: words between")
    shown = " ".join(text.render(told, width=80).split())
    assert found.text in shown
    assert found.text in html.page(told)
    said = as_json.assessment_to_dict(told)["headline"]["first"]
    assert said["side"] == "position"
    assert [moved["name"] for moved in said["looked_at"]] == ["words", "coverage"]
