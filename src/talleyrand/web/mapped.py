"""The map on which a dyad is chosen: who acts, then towards whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from talleyrand import pipeline, states
from talleyrand.report import map as report
from talleyrand.web.answers import Answer
from talleyrand.web.base import Base


def dyads(base: Base, asked: Mapping[str, str]) -> Answer:
    """Every state with what is on record of it, or of the dyad with the one chosen to act."""
    record = base.on_record()
    sender = states.resolve(asked["sender"]) if "sender" in asked else ""
    at = pipeline.as_date(asked["at"]).isoformat() if "at" in asked else ""
    held: dict[str, dict[str, Any]] = {}
    for row in record["dyads"]:
        if sender in ("", row["sender"]):
            _add(held, row["target" if sender else "sender"], row)
    known = {*report.capitals(), *held} & set(record["names"]) - {sender}
    nothing = {"texts": 0, "first": "", "last": ""}
    told = {
        "sender": sender,
        "at": at,
        "states": [{"iso3": iso3, **held.get(iso3, nothing)} for iso3 in sorted(known)],
        "names": {iso3: record["names"][iso3] for iso3 in sorted(known | ({sender} - {""}))},
        "casebook": record["casebook"],
    }
    return Answer(report.page(told), told)


def _add(held: dict[str, dict[str, Any]], iso3: str, row: Mapping[str, Any]) -> None:
    """One dyad more that a state has texts of."""
    old = held.get(iso3, {"texts": 0, "first": row["first"], "last": row["last"]})
    held[iso3] = {
        "texts": old["texts"] + row["texts"],
        "first": min(old["first"], row["first"]),
        "last": max(old["last"], row["last"]),
    }
