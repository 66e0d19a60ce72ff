"""What a title and an opening tell: the kind of a text, the day of its event, and with whom."""

from __future__ import annotations

import re
from datetime import date

from talleyrand import states
from talleyrand.model import Document, Kind, Language
from talleyrand.sources import _dates, _kinds
from talleyrand.sources._origin import Origin
from talleyrand.sources._parties import CONTACT, counterparts

__all__ = ["Origin", "document", "opening"]

_LONGEST_OPENING: dict[Language, int] = {"zh": 260, "en": 700, "ru": 700}
_DATED_BY_TEXT = frozenset({Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT, Kind.OTHER})


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
    if not narrated and basis == "publication" and origin.language == "en":
        header = _dates.header_date(title, published) or _dates.header_date(text, published)
        day, basis = (header, "text") if header else (day, basis)
    author = _author(said, origin, published)
    met = counterparts(said, first, kind, origin, day)
    return Document(
        source=origin.source,
        url=url,
        title=title,
        text=text,
        language=origin.language,
        published=published,
        event_date=day,
        event_date_basis=basis,
        sender=author,
        counterparts=met if author == origin.sender else (origin.sender,),
        kind=kind,
    )


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
_ARTICLE_OF = re.compile(
    r"(?:人民日报|新华社|光明日报|报纸)[^，。]{0,8}(?:发表|刊发)([^，。]{2,40}?)(?:的)?署名文章"
)
_SPEAKER_FIRST = re.compile(r"[^.。!?\n]{2,80}[:：] ?\S")


def _author(title: str, origin: Origin, on: date) -> str:
    """Whose words a text gives: the sender's, but for the article of a foreign leader."""
    article = _ARTICLE_OF.search(title)
    named = states.mentions(article[1], "zh", on) if article else []
    return next((m.iso3 for m in named if m.iso3 != origin.sender), origin.sender)


def _settled(kind: Kind, title: str, first: str, origin: Origin, on: date) -> Kind:
    """The kind, once it is known who took part.

    What others did is news, not an act of the sender; a visit or a joint statement without
    another state or a group of them is a matter of home.
    """
    if origin.narrates and kind != Kind.OTHER and not _acts(kind, title, first, origin, on):
        return Kind.OTHER
    if kind in CONTACT and _kinds.is_weak(title, origin.language):
        return kind if counterparts(title, "", kind, origin, on) else Kind.OTHER
    table = _kinds.at_one_table(title, origin.language) if kind == Kind.OTHER else None
    if table and counterparts(title, "", table, origin, on):
        return table
    if kind == Kind.JOINT_STATEMENT and not _GROUP.search(title):
        return kind if counterparts(title, first, kind, origin, on) else Kind.STATEMENT
    return kind


def _acts(kind: Kind, title: str, first: str, origin: Origin, on: date) -> bool:
    """Does a leader or organ of the sender take part? In a joint statement the state will do.

    Who speaks is named by the title; one that names nobody is a comment on a speech.
    """
    where = (title,) if kind == Kind.SPEECH else (title, first)
    for words in where:
        for mention in states.mentions(words, origin.language, on):
            if mention.iso3 == origin.sender and (
                mention.how == "leader" or kind == Kind.JOINT_STATEMENT
            ):
                return True
    return any(_ZH_OFFICE.search(w) or _ARTICLE_OF.search(w) for w in where)


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
