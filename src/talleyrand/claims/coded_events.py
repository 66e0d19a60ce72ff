"""Measures of conduct: coded events between two states in a period."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from talleyrand.claims import periods
from talleyrand.claims.model import Measured
from talleyrand.model import Evidence
from talleyrand.states import name, resolve
from talleyrand.store import Row, Store

# A row of a store is one event, a row of the casebook a month's events of one code (`note`).
_EVENTS = """
SELECT vintage, sum(weight) AS n, sum(value * weight) / sum(weight) AS mean,
  sum(value * value * weight) / sum(weight) AS squares,
  count(DISTINCT date_trunc('month', start_date)) AS months, min(url) AS url
FROM (
  SELECT *, coalesce(try_cast(note AS DOUBLE), 1.0) AS weight
  FROM records WHERE kind = 'event' AND sender = $sender AND target = $target
    AND start_date >= $first AND start_date <= $last
)
GROUP BY vintage ORDER BY n DESC LIMIT 1
"""
_SPAN = """
SELECT min(start_date) AS first, max(end_date) AS last FROM records WHERE kind = 'event'
"""


def score(store: Store, asked: Mapping[str, Any]) -> Measured:
    """The mean Goldstein-type score of what the sender did to the target, -10 to 10."""
    row = _row(store, asked)
    if row is None:
        return _missing(store, asked)
    error = sqrt(max(row["squares"] - row["mean"] ** 2, 0.0) / row["n"])
    told = (
        f"{_pair(asked)} in {periods.worded(asked)}: mean score {row['mean']:+.2f} over"
        f" {row['n']:,.0f} coded events{_sampled(row)}"
    )
    interval = row["mean"] - 1.96 * error, row["mean"] + 1.96 * error
    return Measured(row["mean"], told, "Goldstein points", interval if row["n"] > 1 else None,
                    figures={"events": row["n"]}, evidence=_evidence(row, asked))  # fmt: skip


def count(store: Store, asked: Mapping[str, Any]) -> Measured:
    """How many coded events of the sender towards the target."""
    row = _row(store, asked)
    if row is None:
        return _missing(store, asked)
    told = (
        f"{_pair(asked)} in {periods.worded(asked)}: {row['n']:,.0f} coded events in"
        f" {row['months']} months{_sampled(row)}"
    )
    return Measured(row["n"], told, "events", evidence=_evidence(row, asked))


def _row(store: Store, asked: Mapping[str, Any]) -> Row | None:
    first, last = periods.span(asked)
    sender, target = resolve(asked["sender"]), resolve(asked["target"])
    rows = store.rows(_EVENTS, sender=sender, target=target, first=first, last=last)
    return rows[0] if rows else None


def _missing(store: Store, asked: Mapping[str, Any]) -> Measured:
    """No event on record is not the same as none that happened."""
    span = store.rows(_SPAN)[0]
    reach = f"; they reach from {span['first']} to {span['last']}" if span["first"] else ""
    told = f"no coded event of {_pair(asked)} in {periods.worded(asked)} is on record{reach}"
    return Measured(None, told)


def _pair(asked: Mapping[str, Any]) -> str:
    return f"{name(resolve(asked['sender']))} towards {name(resolve(asked['target']))}"


def _sampled(row: Row) -> str:
    return " (of a sample)" if row["vintage"] else ""


def _evidence(row: Row, asked: Mapping[str, Any]) -> tuple[Evidence, ...]:
    first, _ = periods.span(asked)
    return (Evidence("icews", row["url"], first, row["n"], "coded events"),)
