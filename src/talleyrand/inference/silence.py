"""The chance that a text leaves a code out, from the sender's own record: arrays in, values out.

Each text mentions the code with a chance whose log-odds are a base rate plus the counterpart's
own propensity. The base rate is that of the sender's texts with all *other* counterparts, pooled
partly over kind and length and forgotten exponentially. The propensity is drawn from a normal
distribution common to all counterparts, so that a short record is drawn towards the base rate.
How fast the past is forgotten and how far counterparts differ is not assumed: every combination
on a grid counts by how well it foretells the texts with the other counterparts. The propensity
is integrated on a grid; nothing is sampled.

Partial pooling: Gelman and Hill 2007, chapter 12. From a mean rate to log-odds with a random
effect: Zeger, Liang and Albert 1988, Biometrics 44:1049-1060.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, expit, logit, logsumexp

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

MONTH = 365.25 / 12
BASE_HALF_LIVES = (3.0, 6.0, 12.0, 24.0, np.inf)  # months
OWN_HALF_LIVES = (12.0, np.inf)  # months
SPREADS = (0.3, 0.7, 1.2, 2.0, 3.0)  # of the counterparts' propensities, in log-odds
POOLS = (4.0, 40.0)  # texts' worth of the overall rate in the rate of a kind and length
BREAK_ODDS = 20.0  # a record is parted where this many times likelier than not
BREAK_RATIO = 4.0  # and the rate changed by this factor
_GRID = np.linspace(-9.0, 9.0, 61)  # what is added to the base rate's log-odds


@dataclass(frozen=True)
class Texts:
    """One entry a text: the day it tells of and the day it was known (day numbers), whom it
    deals with and which kind and length it is of (small whole numbers), and whether it mentions
    the code.
    """

    day: Floats
    known: Floats
    counterpart: Whole
    cell: Whole
    mentioned: Flags

    def __len__(self) -> int:
        return len(self.day)

    def take(self, chosen: Flags) -> Texts:
        """The texts chosen."""
        return Texts(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Chance:
    """The chance that a text leaves the code out, with the 95 % interval of the rate behind it."""

    omission: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Foretold:
    """For each text and each combination on the grid: the log-odds of the base rate, the
    log-density of each propensity given the counterpart's own record (texts x combinations x
    propensities), and the log-weight of the combination.
    """

    base: Floats
    own: Floats
    weight: Floats

    def mention(self) -> Floats:
        """The chance of a mention of every text under every combination."""
        found = [self._mention(one) for one in range(self.base.shape[1])]
        return np.stack(found, axis=1)

    def _mention(self, one: int) -> Floats:
        mass = np.exp(self.own[:, one] - self.own[:, one].max(axis=1, keepdims=True))
        rate = expit(self.base[:, one, None] + _GRID)
        return np.asarray((rate * mass).sum(axis=1) / mass.sum(axis=1))


def chances(texts: Texts, *, hindsight: bool = False) -> Floats:
    """For every text the chance of leaving the code out, from the texts known before it.

    With hindsight all other texts count, before and after.
    """
    told = foretell(texts, hindsight=hindsight)
    weight = np.exp(told.weight - logsumexp(told.weight, axis=1, keepdims=True))
    return np.asarray(1.0 - (told.mention() * weight).sum(axis=1))


def chance(texts: Texts, index: int, *, hindsight: bool = False, more: tuple[int, int] = (0, 0)
           ) -> Chance:  # fmt: skip
    """The chance that the text at `index` leaves the code out, with its interval.

    `more` adds texts with the same counterpart on the same day, of the same kind and length: so
    many that mention the code, and so many that do not.
    """
    return extended(foretell(texts, hindsight=hindsight), index, more)


def extended(told: Foretold, index: int, more: tuple[int, int] = (0, 0)) -> Chance:
    """The chance of one text from what was foretold, with further texts of its own record."""
    odds = told.base[index][:, None] + _GRID
    own = told.own[index] + more[0] * np.log(expit(odds)) + more[1] * np.log(expit(-odds))
    own = own - logsumexp(own, axis=1, keepdims=True) + told.weight[index][:, None]
    rate, mass = expit(odds), np.exp(own - logsumexp(own))
    ordered = np.argsort(rate, axis=None)
    reached = np.cumsum(mass.ravel()[ordered])
    ends = np.searchsorted(reached, np.array([0.025, 0.975]) * reached[-1])
    low, high = rate.ravel()[ordered][np.minimum(ends, reached.size - 1)]
    return Chance(float(1.0 - (rate * mass).sum()), (float(1.0 - high), float(1.0 - low)))


def foretell(texts: Texts, *, hindsight: bool = False) -> Foretold:
    """What the other texts say of each: under every combination on the grid."""
    seen = _seen(texts, hindsight)
    same = texts.counterpart[:, None] == texts.counterpart[None, :]
    apart = np.abs(texts.day[:, None] - texts.day[None, :]) / MONTH
    others, alike = seen & ~same, seen & same
    faded = [np.exp2(-apart / life) * alike for life in OWN_HALF_LIVES]
    parts = [_under(texts, np.exp2(-apart / life) * others, faded) for life in BASE_HALF_LIVES]
    base, own = (np.concatenate([part[k] for part in parts], axis=1) for k in range(2))
    foretold = np.clip(Foretold(base, own, base).mention(), 1e-9, 1 - 1e-9)
    score = np.where(texts.mentioned[:, None], np.log(foretold), np.log1p(-foretold))
    return Foretold(base, own, others.astype(float) @ score)


def _seen(texts: Texts, hindsight: bool) -> Flags:
    """Which text (column) may be used for which (row)."""
    if hindsight:
        return np.asarray(~np.eye(len(texts), dtype=bool))
    known = texts.known[None, :] <= texts.day[:, None]
    return np.asarray(known & (texts.day[None, :] < texts.day[:, None]))


def _under(texts: Texts, fading: Floats, faded: list[Floats]) -> tuple[Floats, Floats]:
    """Base rates and own records, with what is left of each text (column) for each (row).

    `fading` holds what is left of the texts with other counterparts, `faded` of those with the
    same one, for each of `OWN_HALF_LIVES`. The doubt about the base rate is shared by a
    counterpart's texts, so it widens the prior of what is added to it.
    """
    rate, size, lumps = _base(texts, fading)
    bases, owns = [], []
    for pool in range(len(POOLS)):
        for spread in SPREADS:
            base = logit(rate[pool]) * np.sqrt(1.0 + 0.346 * spread**2)
            doubt = 1.0 / (size[pool] * rate[pool] * (1 - rate[pool])) + spread**2 * lumps
            wide = spread**2 + np.minimum(doubt, 9.0)
            odds = base[:, None] + _GRID
            said = np.log(expit(np.where(texts.mentioned[:, None], odds, -odds)))
            for left in faded:
                bases.append(base)
                owns.append(_own(texts, left, said) - 0.5 * _GRID**2 / wide[:, None])
    return np.stack(bases, axis=1), np.stack(owns, axis=1)


def _base(texts: Texts, fading: Floats) -> tuple[Floats, Floats, Floats]:
    """The rate of mention with other counterparts, in each text's own kind and length.

    Gives rates and the number of texts behind them (pools x texts), and how lumped those are in
    few counterparts: the sum of squared shares, from 0 to 1.
    """
    cells = np.eye(texts.cell.max() + 1)[texts.cell]
    own_cell = texts.cell[:, None]
    each = np.take_along_axis(fading @ cells, own_cell, 1)[:, 0]
    named = np.take_along_axis(fading @ (cells * texts.mentioned[:, None]), own_cell, 1)[:, 0]
    total = fading.sum(axis=1)
    overall = (fading @ texts.mentioned + 0.5) / (total + 1.0)
    pools = np.array(POOLS)[:, None]
    rate = (named + pools * overall) / (each + pools)
    size = each + pools * total / (total + pools) + 1.0
    shares = fading @ np.eye(texts.counterpart.max() + 1)[texts.counterpart]
    lumps = (shares**2).sum(axis=1) / np.maximum(total, 1e-9) ** 2
    return rate, size, np.where(total > 0, np.minimum(lumps, 1.0), 1.0)


def _own(texts: Texts, fading: Floats, said: Floats) -> Floats:
    """The log-likelihood of the propensities from the earlier texts with the same counterpart."""
    found = np.zeros_like(said)
    for one in np.unique(texts.counterpart):
        rows = np.flatnonzero(texts.counterpart == one)
        found[rows] = fading[np.ix_(rows, rows)] @ said[rows]
    return found


def stretch(days: Floats, mentioned: Flags, day: float) -> tuple[float, float]:
    """First and last day (open) of the part of a record to which `day` belongs.

    The record is parted at the one place where the rate of mention most probably changed, if
    that is beyond doubt (`BREAK_ODDS`) and the rates differ by `BREAK_RATIO`. Days ascend.
    """
    whole = (-np.inf, np.inf)
    starts = np.flatnonzero(np.diff(days, prepend=-np.inf) > 0)[1:]
    if not starts.size:
        return whole
    said = np.concatenate([[0.0], np.cumsum(mentioned)])
    count = np.arange(len(said), dtype=float)
    before, after = (said[starts], starts.astype(float)), (
        said[-1] - said[starts], count[-1] - starts)  # fmt: skip
    gain = _evidence(*before) + _evidence(*after) - _evidence(said[-1], count[-1])
    if logsumexp(gain) - np.log(starts.size) < np.log(BREAK_ODDS):
        return whole
    best = int(np.argmax(gain))
    rates = sorted((k[best] + 0.5) / (n[best] + 1.0) for k, n in (before, after))
    if rates[1] < BREAK_RATIO * rates[0]:
        return whole
    parted = float(days[starts[best]])
    return (parted, np.inf) if day >= parted else (-np.inf, parted)


def _evidence(named: Any, count: Any) -> Any:
    """The log marginal likelihood of one rate, under Jeffreys' prior."""
    return betaln(named + 0.5, count - named + 0.5) - betaln(0.5, 0.5)
