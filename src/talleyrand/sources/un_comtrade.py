"""Yearly trade in goods of thirty states with every partner, from UN Comtrade's public preview.

The preview needs no key, takes one period a request and cuts an answer off at 500 rows; so one
request is one reporter, year and flow, all goods together. Values are US dollars as the reporter
gives them: imports with freight (CIF), exports without (FOB). Rows split by second partner, customs
procedure or means of transport repeat the total and are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from talleyrand.errors import LayoutChanged
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources._flows import Flows, coded, year

NAME = "un_comtrade"
API = "https://comtradeapi.un.org/public/v1/preview/C/A/HS"
MOST_ROWS = 500  # at which the preview cuts an answer off
# Reporters by the number that Comtrade gives them, which is not always the ISO one.
REPORTERS = {
    "AUS": 36, "AZE": 31, "BLR": 112, "BRA": 76, "CAN": 124, "CHN": 156, "DEU": 276, "FRA": 251,
    "GBR": 826, "IDN": 360, "IND": 699, "IRN": 364, "ITA": 380, "JPN": 392, "KAZ": 398, "KGZ": 417,
    "KOR": 410, "MEX": 484, "MNG": 496, "NLD": 528, "PAK": 586, "POL": 616, "RUS": 643, "SAU": 682,
    "TJK": 762, "TUR": 792, "UKR": 804, "USA": 842, "UZB": 860, "VNM": 704, "ZAF": 710,
}  # fmt: skip

_KINDS = {"X": "exports", "M": "imports"}
_FILE = re.compile(r"comtrade_[A-Z]{3}_\d{4}_[XM]\.json$")
_NEEDED = ("period", "reporterISO", "partnerISO", "flowCode", "cmdCode", "primaryValue")
_WHOLE = {"cmdCode": "TOTAL", "partner2Code": 0, "customsCode": "C00", "motCode": 0}
_LARGEST = 1e15


def fetch(http: Http) -> Iterator[Raw]:
    """The last year that most states have reported, and the one before it."""
    return _years(http, datetime.now(UTC).year - 2)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """Every whole year since a day."""
    return _years(http, since.year + (since > date(since.year, 1, 1)))


def _years(http: Http, first: int) -> Iterator[Raw]:
    for asked in range(first, datetime.now(UTC).year):
        for iso3, number in REPORTERS.items():
            for flow in _KINDS:
                address = (
                    f"{API}?reporterCode={number}&period={asked}&flowCode={flow}&cmdCode=TOTAL"
                    f"&partner2Code=0&customsCode=C00&motCode=0&maxRecords={MOST_ROWS}"
                    "&includeDesc=true"
                )
                data = http.get(address)
                if _rows(data):  # a state that has not reported yet has none, which is no error
                    yield Raw(f"comtrade_{iso3}_{asked}_{flow}.json", data)


def _rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of an answer; raises LayoutChanged where it is none, or was cut off."""
    try:
        told = json.loads(data)
        rows, wrong = told["data"], told.get("error")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LayoutChanged(f"{API} answers no rows any more; look at it and report it") from error
    if wrong or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LayoutChanged(f"{API} answers {str(wrong)[:100]!r}; look at it and report it")
    if len(rows) >= MOST_ROWS:
        raise LayoutChanged(f"{API} cut an answer off at {MOST_ROWS} rows; report it")
    return rows


def claims(name: str) -> bool:
    """An answer of the preview, named by reporter, year and flow."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    try:
        rows = _rows(raw.data)
    except LayoutChanged as changed:
        yield Rejected(NAME, raw.name, str(changed).split(";")[0])
        return
    flows, seen = Flows(NAME, "https://comtradeplus.un.org"), set[tuple[str, ...]]()
    for number, row in enumerate(rows, start=1):
        reason = _added(flows, row, seen)
        if reason:
            yield Rejected(NAME, f"{raw.name}:{number}", reason)
    if len(flows):
        yield flows.table()


def _added(flows: Flows, row: dict[str, Any], seen: set[tuple[str, ...]]) -> str:
    """Add a row; gives why not, "" where it is added or only repeats the total."""
    lacking = [name for name in _NEEDED if name not in row]
    if lacking:
        return f"a row without {lacking[0]}"
    if any(row.get(name, whole) != whole for name, whole in _WHOLE.items()):
        return ""
    period, flow = str(row["period"]), str(row["flowCode"])
    sender, target = coded(str(row["reporterISO"])), coded(str(row["partnerISO"]))
    value = row["primaryValue"]
    if not re.fullmatch(r"(?:19|20)\d\d", period) or flow not in _KINDS:
        return "a row without a year or a flow"
    if sender is None or target is None or sender == target:
        return "a party that is a group, a territory or no state"
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST:
        return "a value that is no amount"
    if (period, flow, sender, target) in seen:
        return "a second row of the same partner and year"
    seen.add((period, flow, sender, target))
    flows.add(_KINDS[flow], (sender, target), year(int(period)), float(value))
    return ""


SOURCE = Source(
    name=NAME,
    title="UN Comtrade: yearly trade in goods of thirty states with every partner",
    publisher="",
    licence="free for internal use; not to be passed on beyond the terms of"
    " https://comtradeplus.un.org. So no figure of it is in the casebook",
    homepage="https://comtradeplus.un.org",
    brings="records",
    defects=(
        "written by the published form of the preview; not tried on the real site",
        "as each reporter gives it: the partner's own figure differs",
        "Russia has published little since 2022; what is not reported is a gap",
        "imports with freight and insurance, exports without",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    redistributable=False,
    fetch_since=fetch_since,
)
