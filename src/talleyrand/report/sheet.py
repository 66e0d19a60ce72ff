"""A plain answer of paragraphs, tables and a picture, for the terminal and as one page.

What an answer has to say is written down once, as a `Sheet`; both renderings come from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from talleyrand.report import html, words
from talleyrand.report.text import lines

_STYLES = {
    "SHIFT": "bold yellow",
    "STEADY": "bold blue",
    "UNCLEAR": "bold magenta",
    "SUPPORTED": "bold blue",
    "CONTRADICTED": "bold yellow",
    "UNDETERMINED": "bold magenta",
}
_BADGES = {
    "SHIFT": ("SHIFT", "◆"),
    "STEADY": ("STEADY", "="),
    "UNCLEAR": ("UNCLEAR", "?"),
    "SUPPORTED": ("STEADY", "="),
    "CONTRADICTED": ("SHIFT", "◆"),
    "UNDETERMINED": ("UNCLEAR", "?"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; `right` names the columns of figures, `title` stands above.

    A cell that is an outcome in capitals gets its colour. Columns named in `page_only` are left
    out on the terminal, and a table that has no others with them; so are rows past `most` of them
    from `begin` on.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[str] = frozenset()
    title: str = ""
    page_only: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()  # of the rows, where something leads to them
    most: int = 10_000
    begin: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own drawing (its texts escaped already), on the page only.

    One that is `live` can be zoomed where it is served, and its dots lead to rows by their ids.
    """

    svg: str
    live: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """What the figures rest on: (date, address, what was read there)."""

    rows: tuple[tuple[str, str, str], ...]
    title: str = "Evidence"
    most: int = 12  # shown on the terminal


@dataclass(frozen=True, slots=True)
class Links:
    """Where `talleyrand serve` leads on: (address of ours, what is there); on the page only."""

    rows: tuple[tuple[str, str], ...]
    title: str = "See also"


Block = str | Table | Picture | Sources | Links


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer: a title, one sentence that says it, and what stands behind it."""

    title: str
    headline: str
    blocks: tuple[Block, ...]
    provenance: str
    outcome: str = ""
    about: str = field(default="")


def render(sheet: Sheet, *, width: int = 80, colour: bool = False) -> str:
    """The answer as lines of at most `width` cells."""
    style = _STYLES.get(sheet.outcome, "bold")
    said = f"{sheet.outcome}: {sheet.headline}" if sheet.outcome else sheet.headline
    blocks: list[RenderableType] = [
        Text(words.plain(" ".join(filter(None, (sheet.title, sheet.about)))), "bold"),
        Text(""),
        _inset(Text(words.plain(said), style)),
    ]
    for block in sheet.blocks:
        shown = _block(block)
        blocks += [Text(""), *shown] if shown else []
    blocks += [Text(""), _inset(Text(words.plain(sheet.provenance), "dim"))]
    return lines(blocks, width, colour)


def page(sheet: Sheet) -> str:
    """The answer as one self-contained page."""
    badge, sign = _BADGES.get(sheet.outcome, ("", ""))
    return html.sheet_page(
        title=sheet.title,
        about=sheet.about,
        headline=sheet.headline,
        verdict={"outcome": badge, "sign": sign, "verdict": sheet.outcome} if badge else None,
        blocks=[_for_page(block) for block in sheet.blocks],
        provenance=sheet.provenance,
    )


def _block(block: Block) -> list[RenderableType]:
    if isinstance(block, str):
        return [_inset(Text(words.plain(block)))]
    if isinstance(block, Table):
        title = [_inset(Text(words.plain(block.title), "bold"))] if block.title else []
        return [*title, _inset(_columns(block)), *_more(block)] if _on_terminal(block) else []
    if isinstance(block, Sources):
        return _sources(block)
    return []


def _on_terminal(block: Table) -> bool:
    return bool(set(block.columns) - block.page_only)


def _columns(block: Table) -> Columns:
    table = Columns(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    shown = [i for i, name in enumerate(block.columns) if name not in block.page_only]
    for i in shown:
        name = block.columns[i]
        table.add_column(
            name,
            justify="right" if name in block.right else "left",
            no_wrap=name in block.right,
            overflow="fold",
        )
    for row in block.rows[block.begin : block.begin + block.most]:
        table.add_row(*(Text(words.plain(row[i]), _STYLES.get(row[i], "")) for i in shown))
    return table


def _sources(block: Sources) -> list[RenderableType]:
    table = Columns(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for day, url, told in block.rows[: block.most]:
        table.add_row(day, words.plain(f"{url}  {told}".strip()))
    title = [_inset(Text(block.title, "bold"))] if block.title else []
    return [*title, _inset(table), *_more(block)] if block.rows else []


def _more(block: Table | Sources) -> list[RenderableType]:
    more = len(block.rows) - block.most
    return [_inset(Text(f"and {more} more: see --json", "dim"))] if more > 0 else []


def _for_page(block: Block) -> Mapping[str, Any]:
    if isinstance(block, str):
        return {"is": "text", "text": block}
    if isinstance(block, Picture):
        svg = Markup(block.svg)  # noqa: S704  (of our own making)
        return {"is": "picture", "svg": svg, "live": block.live}
    if isinstance(block, Links):
        return {"is": "links", "title": block.title, "rows": block.rows}
    if isinstance(block, Sources):
        rows = [{"date": d, "link": html.link(u), "url": u, "told": t} for d, u, t in block.rows]
        return {"is": "sources", "title": block.title, "rows": rows}
    return {
        "is": "table",
        "title": block.title,
        "columns": [{"name": name, "num": name in block.right} for name in block.columns],
        "rows": [_cells(block.columns, row) for row in block.rows],
        "ids": block.ids or ("",) * len(block.rows),
    }


def _cells(columns: Sequence[str], row: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "text": cell, "badge": _BADGES.get(cell)}
        for name, cell in zip(columns, row, strict=True)
    ]


def _inset(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))
