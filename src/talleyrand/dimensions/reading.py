"""The second reading of `words`: what a sender says of a target, by latent semantic scaling.

The figures were made when the store or the casebook was built (`talleyrand.second_reading`); here
they become a monthly series, standardised for the mix of texts as `words` is. This is no
dimension of its own and has no part in the headline: it is a check of one.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from talleyrand.dimensions.mix import levelled
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

Floats = NDArray[np.float64]

UNIT = "sd of a sentence"
_QUERY = """
SELECT d.id, d.url, d.event_date AS day, d.source, d.kind, r.language, r.score, r.sentences
FROM readings r JOIN documents d ON d.id = r.document_id
WHERE d.sender = $sender AND r.target = $target
ORDER BY day, id
"""
_READ_OUTS = frozenset({"meeting", "call", "joint_statement"})
_PRIOR_TEXTS = 2.0  # as many texts' worth of belief that a sentence has variance 1


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Monthly mean score of the sender's sentences about the target.

    `n` is the number of texts. A text counts with the root of its sentences, since those of one
    text are much alike.
    """
    rows = store.rows(_QUERY, sender=dyad.sender, target=dyad.target)
    note = _note(store, bool(rows))
    if not rows:
        return Series((), (), (), (), "month", UNIT, note=note)
    months = sorted({_month(row) for row in rows})
    strata = sorted({_stratum(row) for row in rows})
    cells = [(months.index(_month(row)), strata.index(_stratum(row))) for row in rows]
    scores = np.array([row["score"] for row in rows])
    weights = np.sqrt(np.array([row["sentences"] for row in rows], dtype=float))
    values, errors = _monthly(cells, scores, weights, (len(months), len(strata)))
    behind = np.bincount([month for month, _ in cells], minlength=len(months))
    return Series(
        dates=tuple(months),
        values=tuple(values.tolist()),
        n=tuple(behind.astype(float).tolist()),
        se=tuple(errors.tolist()),
        cadence="month",
        unit=UNIT,
        evidence=tuple(_evidence(row) for row in rows),
        note=note,
    )


def _monthly(
    cells: list[tuple[int, int]], scores: Floats, weights: Floats, shape: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Means and standard errors a month; the variance of a text is pooled over all months."""
    places = tuple(np.array(cells).T)
    totals, behind = np.zeros(shape), np.zeros(shape)
    np.add.at(totals, places, weights * scores)
    np.add.at(behind, places, weights)
    values, information, expected = levelled(totals, behind)
    squares = float((weights * (scores - expected[places]) ** 2).sum())
    spare = max(0, len(scores) - shape[0] - shape[1] + 1)
    variance = (_PRIOR_TEXTS + squares) / (_PRIOR_TEXTS + spare)
    return values, np.sqrt(variance / information)


def _month(row: Row) -> date:
    day: date = row["day"]
    return day.replace(day=1)


def _stratum(row: Row) -> str:
    press = row["kind"] == "press_conference"
    genre = "read-outs" if row["kind"] in _READ_OUTS else "other texts"
    return f"{row['source']} {row['language']} {'press conferences' if press else genre}"


def _evidence(row: Row) -> Evidence:
    said = f"{row['sentences']} sentences"
    return Evidence(row["id"], row["url"], row["day"], row["score"], said)


def _note(store: Store, found: bool) -> str:
    """Why there is nothing, or that what there is is older than the texts; else nothing."""
    made = store.rows("SELECT value FROM meta WHERE key = 'second_reading'")
    if not made:
        return "not made yet; run: talleyrand reading --build" if store.origin == "store" else ""
    if store.origin == "store":
        texts = store.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        if str(texts) != made[0]["value"]:
            return "older than the last ingest; run: talleyrand reading --build"
    return "" if found else "no sentence on record that names this state alone"


READING = Dimension(
    name="latent semantic scaling",
    title="What the sender says, by the company its words keep (no codebook)",
    side="position",
    unit=UNIT,
    more_means="closer",
    margin=0.2,
    margin_why="half the mean change at recognised turning points (benchmarks/lss.py)",
    sources=("cctv", "mfa_china", "whitehouse", "kremlin", "president_ukraine"),
    measure=measure,
)
