"""A piecewise convolutional network on word vectors (Zeng et al. 2015), in NumPy.

Every window of three words gives features; of each feature the largest value before the first
party, between the two and after the second is kept; a linear layer on these gives the five scores
of Park, Pan and Joo (2021): neutral, warm from first to second, warm from second to first, cold
from first to second, cold from second to first. There are two such layers on the same features, as
in multi-task learning (Caruana 1997): one for sentences of news, one for headlines of states, whose
labels come in other shares and other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from talleyrand.framing.tokens import ONE, OTHER, THIRD, Sentence

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]
REACH = 16  # words of distance from a party that are told apart
CLASSES = 5
SENTENCES, HEADLINES = range(2)  # the layers of scores
PAD, FIRST, SECOND, UNKNOWN = range(4)
SPECIAL = ("", ONE, OTHER, THIRD)


class Batch(NamedTuple):
    """Sentences as arrays: word ids and traits (sentence, place), places of the parties."""

    words: Whole
    traits: Floats
    one: Whole
    other: Whole
    length: Whole

    def take(self, rows: NDArray[np.intp]) -> Batch:
        """These sentences only, cut to the longest of them."""
        longest = int(self.length[rows].max())
        return Batch(
            self.words[rows, :longest],
            self.traits[rows, :longest],
            self.one[rows],
            self.other[rows],
            self.length[rows],
        )


def batch(sentences: Sequence[Sentence], vocabulary: Mapping[str, int]) -> Batch:
    """Arrays of some sentences, padded to the longest."""
    longest = max(len(s.words) for s in sentences)
    words = np.zeros((len(sentences), longest), np.int32)
    traits = np.zeros((len(sentences), longest, 3), np.float32)
    for row, s in enumerate(sentences):
        words[row, : len(s.words)] = [vocabulary.get(word, UNKNOWN) for word in s.words]
        traits[row, : len(s.words)] = s.traits
    one = np.array([s.one for s in sentences], np.int32)
    other = np.array([s.other for s in sentences], np.int32)
    return Batch(words, traits, one, other, np.array([len(s.words) for s in sentences], np.int32))


def inputs(weights: Mapping[str, Floats], vectors: Floats, of: Batch) -> Floats:
    """What is known of each word: vector, traits, distance from either party."""
    found = vectors[of.words]
    found[of.words == FIRST], found[of.words == SECOND] = weights["parties"]
    near, far = distances(of)
    known = (found, of.traits, weights["from_one"][near], weights["from_other"][far])
    return np.concatenate(known, axis=2) * live(of)[:, :, None]


def distances(of: Batch) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Place of each word from the first and the second party, as rows of the tables."""
    place = np.arange(of.words.shape[1])[None]
    one, other = (
        np.clip(place - party[:, None], -REACH, REACH) + REACH for party in (of.one, of.other)
    )
    return one, other


def live(of: Batch) -> NDArray[np.bool_]:
    """Which places hold a word."""
    return np.arange(of.words.shape[1])[None] < of.length[:, None]


def windows(known: Floats) -> Floats:
    """Each word with its two neighbours."""
    padded = np.pad(known, ((0, 0), (1, 1), (0, 0)))
    size = known.shape[1]
    return np.concatenate([padded[:, k : k + size] for k in range(3)], axis=2)


def pieces(of: Batch) -> tuple[NDArray[np.bool_], ...]:
    """Before, between and after the parties; a party belongs to both sides of itself."""
    place = np.arange(of.words.shape[1])[None]
    one, other = of.one[:, None], of.other[:, None]
    return place <= one, (place >= one) & (place <= other), (place >= other) & live(of)


def pooled(features: Floats, of: Batch) -> tuple[Floats, list[NDArray[np.intp]]]:
    """The largest of each feature in each piece, and where it stands."""
    largest, places = [], []
    for piece in pieces(of):
        inside = np.where(piece[:, :, None], features, np.float32(-1e9))
        place = inside.argmax(axis=1)
        places.append(place)
        largest.append(np.take_along_axis(inside, place[:, None], axis=1)[:, 0])
    return np.concatenate(largest, axis=1), places


def _largest(features: Floats, of: Batch) -> Floats:
    """The largest of each feature in each piece, without its place."""
    barred = [np.where(piece, np.float32(0), np.float32(-1e9)) for piece in pieces(of)]
    return np.concatenate([(features + bar[:, :, None]).max(axis=1) for bar in barred], axis=1)


def scores(weights: Mapping[str, Floats], vectors: Floats, of: Batch) -> Floats:
    """Five scores a sentence and layer, on a logarithmic scale (sentence, layer times score)."""
    around = windows(inputs(weights, vectors, of))
    largest = _largest(around @ weights["window"], of)
    hidden = np.tanh(largest + np.tile(weights["bias"], 3))
    return hidden @ weights["out"] + weights["level"]


def chances(scored: Floats, layer: int) -> Floats:
    """Scores of one layer as probabilities that sum to one."""
    own = scored[:, CLASSES * layer : CLASSES * (layer + 1)]
    raised = np.exp(own - own.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
