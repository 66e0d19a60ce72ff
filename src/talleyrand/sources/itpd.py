"""Yearly trade of every pair of states, 2000-2016: the International Trade and Production Database.

Goods and services of all industries summed, in US dollars, from administrative statistics of the
importer where there are any. A pair without a row had no trade on record: that is a gap, for small
flows are missing rather than zero. Borchert, Larch, Shikher and Yotov (2021), International
Economics 166:140-166.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, coded, year

NAME = "itpd"
DATASET = "https://www.usitc.gov/data/gravity/itpde.htm"

_NEEDED = ("year", "exp_iso", "imp_iso", "value")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OLD = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "SCG": "SRB", "YUG": "SRB"}


def fetch(http: Http) -> Iterator[Raw]:
    """The pairs are summed from the database's industries; raises FetchError."""
    raise FetchError(
        f"the pairs are summed over industries: download the database from {DATASET}, sum its"
        f" trade by exporter, importer and year, then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of pairs."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "itpd" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of exports."""
    flows = Flows(NAME, DATASET)
    seen: set[tuple[str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        seller, buyer = _state(cells["exp_iso"]), _state(cells["imp_iso"])
        value = _csv.amount(cells["value"])
        if not _YEAR.fullmatch(cells["year"]):
            yield Rejected(NAME, where, "no year")
        elif seller is None or buyer is None:
            yield Rejected(NAME, where, "a partner that is a group, a territory or no state")
        elif seller == buyer:
            yield Rejected(NAME, where, "trade of a state with itself or a part of it")
        elif value is None or value < 0:
            yield Rejected(NAME, where, "a value that is no amount")
        elif (key := (seller, buyer, cells["year"])) in seen:
            yield Rejected(NAME, where, "a second row of the same flow")
        else:
            seen.add(key)
            flows.add("exports", (seller, buyer), year(int(cells["year"])), value, item="all")
    if len(flows):
        yield flows.table()


def _state(code: str) -> str | None:
    return coded(_OLD.get(code, code))


SOURCE = Source(
    name=NAME,
    title="Trade of every pair of states by year (ITPD, USITC)",
    publisher="",
    licence="public domain (US International Trade Commission); cite Borchert and others 2021",
    homepage=DATASET,
    brings="records",
    defects=(
        "2000 to 2016; goods and services together, summed over industries",
        "Hong Kong and Macao are not in it",
        "a pair without a row had no trade on record: a gap, not a zero",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
