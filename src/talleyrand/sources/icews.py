"""ICEWS: events between states as coded from news by machine, one row an event.

Two tables made from it are read: the named one of 2018 (`date, s, r, o, cs, co`) and the triples of
2005 to 2015 (`actor, event, actor, date`), each with actors and CAMEO events by name. Only what an
organ of one state does to an organ of another is kept: see `talleyrand.events.actors`. An event is
counted once a day, actors and code; its value is the Goldstein-type score of its code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from talleyrand.errors import FetchError
from talleyrand.events import actors, cameo
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources._rows import day

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "icews"
DATASET = "https://doi.org/10.7910/DVN/28075"

_NAMED = ["date", "s", "r", "o", "cs", "co"]
_Row = tuple[str, str, str, date]  # sender's name, event, target's name, day


def fetch(http: Http) -> Iterator[Raw]:
    """Downloading needs a browser; raises FetchError that says what to do."""
    raise FetchError(f"download the events from {DATASET}, then run: talleyrand ingest icews FILE")


def claims(name: str) -> bool:
    """The tables by name."""
    last = name.lower().rsplit("/", 1)[-1]
    return "icews" in last and last.endswith((".tsv", ".txt"))


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table, a row an event."""
    first = next((line for line in raw.data.split(b"\n", 20) if line.strip()), b"")
    if isinstance(_row(first), str) or not first:
        told = f"not the table expected: {first.count(chr(9).encode()) + 1} columns, not 4 or 6"
        yield Rejected(NAME, raw.name, told)
        return
    aside: Counter[str] = Counter()
    found: dict[tuple[Any, ...], float] = {}
    for number, line in enumerate(raw.data.split(b"\n"), start=raw.before + 1):
        row = _row(line)
        if isinstance(row, str):
            yield Rejected(NAME, f"{raw.name}:{number}", row)
        elif row:
            why = _take(row, found)
            if why:
                aside[why] += 1
    for why, count in sorted(aside.items()):
        where = f"{raw.name}, lines from {raw.before + 1}: {count:,} events"
        yield Rejected(NAME, where, f"part of the table: {why} (how many stands in its place)")
    if found:
        yield _table(found, "sample" if raw.name.lower().endswith(".txt") else "")


def _row(line: bytes) -> _Row | str | None:
    """An event of either layout; a reason where the line is none, nothing for a blank one."""
    cells = line.decode("utf-8", "replace").rstrip("\r").split("\t")
    if cells in ([""], _NAMED):
        return None
    if len(cells) == 6:
        when, sender, event, target = cells[:4]
    elif len(cells) == 4:
        sender, event, target, when = cells
    else:
        return "a line without the columns of either layout"
    found = day(when)
    return (sender, event, target, found) if found else "a line without a day"


def _take(row: _Row, found: dict[tuple[Any, ...], float]) -> str | None:
    """Keep an event between two states; else why not."""
    sender, event, target, when = row
    code = cameo.code_of(event)
    if code is None:
        return "events of no known code"
    parties = actors.actor(sender, when), actors.actor(target, when)
    if None in parties:
        return "events whose actors are not both organs of a state"
    if parties[0] == parties[1]:
        return "events within one state"
    key = (*parties, f"{code.code} {sender} > {target}", when)
    if key in found:
        return "events listed again"
    found[key] = code.goldstein
    return None


def _table(found: dict[tuple[Any, ...], float], vintage: str) -> pa.Table:
    import pyarrow as pa

    sender, target, item, when = zip(*found, strict=True)
    same = {"source": NAME, "kind": "event", "unit": "Goldstein", "vintage": vintage}
    return pa.table(
        {
            **{name: pa.repeat(value, len(found)) for name, value in same.items()},
            "sender": pa.array(sender, pa.string()),
            "target": pa.array(target, pa.string()),
            "item": pa.array(item, pa.string()),
            "start": pa.array(when, pa.date32()),
            "end": pa.array(when, pa.date32()),
            "value": pa.array(list(found.values()), pa.float64()),
            "url": pa.repeat(DATASET, len(found)),
            "note": pa.repeat("", len(found)),
        }
    )


SOURCE = Source(
    name=NAME,
    title="ICEWS: coded events between states",
    publisher="",
    licence="Harvard Dataverse terms of use; cite Boschee and others 2015",
    homepage=DATASET,
    brings="records",
    defects=(
        "the table of 2018 ends in October; the triples of 2005 to 2015 are a fifth of the events,"
        " without bare-state actors such as Russia and the United States: the two are never joined",
        "coded by machine from news: one event told on two days is two events",
        "persons count for a state only while they lead it; ministers mostly are no leaders here",
        "citizens, firms, parties, media and armed groups are no party of a dyad",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
