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
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import ahocorasick_rs

_SAME = {
    **dict.fromkeys("\n\r\t\x0b\x0c\xa0\u2007\u202f\u3000\u2028\u2029", " "),
    **dict.fromkeys("‘’‛ʼ`´", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{wide: chr(ord(wide) - 0xFEE0) for wide in "，：；？！（）"},
    "ё": "е",
}
_RARE = re.compile("[\uff01-\uff5e\ud800-\udfff]")
_SELDOM = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width Latin
    **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)},  # broken, in no encoding
}
_RUN = re.compile("  +")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}]")
# Letters and digits that words with spaces between them are made of, in lower case. A short
# list of ranges: a negated one makes each expression slow to compile.
_LETTER = "[0-9a-z\u00df-\u02af\u0370-\u052f\u1e00-\u1fff]"
_BETWEEN = r"(?:(?:u\.s\.|[^ ]{0,40}[^ .;:!?]) ){0,6}?"  # up to six words of one sentence


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


class Matcher:
    """Phrases compiled once, found in any number of texts.

    `find` gives (pattern index, start, end) in text order, offsets in characters of the text as
    given. Overlaps are settled for the longest phrase, then the earlier one; with
    `overlapping=True` all are given. Words written without spaces (Chinese) need no boundary,
    all others do.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = list(patterns)
        self._forms: list[re.Pattern[str] | None] = [None] * len(self._patterns)
        self._literal = [_is_literal(pattern) for pattern in self._patterns]
        self._automaton, self._owners = _automaton(patterns)

    def find(
        self, text: str, *, overlapping: bool = False, folded: bool = False
    ) -> list[tuple[int, int, int]]:
        """All phrases in `text` (`folded`: already normalised): (pattern index, start, end)."""
        plain, places = _squeezed(text if folded else normalise(text))
        found = self._hits(plain)
        kept = sorted(found) if overlapping else longest(found)
        if places is None:
            return [(owner, start, end) for start, end, owner in kept]
        return [(owner, places(start), places(end - 1) + 1) for start, end, owner in kept]

    def any_in(self, text: str, *, folded: bool = False) -> bool:
        """Is any of the phrases in `text` (which may be normalised already)? Stops at the first."""
        plain, _ = _squeezed(text if folded else normalise(text))
        return next(self._hits(plain), None) is not None

    def _hits(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """(start, end, pattern index) of all phrases in a folded text, each once, in no order."""
        for needle, start, stop in self._automaton.find_matches_as_indexes(
            folded, overlapping=True
        ):
            if not _starts_word(folded, start):
                continue
            for owner in self._owners[needle]:
                if self._literal[owner]:
                    yield start, stop, owner
                elif hit := self._form(owner).match(folded, start):
                    yield start, hit.end(), owner

    def _form(self, owner: int) -> re.Pattern[str]:
        """The expression of a phrase, compiled when first met."""
        form = self._forms[owner]
        if form is None:
            form = self._forms[owner] = _verify(self._patterns[owner])
        return form


def _automaton(
    patterns: Sequence[str],
) -> tuple[ahocorasick_rs.AhoCorasick, list[list[int]]]:
    """The automaton over the literal beginnings, and which patterns begin with each."""
    needles: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        needle = normalise(pattern).strip().split("*", 1)[0]
        if not needle:
            raise ValueError(f"a phrase must begin with a letter: {pattern!r}")
        needles.setdefault(needle, []).append(index)
    automaton = ahocorasick_rs.AhoCorasick(
        list(needles), matchkind=ahocorasick_rs.MatchKind.Standard
    )
    return automaton, list(needles.values())


def _is_literal(pattern: str) -> bool:
    """Is a phrase found whole by its beginning alone (most Chinese ones)?"""
    folded = normalise(pattern)
    return bool(_UNSPACED.match(folded[-1:])) and "*" not in folded and folded.split() == [folded]


def _verify(pattern: str) -> re.Pattern[str]:
    """The expression that checks one phrase where its beginning was found."""
    head, *tails = normalise(pattern).strip().split(" ** ", 1)
    follows = "|".join(_words(tail.strip()) for rest in tails for tail in rest.split("|"))
    return re.compile(_words(head) + (f"(?= {_BETWEEN}(?:{follows}))" if follows else ""))


def _words(phrase: str) -> str:
    """The expression of words that follow each other, with where they end."""
    last = phrase[-1]
    boundary = (
        "" if last == "*" or _UNSPACED.match(last) or not last.isalnum() else f"(?!{_LETTER})"
    )
    return " ".join(_word(part) for part in phrase.split()) + boundary


def _word(word: str) -> str:
    return f"{_LETTER}*".join(re.escape(piece) for piece in word.split("*"))


def _starts_word(text: str, start: int) -> bool:
    """No letter or digit of a spaced script runs into the phrase from the left."""
    before = text[start - 1 : start]
    if not before.isalnum() or _UNSPACED.match(before):
        return True
    return not text[start].isalnum() or bool(_UNSPACED.match(text[start]))


def _squeezed(text: str) -> tuple[str, Callable[[int], int] | None]:
    """White-space runs as one space, and where a place of it was in `text` (None: the same)."""
    if "  " not in text:
        return text, None
    marks, shifts, dropped = [0], [0], 0
    for run in _RUN.finditer(text):
        marks.append(run.start() - dropped + 1)
        dropped += run.end() - run.start() - 1
        shifts.append(dropped)
    return _RUN.sub(" ", text), lambda place: place + shifts[bisect_right(marks, place) - 1]


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
