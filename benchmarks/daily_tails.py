"""Daily series with known truth: what drawing heavy tails in does to the judgement.

    python benchmarks/daily_tails.py [--reps 60] [--seed 1]

Six years of days, a step of half a day's spread after four of them, or none; the level persists
from month to month. Each series is averaged and judged as `shift FILE --at DATE` does, once with
heavy tails drawn in and once without. Prints Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from samples import noise
from talleyrand.inference import stretches
from talleyrand.inference.decision import OUTCOMES
from talleyrand.inference.many import judge_all
from talleyrand.inference.shift import default_margin
from talleyrand.model import Outcome, Series
from talleyrand.own_points import to_series

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, Floats, Floats], Floats]  # (rng, level, after) -> days

AT = date(2022, 1, 1)
DAYS = [date(2018, 1, 1) + timedelta(days=i) for i in range(2191)]
AFTER = np.array([float(day >= AT) for day in DAYS])
MONTH = np.array([(day.year - 2018) * 12 + day.month - 1 for day in DAYS])
PHIS = (0.0, 0.3, 0.6, 0.8)


def _bursts(rng: np.random.Generator, level: Floats, step: Floats) -> Floats:
    """Calm weeks, and one in ten whose days are three to ten times as spread."""
    weeks = len(DAYS) // 7 + 1
    spread = np.where(rng.random(weeks) < 0.1, rng.uniform(3, 10, weeks), 1.0)
    shock = rng.standard_normal(len(DAYS)) * spread[np.arange(len(DAYS)) // 7]
    return np.asarray(shock + level + step / 2)


def _counts(rng: np.random.Generator, level: Floats, step: Floats) -> Floats:
    """Negative binomial counts of size .5 about 1.5 a day: half are zero."""
    rate = 1.5 * np.exp(0.75 * level + 0.6 * step)
    return rng.poisson(rate * rng.gamma(0.5, 2.0, len(DAYS))).astype(float)


def _tailed(freedom: float, unit: float) -> Draw:
    def draw(rng: np.random.Generator, level: Floats, step: Floats) -> Floats:
        return np.asarray(rng.standard_t(freedom, len(DAYS)) / unit + level + step / 2)

    return draw


def _lognormal(rng: np.random.Generator, level: Floats, step: Floats) -> Floats:
    """Sizes: the log is normal with a spread of one."""
    return np.asarray(np.exp(0.8 * level + rng.standard_normal(len(DAYS)) + 0.6 * step))


DRAWS: dict[str, Draw] = {
    "normal days": lambda r, level, step: r.standard_normal(len(DAYS)) + level + step / 2,
    "t3 days": _tailed(3, np.sqrt(3)),
    "t1.5 days": _tailed(1.5, 2.0),
    "bursts of weeks": _bursts,
    "counts, half of them zero": _counts,
    "log-normal sizes": _lognormal,
}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reps", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print("| days | tails | false SHIFT | SHIFT | false STEADY | true STEADY |")
    print("|---|---|---|---|---|---|")
    for name in DRAWS:
        for row in rows(name, chosen.reps, chosen.seed):
            print(row, flush=True)


def rows(name: str, reps: int, seed: int) -> list[str]:
    """Rates at each persistence, in %, with the tails as they are and drawn in."""
    cells: dict[str, list[tuple[float, ...]]] = {"as they are": [], "drawn in": []}
    for phi in PHIS:
        for tails in cells:
            with patch.object(stretches, "_HEAVY", 1.0 if tails == "as they are" else 0.005):
                none, some = (_said(name, phi, step, reps, seed) for step in (0, 1))
            cells[tails].append((none[0], some[0], some[1], none[1]))
    return [
        f"| {name} | {tails} | "
        + " | ".join(" / ".join(f"{100 * r:.0f}" for r in one) for one in zip(*found, strict=True))
        + " |"
        for tails, found in cells.items()
    ]


def _said(name: str, phi: float, step: int, reps: int, seed: int) -> tuple[float, float]:
    """The shares of SHIFT and STEADY; the same days whatever is done with the tails."""
    rng = np.random.default_rng([seed, list(DRAWS).index(name), round(100 * phi), step])
    levels = 0.4 * noise(rng, phi, int(MONTH[-1]) + 1, reps)
    drawn = [_averaged(DRAWS[name](rng, level[MONTH], step * AFTER)) for level in levels.T]
    design = drawn[0]
    months = np.array([(day - design.dates[0]).days / 30.4375 for day in design.dates])
    after = np.array([float(day >= AT) for day in design.dates])
    values = np.array([np.array(one.values) / default_margin(one)[0] for one in drawn]).T
    relative = 1 / np.array(design.n)
    found = judge_all(months, values, after, 1.0, noise=relative / relative.mean())
    places = [OUTCOMES.index(outcome) for outcome in (Outcome.SHIFT, Outcome.STEADY)]
    return tuple(float(np.mean(found.outcome == place)) for place in places)  # type: ignore[return-value]


def _averaged(values: Floats) -> Series:
    points = ((day, float(value), 1.0) for day, value in zip(DAYS, values, strict=True))
    return stretches.averaged(to_series(points), AT)


if __name__ == "__main__":
    main()
