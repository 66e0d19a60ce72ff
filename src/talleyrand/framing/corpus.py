"""The sentences of directed_sentiment (Park, Pan and Joo 2021), read without those that recur.

Of the published parts a quarter of the validation and of the test sentences stand in the training
part too, labels and all: a model that learns them by heart scores on them. `read` leaves such
sentences out of what is trained on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from talleyrand import frames
from talleyrand.framing.tokens import Sentence, sentence

_MARK = re.compile(r"\[[^\]]*\]")


class Labelled(NamedTuple):
    """A sentence as published, as the network reads it, and its label 0 to 4."""

    raw: str
    read: Sentence
    label: int


def read(path: Path, unlike: Collection[str] = ()) -> list[Labelled]:
    """Every sentence once, in order, but those of `unlike`; raises OSError if there is no file."""
    return list(_read(path, set(unlike)))


def _read(path: Path, seen: set[str]) -> Iterator[Labelled]:
    for line in filter(None, path.read_text("utf-8").split("\n")):
        raw, *_, label = line.split("\t")
        marks = list(_MARK.finditer(raw))
        if raw in seen or len(marks) < 2 or label not in "01234":
            continue
        seen.add(raw)
        one, other = marks[0].span(), marks[1].span()
        named = [(*one, "P"), (*other, "Q")]
        hits = [hit for hit in frames.frame(raw, "", named).hits if hit.pair == ("P", "Q")]
        thirds = [mark.span() for mark in marks[2:]]
        yield Labelled(raw, sentence(raw, one, other, hits, thirds), int(label))
