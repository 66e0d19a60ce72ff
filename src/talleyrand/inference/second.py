"""Whether a second reading of a dimension bears out the first."""

from __future__ import annotations

from talleyrand.assessment import Agreement
from talleyrand.model import Finding, Outcome


def agreement(first: Finding, second: Finding) -> Agreement:
    """Two findings on one change, in units of their own.

    They disagree where one is SHIFT and the other STEADY, or where both are sure of the sign (the
    95 % interval leaves out zero), are not both STEADY and point opposite ways. They agree where
    both are STEADY, or both are sure of the same sign and neither is STEADY. Else the evidence
    cannot tell.
    """
    outcomes = {first.outcome, second.outcome}
    if outcomes == {Outcome.STEADY}:
        return "agrees"
    if outcomes == {Outcome.SHIFT, Outcome.STEADY}:
        return "disagrees"
    signs = _sign(first) * _sign(second)
    if signs < 0:
        return "disagrees"
    return "agrees" if signs > 0 and Outcome.STEADY not in outcomes else "cannot tell"


def _sign(finding: Finding) -> int:
    """1 or -1 where the sign of the change is sure, else 0."""
    if finding.interval is None:
        return 0
    low, high = finding.interval
    return 1 if low > 0 else -1 if high < 0 else 0
