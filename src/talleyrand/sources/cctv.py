"""China's state evening news, Xinwen Lianbo, from two public daily mirrors in Markdown.

The programme carries the read-out of every meeting and call of China's leaders. Each item under
the detailed news is a document, those of home affairs too; the list of headlines above is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from talleyrand.errors import FetchError, PageMissing
from talleyrand.model import Document, Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _rows, _text
from talleyrand.sources._describe import Origin, document

ORIGIN = Origin("cctv", "zh", "CHN", narrates=True)
MIRROR = "https://raw.githubusercontent.com/yuekcc/cctv_news/HEAD/news/{day:%Y%m%d}.md"
DAYS = 7
UNTITLED = "(无标题)"

_BEIJING = timezone(timedelta(hours=8))
_FILE = re.compile(r"(?:^|/)(\d{8})\.md$")
_HEADING = re.compile(r"^#[^#].{0,40}?[（(]\s*(\d{8})\s*[)）]", re.MULTILINE)
_DETAIL = re.compile(r"^##\s*详细新闻\s*$", re.MULTILINE)
_ITEM = re.compile(r"^###[ \t]+", re.MULTILINE)
_LINK = re.compile(r"^\s*\[查看原文\]\(\s*([^)\s]*)\s*\)\s*$", re.MULTILINE)
_RULE = re.compile(r"^-{3,}\s*$", re.MULTILINE)
_BOILERPLATE = re.compile(r"^\W{0,4}央视网消息\W{0,3}(?:[（(]\s*新闻联播\s*[)）])?\W{0,3}[:：]\s*")


def fetch(http: Http) -> Iterator[Raw]:
    """The programmes of the last seven days; raises FetchError at the end for those missing."""
    return fetch_since(http, _today() - timedelta(days=DAYS))


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The programmes from a day to yesterday; raises FetchError at the end for those missing."""
    count = (_today() - since).days
    missing = []
    for day in (since + timedelta(days=n) for n in range(count)):
        url = MIRROR.format(day=day)
        try:
            data = http.get(url, settled=True)
        except PageMissing:
            missing.append(day)
            continue
        yield Raw(url.rsplit("/", 1)[1], data)
    if missing:
        raise FetchError(
            f"{SOURCE.homepage} lacks {len(missing)} of {count} days, the first {missing[0]}; look"
            " there, and bring the files of another mirror: talleyrand ingest cctv FOLDER"
        )


def _today() -> date:
    return datetime.now(_BEIJING).date()


def claims(name: str) -> bool:
    """A day's file is named by its date: 20220916.md."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document an item of the day's programme, in either layout."""
    text = _text.decoded(raw.data)
    detail = _DETAIL.search(text) if text is not None else None
    if text is None or detail is None:
        reason = "not UTF-8" if text is None else "no section of detailed news: an unknown layout"
        yield Rejected(ORIGIN.source, raw.name, reason)
        return
    published = _published(text, raw.name)
    if published is None:
        yield Rejected(ORIGIN.source, raw.name, "undated: neither heading nor name is a day")
        return
    items = _ITEM.split(text[detail.end() :])[1:]
    if not items:
        yield Rejected(ORIGIN.source, raw.name, "no items under the detailed news")
    for number, item in enumerate(items, start=1):
        yield _item(item, published, f"{raw.name}#{number}")


def _published(text: str, name: str) -> date | None:
    """The day of broadcast: of the heading, else of the file's name."""
    for found in (_HEADING.search(text[:400]), _FILE.search(name)):
        if found:
            digits = found[1]
            day = _rows.day(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
            if day:
                return day
    return None


def _item(item: str, published: date, locator: str) -> Document | Rejected:
    title, _, body = item.partition("\n")
    title = _text.one_line(title)
    link = _LINK.search(body)
    text = _body(body)
    if not text and title in ("", UNTITLED):
        return Rejected(ORIGIN.source, locator, "neither title nor text")
    return document(
        ORIGIN,
        url=link[1]
        if link
        else f"{SOURCE.homepage}#{published:%Y%m%d}-{locator.rpartition('#')[2]}",
        title=title or UNTITLED,
        text=text or title,
        published=published,
        occasion="" if title in ("", UNTITLED) else title,
    )


def _body(body: str) -> str:
    """The text without link, comments, emphasis and the agency's formula.

    The layout of 2020-21 has one line a paragraph (of 2021 one line an item), that of 2022 on
    blank lines between paragraphs: both come out as one line a paragraph.
    """
    text = _text.without(_RULE.sub("", _LINK.sub("", body)), "<!--", "-->")
    lines = (_text.inline(line).replace("**", "") for line in text.splitlines())
    return _BOILERPLATE.sub("", _text.paragraphs("\n".join(lines)))


SOURCE = Source(
    name=ORIGIN.source,
    title="CCTV Xinwen Lianbo, the state evening news of China",
    publisher="CHN",
    licence="text: all rights reserved by the publisher; facts and figures only are derived",
    homepage="https://github.com/yuekcc/cctv_news",
    brings="documents",
    defects=(
        "the date of a file is the day of broadcast; the event's day is read from the text",
        "1,356 items of 2021 have no title; 17 October 2021 is missing",
        "in 2021 an item's paragraphs are run together; two items have a headline only",
    ),
    fetch=fetch,
    fetch_since=fetch_since,
    claims=claims,
    parse=parse,
)
