"""The sender's texts that say something of a target: how many codes bring it closer, or push away.

Shared by `words` and `balance`. Each text belongs to a stratum, a sort of text with a level of its
own: its source, its genre, whether a leader speaks in it, and whether it is long for its genre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from math import log, sqrt
from statistics import median

from talleyrand import codebook as codebooks
from talleyrand import states
from talleyrand.model import Dyad, Evidence, Pole
from talleyrand.store import Store

SOURCES = ("cctv", "mfa_china", "whitehouse", "kremlin", "president_ukraine", "un_general_debate")
YEARLY = frozenset({"un_general_debate"})  # one text a state and year

_QUERY = """
SELECT d.id, d.url, d.event_date AS day, d.source, d.kind, d.language, d.length, m.code,
  count(*) AS times,
  list(DISTINCT m.speaker) FILTER (WHERE d.kind IN ('call', 'meeting')) AS speakers
FROM matches m JOIN documents d ON d.id = m.document_id
WHERE d.sender = $sender AND m.holder IN ($sender, 'both') AND NOT m.negated
  AND list_contains(m.targets, $target) AND list_contains($codes, m.code)
GROUP BY ALL ORDER BY day, id, code
"""
_GENRES = {"press_conference": "press conferences", "call": "calls", "meeting": "read-outs"}
_OTHER = "other texts"
_FEWEST_LONG = 12  # texts of a genre, below which long and short are not told apart
_SHOWN = 3  # codes named as having moved most


@dataclass(slots=True)
class Text:
    """The codes of one text towards the target: weighted counts either way, and their names."""

    id: str
    url: str
    day: date
    source: str
    genre: str
    length: int
    codes: dict[Pole, Counter[str]] = field(
        default_factory=lambda: {"closer": Counter(), "further": Counter()}
    )
    weights: dict[Pole, float] = field(default_factory=lambda: {"closer": 0.0, "further": 0.0})

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    def count(self, pole: Pole) -> int:
        """Different codes that point one way: a formula repeated says no more than once."""
        return len(self.codes[pole])

    def evidence(self) -> Evidence:
        """The text with its log-odds and the codes behind them."""
        value = log((self.weights["closer"] + 0.5) / (self.weights["further"] + 0.5))
        said = [f"{pole}: {_listed(codes)}" for pole, codes in self.codes.items() if codes]
        return Evidence(self.id, self.url, self.day, round(value, 3), "; ".join(said))


def texts_of(store: Store, dyad: Dyad) -> list[Text]:
    """The sender's texts with at least one code that points either way, in order of date.

    Of the casebook, which nobody writes to, they are read once for all that ask.
    """
    return _kept(store, dyad) if store.origin == "casebook" else _read(store, dyad)


@lru_cache(maxsize=4)
def _kept(store: Store, dyad: Dyad) -> list[Text]:
    return _read(store, dyad)


def _read(store: Store, dyad: Dyad) -> list[Text]:
    stances = codebooks.stances(dyad.target)
    columns = store.table(
        _QUERY, sender=dyad.sender, target=dyad.target, codes=sorted(stances)
    ).to_pydict()
    found: dict[str, Text] = {}
    for id, url, day, source, kind, language, length, name, times, speakers in zip(
        *columns.values(), strict=True
    ):
        pole, weight = stances[name]
        text = found.get(id)
        if text is None:
            text = found[id] = Text(id, url, day, source, _GENRES.get(kind, _OTHER), length)
        if speakers and _leader_speaks(speakers, language, day, dyad.sender):
            text.genre = f"leaders' {_GENRES[kind]}"
        text.codes[pole][name] += times
        # repeating a code in one text adds less and less
        text.weights[pole] += weight * sqrt(times)
    return list(found.values())


def strata(texts: Sequence[Text]) -> list[str]:
    """The stratum of each text: source, genre, and long or short where there are enough of it."""
    kinds = [f"{text.source} {text.genre}" for text in texts]
    sizes: dict[str, list[int]] = {}
    for kind, text in zip(kinds, texts, strict=True):
        sizes.setdefault(kind, []).append(text.length)
    split = {kind: median(found) for kind, found in sizes.items() if len(found) >= _FEWEST_LONG}
    return [
        f"{kind}, {'long' if text.length > split[kind] else 'short'}" if kind in split else kind
        for kind, text in zip(kinds, texts, strict=True)
    ]


def moved(texts: Iterable[Text], at: date, window_months: int) -> str:
    """The codes whose number changed most across the date, so that a reader sees what moved."""
    reach = timedelta(days=round(window_months * 30.44))
    sides: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    poles: dict[str, Pole] = {}
    for text in texts:
        if at - reach <= text.day < at + reach:
            for pole, codes in text.codes.items():
                sides[text.day >= at].update(codes)
                poles.update(dict.fromkeys(codes, pole))
    before, after = sides
    # the distance of two counts in standard deviations of either (Anscombe 1948)
    far = {c: abs(sqrt(after[c] + 0.375) - sqrt(before[c] + 0.375)) for c in poles}
    most = sorted(far, key=lambda c: (-far[c], c))[:_SHOWN]
    told = [f"{c} (counts as {poles[c]}) {before[c]} to {after[c]}" for c in most]
    return f"moved most: {', '.join(told)}" if told else ""


def _leader_speaks(speakers: Sequence[str], language: str, day: date, sender: str) -> bool:
    year = day.replace(month=7, day=1)
    return any(_is_leader(who, language, year) == sender for who in speakers)


@lru_cache(maxsize=4096)
def _is_leader(who: str, language: str, on: date) -> str | None:
    return states.leader_of(who, language, on) if who else None  # type: ignore[arg-type]


def _listed(codes: Counter[str]) -> str:
    return ", ".join(f"{code} x{n}" if n > 1 else code for code, n in codes.items())
