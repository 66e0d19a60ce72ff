"""The people of a Russian text: a name is introduced once with office and state, then stands alone.

`с Министром иностранных дел Турции Х.Фиданом` makes `Х.Фидан выразил` Turkey's, and `Посол
отметил` that of the state whose ambassador was received.
"""

from __future__ import annotations

import re

from talleyrand.attribution.russian_words import OFFICE
from talleyrand.attribution.speakers import Setting, named

_SURNAME = re.compile(r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][\w-]+|[А-ЯЁ][а-яё-]+(?:\s+[А-ЯЁ][а-яё-]+){1,3}")
_OFFICE = re.compile(
    rf"\b(?:{OFFICE}|[Сс]пецпосланник|[Зз]аместител|[Гг]оссекретар|[Пп]ресс-секретар|[Сс]екретар"
    r"|[Пп]редседател|[Пп]редставител|[Рр]уководител|[Кк]орол[её]|[Пп]осл[оуе])\w*"
)
_READ = 6000  # characters of a text in which people are introduced
_BEFORE = 110  # characters from the office to the name
_STEM = 6
_SHORT = 4  # letters of a word inside a name that does not stand for it
_ENDINGS = "аяыиуюьйеомё"


class RussianCast:
    """Who of the people named in a text speaks for which state (ISO3)."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._names: dict[str, str] = {}
        self._offices: dict[str, set[str]] = {}
        self._sender = setting.sender
        for found in _SURNAME.finditer(text, 0, _READ):
            self._introduce(text, found, setting)

    def of_name(self, words: str) -> str | None:
        """The state of a person named in a stretch, if the text has introduced them."""
        for found in _SURNAME.finditer(words):
            for part in _parts(found.group()):
                if state := self._names.get(_stem(part)):
                    return state
        return None

    def of_office(self, title: str) -> str | None:
        """The state whose minister, ambassador, ... the text names: one's own before a guest's."""
        held = self._offices.get(_office(title), set())
        if self._sender in held:
            return self._sender
        return next(iter(held)) if len(held) == 1 else None

    def _introduce(self, text: str, found: re.Match[str], setting: Setting) -> None:
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        before = re.split(r"[.;:\n]\s|\sи\s|\sс\s|,", before)[-1]
        whole = before + found.group()
        office = next(_OFFICE.finditer(whole), None)
        if office is None:
            return
        states = [m.iso3 for m in named(whole[office.start() :], "ru", setting.on)]
        if not states or office.end() >= len(whole):
            return
        for part in _parts(found.group()):
            self._names.setdefault(_stem(part), states[0])
        self._offices.setdefault(_office(office.group()), set()).add(states[0])


def _parts(name: str) -> list[str]:
    """The words by which a name may come back: of Мухаммедом Бен Сальманом Аль also Сальман."""
    words = name.split()
    return [name, *(w for w in words[:-1] if len(w) > _SHORT)]


def _stem(name: str) -> str:
    """A surname without its case: Х.Фиданом and Фидан are one."""
    last = re.split(r"[.\s]+", name)[-1]
    return last.rstrip(_ENDINGS)[:_STEM] if len(last) > 3 else last


def _office(title: str) -> str:
    """An office without its case: Послом, Посла and Посол are one."""
    return title.lower().replace("посол", "посл")[:4]
