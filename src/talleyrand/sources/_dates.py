"""The day of an event, from the opening of the text that reports it.

Only the first sentence is looked at. A day without a year or month is the nearest such day
to publication. A day after publication makes the text an announcement, and a day more than forty
days before it is history: then the day of publication stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from talleyrand.model import Language

Basis = Literal["text", "publication"]

LOOK_BACK = timedelta(days=40)
_BARE_LOOK_BACK = timedelta(days=16)  # of a day without a month

_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_RU_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_EN_WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_RU_WEEK = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"]


def event_date(opening: str, language: Language, published: date) -> tuple[date, Basis]:
    """The day the opening speaks of, and what that rests on."""
    for found in _PATTERN[language].finditer(opening):
        if _is_aside(opening, found, language):
            continue
        day = _READ[language](found, published)
        if day is None or day < published - LOOK_BACK:
            continue
        if day > published:
            break
        return day, "text"
    return published, "publication"


def header_date(text: str, published: date) -> date | None:
    """The day that stands alone, in brackets or last above an English transcript, if one does.

    Only lines before the first speaker count: Via Teleconference (July 18, 2022).
    """
    for line in text[:_LONGEST_HEADER].split("\n")[:_HEADER_LINES]:
        if _SPEAKER.match(line):
            break
        for found in _HEADER_DAY.finditer(line):
            day = _read_en(found, published)
            if day and published - LOOK_BACK <= day <= published:
                return day
    return None


# --- the patterns --------------------------------------------------------------------------

_EN_MONTH = "|".join([*_EN_MONTHS, *(f"{m[:3]}\\." for m in _EN_MONTHS), "Sept\\."])
_ZH_SIDE = r"(?![龄游内电刊报元本])(?!以来)(?!之?前)(?!起(?!对|在))"
_PATTERN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        rf"(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_ZH_SIDE}"
        r"|(?P<said>今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|前天)"
        rf"|(?<![\d月第至到—–\-约近、.])(?P<bare>\d{{1,2}})日{_ZH_SIDE}"
    ),
    "en": re.compile(
        rf"\b(?P<month>{_EN_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
        r"(?:\s?[-–—]\s?\d{1,2}\b)?(?:,? (?P<year>\d{4})\b)?"
        rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_EN_MONTH})"
        r"(?:,? (?P<year2>\d{4}))?\b"
        r"|\b(?P<said>[Tt]oday|[Tt]his (?:morning|afternoon|evening)|[Tt]onight|[Yy]esterday"
        r"|[Ll]ast night)\b(?![’'])"
        rf"|\b(?P<week>{'|'.join(_EN_WEEK)})\b(?![’'])(?!,? (?:the )?(?:{_EN_MONTH}|\d))"
    ),
    "ru": re.compile(
        rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_RU_MONTHS)})\b(?: (?P<year>\d{{4}})\b)?"
        r"|\b(?P<said>[Сс]егодня|[Вв]чера|[Нн]акануне)\b"
        rf"|\b[Вв]о? (?P<week>{'|'.join(_RU_WEEK)})\b"
    ),
}
_LONGEST_HEADER, _HEADER_LINES = 800, 7
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.’' -]{2,40}:|Q\b|[^\n]{160})")
_HEADER_DAY = re.compile(  # with the year, on a line of its own or in brackets
    rf"(?:^|[(]|, )(?P<month>{_EN_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,"
    r" (?P<year>\d{4})(?=[)]|$)"
    r"(?P<day2>)(?P<month2>)(?P<year2>)(?P<said>)(?P<week>)"
)
_DAYS_AGO = {
    **dict.fromkeys(("今天", "今日", "今早", "今晨", "今晚", "сегодня"), 0),
    **dict.fromkeys(("today", "this morning", "this afternoon", "this evening", "tonight"), 0),
    **dict.fromkeys(("昨天", "昨日", "昨晚", "yesterday", "last night", "вчера", "накануне"), 1),
    "前天": 2,
}

# Just before a day: it is a term, a deadline or a law, not when this happened.
_ASIDE_BEFORE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:截至|截止|将于|定于|拟于|为期|连续|历时|每月|从|自|距)(?:当地时间)?$"),
    "en": re.compile(
        r"\b(?:since|until|till|by|before|after|as of|through|starting|beginning|effective|dated"
        r"|no later than|next|this|coming|every|ending|expires?|expired|will|marks|marked"
        r"|of|his|her|its|their|the)"
        r"(?: on)?(?: \w{3,6}day,)?(?: the)? ?$",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"\b(?:до|после|с|со|от|к|ко|по|на|будущ\w+|следующ\w+) $", re.IGNORECASE),
}
# Between the start of the sentence and a day: the day belongs to something else.
_DEEP: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?!)"),
    "en": re.compile(
        r"\b(?:which|who|that|whose|following|after|since|discuss\w*|exchang\w*|results?|outcomes?"
        r"|agreements?|progress|inform\w*|brief(?:ed|ing)?|instruct\w*|laws?|decree|amend\w*"
        r"|continued|express\w*|measures|framework|ended|passed|adopted|opposed|believes?"
        r"|investigat\w*|appointed|commemorat\w*|anniversary|arranged|scheduled"
        r"|died|killed|crash\w*|opened|promoted|explo\w+|live call-in"
        r"|aftermath|continuation|ahead of|during their|forum|summit)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:котор\w+|после|обсу\w+|обмен\w*|итог\w*|соглашени\w*|результат\w*|годовщин\w*"
        r"|проведени\w+|поздравил\w*|выразил\w*|в связи|по случаю|посвящ\w+|назнач\w+"
        r"|поблагодар\w+|организаци\w+)\b",
        re.IGNORECASE,
    ),
}
# Who or what makes "On May 8, …" the day of the event itself: a leader or the talks.
_OWN_EN = re.compile(
    r"\b(?:President|Presidents|Putin|Zelensk\w+|Biden|Harris|Head|Heads|Minister|Secretary|Advis[eo]rs?"
    r"|leaders?|Lady|Gentleman|Ambassador|delegations?|United States|White House|Officials?|Kremlin"
    r"|talks|meetings?|calls?|conversations?|(?:video)?conference|consultations|summit|King|Queen"
    r"|Government|governments|Representatives?|Senior|Director|Chancellor|Administration"
    r"|[Tt]ask [Ff]orce|[Gg]roup|met|convened|held)\b"
)
_SPAN_EN = re.compile(r"\s(?:to|until|through) \d")
_AHEAD_EN = re.compile(r"\b(?:will|set to|plans? to|scheduled|upcoming)\b")


def _is_aside(opening: str, found: re.Match[str], language: Language) -> bool:
    before = opening[max(0, found.start() - 30) : found.start()]
    if _ASIDE_BEFORE[language].search(before):
        return True
    if _DEEP[language].search(opening, 0, found.start()):
        return True
    if language == "en" and _is_of_others(opening, found):
        return True
    if language == "en" and found["week"]:
        sentence = opening[: found.start()].rpartition(". ")[2]
        rest = opening[found.end() : found.end() + 90].partition(". ")[0]
        return bool(_AHEAD_EN.search(sentence) or _AHEAD_EN.search(rest))
    return False


def _is_of_others(opening: str, found: re.Match[str]) -> bool:
    """Does a sentence that begins with the day tell of others than the leader?

    So does a stay from one day to another, within which the event fell.
    """
    if found["said"] or found["week"]:
        return False
    if _SPAN_EN.match(opening, found.end()) and opening[: found.start()].endswith("from "):
        return True
    begins = re.search(r"(?:^|[.!?] )On (?:\w+day, )?$", opening[: found.start()])
    return bool(begins and not _OWN_EN.search(opening, found.end(), found.end() + 90))


# --- what a match means --------------------------------------------------------------------


def _read_zh(found: re.Match[str], published: date) -> date | None:
    if found["said"]:
        return _ago(found["said"], published)
    if found["bare"]:
        return _bare(int(found["bare"]), published)
    return _nearest(found["year"], int(found["month"]), int(found["day"]), published)


def _read_en(found: re.Match[str], published: date) -> date | None:
    if found["said"]:
        return _ago(found["said"].lower(), published)
    if found["week"]:
        return _weekday(_EN_WEEK.index(found["week"]), published)
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    number = next(i for i, name in enumerate(_EN_MONTHS, 1) if name[:3] == month[:3])
    return _nearest(found["year"] or found["year2"], number, int(day), published)


def _read_ru(found: re.Match[str], published: date) -> date | None:
    if found["said"]:
        return _ago(found["said"].lower(), published)
    if found["week"]:
        return _weekday(_RU_WEEK.index(found["week"]), published)
    number = _RU_MONTHS.index(found["month"]) + 1
    return _nearest(found["year"], number, int(found["day"]), published)


_READ: dict[Language, Callable[[re.Match[str], date], date | None]] = {
    "zh": _read_zh,
    "en": _read_en,
    "ru": _read_ru,
}


def _ago(said: str, published: date) -> date:
    return published - timedelta(days=_DAYS_AGO[said])


def _weekday(wanted: int, published: date) -> date:
    """The last such day of the week, the day of publication included."""
    return published - timedelta(days=(published.weekday() - wanted) % 7)


def _nearest(year: str | None, month: int, day: int, published: date) -> date | None:
    """The day of that year, or without one the nearest to publication."""
    years = [int(year)] if year else [published.year + step for step in (-1, 0, 1)]
    days = list(_real(years, month, day))
    return min(days, key=lambda d: abs(d - published)) if days else None


def _bare(day: int, published: date) -> date | None:
    """A day without a month: this month's, or lately of the month before."""
    before = published.replace(day=1) - timedelta(days=1)
    for month in (published, before):
        for found in _real([month.year], month.month, day):
            if timedelta(0) <= published - found <= _BARE_LOOK_BACK:
                return found
    return None


def _real(years: list[int], month: int, day: int) -> Iterator[date]:
    """The dates that exist: there is no 30 February."""
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue
