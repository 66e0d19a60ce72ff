"""Read-outs of meetings and calls: one text an event, with who met whom and what was named.

The same event is often reported by several documents: those of one day, one counterpart and one
rank of speaker are one text. A text ranks as the leaders' if the sender's head speaks in it, and
the counterpart's too where that state has one undisputed head (`heads.csv`).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from talleyrand.store import Row, Store

MOST_PARTIES = 3  # a text with more counterparts is of a gathering, not of a meeting with one
LENGTHS = {"zh": (450, 900)}  # characters of a short and of a middling text
_OTHER_LENGTHS = (700, 1500)

_QUERY = """
WITH chosen AS (
  SELECT * FROM documents WHERE sender = $sender AND kind IN ('meeting', 'call', 'joint_statement')
    AND len(counterparts) BETWEEN 1 AND $most
), named AS (
  SELECT DISTINCT document_id FROM matches WHERE list_contains($topics, code)
    OR (list_contains($stances, code) AND NOT negated AND holder IN ($sender, 'both'))
), spoken AS (
  SELECT DISTINCT document_id, speaker, state FROM passages
  UNION SELECT document_id, speaker, holder FROM matches  -- a casebook that holds no passages
    WHERE document_id NOT IN (SELECT document_id FROM passages)
)
SELECT d.id, d.url, d.source, d.language, d.published, d.event_date AS day, d.kind, d.length,
  d.counterparts, d.id IN (SELECT document_id FROM named) AS mentioned,
  (SELECT list(s.speaker || chr(31) || s.state ORDER BY s.speaker, s.state) FROM spoken s
    WHERE s.document_id = d.id) AS speakers
FROM chosen d ORDER BY d.event_date, d.id
"""
# what the head of state's own office publishes is the head's unless another is named
_HEADS_OWN = frozenset({"kremlin", "president_ukraine", "whitehouse"})
_OTHERS = re.compile(
    r"advis[eo]r|assistant|deputy|secretary|vice |head of|chief|first lady|minister|administration"
    r"|gordon|sullivan|finer|yermak|harris"
)
_PRESIDENT = re.compile(r"(?<!vice )(?<!to the )(?<!of the )\bpresident\b(?!’s office|'s office)")


@dataclass(frozen=True, slots=True)
class Reported:
    """One document on one counterpart: as stored, with the rank of those who speak in it."""

    id: str
    url: str
    published: date
    day: date
    kind: str
    language: str
    length: int
    counterpart: str
    parties: int
    rank: str  # "leaders", "others", or "" where nobody of the sender speaks
    mentioned: bool


@dataclass(frozen=True, slots=True)
class ReadOut:
    """One event as reported, and whether any of its documents names the code.

    `id` and `url` are those of the longest document on these two states alone; `length` is 0 for
    a short report, 1 for a middling, 2 for a long one.
    """

    id: str
    url: str
    day: date
    published: date
    counterpart: str
    kind: str
    rank: str
    length: int
    mentioned: bool


def reported(
    store: Store, sender: str, topics: Sequence[str], stances: Sequence[str]
) -> list[Reported]:
    """Every read-out document of the sender, once for each counterpart."""
    rows = store.rows(
        _QUERY, sender=sender, topics=list(topics), stances=list(stances), most=MOST_PARTIES
    )
    return [_reported(row, sender, other) for row in rows for other in row["counterparts"]]


def read_outs(documents: Iterable[Reported]) -> list[ReadOut]:
    """One text an event, in order of date."""
    events: dict[tuple[date, str, str], list[Reported]] = defaultdict(list)
    silent = []
    for one in documents:
        if one.rank:
            events[one.day, one.counterpart, one.rank].append(one)
        else:
            silent.append(one)
    for one in silent:  # an arrival or a ceremony belongs to the leaders' talks of the day
        event = events.get((one.day, one.counterpart, "leaders"))
        if event:
            event.append(one)
    return sorted(map(_event, events.values()), key=lambda e: (e.day, e.counterpart, e.id))


def _event(documents: list[Reported]) -> ReadOut:
    fewest = min(one.parties for one in documents)
    closest = [one for one in documents if one.parties == fewest]
    longest = max(closest, key=lambda one: (one.length, one.url))
    total = sum(one.length for one in closest)
    steps = LENGTHS.get(longest.language, _OTHER_LENGTHS)
    return ReadOut(
        id=longest.id,
        url=longest.url,
        day=longest.day,
        published=max(one.published for one in documents),
        counterpart=longest.counterpart,
        kind="call" if longest.kind == "call" else "meeting",
        rank=longest.rank,
        length=sum(total > step for step in steps),
        mentioned=any(one.mentioned for one in documents),
    )


def _reported(row: Row, sender: str, counterpart: str) -> Reported:
    spoken = [one.casefold().split("\x1f") for one in row["speakers"] or ()]
    ours = [who for who, state in spoken if state == sender.casefold()]
    theirs = [who for who, state in spoken if state == counterpart.casefold()]
    return Reported(
        **{name: row[name] for name in ("id", "url", "published", "day", "kind", "language")},
        length=row["length"],
        counterpart=counterpart,
        parties=len(row["counterparts"]),
        rank=_rank(row, ours, theirs, sender, counterpart),
        mentioned=row["mentioned"],
    )


def _rank(row: Row, ours: list[str], theirs: list[str], sender: str, counterpart: str) -> str:
    """Who speaks: the office of a head speaks for the head unless it names another."""
    if row["kind"] == "joint_statement":
        return "leaders"
    own_office = row["source"] in _HEADS_OWN
    if own_office:
        head = any(_PRESIDENT.search(who) for who in ours)
        head = head or not any(_OTHERS.search(who) for who in ours)
        return "leaders" if head or _is_head(ours, sender, row["day"]) else "others"
    if not _is_head(ours, sender, row["day"]):
        return "others" if ours else ""
    known = _names(counterpart, row["day"]) and theirs
    absent = known and not _is_head(theirs, counterpart, row["day"])
    return "others" if absent else "leaders"


def _is_head(speakers: list[str], state: str, day: date) -> bool:
    names = _names(state, day)
    return any(name in who for who in speakers for name in names)


def _names(state: str, day: date) -> tuple[str, ...]:
    for since, until, names in _heads().get(state, ()):
        if since <= day <= until:
            return names
    return ()


@cache
def _heads() -> dict[str, list[tuple[date, date, tuple[str, ...]]]]:
    found: dict[str, list[tuple[date, date, tuple[str, ...]]]] = defaultdict(list)
    text = (resources.files("talleyrand") / "heads.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        names = tuple(row["names"].split("|"))
        found[row["iso3"]].append((date.fromisoformat(row["since"]), until, names))
    return dict(found)
