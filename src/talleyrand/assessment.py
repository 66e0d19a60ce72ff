"""The whole answer on one dyad and date, before it is rendered: what each dimension says, and all.

Built of the words of `model`, and of nothing else of Talleyrand's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from talleyrand.model import Casebook, Day, Dyad, Finding, Outcome, Series, Side

Agreement = Literal["agrees", "disagrees", "cannot tell"]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The same change measured by another method: a check of a dimension, not one of its own."""

    method: str
    series: Series
    finding: Finding
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Judged:
    """One dimension of a verdict: the series, and what was found in it."""

    name: str
    side: Side
    unit: str
    series: Series
    finding: Finding
    second: SecondReading | None = None
    margin_why: str = ""
    caveats: tuple[str, ...] = ()  # sources that begin or end inside the window

    @property
    def measurable(self) -> bool:
        """Whether there is enough on either side of the date for a change to be estimated."""
        return self.finding.p_shift is not None


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a triangle by one measure; the target may be a group, such as NATO."""

    dyad: Dyad
    measure: str
    before: float | None
    after: float | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Moved:
    """When a dimension most probably shifted within its window, if it did.

    `probability` is that of a shift at all; `interval` holds 95 % of when, given that there is one.
    """

    name: str
    side: Side
    date: Day
    interval: tuple[Day, Day]
    probability: float
    change: float


@dataclass(frozen=True, slots=True)
class Order:
    """Which side moved first (None where that cannot be told), why, and what was looked at."""

    first: Side | None
    text: str
    looked: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """Position set against perception."""

    position: Outcome
    perception: Outcome
    text: str
    rule: str = ""  # how the dimensions were counted
    order: Order | None = None  # which moved first


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer for one directed dyad and date, before it is rendered."""

    dyad: Dyad
    at: date
    window_months: int
    headline: Headline
    judged: tuple[Judged, ...]
    casebook: Casebook
    version: str
    notes: tuple[str, ...] = field(default=())
    thresholds: tuple[tuple[str, float], ...] = ()  # how sure each outcome had to be
    triangle: tuple[Leg, ...] = ()  # the dyad beside either one towards a third party
