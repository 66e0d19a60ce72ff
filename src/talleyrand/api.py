"""The library's functions: what the commands do, from Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from talleyrand.codebook import Codebook
    from talleyrand.coding import Coded
    from talleyrand.model import Finding
    from talleyrand.omission import Silence
    from talleyrand.report.verdict import Verdict
    from talleyrand.roll_calls import VoteAgreement
    from talleyrand.search import Found
    from talleyrand.store import Store
    from talleyrand.use_history import History


def assess(
    sender: str,
    target: str,
    *,
    at: str | date,
    window: str = "12mo",
    store: str | Path | None = None,
    margins: Mapping[str, float | str] | None = None,
    thresholds: Mapping[str, float | str] | None = None,
) -> Verdict:
    """Has the sender's position towards the target changed at a date, or only its reading?

    States go by ISO code, COW number or name in English, Chinese or Russian. Without `store`
    (the file of your own) the answer comes from the bundled casebook, and says so. `margins`
    takes the place of the dimensions' own, as {"words": 0.3, "trade": "10%"}; `thresholds` of the
    probabilities that decide ("sign", "size", "steady").
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return verdict(base, sender, target, at, window, margins, thresholds)


def verdict(
    base: Store,
    sender: str,
    target: str,
    at: str | date,
    window: str,
    margins: Mapping[str, float | str] | None = None,
    thresholds: Mapping[str, float | str] | None = None,
) -> Verdict:
    """The answer from an open store, with the names and titles its renderings show."""
    from dataclasses import replace

    from talleyrand import pipeline, registry, states, triangle
    from talleyrand.report.verdict import Verdict

    day = at.date() if isinstance(at, datetime) else at
    sure = pipeline.as_thresholds(thresholds or {})
    found = pipeline.assess(base, sender, target, day, window, margins=margins, thresholds=sure)
    found = replace(found, triangle=triangle.legs(base, found))
    parties = {party for leg in found.triangle for party in (leg.dyad.sender, leg.dyad.target)}
    named = {found.dyad.sender, found.dyad.target, *parties} - set(states.groups())
    return Verdict(
        found,
        names={iso3: states.name(iso3) for iso3 in sorted(named)},
        titles={d.name: f"{d.title}." for d in registry.DIMENSIONS},
    )


def code(
    text: str,
    *,
    lang: str,
    sender: str,
    counterpart: str | Sequence[str] = (),
    kind: str = "other",
    on: str | date | None = None,
    codebook: Iterable[Path] = (),
) -> Coded:
    """Find the codes of a text, each with the speaker it belongs to and the states it is aimed at.

    `lang` is "en", "zh" or "ru"; `on` the day of the event, by which leaders are known.
    """
    from talleyrand.coding import code as run
    from talleyrand.errors import InputError
    from talleyrand.model import Kind
    from talleyrand.pipeline import as_date
    from talleyrand.states import resolve

    if lang not in ("en", "zh", "ru"):
        raise InputError(f"{lang!r} is not a language of the codebook; take en, zh or ru")
    if kind not in set(Kind):
        raise InputError(f"{kind!r} is not a kind; take one of {', '.join(Kind)}")
    others = [counterpart] if isinstance(counterpart, str) else counterpart
    return run(
        text,
        lang=lang,  # type: ignore[arg-type]
        sender=resolve(sender),
        counterpart=tuple(resolve(name) for name in others),
        kind=Kind(kind),
        on=as_date(on) if on else None,
        codebook=_codebook(tuple(codebook)),
    )


def shift(
    dates: Iterable[object],
    values: Iterable[object],
    *,
    at: object = None,
    n: Iterable[object] | None = None,
    margin: float | None = None,
) -> Finding:
    """Judge a dated series of your own at a date, or without one search it for breaks.

    Lists, numpy arrays, pandas and polars columns will do; dates may be text ("2022-09-15",
    "2022-09", "2022Q3", "2022"); None and NaN are gaps. `n` is how much stands behind each value.
    """
    from talleyrand.own_points import date_or_error, from_sequences
    from talleyrand.own_series import judge_series

    series = from_sequences(dates, values, n)
    day = None if at is None else date_or_error(at, "at: ")
    return judge_series(series, day, margin).finding


def vote_agreement(
    file: str | Path,
    *,
    measure: Literal["pi", "kappa", "s"] = "pi",
    per: Literal["session", "year"] = "session",
) -> VoteAgreement:
    """The agreement beyond chance of every pair of states in every UN session or year.

    `file` is the wide table of roll calls (see the source un_votes), as .csv or .csv.gz.
    `.of("CHN", "RUS")` gives one pair by period; `value`, `se` and `n` are arrays of all.
    """
    from talleyrand import roll_calls

    return roll_calls.vote_agreement(file, measure=measure, per=per)


def silence(
    sender: str,
    target: str,
    *,
    code: str,
    at: str | date,
    since: str | date | None = None,
    store: str | Path | None = None,
) -> Silence:
    """Is it news that the read-out of a date leaves a code out?

    `code` is a code or a family of the codebook, such as "ukraine" or "no_limits". `since` is the
    first day of the record that counts; by default the record since its last clear change.
    Without `store` the answer comes from the bundled casebook.
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return silence_in(base, sender, target, code, at, since)


def silence_in(
    base: Store, sender: str, target: str, code: str, at: str | date, since: str | date | None
) -> Silence:
    """The same from an open store."""
    from talleyrand import omission
    from talleyrand.days import event_day
    from talleyrand.pipeline import as_date, directed

    dyad = directed(sender, target)
    first = as_date(since) if since else None
    return omission.ask(base, dyad.sender, dyad.target, code, event_day(at), first)


def evidence(
    sender: str | None = None,
    target: str | None = None,
    *,
    store: str | Path | None = None,
    **wanted: Any,
) -> Found:
    """Find passages by dyad, code, speaker, period, kind, source and free text.

    `wanted` may hold `code` (names of codes or families), `text` (words as in a codebook),
    `speaker` (a state, "both", "journalist", "other", or part of a name), `since` and `until`
    (2019, 2019-01 or a day, both included) or `at` with `window`, `kind`, `source`, `codebook`
    (files of your own) and `limit` (20; None for all). Free text needs a `store`.
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return evidence_in(base, sender, target, **wanted)


def evidence_in(
    base: Store,
    sender: str | None = None,
    target: str | None = None,
    *,
    code: str | Sequence[str] = (),
    text: str | None = None,
    speaker: str | None = None,
    limit: int | None = 20,
    codebook: Iterable[Path] = (),
    **period: Any,
) -> Found:
    """The passages of an open store; see `evidence`."""
    from talleyrand import search

    names = [code] if isinstance(code, str) else code
    codes = search.codes_named(names, _codebook(tuple(codebook)), base) if names else ()
    query = _query(sender, target, codes=codes, text=text, speaker=speaker, **period)
    return search.find(base, query, limit)


def history(
    code: str,
    sender: str,
    target: str | None = None,
    store: str | Path | None = None,
    **wanted: Any,
) -> History:
    """The use of a code, a family, or codes joined by commas, over time: first, last, by whom.

    `wanted` may hold `since`, `until`, `kind`, `source` and `codebook`, as in `evidence`.
    """
    from talleyrand.store import open_base

    with open_base(store) as base:
        return history_in(base, code, sender, target, **wanted)


def history_in(
    base: Store,
    code: str,
    sender: str,
    target: str | None = None,
    *,
    codebook: Iterable[Path] = (),
    **period: Any,
) -> History:
    """The use of a code in an open store; see `history`."""
    from talleyrand import search
    from talleyrand.use_history import history as run

    codes = search.codes_named([code], _codebook(tuple(codebook)), base)
    return run(base, code, _query(sender, target, codes=codes, **period))


def _query(
    sender: str | None,
    target: str | None,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    at: str | date | None = None,
    window: str = "12mo",
    **asked: Any,
) -> Any:
    """What is asked, in the terms of `talleyrand.search`; raises InputError."""
    from talleyrand import pipeline, search
    from talleyrand.errors import InputError
    from talleyrand.states import resolve

    if at and (since or until):
        raise InputError("give either a date with a window or a period, not both")
    if at:
        day, months = pipeline.as_date(at), pipeline.as_months(window, least=1)
        first, end = pipeline.shifted(day, -months), pipeline.shifted(day, months)
    query = search.Query(
        sender=resolve(sender) if sender else None,
        target=resolve(target) if target else None,
        since=first if at else pipeline.as_period(since)[0] if since else None,
        until=end if at else pipeline.as_period(until)[1] if until else None,
        **asked,
    )
    return search.verified(query)


@cache
def _codebook(paths: tuple[Path, ...]) -> Codebook:
    from talleyrand.codebook import load

    return load(*paths)
