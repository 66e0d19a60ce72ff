"""How a headline frames a relation: warming, cooling or neither. A first, plain coder.

Phrases (`phrases/frames_*.toml`) are counted in the title, double, and in the lead. More warming
than cooling gives +1, more cooling -1, else 0. Three rules beside the phrases:

- a phrase soon after a word of denial in the same clause counts as its opposite: "no sign of a
  rift" warms, "stops short of backing" cools;
- a phrase soon after "despite" and its like does not count;
- given where states are named, each phrase belongs to one pair: the nearest state on either side of
  it in its sentence, or the two nearest where those are one. So "US warns China over support for
  Russia" cools USA-CHN and warms CHN-RUS. Bodies that are no state ("the West", NATO) stand in
  the way; a state that only names a topic ("the Ukraine war") does not. A phrase in a sentence
  with fewer than two states belongs to the report's only two, if it names but two.

Who acts on whom is not coded here, nor is irony, nor whether the outlet shares the view it reports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from talleyrand.errors import CodebookError
from talleyrand.matcher import Matcher

Tone = Literal[-1, 0, 1]
Frame = Literal["warming", "cooling"]
Named = tuple[int, int, str]  # start and end in f"{title}\n{lead}", and the state's ISO3

LANGUAGES = ("en", "ru", "zh")
NAMES: dict[int, Frame | Literal["neutral"]] = {
    1: "warming",
    0: "neutral",
    -1: "cooling",
}  # of tones
FRAMES = ("warming", "cooling", "denial", "despite", "body", "topic")

_REACH = 4  # words between a denial and what it denies
_REACH_UNSPACED = 6  # characters, in Chinese
_CLAUSE = re.compile(r"[,;:.!?—–|…，；：。！？、\n]")
_SENTENCE = re.compile(r"[.!?](?=\s)|[;|\n。！？；]")
_SPACE = re.compile(r"\s+")
_UNSPACED = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class FramePhrases:
    """A block of wordings of one frame, with an invented example and counterexample."""

    frame: str
    patterns: tuple[str, ...]
    example: str
    counterexample: str


class Hit(NamedTuple):
    """A phrase found: its frame after denial, where it stands, and whose relation it tells of.

    `start` and `end` are offsets into title, line end and lead; `weight` is 2 in the title;
    `pair` is sorted, or empty where no pair of states could be told.
    """

    frame: Frame
    start: int
    end: int
    weight: int
    denied: bool
    pair: tuple[str, ...] = ()


class Framing(NamedTuple):
    """The tone of a headline as a whole, and the phrases it rests on."""

    tone: Tone
    hits: tuple[Hit, ...]

    def between(self, first: str, second: str) -> Tone:
        """The tone of one relation, from the phrases that belong to it."""
        pair = tuple(sorted((first, second)))
        return _tone(hit for hit in self.hits if hit.pair == pair)

    def by_pair(self) -> dict[tuple[str, ...], Tone]:
        """The tone of every relation that some phrase belongs to, sorted by pair."""
        pairs = sorted({hit.pair for hit in self.hits if hit.pair})
        return {pair: self.between(*pair) for pair in pairs}


def frame(title: str, lead: str = "", named: Sequence[Named] = ()) -> Framing:
    """The framing of one headline; with `named`, each phrase is given to a pair of states."""
    text = f"{title}\n{lead}"
    hits, others = _found(text, len(title))
    if named and hits:
        hits = _paired(text, hits, named, others)
    return Framing(_tone(hits), tuple(hits))


def tones(titles: Iterable[str], leads: Iterable[str]) -> list[Tone]:
    """The tone of many headlines, in order."""
    return [frame(title, lead).tone for title, lead in zip(titles, leads, strict=True)]


def _tone(hits: Iterable[Hit]) -> Tone:
    score = sum(hit.weight if hit.frame == "warming" else -hit.weight for hit in hits)
    return 1 if score > 0 else -1 if score < 0 else 0


# --- which phrases count -------------------------------------------------------------------


def _found(text: str, title_ends: int) -> tuple[list[Hit], list[Named]]:
    """The phrases that count, and what bears on whose they are: bodies and topics."""
    matcher, owners = _lexicon()
    hits: list[Hit] = []
    others: list[Named] = []
    turns: list[tuple[int, str]] = []  # where a denial or a "despite" ends
    for index, start, end in matcher.find(text):
        owner = owners[index]
        if owner in ("body", "topic"):
            others.append((start, end, owner))
        elif owner in ("denial", "despite"):
            turns.append((end, owner))
        else:
            turned = {said for place, said in turns if _reaches(text, place, start)}
            if "despite" not in turned:
                weight = 2 if start < title_ends else 1
                hits.append(_hit(owner == "warming", "denial" in turned, start, end, weight))
    return hits, others


def _hit(warming: bool, denied: bool, start: int, end: int, weight: int) -> Hit:
    return Hit("warming" if warming != denied else "cooling", start, end, weight, denied)


def _reaches(text: str, place: int, start: int) -> bool:
    """Is a phrase at `start` within the clause and reach of a word that ends at `place`?"""
    if start - place > 60:
        return False
    between = text[place:start]
    if _CLAUSE.search(between):
        return False
    if _UNSPACED.search(text[place - 1]):
        return len(between) <= _REACH_UNSPACED
    return len(_SPACE.findall(between)) <= _REACH + 1


# --- whose relation a phrase tells of ------------------------------------------------------


def _paired(text: str, hits: list[Hit], named: Sequence[Named], others: list[Named]) -> list[Hit]:
    states = {iso3 for _, _, iso3 in named}
    only = tuple(sorted(states)) if len(states) == 2 else ()
    topics = [(start, end) for start, end, owner in others if owner == "topic"]
    kept = [n for n in named if not any(start <= n[0] and n[1] <= end for start, end in topics)]
    bodies = [(start, end, "") for start, end, owner in others if owner == "body"]
    parties = sorted([*kept, *bodies])
    ends = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    return [hit._replace(pair=_pair(hit, parties, ends, only)) for hit in hits]


def _pair(
    hit: Hit, parties: list[Named], ends: list[int], only: tuple[str, ...]
) -> tuple[str, ...]:
    """The nearest party on either side; where that is one and the same, the two nearest."""
    since = max(end for end in ends if end <= hit.start)
    until = min(end for end in ends if end >= hit.end)
    near = [party for party in parties if since <= party[0] and party[1] <= until]
    before = [iso3 for _, end, iso3 in near if end <= hit.start]
    after = [iso3 for start, _, iso3 in near if start >= hit.end]
    if before and after and before[-1] != after[0]:
        two = {before[-1], after[0]}
    else:
        two = set(list(dict.fromkeys(_by_distance(hit, near)))[:2])
    if len(two) < 2:
        return only
    return () if "" in two else tuple(sorted(two))


def _by_distance(hit: Hit, near: list[Named]) -> Iterator[str]:
    for party in sorted(near, key=lambda p: max(hit.start - p[1], p[0] - hit.end)):
        yield party[2]


# --- the phrases ---------------------------------------------------------------------------


@cache
def _lexicon() -> tuple[Matcher, list[str]]:
    """All phrases compiled, and the frame of each."""
    frames: dict[str, str] = {}
    for language in LANGUAGES:
        for block in phrases(language):
            for pattern in block.patterns:
                if frames.setdefault(pattern, block.frame) != block.frame:
                    raise CodebookError(f"frames_{language}.toml: {pattern!r} is in two frames")
    return Matcher(list(frames)), list(frames.values())


@cache
def phrases(language: str) -> tuple[FramePhrases, ...]:
    """The blocks of one language's file; raises CodebookError that names what is wrong."""
    name = f"frames_{language}.toml"
    try:
        text = resources.files("talleyrand").joinpath("phrases", name).read_text("utf-8")
        blocks = tomllib.loads(text)["phrase"]
        return tuple(_block(block, name) for block in blocks)
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise CodebookError(f"{name} cannot be read: {error}") from error


def _block(block: dict[str, object], name: str) -> FramePhrases:
    frame_, patterns = block.get("frame"), block.get("patterns")
    example, counterexample = block.get("example"), block.get("counterexample")
    if frame_ not in FRAMES or not isinstance(patterns, list) or not patterns:
        raise CodebookError(f"{name}: a block needs a frame of {FRAMES} and patterns: {block}")
    if not example or not counterexample:
        raise CodebookError(f"{name}: {patterns[0]!r} needs an example and a counterexample")
    words = tuple(str(pattern) for pattern in patterns)
    return FramePhrases(str(frame_), words, str(example), str(counterexample))
