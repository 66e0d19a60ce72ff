"""The committed coder: which of two named parties acts warmly or coldly towards the other.

Three small networks (`network`) are averaged; what they were built from and how is in
docs/coverage.md. They know headlines of states and sentences of news apart. English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from talleyrand.framing import network
from talleyrand.framing.network import HEADLINES, Floats
from talleyrand.framing.tokens import Sentence

MODEL = "framing.npz"
_ROWS = 256  # sentences scored at once
_WEIGHTS = ("from_one", "from_other", "parties", "window", "bias", "out", "level")
POLES = (slice(0, 1), slice(1, 3), slice(3, 5))  # neutral, warm, cold among the five labels


@dataclass(frozen=True)
class Coder:
    """Vocabulary, word vectors and networks."""

    vocabulary: dict[str, int]
    vectors: Floats
    networks: tuple[dict[str, Floats], ...]

    def chances(self, sentences: Sequence[Sentence], layer: int = HEADLINES) -> Floats:
        """Probability of each of the five labels (sentence, label): the mean of the networks."""
        order = np.argsort([len(s.words) for s in sentences], kind="stable")
        found = np.empty((len(sentences), network.CLASSES), np.float32)
        for at in range(0, len(order), _ROWS):
            rows = order[at : at + _ROWS]
            read = network.batch([sentences[row] for row in rows], self.vocabulary)
            scored = [network.scores(weights, self.vectors, read) for weights in self.networks]
            found[rows] = np.mean([network.chances(each, layer) for each in scored], axis=0)
        return found


def labels(chances: Floats) -> NDArray[np.intp]:
    """The likeliest of neutral, warm and cold, then who acts on whom: labels 0 to 4."""
    poles = np.stack([chances[:, pole].sum(axis=1) for pole in POLES], axis=1)
    likeliest = poles.argmax(axis=1)
    sides = [chances[:, pole].argmax(axis=1) + pole.start for pole in POLES]
    return np.asarray(np.choose(likeliest, sides))


def tones(chances: Floats) -> Floats:
    """What tone to expect, from -1 (surely cold) to 1 (surely warm)."""
    return np.asarray(chances[:, POLES[1]].sum(axis=1) - chances[:, POLES[2]].sum(axis=1))


@cache
def coder() -> Coder:
    """The coder that is committed with the package."""
    with resources.files("talleyrand").joinpath(MODEL).open("rb") as file, np.load(file) as held:
        words = bytes(held["vocabulary"]).decode("utf-8").split("\n")
        networks = tuple(
            {name: held[f"{name}_{k}"].astype(np.float32) for name in _WEIGHTS}
            for k in range(int(held["networks"]))
        )
        vectors = held["vectors"].astype(np.float32) * held["scale"]
        return Coder({word: row for row, word in enumerate(words)}, vectors, networks)
