"""The library's functions on structure: who depends on whom, who would be hit, what is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talleyrand.claims.model import Checked
    from talleyrand.exposures import Exposure
    from talleyrand.store import Store
    from talleyrand.trading import Trade


def trade(
    sender: str,
    target: str,
    *,
    since: str | date,
    until: str | date,
    store: str | Path | None = None,
) -> Trade:
    """What two states trade in a period: value, growth, shares, rank, dependence, composition.

    `since` and `until` are a year, a month or a day, both included: 2022-01 to 2022-06 is the
    first half of 2022.
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return trade_in(base, sender, target, since, until)


def trade_in(base: Store, sender: str, target: str, since: str | date, until: str | date) -> Trade:
    """The same from an open store."""
    from talleyrand.trading import ask

    return ask(base, sender, target, since, until)


def exposure(
    target: str,
    *,
    by: str | Sequence[str] = "G7,EU",
    store: str | Path | None = None,
    **assumed: Any,
) -> Exposure:
    """Who is hit if a coalition's sanctions on `target` reach those who trade with it.

    `by` are states and groups (EU, G7, NATO). `assumed` may hold `substitution` (the share of a
    link replaced before the next round), `threshold` (who trades so many times more with the
    coalition than with the target complies) and `rounds` (a number, or "all").
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return exposure_in(base, target, by=by, **assumed)


def exposure_in(
    base: Store,
    target: str,
    *,
    by: str | Sequence[str] = "G7,EU",
    substitution: float = 0.5,
    threshold: float = 5.0,
    rounds: int | str | None = 4,
) -> Exposure:
    """The same from an open store; see `exposure`."""
    from talleyrand.errors import InputError
    from talleyrand.exposures import ask
    from talleyrand.inference.cascade import Assumptions
    from talleyrand.states import resolve

    try:
        count = None if rounds in (None, "all") else int(rounds)
        assumed = Assumptions(substitution, threshold, count)
    except ValueError as error:
        raise InputError(f"{error}" if "must" in str(error) else
                         f"the rounds are a number or all, not {rounds!r}") from error  # fmt: skip
    names = by.split(",") if isinstance(by, str) else by
    return ask(base, resolve(target), names, assumed)


def check(
    claims: str | Path, *, only: Sequence[str] = (), store: str | Path | None = None
) -> list[Checked]:
    """Put the claims of a file (TOML) to the records: SUPPORTED, CONTRADICTED or UNDETERMINED."""
    from talleyrand.store import open_base

    with open_base(store) as base:
        return check_in(base, Path(claims), only)


def check_in(base: Store, claims: Path, only: Sequence[str] = ()) -> list[Checked]:
    """The same from an open store; `only` are ids of claims."""
    from talleyrand.claims.check import check as run
    from talleyrand.claims.file import read
    from talleyrand.errors import InputError

    found = read(claims)
    ids = [claim.id for claim in found]
    for wanted in only:
        if wanted not in ids:
            raise InputError(f"no claim {wanted!r} in {claims}; there are {', '.join(ids)}")
    return run(base, [claim for claim in found if not only or claim.id in only])
