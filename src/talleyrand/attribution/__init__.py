"""Who says what inside a text: cut it into passages, each in the mouth of one speaker.

A read-out reports both men, a press conference holds questions and answers, a transcript has many
voices. A code found in a text belongs to whoever speaks there, so this comes before any counting.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from operator import attrgetter

from talleyrand.attribution import chinese, chinese_heads, english, press, russian
from talleyrand.attribution.sentences import trim
from talleyrand.attribution.speakers import Setting, Voice, leader, own_voice, says
from talleyrand.attribution.turns import carved, spoken
from talleyrand.model import Kind, Language, Passage

_NARRATIVE = {"zh": chinese.narrative, "en": english.narrative, "ru": russian.narrative}
_JOINT = {
    "zh": re.compile(
        r"\s*(?!.{0,20}(?:央视|新华社))(?!.{0,60}(?:发表|签署|发布|就))[^。，\n]{0,80}"
        r"联合(?:声明|公报|宣言)(?:（[^）]*）)?\s*\n"
    ),
    "en": re.compile(
        r"(?i)\s*(?:[^.]{0,160}\bjoint (?:leaders[’'] )?(?:statement|declaration"
        r"|communiqu)[^.]{0,60}\n"
        r"|(?:today, )?we, the (?:leaders|presidents|heads|foreign ministers|prime ministers))"
    ),
    "ru": re.compile(
        r"(?i)\s*[^.]{0,120}совместн\w+ (?:заявлени|декларац|коммюнике)\w*[^.]{0,80}\n"
    ),
}


def passages(
    text: str,
    *,
    language: Language,
    sender: str,
    counterparts: tuple[str, ...] = (),
    kind: Kind = Kind.OTHER,
    on: date | None = None,
) -> list[Passage]:
    """The whole text in order as passages without overlap; the gaps are white space only.

    `sender` and `counterparts` are ISO3; `on` is the day of the event, by which leaders are known.
    Each passage is the longest run of one speaker; its state is the ISO3 of the state whose words
    they are, or "both", "journalist", "narrator" or "other".
    """
    setting = Setting(sender, counterparts, kind, on)
    found = _said(text, language, setting)
    if language == "ru" and (boxes := russian.furniture(text)):
        found = [piece for whole in found for piece in carved(text, whole, _clipped(boxes, whole))]
    return _joined(text, found)


def _said(text: str, language: Language, setting: Setting) -> list[Passage]:
    narrative = _NARRATIVE[language]
    turns = press.turns(text, language)
    headed = setting.kind in (Kind.SPEECH, Kind.JOINT_STATEMENT)
    if turns and (not headed or _somebody(turns, language, setting)):
        return spoken(text, turns, language, setting, narrative)
    told = language == "zh" or (language == "ru" and not russian.in_person(text))
    if setting.kind is Kind.SPEECH and not told:
        return _whole(text, own_voice(setting, language))
    if setting.kind is Kind.JOINT_STATEMENT or _JOINT[language].match(text):
        return _whole_joint(text, language, setting)
    return narrative(text, setting)


def _somebody(turns: list[press.Turn], language: Language, setting: Setting) -> bool:
    """Whether a label is a known leader's or an asker's: speeches and statements have headings."""
    return any(
        press.is_question(turn.label)
        or turn.label == "THE PRESIDENT"
        or leader(turn.label, language, setting.on)
        for turn in turns
    )


def _whole_joint(text: str, language: Language, setting: Setting) -> list[Passage]:
    """A joint statement is both's, but it may report one side by name."""
    if language == "en":
        return english.joint(text, setting)
    if language == "ru":
        return russian.joint(text, setting)
    return chinese_heads.joint(text, setting)


def _whole(text: str, voice: Voice) -> list[Passage]:
    span = trim(text, 0, len(text))
    return [says(*span, voice)] if span else []


def _clipped(pieces: list[Passage], whole: Passage) -> list[Passage]:
    """The parts of pieces that fall into a passage."""
    return [
        Passage(max(p.start, whole.start), min(p.end, whole.end), p.speaker, p.state)
        for p in pieces
        if p.start < whole.end and p.end > whole.start
    ]


def _joined(text: str, found: list[Passage]) -> list[Passage]:
    """Neighbours in one mouth as one passage."""
    joined: list[Passage] = []
    for _, run in groupby(found, attrgetter("state", "speaker")):
        first, *rest = run
        whole = Passage(first.start, rest[-1].end, first.speaker, first.state) if rest else first
        joined.append(whole)
    return joined
