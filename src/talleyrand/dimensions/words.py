"""`words`: the declared position, as codes in official texts by the speaker they belong to.

Per month the log-odds of codes that bring the target closer against codes that push it further
(Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies Quarterly 36:123-155), standardised
for the mix of texts: a press conference is harsher than the read-out of a visit, so a month with
more of them is compared with what its own mix would lead one to expect. A sender known by its
speeches in the UN General Debate alone has one point a year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from talleyrand.dimensions.mix import standardised
from talleyrand.dimensions.texts import SOURCES, YEARLY, Text, moved, strata, texts_of
from talleyrand.model import Dimension, Dyad, Series
from talleyrand.store import Store


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Log-odds of closer against further codes of the sender towards the target, by month.

    `n` is the number of texts with at least one such code. Months without any are left out:
    silence has a question of its own.
    """
    series = levels(store, dyad, at, window_months)
    if not series.dates:
        return series
    texts = texts_of(store, dyad)
    return replace(
        series,
        evidence=tuple(text.evidence() for text in texts),
        note="" if series.cadence == "session" else moved(texts, at, window_months),
    )


def levels(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """The same without what is behind it: no evidence, no note on the codes that moved."""
    texts = texts_of(store, dyad)
    if not texts:
        return Series((), (), (), (), "month", "log-odds", note="no coded text on record")
    yearly = {text.source for text in texts} <= YEARLY
    periods = [text.day if yearly else text.month for text in texts]
    dates = sorted(set(periods))
    counts, behind = _counted(texts, periods, dates)
    values, errors = standardised(counts[0], counts[1])
    return Series(
        dates=tuple(dates),
        values=tuple(float(v) for v in values),
        n=tuple(float(n) for n in behind),
        se=tuple(float(e) for e in errors),
        cadence="session" if yearly else "month",
        unit="log-odds",
    )


def _counted(
    texts: list[Text], periods: list[date], dates: list[date]
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted counts (closer or further, periods, strata), and the texts behind each period."""
    sorts = strata(texts)
    known = {sort: i for i, sort in enumerate(sorted(set(sorts)))}
    places = {period: i for i, period in enumerate(dates)}
    counts = np.zeros((2, len(dates), len(known)))
    behind = np.zeros(len(dates))
    for text, period, sort in zip(texts, periods, sorts, strict=True):
        place = places[period]
        counts[:, place, known[sort]] += (text.weights["closer"], text.weights["further"])
        behind[place] += 1
    return counts, behind


DIMENSION = Dimension(
    name="words",
    title="What the sender says: codes that bring closer against codes that push away",
    side="position",
    unit="log-odds",
    more_means="closer",
    margin=0.3,
    margin_why="half the mean change at recognised turning points (benchmarks/margins.py)",
    sources=SOURCES,
    measure=measure,
)
