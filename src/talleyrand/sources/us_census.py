"""The United States' monthly trade in goods with every partner, as the Census Bureau gives it.

Customs basis for imports, free alongside ship for exports, not seasonally adjusted. Two layouts:
the table of all partners, in millions of US dollars, with a row a partner and year (I is imports, E
exports, then the month); and answers of the International Trade API, in dollars, with a row a
partner and month. An answer is laid out as the table is, and so gives the same rows: where it has
no row of a partner in a month that others have, nothing was traded, which the table writes as zero.
Past years are revised each June: the store keeps the figure read last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv, _years
from talleyrand.sources._flows import Flows, month, partner

NAME = "us_census"
PAGE = "https://www.census.gov/foreign-trade/balance/index.html"
API = "https://api.census.gov/data/timeseries/intltrade"
KEY_PAGE = "https://api.census.gov/data/key_signup.html"

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_KINDS = {"I": "imports", "E": "exports"}
_COLUMNS = {f"{letter}{name}" for letter in _KINDS for name in _MONTHS}
_NEEDED = ("year", "CTY_CODE", "CTYNAME", *sorted(_COLUMNS))
_GROUPS_END = 1000  # codes below are of groups and of the world
_MILLION = 6
_MEASURES = {"I": "GEN_VAL_MO", "E": "ALL_VAL_MO"}  # general imports, total exports
_ANSWER = re.compile(r"us_trade_(\d{4})_(imports|exports)\.json$")
_TIME = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_NO_KEY = re.compile(rb"<[^>]*>.{0,2000}(?:missing|invalid) key|valid (?:<em>)?key",
                     re.IGNORECASE | re.DOTALL)  # fmt: skip


def _answers(http: Http, years: range) -> _years.Answers:
    """Two answers a year: every partner but groups of them, all goods together."""
    for year in years:
        for letter, kind in _KINDS.items():
            address = (
                f"{API}/{kind}/hs?get=CTY_CODE,CTY_NAME,{_MEASURES[letter]}&SUMMARY_LVL=DET"
                f"&time=from+{year}-01+to+{year}-12"
            )
            data = _years.told(http, address, year)
            if data.lstrip().startswith(b"<") and _NO_KEY.search(data[:20_000]):
                http.forget(address)
                raise FetchError(
                    f"{API} asks for a key, or does not know this one: get one free at {KEY_PAGE},"
                    " set it as CENSUS_API_KEY and run it again"
                )
            raw = Raw(f"us_trade_{year}_{kind}.json", data) if data.strip() else None
            yield f"{year} ({kind})", raw


fetch, fetch_since = _years.by_year(_answers, API)


def claims(name: str) -> bool:
    """The table of all partners, or an answer by year and flow."""
    last = name.lower().rsplit("/", 1)[-1]
    return bool(_ANSWER.search(last)) or (last.endswith(".csv") and "us_trade" in last)


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    flows = Flows(NAME, PAGE)
    seen: set[tuple[str, str]] = set()
    answer = raw.name.lower().endswith(".json")
    rows = _laid_out(raw) if answer else _csv.rows(raw, NAME, _NEEDED)
    for row in rows:
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
            scale = 0 if answer else _MILLION
            yield from _months(flows, where, cells, (state, int(year)), scale)
            if len(flows) > before:
                seen.add((state, year))
    if len(flows):
        yield flows.table()


def _months(
    flows: Flows, where: str, cells: _csv.Row, of: tuple[str, int], scale: int
) -> Iterator[Rejected]:
    """The flows of one partner and year; months to come stand in the table as zeros."""
    state, year = of
    for letter, kind in _KINDS.items():
        values = [_csv.amount(cells[f"{letter}{name}"], scale) for name in _MONTHS]
        last = max((i for i, v in enumerate(values) if v), default=-1)
        for number, value in enumerate(values[: last + 1], start=1):
            if value is None or value < 0:
                yield Rejected(NAME, f"{where} {_MONTHS[number - 1]}", "a value that is no amount")
            else:
                flows.add(kind, ("USA", state), month(year, number), value)


def _laid_out(raw: Raw) -> Iterator[tuple[str, _csv.Row] | Rejected]:
    """An answer as rows of the table, one a partner; what is no answer is one Rejected."""
    named = _ANSWER.search(raw.name.lower())
    assert named
    year, letter = named[1], named[2][0].upper()
    partners: dict[tuple[str, str], dict[str, str]] = {}
    for row in _told(raw, _MEASURES[letter]):
        if isinstance(row, Rejected):
            yield row
            continue
        where, (code, name, value, time) = row
        at, held = _TIME.fullmatch(time), partners.setdefault((code, name), {})
        if at is None or at[1] != year:
            yield Rejected(NAME, where, "a row of another time than was asked for")
        elif at[2] in held:
            held[at[2]] = value if held[at[2]] == value else ""  # parts of a total are none
            yield Rejected(NAME, where, "a second row of the same partner and month")
        else:
            held[at[2]] = value
    given = {at for held in partners.values() for at in held}
    for (code, name), held in partners.items():
        cells = dict.fromkeys(_COLUMNS, "0") | {"year": year, "CTYNAME": name}
        cells["CTY_CODE"] = code if code.isdecimal() else "0"  # "-" is all countries
        for number, short in enumerate(_MONTHS, start=1):
            at_month = f"{number:02}"
            cells[f"{letter}{short}"] = held.get(at_month, "0" if at_month in given else "")
        yield f"{raw.name}: {name[:40]}", cells


def _told(raw: Raw, measure: str) -> Iterator[tuple[str, list[str]] | Rejected]:
    """Code, name, value and month of each row of an answer, with where it stands."""
    needed = ("CTY_CODE", "CTY_NAME", measure, "time")
    try:
        header, *rows = json.loads(raw.data)
        places = [header.index(name) for name in needed]
    except (ValueError, TypeError, AttributeError, RecursionError):
        yield Rejected(NAME, raw.name, f"not the answer expected: no table with {measure} and time")
        return
    for number, row in enumerate(rows, start=1):
        where = f"{raw.name}:{number}"
        found = [row[at] for at in places] if _is_row(row, len(header)) else []
        if found and all(isinstance(cell, str) for cell in found):
            yield where, found
        else:
            yield Rejected(NAME, where, "a row with too few or too many cells, or none of text")


def _is_row(row: Any, width: int) -> bool:
    return isinstance(row, list) and len(row) == width


SOURCE = Source(
    name=NAME,
    title="US Census Bureau: monthly trade in goods with every partner",
    publisher="USA",
    licence="public domain (US Census Bureau)",
    homepage=PAGE,
    brings="records",
    defects=(
        "1985 to 2016 in the casebook; not seasonally adjusted; groups such as OPEC are set aside",
        "zeros after the last month of a year that has a value are months to come: gaps",
        "the Soviet Union stands for Russia until it ended; Hong Kong and Macao are set aside",
        "fetched by the interface the Bureau documents, from 2010 on; not tried on the real site",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    fetch_since=fetch_since,
)
