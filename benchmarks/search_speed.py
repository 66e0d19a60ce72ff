"""1,000 series of 300 points searched for breaks, beside other libraries, each in a process.

    OPENBLAS_NUM_THREADS=1 python benchmarks/search_speed.py [--series 1000]

AR(1) noise of phi .3 with a step of 2 sds in every second series. Processor seconds without
start-up; peak memory is of the whole process. A method still running after four minutes is
stopped. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from talleyrand.inference.breaks import breaks
from talleyrand.inference.synthetic import Floats, monthly, persistent_noise
from throughput import peak

POINTS, PHI, LONGEST = 300, 0.3, 240


def main() -> None:
    """Print the table, or with --method time one method."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--series", type=int, default=1000)
    options.add_argument("--method")
    chosen = options.parse_args()
    if chosen.method:
        print(_timed(chosen.method, chosen.series))
    else:
        print(section(chosen.series))


def section(series: int = 1000) -> str:
    """Seconds, memory and how many series without a step got a break, as Markdown."""
    lines = [
        f"| method, {series} series of {POINTS} points | processor seconds | peak memory, MB"
        " | a break where there is none | the step found |",
        "|---|---|---|---|---|",
    ]
    for name in METHODS:
        command = [sys.executable, __file__, "--method", name, "--series", str(series)]
        alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=LONGEST, env=alone, check=False
            )
        except subprocess.TimeoutExpired:
            lines.append(f"| {name} | over {LONGEST} | | | |")
            continue
        said = done.stdout.strip().splitlines()
        lines.append(f"| {name} | {said[-1] if said else 'not installed | | |'} |")
    return "\n".join([*lines, "", _SAID])


_SAID = """One thread; compare ratios. Ours gives probabilities and dates with intervals and keeps
its false breaks; the methods in C and Rust are far faster."""


def _timed(name: str, series: int) -> str:
    rng = np.random.default_rng(1)
    step = 2.0 * (np.arange(POINTS) >= POINTS // 2)
    noise = [persistent_noise(rng, phi=PHI, months=POINTS) for _ in range(series)]
    drawn = [each + step * (i % 2) for i, each in enumerate(noise)]
    method = METHODS[name]
    method(drawn[1])
    start = time.process_time()
    found = [method(values) for values in drawn]
    took = time.process_time() - start
    memory = peak()
    false = 100 * np.mean([bool(f) for f in found[::2]])
    near = 100 * np.mean([any(abs(p - POINTS // 2) <= 6 for p in f) for f in found[1::2]])
    return f"{took:.2f} | {memory:.0f} | {false:.0f} % | {near:.0f} %"


def _ours(values: Floats) -> list[int]:
    dates = {(b.date.year - 2018) * 12 + b.date.month - 1 for b in breaks(monthly(values))}
    return sorted(dates)


def _pelt(values: Floats) -> list[int]:
    import ruptures

    return list(ruptures.Pelt().fit(values).predict(pen=2 * np.log(len(values))))[:-1]


def _kernel(values: Floats) -> list[int]:
    import ruptures

    fit = ruptures.KernelCPD(kernel="linear").fit(values)
    return list(fit.predict(pen=2 * np.log(len(values))))[:-1]


def changeforest_mean(values: Floats) -> list[int]:
    from changeforest import changeforest

    return list(changeforest(values[:, None], "change_in_mean", "bs").split_points())


def rbeast_trend(values: Floats) -> list[int]:
    import Rbeast

    fit = Rbeast.beast(
        values,
        season="none",
        quiet=1,
        print_progress=0,
        print_param=0,
        print_warning=0,
        mcmc_seed=1,
    )
    count = int(np.nan_to_num(np.ravel(fit.trend.ncp_median)[0]))
    return [int(p) - 1 for p in np.ravel(fit.trend.cp)[:count] if np.isfinite(p)]


METHODS: dict[str, Callable[[Floats], list[int]]] = {
    "Talleyrand `breaks`": _ours,
    "ruptures Pelt (l2, its defaults, jump 5)": _pelt,
    "ruptures KernelCPD (linear, C)": _kernel,
    "changeforest (change in mean)": changeforest_mean,
    "Rbeast (trend)": rbeast_trend,
}


if __name__ == "__main__":
    main()
