"""The size of recognised shifts, from which the margin of `words` is taken.

    python benchmarks/margins.py

The list was written from public knowledge before it was run: turning points that reporters and
scholars of the time agree on. Each has the way it is known to
have gone. Prints the change of `words` across each, how often its sign is right, and half the
mean change that way: a change of the wrong sign takes away from it.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from talleyrand import registry
from talleyrand.model import Dyad
from talleyrand.pipeline import judge_dimension
from talleyrand.store import open_casebook

TURNING_POINTS = (
    ("CHN", "KOR", "2017-03-01", -1, "THAAD deployment begins"),
    ("CHN", "USA", "2018-07-06", -1, "first tariffs take effect"),
    ("CHN", "CAN", "2018-12-01", -1, "arrest of Meng Wanzhou"),
    ("CHN", "AUS", "2020-04-23", -1, "call for an inquiry into the pandemic"),
    ("CHN", "IND", "2020-06-16", -1, "clash in the Galwan valley"),
    ("CHN", "LTU", "2021-11-18", -1, "Taiwanese office opens in Vilnius"),
    ("USA", "RUS", "2022-02-24", -1, "invasion of Ukraine"),
    ("UKR", "RUS", "2022-02-24", -1, "invasion of Ukraine"),
    ("RUS", "UKR", "2022-02-24", -1, "invasion of Ukraine"),
    ("RUS", "USA", "2022-02-24", -1, "sanctions after the invasion"),
    ("RUS", "GBR", "2022-02-24", -1, "sanctions after the invasion"),
    ("RUS", "FRA", "2022-02-24", -1, "sanctions after the invasion"),
    ("CHN", "USA", "2022-08-02", -1, "Speaker Pelosi visits Taipei"),
    ("CHN", "AUS", "2022-11-15", 1, "Xi and Albanese meet in Bali"),
    ("USA", "CHN", "2023-02-04", -1, "balloon shot down"),
    ("CHN", "PHL", "2023-08-05", -1, "water cannon at Second Thomas Shoal"),
    ("CHN", "JPN", "2023-08-24", -1, "release of treated water at Fukushima"),
)


def main() -> None:
    """Print the table, how often the sign is right, and half the mean change that way."""
    words = next(d for d in registry.DIMENSIONS if d.name == "words")
    sizes = []
    print("| dyad | date | event | expected | change | interval | outcome |")
    print("|---|---|---|---|---|---|---|")
    with open_casebook() as store:
        for sender, target, day, way, event in TURNING_POINTS:
            dyad = Dyad(sender, target)
            found = judge_dimension(store, words, dyad, date.fromisoformat(day), 12).finding
            if found.change is None or found.interval is None:
                print(f"| {dyad} | {day} | {event} | {_way(way)} | too few | | UNCLEAR |")
                continue
            sizes.append(way * found.change)
            low, high = found.interval
            shown = f"{found.change:+.2f} | {low:+.2f} .. {high:+.2f}"
            outcome = f"{found.outcome} {found.direction or ''}".strip()
            print(f"| {dyad} | {day} | {event} | {_way(way)} | {shown} | {outcome} |")
    right = sum(size > 0 for size in sizes)
    print(f"\n{right} of {len(sizes)} move the expected way; mean change that way")
    print(f"{np.mean(sizes):.2f}, half of it {np.mean(sizes) / 2:.2f}.")


def _way(sign: int) -> str:
    return "closer" if sign > 0 else "further"


if __name__ == "__main__":
    main()
