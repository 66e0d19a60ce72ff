"""How far sanctions on one economy reach when they extend to those who trade with it.

Cross-border trade is a walk from link to link (Imbs and Pauwels, Economic Policy 2024, decompose
exposure by order in the same way). A unit of an economy's trade is *exposed in round 1* where it
is with the target, in round 2 where it is with somebody's trade with the target, and so on. Three
things stop it: it meets an economy of the coalition or one that complies, whose trade with the
target has ended; the link is replaced (the substitution share, of every link but the first); or
the rounds are over. Every unit is counted in the first round in which it reaches the target, so
the rounds add up and nothing is counted twice.

With P the shares of each economy's cross-border trade by partner, D the economies that go on
trading with the target, and s the substitution share, round 1 is P[., target] and round k+1 is
(1 - s) P[., D] times round k of D. All rounds of D are (I - (1 - s) P[D, D])^-1 P[D, target].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the cascade takes for granted.

    `substitution` is the share of a link that its parties replace before the next round;
    an economy complies where its trade with the coalition is at least `threshold` times its
    trade with the target; `rounds` is how many are counted (None: all).
    """

    substitution: float = 0.5
    threshold: float = 5.0
    rounds: int | None = 4

    def __post_init__(self) -> None:
        if not 0 <= self.substitution <= 1:
            raise ValueError("the substitution share must be from 0 to 1")
        if not self.threshold >= 0:
            raise ValueError("the threshold must be 0 or more")
        if self.rounds is not None and self.rounds < 1:
            raise ValueError("there must be at least one round")


@dataclass(frozen=True, slots=True)
class Cascade:
    """What is exposed, as shares of each economy's cross-border trade.

    `by_round` is economies by rounds (where all rounds were asked for: the first, and all later
    ones together). `weights` is economies by partners: how much of the trade with each partner is
    exposed, so that `(shares * weights).sum(axis=1)` is the total, and flows of one industry can
    be weighed likewise. `passes` flags the economies that go on trading with the target, through
    which alone it spreads. The target's own row is its trade with the coalition (first round) and
    with those made to comply (second).
    """

    by_round: Floats
    weights: Floats
    passes: Flags

    @property
    def total(self) -> Floats:
        """The sum over rounds, one value an economy."""
        summed: Floats = self.by_round.sum(axis=1)
        return summed


def shares(flows: Floats) -> Floats:
    """Each economy's cross-border trade (sales and purchases) by partner, in rows that sum to 1.

    `flows` is sellers by buyers; what an economy sells to itself does not count. An economy
    without any cross-border trade has a row of zeros.
    """
    both = flows + flows.T
    np.fill_diagonal(both, 0.0)
    whole = both.sum(axis=1, keepdims=True)
    parted: Floats = np.divide(both, whole, out=np.zeros_like(both), where=whole > 0)
    return parted


def cascade(partners: Floats, target: int, coalition: Flags, assumed: Assumptions) -> Cascade:
    """The exposure of every economy to sanctions on one.

    `partners` are the `shares`, `coalition` flags its members (the target must be none of them).
    Without a coalition nobody imposes anything: all is zero.
    """
    if coalition[target]:
        raise ValueError("the target cannot be a member of the coalition against it")
    size = len(partners)
    if not coalition.any():
        empty = np.zeros((size, size))
        return Cascade(np.zeros((size, assumed.rounds or 2)), empty, np.zeros(size, bool))
    passes = _passes(partners, target, coalition, assumed)
    first = partners[:, target]
    reached = _reached(partners, first, passes, assumed)  # of those through whom it spreads
    onward = (1 - assumed.substitution) * partners[:, passes]
    rounds = [first, *(onward @ one for one in reached)]
    weights = np.zeros((size, size))
    weights[:, target] = 1.0
    weights[:, passes] = (1 - assumed.substitution) * np.sum([np.zeros(passes.sum()), *reached], 0)
    return _with_target(Cascade(np.stack(rounds, 1), weights, passes), partners, target, coalition)


def _passes(partners: Floats, target: int, coalition: Flags, assumed: Assumptions) -> Flags:
    """Who goes on trading with the target: outside the coalition, and not made to comply."""
    with_coalition = partners[:, coalition].sum(axis=1)
    complies = with_coalition >= assumed.threshold * partners[:, target]
    goes_on: Flags = ~(coalition | complies)
    goes_on[target] = False
    return goes_on


def _reached(partners: Floats, first: Floats, passes: Flags, assumed: Assumptions) -> list[Floats]:
    """How far those through whom it spreads are themselves reached, a round after the other."""
    inside: Floats = (1 - assumed.substitution) * partners[np.ix_(passes, passes)]
    if assumed.rounds is None:
        every = np.linalg.solve(np.eye(len(inside)) - inside, first[passes])
        return [every.astype(np.float64)]
    found = [first[passes]]
    for _ in range(assumed.rounds - 2):
        found.append(inside @ found[-1])
    return found[: assumed.rounds - 1]


def _with_target(found: Cascade, partners: Floats, target: int, coalition: Flags) -> Cascade:
    """The target's own row: what it loses with the coalition, then with those who comply."""
    lost = np.where(found.passes, 0.0, 1.0)
    found.by_round[target] = 0.0
    found.by_round[target, 0] = partners[target, coalition].sum()
    if found.by_round.shape[1] > 1:
        found.by_round[target, 1] = partners[target, (lost > 0) & ~coalition].sum()
    else:
        lost = coalition.astype(np.float64)
    found.weights[target] = lost
    return found
