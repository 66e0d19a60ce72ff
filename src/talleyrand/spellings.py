"""A phrase as the store can look for it: one linear-time expression with every spelling in it.

A phrase has the form of those of the codebook: a space stands for any white space, a `*` at the
end of a word for the rest of the word. The store holds texts as published, so instead of folding
hundreds of megabytes the phrase is unfolded: each character becomes the set of all characters
that `matcher.normalise` makes the same (case, ё/е, full width, quotes and dashes). The
expressions are for RE2, whose time grows with the text's length only, and every character of the
phrase is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from talleyrand.alphabet import IDEOGRAPHS, LETTERS, is_unspaced, normalise
from talleyrand.errors import InputError
from talleyrand.matcher import Matcher

_LONGEST = 200
_MOST = 4
_ANY_LETTER = r"\p{L}\p{N}"


@dataclass(frozen=True, slots=True)
class Spellings:
    """A phrase compiled: the expression that finds the texts, the matcher that finds the places.

    `letters` are four strings of which a text must hold one, which is fast to see; an empty one
    is in every text.
    """

    phrase: str
    letters: tuple[str, ...]
    expression: str
    matcher: Matcher


def compiled(phrase: str) -> Spellings:
    """Compile a phrase; raises InputError where it is empty, too long or begins with a star."""
    words = normalise(phrase).split()
    if not words or words[0].startswith("*"):
        raise InputError(f"{phrase!r} cannot be looked for; begin it with a letter or digit")
    if len(phrase) > _LONGEST:
        raise InputError(f"a phrase of {len(phrase)} characters is too long; take {_LONGEST}")
    body = rf"{_set(' ')}+".join(_word(word) for word in words)
    folded = " ".join(words)
    return Spellings(
        phrase=phrase,
        letters=_letters(folded),
        expression=_left(folded[0]) + body + _right(folded[-1]),
        matcher=Matcher([phrase]),
    )


def _word(word: str) -> str:
    return f"{_letter()}*".join("".join(map(_set, piece)) for piece in word.split("*"))


def _left(first: str) -> str:
    """Where a word may begin: after no letter or digit of a script with spaces."""
    if not first.isalnum() or is_unspaced(first):
        return ""
    unspaced = "".join(f"{_escaped(ord(low))}-{_escaped(ord(high))}" for low, high in IDEOGRAPHS)
    return rf"(?:\A|[^{_ANY_LETTER}]|[{unspaced}])"


def _right(last: str) -> str:
    if last == "*" or is_unspaced(last) or not last.isalnum():
        return ""
    return rf"(?:\z|[^{_letter()[1:]})"


def _letters(folded: str) -> tuple[str, ...]:
    """The longest stretch that has one spelling only, else the spellings of one rarer letter."""
    sole = "".join(c if _spellings(c) == (c,) and c not in " *" else "\0" for c in folded)
    longest = max(sole.split("\0"), key=len)
    rare = next((c for c in folded if ord(c) > 127 and len(_spellings(c)) <= _MOST), "")
    letters = (longest,) if longest else _spellings(rare) if rare else ("",)
    return (*letters, *[letters[-1]] * _MOST)[:_MOST]


def _set(character: str) -> str:
    """Every spelling of one folded character, as a set."""
    return f"[{''.join(_escaped(ord(c)) for c in _spellings(character))}]"


def _escaped(number: int) -> str:
    return rf"\x{{{number:x}}}"


def _spellings(character: str) -> tuple[str, ...]:
    return _unfolded().get(character, (character,))


@cache
def _letter() -> str:
    """The set of characters that a word may go on with, in every spelling."""
    ranges = [(ord(low), ord(high)) for low, high in LETTERS]
    inside = sorted(
        {ord(s) for low, high in ranges for c in range(low, high + 1) for s in _spellings(chr(c))}
    )
    return "[" + "".join(f"{_escaped(low)}-{_escaped(high)}" for low, high in _runs(inside)) + "]"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


@cache
def _unfolded() -> dict[str, tuple[str, ...]]:
    """Which characters fold to each, where it is more than itself: the inverse of `normalise`."""
    plain = "".join(c for c in map(chr, range(0x10000)) if not "\ud800" <= c <= "\udfff")
    found: dict[str, list[str]] = {}
    for character, folded in zip(plain, normalise(plain), strict=True):
        if character != folded:
            found.setdefault(folded, [folded]).append(character)
    return {folded: tuple(sorted(characters)) for folded, characters in found.items()}
