"""Find many phrases in a text at once: the one door to the Aho-Corasick library.

The codebook, the names of states and the framing of headlines all look for thousands of short
phrases in long texts. A pattern is a literal phrase in which a space stands for any white space
and a `*` at the end of a word for the rest of that word, so that `особ* военн* операц*` finds
every case form. A `**` between words stands for up to six others, and what may come after it is
divided by `|`; found is then what stands before it, so that `deepen* ** cooperation|ties` leaves
the words between to other phrases. Case, typographic quotes and dashes, full-width Latin and ё/е
do not matter.
There are no regular expressions in a pattern, so no pattern can run away.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

import ahocorasick_rs

from talleyrand.alphabet import Alphabet, is_unspaced, normalise

__all__ = ["Matcher", "longest", "normalise"]
_STOPS = ".;:!?"  # what ends a sentence, or nearly
_Found = tuple[int, int, int]  # start, end, pattern index
_Automaton = ahocorasick_rs.BytesAhoCorasick
_Form = Callable[[bytes, int], "re.Match[bytes] | None"]


class Matcher:
    """Phrases compiled once, found in any number of texts.

    `find` gives (pattern index, start, end) in text order, offsets in characters of the text as
    given. Overlaps are settled for the longest phrase, then the earlier one; with
    `overlapping=True` all are given. Words written without spaces (Chinese) need no boundary,
    all others do.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = [normalise(pattern) for pattern in patterns]
        self._needles = _needles(patterns, self._patterns)
        self._automaton: _Automaton | None = None
        self._astral = {i: a for i, p in enumerate(self._patterns) if (a := _astral(p))}
        self._literal = [_is_literal(pattern) for pattern in self._patterns]
        self._forms: list[_Form | None] = [None] * len(self._patterns)

    def find(self, text: str, *, overlapping: bool = False) -> list[tuple[int, int, int]]:
        """All phrases in `text`: a list of (pattern index, start, end)."""
        found, runs = self._found(text)
        if self._astral:
            found = (hit for hit in found if self._holds_astral(text, hit, runs))
        kept = sorted(found) if overlapping else longest(found)
        if runs is None:
            return [(owner, start, end) for start, end, owner in kept]
        return [(owner, *runs.span(start, end)) for start, end, owner in kept]

    def any_in(self, text: str) -> bool:
        """Is any of the phrases in `text`? Stops at the first."""
        if self._astral:
            return bool(self.find(text, overlapping=True))
        return next(self._found(text)[0], None) is not None

    def _build(self) -> _Automaton:
        """Make the automaton over the literal beginnings of the phrases, when first needed.

        Where every word has spaces around it, all that cannot stand in a word becomes one
        code and a word's beginning is looked for with that code before it: the automaton then
        stays at its root, in the nearest memory, within words that begin otherwise.
        """
        needles = self._needles
        self._alphabet = Alphabet("".join(self._patterns) + _STOPS)
        self._space = self._alphabet.code(" ")
        space = re.escape(self._space)
        self._runs = re.compile(b"%s%s(?:%s)*" % (space, space, space))
        spaced = self._alphabet.width == 1 and not any(map(is_unspaced, "".join(needles)))
        self._collapse = self._alphabet.collapsing() if spaced else None
        coded = [self._alphabet.code(needle) for needle in needles]
        starts_word = [self._alphabet.joins(code, 0) for code in coded]
        if self._collapse is not None:
            coded = [
                (self._alphabet.blank if word else b"") + code.translate(self._collapse)
                for code, word in zip(coded, starts_word, strict=True)
            ]
        owners: dict[bytes, list[tuple[int, int]]] = {}
        for code, word, own in zip(coded, starts_word, needles.values(), strict=True):
            back = int(self._collapse is not None and not word)
            owners.setdefault(code, []).extend((owner, back) for owner in own)
        self._owners = list(owners.values())
        return ahocorasick_rs.BytesAhoCorasick(
            list(owners), implementation=ahocorasick_rs.Implementation.DFA
        )

    def _found(self, text: str) -> tuple[Iterator[_Found], _Runs | None]:
        """The hits in a text with its runs of spaces as one, and where these runs were."""
        if self._automaton is None:
            self._automaton = self._build()
        coded, runs = self._squeezed(self._alphabet.code(text))
        hits = self._hits_of_words if self._collapse else self._hits
        return hits(coded, self._automaton), runs

    def _hits_of_words(self, coded: bytes, automaton: _Automaton) -> Iterator[_Found]:
        """All phrases that begin after a blank, each once, in no order (codes of one byte)."""
        haystack = self._alphabet.blank + coded.translate(self._collapse)
        owners, forms = self._owners, self._forms
        for needle, at, _ in automaton.find_matches_as_indexes(haystack, overlapping=True):
            for owner, back in owners[needle]:
                start = at - back
                form = forms[owner] or self._form(owner)
                if start >= 0 and (hit := form(coded, start)):
                    yield start, hit.end(), owner

    def _hits(self, coded: bytes, automaton: _Automaton) -> Iterator[_Found]:
        """All phrases, each once, in no order."""
        width, joins = self._alphabet.width, self._alphabet.joins
        for needle, at, stop in automaton.find_matches_as_indexes(coded, overlapping=True):
            start = at // width
            if start and joins(coded, start) and joins(coded, start - 1):
                continue
            for owner, _ in self._owners[needle]:
                if self._literal[owner]:
                    yield start, stop // width, owner
                elif hit := self._form(owner)(coded, at):
                    yield start, hit.end() // width, owner

    def _form(self, owner: int) -> _Form:
        """What checks a phrase at a place of coded text, compiled when first met."""
        form = self._forms[owner]
        if form is None:
            form = self._forms[owner] = self._compiled(self._patterns[owner].strip()).match
        return form

    def _compiled(self, pattern: str) -> re.Pattern[bytes]:
        """The expression that checks one phrase where its beginning was found."""
        head, *tails = pattern.split(" ** ", 1)
        follows = [self._words(t.strip()) for rest in tails for t in rest.split("|") if t.strip()]
        ahead = b"(?=%s%s(?:%s))" % (re.escape(self._space), self._between(), b"|".join(follows))
        return re.compile(self._words(head) + (ahead if follows else b""), re.DOTALL)

    def _words(self, phrase: str) -> bytes:
        """The expression of words that follow each other, with where they end."""
        letter, code = self._alphabet.letter, self._alphabet.code
        words = [
            (letter + b"*").join(re.escape(code(piece)) for piece in word.split("*"))
            for word in phrase.split()
        ]
        last = phrase[-1]
        free = last == "*" or is_unspaced(last) or not last.isalnum()
        boundary = b"" if free else b"(?!%s)" % letter
        return re.escape(self._space).join(words) + boundary

    def _between(self) -> bytes:
        """The expression of up to six words of one sentence."""
        code, space = self._alphabet.code, re.escape(self._space)
        any_one = b"." * self._alphabet.width
        stops = b"|".join(re.escape(code(stop)) for stop in _STOPS)
        word = b"(?:(?!%s)%s){0,40}(?!%s|%s)%s" % (space, any_one, space, stops, any_one)
        return b"(?:(?:%s|%s)%s){0,6}?" % (re.escape(code("u.s.")), word, space)

    def _squeezed(self, coded: bytes) -> tuple[bytes, _Runs | None]:
        """White-space runs as one, and where they were (None: there are none)."""
        width = self._alphabet.width
        if self._space * 2 not in coded:
            return coded, None
        runs = [run.span() for run in self._runs.finditer(coded)]
        squeezed = self._runs.sub(self._space.replace(b"\\", rb"\\"), coded)
        dropped = [0, *accumulate((end - start) // width - 1 for start, end in runs)]
        marks = [start // width - gone + 1 for (start, _), gone in zip(runs, dropped, strict=False)]
        return squeezed, _Runs(marks, dropped)

    def _holds_astral(self, text: str, hit: _Found, runs: _Runs | None) -> bool:
        """Has the text, where a phrase was found, the very characters that have no code?"""
        start, end, owner = hit
        if owner not in self._astral:
            return True
        first, last = (start, end) if runs is None else runs.span(start, end)
        return _astral(normalise(text[first:last])) == self._astral[owner]


class _Runs:
    """Where runs of spaces were, to give a place of the squeezed text in the text itself.

    Up to `marks[i]` there are `dropped[i]` characters missing.
    """

    __slots__ = ("_dropped", "_marks")

    def __init__(self, marks: Sequence[int], dropped: Sequence[int]) -> None:
        self._marks, self._dropped = [*marks, sys.maxsize], dropped

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text itself."""
        before = bisect_right(self._marks, start)
        inside = before if self._marks[before] >= end else bisect_right(self._marks, end - 1)
        return start + self._dropped[before], end + self._dropped[inside]


def _needles(given: Sequence[str], patterns: Sequence[str]) -> dict[str, list[int]]:
    """The literal beginnings, and which patterns begin with each."""
    needles: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        needle = " ".join(pattern.split("*", 1)[0].split())
        if not needle:
            raise ValueError(f"a phrase must begin with a letter: {given[index]!r}")
        needles.setdefault(needle, []).append(index)
    return needles


def _is_literal(pattern: str) -> bool:
    """Is a phrase found whole by its beginning alone (most Chinese ones)?"""
    return is_unspaced(pattern[-1:] or " ") and "*" not in pattern and pattern.split() == [pattern]


def _astral(text: str) -> str:
    """The characters beyond the basic plane, which have no code of their own."""
    return "".join(character for character in text if ord(character) > 0xFFFF)


def longest(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """No two overlap: the longest is kept, at equal length the first."""
    kept: list[tuple[int, int, int]] = []
    cluster: list[tuple[int, int, int]] = []
    reach = 0
    for hit in sorted(found):
        if cluster and hit[0] >= reach:
            kept += _longest_of(cluster)
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit[1])
    return kept + _longest_of(cluster)


def _longest_of(cluster: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    if len(cluster) == 1:
        return cluster
    kept: list[tuple[int, int, int]] = []
    for hit in sorted(cluster, key=lambda h: (h[0] - h[1], h)):
        if all(hit[1] <= k[0] or hit[0] >= k[1] for k in kept):
            kept.append(hit)
    return sorted(kept)
