"""The answer of `arena` for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from talleyrand.report import words
from talleyrand.report.arena_picture import drawn
from talleyrand.report.sheet import Block, Picture, Sheet, Sources, Table

Json = Mapping[str, Any]

_MEANS = (
    "Evenness: 1 where the two have as much of a state's trade, contacts or arms, .75 where one"
    " has three times the other's, 0 where one has all. It tells how they share, not how much"
    " there is to share, nor whether either minds: rivalry needs more than evenness. Gap: what"
    " the first has more than the second, of votes and reassurance, which a state may give to"
    " both."
)
_BASIS = (
    "Trade is a percentage of the state's own; contacts are the read-outs of meetings and calls"
    " in the months both archives cover (their evenness is that of either power's shares of all"
    " its contacts, as one archive reports more than the other); votes the agreement beyond"
    " chance in a UN session; reassured the number of texts that affirm the state's sovereignty"
    " or mutual support, of archives that differ in length."
)
_VERDICTS = {"up": "more evenly", "down": "less evenly"}


def sheet(told: Json, names: Mapping[str, str]) -> Sheet:
    """The answer in words, from the dictionary that `arena --json` prints."""
    one, other = (_name(told[key], names) for key in ("one", "other"))
    index = told["index"]
    return Sheet(
        title=f"{one} and {other}",
        about=f"in {_listed([_name(state, names) for state in told['within']])}",
        headline=_headline(index, one, other),
        outcome=index["outcome"] if index else "UNCLEAR",
        blocks=tuple(_blocks(told, names)),
        provenance=words.provenance_of(told["casebook"]),
    )


def _headline(index: Json | None, one: str, other: str) -> str:
    if index is None:
        return "no trade, contacts or arms of both with these states are on record."
    (first, last), span = _ends(index), _span(index)
    if first == last:
        return f"evenness {last} in {span}: one year is a level, no change."
    how = f"evenness {first} at first, {last} at last ({span})"
    if index["outcome"] == "SHIFT":
        way, year = _VERDICTS.get(index["direction"], "otherwise"), index["judged_at"]
        return f"{one} and {other} share these states {way} since about {year}: {how}."
    if index["outcome"] == "STEADY":
        return f"{one} and {other} share these states as evenly as before: {how}."
    return f"whether {one} and {other} share these states more evenly is not settled: {how}."


def _blocks(told: Json, names: Mapping[str, str]) -> Iterable[Block]:
    one, other = (_name(told[key], names) for key in ("one", "other"))
    yield _states(told, names, f"The latest on record ({one} : {other})")
    yield _BASIS
    if picture := drawn(told, names):
        yield Picture(picture)
    trends = [*([told["index"]] if told["index"] else []), *told["components"]]
    if trends:
        yield _trends(trends)
        yield _MEANS
    yield _by_year(told, names)
    rows = tuple(
        (row["day"], row["url"], f"{_name(row['sender'], names)} to {_name(row['state'], names)}:"
         f" {row['codes'].replace('_', ' ')}")
        for row in told["reassured"]
    )  # fmt: skip
    if rows:
        yield Sources(rows, title="Who reassured whom, the latest first", most=6)


def _states(told: Json, names: Mapping[str, str], title: str) -> Table:
    rows = tuple(
        (
            _name(row["state"], names),
            _latest(row, "trade"),
            _latest(row, "contacts"),
            _latest(row, "votes"),
            *((_latest(row, "arms"),) if _has_arms(told) else ()),
            f"{row['reassured_by_one']} : {row['reassured_by_other']}",
        )
        for row in told["states"]
    )
    arms = ("arms",) if _has_arms(told) else ()
    columns = ("state", "trade", "contacts", "votes", *arms, "reassured")
    return Table(columns, rows, frozenset(columns[1:]), title)


def _has_arms(told: Json) -> bool:
    return any(tie["component"] == "arms" for tie in told["ties"])


def _latest(row: Json, component: str) -> str:
    """`17 : 20 %, 2022` of the latest source that has this component."""
    own = [tie for tie in row["latest"] if tie["component"] == component]
    if not own:
        return "–"
    tie = max(own, key=lambda one: one["year"])
    return f"{_pair(tie)}, {tie['year']}"


def _pair(tie: Json) -> str:
    if tie["component"] == "contacts":
        return f"{tie['read_outs'][0]} : {tie['read_outs'][1]}"
    if tie["unit"].startswith("%"):
        return f"{tie['one']:.0f} : {tie['other']:.0f} %"
    if tie["component"] == "votes":
        return f"{tie['one']:+.2f} : {tie['other']:+.2f}"
    return f"{tie['one']:.0f} : {tie['other']:.0f}"


def _trends(trends: list[Json]) -> Table:
    rows = tuple(
        (
            one["component"],
            one["what"],
            _span(one),
            *_ends(one),
            one["outcome"] if one["interval"] else "no change measurable",
            one["source"] or "all sources",
            one["reason"],
        )
        for one in trends
    )
    columns = ("component", "measured", "years", "first", "last", "verdict", "source", "why")
    right = frozenset({"first", "last"})
    return Table(columns, rows, right, "By year, all states", frozenset({"why"}))


def _by_year(told: Json, names: Mapping[str, str]) -> Table:
    """Everything, a row a state, component and year: on the page only."""
    rows = tuple(
        (
            _name(tie["state"], names),
            tie["component"],
            str(tie["year"]),
            _pair(tie),
            "–" if tie["evenness"] is None else f"{tie['evenness']:.2f}",
            tie["source"],
        )
        for tie in told["ties"]
    )
    columns = ("state", "component", "year", "either", "evenness", "source")
    return Table(columns, rows, frozenset({"either", "evenness"}), "", frozenset(columns))


def _ends(trend: Json) -> tuple[str, str]:
    sign = "+" if trend["what"] == "gap" else ""
    figure = f"{sign}.0f" if trend["unit"].startswith("%") else f"{sign}.2f"
    first, last = (trend["years"][place]["value"] for place in (0, -1))
    return format(first, figure), format(last, figure)


def _span(trend: Json) -> str:
    first, last = (trend["years"][place]["year"] for place in (0, -1))
    return f"{first}" if first == last else f"{first}-{last}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _name(iso3: str, names: Mapping[str, str]) -> str:
    return names.get(iso3, iso3)
