"""Invented headlines of known direction, made of `phrases/directed_en.toml`, for training.

Five labels as in Park, Pan and Joo (2021), between the party named first and the second.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from random import Random
from typing import Any

from talleyrand import frames
from talleyrand.framing.tokens import Sentence, sentence

_ONE, _OTHER = "Arden", "Belmar"  # no state
_ACTIVE = (
    "{a} {s} {b}",
    "{a} {d} {b}",
    "{a} to {v} {b}",
    "{a}'s leader {s} {b}",
    "{a} may {v} {b}",
    "{a} says it will {v} {b}",
    "why {a} {s} {b}",
    "{a} president {s} {b}",
)
_PASSIVE = (
    "{b} {p} by {a}",
    "{b} is {p} by {a}",
    "{b} says it was {p} by {a}",
    "{b}, {p} by {a}",
    "{b} minister {p} by {a}",
)
_TAIL = ("{a} {t} {b}", "{a}'s president {t} {b}", "{a} government {t} {b}", "in blow, {a} {t} {b}")
_NOUN = (
    "{a}'s {n} on {b}",
    "{a} {n} for {b}",
    "{b} faces {a} {n}",
    "{b} gets {n} from {a}",
    "{n} from {a} for {b}",
    "{b} says {n} by {a} goes on",
    "{b} seeks {n} from {a}",
)
_NAMES = (
    "{a}-{b} {k}",
    "{a}-{b} {k}: what we know",
    "the {a}-{b} {k}",
    "{k} between {a} and {b}",
    "a year of {a}-{b} {k}",
)
_MUTUAL = (
    "{a} and {b} {m}",
    "{a}, {b} {m}",
    "{a} and {b} leaders {m}",
    "{a} and its neighbour {b} {m}",
)


def headlines(number: int, seed: int) -> list[tuple[Sentence, int]]:
    """Invented headlines with their labels, drawn by `seed`."""
    name = resources.files("talleyrand").joinpath("phrases", "directed_en.toml")
    lexicon = tomllib.loads(name.read_text("utf-8"))
    draw = Random(seed)
    return [_told(*_line(lexicon, draw)) for _ in range(number)]


def _line(lexicon: dict[str, Any], draw: Random) -> tuple[str, int]:
    """A headline of Arden and Belmar, and the label if Arden is named first."""
    neutral = lexicon["neutral"]
    before, after = draw.choice(neutral["before"]), draw.choice(neutral["after"])
    if draw.random() < 0.25:
        return f"{before} {_named(draw.choice(neutral['lines']), draw)} {after}".strip(), 0
    pole = draw.choice(["warm", "cold"])
    words = lexicon[pole]
    shape = draw.choice(
        draw.choice([_ACTIVE, _ACTIVE, _PASSIVE, _TAIL, _TAIL, _NOUN, _MUTUAL, _NAMES])
    )
    base, third, past, participle = draw.choice(words["verbs"]).split()
    line = shape.format(
        a="{one}",
        b="{other}",
        v=base,
        s=third,
        d=past,
        p=participle,
        t=draw.choice(words["tails"]),
        n=draw.choice(words["nouns"]),
        m=draw.choice(words["mutual"]),
        k=draw.choice(words["names"]),
    )
    forward = shape in (*_MUTUAL, *_NAMES) or line.index("{one}") < line.index("{other}")
    label = (1 if forward else 2) + (2 if pole == "cold" else 0)
    return f"{before} {_named(line, draw)} {after}".strip(), label


def _named(line: str, draw: Random) -> str:
    """The names in the order in which they stand, and in capitals as headlines have them."""
    first, second = sorted(("{one}", "{other}"), key=line.index)
    line = line.replace(first, _ONE).replace(second, _OTHER)
    return line.title() if draw.random() < 0.4 else line[0].upper() + line[1:]


def _told(line: str, label: int) -> tuple[Sentence, int]:
    spans = [(line.index(name), line.index(name) + len(name)) for name in (_ONE, _OTHER)]
    named = [(*span, who) for span, who in zip(spans, "PQ", strict=True)]
    hits = [hit for hit in frames.frame(line, "", named).hits if hit.pair == ("P", "Q")]
    return sentence(line, spans[0], spans[1], hits), label
