"""Which relations a headline warms and cools: the trained coder in English, phrases elsewhere.

A pair both named in an English title is judged by `framing.coder` on the title. A pair that only
the lead names, and every pair in Russian and Chinese, is judged by the phrases of `frames`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from talleyrand import frames, states
from talleyrand.frames import Hit, Named
from talleyrand.framing import coder
from talleyrand.framing.tokens import Sentence, sentence
from talleyrand.model import Report

MOST_STATES = 5  # named in one title; a longer list tells of no pair
_TONE = (0, 1, 1, -1, -1)
_SIGN = "0++--"


class Framed(NamedTuple):
    """A headline ready to be judged: what phrases say by pair, and the titles still to be read.

    `read` holds, for each pair named in the title, the state named first, the other, the sentence.
    """

    states: tuple[str, ...]
    tones: dict[tuple[str, str], int]
    read: tuple[tuple[str, str, Sentence], ...]


class Judged(NamedTuple):
    """Of one headline: its states, the tone of each pair, and who acts on whom.

    A pair is "CHN-RUS", its tone -1, 0 or 1. An act is "RUS>CHN+" or "RUS>CHN-": Russia acts warmly
    or coldly towards China; "RUS>CHN0": the title was read and tells of neither. A pair without an
    act was judged by phrases.
    """

    states: tuple[str, ...]
    tones: dict[str, int]
    acts: tuple[str, ...]


def read(report: Report) -> Framed:
    """A report ready to be judged."""
    text = f"{report.title}\n{report.lead}"
    named = states.mentions(text, report.language, report.published.date())
    places = [(m.start, m.end, m.iso3) for m in named]
    return prepared(report.title, report.lead, report.language, places)


def prepared(title: str, lead: str, language: str, named: Sequence[Named]) -> Framed:
    """What is to be judged of one headline; `named` are its states, by place in title and lead."""
    framing = frames.frame(title, lead, named)
    tones = {(p[0], p[1]): int(tone) for p, tone in framing.by_pair().items() if len(p) == 2}
    all_named = tuple(sorted({iso3 for *_, iso3 in named}))
    told = _titles(title, named, framing.hits) if language == "en" else ()
    return Framed(all_named, tones, told)


def _titles(
    title: str, named: Sequence[Named], hits: Sequence[Hit]
) -> tuple[tuple[str, str, Sentence], ...]:
    """The title around each pair it names."""
    inside = [one for one in sorted(named) if one[1] <= len(title)]
    first = {iso3: (start, end) for start, end, iso3 in reversed(inside)}
    order = sorted(first, key=lambda iso3: first[iso3])
    told = []
    for one, other in combinations(order, 2) if len(order) <= MOST_STATES else ():
        if first[one][1] <= first[other][0]:
            own = [h for h in hits if set(h.pair) == {one, other} and h.end <= len(title)]
            thirds = [(start, end) for start, end, iso3 in inside if iso3 not in (one, other)]
            told.append((one, other, sentence(title, first[one], first[other], own, thirds)))
    return tuple(told)


def judged(headlines: Sequence[Framed]) -> list[Judged]:
    """How each headline frames each pair."""
    told = [sentence for h in headlines for *_, sentence in h.read]
    labels = iter(coder.labels(coder.coder().chances(told)).tolist() if told else ())
    found = []
    for headline in headlines:
        tones = {"-".join(pair): tone for pair, tone in headline.tones.items()}
        acts = []
        for one, other, _ in headline.read:
            label = next(labels)
            tones["-".join(sorted((one, other)))] = _TONE[label]
            actor, target = (other, one) if label in (2, 4) else (one, other)
            acts.append(f"{actor}>{target}{_SIGN[label]}")
        found.append(Judged(headline.states, tones, tuple(acts)))
    return found
