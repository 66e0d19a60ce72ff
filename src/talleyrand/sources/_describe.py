"""What a title and an opening tell: the kind of a text, the day of its event, and with whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from talleyrand import states
from talleyrand.model import Document, Kind, Language
from talleyrand.sources import _dates, _kinds

_LONGEST_OPENING: dict[Language, int] = {"zh": 260, "en": 700, "ru": 700}
_CONTACT = frozenset({Kind.MEETING, Kind.CALL})
_DATED_BY_TEXT = frozenset({Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Origin:
    """What is the same for every text of a source, and what to call one that tells nothing."""

    source: str
    language: Language
    sender: str
    default: Kind = Kind.OTHER
    narrates: bool = False  # does it tell of speeches and messages, too, rather than give them?


def document(
    origin: Origin,
    *,
    url: str,
    title: str,
    text: str,
    published: date,
    occasion: str | None = None,
    default: Kind | None = None,
) -> Document:
    """A Document with kind, event date and counterparts read from its title and opening.

    `occasion` is what of the title tells of the occasion, "" where it tells nothing of it.
    """
    said = title if occasion is None else occasion
    first = opening(text, origin.language)
    kind = _kinds.kind_of(said, first, origin.language)
    kind = _settled(kind, said or first, first, origin, published)
    if kind == Kind.OTHER:
        kind, said = default or origin.default, title
    narrated = origin.narrates or kind in _DATED_BY_TEXT
    words = title if not narrated or _SPEAKER_FIRST.match(first) else first
    day, basis = _dates.event_date(words, origin.language, published)
    return Document(
        source=origin.source,
        url=url,
        title=title,
        text=text,
        language=origin.language,
        published=published,
        event_date=day,
        event_date_basis=basis,
        sender=origin.sender,
        counterparts=counterparts(said, first, kind, origin, day),
        kind=kind,
    )


_SPEAKER_FIRST = re.compile(r"[^.。!?\n]{2,80}[:：] ?\S")


def _settled(kind: Kind, title: str, first: str, origin: Origin, on: date) -> Kind:
    """The kind, once it is known who took part.

    What others did is news, not an act of the sender; a visit or a joint statement without
    another state or a group of them is a matter of home.
    """
    if origin.narrates and kind != Kind.OTHER and not _acts(kind, title, first, origin, on):
        return Kind.OTHER
    if kind in _CONTACT and _kinds.is_weak(title, origin.language):
        return kind if counterparts(title, "", kind, origin, on) else Kind.OTHER
    if kind == Kind.JOINT_STATEMENT and not _GROUP.search(title):
        return kind if counterparts(title, first, kind, origin, on) else Kind.STATEMENT
    return kind


def _acts(kind: Kind, title: str, first: str, origin: Origin, on: date) -> bool:
    """Does a leader or organ of the sender take part? In a joint statement the state will do."""
    for words in (title, first):
        for mention in states.mentions(words, origin.language, on):
            if mention.iso3 == origin.sender and (
                mention.how == "leader" or kind == Kind.JOINT_STATEMENT
            ):
                return True
    return bool(_ZH_OFFICE.search(first) or _ZH_OFFICE.search(title))


# --- the opening ---------------------------------------------------------------------------

_ENDS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[。！？]"),
    "en": re.compile(r"[.!?…][\"”’»)\]]*(?=\s+[\"“«(]?[A-ZА-ЯЁ]|\Z)"),
    "ru": re.compile(r"[.!?…][\"”’»)\]]*(?=\s+[\"“«(]?[A-ZА-ЯЁ]|\Z)"),
}
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|Gen|Sen|Rep|Gov|Lt|Col|Adm|Prof|Hon|No|vs|U\.S|U\.K|U\.N|D\.C"
    r"|P\.R|н\.э|г|им|ул|\d{1,2})|\b[A-ZА-ЯЁ])\.[)\]\"”]?$"
)


def opening(text: str, language: Language) -> str:
    """The first sentence, with the headings that stand above it; cut where it grows too long."""
    longest = _LONGEST_OPENING[language]
    read: list[str] = []
    for paragraph in text[: 3 * longest].split("\n", 3)[:3]:
        for found in _ENDS[language].finditer(paragraph):
            if language == "zh" or not _NO_END.search(paragraph[: found.end()][-12:]):
                return " ".join([*read, paragraph[: found.end()]])[-longest:]
        read.append(paragraph)
    return " ".join(read)[:longest]


# --- with whom -----------------------------------------------------------------------------

_ZH_OFFICE = re.compile(
    r"国家主席习|国务院|国务委员(?:兼|[^\w]|[^，。]{2,4}(?:\d|在|会|同|与))|全国人大|全国政协|中共"
    r"|国家副主席|中央军委|中央外[办事]|我国|中方|(?:^|[，。：“ ])外交部(?!长)"
    r"|中国(?:外长|外交部|防长|国防部|政府|代表|特使|驻)"
)
_GROUP = re.compile(
    r"\b(?:EU|European|NATO|G ?7|G ?20|Quad|ASEAN|BRICS|SCO|CSTO|OPEC|Leaders|Commission|Ministers"
    r"|governments|heads of state)\b|欧盟|东盟|金砖|上合|领导人|元首",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"\b(?:with|between|to)\b")
_ON = re.compile(  # "on" and what follows, but for the day, the place and the means
    r"\bon (?!(?:the )?(?:margins|sidelines|eve\b|behalf|phone|telephone|line\b|initiative|occasion"
    r"|\d|\w+day\b|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_ABOUT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"就[^，。]{1,40}?(?=同|与|和|向|答|交换|进行|举行|通|深入|致)|围绕[^，。]*"),
    "en": re.compile(
        r"\b(?:to discuss|discuss(?:ed|ing|ion|ions)?|exchanged?|about|regarding|concerning"
        r"|focus\w*|inform(?:ed|ing)|brief(?:ed|ing)|(?<!^)(?:in response to|amid|ahead of)"
        r").*",
        re.IGNORECASE | re.DOTALL,
    ),
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


def counterparts(title: str, first: str, kind: Kind, origin: Origin, on: date) -> tuple[str, ...]:
    """The states a text deals with: those its title names, else those of its first sentence.

    Neither the sender, nor the subject of a talk, nor the place of a meeting is a counterpart;
    only where a visit names nobody else is the place the host.
    """
    if kind == Kind.PRESS_CONFERENCE:
        return ()
    for words in _where_named(title, first, kind, origin, on):
        met, places = _named(words, kind, origin, on)
        if met:
            return met
        if places and kind in _CONTACT and _kinds.is_weak(words, origin.language):
            return places
    return ()


def _where_named(title: str, first: str, kind: Kind, origin: Origin, on: date) -> tuple[str, ...]:
    """Where the other side is named, the best place first.

    A contact whose title abbreviates (中俄蒙) names its parties in the first sentence. In a joint
    statement they stand before what it is on, and before what they say.
    """
    language = origin.language
    if kind in _CONTACT:
        title, first = _without_subject(title, language), _without_subject(first, language)
        named = [m for m in states.mentions(title, language, on) if m.iso3 != origin.sender]
        short = language == "zh" and all("中" in title[m.start : m.end] for m in named)
        return (f"{title}。{first}",) if short else (title, first)
    if kind == Kind.JOINT_STATEMENT and language == "en":
        by = _BY.search(title)
        of_talks = title if _TALKS.search(title) else ""
        return by[1] if by else "", title.partition(" on ")[0], _SAYS.sub("", first), of_talks
    return title, first


def _without_subject(words: str, language: Language) -> str:
    """A title or sentence of a contact without what it was about."""
    words = _ABOUT[language].sub(" ", words)
    partner = _PARTNER.search(words) if language == "en" else None
    subject = _ON.search(words, partner.end()) if partner else None
    return words[: subject.start()] if subject else words


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
        at_place = mention.how != "leader" and _AT_PLACE[origin.language].search(before)
        if at_place or (kind in _CONTACT and mention.how == "capital"):
            places.setdefault(mention.iso3)
        else:
            in_full = not (said.startswith("中") and len(said) == 2)
            parties[mention.iso3] = parties.get(mention.iso3, False) or in_full
    full = tuple(iso3 for iso3, in_full in parties.items() if in_full)
    return full if full and kind in _CONTACT else tuple(parties), tuple(places)
