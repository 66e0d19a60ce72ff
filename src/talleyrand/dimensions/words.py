"""`words`: the declared position, as codes in official texts by the speaker they belong to.

Per month the log-odds of codes that bring the target closer against codes that push it further,
pooled over the sender's texts (Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies
Quarterly 36:123-155), with its standard error from the counts.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import log, sqrt

from talleyrand import codebook as codebooks
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

_QUERY = """
SELECT d.id, d.url, d.event_date AS day, m.code, count(*) AS times
FROM matches m JOIN documents d ON d.id = m.document_id
WHERE d.sender = $sender AND m.holder IN ($sender, 'both') AND NOT m.negated
  AND list_contains(m.targets, $target)
GROUP BY ALL ORDER BY day, id, code
"""


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Monthly log-odds of closer against further codes of the sender towards the target.

    Values are in log-odds with 0.5 added to either count; `n` is the number of texts with at
    least one such code. Months without any are left out: silence has a question of its own.
    """
    book = codebooks.load()
    rows = store.rows(_QUERY, sender=dyad.sender, target=dyad.target)
    months: dict[date, list[float]] = defaultdict(lambda: [0.0, 0.0])
    texts: dict[tuple[date, str, str, date], list[float]] = {}
    for row in rows:
        pole = book.pole(row["code"], dyad.target) if row["code"] in book.codes else "neither"
        if pole == "neither":
            continue
        weight = row["times"] * book.codes[row["code"]].weight
        month = row["day"].replace(day=1)
        side = 0 if pole == "closer" else 1
        months[month][side] += weight
        texts.setdefault((month, row["id"], row["url"], row["day"]), [0.0, 0.0])[side] += weight
    return _series(months, texts)


def _series(
    months: dict[date, list[float]], texts: dict[tuple[date, str, str, date], list[float]]
) -> Series:
    dates = tuple(sorted(months))
    behind: dict[date, int] = defaultdict(int)
    for month, *_ in texts:
        behind[month] += 1
    return Series(
        dates=dates,
        values=tuple(_log_odds(*months[m]) for m in dates),
        n=tuple(float(behind[m]) for m in dates),
        se=tuple(_standard_error(*months[m]) for m in dates),
        cadence="month",
        unit="log-odds",
        evidence=tuple(
            Evidence(id=key, url=url, date=day, value=round(_log_odds(*counts), 3))
            for (_, key, url, day), counts in sorted(texts.items(), key=lambda t: t[0][3])
        ),
    )


def _log_odds(closer: float, further: float) -> float:
    return log((closer + 0.5) / (further + 0.5))


def _standard_error(closer: float, further: float) -> float:
    return sqrt(1 / (closer + 0.5) + 1 / (further + 0.5))


DIMENSION = Dimension(
    name="words",
    title="What the sender says: codes that bring closer against codes that push away",
    side="position",
    unit="log-odds",
    more_means="closer",
    margin=0.5,
    margin_why="odds of closer to further words 1.6 times as high or as low",
    sources=("cctv", "mfa_china", "whitehouse", "kremlin", "president_ukraine"),
    measure=measure,
)
