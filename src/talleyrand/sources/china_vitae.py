"""Engagements of seven Chinese leaders, 2003-2018: whom they met and where they travelled.

Presidents, premiers and foreign ministers: Hu Jintao and Xi Jinping, Wen Jiabao and Li Keqiang,
Li Zhaoxing, Yang Jiechi and Wang Yi. The data set names a country for each row, either the one
visited or the home of one met. A row is a `meeting` where somebody of that state is among those
met, a `visit` where the leader was there and met none of its people, else a `message` (a letter,
a call, an announcement). The text itself is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from talleyrand import states
from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Record, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import partner

NAME = "china_vitae"
PAGE = "https://www.chinavitae.com"

_NEEDED = ("date", "country", "leader", "text")
_MET = re.compile(r"\b(?:met with|held talks with|attended)\b(.*)", re.IGNORECASE | re.DOTALL)
_TRAVELLED = re.compile(r"\btravell?ed to ([^,(]+)", re.IGNORECASE)


def fetch(http: Http) -> Iterator[Raw]:
    """The site has no download; raises FetchError that says what to do."""
    raise FetchError(
        f"tabulate the engagements listed on {PAGE} with the columns {', '.join(_NEEDED)}, then"
        f" run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of engagements."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "vitae" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """A record a day, leader, state and kind."""
    seen: set[tuple[str, str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        day, state, leader = _day(cells["date"]), partner(cells["country"].strip()), cells["leader"]
        if day is None:
            yield Rejected(NAME, where, "no date")
        elif state is None or state == "CHN":
            yield Rejected(NAME, where, "a counterpart that is no other state")
        else:
            kind = kind_of(cells["text"], state, day)
            key = (cells["date"], leader, state, kind)
            if key in seen:
                yield Rejected(NAME, where, "a second row of the same day, leader, state and kind")
                continue
            seen.add(key)
            yield Record(NAME, kind, "CHN", state, leader.strip(), day, day, 1.0, "engagement",
                         url=PAGE)  # fmt: skip


def kind_of(text: str, state: str, day: date) -> str:
    """`meeting`, `visit` or `message`: what a row tells of a leader and a state."""
    met = _MET.search(text)
    named = {mention.iso3 for mention in states.mentions(met[1], "en", day)} if met else set()
    if state in named:
        return "meeting"
    went = _TRAVELLED.search(text)
    return "visit" if went and partner(went[1].strip()) == state else "message"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


SOURCE = Source(
    name=NAME,
    title="Engagements of seven Chinese leaders (China Vitae)",
    publisher="",
    licence="facts from a public site (dates and parties), no text; attribution to China Vitae",
    homepage=PAGE,
    brings="records",
    defects=(
        "2003 to 2018; seven leaders, each while in office, so three offices at any time",
        "meetings on record fall from 396 in 2005 to 161 in 2018: the data set thins, which is no"
        " rupture with anybody",
        "a meeting on the margins of a summit counts as one at home does",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
