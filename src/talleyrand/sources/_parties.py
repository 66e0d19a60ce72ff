"""With whom: the states that a title or a first sentence names as the other side."""

from __future__ import annotations

import re
from datetime import date

from talleyrand import states
from talleyrand.model import Kind, Language
from talleyrand.sources import _english_parties, _kinds
from talleyrand.sources._origin import Origin

CONTACT = frozenset({Kind.MEETING, Kind.CALL})

_ABOUT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"就[^，。]{1,40}?(?=同|与|和|向|答|交换|进行|举行|通|深入|致)|围绕[^，。]*"),
    "en": re.compile(r"(?!)"),  # see _english_parties
    "ru": re.compile(r"\s(?:по вопрос|по ситуаци|по урегулиров|вокруг|об? )\b.*", re.DOTALL),
}
_SAYS = re.compile(
    r"\b(?:condemn|remain|reaffirm|express|stand |are (?:united|committed|deeply|gravely)"
    r"|call (?:on|for)|welcome|support|recogni[sz]e|commit |share |affirm|underscore|note "
    r"|declare|have (?:agreed|decided)).*",
    re.DOTALL,
)
_BY = re.compile(r"\b(?:from|by|of|between)\b(.*?)(?: on |$)")
_TALKS = re.compile(
    r"\b(?:between|meeting|call|visit|consultations|dialogue|partnership|relations)\b",
    re.IGNORECASE,
)
_AT_PLACE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:在|于|抵达?|离开|前往|赴|驻|到)(?:当地|首都)?$"),
    "en": re.compile(
        r"\b(?:in|at|near|outside|[Aa]mbassadors? (?:\w+ ){0,2}to)(?: the)?"
        r" (?:[A-Z][\w’'.-]+,? (?:and )?){0,4}$"
    ),
    "ru": re.compile(r"\b(?:в|во|из|под)(?: город\w+| столиц\w+)? $", re.IGNORECASE),
}
_SULTANS = ("文莱", "阿曼")  # whose head of state bears the name of another state
_ADDRESSED = re.compile(r"媒体发表署名文章")  # an article abroad is for those who live there


_PRIVATE_ZH = re.compile(  # after a state: its firms and friends, not those who act for it
    r"[^、，。和与同]{0,14}?(?:集团|公司|董事长|首席执行官|工商界|企业家|(?<!协)商会|友人|友好人士|飞虎队|华侨|留学生)"
    r"|前(?:总统|总理|首相|国务卿|主席|议长|外长|部长)"
)


def counterparts(title: str, first: str, kind: Kind, origin: Origin, on: date) -> tuple[str, ...]:
    """The states a text deals with: those its title names, else those of its first sentence.

    Neither the sender, nor the subject of a talk, nor the place of a meeting is a counterpart;
    only where a visit names nobody else is the place the host, and a statement on an event in
    a state is about it.
    """
    if kind == Kind.PRESS_CONFERENCE:
        return ()
    for words in _where_named(title, first, kind, origin, on):
        met, places = _named(words, kind, origin, on)
        if met:
            return met
        if places and (
            _kinds.is_weak(words, origin.language)
            if kind in CONTACT
            else words == title and (kind == Kind.STATEMENT or _ADDRESSED.search(words))
        ):
            return places
    return ()


def _where_named(title: str, first: str, kind: Kind, origin: Origin, on: date) -> tuple[str, ...]:
    """Where the other side is named, the best place first.

    A contact whose title abbreviates (中俄蒙) names its parties in the first sentence. In a joint
    statement they stand before what it is on, and before what they say.
    """
    language = origin.language
    if kind in CONTACT and language == "en":
        return _where_met(title, first)
    if kind in CONTACT:
        title, first = _ABOUT[language].sub(" ", title), _ABOUT[language].sub(" ", first)
        named = [m for m in states.mentions(title, language, on) if m.iso3 != origin.sender]
        short = language == "zh" and all("中" in title[m.start : m.end] for m in named)
        return (f"{title}。{first}",) if short else (title, first)
    if kind == Kind.JOINT_STATEMENT and language == "en":
        by = _BY.search(title)
        of_talks = title if _TALKS.search(title) else ""
        return by[1] if by else "", title.partition(" on ")[0], _SAYS.sub("", first), of_talks
    return title, first


def _where_met(title: str, first: str) -> tuple[str, ...]:
    """Of an English contact: the phrases of the partners, else what precedes the subject.

    A title that names private persons as the partners settles that no other state was met, but
    for one whose leader met them too. Who else sat at the table is told by the first sentence
    only where the title names nobody or a group.
    """
    met = _english_parties.partners(title)
    here = (*met, _english_parties.before_partners(title))
    if any(map(_english_parties.names_private_persons, met)):
        return here[-1:]
    later = _english_parties.partners_of_main_clause(first)
    if any(map(_english_parties.names_private_persons, later[:1])):
        return here
    if met and not any(map(_english_parties.names_group, met)):
        return (*here, *later)
    return (*here, *later, _english_parties.before_partners(first))


def _named(
    words: str, kind: Kind, origin: Origin, on: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states named as parties and those named as places, in order.

    中土 or 中巴 can mean several states: such a pair counts only where nobody is named in full.
    """
    parties: dict[str, bool] = {}  # with whether named in full
    places: dict[str, None] = {}
    for mention in states.mentions(words, origin.language, on):
        said, before = words[mention.start : mention.end], words[: mention.start][-60:]
        if mention.iso3 == origin.sender or mention.how == "topic":
            continue
        if said == "苏丹" and before.endswith(_SULTANS):
            continue
        if kind in CONTACT and _is_no_party(words, mention, origin.language):
            continue
        at_place = mention.how != "leader" and _AT_PLACE[origin.language].search(before)
        if at_place or (kind in CONTACT and mention.how == "capital"):
            places.setdefault(mention.iso3)
        else:
            in_full = not (said.startswith("中") and len(said) == 2)
            parties[mention.iso3] = parties.get(mention.iso3, False) or in_full
    full = tuple(iso3 for iso3, in_full in parties.items() if in_full)
    return full if full and kind in CONTACT else tuple(parties), tuple(places)


def _is_no_party(words: str, mention: states.Mention, language: Language) -> bool:
    if language == "zh":
        return bool(_PRIVATE_ZH.match(words, mention.end))
    return language == "en" and _english_parties.is_no_party(words, mention.start, mention.end)
