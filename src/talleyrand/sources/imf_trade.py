"""Russia's yearly trade in goods with every partner, from the IMF's trade statistics (IMTS).

Exports are free on board and imports include cost, insurance and freight, both in US dollars as
the reporting state gives them. Russia stopped publishing in 2022: values from then on are the
IMF's estimates from its partners' figures. A blank is a gap, never a zero.

Two layouts: the wide table exported from the data page, a row a series, in units of its scale; and
the SDMX-CSV of the IMF's interface, a row a year, whose values are dollars whatever scale it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from talleyrand.model import Http, Parsed, Raw, Record, Rejected, Source
from talleyrand.sources import _csv, _flows, _years

NAME = "imf_trade"
DATASET = "https://data.imf.org/en/datasets/IMF.STA:IMTS"
API = "https://api.imf.org/external/sdmx/2.1/data/IMF.STA,IMTS"

_KINDS = {"XG_FOB_USD": "exports", "MG_CIF_USD": "imports"}
_NEEDED = (
    "SERIES_CODE",
    "COUNTRY.ID",
    "INDICATOR.ID",
    "COUNTERPART_COUNTRY.ID",
    "FREQUENCY.ID",
    "SCALE.ID",
)
_TOLD = (
    "COUNTRY",
    "INDICATOR",
    "COUNTERPART_COUNTRY",
    "FREQUENCY",
    "TIME_PERIOD",
    "OBS_VALUE",
)
_SCALE = re.compile(r"[0-9]|1[0-2]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_IMF_CODES = {"WBG": "PSE", "KOS": "XKX"}  # where the IMF's own code is not ISO's
_ESTIMATED_SINCE = {"RUS": 2022}
_IMPLAUSIBLE = {("RUS", "UZB", 2023), ("RUS", "UZB", 2024)}  # fourfold on the year before


def _answers(http: Http, years: range) -> _years.Answers:
    """One answer a year: of Russia's yearly series, by flow, with every partner."""
    for year in years:
        address = f"{API}/RUS.{'+'.join(_KINDS)}..A?startPeriod={year}&endPeriod={year}"
        data = _years.told(http, address, year)
        blank = _years.is_blank(data, _TOLD)
        yield str(year), None if blank else Raw(f"imf_imts_{year}.csv", data)


fetch, fetch_since = _years.by_year(_answers, API)


def claims(name: str) -> bool:
    """One wide table, a row a series and a column a year, or an answer of the interface."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and ("imf" in last or "imts" in last)


def parse(raw: Raw) -> Iterator[Parsed]:
    """A record a year with a value; a series whose partner is no state is set aside whole."""
    columns = _csv.header(raw)
    if "TIME_PERIOD" in columns:
        yield from _told(raw)
        return
    for name in columns:
        if len(name) == 4 and name.isdigit() and not _YEAR.fullmatch(name):
            yield Rejected(NAME, f"column {name}", "a column that is no year")
    seen: set[tuple[str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        _, cells = row
        series = _series(cells)
        if isinstance(series, Rejected):
            yield series
        elif series in seen:
            yield Rejected(NAME, cells["SERIES_CODE"], "a second series of the same flow")
        else:
            seen.add(series)
            yield from _years_of(cells, *series)


def _told(raw: Raw) -> Iterator[Parsed]:
    """The same of an answer of the interface: each row is a series of one year."""
    seen: set[tuple[str, str, str, str]] = set()
    for row in _csv.rows(raw, NAME, _TOLD):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        year, value = cells["TIME_PERIOD"].strip(), cells["OBS_VALUE"].strip()
        told = {f"{name}.ID": cells[name] for name in _TOLD[:4]}
        wide = {
            **told,
            "SERIES_CODE": where,
            "SCALE.ID": "0",
            year: "" if value == "NaN" else value,
        }
        series = _series(wide)
        if isinstance(series, Rejected):
            yield series
        elif not _YEAR.fullmatch(year):
            yield Rejected(NAME, where, "a row without a year")
        elif (*series, year) in seen:
            yield Rejected(NAME, where, "a second row of the same flow and year")
        else:
            seen.add((*series, year))
            yield from _years_of(wide, *series)


def _series(cells: _csv.Row) -> tuple[str, str, str] | Rejected:
    """The kind of flow, the reporting state and its partner, or why the series is of no use."""
    code = cells["SERIES_CODE"]
    kind = _KINDS.get(cells["INDICATOR.ID"])
    if kind is None:
        return Rejected(NAME, code, "neither exports FOB nor imports CIF in US dollars")
    if cells["FREQUENCY.ID"] != "A":
        return Rejected(NAME, code, "not a yearly series")
    if not _SCALE.fullmatch(cells["SCALE.ID"]):
        return Rejected(NAME, code, "a scale that is no power of ten")
    sender = _state(cells["COUNTRY.ID"])
    target = _state(cells["COUNTERPART_COUNTRY.ID"])
    if sender is None or target is None:
        return Rejected(NAME, code, "a partner that is a group, a territory or no more a state")
    if sender == target:
        return Rejected(NAME, code, "trade of a state with itself")
    return kind, sender, target


def _state(code: str) -> str | None:
    return _flows.coded(_IMF_CODES.get(code, code))


def _years_of(cells: _csv.Row, kind: str, sender: str, target: str) -> Iterator[Parsed]:
    for column, text in cells.items():
        if not _YEAR.fullmatch(column) or not text.strip():
            continue
        year, value = int(column), _csv.amount(text, int(cells["SCALE.ID"]))
        if value is None or value < 0:
            yield Rejected(NAME, f"{cells['SERIES_CODE']} {year}", "a value that is no amount")
            continue
        yield Record(
            source=NAME,
            kind=kind,
            sender=sender,
            target=target,
            item=cells["INDICATOR.ID"],
            start=date(year, 1, 1),
            end=date(year, 12, 31),
            value=value,
            unit="USD",
            vintage="estimate" if year >= _ESTIMATED_SINCE.get(sender, 9999) else "",
            url=DATASET,
            note="implausible" if (sender, target, year) in _IMPLAUSIBLE else "",
        )


SOURCE = Source(
    name=NAME,
    title="IMF: Russia's yearly trade in goods by partner",
    publisher="",
    licence="IMF terms of use: free with attribution to International Trade in Goods (IMTS)",
    homepage=DATASET,
    brings="records",
    defects=(
        "values of Russia from 2022 on are the IMF's estimates",
        "Kazakhstan 2024 is empty; Uzbekistan 2023-24 is implausible and marked so",
        "fetched by the interface that public programs use; not tried on the real site",
        "Hong Kong and Macao are counted apart from China and set aside, as are groups of states",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    fetch_since=fetch_since,
)
