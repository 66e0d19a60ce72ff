"""The whole reduction as one query, for engines other than our own.

The text is that of `scale.sql`, in DuckDB's SQL; `dialects` writes it for other engines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from talleyrand.errors import InputError
from talleyrand.events import layouts
from talleyrand.events.layouts import Layout
from talleyrand.events.small_tables import Rows, small_tables
from talleyrand.scale_queries import quoted, statement

EVENT_COLUMNS = (
    *("id", "day8", "month", "sender", "target", "actor1", "actor2", "code", "quad", "score10"),
    *("mentions", "url", "outlet", "outlet_state"),
)


def distinct(staged: str) -> str:
    """Each event of the table `staged` once; it has a column `copies`."""
    return _unordered(statement("distinct")).replace("FROM events", f"FROM {staged}")


def with_plover(query: str) -> str:
    """Events with the PLOVER event of their code, empty where it has none."""
    return (
        "SELECT once.*, coalesce(p.plover, '') AS plover"
        f" FROM ({query}) AS once LEFT JOIN plover AS p ON p.code = once.code"
    )


def reduction(layout: Layout, raw: str, columns: Sequence[str]) -> str:
    """From a table of cells as published to the series of all dyads, in one query.

    `columns` are those of the layout's selection; numbers are read as text, empty cells as nulls.
    """
    cells = ", ".join(f"NULLIF(CAST({_name(c)} AS VARCHAR), '') AS {_name(c)}" for c in columns)
    staged = f"SELECT {', '.join(f'found.{c}' for c in EVENT_COLUMNS)}, 1 AS copies"
    parts = {
        **{name: written_out(*table) for name, table in small_tables().items() if name != "plover"},
        "cells": f"SELECT {cells} FROM {raw}",
        "source": f"SELECT {layout.select} FROM cells",
        "placed": statement("placed"),
        "staged": f"{staged} FROM ({statement('events')}) AS found",
        "events": distinct("staged"),
    }
    listed = ", ".join(f"{name} AS ({text})" for name, text in parts.items())
    return f"WITH {listed} {statement('series')}"


def layout_named(name: str) -> Layout:
    """A layout of events whose actors are codes; raises InputError for any other."""
    coded = {one.name: one for one in layouts.LAYOUTS if one.actors == "cameo"}
    offered = {n: one for n, one in coded.items() if one.brings == "events"}
    if name not in offered:
        raise InputError(f"{name!r} is no layout to write SQL for; there are {', '.join(offered)}")
    return offered[name]


def table_named(name: str) -> str:
    """The name of a table for a query; raises InputError for what is no name."""
    parts = name.split(".")
    if not all(re.fullmatch(r"[A-Za-z_][\w-]*", part, re.ASCII) for part in parts):
        raise InputError(f"{name!r} is no name of a table; write gdelt-bq.gdeltv2.events")
    return ".".join(f'"{part}"' for part in parts)


def written_out(names: Sequence[str], rows: Rows) -> str:
    """A small table written out; the names stand in a selection of their own."""
    listed = ", ".join(f"({', '.join(_cell(cell) for cell in row)})" for row in rows)
    return f"SELECT {', '.join(names)} FROM (VALUES {listed}) AS t({', '.join(names)})"


def _cell(cell: str | int) -> str:
    return quoted(cell) if isinstance(cell, str) else str(cell)


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _unordered(query: str) -> str:
    return query.rpartition("\nORDER BY")[0] or query
