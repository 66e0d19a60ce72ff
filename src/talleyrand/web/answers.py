"""What each tab answers: a store and what is asked in, a page and its plain values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from talleyrand import api, api_structure, provenance, registry, state_names
from talleyrand.errors import InputError
from talleyrand.model import Casebook
from talleyrand.report import pages
from talleyrand.report import sheet as sheets
from talleyrand.store import Store
from talleyrand.web.base import Base

Params = Mapping[str, str]
PER_PAGE = 50
_PLACED = ("page", "sender", "target", "dimension")
MOST_PAGES = 40  # beyond them a question is to be narrowed; a deep page costs all before it


@dataclass(frozen=True, slots=True)
class Answer:
    """A page, and the same as the values of the JSON contract."""

    page: str
    told: Any


def start(base: Base) -> Answer:
    """The first page: a form, recent examples, and what is on record of whom."""
    told = base.on_record()
    return Answer(pages.start(told), told)


def assess(base: Base, asked: Params) -> Answer:
    """Position against perception of a dyad at a date."""
    months = asked.get("window", "12mo")
    found = api.verdict(base.store, asked["sender"], asked["target"], asked["at"], months)
    again = {"sender": found.sender, "target": found.target, "at": found.at.isoformat()}
    again |= {"window": months} if "window" in asked else {}
    return Answer(found.to_html(served=urlencode(again)), found.to_dict())


def evidence(base: Base, asked: Params) -> Answer:
    """The points of a dimension with what is behind each, or passages found."""
    if "dimension" in asked:
        return _points(base.store, asked)
    place = _number(asked.get("page", "1"))
    wanted: dict[str, Any] = {k: v for k, v in asked.items() if k not in _PLACED}
    if "at" not in wanted:
        wanted.pop("window", None)
    found = api.evidence_in(
        base.store, asked.get("sender"), asked.get("target"), limit=place * PER_PAGE, **wanted
    )
    told = found.to_dict()
    told["hits"] = told["hits"][(place - 1) * PER_PAGE :]
    told |= {
        "shown": len(told["hits"]),
        "page": place,
        "of": min(-(-told["total"] // PER_PAGE), MOST_PAGES),
    }
    more = {k: v for k, v in asked.items() if k != "page"}
    return Answer(pages.hits(told, urlencode(more)), told)


def _points(store: Store, asked: Params) -> Answer:
    """Every point of one dimension's series, with its value and the evidence of its period."""
    from talleyrand.points import ask

    for name in ("sender", "target", "at"):
        if name not in asked:
            raise InputError(f"the points of a dimension need {name}=... beside dimension=...")
    parties = (asked["sender"], asked["target"])
    told = ask(store, asked["dimension"], *parties, asked["at"], asked.get("window", "12mo"))
    told["casebook"] = provenance.told(Casebook(store.origin, store.built, store.location))
    names = state_names.in_trade(told)
    return Answer(pages.points(told, names), told)


def statement(base: Base, asked: Params) -> Answer:
    """One text with its speakers and codes."""
    from talleyrand.statement import read, stretches

    told = read(base.store, asked["id"]).to_dict()
    return Answer(pages.statement(told, stretches(told)), told)


def silence(base: Base, asked: Params) -> Answer:
    """Whether an omission is news."""
    from talleyrand.report import silence as report

    found = api.silence_in(
        base.store, asked["sender"], asked["target"], asked["code"], asked["at"], asked.get("since")
    )
    told = found.to_dict()
    return Answer(report.page(told, state_names.in_silence(told)), told)


def exposure(base: Base, asked: Params) -> Answer:
    """Who would be hit by sanctions that spread."""
    from talleyrand.report import exposure as report

    assumed: dict[str, Any] = {n: asked[n] for n in ("by", "rounds") if n in asked}
    assumed |= {n: _figure(n, asked[n]) for n in ("substitution", "threshold") if n in asked}
    told = api_structure.exposure_in(base.store, asked["target"], **assumed).to_dict()
    made = report.sheet(told, state_names.in_exposure(told))
    return Answer(sheets.page(made), told)


def trade(base: Base, asked: Params) -> Answer:
    """What two states trade."""
    from talleyrand.report import trade as report

    told = api_structure.trade_in(
        base.store, asked["sender"], asked["target"], asked["since"], asked["until"]
    ).to_dict()
    names = state_names.in_trade(told)
    return Answer(sheets.page(report.sheet(told, names)), told)


def claims(base: Base, asked: Params) -> Answer:
    """The files of claims there are, or one of them put to the records."""
    from talleyrand.report import claims as report

    if "file" not in asked:
        told: Any = {"files": sorted(base.claims)}
        return Answer(pages.claims(told), told)
    path = base.claims.get(asked["file"])
    if path is None:
        known = ", ".join(sorted(base.claims)) or "none; start with --claims FOLDER"
        raise InputError(f"no file of claims {asked['file']!r}; there are {known}")
    only = [asked["only"]] if "only" in asked else []
    try:
        found = [one.to_dict() for one in api_structure.check_in(base.store, path, only)]
    except InputError as error:  # where the file lies is nobody's business
        raise InputError(str(error).replace(str(path), path.name)) from error
    return Answer(sheets.page(report.sheet(found, path.name, base.about())), found)


def dimensions(base: Base, asked: Params) -> Answer:
    """What is measured, in which unit, and the smallest change worth naming."""
    told = [
        {"name": d.name, "side": d.side, "title": d.title, "unit": d.unit, "margin": d.margin,
         "margin_why": d.margin_why, "more_means": d.more_means, "sources": list(d.sources)}
        for d in registry.DIMENSIONS
    ]  # fmt: skip
    return Answer(pages.listing("Dimensions", told, base.about()), told)


def sources(base: Base, asked: Params) -> Answer:
    """Where records come from, under which licence, and their known defects."""
    told = [
        {"name": s.name, "title": s.title, "brings": s.brings, "licence": s.licence,
         "homepage": s.homepage, "defects": list(s.defects)}
        for s in registry.SOURCES
    ]  # fmt: skip
    return Answer(pages.listing("Sources", told, base.about()), told)


def _number(text: str) -> int:
    digits = text.isascii() and text.isdecimal() and len(text) < 10
    if not (digits and 1 <= int(text) <= MOST_PAGES):
        raise InputError(
            f"the page is a number from 1 to {MOST_PAGES}, not {text[:40]!r}; for what lies beyond"
            " ask for a shorter period, or use: talleyrand evidence --limit 0"
        )
    return int(text)


def _figure(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"{name} is a number, not {text[:40]!r}") from error
