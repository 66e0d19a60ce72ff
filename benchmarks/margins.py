"""The size of recognised shifts, from which the margin of `words` is taken.

    python benchmarks/margins.py

The list was written from public knowledge before it was run: turning points that reporters and
scholars of the time agree on. Prints the change of `words` across each, and half the mean.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from talleyrand import registry
from talleyrand.model import Dyad
from talleyrand.pipeline import judge_dimension
from talleyrand.store import open_casebook

TURNING_POINTS = (
    ("CHN", "KOR", "2017-03-01", "THAAD deployment begins"),
    ("CHN", "USA", "2018-07-06", "first tariffs take effect"),
    ("CHN", "CAN", "2018-12-01", "arrest of Meng Wanzhou"),
    ("CHN", "AUS", "2020-04-23", "call for an inquiry into the pandemic"),
    ("CHN", "IND", "2020-06-16", "clash in the Galwan valley"),
    ("CHN", "LTU", "2021-11-18", "Taiwanese office opens in Vilnius"),
    ("USA", "RUS", "2022-02-24", "invasion of Ukraine"),
    ("UKR", "RUS", "2022-02-24", "invasion of Ukraine"),
    ("RUS", "UKR", "2022-02-24", "invasion of Ukraine"),
    ("RUS", "USA", "2022-02-24", "sanctions after the invasion"),
    ("RUS", "GBR", "2022-02-24", "sanctions after the invasion"),
    ("RUS", "FRA", "2022-02-24", "sanctions after the invasion"),
    ("CHN", "USA", "2022-08-02", "Speaker Pelosi visits Taipei"),
    ("CHN", "AUS", "2022-11-15", "Xi and Albanese meet in Bali"),
    ("USA", "CHN", "2023-02-04", "balloon shot down"),
    ("CHN", "PHL", "2023-08-05", "water cannon at Second Thomas Shoal"),
    ("CHN", "JPN", "2023-08-24", "release of treated water at Fukushima"),
)


def main() -> None:
    """Print the table and half the mean absolute change."""
    words = next(d for d in registry.DIMENSIONS if d.name == "words")
    sizes = []
    print("| dyad | date | event | change | interval | outcome |\n|---|---|---|---|---|---|")
    with open_casebook() as store:
        for sender, target, day, event in TURNING_POINTS:
            dyad = Dyad(sender, target)
            found = judge_dimension(store, words, dyad, date.fromisoformat(day), 12).finding
            if found.change is None or found.interval is None:
                continue
            sizes.append(abs(found.change))
            low, high = found.interval
            shown = f"{found.change:+.2f} | {low:+.2f} .. {high:+.2f}"
            print(f"| {dyad} | {day} | {event} | {shown} | {found.outcome} |")
    print(
        f"\n{len(sizes)} turning points: mean {np.mean(sizes):.2f}, median {np.median(sizes):.2f},"
    )
    print(f"half the mean {np.mean(sizes) / 2:.2f}.")


if __name__ == "__main__":
    main()
