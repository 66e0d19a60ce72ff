"""Formal alliances by member, 1816-2012: Correlates of War, version 4.1.

A row is one state's membership of one alliance, with its own obligations: defense, neutrality,
nonaggression, entente. Two members at the same time give a record of kind `alliance` from each to
the other for each obligation of the sender, from the day both were in to the day one was out.
Gibler (2009), International Military Alliances 1648-2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv
from talleyrand.sources._flows import Flows, partner

NAME = "cow_alliances"
PAGE = "https://correlatesofwar.org/data-sets/formal-alliances/"
OBLIGATIONS = ("defense", "neutrality", "nonaggression", "entente")
END = date(2012, 12, 31)  # of version 4.1

_NEEDED = ("version4id", "ccode", "right_censor", *OBLIGATIONS) + tuple(
    f"mem_{end}_{part}" for end in ("st", "end") for part in ("year", "month", "day")
)


@dataclass(frozen=True, slots=True)
class _Member:
    state: str
    first: date
    last: date
    open: bool
    owes: tuple[str, ...]


def fetch(http: Http) -> Iterator[Raw]:
    """The data come as an archive; raises FetchError that says what to do."""
    raise FetchError(
        f"download the alliances by member from {PAGE}, then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table by member."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and "alliance" in last and "member" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table."""
    alliances: dict[str, list[_Member]] = {}
    for row in _csv.rows(raw, NAME, _NEEDED):
        member = row if isinstance(row, Rejected) else _member(*row)
        if isinstance(member, Rejected):
            yield member
            continue
        assert not isinstance(row, Rejected)
        alliances.setdefault(row[1]["version4id"].strip(), []).append(member)
    flows = Flows(NAME, PAGE)
    for number, members in alliances.items():
        for one, other in permutations(members, 2):
            _add(flows, number, one, other)
    if len(flows):
        yield flows.table()


def _add(flows: Flows, number: str, one: _Member, other: _Member) -> None:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last or one.state == other.state:
        return
    note = "in force when the data end" if one.open and other.open else ""
    for name in one.owes:
        flows.add("alliance", (one.state, other.state), (first, last), 1.0,
                  item=f"{name} (alliance {number})", unit="in force", note=note)  # fmt: skip


def _member(where: str, cells: _csv.Row) -> _Member | Rejected:
    state = partner(cells["ccode"].strip())
    is_open = cells["right_censor"].strip() == "1"
    first = _day(cells, "st")
    last = END if is_open else _day(cells, "end")
    if state is None:
        return Rejected(NAME, where, "a state that is no more and has no successor")
    if first is None or last is None or last < first:
        return Rejected(NAME, where, "a membership without days")
    owes = tuple(name for name in OBLIGATIONS if cells[name].strip() == "1")
    return _Member(state, first, last, is_open, owes)


def _day(cells: _csv.Row, end: str) -> date | None:
    try:
        return date(*(int(cells[f"mem_{end}_{part}"]) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None


SOURCE = Source(
    name=NAME,
    title="Formal alliances by member (Correlates of War 4.1)",
    publisher="",
    licence="Correlates of War terms: non-commercial, cite Gibler 2009, no distribution to others."
    " So no record of it is in the casebook: ingest the table into a store",
    homepage=PAGE,
    brings="records",
    defects=(
        "ends in 2012: what was in force then is open, later years are a gap",
        "it has no alliance of China with Russia in the treaty of 2001, which ATOP codes as"
        " nonaggression and consultation",
        "states without a successor are set aside; RUS is also the Soviet Union, SRB Yugoslavia",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    redistributable=False,
    complete=True,
)
