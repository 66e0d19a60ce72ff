"""`contacts`: meetings and calls, a month, from read-outs, or for earlier years from visit data.

One contact a day and counterpart, however many items report it. Three series are possible, one is
used, and none is spliced with another: the read-outs of both sides, in months both organs are
covered, unless the sender's own have more months; the sender's own; and where read-outs do not
stand on both sides of the date, the engagements of China's leaders (2003-2018). A month counts only
if its source is covered in it, so that the end of an archive does not read as a rupture.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import sqrt

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

READ_OUTS = ("cctv", "whitehouse", "kremlin", "president_ukraine")

_CONTACTS = """
SELECT id, url, event_date AS day, kind, sender
FROM documents
WHERE kind IN ('meeting', 'call') AND list_contains($sources, source)
  AND ((sender = $sender AND list_contains(counterparts, $target))
    OR (sender = $target AND list_contains(counterparts, $sender)))
ORDER BY day, id
"""
_COVERED = """
SELECT sender, date_trunc('month', published)::DATE AS month
FROM documents WHERE list_contains($publishers, sender) AND list_contains($sources, source)
GROUP BY ALL HAVING count(DISTINCT published) >= $enough
"""
_MET = """
SELECT min(id) AS id, min(url) AS url, start_date AS day, string_agg(item, ', ' ORDER BY item)
  AS kind
FROM records WHERE source = 'china_vitae' AND kind = 'meeting' AND target = $other
GROUP BY start_date ORDER BY day
"""
# How much the visit data hold, month by month: of all states, meetings and the rest.
_HELD = """
SELECT date_trunc('month', start_date)::DATE AS month, count(*) AS entries,
  count(*) FILTER (WHERE kind = 'meeting') AS meetings
FROM records WHERE source = 'china_vitae' GROUP BY ALL ORDER BY month
"""
DAYS_ENOUGH = 10  # a month with fewer days of publication is a gap
_ENTRIES_ENOUGH = 5  # a month with fewer engagements of all leaders with all states is a gap
_FEWEST = 4  # contacts within the window, below which their number says nothing
_SIDE = 3  # months on either side of the date that make a series worth having
_UNIT = "contacts a month"


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Contacts a month with the target, over the months the source chosen is covered.

    Empty where fewer than four fall within the window: a source that hardly reports contacts cannot
    show that there were none.
    """
    reach = timedelta(days=round(window_months * 30.44))
    window = ((at - reach).replace(day=1), at, at + reach)
    own, both = _read_outs(store, dyad, window)
    found = both if any(_sides(both, window)) and _least(both, own, window) else own
    if min(_sides(found, window)) < _SIDE and "CHN" in (dyad.sender, dyad.target):
        visits = _visits(store, dyad, window)
        found = max((found, visits), key=lambda series: min(_sides(series, window)))
    return found


def _sides(series: Series, window: tuple[date, date, date]) -> tuple[int, int]:
    """The months of a series in the window before the date, and from it on."""
    first, at, last = window
    return sum(first <= d < at for d in series.dates), sum(at <= d < last for d in series.dates)


def _least(both: Series, own: Series, window: tuple[date, date, date]) -> bool:
    """Does the first have no fewer months than the second, on either side?"""
    pairs = zip(_sides(both, window), _sides(own, window), strict=True)
    return all(one >= other for one, other in pairs)


def _read_outs(store: Store, dyad: Dyad, window: tuple[date, date, date]) -> tuple[Series, Series]:
    """Contacts that read-outs of the sender, and of both, report in the months all are covered."""
    parties, sources = (dyad.sender, dyad.target), list(READ_OUTS)
    found = store.rows(_CONTACTS, sender=dyad.sender, target=dyad.target, sources=sources)
    covered = store.rows(_COVERED, publishers=list(parties), sources=sources, enough=DAYS_ENOUGH)
    own, other = ({r["month"] for r in covered if r["sender"] == one} for one in parties)
    mine = [row for row in found if row["sender"] == dyad.sender]
    note = f"read-outs of both {dyad.sender} and {dyad.target}"
    return (
        _series(_one_a_day(mine), dict.fromkeys(sorted(own), 1.0), window, ""),
        _series(_one_a_day(found), dict.fromkeys(sorted(own & other), 1.0), window, note),
    )


def _one_a_day(rows: list[Row]) -> list[Row]:
    """Of rows in order of day and id, the first of each day."""
    first: dict[date, Row] = {}
    for row in rows:
        first.setdefault(row["day"], row)
    return list(first.values())


def _visits(store: Store, dyad: Dyad, window: tuple[date, date, date]) -> Series:
    """Days on which China's leaders met the other's people, at an even volume of the data set.

    The data thin over the years, so a month counts for more where its year holds fewer meetings
    with all states.
    """
    other = dyad.target if dyad.sender == "CHN" else dyad.sender
    held = store.rows(_HELD)
    volume: dict[int, int] = defaultdict(int)
    for row in held:
        volume[row["month"].year] += row["meetings"]
    mean = sum(volume.values()) / len(volume) if volume else 0.0
    months = {
        row["month"]: mean / volume[row["month"].year]
        for row in held
        if row["entries"] >= _ENTRIES_ENOUGH and volume[row["month"].year]
    }
    rows = store.rows(_MET, other=other)
    note = (
        "from china_vitae, days on which China's president, premier or foreign minister met"
        f" somebody of {other}, scaled to its mean of {mean:.0f} meetings a year"
    )
    return _series(rows, months, window, note)


def _series(
    rows: list[Row], scales: dict[date, float], window: tuple[date, date, date], note: str
) -> Series:
    """Contacts of each covered month, times the month's scale."""
    counts: dict[date, int] = defaultdict(int)
    for row in rows:
        counts[row["day"].replace(day=1)] += 1
    within = sum(window[0] <= row["day"] < window[2] for row in rows)
    if within < _FEWEST or not any(counts[month] for month in scales):
        few = f"{within or 'no'} contact{'s' * (within != 1)} on record within the window"
        return Series((), (), (), (), "month", _UNIT, note=few)
    rate = (sum(counts[m] for m in scales) + 0.5) / len(scales)
    return Series(
        dates=tuple(scales),
        values=tuple(counts[month] * scale for month, scale in scales.items()),
        n=tuple(float(counts[month]) for month in scales),
        se=tuple(sqrt(rate * scale) for scale in scales.values()),
        cadence="month",
        unit=_UNIT,
        evidence=tuple(
            Evidence(row["id"] or f"china_vitae:{row['day']}", row["url"], row["day"], value=1.0,
                     quote=row["kind"])
            for row in rows
        ),
        note=note,
    )  # fmt: skip


DIMENSION = Dimension(
    name="contacts",
    title="Meetings and calls, from read-outs of the sender or of both sides, else visit data",
    side="position",
    unit=_UNIT,
    more_means="closer",
    margin=0.5,
    margin_why="one meeting or call more or fewer every two months",
    sources=(*READ_OUTS, "china_vitae"),
    measure=measure,
)
