"""An answer as JSON: the public contract, to which fields are added and from which none is taken.

A figure that is not finite is null, never NaN. Text is exact, but characters that could steer
a terminal are written as escapes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from talleyrand import provenance
from talleyrand.assessment import Assessment, Judged, Leg, Order, SecondReading
from talleyrand.model import Break, Evidence, Finding
from talleyrand.report.words import encodable

Json = dict[str, Any]
_STEERING = re.compile(  # control characters of the upper half, and invisible formatting
    r"[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def assessment_to_dict(assessment: Assessment, *, most_evidence: int | None = None) -> Json:
    """The object that `assess --json` prints.

    `most_evidence` keeps so many pieces a dimension, those nearest to the date; None keeps all.
    """
    headline, casebook = assessment.headline, assessment.casebook
    answer: Json = {
        "sender": assessment.dyad.sender,
        "target": assessment.dyad.target,
        "at": assessment.at.isoformat(),
        "window_months": assessment.window_months,
        "headline": {
            "position": headline.position.value,
            "perception": headline.perception.value,
            "text": headline.text,
            "rule": headline.rule,
            "first": headline.order and _order(headline.order),
        },
        "thresholds": dict(assessment.thresholds),
        "dimensions": [_dimension(one, assessment.at, most_evidence) for one in assessment.judged],
        "triangle": [_leg(one) for one in assessment.triangle],
        "casebook": provenance.told(casebook),
        "version": assessment.version,
        "notes": list(assessment.notes),
    }
    return dict(_fit_for_json(answer))


def finding_to_dict(finding: Finding) -> Json:
    """The object that `shift --json` prints."""
    found = {
        "outcome": finding.outcome.value,
        "direction": finding.direction,
        "change": finding.change,
        "interval": _bounds(finding.interval),
        "margin": finding.margin,
        "p_shift": finding.p_shift,
        "p_steady": finding.p_steady,
        "n_before": finding.n_before,
        "n_after": finding.n_after,
        "reason": finding.reason,
        "would_settle": finding.would_settle,
        "at_half_margin": finding.at_half_margin and finding.at_half_margin.value,
        "at_double_margin": finding.at_double_margin and finding.at_double_margin.value,
        "breaks": [_break(one) for one in finding.breaks],
        "elsewhere": finding.elsewhere and _break(finding.elsewhere),
        "left_out": [day.isoformat() for day in finding.left_out],
        "p_trend": finding.p_trend,
        "trend": finding.trend,
    }
    return dict(_fit_for_json(found))


def _order(order: Order) -> Json:
    return {
        "side": order.first,
        "text": order.text,
        "looked_at": [
            {
                "name": one.name,
                "side": one.side,
                "date": one.date.isoformat(),
                "interval": [day.isoformat() for day in one.interval],
                "probability": one.probability,
                "change": one.change,
            }
            for one in order.looked
        ],
    }


def dumps(value: object) -> str:
    """Write an answer as indented JSON that is safe to print on a terminal."""
    written = json.dumps(_fit_for_json(value), ensure_ascii=False, allow_nan=False, indent=2)
    return _STEERING.sub(lambda match: json.dumps(match.group())[1:-1], written)


def _dimension(judged: Judged, at: date, most_evidence: int | None) -> Json:
    series = judged.series
    shown = nearest(series.evidence, at, most_evidence)
    way = judged.finding.direction  # up or down where a dimension is no matter of closeness
    return {
        "name": judged.name,
        "side": judged.side,
        "unit": judged.unit,
        **finding_to_dict(judged.finding),
        "direction": way if way in ("closer", "further") else None,
        "margin_why": judged.margin_why,
        "span": [day.isoformat() for day in (*series.dates[:1], *series.dates[-1:])],
        "caveats": list(judged.caveats),
        "evidence": [_evidence(one) for one in shown],
        "evidence_total": len(series.evidence),
        "cadence": series.cadence,
        "note": series.note,
        "second_reading": _second(judged.second) if judged.second else None,
    }


def _leg(leg: Leg) -> Json:
    """One state towards another, or a group, by one measure: before, after and the outcome."""
    finding = leg.finding
    return {
        "sender": leg.dyad.sender,
        "target": leg.dyad.target,
        "measure": leg.measure,
        "before": leg.before,
        "after": leg.after,
        "outcome": finding.outcome.value,
        "direction": finding.direction,
        "interval": _bounds(finding.interval),
        "margin": finding.margin,
        "p_shift": finding.p_shift,
        "elsewhere": finding.elsewhere and _break(finding.elsewhere),
    }


def _second(second: SecondReading) -> Json:
    return {
        "method": second.method,
        "agreement": second.agreement,
        "unit": second.series.unit,
        **finding_to_dict(second.finding),
        "evidence": [_evidence(one) for one in second.series.evidence],
        "cadence": second.series.cadence,
        "note": second.series.note,
    }


def nearest(evidence: Sequence[Evidence], at: date, most: int | None) -> list[Evidence]:
    """At most so many pieces, those nearest to the date, in order of date; all for None."""
    if most is None:
        return list(evidence)
    near = sorted(evidence, key=lambda one: abs((one.date - at).days))[:most]
    return sorted(near, key=lambda one: one.date)


def _bounds(interval: tuple[float, float] | None) -> list[float] | None:
    """Two numbers, or null where either end is unknown."""
    known = interval is not None and all(map(math.isfinite, interval))
    return list(interval) if interval and known else None


def _evidence(evidence: Evidence) -> Json:
    told: Json = {"id": evidence.id, "url": evidence.url, "date": evidence.date.isoformat()}
    if evidence.quote is None or evidence.value is not None:
        told["value"] = evidence.value
    if evidence.quote is not None:
        told["quote"] = evidence.quote
    return told


def _break(one: Break) -> Json:
    told = {"date": one.date.isoformat(), "probability": one.probability, "change": one.change}
    between = [day.isoformat() for day in one.interval] if one.interval else None
    return {**told, "date_interval": between}


def _fit_for_json(value: Any) -> Any:
    """Replace what JSON or UTF-8 cannot carry: figures that are not finite, lone surrogates."""
    if isinstance(value, dict):
        return {key: _fit_for_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_fit_for_json(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return encodable(value) if isinstance(value, str) else value
