"""The presidency of Ukraine: news of its English site, October 2021 to June 2022, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "president_ukraine"
LIST = "https://www.president.gov.ua/en/news/all"

_LINK = re.compile(rb'href="(https://www\.president\.gov\.ua/en/news/[\w-]+-\d+)"')


def fetch(http: Http) -> Iterator[Raw]:
    """The news on the first page of the site's list, each as its page."""
    for link in dict.fromkeys(_LINK.findall(http.get(LIST))):
        url = link.decode("ascii")
        yield Raw(f"{url.rsplit('/', 1)[1]}.html", http.get(url))


def claims(name: str) -> bool:
    """One CSV of many items, or a page as fetched."""
    return name.endswith((".csv", ".html"))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a news item."""
    if raw.name.endswith(".html"):
        yield Rejected(NAME, raw.name, "a page of the live site: its layout is not known yet")
        return
    csv.field_size_limit(64 * 1024 * 1024)
    rows = csv.DictReader(io.StringIO(raw.data.decode("utf-8-sig", "replace")))
    for number, row in enumerate(rows, start=1):
        yield _document(row, f"{raw.name}:{number}")


def _document(row: dict[str, str], locator: str) -> Document | Rejected:
    text = _text.paragraphs(row.get("body") or "")
    title = " ".join((row.get("headline") or "").split())
    try:
        published = date.fromisoformat((row.get("date") or "")[:10])
    except ValueError:
        return Rejected(NAME, locator, "undated")
    if not text:
        return Rejected(NAME, locator, "an item without text")
    on, basis = _text.event_date(text, "en", published)
    kind = _text.kind_of(title, text, "en")
    return Document(
        source=NAME,
        url=row.get("link") or f"president_ukraine:{locator}",
        title=title,
        text=text,
        language="en",
        published=published,
        event_date=on,
        event_date_basis=basis,
        sender="UKR",
        counterparts=_text.counterparts(title, text, "en", "UKR", on),
        kind=Kind.STATEMENT if kind == Kind.OTHER else kind,
    )


SOURCE = Source(
    name=NAME,
    title="The presidency of Ukraine: news in English",
    publisher="UKR",
    licence="CC BY 4.0 (president.gov.ua)",
    homepage=LIST,
    brings="documents",
    defects=("24 October 2021 to 24 June 2022 only",),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
