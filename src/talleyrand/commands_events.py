"""What the commands on event data and texts at scale do."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from talleyrand.commands import _colour, _print_json, _say, _width, _write
from talleyrand.errors import FetchError, InputError


def reduce(options: argparse.Namespace) -> int:
    from talleyrand import api_events
    from talleyrand.report import events as report
    from talleyrand.report import sheet

    if options.print_sql:
        _say(
            api_events.reduction_sql(options.print_sql, layout=options.layout, table=options.table)
        )
        return 0
    if not options.out:
        raise InputError("say where the series are to be kept: --out FOLDER")
    if options.files and (options.since or options.latest):
        raise InputError("--since and --latest fetch files: leave them or the files out")
    files, trouble = (options.files, "") if options.files else _fetched(options)
    told = api_events.reduce(
        files, options.out, memory=options.memory, engine=options.engine,
        master=options.master,
    ).to_dict()  # fmt: skip
    if options.json:
        _print_json(told)
    else:
        made = report.reduced(told, options.out)
        _say(sheet.render(made, width=_width(), colour=_colour()))
    if trouble:
        print(f"talleyrand: {trouble}", file=sys.stderr)
    return 1 if trouble else 0


def _fetched(options: argparse.Namespace) -> tuple[list[str], str]:
    """GDELT's files of some days in the folder's `fetched`, and why there are not all of them."""
    from talleyrand import gdelt_files
    from talleyrand.fetch import open_http

    since, until = _day(options.since), _day(options.until)
    if options.latest and (since or until):
        raise InputError("--latest fetches the newest fifteen minutes: leave the days out")
    if since is None and not options.latest:
        raise InputError(
            "name files of event data, or the days to fetch with --since 2022-09-01, or --latest"
        )
    folder = Path(options.out) / "fetched"
    found: list[str] = []
    with open_http(folder / "list") as listing, open_http() as http:
        files = (
            gdelt_files.latest(listing)
            if since is None
            else gdelt_files.listed(listing, since, until or datetime.now(UTC).date())
        )
        try:
            for path in gdelt_files.fetched(http, files, folder):
                found.append(str(path))
        except FetchError as error:
            if not found:
                raise
            return found, str(error)
    return found, ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{text!r} is no day; write 2022-09-01") from error


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


def codings(options: argparse.Namespace) -> int:
    from talleyrand import api_events
    from talleyrand.report import events as report
    from talleyrand.report import sheet

    told = api_events.codings(
        options.texts, options.out, engine=options.engine, master=options.master,
        codebook=[Path(path) for path in options.codebook],
    )  # fmt: skip
    if options.json:
        _print_json({**told, "out": options.out})
    else:
        _say(sheet.render(report.codings(told, options.out), width=_width(), colour=_colour()))
    return 0
