"""Monthly trade of the EU's members with their eastern neighbours, by product, in euros."""

from __future__ import annotations

import re
from collections.abc import Iterator

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, month, partner

NAME = "eurostat"
DATASET = "https://ec.europa.eu/eurostat/databrowser/product/view/ds-045409"

_NEEDED = ("product", "flow", "indicator", "reporter", "partner", "month", "value")
_KINDS = {"IMPORT": "imports", "EXPORT": "exports"}
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_CODE = re.compile(r"\[(\w+)\]$")
_REMARK = re.compile(r"\s*\([^)]*\)$")


def fetch(http: Http) -> Iterator[Raw]:
    """The extract is chosen in the data browser; raises FetchError that says what to do."""
    raise FetchError(
        f"choose reporters, partners and products of {DATASET} and save them as a long CSV table,"
        f" then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The long table."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "eurostat" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table. A blank value is a gap and no record."""
    flows = Flows(NAME, DATASET)
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        reporter, other = _state(cells["reporter"]), _state(cells["partner"])
        kind, found = _KINDS.get(cells["flow"]), _MONTH.fullmatch(cells["month"])
        if reporter is None or other is None:
            yield Rejected(NAME, where, "a reporter or partner that is no state")
        elif kind is None or not found or cells["indicator"] != "VALUE_IN_EUROS":
            yield Rejected(NAME, where, "neither imports nor exports of a month in euros")
        elif cells["value"].strip():
            value = _csv.amount(cells["value"])
            if value is None or value < 0:
                yield Rejected(NAME, where, "a value that is no amount")
                continue
            span = month(int(found[1]), int(found[2]))
            product = _CODE.search(cells["product"])
            item = "goods" if product is None or product[1] == "TOTAL" else f"HS{product[1]}"
            flows.add(kind, (reporter, other), span, value, item=item, unit="EUR")
    if len(flows):
        yield flows.table()


def _state(name: str) -> str | None:
    return partner(_REMARK.sub("", name).strip())


SOURCE = Source(
    name=NAME,
    title="Eurostat: monthly trade of EU members with eastern neighbours, by product",
    publisher="",
    licence="free reuse with attribution (Eurostat)",
    homepage=DATASET,
    brings="records",
    defects=(
        "2020 to 2022; totals and mineral fuels (HS 27) only; in euros",
        "header rows lead into the table and are set aside",
        "a blank is a gap or a confidential value, never a zero",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
