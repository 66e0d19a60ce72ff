"""What a reduce costs as the rows grow: a table, and a picture for the docs.

    python benchmarks/scale_growth.py FOLDER=ROWS [FOLDER=ROWS ...] [--svg docs/scale.svg]

Each size is one `talleyrand reduce` of a folder of files in a process of its own. Both axes are
logarithmic, so that a cost in proportion to the rows is a line of slope one, which is drawn thin
through the smallest size.
"""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path
from typing import Any

from scale import alone

_WIDTH, _HEIGHT, _LEFT, _FOOT = 640, 300, 60, 250
_WITHIN = 520  # points across


def picture(found: list[dict[str, Any]]) -> str:
    """An inline drawing of processor time by rows, each point with its memory."""
    smallest = found[0]
    powers = range(
        math.floor(math.log10(smallest["cpu"])), math.ceil(math.log10(found[-1]["cpu"])) + 1
    )
    ends = [math.log10(one["rows"]) for one in (smallest, found[-1])]

    def x(rows: float) -> float:
        return _LEFT + 20 + _WITHIN * (math.log10(rows) - ends[0]) / max(ends[1] - ends[0], 1e-9)

    def y(seconds: float) -> float:
        return _FOOT - 220 * (math.log10(seconds) - powers[0]) / (len(powers) - 1)

    shapes = [
        f'<line x1="{_LEFT}" x2="{_WIDTH - 20}" y1="{y(10**p):.1f}" y2="{y(10**p):.1f}"'
        ' stroke="#ddd"/>'
        f'<text x="{_LEFT - 8}" y="{y(10**p) + 4:.1f}" text-anchor="end">{10.0**p:g} s</text>'
        for p in powers
    ]
    straight = smallest["cpu"] * found[-1]["rows"] / smallest["rows"]
    shapes.append(
        f'<line x1="{x(smallest["rows"]):.1f}" y1="{y(smallest["cpu"]):.1f}"'
        f' x2="{x(found[-1]["rows"]):.1f}" y2="{y(straight):.1f}"'
        ' stroke="#888" stroke-dasharray="4"/>'
    )
    for one in found:
        at, up = x(one["rows"]), y(one["cpu"])
        shapes.append(
            f'<circle cx="{at:.1f}" cy="{up:.1f}" r="4" fill="#b2182b"/>'
            f'<text x="{at:.1f}" y="{up - 24:.1f}" text-anchor="middle">{one["cpu"]:.1f} s</text>'
            f'<text x="{at:.1f}" y="{up - 10:.1f}" text-anchor="middle" fill="#555">'
            f"{one['mb']:.0f} MB</text>"
            f'<text x="{at:.1f}" y="{_FOOT + 20}" text-anchor="middle">'
            f"{one['rows'] / 1e6:g} M</text>"
        )
    title = "Processor time and largest memory of a reduce, by rows read"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="12"><title>{title}</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{"".join(shapes)}'
        f'<text x="{_LEFT + 20 + _WITHIN / 2:.0f}" y="{_FOOT + 42}" text-anchor="middle">rows read;'
        " dashed: in proportion to the smallest</text></svg>\n"
    )


def main() -> None:
    """Measure each size, print a line of it, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sizes", nargs="+", metavar="FOLDER=ROWS")
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    found = []
    for size in asked.sizes:
        folder, rows = size.rsplit("=", 1)
        one = {**alone("store", Path(folder), ""), "rows": int(rows)}
        found.append(one)
        print(f"{one['rows']:>11,} rows {one['cpu']:8.1f} s cpu {one['clock']:8.1f} s clock"
              f" {one['rows'] / one['cpu'] / 1e6:5.2f} M rows a second of cpu {one['mb']:5.0f} MB"
              f" load {os.getloadavg()[0]:.1f} {one['found']:,} events {one['said']}",
              flush=True)  # fmt: skip
    if asked.svg:
        asked.svg.write_text(picture(found), "utf-8")


if __name__ == "__main__":
    main()
