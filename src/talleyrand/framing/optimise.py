"""Fit the network: weighted cross-entropy, dropout, Adam (Kingma and Ba 2015)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talleyrand.framing import network
from talleyrand.framing.network import CLASSES, FIRST, REACH, SECOND, UNKNOWN, Batch, Floats, Whole

_NEAR = 5  # numbers that stand for a distance
_TRAITS = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """How the network is fitted; chosen on the validation part."""

    features: int = 96
    rounds: int = 8
    rows: int = 64
    rate: float = 1.5e-3
    shrink: float = 1e-4
    forget_input: float = 0.15
    forget: float = 0.5
    forget_word: float = 0.03


def fit(
    of: Batch, labels: Whole, weight: Floats, vectors: Floats, how: Settings, seed: int
) -> dict[str, Floats]:
    """Weights of one network; `weight` is what each sentence counts.

    A label is 0 to 4 for a sentence of news, 5 more for a headline (the layer it is scored by).
    """
    draw = np.random.default_rng(seed)
    weights = _start(vectors.shape[1], how, draw)
    adam = _Adam(weights)
    for turn in range(how.rounds):
        rate = how.rate * (1 - turn / how.rounds) + 1e-4
        for rows in _parts(of.length, how.rows, draw):
            slope = _slopes(weights, vectors, of.take(rows), labels[rows], weight[rows], how, draw)
            adam.step(slope, rate)
    return weights


def _start(width: int, how: Settings, draw: np.random.Generator) -> dict[str, Floats]:
    known = 3 * (width + _TRAITS + 2 * _NEAR)
    made = {
        "from_one": draw.normal(0, 0.3, (2 * REACH + 1, _NEAR)),
        "from_other": draw.normal(0, 0.3, (2 * REACH + 1, _NEAR)),
        "parties": draw.normal(0, 0.3, (2, width)),
        "window": draw.normal(0, known**-0.5, (known, how.features)),
        "bias": np.zeros(how.features),
        "out": draw.normal(0, (3 * how.features) ** -0.5, (3 * how.features, 2 * CLASSES)),
        "level": np.zeros(2 * CLASSES),
    }
    return {name: value.astype(np.float32) for name, value in made.items()}


def _parts(length: Whole, rows: int, draw: np.random.Generator) -> list[NDArray[np.intp]]:
    """All sentences in small parts of like length, in a random order."""
    order = np.concatenate(
        [
            part[np.argsort(length[part])]
            for part in np.array_split(draw.permutation(len(length)), 10)
        ]
    )
    parts = [order[at : at + rows] for at in range(0, len(order), rows)]
    return [parts[k] for k in draw.permutation(len(parts))]


def _kept(shape: tuple[int, ...], forget: float, draw: np.random.Generator) -> Floats:
    return ((draw.random(shape) > forget) / (1 - forget)).astype(np.float32)


def _slopes(
    weights: dict[str, Floats],
    vectors: Floats,
    of: Batch,
    labels: Whole,
    weight: Floats,
    how: Settings,
    draw: np.random.Generator,
) -> dict[str, Floats]:
    """Slope of the loss on every weight, with a random part of the network left out."""
    lost = (draw.random(of.words.shape) < how.forget_word) & (of.words > UNKNOWN)
    of = of._replace(words=np.where(lost, UNKNOWN, of.words))
    known = network.inputs(weights, vectors, of)
    mask = _kept((len(labels), 1, known.shape[2]), how.forget_input, draw)
    around = network.windows(known * mask)
    largest, places = network.pooled(around @ weights["window"], of)
    hidden = np.tanh(largest + np.tile(weights["bias"], 3))
    kept = _kept(hidden.shape, how.forget, draw)
    scored = (hidden * kept) @ weights["out"] + weights["level"]
    error = _error(scored, labels) * (weight / len(labels))[:, None]
    back = (error @ weights["out"].T) * kept * (1 - hidden**2)
    slopes = {
        "out": (hidden * kept).T @ error + how.shrink * weights["out"],
        "level": error.sum(axis=0),
        "bias": back.reshape(len(labels), 3, -1).sum(axis=(0, 1)),
    }
    return slopes | _window_slopes(weights, of, around, back, places, mask, how.shrink)


def _error(scored: Floats, labels: Whole) -> Floats:
    """Probabilities less truth, for the scores of each sentence's own layer."""
    error = np.zeros_like(scored)
    for layer in (network.SENTENCES, network.HEADLINES):
        rows = labels // CLASSES == layer
        error[rows, CLASSES * layer : CLASSES * (layer + 1)] = network.chances(scored[rows], layer)
    error[np.arange(len(labels)), labels] -= 1
    return error


def _window_slopes(
    weights: dict[str, Floats],
    of: Batch,
    around: Floats,
    back: Floats,
    places: list[NDArray[np.intp]],
    mask: Floats,
    shrink: float,
) -> dict[str, Floats]:
    """The slopes below the pooling, given those above it."""
    rows, size, width = around.shape
    features = weights["window"].shape[1]
    each = np.zeros((rows, size, features), np.float32)
    row, column = np.arange(rows)[:, None], np.arange(features)[None]
    for piece, place in enumerate(places):
        each[row, place, column] += back[:, piece * features : (piece + 1) * features]
    flat = each.reshape(-1, features)
    slope = around.reshape(-1, width).T @ flat + shrink * weights["window"]
    lower = (flat @ weights["window"].T).reshape(rows, size, 3, width // 3)
    padded = np.zeros((rows, size + 2, width // 3), np.float32)
    for k in range(3):
        padded[:, k : k + size] += lower[:, :, k]
    below = padded[:, 1:-1] * network.live(of)[:, :, None] * mask
    return {"window": slope} | _input_slopes(weights, of, below)


def _input_slopes(weights: dict[str, Floats], of: Batch, below: Floats) -> dict[str, Floats]:
    vector = weights["parties"].shape[1]
    starts = {"from_one": vector + _TRAITS, "from_other": vector + _TRAITS + _NEAR}
    slopes = {
        "parties": np.stack(
            [below[of.words == party][:, :vector].sum(axis=0) for party in (FIRST, SECOND)]
        )
    }
    for (name, start), rows in zip(starts.items(), network.distances(of), strict=True):
        slopes[name] = np.zeros_like(weights[name])
        np.add.at(slopes[name], rows.ravel(), below[:, :, start : start + _NEAR].reshape(-1, _NEAR))
    return slopes


class _Adam:
    """Steps scaled by the running size of each slope; changes the weights in place."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = weights
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}
        self._steps = 0

    def step(self, slopes: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            self._mean[name] = 0.9 * self._mean[name] + 0.1 * slope
            self._square[name] = 0.999 * self._square[name] + 0.001 * slope**2
            mean = self._mean[name] / (1 - 0.9**self._steps)
            square = self._square[name] / (1 - 0.999**self._steps)
            self._weights[name] -= rate * mean / (np.sqrt(square) + 1e-8)
