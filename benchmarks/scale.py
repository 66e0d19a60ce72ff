"""Event files to series, side by side in one run: our own path and what others would do.

    python benchmarks/gdelt_generator.py FOLDER --rows 5000000 --files 10
    python benchmarks/scale.py FOLDER [--others PATH] [--only NAME ...]

Each contestant runs in a process of its own and groups the same rows: dyad, month and class of
conduct, with count and sum of scores. Reported are seconds by the clock, seconds of processor time
(which other work on the machine disturbs least), rows a second and the largest memory. `ours`
does more than the others: codes, organs of states, outlets. `store` is `talleyrand reduce`:
duplicates found, sorted Parquet, series. `query` is one dyad's series from that folder, the
shortest and the median of 40.
`--others` is a folder of packages (polars, chdb, gdelt) that are not in this environment.
"""

from __future__ import annotations

import argparse
import glob
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from talleyrand import scale
from talleyrand.events.layouts import GDELT2

KEPT = ["Actor1CountryCode", "Actor2CountryCode", "MonthYear", "QuadClass", "GoldsteinScale"]
_GROUPS = """
SELECT Actor1CountryCode, Actor2CountryCode, MonthYear, QuadClass, count(*) AS n,
  sum(CAST(GoldsteinScale AS {double})) AS score FROM {rows}
WHERE Actor1CountryCode <> Actor2CountryCode AND Actor1CountryCode <> '' AND Actor2CountryCode <> ''
GROUP BY Actor1CountryCode, Actor2CountryCode, MonthYear, QuadClass
"""


def ours(folder: Path) -> int:
    return scale.direct([folder])


def store(folder: Path) -> int:
    out = Path(tempfile.mkdtemp(prefix="scale-", dir=folder.parent))
    try:
        found = scale.reduce([folder], out).events
        times, spent = [], time.process_time()
        for _ in range(40):
            begun = time.perf_counter()
            scale.series(out, "RUS", "USA")
            times.append(time.perf_counter() - begun)
        spent, times = (time.process_time() - spent) / 40, sorted(times)
        size = sum(p.stat().st_size for p in out.rglob("*.parquet"))
        print(f"query {1000 * times[0]:.1f} to {1000 * times[20]:.1f} ms ({1000 * spent:.1f} cpu);"
              f" {size / max(found, 1):.0f} bytes an event", file=sys.stderr)  # fmt: skip
        return found
    finally:
        shutil.rmtree(out)


def duckdb(folder: Path) -> int:
    """DuckDB's own reader, columns typed as published."""
    import duckdb as base

    numbers = {"QuadClass": "INTEGER", "GoldsteinScale": "DOUBLE", "MonthYear": "INTEGER"}
    columns = ", ".join(f"'{n}': '{numbers.get(n, 'VARCHAR')}'" for n in GDELT2)
    rows = f"read_csv('{folder}/*.CSV', delim='\t', header=false, quote='', columns={{{columns}}})"
    return len(base.connect().execute(_GROUPS.format(rows=rows, double="DOUBLE")).fetchall())


def polars(folder: Path) -> int:
    import polars as pl  # type: ignore[import-not-found, unused-ignore]

    a, b = pl.col("Actor1CountryCode"), pl.col("Actor2CountryCode")
    rows = pl.scan_csv(f"{folder}/*.CSV", separator="\t", has_header=False, quote_char=None,
                       new_columns=list(GDELT2), infer_schema=False)  # fmt: skip
    score = pl.col("GoldsteinScale").cast(pl.Float64, strict=False).sum()
    made = rows.filter((a != b) & (a != "") & (b != "")).group_by(KEPT[:4]).agg(pl.len(), score)
    return len(made.collect(engine="streaming"))


def pandas(folder: Path) -> int:
    import pandas as pd

    parts = [
        pd.read_csv(path, sep="\t", header=None, names=list(GDELT2), usecols=KEPT, quoting=3)
        for path in sorted(glob.glob(f"{folder}/*.CSV"))
    ]
    rows = pd.concat(parts)
    rows = rows[rows["Actor1CountryCode"] != rows["Actor2CountryCode"]].dropna()
    return len(rows.groupby(KEPT[:4])["GoldsteinScale"].agg(["count", "sum"]))


def chdb(folder: Path) -> int:
    import chdb as clickhouse  # type: ignore[import-not-found, unused-ignore]

    columns = ", ".join(f"{name} String" for name in GDELT2)
    rows = f"file('{folder}/*.CSV', TSV, '{columns}')"
    return len(str(clickhouse.query(_GROUPS.format(rows=rows, double="Float64"))).splitlines())


def gdelt(folder: Path) -> int:
    """The client `gdelt` (gdeltPyR): its own reading of a file; what it would fetch is on disk.

    Zips are made in memory without compression, so that no unpacking is charged to it.
    """
    import io
    import zipfile
    from types import SimpleNamespace

    import pandas as pd
    import requests  # type: ignore[import-untyped, unused-ignore]
    from gdelt import parallel  # type: ignore[import-not-found, unused-ignore]

    def fetched(url: str, **_: Any) -> Any:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(url, "events.CSV")
        return SimpleNamespace(status_code=200, content=packed.getvalue())

    requests.get = fetched
    files = sorted(glob.glob(f"{folder}/*.CSV"))
    rows = pd.concat([parallel._mp_worker(path, "events") for path in files])
    rows.columns = list(GDELT2)
    rows = rows[rows["Actor1CountryCode"] != rows["Actor2CountryCode"]]
    rows = rows.dropna(subset=KEPT)
    return len(rows.groupby(KEPT[:4])["GoldsteinScale"].agg(["count", "sum"]))


CONTESTANTS = {one.__name__: one for one in (ours, store, duckdb, polars, pandas, chdb, gdelt)}


def alone(name: str, folder: Path, others: str) -> dict[str, Any]:
    """One contestant in a process of its own."""
    command = [sys.executable, __file__, str(folder), "--alone", name, "--others", others]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"name": name, "failed": (done.stderr.strip().splitlines() or ["?"])[-1][:90]}
    return {**json.loads(done.stdout.splitlines()[-1]), "said": done.stderr.strip()}


def main() -> None:
    """Run them one after another and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--others", default="")
    parser.add_argument("--only", nargs="*", default=list(CONTESTANTS))
    parser.add_argument("--alone")
    options = parser.parse_args()
    if options.alone:
        sys.path += [options.others] if options.others else []
        begun = time.perf_counter()
        found = CONTESTANTS[options.alone](options.folder)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({"name": options.alone, "found": found,
                          "clock": time.perf_counter() - begun,
                          "cpu": usage.ru_utime + usage.ru_stime,
                          "mb": usage.ru_maxrss / 1024}))  # fmt: skip
        return
    rows = sum(path.read_bytes().count(b"\n") for path in sorted(options.folder.glob("*.CSV")))
    print(f"{rows:,} rows")
    for name in options.only:
        one = alone(name, options.folder, options.others)
        if "failed" in one:
            print(f"{name:8} failed: {one['failed']}")
            continue
        print(f"{name:8} {one['clock']:7.2f} s {one['cpu']:7.2f} s cpu"
              f" {rows / one['clock'] / 1e6:6.2f} M rows/s {one['mb']:6.0f} MB"
              f" {one['found']:>10,} {one['said'][-90:]}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
