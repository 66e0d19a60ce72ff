"""What the commands on event data at scale do."""

from __future__ import annotations

import argparse

from talleyrand.commands import _colour, _print_json, _say, _width, _write


def reduce(options: argparse.Namespace) -> int:
    from talleyrand import api_events
    from talleyrand.report import events as report
    from talleyrand.report import sheet

    told = api_events.reduce(options.files, options.out, memory=options.memory).to_dict()
    if options.json:
        _print_json(told)
    else:
        made = report.reduced(told, options.out)
        _say(sheet.render(made, width=_width(), colour=_colour()))
    return 0


def events(options: argparse.Namespace) -> int:
    from talleyrand import api_events, states
    from talleyrand.report import events as report
    from talleyrand.report import sheet

    sender, target = states.resolve(options.sender), states.resolve(options.target)
    ask, show = {"class": (api_events.event_series, report.series),
                 "plover": (api_events.event_types, report.types)}[options.by]  # fmt: skip
    months = ask(options.folder, sender, target, press=options.press)
    told = {"sender": sender, "target": target, "press": options.press,
            "folder": options.folder, "months": months}  # fmt: skip
    made = show(told, {iso3: states.name(iso3) for iso3 in (sender, target)})
    if options.html:
        _write(options.html, sheet.page(made))
    if options.json:
        _print_json(told)
        return 0
    _say(sheet.render(made, width=_width(), colour=_colour()))
    return 0
