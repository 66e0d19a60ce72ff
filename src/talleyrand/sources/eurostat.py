"""Monthly trade of the EU's members with their eastern neighbours, by product, in euros.

Two layouts: the long table of labels saved from the data browser, and the SDMX-CSV of Eurostat's
dissemination interface, in codes, which gives the same rows. A month is revised for years; the
interface gives its latest figure, and the store keeps the one read last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv, _years
from talleyrand.sources._flows import Flows, month, partner

NAME = "eurostat"
DATASET = "https://ec.europa.eu/eurostat/databrowser/product/view/ds-045409"
API = "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409"
# What is asked for: the members, neighbours and products of the table from the data browser.
REPORTERS = {
    "AT": "AUT", "BE": "BEL", "BG": "BGR", "CY": "CYP", "CZ": "CZE", "DE": "DEU", "DK": "DNK",
    "EE": "EST", "ES": "ESP", "FI": "FIN", "FR": "FRA", "GR": "GRC", "HR": "HRV", "HU": "HUN",
    "IE": "IRL", "IT": "ITA", "LT": "LTU", "LU": "LUX", "LV": "LVA", "MT": "MLT", "NL": "NLD",
    "PL": "POL", "PT": "PRT", "RO": "ROU", "SE": "SWE", "SI": "SVN", "SK": "SVK",
}  # fmt: skip
PARTNERS = {
    "AM": "ARM", "BY": "BLR", "GE": "GEO", "KG": "KGZ", "KZ": "KAZ", "RU": "RUS", "UZ": "UZB",
}  # fmt: skip
PRODUCTS = ("TOTAL", "27")

_NEEDED = ("product", "flow", "indicator", "reporter", "partner", "month", "value")
# The columns of the interface that hold the same, and are named or filled otherwise.
_TOLD = ("freq", "reporter", "partner", "product", "flow", "indicators", "TIME_PERIOD", "OBS_VALUE")
_FLOWS = {"1": "IMPORT", "2": "EXPORT"}
_CODES = {**REPORTERS, **PARTNERS}
_KINDS = {"IMPORT": "imports", "EXPORT": "exports"}
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_CODE = re.compile(r"\[(\w+)\]$")
_REMARK = re.compile(r"\s*\([^)]*\)$")


def _answers(http: Http, years: range) -> _years.Answers:
    """One answer a year: of monthly series, by reporter, partner, product, flow and measure."""
    parts = ("M", REPORTERS, PARTNERS, PRODUCTS, _FLOWS, "VALUE_IN_EUROS")
    series = ".".join("+".join([part] if isinstance(part, str) else part) for part in parts)
    for year in years:
        address = (
            f"{API}/{series}?startPeriod={year}-01&endPeriod={year}-12&format=SDMX-CSV"
            "&compressed=false"
        )
        data = _years.told(http, address, year)
        blank = _years.is_blank(data, _TOLD)
        yield str(year), None if blank else Raw(f"eurostat_ds-045409_{year}.csv", data)


fetch, fetch_since = _years.by_year(_answers, API)


def claims(name: str) -> bool:
    """The long table, or an answer of the interface."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "eurostat" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table. A blank value is a gap and no record."""
    flows = Flows(NAME, DATASET)
    coded = "TIME_PERIOD" in _csv.header(raw)
    for row in _csv.rows(raw, NAME, _TOLD if coded else _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        reason = _added(flows, _labelled(cells) if coded else cells)
        if reason:
            yield Rejected(NAME, where, reason)
    if len(flows):
        yield flows.table()


def _labelled(cells: _csv.Row) -> _csv.Row:
    """A row of the interface as the long table would have it."""
    monthly = cells["freq"].strip() == "M"
    return {
        "product": f"[{cells['product'].strip()}]",
        "flow": _FLOWS.get(cells["flow"].strip(), ""),
        "indicator": cells["indicators"].strip() if monthly else "",
        "reporter": _CODES.get(cells["reporter"].strip(), ""),
        "partner": _CODES.get(cells["partner"].strip(), ""),
        "month": cells["TIME_PERIOD"].strip(),
        "value": cells["OBS_VALUE"],
    }


def _added(flows: Flows, cells: _csv.Row) -> str:
    """Add a row; gives why not, "" where it is added or a gap."""
    reporter, other = _state(cells["reporter"]), _state(cells["partner"])
    kind, found = _KINDS.get(cells["flow"]), _MONTH.fullmatch(cells["month"])
    if reporter is None or other is None:
        return "a reporter or partner that is no state"
    if kind is None or not found or cells["indicator"] != "VALUE_IN_EUROS":
        return "neither imports nor exports of a month in euros"
    if not cells["value"].strip():
        return ""
    value = _csv.amount(cells["value"])
    if value is None or value < 0:
        return "a value that is no amount"
    span = month(int(found[1]), int(found[2]))
    product = _CODE.search(cells["product"])
    item = "goods" if product is None or product[1] == "TOTAL" else f"HS{product[1]}"
    flows.add(kind, (reporter, other), span, value, item=item, unit="EUR")
    return ""


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
        "2020 to 2022 in the casebook; totals and mineral fuels (HS 27) only; in euros",
        "header rows lead into the table and are set aside",
        "a blank is a gap or a confidential value, never a zero",
        "fetched by the interface Eurostat documents; not tried on the real site",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    fetch_since=fetch_since,
)
