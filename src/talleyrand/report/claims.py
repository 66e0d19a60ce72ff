"""The answers of `check` for readers: a count, a table, and each claim with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Sheet, Sources, Table

Json = Mapping[str, Any]
_ORDER = ("SUPPORTED", "CONTRADICTED", "UNDETERMINED")
_MOST_EVIDENCE = 3


def sheet(told: Sequence[Json], title: str, base: Json) -> Sheet:
    """The answers in words, from the list that `check --json` prints."""
    counts = Counter(one["outcome"] for one in told)
    said = ", ".join(f"{counts[name]} {name.lower()}" for name in _ORDER if counts[name])
    return Sheet(
        title=f"Claims of {title}",
        headline=f"{words.plural(len(told), 'claim')}: {said}.",
        blocks=(_table(told), *(block for one in told for block in _claim(one))),
        provenance=words.provenance_of(base),
    )


def _table(told: Sequence[Json]) -> Table:
    rows = tuple((one["id"], one["outcome"], one["paraphrase"]) for one in told)
    return Table(("claim", "outcome", "what is claimed"), rows)


def _claim(one: Json) -> list[Block]:
    nearby = f" {one['nearby']}" if one["nearby"] else ""
    said: list[Block] = [f"{one['id']}  {one['outcome']}. {one['reason']}{nearby}"]
    rows = tuple((e["date"], e["url"], e["quote"] or "") for e in one["evidence"][:_MOST_EVIDENCE])
    return [*said, Sources(rows, title="", most=_MOST_EVIDENCE)] if rows else said
