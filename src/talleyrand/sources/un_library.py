"""Roll calls of the UN General Assembly as the UN's own library publishes them.

The Dag Hammarskjöld Library keeps one table in the UN Digital Library, a row a member and adopted
resolution, and replaces it by a newer one under another name. The record's page tells which. Votes
are given the numbers of `un_votes` (1 yes, 2 abstain, 3 no, 8 absent). The `votes` dimension takes
a day's roll calls from here only where `un_votes` has none of that day.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, coded

NAME = "un_library"
SITE = "https://digitallibrary.un.org"
RECORD = f"{SITE}/record/4060887"

_TABLE = re.compile(r"/record/4060887/files/(\d{4}_\d{1,2}_\d{1,2}_[a-z_]{0,30}voting\.csv)")
_NEEDED = ("undl_id", "ms_code", "ms_vote", "date", "resolution")
_VALUES = {"Y": 1.0, "A": 2.0, "N": 3.0, "X": 8.0, "NV": 8.0}
_FORMER = {"SUN": "RUS", "YUG": "SRB", "SCG": "SRB"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ROWS = 20_000  # of one piece


def fetch(http: Http) -> Iterator[Raw]:
    """The roll calls of the last year."""
    return fetch_since(http, datetime.now(UTC).date() - timedelta(days=366))


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The roll calls since a day, out of the whole table of some 400 MB."""
    named = set(_TABLE.findall(http.get(RECORD).decode("utf-8", "replace")))
    if not named:
        raise LayoutChanged(f"{RECORD} names no table of votes any more; look there and report it")
    latest = max(named, key=lambda name: [int(part) for part in re.findall(r"\d+", name)[:3]])
    data = http.get(f"{RECORD}/files/{latest}", settled=True, text=False)
    found = False
    for piece in _since(data, since):
        found = True
        yield Raw(f"{latest.removesuffix('.csv')}_ga_voting.csv", piece)
    if not found:
        raise FetchError(f"{RECORD} holds no roll call since {since}; look there")


def _since(data: bytes, since: date) -> Iterator[bytes]:
    """The rows from a day on, in pieces with the header; what is no table is given as it is."""
    lines = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", "surrogateescape", newline="")
    csv.field_size_limit(_csv.MOST_CHARACTERS)
    reader = csv.reader(lines)
    try:
        header = next(reader, [])
        if not set(_NEEDED) <= set(header):
            yield data[:100_000]
            return
        day, first = header.index("date"), since.isoformat()
        kept = (row for row in reader if len(row) <= day or row[day] >= first)
        while rows := list(islice(kept, _ROWS)):
            piece = io.StringIO()
            csv.writer(piece).writerows([header, *rows])
            yield piece.getvalue().encode("utf-8", "surrogateescape")
    except csv.Error as error:
        raise LayoutChanged(f"{RECORD}: the table is damaged ({error}); report it") from error


def claims(name: str) -> bool:
    """The library's table of the General Assembly."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith("ga_voting.csv")


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    votes, seen = Flows(NAME, RECORD), set[tuple[str, str]]()
    for row in _csv.rows(raw, NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        reason = _added(votes, cells, seen)
        if reason:
            yield Rejected(NAME, where, reason)
    if len(votes):
        yield votes.table()


def _added(votes: Flows, cells: _csv.Row, seen: set[tuple[str, str]]) -> str:
    """Add a vote; gives why not."""
    code = cells["ms_code"].strip()
    state = coded(_FORMER.get(code, code))
    value = _VALUES.get(cells["ms_vote"].strip().upper())
    number = cells["undl_id"].strip()
    if not _DAY.fullmatch(cells["date"].strip()) or not (number.isascii() and number.isdecimal()):
        return "a vote without a day or a number"
    try:
        day = date.fromisoformat(cells["date"].strip())
    except ValueError:
        return "a vote without a day or a number"
    if state is None or not 1945 <= day.year < 2100:
        return "a voter that is no state of today, or a day that is not of our time"
    if value is None:
        return "a vote that is none of Y, N, A and X"
    if (number, state) in seen:
        return "a second vote of the same state"
    seen.add((number, state))
    note = cells["resolution"].strip()[:60]
    votes.add("vote", (state, ""), (day, day), value, item=f"undl:{number}", unit="vote", note=note)
    return ""


SOURCE = Source(
    name=NAME,
    title="Roll calls of the UN General Assembly, by the UN's own library",
    publisher="",
    licence="United Nations, non-commercial use with attribution. So no figure of it is in the"
    " casebook",
    homepage=RECORD,
    brings="records",
    defects=(
        "written by the published data dictionary; not tried on the real site, which may refuse"
        " programs: then save the table by hand",
        "adopted resolutions only: votes on paragraphs and on drafts that failed are not included",
        "no flags of issues, which `un_votes` has",
        "Germany before 1990, Czechoslovakia and others that are no more are set aside; RUS is also"
        " the Soviet Union, SRB also Yugoslavia",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    redistributable=False,
    fetch_since=fetch_since,
)
