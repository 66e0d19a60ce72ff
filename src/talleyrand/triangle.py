"""A relation beside the third party that drives it: who moved closer to whom.

The dyad and either of the two towards a third party are judged at the same date by the same
dimensions. The third party is the United States (of a dyad with it China, or else Russia) and the
members of NATO, of whose agreement in the United Nations the median is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talleyrand import registry, states
from talleyrand.assessment import Assessment, Leg
from talleyrand.dimensions import words
from talleyrand.inference.agreement import Agreement, agreement
from talleyrand.inference.decision import Thresholds
from talleyrand.inference.shift import judge
from talleyrand.model import Dimension, Dyad, Finding, Series
from talleyrand.pipeline import reach, shifted, within
from talleyrand.store import Store

THIRDS = ("USA", "CHN", "RUS")  # the first that is not of the dyad
ALLIANCE = "NATO"
MEASURES = ("votes", "words", "contacts")
_FEWEST_VOTES = 20
_VOTES = """
SELECT start_date AS day, item, sender AS state, value AS vote FROM records
WHERE kind = 'vote' AND list_contains($states, sender) AND start_date >= $first
  AND start_date < $last
"""


def legs(store: Store, found: Assessment) -> tuple[Leg, ...]:
    """The dyad and both its states towards either third party, measure by measure."""
    both = (found.dyad.sender, found.dyad.target)
    third = next(state for state in THIRDS if state not in both)
    votes = _votes(store, found, third)
    told = [
        _leg(found.dyad, one.name, one.series, one.finding, found.at)
        for one in found.judged
        if one.name in MEASURES
    ]
    for state in both:
        pair = Dyad(state, third)
        told.append(_judged(pair, "votes", votes[pair], found))
        for name in ("words", "contacts"):
            levels = words.levels if name == "words" else _dimension(name).measure
            series = levels(store, pair, found.at, found.window_months)
            told.append(_judged(pair, name, series, found))
    for pair in (Dyad(state, ALLIANCE) for state in both):
        told.append(_judged(pair, "votes", votes[pair], found))
    return tuple(told)


def _votes(store: Store, found: Assessment, third: str) -> dict[Dyad, Series]:
    """Agreement by session of either state with the third, and with the median member."""
    both = (found.dyad.sender, found.dyad.target)
    members = sorted(states.members(ALLIANCE, found.at) - set(both))
    voters = list(dict.fromkeys((*both, third, *members)))
    first, last = reach(_series(()), found.at, found.window_months)
    early = shifted(first, -12)  # so that the session the window begins in is dated as it is
    rows = store.table(_VOTES, states=voters, first=early, last=last)
    sessions = list(agreements(rows, voters, found.at))
    asked = {third: [voters.index(third)], ALLIANCE: [voters.index(one) for one in members]}
    return {
        Dyad(state, name): median_with(sessions, voters.index(state), places)
        for state in both
        for name, places in asked.items()
    }


def agreements(rows: Any, voters: Sequence[str], at: date) -> Iterator[tuple[date, Agreement]]:
    """The agreement of all voters by session, from an Arrow table: day, item, state, vote.

    Each session is dated at its first roll call; the one that holds `at` is cut in two there.
    """
    day = _numbers(rows["day"].cast("int32")).astype("datetime64[D]")
    months = day.astype("datetime64[M]").astype(int)
    vote = _numbers(rows["vote"])
    item, place = (_numbered(rows[name]) for name in ("item", "state"))
    columns = np.array([voters.index(state) for state in place[1]], int)[place[0]]
    session = 2 * ((months + 4) // 12) + (day >= np.datetime64(at))  # September is month 8
    for one in np.unique(session):
        here = np.flatnonzero(session == one)
        calls, row = np.unique(
            day[here].astype(int) * len(item[1]) + item[0][here], return_inverse=True
        )
        cast = np.full((len(calls), len(voters)), np.nan)
        cast[row, columns[here]] = vote[here]
        yield day[here].min().item(), agreement(cast)


def _numbers(column: Any) -> NDArray[Any]:
    """An Arrow column of numbers as an array, null as NaN.

    Not by Arrow's own `to_numpy`, which imports pandas: half a second for nothing.
    """
    whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    return np.from_dlpack(whole.fill_null(np.nan) if whole.null_count else whole)


def _numbered(column: Any) -> tuple[NDArray[np.intp], list[str]]:
    """Each value of an Arrow column as its place among the different ones, and these."""
    known = column.combine_chunks().dictionary_encode()
    return _numbers(known.indices).astype(np.intp), known.dictionary.to_pylist()


def median_with(
    sessions: Sequence[tuple[date, Agreement]], place: int, others: Sequence[int]
) -> Series:
    """By session the median agreement of one voter with some others (their places)."""
    points = []
    for day, known in sessions:
        values, errors, n = (part[place, list(others)] for part in known)
        there = np.isfinite(values) & (n >= _FEWEST_VOTES)
        if there.any():
            middle, error = (float(np.median(part[there])) for part in (values, errors))
            points.append((day, middle, float(np.median(n[there])), error))
    return _series(points)


def _series(points: Sequence[tuple[date, float, float, float]]) -> Series:
    days, values, n, errors = zip(*points, strict=True) if points else ((), (), (), ())
    return Series(days, values, n, errors, "session", "agreement")


def _dimension(name: str) -> Dimension:
    return next(one for one in registry.DIMENSIONS if one.name == name)


def _judged(dyad: Dyad, name: str, whole: Series, found: Assessment) -> Leg:
    """A series judged as that of the dyad was: same date, window, margin and thresholds."""
    dimension = _dimension(name)
    series = within(whole, found.at, found.window_months)
    margins = [one.finding.margin for one in found.judged if one.name == name]
    finding = judge(
        series,
        found.at,
        margin=(margins or [dimension.margin])[0],
        directions=dimension.directions,
        thresholds=Thresholds(**dict(found.thresholds)),
        ahead=False,
    )
    return _leg(dyad, name, series, finding, found.at)


def _leg(dyad: Dyad, measure: str, series: Series, finding: Finding, at: date) -> Leg:
    """The level before is the plain mean of the points before; that after is as judged."""
    early = [
        value
        for day, value in zip(series.dates, series.values, strict=True)
        if day < at and day not in finding.left_out
    ]
    if finding.p_shift is None or finding.change is None or not early:
        return Leg(dyad, measure, None, None, finding)
    before = sum(early) / len(early)
    return Leg(dyad, measure, before, before + finding.change, finding)
