"""How often the judgement at a known date cries wolf, and how often it misses, beside others.

    python benchmarks/judgement.py [--reps 400] [--seed 1]

All methods see the same series. A competitor claims a change where its 95 % interval excludes
zero, SHIFT where the estimate also exceeds the margin, STEADY by two one-sided tests. Prints
Markdown; docs/validity.md has it with pictures.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from competitors import METHODS, Estimate
from samples import WORLDS, Sample, World
from talleyrand.inference.change import posterior
from talleyrand.inference.decision import OUTCOMES, Thresholds, decide
from talleyrand.inference.many import judge_all
from talleyrand.inference.points import discounted
from talleyrand.model import Outcome

PHIS = (0.0, 0.3, 0.6, 0.8, 0.9)
OURS = "Talleyrand"
Truths = NDArray[np.bool_]
NAMES = (*METHODS, OURS)
MEASURES = (
    "false change", "false SHIFT", "change x1", "change x2", "SHIFT x2",
    "false STEADY", "true STEADY", "coverage",
)  # fmt: skip
_SLOW = 4  # times fewer series where each has a noise of its own


@dataclass(frozen=True)
class Said:
    """What a method said of each series."""

    change: Truths
    shift: Truths
    steady: Truths
    covered: Truths


Rates = dict[tuple[str, str, float], tuple[float, ...]]  # world, method, phi -> measures


def main() -> None:
    """Print all tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reps", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    rates = measured(WORLDS, PHIS, chosen.reps, chosen.seed)
    for world in WORLDS:
        print(f"**{world.name}**\n\n{table(rates, world.name)}\n", flush=True)


def measured(worlds: tuple[World, ...], phis: tuple[float, ...], reps: int, seed: int) -> Rates:
    """The rates of every method in every world at every persistence, on all cores."""
    places = [(WORLDS.index(world), phi, reps, seed) for world in worlds for phi in phis]
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    found: Rates = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for rates in pool.map(_cell, places):
            found.update(rates)
    return found


def table(rates: Rates, world: str) -> str:
    """One row a method; each cell has the phis in order."""
    phis = sorted({phi for name, _, phi in rates if name == world})
    lines = [f"| method | {' | '.join(MEASURES)} |", f"|---|{'---|' * len(MEASURES)}"]
    for name in NAMES:
        found = [rates[world, name, phi] for phi in phis if (world, name, phi) in rates]
        if found:
            cells = (" / ".join(f"{100 * r:.0f}" for r in row) for row in zip(*found, strict=True))
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(place: tuple[int, float, int, int]) -> Rates:
    number, phi, reps, seed = place
    world = WORLDS[number]
    said: dict[str, list[Said]] = {}
    for step in (0, 1, 2):
        rng = np.random.default_rng([seed, number, round(100 * phi), step])
        count = reps if number < len(WORLDS) - 3 else max(reps // _SLOW, 4)
        sample = world.draw(rng, phi, step * world.margin, count)
        for name in NAMES:
            answer = _answer(name, sample, world.margin, step * world.margin)
            if answer:
                said.setdefault(name, []).append(answer)
    return {(world.name, name, phi): _measures(*three) for name, three in said.items()}


def _measures(none: Said, one: Said, two: Said) -> tuple[float, ...]:
    parts = (
        none.change, none.shift, one.change, two.change, two.shift,
        one.steady, none.steady, one.covered,
    )  # fmt: skip
    return tuple(float(np.mean(part)) for part in parts)


def _answer(name: str, sample: Sample, margin: float, truth: float) -> Said | None:
    if name == OURS:
        return (
            _ours_alone(sample, margin, truth)
            if sample.errors is not None
            else _ours(sample, margin, truth)
        )
    method: Callable[[Sample], Estimate | None] = METHODS[name]
    found = method(sample)
    if found is None:
        return None
    estimate, wide, narrow = found
    size = np.abs(estimate)
    sure = size > wide
    steady = size + narrow < margin
    return Said(sure, sure & (size > margin) & ~steady, steady, np.abs(estimate - truth) < wide)


def _ours(sample: Sample, margin: float, truth: float) -> Said:
    found = judge_all(sample.months, sample.values, sample.after, margin, truth=truth)
    return Said(
        np.maximum(found.p_rise, 1 - found.p_rise) > Thresholds().sign,
        found.outcome == OUTCOMES.index(Outcome.SHIFT),
        found.outcome == OUTCOMES.index(Outcome.STEADY),
        np.abs(found.p_below - 0.5) < 0.475,
    )


def _ours_alone(sample: Sample, margin: float, truth: float) -> Said:
    """Series whose points have standard errors of their own, one at a time as `judge` does."""
    assert sample.errors is not None
    rows = []
    for values, errors in zip(sample.values.T, sample.errors.T, strict=True):
        variance = errors**2
        noise = np.clip(variance / variance.mean(), 0.02, 50.0)
        extra = discounted(values[:, None], sample.after, noise)[:, 0] - noise
        added = extra if extra.any() else None
        known = float(variance.mean())
        found = posterior(sample.months, values.copy(), sample.after, noise, known, added)
        outcome, _ = decide(found, margin, Thresholds())
        rise = found.below(0.0)
        sure = max(rise, 1 - rise) > Thresholds().sign
        covered = abs(found.below(truth) - 0.5) < 0.475
        rows.append((sure, outcome == Outcome.SHIFT, outcome == Outcome.STEADY, covered))
    return Said(*np.array(rows, dtype=np.bool_).T)


if __name__ == "__main__":
    main()
