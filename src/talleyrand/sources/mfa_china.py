"""The Chinese foreign ministry: press conferences and spokespersons' remarks.

Raw pages of the ministry's own site (2020-2024, metadata in `<meta>`), and an earlier set already
parsed as JSON lines (2016-2020). Questions and answers stay in the text; who speaks is told apart
when it is coded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "mfa_china"
LIST = "https://www.mfa.gov.cn/web/wjdt_674879/fyrbt_674889/"

_BODY = (
    '//*[@id="News_Body_Txt_A"]',
    '//*[contains(@class,"news-main")]',
    '//*[contains(@class,"vsbcontent")]',
    '//*[@id="article"]',
)
_LINK = re.compile(rb'href="(\./\d{6}/t\d{8}_\d+\.shtml)"')
_IN_URL = re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\.s?html")
_TAG = re.compile(r"<[^>]*>")
_IN_TITLE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def fetch(http: Http) -> Iterator[Raw]:
    """The remarks on the first page of the ministry's list."""
    for link in dict.fromkeys(_LINK.findall(http.get(LIST))):
        url = LIST + link.decode("ascii").removeprefix("./")
        yield Raw(url.rsplit("/", 1)[1], http.get(url))


def claims(name: str) -> bool:
    """Pages are named by a number or end in shtml; the earlier set is one file of JSON lines."""
    last = name.rsplit("/", 1)[-1]
    return last.isdigit() or last.endswith((".shtml", ".html", ".htm", ".jsonl"))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a page, or one a line of the earlier set."""
    if raw.name.endswith(".jsonl"):
        for number, line in enumerate(raw.data.split(b"\n"), start=1):
            if line.strip():
                yield _from_line(line, f"{raw.name}:{number}")
    else:
        yield _from_page(raw)


def _from_page(raw: Raw) -> Document | Rejected:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        page = html.document_fromstring(raw.data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        return Rejected(NAME, raw.name, f"not a page ({str(error)[:80]})")
    meta = {e.get("name", ""): e.get("content", "") for e in page.iter("meta")}
    body = _body(page)
    if body is None:
        return Rejected(NAME, raw.name, "a page without the body of a statement")
    url = meta.get("Url", "")
    heading = meta.get("ArticleTitle") or _first(page, "//h1")
    title = " ".join(_TAG.sub(" ", heading).split())
    published = _day(meta.get("PubDate") or _first(page, '//*[@class="time"]'), url, title)
    if published is None:
        return Rejected(NAME, raw.name, "undated")
    return _document(url or f"mfa:{raw.name}", title, _body_text(body), published, raw.name)


def _body(page: Any) -> Any:
    """The element that holds the statement, in any of the site's layouts."""
    for path in _BODY:
        found = page.xpath(path)
        if found:
            return found[0]
    return None


def _first(page: Any, path: str) -> str:
    """The text of the first element at a path, for pages without metadata."""
    found = page.xpath(path)
    return found[0].text_content().strip() if found else ""


def _body_text(body: Any) -> str:
    """The text of a page's body, a line a paragraph or line break."""
    from lxml import etree

    etree.strip_elements(body, "script", "style", with_tail=False)
    for element in body.iter("p", "br", "div", "li", "tr", "h1", "h2", "h3"):
        element.tail = "\n" + (element.tail or "")
    return "".join(str(piece) for piece in body.itertext())


def _from_line(line: bytes, locator: str) -> Document | Rejected:
    try:
        row = json.loads(line.decode("utf-8", "replace"))
        url, title, text = str(row["url"]), str(row["title"]), str(row["text"])
    except (ValueError, KeyError, TypeError):
        return Rejected(NAME, locator, "not a JSON object with url, title and text")
    published = _day(str(row.get("date") or ""), url, title)
    if published is None:
        return Rejected(NAME, locator, "undated")
    return _document(url, title, text, published, locator)


def _document(
    url: str, title: str, body: str, published: date, locator: str
) -> Document | Rejected:
    text = _text.paragraphs(body)
    if not text:
        return Rejected(NAME, locator, "a page without text")
    kind = _text.kind_of(title, "", "zh")
    conference = kind == Kind.PRESS_CONFERENCE
    return Document(
        source=NAME,
        url=url,
        title=title,
        text=text,
        language="zh",
        published=published,
        event_date=published,
        event_date_basis="publication",
        sender="CHN",
        counterparts=() if conference else _text.counterparts(title, text, "zh", "CHN", published),
        kind=Kind.STATEMENT if kind == Kind.OTHER else kind,
    )


def _day(stated: str, url: str, title: str) -> date | None:
    """The day as stated, or in the title of a conference, or in the address."""
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", stated.strip())
    for match in (found, _IN_TITLE.search(title), _IN_URL.search(url)):
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None


SOURCE = Source(
    name=NAME,
    title="Foreign ministry of China: press conferences and spokespersons' remarks",
    publisher="CHN",
    licence="text: all rights reserved by the publisher; facts and figures only are derived",
    homepage=LIST,
    brings="documents",
    defects=(
        "questions by journalists and answers alternate: only answers are the ministry's words",
        "some of the earlier set is undated and set aside; nothing from 30 April to 1 September"
        " 2020",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
