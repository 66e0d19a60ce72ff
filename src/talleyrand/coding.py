"""Code a text: who says what, which codes, whose view it is, and towards whom.

Puts the speakers of `attribution` and the phrases of `codebook` together. A match is aimed at
states: those its sentence names, else those of its paragraph, else those of the question
answered. In the read-out of a meeting warmth goes to the partner and blame to whom it names; in
other texts no warmth goes to a state the same sentence turns against.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from talleyrand import states
from talleyrand.attribution import passages as attribute
from talleyrand.codebook import Codebook
from talleyrand.model import Kind, Language, Match, Passage

_SENTENCE_END = re.compile(r"[。！？；\n]|[.!?;](?=[\s\"')\]]|$)")
_BILATERAL = frozenset({Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT})


@dataclass(frozen=True, slots=True)
class Aimed:
    """A match with the states it is aimed at (ISO3, sorted)."""

    match: Match
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage with the matches found in it."""

    passage: Passage
    matches: tuple[Aimed, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded text: its passages in order."""

    passages: tuple[CodedPassage, ...]

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand code --json`: offsets are in characters of the text."""
        return {"passages": [_passage_as_dict(p) for p in self.passages]}


def code(
    text: str,
    *,
    lang: Language,
    sender: str,
    counterpart: str | tuple[str, ...] = (),
    kind: Kind = Kind.OTHER,
    on: date | None = None,
    codebook: Codebook,
) -> Coded:
    """Find the codes of a text and the speaker each belongs to.

    `sender` and `counterpart` are ISO3; `on` is the day of the event, by which leaders are known.
    """
    others = (counterpart,) if isinstance(counterpart, str) else counterpart
    passages = attribute(text, language=lang, sender=sender, counterparts=others, kind=kind, on=on)
    matches = codebook.find(text, lang)
    places = _Places(text, lang, on or date.today()) if matches else None  # noqa: DTZ011
    by_passage = _shared_out(passages, matches)
    coded = []
    for index, passage in enumerate(passages):
        found = by_passage[index]
        if places is None or not found:
            coded.append(CodedPassage(passage, ()))
            continue
        scene = _Scene(passage, _asked(passages, index), sender, others, kind, places, codebook)
        coded.append(CodedPassage(passage, scene.aimed(found)))
    return Coded(tuple(coded))


def _shared_out(passages: list[Passage], matches: list[Match]) -> list[list[Match]]:
    """The matches of each passage, each by where it starts."""
    shared: list[list[Match]] = [[] for _ in passages]
    starts = [p.start for p in passages]
    for match in matches:
        index = bisect_right(starts, match.start) - 1
        if index >= 0 and match.start < passages[index].end:
            shared[index].append(match)
    return shared


def _asked(passages: list[Passage], index: int) -> Passage | None:
    """The question a passage answers, if a journalist spoke right before it."""
    for earlier in reversed(passages[max(0, index - 12) : index]):
        if earlier.state == "journalist":
            return earlier
    return None


@dataclass(frozen=True, slots=True)
class _Scene:
    """What bears on whom a passage's codes are aimed at."""

    passage: Passage
    question: Passage | None
    sender: str
    counterparts: tuple[str, ...]
    kind: Kind
    places: _Places
    codebook: Codebook

    def aimed(self, matches: list[Match]) -> tuple[Aimed, ...]:
        """Each match with its holder and targets."""
        held = [replace(m, holder=m.holder or self.passage.state) for m in matches]
        first = [(match, self._targets(match)) for match in held]
        hostile: dict[int, set[str]] = {}
        for match, targets in first:
            pushed = {t for t in targets if self.codebook.pole(match.code, t) == "further"}
            hostile.setdefault(self.places.sentence_of(match.start), set()).update(pushed)
        return tuple(
            Aimed(match, tuple(sorted(targets - self._spoilt(match, targets, hostile))))
            for match, targets in first
        )

    def _targets(self, match: Match) -> set[str]:
        """The states a match is aimed at, before the rest of its sentence is looked at."""
        own = set() if match.holder == "both" else {match.holder}
        partners = (set(self.counterparts) | {self.sender}) - own
        named = self.places.sentence(match.start) - own
        if self.kind in _BILATERAL:
            return self._between(match.code, named, partners)
        if named:
            return named
        near = self.places.paragraph(match.start) - own
        if not near and self.question is not None:
            near = self.places.between(self.question.start, self.question.end) - own
        near = near or partners - {self.sender}
        warm = self.codebook.codes[match.code].pole == "closer"
        return set() if warm and len(near) > 1 else near

    def _between(self, code: str, named: set[str], partners: set[str]) -> set[str]:
        """In a meeting warmth goes to the partner, blame to whom the sentence names."""
        away = {state for state in named if self.codebook.pole(code, state) == "further"}
        if self.codebook.codes[code].pole != "further":
            return partners | (named - {s for s in named if self._warms(code, s)})
        if away - partners:
            return away - partners | (named - away)
        return named | partners if not away else named

    def _warms(self, code: str, state: str) -> bool:
        return self.codebook.pole(code, state) == "closer"

    def _spoilt(self, match: Match, targets: set[str], hostile: dict[int, set[str]]) -> set[str]:
        """Outside a meeting, no warmth goes to a state the same sentence turns against."""
        against = hostile.get(self.places.sentence_of(match.start), set())
        exempt = set(self.counterparts) if self.kind in _BILATERAL else set()
        return {t for t in targets & against - exempt if self._warms(match.code, t)}


class _Places:
    """The states a text names, by sentence and by paragraph."""

    def __init__(self, text: str, language: Language, on: date) -> None:
        found = [m for m in states.mentions(text, language, on) if m.how != "topic"]
        self._at = [m.start for m in found]
        self._states = [m.iso3 for m in found]
        self._sentences = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text) + 1]
        self._paragraphs = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]

    def sentence_of(self, place: int) -> int:
        """The number of the sentence a place is in."""
        return bisect_right(self._sentences, place)

    def sentence(self, place: int) -> set[str]:
        return self._around(self._sentences, place)

    def paragraph(self, place: int) -> set[str]:
        return self._around(self._paragraphs, place)

    def between(self, start: int, end: int) -> set[str]:
        return set(
            self._states[bisect_right(self._at, start - 1) : bisect_right(self._at, end - 1)]
        )

    def _around(self, bounds: list[int], place: int) -> set[str]:
        index = bisect_right(bounds, place)
        return self.between(bounds[index - 1], bounds[min(index, len(bounds) - 1)])


def _passage_as_dict(coded: CodedPassage) -> dict[str, Any]:
    passage = coded.passage
    return {
        "start": passage.start,
        "end": passage.end,
        "speaker": passage.speaker,
        "state": passage.state,
        "matches": [_match_as_dict(aimed) for aimed in coded.matches],
    }


def _match_as_dict(aimed: Aimed) -> dict[str, Any]:
    match = aimed.match
    return {
        "code": match.code,
        "holder": match.holder,
        "start": match.start,
        "end": match.end,
        "negated": match.negated,
        "targets": list(aimed.targets),
    }
