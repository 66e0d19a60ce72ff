"""Where the sentences of a text end, by which is told who is meant and what stands near."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

# A set of characters first, by which an expression is sought fastest.
_END = re.compile(
    r"[。！？；\n.!?;](?:(?<![.!?;])|(?=[\s\"'”’)\]]|$)"
    r"(?<!\b(?:Mr|Ms|Dr|St|Jr)\.)(?<!\bMrs\.)(?<!U\.[SN]\.))"
)
_STOPS = frozenset(".!?;")  # what ends a sentence only by what follows


@lru_cache(maxsize=4)
def sentence_ends(text: str) -> tuple[int, ...]:
    """The offset behind the last character of each sentence; kept for the text in hand."""
    return tuple(found.end() for found in _END.finditer(text))


def sentence_around(text: str, start: int, end: int, reach: int) -> tuple[int, int]:
    """Where the sentence of a stretch begins and ends, at most `reach` characters away from it.

    What stands before the stretch, and what is cut off, is read as if the text ended there.
    """
    ends = sentence_ends(text)
    low, high = max(0, start - reach), end + reach
    place = bisect_right(ends, start) - 1
    if place >= 0 and ends[place] > low:
        low = ends[place]
    if low < start and text[start - 1] in _STOPS and _END.search(text, start - 1, start):
        low = start
    place = bisect_right(ends, end)
    if place < len(ends) and ends[place] <= high:
        return low, ends[place] - 1
    cut = text[high - 1 : high] in _STOPS and _END.search(text, high - 1, high)
    return low, high - 1 if cut else high
