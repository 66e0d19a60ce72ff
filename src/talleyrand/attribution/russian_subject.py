"""Whose words a Russian sentence reports: its subject, a passive of both, or who it is said after.

The subject is sought among what can stand in the nominative before the verb (a leader, a side, an
office with its state, a capital for its state, a name introduced earlier, a pronoun), or after a
verb that closes a quotation (`..., заявил министр`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from talleyrand import states
from talleyrand.attribution.russian_cast import RussianCast
from talleyrand.attribution.russian_words import (
    ACCORDING,
    ASIDE,
    ATTENDS,
    DOING,
    JOINTLY,
    MESSAGE,
    OBLIQUE,
    OFFICE,
    OUTSIDE,
    OWN_HEAD,
    PLURAL,
    SAYING,
    SIDE,
    STRESSED,
    TALKED_OF,
    TALKS,
)
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    OTHER,
    Setting,
    Voice,
    named,
    own_voice,
)
from talleyrand.states import Mention

_NOMINATIVE_OFFICE = re.compile(rf"\b{OFFICE}\b")
_BARE_OFFICE = re.compile(
    rf"(?:^|[,.–—] |\b(?:что|и|а) )(?:\w+ый )?({OFFICE})\s*(?:также|ещ[её])?\s*,?\s*$"
)
_ADJECTIVE = re.compile(r"\w+(?:ий|ый|ой|ая|ое|ие|ые)$")
_PRONOUN = re.compile(r"\b(?:[Оо]н|[Оо]на)\s*(?:также|ещё|еще|тоже|отдельно|особо)?\s*$")
_PRONOUN_AFTER = re.compile(r"\s(?:он|она)\b")
_PLURAL_VERB = re.compile(r"(?:ли|ют|ут|ят)(?:ся|сь)?$")
_AT_PLACE = re.compile(
    r"(?:^|[,–—»] |\b(?:что|тем|и|а) )[Вв]о? ((?:МИД|[А-ЯЁ])[\w-]*(?: [\w-]+){0,3}) $"
)
_AT_PLACE_AFTER = re.compile(r"\s+в ((?:МИД|[А-ЯЁ])[\w-]*(?: [А-ЯЁ][\w-]+){0,2})")
_APART = re.compile(r"[,.;]|\s(?:в|во|с|со|на|при|к)\s")
_AT_ONCE = 20  # characters from the verb to a subject after it
_NAME = re.compile(r"[А-ЯЁ][\w.-]+(?:\s+[А-ЯЁ][\w.-]+){0,4}")
_INSTRUMENTAL = re.compile(r"(?:ым|им|ом|ем|ём)$")
_NEVER_OBLIQUE = re.compile(
    r"\b[А-ЯЁ][\w-]*[бвгджзйклмнпрстфхцчшщ] [А-ЯЁ][\w-]*[бвгджзклмнпрстфхцчшщ]$"
)
_SHORT_NAMES = frozenset(("США", "КНР", "РФ", "КНДР", "ФРГ", "ОАЭ", "ЮАР", "Штаты"))
_CAPITAL_CASES = re.compile(r"(?:[бвгджзклмнпрстфхцчшщ]|ль|[ао]|и|Анкара)$")
_CAPITAL_OTHERWISE = re.compile(r"(?:ск|в|н|ж)а$")  # Минска, Киева: genitives that look like Москва
_POSTPOSED = re.compile(r"(?:[,–—»\"”-]\s*(?:как\s+)?|^Как\s+|^\s*[-–—]\s*)(?:\w+(?:но|ее)\s+)?$")
_OFFICE_REACH = 75  # characters from an office to its state
_BEFORE, _AFTER = 170, 120


class Teller:
    """Says of each sentence of one text whose words it reports, remembering who spoke last."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._text, self._setting = text, setting
        self._cast = RussianCast(text, setting)
        self._person = Voice("", NARRATOR)

    def reported(self, words: str, current: Voice | None) -> Voice | None:
        """Whose words a sentence reports; None if it does not say.

        `current` is who speaks before it in the same paragraph.
        """
        voice = self._voice(words, current)
        if voice and voice.state not in (BOTH, NARRATOR, OTHER):
            self._person = voice
        return voice

    def _voice(self, words: str, current: Voice | None) -> Voice | None:
        said = self._jointly(words) or self._by_side(words) or self._according(words)
        if said := said or self._at_the_end(words):
            return said
        verb, doing = SAYING.search(words), DOING.search(words)
        says = not (doing and verb and doing.start() < verb.start())
        if verb and says and (subject := self._subject(words, verb)):
            return subject
        if TALKED_OF.search(words):
            return self._impersonal()
        if STRESSED.search(words):
            goes_on = current is not None and SIDE.match(current.speaker)
            return current if goes_on else self._impersonal()
        return Voice("", NARRATOR) if doing else None

    def _jointly(self, words: str) -> Voice | None:
        """`X и Y отметили`: both, if the two are of two states."""
        joint = JOINTLY.match(words)
        if not joint or not SAYING.match(words, joint.end()):
            return None
        known = {m.iso3 for m in named(joint.group(), "ru", self._setting.on)}
        if len(known) > 1 or (known == {self._setting.sender} and self._has_guest()):
            return Voice(joint.group().strip(), BOTH)
        return None

    def _by_side(self, words: str) -> Voice | None:
        """`С китайской стороны выражена`."""
        side = SIDE.search(words)
        if not side:
            return None
        if ATTENDS.search(words):
            return Voice("", NARRATOR)
        found = named(side.group(), "ru", self._setting.on)
        if not found and side.group().endswith("стороной"):
            return None
        return Voice(side.group(), next((m.iso3 for m in found), self._setting.sender))

    def _according(self, words: str) -> Voice | None:
        """`По словам министра`, `По его мнению`."""
        found = ACCORDING.search(words)
        if not found:
            return None
        if found[1]:
            return self._person if self._person.state != NARRATOR else None
        whom = found[2].strip()
        if OUTSIDE.search(whom):
            return Voice(whom, OTHER)
        abroad = named(whom, "ru", self._setting.on)
        state = abroad[0].iso3 if abroad else self._cast.of_name(whom)
        if state:
            return Voice(whom, state)
        known = self._person.state != NARRATOR
        return self._person if known else Voice(whom, self._setting.sender)

    def _at_the_end(self, words: str) -> Voice | None:
        """`..., сообщили в Минобороны РФ`, `..., заявил министр`: who is named last says it all."""
        for verb in SAYING.finditer(words):
            before = words[: verb.start()][-_BEFORE:]
            if not _POSTPOSED.search(before):
                continue
            after = words[verb.end() : verb.end() + _AFTER]
            if place := self._at_place(verb.group(), "", after):
                return place
            following = sorted(self._candidates(after), key=lambda c: c[0])
            if following and following[0][0] < _AT_ONCE:
                return following[0][1]
        return None

    def _impersonal(self) -> Voice:
        """`Обсуждены`: both in talks, the sender in a message, else the frame."""
        text, setting = self._text, self._setting
        if MESSAGE.search(text, 0, 500) and not TALKS.search(text, 0, 500):
            own = self._person.state == setting.sender
            return self._person if own else own_voice(setting, "ru")
        return Voice("стороны", BOTH) if self._has_guest() else Voice("", NARRATOR)

    def _has_guest(self) -> bool:
        setting = self._setting
        if setting.counterparts:
            return True
        return any(m.iso3 != setting.sender for m in named(self._text[:400], "ru", setting.on))

    # --- the subject ---

    def _subject(self, words: str, verb: re.Match[str]) -> Voice | None:
        before = ASIDE.sub(lambda m: " " * len(m.group()), words[: verb.start()])[-_BEFORE:]
        after = words[verb.end() : verb.end() + _AFTER]
        plural = PLURAL.search(before[-90:]) or PLURAL.match(after.lstrip())
        if plural:
            return Voice(plural.group(), BOTH)
        if _PRONOUN.search(before) or _PRONOUN_AFTER.match(after):
            return self._person if self._person.state != NARRATOR else None
        if place := self._at_place(verb.group(), before, after):
            return place
        postposed = bool(_POSTPOSED.search(before))
        following = sorted(self._candidates(after), key=lambda c: c[0]) if postposed else []
        candidates = sorted(self._candidates(before), key=lambda c: c[0])
        if candidates:
            return candidates[-1][1]
        return following[0][1] if following else self._bare(before)

    def _at_place(self, verb: str, before: str, after: str) -> Voice | None:
        """`В Вашингтоне считают`, `отметили в Кремле`: a plural verb without a subject."""
        if not _PLURAL_VERB.search(verb):
            return None
        place = _AT_PLACE.search(before) or _AT_PLACE_AFTER.match(after)
        found = named(place[1], "ru", self._setting.on) if place else ()
        return Voice(place[1].strip(), found[0].iso3) if place and found else None

    def _candidates(self, part: str) -> Iterator[tuple[int, Voice]]:
        """What may be the subject in a stretch, with where it stands."""
        found = named(part, "ru", self._setting.on)
        for mention in found:
            if self._may_act(part, mention):
                yield mention.start, Voice(part[mention.start : mention.end], mention.iso3)
        for office in _NOMINATIVE_OFFICE.finditer(part):
            if OBLIQUE.search(part[: office.start()]):
                continue
            if voice := self._in_office(part, office, found):
                yield office.start(), voice
        own = OWN_HEAD.search(part)
        at_home = all(m.iso3 == self._setting.sender for m in found)
        if own and at_home and not OBLIQUE.search(part[: own.start()]):
            yield own.start(), Voice(own.group(), self._setting.sender)
        for outsider in OUTSIDE.finditer(part):
            if not OBLIQUE.search(part[: outsider.start()]):
                yield outsider.start(), Voice(outsider.group(), OTHER)

    def _may_act(self, part: str, mention: Mention) -> bool:
        """Can a name be the subject: a leader, or a state or capital in the nominative?"""
        words = part[mention.start : mention.end]
        named_so = mention.how == "leader" and not _INSTRUMENTAL.search(words)
        if named_so and _NEVER_OBLIQUE.search(part[: mention.end]):
            return True
        if OBLIQUE.search(part[: mention.start]):
            return False
        if mention.how == "leader":
            return named_so
        if mention.how == "capital":
            return bool(_CAPITAL_CASES.search(words)) and not _CAPITAL_OTHERWISE.search(words)
        return words in _SHORT_NAMES or words == states.name(mention.iso3, "ru")

    def _in_office(
        self, part: str, office: re.Match[str], found: tuple[Mention, ...]
    ) -> Voice | None:
        """An office with its state: `Президент Ирана`, `китайский министр`."""
        lead = part[: office.start()].rstrip().rsplit(" ", 2)[-2:]
        adjectives = [m for m in found if part[m.start : office.start()].strip() in
                      (" ".join(lead), lead[-1] if lead else "")]  # fmt: skip
        if adjectives and _ADJECTIVE.search(part[adjectives[-1].start : adjectives[-1].end]):
            return Voice(part[adjectives[-1].start : office.end()], adjectives[-1].iso3)
        reach = office.end() + _OFFICE_REACH
        for mention in (m for m in found if office.end() <= m.start < reach):
            if not _APART.search(part[office.end() : mention.start]):
                return Voice(part[office.start() : mention.end], mention.iso3)
        return None

    def _bare(self, before: str) -> Voice | None:
        """An office alone, or a name that the text has introduced or that is one of its own."""
        if office := _BARE_OFFICE.search(before):
            abroad = self._cast.of_office(office.group(1))
            if abroad:
                return Voice(office.group(1), abroad)
            return self._person if self._person.state != NARRATOR else None
        if state := self._cast.of_name(before):
            return Voice(before.strip(" ,–"), state)
        name = _NAME.search(before) if len(before) < 80 else None
        single = name and name.start() < 4 and len(re.split(r"[.\s]+", name.group().strip("."))) > 1
        return Voice(name.group(), self._setting.sender) if name and single else None
