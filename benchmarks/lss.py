"""The second reading (latent semantic scaling) beside the codebook, over dyads and months.

    python benchmarks/lss.py [STORE]

Without a store of your own it reads the bundled casebook. Prints Spearman correlations of the two
readings by language and sender, the two side by side at recognised turning points, and half the
mean change there, from which the margin of the second reading is taken.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from math import log, sqrt
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from margins import TURNING_POINTS
from talleyrand import codebook, registry
from talleyrand.model import Dyad
from talleyrand.pipeline import judge_dimension
from talleyrand.store import Row, Store, open_casebook, open_store

Pair = tuple[Row, float, float]  # a text and target, its second reading and its log-odds

_MATCHES = """
SELECT m.document_id AS id, t.target, m.code, count(*) AS times
FROM matches m JOIN documents d ON d.id = m.document_id, unnest(m.targets) t(target)
WHERE m.holder IN (d.sender, 'both') AND NOT m.negated GROUP BY ALL
"""
_READINGS = """
SELECT d.id, d.sender, d.source, d.event_date AS day, r.target, r.language, r.score, r.sentences
FROM readings r JOIN documents d ON d.id = r.document_id ORDER BY d.id, r.target
"""
FEWEST = 3  # texts behind a month of a dyad, or a dyad
DYADS = ("CHN-RUS", "CHN-USA", "CHN-JPN", "CHN-AUS", "USA-CHN", "USA-RUS", "RUS-USA", "RUS-UKR",
         "UKR-RUS")  # fmt: skip


def main() -> None:
    """Print the tables."""
    with (
        open_store(Path(sys.argv[1]), read_only=True) if sys.argv[1:] else open_casebook() as store
    ):
        pairs = _pairs(store)
        print("| | texts | rho | dyad-months | rho | dyads | rho |\n|---|---|---|---|---|---|---|")
        _table(pairs, lambda row: row["language"])
        _table(pairs, lambda row: f"{row['language']} {row['source']}")
        print("\n| dyad | texts | rho | months | rho |\n|---|---|---|---|---|")
        _dyads(pairs)
        _turning_points(store)


def _pairs(store: Store) -> list[Pair]:
    book = codebook.load()
    counts: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.5, 0.5])
    for row in store.rows(_MATCHES):
        code = book.codes.get(row["code"])
        pole = book.pole(code.name, row["target"]) if code else "neither"
        if code and pole != "neither":
            weight = code.weight * sqrt(row["times"])
            counts[row["id"], row["target"]][pole == "further"] += weight
    rows = store.rows(_READINGS)
    print(f"{len(rows)} texts and targets with a second reading, {len(counts)} with codes\n")
    keyed = [(row, counts.get((row["id"], row["target"]))) for row in rows]
    return [(row, row["score"], log(c[0] / c[1])) for row, c in keyed if c]


def _table(pairs: list[Pair], group: Callable[[Row], str]) -> None:
    for name in sorted({group(row) for row, _, _ in pairs}):
        own = [pair for pair in pairs if group(pair[0]) == name]
        months = _pooled(own, lambda r: (r["sender"], r["target"], r["day"].replace(day=1)))
        dyads = _pooled(own, lambda r: (r["sender"], r["target"]))
        cells = [_rho([(a, b) for _, a, b in own]), _rho(months), _rho(dyads)]
        print(f"| {name} | {' | '.join(cells)} |")


def _dyads(pairs: list[Pair]) -> None:
    for dyad in DYADS:
        own = [p for p in pairs if f"{p[0]['sender']}-{p[0]['target']}" == dyad]
        months = _pooled(own, lambda r: r["day"].replace(day=1))
        print(f"| {dyad} | {_rho([(a, b) for _, a, b in own])} | {_rho(months)} |")


def _pooled(pairs: list[Pair], key: Callable[[Row], object]) -> list[tuple[float, float]]:
    """Plain means of both readings over groups of at least FEWEST texts."""
    groups: dict[object, list[tuple[float, float]]] = defaultdict(list)
    for row, second, first in pairs:
        groups[key(row)].append((second, first))
    means = [np.mean(own, axis=0) for own in groups.values() if len(own) >= FEWEST]
    return [(float(a), float(b)) for a, b in means]


def _rho(points: Iterable[tuple[float, float]]) -> str:
    """How many, and Spearman's rank correlation; none for fewer than 20."""
    known = list(points)
    if len(known) < 20:
        return f"{len(known)} | –"
    rho = spearmanr([a for a, _ in known], [b for _, b in known]).statistic
    return f"{len(known)} | {rho:.2f}"


def _turning_points(store: Store) -> None:
    words = next(d for d in registry.DIMENSIONS if d.name == "words")
    sizes, told = [], Counter[str]()
    print("\n| dyad | date | event | codebook | second reading | interval | together |")
    print("|---|---|---|---|---|---|---|")
    for sender, target, day, _, event in TURNING_POINTS:
        found = judge_dimension(store, words, Dyad(sender, target), date.fromisoformat(day), 12)
        second = found.second
        if second is None or second.finding.change is None or second.finding.interval is None:
            continue
        first, other = found.finding, second.finding
        sizes.append(abs(second.finding.change))
        told[second.agreement] += 1
        low, high = second.finding.interval
        before = f"{first.change:+.2f} {first.outcome}" if first.change is not None else "–"
        print(
            f"| {sender}-{target} | {day} | {event} | {before} | {other.change:+.2f}"
            f" {other.outcome} | {low:+.2f} .. {high:+.2f} | {second.agreement} |"
        )
    print(
        f"\n{len(sizes)} turning points: mean {np.mean(sizes):.2f}, half {np.mean(sizes) / 2:.2f}"
    )
    print(dict(told))


if __name__ == "__main__":
    main()
