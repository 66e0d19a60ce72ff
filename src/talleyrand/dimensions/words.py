"""`words`: the declared position, as codes in official texts by the speaker they belong to.

Per month the log-odds of codes that bring the target closer against codes that push it further
(Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies Quarterly 36:123-155), standardised
for the mix of texts: a press conference is harsher than the read-out of a visit, so a month with
more of them is compared with what its own mix would lead one to expect.
"""

from __future__ import annotations

from datetime import date
from math import log, sqrt

import numpy as np

from talleyrand import codebook as codebooks
from talleyrand.dimensions.mix import standardised
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_QUERY = """
SELECT d.id, d.url, d.event_date AS day, d.source, d.kind, m.code, count(*) AS times
FROM matches m JOIN documents d ON d.id = m.document_id
WHERE d.sender = $sender AND m.holder IN ($sender, 'both') AND NOT m.negated
  AND list_contains(m.targets, $target)
GROUP BY ALL ORDER BY day, id, code
"""
_READ_OUTS = frozenset({"meeting", "call", "joint_statement"})


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Monthly log-odds of closer against further codes of the sender towards the target.

    `n` is the number of texts with at least one such code. Months without any are left out:
    silence has a question of its own.
    """
    rows = store.rows(_QUERY, sender=dyad.sender, target=dyad.target)
    texts = _texts(rows, dyad.target)
    if not texts:
        return Series((), (), (), (), "month", "log-odds", note="no coded text on record")
    months = sorted({text.month for text in texts})
    strata = sorted({text.stratum for text in texts})
    near = {t.stratum for t in texts if abs((t.day - at).days) <= 30.44 * window_months}
    counts = np.zeros((2, len(months), len(strata)))
    behind = np.zeros(len(months))
    for text in texts:
        m, s = months.index(text.month), strata.index(text.stratum)
        counts[:, m, s] += (text.closer, text.further)
        behind[m] += 1
    values, errors = standardised(counts[0], counts[1])
    return Series(
        dates=tuple(months),
        values=tuple(float(v) for v in values),
        n=tuple(float(n) for n in behind),
        se=tuple(float(e) for e in errors),
        cadence="month",
        unit="log-odds",
        evidence=tuple(text.evidence() for text in texts),
        note="standardised for the mix of " + ", ".join(sorted(near)) if len(near) > 1 else "",
    )


class _Text:
    """The codes of one text: how many bring closer, how many push further."""

    def __init__(self, row: Row) -> None:
        self.id, self.url, self.day = row["id"], row["url"], row["day"]
        self.month = self.day.replace(day=1)
        genre = "read-outs" if row["kind"] in _READ_OUTS else "other texts"
        press = row["kind"] == "press_conference"
        self.stratum = f"{row['source']} {'press conferences' if press else genre}"
        self.closer = self.further = 0.0

    def evidence(self) -> Evidence:
        value = log((self.closer + 0.5) / (self.further + 0.5))
        said = f"{self.closer:g} closer, {self.further:g} further"
        return Evidence(self.id, self.url, self.day, round(value, 3), said)


def _texts(rows: list[Row], target: str) -> list[_Text]:
    """The texts with at least one code that points either way, in order of date."""
    book = codebooks.load()
    texts: dict[str, _Text] = {}
    for row in rows:
        code = book.codes.get(row["code"])
        pole = book.pole(code.name, target) if code else "neither"
        if code is None or pole == "neither":
            continue
        text = texts.setdefault(row["id"], _Text(row))
        # repeating a code in one text adds less and less
        weight = code.weight * sqrt(row["times"])
        if pole == "closer":
            text.closer += weight
        else:
            text.further += weight
    return list(texts.values())


DIMENSION = Dimension(
    name="words",
    title="What the sender says: codes that bring closer against codes that push away",
    side="position",
    unit="log-odds",
    more_means="closer",
    margin=0.4,
    margin_why="half the mean change at recognised turning points (benchmarks/margins.py)",
    sources=("cctv", "mfa_china", "whitehouse", "kremlin", "president_ukraine"),
    measure=measure,
)
