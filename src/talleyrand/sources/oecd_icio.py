"""Who sells how much to whose industries: intermediate goods and services between economies.

The OECD's Inter-Country Input-Output tables, one year, summed over the buyer's industries: a row
is a selling economy and industry, a column a buying economy, in millions of US dollars at basic
prices. An economy's sales to itself are kept (sender and target are the same). Zeros are not
kept: within the table a missing flow is a zero. Hong Kong is an economy of its own here.

What final buyers take, and what the rest of the world sells and buys, is not in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from talleyrand import states
from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, year

NAME = "oecd_icio"
DATASET = "https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html"
YEAR = 2022

_LEAD = ("sector", "seller")
_SECTOR = re.compile(r"[A-Z][0-9A-Z_]{0,9}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ECONOMIES = {"HKG"}  # counted apart from the state they belong to
_MILLION = 6
_Span = tuple[date, date]


def fetch(http: Http) -> Iterator[Raw]:
    """The table is made from the OECD's large one; raises FetchError that says what to do."""
    raise FetchError(
        f"the table by seller industry and buyer is summed from the full one: download that from"
        f" {DATASET}, sum it over the buyer's industries, then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table by selling industry; the one of totals says nothing more."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "icio" in last and "sector_buyer" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of records, a row a flow above zero."""
    names = [name.strip() for name in _csv.header(raw)]
    if tuple(names[:2]) != _LEAD:
        yield Rejected(NAME, raw.name, "not the table expected: no sector and seller")
        return
    buyers: dict[str, str] = {}
    for column in names[2:]:
        buyer = _economy(column)
        if buyer is None:
            yield Rejected(NAME, f"column {column}", "a buyer that is no economy")
        elif buyer in buyers.values():
            yield Rejected(NAME, f"column {column}", "a second column of the same economy")
        else:
            buyers[column] = buyer
    flows, span = Flows(NAME, DATASET), year(_year(raw.name))
    seen: set[tuple[str, str]] = set()
    for row in _csv.rows(raw, NAME, _LEAD):
        if isinstance(row, Rejected):
            yield row
            continue
        yield from _take(flows, *row, buyers, span, seen)
    if len(flows):
        yield flows.table()


def _take(
    flows: Flows,
    where: str,
    cells: _csv.Row,
    buyers: dict[str, str],
    span: _Span,
    seen: set[tuple[str, str]],
) -> Iterator[Rejected]:
    """Keep the flows of one row; tell what is wrong with it."""
    sector, seller = cells["sector"].strip(), _economy(cells["seller"])
    if seller is None or not _SECTOR.fullmatch(sector):
        yield Rejected(NAME, where, "a row without a selling economy and industry")
        return
    if (sector, seller) in seen:
        yield Rejected(NAME, where, "a second row of the same economy and industry")
        return
    seen.add((sector, seller))
    for column, buyer in buyers.items():
        value = _csv.amount(cells[column], _MILLION)
        if value is None or value < 0:
            yield Rejected(NAME, f"{where} {column}", "a value that is no amount")
        elif value:
            flows.add("intermediate", (seller, buyer), span, value, item=sector)


def _economy(code: str) -> str | None:
    code = code.strip()
    return code if code in states.all_states() or code in _ECONOMIES else None


def _year(name: str) -> int:
    """The year in the file's name."""
    found = _YEAR.search(name.rsplit("/", 1)[-1])
    return int(found[1]) if found else YEAR


SOURCE = Source(
    name=NAME,
    title="OECD: inter-country input-output, intermediate flows by selling industry",
    publisher="",
    licence="OECD terms: free with attribution (OECD Inter-Country Input-Output Database)",
    homepage=DATASET,
    brings="records",
    defects=(
        "intermediate flows only: what households, states and investors buy is absent",
        "the rest of the world is absent: shares are of trade among the 80 economies",
        "one year (2022): a level, no change",
        "the buyer's industry is summed away",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
