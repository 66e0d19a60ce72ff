"""Whose turn it is: the voices behind the labels of a transcript or press conference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from talleyrand.attribution import russian_words
from talleyrand.attribution.chinese_answers import quoted_officials
from talleyrand.attribution.english_cast import Cast as EnglishCast
from talleyrand.attribution.english_cast import states_in
from talleyrand.attribution.press import Turn, is_question
from talleyrand.attribution.sentences import trim
from talleyrand.attribution.speakers import (
    JOURNALIST,
    OTHER,
    Setting,
    Voice,
    named,
    says,
)
from talleyrand.model import Kind, Language, Passage

_ANNOUNCES = re.compile(r"外交部发言人(.{2,4}?)(?:宣布|应询表示|表示)$")
_ASIDE = re.compile(r"（[^（）]{0,10}?(记者)[^（）：:]{0,8}[：:][^（）]{1,300}）")
_REMARK = re.compile(r"(?:Remark|Реплика)")
_FOREIGN_TITLE = re.compile(
    r"(?i)(?:president|prime minister|chancellor|king|queen|taoiseach|foreign minister|emir|premier"
    r"|crown prince|minister)\b"
)
_OUTSIDER = re.compile(
    r"(?i)\b(?:secretary[- ]general|united nations|fifa|nato|european (?:commission|council)|ioc"
    r"|генеральный секретарь оон)\b"
)
_TITLED = re.compile(
    r"(?i)\b(?:president|minister|premier|governor|head|chair\w*|director|ceo|deputy|secretary"
    r"|mayor)\b"
)
_RU_OFFICE = re.compile(
    r"\b(?:Президент|Премьер|Министр|Председател|Глав|Эмир|Корол|Канцлер|Секретар|Член|Посол|Посла|Послом|Спикер"
    r"|Принц|Султан|Госсекретар|Спецпосланник)\w*"
)
_RU_POLITY = re.compile(r"\b(?:Абхази|Южной Осети|Приднестров)\w*")  # no ISO code
_STEM = 6
_SHORT = 4
_EARLY = 4000
_MANY = 3
_LAST_WORDS = 120  # characters at the end of a turn in which a question is asked
_SHARE = 0.4


def spoken(
    text: str,
    turns: list[Turn],
    language: Language,
    setting: Setting,
    narrative: Callable[[str, Setting], list[Passage]],
) -> list[Passage]:
    """A transcript's passages: what stands before the first turn, then each turn."""
    found = _preamble(text[: turns[0].start], turns, language, setting, narrative)
    voices = _voices(text, turns, language, setting)
    ends = [turn.start for turn in turns[1:]] + [len(text)]
    for turn, end in zip(turns, ends, strict=True):
        span = trim(text, turn.start, end)
        if span:
            said = says(*span, voices[turn.label])
            found += _divided(text, said, setting) if language == "zh" else [said]
    return found


def _preamble(
    text: str,
    turns: list[Turn],
    language: Language,
    setting: Setting,
    narrative: Callable[[str, Setting], list[Passage]],
) -> list[Passage]:
    """Before the first turn: in Peking the spokesperson announces, elsewhere it is the frame."""
    if language != "zh" or setting.kind in (Kind.MEETING, Kind.CALL):
        released = language == "en" and setting.sender == "USA" and setting.kind is Kind.OTHER
        asked = setting.kind if language == "zh" or released else Kind.MEETING
        if language == "ru" and russian_words.BRIEFING.match(text):
            asked = Kind.STATEMENT
        return narrative(text, replace(setting, kind=asked))
    span = trim(text, 0, len(text))
    speaker = next((t.label for t in turns if not is_question(t.label)), "")
    return [says(*span, Voice(_spokesperson(speaker), setting.sender))] if span else []


def _spokesperson(label: str) -> str:
    found = _ANNOUNCES.match(label)
    return found.group(1) if found else label


def _voices(text: str, turns: list[Turn], language: Language, setting: Setting) -> dict[str, Voice]:
    labels = dict.fromkeys(turn.label for turn in turns)
    if language == "zh":
        return {
            label: Voice(label, JOURNALIST)
            if is_question(label)
            else Voice(_spokesperson(label), setting.sender)
            for label in labels
        }
    house = _House(text, list(labels), language, setting)
    askers = _askers(text, turns)
    if language == "ru" and setting.kind is Kind.PRESS_CONFERENCE:
        askers |= _ask_only(text, turns)
    return {label: house.voice(label, asks=label in askers) for label in labels}


class _House:
    """The people of one English or Russian transcript."""

    def __init__(self, text: str, labels: list[str], language: Language, setting: Setting) -> None:
        self._text = text
        self._language = language
        self._setting = setting
        self._asked = any(is_question(x) and not _REMARK.match(x) for x in labels)
        self._cast: EnglishCast | None = None
        self._surnames = {
            label.split()[-1]: state for label in labels if (state := self._stated(label))
        }
        self._titled = {label.split()[-1] for label in labels if _TITLED.search(label)}

    def voice(self, label: str, *, asks: bool) -> Voice:
        """Who speaks under a label; those who only ask are journalists."""
        if _REMARK.match(label) and not self._asked:
            return Voice(label, OTHER)
        if is_question(label):
            return Voice(label, JOURNALIST)
        surname = label.split()[-1]
        state = self._stated(label) or self._surnames.get(surname)
        if not state and asks and not label.isupper() and surname not in self._titled:
            return Voice(label, JOURNALIST)
        return Voice(label, state or self._abroad(label) or self._setting.sender)

    def _stated(self, label: str) -> str | None:
        words = label.title() if label.isupper() else label
        on = self._setting.on
        found = (
            states_in(words, on)
            if self._language == "en"
            else [m.iso3 for m in named(words, self._language, on)]
        )
        if _OUTSIDER.search(label) and not found:
            return OTHER
        return found[0] if found else None

    def _introduced(self, label: str) -> str | None:
        """In Russian: Президентом Гвинеи-Бисау Умару Сиссоку Эмбало, before he speaks."""
        name = label.split()[-1].split(".")[-1][:_STEM]
        stem = re.escape(name.rstrip("аяйьо") if len(name) > _SHORT else name)
        for found in re.finditer(rf"\b{stem}", self._text[:_EARLY]):
            before = self._text[max(0, found.start() - 90) : found.start()]
            office = list(_RU_OFFICE.finditer(before))
            if office and _RU_POLITY.search(before, office[-1].start()):
                return OTHER
            states = named(before[office[-1].start() :], "ru", self._setting.on) if office else ()
            if states:
                return next((m.iso3 for m in states if m.how != "leader"), None)
        return None

    def _abroad(self, label: str) -> str | None:
        """A head of government without a state in the label: as introduced, else the guest."""
        if self._language == "ru":
            return self._introduced(label)
        if "THE " in label or (label.isupper() and not _FOREIGN_TITLE.match(label)):
            return None
        self._cast = self._cast or EnglishCast(self._text[:200_000], self._setting)
        name = label.split()[-1].casefold()
        known = {k.casefold(): v for k, v in self._cast.names.items()}
        guests = self._setting.counterparts
        return known.get(name) or (guests[0] if len(guests) == 1 and label.isupper() else None)


def _askers(text: str, turns: list[Turn]) -> set[str]:
    """The labels most of whose turns are questions."""
    asked: dict[str, list[bool]] = {}
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        end = following.start if following else len(text)
        asked.setdefault(turn.label, []).append("?" in text[turn.words : end])
    return {
        label
        for label, asks in asked.items()
        if len(asks) >= _MANY and sum(asks) >= _SHARE * len(asks)
    }


def _ask_only(text: str, turns: list[Turn]) -> set[str]:
    """The labels of which half the turns or more end with a question, in a press conference."""
    ends = [*(turn.start for turn in turns[1:]), len(text)]
    asks: dict[str, list[bool]] = {}
    for turn, end in zip(turns, ends, strict=True):
        asks.setdefault(turn.label, []).append(
            "?" in text[max(turn.words, end - _LAST_WORDS) : end]
        )
    return {label for label, asked in asks.items() if 2 * sum(asked) >= len(asked)}


def _divided(text: str, said: Passage, setting: Setting) -> list[Passage]:
    """A spokesperson's turn with asides by journalists and quoted foreign officials cut out."""
    if said.state == JOURNALIST:
        return [said]
    cut = [
        says(m.start(), m.end(), Voice(m.group(1), JOURNALIST))
        for m in _ASIDE.finditer(text, said.start, said.end)
    ]
    cut += quoted_officials(text, said.start, said.end, setting)
    return list(carved(text, said, cut))


def carved(text: str, whole: Passage, pieces: list[Passage]) -> Iterator[Passage]:
    """A passage with pieces of it given to others; pieces that overlap earlier ones are left."""
    place = whole.start
    for piece in sorted(pieces, key=lambda p: p.start):
        if piece.start < place:
            continue
        if span := trim(text, place, piece.start):
            yield says(*span, Voice(whole.speaker, whole.state))
        yield piece
        place = piece.end
    if span := trim(text, place, whole.end):
        yield says(*span, Voice(whole.speaker, whole.state))
