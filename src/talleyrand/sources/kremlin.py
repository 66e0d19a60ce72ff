"""The Kremlin: releases and transcripts of its English and Russian sites.

Three sets in three forms: English as JSON lines (1999-2020) and as CSV (2021-2022), Russian as
JSON lines (2025). Where a set runs paragraphs together, they are parted at the speakers' marks.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from talleyrand.model import Document, Http, Kind, Language, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "kremlin"
LIST = "http://en.kremlin.ru/events/president/news"

_LINK = re.compile(rb'href="(/events/president/news/\d+)"')
_NAME_EN = r"(?:[A-Z][\w’'.-]+ ){0,8}[A-Z][\w’'.-]+(?: \([a-z][^()]{2,40}\))?: "
_SPEAKER_EN = re.compile(rf"(?<=[.!?…”\"’)*]) (?={_NAME_EN}[A-Z“\"(])")
_SPEAKER_RU = re.compile(
    r"(?<=[.!?…»)*]) (?=(?:[А-ЯЁ]\.[А-ЯЁ][\w-]+|(?:[А-ЯЁ][\w-]+ ){0,3}[А-ЯЁ][\w-]+"
    r"|Вопрос|Реплика|Ответ)(?: \([^()]{3,40}\))?: )"
)
_STARS = re.compile(r"\s*\* \* \*\s*")
_HEAD_RU = re.compile(r"\A\W*(?:События|Новости|Документы|Стенограммы)\s+")
_TAIL_RU = re.compile(r"\s*(?:Темы .{0,200})?(?:Лица .{0,400})?Статус материала\b.*\Z", re.DOTALL)
_CARD_RU = re.compile(r"([А-ЯЁ][а-яё-]+) \1 [А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё-]+")


def fetch(http: Http) -> Iterator[Raw]:
    """The releases on the first page of the English site, each as its page."""
    for link in dict.fromkeys(_LINK.findall(http.get(LIST))):
        url = "http://en.kremlin.ru" + link.decode("ascii")
        yield Raw(f"{url.rsplit('/', 1)[1]}.html", http.get(url))


def claims(name: str) -> bool:
    """JSON lines, CSV, or a page as fetched."""
    return name.endswith((".jsonl", ".csv", ".html"))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a release; releases without text are set aside."""
    if raw.name.endswith(".html"):
        yield Rejected(NAME, raw.name, "a page of the live site: its layout is not known yet")
    elif raw.name.endswith(".csv"):
        yield from _csv(raw)
    else:
        yield from _lines(raw)


def _lines(raw: Raw) -> Iterator[Parsed]:
    for number, line in enumerate(raw.data.split(b"\n"), start=1):
        if not line.strip():
            continue
        locator = f"{raw.name}:{number}"
        try:
            row = json.loads(line.decode("utf-8", "replace"))
        except ValueError:
            yield Rejected(NAME, locator, "not JSON")
            continue
        if not isinstance(row, dict):
            yield Rejected(NAME, locator, "not a JSON object")
            continue
        yield _document(row, locator, "ru" if "raw_date" in row else "en")


def _csv(raw: Raw) -> Iterator[Parsed]:
    csv.field_size_limit(64 * 1024 * 1024)
    rows = csv.DictReader(io.StringIO(raw.data.decode("utf-8-sig", "replace")))
    names = {"link": "url", "headline": "title", "body": "text", "summary": "lead"}
    for number, row in enumerate(rows, start=1):
        renamed = {names.get(key, key): value for key, value in row.items() if key}
        yield _document(renamed, f"{raw.name}:{number}", "en")


def _document(row: Mapping[str, Any], locator: str, language: Language) -> Document | Rejected:
    published = _day(row.get("date"))
    title = " ".join(str(row.get("title") or "").split())
    url = str(row.get("url") or "")
    body = str(row.get("text") or "")
    lead = str(row.get("lead") or row.get("summary") or "")
    text = _russian(body, title) if language == "ru" else _english(body, lead)
    if published is None:
        return Rejected(NAME, locator, "undated")
    if not text:
        return Rejected(NAME, locator, "a release without text")
    kind = _text.kind_of(title, text, language)
    on, basis = _text.event_date(text, language, published)
    conference = kind == Kind.PRESS_CONFERENCE
    return Document(
        source=NAME,
        url=url or f"kremlin:{locator}",
        title=title,
        text=text,
        language=language,
        published=published,
        event_date=published if conference else on,
        event_date_basis="publication" if conference else basis,
        sender="RUS",
        counterparts=() if conference else _text.counterparts(title, text, language, "RUS", on),
        kind=kind,
    )


def _english(body: str, lead: str) -> str:
    if lead and not body.startswith(lead[:60]):
        body = f"{lead}\n{body}"
    return _text.paragraphs(_SPEAKER_EN.sub("\n", _STARS.sub("\n", body)))


def _russian(body: str, title: str) -> str:
    """The text without the site's menu words and its cards of persons, parted by speaker."""
    text = " ".join(body.split())
    text = _TAIL_RU.sub("", _HEAD_RU.sub("", text)).removeprefix(title).strip()
    text = _CARD_RU.sub(r"\1", text)
    return _text.paragraphs(_SPEAKER_RU.sub("\n", _STARS.sub("\n", text)))


def _day(stated: Any) -> date | None:
    try:
        return date.fromisoformat(str(stated)[:10])
    except ValueError:
        return None


SOURCE = Source(
    name=NAME,
    title="The Kremlin: releases and transcripts in English and Russian",
    publisher="RUS",
    licence="CC BY 4.0 (kremlin.ru)",
    homepage=LIST,
    brings="documents",
    defects=(
        "English: 2014-15 nearly empty, months missing in 2016-19, nothing from September 2020 to"
        " 23 October 2021 nor from July 2022 on",
        "Russian: February and March 2025 only; paragraphs are run together",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
