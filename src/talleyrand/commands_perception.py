"""What the commands on perception do: arguments in, a sheet on the terminal, as JSON or a page."""

from __future__ import annotations

import argparse
from pathlib import Path

from talleyrand.commands import evidence_base
from talleyrand.commands_structure import _shown


def quotes(options: argparse.Namespace) -> int:
    from talleyrand import api_perception, states
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
    known = {one["mouth"] for one in told["quotations"]} | {
        *told["parties"],
        *(one["state"] for one in told["sentences"]),
        *(one["outlet_state"] for one in told["articles"]),
    }
    names = {iso3: states.name(iso3) for iso3 in known if len(iso3) == 3 and iso3.isupper()}
    return _shown(options, told, report.sheet(told, Path(options.statement).name, names))
