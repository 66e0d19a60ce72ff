"""How often the months that an UNCLEAR answer asks for do settle it.

    python benchmarks/settling.py [--reps 4000] [--seed 13]

Series of 24 months, 12 before and 12 after, noise of standard deviation 1 and phi 0, .3 or .6,
steps of 0 to 2, margins of .5 to 1.2. Where the answer promises that N more months would settle
it, the series is extended by N months and judged again: once with the estimate for the truth,
once as the true step goes on. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import re
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference.shift import judge
from talleyrand.inference.synthetic import monthly, persistent_noise
from talleyrand.model import Outcome

PHIS = (0.0, 0.3, 0.6)
AFTER = (np.arange(24) >= 12).astype(float)
_PIECE = 100  # series a process is given at a time
_INTRODUCTION = """An UNCLEAR answer says how many more months would settle it, where any number
up to 48 would. Each such promise is tried: series of 24 months (12 before, 12 after; noise of
standard deviation 1; steps of 0 to 2; margins of .5 to 1.2) are extended by the months promised
and judged again, once with the estimate for the truth, once as the true step goes on."""
_PROMISE = re.compile(r"About (\d+) more months? after")


def main() -> None:
    """Print one row a phi."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reps", type=int, default=4000)
    options.add_argument("--seed", type=int, default=13)
    chosen = options.parse_args()
    print(table(chosen.reps, chosen.seed))


def section(*, quick: bool = False) -> str:
    """The section of docs/validity.md."""
    reps, seed = 20 if quick else 1200, 13
    return f"{_INTRODUCTION}\n\nSeed {seed}, {reps:,} series.\n\n{table(reps, seed)}"


def table(reps: int, seed: int) -> str:
    """How many promises were kept, one row a phi, as Markdown; on all cores."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    pieces = [(min(_PIECE, reps - first), seed, first) for first in range(0, reps, _PIECE)]
    seen: dict[float, list[tuple[bool, bool]]] = {phi: [] for phi in PHIS}
    unclear = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for open_ones, promises in pool.map(_piece, pieces):
            unclear += open_ones
            for phi, settled in promises:
                seen[phi].append(settled)
    total = [one for rows in seen.values() for one in rows]
    lines = [
        f"{unclear:,} UNCLEAR, {len(total)} with a number of months.\n",
        "| phi | promises | settled, the estimate being true | settled, as it went on |",
        "|---|---|---|---|",
    ]
    for name, rows in [*((f"{phi:g}", seen[phi]) for phi in PHIS), ("all", total)]:
        rates = [f"{100 * rate:.0f} %" for rate in np.mean(rows, axis=0)] if rows else ["–", "–"]
        lines.append(f"| {name} | {len(rows)} | {' | '.join(rates)} |")
    return "\n".join(lines)


def _piece(place: tuple[int, int, int]) -> tuple[int, list[tuple[float, tuple[bool, bool]]]]:
    """So many series: how many UNCLEAR, and the promises with their phi."""
    reps, seed, first = place
    rng = np.random.default_rng([seed, first])
    unclear, promises = 0, []
    for _ in range(reps):
        phi, step, margin = (float(rng.choice(c)) for c in (PHIS, (0, 0.5, 1, 2), (0.5, 0.8, 1.2)))
        noise = persistent_noise(rng, phi=phi, months=24)
        said, settled = followed(rng, noise, phi, step, margin)
        unclear += said
        promises += [(phi, settled)] if settled else []
    return unclear, promises


def followed(
    rng: np.random.Generator, noise: NDArray[np.float64], phi: float, step: float, margin: float
) -> tuple[bool, tuple[bool, bool] | None]:
    """Whether a series is UNCLEAR, and whether the months promised settled it, either way."""
    values = noise + step * AFTER
    at = monthly(values).dates[12]
    finding = judge(monthly(values), at, margin=margin)
    promise = _PROMISE.match(finding.would_settle or "")
    if not promise:
        return finding.outcome == Outcome.UNCLEAR, None
    flat = values - (finding.change or 0.0) * AFTER
    level = flat.mean()
    known = level + (finding.change or 0.0) + more(rng, flat[-1] - level, phi, int(promise[1]))
    true = step + more(rng, noise[-1], phi, int(promise[1]))
    longer = [monthly(np.r_[values, rest]) for rest in (known, true)]
    first, second = (judge(s, at, margin=margin).outcome != Outcome.UNCLEAR for s in longer)
    return True, (first, second)


def more(rng: np.random.Generator, last: float, phi: float, months: int) -> NDArray[np.float64]:
    """The noise of so many months more."""
    noise = []
    for shock in rng.standard_normal(months):
        last = phi * last + np.sqrt(1 - phi**2) * shock
        noise.append(last)
    return np.array(noise)


if __name__ == "__main__":
    main()
