"""The library's function on third states: how two powers stand in their neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talleyrand.arenas import Arena
    from talleyrand.store import Store


def arena(
    one: str,
    other: str,
    *,
    within: str | Sequence[str] = (),
    since: str | date | None = None,
    until: str | date | None = None,
    store: str | Path | None = None,
) -> Arena:
    """How evenly two powers share the ties of third states, by component and year.

    `within` are states and groups (KAZ, CENTRAL_ASIA); for China and Russia Kazakhstan and its
    neighbours in Central Asia where none is named. `since` and `until` are years, both included.
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return arena_in(base, one, other, within=within, since=since, until=until)


def arena_in(
    base: Store,
    one: str,
    other: str,
    *,
    within: str | Sequence[str] = (),
    since: str | date | None = None,
    until: str | date | None = None,
) -> Arena:
    """The same from an open store."""
    from talleyrand.arenas import ask

    names = within.split(",") if isinstance(within, str) else within
    return ask(base, one, other, names, since, until)
