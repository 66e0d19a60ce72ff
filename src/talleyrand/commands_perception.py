"""What the commands on perception do: arguments in, a sheet on the terminal, as JSON or a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from talleyrand.commands import evidence_base
from talleyrand.commands_structure import _shown


def quotes(options: argparse.Namespace) -> int:
    from talleyrand import api_perception, state_names
    from talleyrand.report import quotes as report

    asked = {
        "sender": options.sender,
        "counterpart": options.counterpart,
        "lang": options.lang,
        "kind": options.kind,
        "on": options.on,
        "translation": options.translation,
        "codebook": [Path(path) for path in options.codebook],
    }
    coverage = [Path(path) for path in options.coverage]
    if options.reports is None:
        answer = api_perception.quotes(Path(options.statement), coverage, **asked)
    else:
        with evidence_base(options) as store:
            answer = api_perception.quotes_in(
                store, Path(options.statement), coverage, reports=options.reports, **asked
            )
    told = answer.to_dict()
    known = (iso3 for iso3 in state_names.in_quotes(told) if len(iso3) == 3 and iso3.isupper())
    names = state_names.names_of(known)
    return _shown(options, told, report.sheet(told, Path(options.statement).name, names))


def timeline(options: argparse.Namespace) -> int:
    from talleyrand import api_perception, state_names
    from talleyrand.report import timeline as report

    with evidence_base(options) as store:
        answer = api_perception.timeline_in(
            store, options.one, options.other, at=options.at, days=options.days
        )
    told = answer.to_dict()
    return _shown(options, told, report.sheet(told, state_names.in_timeline(told)))


def edits(options: argparse.Namespace) -> int:
    from talleyrand import api_perception, states
    from talleyrand.report import timeline as report

    with evidence_base(options) as store:
        found = api_perception.edits_in(
            store, options.one, options.other, since=options.since, until=options.until
        )
    told = [edit.to_dict() for edit in found]
    names = tuple(states.name(states.resolve(name)) for name in (options.one, options.other))
    return _shown(options, told, report.edits_sheet(told, names, options.since, options.until))


def coverage(options: argparse.Namespace) -> int:
    from talleyrand import api_perception, state_names
    from talleyrand.report import coverage as report

    with evidence_base(options) as store:
        answer = api_perception.coverage_in(
            store, options.one, options.other, since=options.since, until=options.until
        )
    told = answer.to_dict()
    return _shown(options, told, report.sheet(told, state_names.in_coverage(told)))
