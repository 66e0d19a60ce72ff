"""What each command does: arguments in, an answer on the terminal, as JSON or as a page."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from talleyrand import bounded
from talleyrand.errors import InputError, TalleyrandError
from talleyrand.model import Code
from talleyrand.store import Store, open_casebook, open_store


def assess(options: argparse.Namespace) -> int:
    from talleyrand import api

    asked = (options.sender, options.target, options.at, options.window)
    with evidence_base(options) as store:
        verdict = api.verdict(store, *asked, dict(options.margin), dict(options.threshold))
    if options.html:
        _write(options.html, verdict.to_html())
    if options.json:
        print(verdict.to_json(most_evidence=options.evidence))
    else:
        _say(verdict.to_text(width=_width(), colour=_colour(), hints=_hints(verdict, options)))
    if options.html and not options.json:
        print(f"\n  page written to {options.html}")
    return 0


def shift(options: argparse.Namespace) -> int:
    from talleyrand.own_series import judge_file
    from talleyrand.report import as_json, text
    from talleyrand.report.words import plain

    judged = judge_file(options.file, options.at, options.margin, log_scale=options.log)
    if options.html:
        from talleyrand.report import html

        page = html.render_finding(
            judged.finding, judged.series, judged.at, title=judged.title, unit=judged.unit
        )
        _write(options.html, page)
    if judged.series.note:
        print(f"talleyrand: note: {plain(judged.series.note)}", file=sys.stderr)
    if options.json:
        at = judged.judged_at.isoformat() if len(judged.series) else options.at
        print(as_json.dumps({
            **as_json.finding_to_dict(judged.finding),
            "at": at, "at_chosen": judged.at is None,
            "unit": judged.unit, "margin_from": judged.margin_from, "note": judged.series.note,
        }))  # fmt: skip
        return 0
    _say(
        text.render_finding(
            judged.finding,
            series=judged.series,
            at=judged.at,
            title=judged.title,
            unit=judged.unit,
            width=_width(),
            colour=_colour(),
        )
    )
    print(f"\n  margin: {judged.margin_from}")
    return 0


def code(options: argparse.Namespace) -> int:
    from talleyrand import api

    text = _text(options.text)
    answer = api.code(
        text,
        lang=options.lang,
        sender=options.sender,
        counterpart=options.counterpart,
        kind=options.kind,
        on=options.on,
        codebook=[Path(path) for path in options.codebook],
    )
    if options.json:
        _print_json(answer.to_dict())
        return 0
    from talleyrand.report import coded

    _say(coded.render(text, answer.to_dict()["passages"], width=_width(), colour=_colour()))
    return 0


def sources(options: argparse.Namespace) -> int:
    from talleyrand import registry
    from talleyrand.report import tables

    rows = [
        {"name": s.name, "title": s.title, "brings": s.brings, "licence": s.licence,
         "homepage": s.homepage, "defects": list(s.defects)}
        for s in registry.SOURCES
    ]  # fmt: skip
    if options.json:
        _print_json(rows)
        return 0
    _say(tables.render("Sources", ("name", "brings", "title", "licence"), rows, width=_width()))
    return 0


def dimensions(options: argparse.Namespace) -> int:
    from talleyrand import registry
    from talleyrand.report import tables

    rows = [
        {"name": d.name, "side": d.side, "title": d.title, "unit": d.unit, "margin": d.margin,
         "margin_why": d.margin_why, "more_means": d.more_means, "sources": list(d.sources)}
        for d in registry.DIMENSIONS
    ]  # fmt: skip
    if options.json:
        _print_json(rows)
        return 0
    names = ("name", "side", "title", "margin_why")
    _say(tables.render("Dimensions", names, rows, width=_width()))
    return 0


def codebook(options: argparse.Namespace) -> int:
    from talleyrand.codebook import load
    from talleyrand.errors import UnknownCode
    from talleyrand.report import tables

    book = load(*(Path(path) for path in options.codebook))
    if options.name and options.name not in book.codes:
        raise UnknownCode(f"no code {options.name!r}; see: talleyrand codebook")
    chosen = [book.codes[options.name]] if options.name else list(book.codes.values())
    rows = [_code_row(one, book.reasons.get(one.name, "")) for one in chosen]
    if options.name:
        rows[0]["phrases"] = [
            {"language": p.language, "pattern": p.pattern, "example": p.example,
             "counterexample": p.counterexample}
            for p in book.phrases if p.code == options.name
        ]  # fmt: skip
    if options.json:
        _print_json(rows)
    elif options.name:
        _say(tables.record(_card(rows[0]), width=_width()))
    else:
        _say(tables.render("Codebook", ("name", "pole", "meaning"), rows, width=_width()))
    return 0


def casebook(options: argparse.Namespace) -> int:
    from importlib import resources

    bundled = Path(str(resources.files("talleyrand"))) / "casebook"
    if not options.build:
        sheet = bundled / "DATASHEET.md"
        if not sheet.exists():
            raise TalleyrandError("no casebook is bundled; build one with: make casebook")
        _say(sheet.read_text("utf-8"))
        return 0
    from talleyrand.casebook_build import build

    rows = build(Path(options.build), Path(options.out) if options.out else bundled)
    print("; ".join(f"{count:,} {name}" for name, count in rows.items()))
    return 0


def reading(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from talleyrand import second_reading
    from talleyrand.report import tables

    if options.build:
        with open_store(store_path(options.store)) as store:
            made = second_reading.build(store, workers=options.workers)
        if options.json:
            _print_json([asdict(one) for one in made])
        for one in () if options.json else made:
            print(f"{one.language}: {one.told()}")
        return 0
    rows = second_reading.poles()
    if options.json:
        _print_json(rows)
        return 0
    names = ("language", "pole", "words")
    _say(tables.render("Seeds of the second reading", names, rows, width=_width()))
    return 0


# --- what the commands share ---------------------------------------------------------------


def evidence_base(options: argparse.Namespace) -> Store:
    """The store named, else the user's own if there is one, else the bundled casebook."""
    if options.casebook:
        return open_casebook()
    path = store_path(options.store)
    if options.store or path.exists():
        return open_store(path, read_only=True)
    return open_casebook()


def store_path(named: str | None) -> Path:
    """The store's file: as named, or $TALLEYRAND_STORE, or in the user's data folder."""
    if named == "":
        raise InputError("the store's name is empty; name a file, or leave --store out")
    chosen = named or os.environ.get("TALLEYRAND_STORE")
    if chosen:
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "talleyrand" / "store.duckdb"


def _text(name: str) -> str:
    """The text of a file or of standard input, which must be UTF-8."""
    try:
        return bounded.read(name, 32 * bounded.MEGABYTE, what="text").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text; convert it first, e.g. with iconv") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error


def _write(name: str, page: str) -> None:
    try:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8")
    except OSError as error:
        raise InputError(f"{name} cannot be written: {error.strerror}") from error


def _say(text: str) -> None:
    """Print, with what the terminal's encoding lacks replaced rather than an error."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def _print_json(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def _width() -> int:
    """As wide as the terminal, at most 100 columns."""
    import shutil

    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _hints(verdict: Any, options: argparse.Namespace) -> tuple[str, ...]:
    """The command to go on with: the same question, window and records."""
    from shlex import quote

    line = f"talleyrand evidence {verdict.sender} {verdict.target} --at {verdict.at}"
    line += f" --window {quote(options.window.strip())}" if options.window != "12mo" else ""
    line += " --casebook" if options.casebook else ""
    return (line + (f" --store {quote(options.store)}" if options.store else ""),)


def _card(row: dict[str, Any]) -> dict[str, Any]:
    """A code for reading: what is empty left out, its wordings a line a language."""
    card = {name: value for name, value in row.items() if name != "phrases" and value}
    if isinstance(row["poles"], dict) and row["poles"]:
        card["poles"] = ", ".join(f"{who} {pole}" for who, pole in row["poles"].items())
    for language in ("en", "zh", "ru"):
        own = [phrase for phrase in row["phrases"] if phrase["language"] == language]
        card[language] = "; ".join(dict.fromkeys(phrase["pattern"] for phrase in own))
        card[f"{language} example"] = list(dict.fromkeys(phrase["example"] for phrase in own))
        card[f"{language} not"] = list(dict.fromkeys(phrase["counterexample"] for phrase in own))
    return card


def _code_row(one: Code, why: str) -> dict[str, Any]:
    return {"name": one.name, "family": one.family, "pole": one.pole, "weight": one.weight,
            "weight_why": why, "poles": dict(one.poles), "about": one.about, "meaning": one.meaning,
            "origin": one.origin}  # fmt: skip
