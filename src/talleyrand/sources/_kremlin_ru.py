"""A page of the Kremlin's Russian site as text: menu words, cards of persons and links taken out.

The set has each page as one line: the column's name, title, summary, date and place lead it; the
text is interrupted by lists of related pages and, after a person's name, by a card with the name
and office once more; subjects, persons and addresses follow it.
"""

from __future__ import annotations

import re

_COLUMN = re.compile(r"\A(?:События|Новости|Документы|Стенограммы|Поездки|Структура)\s+")
_CLOCK = re.compile(r"\A\s*\d{1,2}:\d{2}\s*")
_END = re.compile(r"\s*Статус материала Опубликован\b.*\Z", re.DOTALL)
_TAIL = re.compile(r"\s(?:География|Темы|Лица) [А-ЯЁ][^.!?:;»]{0,400}\Z")
_RELATED = re.compile(r"\s?\b(?:Смотрите также|Дополнительно)\s")
_RELATED_ITEM = re.compile(
    r"\s*(?:(?:Указ|Распоряжение|Перечень)[^.!?:]{0,120}? pdf, [\d,.]+ [кМ]Б"
    r"|Все новости о поездке[^.]{0,60}\."
    r"|Новости (?:Совета Безопасности|Государственного Совета|Госсовета)"
    r"|Документы, подписанные[^.!?:]{0,160}?(?= \d{1,2} [а-я]+ \d{4} года|\Z)"
    r"|[«А-ЯЁ0-9][^!?:…]{3,260}?\d{1,2} [а-я]+ 20\d\d года)"
)
_NAME = r"[А-ЯЁ][А-ЯЁа-яё-]+"
_CARD = re.compile(
    rf" {_NAME} {_NAME} (?:{_NAME}(?:ич|вна|чна|шна|лы|зы) )[А-ЯЁа-яё][^.:;?!…]{{2,260}}?"
    r" (?=[.,:;)?!»])"
)
_FOREIGN_CARD = re.compile(
    rf"\b([А-ЯЁ][а-яё-]{{1,30}}?)([а-яё]{{0,3}}) \1[а-яё]{{0,2}}(?: {_NAME}){{1,4}}? "
    r"(?:Президент|Председатель|Премьер-министр|Федеральный канцлер|Король|Эмир|Султан"
    r"|Наследный принц|Генеральный секретарь|Министр|Государственный секретарь|Канцлер)"
    rf"(?: {_NAME}| (?:по|и|[а-яё]+ых|[а-яё]+ого|дел|обороны))*(?P<end> (?=[.,:;)?!])|(?= |\Z))"
)
_TWO_WORD_CARD = re.compile(
    rf"\b({_NAME}) ([А-ЯЁ][а-яё-]+?)([а-яё]{{0,3}}) \1 \2[а-яё]{{0,2}} "
    r"(?:Президент|Председатель|Премьер-министр|Король|Эмир|Султан)"
    rf"(?: {_NAME})*(?P<end> (?=[.,:;)?!])|(?= |\Z))"
)


def without_site(page: str, title: str, lead: str, raw_date: str, place: str) -> str:
    """The text of a release without what the site put around and into it."""
    text = " ".join(page.split())
    text = _without_head(text, title, lead, raw_date, place)
    text = _without_related(_without_tail(_END.sub("", text)))
    for card, kept in ((_TWO_WORD_CARD, r"\1 \2\3"), (_FOREIGN_CARD, r"\1\2"), (_CARD, "")):
        text = card.sub(kept, text)
    return _without_tail(text).strip()


def _without_head(text: str, title: str, lead: str, raw_date: str, place: str) -> str:
    """What follows the column, title, summary, date, time and place, in that order."""
    head = _COLUMN.match(text)
    if not head:
        return text
    text = text[head.end() :]
    for part in (title, lead, raw_date):
        text = text.removeprefix(" ".join(part.split())).lstrip()
    text = _CLOCK.sub("", text)
    for part in (place, title):
        text = text.removeprefix(" ".join(part.split())).lstrip()
    return text


def _without_tail(text: str) -> str:
    """Lists of regions, subjects and persons close a page, in this order."""
    while found := _TAIL.search(text, max(0, len(text) - 450)):
        text = text[: found.start()]
    return text


def _without_related(text: str) -> str:
    """Lists of related pages stand anywhere; each of their items ends in a date or a size."""
    kept = []
    place = 0
    while found := _RELATED.search(text, place):
        kept.append(text[place : found.start()])
        place = found.end()
        while item := _RELATED_ITEM.match(text, place):
            place = item.end()
    return " ".join([*kept, text[place:].lstrip()]).strip()
