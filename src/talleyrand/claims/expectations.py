"""What a claim may expect of a measure: each kind is one entry of `KINDS`.

A kind judges a measured value as true, false or undecided. Where a value has an interval, all of it
must lie on one side. To add a kind, write its function and its line in `KINDS`: the reader of
claim files, the schema and the reference take it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from talleyrand.claims.model import Measured

Truth = bool | None
Asks = Callable[[Mapping[str, Any]], Measured]  # measures what a test compares with


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of expectation: its key, what may stand beside it, how it is judged and worded."""

    key: str
    takes: tuple[type, ...]
    judge: Callable[[Measured, Mapping[str, Any], Measured | None], Truth]
    words: Callable[[Mapping[str, Any], Measured | None], str]
    says: str
    beside: Mapping[str, tuple[type, ...]]
    required: tuple[str, ...] = ()


def _span(found: Measured) -> tuple[float, float]:
    value = float(found.value) if isinstance(found.value, (int, float)) else float("nan")
    return found.interval or (value, value)


def _sided(found: Measured, holds: Callable[[float], bool]) -> Truth:
    """True or false where both ends of the value agree, else undecided."""
    ends = {holds(end) for end in _span(found)}
    return ends.pop() if len(ends) == 1 else None


def _near(found: Measured, expected: Mapping[str, Any], _: Measured | None) -> Truth:
    value, within = float(expected["value"]), float(expected["tolerance"]) + 1e-9
    low, high = _span(found)
    if high < value - within or low > value + within:
        return False
    return True if value - within <= low and high <= value + within else None


def _compared(found: Measured, expected: Mapping[str, Any], other: Measured | None) -> Truth:
    """More than `times` the other: the interval of the difference must lie on one side of zero.

    Either half-width counts by its square, as for two independent samples.
    """
    assert other is not None
    times = float(expected.get("times", 1.0))
    (low, high), (other_low, other_high) = _span(found), _span(other)
    middle = (low + high) / 2 - times * (other_low + other_high) / 2
    reach = hypot((high - low) / 2, times * (other_high - other_low) / 2)
    if middle - reach > 0:
        return True
    return False if middle + reach <= 0 else None


def _within_tolerance(expected: Mapping[str, Any], _: Measured | None) -> str:
    return f"{expected['value']:g} ± {expected['tolerance']:g}"


def _than_other(expected: Mapping[str, Any], other: Measured | None) -> str:
    times = f"{expected['times']:g} times " if "times" in expected else ""
    return f"more than {times}{other.told if other else 'the other'}"


def _as_said(value: object, wanted: str) -> bool:
    """Is it this outcome? A plain SHIFT is one in either direction."""
    return value == wanted or (wanted == "SHIFT" and str(value).startswith("SHIFT "))


_NUMBER = (int, float)
KINDS: tuple[Kind, ...] = (
    Kind("value", _NUMBER, _near, _within_tolerance, "the value, within a tolerance",
         {"tolerance": _NUMBER}, ("tolerance",)),
    Kind("at_least", _NUMBER, lambda m, e, _: _sided(m, lambda v: v >= e["at_least"]),
         lambda e, _: f"at least {e['at_least']:g}", "no less than this", {}),
    Kind("at_most", _NUMBER, lambda m, e, _: _sided(m, lambda v: v <= e["at_most"]),
         lambda e, _: f"at most {e['at_most']:g}", "no more than this", {}),
    Kind("more_than", (dict,), _compared, _than_other,
         "more than another measure (a table as a test's own, without `expect`), or `times` it",
         {"times": _NUMBER}),
    Kind("rank", (int,), lambda m, e, _: m.value == e["rank"],
         lambda e, _: f"rank {e['rank']}", "this rank, 1 being first", {}),
    Kind("present", (bool,), lambda m, e, _: bool(m.value) is e["present"],
         lambda e, _: "there" if e["present"] else "absent", "whether there is any at all", {}),
    Kind("outcome", (str,), lambda m, e, _: _as_said(m.value, e["outcome"]),
         lambda e, _: str(e["outcome"]),
         "this outcome: SHIFT (either way), SHIFT closer, SHIFT further, STEADY, or of a vote yes,"
         " no, abstained, absent", {}),
)  # fmt: skip


def kind_of(expected: Mapping[str, Any]) -> Kind | None:
    """The kind an expectation is of; None where it is of none, or of several."""
    found = [kind for kind in KINDS if kind.key in expected]
    return found[0] if len(found) == 1 else None
