"""Russian read-outs and releases, sentence by sentence, and the furniture of the Kremlin's pages.

Each text of the Kremlin's site carries the page's menu words before and after it and a box of links
in the middle (`Смотрите также …`): these are nobody's words and are given to the narrator.
"""

from __future__ import annotations

import re

from talleyrand.attribution.russian_subject import Teller
from talleyrand.attribution.russian_words import OWN_TEXT, WE
from talleyrand.attribution.sentences import sentences
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    Setting,
    Voice,
    named,
    own_voice,
    says,
)
from talleyrand.model import Kind, Passage

_DATE = (
    r"\d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября"
    r"|декабря) \d{4} года"
)
_LINKS_BOX = re.compile(
    rf"Смотрите также (?:[^\n]{{1,300}}?{_DATE})(?:\s[А-ЯЁ«][^.!?\n]{{8,170}}? {_DATE})*"
)
_FOOT = re.compile(
    r"(?:(?:Дополнительно|География|Темы|Лица"
    r"|Статус материала)\s(?:(?!Статус материала)[^\n]){0,900}?)?Статус материала\s+Опубликован"
    r"[^\n]*"
)
_TOGETHER = Voice("joint statement", BOTH)
_ONE_SIDE = re.compile(
    r"(?:[-–—•*]\s*|\d+[.)]\s*)?(?:При этом |Вместе с тем,? |В свою очередь,? |В этой связи )?"
    r"((?:[А-ЯЁ][\w-]+ Сторона|[А-ЯЁ][\w-]+ сторона|[А-ЯЁ][\w-]+(?: [А-ЯЁ][\w-]+)?"
    r"|(?:Президент|Председатель|Премьер-министр) (?:(?!Стороны|\sи\s)[А-ЯЁ][\w.-]+ ){1,4}?)"
    r"(?=(?:\s?[а-яё]+){0,3}?\s?[а-яё]+(?:ет|ит|ла|л)\b))"
)
_JOURNALESE = re.compile(r"/ТАСС/|РИА Новости|Интерфакс|[»\"“],? [-–—] (?:сказал|заявил|отметил)")
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"|“[^“”]*”")
_EVENT = re.compile(
    r"состоял(?:ся|ись|ась|ось)|прибыл|встретил|принял\w* участие|провёл|провел|посетил"
)
_ITEM = re.compile(r"(?:^|\s)[1-9]\d?[.)]\s+(?=[А-ЯЁ])")
_AGREED = re.compile(r"условились|согласились|договорились|согласовали|взаимной договор[её]нност")
_AGREED_ITEMS = 3
_FIRST_PERSON = re.compile(r"\b(?:[Яя]|[Мм]ы|[Нн]аш\w*|[Нн]ам|[Нн]ас|[Мм]не|[Мм]оей|[Мм]ой)\b")


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "ru")
    own = own_voice(setting, "ru")
    read_out = setting.kind in (Kind.MEETING, Kind.CALL)
    first = sum(bool(_FIRST_PERSON.search(text[u.start : u.end])) for u in units[:80])
    if not read_out and first > 0.25 * len(units[:80]) and not _JOURNALESE.search(text):
        return [says(u.start, u.end, own) for u in units]
    mine = not read_out and (setting.kind is Kind.STATEMENT or bool(OWN_TEXT.match(text)))
    unsaid = own if mine else _of_the_frame(text, setting)
    teller = Teller(text, setting)
    found = []
    current = Voice("", NARRATOR)
    for unit in units:
        words = text[unit.start : unit.end]
        voice = teller.reported(words, current if not unit.opens else None)
        if mine and voice and voice.state == NARRATOR and not _EVENT.search(words):
            voice = None
        if not read_out and _speaks_itself(words) and (voice is None or voice.state == NARRATOR):
            voice = own
        if voice is None:
            goes_on = current.state != NARRATOR and not unit.opens and not mine
            voice = current if goes_on else unsaid
        current = voice
        found.append(says(unit.start, unit.end, voice))
    return found


def joint(text: str, setting: Setting) -> list[Passage]:
    """A joint statement: both's, but where a sentence opens with one side it is that side's."""
    found = []
    for unit in sentences(text, "ru"):
        side = _ONE_SIDE.match(text, unit.start, unit.end)
        states = {m.iso3 for m in named(side.group(), "ru", setting.on)} if side else set()
        one = side and len(states) == 1
        voice = Voice(side.group(1), states.pop()) if side and one else _TOGETHER
        found.append(says(unit.start, unit.end, voice))
    return found


def _speaks_itself(words: str) -> bool:
    """Does the text say "we" outside of quotations?"""
    return bool(WE.search(_QUOTED.sub(" ", words)))


def _of_the_frame(text: str, setting: Setting) -> Voice:
    """Whose words a sentence is that does not say: both's in a numbered list of what was agreed."""
    items = len(_ITEM.findall(text)) >= _AGREED_ITEMS
    agreed = setting.counterparts and items and _AGREED.search(text)
    return Voice("стороны", BOTH) if agreed else Voice("", NARRATOR)


def in_person(text: str) -> bool:
    """Does anybody say "I" or "we" in it? A page on a speech or a visit may only tell of it."""
    return bool(_FIRST_PERSON.search(text))


def furniture(text: str) -> list[Passage]:
    """The page's own words: boxes of links and the foot with its topics and dates."""
    foot = _FOOT.search(text) if "Статус материала" in text else None
    spans = [m.span() for m in _LINKS_BOX.finditer(text)]
    if foot:
        spans = [s for s in spans if s[1] <= foot.start()] + [(foot.start(), len(text.rstrip()))]
    return [Passage(start, end, "", NARRATOR) for start, end in spans]
