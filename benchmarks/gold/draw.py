"""Draw the passages of the gold set: at random, by seed, never by hand.

    python benchmarks/gold/draw.py STORE --seed 2026 --out passages.jsonl

`STORE` is a store filled from the shared archives (`talleyrand casebook --build DATA --store
STORE`). A hundred passages a language, spread evenly over the kinds of text as far as there are
enough of each (`--each` for more); a passage is up to three sentences of one paragraph. What is
printed holds text, for labelling only: it is never committed. The labels (`*_a.jsonl`,
`*_b.jsonl`) hold document ids, offsets and labels.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.store import Store, open_store

EACH = 100  # passages a language
MOST = 3  # sentences a passage
SHORTEST = 12  # characters of a sentence
CONTEXT = 700  # characters before the passage that a labeller sees
_DOCUMENTS = """
SELECT id, source, kind, language, title, event_date::VARCHAR AS day, sender, counterparts, text
FROM documents
WHERE kind <> 'other' OR len(counterparts) > 0
ORDER BY id
"""


def main() -> None:
    """Write the passages of one seed as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--each", type=int, default=EACH, help="passages a language")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", type=Path, action="append", default=[],
                        help="passages whose documents are left out")  # fmt: skip
    parser.add_argument("--beside", type=Path, action="append", default=[],
                        help="passages that are left out, but not their documents")  # fmt: skip
    options = parser.parse_args()
    documents = {passage["id"] for passage in _read(options.without)}
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in _read(options.beside):
        places[passage["id"]].append(_span(passage))
    with open_store(options.store, read_only=True) as store:
        drawn = [
            p
            for p in passages(store, options.seed, options.each)
            if p["id"] not in documents and not _overlaps(_span(p), places[p["id"]])
        ]
    kept = list(_balanced(drawn, options.each))
    with options.out.open("w", encoding="utf-8") as out:
        for passage in kept:
            out.write(json.dumps(passage, ensure_ascii=False) + "\n")
    print(f"{len(kept)} passages written to {options.out}")


def _read(paths: list[Path]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for path in paths for line in path.open(encoding="utf-8"))


def _span(passage: dict[str, Any]) -> tuple[int, int]:
    return passage["sentences"][0]["start"], passage["sentences"][-1]["end"]


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def passages(store: Store, seed: str, each: int = EACH) -> Iterator[dict[str, Any]]:
    """Passages in the random order of the seed: one a document, then more where documents lack."""
    rows = store.rows(_DOCUMENTS)
    strata: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: _chance(seed, row["id"])):
        strata[row["language"], row["kind"]].append(row)
    for stratum in strata.values():
        places: set[tuple[str, int]] = set()
        for turn, row in ((turn, row) for turn in range(5) for row in stratum):
            passage = _passage(row, seed, turn) if len(places) < each else None
            if passage and (place := (row["id"], passage["sentences"][0]["start"])) not in places:
                places.add(place)
                yield passage


def _passage(row: dict[str, Any], seed: str, turn: int) -> dict[str, Any] | None:
    text = row["text"]
    chosen = _chosen(text, row["language"], _chance(seed, f"{row['id']}{turn}"))
    if not chosen:
        return None
    start = chosen[0].start
    return {
        "id": row["id"],
        "language": row["language"],
        "source": row["source"],
        "kind": row["kind"],
        "day": row["day"],
        "sender": row["sender"],
        "counterparts": row["counterparts"],
        "title": row["title"],
        "before": text[max(0, start - CONTEXT) : start],
        "sentences": [
            {"start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in chosen
        ],
    }


def _chosen(text: str, language: Any, chance: int) -> list[Sentence]:
    """Up to three sentences of one paragraph, from a place left to chance."""
    found = [s for s in sentences(text, language) if s.end - s.start >= SHORTEST]
    if not found:
        return []
    first = chance % len(found)
    rest = found[first + 1 : first + MOST]
    opens = [i for i, sentence in enumerate(rest) if sentence.opens]
    return [found[first], *rest[: opens[0] if opens else MOST]]


def _balanced(drawn: list[dict[str, Any]], each: int) -> Iterator[dict[str, Any]]:
    """So many a language, the kinds in turn until each language has enough."""
    waiting: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for passage in drawn:
        waiting[passage["language"]][passage["kind"]].append(passage)
    for kinds in waiting.values():
        left = each
        while left and any(kinds.values()):
            for kind in sorted(kinds):
                if kinds[kind] and left:
                    yield kinds[kind].pop(0)
                    left -= 1


def _chance(seed: str, key: str) -> int:
    return int(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()[:12], 16)


if __name__ == "__main__":
    main()
