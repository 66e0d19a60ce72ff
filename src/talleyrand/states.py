"""States by any name: code, COW number, name or stand-in in English, Chinese or Russian.

Names and codes come from Babel (Unicode CLDR, see `territories`) and countrycode (Correlates of
War); `mentions` finds the states that a text names. Groups and their members, with the dates of
accession, are in `groups.csv`.

Taiwan and Palestine are states here, as they have ISO codes; in texts Taiwan is given as a topic,
never as a party. Hong Kong and Macao are China's. The European Union is a group of states.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from talleyrand.errors import UnknownState
from talleyrand.mentions import How, Mention, leader_of, leaders_begin, lexicon, mentions
from talleyrand.model import Language
from talleyrand.territories import LANGUAGES, PARTS, name, rows, territories, two_letter_codes

__all__ = [
    "How",
    "Mention",
    "State",
    "all_states",
    "groups",
    "leader_of",
    "leaders_begin",
    "members",
    "mentions",
    "name",
    "resolve",
    "state",
]

_LONGEST = 100  # characters of a name
_OTHERWISE = {  # parts of a state, and states that are no more with who follows them
    **dict.fromkeys(("香港", "澳门", "гонконг", "макао"), "CHN"),
    **dict.fromkeys(("ссср", "советский союз", "ussr", "soviet union", "苏联"), "RUS"),
    **dict.fromkeys(("345", "yugoslavia", "югославия", "南斯拉夫"), "SRB"),
    **dict.fromkeys(("260", "west germany", "federal republic of germany", "西德"), "DEU"),
}
_OFFICE = re.compile(
    r"^the\s+|\s+(?:president|premier|prime minister|foreign minister|government|leader(?:ship)?"
    r"|authorities|side|chancellor)$|(?:总统|主席|总理|首相|外长|外交部|政府|领导人)$"
    r"|^(?:президент|премьер|правительство|министр|власти|мид)\s+|\s+(?:сторона|президент|власти)$"
)


@dataclass(frozen=True, slots=True)
class State:
    """A state with its codes and its usual short names."""

    iso3: str
    iso2: str
    cow: int | None
    names: tuple[tuple[Language, str], ...]


def resolve(text: str, *, leaders: bool = True) -> str:
    """The ISO3 of a state by any code or name; raises UnknownState with the nearest names.

    `leaders`: may a leader's name stand for the state?
    """
    found = find(text, leaders=leaders)
    if found:
        return found
    wanted = " ".join(text[:_LONGEST].split())
    if wanted.upper() in _groups():
        raise UnknownState(f"{wanted} is a group of states, not a state; name one of its members")
    raise UnknownState(f"no state is called {text[:_LONGEST]!r}{_nearest(wanted)}")


def find(text: str, *, leaders: bool = True) -> str | None:
    """The same, or None: for names by the thousand, as looking for the nearest takes long."""
    wanted = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if not wanted:
        return None
    if wanted.upper() in two_letter_codes():
        return PARTS.get(wanted.upper(), wanted.upper())
    found = _index().get(wanted.casefold()) or _OTHERWISE.get(wanted.casefold())
    found = found or _by_countrycode(wanted)
    found = found or _by_stand_in(wanted, leaders)
    return PARTS.get(found, found) if found else None


def state(iso3: str) -> State:
    """The state behind an ISO3 code; raises UnknownState."""
    code = iso3.upper()
    if code not in two_letter_codes():
        raise UnknownState(f"no state has the ISO code {iso3!r}")
    names = tuple((language, name(code, language)) for language in LANGUAGES)
    return State(code, two_letter_codes()[code], _cow(code), names)


def members(group: str, on: date | None = None) -> frozenset[str]:
    """The member states of a group (NATO, EU, G7, ...) on a day, by default the latest known."""
    if group.upper() not in _groups():
        raise UnknownState(f"no group {group!r}; there are {', '.join(sorted(_groups()))}")
    day = on or date.max
    return frozenset(
        iso3 for iso3, since, until in _groups()[group.upper()] if since <= day <= until
    )


def groups() -> tuple[str, ...]:
    """The names of the known groups."""
    return tuple(sorted(_groups()))


def all_states() -> tuple[str, ...]:
    """Every ISO3 code known, sorted."""
    return tuple(sorted(code for code in two_letter_codes() if code not in PARTS))


# --- tables, read once when first needed ---------------------------------------------------


@cache
def _groups() -> dict[str, list[tuple[str, date, date]]]:
    found: dict[str, list[tuple[str, date, date]]] = {}
    for row in rows("groups.csv"):
        since = date.fromisoformat(row["since"])
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        for iso3 in row["iso3"].split():
            found.setdefault(row["group"], []).append((iso3, since, until))
    return found


@cache
def _index() -> dict[str, str]:
    """Every name and ISO2 code, folded, with its ISO3; longer spellings come from countrycode."""
    index: dict[str, str] = {}
    for row in rows("standins.csv"):
        if row["how"] in ("name", "topic", "capital") and row["iso3"]:
            for phrase in row["patterns"].split("|"):
                if "*" not in phrase:
                    index.setdefault(phrase.casefold(), row["iso3"])
    for iso3, iso2 in two_letter_codes().items():
        index[iso2.casefold()] = iso3
        for language in LANGUAGES:
            index[name(iso3, language).casefold()] = iso3
            index.setdefault(territories(language)[iso2].casefold(), iso3)
    return index


def _by_stand_in(text: str, leaders: bool) -> str | None:
    """By a stand-in or a leader of any time, office or none: 俄方, the Chinese president.

    None where the text names no state so, or more than one (中俄).
    """
    whole = _OFFICE.sub("", text.casefold()).strip()
    for language in LANGUAGES:
        matcher, entries = lexicon(language)
        for index, start, end in matcher.find(whole):
            known = {(iso3, how) for iso3, how, *_ in entries[index]}
            if (start, end) == (0, len(whole)) and len(known) == 1:
                iso3, how = known.pop()
                if how == "leader" and not leaders:
                    return None
                pair = how == "abbreviation" and language == "zh" and not whole.endswith("方")
                return None if pair else iso3 or None
    return None


def _by_countrycode(text: str) -> str | None:
    """By COW number or letters, or by countrycode's patterns for English names."""
    from countrycode import countrycode

    origins = ("cown",) if text.isdecimal() and text.isascii() else ("cowc", "country.name")
    for origin in origins:
        wanted = int(text) if origin == "cown" else text.upper() if origin == "cowc" else text
        found = countrycode([wanted], origin, "iso3c", _codelist())
        if found and found[0] in two_letter_codes():
            return str(found[0])
    return None


@cache
def _codelist() -> dict[str, list[Any]]:
    """The library's table, which it would read from disk at each call."""
    from countrycode.countrycode import prepare_codelist

    made: dict[str, list[Any]] = prepare_codelist()
    return made


@cache
def _cow(iso3: str) -> int | None:
    from countrycode import countrycode

    found = countrycode([iso3], "iso3c", "cown", _codelist())
    return int(found[0]) if found and found[0] is not None else None


def _nearest(text: str) -> str:
    """The nearest known names, for an error that helps."""
    from difflib import get_close_matches

    known = sorted(key for key in _index() if len(key) > 2)
    near = get_close_matches(text.casefold(), known, n=3, cutoff=0.7)
    if not near:
        start = bisect_left(known, text.casefold()[:3])
        near = [n for n in known[start : start + 2] if n[:3] == text.casefold()[:3]]
    shown = dict.fromkeys(f"{name(_index()[n])} ({_index()[n]})" for n in near)
    return f"; did you mean {', '.join(shown)}?" if shown else "; try its ISO code, such as RUS"
