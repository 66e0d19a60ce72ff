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
from itertools import accumulate, chain

import ahocorasick_rs

from talleyrand.alphabet import Alphabet, is_unspaced, normalise
from talleyrand.needles import Check, by_beginning, by_words, first_part, is_free

__all__ = ["Matcher", "alphabet_of", "longest", "normalise"]
_STOPS = ".;:!?"  # what ends a sentence, or nearly
_Found = tuple[int, int, int]  # start, end, pattern index
_Owners = tuple[int, ...]
_Automaton = ahocorasick_rs.BytesAhoCorasick
_Form = Callable[[bytes, int], "re.Match[bytes] | None"]


class Matcher:
    """Phrases compiled once, found in any number of texts.

    `find` gives (pattern index, start, end) in text order, offsets in characters of the text as
    given. Overlaps are settled for the longest phrase, then the earlier one; with
    `overlapping=True` all are given. Words written without spaces (Chinese) need no boundary,
    all others do.

    Matchers of one `alphabet` (see `alphabet_of`) can be given the same text's codes, `coded`.
    """

    def __init__(self, patterns: Sequence[str], alphabet: Alphabet | None = None) -> None:
        self._patterns = [normalise(pattern) for pattern in patterns]
        self._shared = alphabet
        for given, pattern in zip(patterns, self._patterns, strict=True):
            if not first_part(pattern):
                raise ValueError(f"a phrase must begin with a letter: {given!r}")
        self._automaton: _Automaton | None = None
        self._astral = {i: a for i, p in enumerate(self._patterns) if (a := _astral(p))}
        self._forms: list[_Form | None] = [None] * len(self._patterns)

    def find(
        self, text: str, coded: bytes | None = None, *, overlapping: bool = False
    ) -> list[tuple[int, int, int]]:
        """All phrases in `text`: a list of (pattern index, start, end)."""
        found, runs = self._found(text, coded)
        kept = sorted(found) if overlapping else longest(found)
        if runs is None:
            return [(owner, start, end) for start, end, owner in kept]
        return runs.placed(kept)

    def any_in(self, text: str, coded: bytes | None = None) -> bool:
        """Is any of the phrases in `text`?"""
        return bool(self._found(text, coded)[0])

    def _build(self) -> _Automaton:
        """Make the automaton over literal parts of the phrases, when first needed.

        Where every word has spaces around it, all that cannot stand in a word becomes one
        code and a word's beginning and end are looked for with that code beside it: the
        automaton then stays at its root, in the nearest memory, within words that begin
        otherwise, and a word inside another is no hit.
        """
        self._alphabet = alphabet = self._shared or alphabet_of(self._patterns)
        if not alphabet.tells_apart("".join(self._patterns)):
            raise ValueError("the phrases have characters that their alphabet lacks")
        self._space = alphabet.code(" ")
        space = re.escape(self._space)
        self._runs = re.compile(b"%s%s(?:%s)*" % (space, space, space))
        first = map(first_part, self._patterns)
        spaced = alphabet.width == 1 and not any(map(is_unspaced, "".join(first)))
        self._collapse = alphabet.collapsing if spaced else None
        checks: dict[bytes, list[Check]] = {}
        for pattern, owners in _spellings(self._patterns).items():
            plan = by_words if spaced else by_beginning
            sought, check = plan(pattern, alphabet, tuple(owners))
            checks.setdefault(sought, []).append(check)
        self._checks = list(checks.values())
        self._sure = [_sure_owner(each) for each in self._checks]
        self._quick: list[tuple[_Form, int] | None] = [None] * len(checks)
        smallest = ahocorasick_rs.Implementation.ContiguousNFA  # stays in the nearest memory
        return ahocorasick_rs.BytesAhoCorasick(list(checks), implementation=smallest)

    def _found(self, text: str, coded: bytes | None) -> tuple[list[_Found], _Runs | None]:
        """The hits in a text with its runs of spaces as one, and where these runs were."""
        if self._automaton is None:
            self._automaton = self._build()
        coded = self._alphabet.code(text) if coded is None else coded
        runs = None
        if self._alphabet.has_runs(coded):
            coded, runs = self._squeezed(coded)
        hits = self._hits_of_words if self._collapse else self._hits
        found = hits(coded, self._automaton)
        if self._astral:
            found = [hit for hit in found if self._holds_astral(text, hit, runs)]
        return found, runs

    def _hits_of_words(self, coded: bytes, automaton: _Automaton) -> list[_Found]:
        """All phrases, each once, in no order (codes of one byte)."""
        checks, quick, blank = self._checks, self._quick, self._alphabet.blank
        haystack = b"%s%s%s" % (blank, coded.translate(self._collapse), blank)
        found: list[_Found] = []
        raw = automaton.find_matches_as_indexes(haystack, overlapping=True)
        if not raw:
            return found
        sure = not self._alphabet.is_odd(coded)  # a blank is where a word ends, and only there
        add = found.append
        for needle, at, stop in raw:
            if sure and (known := quick[needle]):
                form, owner = known
                if hit := form(coded, at):
                    add((at, hit.end(), owner))
                continue
            for check in checks[needle]:
                back, literal, tail, owners, first, _ = check
                start = at - back
                if first or not sure:
                    found += self._checked(coded, start, check)
                elif literal is None:
                    form = self._form(owners[0])
                    if not back and len(owners) == len(checks[needle]) == 1:
                        quick[needle] = form, owners[0]
                    if start >= 0 and (hit := form(coded, start)):
                        end = hit.end()
                        for owner in owners:
                            add((start, end, owner))
                elif not literal or (start >= 0 and coded.startswith(literal, start)):
                    end = stop - tail if tail >= 0 else haystack.find(blank, stop) - 1
                    for owner in owners:
                        add((start, end, owner))
        return found

    def _checked(self, coded: bytes, at: int, check: Check) -> Iterable[_Found]:
        """A phrase by its expression, whose needle was found at a place."""
        start = stop = at
        if check.words:  # it begins in the first of so many words before the place
            space, stop = self._space, at - 1
            if coded[stop:at] != space:
                return ()
            for _ in range(check.words - 1):
                stop = coded.rfind(space, 0, max(stop, 0))
            stop = max(stop, 0)
            start = coded.find(check.first, coded.rfind(space, 0, stop) + 1, stop)
        return self._from(coded, start, stop, check) if start >= 0 else ()

    def _from(self, coded: bytes, start: int, stop: int, check: Check) -> Iterator[_Found]:
        """A phrase wherever it begins from one place to another."""
        owners, joins = check.owners, self._alphabet.joins
        form = self._forms[owners[0]] or self._form(owners[0])
        while start >= 0:
            inside = start and joins(coded, start) and joins(coded, start - 1)
            if not inside and (hit := form(coded, start)):
                for owner in owners:
                    yield start, hit.end(), owner
            start = coded.find(check.first, start + 1, stop)

    def _hits(self, coded: bytes, automaton: _Automaton) -> list[_Found]:
        """All phrases, each once, in no order."""
        width, joins, checks = self._alphabet.width, self._alphabet.joins, self._checks
        sure = self._sure
        found: list[_Found] = []
        add = found.append
        for needle, at, stop in automaton.find_matches_as_indexes(coded, overlapping=True):
            start = at // width
            if (owner := sure[needle]) is not None:
                add((start, stop // width, owner))
                continue
            for back, literal, _, owners, _, _ in checks[needle]:
                if not back and start and joins(coded, start - 1):
                    continue
                end = stop // width
                if literal is None:
                    if not (hit := self._form(owners[0])(coded, at)):
                        continue
                    end = hit.end() // width
                for owner in owners:
                    add((start, end, owner))
        return found

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

    @staticmethod
    def _word(pieces: Sequence[bytes], letter: bytes) -> bytes:
        """A word with stars, in linear time: a piece between two stars is taken where it is first.

        Were it looked for anew whenever what follows fails, eight stars would take for ever.
        """
        first, *middle, last = pieces if len(pieces) > 1 else (*pieces, b"")
        inner = b"".join(b"(?>%s*?%s)" % (letter, piece) for piece in middle if piece)
        return first + (inner + letter + b"*" + last if len(pieces) > 1 else b"")

    def _words(self, phrase: str) -> bytes:
        """The expression of words that follow each other, with where they end."""
        letter, code = self._alphabet.letter, self._alphabet.code
        words = [self._word([re.escape(code(piece)) for piece in word.split("*")], letter)
                 for word in phrase.split()]  # fmt: skip
        boundary = b"" if is_free(phrase) else b"(?!%s)" % letter
        return re.escape(self._space).join(words) + boundary

    def _between(self) -> bytes:
        """The expression of up to six words of one sentence."""
        code, space = self._alphabet.code, re.escape(self._space)
        stops = b"|".join(re.escape(code(stop)) for stop in _STOPS)
        one = b"[^%s]" % space
        if self._alphabet.width > 1:
            one = b"(?:(?!%s)%s)" % (space, b"." * self._alphabet.width)
        word = b"%s{1,41}+(?<!%s)" % (one, stops)
        return b"(?:(?:%s|%s)%s){0,6}?" % (re.escape(code("u.s.")), word, space)

    def _squeezed(self, coded: bytes) -> tuple[bytes, _Runs]:
        """White-space runs as one, and where they were."""
        width = self._alphabet.width
        runs = [run.span() for run in self._runs.finditer(coded)]
        edges = [0, *chain.from_iterable(runs), len(coded)]
        squeezed = self._space.join(
            [coded[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        )
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

    def placed(self, hits: list[_Found]) -> list[tuple[int, int, int]]:
        """Hits in text order as (pattern index, start, end) of the text itself."""
        marks, dropped = self._marks, self._dropped
        placed = []
        before = 0
        for start, end, owner in hits:
            while marks[before] <= start:
                before += 1
            inside = before
            while marks[inside] < end:
                inside += 1
            placed.append((owner, start + dropped[before], end + dropped[inside]))
        return placed

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text itself."""
        before = bisect_right(self._marks, start)
        inside = before if self._marks[before] >= end else bisect_right(self._marks, end - 1)
        return start + self._dropped[before], end + self._dropped[inside]


def _sure_owner(checks: Sequence[Check]) -> int | None:
    """The one phrase of a needle, where it needs no check (as most Chinese ones)."""
    back, literal, _, owners, *_ = checks[0]
    alone = len(checks) == len(owners) == 1
    return owners[0] if alone and back and literal == b"" else None


def alphabet_of(patterns: Iterable[str]) -> Alphabet:
    """The codes of all characters of these phrases, which several matchers may share."""
    return Alphabet(normalise("".join(patterns)) + _STOPS)


def _spellings(patterns: Sequence[str]) -> dict[str, list[int]]:
    """The patterns that differ, and which were given so."""
    spellings: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        spellings.setdefault(" ".join(pattern.split()), []).append(index)
    return spellings


def _astral(text: str) -> str:
    """The characters beyond the basic plane, which have no code of their own."""
    return "".join(character for character in text if ord(character) > 0xFFFF)


def longest(found: Iterable[_Found]) -> list[_Found]:
    """No two overlap: the longest is kept, at equal length the first."""
    ordered = sorted(found)
    kept: list[_Found] = []
    begin = first = reach = 0
    whole: _Found | None = None  # the hit that is as long as all that overlap
    for place, hit in enumerate(ordered):
        start, end, _ = hit
        if start >= reach:
            if whole:
                kept.append(whole)
            elif place:
                kept += _longest_of(ordered[begin:place])
            begin, first, reach, whole = place, start, end, hit
        elif end > reach:
            reach, whole = end, hit if start == first else None
    return kept + ([whole] if whole else _longest_of(ordered[begin:]))


def _longest_of(cluster: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for hit in sorted(cluster, key=lambda h: (h[0] - h[1], h)):
        if all(hit[1] <= k[0] or hit[0] >= k[1] for k in kept):
            kept.append(hit)
    return sorted(kept)
