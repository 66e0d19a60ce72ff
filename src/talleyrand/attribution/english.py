"""English read-outs and statements, sentence by sentence.

The subject of the first verb of saying decides: "The President underscored", "Both leaders agreed",
"President Xi said". A verb of doing (met, visited, signed) makes a frame sentence. The subject is
found by walking back from the verb, so that a long sentence costs no more than its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    OTHER,
    Setting,
    Voice,
    leader,
    named,
    own_voice,
    says,
)
from talleyrand.model import Kind, Passage

_SAYING = (
    "said|says|stressed|noted|emphasi[sz]ed|underscored|underlined|reaffirmed|reiterated|affirmed"
    "|thanked|expressed|welcomed|condemned|urged|agreed|discussed|exchanged|raised|informed|briefed"
    "|congratulated|praised|conveyed|invited|pledged|committed|warned|shared|described|recogni[sz]ed"
    "|acknowledged|commended|highlighted|outlined|recalled|assured|promised|proposed|asked"
    "|appreciated|offered|announced|confirmed|supported|denied|rejected|declared|explained|believes"
    "|considers|hopes|hoped|wished|drew|paid|added|argued|claimed|insisted|objected|protested"
    "|advocated|encouraged|previewed|updated|reviewed|touched|consulted|concurred|decided|resolved"
    "|looked|look|mentioned|told|spoke about|spoke of|spoke in favou?r|made (?:it )?clear"
    "|(?:was|were) clear|(?:was|were) (?:also )?(?:united|unanimous)|called (?:for|on|upon)|pointed"
    "|suggested|voiced|extended|intends?|plans?|lauded|criticized|noted|gave|considered|reached"
    "|laid out|set out|put forward|took note|covered|explored|addressed the need|committed"
    "|remain(?:ed)? committed|continue to|applauded|joined in|instructed|demanded|concluded"
    "|wrote|answered|replied|responded|compared|reported|reminded|grieved|lamented|regretted|stated"
)
_DOING = (
    "met|spoke|talked|hosted|visited|travel+ed|arrived|joined|participated|held|took part|chaired"
    "|attended|awarded|laid|signed|received|had|convened|presented|opened|led|hosts"
    "|watched|toured|greeted|honou?red|accompanied|departed|sent|began|started|completed"
    "|launched|appointed|conferred|delivered|inspected|paid tribute|took place|continued"
)
_VERB = re.compile(rf"\b(?:(?P<saying>{_SAYING})|(?P<doing>{_DOING}))\b(?!-)")
_ADVERBS = frozenset(
    "also then further again once strongly repeatedly both each all jointly personally separately"
    " briefly warmly clearly directly once has have had in turn particularly especially firmly fully"
    " specifically additionally thus would therefore similarly recently today himself herself"
    " themselves mutually highly sincerely deeply unequivocally candidly later".split()
)
_LINKS = frozenset(
    "of the and for to on de da von van der al el bin ibn bint le la his her & –".split()
)
_PLURAL = re.compile(
    r"(?i)(?:(?:both|the two|the|these|all(?: the)?|the three|the four|all (?:three|four))"
    r"(?: (?:two|three|four|other|g7|quad|participating|foreign|defen[cs]e))*"
    r" (?:leaders|sides|parties|presidents|ministers|delegations|interlocutors|heads of (?:state"
    r"|government)|countries|officials|principals|counterparts|governments|participants|partners"
    r"|nations|teams|allies|advisors|secretaries|colleagues)|they|both|the pair|the (?:two )?men"
    r"|leaders|participants)$"
)
_PRONOUN = re.compile(r"(?i)(?:he|she)$")
_DOCUMENT = re.compile(
    r"(?i)(?:.*\b)?(?:message|telegram|letter|address|statement|order|document|decree)$"
)
_OUTSIDERS = re.compile(
    r"(?:UN |U\.N\. |United Nations|NATO|EU |European (?:Union|Commission|Council|Parliament)"
    r"|Secretary[- ]General|IAEA|World (?:Bank|Health)|IMF|OSCE|FIFA|African Union|Red Cross"
    r"|Ursula von der Leyen|Charles Michel|Stoltenberg|Guterres|Rutte|Reuters"
    r"|Post\b|Times\b|CNN|BBC|Pope|Holy See)"
)
_TITLE = re.compile(
    r"\b(?:Vice[ -]President|President|Prime Minister|Deputy Prime Minister|Premier|Chancellor|King"
    r"|Queen|Emir|Sultan|Crown Prince|Amir|Foreign Minister|Defen[cs]e Minister|Minister|Secretary"
    r"|Head of (?:State|Government)|National Security Advis[eo]r|Advis[eo]r|Ambassador|Director"
    r"|Chair(?:man|woman|person)?|Governor|General|Speaker|Taoiseach|Majesty|Highness|Assistant"
    r"|Coordinator|Envoy|First Lady|State Councilor|Mr\.|Ms\.|Mrs\.|Dr\.|Senator|Administrator)"
)
_HIS_TITLE = re.compile(
    r"(?:The |the )?(?:(?:Russian|Ukrainian|American|Chinese) )?(?:Vice President|President"
    r"|Prime Minister|Chancellor|King|Head of State|Secretary|Minister|Foreign Minister|First Lady"
    r"|Premier|Crown Prince|Emir|Amir)(?: of \w+)?$"
)
_HEAD_OF_STATE = re.compile(r"(?:The |the )?(?:President|Vice President|Head of State|First Lady)$")
_OFFICE_AFTER = re.compile(
    r" (?:[a-z]|side\b|[\w ,&-]{0,40}?\b(?:President|Minister|Premier|Chancellor|King|Queen|Leader|Prince"
    r"|Secretary|Head|Advis[eo]r|Ambassador|Director|Government|Foreign|Ministry|Council|Speaker|Envoy))"
)
_HEADS = ("Prime Minister", "King", "Chancellor", "Crown Prince", "Emir", "President")
_CHUNK = re.compile(
    r"[A-Z][\w.’'-]*(?:,? (?:of|the|and|for|to|&|bin|al|de|von|van|der|[A-Z][\w.’'-]*)){0,14}"
)
_NOT_A_NAME = frozenset(
    "President Vice Prime Minister Deputy Premier Chancellor King Queen Emir Sultan Crown Prince"
    " Foreign Defence Defense Affairs Secretary Head State Government National Security Advisor"
    " Adviser Ambassador Director Chairman Chair Governor General Speaker Assistant The Mr Ms Mrs"
    " Dr Republic People’s People's Kingdom United States America Federation Federal Office Union"
    " House White Council Democratic First Lady Jr Sr Coordinator Envoy Special Senior Excellency"
    " His Her Majesty Highness Principal Homeland Treasury Commerce Energy Trade Finance Today"
    " Security On In At And Mr. Ms. Dr. Mrs. International Middle East North South West Africa"
    " Representative Department Senator Leader Party Congress Parliament Russian Ukrainian Group"
    " Chinese American Royal Islamic Senate Bank World Nations Assembly Forum Summit".split()
)
_FIRST_PERSON = re.compile(r"\b(?:I|I’m|I'm|[Ww]e|[Oo]ur|[Mm]y|[Uu]s)\b")
_TALKED = re.compile(
    r"\b(?:(?:was|were|has been|have been|is|are) (?:also |further |particularly )?(?:given to"
    r"|discussed|considered|touched|exchanged|agreed|paid|reviewed|raised|stressed|noted|confirmed"
    r"|emphasi[sz]ed|outlined|expressed|covered)|(?:conversation|meeting|talks|call|discussion|agenda"
    r"|conversations|discussions) (?:also )?(?:focused|dealt|covered|addressed|concerned|included"
    r"|centred|centered|touched)|exchange of (?:views|opinions))\b"
)
_AFTER_QUOTE = re.compile(rf"[,.!?…]?[\"”]\s*,?\s*(?:{_SAYING})\s+(?=[A-Z]|the )")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the )?")
_QUOTED = re.compile(r"(?:(?<=[\s(:—–-])|^)[\"“][^\"“”]{1,4000}[\"”]")
_OPENING = re.compile(
    r"\b(?:met|spoke|talked|hosted|visited|travel+ed|convened|received|held|took part|participated"
    r"|chaired|attended|had a (?:telephone|phone|meeting|video)|launched|joined|arrived|led|opened)\b"
)
_REACH = 420
_ENOUGH = 0.2
_MOSTLY = 0.5
_STATED = re.compile(r"(?:stated|said|announced|discussed|reported) (?:this )?(?:by|at|during) ")


class Cast:
    """Who is who in one text: the states behind the names and titles that it introduces."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._setting = setting
        self.names: dict[str, str] = {}
        self._said: dict[tuple[str, str], str] = {}
        self._chunks: dict[str, str] = {}
        self._titles: dict[str, set[str]] = defaultdict(set)
        self.foreign = bool(setting.counterparts)
        for chunk in _CHUNK.finditer(text):
            if _TITLE.search(chunk.group()):
                self._introduce(chunk.group())

    def _introduce(self, chunk: str) -> None:
        state = self._stated(chunk)
        if state in (None, BOTH):
            return
        assert state is not None
        self.foreign = self.foreign or state not in (self._setting.sender, OTHER)
        self._chunks.setdefault(chunk, state)
        for title in _TITLE.findall(chunk):
            self._titles[title].add(state)
        spans = [
            (m.start, m.end) for m in named(chunk, "en", self._setting.on) if m.how != "leader"
        ]
        for found in re.finditer(r"[A-Z][\w’'-]{2,}", chunk):
            word = re.sub(r"[’']s?$", "", found.group())
            inside = any(a <= found.start() < b for a, b in spans)
            if word not in _NOT_A_NAME and not inside:
                self.names.setdefault(word, state)

    def _stated(self, words: str) -> str | None:
        """The state named in a title with its holder; the sender's where none is named."""
        if _OUTSIDERS.search(words):
            return OTHER
        found = set(states_in(words, self._setting.on))
        if len(found) > 1:
            return states_in(words, self._setting.on)[0] if " and " not in words else BOTH
        if found:
            return found.pop()
        known = {self.names[w] for w in re.findall(r"[A-Z][\w-]{2,}", words) if w in self.names}
        if known:
            return known.pop() if len(known) == 1 else BOTH
        if re.search(r"\b(?:President|Prime Minister|King|Chancellor|Emir|Crown Prince)\b", words):
            return None
        return self._setting.sender

    def voice(self, subject: str, last: Voice | None) -> Voice | None:
        """Whose words a sentence with this subject reports; None if that is nobody known."""
        if _PLURAL.match(subject):
            return Voice(subject, BOTH) if self.foreign else Voice("", NARRATOR)
        if _PRONOUN.match(subject):
            return last
        if _DOCUMENT.match(subject):
            return Voice(subject, self._setting.sender)
        states = self._states_of(subject)
        if not states:
            return None
        state = states.pop() if len(states) == 1 else BOTH
        return Voice(self._one_name(subject.rstrip("."), state), state)

    def _one_name(self, subject: str, state: str) -> str:
        """The first form of a name for all its later ones; a title alone stands for its holder."""
        bare = bool(_HIS_TITLE.match(subject))
        surname = "" if bare else subject.split()[-1]
        known = self._said.get((state, surname))
        if known is None:
            self._said[state, surname] = known = subject
        if not bare and _heads(subject, state, self._chunks):
            self._said[state, ""] = known
        return known

    def _states_of(self, subject: str) -> set[str]:
        if _OUTSIDERS.search(subject) and " and " not in subject:
            return {OTHER}
        states = states_in(subject, self._setting.on)
        if states and " and " not in subject:
            return {states[0]}
        found = set(states)
        if len(found) > 1:
            return found
        for part in re.split(r",? and ", subject):
            state = self._state_of(part) or self._guest(part)
            if state:
                found.add(state)
        return found

    def _guest(self, part: str) -> str | None:
        """In a meeting with one state a name that the text does not introduce is the guest's."""
        guests = self._setting.counterparts
        unknown = re.fullmatch(
            r"(?:Mr\.?|Ms\.?|Mrs\.?|President|Prime Minister|Chancellor) [A-Z]\S+", part
        )
        meeting = self._setting.kind in (Kind.MEETING, Kind.CALL)
        return guests[0] if unknown and meeting and len(guests) == 1 else None

    def _state_of(self, part: str) -> str | None:
        words = [re.sub(r"[’']s?$", "", w) for w in re.findall(r"[A-Z][\w’'-]+", part)]
        for word in reversed(words):
            if word in self.names and word not in _NOT_A_NAME:
                return self.names[word]
        state = leader(part, "en", self._setting.on)
        if state:
            return state
        if _HEAD_OF_STATE.match(part):
            return self._setting.sender
        title = part.removeprefix("The ").removeprefix("the ")
        holders = {
            s for chunk, s in self._chunks.items() if title in chunk and _TITLE.search(title)
        }
        if len(holders) == 1:
            return holders.pop()
        for title in _TITLE.findall(part):
            foreign = self._titles[title] - {self._setting.sender, OTHER}
            if _HIS_TITLE.match(part) and len(foreign) == 1:
                return next(iter(foreign))
            if title in _HEADS:
                guests = self._setting.counterparts
                return guests[0] if len(guests) == 1 and _HIS_TITLE.match(part) else None
            return self._setting.sender
        return None


def _heads(subject: str, state: str, chunks: dict[str, str]) -> bool:
    """Whether a person was introduced as head of state or government."""
    surname = subject.split()[-1]
    return any(
        s == state and surname in chunk and any(h in chunk for h in _HEADS)
        for chunk, s in chunks.items()
    )


def states_in(words: str, on: date | None) -> list[str]:
    """The states named in a title with its holder; German Gref is no German."""
    return [
        m.iso3
        for m in named(words, "en", on)
        if m.how != "adjective" or _OFFICE_AFTER.match(words, m.end) or m.end == len(words)
    ]


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "en")
    if _in_own_voice(text, units, setting):
        return _statement(text, units, setting)
    cast = Cast(text, setting)
    found = []
    current: Voice | None = None
    person: Voice | None = None
    for unit in units:
        words = " ".join(text[unit.start : unit.end].split())
        voice = reported(words, cast, person)
        if voice is None:
            voice = _goes_on(words, current, cast, opens=unit.opens)
        if voice.state not in (BOTH, NARRATOR):
            person = voice
        current = voice
        found.append(says(unit.start, unit.end, voice))
    return found


def reported(words: str, cast: Cast, last: Voice | None) -> Voice | None:
    """Whose words a sentence reports, if it says so: narrator for a frame sentence."""
    words = _QUOTED.sub('""', words)
    after = _AFTER_QUOTE.search(words)
    if after:
        subject = _subject_after(words, after.end())
        return cast.voice(subject, last) or last
    reading = _ACCORDING.search(words, 0, 40)
    if reading:
        subject = _subject_after(words, reading.end())
        if subject and (voice := cast.voice(subject, last)):
            return voice
    for verb in _VERB.finditer(words, 0, _REACH):
        subject = subject_before(words, verb.start())
        if subject is None:
            continue
        voice = cast.voice(subject, last)
        if voice is None:
            continue
        if verb["doing"]:
            return Voice("", NARRATOR)
        return voice
    return None


def _goes_on(words: str, current: Voice | None, cast: Cast, *, opens: bool) -> Voice:
    """A sentence without a speaker of its own."""
    if _TALKED.search(words):
        return Voice("the parties", BOTH) if cast.foreign else Voice("", NARRATOR)
    speaking = current is not None and current.state != NARRATOR
    if current and speaking and (not opens or words[0] in '“"' or _FIRST_PERSON.search(words)):
        return current
    return Voice("", NARRATOR)


def subject_before(words: str, verb: int) -> str | None:
    """The subject that ends before a verb: a plural noun, a pronoun or a capitalised name."""
    before = _strip_adverbs(words[max(0, verb - 260) : verb].rstrip())
    if before.endswith(","):
        comma = before.rfind(",", 0, len(before) - 1)
        appositive = before[comma + 1 : -1]
        if comma < 0 or len(appositive) > 200:
            return None
        before = _strip_adverbs(before[:comma])
    plural = _PLURAL_END.search(before)
    if plural:
        return plural.group().strip()
    return _capitalised_end(before)


_PLURAL_END = re.compile(rf"(?i)(?:(?<=\s)|^){_PLURAL.pattern.removeprefix('(?i)')}")


def _strip_adverbs(before: str) -> str:
    words = before.split(" ")
    while (
        words
        and (words[-1].lower() in _ADVERBS or words[-1].endswith("ly"))
        and (len(words) < 2 or not words[-1][0].isupper())
    ):
        words.pop()
    return " ".join(words)


def _capitalised_end(before: str) -> str | None:
    """The longest run of capitalised words and links that ends here."""
    words = before.split(" ")
    kept: list[str] = []
    for word in reversed(words):
        bare = word.strip('()"“”')
        if not bare or word[-1] in ",;:" or not (bare[0].isupper() or bare.lower() in _LINKS):
            break
        if kept and word[-1] == "." and len(word) > 4:
            break
        kept.append(bare)
    kept.reverse()
    while kept and kept[0].lower() in _LINKS and kept[0].lower() != "the":
        kept.pop(0)
    if not kept or not any(w[0].isupper() for w in kept) or kept[-1].lower() in _LINKS:
        if kept[-1:] and kept[-1].lower() in ("he", "she", "they"):
            return kept[-1]
        return words[-1] if words[-1].lower() in ("he", "she", "they") else _lower_noun(before)
    return " ".join(kept)


_LOWER_NOUN = re.compile(
    r"(?:[Tt]he |[Hh]is |[Tt]his )?(?:\w+[’']s |congratulatory |president[’']s |joint )?"
    r"(?:message|telegram|letter|statement|president|head of (?:the \\w+ )?state)(?: of (?:congratulations"
    r"|greetings|condolence|sympathy|condolences))?$"
)


def _lower_noun(before: str) -> str | None:
    found = _LOWER_NOUN.search(before)
    if not found:
        return None
    noun = found.group()
    return "The President" if noun.endswith(("president", "state")) else noun.split(" of ")[0]


def _subject_after(words: str, start: int) -> str:
    found = _CHUNK.match(words, start) or _CHUNK.match(words, start + 4)
    if found:
        return found.group().split(",")[0]
    return "he" if words[start : start + 3] in ("he ", "she") else ""


# --- statements ------------------------------------------------------------------------------


def _in_own_voice(text: str, units: list[Sentence], setting: Setting) -> bool:
    """Whether the state speaks in its own name here, rather than reporting who said what."""
    if setting.kind in (Kind.MEETING, Kind.CALL) or not units:
        return False
    plain = [_QUOTED.sub(" ", " ".join(text[u.start : u.end].split())) for u in units[:80]]
    share = sum(bool(_FIRST_PERSON.search(s)) for s in plain) / len(plain)
    if share >= _MOSTLY:
        return True
    opening = any(_opens_as_news(sentence) for sentence in plain[:2])
    return not opening and (share >= _ENOUGH or setting.sender == "USA")


def _opens_as_news(sentence: str) -> bool:
    """President X met Y: somebody else than "we" does something."""
    for verb in _OPENING.finditer(sentence[:_REACH]):
        subject = subject_before(sentence, verb.start())
        if subject and subject not in ("I", "We", "we"):
            return True
    return bool(_STATED.search(sentence))


def _statement(text: str, units: Iterable[Sentence], setting: Setting) -> list[Passage]:
    """The sender's words throughout."""
    return [says(u.start, u.end, own_voice(setting, "en")) for u in units]
