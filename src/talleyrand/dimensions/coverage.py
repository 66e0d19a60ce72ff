"""`coverage`: how outlets of third states frame the relation, a month, on a fixed panel.

The mean tone between the two in headlines that name both, from outlets of neither, counted only
from outlets present on both sides of the date: an outlet that enters or leaves a feed changes the
mix, not the reading. A page whose headline changed counts once, as first seen.

Within the panel too the mix may change, as when a cold outlet doubles its output: each report
counts as its distance from its outlet's level, half-way between the outlet's mean before and its
mean after. A change common to all outlets passes whole; a change of mix alone does not pass.

The coder of headlines errs, and errors at random make every change look smaller than it is. What a
headline read by the trained coder counts makes the mean unbiased given the errors found on
held-out headlines (`inference.misclassified`; `benchmarks/framing.py` prints them). Where only
phrases were counted, tones are divided by what a true change of one shows as (errors in variables,
Fuller 1987). So a coder that hears little cannot find that all was quiet.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import chain
from math import sqrt

import numpy as np

from talleyrand.inference.misclassified import worth
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_REPORTS = """
SELECT DISTINCT ON (outlet, url) *, published::DATE AS day,
  list_contains(warming, $pair)::INT - list_contains(cooling, $pair)::INT AS tone
FROM reports
WHERE list_contains(states, $sender) AND list_contains(states, $target)
  AND outlet_state NOT IN ($sender, $target)
ORDER BY published, id
"""
_HEARD = 0.42  # slope of tone by phrases on true tone, on a public test set
# English headlines by true and coded class: neutral, warming, cooling (benchmarks/framing.py).
CONFUSION = np.array([[27.0, 13.0, 28.0], [0.0, 30.0, 13.0], [10.0, 16.0, 81.0]])
TONE = np.array([0.0, 1.0, -1.0])
_FEWEST = 10  # reports an outlet needs on either side of the date to be of the panel

_Panel = dict[str, tuple[list[Row], list[Row]]]


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean tone by month of the panel around `at`: -1 were all cooling, 1 were all warming."""
    pair = "-".join(sorted((dyad.sender, dyad.target)))
    rows = store.rows(_REPORTS, sender=dyad.sender, target=dyad.target, pair=pair)
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


def is_trained(row: Row) -> bool:
    """Was this report framed by the trained coder? Russian, Chinese and older rows were not."""
    return row.get("acts") is not None and row["language"] == "en"


def _counts(row: Row) -> float:
    """What one report counts for the tone, given how the coder errs."""
    if not is_trained(row):
        return float(row["tone"]) / _HEARD
    return float(worth(CONFUSION, TONE)[int(row["tone"])])  # -1, cooling, is the last


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
    step = 1 / _HEARD if not any(map(is_trained, rows)) else float(worth(CONFUSION, TONE).std())
    middle = _mean(told) if told else 0.0
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
