"""In whose mouth an article puts words: the state of whoever is said to say them.

Told from the sentence around the words, else from the sentences before: a name right before a verb
of saying, right after one, or before a colon. Where that tells nothing, nothing is claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from talleyrand import states
from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.model import Language
from talleyrand.quoting.units import quotations

_SAYS = {
    "en": re.compile(
        r"\b(?:said|says|say|saying|told|tells|telling|stress(?:ed|es)|noted|notes|added|adds"
        r"|stated|states|declared|declares|vowed|vows|warned|warns|pledged|pledges|insisted"
        r"|emphasi[sz]ed|argued|announced|claimed|claims|expressed|remarked|pointed out|promised"
        r"|according to|quoted|explained|admitted|reiterated|affirmed|agreed|called for|urged)\b"
    ),
    "ru": re.compile(
        r"(?i)\b(?:сказал[аи]?|заявил[аи]?|заявляет|отметил[аи]?|подчеркнул[аи]?|добавил[аи]?"
        r"|сообщил[аи]?|говорит|указал[аи]?|напомнил[аи]?|пообещал[аи]?|по словам|считает)\b"
    ),
    "zh": re.compile("指出|强调|表示|说|称|认为|重申|宣布|告诉|介绍"),
}
_BEFORE = {"en": 60, "ru": 60, "zh": 16}
_AFTER = {"en": 40, "ru": 45, "zh": 0}
_PRONOUN = re.compile(
    r"(?i)\b(?:he|she|they|the (?:president|leader|minister|spokes\w+)|он|она|президент|министр)\b"
    "|他|她"
)
_BACK = 3  # sentences a pronoun is followed back


@dataclass(frozen=True, slots=True)
class Mouths:
    """The sentences of an article and what stands in quotation marks."""

    text: str
    language: Language
    on: date
    sentences: tuple[Sentence, ...]
    quoted: tuple[tuple[int, int], ...]

    def of(self, start: int, end: int) -> str:
        """The ISO3 of the state in whose mouth the words of a span are; "" where it is not said."""
        place = next((n for n, s in enumerate(self.sentences) if s.start <= start < s.end), None)
        if place is None:
            return ""
        here = self.sentences[place]
        found = self._in(here, start, max(end, here.end))
        if not found and self._alone(here):
            follows = self.sentences[place + 1] if place + 1 < len(self.sentences) else None
            if follows and not follows.opens and self._reports(follows):
                found = self._in(follows, start, follows.end)
        for back in range(1, _BACK + 1):
            if found or place < back or not self._open(here):
                break
            found = self._in(self.sentences[place - back], start, end)
        return found

    def _in(self, sentence: Sentence, start: int, end: int) -> str:
        """The speaker a sentence names outside quotation marks."""
        low = sentence.start
        words = self._bare(low, sentence.end)
        named = [
            m for m in states.mentions(self.text[low : sentence.end], self.language, self.on)
            if m.how != "topic" and words[m.start : m.end].strip()
        ]  # fmt: skip
        for verb in _SAYS[self.language].finditer(words):
            if found := self._beside(verb, words, named):
                return found
        colon = re.search(r"[:：]", words)
        before = [m for m in named if colon and m.end <= colon.start()]
        return before[0].iso3 if before else ""

    def _beside(self, verb: re.Match[str], words: str, named: list[states.Mention]) -> str:
        by = verb.group().lower() in ("according to", "по словам")
        before = [m for m in named if m.end <= verb.start()
                  and verb.start() - m.end <= _BEFORE[self.language]]  # fmt: skip
        after = [m for m in named if 0 <= m.start - verb.end() <= _AFTER[self.language]]
        clause = words[before[-1].end : verb.start()] if before else ""
        near = before and not by and not re.search(r"[.;!?。；]|\b(?:and|but) (?:he|she)\b", clause)
        if near and not _PRONOUN.search(clause):
            return self._head(before, words).iso3
        told = verb.group().lower() in ("told", "tells", "telling")
        alone = by or not _PRONOUN.search(words[max(0, verb.start() - 25) : verb.start()])
        return after[0].iso3 if after and alone and not told else ""

    def _head(self, before: list[states.Mention], words: str) -> states.Mention:
        """Of names in a row ("Xi, meeting Putin, said") the first of the clause."""
        chosen = before[-1]
        for m in reversed(before[:-1]):
            between = words[m.end : chosen.start]
            if re.fullmatch(
                r"(?:['’]s)?[\s\w]{0,30}|, (?:meeting|hosting|receiving|speaking)[^.;]{0,40}",
                between,
            ) and not re.search(r"\b(?:and|as|after|when|while|that)\b", between):
                chosen = m
            else:
                break
        return chosen

    def _bare(self, start: int, end: int) -> str:
        """A stretch with what stands in quotation marks blanked."""
        words = list(self.text[start:end])
        for low, high in self.quoted:
            for n in range(max(low, start) - start, min(high, end) - start):
                words[n] = " "
        return "".join(words)

    def _open(self, sentence: Sentence) -> bool:
        """A quotation alone, or one in the mouth of a pronoun: an earlier sentence may tell."""
        words = self._bare(sentence.start, sentence.end)
        return not re.search(r"\w", words) or bool(_PRONOUN.search(words))

    def _alone(self, sentence: Sentence) -> bool:
        return not re.search(r"\w", self._bare(sentence.start, sentence.end))

    def _reports(self, sentence: Sentence) -> bool:
        return bool(_SAYS[self.language].search(self._bare(sentence.start, sentence.end)))


def read(text: str, language: Language, on: date) -> Mouths:
    """Get an article ready to be asked who says what."""
    return Mouths(text, language, on, tuple(sentences(text, language)), tuple(quotations(text)))
