"""`coverage`: how outlets of third states frame the relation, a month, on a fixed panel.

The mean tone between the two in headlines that name both, from outlets of neither, counted only
from outlets present on both sides of the date: an outlet that enters or leaves a feed changes the
mix, not the reading. A page whose headline changed counts once, as first seen.

The coder of headlines errs, and errors at random make every change look smaller than it is. Tones
are divided by what a true change of one shows as (`benchmarks/framing.py`; errors in variables,
Fuller 1987), so that a coder that hears little cannot find that all was quiet.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import sqrt

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_REPORTS = """
SELECT DISTINCT ON (outlet, url) id, url, outlet, published::DATE AS day,
  list_contains(warming, $pair)::INT - list_contains(cooling, $pair)::INT AS tone
FROM reports
WHERE list_contains(states, $sender) AND list_contains(states, $target)
  AND outlet_state NOT IN ($sender, $target)
ORDER BY published, id
"""
_HEARD = 0.42  # slope of coded on true tone, on a public test set (benchmarks/framing.py)
_FEWEST = 10  # reports an outlet needs on either side of the date to be of the panel


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean tone by month of the panel around `at`: -1 were all cooling, 1 were all warming."""
    pair = "-".join(sorted((dyad.sender, dyad.target)))
    rows = store.rows(_REPORTS, sender=dyad.sender, target=dyad.target, pair=pair)
    panel = _panel(rows, at, timedelta(days=round(window_months * 30.44)))
    months: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        if row["outlet"] in panel:
            months[row["day"].replace(day=1)].append(row)
    tones = [row["tone"] for month in months.values() for row in month]
    spread = _spread(tones)
    dates = tuple(sorted(months))
    return Series(
        dates=dates,
        values=tuple(sum(r["tone"] for r in months[m]) / len(months[m]) / _HEARD for m in dates),
        n=tuple(float(len(months[m])) for m in dates),
        se=tuple(spread / sqrt(len(months[m])) / _HEARD for m in dates),
        cadence="month",
        unit="tone",
        evidence=tuple(
            Evidence(r["id"], r["url"], r["day"], r["tone"], r["outlet"])
            for m in dates
            for r in months[m]
        ),
        note=_note(panel, {row["outlet"] for row in rows}),
    )


def _panel(rows: list[Row], at: date, reach: timedelta) -> set[str]:
    """Outlets with enough reports within `reach` on both sides of the date."""
    before: dict[str, int] = defaultdict(int)
    after: dict[str, int] = defaultdict(int)
    for row in rows:
        if at - reach <= row["day"] < at:
            before[row["outlet"]] += 1
        elif at <= row["day"] < at + reach:
            after[row["outlet"]] += 1
    return {o for o in before if before[o] >= _FEWEST and after[o] >= _FEWEST}


def _spread(tones: list[float]) -> float:
    """Standard deviation of single reports, kept off zero by one report of each tone."""
    padded = [*tones, -1.0, 0.0, 1.0]
    mean = sum(padded) / len(padded)
    return sqrt(sum((t - mean) ** 2 for t in padded) / len(padded))


def _note(panel: set[str], outlets: set[str]) -> str:
    if not panel:
        return f"none of {len(outlets)} outside outlets is present on both sides of the date"
    return f"panel of {len(panel)} of {len(outlets)} outside outlets: {', '.join(sorted(panel))}"


DIMENSION = Dimension(
    name="coverage",
    title="How outlets of third states frame the relation",
    side="perception",
    unit="tone",
    more_means="closer",
    margin=0.15,
    margin_why="15 in 100 headlines turned from neutral to warming or cooling",
    sources=("headlines",),
    measure=measure,
)
