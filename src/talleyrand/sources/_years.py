"""Interfaces that are asked for one calendar year at a time, and answer with a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime

from talleyrand.errors import FetchError, PageMissing
from talleyrand.model import Http, Raw
from talleyrand.sources import _csv

Answers = Iterator[tuple[str, Raw | None]]  # what was asked for, and what came if anything


def by_year(
    answers: Callable[[Http, range], Answers], place: str
) -> tuple[Callable[[Http], Iterator[Raw]], Callable[[Http, date], Iterator[Raw]]]:
    """The `fetch` and `fetch_since` of a source: the last year and this one, or whole years."""

    def fetch(http: Http) -> Iterator[Raw]:
        return some(answers(http, since(None)), place)

    def fetch_since(http: Http, day: date) -> Iterator[Raw]:
        return some(answers(http, since(day)), place)

    return fetch, fetch_since


def since(day: date | None) -> range:
    """Whole calendar years to this one: from that of a day, else the last one and this."""
    now = datetime.now(UTC).year
    return range(day.year if day else now - 1, now + 1)


def told(http: Http, address: str, year: int) -> bytes:
    """What is answered of a year, b"" where there is nothing (yet).

    A year before the last is taken from the cache for a week: so a run that broke off goes on.
    """
    try:
        return http.get(address, settled=year < datetime.now(UTC).year - 1)
    except PageMissing:
        return b""


def is_blank(data: bytes, columns: Collection[str]) -> bool:
    """Whether an answer is empty, or a header with these columns and no row."""
    lines = data.strip().splitlines()
    return not lines or (len(lines) == 1 and set(columns) <= set(_csv.header(Raw("", data))))


def some(answers: Answers, place: str) -> Iterator[Raw]:
    """The answers that hold something, of what was asked for in order of time.

    Raises FetchError at the end if there were none, or if what came before another was not there.
    """
    asked, lacking, blank = "", list[str](), list[str]()
    for what, raw in answers:
        asked = asked or what
        if raw is None:
            blank.append(what)
            continue
        lacking, blank = lacking + blank, []
        yield raw
    if blank and blank[0] == asked:
        raise FetchError(
            f"{place} has nothing of {asked} or later: not published yet, or no longer there; ask"
            " for an earlier year, or look at it and report it"
        )
    if lacking:
        raise FetchError(
            f"{place} has later years, but nothing of {', '.join(lacking)}: look at it, or ask for"
            " later ones only; what came is kept"
        )
