"""`votes`: agreement in the UN General Assembly beyond what chance gives, by session.

Chance-corrected agreement (Haege 2011, Political Analysis 19:287-305) of sender and target over
the roll calls of one session, September to August, with its standard error over roll calls.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np

from talleyrand.inference.agreement import pair
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_VOTES = """
SELECT a.start_date AS day, a.item, a.url, a.value AS sender_vote, b.value AS target_vote
FROM records a JOIN records b ON a.item = b.item AND a.start_date = b.start_date
  AND a.kind = b.kind AND a.source = b.source
WHERE a.kind = 'vote' AND a.sender = $sender AND b.sender = $target
  AND (a.source <> 'un_library' OR a.start_date NOT IN (
    SELECT start_date FROM records WHERE source = 'un_votes' AND kind = 'vote'))
ORDER BY day, a.item
"""
_VETOES = """
SELECT count(*) FILTER (WHERE members = 2) AS shared, max(day) AS last,
  count(*) FILTER (WHERE sender_cast) AS sender, count(*) FILTER (WHERE target_cast) AS target
FROM (
  SELECT start_date AS day, item, count(*) FILTER (WHERE sender IN ($sender, $target)) AS members,
    bool_or(sender = $sender) AS sender_cast, bool_or(sender = $target) AS target_cast
  FROM records WHERE kind = 'veto' GROUP BY ALL)
"""
_CAST = {1: "yes", 2: "abstained", 3: "no"}
_DATASET = "https://doi.org/10.7910/DVN/LEJUQZ"  # where the roll calls are published, by rcid
_FEWEST = 20  # roll calls, below which a session is left out


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Agreement by UN session, from -1 to 1, each dated at its first roll call.

    The session that `at` falls into is split there, so that no vote cast before the date counts
    as after it.
    """
    sessions: dict[tuple[date, bool], list[Row]] = defaultdict(list)
    for row in store.rows(_VOTES, sender=dyad.sender, target=dyad.target):
        sessions[session(row["day"]), row["day"] >= at].append(row)
    points = []
    for _, rows in sorted(sessions.items()):
        votes = np.array([(r["sender_vote"], r["target_vote"]) for r in rows])
        value, error, n = pair(votes[:, 0], votes[:, 1])
        if n >= _FEWEST and np.isfinite(value):
            points.append((rows[0]["day"], float(value), float(n), float(error)))
    return Series(
        dates=tuple(p[0] for p in points),
        values=tuple(p[1] for p in points),
        n=tuple(p[2] for p in points),
        se=tuple(p[3] for p in points),
        cadence="session",
        unit="agreement",
        evidence=tuple(_roll_call(row, dyad) for rows in sessions.values() for row in rows),
        note=_vetoes(store, dyad),
    )


def _vetoes(store: Store, dyad: Dyad) -> str:
    """Vetoes in the Security Council that both cast, where both have one."""
    row = store.rows(_VETOES, sender=dyad.sender, target=dyad.target)[0]
    if not (row["sender"] and row["target"]):
        return ""
    vetoes = "1 veto" if row["shared"] == 1 else f"{row['shared']} vetoes"
    return (
        f"in the Security Council, to {row['last']}, {dyad.sender} and {dyad.target} cast"
        f" {vetoes} together ({row['sender']} and {row['target']} in all)"
    )


def _roll_call(row: Row, dyad: Dyad) -> Evidence:
    """One roll call: how either voted, and the distance of the two votes from 0 to 2."""
    sender, target = row["sender_vote"], row["target_vote"]
    cast = (
        f"{dyad.sender} {_CAST.get(sender, 'absent')}, {dyad.target} {_CAST.get(target, 'absent')}"
    )
    apart = abs(sender - target) if {sender, target} <= set(_CAST) else None
    return Evidence(f"un_votes:{row['item']}", row["url"] or _DATASET, row["day"], apart, cast)


def session(day: date) -> date:
    """The first day of the General Assembly session a day falls into."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


DIMENSION = Dimension(
    name="votes",
    title="Agreement in UN General Assembly roll calls beyond chance",
    side="position",
    unit="agreement",
    more_means="closer",
    margin=0.1,
    margin_why="a tenth of the way from chance to full agreement",
    sources=("un_votes", "un_library"),
    measure=measure,
)
