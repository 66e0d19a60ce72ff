"""The pages that only `talleyrand serve` has: start, points, passages, one statement, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from talleyrand.report import html, words

Json = Mapping[str, Any]
_STATES = {"both": "both sides", "journalist": "a journalist", "other": "others",
           "narrator": "the narrator"}  # fmt: skip
_MOST_RECENT = 8


def start(told: Json) -> str:
    """The first page: recent read-outs, and who speaks of whom on how many texts."""
    names, by = told["names"], {(d["sender"], d["target"]): d for d in told["dyads"]}
    rows = [
        {
            "sender": sender,
            "name": names.get(sender, sender),
            "cells": [_cell(by.get((sender, target)), target, names) for target in told["targets"]],
        }
        for sender in told["senders"]
    ]
    return html.served_page(
        "start.html",
        rows=rows,
        targets=[(iso3, names.get(iso3, iso3)) for iso3 in told["targets"]],
        recent=[_recent(one, names) for one in told["recent"][:_MOST_RECENT]],
        reports=told["reports"],
        provenance=words.provenance_of(told["casebook"]),
    )


def points(told: Json, names: Mapping[str, str]) -> str:
    """Every point of a series, newest first, with the evidence of its period."""
    unit = told["unit"]
    rows = [
        {
            **one,
            "when": _when(one["date"], told["cadence"]),
            "figure": _figure(one["value"]),
            "spread": _figure(one["se"]) if one["se"] is not None else "–",
            "count": "unknown" if one["n"] is None else f"{one['n']:g}",
            "evidence": [_piece(piece) for piece in one["evidence"]],
            "more": one["evidence_total"] - len(one["evidence"]),
        }
        for one in reversed(told["points"])
    ]
    parties = [names.get(told[side], told[side]) for side in ("sender", "target")]
    return html.served_page(
        "points.html",
        title=" towards ".join(parties),
        dimension=told["dimension"],
        about=told["title"],
        at=words.long_date(date.fromisoformat(told["at"])),
        outcome=told["outcome"],
        sign={"SHIFT": "◆", "STEADY": "="}.get(told["outcome"], "?"),
        reason=told["reason"],
        note=told["note"],
        unit=words.unit_words(unit),
        rows=rows,
        provenance=words.provenance_of(told["casebook"]),
    )


def hits(told: Json, query: str) -> str:
    """Passages found, with the words in place where the store has texts."""
    rows = [
        {**one, "link": html.link(one["url"]), "who": _who(one), "lang": one["language"]}
        for one in told["hits"]
    ]
    return html.served_page(
        "hits.html",
        told=told,
        rows=rows,
        query=query,
        provenance=words.provenance_of({**told, "location": ""}),
    )


def statement(told: Json, stretches: Sequence[Json]) -> str:
    """One text: its speakers in order, its codes marked where they stand."""
    blocks: list[dict[str, Any]] = []
    for one in stretches:
        if not blocks or blocks[-1]["passage"] != one["passage"]:
            blocks.append({"passage": one["passage"], "who": _speaker(told, one), "parts": []})
        codes = [_code(told["codes"][i], i) for i in one["codes"]]
        blocks[-1]["parts"].append({"text": one["text"], "codes": codes})
    shown = [b for b in blocks if any(part["text"].strip() for part in b["parts"])]
    return html.served_page(
        "statement.html",
        told=told,
        title=told["title"] or f"{told['kind'].replace('_', ' ')} of {told['event_date']}",
        link=html.link(told["url"]),
        blocks=shown,
        codes=[{**_code(one, i), **one} for i, one in enumerate(told["codes"])],
        provenance=words.provenance_of(told["casebook"]),
    )


def claims(told: Json) -> str:
    """The files of claims there are."""
    return html.served_page("claims.html", files=told["files"])


def listing(title: str, told: Sequence[Json], base: Json) -> str:
    """Plain values, a card a row; each row has a name."""
    rows = [
        {
            "name": row["name"],
            "cells": [
                {"name": name.replace("_", " "), "text": _plain(value),
                 "link": html.link(value) if isinstance(value, str) else None}
                for name, value in row.items() if name != "name" and value
            ],
        }
        for row in told
    ]  # fmt: skip
    return html.served_page(
        "listing.html",
        title=title,
        headline=f"{len(told)} {title.lower()}.",
        rows=rows,
        provenance=words.provenance_of(base),
    )


def trouble(title: str, message: str) -> str:
    """What went wrong, and what to do next."""
    return html.served_page("trouble.html", title=title, message=message)


def _cell(found: Json | None, target: str, names: Mapping[str, str]) -> dict[str, Any]:
    if not found:
        return {"target": target, "texts": 0}
    depth = next(i for i, most in enumerate((10, 40, 160, 10**9)) if found["texts"] < most)
    parties = f"{names.get(found['sender'], found['sender'])} on {names.get(target, target)}"
    told = f"{parties}: {found['texts']:,} texts, {found['first'][:7]} to {found['last'][:7]}"
    return {"target": target, "texts": found["texts"], "depth": depth, "told": told,
            "last": found["last"]}  # fmt: skip


def _recent(one: Json, names: Mapping[str, str]) -> dict[str, Any]:
    return {**one, "target": one["counterparts"][0],
            "parties": f"{names.get(one['sender'], one['sender'])} and "
            + ", ".join(names.get(iso3, iso3) for iso3 in one["counterparts"])}  # fmt: skip


def _piece(one: Json) -> dict[str, Any]:
    shown = one["url"].removeprefix("https://").removeprefix("http://")
    shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
    return {**one, "link": html.link(one["url"]), "shown": shown, "figure": _figure(one["value"]),
            "lang": words.script_language(one["quote"] or "")}  # fmt: skip


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    size = abs(value)
    return words.scale_for(size or 1.0, size / 10 or 1.0).unsigned(value).replace("-", "−")


def _when(day: str, cadence: str) -> str:
    if cadence == "year":
        return day[:4]
    then = date.fromisoformat(day)
    return words.month_year(then) if cadence == "month" else words.short_date(then)


def _who(one: Json) -> str:
    state = _STATES.get(str(one["holder"])) or str(one["holder"])
    return f"{one['speaker']} ({state})" if one["speaker"] else state


def _speaker(told: Json, one: Json) -> str:
    if one["passage"] is None:
        return ""
    said = told["passages"][one["passage"]]
    state = _STATES.get(str(said["state"])) or str(said["state"])
    return f"{said['speaker']} ({state})" if said["speaker"] else state


def _code(one: Json, place: int) -> dict[str, Any]:
    holder = _STATES.get(one["holder"], one["holder"])
    told = f"{one['code']}, of {holder}" + (", denied" if one["negated"] else "")
    aimed = f", towards {', '.join(one['targets'])}" if one["targets"] else ""
    return {"place": place, "name": one["code"], "told": told + aimed}


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)
