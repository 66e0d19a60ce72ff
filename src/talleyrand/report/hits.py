"""Passages found, for the terminal and for spreadsheets: each with its match in place.

What was ingested is untrusted: it goes through `words.plain`, and in a CSV no cell may begin a
formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from talleyrand.report.text import lines
from talleyrand.report.words import plain, plural

COLUMNS = (
    *("date", "source", "kind", "language", "sender", "counterparts", "speaker", "holder"),
    *("code", "negated", "targets", "before", "match", "after", "start", "end"),
    *("title", "document", "url"),
)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_MARKS = ("【", "】")
_WHO = 18


def render(answer: Mapping[str, Any], *, width: int = 80, colour: bool = False) -> str:
    """A table of the hits, the words found in bold on a terminal and in 【】 elsewhere."""
    hits = answer["hits"]
    head = f"{_count(answer)} in {plural(answer['documents'], 'document')}"
    if len(hits) < answer["total"]:
        head += f"; the first {len(hits)} shown (more with --limit N, all with --limit 0)"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("date", width=10)
    table.add_column("who", width=_WHO, overflow="fold")
    table.add_column("passage", width=max(20, width - 10 - _WHO - 4), overflow="fold")
    for hit in hits:
        table.add_row(hit["date"], Text(_who(hit)), _passage(hit, colour))
    blocks = [Text(head, "bold"), Text("")]
    if answer["origin"] == "casebook":
        blocks += [Text(_NO_TEXTS, "dim"), Text("")]
    return lines([*blocks, *([table] if hits else [])], width, colour)


_NO_TEXTS = (
    "From the bundled casebook, which holds no texts: place and address only. For the words"
    " read a source into a store of your own: talleyrand ingest SOURCE PATH"
)


def as_csv(hits: Sequence[Mapping[str, Any]]) -> str:
    """One row a hit with a header, lists joined by spaces, safe to open in a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        writer.writerow([_cell(hit[name]) for name in COLUMNS])
    return written.getvalue().rstrip("\n")


def _cell(value: Any) -> str:
    """A value as one cell: nothing that steers, and no formula (an apostrophe goes before it)."""
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return str(value).lower()
    text = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    shown = plain(text)
    starts = text.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA)
    return f"'{shown}" if starts else shown


def _count(answer: Mapping[str, Any]) -> str:
    coded = any(hit["code"] for hit in answer["hits"])
    many = f"{answer['total']:,}"
    noun = ("code" if coded else "passage") + ("" if answer["total"] == 1 else "s")
    return f"{many} {noun}"


def _who(hit: Mapping[str, Any]) -> str:
    """Who said it, whose view it is, towards whom."""
    holder = f"({hit['holder']})" if hit["holder"] else ""
    towards = f"→ {' '.join(hit['targets'])}" if hit["targets"] else ""
    return plain(" ".join(part for part in (hit["speaker"].strip(), holder, towards) if part))


def _passage(hit: Mapping[str, Any], colour: bool) -> Text:
    """The code, the words in place, and where they are from."""
    cell = Text()
    if hit["code"]:
        cell.append(plain(f"{'not ' * hit['negated']}{hit['code']}"), "italic")
        cell.append("\n")
    if hit["match"]:
        opening, closing = ("", "") if colour else _MARKS
        cell.append(plain(hit["before"]))
        cell.append(f"{opening}{plain(hit['match'])}{closing}", "bold underline")
        cell.append(plain(hit["after"]))
        cell.append("\n")
    where = f"{hit['kind']}, {hit['source']}, characters {hit['start']}-{hit['end']}"
    cell.append(plain(where), "dim")
    cell.append("\n")
    cell.append(plain(hit["url"] or hit["document"]), "dim")
    return cell
