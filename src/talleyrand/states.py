"""States by any name: code, COW number, name or stand-in in English, Chinese or Russian.

Names and codes come from Babel (Unicode CLDR) and countrycode (Correlates of War); written by
hand is only what they lack: stand-ins such as Beijing or 俄方 (`standins.csv`), leaders with their
dates in office (`leaders.csv`) and groups with their dates of accession (`groups.csv`).

Taiwan and Palestine are states here, as they have ISO codes; in texts Taiwan is given as a topic,
never as a party. Hong Kong and Macao are China's. The European Union is a group of states.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal, cast

from talleyrand.errors import UnknownState
from talleyrand.matcher import Matcher
from talleyrand.model import Language

How = Literal["name", "adjective", "abbreviation", "capital", "leader", "topic"]

_LANGUAGES: tuple[Language, ...] = ("en", "zh", "ru")
_ALSO = {"XKX": "XK"}
_SHORT = {
    ("en", "USA"): "United States",
    ("en", "GBR"): "United Kingdom",
    ("en", "MMR"): "Myanmar",
    ("en", "PSE"): "Palestine",
    ("en", "COD"): "DR Congo",
    ("en", "COG"): "Congo",
    ("en", "BIH"): "Bosnia and Herzegovina",
    ("en", "TTO"): "Trinidad and Tobago",
    ("en", "HKG"): "Hong Kong",
    ("en", "MAC"): "Macao",
    ("zh", "COD"): "刚果（金）",
    ("zh", "PSE"): "巴勒斯坦",
    ("ru", "USA"): "США",
    ("ru", "KOR"): "Южная Корея",
    ("ru", "PSE"): "Палестина",
}
_OFFICE = re.compile(
    r"^the\s+|\s+(?:president|premier|prime minister|foreign minister|government|leader(?:ship)?"
    r"|authorities|side|chancellor)$|(?:总统|主席|总理|首相|外长|外交部|政府|领导人)$"
    r"|^(?:президент|премьер|правительство|министр|власти|мид)\s+|\s+(?:сторона|президент|власти)$"
)
_PARTS = {"HKG": "CHN", "MAC": "CHN"}
_PAIR_GOES_ON = frozenset(
    "关双两合友经贸边元战传全人外总领协联高建务间三峰冲局条文各媒青智地投能科伙命民政军互首国之方、，。；”）蒙"
)
_NEVER_AFTER_SIDE = frozenset("案面式法向针便位程形米阵略可能才")
_NEVER_BEFORE_SIDE = frozenset("0123456789今明昨近次当节连每假生整参增添其")
_SURE_PAIRS = {
    *(
        "中俄",
        "俄中",
        "俄乌",
        "乌俄",
        "美俄",
        "俄美",
        "中日韩",
        "美日韩",
        "中俄蒙",
        "美西方",
        "印巴",
    ),
    *(
        "巴以",
        "以巴",
        "日韩",
        "法德",
        "美日",
        "美韩",
        "美英",
        "美伊",
        "美朝",
        "美以",
        "中俄印",
        "印尼",
    ),
    *("俄军", "美军", "乌军", "乌东", "我国", "俄国", "伊核", "朝核", "越共", "古共"),
}


@dataclass(frozen=True, slots=True)
class State:
    """A state with its codes and its usual short names."""

    iso3: str
    iso2: str
    cow: int | None
    names: tuple[tuple[Language, str], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A state named in a text: which, where (character offsets) and how."""

    iso3: str
    start: int
    end: int
    how: How


def resolve(text: str, *, leaders: bool = True) -> str:
    """The ISO3 of a state by any code or name; raises UnknownState with the nearest names.

    `leaders`: may a leader's name stand for the state?
    """
    wanted = " ".join(text.split())
    if wanted.upper() in _iso2():
        return _PARTS.get(wanted.upper(), wanted.upper())
    found = _index().get(wanted.casefold()) or _by_countrycode(wanted)
    found = found or _by_stand_in(wanted, leaders)
    if found:
        return _PARTS.get(found, found)
    if wanted.upper() in _groups():
        raise UnknownState(f"{wanted} is a group of states, not a state; name one of its members")
    raise UnknownState(f"no state is called {text!r}{_nearest(wanted)}")


def state(iso3: str) -> State:
    """The state behind an ISO3 code; raises UnknownState."""
    code = iso3.upper()
    if code not in _iso2():
        raise UnknownState(f"no state has the ISO code {iso3!r}")
    names = tuple((language, name(code, language)) for language in _LANGUAGES)
    return State(code, _iso2()[code], _cow(code), names)


def name(iso3: str, language: Language = "en") -> str:
    """The usual short name of a state; the code itself where there is none."""
    short = _SHORT.get((language, iso3))
    return short or _territories(language).get(_iso2().get(iso3, ""), iso3)


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
    return tuple(sorted(code for code in _iso2() if code not in _PARTS))


def mentions(text: str, language: Language, on: date) -> list[Mention]:
    """The states a text names, in order: by name, adjective, stand-in or leader in office `on`.

    English and Russian leaders and English names count only with a capital letter. A leader
    counts from half a year before taking office, since candidates and designates are named too.
    """
    matcher, entries = _lexicon(language)
    found = []
    for index, start, end in matcher.find(text):
        for iso3, how, since, until in entries[index]:
            if since <= on <= until and iso3 and _really(text, start, end, language, how):
                found.append(Mention(_PARTS.get(iso3, iso3), start, end, how))
    return found


def leader_of(who: str, language: Language, on: date) -> str | None:
    """The state of a leader by name, if one in office on that day is found in `who`."""
    for mention in mentions(who, language, on):
        if mention.how == "leader":
            return mention.iso3
    return None


# --- is it really the state? ---------------------------------------------------------------


def _really(text: str, start: int, end: int, language: Language, how: How) -> bool:
    if language == "zh":
        return how != "abbreviation" or _is_abbreviation(text, start, end)
    first = text[start]
    if language == "ru":
        return first.isupper() if how == "leader" else not _is_pronoun(text, start, end)
    said = text[start:end]
    return said in ("US", "U.S.", "U.S") or (first.isupper() and said.lower() not in ("us", "u.s"))


def _is_pronoun(text: str, start: int, end: int) -> bool:
    """In Russian "of that" is spelt as Togo is: a state only with a capital inside a sentence."""
    if text[start:end].casefold() != "того":
        return False
    before = text[:start].rstrip() if start < 2 else text[start - 2 : start].rstrip()
    return text[start].islower() or not before[-1:].isalpha()


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """俄方 and 中俄关系 yes; 15日方可, 增加方案 and 其中加强 no."""
    said = text[start:end]
    after = text[end : end + 1]
    before = text[start - 1 : start]
    if said.endswith("方"):
        return after not in _NEVER_AFTER_SIDE and before not in _NEVER_BEFORE_SIDE
    if said in _SURE_PAIRS or len(said) > 2:
        return True
    if said == "中美":
        return after not in "好丽术食味容洲"
    return after in _PAIR_GOES_ON or not after


# --- tables, read once when first needed ---------------------------------------------------

_Entry = tuple[str, How, date, date]


@cache
def _lexicon(language: Language) -> tuple[Matcher, list[list[_Entry]]]:
    """The phrases of one language and what each stands for."""
    phrases: dict[str, list[_Entry]] = {}

    def put(phrase: str, entry: _Entry) -> None:
        kept = phrases.setdefault(phrase.lower(), [])
        if all(entry[0] != known[0] for known in kept):
            kept.append(entry)

    for row in _rows("standins.csv"):
        if row["language"] == language:
            for phrase in row["patterns"].split("|"):
                put(phrase, (row["iso3"], cast(How, row["how"]), date.min, date.max))
    for row in _rows("leaders.csv"):
        since, until = _term(row["since"], row["until"])
        for phrase in filter(None, row[language].split("|")):
            put(phrase, (row["iso3"], "leader", since, until))
    topics = {row["iso3"] for row in _rows("standins.csv") if row["how"] == "topic"}
    for iso3 in _iso2():
        if iso3 not in topics:
            for phrase in _names(iso3, language):
                put(phrase, (iso3, "name", date.min, date.max))
    return Matcher(list(phrases)), list(phrases.values())


def _names(iso3: str, language: Language) -> list[str]:
    """The names of a state to look for; Russian ones as stems, since they are declined."""
    full = name(iso3, language)
    if full == iso3:
        return []
    if language != "ru":
        return [full, full.replace("（", "(").replace("）", ")")]
    words = full.split()
    stem = full[:-1]
    if len(words) > 1 or len(stem) < 4 or full[-2:] in ("оа", "уа", "уэ"):
        return [full]
    if full[-1] in "аяйьы":
        return [stem + "*"]
    return [full + "*" if full[-1] not in "еиоуэю" else full]


def _term(since: str, until: str) -> tuple[date, date]:
    start = date.fromisoformat(since)
    early = date(start.year - (start.month <= 6), (start.month - 7) % 12 + 1, 1)
    return early, date.fromisoformat(until) if until else date.max


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files("talleyrand").joinpath(file).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _groups() -> dict[str, list[tuple[str, date, date]]]:
    found: dict[str, list[tuple[str, date, date]]] = {}
    for row in _rows("groups.csv"):
        since = date.fromisoformat(row["since"])
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        for iso3 in row["iso3"].split():
            found.setdefault(row["group"], []).append((iso3, since, until))
    return found


@cache
def _iso2() -> dict[str, str]:
    """ISO3 to ISO2 of every territory that CLDR knows by an ISO3 code."""
    from babel.core import get_global

    aliases = cast(dict[str, list[str]], get_global("territory_aliases"))
    usual = _territories("en")
    pairs = {
        code: new[0]
        for code, new in aliases.items()
        if len(code) == 3 and code.isalpha() and len(new) == 1 and len(new[0]) == 2
    }
    gone = {
        "ANT",
        "SCG",
        "YUG",
        "SUN",
        "TMP",
        "ZAR",
        "BUR",
        "ROM",
        "DDR",
        "YMD",
        "FXX",
        "QUU",
        "XKK",
    }
    return {
        code: two for code, two in {**pairs, **_ALSO}.items() if two in usual and code not in gone
    }


@cache
def _territories(language: Language) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).territories)


@cache
def _index() -> dict[str, str]:
    """Every name and ISO2 code, folded, with its ISO3; longer spellings come from countrycode."""
    index: dict[str, str] = {}
    for row in _rows("standins.csv"):
        if row["how"] in ("name", "topic", "capital") and row["iso3"]:
            for phrase in row["patterns"].split("|"):
                if "*" not in phrase:
                    index.setdefault(phrase.casefold(), row["iso3"])
    for iso3, iso2 in _iso2().items():
        index[iso2.casefold()] = iso3
        for language in _LANGUAGES:
            index[name(iso3, language).casefold()] = iso3
            index.setdefault(_territories(language)[iso2].casefold(), iso3)
    return index


def _by_stand_in(text: str, leaders: bool) -> str | None:
    """By a stand-in or a leader of any time, office or none: 俄方, the Chinese president.

    None where the text names no state so, or more than one (中俄).
    """
    whole = _OFFICE.sub("", text.casefold()).strip()
    for language in _LANGUAGES:
        matcher, entries = _lexicon(language)
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

    origins = ("cown",) if text.isdigit() else ("cowc", "country.name")
    for origin in origins:
        wanted = int(text) if origin == "cown" else text.upper() if origin == "cowc" else text
        found = countrycode([wanted], origin=origin, destination="iso3c")
        if found and found[0] in _iso2():
            return str(found[0])
    return None


@cache
def _cow(iso3: str) -> int | None:
    from countrycode import countrycode

    found = countrycode([iso3], origin="iso3c", destination="cown")
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
