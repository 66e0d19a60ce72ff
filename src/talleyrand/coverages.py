"""`talleyrand coverage`: how much was written on two states, by whom, and how it was framed.

Reports that name both, by outlet and outlet country; outlets of third states apart from the two
parties' own. A page counts once, as first seen. Shares are of reports as coded; the tone corrected
for the coder's errors stands beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from talleyrand import provenance
from talleyrand.dimensions.coverage import CONFUSION, TONE, is_trained
from talleyrand.errors import InputError
from talleyrand.frames import NAMES
from talleyrand.inference import misclassified
from talleyrand.model import Casebook
from talleyrand.pages_seen import PAGE
from talleyrand.store import Row, Store

_REPORTS = """
SELECT DISTINCT ON (outlet, {page}) *,
  list_contains(warming, $pair)::INT - list_contains(cooling, $pair)::INT AS tone
FROM reports
WHERE list_contains(states, $one) AND list_contains(states, $other)
  AND published >= $since AND published < $until
ORDER BY published, id
"""
_FEWEST = 20  # reports for a tone corrected
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reports on two states in a period (days included), each once."""

    one: str
    other: str
    since: date
    until: date
    rows: tuple[Row, ...]
    casebook: Casebook

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand coverage --json`."""
        parties = (self.one, self.other)
        outside = [row for row in self.rows if row["outlet_state"] not in parties]
        own = {
            state: [row for row in self.rows if row["outlet_state"] == state] for state in parties
        }
        return {
            "states": list(parties),
            "from": self.since.isoformat(),
            "to": self.until.isoformat(),
            "outsiders": self._told(outside),
            "own": {state: self._told(rows) for state, rows in own.items()},
            "countries": self._groups(lambda row: (row["outlet_state"],)),
            "outlets": self._groups(lambda row: (row["outlet_state"], row["outlet"])),
            "months": self._months(outside),
            "acts_known": any(row["trained"] for row in self.rows),
            "coder": "trained" if any(row["trained"] for row in self.rows) else "phrases",
            "casebook": provenance.told(self.casebook),
        }

    def _groups(self, key: Callable[[Row], tuple[str, ...]]) -> list[dict[str, Any]]:
        """Reports by outlet country, or outlet: outsiders first, then by number."""
        by: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.rows:
            by[key(row)].append(row)
        names = ("outlet_state", "outlet")
        found = [
            {
                **dict(zip(names, group, strict=False)),
                "side": "party" if group[0] in (self.one, self.other) else "outsider",
                "outlets": len({row["outlet"] for row in rows}),
                **self._told(rows),
            }
            for group, rows in by.items()
        ]
        return sorted(found, key=lambda g: (g["side"], -g["reports"], g.get("outlet", "")))

    def _months(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        by: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by[f"{row['published']:%Y-%m}"].append(row)
        return [{"month": month, **_framed(by[month])} for month in sorted(by)]

    def _told(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Volume, shares with intervals, tone, and who is said to act towards whom."""
        return {**_framed(rows), "tone_corrected": _corrected(rows), "acts": self._acts(rows)}

    def _acts(self, rows: Sequence[Row]) -> dict[str, dict[str, int]] | None:
        """Reports in which one acts warmly or coldly towards the other."""
        known = [row for row in rows if row["trained"]]
        if not known:
            return None
        counted = Counter(act for row in known for act in row["acts"])
        both = ((self.one, self.other), (self.other, self.one))
        return {
            f"{actor}>{target}": {
                "warm": counted[f"{actor}>{target}+"],
                "cold": counted[f"{actor}>{target}-"],
            }
            for actor, target in both
        }


def ask(store: Store, one: str, other: str, since: date, until: date) -> Coverage:
    """The coverage of two states (ISO3); raises InputError for a period turned."""
    if since > until:
        raise InputError(f"the first day ({since}) is after the last ({until})")
    pair = "-".join(sorted((one, other)))
    found = store.rows(
        _REPORTS.format(page=PAGE),
        one=one,
        other=other,
        pair=pair,
        since=since,
        until=until + timedelta(days=1),
    )
    rows = [{**row, "trained": is_trained(row, pair)} for row in found]
    base = Casebook(store.origin, store.built, store.location)
    return Coverage(one, other, since, until, tuple(rows), base)


def _framed(rows: Sequence[Row]) -> dict[str, Any]:
    """Number and share of each frame, with the share's 95 % interval, and the mean tone."""
    frames = Counter(NAMES[row["tone"]] for row in rows)
    told: dict[str, Any] = {"reports": len(rows)}
    for name in NAMES.values():
        share, low, high = (
            misclassified.share(frames[name], len(rows)) if rows else (None, None, None)
        )
        told[name] = {"reports": frames[name], "share": share, "interval": [low, high]}
    mean = sum(row["tone"] for row in rows) / len(rows) if rows else None
    return {**told, "tone": mean}


def _corrected(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Mean tone had the coder made no errors, with its 95 % interval; None of few reports."""
    known = [row["tone"] for row in rows if row["trained"]]
    if len(known) < _FEWEST:
        return None
    counts = np.array([known.count(tone) for tone in (0, 1, -1)], float)
    tone, error = misclassified.corrected(counts, CONFUSION, TONE)
    ends = (tone, tone - _Z * error, tone + _Z * error)
    told, low, high = (max(-1.0, min(1.0, end)) for end in ends)
    return {"tone": told, "interval": [low, high], "reports": len(known)}
