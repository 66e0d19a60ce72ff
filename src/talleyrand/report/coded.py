"""A coded text for the terminal: passage by passage, with the speaker and the codes in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from talleyrand.report.text import lines
from talleyrand.report.words import plain, plural


def render(
    text: str, passages: Sequence[Mapping[str, Any]], *, width: int = 80, colour: bool = False
) -> str:
    """Each passage under its speaker, found phrases marked, and their codes below it."""
    blocks: list[RenderableType] = []
    for passage in passages:
        said = text[passage["start"] : passage["end"]].strip()
        if not said:
            continue
        speaker = f"{passage['state']}  {passage['speaker']}"
        blocks.append(Text(plain(speaker), "bold"))
        blocks.append(Padding(_marked(text, passage), (0, 0, 0, 2)))
        blocks += [Padding(_code(text, m), (0, 0, 0, 4)) for m in passage["matches"]]
        blocks.append(Text(""))
    found = sum(len(p["matches"]) for p in passages)
    blocks.append(Text(f"{plural(len(passages), 'passage')}, {plural(found, 'code')}", "dim"))
    return lines(blocks, width, colour)


def _marked(text: str, passage: Mapping[str, Any]) -> Text:
    marked = Text()
    at = passage["start"]
    for match in sorted(passage["matches"], key=lambda m: m["start"]):
        if match["start"] < at:
            continue
        marked.append(plain(text[at : match["start"]]))
        marked.append(f"[{plain(text[match['start'] : match['end']])}]", "bold underline")
        at = match["end"]
    marked.append(plain(text[at : passage["end"]]).rstrip())
    return marked


def _code(text: str, match: Mapping[str, Any]) -> Text:
    words = plain(text[match["start"] : match["end"]])
    denied = "not " if match["negated"] else ""
    aimed = f" towards {', '.join(match['targets'])}" if match["targets"] else ""
    return Text(f"{denied}{match['code']} ({match['holder']}{aimed}): {words}", "dim")
