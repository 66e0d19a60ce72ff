"""Where each margin comes from, and what half and double of it would change.

    python benchmarks/sensitivity.py

From the bundled casebook: the change of every dimension at recognised turning points
(`margins.py`, written before it was measured), and from one year to the next at every first of
January for the same dyads; then the answers for eight dyads at half, default and double margin.
"""

from __future__ import annotations

from datetime import date

import numpy as np

import talleyrand
from margins import TURNING_POINTS
from talleyrand import registry
from talleyrand.assessment import Assessment, Judged
from talleyrand.model import Dimension, Dyad
from talleyrand.pipeline import within
from talleyrand.store import Store, open_casebook

AT = "2022-09-15"
DYADS = (
    *(("CHN", "RUS"), ("USA", "CHN"), ("USA", "RUS"), ("CHN", "JPN"), ("CHN", "IND")),
    *(("CHN", "UKR"), ("RUS", "UKR"), ("CHN", "KAZ")),
)
YEARS = range(2017, 2025)
_LEAST = 3  # points on a side
Sizes = list[float]


def main() -> None:
    """Print both tables."""
    print(section())


def section(*, quick: bool = False) -> str:
    """The section of docs/validity.md."""
    dyads = DYADS[:1] if quick else DYADS
    assessments = [talleyrand.assess(*dyad, at=AT).assessment for dyad in dyads]
    changed, judged = counted(assessments)
    return "\n\n".join(
        [
            _DERIVED,
            derivation(quick=quick),
            _SHORT,
            _SENSITIVE.format(at=AT, changed=changed, judged=judged),
            sensitivity(assessments),
        ]
    )


def derivation(*, quick: bool = False) -> str:
    """One row a dimension: its margin, its reason, and what the casebook says of its changes."""
    lines = [
        "| dimension | margin | why | at turning points: n, the known way, half the mean |"
        " year to year: n, median, 90th percentile | of these within the margin |",
        "|---|---|---|---|---|---|",
    ]
    unmeasured: list[str] = []
    with open_casebook() as store:
        for dimension in registry.DIMENSIONS[: 1 if quick else None]:
            points = _at_turning_points(store, dimension, quick)
            plain = np.array(_year_to_year(store, dimension, quick))
            if not points and not len(plain):
                unmeasured.append(f"`{dimension.name}`")
                continue
            half = f"{np.mean(points) / 2:+.2f}" if points else "–"
            right = f"{np.mean([p > 0 for p in points]):.0%}" if points else "–"
            middle, high = np.quantile(plain, (0.5, 0.9)) if len(plain) else (np.nan, np.nan)
            inside = np.mean(plain < dimension.margin) if len(plain) else np.nan
            lines.append(
                f"| `{dimension.name}` | {dimension.margin:.2g} {dimension.unit} |"
                f" {dimension.margin_why} | {len(points)}, {right}, {half} |"
                f" {len(plain)}, {middle:.2f}, {high:.2f} | {inside:.0%} |"
            )
    if unmeasured:
        lines += ["", f"Nothing to measure at these dates: {', '.join(unmeasured)}."]
    return "\n".join(lines)


def sensitivity(assessments: list[Assessment]) -> str:
    """One row a dyad and dimension that can be judged."""
    lines = [
        "| dyad | dimension | change | 95 % interval | margin | half | default | double |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in assessments:
        for judged in one.judged:
            finding = judged.finding
            if finding.interval is None or finding.change is None:
                continue
            low, high = finding.interval
            outcomes = (finding.at_half_margin, finding.outcome, finding.at_double_margin)
            lines.append(
                f"| {one.dyad} | {judged.name} | {finding.change:+.2f} | {low:+.2f} .. {high:+.2f}"
                f" | {finding.margin:.2g} | {' | '.join(str(o) for o in outcomes)} |"
            )
    return "\n".join(lines)


def counted(assessments: list[Assessment]) -> tuple[int, int]:
    """How many of the judged rows have another outcome at half or at double the margin."""
    rows: list[Judged] = [j for one in assessments for j in one.judged if j.finding.interval]
    other = [
        {j.finding.at_half_margin, j.finding.outcome, j.finding.at_double_margin} for j in rows
    ]
    return sum(len(outcomes) > 1 for outcomes in other), len(rows)


def _at_turning_points(store: Store, dimension: Dimension, quick: bool) -> Sizes:
    found = [
        (way, _change(store, dimension, Dyad(sender, target), date.fromisoformat(day)))
        for sender, target, day, way, _ in TURNING_POINTS[: 2 if quick else None]
    ]
    return [way * change for way, change in found if change is not None]


def _year_to_year(store: Store, dimension: Dimension, quick: bool) -> Sizes:
    dyads = sorted({(s, t) for s, t, *_ in TURNING_POINTS} | set(DYADS))[: 2 if quick else None]
    found = [
        _change(store, dimension, Dyad(*dyad), date(year, 1, 1)) for dyad in dyads for year in YEARS
    ]
    return [abs(change) for change in found if change is not None]


def _change(store: Store, dimension: Dimension, dyad: Dyad, at: date) -> float | None:
    """The plain difference of the means of the window's sides."""
    series = within(dimension.measure(store, dyad, at, 12), at, 12)
    sides = [
        [v for day, v in zip(series.dates, series.values, strict=True) if (day >= at) is late]
        for late in (False, True)
    ]
    if min(map(len, sides)) < _LEAST:
        return None
    return float(np.mean(sides[1]) - np.mean(sides[0]))


_DERIVED = """What is a change worth naming? At turning points that reporters and scholars of the
time agree on (the list is in [method.md](method.md#margins), written before it was measured) each
dimension moved by so much; from one year to the next, at every first of January from 2017 to 2024
and for the same dyads, by so much. A margin should lie above most of the plain year-to-year
changes (their noise included) and not above half the mean change at turning points. Differences of
plain means, twelve months on either side (five years where there is one point a year)."""

_SHORT = """**Falls short.** The margin of `words` is half the mean change at turning points, and
most year-to-year changes of `words` are larger than it: a year of monthly log-odds is that noisy.
That of `events` lies between the usual year-to-year change and half a turning point, as a margin
should. `balance`, `contacts`, `votes` and `coverage` do not move the known way at these turning
points by anything like their margins: theirs are conventions, which most year-to-year changes keep
within. `trade` is measured at three turning points only, and over five-year windows it moves by far
more than 15 %. A dimension with few points on either side of a date cannot be measured there."""

_SENSITIVE = """Half and double the margin, eight dyads around {at}, twelve months on either side,
from the bundled casebook. {changed} of {judged} rows that can be judged have another outcome at
half or double the margin."""


if __name__ == "__main__":
    main()
