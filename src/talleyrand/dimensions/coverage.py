"""`coverage`: how outlets of third states frame the relation, a month, on a fixed panel.

The mean tone between the two in headlines that name both, from outlets of neither, counted only
from outlets present on both sides of the date: an outlet that enters or leaves a feed changes the
mix, not the reading. A page whose headline changed counts once, as first seen.

Within the panel too the mix may change, as when a cold outlet doubles its output: each report
counts as its distance from its outlet's level, half-way between the outlet's mean before and its
mean after. A change common to all outlets passes whole; a change of mix alone does not pass.

The coder of headlines errs, and errors at random make every change look smaller than it is. Tones
are divided by what a true change of one shows as on held-out headlines (errors in variables, Fuller
1987; `benchmarks/framing.py`), so that a coder that hears little cannot find that all was quiet.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import chain
from math import sqrt

import numpy as np

from talleyrand.inference.misclassified import slope
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.pages_seen import PAGE
from talleyrand.store import Row, Store

_REPORTS = """
SELECT DISTINCT ON (outlet, {page}) *, published::DATE AS day,
  list_contains(warming, $pair)::INT - list_contains(cooling, $pair)::INT AS tone
FROM reports
WHERE list_contains(states, $sender) AND list_contains(states, $target)
  AND outlet_state NOT IN ($sender, $target)
ORDER BY published, id
"""
# English headlines by true and coded class (benchmarks/framing.py): neutral, warming, cooling
CONFUSION = np.array([[33.0, 10.0, 25.0], [2.0, 26.0, 15.0], [11.0, 10.0, 86.0]])
_BY_PHRASES = np.array([[56.0, 1.0, 11.0], [24.0, 14.0, 5.0], [58.0, 6.0, 43.0]])
TONE = np.array([0.0, 1.0, -1.0])
_FEWEST = 10  # reports an outlet needs on either side of the date to be of the panel

_Panel = dict[str, tuple[list[Row], list[Row]]]


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean tone by month of the panel around `at`: -1 were all cooling, 1 were all warming."""
    pair = "-".join(sorted((dyad.sender, dyad.target)))
    found = store.rows(
        _REPORTS.format(page=PAGE), sender=dyad.sender, target=dyad.target, pair=pair
    )
    rows = [{**row, "trained": is_trained(row, pair)} for row in found]
    panel = _panel(rows, at, timedelta(days=round(window_months * 30.44)))
    kept = [row for row in rows if row["outlet"] in panel]
    told = _told(kept, panel)
    months: dict[date, list[float]] = defaultdict(list)
    for row, tone in zip(kept, told, strict=True):
        months[row["day"].replace(day=1)].append(tone)
    spread = _spread(kept, told)
    dates = tuple(sorted(months))
    return Series(
        dates=dates,
        values=tuple(sum(months[m]) / len(months[m]) for m in dates),
        n=tuple(float(len(months[m])) for m in dates),
        se=tuple(spread / sqrt(len(months[m])) for m in dates),
        cadence="month",
        unit="tone",
        evidence=tuple(
            Evidence(r["id"], r["url"], r["day"], r["tone"], r["outlet"])
            for r in sorted(kept, key=lambda r: r["day"].replace(day=1))
        ),
        note=_note(set(panel), {row["outlet"] for row in rows}),
    )


def is_trained(row: Row, pair: str) -> bool:
    """Was the pair ("CHN-RUS") judged by the trained coder? Else it was by phrases."""
    one, other = pair.split("-")
    return any(act[:-1] in (f"{one}>{other}", f"{other}>{one}") for act in row.get("acts") or ())


@cache
def _heard(trained: bool) -> float:
    """What a true change of one shows as: .48 by the trained coder, .27 by phrases."""
    return slope(CONFUSION if trained else _BY_PHRASES, TONE)


def _counts(row: Row) -> float:
    """What one report counts for the tone, given how much of it the coder hears."""
    return float(row["tone"]) / _heard(row["trained"])


def _told(rows: list[Row], panel: _Panel) -> list[float]:
    """What each report counts, freed from its outlet's level and set about that of the panel."""
    levels = {
        outlet: sum(_mean([_counts(row) for row in side]) for side in sides) / 2
        for outlet, sides in panel.items()
    }
    inside = list(chain.from_iterable(chain.from_iterable(panel.values())))
    middle = _mean([levels[row["outlet"]] for row in inside]) if inside else 0.0
    return [_counts(row) - levels[row["outlet"]] + middle for row in rows]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _panel(rows: list[Row], at: date, reach: timedelta) -> _Panel:
    """Reports before and after of each outlet with enough within `reach` on both sides."""
    sides: _Panel = defaultdict(lambda: ([], []))
    for row in rows:
        if at - reach <= row["day"] < at:
            sides[row["outlet"]][0].append(row)
        elif at <= row["day"] < at + reach:
            sides[row["outlet"]][1].append(row)
    return {o: both for o, both in sides.items() if min(map(len, both)) >= _FEWEST}


def _spread(rows: list[Row], told: list[float]) -> float:
    """Standard deviation of single reports, kept off zero by one report of each tone."""
    middle = _mean(told) if told else 0.0
    step = 1 / _heard(any(row["trained"] for row in rows))
    return float(np.std([*told, middle - step, middle, middle + step]))


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
