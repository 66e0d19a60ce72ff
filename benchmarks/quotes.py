"""How well quotations are found and distortions told: precision and recall by kind.

    python benchmarks/quotes.py [--cases 40] [--json]

Everything is invented (`quotes_invented`): a statement of eight sentences and an article with one
known quotation. A quotation counts as found where the right sentences are named; recall of a kind
is the share found and called by its name; precision the share of what is so called that is so.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

from quotes_invented import KINDS, Case, case
from talleyrand.codebook import load
from talleyrand.model import Kind
from talleyrand.quoting import answer, articles, statement, units

_DAY = date(2022, 9, 15)


def answered(one: Case) -> answer.Quotes:
    """What the instrument says of a case."""
    about = statement.About(units.language_of(one.statement), "CHN", ("RUS",), Kind.MEETING, _DAY)
    others = [(one.translation, units.language_of(one.translation))] if one.translation else []
    read = statement.read(one.statement, about, load(), others)
    title = {"en": "A day of talks", "ru": "День переговоров", "zh": "会谈一日"}[one.language]
    return answer.ask(read, [articles.article(title, "", one.article, name="invented")], _DAY)


def cases(kind: str, language: str, count: int) -> Iterator[Case]:
    seed = made = 0
    while made < count and seed < 20 * count:
        one = case(kind, language, seed)
        seed += 1
        if one is not None:
            made += 1
            yield one


def measured(count: int) -> list[dict[str, object]]:
    """A row for each language and kind."""
    rows: list[dict[str, object]] = []
    for language in ("en", "ru", "zh"):
        told: Counter[str] = Counter()  # how often each kind was named, and rightly
        right: Counter[str] = Counter()
        for kind, (_, expected, bad) in KINDS.items():
            row: Counter[str] = Counter()
            for one in cases(kind, language, count):
                found = answered(one).found
                names = {name for q in found for name in q.kinds}
                hit = {n for q in found for n in q.sentences} == set(one.sentences)
                row["cases"] += 1
                row["found"] += hit
                row["named"] += hit and (expected in names or not expected)
                row["flagged"] += any(q.distorted for q in found) == bad
                told.update(names)
                right.update(names & {expected})
            rows.append({"language": language, "kind": kind, "told": expected, **row})
        for line in rows:
            if line["language"] == language:
                name = str(line["told"])
                line["precision"] = right[name] / told[name] if told[name] else None
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measured(options.cases)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    print("| language | kind | cases | found | recall | precision | flag right |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for row in rows:
        count = int(str(row["cases"])) or 1
        shares = [int(str(row.get(key, 0))) / count for key in ("found", "named", "flagged")]
        precise = row["precision"]
        shown = f"{precise:.2f}" if isinstance(precise, float) else ""
        print(f"| {row['language']} | {row['kind']} | {row['cases']} | {shares[0]:.2f}"
              f" | {shares[1]:.2f} | {shown} | {shares[2]:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main()
