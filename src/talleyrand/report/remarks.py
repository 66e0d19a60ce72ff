"""What a reader must know besides the figures, one sentence each: when, trend, window, caveats."""

from __future__ import annotations

from datetime import date

from talleyrand.assessment import Assessment, Judged
from talleyrand.figures import percent
from talleyrand.model import Break, Cadence, Finding, Outcome, Series
from talleyrand.report.words import (
    MONTHS,
    month_year,
    plain,
    plural,
    unit_words,
    verdict_words,
)

_EACH = 2  # dimensions without any record that get a paragraph each
LIKELY = 0.5  # a break is worth a line when it is more probable than not
_POINTS = {"document": "point", "month": "month", "session": "session", "year": "year"}


def row_verdict(finding: Finding, at: date) -> str:
    """The verdict as a table shows it: `SHIFT closer, later` where it is not of the date."""
    if finding.p_shift is None:
        return "no change measurable"
    told = verdict_words(finding)
    if finding.outcome is not Outcome.SHIFT or finding.elsewhere is None:
        return told
    return f"{told}, {'earlier' if finding.elsewhere.date < at else 'later'}"


def moved_words(judged: Judged, at: date) -> str | None:
    """One sentence on when the level most probably moved, where that can be told."""
    found = judged.finding.elsewhere or likely_break(judged.finding)
    if found is None:
        return None
    around, away = _distance(found.date, at, judged.series)
    uncounted = judged.finding.elsewhere and judged.finding.outcome is Outcome.SHIFT
    counts = "; not counted as a change at it" if uncounted else ""
    told = f"most probably moved {around}, {away} the date"
    return f"{told} ({percent(found.probability)}){counts}."


def period_words(day: date, cadence: Cadence) -> str:
    """September 2022, or of yearly data 2022: a year is dated to no month."""
    return str(day.year) if cadence == "year" else month_year(day)


def _distance(day: date, at: date, series: Series) -> tuple[str, str]:
    """When, and how far from the date, no more exactly than the cadence can tell."""
    when = "before" if day < at else "after"
    if series.cadence in ("year", "session"):
        session = series.cadence == "session"
        begun = day.year - (session and day.month < 9)  # a session of the UN begins in September
        years = abs(begun - at.year + (session and at.month < 9))
        around = f"in the session begun in {begun}" if session else f"around {begun}"
        return around, f"{plural(years, 'year')} {when}" if years else "with"
    months = (day.year - at.year) * 12 + day.month - at.month
    return (
        f"around {month_year(day)}",
        f"{plural(abs(months), 'month')} {when}" if months else "with",
    )


def likely_break(finding: Finding) -> Break | None:
    """The most probable break, where it is more probable than not."""
    best = max(finding.breaks, key=lambda b: b.probability, default=None)
    return best if best and best.probability >= LIKELY else None


def trend_words(finding: Finding) -> str | None:
    """That a trend runs through the date, where that is more probable than not."""
    if finding.trend is None:
        return None
    way = "rising" if finding.trend > 0 else "falling"
    return f"a {way} trend runs through the date ({percent(finding.p_trend)})."


def span_words(judged: Judged) -> str:
    """What was judged: `12 months before, 12 after (Sep 2021 - Sep 2023)`."""
    series, finding = judged.series, judged.finding
    if not len(series):
        return plain(series.note) or "nothing on record within reach of the date"
    noun = _POINTS[series.cadence]
    before = plural(finding.n_before, noun)
    first, last = (_period(day, series) for day in (series.dates[0], series.dates[-1]))
    return f"{before} before, {finding.n_after} after ({first} - {last})"


def _period(day: date, series: Series) -> str:
    return str(day.year) if series.cadence == "year" else f"{MONTHS[day.month - 1][:3]} {day.year}"


def margin_changes(assessment: Assessment) -> str | None:
    """Which verdicts half and double the margin would change, on one line."""
    changed = []
    for one in assessment.judged:
        tried = (("half", one.finding.at_half_margin), ("double", one.finding.at_double_margin))
        other = [f"{o.value} at {name}" for name, o in tried if o and o != one.finding.outcome]
        if other:
            changed.append(f"{plain(one.name)} {', '.join(other)}")
    known = any(one.finding.at_half_margin for one in assessment.judged)
    same = "every verdict is the same at half and at double the margin" if known else None
    return "; ".join(changed) or same


def left_out_words(assessment: Assessment) -> str | None:
    """Which periods hold the date, and so count for neither side."""
    periods: dict[str, list[str]] = {}
    for one in (one for one in assessment.judged if one.measurable):
        for day in one.finding.left_out:
            name = str(day.year) if one.series.cadence == "year" else month_year(day)
            periods.setdefault(name, []).append(plain(one.name))
    told = [f"{period} ({', '.join(names)})" for period, names in periods.items()]
    holds = "holds the date and counts" if len(told) == 1 else "hold the date and count"
    return f"{' and '.join(told)} {holds} for neither side." if told else None


def caveat_words(assessment: Assessment) -> str | None:
    """Which sources begin or end inside the window, so that the mix of records changes in it."""
    told = [
        f"{plain(one.name)}: {plain(', '.join(one.caveats))}"
        for one in assessment.judged
        if one.caveats and one.measurable
    ]
    return "; ".join(told) or None


def unmeasured_words(assessment: Assessment) -> list[tuple[str, str]]:
    """The dimensions of which no change is measurable, each with what is on record of it.

    Many of which nothing at all is on record are told together.
    """
    none = [one for one in assessment.judged if not one.measurable]
    empty = [one for one in none if not len(one.series)]
    together = len(empty) > _EACH
    told = [
        (plain(one.name), f"no change measurable; {on_record(one)}")
        for one in none
        if len(one.series) or not together
    ]
    if together:
        names = ", ".join(f"{plain(one.name)} ({_why_empty(one)})" for one in empty)
        told.append(("no change measurable", f"{names}. --html and --json tell what to ingest."))
    return told


def _why_empty(judged: Judged) -> str:
    return (plain(judged.series.note) or "nothing on record").rstrip(".")


def on_record(judged: Judged) -> str:
    """What is on record of a dimension of which no change is measurable, and what would help."""
    series, note = judged.series, plain(judged.series.note)
    said = note or "nothing on record within reach of the date"
    if len(series):
        first, last = (_period(day, series) for day in (series.dates[0], series.dates[-1]))
        said = f"{plural(len(series), _POINTS[series.cadence])} on record"
        said += f" ({first})" if first == last else f" ({first} - {last})"
        said += f"; {note}" if note else ""
    return " ".join(filter(None, (f"{said}.", plain(judged.finding.would_settle or ""))))


def units_words(assessment: Assessment) -> str:
    """The unit of each dimension, once: `words log-odds; contacts a month; trade %`."""
    told = []
    for one in (one for one in assessment.judged if one.measurable):
        name, unit = plain(one.name), unit_words(one.unit)
        if unit:
            told.append(unit if unit.startswith(f"{name} ") else f"{name} {unit}")
    return "; ".join(told)


def notes(assessment: Assessment) -> list[str]:
    """What a reader must know of the whole answer, without what is said of one series anyway."""
    said = {f"{one.name}: {one.series.note}" for one in assessment.judged}
    seconds = tuple(f"{one.name}: a second reading" for one in assessment.judged if one.second)
    own = (note for note in assessment.notes if note not in said)
    return [plain(note) for note in own if not (seconds and note.startswith(seconds))]


def settle_words(finding: Finding) -> str | None:
    """For an UNCLEAR finding, what would settle it, or else why it is unclear."""
    if finding.outcome is not Outcome.UNCLEAR:
        return None
    return plain(finding.would_settle or finding.reason)
