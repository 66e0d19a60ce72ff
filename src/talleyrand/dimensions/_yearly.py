"""Yearly registers: what they cover, and a series in which a year without an entry is a zero.

Only for registers that claim to hold every case: inside their span nothing on record is none.
Outside it, and before either state first appears in it, there is no point.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from talleyrand.model import Evidence, Series


def zeros(
    found: Mapping[int, float],
    span: tuple[int, int],
    unit: str,
    evidence: tuple[Evidence, ...],
    note: str = "",
) -> Series:
    """A value for each year of `span`, zero where `found` has none."""
    years = range(span[0], span[1] + 1)
    return Series(
        dates=tuple(date(year, 1, 1) for year in years),
        values=tuple(found.get(year, 0.0) for year in years),
        n=(1.0,) * len(years),
        se=(None,) * len(years),
        cadence="year",
        unit=unit,
        evidence=evidence,
        note=note,
    )


def nothing(unit: str, note: str) -> Series:
    """No series, and why."""
    return Series((), (), (), (), "year", unit, note=note)
