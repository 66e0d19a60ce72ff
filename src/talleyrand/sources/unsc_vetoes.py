"""Vetoes in the UN Security Council, 1946 to July 2022: who cast them, on what, when.

A record of kind `veto` for each member that vetoed a draft. Two records with the same item are a
shared veto. The Soviet Union is RUS.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Record, Rejected, Source
from talleyrand.sources import _csv

NAME = "unsc_vetoes"
PAGE = "https://research.un.org/en/docs/sc/quick/veto"

_MEMBERS = {"China": "CHN", "France": "FRA", "Russia": "RUS", "USSR": "RUS", "UK": "GBR",
            "USA": "USA"}  # fmt: skip
_CAST = ("member_veto1", "member_veto2", "member_veto3")
_NEEDED = ("date", "draft", "crisis_topic", *_CAST)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def fetch(http: Http) -> Iterator[Raw]:
    """The UN publishes a page, no table; raises FetchError that says what to do."""
    raise FetchError(
        f"tabulate the vetoes listed at {PAGE} with the columns {', '.join(_NEEDED)}, then run:"
        f" talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of vetoes."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "vetoes" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """A record a veto and member; drafts put to the vote more than once are numbered."""
    text = raw.data.decode("utf-8-sig" if _is_utf8(raw.data) else "cp1252", "replace")
    seen: Counter[tuple[str, date]] = Counter()
    for row in _csv.rows(Raw(raw.name, text.encode(), raw.before), NAME, _NEEDED):
        if isinstance(row, Rejected):
            yield row
            continue
        where, cells = row
        day = _day(cells["date"])
        named = {cells[column].strip() for column in _CAST} - {""}
        cast = {_MEMBERS[name] for name in named if name in _MEMBERS}
        draft = cells["draft"].strip()
        if day is None or not draft:
            yield Rejected(NAME, where, "a veto without a date or a draft")
        elif not cast or not named <= set(_MEMBERS):
            yield Rejected(NAME, where, "a veto of no permanent member")
        else:
            seen[draft, day] += 1
            again = f" #{seen[draft, day]}" if seen[draft, day] > 1 else ""
            for member in sorted(cast):
                yield Record(NAME, "veto", member, "", draft + again, day, day, 1.0, "veto",
                             url=PAGE, note=cells["crisis_topic"].strip())  # fmt: skip


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


SOURCE = Source(
    name=NAME,
    title="Vetoes in the UN Security Council",
    publisher="",
    licence="facts of the public record of the United Nations; cite the UN Digital Library",
    homepage=PAGE,
    brings="records",
    defects=(
        "the last veto on record is of 8 July 2022: that of 30 September 2022 and later ones are"
        " absent",
        "a draft that was never put to the vote for fear of a veto is none",
        "not UTF-8: read as Windows-1252",
        "the table's yes-or-no columns of 26 vetoes miss a member that its columns of names have:"
        " the names are used",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    complete=True,
)
