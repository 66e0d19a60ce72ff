"""Pair the sentences of a text with those of its official translation, by their lengths.

Gale and Church (1993): the most likely order-keeping pairing, each bead of one or two sentences on
either side. Where both texts have as many paragraphs, paragraphs are paired first, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, log, sqrt

_BEADS = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (2, 1): 0.045, (1, 2): 0.045, (2, 2): 0.01}
_VARIANCE = 6.8

Bead = tuple[tuple[int, ...], tuple[int, ...]]


def pair(own: Sequence[int], other: Sequence[int]) -> list[Bead]:
    """Beads of sentence numbers from the lengths (in characters) of the sentences of both texts."""
    ratio = (sum(other) or 1) / (sum(own) or 1)
    rows, columns = len(own) + 1, len(other) + 1
    cost = [[float("inf")] * columns for _ in range(rows)]
    came: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    for i in range(rows):
        for j in range(columns):
            for (down, right), chance in _BEADS.items():
                if i >= down and j >= right and cost[i - down][j - right] < float("inf"):
                    a, b = sum(own[i - down : i]), sum(other[j - right : j])
                    here = cost[i - down][j - right] - log(chance) + _cost(a, b, ratio)
                    if here < cost[i][j]:
                        cost[i][j], came[i, j] = here, (down, right)
    return _traced(came, len(own), len(other))


def _traced(came: dict[tuple[int, int], tuple[int, int]], i: int, j: int) -> list[Bead]:
    beads: list[Bead] = []
    while i or j:
        down, right = came[i, j]
        beads.append((tuple(range(i - down, i)), tuple(range(j - right, j))))
        i, j = i - down, j - right
    return beads[::-1]


def _cost(own: int, other: int, ratio: float) -> float:
    """Minus the logarithm of the chance that lengths differ by so much."""
    mean = (own + other / ratio) / 2 or 1.0
    distance = abs(other - own * ratio) / sqrt(mean * _VARIANCE * max(ratio, 0.2))
    return -log(max(erfc(distance / sqrt(2)), 1e-12))


def by_paragraph(own: Sequence[tuple[int, bool]], other: Sequence[tuple[int, bool]]) -> list[Bead]:
    """Beads of sentences given as (length, opens a paragraph)."""
    left, right = _paragraphs(own), _paragraphs(other)
    if len(left) != len(right):
        return pair([n for n, _ in own], [n for n, _ in other])
    beads: list[Bead] = []
    for mine, yours in zip(left, right, strict=True):
        inside = pair([own[n][0] for n in mine], [other[n][0] for n in yours])
        beads += [(tuple(mine[n] for n in a), tuple(yours[n] for n in b)) for a, b in inside]
    return beads


def _paragraphs(sentences: Sequence[tuple[int, bool]]) -> list[list[int]]:
    found: list[list[int]] = []
    for n, (_, opens) in enumerate(sentences):
        if opens or not found:
            found.append([])
        found[-1].append(n)
    return found
