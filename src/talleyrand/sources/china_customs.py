"""China's trade with Russia as its customs first released it: dollar totals, year to date.

Each row comes from a news page that quotes the release, so it is a first vintage: later revisions
of the base year are why a growth rate as reported need not follow from two totals.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Record, Rejected, Source
from talleyrand.sources import _csv

NAME = "china_customs"
CUSTOMS = "http://english.customs.gov.cn/statics/report/preliminary.html"

_TOTAL, _GROWTH = "total_usd_bn", "yoy_total_pct_as_reported"
_KINDS = {
    _TOTAL: "total_trade_ytd",
    "cn_exports_usd_bn": "exports_ytd",
    "cn_imports_usd_bn": "imports_ytd",
    _GROWTH: "total_trade_ytd_yoy_reported",
}
_NEEDED = ("year", "through_month", *_KINDS, "source_url", "note")


def fetch(http: Http) -> Iterator[Raw]:
    """The series was gathered from many pages; raises FetchError that says what to do."""
    raise FetchError(
        f"the year-to-date totals are not published as one file: gather them from {CUSTOMS},"
        " then run: talleyrand ingest china_customs FILE"
    )


def claims(name: str) -> bool:
    """One table of year-to-date totals."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "customs" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """A record each for the total, the two flows and the growth rate, where they are given."""
    seen: set[tuple[date, date]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        locator, cells = row
        span = _span(cells)
        if span is None:
            yield Rejected(NAME, locator, "no year and month")
        elif span in seen:
            yield Rejected(NAME, locator, "a second row for the same months")
        else:
            seen.add(span)
            yield from _records(locator, cells, *span)


def _span(cells: _csv.Row) -> tuple[date, date] | None:
    """From 1 January to the last day of the month reached."""
    try:
        year, month = int(cells["year"]), int(cells["through_month"])
        last = calendar.monthrange(year, month)[1] if 1949 <= year < 2100 else 0
        return date(year, 1, 1), date(year, month, last)
    except (ValueError, OverflowError):
        return None


def _records(locator: str, cells: _csv.Row, start: date, end: date) -> Iterator[Parsed]:
    found = False
    for column, kind in _KINDS.items():
        text = cells[column].strip()
        if not text:
            continue
        found = True
        value = _csv.amount(text, 0 if column == _GROWTH else 9)
        if value is None or (value < 0 and column != _GROWTH):
            yield Rejected(NAME, f"{locator}:{column}", "a value that is no amount")
            continue
        yield Record(
            source=NAME,
            kind=kind,
            sender="CHN",
            target="RUS",
            item="goods",
            start=start,
            end=end,
            value=value,
            unit="percent" if column == _GROWTH else "USD",
            vintage="first_release",
            url=cells["source_url"].strip(),
            note=_note(cells, column),
        )
    if not found:
        yield Rejected(NAME, locator, "a row without any value")


def _note(cells: _csv.Row, column: str) -> str:
    """The row's own note; the total also carries the growth rate as reported."""
    growth = cells[_GROWTH].strip()
    said = f"{growth} % year on year as reported" if column == _TOTAL and growth else ""
    return "; ".join(filter(None, (said, cells["note"].strip())))


SOURCE = Source(
    name=NAME,
    title="China's customs: trade with Russia, year to date, first releases",
    publisher="CHN",
    licence="figures quoted from public pages, each with its address",
    homepage=CUSTOMS,
    brings="records",
    defects=(
        "some months are missing: a gap is not a zero",
        "2018 has a growth rate but no total",
        "growth in the first half of 2022 is 27.2 %; 29 % is January to July",
        "some flows are rounded, so that they add up to the total only to a tenth of a billion",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
