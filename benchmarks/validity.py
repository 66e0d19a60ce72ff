"""Write docs/validity.md: how far the answers can be trusted, measured.

    python benchmarks/validity.py [--quick] [--out docs/validity.md]

Each section is made by one function, which takes nothing and gives Markdown. One that has a
parameter `quick` can also run in seconds on a tiny size, for tests; `--quick` leaves the others
out. Pictures go to a folder named after the page, beside it. Nothing else is kept.
"""

from __future__ import annotations

import argparse
import inspect
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import breaks
import judgement_page
import search_speed
import sensitivity
import settling
import tcpd
import throughput
import turning_points
import votes

PAGE = Path(__file__).parents[1] / "docs" / "validity.md"
Section = Callable[..., str]

SECTIONS: tuple[tuple[str, Section], ...] = (
    ("The judgement at a known date", judgement_page.section),
    ("Breaks at unknown dates", breaks.section),
    ("The annotated series of the TCPD", tcpd.section),
    ("Real turning points", turning_points.section),
    ("Votes", votes.section),
    ("What would settle it", settling.section),
    ("The margins", sensitivity.section),
    ("Speed of the judgement", throughput.section),
    ("Speed of the search for breaks", search_speed.section),
)

HEAD = """<!-- made by `make validity`; do not edit -->

# Validity

How often is an answer wrong, how often does it miss, and is its 95 % a 95 %? Everything here is
measured and can be run again: `make validity` writes this page.
"""


def main() -> None:
    """Write the page, section by section."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    options.add_argument("--out", type=Path, default=PAGE)
    chosen = options.parse_args()
    for text in pages(SECTIONS, quick=chosen.quick, run=apart):
        chosen.out.write_text(text, encoding="utf-8")


def page(sections: tuple[tuple[str, Section], ...], *, quick: bool) -> str:
    """The page as Markdown. With `quick`, only the sections that know tiny sizes."""
    return [HEAD, *pages(sections, quick=quick)][-1]


def apart(section: Section, **options: bool) -> str:
    """The section made by a process of its own, so that its peak of memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(section, **options).result()


def here(section: Section, **options: bool) -> str:
    """The section made in this process."""
    return section(**options)


def pages(
    sections: tuple[tuple[str, Section], ...], *, quick: bool, run: Section = here
) -> Iterator[str]:
    """The page after each section, so that a run that is cut short leaves what it has."""
    text = HEAD
    for title, section in sections:
        can_be_quick = "quick" in inspect.signature(section).parameters
        if quick and not can_be_quick:
            continue
        started = time.perf_counter()
        body = run(section, quick=True) if quick else run(section)
        spent = time.perf_counter() - started
        print(f"{title}: {spent:.0f} s", flush=True)
        text += f"\n## {title}\n\n{body.strip()}\n\nRun time: {spent:.0f} s.\n"
        yield text


if __name__ == "__main__":
    main()
