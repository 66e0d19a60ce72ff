"""How fast the main jobs are on this machine, in one run.

    python benchmarks/speed.py                 start-up and assess from the casebook
    python benchmarks/speed.py ../shared/data  also the whole archive of statements

Each figure is the best of a few runs, in seconds; compare runs on one machine only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

DYADS = ("CHN RUS", "USA CHN", "USA RUS", "CHN JPN", "CHN IND", "CHN UKR", "RUS UKR", "CHN KAZ")


def main() -> None:
    """Print one table of what was timed."""
    rows = [
        ("talleyrand --help", _best(lambda: _run("--help"))),
        ("start-up of Python alone", _best(lambda: _python("pass"))),
        ("talleyrand assess, process and all", _best(lambda: _run(*_assess("CHN RUS")))),
        *((f"assess {dyad}, started up", _assess_time(dyad)) for dyad in DYADS),
    ]
    rows += _pages()
    if len(sys.argv) > 1:
        rows += _archive(Path(sys.argv[1]))
    print("| job | seconds |\n|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.3f} |")


def _assess_time(dyad: str) -> float:
    """Seconds of one assess from the casebook after everything is imported."""
    from talleyrand import assess

    sender, target = dyad.split()
    assess(sender, target, at="2022-03-01")
    return _best(lambda: assess(sender, target, at="2022-09-15"))


def _pages() -> list[tuple[str, float]]:
    """CPU seconds of each page of `serve` not asked for before, the casebook held in memory."""
    from talleyrand.store import open_casebook
    from talleyrand.web.app import worked_out
    from talleyrand.web.base import Base

    asked = [("", {}), ("map", {}), ("map", {"sender": "CHN"}), ("exposure", {"target": "RUS"})]
    for dyad in DYADS:
        sender, target = dyad.split()
        both = {"sender": sender, "target": target}
        dated = {**both, "at": "2022-09-15"}
        asked += [("assess", dated), ("timeline", dated), ("silence", {**dated, "code": "ukraine"}),
                  ("evidence", both), ("evidence", {**dated, "dimension": "words"}),
                  ("trade", {**both, "since": "2022-01", "until": "2022-06"})]  # fmt: skip
    slowest: dict[str, tuple[float, str]] = {}
    with open_casebook(in_memory=True) as store:
        base = Base(store)
        worked_out(base, ("assess", False, (("at", "2020-01-01"), ("sender", "FRA"),
                                            ("target", "DEU"))))  # fmt: skip
        for name, given in asked:
            start = time.process_time()
            worked_out(base, (name, False, tuple(sorted(given.items()))))
            took = time.process_time() - start
            kind = f"/{name}" + (" of points" if "dimension" in given else "")
            of = " ".join(given[k] for k in ("sender", "target") if k in given)
            slowest[kind] = max(slowest.get(kind, (0.0, "")), (took, of))
    return [(f"page {kind}, unseen, slowest ({of}), CPU", took)
            for kind, (took, of) in slowest.items()]  # fmt: skip


def _archive(data: Path) -> list[tuple[str, float]]:
    """Ingest and code every file of statements below `data` into a fresh store, twice."""
    from talleyrand.casebook_build import FILES

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "speed.duckdb")
        for turn in ("first time", "second time"):
            total = 0.0
            for source, name in FILES:
                if name.startswith("statements/"):
                    seconds = _timed(
                        lambda s=source, n=name: _run(  # type: ignore[misc]
                            "ingest", s, str(data / n), "--store", store, "--quiet"
                        )
                    )
                    total += seconds
                    rows.append((f"ingest {Path(name).name}, {turn}", seconds))
            rows.append((f"ingest and code all statements, {turn}", total))
    return rows


def _assess(dyad: str) -> list[str]:
    return ["assess", *dyad.split(), "--at", "2022-09-15", "--casebook", "--json"]


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "talleyrand", *arguments], check=True, stdout=subprocess.DEVNULL
    )


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _best(job: Callable[[], object], times: int = 3) -> float:
    return min(_timed(job) for _ in range(times))


if __name__ == "__main__":
    main()
