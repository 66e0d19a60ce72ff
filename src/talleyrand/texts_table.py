"""Texts in a table coded into a table of passages, batch by batch: the same in Spark as here.

A text that cannot be coded (no such language, kind or state, no day) costs itself: it has one row
that says why, and no passage. The day is required, since it tells who led a state.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from talleyrand.codebook import Codebook
from talleyrand.coding import Coded, code
from talleyrand.errors import StoreError, UnknownState, UnreadableFile
from talleyrand.model import Kind
from talleyrand.rows import MOST_CHARACTERS, clean, coder
from talleyrand.states import resolve

NEEDED = ("id", "text", "language", "sender", "event_date")
OPTIONAL = ("counterparts", "kind")
_MATCH = pa.struct([
    ("code", pa.string()), ("holder", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
    ("negated", pa.bool_()), ("targets", pa.list_(pa.string())),
])  # fmt: skip
CODED = pa.schema([
    ("id", pa.string()), ("ordinal", pa.int32()), ("start", pa.int32()), ("end", pa.int32()),
    ("speaker", pa.string()), ("state", pa.string()), ("matches", pa.list_(_MATCH)),
    ("problem", pa.string()), ("coder", pa.string()),
])  # fmt: skip
_AT_ONCE = 500  # texts

Row = dict[str, Any]


def code_file(texts: Path, out: Path, codebook: Codebook) -> dict[str, int]:
    """Code a Parquet file, or a folder of such, into one file; gives texts, passages, problems.

    Raises UnreadableFile where it is no table of texts, StoreError where `out` cannot be written.
    `out` is there whole or not at all.
    """
    counts = {"texts": 0, "passages": 0, "problems": 0}
    part = out.with_name(f".{out.name}.part")
    try:
        with pq.ParquetWriter(part, CODED, compression="zstd") as writer:
            for batch in _batches(texts):
                made = coded(batch, codebook)
                writer.write_batch(made)
                told(counts, batch.num_rows, made)
        os.replace(part, out)
    except OSError as error:
        raise StoreError(f"cannot write {out} ({error}); name another file") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return counts


def told(counts: dict[str, int], texts: int, made: pa.RecordBatch) -> None:
    """Add a batch to the counts."""
    problems = made.num_rows - made.column("problem").null_count
    counts["texts"] += texts
    counts["passages"] += made.num_rows - problems
    counts["problems"] += problems


def coded(batch: pa.RecordBatch, codebook: Codebook) -> pa.RecordBatch:
    """The passages of a batch of texts, in order, with the columns of `CODED`."""
    made = [row for text in batch.to_pylist() for row in _rows(text, codebook)]
    return pa.RecordBatch.from_pylist(made, schema=CODED)


def check(names: list[str], where: str) -> list[str]:
    """The columns to read; raises UnreadableFile where one that is needed is lacking."""
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise UnreadableFile(
            f"{where} is no table of texts: it has no column {', '.join(lacking)}; it needs"
            f" {', '.join(NEEDED)} and may have {', '.join(OPTIONAL)}"
        )
    return [name for name in (*NEEDED, *OPTIONAL) if name in names]


def _batches(texts: Path) -> Iterator[pa.RecordBatch]:
    files = sorted(texts.rglob("*.parquet")) if texts.is_dir() else [texts]
    if not files or not files[0].exists():
        raise UnreadableFile(f"there is no Parquet file at {texts}; check the spelling")
    for path in files:
        try:
            with pq.ParquetFile(path) as file:
                wanted = check(file.schema_arrow.names, path.name)
                yield from file.iter_batches(_AT_ONCE, columns=wanted)
        except pa.ArrowInvalid as error:
            raise UnreadableFile(f"{path.name} cannot be read as Parquet ({error})") from error


def _rows(text: Row, codebook: Codebook) -> Iterator[Row]:
    """One row a passage, or one that tells the problem."""
    version = {"id": str(text["id"]), "coder": coder(codebook)}
    try:
        found = _coded(text, codebook)
    except (UnknownState, ValueError) as problem:
        yield {**version, "problem": str(problem)}
        return
    for ordinal, part in enumerate(found.passages):
        passage = part.passage
        yield {
            **version, "ordinal": ordinal, "start": passage.start, "end": passage.end,
            "speaker": passage.speaker, "state": passage.state,
            "matches": [
                {"code": a.match.code, "holder": a.match.holder, "start": a.match.start,
                 "end": a.match.end, "negated": a.match.negated, "targets": list(a.targets)}
                for a in part.matches
            ],
        }  # fmt: skip


def _coded(text: Row, codebook: Codebook) -> Coded:
    """One text coded; raises ValueError or UnknownState where it cannot be."""
    if text["language"] not in ("en", "zh", "ru"):
        raise ValueError(f"{text['language']!r} is no language of the codebook: en, zh or ru")
    if not isinstance(text["text"], str) or len(text["text"]) > MOST_CHARACTERS:
        raise ValueError(f"no text, or one of more than {MOST_CHARACTERS:,} characters")
    kind = text.get("kind") or "other"
    if kind not in set(Kind):
        raise ValueError(f"{kind!r} is no kind: {', '.join(Kind)}")
    return code(
        clean(text["text"]),
        lang=text["language"],
        sender=resolve(str(text["sender"] or "")),
        counterpart=tuple(resolve(name) for name in _listed(text.get("counterparts"))),
        kind=Kind(kind),
        on=_day(text["event_date"]),
        codebook=codebook,
    )


def _listed(names: Any) -> list[str]:
    """Counterparts come as a list, or as text with commas."""
    if isinstance(names, str):
        return [name.strip() for name in names.split(",") if name.strip()]
    return list(names or [])


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    raise ValueError("no event_date; give the day as 2022-09-15")
