"""The use of a code over time: how often, first and last, by whom and in what kind of text.

Uses of the sender's own (`holder` the sender or "both", as in `words`) are counted apart from
those it denies and from words of others that its texts report. A month without any text of the
sender is a gap, not a zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from talleyrand import search_queries as queries
from talleyrand.search import Query, by_document
from talleyrand.store import Row, Store

_SORTS = ("own", "negated", "reported")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a code: `sort` is own, negated (the sender's own denial) or reported."""

    date: date
    code: str
    sort: str
    speaker: str
    holder: str
    kind: str
    source: str
    document: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class History:
    """All uses of some codes by a sender, oldest first, and its texts per month on record."""

    name: str
    codes: tuple[str, ...]
    sender: str
    target: str | None
    uses: tuple[Use, ...]
    texts: tuple[tuple[date, int], ...]
    origin: str
    built: date

    def of(self, sort: str) -> tuple[Use, ...]:
        """The uses of one sort: own, negated or reported."""
        return tuple(use for use in self.uses if use.sort == sort)

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand codebook --history --json`."""
        own = self.of("own")
        return {
            "name": self.name,
            "codes": list(self.codes),
            "sender": self.sender,
            "target": self.target,
            "origin": self.origin,
            "built": self.built.isoformat(),
            "texts": sum(count for _, count in self.texts),
            "uses": {sort: len(self.of(sort)) for sort in _SORTS},
            "documents": {sort: len({u.document for u in self.of(sort)}) for sort in _SORTS},
            "first": _use_as_dict(own[0]) if own else None,
            "last": _use_as_dict(own[-1]) if own else None,
            "by_year": _periods(self.uses, self.texts, "%Y"),
            "by_month": _periods(self.uses, self.texts, "%Y-%m"),
            "by_speaker": _ranked(self.uses, "speaker"),
            "by_kind": _ranked(self.uses, "kind"),
            "by_source": _ranked(self.uses, "source"),
            "by_code": _ranked(self.uses, "code"),
        }

    def to_frame(self) -> Any:
        """A pandas table, one row a use, oldest first."""
        from talleyrand.report import frames

        return frames.table([_use_as_dict(use) for use in self.uses], list(Use.__slots__))


def history(store: Store, name: str, query: Query) -> History:
    """Every use of the codes of a query by its sender, towards its target if it has one."""
    asked = by_document(query)
    rows = store.rows(queries.USES, **asked, codes=list(query.codes), target=query.target)
    published = store.rows(queries.PUBLISHED, **asked)
    sender = query.sender or ""
    return History(
        name=name,
        codes=query.codes,
        sender=sender,
        target=query.target,
        uses=tuple(_use(row, sender) for row in rows),
        texts=tuple((row["month"], row["documents"]) for row in published),
        origin=store.origin,
        built=store.built,
    )


def _use(row: Row, sender: str) -> Use:
    own = row["holder"] in (sender, "both")
    return Use(
        date=row["day"],
        code=row["code"],
        sort="reported" if not own else "negated" if row["negated"] else "own",
        speaker=row["speaker"],
        holder=row["holder"],
        kind=row["kind"],
        source=row["source"],
        document=row["document_id"],
        start=row["start_at"],
        end=row["end_at"],
        url=row["url"],
    )


def _use_as_dict(use: Use) -> dict[str, Any]:
    row = {name: getattr(use, name) for name in Use.__slots__}
    return {**row, "date": use.date.isoformat()}


def _periods(
    uses: Sequence[Use], texts: Sequence[tuple[date, int]], form: str
) -> list[dict[str, Any]]:
    """Counts by year or month: texts on record, and uses of each sort; gaps are left out."""
    published: Counter[str] = Counter()
    for month, count in texts:
        published[month.strftime(form)] += count
    counts = Counter((use.date.strftime(form), use.sort) for use in uses)
    return [
        {"period": period, "texts": published[period]}
        | {sort: counts[period, sort] for sort in _SORTS}
        for period in sorted(published)
    ]


def _ranked(uses: Sequence[Use], by: str) -> list[dict[str, Any]]:
    """Counts by speaker, kind, source or code, most used first, with first and last day."""
    groups: dict[str, list[Use]] = {}
    for use in uses:
        groups.setdefault(getattr(use, by), []).append(use)
    rows = [
        {by: name}
        | {sort: sum(use.sort == sort for use in group) for sort in _SORTS}
        | {"first": group[0].date.isoformat(), "last": group[-1].date.isoformat()}
        for name, group in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row["own"], -row["reported"], str(row[by])))
