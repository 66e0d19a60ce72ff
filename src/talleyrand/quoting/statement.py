"""A statement as sentences: whose words each is, which way it points, and its translation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from talleyrand import states
from talleyrand.attribution.sentences import sentences
from talleyrand.codebook import Codebook
from talleyrand.coding import Coded, code
from talleyrand.errors import InputError
from talleyrand.model import Kind, Language
from talleyrand.quoting.align import Index
from talleyrand.quoting.differences import Named
from talleyrand.quoting.translation import by_paragraph
from talleyrand.quoting.units import Token, tokens

_REPORTING = {
    "en": re.compile(
        r"[^,;:“\"]{0,90}?\b(?:said|stressed|noted|pointed out|added|emphasi[sz]ed|stated)"
        r"(?:\s+that)?[,:]?\s"
    ),
    "ru": re.compile(
        r"[^,;:«\"]{0,90}?\b(?:сказал|заявил|отметил|подчеркнул|добавил|указал)[аи]?,?\s+(?:что\s)?"
    ),
    "zh": re.compile("[^，。“]{0,14}(?:指出|强调|表示|说)(?:，|：)?"),
}

# the label of a turn in a transcript
_LABEL = re.compile(
    r"(?:[A-ZА-ЯЁ][\w.’'-]*[ \u00a0]?){1,4}:\s|[\u3400-\u9fff]{1,8}："
)  # of a transcript


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: its place, its words, whose they are (as `Passage`), and its stance.

    `stance` is the sum over the codes of +weight (closer to the other party) and -weight.
    """

    start: int
    end: int
    words: list[Token]
    speaker: str
    state: str
    stance: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A statement in one language; `original` leads from its sentences to those of the original."""

    text: str
    language: Language
    index: Index
    original: tuple[tuple[int, ...], ...]
    official: bool  # a translation
    named: Named = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its sentences, the parties to it and its versions by language."""

    text: str
    language: Language
    parties: tuple[str, ...]
    said: tuple[Said, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a statement besides its words."""

    language: Language
    sender: str
    counterparts: tuple[str, ...]
    kind: Kind
    on: date


def read(
    text: str, about: About, codebook: Codebook, translations: list[tuple[str, Language]]
) -> Statement:
    """Cut and code a statement; raises InputError where it holds no sentence."""
    coded = code(
        text, lang=about.language, sender=about.sender, counterpart=about.counterparts,
        kind=about.kind, on=about.on, codebook=codebook,
    )  # fmt: skip
    parties = (about.sender, *about.counterparts)
    said = tuple(_said(text, about, coded, codebook, parties))
    if not said:
        raise InputError("the statement holds no sentence")
    own = Version(text, about.language, Index([s.words for s in said]),
                  tuple((n,) for n in range(len(said))), official=False,
                  named=states_named(text, about.language, about.on))  # fmt: skip
    others = [_translated(text, about, *other) for other in translations]
    return Statement(text, about.language, parties, said, (own, *others))


def _said(
    text: str, about: About, coded: Coded, codebook: Codebook, parties: tuple[str, ...]
) -> list[Said]:
    found = []
    for one in sentences(text, about.language):
        passage = next(
            (p for p in reversed(coded.passages) if p.passage.start <= one.start), coded.passages[0]
        )
        inside = [
            aimed for p in coded.passages for aimed in p.matches
            if one.start <= aimed.match.start < one.end
        ]  # fmt: skip
        stance = 0.0
        for aimed in inside:
            for target in set(aimed.targets) & set(parties):
                pole = codebook.pole(aimed.match.code, target)
                sign = {"closer": 1.0, "further": -1.0}.get(pole, 0.0)
                stance += (-sign if aimed.match.negated else sign) * codebook.codes[
                    aimed.match.code
                ].weight
        begin = _begins(text, one.start, one.end, about.language)
        words = tokens(text, about.language, begin, one.end)
        codes = tuple(dict.fromkeys(aimed.match.code for aimed in inside))
        speaker, state = passage.passage.speaker, passage.passage.state
        found.append(Said(one.start, one.end, words, speaker, state, stance, codes))
    return found


def _begins(text: str, start: int, end: int, language: Language) -> int:
    """Where the words themselves begin, after a name with a colon or "Xi Jinping said that"."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    found = _REPORTING[language].match(text, start, end)
    return found.end() if found and end - found.end() > 8 else start


def _translated(text: str, about: About, other: str, into: Language) -> Version:
    """A translation whose sentences are paired with those of the original."""
    mine, yours = sentences(text, about.language), sentences(other, into)
    if not yours:
        raise InputError("the translation holds no sentence")
    original: list[tuple[int, ...]] = [()] * len(yours)
    beads = by_paragraph([(s.end - s.start, s.opens) for s in mine],
                         [(s.end - s.start, s.opens) for s in yours])  # fmt: skip
    for own, theirs in beads:
        for n in theirs:
            original[n] = own
    words = [tokens(other, into, _begins(other, s.start, s.end, into), s.end) for s in yours]
    return Version(
        other,
        into,
        Index(words),
        tuple(original),
        official=True,
        named=states_named(other, into, about.on),
    )


def states_named(text: str, language: Language, on: date) -> tuple[tuple[int, int, str], ...]:
    """The states a text names, as spans."""
    return tuple((m.start, m.end, m.iso3) for m in states.mentions(text, language, on))
