"""`balance`: how far a text affirms and distances at once, the "balancing act".

For each text the chance that two of its different codes, drawn at random, point opposite ways
(Gini-Simpson, unbiased for the few codes of one text; Simpson 1949, Nature 163:688): 0 where every
text takes one side only, about a half where each is evenly split. A month is the mean over its
texts, standardised for their mix. It does not say which side a text leans to, that is `words`; nor
whether the balance is sincere. Texts with a single code say nothing of balance and are left out.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from talleyrand.dimensions.mix import adjusted
from talleyrand.dimensions.texts import SOURCES, YEARLY, Text, strata, texts_of
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean evenness of the sender's texts on the target by month, from 0 to 1."""
    texts = [t for t in texts_of(store, dyad) if t.count("closer") + t.count("further") > 1]
    if not texts:
        return Series((), (), (), (), "month", "evenness", note="no text with two codes on record")
    yearly = {text.source for text in texts} <= YEARLY
    periods = [text.day if yearly else text.month for text in texts]
    dates = sorted(set(periods))
    values = np.array([evenness(t.count("closer"), t.count("further")) for t in texts])
    sorts = strata(texts)
    known = sorted(set(sorts))
    means, errors, behind = adjusted(
        values,
        np.array([dates.index(period) for period in periods]),
        np.array([known.index(sort) for sort in sorts]),
    )
    return Series(
        dates=tuple(dates),
        values=tuple(float(v) for v in means),
        n=tuple(float(n) for n in behind),
        se=tuple(float(e) for e in errors),
        cadence="session" if yearly else "month",
        unit="evenness",
        evidence=tuple(_evidence(t, v) for t, v in zip(texts, values, strict=True)),
    )


def evenness(closer: int, further: int) -> float:
    """The chance that two different codes of a text point opposite ways."""
    both = closer + further
    return 2 * closer * further / (both * (both - 1))


def _evidence(text: Text, value: float) -> Evidence:
    shown = text.evidence()
    return Evidence(shown.id, shown.url, shown.date, round(float(value), 3), shown.quote)


DIMENSION = Dimension(
    name="balance",
    title="How far a text affirms and distances at once",
    side="position",
    unit="evenness",
    more_means="more even-handed",
    margin=0.1,
    margin_why="one text in ten turned from one-sided to evenly split, twice over",
    sources=SOURCES,
    measure=measure,
    directions=("up", "down"),
)
