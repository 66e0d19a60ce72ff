"""How two powers stand in a third state's neighbourhood, and whether they share it more evenly.

The ties are those of `talleyrand.neighbourhood`; a year's figure is standardised for the mix of
states and sources (`talleyrand.dimensions.arena`), and whether it changed is judged as any series
of one's own is: searched for a break, with the search counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from talleyrand import provenance, states
from talleyrand.dimensions.arena import DIMENSION, series_of
from talleyrand.errors import InputError
from talleyrand.model import Casebook, Finding, Series
from talleyrand.neighbourhood import COMPONENTS, DIVIDED, NEIGHBOURHOODS, Tie, reassured, ties
from talleyrand.own_series import judge_series
from talleyrand.pipeline import as_period, directed
from talleyrand.store import Store

FIRST = date(1992, 1, 1)  # earlier there are few neighbours to share
MARGINS = {"votes": 0.1, "reassurance": 20.0}  # of a gap; of evenness that of the dimension
_FEWEST_YEARS = 2  # of a component, to be given a row

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trend:
    """One component (or all that is divided) by year, and whether it changed.

    `what` is "evenness" (0 one alone, 1 even) or "gap" (the one less the other, in `unit`).
    """

    component: str
    source: str
    what: str
    unit: str
    series: Series
    finding: Finding
    judged_at: date

    def to_dict(self) -> Json:
        """The trend as plain values."""
        points = zip(self.series.dates, self.series.values, self.series.n, strict=True)
        told = self.finding
        return {
            "component": self.component,
            "source": self.source,
            "what": self.what,
            "unit": self.unit,
            "years": [{"year": d.year, "value": v, "ties": int(n)} for d, v, n in points],
            "outcome": told.outcome.value,
            "direction": told.direction,
            "judged_at": self.judged_at.year,
            "change": told.change,
            "interval": list(told.interval) if told.interval else None,
            "margin": told.margin,
            "trend_a_year": told.trend,
            "reason": told.reason,
        }


@dataclass(frozen=True, slots=True)
class Arena:
    """The whole answer, before it is rendered."""

    one: str
    other: str
    within: tuple[str, ...]
    first: int
    last: int
    index: Trend | None  # of all that is divided; None where nothing is on record
    trends: tuple[Trend, ...]
    ties: tuple[Tie, ...]
    reassured: tuple[Mapping[str, Any], ...]
    casebook: Casebook
    version: str

    def to_dict(self) -> Json:
        """The answer as plain values: the JSON contract."""
        return {
            "one": self.one,
            "other": self.other,
            "within": list(self.within),
            "from": self.first,
            "to": self.last,
            "index": self.index.to_dict() if self.index else None,
            "components": [trend.to_dict() for trend in self.trends],
            "states": [_state(self, state) for state in self.within],
            "ties": [_tie(tie) for tie in self.ties],
            "reassured": [
                {**row, "day": row["day"].isoformat()} for row in reversed(self.reassured)
            ],
            "casebook": provenance.told(self.casebook),
            "version": self.version,
        }


def ask(
    store: Store,
    one: str,
    other: str,
    within: Sequence[str] = (),
    first: str | date | None = None,
    last: str | date | None = None,
) -> Arena:
    """How two powers stand in the third states `within`, by default their own neighbourhood."""
    dyad = directed(one, other)
    among = _neighbours(dyad.sender, dyad.target, within)
    start = as_period(first)[0].year if first else FIRST.year
    end = as_period(last)[0].year if last else store.built.year
    if end < start:
        raise InputError(f"the period ends ({end}) before it begins ({start})")
    found = ties(store, dyad.sender, dyad.target, among)
    kept = tuple(tie for tie in found if start <= tie.year <= end)
    said = reassured(store, dyad.sender, dyad.target, among)
    return Arena(
        one=dyad.sender,
        other=dyad.target,
        within=among,
        first=start,
        last=end,
        index=_trend([tie for tie in kept if tie.component in DIVIDED], "all divided", ""),
        trends=tuple(_trends(kept)),
        ties=kept,
        reassured=tuple(row for row in said if start <= row["day"].year <= end),
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
    )


def _neighbours(one: str, other: str, within: Sequence[str]) -> tuple[str, ...]:
    """The third states asked for (names and groups), or those of the pair; raises InputError."""
    named: dict[str, None] = {}
    for given in (text.strip() for text in within if text.strip()):
        group = given.upper() in states.groups()
        found = sorted(states.members(given)) if group else [states.resolve(given)]
        named.update(dict.fromkeys(found))
    if not named:
        named = dict.fromkeys(NEIGHBOURHOODS.get(frozenset({one, other}), ()))
    if not named:
        raise InputError(
            f"{one} and {other} have no neighbourhood set; name third states: --in KAZ,UZB"
        )
    among = tuple(state for state in named if state not in (one, other))
    if not among:
        raise InputError(f"--in names only {one} and {other}; name third states: --in KAZ,UZB")
    return among


def _trends(found: Sequence[Tie]) -> Iterator[Trend]:
    """One a component and source, in order."""
    for component in COMPONENTS:
        own = [tie for tie in found if tie.component == component]
        for source in sorted({tie.source for tie in own}):
            trend = _trend([tie for tie in own if tie.source == source], component, source)
            if trend is not None:
                yield trend


def _trend(found: Sequence[Tie], component: str, source: str) -> Trend | None:
    """The yearly figure of some ties with its finding; None where there is none."""
    what = "gap" if component in MARGINS else "evenness"
    series = series_of(found, what)
    if not len(series):
        return None
    judged = judge_series(series, None, MARGINS.get(component, DIMENSION.margin))
    unit = found[0].unit if what == "gap" else what
    return Trend(component, source, what, unit, series, judged.finding, judged.judged_at)


def _state(answer: Arena, state: str) -> Json:
    """Of one third state the latest year of every component, and who reassured it how often."""
    own = [tie for tie in answer.ties if tie.state == state]
    latest = {(tie.component, tie.source): tie for tie in sorted(own, key=lambda t: t.year)}
    said = [row["sender"] for row in answer.reassured if row["state"] == state]
    return {
        "state": state,
        "latest": [_tie(tie) for tie in latest.values()],
        "reassured_by_one": said.count(answer.one),
        "reassured_by_other": said.count(answer.other),
    }


def _tie(tie: Tie) -> Json:
    return {
        "component": tie.component,
        "source": tie.source,
        "state": tie.state,
        "year": tie.year,
        "one": tie.one,
        "other": tie.other,
        "unit": tie.unit,
        "evenness": tie.evenness,
        "read_outs": list(tie.counts) if tie.counts else None,
        "evidence": [
            {"id": e.id, "url": e.url, "date": e.date.isoformat(), "quote": e.quote}
            for e in tie.evidence
        ],
    }
