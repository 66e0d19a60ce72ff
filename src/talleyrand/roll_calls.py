"""Agreement of every pair of states in every session or year of the UN General Assembly."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from talleyrand.errors import InputError
from talleyrand.inference.agreement import Measure, agreement
from talleyrand.model import Raw
from talleyrand.sources import un_votes

Floats = NDArray[np.float64]
Per = Literal["session", "year"]


@dataclass(frozen=True, slots=True)
class VoteAgreement:
    """Agreement by period and pair of states; NaN where a pair never voted together.

    `value`, `se` and `n` (the roll calls behind a value) are periods by states by states.
    A session is named by its number (the first met in 1945/46), a year by itself.
    """

    periods: tuple[int, ...]
    states: tuple[str, ...]
    value: Floats
    se: Floats
    n: Floats

    def of(self, first: str, second: str) -> dict[int, float]:
        """The agreement of one pair by period, where there is any."""
        line = self.value[:, self.states.index(first), self.states.index(second)]
        return {p: float(v) for p, v in zip(self.periods, line, strict=True) if np.isfinite(v)}


def vote_agreement(
    file: str | Path, *, measure: Measure = "pi", per: Per = "session"
) -> VoteAgreement:
    """The agreement beyond chance of every pair, from the wide table of roll calls (.csv, .gz).

    `measure` is "pi" (Scott), "kappa" (Cohen) or "s" (Signorino and Ritter, not corrected), as in
    `talleyrand.inference.agreement`. Raises InputError where the file holds no roll calls.
    """
    calls = _roll_calls(Path(file))
    periods = _periods(calls.days, per)
    every = np.unique(periods)
    found = [agreement(calls.votes[periods == period], measure) for period in every]
    return VoteAgreement(
        tuple(int(period) for period in every),
        calls.states,
        *(np.stack([each[part] for each in found]) for part in range(3)),
    )


def _roll_calls(file: Path) -> un_votes.RollCalls:
    try:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (OSError, EOFError) as error:
        raise InputError(f"{file} cannot be read: {error}") from error
    raw = Raw(file.name, data)
    try:
        calls, _ = un_votes.roll_calls(raw)
    except (KeyError, ValueError) as error:
        raise InputError(f"{file} is not the wide table of roll calls: {error}") from error
    if not calls.votes.any():
        raise InputError(f"{file} holds no votes; the wide table is at {un_votes.DATASET}")
    return calls


def _periods(days: NDArray[np.datetime64], per: Per) -> NDArray[np.int64]:
    """The year, or the session's number: a session begins in September."""
    months = days.astype("datetime64[M]").astype(np.int64)
    years = 1970 + months // 12
    if per == "year":
        return np.asarray(years)
    return np.asarray(np.where(months % 12 >= 8, years, years - 1) - 1945)
