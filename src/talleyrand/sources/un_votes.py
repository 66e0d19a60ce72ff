"""Roll calls of the UN General Assembly, 1946-2024: how each member voted.

The table is wide: a row a roll call, a column a state, over a million cells. So votes are handled
as columns throughout and handed on as one Arrow table with the columns of `model.Record`.
Votes are 1 yes, 2 abstain, 3 no, 8 absent; 9 (not a member) is no record. The data are those of
Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61:430-456.

A second, small table lists who did not vote yes on a resolution: see `_un_listed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from talleyrand import states
from talleyrand.errors import FetchError
from talleyrand.model import Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _csv, _un_listed

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

NAME = "un_votes"
DATASET = "https://doi.org/10.7910/DVN/LEJUQZ"

# Palestine, nuclear arms, disarmament, human rights, colonialism, economic development
ISSUES = ("me", "nu", "di", "hr", "co", "ec")

_LEAD = ("rcid", "date", *ISSUES)
_LARGEST = 2**31  # of the numbers of roll calls
_EARLIEST, _LATEST = date(1945, 10, 24), date(2099, 12, 31)  # since the Charter came into force
_NOT_A_MEMBER, _BLANK, _UNKNOWN = 0, -1, -2
_WRONG = ((_BLANK, "a blank vote"), (_UNKNOWN, "a vote that is none of 1, 2, 3, 8 and 9"))


@dataclass(frozen=True, slots=True)
class RollCalls:
    """A wide table, checked: `votes` is roll calls by states, 0 where a state has no vote."""

    numbers: np.ndarray[Any, np.dtype[np.int64]]
    days: np.ndarray[Any, np.dtype[np.datetime64]]
    issues: np.ndarray[Any, np.dtype[np.bool_]]  # roll calls by ISSUES
    states: tuple[str, ...]
    votes: np.ndarray[Any, np.dtype[np.int8]]


def fetch(http: Http) -> Iterator[Raw]:
    """There is no fixed address of the wide table; raises FetchError that says what to do."""
    raise FetchError(
        f"the roll calls are not published at a fixed address: download them from {DATASET},"
        " then run: talleyrand ingest un_votes FILE"
    )


def claims(name: str) -> bool:
    """The wide table of votes, or a list of who did not vote yes."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and ("votes" in last or "nonyes" in last)


def parse(raw: Raw) -> Iterator[Parsed]:
    """What was set aside, then one Arrow table of records (or a few records of the short list)."""
    names = _csv.header(raw)
    if {"resolution", "vote", "countries"} <= set(names):
        yield from _un_listed.rebuilt(raw, NAME)
        return
    if not set(_LEAD) <= set(names):
        yield Rejected(NAME, raw.name, "not the table expected: no roll calls by state")
        return
    calls, aside = roll_calls(raw)
    yield from aside
    if calls.votes.any():
        yield _records(calls)


def columns(raw: Raw) -> pa.Table:
    """The votes in long form: rcid, date, state, vote and a flag for each issue."""
    import numpy as np
    import pyarrow as pa

    calls, _ = roll_calls(raw)
    at, by = np.nonzero(calls.votes)
    long = {
        "rcid": pa.array(calls.numbers[at]),
        "date": pa.array(calls.days[at]),
        "state": _taken(calls.states, by),
        "vote": pa.array(calls.votes[at, by]),
    }
    flags = {issue: pa.array(calls.issues[at, i]) for i, issue in enumerate(ISSUES)}
    return pa.table({**long, **flags})


def roll_calls(raw: Raw) -> tuple[RollCalls, list[Rejected]]:
    """The wide table as arrays, and what had to be set aside."""
    import numpy as np

    table, aside = _read(raw)
    states_, kept = _states(table.column_names, aside)
    lead = {name: table.column(table.column_names.index(name)).to_pylist() for name in _LEAD}
    rows, numbers, days = _dated(lead["rcid"], lead["date"], aside, raw.before)
    votes = np.stack([_coded(table.column(i)) for i in kept] or [np.zeros(table.num_rows)], axis=1)
    votes = votes.astype(np.int8)[rows]
    issues = np.array([[_is_true(lead[name][row]) for name in ISSUES] for row in rows], bool)
    issues = issues.reshape(len(rows), len(ISSUES))
    first = _first(numbers, np.column_stack([votes, issues]), days, aside)
    calls = RollCalls(
        np.array(numbers, np.int64)[first],
        np.array(days, "datetime64[D]")[first],
        issues[first],
        states_,
        votes[first],
    )
    _set_wrong_aside(calls, aside)
    calls.votes[calls.votes < 0] = _NOT_A_MEMBER
    return calls, aside


# --- reading the wide table ----------------------------------------------------------------


def _read(raw: Raw) -> tuple[pa.Table, list[Rejected]]:
    """All cells as text; rows with too few or too many cells are set aside."""
    import pyarrow as pa
    from pyarrow import csv

    aside: list[Rejected] = []

    def skip(row: Any) -> str:
        reason = "a row with too few or too many cells"
        where = "" if row.number is None else f":{raw.before + row.number}"
        aside.append(Rejected(NAME, f"{raw.name}{where}", reason))
        return "skip"

    text = {name: pa.string() for name in _csv.header(raw)}
    table = csv.read_csv(
        pa.BufferReader(_without_stray_quotes(raw.data.decode("utf-8-sig", "replace"))),
        read_options=csv.ReadOptions(use_threads=False, block_size=1 << 24),
        parse_options=csv.ParseOptions(invalid_row_handler=skip),
        convert_options=csv.ConvertOptions(column_types=text, strings_can_be_null=False),
    )
    return table, aside


def _without_stray_quotes(text: str) -> bytes:
    """The table with each line of an odd number of quotes made one that cannot be a row.

    No cell of this table spans lines, and a quote left open would swallow the rows after it.
    """
    lines = text.split("\n")
    return "\n".join("?" if line.count('"') % 2 else line for line in lines).encode()


def _states(names: list[str], aside: list[Rejected]) -> tuple[tuple[str, ...], list[int]]:
    """The states of the columns and where they stand."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in _LEAD:
            continue
        iso3 = states.find(name)
        if iso3 is None:
            aside.append(Rejected(NAME, f"column {name[:100]}", "a column that is no state"))
            continue
        if iso3 in found:
            aside.append(Rejected(NAME, f"column {name}", "a second column of the same state"))
            continue
        found[iso3] = place
    return tuple(found), list(found.values())


def _dated(
    numbers: list[str], days: list[str], aside: list[Rejected], before: int
) -> tuple[list[int], list[int], list[date]]:
    """The rows that have a number and a day."""
    rows, kept_numbers, kept_days = [], [], []
    for row, (number, day) in enumerate(zip(numbers, days, strict=True)):
        try:
            kept = int(number), date.fromisoformat(day)
        except ValueError:
            kept = 0, _EARLIEST
        if not (0 < kept[0] <= _LARGEST and _EARLIEST <= kept[1] <= _LATEST):
            where = f"row {before + row + 1}"
            aside.append(Rejected(NAME, where, "a roll call without number or date"))
            continue
        rows.append(row)
        kept_numbers.append(kept[0])
        kept_days.append(kept[1])
    return rows, kept_numbers, kept_days


def _coded(cells: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int8]]:
    """One column of votes as small numbers; each spelling is looked at once."""
    import numpy as np
    import pyarrow.compute as pc

    encoded = pc.dictionary_encode(cells).combine_chunks()
    codes = [_vote(text) for text in encoded.dictionary.to_pylist()]
    places = encoded.indices.to_numpy(zero_copy_only=False)
    votes: np.ndarray[Any, np.dtype[np.int8]] = np.array([*codes, _BLANK], np.int8)[places]
    return votes


def _vote(cell: str) -> int:
    text = cell.strip()
    if not text:
        return _BLANK
    text = text.removesuffix(".0")
    if text == "9":
        return _NOT_A_MEMBER
    return int(text) if text in ("1", "2", "3", "8") else _UNKNOWN


def _is_true(cell: str) -> bool:
    return cell.strip().lower() in ("true", "1", "1.0")


def _first(
    numbers: list[int],
    content: np.ndarray[Any, np.dtype[Any]],
    days: list[date],
    aside: list[Rejected],
) -> list[int]:
    """The first row of each number and day: a number may be used again in another session."""
    seen: dict[tuple[int, date], int] = {}
    for row, number in enumerate(numbers):
        before = seen.setdefault((number, days[row]), row)
        if before == row:
            continue
        same = bool((content[before] == content[row]).all())
        reason = "a roll call listed twice" if same else "a number another roll call already has"
        aside.append(Rejected(NAME, f"rcid {number} of {days[row]}", reason))
    return list(seen.values())


def _set_wrong_aside(calls: RollCalls, aside: list[Rejected]) -> None:
    """One Rejected a roll call and reason, naming the states."""
    import numpy as np

    for code, reason in _WRONG:
        for row in np.unique(np.nonzero(calls.votes == code)[0]):
            where = " ".join(calls.states[i] for i in np.nonzero(calls.votes[row] == code)[0])
            aside.append(Rejected(NAME, f"rcid {calls.numbers[row]}: {where}", reason))


# --- writing records -----------------------------------------------------------------------


def _records(calls: RollCalls) -> pa.Table:
    """One row a vote, with the columns of `model.Record`."""
    import numpy as np
    import pyarrow as pa

    at, by = np.nonzero(calls.votes)
    notes = [",".join(np.array(ISSUES)[flags]) for flags in calls.issues]
    day = pa.array(calls.days[at])
    same = {"source": NAME, "kind": "vote", "target": "", "unit": "vote", "vintage": ""}
    return pa.table(
        {
            **{name: pa.repeat(value, len(at)) for name, value in same.items()},
            "sender": _taken(calls.states, by),
            "item": _taken([f"rcid:{number}" for number in calls.numbers], at),
            "start": day,
            "end": day,
            "value": pa.array(calls.votes[at, by].astype(np.float64)),
            "url": pa.repeat(DATASET, len(at)),
            "note": _taken(notes, at),
        }
    )


def _taken(texts: list[str] | tuple[str, ...], places: np.ndarray[Any, Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array(texts, pa.string()).take(pa.array(places))


SOURCE = Source(
    name=NAME,
    title="Roll calls of the UN General Assembly",
    publisher="",
    licence="CC0 1.0 (Harvard Dataverse); cite Bailey, Strezhnev and Voeten 2017",
    homepage=DATASET,
    brings="records",
    defects=(
        "recorded votes only: what passed by consensus is no roll call",
        "no roll call from January to October 2022, and none of the emergency session on Ukraine"
        " but ES-11/1 of 2 March 2022, rebuilt from the list of those who did not vote yes",
        "four roll calls of 2023 bear numbers of the 1950s: a number counts together with its day",
        "China's seat before 25 October 1971 is TWN; RUS is also the Soviet Union,"
        " SRB also Yugoslavia",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
