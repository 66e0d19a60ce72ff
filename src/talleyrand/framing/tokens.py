"""A sentence with two marked parties as the words the network reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from talleyrand.frames import Hit

ONE, OTHER, THIRD = "\x01", "\x02", "\x03"  # the party named first, the second, any other
LONGEST = 64  # words kept of a sentence
_SIDE, _HALF = 18, 12  # words kept outside the parties, and next to either between them
_TOKEN = re.compile(r"[\x01-\x03]|[a-z]+(?=n't)|n't|'s\b|[a-z]+|\d+|[^\w\s]", re.I)

_PLAIN = str.maketrans({ONE: " ", OTHER: " ", THIRD: " ", "’": "'", "‘": "'"})

Span = tuple[int, int]


class Sentence(NamedTuple):
    """Words around two parties; `one` and `other` are their places in `words`.

    `traits` holds for each word whether it is capitalised, and whether a phrase of
    `phrases/frames_en.toml` that warms or cools the relation covers it.
    """

    words: tuple[str, ...]
    one: int
    other: int
    traits: tuple[tuple[bool, bool, bool], ...]


def sentence(
    text: str, one: Span, other: Span, hits: Sequence[Hit] = (), thirds: Sequence[Span] = ()
) -> Sentence:
    """The words of `text` around two spans, `one` before `other`; spans must not overlap.

    `thirds` are the names of other parties: their words are not read either.
    """
    marked = _marked(text, one, other, thirds)
    found = [(match[0], match.start()) for match in _TOKEN.finditer(marked)]
    words = [word for word, _ in found]
    first, second = words.index(ONE), words.index(OTHER)
    keep = _kept(len(words), first, second)
    warm, cool = _covered(hits, "warming"), _covered(hits, "cooling")
    return Sentence(
        tuple(words[k].lower() for k in keep),
        keep.index(first),
        keep.index(second),
        tuple((words[k][0].isupper(), found[k][1] in warm, found[k][1] in cool) for k in keep),
    )


def _marked(text: str, one: Span, other: Span, thirds: Sequence[Span]) -> str:
    """The text with each party one sign, every other character in its place."""
    text = text.translate(_PLAIN)
    signs = [(one, ONE), (other, OTHER), *((span, THIRD) for span in thirds)]
    for (start, end), sign in signs:
        text = text[:start] + sign.ljust(end - start) + text[end:]
    return text


def _kept(length: int, first: int, second: int) -> list[int]:
    """Places of the words kept, in order."""
    between = list(range(first + 1, second))
    if len(between) > 2 * _HALF:
        between = between[:_HALF] + between[-_HALF:]
    before = range(max(0, first - _SIDE), first)
    after = range(second + 1, min(length, second + 1 + _SIDE))
    return [*before, first, *between, second, *after][:LONGEST]


def _covered(hits: Sequence[Hit], frame: str) -> set[int]:
    return {place for hit in hits if hit.frame == frame for place in range(hit.start, hit.end)}
