"""The answers of `reduce`, `events` and `codings` for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from talleyrand.report.sheet import Block, Sheet, Table

Json = Mapping[str, Any]
_PRESS = {
    "all": "as all outlets report them",
    "own": "as outlets of either party report them",
    "outside": "as outlets of third states report them",
    "unknown": "as outlets of unknown state report them",
}


def reduced(told: Json, folder: str) -> Sheet:
    """What a run of `reduce` came to."""
    rows = tuple((name, f"{count:,}") for name, count in told["files"].items())
    blocks: list[Block] = [Table(("layout", "files"), rows, frozenset({"files"}), "Files read")]
    if told["reports"]:
        blocks.append(f"{told['reports']:,} reports kept beside the events: they are no events.")
    if told["damaged"]:
        blocks.append(f"{told['damaged']:,} damaged lines left out.")
    blocks += [f"Refused: {why}" for why in told["refused"]]
    return Sheet(
        title="Events reduced",
        about=f"into {folder}",
        headline=f"{told['events']:,} events between two states: {told['added']:,} new,"
        f" {told['again']:,} emitted again.",
        blocks=tuple(blocks),
        provenance=f"Next: talleyrand events RUS UKR --in {folder}",
    )


def _none(told: Json) -> str:
    """What to do where the folder has nothing on the dyad."""
    if told["press"] != "all":
        return "No event on record here; leave out --press to see those of all outlets."
    return "No event on record here; reduce files of other days into the folder."


def types(told: Json, names: Mapping[str, str]) -> Sheet:
    """One dyad's months by PLOVER event."""
    rows = tuple(
        (
            f"{m['month'] // 100}-{m['month'] % 100:02d}",
            m["plover"].capitalize() or "none in PLOVER",
            f"{m['events']:,}",
            f"{m['mean_score']:+.2f}",
        )
        for m in told["months"]
    )
    columns = ("month", "PLOVER event", "events", "score")
    table = Table(columns, rows, frozenset(columns[2:]), "By month and PLOVER event")
    return _monthly(told, names, table, "Comments and appeals are no events in PLOVER.")


def series(told: Json, names: Mapping[str, str]) -> Sheet:
    """One dyad's months."""
    rows = tuple(
        (
            f"{m['month'] // 100}-{m['month'] % 100:02d}",
            f"{m['events']:,}",
            f"{m['mean_score']:+.2f}",
            f"{m['verbal_cooperation']:,}",
            f"{m['material_cooperation']:,}",
            f"{m['verbal_conflict']:,}",
            f"{m['material_conflict']:,}",
        )
        for m in told["months"]
    )
    columns = ("month", "events", "score", "verbal coop.", "deeds", "verbal conf.", "force")
    table = Table(columns, rows, frozenset(columns[1:]), "By month")
    return _monthly(told, names, table, "Scores run from -10 to 10.")


def _monthly(told: Json, names: Mapping[str, str], table: Table, said: str) -> Sheet:
    """One dyad's table of months; without months only that there are none."""
    sender, target = names[told["sender"]], names[told["target"]]
    months = len({m["month"] for m in told["months"]})
    return Sheet(
        title=f"Events of {sender} towards {target}",
        about=_PRESS[told["press"]],
        headline=f"{months:,} months with events. {said}" if months else _none(told),
        blocks=(table,) if months else (),
        provenance=f"From {told['folder']}.",
    )


def codings(told: Json, out: str) -> Sheet:
    """What coding a table of texts came to."""
    problems = told["problems"]
    return Sheet(
        title="Texts coded",
        about=f"into {out}",
        headline=f"{told['texts']:,} texts, {told['passages']:,} passages.",
        blocks=(
            f"{problems:,} text{'' if problems == 1 else 's'} could not be coded: see the column"
            " problem.",
        )
        if problems
        else (),
        provenance="One row a passage: id, start, end, speaker, state, matches, coder.",
    )
