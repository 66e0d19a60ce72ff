"""Lists for the terminal: rows as a table, one row as a card, the summary of an ingest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from talleyrand.report.text import lines
from talleyrand.report.words import plain


def render(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Rows as a table of these columns, wrapped to the width; the last column folds."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    shown = [c for c in columns if any(row[c] not in (None, "") for row in rows)] or list(columns)
    for name, room in zip(shown, _widths(shown, rows, width), strict=True):
        table.add_column(name, overflow="fold", width=room)
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in shown))
    return lines([Text(plain(title), "bold"), Text(""), table], width, colour)


def record(row: Mapping[str, Any], *, width: int = 80, colour: bool = False) -> str:
    """One row as a card: a line a field, a block for each of its own rows."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in row.items():
        for index, part in enumerate(value if isinstance(value, list) else [value]):
            table.add_row(name if index == 0 else "", Text(_fields(part)))
    return lines([table], width, colour)


def ingested(done: Any, *, width: int = 80) -> str:
    """The summary of one ingest (an `Ingested`): what came in, what was set aside and why."""
    written = done.written
    said = [
        f"{done.source}: {done.files:,} files read",
        f"  added {written.added:,}, seen before {written.seen:,}, revised {written.revised:,}",
    ]
    if written.recoded:
        said.append(f"  coded anew {written.recoded:,}: the codebook or the coder has changed")
    if done.skipped:
        said.append(f"  passed over {done.skipped:,} files that are not of this source")
    aside = sum(count for _, count in done.reasons)
    if aside:
        said.append(f"  set aside {aside:,}:")
        said += [f"    {count:>7,}  {plain(reason)}" for reason, count in done.reasons[:12]]
        if len(done.reasons) > 12:
            said.append(f"    and {len(done.reasons) - 12} more reasons (see --json)")
    if done.trouble:
        said.append(f"  broke off: {plain(done.trouble)}")
        said.append("  what came before is kept")
    if done.coded_otherwise:
        said.append(f"  {done.coded_otherwise:,} other documents were coded with another codebook")
        said.append("  or an older coder: ingest their files again, with the same --codebook")
    return lines([Text(line) for line in said], width, False)


def _widths(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], width: int) -> list[int]:
    """Room for each column: short ones what they need, the others an equal part of the rest."""
    cells = [[name, *(_cell(row[name]) for row in rows)] for name in columns]
    needed = [max(map(cell_len, column)) for column in cells]
    left = width - 2 * len(columns)
    if sum(needed) <= left:
        return needed
    short = {i for i, room in enumerate(needed) if room <= (38 if i == 0 else 14)}
    share = (left - sum(needed[i] for i in short)) // max(1, len(columns) - len(short))
    return [room if i in short else max(8, min(room, share)) for i, room in enumerate(needed)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return plain(f"{value:g}" if isinstance(value, float) else str(value))


def _fields(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{k}: {_cell(v)}" for k, v in value.items() if v not in (None, ""))
    return _cell(value)
