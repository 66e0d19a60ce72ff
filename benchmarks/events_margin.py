"""What a turning point looks like in the dimension `events`, and the margin that follows.

    python benchmarks/events_margin.py STORE

For each pair with a recognised turning point inside a source, the mean of the months after (up to
twelve) less that of the months before. The margin is half the median size of these changes.
Turning points that hardly show are kept; a pair a source has too little of is left out.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from statistics import fmean, median

from talleyrand.dimensions.events import measure
from talleyrand.model import Dyad, Series
from talleyrand.store import open_store

TURNS = (
    *("RUS UKR 2022-02", "RUS USA 2022-02", "GBR RUS 2022-02", "DEU RUS 2022-02"),
    *("POL RUS 2022-02", "CHN IND 2020-06", "ARM AZE 2020-09", "ISR PSE 2023-10"),
    *("AUS CHN 2020-05", "CHN LTU 2021-11", "ARE ISR 2020-08", "PRK USA 2018-06"),
    *("KOR PRK 2018-04", "ERI ETH 2018-07", "IRN USA 2018-05", "IND PAK 2019-02"),
    *("CAN CHN 2018-12", "IRN SAU 2023-03", "JPN KOR 2019-07", "DZA MAR 2021-08"),
    *("FIN RUS 2022-05", "QAT SAU 2021-01", "GBR RUS 2018-03", "TUR USA 2018-08"),
    *("CAN SAU 2018-08", "RUS USA 2018-04"),
)
SPAN = 366  # days on either side
FEWEST = 2  # months on either side


def change(series: Series, at: date) -> float | None:
    """Mean after less mean before, within a year."""
    sides: tuple[list[float], list[float]] = [], []
    for day, value in zip(series.dates, series.values, strict=True):
        if abs((day - at).days) <= SPAN:
            sides[day >= at].append(value)
    return fmean(sides[1]) - fmean(sides[0]) if min(map(len, sides)) >= FEWEST else None


def main() -> None:
    """Print the changes by source and half their median."""
    found: dict[str, list[float]] = {}
    with open_store(Path(sys.argv[1]), read_only=True) as store:
        for turn in TURNS:
            low, high, month = turn.split()
            at = date.fromisoformat(f"{month}-01")
            for dyad in (Dyad(low, high), Dyad(high, low)):
                series = measure(store, dyad, at, 12)
                moved = change(series, at)
                if moved is None or (series.unit.startswith("asinh") and dyad.sender > dyad.target):
                    continue
                found.setdefault(series.unit, []).append(abs(moved))
                print(f"{dyad} {at} {moved:+.2f} {series.unit}")
    for unit, sizes in found.items():
        print(f"half the median of {len(sizes)}: {median(sizes) / 2:.2f} {unit}")


if __name__ == "__main__":
    main()
