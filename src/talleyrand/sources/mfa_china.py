"""The Chinese foreign ministry: press conferences and spokespersons' remarks.

Raw pages of the ministry's own site (2020-2024, metadata in `<meta>`), and an earlier set already
parsed as JSON lines (2016-2020). Questions and answers stay in the text; who speaks is told apart
when it is coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from talleyrand.errors import FetchError, LayoutChanged, PageMissing
from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _rows, _text
from talleyrand.sources._describe import Origin, document

ORIGIN = Origin("mfa_china", "zh", "CHN", default=Kind.STATEMENT)
LIST = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/"
PAGES = 400  # of the list, at most
UNDATED = "undated: neither the record, its title nor its address gives the day"

_PAGE = re.compile(r"(?:^|/)(?:raw/)?(?:\d{1,7}|[^/]+\.s?html?)$", re.IGNORECASE)
_LINES = re.compile(r"(?:mfa|fmprc)[^/]*\.jsonl$", re.IGNORECASE)
_LINK = re.compile(rb'href="(\./\d{6}/t(\d{8})_\d+\.s?html)"')
_HOST = re.compile(r"https?://[\w.]*(?:mfa\.gov\.cn|fmprc\.gov\.cn)/")
_TEST_HOST = re.compile(r"^https?://test\.fmprc\.gov\.cn/")  # leads nowhere, left in metadata
_BREAK = re.compile(r"(?:<|&lt;)br\s*/?(?:>|&gt;)\s*", re.IGNORECASE)  # in a title in Chinese
_IN_URL = re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\.s?html")
_IN_TITLE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_BODIES = ('//*[@id="News_Body_Txt_A"]', '//*[contains(@class,"news-main")]', '//*[@id="article"]')


def fetch(http: Http) -> Iterator[Raw]:
    """The remarks on the first page of the ministry's own list."""
    for link in _listed(http, LIST):
        yield _remark(http, link)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The remarks of the list from a day on; raises FetchError where the list ends before it."""
    day = f"{since:%Y%m%d}"
    oldest = "99999999"
    for number in range(PAGES):
        try:
            links = _listed(http, f"{LIST}index_{number}.shtml" if number else LIST)
        except PageMissing:
            if not number:
                raise
            break
        for link, published in links.items():
            if published >= day:
                yield _remark(http, link)
        oldest = min(oldest, *links.values())
        if oldest < day:
            return
    raise FetchError(
        f"{LIST} goes back to {oldest[:4]}-{oldest[4:6]}-{oldest[6:]} only; for the days before it"
        " bring saved pages: talleyrand ingest mfa_china FOLDER"
    )


def _listed(http: Http, page: str) -> dict[str, str]:
    """The links of a page of the list, each with its day as 20230228."""
    found = _LINK.findall(http.get(page))
    if not found:
        raise LayoutChanged(f"{page} lists no remarks any more; look at the page and report it")
    return {link.decode("ascii"): day.decode("ascii") for link, day in found}


def _remark(http: Http, link: str) -> Raw:
    return Raw(link.rsplit("/", 1)[1], http.get(urljoin(LIST, link), settled=True))


def claims(name: str) -> bool:
    """Pages are named by a number or end in html; the earlier set is one file of JSON lines."""
    return bool(_PAGE.search(name) or _LINES.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a page, or one a line of the earlier set."""
    if not raw.name.lower().endswith(".jsonl"):
        yield _from_page(raw)
        return
    for item in _rows.json_lines(raw, ORIGIN.source):
        yield item if isinstance(item, Rejected) else _from_row(*item)


def _from_page(raw: Raw) -> Document | Rejected:
    if _text.decoded(raw.data) is None:
        return Rejected(ORIGIN.source, raw.name, "not UTF-8")
    page = _text.page(raw.data)
    body = _body(page)
    if body is None:
        return Rejected(ORIGIN.source, raw.name, "a page without the body of a statement")
    meta = {tag.get("name", ""): tag.get("content", "") for tag in page.iter("meta")}
    head = _first(
        page, '//*[contains(@class,"news-title")]//h1', '//*[@id="News_Body_Title"]', "//h1"
    )
    title = _text.one_line(_BREAK.sub("", meta.get("ArticleTitle", "") or head))
    stated = meta.get("PubDate", "") or _first(
        page, '//*[@class="time"]', '//*[@id="News_Body_Time"]'
    )
    url = _TEST_HOST.sub("https://www.mfa.gov.cn/web/", meta.get("Url", ""))
    published = _day(stated, title, url)
    return _made(url or LIST, title, _text.text_of(body), published, raw.name)


def _body(page: Any) -> Any:
    """The element that holds the statement, in any of the site's layouts."""
    for path in _BODIES if page is not None else ():
        found = page.xpath(path)
        if found:
            return found[0]
    return None


def _first(page: Any, *paths: str) -> str:
    """The text of the first element at one of these paths, for pages without metadata."""
    for path in paths:
        for found in page.xpath(path):
            if said := " ".join(found.text_content().split()):
                return said
    return ""


def _from_row(locator: str, row: _rows.Row) -> Document | Rejected:
    url, title = _rows.text_field(row, "url"), _text.one_line(_rows.text_field(row, "title"))
    if not _HOST.match(url):
        return Rejected(ORIGIN.source, locator, "not a page of the ministry")
    published = _day(_rows.text_field(row, "date"), title, url)
    text = _text.paragraphs(_rows.text_field(row, "text"))
    return _made(url, title, text, published, f"{locator} {url.rsplit('/', 1)[1]}")


def _made(
    url: str, title: str, text: str, published: date | None, locator: str
) -> Document | Rejected:
    if published is None:
        return Rejected(ORIGIN.source, locator, UNDATED)
    if not text or not title:
        return Rejected(ORIGIN.source, locator, "a page without text or title")
    return document(ORIGIN, url=url, title=title, text=text, published=published)


def _day(stated: str, title: str, url: str) -> date | None:
    """The day as stated, else of the title of a conference, else of the address."""
    if found := _rows.day(stated):
        return found
    for match in (_IN_TITLE.search(title), _IN_URL.search(url)):
        if match and (day := _rows.day(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")):
            return day
    return None


SOURCE = Source(
    name=ORIGIN.source,
    title="Foreign ministry of China: press conferences and spokespersons' remarks",
    publisher="CHN",
    licence="text: all rights reserved by the publisher; facts and figures only are derived",
    homepage=LIST,
    brings="documents",
    defects=(
        "questions by journalists and answers alternate: only answers are the ministry's words",
        "160 remarks of the earlier set are undated and set aside: their place in the list bounds"
        " the day to one to seventeen days, never to one",
        "nothing from 30 April to 1 September 2020; nine pages lost their own address",
    ),
    fetch=fetch,
    fetch_since=fetch_since,
    claims=claims,
    parse=parse,
)
