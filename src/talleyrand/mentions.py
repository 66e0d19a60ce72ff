"""The states a text names: by name, adjective, abbreviation, capital or leader in office.

Written by hand is what the names of CLDR lack: stand-ins such as Beijing or 俄方
(`standins.csv`) and leaders with their dates in office (`leaders.csv`); whether a name is meant
for a state at all is judged in `lookalikes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, cast

from talleyrand import lookalikes
from talleyrand.matcher import Matcher
from talleyrand.model import Language
from talleyrand.territories import PARTS, rows, spellings, two_letter_codes

How = Literal["name", "adjective", "abbreviation", "capital", "leader", "topic"]
_Entry = tuple[str, How, date, date]


class Mention(NamedTuple):
    """A state named in a text: which, where (character offsets) and how."""

    iso3: str
    start: int
    end: int
    how: How


def mentions(text: str, language: Language, on: date) -> list[Mention]:
    """The states a text names, in order: by name, adjective, stand-in or leader in office `on`.

    English and Russian names count only with a capital letter, Russian adjectives without one
    too. A leader counts from half a year before taking office, since candidates and designates
    are named too. A Chinese abbreviation of several meanings (中乌) means the state that the text
    names in full, else the usual one.
    """
    found = _found(text, language, on)
    return _as_named(text, found) if language == "zh" else found


def leader_of(who: str, language: Language, on: date) -> str | None:
    """The state of a leader by name, if one in office on that day is found in `who`."""
    for mention in mentions(who, language, on):
        if mention.how == "leader":
            return mention.iso3
    return None


def _found(text: str, language: Language, on: date) -> list[Mention]:
    matcher, entries = lexicon(language)
    is_state, unspaced = lookalikes.IS_STATE[language], language == "zh"
    found = []
    for index, start, end in matcher.find(text):
        for iso3, how, since, until in entries[index]:
            if not since <= on <= until:
                continue
            if (unspaced and how != "abbreviation") or is_state(text, start, end, how):
                found.append(Mention(iso3, start, end, how))
            elif how == "abbreviation":
                found += _inside(text, start, end, language, on)
    return found


def _inside(text: str, start: int, end: int, language: Language, on: date) -> Iterator[Mention]:
    """The name that a rejected abbreviation hid: 当中日本 names Japan."""
    matcher, entries = lexicon(language)
    for index, first, last in matcher.find(text[start + 1 : end + 4]):
        for iso3, how, since, until in entries[index]:
            if first == 0 and how == "name" and iso3 and since <= on <= until:
                yield Mention(iso3, start + 1, start + 1 + last, how)


def _as_named(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with each abbreviation meaning the state that is named in full, if one is.

    Only an abbreviation that leaves a single state open (中乌, 乌方) can be meant otherwise.
    """
    short = [at for at, mention in enumerate(found) if mention.how == "abbreviation"]
    if not short:
        return found
    named: dict[str, list[str]] = {}
    for mention in found:
        if mention.how == "name":
            named.setdefault(text[mention.start], []).append(mention.iso3)
    for at in short:
        mention = found[at]
        meant = named.get(lookalikes.open_initial(text[mention.start : mention.end]), [])
        if meant and mention.iso3 not in meant:
            found[at] = mention._replace(iso3=meant[0])
    return found


@cache
def lexicon(language: Language) -> tuple[Matcher, list[list[_Entry]]]:
    """The phrases of one language and what each stands for; read once when first needed."""
    phrases: dict[str, list[_Entry]] = {}

    def put(phrase: str, entry: _Entry) -> None:
        entry = (PARTS.get(entry[0], entry[0]), *entry[1:])
        kept = phrases.setdefault(phrase.lower(), [])
        if not any(entry[0] == known[0] and _at_one_time(entry, known) for known in kept):
            kept.append(entry)

    for row in rows("standins.csv"):
        if row["language"] == language:
            for phrase in row["patterns"].split("|"):
                put(phrase, (row["iso3"], cast(How, row["how"]), date.min, date.max))
    for row in rows("leaders.csv"):
        since, until = _term(row["since"], row["until"])
        for phrase in filter(None, row[language].split("|")):
            put(phrase, (row["iso3"], "leader", since, until))
    topics = {row["iso3"] for row in rows("standins.csv") if row["how"] == "topic"}
    for iso3 in two_letter_codes():
        if iso3 not in topics:
            for phrase in spellings(iso3, language):
                if phrase.lower() not in phrases:
                    put(phrase, (iso3, "name", date.min, date.max))
    meant = [[entry for entry in entries if entry[0]] for entries in phrases.values()]
    return Matcher(list(phrases)), meant


@cache
def leaders_begin(language: Language) -> frozenset[str]:
    """The first two characters of each leader's name: what begins otherwise is none (Chinese)."""
    names = (name for row in rows("leaders.csv") for name in row[language].split("|"))
    return frozenset(name[:2] for name in names if name)


def _at_one_time(one: _Entry, other: _Entry) -> bool:
    """Do two entries hold on the same day? Somebody who comes back to office has two terms."""
    return one[2] <= other[3] and other[2] <= one[3]


def _term(since: str, until: str) -> tuple[date, date]:
    start = date.fromisoformat(since)
    early = date(start.year - (start.month <= 6), (start.month - 7) % 12 + 1, 1)
    return early, date.fromisoformat(until) if until else date.max
