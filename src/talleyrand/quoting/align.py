"""Find which stretch of a statement a stretch of coverage says again, word by word.

Local alignment of weighted words (Smith and Waterman 1981), best sentence first; what the first
leaves over is aligned again, so that merged and reordered sentences are found as parts. What
cannot reach the thresholds by its words alone, in whatever order, is not aligned: the same answer,
sooner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from talleyrand.alphabet import is_unspaced
from talleyrand.quoting.units import Token, weigh

_REPLACED, _GAP = 0.5, 0.4  # what a word unlike, and a word too many, takes off
_ALIKE = 0.72  # of the weight on both sides of a part must be the same words
_MOST_TRIED = 6
_LEFT_OVER = 2.0  # content words left over that are worth another look
_SECOND = 3.0  # telling words that another part must have
_TELLING = 0.6  # of the telling words of a unit must be the statement's
_SHORT = 3.0  # a quotation of less content must be said exactly
_LEAST = _LEFT_OVER * 0.75  # weight of the same words that makes a part
_MARKED, _PLAIN = 0.62, 3.5  # to be said again: share in marks, weight outside of them
_SLACK = 1e-6  # of a bound, for sums taken in another order


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a unit's words that says again a run of one sentence's words."""

    sentence: int
    steps: tuple[tuple[int | None, int | None], ...]  # (word of the unit, word of the sentence)
    matched: float  # weight of the same words
    alike: float  # 0 to 1

    @property
    def first(self) -> int:
        return next(i for i, _ in self.steps if i is not None)

    @property
    def last(self) -> int:
        return next(i for i, _ in reversed(self.steps) if i is not None)

    @property
    def own(self) -> tuple[int, int]:
        """The first and last word of the sentence."""
        places = [j for _, j in self.steps if j is not None]
        return places[0], places[-1]


class Index:
    """The sentences of a statement, ready to be searched."""

    def __init__(self, sentences: Sequence[list[Token]]) -> None:
        self.sentences = sentences
        self._counts = [Counter(t.key for t in s) for s in sentences]
        spread = Counter(key for counts in self._counts for key in counts)
        self._rare = {key: float(n) ** -0.5 for key, n in spread.items()}
        self._homes: dict[str, list[tuple[int, int]]] = {}  # of a key: sentence, how often
        for n, counts in enumerate(self._counts):
            for key, count in counts.items():
                self._homes.setdefault(key, []).append((n, count))

    def parts(self, unit: list[Token], *, in_marks: bool) -> list[Part]:
        """What of the statement a unit says again, in the unit's order; empty if not enough."""
        if not self._may(unit, in_marks):
            return []
        found = self._search(unit, range(len(unit)), [])
        found.sort(key=lambda part: part.first)
        return found if self._enough(unit, found, in_marks) else []

    def _may(self, unit: list[Token], in_marks: bool) -> bool:
        """Could a unit be `_enough` if every word that the statement has were matched?"""
        known = [token for token in unit if token.key in self._rare]
        if self._telling(known) < _TELLING * self._telling(unit) - _SLACK:
            return False
        least = _MARKED * weigh(unit) if in_marks else _PLAIN
        return bool(known) and weigh(known) >= least - _SLACK

    def _search(self, unit: list[Token], places: range, taken: list[Part]) -> list[Part]:
        best = self._best([unit[i] for i in places], places.start, taken)
        if best is None:
            return []
        found = [best]
        for rest in (range(places.start, best.first), range(best.last + 1, places.stop)):
            if weigh([unit[i] for i in rest]) >= _LEFT_OVER:
                found += self._search(unit, rest, [*taken, *found])
        return found

    def _best(self, words: list[Token], offset: int, taken: list[Part]) -> Part | None:
        """The best part, the likelier sentence first; what cannot be better is not aligned.

        A part may be alike up to 2: the statement may have a word in a form of less weight.
        """
        wanted = Counter(t.key for t in words)
        heaviest: dict[str, float] = {}
        for token in words:
            heaviest[token.key] = max(token.weight, heaviest.get(token.key, 0.0))
        best, most = None, 0.0
        for n in self._likely(words, wanted):
            counts = self._counts[n]
            shared = [(key, min(count, counts[key]) * heaviest[key])
                      for key, count in wanted.items() if key in counts]  # fmt: skip
            if sum(weight for _, weight in shared) < max(_LEAST, most / 2) - _SLACK:
                continue
            if taken and sum(self._rare[k] * weight for k, weight in shared) < _SECOND - _SLACK:
                continue
            part = self._part(words, n, offset, taken)
            if part and (best is None or part.matched * part.alike > most):
                best, most = part, part.matched * part.alike
        return best

    def _likely(self, words: list[Token], wanted: Counter[str]) -> list[int]:
        """Sentences that share most with the words, rare words counted more."""
        weights = {t.key: t.weight * self._rare.get(t.key, 0.0) for t in words}
        shared: dict[int, float] = {}
        for key, count in wanted.items():
            for n, held in self._homes.get(key, ()):
                shared[n] = shared.get(n, 0.0) + min(count, held) * weights[key]
        return sorted(shared, key=lambda n: (-shared[n], n))[:_MOST_TRIED]

    def _part(self, words: list[Token], n: int, offset: int, taken: list[Part]) -> Part | None:
        own = self.sentences[n]
        used = {j for p in taken if p.sentence == n for _, j in p.steps if j is not None}
        steps = one_gap(local(words, own, used), own)
        same = [words[i] for i, j in steps if i is not None and j is not None
                and words[i].key == own[j].key]  # fmt: skip
        matched = weigh(same)
        both = sum(words[i].weight for i, _ in steps if i is not None)
        both += sum(own[j].weight for _, j in steps if j is not None)
        if not same or 2 * matched < _ALIKE * both or matched < _LEAST:
            return None
        if taken and self._telling(same) < _SECOND * _scale(same):
            return None
        moved = tuple((None if i is None else i + offset, j) for i, j in steps)
        return Part(n, moved, matched, 2 * matched / both)

    def _own_words(self, words: list[Token]) -> bool:
        """Are a few words three, or two of content, or four characters, of one sentence alone?"""
        keys = [t.key for t in words]
        content = sum(t.weight == 1 for t in words)
        homes = sum(_holds([t.key for t in s], keys) for s in self.sentences)
        long = content >= 4 if _scale(words) > 1 else content >= 2 or len(words) >= 3
        return long and homes == 1

    def _telling(self, words: list[Token]) -> float:
        """The weight of words, less for those that many sentences of the statement have."""
        return float(sum(t.weight * self._rare.get(t.key, 1.0) for t in words))

    def _enough(self, unit: list[Token], found: list[Part], in_marks: bool) -> bool:
        whole = weigh(unit)
        matched = sum(part.matched for part in found)
        if not found or not whole:
            return False
        same = [unit[i] for p in found for i, j in p.steps if i is not None and j is not None
                and unit[i].key == self.sentences[p.sentence][j].key]  # fmt: skip
        if self._telling(same) < _TELLING * self._telling(unit):
            return False
        if in_marks:
            exact = len(found) == 1 and found[0].alike > 0.99
            if whole < _SHORT:
                return exact and matched >= 0.99 * whole and self._own_words(same)
            return matched >= _MARKED * whole
        covered = max(part.matched / (weigh(self.sentences[part.sentence]) or 1) for part in found)
        return matched >= _PLAIN and (matched >= 0.6 * whole or covered >= 0.7)


def local(
    unit: Sequence[Token], own: Sequence[Token], used: set[int]
) -> list[tuple[int | None, int | None]]:
    """The best local alignment as pairs of word numbers; `used` words of the sentence are barred.

    Only scores above nought are kept and gone on from, which are few: a word matched is worth no
    more than two words unlike.
    """
    places: dict[str, list[int]] = {}
    for j, other in enumerate(own, 1):
        if j - 1 not in used:
            places.setdefault(other.key, []).append(j)
    score: list[dict[int, float]] = [{}]
    best, at = 0.0, (0, 0)
    for i, word in enumerate(unit, 1):
        row = _row(word, own, used, score[-1], places.get(word.key, ()))
        score.append(row)
        for j, here in row.items():
            if here > best + 1e-9:
                best, at = here, (i, j)
    return _traced(score, unit, own, at)


def one_gap(
    steps: Sequence[tuple[int | None, int | None]], own: Sequence[Token]
) -> list[tuple[int | None, int | None]]:
    """The same alignment with words between two gaps moved before the first, where they fit there.

    Of "the border at 20 border stations" an "at the border ... before" leaves out one run of words,
    "at 20 border stations", not two: a word that is there twice is matched where the gap is whole.
    """
    runs = [(kind, list(run)) for kind, run in groupby(steps, _kind)]
    for (a, left), (b, kept), (c, more) in zip(runs, runs[1:], runs[2:], strict=False):
        size = len(kept)
        if (a, b, c) != ("gap", "match", "gap") or len(left) < size:
            continue
        places = [j for _, j in (*left, *kept, *more) if j is not None]
        units = [i for i, _ in kept]
        if all(
            own[j].key == own[k].key
            for j, (_, k) in zip(places, kept, strict=False)
            if k is not None
        ):
            left[:] = [(i, j) for i, j in zip(units, places, strict=False)]
            kept[:] = []
            more[:] = [(None, j) for j in places[size:]]
    return [step for _, run in runs for step in run]


def _kind(step: tuple[int | None, int | None]) -> str:
    i, j = step
    return "match" if i is not None and j is not None else "gap" if i is None else "added"


def _row(
    word: Token, own: Sequence[Token], used: set[int], above: dict[int, float], same: Sequence[int]
) -> dict[int, float]:
    """The scores above nought of one word of the unit, by place in the sentence, in order."""
    row: dict[int, float] = {}
    weight, gap = word.weight, _GAP * word.weight
    matched, columns = set(same), len(own)
    for first in sorted({*above, *(j + 1 for j in above), *same}):
        j = first
        while j <= columns and j not in row and j - 1 not in used:
            other = own[j - 1].weight
            worth = weight if j in matched else -_REPLACED * max(weight, other)
            here = max(
                above.get(j - 1, 0.0) + worth,
                above.get(j, 0.0) - gap,
                row.get(j - 1, 0.0) - _GAP * other,
            )
            if here <= 0.0:
                break
            row[j] = here
            j += 1
    return row


def _worth(word: Token, other: Token) -> float:
    if word.key == other.key:
        return word.weight
    return -_REPLACED * max(word.weight, other.weight)


def _traced(
    score: list[dict[int, float]],
    unit: Sequence[Token],
    own: Sequence[Token],
    at: tuple[int, int],
) -> list[tuple[int | None, int | None]]:
    steps: list[tuple[int | None, int | None]] = []
    i, j = at
    while (here := score[i].get(j, 0.0)) > 0:
        word, other = unit[i - 1], own[j - 1]
        if abs(here - score[i - 1].get(j - 1, 0.0) - _worth(word, other)) < 1e-9:
            steps.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif abs(here - score[i - 1].get(j, 0.0) + _GAP * word.weight) < 1e-9:
            steps.append((i - 1, None))
            i -= 1
        else:
            steps.append((None, j - 1))
            j -= 1
    return steps[::-1]


def _scale(words: Sequence[Token]) -> float:
    """How many tokens make a word: Chinese is taken character by character."""
    return 1.8 if any(is_unspaced(t.form[0]) for t in words) else 1.0


def _holds(keys: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(keys[n : n + size] == wanted for n in range(len(keys) - size + 1))
