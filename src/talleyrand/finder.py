"""Find the wordings of one language in a text, on the conditions each sets.

Compiled once from the codebook's wordings: the longest wins, among the stances and among the
wordings of each topic (伊核 is about Iran and about nuclear arms); words that must stand near are
looked for in the same sentence, those that must lead up to a phrase or follow it in its clause;
then the cues of negation and of others' speech are asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from talleyrand import cues
from talleyrand.matcher import Matcher, alphabet_of, longest
from talleyrand.model import Code, Language, Match
from talleyrand.phrase_file import IGNORE, Wording
from talleyrand.sentence_ends import sentence_around

_SENTENCE_REACH = 240  # characters to either side
_CLAUSE_END = re.compile(r"[，。！？；：\n,;!?()（）.](?:(?<!\.)|(?=\s))")
_LED_BY_REACH, _LEADS_TO_REACH = 32, 16  # characters before and after, inside the clause
_Hit = tuple[int, int, int]  # start, end, rule
_Asked = dict[tuple[int, int, int, bool], bool]  # whether a stretch holds one of a list of words


@dataclass(frozen=True, slots=True)
class _Scene:
    """A text and its codes with what bears on its conditions: see `Finder.find`.

    `abroad` is the same with blanks for the names of the speaker's own state.
    """

    text: str
    coded: bytes
    abroad: tuple[str, bytes] | None
    leaders: Sequence[int]
    asked: _Asked

    def names_leader(self, low: int, high: int) -> bool:
        """Is a leader of another state named in a stretch?"""
        place = bisect_left(self.leaders, low)
        return place < len(self.leaders) and self.leaders[place] < high


class Finder:
    """The wordings of one language, compiled."""

    def __init__(
        self,
        wordings: Sequence[Wording],
        codes: Mapping[str, Code],
        denials: Mapping[str, cues.Denial],
        language: Language,
    ) -> None:
        self._language = language
        self._rules = list(_rules(wordings, codes, denials, language))
        self._first_swallowing = sum(bool(rule.code) for rule in self._rules)  # they come last
        patterns = [rule.pattern for rule in self._rules]
        words = {phrases for rule in self._rules for phrases in rule.lists()}
        self._alphabet = alphabet_of([*patterns, *chain.from_iterable(words)])
        self._matcher = Matcher(patterns, self._alphabet)
        self._contexts: dict[int, Matcher] = {}  # by the identity of a rule's list of words

    def find(
        self,
        text: str,
        home: Sequence[tuple[int, int]] | None = (),
        leaders: Sequence[int] = (),
    ) -> list[Match]:
        """The codes in a text, in text order; `home` are the names of the speaker's own state.

        None: all of the text is said to another state, which need not be named in each sentence.
        `leaders`: where a leader of another state is named, who stands for it.
        """
        coded = self._alphabet.code(text)
        abroad = (text, coded) if home is not None else None
        if home:
            blanked = _blanked(text, home)
            abroad = blanked, self._alphabet.code(blanked)
        scene = _Scene(text, coded, abroad, sorted(leaders), {})
        stances, topics = self._layers(scene)
        found = []
        for start, end, index in longest(stances):
            rule = self._rules[index]
            if rule.code:
                found.append(self._judge(rule, text, start, end))
        for start, end, code in self._about(topics):
            found.append(Match(code, start, end, "", False))
        found.sort(key=lambda m: (m.start, m.end, m.code))
        return found

    def _layers(self, scene: _Scene) -> tuple[list[_Hit], list[_Hit]]:
        """The hits whose conditions hold: those of stances, and those of topics."""
        rules = self._rules
        hits = self._matcher.find(scene.text, scene.coded, overlapping=True)
        first = self._first_swallowing
        spoilt = {(s, e, rules[i].block) for i, s, e in hits if i >= first}
        stances: list[_Hit] = []
        topics: list[_Hit] = []
        for index, start, end in hits:
            rule = rules[index]
            if rule.code and spoilt and (start, end, rule.block) in spoilt:
                continue
            if rule.conditional and not self._fits(rule, scene, start, end):
                continue
            if rule.layer != "topic":
                stances.append((start, end, index))
            if rule.layer != "stance":
                topics.append((start, end, index))
        return stances, topics

    def _about(self, hits: list[_Hit]) -> Iterator[tuple[int, int, str]]:
        """The topics named, the wordings of each settled for themselves."""
        by_code: dict[str, list[_Hit]] = {}
        for hit in hits:
            by_code.setdefault(self._rules[hit[2]].code, []).append(hit)
        swallowed = by_code.pop("", [])
        for code, own in by_code.items():
            for start, end, index in longest(own + swallowed):
                if self._rules[index].code:
                    yield start, end, code

    def _judge(self, rule: _Rule, text: str, start: int, end: int) -> Match:
        if rule.polarity_free:
            return Match(rule.code, start, end, "", False)
        others = cues.is_others(text, start, end, self._language)
        negated = cues.is_negated(text, start, end, self._language, rule.denial)
        return Match(rule.code, start, end, "other" if others else "", negated)

    def _fits(self, rule: _Rule, scene: _Scene, start: int, end: int) -> bool:
        """Are the words that must stand in the same sentence there, and no others?"""
        if not self._fits_clause(rule, scene, start, end):
            return False
        if not (rule.near or rule.not_near):
            return True
        low, high = sentence_around(scene.text, start, end, _SENTENCE_REACH)
        if rule.near:
            said_abroad = (rule.foreign or rule.abroad) and scene.abroad is None
            said_abroad = said_abroad or (rule.foreign and scene.names_leader(low, high))
            if not said_abroad and not self._once(rule.near, scene, low, high, rule.foreign):
                return False
        unwanted = rule.not_near_abroad if scene.abroad is None else rule.not_near
        return not (unwanted and self._once(unwanted, scene, low, high, False))

    def _fits_clause(self, rule: _Rule, scene: _Scene, start: int, end: int) -> bool:
        """Does its clause lead up to the phrase, and go on after it, as the wording asks?"""
        if rule.led_by or rule.not_led_by:
            before = _CLAUSE_END.split(scene.text[max(0, start - _LED_BY_REACH) : start])[-1]
            low = start - len(before)
            if rule.led_by and not self._holds(rule.led_by, scene, low, start, False):
                return False
            if rule.not_led_by and self._holds(rule.not_led_by, scene, low, start, False):
                return False
        if rule.leads_to:
            after = _CLAUSE_END.split(scene.text[end : end + _LEADS_TO_REACH], maxsplit=1)[0]
            return self._holds(rule.leads_to, scene, end, end + len(after), False)
        return True

    def _once(
        self, phrases: tuple[str, ...], scene: _Scene, low: int, high: int, foreign: bool
    ) -> bool:
        """As `_holds`, each sentence asked once."""
        key = (id(phrases), low, high, foreign)
        known = scene.asked.get(key)
        if known is None:
            known = scene.asked[key] = self._holds(phrases, scene, low, high, foreign)
        return known

    def _holds(
        self, phrases: tuple[str, ...], scene: _Scene, low: int, high: int, foreign: bool
    ) -> bool:
        """Does a stretch hold one of some phrases (`foreign`: besides one's own state's names)?"""
        matcher = self._contexts.get(id(phrases))
        if matcher is None:
            matcher = self._contexts[id(phrases)] = Matcher(phrases, self._alphabet)
        text, coded = scene.abroad if foreign and scene.abroad else (scene.text, scene.coded)
        width = self._alphabet.width
        return matcher.any_in(text[low:high], coded[low * width : high * width])


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern: what it stands for ("" swallows), in which layer, on what conditions.

    `block` is the wording it comes from: where an `unless` and a pattern of one wording are the
    same stretch of text, the `unless` holds. `foreign`: what is `near` must be another state than
    the speaker's (an attack on one's own is told of abroad, so words of blame do not ask).
    `abroad`: where all is said to another state, none need be named.
    """

    pattern: str
    code: str
    layer: Literal["stance", "topic", "both"]
    denial: cues.Denial
    block: int
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    not_near_abroad: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    not_led_by: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    polarity_free: bool = False
    foreign: bool = False
    abroad: bool = False
    conditional: bool = False

    def lists(self) -> tuple[tuple[str, ...], ...]:
        """All phrases that are asked of what stands around."""
        sentence = (self.near, self.not_near, self.not_near_abroad)
        return (*sentence, self.led_by, self.not_led_by, self.leads_to)


def _rules(
    wordings: Sequence[Wording],
    codes: Mapping[str, Code],
    denials: Mapping[str, cues.Denial],
    language: Language,
) -> Iterator[_Rule]:
    """Every pattern of one language; those that swallow come last, so a code wins a tie."""
    own = [(i, w) for i, w in enumerate(wordings) if w.language == language]
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for block, w in own:
        if w.code != IGNORE:
            denial = "none" if w.polarity_free else denials.get(w.code, "any")
            for pattern in w.patterns:
                yield _Rule(
                    pattern=pattern,
                    code=w.code,
                    layer=_layer(w, codes),
                    denial=denial,
                    block=block,
                    near=shared.setdefault(w.near, w.near),
                    not_near=shared.setdefault(w.not_near, w.not_near),
                    not_near_abroad=shared.setdefault(w.not_near_abroad, w.not_near_abroad),
                    led_by=w.led_by,
                    not_led_by=w.not_led_by,
                    leads_to=w.leads_to,
                    polarity_free=w.polarity_free,
                    foreign=w.foreign and codes[w.code].pole != "further",
                    abroad=w.abroad and codes[w.code].pole != "further",
                    conditional=w.conditional,
                )
    for block, w in own:
        for pattern in (*(w.patterns if w.code == IGNORE else ()), *w.unless):
            yield _Rule(pattern, "", _layer(w, codes), "none", block)


def _layer(wording: Wording, codes: Mapping[str, Code]) -> Literal["stance", "topic", "both"]:
    if wording.code == IGNORE:
        return "both"
    return "topic" if codes[wording.code].about else "stance"


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for some stretches of it."""
    pieces, last = [], 0
    for start, end in spans:
        if start >= last:
            pieces += [text[last:start], " " * (end - start)]
            last = end
    return "".join([*pieces, text[last:]]) if spans else text
