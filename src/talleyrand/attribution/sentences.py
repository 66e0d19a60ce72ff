"""Cut a text into paragraphs and sentences, as character spans.

Simple and robust rather than clever: every character that is not white space ends up in exactly
one sentence, and the time taken is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from talleyrand.model import Language


def bag(words: str) -> frozenset[str]:
    """A set of words written in one string."""
    return frozenset(words.split())


_CLOSING = "\"'”’»」』）)\\]】*_"
_ENDS = {
    "zh": re.compile(rf"[。！？；?;!](?<!<!)[。！？；?;!]*[{_CLOSING}]*"),
    "en": re.compile(rf"[.!?…][.!?…]*[{_CLOSING}]*(?=\s)"),
    "ru": re.compile(rf"[.!?…][.!?…]*[{_CLOSING}]*(?=\s)"),
}
_LINE = re.compile(r"[^\n]+")
_STARTS_SENTENCE = re.compile(r"\s*[\"“‘«„'(\[<*–—-]*\s?[A-ZÀ-ÞА-ЯЁ\d]")
_LAST_WORD = re.compile(r"[\w.]+$")
_ABBREVIATIONS = bag(
    "mr mrs ms dr prof st gen sen rep gov lt col sgt capt adm hon rev messrs mt ft no nos vs inc"
    " ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec approx art para"
    " г гг т.е т.д т.п т.к т.н др пр им ул д руб млн млрд тыс трлн см стр с ст п пп проф акад ген"
    " долл кв обл р"
)
_AFTER_ACRONYM = re.compile(
    r"\s+(?:The|In|He|She|They|This|It|We|On|Both|A|An|At|As|And|But|These|That|For|To|Our|Mr)\b"
)
_QUOTE = re.compile(r"[\"“](?:(?<=[\s(:—–-].)|(?<=^.))[^\"“”]{1,4000}[\"”]")
_LOOK_BACK = 16


class Sentence(NamedTuple):
    """A sentence as a span of the text; `opens` tells that it begins a paragraph."""

    start: int
    end: int
    opens: bool


def sentences(text: str, language: Language) -> list[Sentence]:
    """All sentences of a text in order; between them stands nothing but white space."""
    wrapped = language != "zh" and is_wrapped(text)
    found = []
    for start, end in paragraphs(text, wrapped):
        cuts = _cuts(text, start, end, language)
        opens = True
        for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
            span = trim(text, begin, stop)
            if span:
                found.append(Sentence(*span, opens))
                opens = False
    return found


def paragraphs(text: str, wrapped: bool) -> Iterator[tuple[int, int]]:
    """Paragraphs as spans: a line each, or in a wrapped text the lines between blank lines."""
    held: tuple[int, int] | None = None
    for line in _LINE.finditer(text):
        if line.group().isspace():
            if held:
                yield held
            held = None
        elif not wrapped or held is None or text[held[1] : line.start()] != "\n":
            if held:
                yield held
            held = line.span()
        else:
            held = held[0], line.end()
    if held:
        yield held


def is_wrapped(text: str) -> bool:
    """Whether the lines are broken for width, so that only a blank line ends a paragraph."""
    lines = text[:20000].split("\n")
    followed = [a for a, b in pairwise(lines) if a.strip() and b.strip()]
    broken = sum(45 <= len(line) <= 90 and line.rstrip()[-1] not in ".!?:" for line in followed)
    return broken > 0.3 * len(followed)


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends; None if nothing is left."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return start, end
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if right else None


def _cuts(text: str, start: int, end: int, language: Language) -> list[int]:
    ends = [m.end() for m in _ENDS[language].finditer(text, start, end)]
    if language == "zh":
        return ends
    quotes: list[tuple[int, int]] = []
    if text.find('"', start, end) >= 0 or text.find("“", start, end) >= 0:
        quotes = [m.span() for m in _QUOTE.finditer(text, start, end)]
    return [cut for cut in _outside(ends, quotes) if _ends_here(text, cut)]


def _outside(places: Sequence[int], quotes: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The places that do not fall inside a quotation."""
    waiting = iter(quotes)
    quote = next(waiting, None)
    for place in places:
        while quote and quote[1] < place:
            quote = next(waiting, None)
        if quote is None or place <= quote[0] or place == quote[1]:
            yield place


def _ends_here(text: str, cut: int) -> bool:
    """Not after an abbreviation or an initial, and only before what may begin a sentence."""
    if not _STARTS_SENTENCE.match(text, cut, cut + 12):
        return False
    before = text[max(0, cut - _LOOK_BACK) : cut]
    if not before.endswith("."):
        return True
    found = _LAST_WORD.search(before[:-1])
    if not found:
        return True
    word = found.group()
    if len(word) == 1 and word.isupper():
        return False
    if "." in word and word.replace(".", "").isupper():
        return bool(_AFTER_ACRONYM.match(text, cut))
    return word.lower() not in _ABBREVIATIONS
