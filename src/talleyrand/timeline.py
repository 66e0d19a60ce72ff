"""`talleyrand timeline`: how outlets framed one event, hour by hour, before it and after.

What was published before an event cannot have been caused by its read-out. Where no hour of the
event is given, reports of its day are on neither side; neither are those known by their day only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np

from talleyrand import edits
from talleyrand.errors import InputError
from talleyrand.frames import NAMES
from talleyrand.inference.lead import Lead, holm, lead
from talleyrand.inference.selection import Picked, picked
from talleyrand.pages_seen import PAGE
from talleyrand.store import Row, Store

_REPORTS = """
SELECT *, {page} AS page,
  list_contains(warming, $pair)::INT - list_contains(cooling, $pair)::INT AS tone
FROM reports
WHERE list_contains(states, $one) AND list_contains(states, $other)
  AND published >= $since AND published < $until
ORDER BY published, outlet, id
"""
_FAR = timedelta(days=90)  # on either side, for who leads whom
_SURE = 0.05


@dataclass(frozen=True, slots=True)
class Telling:
    """One report: when (UTC), by whom, and how it frames the relation."""

    at: datetime
    day_only: bool
    outlet: str
    outlet_state: str
    tone: int
    when: str  # "before", "that day", "after"
    again: bool  # a later version of a page counted already
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answer. `difference` sets reports after the event against all before and after."""

    one: str
    other: str
    at: datetime
    hour_known: bool
    days: int
    told: tuple[Telling, ...]
    difference: Picked | None
    leads: tuple[tuple[str, str, Lead, float], ...]  # outlet states, lead, p corrected
    edits: tuple[edits.Edit, ...]

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand timeline --json`; times are UTC."""
        counted = [t for t in self.told if not t.again]
        return {
            "states": [self.one, self.other],
            "at": self.at.isoformat(timespec="minutes") if self.hour_known
            else self.at.date().isoformat(),
            "hour_known": self.hour_known,
            "days": self.days,
            "sides": {when: _counts([t for t in counted if t.when == when])
                      for when in ("before", "that day", "after")},
            "p_before_after": self.difference.p if self.difference else None,
            "outlets": _outlets(counted, self.at),
            "hours": _hours(counted),
            "reports": [self._report(t) for t in self.told],
            "leads": [
                {"first": a, "second": b, "days": found.steps, "lead": found.lead,
                 "best_lag_days": found.best, "correlation": found.correlation,
                 "p": found.p, "p_corrected": corrected,
                 "leader": "" if corrected >= _SURE else a if found.lead > 0 else b}
                for a, b, found, corrected in self.leads
            ],
            "edits": [edit.to_dict() for edit in self.edits],
        }  # fmt: skip

    def _report(self, told: Telling) -> dict[str, Any]:
        at = told.at.date().isoformat() if told.day_only else f"{told.at:%Y-%m-%dT%H:%MZ}"
        return {"at": at, "outlet": told.outlet, "outlet_state": told.outlet_state,
                "frame": NAMES[told.tone], "when": told.when, "version": told.again,
                "title": told.title, "url": told.url}  # fmt: skip


def ask(store: Store, one: str, other: str, at: datetime, hour_known: bool, days: int) -> Timeline:
    """The framing of the relation of two states (ISO3) by report, `days` on either side."""
    if not 1 <= days <= 60:
        raise InputError(f"the days on either side are from 1 to 60, not {days}")
    day = at.replace(hour=0, minute=0)
    pair = "-".join(sorted((one, other)))
    asked = {"one": one, "other": other, "pair": pair}
    rows = store.rows(_REPORTS.format(page=PAGE), since=day - _FAR, until=day + _FAR, **asked)
    near = [
        row for row in rows
        if day - timedelta(days=days) <= row["published"] < day + timedelta(days=days + 1)
    ]  # fmt: skip
    told = _told(near, at, hour_known)
    return Timeline(
        one, other, at, hour_known, days, told, _difference(told),
        _leads(rows, day - _FAR), tuple(edits.found(near)),
    )  # fmt: skip


def _told(rows: list[Row], at: datetime, hour_known: bool) -> tuple[Telling, ...]:
    seen: set[tuple[str, str]] = set()
    found = []
    for row in sorted(rows, key=_order):
        page = row["outlet"], row["page"]
        moment: datetime = row["published"]
        day_only = _day_only(moment)
        found.append(
            Telling(moment, day_only, row["outlet"], row["outlet_state"], row["tone"],
                    _when(moment, day_only, at, hour_known), page in seen,
                    row.get("title") or "", row["url"])
        )  # fmt: skip
        seen.add(page)
    return tuple(sorted(found, key=lambda one: (one.at, one.outlet)))


def _order(row: Row) -> tuple[datetime, bool, datetime]:
    """In order of time, what is known by the day only after the rest of its day."""
    moment: datetime = row["published"]
    return moment.replace(hour=0, minute=0, second=0), _day_only(moment), moment


def _day_only(moment: datetime) -> bool:
    return moment.time() == datetime.min.time()


def _when(moment: datetime, day_only: bool, at: datetime, hour_known: bool) -> str:
    if moment.date() == at.date() and (day_only or not hour_known):
        return "that day"
    return "before" if moment < at else "after"


def _difference(told: tuple[Telling, ...]) -> Picked | None:
    """Are reports after the event framed otherwise than those before?

    Tones are dealt anew within each outlet, so that another mix of outlets is no difference.
    """
    sides = [t for t in told if t.when != "that day" and not t.again]
    after = np.array([t.when == "after" for t in sides], float)
    if not 0 < after.sum() < len(sides):
        return None
    tones = np.array([t.tone for t in sides], float)
    _, outlets = np.unique([t.outlet for t in sides], return_inverse=True)
    return picked(tones, after, outlets)


def _counts(told: list[Telling]) -> dict[str, Any]:
    frames = Counter(NAMES[t.tone] for t in told)
    mean = sum(t.tone for t in told) / len(told) if told else None
    return {"reports": len(told), **{name: frames[name] for name in NAMES.values()}, "mean": mean}


def _outlets(told: list[Telling], at: datetime) -> list[dict[str, Any]]:
    """Each outlet before and after, and how long after the event its first framed report came."""
    by: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for one in told:
        by[one.outlet, one.outlet_state].append(one)
    rows = []
    for (outlet, state), own in by.items():
        later = [t for t in own if t.at >= at and t.tone and not t.day_only]
        first = later[0] if later else None
        rows.append({
            "outlet": outlet,
            "outlet_state": state,
            **{when.replace(" ", "_"): _counts([t for t in own if t.when == when])
               for when in ("before", "that day", "after")},
            "first_framed": f"{first.at:%Y-%m-%dT%H:%MZ}" if first else None,
            "first_frame": NAMES[first.tone] if first else None,
            "hours_after": round((first.at - at).total_seconds() / 3600, 1) if first else None,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["first_framed"] or "9", row["outlet"]))


def _hours(told: list[Telling]) -> list[dict[str, Any]]:
    by: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        if not one.day_only:
            by[f"{one.at:%Y-%m-%dT%H}Z"].append(one)
    return [{"hour": hour, **_counts(own)} for hour, own in sorted(by.items())]


def _leads(rows: list[Row], since: datetime) -> tuple[tuple[str, str, Lead, float], ...]:
    """Daily mean tone by outlet country, every two compared."""
    size = 2 * _FAR.days
    tones: dict[str, list[list[int]]] = defaultdict(lambda: [[] for _ in range(size)])
    for row in rows:
        tones[row["outlet_state"]][(row["published"] - since).days].append(row["tone"])
    series = {
        state: np.array([sum(day) / len(day) if day else np.nan for day in by_day])
        for state, by_day in tones.items()
    }
    found = [
        (a, b, one) for a, b in combinations(sorted(series), 2)
        if (one := lead(series[a], series[b]))
    ]  # fmt: skip
    corrected = holm([one.p for _, _, one in found])
    return tuple((*one, p) for one, p in zip(found, corrected, strict=True))
