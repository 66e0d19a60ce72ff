"""Back-test of `silence`: every read-out foretold from what was published before it.

    python benchmarks/silence.py [STORE]

Over all counterparts of each sender and several codes: the chance that the next text leaves the
code out, against what it did. The part of the record that counts is chosen anew each January
with what was known then. Prints Brier and log scores beside the plain frequency of the dyad, its
last text and the frequency with all counterparts, and a reliability table. Without STORE it
runs on the bundled casebook.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from talleyrand.inference import silence
from talleyrand.omission import FEWEST, NEWS_BELOW, codes_of, texts_of
from talleyrand.readouts import ReadOut, read_outs, reported
from talleyrand.store import Store, open_casebook, open_store

SENDERS = ("CHN", "RUS", "USA", "UKR")
CODES = (
    "ukraine", "taiwan", "trade", "nuclear", "belt_and_road", "energy", "middle_east",
    "sanctions", "core_interests", "mutual_support", "old_friend", "multipolarity",
    "sovereignty_territorial_integrity", "peace_talks",
)  # fmt: skip
RANKS = ("leaders", "others")
LEAST_TEXTS = 60  # of a sender and rank
Floats = Any


def main() -> None:
    """Run the back-test and print its tables."""
    path = sys.argv[1] if len(sys.argv) > 1 else None
    store = open_store(Path(path), read_only=True) if path else open_casebook()
    with store:
        runs = list(_runs(store))
    table = np.concatenate([before for before, _ in runs])
    print(f"{len(table):,} texts foretold, {table[:, 0].mean():.0%} leave the code out\n")
    _scores("all", table)
    for n, label in ((FEWEST, "own record of 4 to 9"), (10, "of 10 and more")):
        most = 10 if n == FEWEST else np.inf
        _scores(label, table[(table[:, 5] >= n) & (table[:, 5] < most)])
    varied = table[(table[:, 4] > 0.05) & (table[:, 4] < 0.95)]
    _scores("code neither always nor never used", varied)
    _reliability(table)
    print("\nWith hindsight, each text from all others:\n")
    _reliability(np.concatenate([after for _, after in runs]))


def _runs(store: Store) -> Iterator[tuple[Floats, Floats]]:
    """The back-test and the leave-one-out of each sender, code and rank."""
    for sender in SENDERS:
        for code in CODES:
            record = read_outs(reported(store, sender, *codes_of(code)))
            for rank in RANKS:
                chosen = [one for one in record if one.rank == rank]
                if len(chosen) >= LEAST_TEXTS:
                    found = _foretell(chosen)
                    print(sender, code, rank, len(found), file=sys.stderr)
                    yield found, _with_hindsight(chosen)


def _foretell(record: list[ReadOut]) -> Floats:
    """Rows of: left out, four chances (model, dyad, last, all), earlier texts of the dyad."""
    rows = []
    for year in range(record[0].day.year, record[-1].day.year + 1):
        known = [one for one in record if one.published < date(year, 1, 1)]
        until = [one for one in record if one.day < date(year + 1, 1, 1)]
        first = -np.inf
        if known:
            arrays = texts_of(known)
            new_year = float(date(year, 1, 1).toordinal())
            first = silence.stretch(arrays.day, arrays.mentioned, new_year)[0]
        kept = [one for one in until if one.day.toordinal() >= first]
        if kept:
            rows += _year(kept, year)
    return np.array(rows).reshape(-1, 6)


def _with_hindsight(record: list[ReadOut]) -> Floats:
    """Rows of: left out, the chance from all other texts of the last stretch of the record."""
    arrays = texts_of(record)
    first = silence.stretch(arrays.day, arrays.mentioned, arrays.day[-1])[0]
    kept = arrays.take(arrays.day >= first)
    return np.stack([~kept.mentioned, silence.chances(kept, hindsight=True)], axis=1)


def _year(kept: list[ReadOut], year: int) -> list[tuple[float, ...]]:
    arrays = texts_of(kept)
    told = silence.chances(arrays)
    rows: list[tuple[float, ...]] = []
    for i, text in enumerate(kept):
        seen = (arrays.known <= arrays.day[i]) & (arrays.day < arrays.day[i])
        own = arrays.mentioned[seen & (arrays.counterpart == arrays.counterpart[i])]
        if text.day.year != year or len(own) < FEWEST:
            continue
        everyone = _omitted(arrays.mentioned[seen])
        last = 0.05 if own[-1] else 0.95
        rows.append(
            (float(not text.mentioned), told[i], _omitted(own), last, everyone, float(len(own)))
        )
    return rows


def _omitted(mentioned: Floats) -> float:
    return float((len(mentioned) - mentioned.sum() + 0.5) / (len(mentioned) + 1.0))


def _scores(label: str, table: Floats) -> None:
    did = table[:, 0]
    print(f"| {label} ({len(table):,}) | Brier | log score |\n|---|---|---|")
    names = ("silence", "plain frequency of the dyad", "its last text", "frequency with all")
    for k, name in enumerate(names, 1):
        told = np.clip(table[:, k], 0.001, 0.999)
        log = np.where(did > 0, np.log(told), np.log1p(-told)).mean()
        print(f"| {name} | {((told - did) ** 2).mean():.4f} | {log:.4f} |")
    print()


def _reliability(table: Floats) -> None:
    print("| chance of omission | texts | mean chance | left out |\n|---|---|---|---|")
    bins = np.minimum((table[:, 1] * 10).astype(int), 9)
    for b in range(10):
        inside = table[bins == b]
        if len(inside):
            print(
                f"| {b / 10:.1f} to {b / 10 + 0.1:.1f} | {len(inside):,} |"
                f" {inside[:, 1].mean():.2f} | {inside[:, 0].mean():.2f} |"
            )
    low = table[table[:, 1] < NEWS_BELOW]
    print(f"\nbelow {NEWS_BELOW:.2f}: {len(low):,} texts, {low[:, 0].mean():.3f} left it out")


if __name__ == "__main__":
    main()
