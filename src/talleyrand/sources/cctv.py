"""China's state evening news, Xinwen Lianbo, from two public daily mirrors in Markdown.

The programme carries the read-out of every meeting and call of China's leaders. Each item under
the detailed news is a document; the list of headlines above is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from talleyrand.model import Document, Http, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "cctv"
MIRROR = "https://raw.githubusercontent.com/yuekcc/cctv_news/master/news/{day:%Y%m%d}.md"
UNTITLED = "(无标题)"

_FILE = re.compile(r"(?:^|/)(\d{8})\.md$")
_DETAIL = re.compile(r"^##\s*详细新闻\s*$", re.MULTILINE)
_ITEM = re.compile(r"^###[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"\[查看原文\]\(\s*([^)\s]*)\s*\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LEAD = re.compile(r"^\W*央视网消息\W*(?:[（(]\s*新闻联播\s*[)）])?\W*[:：]\s*")
_EMPHASIS = re.compile(r"\*\*|__")


def fetch(http: Http) -> Iterator[Raw]:
    """The programmes of the last seven days."""
    today = datetime.now(UTC).date()
    for back in range(7, 0, -1):
        url = MIRROR.format(day=today - timedelta(days=back))
        yield Raw(url.rsplit("/", 1)[1], http.get(url))


def claims(name: str) -> bool:
    """A day's file is named by its date: 20220916.md."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document an item of the day's programme."""
    published = _day(raw.name)
    if published is None:
        yield Rejected(NAME, raw.name, "the file name is no date")
        return
    text = raw.data.decode("utf-8", "replace")
    detail = _DETAIL.search(text)
    if not detail:
        yield Rejected(NAME, raw.name, "no section of detailed news")
        return
    parts = _ITEM.split(text[detail.end() :])
    if len(parts) < 3:
        yield Rejected(NAME, raw.name, "no items under the detailed news")
    for number, (title, body) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        yield _item(title, body, published, f"{raw.name}#{number}")


def _item(title: str, body: str, published: date, locator: str) -> Document | Rejected:
    link = _LINK.search(body)
    text = _LINK.sub("", _COMMENT.sub("", body))
    text = _LEAD.sub("", _text.paragraphs(_EMPHASIS.sub("", text)))
    if not text:
        return Rejected(NAME, locator, "an item without text")
    said = text[:60] if title == UNTITLED else title
    on, basis = _text.event_date(text, "zh", published)
    return Document(
        source=NAME,
        url=link[1] if link else f"cctv:{locator}",
        title=title,
        text=text,
        language="zh",
        published=published,
        event_date=on,
        event_date_basis=basis,
        sender="CHN",
        counterparts=_text.counterparts(said, text, "zh", "CHN", on),
        kind=_text.kind_of(said, "" if title != UNTITLED else text, "zh"),
    )


def _day(name: str) -> date | None:
    found = _FILE.search(name)
    if not found:
        return None
    digits = found[1]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


SOURCE = Source(
    name=NAME,
    title="CCTV Xinwen Lianbo, the state evening news of China",
    publisher="CHN",
    licence="text: all rights reserved by the publisher; facts and figures only are derived",
    homepage="https://github.com/yuekcc/cctv_news",
    brings="documents",
    defects=(
        "the date of a file is the day of broadcast; the event's day is read from the text",
        "1,356 items of 2021 have no title; 17 October 2021 is missing",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
