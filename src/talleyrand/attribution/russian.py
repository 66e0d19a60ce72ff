"""Russian read-outs and releases, sentence by sentence, and the furniture of the Kremlin's pages.

Each text of the Kremlin's site carries the page's menu words before and after it and a box of links
in the middle (`Смотрите также …`): these are nobody's words and are given to the narrator.
"""

from __future__ import annotations

import re

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

_SAYING = re.compile(
    r"\b(?:отмети|подчеркну|заяви|сказа|вырази|поблагодари|поздрави|подели|сообщи"
    r"|проинформирова|рассказа"
    r"|указа|напомни|подтверди|призва|предложи|поясни|добави|высказа|пожела|приветствова|обрати"
    r"|констатирова"
    r"|согласи|обсуди|договори|обменя|акцентирова|оцени|осуди|поддержа|пригласи|объясни|ответи"
    r"|изложи"
    r"|информирова|потребова|предупреди|намерен|считает|полагает|привлек|завери|пообеща"
    r"|призна|назва|отреагирова|откликну|выдвину)\w*(?:л|ла|ли|лся|лись|лась|ны|ет|ют)\b"
    r"|\bдал\w* (?:\w+ )?оценку"
    r"|\bпередал[аи]? (?:\S+ ){0,3}?(?:привет|пожелани|поздравлени|приглашени|послани|слова)\w*"
)
_DOING = re.compile(
    r"\b(?:прове|приня|посети|встрети|подписа|прибы|возложи|вручи|открыл|состоя|прош|осмотре"
    r"|назначи|выступи|носил|прошл)\w*\b"
)
_PASSIVE = re.compile(
    r"(?:^|[.,;:]\s|\b(?:были?|также|была|было)\s)(?:[Оо]бсужд[её]н|[Оо]бсуждал|[Рр]ассмотрен"
    r"|[Оо]тмечен|[Пп]одч[её]ркнут"
    r"|[Кк]онстатирован|[Уу]словлен|[Зз]атронут|[Вв]ыражен|[Пп]одтвержд[её]н|[Дд]остигнут"
    r"|[Оо]говорен|[Аа]кцентирован"
    r"|[Дд]оговорились|[Уу]делено|[Вв]ысказан|[Оо]тмечал)\w*|[Оо]бмен мнениями|[Уу]словились"
    r"|[Дд]оговорено"
)
_PLURAL = re.compile(
    r"\b(?:(?:[Оо]б[еа]|[Дд]в[ае]) )?(?:[Лл]идеры|[Сс]тороны|[Гг]лавы (?:двух )?(?:государств"
    r"|стран|правительств)|[Пп]резиденты"
    r"|[Сс]обеседники|[Мм]инистры|[Дд]елегации)\b"
)
_OWN_HEAD = re.compile(
    r"\b(?:[Гг]лава (?:российского )?государства|Президент(?: (?:России|Российской Федерации"
    r"|РФ))?|Президент России)\b"
)
_JOINTLY = re.compile(
    r"(?:В целом |Также )?[А-ЯЁ][\w. ]{2,60}? и [А-ЯЁ][\w. ]{2,60}? (?=[а-яё]+(?:ют|ли|лись)\b)"
)
_ATTENDS = re.compile(r"принял\w* участие|участвова|присутств|представля|вошли\b")
_SIDE = re.compile(r"\bС (?:\w+ой|нашей) стороны\b")
_MESSAGE = re.compile(r"послани[ея]|телеграмм|поздравил")
_TALKS = re.compile(r"разговор|встреч|переговор|беседа")
_NAME = re.compile(r"[А-ЯЁ][\w.-]+(?:\s+[А-ЯЁ][\w.-]+){0,4}")
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
_ITEM = re.compile(r"(?:^|\s)[1-9]\d?[.)]\s+(?=[А-ЯЁ])")
_AGREED = re.compile(r"условились|согласились|договорились|согласовали")
_AGREED_ITEMS = 3
_FIRST_PERSON = re.compile(r"\b(?:[Яя]|[Мм]ы|[Нн]аш\w*|[Нн]ам|[Нн]ас|[Мм]не|[Мм]оей|[Мм]ой)\b")


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "ru")
    own = own_voice(setting, "ru")
    first = sum(bool(_FIRST_PERSON.search(text[u.start : u.end])) for u in units[:80])
    if setting.kind not in (Kind.MEETING, Kind.CALL) and first > 0.25 * len(units[:80]):
        return [says(u.start, u.end, own) for u in units]
    found = []
    current = person = Voice("", NARRATOR)
    unsaid = _of_the_frame(text, setting)
    for unit in units:
        words = text[unit.start : unit.end]
        voice = reported(words, text, setting, person)
        if voice is None:
            goes_on = current.state != NARRATOR and not unit.opens
            voice = current if goes_on else unsaid
        if voice.state not in (BOTH, NARRATOR):
            person = voice
        current = voice
        found.append(says(unit.start, unit.end, voice))
    return found


def _of_the_frame(text: str, setting: Setting) -> Voice:
    """Whose words a sentence is that does not say: both's in a numbered list of what was agreed."""
    items = len(_ITEM.findall(text)) >= _AGREED_ITEMS
    agreed = setting.counterparts and items and _AGREED.search(text)
    return Voice("стороны", BOTH) if agreed else Voice("", NARRATOR)


def furniture(text: str) -> list[Passage]:
    """The page's own words: boxes of links and the foot with its topics and dates."""
    foot = _FOOT.search(text)
    spans = [m.span() for m in _LINKS_BOX.finditer(text)]
    if foot:
        spans = [s for s in spans if s[1] <= foot.start()] + [(foot.start(), len(text.rstrip()))]
    return [Passage(start, end, "", NARRATOR) for start, end in spans]


def reported(words: str, text: str, setting: Setting, person: Voice) -> Voice | None:
    """Whose words a sentence reports; None if it does not say."""
    if joint := _JOINTLY.match(words):
        known = {m.iso3 for m in named(joint.group(), "ru", setting.on)}
        if len(known) > 1 or (known == {setting.sender} and _has_guest(text, setting)):
            return Voice(joint.group().strip(), BOTH)
    if side := _SIDE.search(words):
        if _ATTENDS.search(words):
            return Voice("", NARRATOR)
        state = next((m.iso3 for m in named(side.group(), "ru", setting.on)), setting.sender)
        return Voice(side.group(), state)
    verb = _SAYING.search(words)
    doing = _DOING.search(words)
    if verb and not (doing and doing.start() < verb.start()):
        subject = _subject(words, verb, setting, person)
        if subject:
            return subject
    if _PASSIVE.search(words):
        if _MESSAGE.search(text, 0, 500) and not _TALKS.search(text, 0, 500):
            return person if person.state == setting.sender else own_voice(setting, "ru")
        return Voice("стороны", BOTH) if _has_guest(text, setting) else Voice("", NARRATOR)
    return Voice("", NARRATOR) if doing else None


def _subject(words: str, verb: re.Match[str], setting: Setting, person: Voice) -> Voice | None:
    before, after = words[: verb.start()], words[verb.end() : verb.end() + 80]
    plural = _PLURAL.search(before[-90:]) or _PLURAL.match(after.lstrip())
    if plural:
        return Voice(plural.group(), BOTH)
    for part in (before[-160:], after):
        own = _OWN_HEAD.search(part)
        abroad = [m for m in named(part, "ru", setting.on) if m.iso3 != setting.sender]
        leaders = [m for m in named(part, "ru", setting.on) if m.how == "leader"]
        if leaders:
            found = leaders[-1] if part is not after else leaders[0]
            return Voice(part[found.start : found.end], found.iso3)
        if own and not abroad:
            return Voice(own.group(), setting.sender)
        if abroad and re.search(r"[Пп]резидент|[Пп]ремьер|[Мм]инистр|[Сс]торона|[Лл]идер", part):
            return Voice(part.strip(" ,–"), abroad[0].iso3)
    if re.search(r"\b(?:[Оо]н|[Оо]на)\s*(?:также|ещё)?\s*$", before):
        return person
    name = _NAME.search(before) if len(before) < 80 else None
    return Voice(name.group(), setting.sender) if name and name.start() < 4 else None


def _has_guest(text: str, setting: Setting) -> bool:
    if setting.counterparts:
        return True
    return any(m.iso3 != setting.sender for m in named(text[:400], "ru", setting.on))
