"""Texts as words with places and weights, and the stretches of an article that may quote.

Words are folded (case, typographic marks, full-width forms, NFKC) and compared by their stems;
Chinese is taken character by character. Grammar weighs a quarter of a word of content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from talleyrand.alphabet import is_unspaced, normalise
from talleyrand.attribution.sentences import sentences
from talleyrand.model import Language
from talleyrand.quoting.wordlists import IRREGULAR
from talleyrand.tokens import words

_GRAMMAR = 0.25
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[\u3400-\u9fff\uf900-\ufaff]|[^\W\d_\u3400-\u9fff\uf900-\ufaff]"
    r"(?:[\u00ad\u200b\u2060']?[^\W\d_\u3400-\u9fff\uf900-\ufaff]|\u0301)*"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\u0301]")
_IDLE_CHINESE = frozenset("的了和在是与及等之于对为也都就而着将把被向同中上下个这那其以并所")
_MARKS = (
    re.compile("“([^“”]{3,3000})”"),
    re.compile("«([^«»]{3,3000})»"),
    re.compile("„([^„“”]{3,3000})[“”]"),
    re.compile("[「『]([^「」『』]{3,3000})[」』]"),
    re.compile('(?<![^\\s(\\[—–:：，。-])"([^"\n]{3,3000})"'),
    re.compile("＂([^＂]{3,3000})＂"),
    re.compile(r"(?<!\w)‘([^‘\n]{8,1000}?)’(?!\w)"),
    re.compile(r"(?<!\w)'([^'\n]{3,}(?:\w'\w[^'\n]*)*)'(?!\w)"),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: as it stands (folded), what it is compared by, its place and its weight."""

    form: str
    key: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a text that may quote: a span, and whether it stands in quotation marks."""

    start: int
    end: int
    in_marks: bool


def language_of(text: str) -> Language:
    """The language by script."""
    head = text[:20000]
    letters = sum(c.isalpha() for c in head) or 1
    if len(_HAN.findall(head)) > 0.3 * letters:
        return "zh"
    return "ru" if len(_CYRILLIC.findall(head)) > 0.4 * letters else "en"


def tokens(text: str, language: Language, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch, with offsets into the whole text."""
    folded = normalise(text)
    found = _TOKEN.finditer(folded, start, len(text) if end is None else end)
    return [_token(m, language) for m in found]


def _token(match: re.Match[str], language: Language) -> Token:
    form = unicodedata.normalize("NFKC", _INVISIBLE.sub("", match.group()))
    key, weight = _key(form, language)
    return Token(form, key, match.start(), match.end(), weight)


@lru_cache(maxsize=65536)
def _key(form: str, language: Language) -> tuple[str, float]:
    if form[0].isdigit():
        return form.replace(",", ""), 1.0
    if is_unspaced(form[0]):
        return form, _GRAMMAR if form in _IDLE_CHINESE else 1.0
    plain = form.removesuffix("'s").replace("'", "")
    plain = IRREGULAR.get(plain, plain) if language == "en" else plain
    stems = words(plain, "ru" if _CYRILLIC.match(plain) else "en")
    return (stems[0], 1.0) if stems else (plain, _GRAMMAR)


def weigh(found: list[Token]) -> float:
    """The weight of words together."""
    return sum(token.weight for token in found)


def units(text: str, language: Language) -> list[Unit]:
    """The quotations in marks, sentence by sentence, and every sentence as a whole."""
    marked = [Unit(*span, True) for start, end in quotations(text)
              for span in _sentences(text, language, start, end)]  # fmt: skip
    whole = [Unit(s.start, s.end, False) for s in sentences(text, language)]
    return [*marked, *whole]


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans inside quotation marks of any sort, none inside another."""
    found = sorted(
        ((m.start(1), m.end(1)) for marks in _MARKS for m in marks.finditer(text)),
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[tuple[int, int]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _sentences(text: str, language: Language, start: int, end: int) -> Iterator[tuple[int, int]]:
    for one in sentences(text[start:end], language):
        yield start + one.start, start + one.end
