"""How often the judgement cries wolf, and how often it misses, beside its competitors.

    python benchmarks/judgement.py [--reps 400] [--seed 1]

All methods see the same series: 72 months, 48 before the date and 24 after, negative binomial of
size 10 with mean 20 about a latent AR(1) of standard deviation .30; margin x1.5. Prints Markdown.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from competitors import METHODS, Floats
from talleyrand.inference import change
from talleyrand.inference.shift import Thresholds, decide, judge
from talleyrand.inference.synthetic import monthly, persistent_counts, persistent_noise
from talleyrand.model import Outcome

PHIS = (0.0, 0.3, 0.6, 0.8)
MARGIN = float(np.log(1.5))
STEP = (np.arange(72) >= 48).astype(float)


@dataclass
class Seen:
    """What one method said of one series."""

    sure: bool  # the sign is sure: the test rejects, the interval excludes zero
    steady: bool  # equivalence within the margin is accepted
    covered: bool  # the 95 % interval holds the truth
    shift: bool = False  # the full rule: sign sure and more likely than not beyond the margin


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reps", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print(_head())
    for name in (*METHODS, "Talleyrand, sign sure", "Talleyrand, SHIFT"):
        print(_row(name, chosen.reps, chosen.seed), flush=True)
    print()
    print(_other_nulls(chosen.reps, chosen.seed))


def _head() -> str:
    phis = " / ".join(f"{phi:g}" for phi in PHIS)
    names = ("false change", "power x1.5", "power x2", "false steady", "true steady", "coverage")
    return (
        f"Each cell: phi {phis}, in %.\n\n| method | {' | '.join(names)} |\n"
        f"|---|{'---|' * len(names)}"
    )


def _row(name: str, reps: int, seed: int) -> str:
    cells: list[list[float]] = [[], [], [], [], [], []]
    for phi in PHIS:
        same, half, double = (_rates(name, phi, ratio, reps, seed) for ratio in (1.0, 1.5, 2.0))
        found = (same[0], half[0], double[0], half[1], same[1], half[2])
        for cell, rate in zip(cells, found, strict=True):
            cell.append(rate)
    shown = (" / ".join(f"{100 * rate:.0f}" for rate in cell) for cell in cells)
    return f"| {name} | {' | '.join(shown)} |"


def _rates(name: str, phi: float, ratio: float, reps: int, seed: int) -> tuple[float, ...]:
    """Rates of change found, of steady found, of coverage; the same series for every method."""
    rng = np.random.default_rng([seed, round(100 * phi), round(100 * ratio)])
    series = persistent_counts(rng, phi=phi, ratio=ratio, repetitions=reps)
    seen = [_see(name, counts, float(np.log(ratio))) for counts in series]
    change = [s.shift if name.endswith("SHIFT") else s.sure for s in seen]
    return (
        float(np.mean(change)),
        float(np.mean([s.steady for s in seen])),
        float(np.mean([s.covered for s in seen])),
    )


def _see(name: str, counts: Floats, truth: float) -> Seen:
    if name not in METHODS:
        return _ours(counts, truth)
    estimate, error, freedom = METHODS[name](counts, STEP)
    wide, narrow = (stdtrit(freedom, q) * error for q in (0.975, 0.95))
    return Seen(
        bool(abs(estimate) > wide),
        bool(abs(estimate) + narrow < MARGIN),
        bool(abs(estimate - truth) < wide),
    )


def _ours(counts: Floats, truth: float) -> Seen:
    logs = np.log(counts + 0.5)
    months = np.arange(len(logs), dtype=float)
    found = change.posterior(months, logs, STEP, np.ones_like(logs), 0.0)
    outcome, _ = decide(found, MARGIN, Thresholds())
    rise = 1 - found.below(0.0)
    return Seen(
        max(rise, 1 - rise) > 0.975,
        outcome == Outcome.STEADY,
        0.025 < found.below(truth) < 0.975,
        outcome == Outcome.SHIFT,
    )


def _other_nulls(reps: int, seed: int) -> str:
    """False SHIFTs where something else than a step is going on, at phi 0 and .5."""
    k = np.arange(72)
    nulls = {
        "a trend of 3 noise sds over the six years": 3 * k / 72,
        "a yearly cycle of amplitude 1.5 sds": 1.5 * np.sin(2 * np.pi * k / 12),
        "one outlier of 8 sds after the date": 8.0 * (k == 60),
        "nothing": 0.0 * k,
    }
    lines = [
        "False SHIFT, margin 0.8 sds, in %:",
        "",
        "| series | phi 0 | phi .5 |",
        "|---|---|---|",
    ]
    for name, added in nulls.items():
        rates = []
        for phi in (0.0, 0.5):
            rng = np.random.default_rng([seed, round(10 * phi)])
            said = [
                judge(
                    monthly(added + persistent_noise(rng, phi=phi, months=72)),
                    monthly(k.astype(float)).dates[48],
                    margin=0.8,
                ).outcome
                for _ in range(reps)
            ]
            rates.append(100 * said.count(Outcome.SHIFT) / reps)
        lines.append(f"| {name} | {rates[0]:.0f} | {rates[1]:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
