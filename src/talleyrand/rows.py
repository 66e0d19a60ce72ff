"""Parsed values as rows of the store: documents coded, reports framed, all as Arrow tables."""

from __future__ import annotations

import hashlib
from typing import Any

import pyarrow as pa

from talleyrand import frames, states
from talleyrand.codebook import Codebook
from talleyrand.coding import Coded, code
from talleyrand.model import Document, Record, Rejected, Report

_TEXTS = pa.list_(pa.string())
_DAY = pa.date32()
_PARTS = ("passages", "matches")


def _schema(texts: str, **others: pa.DataType) -> pa.Schema:
    """A schema with these text columns, in order, and then the others."""
    return pa.schema([(name, pa.string()) for name in texts.split()] + list(others.items()))


SCHEMAS: dict[str, pa.Schema] = {
    "documents": _schema(
        "source url title text language event_date_basis sender kind content",
        published=_DAY,
        event_date=_DAY,
        counterparts=_TEXTS,
        length=pa.int32(),
        row=pa.int32(),
    ),
    "passages": _schema(
        "speaker state", row=pa.int32(), ordinal=pa.int32(), start_at=pa.int32(), end_at=pa.int32()
    ),
    "matches": _schema(
        "code speaker holder",
        row=pa.int32(),
        ordinal=pa.int32(),
        start_at=pa.int32(),
        end_at=pa.int32(),
        negated=pa.bool_(),
        targets=_TEXTS,
    ),
    "records": _schema(
        "source kind sender target item unit vintage url note",
        start_date=_DAY,
        end_date=_DAY,
        value=pa.float64(),
    ),
    "reports": _schema(
        "source url outlet outlet_state title lead language",
        published=pa.timestamp("us"),
        states=_TEXTS,
        warming=_TEXTS,
        cooling=_TEXTS,
    ),
    "set_aside": _schema("source locator reason"),
}


class Rows:
    """Rows of one batch, collected by table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in ("documents", "passages", "matches", "records", "reports", "set_aside")
        }
        self._bulk: list[pa.Table] = []
        self.reasons: dict[str, int] = {}

    def take(self, item: object, codebook: Codebook) -> None:
        if isinstance(item, Document):
            self._document(item, codebook)
        elif isinstance(item, Report):
            self._rows["reports"].append(_report_row(item))
        elif isinstance(item, Record):
            self._rows["records"].append(_record_row(item))
        elif isinstance(item, Rejected):
            self.reject(item)
        elif isinstance(item, pa.Table):
            self._bulk.append(_as_records(item))
        else:
            raise TypeError(f"a source may not yield {type(item).__name__}")

    def reject(self, item: Rejected) -> None:
        self.reasons[item.reason] = self.reasons.get(item.reason, 0) + 1
        self._rows["set_aside"].append(
            {"source": item.source, "locator": clean(item.locator), "reason": clean(item.reason)}
        )

    def tables(self) -> dict[str, pa.Table]:
        made = {name: _table(name, self._rows[name]) for name in SCHEMAS if name not in _PARTS}
        made["records"] = pa.concat_tables([made["records"], *self._bulk])
        return {name: table for name, table in made.items() if table.num_rows}

    def parts(self) -> dict[str, pa.Table]:
        return {name: _table(name, self._rows[name]) for name in _PARTS}

    def _document(self, item: Document, codebook: Codebook) -> None:
        text = clean(item.text)
        row = len(self._rows["documents"])
        coded = code(
            text,
            lang=item.language,
            sender=item.sender,
            counterpart=item.counterparts,
            kind=item.kind,
            on=item.event_date,
            codebook=codebook,
        )
        self._rows["documents"].append(_document_row(item, text, row))
        self._add_parts(row, coded)

    def _add_parts(self, row: int, coded: Coded) -> None:
        for ordinal, part in enumerate(coded.passages):
            passage = part.passage
            self._rows["passages"].append(
                {
                    "row": row,
                    "ordinal": ordinal,
                    "start_at": passage.start,
                    "end_at": passage.end,
                    "speaker": passage.speaker,
                    "state": passage.state,
                }
            )
            for aimed in part.matches:
                self._rows["matches"].append(
                    {
                        "row": row,
                        "ordinal": ordinal,
                        "code": aimed.match.code,
                        "start_at": aimed.match.start,
                        "end_at": aimed.match.end,
                        "speaker": passage.speaker,
                        "holder": aimed.match.holder,
                        "negated": aimed.match.negated,
                        "targets": list(aimed.targets),
                    }
                )


def _document_row(item: Document, text: str, row: int) -> dict[str, Any]:
    content = f"{text}\x1f{item.event_date}\x1f{item.kind}\x1f{','.join(item.counterparts)}"
    return {
        "row": row,
        "source": item.source,
        "url": clean(item.url),
        "title": clean(item.title),
        "text": text,
        "language": item.language,
        "published": item.published,
        "event_date": item.event_date,
        "event_date_basis": item.event_date_basis,
        "sender": item.sender,
        "counterparts": list(item.counterparts),
        "kind": str(item.kind),
        "length": len(text),
        "content": hashlib.sha256(content.encode()).hexdigest()[:16],
    }


def _report_row(item: Report) -> dict[str, Any]:
    title, lead = clean(item.title), clean(item.lead)
    named = states.mentions(f"{title}\n{lead}", item.language, item.published.date())
    framing = frames.frame(title, lead, [(m.start, m.end, m.iso3) for m in named])
    pairs = sorted({hit.pair for hit in framing.hits if len(hit.pair) == 2})
    tones = {f"{one}-{other}": framing.between(one, other) for one, other in pairs}
    return {
        "source": item.source,
        "url": clean(item.url),
        "outlet": clean(item.outlet),
        "outlet_state": item.outlet_state,
        "published": item.published.replace(tzinfo=None),
        "title": title,
        "lead": lead,
        "language": item.language,
        "states": sorted({m.iso3 for m in named}),
        "warming": [pair for pair, tone in tones.items() if tone > 0],
        "cooling": [pair for pair, tone in tones.items() if tone < 0],
    }


def _record_row(item: Record) -> dict[str, Any]:
    return {
        "source": item.source,
        "kind": item.kind,
        "sender": item.sender,
        "target": item.target,
        "item": item.item,
        "start_date": item.start,
        "end_date": item.end,
        "value": item.value,
        "unit": item.unit,
        "vintage": item.vintage,
        "url": item.url,
        "note": item.note,
    }


def clean(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _as_records(table: pa.Table) -> pa.Table:
    """A bulk table of a source, with the columns of `Record`, as rows of the store."""
    renamed = {"start": "start_date", "end": "end_date"}
    table = table.rename_columns([renamed.get(name, name) for name in table.column_names])
    return table.select(SCHEMAS["records"].names).cast(SCHEMAS["records"])
