"""The texts of the queries on event data: the statements of `scale.sql`, and how files are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from talleyrand.events.layouts import Layout

STAGED = """
CREATE TABLE staged (id VARCHAR, day8 VARCHAR, month INTEGER, sender VARCHAR, target VARCHAR,
  actor1 VARCHAR, actor2 VARCHAR, code VARCHAR, quad INTEGER, score10 INTEGER, mentions INTEGER,
  url VARCHAR, outlet VARCHAR, outlet_state VARCHAR);
CREATE TABLE reported (event VARCHAR, day8 VARCHAR, month INTEGER, outlet VARCHAR,
  outlet_state VARCHAR, confidence INTEGER, tone DOUBLE, url VARCHAR, places VARCHAR);
"""


@cache
def statement(name: str) -> str:
    """One statement of `scale.sql`, by name."""
    text = (resources.files("talleyrand") / "scale.sql").read_text("utf-8")
    found = re.search(rf"^-- name: {name}\n(.*?)(?=\n\n-- name:|\Z)", text, re.S | re.M)
    if found is None:
        raise KeyError(name)
    return found[1].strip()


def read_files(layout: Layout, files: Sequence[Path], *, rejects: bool = False) -> str:
    """The call that reads files of a layout, every cell as text."""
    listed = ", ".join(quoted(str(path)) for path in files)
    quote = layout.quote or ""
    how = f"delim = {quoted(layout.delimiter)}, quote = '{quote}', escape = '{quote}'"
    if layout.header:
        how += ", header = true, all_varchar = true"
    else:
        names = ", ".join(f"'{name}': 'VARCHAR'" for name in layout.columns)
        how += f", header = false, auto_detect = false, columns = {{{names}}}"
    how += ", store_rejects = true" if rejects else ", ignore_errors = true"
    return f"WITH source AS (SELECT {layout.select} FROM read_csv([{listed}], {how}))"


def composed(read: str, names: Sequence[str]) -> str:
    return ", ".join([read, *(f"{name} AS ({statement(name)})" for name in names)])


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
