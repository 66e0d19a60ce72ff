"""Each side's share in the other's trade, the partner's rank, and what the trade consists of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from talleyrand import trade_queries as queries
from talleyrand.exposures import industry_names
from talleyrand.model import Dyad
from talleyrand.store import Store

_BASES = {
    "imf_trade": "goods, as the state reports them",
    "us_census": "goods, as the state reports them",
    "itpd": "goods and services, exports and imports",
    "oecd_icio": "intermediate goods and services among 80 economies",
}
_PREFERRED = tuple(_BASES)
_MOST_PARTS = 5
_FEWEST_PARTNERS = 10  # a source with fewer does not have all partners


@dataclass(frozen=True, slots=True)
class Share:
    """The share (0 to 1) of one state's trade that is with the other, in one source and year."""

    of: str
    share: float
    rank: int
    partners: int
    source: str
    year: int

    @property
    def basis(self) -> str:
        """What the share is of."""
        return _BASES[self.source]

    def distance(self, first: date, last: date) -> tuple[int, int]:
        """How far from a window: years off, then by the standing of the source."""
        off = max(first.year - self.year, self.year - last.year, 0)
        return off, _PREFERRED.index(self.source)

    def to_dict(self) -> dict[str, Any]:
        """The share as plain values."""
        return {
            "of": self.of,
            "share": self.share,
            "rank": self.rank,
            "partners": self.partners,
            "source": self.source,
            "year": self.year,
            "basis": self.basis,
        }


def ranked_shares(store: Store, dyad: Dyad, first: date, last: date) -> Iterator[Share]:
    """Either state's share with the other: of each source the year nearest to the window."""
    for of, other in ((dyad.sender, dyad.target), (dyad.target, dyad.sender)):
        every = shares_of(store, of, other)
        for source in _PREFERRED:
            own = [share for share in every if share.source == source]
            if own:
                yield min(own, key=lambda share: (*share.distance(first, last), -share.year))


def shares_of(store: Store, of: str, other: str) -> list[Share]:
    """The share of one state's trade with another, in every source and year."""
    tables: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for row in store.rows(queries.PARTNERS, state=of):
        if row["partner"] != of:
            tables[row["source"], row["year"]][row["partner"]] = row["value"]
    found = []
    for (source, year), partners in sorted(tables.items()):
        whole, own = sum(partners.values()), partners.get(other)
        if own is None or len(partners) < _FEWEST_PARTNERS or not whole:
            continue
        rank = 1 + sum(value > own for value in partners.values())
        found.append(Share(of, own / whole, rank, len(partners), source, year))
    return found


def best(shares: Sequence[Share], of: str, first: date, last: date) -> Share | None:
    """The share of a state that is nearest to a window."""
    own = [share for share in shares if share.of == of]
    return min(own, key=lambda share: share.distance(first, last), default=None)


def composition(store: Store, dyad: Dyad, first: date, last: date) -> Iterator[dict[str, Any]]:
    """What is traded: products in the window (Eurostat), and industries of the OECD's year."""
    yield from _products(store, dyad, first, last)
    rows = store.rows(queries.INDUSTRIES, sender=dyad.sender, target=dyad.target)
    names = industry_names()
    for seller in (dyad.sender, dyad.target):
        own = [row for row in rows if row["seller"] == seller]
        whole = sum(row["value"] for row in own)
        for row in own[:_MOST_PARTS]:
            yield {
                "seller": seller,
                "code": row["item"],
                "name": names.get(row["item"], row["item"]),
                "share": row["value"] / whole,
                "value": row["value"],
                "unit": "USD",
                "source": "oecd_icio",
                "period": str(row["year"]),
                "basis": _BASES["oecd_icio"],
            }


def _products(store: Store, dyad: Dyad, first: date, last: date) -> Iterator[dict[str, Any]]:
    rows = store.rows(
        queries.PRODUCTS, sender=dyad.sender, target=dyad.target, first=first, last=last
    )
    whole = {(r["reporter"], r["kind"]): r["value"] for r in rows if r["item"] == "goods"}
    for row in rows:
        total = whole.get((row["reporter"], row["kind"]))
        if row["item"] == "goods" or not total:
            continue
        partner = dyad.target if row["reporter"] == dyad.sender else dyad.sender
        yield {
            "seller": row["reporter"] if row["kind"] == "exports" else partner,
            "code": row["item"],
            "name": {"HS27": "mineral fuels"}.get(row["item"], row["item"]),
            "share": row["value"] / total,
            "value": row["value"],
            "unit": "EUR",
            "source": "eurostat",
            "period": f"{first} to {last}",
            "basis": "goods",
        }
