"""Words that look like a state and are none: Jim Jordan, кроме того, 想方设法方."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from talleyrand.model import Language

# --- Chinese -------------------------------------------------------------------------------

_PAIR_GOES_ON = frozenset(
    "关双两合友经贸边元战传全人外总领协联高建务间三峰冲局条文各媒青智地投能科伙命民政军互首国之方、，。；”）蒙铁"
)
_AFTER_NO_PAIR = frozenset("其当集心")  # 其中印…, 当中日…
_NEVER_AFTER_SIDE = frozenset("案面式法向针便位程形米阵略可能才")
_NEVER_BEFORE_SIDE = frozenset("0123456789今明昨近次当节连每假生整参增添其")
_BEFORE_NO_SIDE = {
    "法方": frozenset("设办立司执违合非守宪依无书普用看想做方"),
    "以方": frozenset("可所得足难予用加借"),
    "美方": frozenset("完优审精"),
    "土方": frozenset("国领水乡"),
    "意方": frozenset("同满注随"),
    "德方": frozenset("道品"),
    "白方": frozenset("明坦"),
    "委方": frozenset("党常"),
    "印方": frozenset("打复脚"),
    "中方": frozenset("集期"),
}
_SURE_PAIRS = frozenset(
    {
        *("中俄", "俄中", "俄乌", "乌俄", "美俄", "俄美", "印巴", "巴以", "以巴", "日韩", "法德"),
        *("美日", "美韩", "美英", "美伊", "美朝", "美以", "印尼", "俄军", "美军", "乌军", "乌东"),
        *("我国", "俄国", "伊核", "朝核", "越共", "古共"),
    }
)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """俄方 and 中俄关系 yes; 15日方可, 增加方案 and 其中加强 no."""
    said = text[start:end]
    after = text[end : end + 1]
    before = text[start - 1 : start]
    if said.endswith("方"):
        return (
            after not in _NEVER_AFTER_SIDE
            and before not in _NEVER_BEFORE_SIDE
            and before not in _BEFORE_NO_SIDE.get(said, ())
        )
    if said in _SURE_PAIRS or len(said) > 2:
        return True
    if before in _AFTER_NO_PAIR and said[0] == "中":
        return False
    if said == "中美":
        return after not in "好丽术食味容洲"
    return after in _PAIR_GOES_ON or not after or text.startswith("和", end)


def open_initial(said: str) -> str:
    """Of an abbreviation that leaves one state open (中乌, 乌中, 乌方) its character, else ""."""
    if len(said) != 2 or said in _SURE_PAIRS:
        return ""
    if said[0] == "中":
        return said[1] if said[1] != "方" else ""
    return said[0] if said[1] in "方中" else ""


# --- English -------------------------------------------------------------------------------

_PERSON = re.compile(
    r"\b(?:Jim|Michael|Vernon|Congressman|Congresswoman|Representative|Rep\.|Chairman|Barbara|Mr\."
    r"|Hamilton|Speaker) $"
)
_SURNAME = re.compile(
    r" (?!President|Prime|Foreign|Government|Minister|Ambassador|And\b|Is\b|Will|Has)[A-Z][a-z]+\b"
)
# Words of texts that speak of the state of the Union, and of those that speak of the Caucasus.
_UNION = (
    *("Atlanta", "Savannah", "Augusta", "Macon", "Fulton County", "Fort Benning", "Fort Stewart"),
    *("Ossoff", "Warnock", "Stacey Abrams", "Kemp", "Raffensperger", "Georgia Senate"),
    *("Georgia voters", "Georgia runoff"),
)
_CAUCASUS = (
    *("Tbilisi", "Caucasus", "Georgian ", "Abkhazia", "Ossetia", "Batumi", "Saakashvili"),
    *("Garibashvili", "Kobakhidze", "Republic of Georgia", "Government of Georgia"),
    *("Parliament of Georgia", "country of Georgia"),
    *(
        pair
        for other in ("Ukraine", "Moldova", "Armenia", "Azerbaijan")
        for link in (", ", " and ", ", and ")
        for pair in (f"{other}{link}Georgia", f"Georgia{link}{other}")
    ),
)
_GIVEN_NAME = re.compile(r"\b(?!Holiness|Former|With|And|The|By|Of|From|To)[A-Z][a-z]+ $")
_NO_CAPITAL = re.compile(r"\b(?:George|Denzel|Booker T\.|Seattle,|Spokane,|Tacoma,|State of) $")
_BIRD = re.compile(r"(?:Thanksgiving|[Ww]ild|[Rr]oast\w*|[Pp]ardon\w* (?:a|the|of)) $")
_ACRONYMS = frozenset({"us", "u.s", "u.s."})
_CHECKED = _ACRONYMS | {
    "xi",
    "guam",
    "jordan",
    "chad",
    "georgia",
    "turkey",
    "guinea",
    "pope",
    "washington",
}


def _is_english(text: str, start: int, end: int, how: str) -> bool:
    said = text[start:end]
    lower = said.lower()
    if lower not in _CHECKED:
        return said[0].isupper()
    if lower in _ACRONYMS:
        return said == lower.upper()
    if lower in ("xi", "guam"):  # not the eleventh, not the organisation
        return said == said.capitalize()
    return said[0].isupper() and _is_meant(text, start, end, lower)


def _is_meant(text: str, start: int, end: int, lower: str) -> bool:
    """Of a name that persons, cities and animals bear: is the state meant?"""
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    if lower == "guinea":
        return not re.match(r" (?:pigs?|fowls?)\b", after)
    if lower == "turkey":
        return not _BIRD.search(before)
    if lower == "jordan":
        return not _PERSON.search(before)
    if lower == "chad":
        return not _SURNAME.match(after)
    if lower == "pope":
        return not _GIVEN_NAME.search(before)
    if lower == "washington":
        return not _NO_CAPITAL.search(before)
    return _is_caucasus(text, before)


def _is_caucasus(text: str, before: str) -> bool:
    """Georgia, unless the text speaks of the state of the Union or says so just before."""
    of_union = _speaks_of_union(text) or before.endswith(("State of ", "state of ", "Governor of "))
    return not of_union or any(cue in text for cue in _CAUCASUS)


@lru_cache(maxsize=4)
def _speaks_of_union(text: str) -> bool:
    return any(cue in text for cue in _UNION)


# --- Russian -------------------------------------------------------------------------------

_RU_ADJECTIVE = re.compile(r"(?:[сц]к(?:о|\w{2,3})|\w[ие]?ц\w{0,3}|\wян\w{0,4})$")
_RU_INSIDE = re.compile(r"[А-Яа-яЁё»)],? $")


def _is_russian(text: str, start: int, end: int, how: str) -> bool:
    """Россия and российский yes, мали and того no; Того only where no sentence begins with it."""
    said = text[start:end]
    if said == "Того":
        return bool(_RU_INSIDE.search(text[max(0, start - 3) : start]))
    return said[0].isupper() or (how != "leader" and bool(_RU_ADJECTIVE.search(said)))


def _is_chinese(text: str, start: int, end: int, how: str) -> bool:
    return how != "abbreviation" or _is_abbreviation(text, start, end)


# By language: does what stands between two offsets of a text mean a state, named in this way?
IS_STATE: dict[Language, Callable[[str, int, int, str], bool]] = {
    "en": _is_english,
    "zh": _is_chinese,
    "ru": _is_russian,
}
