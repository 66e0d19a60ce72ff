"""The words of a text for scaling: in lower case and stemmed, without names and figures.

The one door to the segmenter of Chinese (rjieba, the Rust jieba) and to the stemmers of English
and Russian (Snowball, by PyStemmer). Both carry their dictionaries, so nothing is downloaded.
Words of one letter, and in English and Russian of two, are left out: they are grammar.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from talleyrand.errors import CodebookError
from talleyrand.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh", "ru")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STEMMERS = {"en": "english", "ru": "russian"}
_SHORTEST = {"en": 3, "zh": 2, "ru": 3}


@dataclass(frozen=True, slots=True)
class Seeds:
    """The two poles of one language, in the form `words` gives and as listed, and why these."""

    warm: tuple[str, ...]
    hostile: tuple[str, ...]
    listed: tuple[tuple[str, ...], tuple[str, ...]]
    reason: str


def words(text: str, language: Language) -> list[str]:
    """The words of a text in order, as the scale counts them."""
    idle = _idle(language)
    return [word for word in _stemmed(_cut(text, language), language) if word not in idle]


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these spans (names of states and leaders) struck out."""
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = max(at, end)
    return " | ".join([*kept, text[at:]])


@cache
def seeds(language: Language) -> Seeds:
    """The seed words of a language; raises CodebookError that names what is wrong."""
    table = _table(language)
    listed = (tuple(table["warm"]), tuple(table["hostile"]))
    warm, hostile = (_form(pole, language) for pole in listed)
    return Seeds(warm, hostile, listed, str(table["reason"]))


def _form(listed: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_stemmed([word.lower() for word in listed], language)))


@cache
def _idle(language: Language) -> frozenset[str]:
    return frozenset(_form(str(_table(language)["idle"]).split(), language))


@cache
def _table(language: Language) -> dict[str, Any]:
    text = resources.files("talleyrand").joinpath("phrases", "seeds.toml").read_text("utf-8")
    try:
        table: dict[str, Any] = tomllib.loads(text)[language]
        missing = {"warm", "hostile", "idle", "reason"} - table.keys()
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise CodebookError(f"seeds.toml cannot be read: {error}") from error
    if missing:
        raise CodebookError(f"seeds.toml: [{language}] lacks {', '.join(sorted(missing))}")
    return table


def _cut(text: str, language: Language) -> list[str]:
    shortest = _SHORTEST[language]
    if language == "zh":
        from rjieba import cut

        return [word for word in cut(text) if len(word) >= shortest and _WORD.fullmatch(word)]
    return [word for word in _WORD.findall(text.lower()) if len(word) >= shortest]


def _stemmed(plain: list[str], language: Language) -> list[str]:
    if language == "zh":
        return plain
    found: list[str] = _stemmer(language).stemWords([word.replace("’", "'") for word in plain])
    return found


@cache
def _stemmer(language: Language) -> Any:
    from Stemmer import Stemmer

    return Stemmer(_STEMMERS[language])
