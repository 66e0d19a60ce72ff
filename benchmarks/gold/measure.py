"""Measure the coder against the gold set, and the two labellings against each other.

    python benchmarks/gold/measure.py STORE            tables in Markdown
    python benchmarks/gold/measure.py STORE --wrong    each disagreement, with its sentence

The texts are looked up in `STORE` by document id and coded anew. Two blind labellings are one
reading each; "agreed" counts only what both say the same of. Where there is only one, it counts as
both. A code counts by family and sentence.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from statsmodels.stats.proportion import proportion_confint

from talleyrand.codebook import Codebook, load
from talleyrand.coding import Coded, code
from talleyrand.model import Kind
from talleyrand.store import open_store

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh", "ru")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader says of one sentence: the speaker's state, families by holder, targets."""

    state: str
    families: frozenset[str]
    targets: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (family, ISO3)


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence with its three readings."""

    language: str
    kind: str
    text: str
    a: Reading
    b: Reading
    coder: Reading


def main() -> None:
    """Print the tables, or with --wrong every disagreement with what both labellings say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--labels", type=Path, default=HERE)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES)
    options = parser.parse_args()
    items = list(read(options.store, options.labels))
    if options.wrong:
        for item in items:
            if options.language in (None, item.language):
                _show_wrong(item)
        return
    print("\n".join(tables(items)))


def read(store: Path, labels: Path) -> Iterator[Item]:
    """Every labelled sentence, coded by today's coder."""
    book = load()
    with open_store(store, read_only=True) as opened:
        for language in LANGUAGES:
            first = _labels(labels / f"{language}_a.jsonl")
            other_reading = labels / f"{language}_b.jsonl"
            second = _labels(other_reading) if other_reading.exists() else first
            ids = [row["id"] for row in first]
            found = opened.rows("SELECT * FROM documents WHERE list_contains($ids, id)", ids=ids)
            documents = {row["id"]: row for row in found}
            for one, other in zip(first, second, strict=True):
                row = documents[one["id"]]
                coded = _coded(row, book)
                for x, y in zip(one["sentences"], other["sentences"], strict=True):
                    yield Item(
                        language,
                        row["kind"],
                        row["text"][x["start"] : x["end"]],
                        _labelled(x, book),
                        _labelled(y, book),
                        _by_coder(coded, x["start"], x["end"], book),
                    )


def tables(items: list[Item]) -> Iterator[str]:
    """Speaker, then codes by language, then codes by family."""
    yield "| language | sentences | speaker: a and b | speaker: coder, where a and b agree |"
    yield "|---|---|---|---|"
    for language in (*LANGUAGES, "all"):
        own = [i for i in items if language in (i.language, "all")]
        coded = [i for i in own if i.a.families or i.b.families or i.coder.families]
        agreed = [i for i in coded if i.a.state == i.b.state]
        both = _share(len(agreed), len(coded))
        right = _share(sum(i.coder.state == i.a.state for i in agreed), len(agreed))
        yield f"| {language} | {len(own)}, {len(coded)} coded | {both} | {right} |"
    yield ""
    yield "| codes of | pairs | a and b: F1 | coder: precision | coder: recall | F1 against a, b |"
    yield "|---|---|---|---|---|---|"
    for language in (*LANGUAGES, "all"):
        yield _row(language, [i for i in items if language in (i.language, "all")], None)
    families = Counter(f for i in items for f in i.a.families | i.b.families | i.coder.families)
    for family, _ in families.most_common():
        yield _row(family, items, family)


def _row(name: str, items: list[Item], family: str | None) -> str:
    counts: dict[str, int] = defaultdict(int)
    for item in items:
        a, b, c = (
            {f for f in r.families if family in (None, f)} for r in (item.a, item.b, item.coder)
        )
        counts["ab"] += len(a & b)
        counts["a"] += len(a)
        counts["b"] += len(b)
        counts["c"] += len(c)
        counts["ac"] += len(a & c)
        counts["bc"] += len(b & c)
        counts["right"] += len(a & b & c)
        counts["wrong"] += len(c - a - b)
    n = counts["ab"]
    precision = _share(counts["right"], counts["right"] + counts["wrong"])
    recall = _share(counts["right"], n)
    f1 = [_f1(counts[x], counts[y], counts[z]) for x, y, z in
          (("ab", "a", "b"), ("ac", "a", "c"), ("bc", "b", "c"))]  # fmt: skip
    return f"| {name} | {n} | {f1[0]} | {precision} | {recall} | {f1[1]}, {f1[2]} |"


def _f1(both: int, one: int, other: int) -> str:
    return f"{2 * both / (one + other):.2f}" if one + other else "-"


def _share(k: int, n: int) -> str:
    if not n:
        return "-"
    low, high = proportion_confint(k, n, method="wilson")
    return f"{100 * k / n:.0f} % ({k}/{n}, {100 * low:.0f}-{100 * high:.0f})"


# --- readings ------------------------------------------------------------------------------


def _labels(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _labelled(sentence: dict[str, Any], book: Codebook) -> Reading:
    said = [c for c in sentence["codes"] if not c["negated"] and c["code"] in book.codes]
    return Reading(
        sentence["state"],
        frozenset(book.codes[c["code"]].family for c in said),
        frozenset((book.codes[c["code"]].family, t) for c in said for t in c["targets"]),
    )


def _coded(row: dict[str, Any], book: Codebook) -> Coded:
    return code(
        row["text"],
        lang=row["language"],
        sender=row["sender"],
        counterpart=tuple(row["counterparts"]),
        kind=Kind(row["kind"]),
        on=row["event_date"] or date.today(),  # noqa: DTZ011
        codebook=book,
    )


def _by_coder(coded: Coded, start: int, end: int, book: Codebook) -> Reading:
    reach: dict[str, int] = defaultdict(int)
    families, targets = set(), set()
    for part in coded.passages:
        overlap = min(end, part.passage.end) - max(start, part.passage.start)
        if overlap > 0:
            reach[part.passage.state] += overlap
        for aimed in part.matches:
            if start <= aimed.match.start < end and not aimed.match.negated:
                family = book.codes[aimed.match.code].family
                families.add(family)
                targets |= {(family, t) for t in aimed.targets}
    state = max(reach, key=lambda s: reach[s]) if reach else ""
    return Reading(state, frozenset(families), frozenset(targets))


def _show_wrong(item: Item) -> None:
    a, b, c = item.a, item.b, item.coder
    missed, made_up = a.families & b.families - c.families, c.families - a.families - b.families
    speaker = a.state == b.state != c.state and bool(a.families | b.families | c.families)
    if missed or made_up or speaker:
        print(f"{item.language} {item.kind}: {item.text[:300]!r}")
        wrong = f", speaker {c.state} for {a.state}" if speaker else ""
        print(f"   missed {sorted(missed)}, made up {sorted(made_up)}{wrong}")


if __name__ == "__main__":
    main()
