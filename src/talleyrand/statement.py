"""One text with who speaks and the codes found in it, in place, as a store has them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from talleyrand.errors import InputError
from talleyrand.store import Store

_DOCUMENT = """
SELECT id, source, url, title, text, language, published, event_date, sender, counterparts, kind
FROM documents WHERE id = $id LIMIT 1
"""
_CASEBOOK_DOCUMENT = """
SELECT id, source, url, '' AS title, '' AS text, language, published, event_date, sender,
  counterparts, kind FROM documents WHERE id = $id LIMIT 1
"""
_PASSAGES = """
SELECT start_at AS start, end_at AS "end", speaker, state FROM passages
WHERE document_id = $id ORDER BY start_at, end_at
"""
_MATCHES = """
SELECT start_at AS start, end_at AS "end", code, speaker, holder, negated, targets FROM matches
WHERE document_id = $id ORDER BY start_at, end_at, code
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A document; offsets are in characters of `text`, which is empty in the casebook."""

    id: str
    source: str
    url: str
    title: str
    text: str
    language: str
    published: date
    event_date: date
    sender: str
    counterparts: tuple[str, ...]
    kind: str
    passages: tuple[dict[str, Any], ...]
    codes: tuple[dict[str, Any], ...]
    origin: Literal["casebook", "store"]
    built: date
    location: str

    def to_dict(self) -> dict[str, Any]:
        """The statement as plain values."""
        told = asdict(self)
        base = {name: told.pop(name) for name in ("origin", "built", "location")}
        base["built"] = self.built.isoformat()
        days = {name: told[name].isoformat() for name in ("published", "event_date")}
        return {**told, **days, "counterparts": list(self.counterparts), "casebook": base}


def read(store: Store, document: str) -> Statement:
    """A document by its id; raises InputError where there is none."""
    casebook = store.origin == "casebook"
    found = store.rows(_CASEBOOK_DOCUMENT if casebook else _DOCUMENT, id=document)
    if not found:
        raise InputError(
            f"no document {document[:80]!r} here; its id stands in the answers of evidence"
        )
    row = found[0]
    return Statement(
        **{**row, "counterparts": tuple(row["counterparts"])},
        passages=tuple(store.rows(_PASSAGES, id=document)),
        codes=tuple(store.rows(_MATCHES, id=document)),
        origin=store.origin,
        built=store.built,
        location=store.location,
    )


def stretches(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The text cut where a speaker or a code begins or ends, in order, nothing lost.

    Each stretch has `text`, the place of its `passage` (None outside any) and the places of its
    `codes`.
    """
    text, passages, codes = told["text"], told["passages"], told["codes"]
    edges = {0, len(text)}
    for one in (*passages, *codes):
        edges |= {min(max(one[side], 0), len(text)) for side in ("start", "end")}
    cuts = sorted(edges)
    return [
        {
            "text": text[low:high],
            "passage": next((i for i, p in enumerate(passages) if _holds(p, low, high)), None),
            "codes": [i for i, code in enumerate(codes) if _holds(code, low, high)],
        }
        for low, high in pairwise(cuts)
    ]


def _holds(one: dict[str, Any], low: int, high: int) -> bool:
    return bool(one["start"] <= low and high <= one["end"])
