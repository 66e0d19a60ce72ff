"""What the sources of official texts share: the day, the kind and the counterparts of a text.

Everything is read from the title and the opening, in the three languages of the archive.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from talleyrand import states
from talleyrand.model import Kind, Language

EARLIEST = date(1945, 1, 1)
_LOOK_BACK = timedelta(days=40)
_OPENING = 240  # characters in which a text says when and with whom

_ZH_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?!电)(?![至到—-])")
_MONTHS_EN = dict(
    january=1, february=2, march=3, april=4, may=5, june=6, july=7, august=8, september=9,
    october=10, november=11, december=12,
)  # fmt: skip
_MONTHS_RU = dict(
    января=1, февраля=2, марта=3, апреля=4, мая=5, июня=6, июля=7, августа=8, сентября=9,
    октября=10, ноября=11, декабря=12,
)  # fmt: skip
_EN_DAY = re.compile(rf"\b({'|'.join(_MONTHS_EN)})\.? (\d{{1,2}})\b(?:,? (\d{{4}}))?", re.I)
_RU_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS_RU)})\b(?: (\d{{4}}))?", re.I)

_KINDS: dict[Language, tuple[tuple[Kind, str], ...]] = {
    "zh": (
        (Kind.STATEMENT, r"答记者问|将(?:出席|会见|访|同|对|举行|主持)"),
        (Kind.JOINT_STATEMENT, r"联合(?:声明|公报|宣言)(?!.*(?:评论|解读))"),
        (Kind.PRESS_CONFERENCE, r"记者会|新闻发布会|吹风会"),
        (Kind.CALL, r"通电话|视频会[晤见谈]|视频通话|电话会谈"),
        (Kind.MEETING, r"会见|会晤|会谈|接见"),
        (Kind.SPEECH, r"讲话|致辞|演讲|发言(?!人)|署名文章|贺[词信电]|致电|主旨"),
        (Kind.STATEMENT, r"答记者问|发言人|声明|谈话|表态|评论"),
    ),
    "en": (
        (
            Kind.STATEMENT,
            r"^fact sheet|^statement\b(?!.{0,20}joint)|\bwill (?:meet|hold|have|visit)\b",
        ),
        (Kind.SPEECH, r"^remarks"),
        (Kind.JOINT_STATEMENT, r"\bjoint (?:statement|communiqu|declaration|leaders)"),
        (
            Kind.PRESS_CONFERENCE,
            r"press (?:briefing|gaggle|conference|call)|news conference|gaggle"
            r"|answers? to (?:journalists|media)|press statements?.{0,30}questions",
        ),
        (
            Kind.CALL,
            r"\bcalls? (?:with|to|between|from)\b|\b(?:tele)?phone (?:call|conversation)"
            r"|(?:video|virtual|secure) (?:call|conference|meeting)"
            r"|spoke (?:by|over the|on the) phone",
        ),
        (
            Kind.MEETING,
            r"\bmeeting (?:with|between|of)\b|\bmet with\b|\btalks with\b|\bmeets? with\b"
            r"|bilateral meeting|\breceived\b|russian-\w+ talks"
            r"|readout of .{0,80}\b(?:meeting|visit|travel|trip|engagement)",
        ),
        (
            Kind.SPEECH,
            r"^remarks|\bremarks (?:by|of|at)\b|\baddress\b|\bspeech\b|\bgreetings\b|\bmessage\b",
        ),
        (
            Kind.STATEMENT,
            r"statement|fact sheet|readout|proclamation|executive order|\bletter\b|nominat"
            r"|announce|memorandum|condolences",
        ),
    ),
    "ru": (
        (Kind.JOINT_STATEMENT, r"совместн\w+ (?:заявлени|декларац)"),
        (Kind.PRESS_CONFERENCE, r"пресс-конференц|ответы на вопросы|брифинг"),
        (Kind.CALL, r"телефонн\w+ (?:разговор|бесед)|видеоконференц|видеосвяз"),
        (Kind.MEETING, r"\bвстреч[аиу]|\bбесед[аы]|переговор|приём|прием\b"),
        (Kind.SPEECH, r"выступлени|обращени|поздравлени|приветстви|речь|послани"),
        (Kind.STATEMENT, r"заявлени|указ|телеграмм|соболезновани|подписан"),
    ),
}
_PLACE_ZH = re.compile(r"(?:在|于|抵达|前往|访问|离开)\s*$")


def paragraphs(text: str) -> str:
    """The text with one line a paragraph, single spaces, and nothing empty."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def event_date(
    text: str, language: Language, published: date
) -> tuple[date, Literal["text", "publication"]]:
    """The day a text speaks of, from its opening, and what that rests on.

    A day without a year or month is the last such day up to publication. Days after publication
    or more than forty days before it are not the event's: then the day of publication stands.
    """
    opening = text[:_OPENING]
    for day in _days(opening, language, published):
        if published - _LOOK_BACK <= day <= published:
            return day, "text"
    return published, "publication"


def kind_of(title: str, opening: str, language: Language) -> Kind:
    """The kind of a text by its title, or where that says nothing by its opening words."""
    return _kind(title, language) or _kind(opening[:160], language) or Kind.OTHER


def counterparts(
    title: str, opening: str, language: Language, sender: str, on: date
) -> tuple[str, ...]:
    """The states a text deals with: those of its title, else those of its first sentence.

    Where only the opening tells of a meeting or call, it tells with whom.
    """
    first = re.split(r"[。！？\n]|(?<=[a-zа-я)])[.!?](?:\s|$)", opening[:600], maxsplit=1)[0]
    if not _kind(title, language) and _kind(first, language) in (Kind.MEETING, Kind.CALL):
        return _named(first, language, sender, on)
    return _named(title, language, sender, on) or _named(first, language, sender, on)


def _kind(words: str, language: Language) -> Kind | None:
    for kind, pattern in _KINDS[language]:
        if re.search(pattern, words, re.IGNORECASE):
            return kind
    return None


def _named(text: str, language: Language, sender: str, on: date) -> tuple[str, ...]:
    """The states a line names, but for the sender, topics and mere places, in order."""
    found: dict[str, None] = {}
    for mention in states.mentions(text, language, on):
        if mention.iso3 == sender or mention.how == "topic":
            continue
        if language == "zh" and mention.how != "leader" and _is_place(text[: mention.start]):
            continue
        found.setdefault(mention.iso3)
    return tuple(found)


def _is_place(before: str) -> bool:
    """The state is where something happened, not with whom; a visit is with whom."""
    return bool(_PLACE_ZH.search(before)) and "访问" not in before


def _days(opening: str, language: Language, published: date) -> list[date]:
    """The days an opening names, in order."""
    found = []
    if language == "zh":
        for year, month, day in _ZH_DAY.findall(opening):
            found.append(_latest(year, month, day, published))
    elif language == "en":
        for month, day, year in _EN_DAY.findall(opening):
            found.append(_latest(year, str(_MONTHS_EN[month.lower()]), day, published))
    else:
        for day, month, year in _RU_DAY.findall(opening):
            found.append(_latest(year, str(_MONTHS_RU[month.lower()]), day, published))
    return [day for day in found if day]


def _latest(year: str, month: str, day: str, published: date) -> date | None:
    """The last day up to publication that these parts can mean; None where there is none."""
    if year:
        return _date(int(year), int(month) if month else published.month, int(day))
    if month:
        this = _date(published.year, int(month), int(day))
        last_year = _date(published.year - 1, int(month), int(day))
        return this if this and this <= published else last_year
    this = _date(published.year, published.month, int(day))
    if this and this <= published:
        return this
    last = published.replace(day=1) - timedelta(days=1)
    return _date(last.year, last.month, int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
