"""Agreement of all pairs in all sessions: time, and rank correlation with two outside measures.

    python benchmarks/votes.py [FOLDER]

Beside the agreement beyond chance stand raw agreement (the share of roll calls voted alike) and
the distance of ideal points (Bailey, Strezhnev and Voeten 2017). Prints Markdown.
"""

from __future__ import annotations

import csv
import gzip
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from talleyrand.inference.synthetic import Floats
from talleyrand.roll_calls import VoteAgreement, vote_agreement

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "records" / "votes"
CALLS, POINTS = "unga_votes_wide_1946_2024.csv.gz", "unga_ideal_points_jun2024.csv.gz"
FEWEST = 20  # roll calls a pair and session
WORST = 12


def main() -> None:
    """Print the tables."""
    print(section(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))


_WHY = (
    "Why they differ: in these pairs the two dissent from the majority on different roll calls, so"
    " that neither's abstentions and noes ever meet the other's. Agreement beyond chance is then"
    " nil or below. A single dimension nets such dissent out and puts both in the middle. In"
    " session 73 Russia and Tuvalu both voted yes 37 times; 27 times Russia did not where Tuvalu"
    " did, 8 times Tuvalu abstained where Russia voted yes, and once both abstained. In session 71"
    " Pakistan and Solomon Islands: 71 yes together, 28 and 2 apart, none together."
)


def section(folder: Path = FOLDER) -> str:
    """Times, correlations pooled and by session, and the worst disagreements, as Markdown."""
    if not (folder / CALLS).is_file():
        return f"The roll calls are not here ({folder})."
    start = time.perf_counter()
    chance = vote_agreement(folder / CALLS)
    took = time.perf_counter() - start
    yearly = time.perf_counter()
    years = vote_agreement(folder / CALLS, per="year")
    yearly = time.perf_counter() - yearly
    raw = vote_agreement(folder / CALLS, measure="s")
    kappa = vote_agreement(folder / CALLS, measure="kappa")
    distance = _distances(folder / POINTS, chance)
    lines = [
        f"{_pairs(chance):,} pairs and sessions in {took:.1f} s, {_pairs(years):,} pairs and years"
        f" in {yearly:.1f} s, the reading of the file included.",
        "",
        "| rank correlation (Spearman) | pooled | median of sessions | lowest session |",
        "|---|---|---|---|",
        _row("pi with raw agreement (s)", chance.value, raw.value, chance),
        _row("pi with nearness of ideal points", chance.value, -distance, chance),
        _row("kappa with nearness of ideal points", kappa.value, -distance, chance),
        _row("raw agreement (s) with nearness of ideal points", raw.value, -distance, chance),
        "",
        "The pairs on which pi and ideal points differ most, as ranks within their session:",
        "",
        "| session | pair | roll calls | pi | rank | raw | ideal-point distance | rank |",
        "|---|---|---|---|---|---|---|---|",
        *_worst(chance, raw, distance),
        "",
        _WHY,
    ]
    return "\n".join(lines)


def _pairs(found: VoteAgreement) -> int:
    """Pairs of two different states that voted together, over all periods."""
    return int(sum(np.triu(each > 0, 1).sum() for each in found.n))


def _usable(
    one: VoteAgreement, *columns: Floats
) -> list[np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """For every session the pairs (flat places of the upper triangle) known on all columns."""
    upper = np.triu(np.ones(one.n.shape[1:], bool), 1)
    return [
        np.flatnonzero(
            upper & (one.n[i] >= FEWEST) & np.all([np.isfinite(c[i]) for c in columns], 0)
        )
        for i in range(len(one.periods))
    ]


def _row(name: str, first: Floats, second: Floats, one: VoteAgreement) -> str:
    usable = _usable(one, first, second)
    sides = [(first[i].ravel()[u], second[i].ravel()[u]) for i, u in enumerate(usable)]
    each = [
        (_spearman(a, b), period)
        for (a, b), period in zip(sides, one.periods, strict=True)
        if len(a) > 100
    ]
    pooled = _spearman(np.concatenate([a for a, _ in sides]), np.concatenate([b for _, b in sides]))
    low = min(each)
    middle = float(np.median([value for value, _ in each]))
    return f"| {name} | {pooled:.3f} | {middle:.3f} | {low[0]:.3f} (session {low[1]}) |"


def _spearman(first: Floats, second: Floats) -> float:
    return float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])


def _worst(one: VoteAgreement, raw: VoteAgreement, distance: Floats) -> list[str]:
    found = []
    for i, places in enumerate(_usable(one, one.value, distance)):
        if len(places) < 100:
            continue
        value, apart = one.value[i].ravel()[places], distance[i].ravel()[places]
        ranks = [_ranks(value), _ranks(-apart)]
        for at in np.argsort(-np.abs(ranks[0] - ranks[1]))[:1]:
            found.append((abs(ranks[0][at] - ranks[1][at]), i, places[at], ranks, at))
    found.sort(key=lambda row: -row[0])
    lines = []
    for _, i, place, ranks, at in found[:WORST]:
        a, b = np.unravel_index(place, one.n.shape[1:])
        lines.append(
            f"| {one.periods[i]} | {one.states[a]}-{one.states[b]} | {one.n[i, a, b]:.0f}"
            f" | {one.value[i, a, b]:+.2f} | {100 * ranks[0][at]:.0f} % | {raw.value[i, a, b]:.2f}"
            f" | {distance[i, a, b]:.2f} | {100 * ranks[1][at]:.0f} % |"
        )
    return lines


def _ranks(values: Floats) -> Floats:
    return np.asarray(np.argsort(np.argsort(values)) / max(len(values) - 1, 1))


def _distances(file: Path, one: VoteAgreement) -> Floats:
    """Distance of ideal points, sessions by states by states; NaN where one is not known."""
    points: dict[int, dict[str, float]] = defaultdict(dict)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["IdealPointAll"]:
                points[int(row["session"])][row["iso3c"]] = float(row["IdealPointAll"])
    place = np.array([[points[p].get(s, np.nan) for s in one.states] for p in one.periods])
    return np.asarray(np.abs(place[:, :, None] - place[:, None, :]))


if __name__ == "__main__":
    main()
