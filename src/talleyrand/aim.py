"""Towards whom a code is aimed: warmth to the partner, blame to the blamed and nobody else.

A sentence names bystanders, victims and topics beside the state it turns against: in "we condemn
Russia's war on Ukraine" only Russia is condemned, in 美方抹黑中俄关系 only the United States. Each
state named gets a role from the words right around it (who acts, whom something is done to, who is
merely there), and a code's `aim` in the codebook says which role it looks for: the *actor* of a
deed, or whom an *address* or a reaction (*object*) is directed at. Where the blamed have no name
("some countries", NATO, 有关国家), no state is blamed.

Roles are read off prepositions and case-free word order, after the slot rules of event coders
(Schrodt's TABARI and PETRARCH); they are right far more often than the mere co-occurrence they
replace, not always.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from talleyrand import aim_chinese, aim_english, aim_russian, states
from talleyrand.aim_english import Role
from talleyrand.model import Language

_SENTENCE_END = re.compile(
    r"[。！？；\n]|[.!?;](?=[\s\"'”’)\]]|$)"
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bJr\.)(?<!U\.S\.)(?<!U\.N\.)"
)
_CLAUSE_END = re.compile(r"[，,：:（）()—]| - | – ")
_APPOSED = 2  # characters of a noun set beside a name: 美英澳三国
_ROUNDS_BACK = 1  # sentences of the same paragraph in which the actor of a deed is looked for


@dataclass(frozen=True, slots=True)
class Named:
    """A state named in a text, and its part in the sentence."""

    iso3: str
    start: int
    end: int
    role: Role


class Places:
    """The states a text names, each in its role, by clause, sentence and paragraph."""

    def __init__(self, text: str, language: Language, on: date) -> None:
        self._text, self._language = text, language
        found = [m for m in states.mentions(text, language, on) if _is_party(text, m)]
        found = aim_chinese.sides_meant(text, found) if language == "zh" else found
        self._named = list(_roles(text, language, found))
        self._at = [n.start for n in self._named]
        self._sentences = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text) + 1]
        self._paragraphs = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]

    def sentence_of(self, place: int) -> int:
        """The number of the sentence a place is in."""
        return bisect_right(self._sentences, place)

    def sentence(self, place: int) -> set[str]:
        return self.between(*_around(self._sentences, place))

    def paragraph(self, place: int) -> set[str]:
        return self.between(*_around(self._paragraphs, place))

    def between(self, start: int, end: int) -> set[str]:
        return {n.iso3 for n in self._within(start, end)}

    def befriended(self, start: int, end: int) -> set[str]:
        """Whom warmth at a place goes to: those of its clause, else of its sentence."""
        low, high = _around(self._sentences, start)
        clause = _clause(self._text, start, end, low, high)
        return self.between(*clause) or self.between(low, high)

    def at_large(self, start: int, end: int) -> bool:
        """Is warmth at a place offered to all states rather than to one?"""
        low, high = _around(self._sentences, start)
        return bool(
            _AT_LARGE[self._language].search(
                self._text, *_clause(self._text, start, end, low, high)
            )
        )

    def actors(
        self, start: int, end: int, own: set[str], back: int = _ROUNDS_BACK
    ) -> set[str] | None:
        """Who did what stands at a place; None where nobody is named, empty where unnamed."""
        low, high = _around(self._sentences, start)
        inside = [n for n in self._within(start, end) if n.role == "actor"]
        found = {n.iso3 for n in inside} - own or self._doing(end, high, own)
        if found is None:
            found = self._acting(low, start, own)
        if found is None and _UNNAMED[self._language].search(self._text, end, min(high, end + 40)):
            return set()
        return self._earlier(start, low, own, back) if found is None else found

    def given(self, end: int) -> set[str]:
        """The state right after a word of giving: support for the people of X, thanked X."""
        gap = _GIFT[self._language].match(self._text, end)
        if not gap:
            return set()
        after = self._within(gap.end(), gap.end() + 1)
        return self._list_of(after[0], set()) if after else set()

    def names_group(self, place: int) -> bool:
        """Does the sentence name a group of states, such as NATO?"""
        low, high = _around(self._sentences, place)
        return bool(_GROUP[self._language].search(self._text, low, high))

    def addressed(self, start: int, end: int, own: set[str]) -> set[str] | None:
        """Whom a reaction at a place is directed at; None where the sentence does not say.

        Where another state acts before it and the sender does not, the reaction is that state's.
        """
        low, high = _around(self._sentences, start)
        inside = {n.iso3 for n in self._within(start, end)} - own
        if inside:
            return inside
        acting = [n for n in self._others(low, start, own) if n.role == "actor"]
        reacts = self._reacts(acting[-1].end if acting else low, start, own)
        if acting and not reacts:
            return set()
        after = self._directed(end, min(high, end + _REACH[self._language]), own)
        if after is not None:
            return after
        objects = [n for n in self._others(low, start, own) if n.role == "object"]
        if objects:
            return self._list_of(objects[-1], own)
        acting_here = self._acting(low, start, own)
        if acting_here is None and self._language == "ru":
            return self._earlier(start, low, own, _ROUNDS_BACK + 1)
        return acting_here

    def abroad(self, start: int, end: int, own: set[str]) -> bool:
        """Is any other state, or a group of states, named around a place?"""
        low, high = max(0, start - _AROUND), end + _AROUND // 2
        named = any(n.iso3 not in own for n in self._within(low, high))
        return named or bool(_FOREIGN.search(self._text, low, high))

    def parties(self, place: int, own: set[str]) -> set[str]:
        """The states of the sentence that act or are acted upon, bystanders left out."""
        within = self._within(*_around(self._sentences, place))
        return {n.iso3 for n in within if n.role in ("actor", "object")} - own

    # --- who stands where ---

    def _within(self, start: int, end: int) -> list[Named]:
        return self._named[bisect_right(self._at, start - 1) : bisect_right(self._at, end - 1)]

    def _others(self, start: int, end: int, own: set[str]) -> list[Named]:
        """The states named in a stretch that are not one's own, nor of a pair with it (中俄)."""
        within = self._within(start, end)
        mine = {n.start for n in within if n.iso3 in own}
        return [n for n in within if n.start not in mine]

    def _reacts(self, start: int, end: int, own: set[str]) -> bool:
        """Does the sender itself, or "we", stand in a stretch?"""
        named = any(n.iso3 in own for n in self._within(start, end))
        return named or bool(_WE[self._language].search(self._text, start, end))

    def _acting(
        self, start: int, end: int, own: set[str], *, first: bool = False
    ) -> set[str] | None:
        """The last state that acts in a stretch, unless an unnamed actor stands after it.

        In a whole Russian sentence the `first` is its subject.
        """
        actors = [n for n in self._others(start, end, own) if n.role == "actor"]
        actors = actors[:1] if first else actors
        unnamed = [m.start() for m in _UNNAMED[self._language].finditer(self._text, start, end)]
        if actors and (not unnamed or actors[-1].end >= unnamed[-1] - _APPOSED):
            return self._list_of(actors[-1], own)
        return set() if unnamed else None

    def _earlier(self, place: int, low: int, own: set[str], back: int) -> set[str] | None:
        """Who acts in the sentences before, in the same paragraph."""
        first, _ = _around(self._paragraphs, place)
        found = None
        for _ in range(back):
            if found is None and low > first:
                low, high = _around(self._sentences, max(first, low - 1))
                found = self._acting(low, high, own, first=self._language == "ru")
        return found

    def _doing(self, end: int, high: int, own: set[str]) -> set[str] | None:
        """In English and Russian the actor may follow: aggression by X, со стороны X."""
        by = _BY[self._language].match(self._text, end)
        if by:
            for named in self._within(by.end(), min(high, by.end() + 3)):
                if named.iso3 not in own:
                    return self._list_of(named, own)
        return None

    def _directed(self, start: int, end: int, own: set[str]) -> set[str] | None:
        """The first state after a place that something can be directed at."""
        unnamed = _UNNAMED[self._language].search(self._text, start, end)
        for named in self._others(start, end, own):
            if named.role == "beside":
                continue
            if unnamed and unnamed.start() < named.start:
                return set()
            return self._list_of(named, own)
        return set() if unnamed else None

    def _list_of(self, chosen: Named, own: set[str]) -> set[str]:
        """A state with those it is listed with: the United States, Britain and Australia."""
        place = self._named.index(chosen)
        found = {chosen.iso3}
        for others in (self._named[:place][::-1], self._named[place + 1 :]):
            last = chosen
            for other in others:
                first, second = sorted((last, other), key=lambda n: n.start)
                gap = self._text[first.end : second.start]
                if first.start != second.start and not _AND.fullmatch(gap):
                    break
                found.add(other.iso3)
                last = other
        return found - own


def _around(bounds: Sequence[int], place: int) -> tuple[int, int]:
    index = bisect_right(bounds, place)
    return bounds[index - 1], bounds[min(index, len(bounds) - 1)]


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    for found in _CLAUSE_END.finditer(text, low, start):
        low = found.end()
    after = _CLAUSE_END.search(text, end, high)
    return low, after.start() if after else high


def _is_party(text: str, mention: states.Mention) -> bool:
    """Taiwan is a topic, and the Minsk agreements are not Belarus."""
    if mention.how == "capital" and _NAMED_AFTER.match(text, mention.end):
        return False
    return mention.how != "topic"


_NAMED_AFTER = re.compile(
    r"[\s-]+(?:[12]\b|agreements?|accords?|package|group|protocols?|process|format|declaration"
    r"|treaty|convention|conference|summit|formula|olympic\w*|games|spirit|догов[оа]р[её]нност\w*"
    r"|соглашени\w*|процесс\w*|формат\w*|протокол\w*|меморандум\w*|площадк\w*|совещани\w*"
    r"|конференци\w*|саммит\w*|раунд\w*|вокзал\w*)\b",
    re.I,
)

# --- roles ---------------------------------------------------------------------------------


def _roles(text: str, language: Language, found: Sequence[states.Mention]) -> Iterator[Named]:
    role_of = {"zh": aim_chinese.role, "en": aim_english.role, "ru": aim_russian.role}[language]
    before: Named | None = None
    for mention in found:
        role = role_of(text, mention)
        gap = text[before.end : mention.start] if before else "."
        listed = _AND.fullmatch(gap) if role == "beside" else gap in aim_chinese.LISTED
        if before and listed:
            role = before.role
        before = Named(mention.iso3, mention.start, mention.end, role)
        yield before


_AND = re.compile(
    r"\s*(?:[,、，]\s*)?(?:(?:and|or|as well as|и|或|和|及|以及|与)\s*)?(?:the\s+)?", re.I
)


_BY: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("(?!)"),
    "en": re.compile(r",?\s+(?:\w+ ){0,4}?(?:by|from|that|which)\s+(?:the\s+)?(?=[A-Z])"),
    "ru": re.compile(r"\s+(?:(?:\w+ ){0,3}?(?:со стороны|от)\s+(?=\w+ск|[А-ЯЁ])|(?=[А-ЯЁ]))"),
}
_WE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("我们|我国|我方|我愿|我要|对此"),
    "en": re.compile(
        r"\b(?:we|our|us|I|the (?:president|vice president|administration|secretary|spokesperson)"
        r"|he|she|the leaders|the two|they|both)\b",
        re.I,
    ),
    "ru": re.compile(
        r"\b(?:мы|наш\w*|нам|нас|я|президент\w*|министр\w*|он|обе|стороны|вызыва\w+|заявлен)\b",
        re.I,
    ),
}
_AT_LARGE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("各国|各方|国际社会|发展中国家|国际组织|联合国|新兴市场国家"),
    "en": re.compile(r"(?i)\b(?:all (?:countries|parties|states)|the international community)\b"),
    "ru": re.compile(r"(?i)\b(?:все\w* стран\w*|мирово\w+ сообществ\w+)"),
}
_GIFT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile("(?!)"),
    "en": re.compile(
        r"\s+(?:(?!for\b|of\b|to\b|with\b|and\b|that\b)[\w'’-]+\s+){0,4}?(?:(?:for|of|to|with)\s+)?"
        r"(?:the\s+)?(?:(?:people|peoples|government|leadership|president|prime minister)\s+of\s+)?"
        r"(?:the\s+)?(?=[A-Z])"
    ),
    "ru": re.compile("(?!)"),
}
_GROUP: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        "北约|欧盟|欧方|东盟|七国集团|二十国集团|金砖|联合国|非盟|非洲|上合|上海合作组织|拉美"
    ),
    "en": re.compile(
        r"\b(?:NATO|EU|European Union|European Commission|ASEAN|G7|G8|G20|BRICS|United Nations|UN"
        r"|African Union|Arab League|CIS|SCO|CSTO|Gulf Cooperation Council|CARICOM)\b"
    ),
    "ru": re.compile(
        r"\b(?:НАТО|Евросоюз\w*|ЕС|АСЕАН|БРИКС|ООН|ОДКБ|СНГ|ШОС|ЕАЭС|Африк\w+|[Аа]фриканск\w+"
        r"|[Аа]рабск\w+ (?:стран|государств|мир|друз)\w*|Глобальн\w+ Юг\w*)\b"
    ),
}
_AROUND = 700  # characters in which a Russian text must show that it speaks of the world
_FOREIGN = re.compile(
    r"\b(?:НАТО|Запад(?:а|у|е|ом)?\b|[Зз]ападн\w+ (?:стран|партн|элит|курат|государств|политик)\w*"
    r"|[Зз]арубежн\w+|[Ии]ностранн\w+|[Вв]нешнеполитическ\w+|[Дд]ипломат\w*|МИД|Евросоюз\w*"
    r"|ЕС|АСЕАН|БРИКС|ООН|ОДКБ|СНГ|ШОС|ЕАЭС|Африк\w+|Европ\w+"
    r"|Минск\w+ (?:соглаш|догов)\w*|Карабах\w*|Закавказ\w+|Приднестров\w+|Косово?\w*"
    r"|Балкан\w*|Ближн\w+ Восток\w*)\b"
)
_REACH: dict[Language, int] = {"zh": 16, "en": 70, "ru": 70}
_UNNAMED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        "北约|七国集团|欧盟|欧方|西方|个别国家|有关国家|某些国家|一些国家|少数国家|某国|某些人|有人|一些人|有的人|个别人"
        "|有关方|相关方|有关媒体|媒体|外界|域外|恐怖|第三方|第三国|外部|三国|台独|“台独”|民进党|台湾当局|蔡英文|赖清德|任何|一切|犯罪|达赖"
        "|分裂势力|某些势力|外部势力|反华势力|议员|众议院|参议院|政客"
    ),
    "en": re.compile(
        r"\b(?:NATO|G7|the West|Western|terroris\w+|ISIS|ISIL|Hamas|Hezbollah|Houthis?|al[- ]Qaeda"
        r"|some (?:countries|states|people|nations)|any(?:one| country| state| nation)?|those who"
        r"|hackers|cartels|criminals?|certain (?:countries|states)|other (?:countries|nations)"
        r"|extremis\w+|traffick\w+|individuals|those|perpetrators|persons|Congress|Republicans?|Democrats?)\b"
    ),
    "ru": re.compile(
        r"(?i)\b(?:НАТО|Запад(?:а|у|е|ом)?\b|западн\w+|террорис\w+|некоторы\w+|отдельны\w+ стран\w*"
        r"|люб(?:ая|ой|ые|ых|ого)|нацис\w+|боевик\w+|кто-то|преступн\w+|экстремис\w+)"
    ),
}
