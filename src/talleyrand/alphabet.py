"""Texts as bytes for an automaton: folded, and each character as one code of fixed width.

Folding a text and matching it in UTF-8 are each slower than the search itself. A set of phrases
uses few characters; all others matter only for whether they can stand inside a word. So every
character becomes the code of what it folds to, or of its class, in one table look-up: a byte
where the phrases have few characters (English, Russian), two where they have many (Chinese).
Offsets in the codes are offsets in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

_SAME = {
    **dict.fromkeys("\n\r\t\x0b\x0c\xa0\u2007\u202f\u3000\u2028\u2029", " "),
    **dict.fromkeys("‘’‛ʼ`´", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{wide: chr(ord(wide) - 0xFEE0) for wide in "，：；？！（）"},
    "ё": "е",
    "ς": "σ",
}
_RARE = re.compile("[\uff01-\uff5e\ud800-\udfff]")
_SELDOM = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width Latin
    **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)},  # broken, in no encoding
}
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SIZE = 0x10000
_LONG = 2000  # bytes
_HALF = 128
_PLAIN = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"
_PLAIN_LETTERS = set(_PLAIN)
# Letters and digits that words with spaces between them are made of, in lower case. A short
# list of ranges: a negated one makes each expression slow to compile.
_Ranges = tuple[tuple[str, str], ...]
LETTERS: _Ranges = (("0", "9"), ("a", "z"), ("\u00df", "\u02af"), ("\u0370", "\u052f"))
LETTERS += (("\u1e00", "\u1fff"),)
IDEOGRAPHS: _Ranges = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))


def normalise(text: str) -> str:
    """Fold what does not matter, one character for one, so that offsets stay true."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for character, plain in _SAME.items():  # replacing one by one is the fastest way there is
        folded = folded.replace(character, plain)
    if _RARE.search(folded):
        folded = _RARE.sub(lambda hit: _SELDOM[hit[0]], folded)
    return folded


def is_plain(word: str) -> bool:
    """Is a folded word of letters only that collapsing (see `Alphabet.collapsing`) keeps apart?"""
    return set(word) <= _PLAIN_LETTERS


def is_unspaced(character: str) -> bool:
    """Is it of a script that writes words without spaces (Chinese)?"""
    return any(low <= character <= high for low, high in IDEOGRAPHS)


class Alphabet:
    """The codes of a set of phrases, from all characters in them, folded.

    `width` is the bytes of a code, `letter` the expression (over codes) of a character that a
    word may go on with. A character *joins* where it can stand inside a word of a spaced script.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        folded, joins, letters = _classes()
        own = sorted({ord(c) for c in characters if ord(c) < _SIZE} | {*b" 0"})
        rest = [(False, False, ""), (False, True, ""), (True, False, ""), (True, True, "")]
        entries = sorted([*rest, *((bool(letters[n]), bool(joins[n]), chr(n)) for n in own)])
        self.width = 1 if len(entries) <= 256 else 2
        numbers, first = _numbered(entries, self.width)
        values = {entry: _value(number, self.width) for entry, number in numbers.items()}
        width = np.uint8 if self.width == 1 else np.dtype("<u2")
        by_class = np.array([values[entry] for entry in rest], width)
        codes = by_class.take(2 * letters + joins)
        for (_, _, character), value in values.items():
            if character:
                codes[ord(character)] = value
        self._table = codes.take(folded)
        self._characters = {chr(n) for n in own}
        self._space = self._table[ord(" ")]
        self._plain = bytes(int(n) & 0xFF for n in self._table[:256])
        self._joining = {self._as_bytes(v) for (_, yes, _), v in values.items() if yes}
        self._letters = {self._as_bytes(v) for (yes, _, _), v in values.items() if yes}
        self._odd = tuple(self._joining ^ self._letters)
        self._two_spaces = self._as_bytes(int(self._space)) * 2
        self._stand_ins = _stand_ins(self._characters)
        self.letter = _from(first, self.width)
        self.blank = self._as_bytes(values[rest[0]])

    def tells_apart(self, text: str) -> bool:
        """Has every folded character of a text (but those that have no code) a code of its own?"""
        return all(c in self._characters or ord(c) >= _SIZE for c in set(text))

    def code(self, text: str) -> bytes:
        """The codes of a text as given, folded on the way."""
        if self.width == 1 and text.isascii():
            return text.encode().translate(self._plain)
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
        if len(units) != len(text):
            return self.code(_ASTRAL.sub(self._stand_in, text))
        coded: bytes = self._table.take(units).tobytes()
        return coded

    def joins(self, coded: bytes, place: int) -> bool:
        """Can the character at a place stand inside a word of a spaced script?"""
        return coded[place * self.width : (place + 1) * self.width] in self._joining

    def has_runs(self, coded: bytes) -> bool:
        """Do spaces follow each other? Where they are many a search for two of them is slow."""
        if self.width > 1 or len(coded) < _LONG:
            return self._two_spaces in coded
        spaces = np.frombuffer(coded, self._table.dtype) == self._space
        return bool((spaces[1:] & spaces[:-1]).any())

    def is_odd(self, coded: bytes) -> bool:
        """Is there a character that joins and is no letter (Arabic, ²), or the reverse (÷)?"""
        for code in self._odd:  # noqa: SIM110 (a loop is twice as fast)
            if code in coded:
                return True
        return False

    @cached_property
    def collapsing(self) -> bytes:
        """For codes of one byte: a table onto few codes, so that an automaton's rows are short.

        Letters of a word's plain spelling stay; all other letters (digits, accented Latin)
        become one code, and what is no letter or does not join becomes a blank.
        """
        plain = {self.code(c) for c in _PLAIN} & self._joining & self._letters
        letters = self._joining & self._letters
        other = self.code("0")[0]
        return bytes(
            n if code in plain else other if code in letters else self.blank[0]
            for n, code in ((n, bytes([n])) for n in range(256))
        )

    def _as_bytes(self, value: int) -> bytes:
        return value.to_bytes(self.width, "little")

    def _stand_in(self, found: re.Match[str]) -> str:
        """A character of the same class for one that has no code (emoji, rare ideographs)."""
        return self._stand_ins[found[0].isalnum()]


Table = NDArray[np.intp]


@cache
def _classes() -> tuple[Table, Table, Table]:
    """Of every character: what it folds to; by the folded one: does it join, is it a letter."""
    folded = np.array([ord(c) for c in normalise("".join(map(chr, range(_SIZE))))], np.intp)
    joins = np.array([chr(n).isalnum() for n in range(_SIZE)], np.intp)
    letters = np.zeros(_SIZE, np.intp)
    for low, high in IDEOGRAPHS:
        joins[ord(low) : ord(high) + 1] = 0
    for low, high in LETTERS:
        letters[ord(low) : ord(high) + 1] = 1
    return folded, joins, letters


def _numbered(
    entries: list[tuple[bool, bool, str]], width: int
) -> tuple[dict[tuple[bool, bool, str], int], int]:
    """A number for each entry, and the first of the letters, which come last."""
    letters = sum(bool(letter) for letter, _, _ in entries)
    first = len(entries) - letters
    start = first if width == 1 else -(-first // _HALF) * _HALF
    places = [*range(first), *range(start, start + letters)]
    if places[-1] >= _HALF * _HALF:
        raise ValueError("the phrases have more different characters than can be coded")
    return dict(zip(entries, places, strict=True)), start


def _value(number: int, width: int) -> int:
    """The code of a number; of two bytes, so that a first and a second are never the same."""
    return number if width == 1 else number // _HALF + ((_HALF + number % _HALF) << 8)


def _from(first: int, width: int) -> bytes:
    """The expression of all codes from a number on."""
    if width == 1:
        return rb"[\x%02x-\xff]" % first
    return rb"(?:[\x%02x-\x7f][\x80-\xff])" % (first // _HALF)


def _stand_ins(taken: set[str]) -> tuple[str, str]:
    """Two characters that no phrase has: one that does not join, one that does."""
    return (
        next(c for c in map(chr, range(0x2500, 0x2600)) if c not in taken),
        next(c for c in map(chr, range(0x10D0, 0x10FB)) if c not in taken),
    )
