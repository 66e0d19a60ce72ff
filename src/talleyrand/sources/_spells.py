"""Years in a row as one spell: what the sources of obligations share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def spells(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of years without a gap."""
    first = last = None
    for year in sorted(set(years)):
        if last is None or first is None or year > last + 1:
            if last is not None and first is not None:
                yield first, last
            first = year
        last = year
    if first is not None and last is not None:
        yield first, last
