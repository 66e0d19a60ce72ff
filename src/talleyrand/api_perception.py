"""The library's functions on perception: what coverage quotes, how an event was framed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talleyrand.coverages import Coverage
    from talleyrand.edits import Edit
    from talleyrand.quoting.answer import Quotes
    from talleyrand.quoting.articles import Article
    from talleyrand.store import Store
    from talleyrand.timeline import Timeline

_REPORTS = """
SELECT * FROM reports
WHERE published >= $since AND published < $until AND list_contains(states, $one)
  AND list_contains(states, $other)
ORDER BY published, outlet, id
"""


def quotes(
    statement: str | Path, coverage: Sequence[str | Path], *, sender: str, **asked: Any
) -> Quotes:
    """Which sentences of a statement (a file) the coverage (files, folders) quotes, and how.

    `asked` may hold `counterpart`, `lang`, `kind`, `on` (the day of the event), `translation`
    (files) and `codebook`, as for `talleyrand.code`.
    """
    from talleyrand.quoting.articles import read

    items = list(read([Path(path) for path in coverage]))
    return _quotes(Path(statement), items, sender, **asked)


def quotes_in(
    base: Store,
    statement: str | Path,
    coverage: Sequence[str | Path] = (),
    *,
    sender: str,
    reports: int,
    **asked: Any,
) -> Quotes:
    """The same with the store's reports that name both parties within `reports` days of `on`."""
    from talleyrand.errors import InputError
    from talleyrand.pipeline import as_date
    from talleyrand.quoting.articles import read
    from talleyrand.states import resolve

    others = _listed(asked.get("counterpart"))
    if not asked.get("on") or not others:
        raise InputError("the store's reports are chosen by --on DATE and --counterpart STATE")
    day, reach = as_date(asked["on"]), timedelta(days=reports)
    rows = base.rows(
        _REPORTS, since=day - reach, until=day + reach + timedelta(days=1),
        one=resolve(sender), other=resolve(others[0]),
    )  # fmt: skip
    if rows and "title" not in rows[0]:
        raise InputError("the casebook holds no texts of reports; name a store with --store")
    items = [*read([Path(path) for path in coverage]), *map(_article, rows)]
    return _quotes(Path(statement), items, sender, **asked)


def quotes_of(base: Store, document: str, *, days: int = 3) -> Quotes:
    """The same of a statement in the store (its id), by its reports within `days` of the event.

    Raises InputError where the statement is unknown or the store holds no texts.
    """
    from talleyrand import statement as statements
    from talleyrand.codebook import load
    from talleyrand.errors import InputError
    from talleyrand.model import Kind
    from talleyrand.quoting import answer, statement

    if base.origin == "casebook":
        raise InputError("the casebook holds no texts to quote from; name a store with --store")
    held = statements.read(base, document)
    if not held.counterparts:
        raise InputError("this statement deals with no other state, so that no reports go with it")
    day, reach = held.event_date, timedelta(days=days)
    rows = base.rows(
        _REPORTS, since=day - reach, until=day + reach + timedelta(days=1),
        one=held.sender, other=held.counterparts[0],
    )  # fmt: skip
    if not rows:
        raise InputError(f"no report within {days} days of {day} names both states")
    about = statement.About(
        held.language,  # type: ignore[arg-type]
        held.sender,
        held.counterparts,
        Kind(held.kind),
        day,
    )
    return answer.ask(statement.read(held.text, about, load(), []), [*map(_article, rows)], day)


def _article(row: dict[str, Any]) -> Article:
    from talleyrand.quoting.articles import article

    about = {"outlet": row["outlet"], "country": row["outlet_state"], "url": row["url"],
             "date": row["published"].date().isoformat(), "language": row["language"]}  # fmt: skip
    return article(row["title"], row["lead"], "", name=row["id"], about=about)


def _quotes(
    path: Path,
    items: list[Article],
    sender: str,
    *,
    counterpart: str | Sequence[str] | None = None,
    lang: str | None = None,
    kind: str = "meeting",
    on: str | date | None = None,
    translation: Sequence[str | Path] = (),
    codebook: Iterable[Path] = (),
) -> Quotes:
    from talleyrand.codebook import load
    from talleyrand.errors import InputError
    from talleyrand.model import Kind
    from talleyrand.pipeline import as_date
    from talleyrand.quoting import answer, articles, statement, units
    from talleyrand.states import resolve

    if not items:
        raise InputError("no coverage: name files or folders, or --reports DAYS with a store")
    if kind not in set(Kind):
        raise InputError(f"{kind!r} is not a kind; take one of {', '.join(Kind)}")
    text = articles.plain(path)
    day = as_date(on) if on else _day_of(items)
    about = statement.About(
        language=lang or units.language_of(text),  # type: ignore[arg-type]
        sender=resolve(sender),
        counterparts=tuple(resolve(name) for name in _listed(counterpart)),
        kind=Kind(kind),
        on=day,
    )
    others = [articles.plain(Path(one)) for one in translation]
    read = statement.read(
        text, about, load(*codebook), [(one, units.language_of(one)) for one in others]
    )
    return answer.ask(read, items, day)


def _listed(counterpart: str | Sequence[str] | None) -> list[str]:
    return [counterpart] if isinstance(counterpart, str) else list(counterpart or ())


def _day_of(items: list[Article]) -> date:
    """The day of the first dated item, else today: only which leaders are meant hangs on it."""
    for one in items:
        try:
            return date.fromisoformat(one.date[:10])
        except ValueError:
            continue
    return date.today()  # noqa: DTZ011


def timeline_in(
    base: Store, one: str, other: str, *, at: str | date | datetime, days: int = 3
) -> Timeline:
    """How outlets framed an event between two states; `at` is a day, or a day with its hour (UTC).

    From an open store. Reports are told from `days` before the event's day to `days` after.
    """
    from talleyrand.pipeline import directed
    from talleyrand.timeline import ask

    pair = directed(one, other)
    moment, hour_known = _moment(at)
    return ask(base, pair.sender, pair.target, moment, hour_known, days)


def edits_in(
    base: Store, one: str, other: str, *, since: str | date, until: str | date
) -> list[Edit]:
    """Pages that name both states and changed the frame of headline or lead; days included."""
    from talleyrand.edits import ask
    from talleyrand.errors import InputError
    from talleyrand.pipeline import as_date, as_period, directed

    pair = directed(one, other)
    first, last = as_date(since), as_period(until)[1] - timedelta(days=1)
    if first > last:
        raise InputError(f"the first day ({first}) is after the last ({last})")
    begin = datetime.combine(first, time())
    end = datetime.combine(last, time()) + timedelta(days=1)
    return ask(base, pair.sender, pair.target, begin, end)


def coverage_in(
    base: Store, one: str, other: str, *, since: str | date = "", until: str | date = ""
) -> Coverage:
    """Volume and framing of reports on two states by outlet and outlet country; days included.

    From an open store. Without `since` or `until` the period is that of the record.
    """
    from talleyrand.coverages import ask
    from talleyrand.pipeline import as_period, directed

    pair = directed(one, other)
    span = base.rows("SELECT min(published) AS first, max(published) AS last FROM reports")[0]
    known = [span[end].date() if span[end] else date.today() for end in ("first", "last")]  # noqa: DTZ011
    first = as_period(since)[0] if since else known[0]
    last = as_period(until)[1] - timedelta(days=1) if until else max(known[1], first)
    return ask(base, pair.sender, pair.target, first, last)


def _moment(at: str | date | datetime) -> tuple[datetime, bool]:
    """The moment in UTC without a zone, and whether an hour was given."""
    from talleyrand.days import event_day
    from talleyrand.errors import InputError

    if isinstance(at, str) and ("T" in at or ":" in at):
        try:
            at = datetime.fromisoformat(at.strip().replace(" ", "T", 1))
        except ValueError as error:
            raise InputError(f"{at!r} is no time; write 2022-09-15T09:00 (UTC)") from error
    if isinstance(at, datetime):
        event_day(at.date())
        return (at.astimezone(UTC) if at.tzinfo else at).replace(tzinfo=None), True
    return datetime.combine(event_day(at), time()), False
