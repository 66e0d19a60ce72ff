"""Monthly trade with China as three partners report it: Korea, Japan and the United States.

Each table is of its own make and unit: Korea in thousands of dollars, Japan in thousands of yen,
the United States in millions of dollars. Currencies are kept as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, month

NAME = "china_partners"


@dataclass(frozen=True, slots=True)
class _Layout:
    state: str
    delimiter: str
    columns: tuple[str, str, str]  # of the month, exports and imports
    scale: int
    unit: str
    url: str


_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LAYOUTS = {
    "japan": _Layout("JPN", ";", ("Date", "Exports", "Imports"), 3, "JPY",
                     "https://www.customs.go.jp/toukei/info/index_e.htm"),
    "korea": _Layout("KOR", ",", ("Date", "Exports", "Imports"), 3, "USD",
                     "https://tradedata.go.kr/cts/index_eng.do"),
    "usa": _Layout("USA", ";", ("Month", "Exports", "Imports"), 6, "USD",
                   "https://www.census.gov/foreign-trade/balance/c5700.html"),
}  # fmt: skip
_NUMBERED = re.compile(r"((?:19|20)\d\d)[./-](0[1-9]|1[0-2])")
_NAMED = re.compile(rf"({'|'.join(_NAMES)}) ((?:19|20)\d\d)")


def fetch(http: Http) -> Iterator[Raw]:
    """Each partner's customs publishes its own table; raises FetchError."""
    pages = ", ".join(layout.url for layout in _LAYOUTS.values())
    raise FetchError(f"save the monthly tables with China from {pages} as CSV, then run:"
                     f" talleyrand ingest {NAME} FOLDER")  # fmt: skip


def claims(name: str) -> bool:
    """One of the three tables."""
    return _layout(name) is not None


def _layout(name: str) -> _Layout | None:
    last = name.lower().rsplit("/", 1)[-1]
    if not last.endswith(".csv") or "china" not in last or "trade" not in last:
        return None
    return next((layout for who, layout in _LAYOUTS.items() if last.startswith(who)), None)


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of exports and imports of the partner."""
    layout = _layout(raw.name)
    rows = list(_rows(raw, layout)) if layout else []
    if layout is None or not rows or not set(layout.columns) <= set(rows[0]):
        yield Rejected(NAME, raw.name, "not the table expected: no month, exports and imports")
        return
    flows = Flows(NAME, layout.url)
    seen: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, start=1):
        found = _month(str(row[layout.columns[0]]))
        if found is None or found in seen:
            reason = "a row without a month" if found is None else "a second row of the month"
            yield Rejected(NAME, f"{raw.name}:{number}", reason)
            continue
        seen.add(found)
        for kind, column in zip(("exports", "imports"), layout.columns[1:], strict=True):
            value = _csv.amount(str(row[column] or "").replace(",", ""), layout.scale)
            if value is None or value < 0:
                yield Rejected(NAME, f"{raw.name}:{number} {column}", "a value that is no amount")
            else:
                flows.add(kind, (layout.state, "CHN"), month(*found), value, unit=layout.unit)
    if len(flows):
        yield flows.table()


def _rows(raw: Raw, layout: _Layout) -> Iterator[dict[str, str]]:
    text = io.StringIO(raw.data.decode("utf-8-sig", "replace").replace("\0", ""))
    try:
        yield from csv.DictReader(text, delimiter=layout.delimiter)
    except csv.Error:
        return


def _month(text: str) -> tuple[int, int] | None:
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered:
        return int(numbered[1]), int(numbered[2])
    named = _NAMED.fullmatch(text.strip())
    return (int(named[2]), _NAMES.index(named[1]) + 1) if named else None


SOURCE = Source(
    name=NAME,
    title="Monthly trade with China as Korea, Japan and the United States report it",
    publisher="",
    licence="free use with attribution (customs of Korea and Japan, US Census Bureau)",
    homepage="https://www.customs.go.jp/toukei/info/index_e.htm",
    brings="records",
    defects=(
        "2001 to 2019, nominal, not seasonally adjusted",
        "Japan's figures are in yen: not compared with dollars",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
