"""`arena`: how evenly sender and target share the ties of the states between them, by year.

The mean evenness (see `talleyrand.neighbourhood`) of what is divided, over third states and
components, standardised for their mix: a year in which one source ends is compared with what its
own mix would lead one to expect. Only for pairs with a neighbourhood of their own, and the same
in either direction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.neighbourhood import DIVIDED, NEIGHBOURHOODS, Tie, ties
from talleyrand.store import Store

_FEWEST = 3  # ties a year needs
_PULL = 1e-3

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean evenness by year, from 0 (one alone) to 1 (even), at a fixed mix."""
    within = NEIGHBOURHOODS.get(frozenset({dyad.sender, dyad.target}))
    if within is None:
        return series_of((), note="no neighbourhood of this pair is set; see talleyrand arena --in")
    one, other = sorted((dyad.sender, dyad.target))
    return series_of(ties(store, one, other, within, DIVIDED))


def series_of(found: Sequence[Tie], what: str = "evenness", *, note: str = "") -> Series:
    """The mean evenness or gap by year at a fixed mix of states, components and sources.

    A year needs three ties, or all of them where there are fewer states.
    """
    fewest = min(_FEWEST, len({tie.state for tie in found}))
    told = [tie for tie in found if getattr(tie, what) is not None]
    years = Counter(tie.year for tie in told)
    known = [tie for tie in told if years[tie.year] >= fewest]
    if not known:
        return Series((), (), (), (), "year", what, note=note or "too few ties on record to tell")
    dates = sorted({tie.year for tie in known})
    sorts = sorted({(tie.component, tie.source, tie.state) for tie in known})
    means, errors, behind = fixed_mix(
        np.array([getattr(tie, what) for tie in known]),
        np.array([dates.index(tie.year) for tie in known]),
        np.array([sorts.index((tie.component, tie.source, tie.state)) for tie in known]),
    )
    return Series(
        dates=tuple(date(year, 1, 1) for year in dates),
        values=tuple(float(value) for value in means),
        n=tuple(float(count) for count in behind),
        se=tuple(float(error) for error in errors),
        cadence="year",
        unit=what,
        evidence=tuple(_evidence(tie, getattr(tie, what)) for tie in known),
        note=note or f"mean of {', '.join(dict.fromkeys(tie.component for tie in known))}",
    )


def fixed_mix(values: Floats, year: Places, sort: Places) -> tuple[Floats, Floats, Floats]:
    """Yearly means at the average mix of sorts, their standard errors, and the values behind them.

    An additive model by least squares: each sort has a level, each year a deviation. The
    deviations are drawn to none just enough that a year whose sorts no other year has is put
    at the average rather than anywhere. `year` and `sort` number each value's own from 0.
    """
    years, sorts = int(year.max()) + 1, int(sort.max()) + 1
    design = np.hstack([np.eye(years)[year], np.eye(sorts)[sort]])
    drawn = np.diag([_PULL] * years + [0.0] * sorts)
    fitted = np.linalg.solve(design.T @ design + drawn, design.T @ values)
    squares = float(((values - design @ fitted) ** 2).sum())
    freedom = max(1.0, len(values) - years - sorts + 1)
    n: Floats = np.bincount(year, minlength=years).astype(np.float64)
    level = float(fitted[years:] @ np.bincount(sort, minlength=sorts)) / len(values)
    means = np.asarray(fitted[:years] + level, np.float64)
    errors = np.sqrt((squares + 0.05) / (freedom + 1.0) / n)
    return means, errors, n


def _evidence(tie: Tie, value: float) -> Evidence:
    """One tie: what either power has, with the address of the first record behind it."""
    url = tie.evidence[0].url if tie.evidence else ""
    told = f"{tie.component} of {tie.state}: {tie.one:.3g} against {tie.other:.3g} {tie.unit}"
    name = f"{tie.component}:{tie.source}:{tie.state}-{tie.year}"
    return Evidence(name, url, date(tie.year, 1, 1), round(value, 3), told)


DIMENSION = Dimension(
    name="arena",
    title="How evenly the two share the ties of the states between them",
    side="structure",
    unit="evenness",
    more_means="more evenly shared: more room for rivalry",
    margin=0.1,
    margin_why="one of the two going from three times the other's ties to about twice",
    sources=("itpd", "oecd_icio", "cctv", "kremlin"),
    measure=measure,
    directions=("up", "down"),
)
