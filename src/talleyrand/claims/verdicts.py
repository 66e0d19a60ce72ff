"""Measures that are whole verdicts: one dimension's outcome, and the headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from talleyrand import pipeline, registry
from talleyrand.claims.model import Measured
from talleyrand.errors import InputError
from talleyrand.model import Outcome
from talleyrand.states import name
from talleyrand.store import Store

_WINDOWS = ("6mo", "12mo", "18mo", "24mo", "36mo", "60mo")
_MOST_EVIDENCE = 8


def outcome(store: Store, asked: Mapping[str, Any]) -> Measured:
    """The outcome of one dimension at a date: SHIFT closer, SHIFT further or STEADY.

    UNCLEAR is no outcome: the records cannot tell.
    """
    dimension = next((d for d in registry.DIMENSIONS if d.name == asked["dimension"]), None)
    if dimension is None:
        names = ", ".join(d.name for d in registry.DIMENSIONS)
        raise InputError(f"no dimension {asked['dimension']!r}; there are {names}")
    dyad = pipeline.directed(asked["sender"], asked["target"])
    day = pipeline.as_date(asked["at"])
    months = pipeline.as_months(asked.get("window", pipeline.WINDOW))
    judged = pipeline.judge_dimension(store, dimension, dyad, day, months)
    found = judged.finding
    said = f"{found.outcome} {found.direction or ''}".strip()
    told = (
        f"{dimension.name} of {name(dyad.sender)} towards {name(dyad.target)} around {day},"
        f" {months} months on either side"
    )
    figures = {
        "change": found.change, "interval": found.interval, "margin": found.margin,
        "p_shift": found.p_shift, "p_steady": found.p_steady,
        "n_before": found.n_before, "n_after": found.n_after,
    }  # fmt: skip
    evidence = judged.series.evidence[:_MOST_EVIDENCE]
    if found.outcome is Outcome.UNCLEAR:
        settle = f"; {found.would_settle.rstrip('.')}" if found.would_settle else ""
        return Measured(None, f"{told}: UNCLEAR{settle}", figures=figures, evidence=evidence)
    if found.elsewhere:
        return Measured(None, f"{told}: {said}, but most probably around {found.elsewhere.date}",
                        figures=figures, evidence=evidence)  # fmt: skip
    return Measured(said, f"{told}: {said}", figures=figures, evidence=evidence)


def other_windows(asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The same question with a shorter or longer window."""
    for window in _WINDOWS:
        if window != asked.get("window", pipeline.WINDOW):
            yield {**asked, "window": window}
