"""How often is "which moved first" right? Invented series of known order, and the real dyads.

    python benchmarks/first.py [REPETITIONS]

Each invented verdict has five dimensions of position and one of perception over 24 months, with
AR(1) noise. Printed is how often each answer is given where neither moved, where only one side
did, where both moved in the same month, and where one was ahead by so many months; then the
answer for the eight dyads from the casebook.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date

import numpy as np

from talleyrand.assessment import Judged
from talleyrand.inference.first import order
from talleyrand.model import Finding, Outcome, Series, Side

DYADS = ("USA CHN", "USA RUS", "CHN JPN", "CHN IND", "CHN UKR", "RUS UKR", "CHN KAZ", "CHN RUS")
MONTHS = tuple(date(2021 + m // 12, m % 12 + 1, 1) for m in range(8, 32))
_NAMES = ("words", "balance", "contacts", "trade", "events")
_NONE = Finding(Outcome.UNCLEAR, None, None, None, 0.3, None, None, 0, 0, "")


def judged(name: str, side: Side, values: np.ndarray) -> Judged:
    """A dimension with these monthly values, all from as many texts."""
    n = len(values)
    told = tuple(float(v) for v in values)
    series = Series(MONTHS[:n], told, (10.0,) * n, (None,) * n, "month", "sd")
    return Judged(name, side, "sd", series, _NONE)


def drawn(rng: np.random.Generator, phi: float, step: float, at: int | None) -> np.ndarray:
    """Two years of noise of sd 1 with persistence phi, and a step before month `at`."""
    noise = rng.standard_normal(len(MONTHS) + 20)
    for i in range(1, len(noise)):
        noise[i] = phi * noise[i - 1] + np.sqrt(1 - phi**2) * noise[i]
    values = noise[20:]
    if at is not None:
        values[at:] += step
    return values


def answers(rng: np.random.Generator, phi: float, step: float, own: int | None, read: int | None,
            times: int) -> Counter[str]:  # fmt: skip
    """How often each side is said to have moved first; two of five dimensions move."""
    told: Counter[str] = Counter()
    for _ in range(times):
        series = [
            judged(name, "position", drawn(rng, phi, step, own if i < 2 else None))
            for i, name in enumerate(_NAMES)
        ]
        series.append(judged("coverage", "perception", drawn(rng, phi, step, read)))
        told[order(series, 12).first or "cannot tell"] += 1
    return told


def main() -> None:
    """Print both tables."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rng = np.random.default_rng(0)
    cases = [
        ("neither moved", None, None), ("position only", 8, None), ("perception only", None, 8),
        ("same month", 12, 12), ("position 4 months ahead", 10, 14),
        ("position 8 months ahead", 8, 16), ("perception 8 months ahead", 16, 8),
    ]  # fmt: skip
    print("| case | phi | step, sds | position first | perception first | cannot tell |")
    print("|---|---|---|---|---|---|")
    for name, own, read in cases:
        for phi, step in ((0.0, 3.0), (0.3, 3.0), (0.6, 3.0), (0.3, 5.0)):
            told = answers(rng, phi, step, own, read, times)
            shares = [f"{100 * told[k] / times:.0f} %"
                      for k in ("position", "perception", "cannot tell")]  # fmt: skip
            print(f"| {name} | {phi} | {step:g} | {' | '.join(shares)} |", flush=True)
    print("\n| dyad, around 2022-09-15 | which moved first |\n|---|---|")
    for dyad in DYADS:
        print(f"| {dyad} | {_real(*dyad.split())} |", flush=True)


def _real(sender: str, target: str) -> str:
    from talleyrand import assess

    found = assess(sender, target, at="2022-09-15").headline.order
    return found.text if found else ""


if __name__ == "__main__":
    main()
