"""Judge a series of the user's own: read it, choose a margin, find the change."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from talleyrand.errors import InputError
from talleyrand.inference.breaks import breaks
from talleyrand.inference.shift import default_margin, judge
from talleyrand.model import Direction, Finding, Series
from talleyrand.series_file import as_day, parse_series, read_series

_ANY: tuple[Direction, Direction] = ("up", "down")


@dataclass(frozen=True, slots=True)
class OwnJudged:
    """A user's series with what was found in it, and where the margin came from."""

    title: str
    series: Series
    at: date | None
    unit: str
    finding: Finding
    margin_from: str


def judge_file(
    name: str, at: str | None, margin: float | None, *, log_scale: bool = False
) -> OwnJudged:
    """Judge the CSV file `name` ("-" for standard input) at a date, or search it for breaks."""
    if name == "-":
        series = parse_series(sys.stdin.read().splitlines(), "standard input")
    else:
        series = read_series(Path(name))
    day = _day(at)
    found = judge_series(series, day, margin, log_scale=log_scale)
    return replace(found, title=Path(name).name if name != "-" else "standard input")


def judge_series(
    series: Series, at: date | None, margin: float | None, *, log_scale: bool = False
) -> OwnJudged:
    """Judge a series at a date, or without one at its most probable break."""
    if margin is not None and not margin > 0:
        raise InputError(f"the margin must be above zero, not {margin}")
    if log_scale:
        series = _logged(series)
    ready, why = (margin, "as given") if margin else default_margin(series)
    unit = "log ratio" if log_scale else ""
    if at is not None:
        finding = judge(series, at, margin=ready, directions=_ANY)
        return OwnJudged("", series, at, unit, finding, f"{ready:.4g} ({why})")
    found = breaks(series)
    where = max(found, key=lambda b: b.probability).date if found else _middle(series)
    finding = judge(series, where, margin=ready, directions=_ANY)
    if not found and finding.p_shift is not None:
        reason = f"No break is more likely than not. Judged at its middle: {finding.reason}"
        finding = replace(finding, reason=reason)
    return OwnJudged("", series, None, unit, replace(finding, breaks=found), f"{ready:.4g} ({why})")


def _logged(series: Series) -> Series:
    if any(value <= 0 for value in series.values):
        raise InputError("--log needs values above zero; leave it out or add a constant first")
    return replace(series, values=tuple(math.log(value) for value in series.values))


def _middle(series: Series) -> date:
    return series.dates[len(series) // 2] if len(series) else date.today()  # noqa: DTZ011


def _day(at: str | None) -> date | None:
    if at is None:
        return None
    try:
        return as_day(at)
    except ValueError as error:
        raise InputError(f"{at!r} is no date; write it as 2022-09-15 or 2022-09") from error
