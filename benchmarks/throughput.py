"""How long 100,000 judgements at a known date take, and how much memory, beside others.

python benchmarks/throughput.py [--series 100000]
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from competitors import METHODS
from samples import Sample, noise
from talleyrand.inference.many import judge_all
from talleyrand.inference.shift import judge
from talleyrand.inference.synthetic import monthly

SEED = 3
MONTHS, BEFORE, MARGIN, PHI = 120, 60, 0.8, 0.3
_PIECE = 5000  # series a process is given at a time
_ALONE = 100  # series judged one by one, with dates, reasons and what would settle them


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--series", type=int, default=100_000)
    print(table(options.parse_args().series))


def section(*, quick: bool = False) -> str:
    """The section of docs/validity.md."""
    return (
        f"Series of {MONTHS} months, the date in the middle, phi {PHI:g}, seed {SEED}, on"
        f" {os.cpu_count()} cores shared with other work. Memory is the peak of one process, with"
        " Python, numpy and scipy. `judge_all` (talleyrand.inference.many) uses the same code and"
        " gives the same outcomes, changes and probabilities as `judge`; it writes no reasons and"
        " looks for no other dates. A rival's time is for its own interval and test, by the"
        " arrays of benchmarks/competitors.py, which are faster than one call a series of the"
        f" packages they stand for.\n\n{table(200 if quick else 100_000)}"
    )


def table(count: int) -> str:
    """One row a way of judging."""
    lines = ["| | series | seconds | ms a series | peak MB |", "|---|---|---|---|---|"]
    lines.append(_line("Talleyrand, `judge_all`", count, *_ours(count)))
    alone = min(_ALONE, count)
    lines.append(_line("Talleyrand, `judge` one by one, whole answer", alone, *_one_by_one(alone)))
    for name, method in METHODS.items():
        sample = _sample(0, min(count, 1000))
        started = time.perf_counter()
        if method(sample) is not None:
            spent = time.perf_counter() - started
            lines.append(_line(name, sample.values.shape[1], spent, None))
    return "\n".join(lines)


def _ours(count: int) -> tuple[float, float]:
    pieces = [min(_PIECE, count - first) for first in range(0, count, _PIECE)]
    started = time.perf_counter()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        peaks = list(pool.map(partial(_piece), range(len(pieces)), pieces))
    return time.perf_counter() - started, max(peaks)


def _piece(number: int, count: int) -> float:
    sample = _sample(number, count)
    judge_all(sample.months, sample.values, sample.after, MARGIN)
    return peak()


def _one_by_one(count: int) -> tuple[float, float]:
    series = [monthly(values) for values in _sample(0, count).values.T]
    started = time.perf_counter()
    for one in series:
        judge(one, one.dates[BEFORE], margin=MARGIN)
    return time.perf_counter() - started, peak()


def _sample(number: int, count: int) -> Sample:
    k = np.arange(MONTHS, dtype=float)
    values = noise(np.random.default_rng([SEED, number]), PHI, MONTHS, count)
    gaps = np.abs(k[:, None] - k[None, :])
    return Sample(values, (k >= BEFORE).astype(float), k, covariance=PHI**gaps)


def peak() -> float:
    """The most memory this process has held, in MB; not that of the process it came from."""
    status = Path("/proc/self/status")
    if status.is_file():
        held = next(line for line in status.read_text("ascii").splitlines() if "VmHWM" in line)
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _line(name: str, count: int, seconds: float, peak: float | None) -> str:
    memory = f"{peak:.0f}" if peak else "–"
    each = 1000 * seconds / count
    return f"| {name} | {count:,} | {seconds:.3g} | {each:.3g} | {memory} |"


if __name__ == "__main__":
    main()
