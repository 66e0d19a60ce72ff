"""The territories with an ISO code, and what they are called in English, Chinese and Russian.

Names and codes come from Babel (Unicode CLDR); written by hand is what it lacks or says stiffly.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import cast

from talleyrand.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh", "ru")
PARTS = {"HKG": "CHN", "MAC": "CHN"}  # given as the state they belong to

_ALSO = {"XKX": "XK"}
_GONE = frozenset(
    [
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
        "ZZZ",
    ]
)
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


def name(iso3: str, language: Language = "en") -> str:
    """The usual short name of a state; the code itself where there is none."""
    short = _SHORT.get((language, iso3))
    return short or territories(language).get(two_letter_codes().get(iso3, ""), iso3)


def spellings(iso3: str, language: Language) -> list[str]:
    """The names of a state to look for in texts; Russian ones as stems, since they are declined."""
    full = name(iso3, language)
    if full == iso3:
        return []
    if language == "ru":
        return _declined(full)
    if language == "zh":
        return [full, full.replace("（", "(").replace("）", ")")]
    plain = "".join(c for c in unicodedata.normalize("NFKD", full) if not unicodedata.combining(c))
    forms = [f.replace("St. ", s) for f in (full, plain) for s in ("St. ", "St ", "Saint ")]
    return list(dict.fromkeys(f.replace("&", a) for f in forms for a in ("&", "and")))


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a table that comes with the package."""
    text = resources.files("talleyrand").joinpath(file).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def two_letter_codes() -> dict[str, str]:
    """ISO3 to ISO2 of every territory that CLDR knows by an ISO3 code."""
    from babel.core import get_global

    aliases = cast(dict[str, list[str]], get_global("territory_aliases"))
    usual = territories("en")
    pairs = {
        code: new[0]
        for code, new in aliases.items()
        if len(code) == 3 and code.isalpha() and len(new) == 1 and len(new[0]) == 2
    }
    return {
        code: two for code, two in {**pairs, **_ALSO}.items() if two in usual and code not in _GONE
    }


@cache
def territories(language: Language) -> dict[str, str]:
    """ISO2 to name, as CLDR has it."""
    from babel import Locale

    return dict(Locale(language).territories)


# --- Russian cases -------------------------------------------------------------------------

_ADJECTIVE = re.compile(r"(?:ая|ое|ые|ий|ый|ие)$")
_SHORTEST_STEM = 4


def _declined(full: str) -> list[str]:
    """A name with its case forms, as patterns: Кипр, Ганы, Экваториальн* Гвине*."""
    words = full.split()
    if len(words) == 1:
        return _declined_word(full)
    return list(dict.fromkeys([full, " ".join(_stem(word) for word in words)]))


def _declined_word(word: str) -> list[str]:
    if word[-1] in "еиоуэю" or word[-2:] in ("оа", "уа", "уэ"):
        return [word]
    stem, endings = (word[:-1], "аыеуий") if word[-1] in "аяйьы" else (word, "ауе")
    if len(stem) >= _SHORTEST_STEM:
        return [stem + "*"]
    return [word, *(stem + ending for ending in endings), stem + "ом", stem + "ой"]


def _stem(word: str) -> str:
    """One word of a longer name without its ending."""
    if _ADJECTIVE.search(word):
        return word[:-2] + "*"
    if word[-1] in "аяйьы" and len(word) > _SHORTEST_STEM:
        return word[:-1] + "*"
    return word + "*" if word[-1].isalpha() and word[-1] not in "аяйьыеиоуэю" else word
