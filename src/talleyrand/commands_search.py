"""The commands that look into the texts: `evidence`, and the histories of `codebook`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from talleyrand import commands
from talleyrand.commands import _colour, _print_json, _say, _width, evidence_base
from talleyrand.errors import InputError
from talleyrand.model import Evidence

_SEARCHES = ("text", "speaker", "since", "until", "kind", "source", "csv")


def evidence(options: argparse.Namespace) -> int:
    """The documents and rows behind an answer, or, with anything to look for, passages."""
    sender = _one(options.sender, options.sender_named, "sender")
    target = _one(options.target, options.target_named, "target")
    looking = bool(options.code) or any(getattr(options, name) for name in _SEARCHES)
    if options.dimension and looking:
        raise InputError("--dimension shows what is behind an answer; leave out what to look for")
    if options.at and not looking and sender and target:
        return _behind(options, sender, target)
    if options.dimension:
        raise InputError("--dimension needs a sender, a target and --at DATE")
    return _found(options, sender, target)


def codebook(options: argparse.Namespace) -> int:
    """The codes, or with --history the use of one over time."""
    if not options.history:
        return commands.codebook(options)
    if options.name or not 2 <= len(options.history) <= 3:
        raise InputError("write it as: talleyrand codebook --history CODE SENDER [TARGET]")
    from talleyrand import api
    from talleyrand.report import as_json, uses

    code, sender, target = (*options.history, None)[:3]
    with evidence_base(options) as store:
        told = api.history_in(store, code, sender, target, **_texts(options))
    answer = told.to_dict()
    if options.json:
        print(as_json.dumps(answer))
    else:
        _say(
            uses.render(answer, width=_width(), colour=_colour()),
        )
    return 0


def _found(options: argparse.Namespace, sender: str | None, target: str | None) -> int:
    from talleyrand import api
    from talleyrand.report import as_json, hits

    if options.limit < 0:
        raise InputError("--limit is a number of hits, or 0 for all")
    with evidence_base(options) as store:
        found = api.evidence_in(
            store,
            sender,
            target,
            code=options.code,
            text=options.text,
            speaker=options.speaker,
            at=options.at,
            window=options.window,
            limit=options.limit or None,
            **_texts(options),
        )
    answer = found.to_dict()
    if options.json:
        print(as_json.dumps(answer))
    elif options.csv:
        _say(hits.as_csv(answer["hits"]))
    else:
        _say(hits.render(answer, width=_width(), colour=_colour()))
    return 0


def _behind(options: argparse.Namespace, sender: str, target: str) -> int:
    """The documents and rows behind an answer of `assess`, by dimension."""
    from talleyrand import pipeline, registry
    from talleyrand.report import tables

    names = [d.name for d in registry.DIMENSIONS]
    if options.dimension and options.dimension not in names:
        raise InputError(f"no dimension {options.dimension!r}; there are {', '.join(names)}")
    with evidence_base(options) as store:
        answer = pipeline.assess(store, sender, target, options.at, options.window)
    chosen = [j for j in answer.judged if options.dimension in (None, j.name)]
    if not chosen:
        raise InputError(f"{options.dimension} is not measured of this target")
    if options.json:
        _print_json({j.name: [_entry(e) for e in j.series.evidence] for j in chosen})
        return 0
    for judged in chosen:
        rows = [_entry(e) for e in judged.series.evidence]
        title = f"{judged.name}: {len(rows)} pieces of evidence"
        columns = ("date", "value", "quote", "url")
        _say(tables.render(title, columns, rows, width=_width()))
    return 0


def _one(placed: str | None, named: str | None, what: str) -> str | None:
    """A state given by its place or by its option, not by both."""
    if placed and named:
        raise InputError(f"the {what} is given twice: {placed!r} and {named!r}; leave one out")
    return placed or named


def _texts(options: argparse.Namespace) -> dict[str, Any]:
    """Which texts are looked at, and in which codebook codes are looked up."""
    names = ("since", "until", "kind", "source")
    chosen: dict[str, Any] = {name: getattr(options, name) for name in names}
    return {**chosen, "codebook": [Path(path) for path in options.codebook]}


def _entry(entry: Evidence) -> dict[str, Any]:
    return {"id": entry.id, "url": entry.url, "date": entry.date.isoformat(),
            "value": entry.value, "quote": entry.quote}  # fmt: skip
