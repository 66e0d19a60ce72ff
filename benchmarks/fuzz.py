"""Coverage-guided fuzzing of every parser of untrusted input (`fuzz_targets.py`), with atheris.

    python -m pip install --target FOLDER atheris coverage    (neither is a dependency)
    python benchmarks/fuzz.py --with FOLDER [--seconds 60] [--only NAME ...] [--keep FOLDER]

Each target runs in a process of its own for so many seconds (an input slower than 30 s or that
takes more than 2 GB is a defect too), from the samples of the tests, by a dictionary of their
words. Prints a row a target: inputs tried, a second, inputs kept for new coverage, lines of our
own code covered by them, and the first defect. `--keep` keeps the inputs and the defects there.
Exit code 1 where there is a defect. `--one NAME FILE` tries one input again.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
MOST_BYTES = 8_192
MOST_SECONDS = 30
MOST_MEMORY = 2_048  # MB
INSTRUMENTED = ("talleyrand", "html", "tomllib", "zipfile", "tarfile", "_markupbase")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--with", dest="place", type=Path, help="where atheris is installed")
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--only", nargs="*", default=[])
    options.add_argument("--keep", type=Path)
    options.add_argument("--one", nargs=2, metavar=("NAME", "FILE"))
    options.add_argument("--run", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.place:
        sys.path.insert(0, str(chosen.place))
    if chosen.run:
        child(*chosen.run)
        return
    import fuzz_targets

    if chosen.one:
        target = next(t for t in fuzz_targets.targets() if t.name == chosen.one[0])
        print(fuzz_targets.tried(target, Path(chosen.one[1]).read_bytes()))
        return
    keep = chosen.keep or Path(tempfile.mkdtemp(prefix="fuzz"))
    print(
        "| target | inputs | a second | kept | lines covered | defect |\n|---|---|---|---|---|---|"
    )
    found = 0
    for target in fuzz_targets.targets():
        if not chosen.only or any(target.name.startswith(name) for name in chosen.only):
            found += fuzzed(target.name, keep, chosen.place, chosen.seconds)
    sys.exit(1 if found else 0)


def fuzzed(name: str, keep: Path, place: Path, seconds: int) -> bool:
    """Fuzz one target in a process of its own and print its row; whether there is a defect."""
    import fuzz_targets

    target = next(t for t in fuzz_targets.targets() if t.name == name)
    folder = keep / re.sub(r"\W", "_", name)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    listed = sorted(fuzz_targets.tokens(target))
    lines = ("".join(f"\\x{byte:02x}" for byte in one) for one in listed)
    (folder / "words").write_text("".join(f'"{line}"\n' for line in lines), "ascii")
    command = [sys.executable, __file__, "--with", str(place), "--run", name, str(folder),
               str(corpus), f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}",
               f"-rss_limit_mb={MOST_MEMORY}", f"-max_len={MOST_BYTES}", "-print_final_stats=1",
               f"-artifact_prefix={folder}/", "-verbosity=0"]  # fmt: skip
    if listed:
        command.append(f"-dict={folder}/words")
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    (folder / "log").write_text(done.stdout + done.stderr, "utf-8")
    inputs = int((re.findall(r"number_of_executed_units:\s*(\d+)", done.stderr) or ["0"])[0])
    passed = max(1e-9, time.monotonic() - started)
    covered = lines_covered(name, corpus, place)
    defect = _defect(done) if done.returncode else ""
    kept = sum(1 for _ in corpus.iterdir())
    print(f"| {name} | {inputs:,} | {inputs / passed:,.0f} | {kept} | {covered} | {defect} |",
          flush=True)  # fmt: skip
    return bool(defect)


def _defect(done: subprocess.CompletedProcess[str]) -> str:
    said: list[str] = re.findall(r"^(\w*(?:Error|Exception)\b.*)$", done.stdout + done.stderr, re.M)
    slow: list[str] = re.findall(r"ERROR: libFuzzer: ([\w -]+)", done.stderr)
    return (said or slow or [f"ended with {done.returncode}"])[0][:120].replace("|", "/")


def lines_covered(name: str, corpus: Path, place: Path) -> str:
    """Lines of Talleyrand's that run when all inputs kept are read, import of modules left out."""
    done = subprocess.run(
        [sys.executable, __file__, "--with", str(place), "--run", name, "cover", str(corpus)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "?"


def child(name: str, folder: str, corpus: str, *settings: str) -> None:
    """In the process of its own: fuzz, or read the corpus once and count lines."""
    if folder == "cover":
        print(counted(name, Path(corpus)))
        return
    import atheris  # type: ignore[import-untyped]

    with atheris.instrument_imports(include=list(INSTRUMENTED), enable_loader_override=False):
        import fuzz_targets
    target = next(t for t in fuzz_targets.targets() if t.name == name)
    for seed in target.seeds:  # imports that wait for the first call
        fuzz_targets.tried(target, seed)

    def one(data: bytes) -> None:
        fuzz_targets.tried(target, data)

    atheris.Setup([sys.argv[0], corpus, *settings], one)
    atheris.Fuzz()


def counted(name: str, corpus: Path) -> int:
    import coverage  # type: ignore[import-not-found]

    import fuzz_targets

    target = next(t for t in fuzz_targets.targets() if t.name == name)
    watch = coverage.Coverage(data_file=None, source=["talleyrand"])
    watch.start()
    for path in sorted(corpus.iterdir())[:3_000]:
        try:
            fuzz_targets.tried(target, path.read_bytes())
        except Exception:
            continue
    watch.stop()
    data = watch.get_data()
    return sum(len(data.lines(file) or ()) for file in data.measured_files())


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(HERE))
    main()
