"""Obligations of alliance treaties in force between two states, by year, 1815-2018 (ATOP).

The table has a row a directed pair and year with at least one alliance in force, and five flags:
defense, offense, neutrality, nonaggression, consultation. Years in a row become one record of
kind `obligation` from the first day to the last of the spell. Which treaty stands behind it the
table does not say. Leeds, Ritter, Mitchell and Long (2002), International Interactions 28:237-260.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources._flows import Flows, partner
from talleyrand.sources._spells import spells

NAME = "atop"
PAGE = "http://www.atopdata.org"
OBLIGATIONS = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}

_LEAD = ("ccode1", "ccode2", "year")
_NOT_IT = "not the table expected: no pairs by year"


def fetch(http: Http) -> Iterator[Raw]:
    """The data come as an archive of Stata files; raises FetchError that says what to do."""
    raise FetchError(
        f"download the data from {PAGE}, save the directed dyad-years as Parquet with the columns"
        f" {', '.join((*_LEAD, *OBLIGATIONS))}, then run: talleyrand ingest {NAME} FILE"
    )


def claims(name: str) -> bool:
    """The table of pairs by year."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".parquet") and "atop" in last and "dyad" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of spells."""
    rows = _rows(raw)
    if rows is None:
        yield Rejected(NAME, raw.name, _NOT_IT)
        return
    flows = Flows(NAME, PAGE)
    years: dict[tuple[str, str, str], list[int]] = {}
    for number, row in enumerate(rows):
        pair = _pair(row)
        if isinstance(pair, str):
            yield Rejected(NAME, f"{raw.name}:{number}", pair)
            continue
        for column, name in OBLIGATIONS.items():
            if row[column] == 1:
                years.setdefault((*pair, name), []).append(int(row["year"]))
    for (sender, target, name), held in sorted(years.items()):
        for first, last in spells(held):
            span = date(first, 1, 1), date(last, 12, 31)
            flows.add("obligation", (sender, target), span, 1.0, item=name, unit="in force")
    if len(flows):
        yield flows.table()


def _rows(raw: Raw) -> list[dict[str, Any]] | None:
    """The rows of a Parquet table with the columns needed; None where it is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(raw.data), columns=[*_LEAD, *OBLIGATIONS])
    except (pa.ArrowException, OSError, KeyError, ValueError):
        return None
    if set(table.column_names) != {*_LEAD, *OBLIGATIONS}:
        return None
    return list(table.to_pylist())


def _pair(row: dict[str, Any]) -> tuple[str, str] | str:
    """The two states of a row, or why there are none."""
    if not all(isinstance(row[name], int | float) and row[name] == row[name] for name in _LEAD):
        return "a row without a pair and a year"
    if not 1815 <= row["year"] < 2100:
        return "a row without a pair and a year"
    sender, target = (partner(f"{int(row[name])}") for name in _LEAD[:2])
    if sender is None or target is None:
        return "a state that is no more and has no successor"
    return (sender, target) if sender != target else "two states that are one today"


SOURCE = Source(
    name=NAME,
    title="Alliance Treaty Obligations and Provisions by pair and year (ATOP)",
    publisher="",
    licence="published for research, no terms of redistribution stated;"
    " cite Leeds, Ritter, Mitchell and Long 2002; the casebook has spells derived from it",
    homepage=PAGE,
    brings="records",
    defects=(
        "ends in 2018: later years are a gap, not the end of an alliance",
        "the casebook has it from 1945 on",
        "written alliances only: a partnership or a declaration without one of the five"
        " obligations is absent; which treaty stands behind an obligation is not told",
        "a year counts whole where a treaty was in force on any of its days",
        "by seat of government: CHN before 1949 is the Republic of China; RUS is also the Soviet"
        " Union, DEU also West Germany, SRB also Yugoslavia",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
    complete=True,
)
