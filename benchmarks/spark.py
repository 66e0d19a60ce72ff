"""What Spark costs to start, and from what size it pays, beside our own path on the same files.

    python benchmarks/spark.py FOLDER [--rows 50000 500000 2000000] [--texts TABLE.parquet]

Files are generated in FOLDER. Each run is a process of its own; counted are seconds by the clock
and of processor time, Spark's Java and workers with it, which other work on the machine disturbs
least. A straight line through the sizes gives the cost of starting and that of a million rows.
From these it is worked out, not measured, how many cores Spark needs to be faster and from what
size. Series are compared, row by row.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from gdelt_generator import generate
from talleyrand import codings, reduce

MASTER = "local[2]"


def ours(given: Path, out: Path) -> None:
    reduce([given], out)


def spark(given: Path, out: Path) -> None:
    reduce([given], out, engine="spark", master=MASTER)


def start(given: Path, out: Path) -> None:
    """A session and the smallest of queries."""
    from talleyrand.spark.session import session

    with session(MASTER) as opened:
        opened.sql("SELECT 1").collect()


def coded(given: Path, out: Path) -> None:
    codings(given, out)


def coded_spark(given: Path, out: Path) -> None:
    codings(given, out, engine="spark", master=MASTER)


RUNS = {one.__name__: one for one in (ours, spark, start, coded, coded_spark)}


def alone(name: str, given: Path, out: Path) -> None:
    """One run in this process; prints what it took, once Spark's Java has ended and is counted."""
    begun = time.perf_counter()
    RUNS[name](given, out)
    clock = time.perf_counter() - begun
    if name in ("spark", "start", "coded_spark"):
        from pyspark import SparkContext

        gateway = SparkContext._gateway
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"clock": clock, "cpu": sum(u.ru_utime + u.ru_stime for u in used),
                      "mb": max(u.ru_maxrss for u in used) / 1024}))  # fmt: skip


def run(name: str, given: Path, out: Path) -> dict[str, float]:
    shutil.rmtree(out, ignore_errors=True)
    out.unlink(missing_ok=True) if out.is_file() else None
    command = [sys.executable, __file__, "--alone", name, str(given), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def series(folder: Path) -> list[Any]:
    query = f"SELECT * FROM '{folder}/series.parquet' ORDER BY ALL"
    return [tuple(map(str, map(_whole, row))) for row in duckdb.execute(query).fetchall()]


def _whole(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) else cell


def line(rows: list[int], seconds: list[float]) -> tuple[float, float]:
    """Seconds to start, and a million rows, by least squares."""
    slope, level = np.polyfit(np.array(rows) / 1e6, seconds, 1)
    return float(level), float(slope)


def main() -> None:
    """Read the arguments, run all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, nargs="*", default=[50_000, 500_000, 2_000_000])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--alone")
    options = parser.parse_args()
    if options.alone:
        alone(options.alone, options.folder, options.out)
        return
    print(f"start     {_told(run('start', options.folder, options.folder / 'none'))}", flush=True)
    spent: dict[str, list[float]] = {"ours": [], "spark": []}
    for rows in options.rows:
        given = options.folder / f"rows{rows}"
        if not given.exists():
            generate(given, rows, max(1, rows // 250_000))
        for name, seconds in spent.items():
            took = run(name, given, options.folder / name)
            seconds.append(took["cpu"])
            print(f"{name:9} {rows:>9,} rows {_told(took)}", flush=True)
        same = series(options.folder / "ours") == series(options.folder / "spark")
        print("          series", "identical" if same else "DIFFER", flush=True)
    lines = {name: line(options.rows, seconds) for name, seconds in spent.items()}
    for name, (level, slope) in lines.items():
        print(f"{name:9} {level:5.1f} s to start, {slope:6.2f} s a million rows (processor time)")
    if options.texts:
        for name in ("coded", "coded_spark"):
            took = run(name, options.texts, options.folder / f"{name}.parquet")
            print(f"{name:11} {_told(took)}", flush=True)


def _told(took: dict[str, float]) -> str:
    return f"{took['clock']:7.1f} s by the clock {took['cpu']:7.1f} s cpu {took['mb']:6.0f} MB"


if __name__ == "__main__":
    main()
