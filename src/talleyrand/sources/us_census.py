"""The United States' monthly trade in goods with every partner, as the Census Bureau gives it.

Customs basis for imports, free alongside ship for exports, millions of US dollars, not seasonally
adjusted. The table has a row a partner and year: I is imports, E exports, then the month.
"""

from __future__ import annotations

from collections.abc import Iterator

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, month, partner

NAME = "us_census"
PAGE = "https://www.census.gov/foreign-trade/balance/index.html"

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_KINDS = {"I": "imports", "E": "exports"}
_COLUMNS = {f"{letter}{name}" for letter in _KINDS for name in _MONTHS}
_NEEDED = ("year", "CTY_CODE", "CTYNAME", *sorted(_COLUMNS))
_GROUPS_END = 1000  # codes below are of groups and of the world
_MILLION = 6


def fetch(http: Http) -> Iterator[Raw]:
    """The workbook must be saved as CSV; raises FetchError that says what to do."""
    raise FetchError(
        f"save the table of all countries from {PAGE} as CSV, then run: talleyrand ingest"
        f" {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of all partners."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "us_trade" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    flows = Flows(NAME, PAGE)
    seen: set[tuple[str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        state = partner(cells["CTYNAME"].strip())
        code, year = cells["CTY_CODE"].strip(), cells["year"].strip()
        if not (code.isdecimal() and year.isdecimal() and 1900 < int(year) < 2100):
            yield Rejected(NAME, where, "a row without a year and a country code")
        elif int(code) < _GROUPS_END or state is None:
            yield Rejected(NAME, where, "a partner that is a group, a territory or no state")
        elif state == "USA" or (state, year) in seen:
            yield Rejected(NAME, where, "a second row of the same partner and year")
        else:
            before = len(flows)
            yield from _months(flows, where, cells, state, int(year))
            if len(flows) > before:
                seen.add((state, year))
    if len(flows):
        yield flows.table()


def _months(flows: Flows, where: str, cells: _csv.Row, state: str, year: int) -> Iterator[Rejected]:
    """The flows of one partner and year; months to come stand in the table as zeros."""
    for letter, kind in _KINDS.items():
        values = [_csv.amount(cells[f"{letter}{name}"], _MILLION) for name in _MONTHS]
        last = max((i for i, v in enumerate(values) if v), default=-1)
        for number, value in enumerate(values[: last + 1], start=1):
            if value is None or value < 0:
                yield Rejected(NAME, f"{where} {_MONTHS[number - 1]}", "a value that is no amount")
            else:
                flows.add(kind, ("USA", state), month(year, number), value)


SOURCE = Source(
    name=NAME,
    title="US Census Bureau: monthly trade in goods with every partner",
    publisher="USA",
    licence="public domain (US Census Bureau)",
    homepage=PAGE,
    brings="records",
    defects=(
        "1985 to 2016; not seasonally adjusted; groups such as OPEC are set aside",
        "zeros after the last month of a year that has a value are months to come: gaps",
        "the Soviet Union stands for Russia until it ended; Hong Kong and Macao are set aside",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
