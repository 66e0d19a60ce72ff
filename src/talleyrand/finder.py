"""Find the wordings of one language in a text, on the conditions each sets.

Compiled once from the codebook's wordings: the longest wins, among the stances and among the
wordings of each topic (伊核 is about Iran and about nuclear arms); words that must stand near
are looked for in the same sentence; then the cues of negation and of others' speech are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from talleyrand import cues
from talleyrand.matcher import Matcher, longest, normalise
from talleyrand.model import Code, Language, Match
from talleyrand.phrase_file import IGNORE, Wording

_SENTENCE_END = re.compile(
    r"[。！？；\n]|[.!?;](?=[\s\"'”’)\]]|$)"
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bJr\.)(?<!U\.S\.)(?<!U\.N\.)"
)
_SENTENCE_REACH = 240  # characters to either side
_Hit = tuple[int, int, int]  # start, end, rule


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
        self._matcher = Matcher([rule.pattern for rule in self._rules])
        self._contexts: dict[int, Matcher] = {}  # by identity of the rule's words
        self._held: dict[tuple[int, str], bool] = {}
        self._folded = ""

    def find(self, text: str) -> list[Match]:
        """The codes in a text, in text order."""
        self._held.clear()
        self._folded = normalise(text)
        stances, topics = self._layers(text)
        found = []
        for start, end, index in longest(stances):
            rule = self._rules[index]
            if rule.code:
                found.append(self._judge(rule, text, start, end))
        for start, end, code in self._about(topics):
            found.append(Match(code, start, end, "", False))
        found.sort(key=lambda m: (m.start, m.end, m.code))
        return found

    def _layers(self, text: str) -> tuple[list[_Hit], list[_Hit]]:
        """The hits whose conditions hold: those of stances, and those of topics."""
        rules = self._rules
        hits = self._matcher.find(self._folded, overlapping=True, folded=True)
        spoilt = {(s, e, rules[i].block) for i, s, e in hits if not rules[i].code}
        stances: list[_Hit] = []
        topics: list[_Hit] = []
        for index, start, end in hits:
            rule = rules[index]
            if rule.code and spoilt and (start, end, rule.block) in spoilt:
                continue
            if rule.conditional and not self._fits(rule, text, start, end):
                continue
            if rule.layer != "topic":
                stances.append((start, end, index))
            if rule.layer != "stance":
                topics.append((start, end, index))
        return stances, topics

    def _about(self, hits: list[_Hit]) -> Iterator[tuple[int, int, str]]:
        """The topics named, the wordings of each settled for themselves."""
        swallowed = [hit for hit in hits if not self._rules[hit[2]].code]
        for code in dict.fromkeys(self._rules[index].code for _, _, index in hits):
            own = [hit for hit in hits if self._rules[hit[2]].code == code]
            if code:
                for start, end, index in longest(own + swallowed):
                    if self._rules[index].code:
                        yield start, end, code

    def _judge(self, rule: _Rule, text: str, start: int, end: int) -> Match:
        if rule.polarity_free:
            return Match(rule.code, start, end, "", False)
        others = cues.is_others(text, start, end, self._language)
        negated = cues.is_negated(text, start, end, self._language, rule.denial)
        return Match(rule.code, start, end, "other" if others else "", negated)

    def _fits(self, rule: _Rule, text: str, start: int, end: int) -> bool:
        """Are the words that must stand in the same sentence there, and no others?"""
        low, high = _sentence_around(text, start, end)
        sentence = self._folded[low:high]
        if rule.near and not self._holds(rule.near, sentence):
            return False
        return not (rule.not_near and self._holds(rule.not_near, sentence))

    def _holds(self, phrases: tuple[str, ...], sentence: str) -> bool:
        held = self._held.get((id(phrases), sentence))
        if held is None:
            matcher = self._contexts.get(id(phrases))
            if matcher is None:
                matcher = self._contexts[id(phrases)] = Matcher(phrases)
            held = self._held[id(phrases), sentence] = matcher.any_in(sentence, folded=True)
        return held


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern: what it stands for ("" swallows), in which layer, on what conditions.

    `block` is the wording it comes from: where an `unless` and a pattern of one wording are the
    same stretch of text, the `unless` holds.
    """

    pattern: str
    code: str
    layer: Literal["stance", "topic", "both"]
    denial: cues.Denial
    block: int
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    polarity_free: bool = False
    conditional: bool = False


def _rules(
    wordings: Sequence[Wording],
    codes: Mapping[str, Code],
    denials: Mapping[str, cues.Denial],
    language: Language,
) -> Iterator[_Rule]:
    """Every pattern of one language; those that swallow come last, so a code wins a tie."""
    own = [(i, w) for i, w in enumerate(wordings) if w.language == language]
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}  # equal lists of words as one object
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
                    polarity_free=w.polarity_free,
                    conditional=bool(w.near or w.not_near),
                )
    for block, w in own:
        for pattern in (*(w.patterns if w.code == IGNORE else ()), *w.unless):
            yield _Rule(pattern, "", _layer(w, codes), "none", block)


def _layer(wording: Wording, codes: Mapping[str, Code]) -> Literal["stance", "topic", "both"]:
    if wording.code == IGNORE:
        return "both"
    return "topic" if codes[wording.code].about else "stance"


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence a phrase stands in, as far as it reaches to either side."""
    low = max(0, start - _SENTENCE_REACH)
    for found in _SENTENCE_END.finditer(text, low, start):
        low = found.end()
    after = _SENTENCE_END.search(text, end, end + _SENTENCE_REACH)
    return low, after.start() if after else end + _SENTENCE_REACH
