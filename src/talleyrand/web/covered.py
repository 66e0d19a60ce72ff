"""How two states were reported: volume and framing, an event hour by hour, what was quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from talleyrand import api_perception, state_names, states
from talleyrand.errors import InputError
from talleyrand.report import coverage as coverage_report
from talleyrand.report import quotes as quotes_report
from talleyrand.report import sheet as sheets
from talleyrand.report import timeline as report
from talleyrand.web.answers import Answer
from talleyrand.web.base import Base

Params = Mapping[str, str]
_STATEMENTS = """
SELECT id, source, kind, sender, event_date::VARCHAR AS day, language FROM documents
WHERE event_date BETWEEN $first AND $last
  AND ((sender = $one AND list_contains(counterparts, $other))
    OR (sender = $other AND list_contains(counterparts, $one)))
ORDER BY event_date, sender, id LIMIT 40
"""


def coverage(base: Base, asked: Params) -> Answer:
    """How much two states were reported together, and how it was framed, by outlet and country."""
    told = api_perception.coverage_in(
        base.store,
        asked["sender"],
        asked["target"],
        since=asked.get("since", ""),
        until=asked.get("until", ""),
    ).to_dict()
    made = coverage_report.sheet(told, state_names.in_coverage(told))
    return Answer(sheets.page(made), told)


def timeline(base: Base, asked: Params) -> Answer:
    """How outlets framed an event between two states, its edits, and the statements beside it."""
    days = _days(asked.get("days", "3"))
    told = api_perception.timeline_in(
        base.store, asked["sender"], asked["target"], at=asked["at"], days=days
    ).to_dict()
    one, other = told["states"]
    day = date.fromisoformat(told["at"][:10])
    near = {"first": day - timedelta(days=1), "last": day + timedelta(days=1)}
    told["statements"] = base.store.rows(_STATEMENTS, one=one, other=other, **near)
    names = state_names.in_timeline(told)
    made = report.sheet(told, names, links=(*_onward(told, names), *_statements(told, base, names)))
    return Answer(sheets.page(made), told)


def quotes(base: Base, asked: Params) -> Answer:
    """What the reports of the days around a statement quote of it."""
    days = _days(asked.get("days", "3"))
    told = api_perception.quotes_of(base.store, asked["id"], days=days).to_dict()
    names = state_names.names_of(state_names.in_quotes(told) & set(states.all_states()))
    made = quotes_report.sheet(told, f"statement {asked['id'][:12]}", names)
    return Answer(sheets.page(made), told)


def _onward(told: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The other answers on the same two states."""
    one, other = told["states"]
    asked = {"sender": one, "target": other, "at": told["at"][:10]}
    back = {**asked, "sender": other, "target": one}
    return [
        (f"/assess?{urlencode(asked)}", f"{names[one]} towards {names[other]} around that day"),
        (f"/assess?{urlencode(back)}", f"{names[other]} towards {names[one]} around that day"),
        (f"/evidence?{urlencode({**asked, 'dimension': 'coverage'})}", "Every month of coverage"),
        (f"/map?{urlencode({'sender': one, 'at': asked['at']})}", "Another dyad, on the map"),
    ]


def _statements(
    told: Mapping[str, Any], base: Base, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The texts of either side of these days, and what was quoted of them where texts are held."""
    links = []
    for row in told["statements"]:
        said = f"{names[row['sender']]}, {row['kind'].replace('_', ' ')} of {row['day']}"
        links.append((f"/statement?{urlencode({'id': row['id']})}", f"{said}: codes in place"))
        if base.has_texts:
            asked = urlencode({"id": row["id"], "days": told["days"]})
            links.append((f"/quotes?{asked}", f"{said}: what the reports quote of it"))
    return links


def _days(text: str) -> int:
    if not re.fullmatch(r"[1-9]|[1-5]\d|60", text, re.ASCII):
        raise InputError(f"the days on either side are from 1 to 60, not {text[:40]!r}")
    return int(text)
