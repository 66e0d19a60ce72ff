"""The presidency of Ukraine: news of its English site, as CSV (2021-22) or as the site's pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from talleyrand.errors import FetchError, LayoutChanged, PageMissing
from talleyrand.model import Document, Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _rows, _text
from talleyrand.sources._describe import Origin, document

ORIGIN = Origin("president_ukraine", "en", "UKR")
PAGES = 800  # of the list, at most
LIST = "https://www.president.gov.ua/en/news/all"

_TABLE = re.compile(r"ukrain[^/]*\.csv$", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|/)[\w-]+-\d+\.html$")
_LINK = re.compile(rb'href="((?:https://www\.president\.gov\.ua)?/en/news/[\w-]+-\d+)"')
_WHO = (
    r"President|Volodymyr|Zelenskyy|Head|Andriy|Ihor|Olena|Mykhailo|Kyrylo|Roman|First Lady|Office"
)
_SAYS = re.compile(rf"((?:{_WHO})\b[^:]{{0,120}}):")
_SAID = re.compile(rf".* [-–—] ((?:{_WHO}|address|speech|statement|meeting|conversation)\b.*)$")
_DATE = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_MONTHS = "January February March April May June July August September October November December"


def fetch(http: Http) -> Iterator[Raw]:
    """The news on the first page of the site's own list, each as its page."""
    for slug in _listed(http, LIST):
        yield _news(http, slug)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The news of the list from a day on, which only the pages themselves tell."""
    for number in range(1, PAGES + 1):
        try:
            slugs = _listed(http, f"{LIST}?page={number}" if number > 1 else LIST)
        except PageMissing:
            if number == 1:
                raise
            break
        older = 0
        for raw in (_news(http, slug) for slug in slugs):
            days = [item.published for item in parse(raw) if isinstance(item, Document)]
            if days and max(days) < since:
                older += 1
            else:
                yield raw
        if older == len(slugs):
            return
    raise FetchError(
        f"{LIST} ends before {since}; for what is not listed bring saved pages:"
        " talleyrand ingest president_ukraine FOLDER"
    )


def _listed(http: Http, page: str) -> list[str]:
    links = dict.fromkeys(_LINK.findall(http.get(page)))
    if not links:
        raise LayoutChanged(f"{page} lists no news any more; look at the page and report it")
    return [link.decode("ascii").rsplit("/", 1)[1] for link in links]


def _news(http: Http, slug: str) -> Raw:
    address = f"https://www.president.gov.ua/en/news/{slug}"
    return Raw(f"{slug}.html", http.get(address, settled=True))


def claims(name: str) -> bool:
    """One CSV of many items, or a page as fetched."""
    return bool(_TABLE.search(name) or _PAGE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a news item."""
    if raw.name.endswith(".html"):
        yield _from_page(raw)
        return
    for item in _rows.csv_rows(raw, ORIGIN.source, {"link", "headline", "date", "body"}):
        if isinstance(item, Rejected):
            yield item
            continue
        locator, row = item
        day = _rows.day(_rows.text_field(row, "date"))
        title, url = _rows.text_field(row, "headline"), _rows.text_field(row, "link")
        yield _made(url, title, _rows.text_field(row, "body"), day, locator)


def _from_page(raw: Raw) -> Document | Rejected:
    """A page of the site: heading, date below it, paragraphs of the article."""
    page = _text.page(raw.data)
    body = page.xpath('//*[contains(@class,"article_content")]') if page is not None else []
    if not body:
        return Rejected(ORIGIN.source, raw.name, "a page without the body of an article")
    title = " ".join(h.text_content() for h in page.xpath("//h1")[:1])
    stated = " ".join(d.text_content() for d in page.xpath('//*[contains(@class,"date")]')[:3])
    url = (
        f"https://www.president.gov.ua/en/news/{raw.name.rsplit('/', 1)[-1].removesuffix('.html')}"
    )
    return _made(url, title, _text.text_of(body[0]), _spelt(stated), raw.name)


def _made(
    url: str, title: str, body: str, published: date | None, locator: str
) -> Document | Rejected:
    title = _text.one_line(title)
    if published is None or not title:
        reason = "undated" if published is None else "an item without headline"
        return Rejected(ORIGIN.source, locator, reason)
    text = _text.by_speaker(_text.paragraphs(body), "en") or title
    return document(
        ORIGIN,
        url=url or f"{LIST}#{locator}",
        title=title,
        text=text,
        published=published,
        occasion=_occasion(title),
    )


def _occasion(title: str) -> str:
    """Of a headline that quotes somebody, what tells who spoke and where; else all of it."""
    before = _SAYS.match(title)
    if before:
        return before[1]
    after = _SAID.search(title)
    return after[1] if after else title


def _spelt(stated: str) -> date | None:
    """A day written as 24 June 2022."""
    for day, month, year in _DATE.findall(stated):
        if month in _MONTHS.split():
            return _rows.day(f"{year}-{_MONTHS.split().index(month) + 1:02}-{int(day):02}")
    return None


SOURCE = Source(
    name=ORIGIN.source,
    title="The presidency of Ukraine: news in English",
    publisher="UKR",
    licence="CC BY 4.0 (president.gov.ua)",
    homepage=LIST,
    brings="documents",
    defects=(
        "the set runs from 24 October 2021 to 24 June 2022 only",
        "an item's paragraphs are run together",
    ),
    fetch=fetch,
    fetch_since=fetch_since,
    claims=claims,
    parse=parse,
)
