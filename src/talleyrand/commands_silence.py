"""What `talleyrand silence` does: arguments in, an answer on the terminal, as JSON or as a page."""

from __future__ import annotations

import argparse

from talleyrand.commands import _colour, _say, _width, _write, evidence_base


def silence(options: argparse.Namespace) -> int:
    from talleyrand import api, state_names
    from talleyrand.report import as_json
    from talleyrand.report import silence as report

    with evidence_base(options) as store:
        answer = api.silence_in(
            store, options.sender, options.target, options.code, options.at, options.since
        )
    told = answer.to_dict()
    names = state_names.in_silence(told)
    if options.html:
        _write(options.html, report.page(told, names))
    if options.json:
        print(as_json.dumps(told))
        return 0
    _say(report.render(told, names, width=_width(), colour=_colour()))
    if options.html:
        print(f"\n  page written to {options.html}")
    return 0
