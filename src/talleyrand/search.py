"""Find passages in a store: by dyad, code, speaker, period, kind, source and free text.

The store does the looking, with every value bound as a parameter; only the texts of what is shown
are fetched. Codes can be searched in the bundled casebook too, which has no texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from talleyrand import search_queries as queries
from talleyrand import spellings
from talleyrand.codebook import Codebook
from talleyrand.errors import InputError, UnknownCode, UnknownState
from talleyrand.model import Kind
from talleyrand.states import resolve
from talleyrand.store import Row, Store

NEEDS_TEXTS = (
    "the bundled casebook holds no texts, so words cannot be looked for in it; read a source"
    " into a store of your own first: talleyrand ingest SOURCE PATH (see: talleyrand sources),"
    " then ask it with --store FILE"
)
_NO_STATE = ("both", "journalist", "other")
_REACH = {"zh": 40, "en": 80, "ru": 80}  # characters of context to either side


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; None and empty mean any. `until` is the day after the last."""

    sender: str | None = None
    target: str | None = None
    codes: tuple[str, ...] = ()
    text: str | None = None
    speaker: str | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place found. Offsets are in characters of the document's text.

    Without a code it is a passage with the words looked for. `before`, `match` and `after` are
    the words in place, empty where the store has no texts.
    """

    document: str
    date: date
    source: str
    kind: str
    language: str
    sender: str
    counterparts: tuple[str, ...]
    speaker: str
    holder: str
    code: str | None
    negated: bool
    targets: tuple[str, ...]
    start: int
    end: int
    url: str
    title: str = ""
    before: str = ""
    match: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how much in all, and as many hits as were asked for, oldest first."""

    query: Query
    total: int
    documents: int
    hits: tuple[Hit, ...]
    origin: Literal["casebook", "store"]
    built: date

    def to_dict(self) -> dict[str, Any]:
        """The answer of `talleyrand evidence --json`."""
        return {
            "total": self.total,
            "documents": self.documents,
            "shown": len(self.hits),
            "origin": self.origin,
            "built": self.built.isoformat(),
            "hits": [hit_to_dict(hit) for hit in self.hits],
        }

    def to_frame(self) -> Any:
        """A pandas table, one row a hit."""
        from talleyrand.report import frames

        rows = [hit_to_dict(hit) for hit in self.hits]
        return frames.table(rows, list(hit_to_dict(_BLANK)))


_BLANK = Hit("", date.min, "", "", "", "", (), "", "", None, False, (), 0, 0, "")


def find(store: Store, query: Query, limit: int | None = 20) -> Found:
    """Search a store; `limit` None gives every hit.

    Raises InputError where free text is looked for in the casebook, which holds none.
    """
    if query.text and store.origin == "casebook":
        raise InputError(NEEDS_TEXTS)
    rows = _worded(store, query, limit) if query.text else _coded(store, query, limit)
    return Found(
        query=query,
        total=rows[0]["total"] if rows else 0,
        documents=rows[0]["documents"] if rows else 0,
        hits=tuple(_placed(store, rows)),
        origin=store.origin,
        built=store.built,
    )


def _coded(store: Store, query: Query, limit: int | None) -> list[Row]:
    return store.rows(
        queries.BY_CODE, **by_document(query), **_by_passage(query, limit), codes=list(query.codes)
    )


def _worded(store: Store, query: Query, limit: int | None) -> list[Row]:
    """The store finds the texts, the matcher the places in them, the store their passages."""
    sought = spellings.compiled(query.text or "")
    letters = {f"letter_{i}": letter for i, letter in enumerate(sought.letters)}
    texts = store.table(
        queries.WORDED, **by_document(query), **letters, expression=sought.expression
    )
    ids: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for document, text in zip(texts["id"], texts["text"], strict=True):
        for _, start, end in sought.matcher.find(text.as_py()):
            ids.append(document.as_py())
            starts.append(start)
            ends.append(end)
    if not ids:
        return []
    places = {"ids": ids, "starts": starts, "ends": ends}
    if query.codes:
        codes = list(query.codes)
        return store.rows(queries.BY_BOTH, **places, **_by_passage(query, limit), codes=codes)
    return store.rows(queries.BY_TEXT, **places, **_by_passage(query, limit))


def codes_named(names: Iterable[str], book: Codebook, store: Store) -> tuple[str, ...]:
    """The codes behind names of codes and families, of the codebook or found in the store.

    Several may stand in one name, parted by commas. Raises UnknownCode with the nearest names.
    """
    stored: set[str] | None = None
    chosen: dict[str, None] = {}
    for name in (part.strip() for given in names for part in given.split(",")):
        family = [code.name for code in book.codes.values() if code.family == name]
        if name in book.codes:
            chosen[name] = None
        elif family:
            chosen |= dict.fromkeys(family)
        else:
            if stored is None:
                stored = {row["code"] for row in store.rows(queries.STORED_CODES)}
            if name not in stored:
                raise UnknownCode(_no_code(name, [*book.codes, *book.families(), *stored]))
            chosen[name] = None
    return tuple(chosen)


def verified(query: Query) -> Query:
    """The query itself, with its kind and its span checked; raises InputError."""
    if query.kind is not None and query.kind not in set(Kind):
        raise InputError(f"{query.kind!r} is not a kind; take one of {', '.join(Kind)}")
    if query.since and query.until and query.since >= query.until:
        raise InputError("the period ends before it begins; look at --from and --to")
    return query


def by_document(query: Query) -> dict[str, Any]:
    """What is asked of a document, as parameters: values, never parts of a statement."""
    names = ("sender", "since", "until", "kind", "source")
    return {name: getattr(query, name) for name in names}


def _by_passage(query: Query, limit: int | None) -> dict[str, Any]:
    """What is asked of a passage and its codes, and how many are wanted."""
    holder, name, is_state = _speaker(query.speaker)
    most = 2**62 if limit is None else limit
    asked = {"target": query.target, "holder": holder, "is_state": is_state, "name": name}
    return {**asked, "limit": most}


def _speaker(who: str | None) -> tuple[str | None, str | None, bool]:
    """A speaker as (whose words, part of a name, is it a state): by state, by role or by name."""
    if not who or not who.strip():
        return None, None, False
    if who in _NO_STATE:
        return who, None, False
    try:
        return resolve(who, leaders=False), None, True
    except UnknownState:
        return None, who.strip().lower(), False


def _placed(store: Store, rows: list[Row]) -> Iterable[Hit]:
    """The rows as hits, with the words in place where the store has texts."""
    texts: Mapping[str, Row] = {}
    if store.origin == "store" and rows:
        ids = sorted({row["document_id"] for row in rows})
        texts = {row["id"]: row for row in store.rows(queries.TEXTS, ids=ids)}
    return [_hit(row, texts.get(row["document_id"])) for row in rows]


def _hit(row: Row, document: Row | None) -> Hit:
    start, end = row["start_at"], row["end_at"]
    before = match = after = title = ""
    if document is not None:
        title, reach = document["title"], _REACH.get(row["language"], 80)
        before, match, after = _in_context(document["text"], start, end, reach)
    return Hit(
        document=row["document_id"],
        date=row["day"],
        source=row["source"],
        kind=row["kind"],
        language=row["language"],
        sender=row["sender"],
        counterparts=tuple(row["counterparts"] or ()),
        speaker=row["speaker"],
        holder=row["holder"],
        code=row["code"],
        negated=bool(row["negated"]),
        targets=tuple(row["targets"] or ()),
        start=start,
        end=end,
        url=row["url"],
        title=title,
        before=before,
        match=match,
        after=after,
    )


def _in_context(text: str, start: int, end: int, reach: int) -> tuple[str, str, str]:
    """The words before, of and after a place, in its paragraph, cut between words."""
    first = text.rfind("\n", 0, start) + 1
    close = text.find("\n", end)
    last = len(text) if close < 0 else close
    low, high = max(first, start - reach), min(last, end + reach)
    before, after = text[low:start], text[end:high]
    if low > first:
        before = "…" + (before if " " not in before[:20] else before.split(" ", 1)[1])
    if high < last:
        after = (after if " " not in after[-20:] else after.rsplit(" ", 1)[0]) + "…"
    return before.lstrip(), text[start:end], after.rstrip()


def _no_code(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(dict.fromkeys(known)), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "see: talleyrand codebook"
    return f"no code or family {name!r} in the codebook or the store; {hint}"


def hit_to_dict(hit: Hit) -> dict[str, Any]:
    """One hit as plain values, in the order of the columns of a CSV."""
    return {
        "date": hit.date.isoformat(),
        "source": hit.source,
        "kind": hit.kind,
        "language": hit.language,
        "sender": hit.sender,
        "counterparts": list(hit.counterparts),
        "speaker": hit.speaker,
        "holder": hit.holder,
        "code": hit.code,
        "negated": hit.negated,
        "targets": list(hit.targets),
        "before": hit.before,
        "match": hit.match,
        "after": hit.after,
        "start": hit.start,
        "end": hit.end,
        "title": hit.title,
        "document": hit.document,
        "url": hit.url,
    }
