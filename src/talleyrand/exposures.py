"""Who is hit if a coalition's sanctions on one economy reach those who trade with it.

The flows are those of the OECD's input-output tables: what industries of 80 economies sold to
industries of each other in one year. `talleyrand.inference.cascade` tells how it spreads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talleyrand import provenance, states
from talleyrand.errors import InputError
from talleyrand.inference.cascade import Assumptions, Cascade, cascade, shares
from talleyrand.model import Casebook
from talleyrand.store import Store
from talleyrand.territories import rows as table_rows

# The band: every combination of these, beside what was assumed.
SUBSTITUTIONS = (0.25, 0.5, 0.75)
THRESHOLDS = (2.0, 5.0, 20.0)
USUAL = Assumptions()
_MOST_INDUSTRIES = 5  # named for one economy

_FLOWS = """
SELECT sender, target, item, value, start_date FROM records
WHERE kind = 'intermediate' AND start_date =
  (SELECT max(start_date) FROM records WHERE kind = 'intermediate')
"""
_LISTED = """
SELECT start_date AS day, count(DISTINCT split_part(item, ':', 1)) AS entries, min(url) AS url
FROM records WHERE kind = 'listed' AND target = $target
GROUP BY start_date ORDER BY start_date
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flows:
    """The table: `values` is industries by sellers by buyers, in US dollars."""

    economies: tuple[str, ...]
    industries: tuple[str, ...]
    values: Floats
    year: int

    @cached_property
    def partners(self) -> Floats:
        """Each economy's cross-border trade by partner: see `cascade.shares`."""
        return shares(self.values.sum(axis=0))

    @cached_property
    def trade(self) -> Floats:
        """Each economy's cross-border trade, sales and purchases together, in US dollars."""
        flows = self.values.sum(axis=0)
        both: Floats = flows + flows.T
        whole: Floats = both.sum(axis=1) - np.diagonal(both)
        return whole

    def place(self, state: str) -> int:
        """Where an economy stands; raises InputError."""
        if state not in self.economies:
            raise InputError(
                f"{states.name(state)} ({state}) is not among the {len(self.economies)} economies"
                f" of the input-output table; there are {' '.join(self.economies)}"
            )
        return self.economies.index(state)


@dataclass(frozen=True, slots=True)
class Hit:
    """One economy: what of its cross-border trade is exposed, as shares and in US dollars.

    `direct` is its trade with the target, `total` that and the later rounds, `interval` the least
    and the most of the total over the assumptions tried. `with_coalition` is the other side of
    its choice: the share of its trade with the coalition. `role` is "target", "coalition",
    "complies" or "goes on". `industries` are the most exposed of its selling and buying, by the
    industry that sells: (code, share of all its cross-border trade).
    """

    state: str
    role: str
    direct: float
    total: float
    by_round: tuple[float, ...]
    interval: tuple[float, float]
    with_coalition: float
    trade_usd: float
    industries: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """The whole answer, before it is rendered."""

    target: str
    by: tuple[str, ...]  # the coalition as named: states and groups
    coalition: tuple[str, ...]
    absent: tuple[str, ...]  # members of the coalition that the table lacks
    assumed: Assumptions
    year: int
    economies: tuple[Hit, ...]  # the target first, then the most exposed
    listed: tuple[tuple[date, int, str], ...]  # entries of a sanctions list, by its day
    casebook: Casebook
    version: str

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values: the JSON contract."""
        return {
            "target": self.target,
            "by": list(self.by),
            "coalition": list(self.coalition),
            "absent": list(self.absent),
            "year": self.year,
            "assumptions": {
                **asdict(self.assumed),
                "band": {"substitution": list(SUBSTITUTIONS), "threshold": list(THRESHOLDS)},
                "share_of": "cross-border intermediate trade, sales and purchases",
            },
            "economies": [self._economy(hit) for hit in self.economies],
            "listed": [
                {"date": day.isoformat(), "entries": entries, "url": url}
                for day, entries, url in self.listed
            ],
            "casebook": provenance.told(self.casebook),
            "version": self.version,
        }

    @staticmethod
    def _economy(hit: Hit) -> dict[str, Any]:
        return {
            "state": hit.state,
            "role": hit.role,
            "direct": hit.direct,
            "total": hit.total,
            "by_round": list(hit.by_round),
            "interval": list(hit.interval),
            "with_coalition": hit.with_coalition,
            "direct_usd": hit.direct * hit.trade_usd,
            "total_usd": hit.total * hit.trade_usd,
            "trade_usd": hit.trade_usd,
            "industries": [
                {"code": code, "name": industry_names().get(code, code), "share": share}
                for code, share in hit.industries
            ],
        }


def ask(store: Store, target: str, by: Sequence[str], assumed: Assumptions = USUAL) -> Exposure:
    """The exposure to sanctions on `target` (ISO3) by the members and groups named."""
    flows = read(store)
    named = tuple(_by_code(one.strip()) for one in by if one.strip())
    coalition, absent = members(flows, named)
    if target in coalition:
        raise InputError(f"{target} cannot be a member of the coalition against it")
    hits = exposures(flows, target, coalition, assumed)
    listed = store.rows(_LISTED, target=target)
    return Exposure(
        target=target,
        by=named,
        coalition=coalition,
        absent=absent,
        assumed=assumed,
        year=flows.year,
        economies=tuple(hits),
        listed=tuple((row["day"], row["entries"], row["url"]) for row in listed),
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
    )


def read(store: Store) -> Flows:
    """The latest table of a store; raises InputError where there is none."""
    table = store.table(_FLOWS)
    if not table.num_rows:
        raise InputError(
            "no input-output table is in this store; run: talleyrand ingest oecd_icio FILE"
        )
    sellers, buyers, industries = (
        table.column(name).combine_chunks().dictionary_encode()
        for name in ("sender", "target", "item")
    )
    economies = sorted({*sellers.dictionary.to_pylist(), *buyers.dictionary.to_pylist()})
    kinds = sorted(industries.dictionary.to_pylist())
    values = np.zeros((len(kinds), len(economies), len(economies)))
    places = (_places(industries, kinds), _places(sellers, economies), _places(buyers, economies))
    values[places] = _plain(table.column("value").combine_chunks(), np.float64)
    year = table.column("start_date")[0].as_py().year
    return Flows(tuple(economies), tuple(kinds), values, year)


def _places(encoded: Any, names: list[str]) -> NDArray[np.intp]:
    """Where each value of a column stands among sorted names."""
    own = np.array([names.index(name) for name in encoded.dictionary.to_pylist()], np.intp)
    placed: NDArray[np.intp] = own[_plain(encoded.indices, np.int32)]
    return placed


def _plain(column: Any, kind: Any) -> NDArray[Any]:
    """A column without gaps as an array; pyarrow's own way would import pandas, which is slow."""
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def exposures(
    flows: Flows, target: str, coalition: Sequence[str], assumed: Assumptions = USUAL
) -> list[Hit]:
    """Every economy's exposure: the target first, then by what is exposed in all."""
    at = flows.place(target)
    sanction = np.isin(flows.economies, list(coalition))
    found = cascade(flows.partners, at, sanction, assumed)
    band = [cascade(flows.partners, at, sanction, other).total for other in _band(assumed)]
    low, high = np.min(band, axis=0), np.max(band, axis=0)
    by_industry = _by_industry(flows, found)
    order = sorted(range(len(flows.economies)), key=lambda i: (i != at, -found.total[i]))
    return [
        Hit(
            state=flows.economies[i],
            role=_role(i, at, sanction, found),
            direct=float(found.by_round[i, 0]),
            total=float(found.total[i]),
            by_round=tuple(map(float, found.by_round[i])),
            interval=(float(low[i]), float(high[i])),
            with_coalition=float(flows.partners[i, sanction].sum()),
            trade_usd=float(flows.trade[i]),
            industries=tuple(_most(flows.industries, by_industry[:, i])),
        )
        for i in order
    ]


def _band(assumed: Assumptions) -> Iterator[Assumptions]:
    yield assumed
    for substitution, threshold in product(SUBSTITUTIONS, THRESHOLDS):
        yield replace(assumed, substitution=substitution, threshold=threshold)


def _by_industry(flows: Flows, found: Cascade) -> Floats:
    """What is exposed by the industry that sells, industries by economies; sums to the totals."""
    away = found.weights.copy()
    np.fill_diagonal(away, 0.0)
    sold = np.einsum("kij,ij->ki", flows.values, away)
    bought = np.einsum("kji,ij->ki", flows.values, away)
    whole = np.where(flows.trade > 0, flows.trade, 1.0)
    exposed: Floats = (sold + bought) / whole
    return exposed


def _most(industries: Sequence[str], exposed: Floats) -> Iterator[tuple[str, float]]:
    for k in np.argsort(-exposed)[:_MOST_INDUSTRIES]:
        if exposed[k] > 0:
            yield industries[k], float(exposed[k])


def _role(i: int, target: int, members: NDArray[np.bool_], found: Cascade) -> str:
    if i == target:
        return "target"
    if members[i]:
        return "coalition"
    return "goes on" if found.passes[i] else "complies"


def _by_code(name: str) -> str:
    """A group in capitals, or the ISO3 code of a state."""
    group = name.upper()
    return group if group in states.groups() else states.resolve(name)


def members(flows: Flows, by: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The economies of the table that states and groups stand for, and those it lacks."""
    named: dict[str, None] = {}
    for one in by:
        group = one.strip().upper() in states.groups()
        found = sorted(states.members(one.strip())) if group else [states.resolve(one)]
        named.update(dict.fromkeys(found))
    present = tuple(state for state in named if state in flows.economies)
    return present, tuple(state for state in named if state not in flows.economies)


def industry_names() -> dict[str, str]:
    """What the codes of industries mean (ISIC Rev. 4, in the OECD's grouping)."""
    return {row["code"]: row["name"] for row in table_rows("report/industries.csv")}
