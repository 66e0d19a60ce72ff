"""Judge a series of the user's own: read it, choose a margin, find the change."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from talleyrand.errors import InputError
from talleyrand.inference.breaks import SHORTEST, breaks, likeliest
from talleyrand.inference.shift import default_margin, judge
from talleyrand.inference.stretches import averaged
from talleyrand.model import Break, Direction, Finding, Outcome, Series
from talleyrand.own_points import date_or_error
from talleyrand.series_file import read_series

_ANY: tuple[Direction, Direction] = ("up", "down")
_SIZES = (1e-100, 1e100)  # beyond these the series is judged in another unit
_SURE = 0.5  # P(|change| > margin), the search counted, above which a break is a SHIFT


@dataclass(frozen=True, slots=True)
class OwnJudged:
    """A user's series with what was found in it, and where the margin came from.

    `at` is the date asked, None where the breaks were searched; `judged_at` is the date the
    finding is about, chosen from the series where none was asked.
    """

    title: str
    series: Series
    at: date | None
    judged_at: date
    unit: str
    finding: Finding
    margin_from: str


def judge_file(
    name: str, at: str | None, margin: float | None, *, log_scale: bool = False
) -> OwnJudged:
    """Judge the CSV file `name` ("-" for standard input) at a date, or search it for breaks."""
    day = None if at is None else date_or_error(at, "")
    found = judge_series(read_series(name), day, margin, log_scale=log_scale)
    return replace(found, title=Path(name).name if name != "-" else "standard input")


def judge_series(
    series: Series, at: date | None, margin: float | None, *, log_scale: bool = False
) -> OwnJudged:
    """Judge a series at a date, or without one at its most probable break."""
    if margin is not None and not (isinstance(margin, int | float) and 0 < margin < math.inf):
        raise InputError(f"the margin must be a number above zero, not {margin}")
    if not len(series):
        return _of_nothing(series, at, margin)
    if log_scale:
        series = _logged(series)
    unit = _unit(series)
    small = replace(series, values=tuple(value / unit for value in series.values))
    judged = averaged(small, at)
    ready, why = (margin / unit, "as given") if margin else default_margin(judged)
    if at is None:
        where, finding = _searched(small, ready)
    else:
        where, finding = at, _outside(_judged(_whole_quarters(small, at), at, ready), small, at)
    series = replace(series, note=judged.note)
    shown = "log ratio" if log_scale else ""
    margin_from = f"{ready * unit:.4g} ({why})"
    return OwnJudged("", series, at, where, shown, _in_unit(finding, unit), margin_from)


def _of_nothing(series: Series, at: date | None, margin: float | None) -> OwnJudged:
    """A series without a point is UNCLEAR: nothing is known, and that is the answer."""
    where = at or date.min
    finding = judge(series, where, margin=margin or 1.0, directions=_ANY)
    finding = replace(finding, reason="The series has no point with a value.")
    why = f"{margin:.4g} (as given)" if margin else "none, as there is no point"
    return OwnJudged("", series, at, where, "", finding, why)


def _judged(series: Series, at: date, margin: float, *, dated: bool = True) -> Finding:
    """The finding at a date; of a long series by months or weeks, with its true counts."""
    means = averaged(series, at)
    finding = judge(means, at, margin=margin, directions=_ANY, dated=dated)
    if len(means) == len(series):
        return finding
    late = sum(day >= at for day in series.dates)
    kind = means.note.rsplit(" counted from", 1)[0].rsplit(" ", 1)[-1]
    told = means.note.rsplit("; ", 1)[-1]
    tails = ", their heavy tails drawn in" if "heavy tails" in told else ""
    said = f" The {len(series)} points were averaged into {len(means)} {kind}{tails}."
    return replace(finding, n_before=len(series) - late, n_after=late, reason=finding.reason + said)


def _searched(series: Series, margin: float) -> tuple[date, Finding]:
    """The date judged where none was asked, and the finding with the search counted in it."""
    found = breaks(series)
    if not found:
        return _halves(series, margin)
    best = max(found, key=lambda b: (round(b.probability, 6), abs(b.change)))
    part = _stretch(series, found, best)
    finding = _judged(part, best.date, margin, dated=False)
    said = f"A break is most probable around {_when(series, best)}. {finding.reason}"
    if len(found) > 1:
        said = (
            f"{len(found)} breaks are more likely than not; the one judged, from the break before"
            f" it to the break after it, is around {_when(series, best)}. {finding.reason}"
        )
    p_shift = best.probability * (finding.p_shift or 0.0)
    finding = replace(finding, breaks=found, reason=said)
    if finding.p_shift is None:
        return best.date, finding
    finding = replace(finding, p_shift=p_shift, p_steady=1 - p_shift)
    if finding.outcome is not Outcome.SHIFT or p_shift > _SURE:
        return best.date, finding
    said = f"{said} As the date was searched for, only {_percent(p_shift)} sure in all."
    return best.date, _no_shift(replace(finding, reason=said))


def _halves(series: Series, margin: float) -> tuple[date, Finding]:
    """Where no break is more likely than not: the first half against the second, never a SHIFT."""
    middle = series.dates[len(series) // 2]
    finding = _judged(series, middle, margin, dated=False)
    likely = likeliest(series)
    if likely is None:
        said = f"Too few points to search for breaks ({len(series)}; {SHORTEST} are needed)."
    else:
        said = f"No break is more likely than not (most probable: {_when(series, likely)})."
    if finding.p_shift is None:
        return middle, replace(finding, breaks=(), reason=said)
    said = f"{said} Between its first half and its second: {finding.reason}"
    return middle, _no_shift(replace(finding, breaks=(), reason=said))


def _when(series: Series, found: Break) -> str:
    day = f"{found.date.day} " if series.cadence == "document" else ""
    month = f"{found.date:%B} " if series.cadence != "year" else ""
    return f"{day}{month}{found.date.year}, {_percent(found.probability)}"


def _percent(p: float) -> str:
    if not 0.005 <= p <= 0.995:
        return "over 99 %" if p > 0.5 else "under 1 %"
    return f"{round(100 * p)} %"


def _no_shift(finding: Finding) -> Finding:
    """The finding without any SHIFT: a date chosen from the series proves none by itself."""

    def less(outcome: Outcome | None) -> Outcome | None:
        return Outcome.UNCLEAR if outcome is Outcome.SHIFT else outcome

    settled = finding.would_settle
    if finding.outcome is Outcome.SHIFT:
        settled = "More points; or, if a date is in question for other reasons, give it with --at."
    return replace(
        finding,
        outcome=less(finding.outcome) or Outcome.UNCLEAR,
        direction=None,
        would_settle=settled,
        at_half_margin=less(finding.at_half_margin),
        at_double_margin=less(finding.at_double_margin),
    )


def _stretch(series: Series, found: tuple[Break, ...], best: Break) -> Series:
    """The points between the breaks on either side of the one judged."""
    first = max((b.date for b in found if b.date < best.date), default=date.min)
    last = min((b.date for b in found if b.date > best.date), default=None)
    return _kept(series, [first <= day and (last is None or day < last) for day in series.dates])


def _whole_quarters(series: Series, at: date) -> Series:
    """A quarterly series without the quarter that the date cuts in two."""
    starts = {day.month for day in series.dates}
    if series.cadence != "month" or len(series) < 4 or not starts <= {1, 4, 7, 10}:
        return series
    quarter = date(at.year, 3 * ((at.month - 1) // 3) + 1, 1)
    return _kept(series, [day != quarter or at == quarter for day in series.dates])


def _kept(series: Series, keep: list[bool]) -> Series:
    places = [i for i, kept in enumerate(keep) if kept]
    return replace(
        series,
        dates=tuple(series.dates[i] for i in places),
        values=tuple(series.values[i] for i in places),
        n=tuple(series.n[i] for i in places),
        se=tuple(series.se[i] for i in places),
        evidence=(),
    )


def _outside(finding: Finding, series: Series, at: date) -> Finding:
    """Say plainly that a date lies outside the series."""
    first, last = min(series.dates), max(series.dates)
    if finding.n_after == 0:
        said = f"There is no point on or after {at}: the series ends on {last}."
    elif finding.n_before == 0:
        said = f"There is no point before {at}: the series begins on {first}."
    else:
        return finding
    return replace(finding, reason=said, would_settle="A date within the series, or more points.")


def _logged(series: Series) -> Series:
    if any(value <= 0 for value in series.values):
        raise InputError("--log needs values above zero; leave it out or add a constant first")
    return replace(series, values=tuple(math.log(value) for value in series.values))


def _unit(series: Series) -> float:
    """1, or a power of two near figures whose squares would leave the range of numbers."""
    size = max(map(abs, series.values))
    if size == 0 or _SIZES[0] < size < _SIZES[1]:
        return 1.0
    return math.ldexp(1.0, max(math.frexp(size)[1], -1021))


def _in_unit(finding: Finding, unit: float) -> Finding:
    if unit == 1.0:
        return finding
    ends = finding.interval
    return replace(
        finding,
        change=None if finding.change is None else finding.change * unit,
        interval=None if ends is None else (ends[0] * unit, ends[1] * unit),
        margin=finding.margin * unit,
        breaks=tuple(replace(b, change=b.change * unit) for b in finding.breaks),
    )
