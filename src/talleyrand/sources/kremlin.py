"""The Kremlin: releases and transcripts of its English and Russian sites.

Three sets in three forms: English as JSON lines (1999-2020) and as CSV (2021-2022), Russian as
JSON lines (2025); and the site's own Atom feeds. Where paragraphs are run together they are
parted at the speakers' marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.model import Document, Http, Language, Parsed, Raw, Rejected, Source
from talleyrand.sources import _kremlin_ru, _rows, _text
from talleyrand.sources._describe import Origin, document

NAME = "kremlin"
FEEDS = (
    "http://en.kremlin.ru/events/president/news/feed",
    "http://kremlin.ru/events/president/news/feed",
)

_ORIGINS: dict[Language, Origin] = {
    "en": Origin(NAME, "en", "RUS"),
    "ru": Origin(NAME, "ru", "RUS"),
}
_FILE = re.compile(r"kremlin[^/]*\.(?:jsonl|csv|xml)$", re.IGNORECASE)
_ATOM = "{http://www.w3.org/2005/Atom}"
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_NONE = frozenset({"", "NA", "None", "null"})


def fetch(http: Http) -> Iterator[Raw]:
    """The latest releases: the Atom feeds of the English and the Russian site."""
    for url in FEEDS:
        raw = Raw(f"kremlin_{'en' if '//en.' in url else 'ru'}.xml", http.get(url))
        if not any(isinstance(item, Document) for item in parse(raw)):
            raise LayoutChanged(f"{url} is no feed of releases any more; look at it and report it")
        yield raw


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The same; raises FetchError at the end where a feed does not go back to that day."""
    short = []
    for raw in fetch(http):
        first = min(item.published for item in parse(raw) if isinstance(item, Document))
        short += [f"{raw.name} to {first}"] if first > since else []
        yield raw
    if short:
        raise FetchError(
            f"the feeds hold the latest releases only and do not go back to {since}"
            f" ({', '.join(short)}); for the days between bring a file: talleyrand ingest kremlin"
            " FILE"
        )


def claims(name: str) -> bool:
    """JSON lines, CSV or a feed with the Kremlin's name in its own."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a release."""
    lower = raw.name.lower()
    rows: Iterator[tuple[str, _rows.Row] | Rejected]
    if lower.endswith(".csv"):
        rows = _rows.csv_rows(raw, NAME, {"link", "headline", "date", "body"})
    elif lower.endswith(".xml"):
        rows = _entries(raw)
    else:
        rows = _rows.json_lines(raw, NAME)
    for item in rows:
        yield item if isinstance(item, Rejected) else _release(*item)


def _release(locator: str, row: _rows.Row) -> Document | Rejected:
    url = _rows.text_field(row, "url", "link")
    title = _text.one_line(_rows.text_field(row, "title", "headline"))
    published = _rows.day(_rows.text_field(row, "date"))
    if published is None or not title:
        reason = "undated" if published is None else "a release without title"
        return Rejected(NAME, locator, reason)
    lead = _said(row, "lead", "summary")
    body = _rows.text_field(row, "text", "body")
    language: Language = "ru" if _is_russian(title + body[:2000]) else "en"
    if language == "ru":
        raw_date, place = _said(row, "raw_date"), _said(row, "place")
        body = _kremlin_ru.without_site(body, title, lead, raw_date, place)
    if lead and not body.startswith(lead[:60]):
        body = f"{lead}\n{body}"
    return document(
        _ORIGINS[language],
        url=url or f"{SOURCE.homepage}#{locator}",
        title=title,
        text=_text.by_speaker(_text.paragraphs(body), language) or title,
        published=published,
    )


def _said(row: _rows.Row, *names: str) -> str:
    """A field on one line; NA where it was empty upstream."""
    said = " ".join(_rows.text_field(row, *names).split())
    return "" if said in _NONE else said


def _is_russian(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) * 3 > len(text)


def _entries(raw: Raw) -> Iterator[tuple[str, _rows.Row] | Rejected]:
    """The entries of an Atom feed as rows; no entities are expanded, no network is used."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        feed = etree.fromstring(raw.data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Rejected(NAME, raw.name, f"not an Atom feed ({str(error)[:80]})")
        return
    entries = feed.findall(f"{_ATOM}entry")
    if not entries:
        yield Rejected(NAME, raw.name, "a feed without entries: its layout has changed")
    for number, entry in enumerate(entries, start=1):
        yield f"{raw.name}:{number}", _entry(entry)


def _entry(entry: Any) -> _rows.Row:
    link = entry.find(f"{_ATOM}link")
    content = entry.findtext(f"{_ATOM}content") or ""
    page = _text.page(content.encode()) if content.strip() else None
    return {
        "url": link.get("href") if link is not None else "",
        "title": entry.findtext(f"{_ATOM}title") or "",
        "date": entry.findtext(f"{_ATOM}published") or entry.findtext(f"{_ATOM}updated") or "",
        "lead": _text.one_line(entry.findtext(f"{_ATOM}summary") or ""),
        "text": _text.text_of(page) if page is not None else "",
    }


SOURCE = Source(
    name=NAME,
    title="The Kremlin: releases and transcripts in English and Russian",
    publisher="RUS",
    licence="CC BY 4.0 (kremlin.ru)",
    homepage="http://en.kremlin.ru/events/president/news",
    brings="documents",
    defects=(
        "English: 2014-15 nearly empty, months missing in 2016-19, nothing from September 2020 to"
        " 23 October 2021 nor from 25 June 2022 on",
        "174 releases before 2006 have a headline only, which then stands as their text",
        "Russian: February and March 2025 only; the site's menu words and cards of persons are"
        " taken out and run-together paragraphs parted by speaker",
    ),
    fetch=fetch,
    fetch_since=fetch_since,
    claims=claims,
    parse=parse,
)
