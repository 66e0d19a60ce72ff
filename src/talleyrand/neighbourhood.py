"""How evenly two powers share the ties of the states between them, by component and year.

A *tie* is what a component counts of one power with one third state; the *evenness* of two ties is
4ab / (a + b)^2: 1 where they are equal, .75 where one is three times the other, 0 where one has
all (twice the Gini-Simpson index of two shares; Simpson 1949, Nature 163:688). It tells how evenly
ties are shared, neither how large they are nor whether anybody minds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from talleyrand import neighbourhood_queries as queries
from talleyrand.inference.agreement import pair
from talleyrand.model import Evidence
from talleyrand.store import Row, Store

Asked = dict[str, Any]

# Pairs of powers with a neighbourhood of their own where none is named.
NEIGHBOURHOODS: dict[frozenset[str], tuple[str, ...]] = {
    frozenset({"CHN", "RUS"}): ("KAZ", "KGZ", "TJK", "TKM", "UZB"),
}
CODES = ("sovereignty_territorial_integrity", "mutual_support")  # what reassures a third state
ORGANS = ("cctv", "whitehouse", "kremlin", "president_ukraine")  # which report all contacts
ARMS = ("sipri_arms", "arms_delivery")  # source and kind of the records of arms delivered
DIVIDED = ("trade", "contacts", "arms")  # what one power has the other has not
_DATASET = "https://doi.org/10.7910/DVN/LEJUQZ"
_FEWEST_PARTNERS = 10  # a source with fewer does not have all of a state's partners
_FEWEST_DAYS = 10  # of publication, in a month that counts as covered
_FEWEST_CONTACTS = 4  # of both powers with one state in a year, to tell how they share them
_FEWEST_READ_OUTS = 2  # of either power with one state in a year, to tell how many reassure
_FEWEST_VOTES = 20


@dataclass(frozen=True, slots=True)
class Tie:
    """What one component says of two powers and a third state in a year.

    `one` and `other` are what either power has, in `unit`; `evenness` is None where there is too
    little to tell or the component is not divided. `year` of votes is that the session began in.
    """

    component: str
    source: str
    state: str
    year: int
    one: float
    other: float
    unit: str
    evenness: float | None
    counts: tuple[int, int] | None = None  # how many read-outs stand behind either figure
    evidence: tuple[Evidence, ...] = ()

    @property
    def gap(self) -> float:
        """How much more the one power has than the other, in `unit`."""
        return self.one - self.other


def evenness(one: float, other: float) -> float | None:
    """From 0 (one has all) to 1 (equal); below zero counts as none, and None where neither has."""
    first, second = max(one, 0.0), max(other, 0.0)
    both = first + second
    return 4 * (first / both) * (second / both) if both > 0 else None


def ties(
    store: Store, one: str, other: str, within: Sequence[str], components: Sequence[str] = ()
) -> list[Tie]:
    """Every tie on record of two powers with the third states `within` (ISO3), in order.

    `components` are those looked at; all where none is named.
    """
    asked: Asked = {"one": one, "other": other, "within": list(within)}
    wanted = [COMPONENTS[name] for name in components or COMPONENTS]
    found = [tie for component in wanted for tie in component(store, asked)]
    order = list(COMPONENTS)
    return sorted(found, key=lambda t: (order.index(t.component), t.source, t.year, t.state))


def _trade(store: Store, asked: Asked) -> Iterator[Tie]:
    """Percent of a third state's trade that is with either power: each source by itself."""
    for row in store.rows(queries.TRADE, **asked, fewest=_FEWEST_PARTNERS):
        if row["one"] is None or row["other"] is None or not row["whole"]:
            continue
        one, other = (100 * row[power] / row["whole"] for power in ("one", "other"))
        told = f"{asked['one']} {one:.1f} %, {asked['other']} {other:.1f} % of its trade"
        day = date(row["year"], 1, 1)
        known = Evidence(f"{row['source']}:{row['state']}-{day.year}", row["url"], day, quote=told)
        yield Tie("trade", row["source"], row["state"], day.year, one, other, "% of its trade",
                  evenness(one, other), evidence=(known,))  # fmt: skip


def _read_outs(store: Store, asked: Asked) -> dict[int, list[Row]]:
    """Read-outs of either power by year, of the months in which both are covered."""
    powers = {key: asked[key] for key in ("one", "other")}
    months = [
        row["month"]
        for row in store.rows(queries.COVERED, **powers, organs=list(ORGANS), days=_FEWEST_DAYS)
    ]
    both = {month for month in months if months.count(month) == 2}
    years: dict[int, list[Row]] = defaultdict(list)
    for row in store.rows(queries.READ_OUTS, **powers, codes=list(CODES)):
        if row["day"].replace(day=1) in both:
            years[row["day"].year].append(row)
    return years


def _contacts(store: Store, asked: Asked) -> Iterator[Tie]:
    """Percent of either power's contacts that are with a third state: organs differ in reach."""
    for year, rows in _read_outs(store, asked).items():
        whole = [sum(row["sender"] == asked[power] for row in rows) for power in ("one", "other")]
        for state, own in _by_state(rows, asked):
            counts = len(own[0]), len(own[1])
            if not all(whole):
                continue
            one, other = (100 * n / all_ for n, all_ in zip(counts, whole, strict=True))
            even = evenness(one, other) if sum(counts) >= _FEWEST_CONTACTS else None
            seen = tuple(_seen(row, "contact") for side in own for row in side)
            yield Tie("contacts", "read-outs", state, year, one, other, "% of its contacts", even,
                      counts, seen)  # fmt: skip


def _reassurance(store: Store, asked: Asked) -> Iterator[Tie]:
    """Percent of either power's read-outs with a third state that reassure it."""
    for year, rows in _read_outs(store, asked).items():
        for state, own in _by_state(rows, asked):
            counts = len(own[0]), len(own[1])
            if min(counts) < _FEWEST_READ_OUTS:
                continue
            said = [[row for row in side if row["reassures"]] for side in own]
            one, other = (100 * len(s) / n for s, n in zip(said, counts, strict=True))
            seen = tuple(_seen(row, "reassures") for side in said for row in side)
            yield Tie("reassurance", "read-outs", state, year, one, other, "% of read-outs",
                      None, counts, seen)  # fmt: skip


def _by_state(rows: Sequence[Row], asked: Asked) -> Iterator[tuple[str, list[list[Row]]]]:
    """Of each third state the rows of the one power and of the other."""
    for state in asked["within"]:
        own = [row for row in rows if row["state"] == state]
        if own:
            sides = [[r for r in own if r["sender"] == asked[p]] for p in ("one", "other")]
            yield state, sides


def reassured(store: Store, one: str, other: str, within: Sequence[str]) -> list[Row]:
    """Every text of either power that reassures a third state: sender, state, day, codes, url."""
    asked = {"one": one, "other": other, "within": list(within), "codes": list(CODES)}
    return store.rows(queries.REASSURED, **asked)


def _votes(store: Store, asked: Asked) -> Iterator[Tie]:
    """A third state's agreement with either power in the UN by session, beyond chance."""
    rows = store.table(queries.VOTES, **asked).to_pydict()
    calls: dict[tuple[str, int], list[tuple[float, float, float]]] = defaultdict(list)
    parts = (rows[name] for name in ("state", "day", "vote", "one", "other"))
    for state, day, *cast in zip(*parts, strict=True):
        calls[state, day.year - (day.month < 9)].append(tuple(cast))
    for (state, year), cast in calls.items():
        votes = np.array(cast)
        first, second = (pair(votes[:, 0], votes[:, place]) for place in (1, 2))
        if min(first.n, second.n) < _FEWEST_VOTES:
            continue
        one, other = float(first.value), float(second.value)
        if not (np.isfinite(one) and np.isfinite(other)):
            continue
        told = f"agreement {one:.2f} and {other:.2f} over {len(cast)} roll calls"
        known = Evidence(f"un_votes:{state}-{year}", _DATASET, date(year, 9, 1), quote=told)
        yield Tie("votes", "un_votes", state, year, one, other, "agreement", None,
                  evidence=(known,))  # fmt: skip


def _arms(store: Store, asked: Asked) -> Iterator[Tie]:
    """Arms delivered by either power, where the register of arms is in the store."""
    source, kind = ARMS
    span = store.rows(queries.ARMS_SPAN, source=source, kind=kind)[0]
    if span["first"] is None:
        return
    sent: dict[tuple[str, int], dict[str, Row]] = defaultdict(dict)
    for row in store.rows(queries.ARMS, **asked, source=source, kind=kind):
        sent[row["state"], row["year"]][row["sender"]] = row
    for (state, year), rows in sent.items():
        one, other = (
            rows[asked[p]]["value"] if asked[p] in rows else 0.0 for p in ("one", "other")
        )
        seen = tuple(
            Evidence(f"{source}:{sender}-{state}-{year}", row["url"], date(year, 1, 1),
                     row["value"], f"{sender} delivered {row['value']:g} million TIV")
            for sender, row in rows.items()
        )  # fmt: skip
        yield Tie("arms", source, state, year, one, other, "million TIV", evenness(one, other),
                  evidence=seen)  # fmt: skip


def _seen(row: Row, what: str) -> Evidence:
    return Evidence(row["id"], row["url"], row["day"], quote=f"{row['sender']}: {what}")


COMPONENTS: dict[str, Callable[[Store, Asked], Iterator[Tie]]] = {
    "trade": _trade,
    "contacts": _contacts,
    "reassurance": _reassurance,
    "votes": _votes,
    "arms": _arms,
}
