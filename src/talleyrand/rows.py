"""Parsed values as rows of the store: documents coded, reports framed, all as Arrow tables."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from talleyrand import frames, framing_rows
from talleyrand.codebook import Codebook
from talleyrand.coding import Coded, code
from talleyrand.fingerprint import CODER, fingerprint
from talleyrand.model import Document, Record, Rejected, Report

_TEXTS = pa.list_(pa.string())
_DAY = pa.date32()
_PARTS = ("passages", "matches")
MOST_CHARACTERS = 2_000_000  # of one text: the longest read so far has 232,480
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)


def _schema(texts: str, **others: pa.DataType) -> pa.Schema:
    """A schema with these text columns, in order, and then the others."""
    return pa.schema([(name, pa.string()) for name in texts.split()] + list(others.items()))


SCHEMAS: dict[str, pa.Schema] = {
    "documents": _schema(
        "source url title text language event_date_basis sender kind content coder piece",
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
        "source kind sender target item unit vintage url note piece",
        start_date=_DAY,
        end_date=_DAY,
        value=pa.float64(),
    ),
    "reports": _schema(
        "source url outlet outlet_state title lead language content coder piece",
        published=pa.timestamp("us"),
        states=_TEXTS,
        warming=_TEXTS,
        cooling=_TEXTS,
        acts=_TEXTS,
        until=pa.timestamp("us"),
        title_tone=pa.int8(),
        lead_tone=pa.int8(),
    ),
    "set_aside": _schema("source locator reason piece"),
}


def coder(codebook: Codebook) -> str:
    """What a document is coded with: the codebook's version and that of the code itself."""
    return f"{codebook.version}-{fingerprint(*CODER)}"


class Rows:
    """Rows of one batch, collected by table.

    `piece` is the digest of what is being read; every row is marked with it.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in ("documents", "passages", "matches", "records", "reports", "set_aside")
        }
        self._framed: list[framing_rows.Framed] = []
        self._bulk: list[pa.Table] = []
        self.reasons: dict[str, int] = {}
        self.items = 0
        self.piece = ""

    def take(self, item: object, codebook: Codebook) -> None:
        """Add what a source yielded; what no store should hold is set aside."""
        if isinstance(item, Rejected):
            self.reject(item)
        elif isinstance(item, pa.Table):
            self._bulk.append(_as_records(item, self.piece))
            self.items += item.num_rows
        elif isinstance(item, Document | Record | Report):
            reason = _improper(item)
            if reason:
                self.reject(Rejected(item.source, _locator(item), reason))
            else:
                self._take(item, codebook)
                self.items += 1
        else:
            raise TypeError(f"a source may not yield {type(item).__name__}")

    def _take(self, item: Document | Record | Report, codebook: Codebook) -> None:
        if isinstance(item, Document):
            self._document(item, codebook)
        elif isinstance(item, Report):
            row, framed = _report_row(item, self.piece)
            self._rows["reports"].append(row)
            self._framed.append(framed)
        else:
            self._rows["records"].append(_record_row(item, self.piece))

    def reject(self, item: Rejected) -> None:
        self.reasons[item.reason] = self.reasons.get(item.reason, 0) + 1
        self._rows["set_aside"].append({
            "source": item.source,
            "locator": clean(item.locator),
            "reason": clean(item.reason),
            "piece": self.piece,
        })  # fmt: skip

    def tables(self) -> dict[str, pa.Table]:
        self._judge()
        made = {name: _table(name, self._rows[name]) for name in SCHEMAS if name not in _PARTS}
        made["records"] = pa.concat_tables([made["records"], *self._bulk])
        return {name: table for name, table in made.items() if table.num_rows}

    def _judge(self) -> None:
        """Frame all reports at once, which is many times faster than one by one."""
        judged = framing_rows.judged(self._framed)
        for row, found in zip(self._rows["reports"], judged, strict=True):
            row["states"] = list(found.states)
            row["warming"] = sorted(pair for pair, tone in found.tones.items() if tone > 0)
            row["cooling"] = sorted(pair for pair, tone in found.tones.items() if tone < 0)
            row["acts"] = list(found.acts)

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
        self._rows["documents"].append(
            {"row": row, "coder": coder(codebook), "piece": self.piece, **_document_row(item, text)}
        )
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


def _improper(item: Document | Record | Report) -> str:
    """Why no store should hold this; empty where it may."""
    if isinstance(item, Record):
        first, last = item.start, item.end
        if not math.isfinite(item.value):
            return "a value that is no number"
    elif isinstance(item, Document):
        first, last = sorted((item.published, item.event_date))
        if len(item.text) > MOST_CHARACTERS:
            return f"a text of more than {MOST_CHARACTERS:,} characters"
    else:
        first = last = item.published.date()
    if not (_FIRST_DAY <= first <= last < _LAST_DAY):
        return "a date that is not of our time"
    return ""


def _locator(item: Document | Record | Report) -> str:
    if isinstance(item, Record):
        return f"{item.kind} {item.sender} {item.target} {item.item} {item.end}"
    return item.url


def _document_row(item: Document, text: str) -> dict[str, Any]:
    content = (text, item.language, item.event_date, item.event_date_basis, item.sender, item.kind)
    return {
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
        "content": _hash(*content, *item.counterparts),
    }


def _hash(*content: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:16]


def _report_row(item: Report, piece: str) -> tuple[dict[str, Any], framing_rows.Framed]:
    """The row, but for how it frames, and what is needed to tell that."""
    item = replace(item, title=clean(item.title), lead=clean(item.lead))
    row = {
        "source": item.source,
        "url": clean(item.url),
        "outlet": clean(item.outlet),
        "outlet_state": item.outlet_state,
        "published": item.published.replace(tzinfo=None),
        "title": item.title,
        "lead": item.lead,
        "language": item.language,
        "until": item.until.replace(tzinfo=None) if item.until else None,
        "title_tone": frames.frame(item.title).tone,
        "lead_tone": frames.frame(item.lead).tone,
        "content": _hash(item.lead, item.published, item.until, item.outlet_state, item.language),
        "coder": fingerprint(*CODER),
        "piece": piece,
    }
    return row, framing_rows.read(item)


def _record_row(item: Record, piece: str) -> dict[str, Any]:
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
        "piece": piece,
    }


def clean(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _as_records(table: pa.Table, piece: str) -> pa.Table:
    """A bulk table of a source, with the columns of `Record`, as rows of the store."""
    renamed = {"start": "start_date", "end": "end_date"}
    table = table.rename_columns([renamed.get(name, name) for name in table.column_names])
    table = table.append_column("piece", pa.repeat(piece, table.num_rows))
    return table.select(SCHEMAS["records"].names).cast(SCHEMAS["records"])
