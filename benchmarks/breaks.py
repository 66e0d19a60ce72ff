"""How often a search for breaks finds some where there are none, and misses one that is there.

    python benchmarks/breaks.py [--reps 200] [--seed 1]

Standard normal AR(1) noise, with or without one step of 2 sds in its middle; then series drawn
from the prior itself (breaks at one place in 180, of N(0, 2) sds) to hold the stated
probabilities against how often there was a break. Prints Markdown.
"""

from __future__ import annotations

import argparse
from datetime import date
from itertools import pairwise

import numpy as np

from talleyrand.inference.breaks import APART, RATE, breaks
from talleyrand.inference.synthetic import Floats, monthly, persistent_noise
from talleyrand.model import Break

PHIS = (0.0, 0.3, 0.5, 0.6, 0.8)
LENGTHS = (30, 60, 120)
NEAR = 6  # points within which a break counts as found
BANDS = (0.5, 0.7, 0.9, 0.99, 1.0)


def main() -> None:
    """Print the rates, then the calibration."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reps", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print(section(chosen.reps, chosen.seed))


def section(reps: int = 200, seed: int = 1) -> str:
    """The rates, the excursions and the calibration, as Markdown."""
    head = f"Each cell: phi {' / '.join(f'{phi:g}' for phi in PHIS)}, in %."
    names = "| points | a break where there is none | a step of 2 sds found | a second break too |"
    rates = [_row(length, reps, seed) for length in LENGTHS]
    away = [_excursion(length, reps // 4, seed) for length in (5, 8, 20)]
    short = "| an excursion of 3 sds lasting | both ends found within 3 points |"
    return "\n".join(
        [head, "", names, "|---|---|---|---|", *rates, "", short, "|---|---|", *away, "",
         _intervals(max(20, reps // 2), seed), "", _calibration(5 * reps, seed)]
    )  # fmt: skip


def _intervals(reps: int, seed: int) -> str:
    """How often the interval of the most probable break holds the place of the step."""
    rows = ["| step of, in 100 points | found | interval holds it | median width, points |"]
    rows.append("|---|---|---|---|")
    for size in (1.5, 2.0, 3.0):
        cells: list[list[str]] = [[], [], []]
        for phi in PHIS:
            rng = np.random.default_rng([seed, round(10 * size), round(100 * phi)])
            held: list[bool] = []
            widths: list[int] = []
            for _ in range(reps):
                at = int(rng.integers(15, 85))
                values = persistent_noise(rng, phi=phi, months=100)
                series = monthly(values + size * (np.arange(100) >= at))
                found = max(breaks(series), key=lambda b: b.probability, default=None)
                if found is not None and found.interval:
                    low, high = (series.dates.index(day) for day in found.interval)
                    held.append(low <= at <= high)
                    widths.append(high - low)
            cells[0].append(f"{100 * len(held) / reps:.0f}")
            cells[1].append(f"{100 * np.mean(held) if held else np.nan:.0f}")
            cells[2].append(f"{np.median(widths) if widths else np.nan:.0f}")
        shown = " | ".join(" / ".join(cell) for cell in cells)
        rows.append(f"| {size:g} sds | {shown} |")
    return "\n".join(rows)


def _excursion(lasting: int, reps: int, seed: int) -> str:
    k = np.arange(120)
    away = 3.0 * ((k >= 50) & (k < 50 + lasting))
    shown = []
    for phi in PHIS:
        rng = np.random.default_rng([seed, lasting, round(100 * phi)])
        found = [
            breaks(monthly(away + persistent_noise(rng, phi=phi, months=120))) for _ in range(reps)
        ]
        both = [all(any(_near(b, end, 3) for b in f) for end in (50, 50 + lasting)) for f in found]
        shown.append(f"{100 * np.mean(both):.0f}")
    return f"| {lasting} of 120 points | {' / '.join(shown)} |"


def _row(length: int, reps: int, seed: int) -> str:
    cells: list[list[float]] = [[], [], []]
    for phi in PHIS:
        rng = np.random.default_rng([seed, length, round(100 * phi)])
        noise = [persistent_noise(rng, phi=phi, months=length) for _ in range(reps)]
        step = 2.0 * (np.arange(length) >= length // 2)
        false = [bool(breaks(monthly(one))) for one in noise]
        found = [breaks(monthly(one + step)) for one in noise]
        cells[0].append(float(np.mean(false)))
        cells[1].append(float(np.mean([any(_near(b, length // 2) for b in f) for f in found])))
        cells[2].append(float(np.mean([len(f) > 1 for f in found])))
    shown = (" / ".join(f"{100 * rate:.0f}" for rate in cell) for cell in cells)
    return f"| {length} | {' | '.join(shown)} |"


def _calibration(reps: int, seed: int) -> str:
    """Of the breaks stated with a probability in a band, how many were there."""
    rng = np.random.default_rng([seed, 7])
    stated: list[float] = []
    true: list[bool] = []
    near: list[bool] = []
    for _ in range(reps):
        length = int(rng.choice(LENGTHS))
        phi = 0.95 * (1 - np.sqrt(rng.random()))  # density proportional to .95 - phi
        values, places = _drawn(rng, length, phi)
        found = breaks(monthly(values))
        edges = [-1, *(_index(one) for one in found), length + 1]
        for one, left, right in zip(found, edges, edges[2:], strict=False):
            stated.append(one.probability)
            true.append(any(left < place < right for place in places))
            near.append(any(_near(one, place) for place in places))
    lines = [
        "| stated probability | breaks | one between its neighbours | one within 6 points |",
        "|---|---|---|---|",
    ]
    for low, high in pairwise(BANDS):
        inside = [i for i, probability in enumerate(stated) if low < probability <= high]
        shares = [
            f"{100 * np.mean([each[i] for i in inside] or [False]):.0f} %" for each in (true, near)
        ]
        lines.append(f"| {low:g} to {high:g} | {len(inside)} | {' | '.join(shares)} |")
    return "\n".join(lines)


def _drawn(rng: np.random.Generator, length: int, phi: float) -> tuple[Floats, list[int]]:
    places = [k for k in range(APART, length - APART + 1) if rng.random() < RATE / (1 + RATE)]
    values = persistent_noise(rng, phi=phi, months=length)
    for place in places:
        values[place:] += 2 * rng.standard_normal()
    return values, places


def _near(one: Break, place: int, reach: int = NEAR) -> bool:
    return abs(_index(one) - place) <= reach


def _index(one: Break) -> int:
    start = date(2018, 1, 1)
    return (one.date.year - start.year) * 12 + one.date.month - start.month


if __name__ == "__main__":
    main()
