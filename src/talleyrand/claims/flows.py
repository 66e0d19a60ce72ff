"""Measures of trade: value, growth, shares, rank, dependence and composition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from talleyrand.claims import periods
from talleyrand.claims.model import Measured
from talleyrand.errors import InputError
from talleyrand.exposures import industry_names
from talleyrand.states import name, resolve
from talleyrand.store import Store
from talleyrand.trade_shares import Share, best, shares_of
from talleyrand.trading import Reading, Trade, ask

_INDUSTRIES = """
SELECT item, sum(value) AS value, min(url) AS url, year(start_date) AS year FROM records
WHERE source = 'oecd_icio' AND sender = $seller AND target = $buyer GROUP BY ALL
"""


def value(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Billions of dollars (or of the source's currency) traded in a period."""
    found = _trade(store, asked)
    one = found.chosen
    if one is None:
        return _missing(found, asked)
    told = f"{_pair(found)} traded {one.value / 1e9:,.1f} billion {one.unit} in {_period(asked)}"
    return Measured(one.value / 1e9, f"{told} ({one.source})", f"billion {one.unit}",
                    figures=one.to_dict(), evidence=one.evidence)  # fmt: skip


def growth(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Percent on the same months of the year before.

    `vintage` is "reported" (as the office gave it; the default where there is one) or "computed"
    (from the two first releases).
    """
    found = _trade(store, asked)
    readings = [r for r in found.readings if r.growth is not None and _is_of(r, asked)]
    if not readings:
        return _missing(found, asked)
    one = readings[0]
    told = f"trade of {_pair(found)} grew {one.growth:+.1f} % in {_period(asked)} ({one.vintage})"
    return Measured(one.growth, told, "percent", figures=one.to_dict(), evidence=one.evidence)


def growth_nearby(asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The other vintage, then windows that end or begin some months earlier or later."""
    for vintage in ("reported", "computed"):
        if vintage != asked.get("vintage"):
            yield {**asked, "vintage": vintage}
    yield from periods.near(asked)


def share(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Percent of a state's trade that is with the other in a year."""
    found = _share(store, asked)
    if found is None:
        return _no_share(asked)
    told = (
        f"{100 * found.share:.1f} % of {name(found.of)}'s trade was with {name(_other(asked))}"
        f" in {found.year} ({found.source}: {found.basis})"
    )
    return Measured(100 * found.share, told, "percent", figures=found.to_dict())


def rank(store: Store, asked: Mapping[str, Any]) -> Measured:
    """The other's rank among a state's trade partners in a year."""
    found = _share(store, asked)
    if found is None:
        return _no_share(asked)
    told = (
        f"{name(_other(asked))} was trade partner number {found.rank} of {found.partners} of"
        f" {name(found.of)} in {found.year} ({found.source}: {found.basis})"
    )
    return Measured(found.rank, told, "rank", figures=found.to_dict())


def industries(store: Store, asked: Mapping[str, Any]) -> Measured:
    """Percent of what one state sells another that comes from some industries, by code or word."""
    seller, buyer = resolve(asked["sender"]), resolve(asked["target"])
    rows = store.rows(_INDUSTRIES, seller=seller, buyer=buyer)
    if not rows:
        return Measured(None, f"no flows from {name(seller)} to {name(buyer)} by industry")
    chosen = _chosen(asked["industries"])
    whole = sum(row["value"] for row in rows)
    own = sum(row["value"] for row in rows if row["item"] in chosen)
    names = ", ".join(chosen.values())
    told = (
        f"{100 * own / whole:.0f} % of the intermediate goods and services that {name(seller)}"
        f" sold to {name(buyer)} in {rows[0]['year']} came from: {names}"
    )
    return Measured(100 * own / whole, told, "percent", figures={"industries": list(chosen)})


def _chosen(wanted: str) -> dict[str, str]:
    """Industries by code or part of their name, with commas between."""
    found: dict[str, str] = {}
    for one in (part.strip().lower() for part in wanted.split(",")):
        own = {c: n for c, n in industry_names().items() if one == c.lower() or one in n}
        if not own:
            raise InputError(
                f"no industry {one!r}; there are {', '.join(industry_names().values())}"
            )
        found |= own
    return found


def _trade(store: Store, asked: Mapping[str, Any]) -> Trade:
    return ask(store, asked["sender"], asked["target"], asked["from"], asked["to"])


def _is_of(reading: Reading, asked: Mapping[str, Any]) -> bool:
    wanted = asked.get("vintage")
    reported = "as reported" in reading.vintage
    return wanted is None or (wanted == "reported") is reported


def _share(store: Store, asked: Mapping[str, Any]) -> Share | None:
    """The share in the source and year asked for, else in the best source of that year."""
    year, source = int(asked["year"]), asked.get("source")
    every = shares_of(store, resolve(asked["sender"]), _other(asked))
    own = [s for s in every if s.year == year and source in (None, s.source)]
    return best(own, resolve(asked["sender"]), date(year, 1, 1), date(year, 12, 31))


def _no_share(asked: Mapping[str, Any]) -> Measured:
    who = name(resolve(asked["sender"]))
    return Measured(None, f"no trade of {who} with all its partners is on record for"
                          f" {asked['year']}")  # fmt: skip


def _missing(found: Trade, asked: Mapping[str, Any]) -> Measured:
    return Measured(None, f"no trade of {_pair(found)} on record for {_period(asked)}")


def _other(asked: Mapping[str, Any]) -> str:
    return resolve(asked["target"])


def _pair(found: Trade) -> str:
    return f"{name(found.dyad.sender)} and {name(found.dyad.target)}"


def _period(asked: Mapping[str, Any]) -> str:
    return periods.worded(asked)
