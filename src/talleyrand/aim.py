"""Towards whom a code is aimed: warmth to the partner, blame to the blamed and nobody else.

A sentence names bystanders, victims and topics beside the state it turns against: in "we condemn
Russia's war on Ukraine" only Russia is condemned, in 美方抹黑中俄关系 only the United States. Each
state named gets a role from the words right around it (who acts, whom something is done to, who is
merely there), and a code's `aim` in the codebook says which role it looks for: the *actor* of a
deed, or whom an *address* or a reaction (*object*) is directed at. Where the blamed have no name
("some countries", NATO, 有关国家), no state is blamed.

Roles are read off prepositions and case-free word order, after the slot rules of event coders
(Schrodt's TABARI and PETRARCH); they are right far more often than the mere co-occurrence they
replace, not always.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from talleyrand import aim_chinese, aim_english, aim_russian, states
from talleyrand import aim_words as words
from talleyrand.aim_english import Role
from talleyrand.model import Language
from talleyrand.sentence_ends import sentence_ends

_CLAUSE_END = re.compile(r"[，,：:（）()— ](?:(?<! )|[-–] )")
_APPOSED = 2  # characters of a noun set beside a name: 美英澳三国
_ROUNDS_BACK = 1  # sentences of the same paragraph in which the actor of a deed is looked for


class Named(NamedTuple):
    """A state named in a text, and its part in the sentence."""

    iso3: str
    start: int
    end: int
    role: Role


class Places:
    """The states a text names, each in its role, by clause, sentence and paragraph."""

    def __init__(self, text: str, language: Language, on: date) -> None:
        self._text, self._language = text, language
        found = [m for m in states.mentions(text, language, on) if _is_party(text, m)]
        found = aim_chinese.sides_meant(text, found) if language == "zh" else found
        self._named = list(_roles(text, language, found))
        self._leaders = [(m.start, m.iso3) for m in found if m.how == "leader"]
        self._at = [n.start for n in self._named]
        self._sentences = [0, *sentence_ends(text), len(text) + 1]
        self._paragraphs = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]

    def sentence_of(self, place: int) -> int:
        """The number of the sentence a place is in."""
        return bisect_right(self._sentences, place)

    def sentence(self, place: int) -> set[str]:
        return self.between(*_around(self._sentences, place))

    def paragraph(self, place: int) -> set[str]:
        return self.between(*_around(self._paragraphs, place))

    def between(self, start: int, end: int) -> set[str]:
        return {n.iso3 for n in self._within(start, end)}

    def named(self, start: int, end: int, own: set[str]) -> list[tuple[int, int]]:
        """Where a stretch names one of some states."""
        return [(n.start, n.end) for n in self._within(start, end) if n.iso3 in own]

    def leaders(self, own: set[str]) -> list[int]:
        """Where a leader of another state is named, without the state perhaps; in Russian, any."""
        if self._language == "ru":
            return [n.start for n in self._named if n.iso3 not in own]
        return [start for start, iso3 in self._leaders if iso3 not in own]

    def our_country(self) -> list[tuple[int, int]]:
        """Where the text says "our country" or the like (in English)."""
        if self._language != "en":
            return []
        found = words.COUNTRY[self._language].finditer(self._text)
        return [m.span() for m in found if _is_ours(self._text, m.start())]

    def befriended(self, start: int, end: int) -> set[str]:
        """Whom warmth at a place goes to: those of its clause, else of its sentence."""
        low, high = _around(self._sentences, start)
        clause = _clause(self._text, start, end, low, high)
        return self._unthreatening(*clause) or self._unthreatening(low, high)

    def _unthreatening(self, start: int, end: int) -> set[str]:
        """The states of a stretch, but for those named as a threat: challenges posed by X."""
        threat = words.THREAT.get(self._language)
        return {
            n.iso3
            for n in self._within(start, end)
            if not (threat and threat.search(self._text, max(0, n.start - 40), n.start))
        }

    def at_large(self, start: int, end: int) -> bool:
        """Is warmth at a place offered to all states rather than to one?"""
        low, high = _around(self._sentences, start)
        return bool(
            words.AT_LARGE[self._language].search(
                self._text, *_clause(self._text, start, end, low, high)
            )
        )

    def actors(
        self, start: int, end: int, own: set[str], back: int = _ROUNDS_BACK
    ) -> set[str] | None:
        """Who did what stands at a place; None where nobody is named, empty where unnamed."""
        low, high = _around(self._sentences, start)
        inside = [n for n in self._within(start, end) if n.role == "actor"]
        found = {n.iso3 for n in inside} - own or self._doing(end, high, own)
        if found is None:
            found = self._acting(low, start, own)
        if found is None and words.UNNAMED[self._language].search(
            self._text, end, min(high, end + 40)
        ):
            return set()
        return self._earlier(start, low, own, back) if found is None else found

    def given(self, end: int) -> set[str]:
        """The state right after a word of giving: support for the people of X, thanked X."""
        gap = words.GIFT[self._language].match(self._text, end)
        if not gap:
            return set()
        after = self._within(gap.end(), gap.end() + 1)
        return self._list_of(after[0], set()) if after else set()

    def names_group(self, place: int) -> bool:
        """Does the sentence name a group of states, such as NATO?"""
        low, high = _around(self._sentences, place)
        return bool(words.GROUP[self._language].search(self._text, low, high))

    def addressed(self, start: int, end: int, own: set[str]) -> set[str] | None:
        """Whom a reaction at a place is directed at; None where the sentence does not say.

        Where another state acts before it and the sender does not, the reaction is that state's.
        """
        low, high = _around(self._sentences, start)
        inside = {n.iso3 for n in self._within(start, end)} - own
        if inside:
            return inside
        acting = [n for n in self._others(low, start, own) if n.role == "actor"]
        reacts = self._reacts(acting[-1].end if acting else low, start, own)
        if acting and not reacts:
            return set()
        after = self._directed(end, min(high, end + words.REACH[self._language]), own)
        if after is not None:
            return after
        objects = [n for n in self._others(low, start, own) if n.role == "object"]
        if objects:
            return self._list_of(objects[-1], own)
        acting_here = self._acting(low, start, own)
        if acting_here is None and self._language == "ru":
            return self._earlier(start, low, own, _ROUNDS_BACK + 1)
        return acting_here

    def abroad(self, start: int, end: int, own: set[str]) -> bool:
        """Is any other state, or a group of states, named around a place?"""
        low, high = max(0, start - words.AROUND), end + words.AROUND // 2
        named = any(n.iso3 not in own for n in self._within(low, high))
        return named or bool(words.FOREIGN.search(self._text, low, high))

    def parties(self, place: int, own: set[str]) -> set[str]:
        """The states of the sentence that act or are acted upon, bystanders left out."""
        within = self._within(*_around(self._sentences, place))
        return {n.iso3 for n in within if n.role in ("actor", "object")} - own

    # --- who stands where ---

    def _within(self, start: int, end: int) -> list[Named]:
        return self._named[bisect_right(self._at, start - 1) : bisect_right(self._at, end - 1)]

    def _others(self, start: int, end: int, own: set[str]) -> list[Named]:
        """The states named in a stretch that are not one's own, nor of a pair with it (中俄)."""
        within = self._within(start, end)
        mine = {n.start for n in within if n.iso3 in own}
        return [n for n in within if n.start not in mine]

    def _reacts(self, start: int, end: int, own: set[str]) -> bool:
        """Does the sender itself, or "we", stand in a stretch?"""
        named = any(n.iso3 in own for n in self._within(start, end))
        return named or bool(words.WE[self._language].search(self._text, start, end))

    def _acting(
        self, start: int, end: int, own: set[str], *, first: bool = False
    ) -> set[str] | None:
        """The last state that acts in a stretch, unless an unnamed actor stands after it.

        In a whole Russian sentence the `first` is its subject.
        """
        actors = [n for n in self._others(start, end, own) if n.role == "actor"]
        actors = actors[:1] if first else actors
        unnamed = [
            m.start() for m in words.UNNAMED[self._language].finditer(self._text, start, end)
        ]
        if actors and (not unnamed or actors[-1].end >= unnamed[-1] - _APPOSED):
            return self._list_of(actors[-1], own)
        return set() if unnamed else None

    def _earlier(self, place: int, low: int, own: set[str], back: int) -> set[str] | None:
        """Who acts in the sentences before, in the same paragraph."""
        first, _ = _around(self._paragraphs, place)
        found = None
        for _ in range(back):
            if found is None and low > first:
                low, high = _around(self._sentences, max(first, low - 1))
                found = self._acting(low, high, own, first=self._language == "ru")
        return found

    def _doing(self, end: int, high: int, own: set[str]) -> set[str] | None:
        """In English and Russian the actor may follow: aggression by X, со стороны X."""
        by = words.BY[self._language].match(self._text, end)
        if by:
            for named in self._within(by.end(), min(high, by.end() + 3)):
                if named.iso3 not in own:
                    return self._list_of(named, own)
        return None

    def _directed(self, start: int, end: int, own: set[str]) -> set[str] | None:
        """The first state after a place that something can be directed at."""
        unnamed = words.UNNAMED[self._language].search(self._text, start, end)
        for named in self._others(start, end, own):
            if named.role == "beside":
                continue
            if unnamed and unnamed.start() < named.start:
                return set()
            return self._list_of(named, own)
        return set() if unnamed else None

    def _list_of(self, chosen: Named, own: set[str]) -> set[str]:
        """A state with those it is listed with: the United States, Britain and Australia."""
        place = self._named.index(chosen, bisect_left(self._at, chosen.start))
        found = {chosen.iso3}
        for others in (range(place - 1, -1, -1), range(place + 1, len(self._named))):
            last = chosen
            for other in map(self._named.__getitem__, others):
                first, second = sorted((last, other), key=lambda n: n.start)
                gap = self._text[first.end : second.start]
                if first.start != second.start and not _AND.fullmatch(gap):
                    break
                found.add(other.iso3)
                last = other
        return found - own


def _is_ours(text: str, end: int) -> bool:
    return text[max(0, end - 10) : end].lower().endswith(words.OURS)


def _around(bounds: Sequence[int], place: int) -> tuple[int, int]:
    index = bisect_right(bounds, place)
    return bounds[index - 1], bounds[min(index, len(bounds) - 1)]


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    for found in _CLAUSE_END.finditer(text, low, start):
        low = found.end()
    after = _CLAUSE_END.search(text, end, high)
    return low, after.start() if after else high


def _is_party(text: str, mention: states.Mention) -> bool:
    """Taiwan is a topic, and the Minsk agreements are not Belarus."""
    if mention.how == "capital" and _NAMED_AFTER.match(text, mention.end):
        return False
    return mention.how != "topic"


_NAMED_AFTER = re.compile(
    r"[\s-]+(?:[12]\b|agreements?|accords?|package|group|protocols?|process|format|declaration"
    r"|treaty|convention|conference|summit|formula|olympic\w*|games|spirit|догов[оа]р[её]нност\w*"
    r"|соглашени\w*|процесс\w*|формат\w*|протокол\w*|меморандум\w*|площадк\w*|совещани\w*"
    r"|конференци\w*|саммит\w*|раунд\w*|вокзал\w*)\b",
    re.I,
)

# --- roles ---------------------------------------------------------------------------------


def _roles(text: str, language: Language, found: Sequence[states.Mention]) -> Iterator[Named]:
    role_of = {"zh": aim_chinese.role, "en": aim_english.role, "ru": aim_russian.role}[language]
    before: Named | None = None
    for mention in found:
        role = role_of(text, mention)
        gap = text[before.end : mention.start] if before else "."
        listed = _AND.fullmatch(gap) if role == "beside" else gap in aim_chinese.LISTED
        if before and listed:
            role = before.role
        before = Named(mention.iso3, mention.start, mention.end, role)
        yield before


_AND = re.compile(
    r"\s*(?:[,、，]\s*)?(?:(?:and|or|as well as|и|或|和|及|以及|与)\s*)?(?:the\s+)?", re.I
)
