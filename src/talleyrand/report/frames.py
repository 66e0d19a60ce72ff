"""An answer as tidy tables: one row a dimension, or one row a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from talleyrand.assessment import Assessment, Judged
from talleyrand.model import Outcome
from talleyrand.report.words import encodable

_TEXT = "str"
_DIMENSIONS = {
    "side": _TEXT,
    "outcome": _TEXT,
    "direction": _TEXT,
    "change": "float64",
    "low": "float64",
    "high": "float64",
    "margin": "float64",
    "margin_why": _TEXT,
    "unit": _TEXT,
    "p_shift": "float64",
    "p_steady": "float64",
    "p_trend": "float64",
    "n_before": "int64",
    "n_after": "int64",
    "at_half_margin": _TEXT,
    "at_double_margin": _TEXT,
    "reason": _TEXT,
    "would_settle": _TEXT,
}
_POINTS = {
    "dimension": _TEXT,
    "side": _TEXT,
    "date": "datetime64[s]",
    "value": "float64",
    "n": "float64",
    "se": "float64",
    "unit": _TEXT,
    "cadence": _TEXT,
    "before": "boolean",
}


def dimensions(assessment: Assessment) -> pd.DataFrame:
    """One row a dimension; `low` and `high` are the ends of the 95 % interval."""
    rows = [_dimension(one) for one in assessment.judged]
    index = pd.Index(
        [encodable(one.name) for one in assessment.judged], name="dimension", dtype=_TEXT
    )
    return pd.DataFrame(rows, index=index, columns=list(_DIMENSIONS)).astype(_DIMENSIONS)


def series(assessment: Assessment) -> pd.DataFrame:
    """One row a point, in the order of the dimensions.

    `before` tells which side of the date, and is missing where the period holds the date.
    """
    rows = [
        (encodable(one.name), one.side, day, value, n, se, unit, one.series.cadence)
        + (None if day in one.finding.left_out else day < assessment.at,)
        for one in assessment.judged
        for unit in [encodable(one.series.unit)]
        for day, value, n, se in zip(
            one.series.dates, one.series.values, one.series.n, one.series.se, strict=True
        )
    ]
    return pd.DataFrame(rows, columns=list(_POINTS)).astype(_POINTS)


def _dimension(judged: Judged) -> dict[str, object]:
    finding = judged.finding
    low, high = finding.interval or (None, None)
    return {
        "side": judged.side,
        "outcome": finding.outcome.value,
        "direction": finding.direction,
        "change": finding.change,
        "low": low,
        "high": high,
        "margin": finding.margin,
        "margin_why": encodable(judged.margin_why),
        "unit": encodable(judged.unit),
        "p_shift": finding.p_shift,
        "p_steady": finding.p_steady,
        "p_trend": finding.p_trend,
        "n_before": finding.n_before,
        "n_after": finding.n_after,
        "at_half_margin": _value(finding.at_half_margin),
        "at_double_margin": _value(finding.at_double_margin),
        "reason": encodable(finding.reason),
        "would_settle": finding.would_settle and encodable(finding.would_settle),
    }


def _value(outcome: Outcome | None) -> str | None:
    return outcome.value if outcome else None


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as they are, a column a field; `date` as a date, other values untouched."""
    frame = pd.DataFrame([dict(row) for row in rows], columns=list(columns))
    return frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[s]"))
