"""Trade flows as columns: what several sources of bilateral trade share."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from talleyrand import states

if TYPE_CHECKING:
    import pyarrow as pa

_PART = re.compile(r"hong kong|maca[ou]\b|admin(?:\.|istered) by|neutral zone", re.IGNORECASE)
_COLUMNS = ("kind", "sender", "target", "item", "start", "end", "value", "unit", "note")


class Flows:
    """Flows gathered row by row, given as one Arrow table with the columns of `model.Record`."""

    def __init__(self, source: str, url: str, vintage: str = "") -> None:
        self._source, self._url, self._vintage = source, url, vintage
        self._columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}

    def __len__(self) -> int:
        return len(self._columns["value"])

    def add(
        self,
        kind: str,
        parties: tuple[str, str],
        span: tuple[date, date],
        value: float,
        *,
        item: str = "goods",
        unit: str = "USD",
        note: str = "",
    ) -> None:
        """One flow: `kind` is exports or imports of the first party, over the days of `span`."""
        row = (kind, *parties, item, *span, value, unit, note)
        for name, cell in zip(_COLUMNS, row, strict=True):
            self._columns[name].append(cell)

    def table(self) -> pa.Table:
        """One row a flow."""
        import pyarrow as pa

        same = {"source": self._source, "url": self._url, "vintage": self._vintage}
        return pa.table(
            {**{name: pa.repeat(value, len(self)) for name, value in same.items()}, **self._columns}
        )


@lru_cache(10_000)
def partner(name: str) -> str | None:
    """The state of a name in a trade table; None for groups, regions and parts of a state."""
    if _PART.search(name):
        return None
    return states.find(name, leaders=False)


def coded(code: str) -> str | None:
    """The state of this ISO code, not one that merely contains it (Hong Kong) or is named alike."""
    return code if partner(code) == code else None


def month(year: int, number: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def year(number: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(number, 1, 1), date(number, 12, 31)
