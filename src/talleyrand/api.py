"""The library's functions: what the commands do, from Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talleyrand.codebook import Codebook
    from talleyrand.coding import Coded
    from talleyrand.model import Finding
    from talleyrand.report.verdict import Verdict
    from talleyrand.store import Store


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
    from talleyrand.store import open_casebook, open_store

    base = open_store(Path(store), read_only=True) if store else open_casebook()
    with base:
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
    from talleyrand import pipeline, registry, states
    from talleyrand.report.verdict import Verdict

    sure = pipeline.as_thresholds(thresholds or {})
    found = pipeline.assess(base, sender, target, at, window, margins=margins, thresholds=sure)
    return Verdict(
        found,
        names={iso3: states.name(iso3) for iso3 in (found.dyad.sender, found.dyad.target)},
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
    dates: Sequence[str | date],
    values: Sequence[float],
    *,
    at: str | date | None = None,
    n: Sequence[float] | None = None,
    margin: float | None = None,
) -> Finding:
    """Judge a dated series of your own at a date, or without one search it for breaks."""
    from talleyrand.own_series import judge_series
    from talleyrand.series_file import parse_series

    weights = n or [1.0] * len(values)
    lines = [f"{day},{value!r},{w!r}" for day, value, w in zip(dates, values, weights, strict=True)]
    from talleyrand.pipeline import as_date

    series = parse_series(lines, "the series")
    return judge_series(series, as_date(at) if at else None, margin).finding


@cache
def _codebook(paths: tuple[Path, ...]) -> Codebook:
    from talleyrand.codebook import load

    return load(*paths)
