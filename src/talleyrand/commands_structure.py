"""What the commands on structure do: arguments in, a sheet on the terminal, as JSON or a page."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from talleyrand.commands import _colour, _say, _width, _write, evidence_base


def exposure(options: argparse.Namespace) -> int:
    from talleyrand import api_structure, state_names
    from talleyrand.report import exposure as report

    with evidence_base(options) as store:
        answer = api_structure.exposure_in(
            store,
            options.target,
            by=options.by,
            substitution=options.substitution,
            threshold=options.threshold,
            rounds=options.rounds,
        )
    told = answer.to_dict()
    return _shown(options, told, report.sheet(told, state_names.in_exposure(told)))


def trade(options: argparse.Namespace) -> int:
    from talleyrand import api_structure, state_names
    from talleyrand.report import trade as report

    with evidence_base(options) as store:
        answer = api_structure.trade_in(
            store, options.sender, options.target, options.since, options.until
        )
    told = answer.to_dict()
    names = state_names.in_trade(told)
    return _shown(options, told, report.sheet(told, names))


def arena(options: argparse.Namespace) -> int:
    from talleyrand import api_arena, state_names
    from talleyrand.report import arena as report

    with evidence_base(options) as store:
        answer = api_arena.arena_in(
            store,
            options.one,
            options.other,
            within=options.within,
            since=options.since,
            until=options.until,
        )
    told = answer.to_dict()
    known = (told["one"], told["other"], *told["within"])
    return _shown(options, told, report.sheet(told, state_names.names_of(known)))


def check(options: argparse.Namespace) -> int:
    from pathlib import Path

    from talleyrand import api_structure, provenance
    from talleyrand.model import Casebook
    from talleyrand.report import claims as report

    with evidence_base(options) as store:
        found = api_structure.check_in(store, Path(options.claims), options.only)
        base = provenance.told(Casebook(store.origin, store.built, store.location))
    told = [one.to_dict() for one in found]
    return _shown(options, told, report.sheet(told, Path(options.claims).name, base))


def _shown(options: argparse.Namespace, told: Mapping[str, Any] | list[Any], sheet: Any) -> int:
    """The answer in the form asked for."""
    from talleyrand.report import as_json
    from talleyrand.report import sheet as report

    if options.html:
        _write(options.html, report.page(sheet))
    if options.json:
        print(as_json.dumps(told))
        return 0
    _say(report.render(sheet, width=_width(), colour=_colour()))
    if options.html:
        print(f"\n  page written to {options.html}")
    return 0
