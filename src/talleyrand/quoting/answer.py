"""`talleyrand quotes`: which sentences of a statement coverage quotes, by whom, and how true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from talleyrand.inference.selection import Picked, picked
from talleyrand.quoting import mouths
from talleyrand.quoting.align import Part
from talleyrand.quoting.articles import Article
from talleyrand.quoting.differences import Change, Named, Sides, changes, distorts
from talleyrand.quoting.statement import Statement, Version, states_named
from talleyrand.quoting.units import Unit, tokens, units

PROMINENCE = {"headline": 3.0, "lead": 2.0, "body": 1.0}
_REPORTED = ("tense changed", "indirect speech", "reworded", "words added", "words left out")
_SPEAKER, _STATE = "speaker swapped", "state misattributed"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of an article that says sentences of the statement again.

    `start` and `end` are offsets in the article's text; `mouth` is the state it is ascribed to,
    `owner` the state whose words they are in the statement ("both" of a joint one).
    """

    article: int
    where: str
    start: int
    end: int
    text: str
    in_marks: bool
    sentences: tuple[int, ...]
    score: float
    translated: bool
    typography: bool
    mouth: str
    owner: str
    reversal: bool
    changes: tuple[Change, ...]
    distorted: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """What became of the words; "verbatim" or "paraphrase" where nothing is told."""
        told = tuple(dict.fromkeys(change.kind for change in self.changes))
        if not self.in_marks:  # a reporter's own tense and persons are as they should be
            told = tuple(kind for kind in told if kind not in _REPORTED)
        if self.in_marks:
            return told or ("verbatim",)
        return (
            (*told, "indirect speech")
            if self.mouth and not self.distorted
            else (told or ("paraphrase",))
        )


@dataclass(frozen=True, slots=True)
class Quotes:
    """The whole answer. `stance` sets the quoted sentences against all; None where none is."""

    statement: Statement
    articles: tuple[Article, ...]
    found: tuple[Quotation, ...]
    stance: Picked | None
    stance_anywhere: Picked | None  # as if position did not matter

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand quotes --json`; sentences and articles count from 0."""
        by = Counter(n for q in self.found for n in q.sentences)
        said = self.statement.said
        return {
            "language": self.statement.language,
            "parties": list(self.statement.parties),
            "translations": [v.language for v in self.statement.versions if v.official],
            "sentences": [
                {"text": self.statement.text[s.start : s.end], "start": s.start, "end": s.end,
                 "speaker": s.speaker, "state": s.state, "stance": s.stance,
                 "codes": list(s.codes), "quoted": by[n],
                 "outlets": sorted({self.articles[q.article].outlet for q in self.found
                                    if n in q.sentences})}
                for n, s in enumerate(said)
            ],
            "articles": [
                {"name": a.name, "outlet": a.outlet, "outlet_state": a.outlet_state,
                 "date": a.date, "url": a.url, "language": a.language,
                 "title": a.text[: a.lead_at - 1],
                 "quotations": sum(q.article == n for q in self.found)}
                for n, a in enumerate(self.articles)
            ],
            "quotations": [self._quotation(q) for q in self.found],
            "stance": self._stance(),
            "distorted": sum(q.distorted for q in self.found),
            "reversals": sum(q.reversal for q in self.found),
        }  # fmt: skip

    def _quotation(self, q: Quotation) -> dict[str, Any]:
        told = asdict(q)
        return {**told, "kinds": list(q.kinds), "sentences": list(q.sentences),
                "changes": [asdict(change) for change in q.changes],
                "outlet": self.articles[q.article].outlet}  # fmt: skip

    def _stance(self) -> dict[str, Any] | None:
        if self.stance is None or self.stance_anywhere is None:
            return None
        return {
            "whole": self.stance.whole,
            "quoted": self.stance.picked,
            "p": self.stance.p,
            "p_regardless_of_position": self.stance_anywhere.p,
            "sentences": len(self.statement.said),
            "sentences_quoted": len({n for q in self.found for n in q.sentences}),
            "sentences_with_stance": sum(s.stance != 0 for s in self.statement.said),
            "prominence": dict(PROMINENCE),
        }


def ask(statement: Statement, articles: Sequence[Article], on: date) -> Quotes:
    """Look for the statement in every article."""
    found = tuple(q for n, one in enumerate(articles) for q in _in(one, n, statement, on))
    return Quotes(statement, tuple(articles), found, *_selection(statement, found))


def _in(article: Article, number: int, statement: Statement, on: date) -> list[Quotation]:
    version = next((v for v in statement.versions if v.language == article.language), None)
    if version is None:
        return []
    voices: mouths.Mouths | None = None
    named: Named = ()
    found: list[Quotation] = []
    for unit in units(article.text, article.language):
        inside = any(q.start < unit.end and unit.start < q.end for q in found)
        if not unit.in_marks and inside:
            continue
        words = tokens(article.text, article.language, unit.start, unit.end)
        parts = version.index.parts(words, in_marks=unit.in_marks)
        if parts:
            if voices is None:  # most articles quote nothing
                voices = mouths.read(article.text, article.language, on)
                named = states_named(article.text, article.language, on)
            seen = _Seen(article, number, unit, version, statement, named)
            found.append(seen.quotation(parts, words, voices.of(unit.start, unit.end)))
    return sorted(found, key=lambda q: q.start)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One stretch that quotes, and what it is held against."""

    article: Article
    number: int
    unit: Unit
    version: Version
    statement: Statement
    named: Named

    def quotation(self, parts: list[Part], words: list[Any], mouth: str) -> Quotation:
        original = tuple(dict.fromkeys(n for p in parts for n in self.version.original[p.sentence]))
        text = self.article.text[self.unit.start : self.unit.end]
        sides = Sides(
            self.article.text, words, self.version.text, self.version.index.sentences,
            self.article.language, self.named, self.version.named,
        )  # fmt: skip
        found = changes(parts, sides, in_marks=self.unit.in_marks)
        owner = self._owner(original)
        swapped = self._swapped(mouth, owner)
        if swapped:
            found.append(Change(swapped, owner, mouth))
        bad = distorts(found, in_marks=self.unit.in_marks) or bool(swapped)
        matched = sum(part.matched for part in parts)
        return Quotation(
            article=self.number,
            where=self.article.where(self.unit.start),
            start=self.unit.start,
            end=self.unit.end,
            text=text,
            in_marks=self.unit.in_marks,
            sentences=original,
            score=round(min(1.0, matched / (sum(w.weight for w in words) or 1)), 3),
            translated=self.version.official,
            typography=self._set_otherwise(parts, sides),
            mouth=mouth,
            owner=owner,
            reversal=swapped == _SPEAKER,
            changes=tuple(found),
            distorted=bad,
        )

    def _owner(self, original: tuple[int, ...]) -> str:
        owners = {self.statement.said[n].state for n in original}
        return min(owners) if len(owners) == 1 else ""

    def _swapped(self, mouth: str, owner: str) -> str:
        """Words of a party in another mouth: the other party's, or a third state's."""
        if not mouth or owner not in self.statement.parties or mouth == owner:
            return ""
        return _SPEAKER if mouth in self.statement.parties else _STATE

    def _set_otherwise(self, parts: list[Part], sides: Sides) -> bool:
        """The same words, set with other marks, dashes, spaces or widths of letters."""
        if len(parts) != 1 or any(i is None or j is None for i, j in parts[0].steps):
            return False
        first, last = parts[0].own
        own = sides.own[parts[0].sentence]
        mine = sides.own_text[own[first].start : own[last].end]
        theirs = sides.unit_text[sides.unit[parts[0].first].start : sides.unit[parts[0].last].end]
        return mine != theirs and all(
            sides.unit[i].form == own[j].form
            for i, j in parts[0].steps if i is not None and j is not None
        )  # fmt: skip


def _selection(
    statement: Statement, found: Sequence[Quotation]
) -> tuple[Picked | None, Picked | None]:
    """Which way the quoted sentences point, against all; places are dealt within thirds."""
    weights = np.zeros(len(statement.said))
    for quotation in found:
        for n in quotation.sentences:
            weights[n] += PROMINENCE[quotation.where]
    if not weights.any():
        return None, None
    values = np.array([s.stance for s in statement.said], float)
    places = np.arange(len(values))
    thirds = places * 3 // len(values)
    return picked(values, weights, thirds), picked(values, weights, np.zeros_like(thirds))
