"""An answer as one self-contained page, and as a compact view for a notebook.

The one door to jinja2. No script, no network, no outside file; every value is escaped, and what
was ingested goes through `words.plain` first, so hostile text stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from talleyrand.assessment import Assessment, Headline, Judged
from talleyrand.figures import percent
from talleyrand.model import Evidence, Finding, Outcome, Series, Side
from talleyrand.report import chart, corners, remarks, words
from talleyrand.report.as_json import nearest

MOST_EVIDENCE = 60  # pieces a dimension on a page, the nearest to the date; JSON has them all
_ON_PAPER = 10  # of these, the nearest to the date, when the page is printed
_MOST_QUOTED = 600
_SIGNS = {"closer": "▲", "further": "▼", "up": "▲", "down": "▼"}
_OUTCOME_SIGNS = {Outcome.SHIFT: "◆", Outcome.STEADY: "=", Outcome.UNCLEAR: "?"}
_NARROW = (380, 250)
_GRID = (
    (Outcome.STEADY, Outcome.STEADY, "nothing new"),
    (Outcome.STEADY, Outcome.SHIFT, "the reading changed, not the position"),
    (Outcome.SHIFT, Outcome.STEADY, "a change nobody noticed"),
    (Outcome.SHIFT, Outcome.SHIFT, "a change, and noticed"),
)


def page(
    assessment: Assessment,
    *,
    names: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    served: str = "",
) -> str:
    """The whole page of an assessment.

    `names` maps ISO3 codes to the names to show, `titles` dimensions to a line on each. `served`
    is the query string of the answer where `talleyrand serve` shows it: then each series links
    to the page of its points.
    """
    rows = [
        _row(i, one, assessment, (titles or {}).get(one.name, ""))
        for i, one in enumerate(assessment.judged)
    ]
    return _template("page.html").render(**_common(assessment, names), rows=rows, served=served)


def notebook(assessment: Assessment, *, names: Mapping[str, str] | None = None) -> str:
    """A compact view: the headline and one row a dimension, with styles that stay inside."""
    rows = [_summary(i, one, assessment) for i, one in enumerate(assessment.judged)]
    return _template("notebook.html").render(**_common(assessment, names), rows=rows)


def render_finding(
    finding: Finding,
    series: Series,
    at: date | None = None,
    *,
    title: str = "series",
    unit: str = "",
) -> str:
    """A page on one series of the user's own."""
    series = replace(series, unit=unit or series.unit)
    judged = Judged(title, "position", series.unit, series, finding)
    scale = words.scale_of(finding, series.unit)
    breaks = [
        (
            words.long_date(b.date),
            percent(b.probability),
            _minus(scale.signed(b.change)),
            words.between(b.interval),
        )
        for b in sorted(finding.breaks, key=lambda b: -b.probability)
        if b.probability >= remarks.LIKELY
    ]
    return _template("finding.html").render(
        title=title,
        at=words.long_date(at) if at else None,
        row={**_figures(judged), **_charts(0, judged, at, None)},
        breaks=breaks,
        legend=chart.legend() if at else chart.legend()[:1],
        styles=_drawn(chart.styles()),
    )


def silence_page(**values: Any) -> str:
    """A page on one silence, from values that `talleyrand.report.silence` has put into words."""
    return _template("silence.html").render(**values)


def sheet_page(**values: Any) -> str:
    """A page of paragraphs, tables and pictures: see `talleyrand.report.sheet`."""
    return _template("sheet.html").render(**values)


def served_page(name: str, **values: Any) -> str:
    """A page of `talleyrand serve`, from values that `talleyrand.report.pages` has made."""
    return _template(name).render(**values)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("talleyrand.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    return environment.get_template(f"{name}.j2")


def _harmless(value: Any) -> Any:
    """Every text that a template writes passes here, save what this module made as markup."""
    return (
        words.plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
    )


def _common(assessment: Assessment, names: Mapping[str, str] | None) -> dict[str, Any]:
    provenance = words.provenance(assessment.casebook)
    said = assessment.headline
    sides: tuple[tuple[Side, Outcome], ...] = (
        ("position", said.position),
        ("perception", said.perception),
    )
    return {
        "title": words.parties(assessment, names or {}),
        "at": words.long_date(assessment.at),
        "at_iso": assessment.at.isoformat(),
        "window": words.plural(assessment.window_months, "month"),
        "headline": assessment.headline.text,
        "first": assessment.headline.order.text if assessment.headline.order else "",
        "sides": [
            (name, outcome.value, _OUTCOME_SIGNS[outcome], words.side_words(assessment, name))
            for name, outcome in sides
        ],
        "cells": _cells(assessment.headline),
        "triangle": {
            "title": corners.TITLE,
            "columns": [title for _, title in corners.MEASURES],
            "rows": [
                [_minus(cell) for cell in row] for row in corners.rows(assessment, names or {})
            ],
            "note": corners.NOTE,
        },
        "known": [
            *((f"{name}: {text}" for name, text in _known(assessment) if text)),
            *remarks.notes(assessment),
        ],
        "provenance": provenance[:1].upper() + provenance[1:],
        "version": assessment.version,
        "legend": chart.legend(),
        "styles": _drawn(chart.styles()),
    }


def _known(assessment: Assessment) -> tuple[tuple[str, str | None], ...]:
    """What holds for several dimensions, each with a word on what it is about."""
    return (
        ("date", remarks.left_out_words(assessment)),
        ("sources", remarks.caveat_words(assessment)),
        ("other margins", remarks.margin_changes(assessment)),
        ("rule", assessment.headline.rule),
    )


def _cells(headline: Headline) -> list[tuple[str, str]]:
    """The four answers, each with whether it is the one, still possible, or not."""
    cells = []
    for position, perception, text in _GRID:
        fits = headline.position in (position, Outcome.UNCLEAR)
        fits = fits and headline.perception in (perception, Outcome.UNCLEAR)
        sure = Outcome.UNCLEAR not in (headline.position, headline.perception)
        cells.append((text, ("lit" if sure else "possible") if fits else "out"))
    return cells


def _row(index: int, judged: Judged, assessment: Assessment, title: str) -> dict[str, Any]:
    moved = remarks.moved_words(judged, assessment.at)
    near = nearest(judged.series.evidence, assessment.at, MOST_EVIDENCE)
    away = [abs((one.date - assessment.at).days) for one in near]
    on_paper = set(sorted(range(len(near)), key=away.__getitem__)[:_ON_PAPER])
    return {
        **_summary(index, judged, assessment),
        "when": remarks.row_verdict(judged.finding, assessment.at).partition(", ")[2],
        **_charts(index, judged, assessment.at, assessment.window_months),
        "title": title,
        "moved": moved and moved[:1].upper() + moved[1:],
        "second": _minus(words.second_words(judged) or ""),
        "dated": judged.finding.elsewhere is not None,  # then the reason says it already
        "evidence": [
            {**_evidence(one), "on_paper": place in on_paper} for place, one in enumerate(near)
        ],
        "beyond_paper": len(judged.series.evidence) - len(on_paper),
        "more_evidence": len(judged.series.evidence) - len(near),
    }


def _summary(index: int, judged: Judged, assessment: Assessment) -> dict[str, Any]:
    return {
        **_figures(judged),
        "id": f"dimension-{index}",
        "strip": _drawn(chart.strip(judged, assessment.at, assessment.window_months)),
        "forest": _drawn(chart.forest(judged)),
    }


def _figures(judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    scale = words.scale_of(finding, judged.unit)
    sign = _SIGNS.get(finding.direction or "") if finding.outcome is Outcome.SHIFT else None
    return {
        "name": judged.name,
        "side": judged.side,
        "unit": "" if words.is_log(judged.unit) else words.unit_words(judged.unit),
        "outcome": finding.outcome.value,
        "verdict": words.verdict_words(finding),
        "trend": remarks.trend_words(finding),
        "span": remarks.span_words(judged),
        "margin_why": judged.margin_why,
        "caveats": ", ".join(judged.caveats),
        "judged": finding.p_shift is not None,
        "measurable": judged.measurable,
        "on_record": remarks.on_record(judged) if not judged.measurable else "",
        "sign": sign or _OUTCOME_SIGNS[finding.outcome],
        "change": _minus(scale.signed(finding.change)),
        "interval": _minus(scale.interval(finding.interval, " to ")),
        "margin": scale.unsigned(finding.margin),
        "p_shift": percent(finding.p_shift),
        "p_steady": percent(finding.p_steady),
        "half": finding.at_half_margin and finding.at_half_margin.value,
        "double": finding.at_double_margin and finding.at_double_margin.value,
        "n_before": finding.n_before,
        "n_after": finding.n_after,
        "reason": finding.reason,
        "settle": finding.would_settle,
        "note": judged.series.note,
    }


def _charts(
    index: int, judged: Judged, at: date | None, window_months: int | None
) -> dict[str, Markup]:
    """The plot for a wide page and for a phone, as type that shrinks with it can't be read."""
    wide = chart.single(judged, at, window_months, uid=f"tr-{index}", styled=False)
    narrow = chart.single(
        judged, at, window_months, width=_NARROW[0], height=_NARROW[1], uid=f"tn-{index}",
        styled=False,
    )  # fmt: skip
    return {"wide": _drawn(wide.svg), "narrow": _drawn(narrow.svg)}


def _drawn(markup: str) -> Markup:
    """Markup of our own making, whose texts `chart` and `panel` have escaped already."""
    return Markup(markup)  # noqa: S704


def _minus(figure: str) -> str:
    return figure.replace("-", "−")


def _evidence(one: Evidence) -> dict[str, Any]:
    quote = one.quote
    if quote and len(quote) > _MOST_QUOTED:
        quote = f"{quote[:_MOST_QUOTED]}…"
    size = abs(one.value) if one.value is not None else 0.0
    value = words.scale_for(size or 1.0, size / 10 or 1.0).unsigned(one.value)
    return {
        "date": words.short_date(one.date),
        "iso": one.date.isoformat(),
        "id": one.id,
        "link": link(one.url),
        "shown": _shortened(one.url) or one.id,
        "whole": _bare(one.url) or one.id,
        "value": None if one.value is None else _minus(value),
        "quote": quote,
        "language": words.script_language(quote or ""),
    }


def link(url: str) -> str | None:
    """The address when a reader may follow it (http or https, nothing hidden in it), else None."""
    if url != words.plain(url) or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _shortened(url: str) -> str:
    shown = _bare(url)
    return shown if len(shown) <= 72 else f"{shown[:71]}…"


def _bare(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://")
