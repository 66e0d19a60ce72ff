"""News headlines with their leads: how outlets report, the evidence of perception.

Four tables of different make are read: feeds of outlets (two layouts), versions of one front page
by the hour, and a broadcaster's own list. The same title at the same address is one report; another
title at that address is another version, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from talleyrand import states
from talleyrand.errors import FetchError
from talleyrand.model import Http, Language, Parsed, Raw, Rejected, Report, Source
from talleyrand.sources import _csv

NAME = "headlines"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what; `outlet`, `state` and `language` may be fixed for a whole table."""

    needed: tuple[str, ...]
    date: str
    lead: str = "lead"
    outlet: str = ""
    state: str = ""
    language: Language | None = None
    until: str = ""  # of a table of versions: when each was last seen


_FEED = ("outlet", "outlet_country", "title", "lead", "url")
_LAYOUTS = (
    _Layout(("date_utc", "lang", *_FEED), "date_utc"),
    _Layout(("date", "lang", *_FEED), "date"),
    _Layout(("first_seen", "last_seen", *_FEED), "first_seen", language="en", until="last_seen"),
    _Layout(
        ("url", "title", "date_extracted", "content"),
        "date_extracted",
        lead="content",
        outlet="Channel One",
        state="RUS",
        language="ru",
    ),
)

_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh", "ru": "ru"}
_PARTS = {"HKG": "CHN", "MAC": "CHN"}
_TRACKING = re.compile(
    r"(?<=[?&])(?:utm_\w+|ns_\w+|at_\w+|traffic_source|srcref|cmp|ito|li|mod|ref|ocid"
    r"|source(?==rss))=[^&#]*&?"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORDS = (
    "a after against an and are as at be by for from has have he his how in into is it its not of"
    " on or over said says that the their this to up was what who why will with"
)
_POLISH_WORDS = (
    "ale będzie był co czy dla do i jak jest już ma na nad nie od oraz o po pod przed przez przy"
    " się są tak także to tym w we z za ze że"
)
_ENGLISH, _POLISH = frozenset(_ENGLISH_WORDS.split()), frozenset(_POLISH_WORDS.split())
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def fetch(http: Http) -> Iterator[Raw]:
    """The tables were gathered over years; raises FetchError that says what to do."""
    raise FetchError(
        "headlines are gathered from outlets' feeds over time, there is no file to fetch: bring a"
        " table with date, outlet, outlet_country, lang, title, lead and url, then run:"
        " talleyrand ingest headlines FILE"
    )


def claims(name: str) -> bool:
    """A table of headlines, of front page versions or of Channel One."""
    last = name.lower().rsplit("/", 1)[-1]
    return last.endswith(".csv") and any(
        word in last for word in ("headlines", "front_page", "channel_one")
    )


def parse(raw: Raw) -> Iterator[Parsed]:
    """One report a row; a row seen before in the same table is set aside."""
    names = set(_csv.header(raw))
    layout = next((known for known in _LAYOUTS if names.issuperset(known.needed)), None)
    if layout is None:
        yield Rejected(NAME, raw.name, "not the table expected: no headlines in a known layout")
        return
    seen: dict[tuple[str, str, str], Report] = {}
    for row in _csv.rows(raw, NAME, layout.needed):
        item = row if isinstance(row, Rejected) else _report(*row, layout)
        if isinstance(item, Report):
            key = item.outlet, item.url, item.title
            first = seen.setdefault(key, item)
            if first is not item:
                seen[key] = replace(first, until=_later(first.until, item.until))
                item = Rejected(NAME, row[0] if isinstance(row, tuple) else raw.name, _AGAIN)
        if isinstance(item, Rejected) or not layout.until:
            yield item
    if layout.until:  # a version is whole when its last row is read
        yield from seen.values()


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


_AGAIN = "the same title at the same address as a row above"


def _report(locator: str, cells: _csv.Row, layout: _Layout) -> Report | Rejected:
    title, lead = _one_line(cells["title"]), _one_line(cells[layout.lead])
    outlet = layout.outlet or _one_line(cells["outlet"])
    published = _moment(cells[layout.date])
    state = layout.state or _state(cells["outlet_country"])
    language = layout.language or _language(cells["lang"], f"{title} {lead}")
    reason = (
        "no title"
        if not title
        else "no outlet"
        if not outlet
        else "undated"
        if published is None
        else "the outlet's state is not known"
        if not state
        else "a language that has no coder (only en, zh, ru)"
        if not language
        else ""
    )
    if reason or published is None or language is None:
        return Rejected(NAME, locator, reason)
    return Report(
        source=NAME,
        url=_address(cells["url"]) or f"{NAME}:{outlet}:{published:%Y-%m-%dT%H:%M}",
        outlet=outlet,
        outlet_state=state,
        published=published,
        title=_capitals(title, language),
        lead=lead,
        language=language,
        until=_moment(cells[layout.until]) if layout.until else None,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moment(text: str) -> datetime | None:
    """The moment in UTC; a day alone is its midnight, a time without zone is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _FIRST <= moment < _LAST else None


@lru_cache(10_000)
def _state(code: str) -> str:
    return _PARTS.get(code.strip()) or states.find(code) or ""


def _language(tag: str, text: str) -> Language | None:
    """The language by its script, else by its tag, unless the words are plainly Polish.

    Feeds carry wrong tags, so Latin text tagged English, or not at all, counts as English only
    where it has no more Polish function words than English ones.
    """
    letters = len(_WORD.findall(text)) or 1
    if len(_HAN.findall(text)) > letters:
        return "zh"
    if len(_CYRILLIC.findall(text)) > len(text) / 3:
        return "ru" if tag[:2] in ("ru", "") else None
    if tag and tag[:2] != "en":
        return _LANGUAGES.get(tag[:2])
    words = {word.lower() for word in _WORD.findall(text)}
    return "en" if len(words & _POLISH) <= len(words & _ENGLISH) else None


def _address(url: str) -> str:
    """The address without the parameters that only track where a reader came from."""
    return _TRACKING.sub("", url.strip()).rstrip("?&")


def _capitals(title: str, language: Language) -> str:
    """Some tables rebuild titles from addresses, all in small letters: names need capitals."""
    return title.title() if language == "en" and title == title.lower() else title


SOURCE = Source(
    name=NAME,
    title="News headlines and leads by outlet",
    publisher="",
    licence="titles and leads belong to the outlets; only figures derived from them are kept",
    homepage="",
    brings="reports",
    defects=(
        "most outlets enter the feed in September 2022; BBC and CNN before are at half density",
        "1 to 22 headlines a month name both China and Russia before February 2022",
        "Polish headlines are set aside: there is no coder of their framing",
        "some titles were rebuilt from addresses, without capitals and marks",
        "Channel One is a sample of some 15 items a day",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
