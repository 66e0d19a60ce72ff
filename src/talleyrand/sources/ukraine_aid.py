"""Aid to Ukraine by donor and month: military, financial and humanitarian, in euros.

The Ukraine Support Tracker of the Kiel Institute counts what governments have allocated, in the
month in which they did. A donor on its list without a row in a month allocated nothing that it
knows of. What the European Union's institutions gave is the sender `EU`. Trebesch and others,
The Ukraine Support Tracker, Kiel Working Paper 2218.
"""

from __future__ import annotations

from collections.abc import Iterator

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, coded, month

NAME = "ukraine_aid"
PAGE = "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/"
KINDS = ("military", "financial", "humanitarian")

_NEEDED = ("country", "iso", "year", "month", *KINDS)
_BILLION = 9


def fetch(http: Http) -> Iterator[Raw]:
    """The tracker is a workbook of changing form; raises FetchError that says what to do."""
    raise FetchError(
        f"download the tracker from {PAGE}, save its months by donor as CSV with the columns"
        f" {', '.join(_NEEDED)}, then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table by month."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "ukraine_support" in last and "release" not in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table; months without aid of a kind give no record."""
    flows = Flows(NAME, PAGE)
    seen: set[tuple[str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        donor, when = _donor(cells["iso"]), (cells["year"].strip(), cells["month"].strip())
        if donor is None:
            yield Rejected(NAME, where, "a donor that is no state")
        elif not _is_month(*when):
            yield Rejected(NAME, where, "no year and month")
        elif (donor, *when) in seen:
            yield Rejected(NAME, where, "a second row of the same donor and month")
        else:
            seen.add((donor, *when))
            yield from _kinds(flows, where, cells, donor)
    if len(flows):
        yield flows.table()


def _kinds(flows: Flows, where: str, cells: _csv.Row, donor: str) -> Iterator[Rejected]:
    span = month(int(cells["year"]), int(cells["month"]))
    for kind in KINDS:
        value = _csv.amount(cells[kind], _BILLION)
        if value is None or value < 0:
            yield Rejected(NAME, f"{where} {kind}", "a value that is no amount")
        elif value:
            flows.add(f"aid_{kind}", (donor, "UKR"), span, value, item=kind, unit="EUR")


def _donor(code: str) -> str | None:
    code = code.strip()
    return code if code == "EU" or coded(code) not in (None, "UKR") else None


def _is_month(year: str, month: str) -> bool:
    digits = year.isascii() and month.isascii() and year.isdecimal() and month.isdecimal()
    return digits and 2000 <= int(year) < 2100 and 1 <= int(month) <= 12


SOURCE = Source(
    name=NAME,
    title="Aid to Ukraine by donor and month (Ukraine Support Tracker, Kiel Institute)",
    publisher="",
    licence="published with a request to cite (Kiel Institute for the World Economy); no terms of"
    " redistribution stated",
    homepage=PAGE,
    brings="records",
    defects=(
        "aid to Ukraine only, from some forty donors; no aid to Russia",
        "allocations that governments made public: what is secret or not yet allocated is absent",
        "the last months are revised in later releases",
        "refugees at home are not counted; the European Union's institutions are a donor (EU)",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    complete=True,
)
