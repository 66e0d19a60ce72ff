"""Chinese read-outs and news, sentence by sentence.

A sentence names its speaker at its head (习近平指出, 俄罗斯国防部23日称) or goes on with the one
before (中方愿…, 要加强…). "双方要…" inside a speech is that speaker's proposal, "双方一致认为" is
said by both. Names are not looked up in a list alone: 普京 is who the text introduced as
俄罗斯总统普京.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice

from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.chinese_cast import Cast
from talleyrand.attribution.chinese_heads import in_own_voice, issued_by
from talleyrand.attribution.chinese_organs import Organs
from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    OTHER,
    Setting,
    Voice,
    own_voice,
    says,
)
from talleyrand.model import Kind, Passage


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "zh")
    full = w.FULL_TEXT.search(text)
    if full is None and (signed := w.SIGNED.search(text[:300])):
        full = None if w.LEADER_SAYS.search(text) else signed
    own = [u for u in units if full and u.start >= full.end()]
    told = units[: len(units) - len(own)]
    if not own and in_own_voice(text, units, setting):
        own, told = units, []
    said = [says(u.start, u.end, own_voice(setting, "zh")) for u in own]
    return (Reader(text, told, setting).read() if told else []) + said


_NARRATOR = Voice("", NARRATOR)
_READOUTS = (Kind.MEETING, Kind.CALL, Kind.STATEMENT, Kind.SPEECH)


class Reader(Organs):
    """Reads the sentences in order, keeping who is speaking."""

    def __init__(self, text: str, units: list[Sentence], setting: Setting) -> None:
        self._units = units
        opening = text[: units[min(2, len(units) - 1)].end]
        met = w.READOUT.search(opening) and w.OWN_PEOPLE.search(opening)
        readout = setting.kind in _READOUTS or bool(met)
        super().__init__(text, setting, readout)
        self._person: Voice | None = None
        self._subject: Voice | None = None
        self._newer = False  # whether the subject was named after the person last spoke
        self._quoted = False
        self._voices: dict[str, Voice] = {}

    @cached_property
    def _cast(self) -> Cast:
        return Cast(self._text, self._setting)

    def read(self) -> list[Passage]:
        found = []
        for unit in self._units:
            words = self._text[unit.start : unit.end]
            head = w.DATELINE.match(words)
            voice = self._voice(words[head.end() :].strip() if head else words, unit.opens)
            self._current = voice
            if voice.state not in (BOTH, NARRATOR):
                self._person, self._newer = voice, False
                self._voices[voice.speaker[-3:]] = voice
            found.append(says(unit.start, unit.end, voice))
            self._told = self._text[max(0, unit.end - 240) : unit.end]
        return found

    def _voice(self, words: str, opens: bool) -> Voice:
        if w.BOLD_LINE.match(words):
            return _NARRATOR
        if opens and w.HEADING.fullmatch(words):
            single = not self._readout and " " not in words
            return (self.described(words) if single else None) or _NARRATOR
        if ("：" in words or ":" in words) and w.LISTED.match(words):
            return _NARRATOR
        title = w.TITLE_SAYS.fullmatch(words) if opens and not self._readout else None
        if title:
            who = title[1] + "表示"
            return self._by_name(who, opens) or self.described(who) or _NARRATOR
        several = words.count("、") > 2 and w.LEADERS.match(words)
        if several and len(self._abroad(words)) > 1:
            return Voice(words[:8], OTHER) if w.STRONG_VERB.search(words) else _NARRATOR
        self._quoted = words.startswith("“")
        words = w.TURNING.sub("", words.lstrip("“‘*　 "))
        answers = "回应" in words or "评论" in words or "置评" in words
        if answers and not self._readout and w.NO_ANSWER.match(words):
            return _NARRATOR
        voice = self._headed(words, opens)
        if voice:
            return voice
        if self._readout and (guest := self._guest_side(words)):
            return guest
        if not self._readout and (later := self._later(words)):
            return later
        going_on = self._continued(words, opens)
        if going_on == _NARRATOR or self._in_first_person(words):
            return going_on
        return _NARRATOR if self._frames(words, opens) else going_on

    def _frames(self, words: str, opens: bool) -> bool:
        """A frame sentence; a guard of honour in the middle of a speech makes none."""
        hinted = any(hint in words for hint in w.FRAME_HINTS)
        frame = w.FRAME.search(words) if hinted else w.FRAME.match(words)
        inside = not opens and self._readout and self._speaking()
        return bool(frame) and not (inside and frame and frame.group() in w.PROPS)

    def _later(self, words: str) -> Voice | None:
        """Who speaks in a later clause of news: 安理会2日开会，中方代表发言指出，…."""
        for clause in islice(w.CLAUSE.finditer(words[:200]), 1, 4):
            rest = words[clause.start() :]
            if w.SAYS_NEXT.match(rest):
                return self._at_head(rest, opens=False)
        return None

    def _in_first_person(self, words: str) -> bool:
        said = w.IN_PERSON.match(words) or re.search(r"我|[\u4e00-\u9fff]方愿", words)
        return self._speaking() and bool(said)

    def _guest_side(self, words: str) -> Voice | None:
        """俄方愿同中方… in the middle of the host's words is the guest's."""
        found = w.GUEST_SIDE.match(words)
        state = self.side(found.group(1)) if found else None
        if found is None or state is None or state == self._setting.sender:
            return None
        at_home = self._current and self._current.state in (self._setting.sender, NARRATOR)
        return Voice(found.group(1) + "方", state) if at_home else None

    def _continued(self, words: str, opens: bool) -> Voice:
        """A sentence that names no speaker."""
        if opens and words.startswith("中方") and not self._speaking():
            return own_voice(self._setting, "zh")
        if not self._speaking() or self._current is None:
            carries_on = self._person and not opens and w.IN_PERSON.match(words)
            return self._person if carries_on and self._person else _NARRATOR
        if not opens:
            news = not self._readout and not (self._quoted or w.GOES_ON.match(words))
            if news and (self._current.state == OTHER or self._turns(words)):
                return _NARRATOR
            return self._current
        before = self._person if self._current.state == BOTH else self._current
        if before and (w.GOES_ON.match(words) or (self._readout and self._current.state != BOTH)):
            return before
        return _NARRATOR

    def _turns(self, words: str) -> bool:
        """Whether news leaves the speaker: an earlier year, the press, or another state's deed."""
        turn = w.NEWS_TURNS.match(words)
        if turn is None or self._current is None:
            return False
        named = [m for m in self._named(words[:24]) if m.start == 0]
        told = words[0] in "0123456789此前" or turn["press"] or w.HEARD.match(words)
        return bool(told) or any(m.iso3 != self._current.state for m in named)

    def _headed(self, words: str, opens: bool) -> Voice | None:
        """The speaker named at the head of a sentence, after any lead-in."""
        known = self._person or self._subject
        if not self._readout and self._subject and self._newer:
            known = self._subject
        if w.SPEECH_OPENS.match(words):
            if w.THEY.match(words):
                return self._they(words[:2])
            if known or self._readout:
                return known or own_voice(self._setting, "zh")
        reported = w.REPORTED.match(words)
        if reported and w.MEDIA.search(reported.group(1)) and not w.OWN_PRESS.search(words[:12]):
            told = _NARRATOR if w.TELLS.search(reported.group()) else None
            return (
                self._reported(words[reported.end() :]) or told or Voice(reported.group(1), OTHER)
            )
        for count, clause in enumerate(w.CLAUSE.finditer(words[:400])):
            if not w.PREPOSITION.match(clause.group()):
                voice = self._at_head(words[clause.start() :], opens and count == 0)
                if voice:
                    return voice
            if count > 3 or not w.LEAD_IN.match(clause.group()):
                return None
        return None

    def _they(self, word: str) -> Voice:
        """他们表示: both leaders where both spoke, the one guest's people, else outsiders."""
        if self._current and self._current.state == BOTH:
            return self._current
        return self._only_guest(word) or Voice(word, OTHER)

    def _only_guest(self, name: str) -> Voice | None:
        guests = set(self._setting.counterparts) - {self._setting.sender}
        return Voice(name, min(guests)) if self._readout and len(guests) == 1 else None

    def _reported(self, rest: str) -> Voice | None:
        """The official whom a medium reports: 据俄媒报道，俄总统普京7日指出…."""
        clause = rest[1:] if rest.startswith("，") else ""
        if not w.REPORTS_SAYING.match(clause):
            return None
        voice = self._by_name(clause, opens=False) or self.described(clause)
        return voice if voice and voice.state not in (OTHER, BOTH, NARRATOR) else None

    def _at_head(self, rest: str, opens: bool) -> Voice | None:
        if w.PAIR_SAYS.match(rest):
            return Voice(rest[:4], OTHER)
        if w.OTHER_SIDE.match(rest) and not self._speaking():
            return self._only_guest(rest[:2])
        joint = w.JOINT.match(rest)
        if joint:
            return self._jointly(rest, joint)
        if w.TEXTS.match(rest):
            return self._document(rest)
        if meeting := w.MEETING_SAYS.match(rest):
            return Voice(meeting.group(1), self._setting.sender)
        if w.GROUP_SAYS.match(rest):
            return Voice(rest[:4], OTHER)
        voice = self._by_name(rest, opens) or self.described(rest)
        return voice or self._known(rest) or self._stranger(rest, opens)

    def _known(self, rest: str) -> Voice | None:
        """Somebody who spoke before under office and name: 民航负责人阿贝扎德说…. 阿贝扎德表示."""
        said = w.NAME_SAYS.match(rest)
        before = self._voices.get(said[1][-3:]) if said else None
        return before if said and before and before.speaker.endswith(said[1]) else None

    def _document(self, rest: str) -> Voice:
        """声明说: both's, the sender's, or in news from abroad that of who issued it."""
        sender, opening = self._setting.sender, self._text[:200]
        together = "联合公报" in opening and sender in {m.iso3 for m in self._named(opening)}
        if "联合" in rest[:4] or together:
            return Voice(rest[:4], BOTH)
        issuer = issued_by(self._told)
        outsiders = w.BODY.search(issuer) or w.OUTSIDER.search(issuer) or self._abroad(issuer)
        if self._readout or (w.SENDER_ORGANS.search(issuer) and not outsiders):
            return Voice(rest[:4], sender)
        if self._speaking() and self._current:
            return self._current
        return Voice(rest[:4], OTHER if outsiders else sender)

    def _jointly(self, rest: str, joint: re.Match[str]) -> Voice | None:
        """双方 as a subject: said by both, a proposal of whoever speaks, or something done."""
        after = rest[joint.end() :]
        if w.PROPOSAL.match(after) and self._speaking():
            return None
        said = w.JOINTLY.search(after[: w.REACH])
        alone = self._speaking() and self._current and self._current.state != BOTH
        if not said or (alone and not w.JOINT_AT_ONCE.match(after)):
            return None
        return Voice(joint.group(), BOTH)

    def _by_name(self, rest: str, opens: bool) -> Voice | None:
        """A person of this text: 习近平指出, 普京还表示, 俄罗斯总统普京29日说."""
        person, after = (None, "") if w.FIRST_SINGULAR.match(rest) else self._person_at(rest)
        if person is None:
            return None
        self._subject, self._newer = person, True
        if after.startswith("、") and self._several(person, after):
            return Voice(person.speaker, OTHER)
        if w.EXCHANGED.match(after):
            return Voice(person.speaker + after[:6], BOTH)
        titled = w.WITH_TITLE.match(after)
        if titled and self._speaking() and not w.STRONG_VERB.match(after[titled.end() :]):
            return self._current
        strong = w.STRONG_VERB.search(after[: w.REACH])
        doing = w.DOING.search(after[: w.REACH])
        if strong and not (doing and w.OTHER_SUBJECT.search(after[: strong.start()])):
            return self._with_another(person, after[: strong.start()])
        if w.MESSAGE.search(after[: w.REACH]):
            return person if w.MESSAGE_SAYS.search(after) else _NARRATOR
        if w.GIVES.match(after):
            return _NARRATOR
        if w.WEAK_AT_HEAD.match(w.WHERE.sub("", after, count=1)):
            return person
        other = self._current is None or self._current.state != person.state
        told = doing or (not self._readout and (opens or other))
        return _NARRATOR if told else self._current

    def person(self, rest: str) -> Voice | None:
        """The person that a stretch begins with."""
        return self._person_at(rest)[0]

    def _several(self, person: Voice, after: str) -> bool:
        """Whether people of other states say the same with him: 马克龙、朔尔茨表示."""
        said = w.STRONG_VERB.search(after[: w.REACH])
        if not said or person.state == self._setting.sender:
            return False
        beside = re.split("[、和]", after[1 : said.start()])
        voices = [self._person_at(name)[0] for name in beside]
        return any(v and v.state != person.state for v in voices)

    def _person_at(self, rest: str) -> tuple[Voice | None, str]:
        """The person that a stretch begins with, also after an office, and what follows."""
        person = self._cast.at_head(rest)
        if person:
            return person, rest[len(person.speaker) :]
        for office in w.OFFICE.finditer(rest[:36].split("，", 1)[0]):
            person = self._cast.at_head(rest[office.end() :])
            if person:
                return person, rest[office.end() + len(person.speaker) :]
        return None, ""

    def _with_another(self, person: Voice, between: str) -> Voice:
        """普京与到访的默克尔表示 is said by both."""
        if not between.startswith(("和", "与", "同")):
            return person
        beside = w.FIRST_VERB.split(between)[0]
        other = self._cast.at_head(beside[1:])
        abroad = {m.iso3 for m in self._named(beside)} | ({other.state} if other else set())
        return Voice(person.speaker + beside, BOTH) if abroad - {person.state} else person

    def _stranger(self, rest: str, opens: bool) -> Voice | None:
        """In a read-out somebody whom the text never introduces: the guest."""
        if not self._readout or not opens or self._cast.at_head(rest):
            return None
        found = w.STRANGER.match(rest)
        if not found or w.NOBODY.match(found.group(1)) or found.group(1).endswith("方"):
            return None
        if found.group(1) not in self._text[: self._units[0].end + 400]:
            return None
        guests = self._setting.counterparts or tuple(m.iso3 for m in self._named(rest[:160]))
        abroad = [state for state in guests if state != self._setting.sender]
        return Voice(found.group(1), abroad[0]) if abroad else None
