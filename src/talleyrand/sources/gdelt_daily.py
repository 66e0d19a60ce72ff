"""GDELT by pair and day: one composite of Goldstein score and news volume, without direction.

The published figure is a sum over events, so it grows with the news of a day. Here each is divided
by all pairs' absolute figures of the day and given in thousandths, then averaged over the days of
a month that are in the table: a missing day is a gap, never a zero, but a pair that a day in the
table lacks had no event. The two states of a pair are in order of their codes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.states import all_states

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "gdelt_daily"
HOMEPAGE = "https://www.gdeltproject.org/data.html"

_COLUMNS = {"date", "a", "b", "w"}
_LARGEST = 1e9
_EARLIEST, _LATEST = date(1900, 1, 1), date(2099, 12, 31)


def fetch(http: Http) -> Iterator[Raw]:
    """There is no fixed address of the table; raises FetchError that says what to do."""
    raise FetchError(
        "the daily composite is summed from GDELT's events (see docs/events.md): make a Parquet"
        " file of date, a, b and w, then run: talleyrand ingest gdelt_daily FILE"
    )


def claims(name: str) -> bool:
    """A Parquet file of daily pairs."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".parquet") and "gdelt_daily" in last


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table, a row a pair and month."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(raw.data))
    except (pa.ArrowException, OSError):
        yield Rejected(NAME, raw.name, "not a Parquet file that can be read")
        return
    lacking = sorted(_COLUMNS - set(table.column_names))
    if lacking:
        yield Rejected(NAME, raw.name, f"not the table expected: no column {lacking[0]}")
        return
    pairs, aside = _pairs(table)
    for why, count in aside.items():
        yield Rejected(NAME, f"{raw.name}: {count:,} rows", f"rows of {why}")
    if pairs.num_rows:
        yield _months(pairs)


def _pairs(table: pa.Table) -> tuple[pa.Table, dict[str, int]]:
    """Rows of two known states and a finite figure: day, low, high, w; and what else there was."""
    import pyarrow as pa
    import pyarrow.compute as pc

    day = pc.cast(table["date"], pa.date32())
    a, b = (pc.cast(table[name], pa.string()) for name in "ab")
    w = pc.fill_null(pc.cast(table["w"], pa.float64()), float("nan"))
    known = pa.array(all_states(), pa.string())
    strange = pc.invert(pc.and_(pc.is_in(a, known), pc.is_in(b, known)))
    same = pc.and_(pc.fill_null(pc.equal(a, b), False), pc.invert(strange))
    size = pc.abs(w)
    strange_day = pc.or_(pc.less(day, _EARLIEST), pc.greater(day, _LATEST))
    no_day = pc.or_(pc.is_null(day), pc.fill_null(strange_day, True))
    wrong = pc.or_(pc.invert(pc.less(size, _LARGEST)), no_day)
    kept = pc.invert(pc.or_(pc.or_(strange, same), wrong))
    first = pc.less(a, b)
    made = pa.table(
        {"day": day, "low": pc.if_else(first, a, b), "high": pc.if_else(first, b, a), "w": w}
    )
    counts = {
        "a party that is no state": pc.sum(strange).as_py() or 0,
        "a pair of one state": pc.sum(same).as_py() or 0,
        "a figure that is none, or no day": pc.sum(wrong).as_py() or 0,
    }
    return made.filter(kept), {why: count for why, count in counts.items() if count}


def _months(pairs: pa.Table) -> pa.Table:
    """The mean of a pair's daily shares over the days of a month that are in the table."""
    import pyarrow as pa
    import pyarrow.compute as pc

    day = pairs["day"]
    totals = pairs.append_column("size", pc.abs(pairs["w"])).group_by("day").aggregate(
        [("size", "sum")]
    )  # fmt: skip
    month = pc.cast(pc.floor_temporal(totals["day"], unit="month"), pa.date32())
    days = totals.append_column("month", month).group_by("month").aggregate([("day", "count")])
    joined = pairs.join(totals, "day")
    share = pc.multiply(pc.divide(joined["w"], joined["size_sum"]), 1000.0)
    month = pc.cast(pc.floor_temporal(joined["day"], unit="month"), pa.date32())
    sums = (
        joined.append_column("share", share)
        .append_column("month", month)
        .group_by(["low", "high", "month"])
        .aggregate([("share", "sum"), ("day", "count")])
        .join(days, "month", right_suffix="_all")
        .sort_by([("low", "ascending"), ("high", "ascending"), ("month", "ascending")])
    )
    return _records(sums, len(day))


def _records(sums: pa.Table, rows: int) -> pa.Table:
    import datetime

    import pyarrow as pa
    import pyarrow.compute as pc

    count = sums.num_rows
    same = {"source": NAME, "kind": "event_composite", "unit": "thousandth", "item": "",
            "vintage": "", "url": HOMEPAGE}  # fmt: skip
    ends = [
        (start.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        - datetime.timedelta(days=1)
        for start in sums["month"].to_pylist()
    ]
    value = pc.divide(sums["share_sum"], pc.cast(sums["day_count_all"], pa.float64()))
    return pa.table(
        {
            **{name: pa.repeat(text, count) for name, text in same.items()},
            "sender": sums["low"],
            "target": sums["high"],
            "start": sums["month"],
            "end": pa.array(ends, pa.date32()),
            "value": pc.round(value, 5),
            "note": pc.cast(sums["day_count"], pa.string()),
        }
    )


SOURCE = Source(
    name=NAME,
    title="GDELT: daily composite of score and volume by pair of states",
    publisher="",
    licence="free for any use with a link to GDELT (https://www.gdeltproject.org/about.html)",
    homepage=HOMEPAGE,
    brings="records",
    defects=(
        "2018 to February 2024; 96 days missing, 55 of them from March to June 2023",
        "no direction and no counts: volume and tone cannot be told apart",
        "where a pair is hostile already, more hostility shows as volume only",
        "some pairs are left out; events are reports as coded by machine, of all outlets together",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
