"""Draw headlines for the gold set of framing: at random, by seed, never by hand.

    python benchmarks/headlines/draw_headlines.py STORE --seed 2026 --out headlines.jsonl

`STORE` is a store filled from the shared archives. Reports that name at least two states in their
headline are drawn with equal chance within a language (English 220, Chinese 40, Russian 40, as far
as there are so many); of each a pair of the states named is drawn. What is printed holds text, for
labelling only: it is never committed. The labels hold ids, the pair and the label.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from talleyrand.states import mentions
from talleyrand.store import open_store

EACH = {"en": 220, "zh": 40, "ru": 40}
_REPORTS = """
SELECT id, language, outlet, outlet_state, published::VARCHAR AS published, title, lead
FROM reports WHERE len(states) > 1 ORDER BY id
"""


def main() -> None:
    """Write the headlines of one seed as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with open_store(options.store, read_only=True) as store:
        rows = store.rows(_REPORTS)
    rows.sort(key=lambda row: _chance(options.seed, row["id"]))
    kept = [one for language in EACH for one in _drawn(rows, language, options.seed)]
    with options.out.open("w", encoding="utf-8") as out:
        for number, row in enumerate(kept, 1):
            out.write(json.dumps({"n": number, **row}, ensure_ascii=False) + "\n")
    print(f"{len(kept)} headlines written to {options.out}")


def _drawn(rows: list[dict[str, Any]], language: Any, seed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    titles: set[str] = set()
    for row in rows:
        if len(found) == EACH[language]:
            break
        if row["language"] != language or row["title"] in titles:
            continue
        titles.add(row["title"])
        day = date.fromisoformat(row["published"][:10])
        named = sorted({m.iso3 for m in mentions(row["title"], language, day) if m.iso3})
        if len(named) < 2:
            continue
        named.sort(key=lambda iso3: _chance(seed, row["id"] + iso3))
        found.append({**row, "p": named[0], "q": named[1]})
    return found


def _chance(seed: str, key: str) -> int:
    return int(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()[:12], 16)


if __name__ == "__main__":
    main()
