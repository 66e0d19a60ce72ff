"""The triangle of an answer as a small table: who moved closer to whom, at one glance."""

from __future__ import annotations

from collections.abc import Mapping

from talleyrand.assessment import Assessment, Leg
from talleyrand.model import Dyad, Outcome
from talleyrand.report.words import named

TITLE = "Who moved closer to whom"
MEASURES = (
    ("votes", "votes in the UN"),
    ("words", "words"),
    ("contacts", "contacts a month"),
)
NOTE = (
    "Before and after the date, each as its dimension measures it: = steady, ▲ closer, ▼ further,"
    " ? unclear, – no change measurable; (e) or (l): most probably earlier or later than the date."
    " Towards NATO: the median member's votes."
)


def rows(assessment: Assessment, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A row a dyad with something measurable, a cell a measure."""
    found: dict[Dyad, dict[str, str]] = {}
    for leg in assessment.triangle:
        if leg.before is not None:
            found.setdefault(leg.dyad, {})[leg.measure] = _cell(leg, assessment)
    order = list(dict.fromkeys(leg.dyad for leg in assessment.triangle))
    if not found.keys() - {assessment.dyad}:
        return []  # the dyad alone is no triangle
    return [
        (_towards(dyad, names), *(found[dyad].get(name, "–") for name, _ in MEASURES))
        for dyad in order
        if dyad in found
    ]


def _towards(dyad: Dyad, names: Mapping[str, str]) -> str:
    sender, target = (named(party, names) for party in (dyad.sender, dyad.target))
    return f"{sender} → {target}"


def _cell(leg: Leg, assessment: Assessment) -> str:
    """`+0.67 → +0.55 ?`: before, after, and how it was judged."""
    finding = leg.finding
    sign = {Outcome.STEADY: "=", Outcome.UNCLEAR: "?"}.get(finding.outcome)
    if sign is None:
        sign = "▲" if finding.direction in ("closer", "up") else "▼"
        if finding.elsewhere:
            sign += " (e)" if finding.elsewhere.date < assessment.at else " (l)"
    figure = ".1f" if leg.measure == "contacts" else "+.2f"
    return f"{leg.before:{figure}} → {leg.after:{figure}} {sign}"
