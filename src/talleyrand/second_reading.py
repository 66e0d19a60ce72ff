"""Build the second reading of a store: latent semantic scaling of what senders say of others.

Reads the texts in the store, takes the sentences about one other state (`directed`), learns the
polarity of words from the seeds (`inference.lss`) and writes one row a text and target: figures
only. The scale is relative to the archive it is learnt from, so it is learnt anew each time and
never in part: the same texts always give the same figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from math import isnan
from multiprocessing import get_context

import pyarrow as pa

from talleyrand import tokens
from talleyrand.directed import Directed, Text, directed
from talleyrand.inference.lss import DIMENSIONS, Polarity, fit, scores
from talleyrand.model import Language
from talleyrand.store import Row, Store

FEWEST = 2000  # sentences from which word vectors can be learnt
META = "second_reading"  # the number of texts it was made from

_TEXTS = """
SELECT d.id, d.text, d.event_date AS day, d.sender, d.counterparts, d.kind,
  list(p.start_at ORDER BY p.ordinal) AS starts, list(p.end_at ORDER BY p.ordinal) AS ends
FROM documents d JOIN passages p ON p.document_id = d.id
WHERE d.language = $language AND p.state IN (d.sender, 'both')
GROUP BY ALL ORDER BY d.id
"""
_BATCH = 200
_ENOUGH_TEXTS = 2000  # of a language, from which the sentences about others are enough to learn
_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("target", pa.string()),
        ("language", pa.string()),
        ("score", pa.float64()),
        ("sentences", pa.int32()),
        ("words", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Scaled:
    """What was made of one language: sentences about others, words and seeds known, rows written.

    `why` tells why there is no reading, where there is none.
    """

    language: Language
    sentences: int
    words: int
    seeds: tuple[int, int]
    rows: int
    why: str = ""

    def told(self) -> str:
        """The summary as a line."""
        if self.why:
            return f"no reading ({self.why})"
        warm, hostile = self.seeds
        return (
            f"{self.rows:,} figures from {self.sentences:,} sentences about one other state;"
            f" {self.words:,} words scaled from {warm} warm and {hostile} hostile seeds"
        )


def build(
    store: Store, *, workers: int | None = None, fewest: int = FEWEST, dimensions: int = DIMENSIONS
) -> tuple[Scaled, ...]:
    """Scale every language of the store anew and replace what was there."""
    count = workers or min(os.cpu_count() or 1, 8)
    if count == 1:
        said = {language: _spoken(store, language, map) for language in tokens.LANGUAGES}
        made = [_scaled(one, said[one], fewest, dimensions) for one in tokens.LANGUAGES]
    else:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            said = {one: _spoken(store, one, pool.map) for one in tokens.LANGUAGES}
            jobs = [
                pool.submit(_scaled, one, said[one], fewest, dimensions) for one in tokens.LANGUAGES
            ]
            made = [job.result() for job in jobs]
    rows = [row for _, found in made for row in found]
    texts = store.rows("SELECT count(*) AS n FROM documents")[0]["n"]
    with store.transaction():
        store.replace("readings", pa.Table.from_pylist(rows, schema=_SCHEMA))
        store.set_meta(META, str(texts))
    return tuple(summary for summary, _ in made)


def poles() -> list[dict[str, str]]:
    """The seed words as listed: one row a language and pole."""
    return [
        {"language": language, "pole": pole, "words": " ".join(listed)}
        for language in tokens.LANGUAGES
        for pole, listed in zip(("warm", "hostile"), tokens.seeds(language).listed, strict=True)
    ]


def _spoken(
    store: Store, language: Language, mapped: Callable[..., Iterator[list[Directed]]]
) -> list[Directed]:
    """The sentences about others in one language; if they are few, all the rest as well."""
    few = not _many(store, language)
    batches = _batches(store.rows(_TEXTS, language=language), language)
    return [said for found in mapped(_all if few else _about, batches) for said in found]


def _many(store: Store, language: Language) -> bool:
    """Whether a language has texts enough to learn from the sentences about others alone."""
    query = "SELECT count(*) AS n FROM documents WHERE language = $language"
    return bool(store.rows(query, language=language)[0]["n"] >= _ENOUGH_TEXTS)


def _batches(rows: list[Row], language: Language) -> Iterator[list[Text]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield [_text(row, language) for row in batch]


def _text(row: Row, language: Language) -> Text:
    spans = tuple(zip(row["starts"], row["ends"], strict=True))
    others = tuple(row["counterparts"])
    return Text(
        row["id"], row["text"], language, row["day"], row["sender"], others, row["kind"], spans
    )


def _about(batch: list[Text]) -> list[Directed]:
    return [said for text in batch for said in directed(text)]


def _all(batch: list[Text]) -> list[Directed]:
    return [said for text in batch for said in directed(text, others=True)]


def _scaled(
    language: Language, said: list[Directed], fewest: int, dimensions: int
) -> tuple[Scaled, list[Row]]:
    """The rows of one language, and a summary."""
    about = [one for one in said if one.target]
    sentences = [one.words for one in said]
    if len(sentences) < fewest:
        why = f"{len(sentences)} sentences, fewer than the {fewest} it needs"
        return Scaled(language, len(about), 0, (0, 0), 0, why), []
    seeds = tokens.seeds(language)
    found = fit(sentences, seeds.warm, seeds.hostile, dimensions)
    if found is None:
        why = "too few of the seed words occur"
        return Scaled(language, len(about), 0, (0, 0), 0, why), []
    rows = _rows(language, about, found)
    return Scaled(language, len(about), len(found.words), found.seeds, len(rows)), rows


def _rows(language: Language, about: list[Directed], found: Polarity) -> list[Row]:
    """One row a text and target: the mean score of its sentences."""
    scored: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for one, score in zip(about, scores([s.words for s in about], found).tolist(), strict=True):
        if not isnan(score):
            scored.setdefault((one.document, one.target), []).append((score, len(one.words)))
    return [
        {
            "document_id": document,
            "target": target,
            "language": language,
            "score": round(sum(score for score, _ in parts) / len(parts), 3),
            "sentences": len(parts),
            "words": sum(count for _, count in parts),
        }
        for (document, target), parts in sorted(scored.items())
    ]
