"""The sentences of a text that are about one other state, for the second reading.

A sentence in the sender's own mouth belongs to the state it names, if it names but one besides
the sender: where it names two, no bag of words can tell whom its warmth or blame is for. In the
read-out of a meeting or call with one counterpart, a sentence that names nobody is about him.
No phrase of the codebook has a part in this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from talleyrand import states, tokens
from talleyrand.attribution.sentences import is_wrapped, paragraphs, sentences
from talleyrand.model import Kind, Language

BILATERAL = frozenset({Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT})
_Names = list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A document as the store holds it, with the spans in the mouth of its sender."""

    id: str
    text: str
    language: Language
    day: date
    sender: str
    counterparts: tuple[str, ...]
    kind: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Directed:
    """The words of one sentence and the state it is about ("" where it is about none)."""

    document: str
    target: str
    words: tuple[str, ...]


def directed(text: Text, *, others: bool = False) -> Iterator[Directed]:
    """The sender's sentences about one other state; with `others` all the rest as well."""
    partner = text.counterparts[0] if len(text.counterparts) == 1 else ""
    alone = partner if text.kind in BILATERAL else ""
    for start, end in text.spans:
        said = text.text[start:end]
        named = [
            (m.start, m.end, m.iso3)
            for m in states.mentions(said, text.language, text.day)
            if m.how != "topic"
        ]
        for first, last, inside in _sentences(said, text.language, named, bool(alone or others)):
            about = {iso3 for _, _, iso3 in inside} - {text.sender}
            target = min(about) if len(about) == 1 else "" if about else alone
            if target or others:
                spans = ((a - first, b - first) for a, b, _ in inside)
                bare = tokens.masked(said[first:last], spans)
                yield Directed(text.id, target, tuple(tokens.words(bare, text.language)))


def _sentences(
    said: str, language: Language, named: _Names, every: bool
) -> Iterator[tuple[int, int, _Names]]:
    """Sentences with the names in them; paragraphs that name nobody are cut only for `every`."""
    waiting = 0
    for start, end in paragraphs(said, language != "zh" and is_wrapped(said)):
        inside, waiting = _within(named, waiting, end)
        if not inside and not every:
            continue
        at = 0
        for sentence in sentences(said[start:end], language):
            here, at = _within(inside, at, start + sentence.end)
            yield start + sentence.start, start + sentence.end, here


def _within(named: Sequence[tuple[int, int, str]], at: int, end: int) -> tuple[_Names, int]:
    """The names from number `at` on that start before `end`, and the number of the next."""
    first = at
    while at < len(named) and named[at][0] < end:
        at += 1
    return list(named[first:at]), at
