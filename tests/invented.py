"""An invented store for tests: rows in the form of the real ones, with nothing real in them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from talleyrand.rows import SCHEMAS
from talleyrand.store import Store, open_store


def months(count: int, start: date = date(2021, 9, 1)) -> list[date]:
    """The first days of so many months."""
    index = start.year * 12 + start.month - 1
    return [date((index + i) // 12, (index + i) % 12 + 1, 1) for i in range(count)]


def document(day: date, row: int, **changes: Any) -> dict[str, Any]:
    base = {
        "row": row,
        "source": "cctv",
        "url": f"https://example.org/{row}",
        "title": f"Invented {row}",
        "text": "invented",
        "language": "zh",
        "published": day,
        "event_date": day,
        "event_date_basis": "text",
        "sender": "CHN",
        "counterparts": ["RUS"],
        "kind": "call",
        "length": 8,
        "content": str(row),
    }
    return {**base, **changes}


def match(row: int, code: str, **changes: Any) -> dict[str, Any]:
    base = {
        "row": row,
        "ordinal": 0,
        "start_at": 0,
        "end_at": 2,
        "code": code,
        "speaker": "invented",
        "holder": "CHN",
        "negated": False,
        "targets": ["RUS"],
    }
    return {**base, **changes}


def report(day: date, number: int, tone: float, outlet: str = "Invented Times") -> dict[str, Any]:
    return {
        "source": "headlines",
        "url": f"https://example.org/{outlet}/{number}",
        "outlet": outlet,
        "outlet_state": "GBR",
        "published": datetime(day.year, day.month, day.day),  # noqa: DTZ001
        "title": f"Invented headline {number}",
        "lead": "",
        "language": "en",
        "states": ["CHN", "RUS"],
        "warming": ["CHN-RUS"] if tone > 0 else [],
        "cooling": ["CHN-RUS"] if tone < 0 else [],
        "acts": [f"CHN>RUS{'+' if tone > 0 else '-' if tone else '0'}"],
    }


def record(kind: str, day: date, value: float, **changes: Any) -> dict[str, Any]:
    base = {
        "source": "china_customs",
        "kind": kind,
        "sender": "CHN",
        "target": "RUS",
        "item": "",
        "start_date": day,
        "end_date": day,
        "value": value,
        "unit": "USD",
        "vintage": "first_release",
        "url": "https://example.org/customs",
        "note": "",
    }
    return {**base, **changes}


def fill(store: Store, **tables: list[dict[str, Any]]) -> None:
    """Add rows to the tables named."""
    arrow = {n: pa.Table.from_pylist(rows, schema=SCHEMAS[n]) for n, rows in tables.items()}
    empty = {n: pa.Table.from_pylist([], schema=SCHEMAS[n]) for n in ("passages", "matches")}
    parts = {n: arrow.pop(n, empty[n]) for n in ("passages", "matches")}
    with store.transaction():
        for name, table in arrow.items():
            store.add(name, table, parts if name == "documents" else None)


def samarkand(path: Path) -> Path:
    """A store in which words and contacts hold, trade rises and coverage turns in Sept. 2022."""
    documents, matches, reports = [], [], []
    for i, month in enumerate(months(24)):
        for j in range(14):
            row = 100 * i + j
            kind = ("call", "other")[j % 2]
            documents.append(document(month + timedelta(days=j), row, kind=kind))
            matches += [match(row, "strategic_partnership")] * (3 + (i + j) % 2)
            matches.append(match(row, "sovereignty_territorial_integrity"))
        documents += [
            document(
                month + timedelta(days=14 + k), 100 * i + 14 + k, counterparts=[], kind="other"
            )
            for k in range(6)
        ]
        tones = (1, 0, -1, 0) if i < 12 else (-1, -1, 0, -1)
        reports += [report(month + timedelta(days=k), 100 * i + k, tones[k % 4]) for k in range(12)]
    trade = [
        record("total_trade_ytd", date(m.year, m.month, 28), 1e9 * m.month * (1 + 0.3 * (i >= 12)))
        for i, m in enumerate(months(24))
    ]
    with open_store(path) as store:
        fill(store, documents=documents, matches=matches, reports=reports, records=trade)
        store.set_meta("built", "2026-01-01")
    return path
