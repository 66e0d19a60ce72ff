"""Write the generated pages of docs/ from the registries and the codebook.

python docs/reference.py            write them
python docs/reference.py --check    exit 1 where a page is not what it would be
python docs/reference.py --picture  draw the picture of the README
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import talleyrand
from talleyrand import registry
from talleyrand.casebook_build import SPANS
from talleyrand.claims.expectations import KINDS
from talleyrand.claims.measures import MEASURES
from talleyrand.claims.schema import schema
from talleyrand.cli import main
from talleyrand.codebook import load
from talleyrand.model import Source
from talleyrand.store import open_casebook

HERE = Path(__file__).parent
_ANSWER = re.compile(r"```\n\S+ → .*?\n```", re.DOTALL)
_AT = "2022-09-15"  # the date of the example
_BELOW = "<!-- made by `make reference`: do not edit below -->"
_ADDING = (
    "To add a source to a dimension: write it as [add-a-source.md](add-a-source.md) tells, name it"
    " in the dimension's `sources`, and let its query read the new records"
    " ([add-a-dimension.md](add-a-dimension.md)). The pages on [trade](trade.md), [arms, aid,"
    " obligations and opinion](conduct.md), [exposure](exposure.md), [arena](arena.md),"
    " [events](events.md) and [method](method.md) say more."
)
_NOTE = "<!-- made by `make reference`; do not edit -->\n"


def write_or_check() -> int:
    """Write or check every generated page, or draw the picture."""
    if "--picture" in sys.argv:
        print(f"wrote {talleyrand.assess('CHN', 'RUS', at=_AT).plot().save(HERE / 'answer.svg')}")
        return 0
    pages = {"sources.md": sources(), "dimensions.md": dimensions(), "codes.md": codes()}
    pages |= {"tutorial.md": tutorial(), "claims.md": claims()}
    pages |= {"claims.schema.json": json.dumps(schema(), indent=1) + "\n"}
    stale = [name for name, text in pages.items() if _read(HERE / name) != text]
    if "--check" in sys.argv:
        print("\n".join(f"docs/{name} is stale; run: make reference" for name in stale))
        return bool(stale)
    for name in stale:
        (HERE / name).write_text(pages[name], "utf-8")
        print(f"wrote docs/{name}")
    return 0


def tutorial() -> str:
    """The tutorial as it stands, with the answer the command prints today."""
    text = (HERE / "tutorial.md").read_text("utf-8")
    with redirect_stdout(StringIO()) as out:
        main(["assess", "CHN", "RUS", "--at", _AT, "--casebook"])
    return _ANSWER.sub(lambda _: f"```\n{out.getvalue().rstrip()}\n```", text, count=1)


def sources() -> str:
    """One section a source."""
    lines = [_NOTE, "# Sources", "", "What `talleyrand ingest NAME PATH` reads."]
    for source in registry.SOURCES:
        lines += ["", f"## `{source.name}`", "", f"{source.title}.", ""]
        lines += [f"- brings: {source.brings}", f"- licence: {source.licence}"]
        lines += [f"- homepage: <{source.homepage}>"]
        lines += [f"- known defect: {defect}" for defect in source.defects]
    return "\n".join(lines) + "\n"


def dimensions() -> str:
    """One section a dimension, with the span, licence and defects of its sources."""
    lines = [_NOTE, "# Dimensions", "", "What `talleyrand assess` judges."]
    lines += ["", _ADDING]
    with open_casebook() as casebook:
        spans = {row["source"]: row for row in casebook.rows(SPANS)}
    for one in registry.DIMENSIONS:
        lines += ["", f"## `{one.name}`", "", f"{one.title}.", "", f"- side: {one.side}"]
        lines += [f"- unit: {one.unit}; more means {one.more_means}"]
        lines += [f"- margin: {one.margin:.3g} ({one.margin_why})"]
        if one.only_target:
            lines += [f"- measured of one target only: {one.only_target}"]
        lines += ["", "Sources:", ""]
        for name in one.sources:
            lines += _source_lines(registry.source(name), spans.get(name))
    return "\n".join(lines) + "\n"


def _source_lines(source: Source, span: Mapping[str, Any] | None) -> list[str]:
    """One source of a dimension: span in the casebook, licence, defects."""
    held = f"{span['first']} to {span['last']}" if span else "not in the casebook"
    lines = [f"- `{source.name}`: {held}. Licence: {source.licence}."]
    return lines + [f"    - {defect}" for defect in source.defects]


def claims() -> str:
    """The page on claims, with what a test may measure and expect."""
    text = (HERE / "claims.md").read_text("utf-8")
    kept = text[: text.index(_BELOW) + len(_BELOW)]
    lines = ["", "", "## Measures", "", "| measure | takes | what it is |", "|---|---|---|"]
    for one in MEASURES:
        takes = ", ".join(f"`{k}`" if k in one.needs else f"`{k}`?" for k in one.takes)
        lines.append(f"| `{one.name}` | {takes} | {one.says} |")
    lines += ["", "A question mark: may be left out.", "", "## Expectations", ""]
    lines += ["| key | beside it | what is expected |", "|---|---|---|"]
    for kind in KINDS:
        beside = ", ".join(f"`{k}`" if k in kind.required else f"`{k}`?" for k in kind.beside)
        lines.append(f"| `{kind.key}` | {beside} | {kind.says} |")
    return kept + "\n".join(lines) + "\n"


def codes() -> str:
    """One table a family of codes."""
    book = load()
    families: dict[str, list[str]] = {}
    for code in book.codes.values():
        poles = "; ".join(f"{who}: {pole}" for who, pole in code.poles)
        pole = code.pole + (f" ({poles})" if poles else "")
        cells = (f"`{code.name}`", pole, code.meaning, code.origin)
        row = " | ".join(cell.replace("|", "\\|") for cell in cells)
        families.setdefault(code.family, []).append(f"| {row} |")
    lines = [_NOTE, "# Codes", "", "`talleyrand codebook NAME` shows a code with its wordings."]
    for family, rows in families.items():
        lines += ["", f"## {family}", "", "| code | pole | meaning | origin |", "|---|---|---|---|"]
        lines += rows
    return "\n".join(_flat(lines)) + "\n"


def _flat(lines: Iterable[str]) -> list[str]:
    return [" ".join(line.splitlines()) if line != _NOTE else line for line in lines]


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(write_or_check())
