"""What two states trade in a period: value, growth, shares, rank, dependence and composition.

Several sources may cover a period. Each is a *reading* of its own, with its currency and vintage,
and they are never spliced. First releases and later revisions differ: where a statistical office
reported a growth rate, that rate rests on a base it had revised by then, so it need not follow
from two first releases. Both are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from talleyrand import provenance
from talleyrand import trade_queries as queries
from talleyrand.errors import InputError
from talleyrand.model import Casebook, Dyad, Evidence
from talleyrand.pipeline import as_period, directed, shifted
from talleyrand.store import Row, Store
from talleyrand.trade_shares import Share, best, composition, ranked_shares

# Which source answers where several do: an office's own monthly figures before yearly ones.
ORDER = ("china_customs", "us_census", "eurostat", "china_partners", "imf_trade", "itpd",
         "un_comtrade")  # fmt: skip
_AS_REPORTED = "first release; growth as reported, on the base revised by then"
_COMPUTED = "first releases, of both years"


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a period in one source and vintage; `outward` is from sender to target.

    `growth` is in percent against the same months a year before (None: no such base on record).
    """

    source: str
    vintage: str
    first: date
    last: date
    value: float
    unit: str
    outward: float | None
    inward: float | None
    base: float | None
    growth: float | None
    evidence: tuple[Evidence, ...]

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values."""
        return {
            "source": self.source,
            "vintage": self.vintage,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "value": self.value,
            "unit": self.unit,
            "sender_to_target": self.outward,
            "target_to_sender": self.inward,
            "value_year_before": self.base,
            "year_on_year_pct": self.growth,
        }


@dataclass(frozen=True, slots=True)
class Trade:
    """The whole answer, before it is rendered. `readings` is empty where no source covers it."""

    dyad: Dyad
    first: date
    last: date
    readings: tuple[Reading, ...]
    nearby: tuple[Reading, ...]  # windows that are on record, where this one is not
    shares: tuple[Share, ...]
    parts: tuple[dict[str, Any], ...]
    casebook: Casebook
    version: str

    @property
    def chosen(self) -> Reading | None:
        """The reading that the answer gives first."""
        return self.readings[0] if self.readings else None

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values: the JSON contract."""
        one = self.chosen
        own, other = (
            best(self.shares, of, self.first, self.last)
            for of in (self.dyad.sender, self.dyad.target)
        )
        dollars = [r for r in self.readings if r.unit == "USD"]
        return {
            "sender": self.dyad.sender,
            "target": self.dyad.target,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "value_usd": dollars[0].value if dollars else None,
            "year_on_year_pct": one.growth if one else None,
            "vintage": one.vintage if one else None,
            "source": one.source if one else None,
            "share_of_sender": own.share if own else None,
            "share_of_target": other.share if other else None,
            "shares": [share.to_dict() for share in self.shares],
            "rank_for_sender": own.rank if own else None,
            "rank_for_target": other.rank if other else None,
            "dependence": _dependence(self.shares, self.dyad, self.first, self.last),
            "readings": [reading.to_dict() for reading in self.readings],
            "nearby": [reading.to_dict() for reading in self.nearby],
            "composition": list(self.parts),
            "evidence": [
                {"id": e.id, "url": e.url, "date": e.date.isoformat(), "value": e.value,
                 "quote": e.quote}
                for e in (one.evidence if one else ())
            ],
            "casebook": provenance.told(self.casebook),
            "version": self.version,
        }  # fmt: skip


def ask(store: Store, sender: str, target: str, first: str | date, last: str | date) -> Trade:
    """The trade of a pair from the first day of `first` to the last of `last` (both included)."""
    dyad = directed(sender, target)
    start, end = as_period(first)[0], as_period(last)[1] - timedelta(days=1)
    if end < start:
        raise InputError(f"the period ends ({end}) before it begins ({start})")
    rows = store.rows(queries.FLOWS, sender=dyad.sender, target=dyad.target)
    found = readings(rows, dyad, start, end)
    return Trade(
        dyad=dyad,
        first=start,
        last=end,
        readings=tuple(found),
        nearby=() if found else tuple(_nearby(rows, dyad, start, end)),
        shares=tuple(ranked_shares(store, dyad, start, end)),
        parts=tuple(composition(store, dyad, start, end)),
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
    )


def readings(rows: Sequence[Row], dyad: Dyad, first: date, last: date) -> list[Reading]:
    """Every source's reading of a window, the one to give first at the head."""
    found: list[Reading] = []
    for source in ORDER:
        own = [row for row in rows if row["source"] == source]
        if source == "china_customs":
            found += _to_date_readings(own, dyad, first, last)
        elif own:
            found += _periodic(own, dyad, first, last)
    return found


# --- totals since January ------------------------------------------------------------------


def _to_date_readings(rows: list[Row], dyad: Dyad, first: date, last: date) -> Iterator[Reading]:
    """From year-to-date totals: growth as reported, then as two first releases give it.

    The exports on record are China's, whichever of the two is asked about first.
    """
    totals = {row["end_date"]: row for row in rows if row["kind"] == "total_trade_ytd"}
    value = _between(totals, first, last)
    if value is None:
        return
    base = _between(totals, _year_before(first), _year_before(last))
    kinds = (
        ("exports_ytd", "imports_ytd") if dyad.sender == "CHN" else ("imports_ytd", "exports_ytd")
    )
    outward, inward = (
        _between({r["end_date"]: r for r in rows if r["kind"] == kind}, first, last)
        for kind in kinds
    )
    evidence = tuple(_evidence(totals[day]) for day in _used(totals, first, last))
    parts = (first, last, value, "USD", outward, inward, base)
    reported = _reported(rows, first, last)
    if reported is not None:
        yield Reading("china_customs", _AS_REPORTED, *parts, reported, evidence)
    computed = 100 * (value / base - 1) if base else None
    if computed is not None or reported is None:
        vintage = _COMPUTED if base else "first release"
        yield Reading("china_customs", vintage, *parts, computed, evidence)


def _between(totals: dict[date, Row], first: date, last: date) -> float | None:
    """The sum from the first day to the last, from totals since each January."""
    if first.day != 1 or last != _month_end(last):
        return None
    value = 0.0
    for year in range(first.year, last.year + 1):
        end = last if year == last.year else date(year, 12, 31)
        if end not in totals:
            return None
        value += totals[end]["value"]
    before = first - timedelta(days=1)
    if before.year == first.year:
        if before not in totals:
            return None
        value -= totals[before]["value"]
    return value


def _used(totals: dict[date, Row], first: date, last: date) -> list[date]:
    """The ends of the totals that a window is made of."""
    before = first - timedelta(days=1)
    ends = {last} | {date(year, 12, 31) for year in range(first.year, last.year)}
    return sorted((ends | ({before} if before.year == first.year else set())) & set(totals))


def _reported(rows: list[Row], first: date, last: date) -> float | None:
    """The growth rate that the office itself gave for January to this month."""
    if (first.month, first.day) != (1, 1) or first.year != last.year:
        return None
    given = (
        row["value"]
        for row in rows
        if row["kind"] == "total_trade_ytd_yoy_reported" and row["end_date"] == last
    )
    return next(given, None)


# --- months and years ----------------------------------------------------------------------


def _periodic(rows: list[Row], dyad: Dyad, first: date, last: date) -> Iterator[Reading]:
    """From monthly or yearly flows: one reading a reporter, unit and vintage."""
    kinds = {(row["reporter"], row["unit"]) for row in rows}
    for reporter, unit in sorted(kinds, key=lambda key: (key[0] != dyad.sender, key)):
        own = [row for row in rows if (row["reporter"], row["unit"]) == (reporter, unit)]
        now = _flows(own, dyad, first, last)
        if now is None:
            continue
        before = _flows(own, dyad, _year_before(first), _year_before(last))
        value, base = sum(now[0]), sum(before[0]) if before else None
        vintage = ", ".join(sorted({row["vintage"] for row in now[1]} - {""})) or "as published"
        yield Reading(
            own[0]["source"],
            vintage,
            first,
            last,
            value,
            unit,
            *now[0],
            base,
            100 * (value / base - 1) if base else None,
            tuple(_evidence(row) for row in now[1][-12:]),
        )


def _flows(
    rows: list[Row], dyad: Dyad, first: date, last: date
) -> tuple[tuple[float, float], list[Row]] | None:
    """The flows out and in over a window that their periods cover whole, and the rows used."""
    used: list[Row] = []
    sums = []
    for seller in (dyad.sender, dyad.target):
        own = [row for row in rows if row["seller"] == seller and row["doubtful"] is not True
               and first <= row["start_date"] and row["end_date"] <= last]  # fmt: skip
        if not _covers(own, first, last):
            return None
        sums.append(sum(row["value"] for row in own))
        used += own
    return (sums[0], sums[1]), used


def _covers(rows: list[Row], first: date, last: date) -> bool:
    """Do these periods follow each other from the first day to the last, without gap or overlap?"""
    reached = first
    for row in sorted(rows, key=lambda row: row["start_date"]):
        if row["start_date"] != reached:
            return False
        reached = row["end_date"] + timedelta(days=1)
    return reached == last + timedelta(days=1)


# --- what is near --------------------------------------------------------------------------


def _nearby(rows: Sequence[Row], dyad: Dyad, first: date, last: date) -> Iterator[Reading]:
    """The windows on record nearest to one that is not: other months, the whole year."""
    tried: set[tuple[date, date]] = {(first, last)}
    january, december = date(first.year, 1, 1), date(last.year, 12, 31)
    others = [(january, last), (january, december)]
    for months in (1, -1, 2, -2, 3, -3):
        moved = _month_end(shifted(last.replace(day=1), months))
        others += [(first, moved), (january, moved)]
    for window in others:
        if window in tried or window[1] < window[0]:
            continue
        tried.add(window)
        found = readings(rows, dyad, *window)
        if found:
            yield found[0]
            if len(tried) > 4:
                return


def _dependence(
    shares: Sequence[Share], dyad: Dyad, first: date, last: date
) -> dict[str, Any] | None:
    """Who depends more on whom, where one basis has the shares of both."""
    pairs = [
        (one, other)
        for one in shares
        for other in shares
        if one.of == dyad.sender and other.of == dyad.target
        and (one.source, one.year) == (other.source, other.year)
    ]  # fmt: skip
    if not pairs:
        return None
    own, other = min(pairs, key=lambda pair: pair[0].distance(first, last))
    return {
        "share_of_sender": own.share,
        "share_of_target": other.share,
        "ratio": other.share / own.share if own.share else None,
        "source": own.source,
        "year": own.year,
        "basis": own.basis,
    }


def _evidence(row: Row) -> Evidence:
    told = f"{row['kind'].replace('_', ' ')}, {row['start_date']} to {row['end_date']}"
    return Evidence(row["id"], row["url"], row["end_date"], row["value"], told)


def _year_before(day: date) -> date:
    earlier = shifted(day, -12)
    return _month_end(earlier) if day == _month_end(day) else earlier


def _month_end(day: date) -> date:
    return shifted(day.replace(day=1), 1) - timedelta(days=1)
