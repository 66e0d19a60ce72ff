"""Code a text: who says what, which codes, whose view it is, and towards whom.

Puts the speakers of `attribution` and the phrases of `codebook` together. A code of warmth, a
frame or a topic concerns the states named beside it, else in its paragraph, else in the question
answered, and in a meeting the partner. Blame goes to the blamed (`talleyrand.aim`), and no
warmth goes to a state the same sentence turns against.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any

from talleyrand.aim import Places
from talleyrand.attribution import passages as attribute
from talleyrand.attribution.sentences import bag
from talleyrand.attribution.speakers import JOURNALIST
from talleyrand.codebook import Codebook
from talleyrand.model import Kind, Language, Match, Passage

_GIVEN = frozenset(
    {"mutual_support", "appreciation", "courtesy", "security_commitment", "condemn_terrorism"}
)  # what is said to one party may concern a third: "both thanked Egypt"
_OF_A_THIRD = frozenset({"sovereignty_territorial_integrity"})  # two may uphold a third's
_COURTEOUS = frozenset({"appreciation", "courtesy", "invitation"})
_ALSO_AT_HOME = bag(
    "readiness cooperation_deepened mutual_support trust mutual_respect leader_praised friendship"
    " brotherly old_friend partner alliance unbreakable good_neighbourly regret noted concern"
    " firm_opposition urge smear condemn rights_abuses distrust interference warning adversary"
    " coercion accountability strategic_coordination legitimate_security_concerns"
    " differences_managed"
)  # what a state may say to its own citizens, too
_MEANT = {"taiwan_strait_stability": {"CHN"}}  # whom a code admonishes without naming it
_BILATERAL = frozenset({Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT})
_NO_STATE = frozenset({"both", "journalist", "narrator", "other"})
_FEW = 2  # states in a sentence that is no list
_LONGEST_MESSAGE = 2500  # characters of a telegram or note to another state


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
    places = Places(text, lang, on or date.today())  # noqa: DTZ011
    abroad = bool(others) and (kind in _BILATERAL or _is_message(text, kind))
    home = None if abroad else _home(passages, places, sender)
    matches = codebook.find(text, lang, home, places.leaders({sender}))
    by_passage = _shared_out(passages, matches)
    coded = []
    for index, passage in enumerate(passages):
        found = by_passage[index]
        if not found:
            coded.append(CodedPassage(passage, ()))
            continue
        scene = _Scene(
            passage, _asked(passages, index), sender, others, kind, places, codebook, lang
        )
        coded.append(CodedPassage(passage, scene.aimed(found)))
    return Coded(tuple(coded))


def _is_message(text: str, kind: Kind) -> bool:
    """Is it a short statement, all of which is said to the counterpart?"""
    return kind is Kind.STATEMENT and len(text) <= _LONGEST_MESSAGE


def _home(passages: list[Passage], places: Places, sender: str) -> list[tuple[int, int]]:
    """Where each speaker names the own state, or calls it "our country"."""
    spans = places.our_country()
    for passage in passages:
        spans += places.named(passage.start, passage.end, _own(passage.state, sender))
    return sorted(spans)


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
        if earlier.state == JOURNALIST:
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
    places: Places
    codebook: Codebook
    language: Language

    def aimed(self, matches: list[Match]) -> tuple[Aimed, ...]:
        """Each match with its holder and targets."""
        state = self.passage.state
        held = [m if m.holder else Match(m.code, m.start, m.end, state, m.negated) for m in matches]
        first = [(match, self._targets(match)) for match in held]
        hostile: dict[int, set[str]] = {}
        for match, targets in first:
            if pushed := {t for t in targets if self._blames(match.code, t)}:
                hostile.setdefault(self.places.sentence_of(match.start), set()).update(pushed)
        return tuple(
            Aimed(match, tuple(sorted(targets - self._spoilt(match, targets, hostile))))
            for match, targets in first
            if not self._at_home(match, targets)
        )

    def _at_home(self, match: Match, targets: set[str]) -> bool:
        """In Russian: is it said to one's own (no guest, and no state or group is spoken of)?

        The codebook takes "I thank you" for the guest's: whom it is said to tells the scene.
        """
        if self.language != "ru" or self.counterparts or self._is_guests():
            return False
        abroad = self.places.sentence(match.start) - {self.sender}
        if abroad or (targets and match.code not in ("appreciation", "invitation")):
            return False
        if match.code in _COURTEOUS:
            return not self.places.names_group(match.start)
        at_home = match.code in _ALSO_AT_HOME
        return at_home and not self.places.abroad(match.start, match.end, {self.sender})

    def _is_guests(self) -> bool:
        """In Russian: does a guest speak, whether or not the document names one?"""
        return self.language == "ru" and self.passage.state not in {self.sender, *_NO_STATE}

    def _targets(self, match: Match) -> set[str]:
        """The states a match is aimed at, before the rest of its sentence is looked at."""
        own = _own(match.holder, self.sender)
        code = self.codebook.codes[match.code]
        if code.name in _MEANT and (meant := _MEANT[code.name] - own):
            return meant
        if code.pole == "further":
            return self._blamed(match, own, code.aim) or set()
        friends = self._friends(match, own)
        accused = {state for state in friends if self._blames(match.code, state)}
        if code.aim != "named" and accused:
            friends = (friends - accused) | (self._blamed(match, own, code.aim) or set()) & accused
        if code.aim == "object" and code.poles:
            return {s for s in friends if self.codebook.pole(code.name, s) != "neither"} or friends
        return friends

    def _blamed(self, match: Match, own: set[str], aim: str) -> set[str] | None:
        """Whom a hostile code is aimed at; None where the text does not say."""
        own = own | {self.sender}
        if aim == "actor":
            found = self.places.actors(match.start, match.end, own)
        elif aim == "named":
            found = self.places.parties(match.start, own) or None
        else:
            found = self.places.addressed(match.start, match.end, own)
        if found is None and aim == "address" and self.kind in _BILATERAL:
            return set(self.counterparts) - own
        return found

    def _friends(self, match: Match, own: set[str]) -> set[str]:
        """Whom a code of warmth, a frame or a topic concerns."""
        code = self.codebook.codes[match.code]
        warm = code.pole == "closer"
        partners = (set(self.counterparts) | {self.sender}) - own
        if warm:
            named = self.places.befriended(match.start, match.end) - own
        else:
            named = self.places.sentence(match.start) - own
        if warm and code.name in _GIVEN:
            given = self.places.given(match.end) - own
            if given and not given & partners:
                return given
        if self.kind in _BILATERAL:
            third = named - partners - {self.sender}
            if code.name in _OF_A_THIRD and third:
                return third
            partners = self._met(match, named, partners)
            return partners | (named - {s for s in named if warm and self._warms(code.name, s)})
        if warm and not named and self._is_bilateral(match.holder):
            return self._met(match, named, partners)
        if warm and len(everyone := self._all_written_to(match)) > _FEW:
            return everyone - own
        if named or (warm and self.places.at_large(match.start, match.end)):
            return named
        if warm and self.places.names_group(match.start):
            return set()
        near = self.places.paragraph(match.start) - own
        if not near and self.question is not None:
            near = self.places.between(self.question.start, self.question.end) - own
        told_to = set() if match.holder in self.counterparts else {self.sender}
        near = near or partners - told_to
        return set() if warm and len(near) > 1 else near

    def _all_written_to(self, match: Match) -> set[str]:
        """Of a message to many states, those that its sentence lists."""
        return self.places.sentence(match.start) & set(self.counterparts)

    def _is_bilateral(self, holder: str) -> bool:
        """In Russian: are the two who gave a press conference the ones spoken of by default?"""
        two = {*self.counterparts, self.sender, "both"}
        met = bool(self.counterparts) and holder in two
        return self.language == "ru" and (met or self._is_guests())

    def _met(self, match: Match, named: set[str], partners: set[str]) -> set[str]:
        """Of several guests received one after the other, the one that is spoken to."""
        if len(self.counterparts) == 1 or match.holder == "both":
            return partners
        return named & partners or self.places.paragraph(match.start) & partners or partners

    def _warms(self, code: str, state: str) -> bool:
        return self.codebook.pole(code, state) == "closer"

    def _blames(self, code: str, state: str) -> bool:
        return self.codebook.pole(code, state) == "further"

    def _spoilt(self, match: Match, targets: set[str], hostile: dict[int, set[str]]) -> set[str]:
        """Outside a meeting, no warmth goes to a state the same sentence turns against."""
        if not hostile:
            return set()
        against = hostile.get(self.places.sentence_of(match.start), set())
        exempt = {*self.counterparts, self.sender} if self.kind in _BILATERAL else set()
        return {t for t in targets & against - exempt if self._warms(match.code, t)}


def _own(holder: str, sender: str) -> set[str]:
    """Towards whom a holder's words are not directed: itself; a narrator tells of the sender."""
    if holder == "both":
        return set()
    return {sender} if holder == "narrator" else {holder}


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
