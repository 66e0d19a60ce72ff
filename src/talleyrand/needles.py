"""What is sought in a text to find a phrase, and how it is then checked.

An automaton seeks literal text only. Of a phrase with stems it seeks the part most seldom met
(the longest), which need not be the first: `наш* союзник*` is found by its second word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from talleyrand.alphabet import Alphabet, is_plain, is_unspaced

__all__ = ["Check", "Needle", "by_beginning", "by_words", "first_part", "is_free"]

_LATER = 2  # letters


class Needle(NamedTuple):
    """A literal part of a phrase: the words before it, and whether a word must end after it."""

    text: str
    words: int
    closed: bool


class Check(NamedTuple):
    """How a phrase is checked where its needle was found.

    It begins `back` codes before the needle (0 if the needle begins with what joins, which is
    sought with the blank before it, else 1), or earlier: `words` of it stand before the needle,
    the first of which begins with `first`. A phrase that is literal to its end needs no
    expression: `literal` is its codes (empty: the needle was enough), and it ends `tail` codes
    before the end of the needle, or with the word it stands in (-1). `owners` are the patterns
    of this spelling.
    """

    back: int
    literal: bytes | None
    tail: int
    owners: tuple[int, ...]
    first: bytes = b""
    words: int = 0


def first_part(pattern: str) -> str:
    """The literal beginning of a phrase."""
    return " ".join(pattern.split("*", 1)[0].split())


def is_free(phrase: str) -> bool:
    """May a letter follow a phrase (it ends in a star, Chinese or a sign)?"""
    last = phrase[-1:]
    return last == "*" or is_unspaced(last) or not last.isalnum()


def _is_literal(pattern: str) -> bool:
    """Is a phrase found whole by its beginning alone (most Chinese ones)?"""
    return is_unspaced(pattern[-1:] or " ") and "*" not in pattern and pattern.split() == [pattern]


def by_words(pattern: str, alphabet: Alphabet, owners: tuple[int, ...]) -> tuple[bytes, Check]:
    """What to seek for a phrase in collapsed codes with a blank around them, and its check."""
    head, *gap = pattern.strip().split(" ** ", 1)
    needle = max(_parts(head, bool(gap)), key=_rarity)
    code = alphabet.code(needle.text)
    starts_word = bool(needle.words) or alphabet.joins(code, 0)
    sought = code.translate(alphabet.collapsing) + alphabet.blank * needle.closed
    literal = None if gap or needle.words else _literal(head)
    check = Check(
        int(not starts_word),
        None if literal is None else b"" if is_plain(literal) else alphabet.code(literal),
        -1 if head.endswith("*") else 1 + needle.closed,
        owners,
        alphabet.code(first_part(head.split()[0])) if needle.words else b"",
        needle.words,
    )
    return alphabet.blank * starts_word + sought, check


def by_beginning(pattern: str, alphabet: Alphabet, owners: tuple[int, ...]) -> tuple[bytes, Check]:
    """The beginning of a phrase in codes, and its check: what is sought where words may touch."""
    code = alphabet.code(first_part(pattern))
    literal = b"" if _is_literal(pattern) else None
    return code, Check(int(not alphabet.joins(code, 0)), literal, 0, owners)


def _rarity(part: Needle) -> int:
    """How seldom a part may be met, by its length; a later one costs more to check."""
    return len(part.text) + part.closed - (_LATER if part.words else 0)


def _literal(head: str) -> str | None:
    """The text of a phrase that has no stars but at its end."""
    text = head.rstrip("*")
    return " ".join(text.split()) if "*" not in text and not text.endswith(" ") else None


def _parts(head: str, gap: bool) -> Iterator[Needle]:
    """The literal parts of a phrase that begin where a word of it begins."""
    words = head.split()
    run: list[str] = []
    for place, word in enumerate(words, 1):
        piece, star, _ = word.partition("*")
        run.append(piece)
        if star or place == len(words):
            text = " ".join(run)
            closed = text.endswith(" ") or not (star or (is_free(head) and not gap))
            if text.strip():
                yield Needle(text.strip(), place - len(run), closed)
            run = []
