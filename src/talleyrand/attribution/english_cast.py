"""Who is who in an English text: the states behind the names and titles that it introduces."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from talleyrand.attribution import english_words as w
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    OTHER,
    Setting,
    Voice,
    leader,
    named,
    own_voice,
)
from talleyrand.model import Kind


class Cast:
    """Who is who in one text: the states behind the names and titles that it introduces."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._setting = setting
        self.names: dict[str, str] = {}
        self._said: dict[tuple[str, str], str] = {}
        self._chunks: dict[str, str] = {}
        self._parts: dict[str, str | None] = {}
        self._heads: dict[tuple[str, str], bool] = {}
        self._titles: dict[str, set[str]] = defaultdict(set)
        text = " ".join(text.split())
        self.foreign = bool(setting.counterparts) or any(
            m.iso3 != setting.sender and m.how in ("name", "leader")
            for m in named(text[:1500], "en", setting.on)
        )
        self.frame: Voice | None = None
        self.own = own_voice(setting, "en")
        released = setting.sender == "USA" and setting.kind in (Kind.STATEMENT, Kind.OTHER)
        self.unsaid = self.own if released else Voice("", NARRATOR)
        self.told = w.ABROAD if released else w.OPENING
        for chunk in w.CHUNK.finditer(text):
            if w.TITLE.search(chunk.group()):
                self._introduce(chunk.group())

    def declares(self, words: str, verb: re.Match[str]) -> bool:
        """Whether a release says itself what somebody did, rather than tells who met whom."""
        return self.told is w.ABROAD and not w.ABROAD.match(words, verb.start())

    def _introduce(self, chunk: str) -> None:
        state = self._stated(chunk)
        if state in (None, BOTH):
            return
        assert state is not None
        self.foreign = self.foreign or state != self._setting.sender
        self._chunks.setdefault(chunk, state)
        for title in w.TITLE.findall(chunk):
            self._titles[title].add(state)
        spans = [
            (m.start, m.end) for m in named(chunk, "en", self._setting.on) if m.how != "leader"
        ]
        for found in re.finditer(r"[A-Z][\w’'-]+", chunk):
            word = re.sub(r"[’']s?$", "", found.group())
            inside = any(a <= found.start() < b for a, b in spans)
            if len(word) > 1 and word not in w.NOT_A_NAME and not inside:
                self.names.setdefault(word, state)

    def _stated(self, words: str) -> str | None:
        """The state named in a title with its holder; the sender's where none is named."""
        found = set(states_in(words, self._setting.on))
        if w.OUTSIDERS.search(words) or (w.SECRETARY_GENERAL.search(words) and not found):
            return OTHER
        if len(found) > 1:
            return states_in(words, self._setting.on)[0] if " and " not in words else BOTH
        if found:
            return found.pop()
        known = {self.names[w] for w in re.findall(r"[A-Z][\w-]+", words) if w in self.names}
        if known:
            return known.pop() if len(known) == 1 else BOTH
        if w.IN_OWN_OFFICE.search(words):
            return self._setting.sender
        if re.search(r"\b(?:President|Prime Minister|King|Chancellor|Emir|Crown Prince)\b", words):
            return None
        return self._setting.sender

    def voice(self, subject: str, last: Voice | None) -> Voice | None:
        """Whose words a sentence with this subject reports; None if that is nobody known."""
        if w.PLURAL.match(subject):
            both = self.foreign or w.TWO.search(subject)
            return Voice(subject, BOTH) if both else Voice("", NARRATOR)
        if w.OWN_OFFICIALS.fullmatch(subject):
            return Voice(subject, self._setting.sender)
        if w.PRONOUN.match(subject):
            return last or self.own
        if w.DOCUMENT.match(subject):
            return Voice(subject, self._setting.sender)
        states = self._states_of(subject)
        if not states:
            return None
        state = states.pop() if len(states) == 1 else self._several(subject, states)
        return Voice(self._one_name(subject.rstrip("."), state), state)

    def _several(self, subject: str, states: set[str]) -> str:
        """Both, if the sender is one of them; else the first of the guests who say it."""
        if self._setting.sender in states or OTHER in states:
            return BOTH
        return next(iter(states_in(subject, self._setting.on)), BOTH)

    def _one_name(self, subject: str, state: str) -> str:
        """The first form of a name for all its later ones; a title alone stands for its holder."""
        bare = bool(w.HIS_TITLE.match(subject))
        surname = "" if bare else subject.split()[-1]
        known = self._said.get((state, surname))
        if known is None:
            self._said[state, surname] = known = subject
            if not bare:
                self._heads[state, surname] = _heads(subject, state, self._chunks)
        if self._heads.get((state, surname)):
            self._said[state, ""] = known
        return known

    def _states_of(self, subject: str) -> set[str]:
        states = states_in(subject, self._setting.on)
        if self._is_outsider(subject, states) and " and " not in subject:
            return {OTHER}
        if states and " and " not in subject:
            return {states[0]}
        found = set(states)
        if len(found) > 1:
            return found
        for part in re.split(r",? and ", subject):
            if part not in self._parts:
                self._parts[part] = self._state_of(part) or self._guest(part)
            if state := self._parts[part]:
                found.add(state)
        return found

    def _is_outsider(self, subject: str, states: list[str]) -> bool:
        """Is it somebody of an international body, or a secretary-general of none we know?"""
        if w.OUTSIDERS.search(subject):
            return True
        general = w.SECRETARY_GENERAL.search(subject)
        names = re.findall(r"[A-Z][\w-]+", subject)
        return bool(general) and not states and not any(name in self.names for name in names)

    def _guest(self, part: str) -> str | None:
        """In a meeting with one state a name that the text does not introduce is the guest's."""
        guests = self._setting.counterparts
        unknown = re.fullmatch(
            r"(?:Mr\.?|Ms\.?|Mrs\.?|President|Prime Minister|Chancellor) [A-Z]\S+", part
        )
        meeting = self._setting.kind in (Kind.MEETING, Kind.CALL, Kind.JOINT_STATEMENT)
        if unknown and meeting and not self.foreign:
            return self._setting.sender
        return guests[0] if unknown and meeting and len(guests) == 1 else None

    def _state_of(self, part: str) -> str | None:
        words = [re.sub(r"[’']s?$", "", w) for w in re.findall(r"[A-Z][\w’'-]+", part)]
        for word in reversed(words):
            if word in self.names and word not in w.NOT_A_NAME:
                return self.names[word]
        state = leader(part, "en", self._setting.on)
        if state:
            return state
        if w.HEAD_OF_STATE.match(part) or w.OWN_OFFICE.search(part):
            return self._setting.sender
        title = part.removeprefix("The ").removeprefix("the ")
        holders = {
            s for chunk, s in self._chunks.items() if title in chunk and w.TITLE.search(title)
        }
        if len(holders) == 1:
            return holders.pop()
        for title in w.TITLE.findall(part):
            foreign = self._titles[title] - {self._setting.sender, OTHER}
            if w.HIS_TITLE.match(part) and len(foreign) == 1:
                return next(iter(foreign))
            if title in w.HEADS:
                guests = self._setting.counterparts
                return guests[0] if len(guests) == 1 and w.HIS_TITLE.match(part) else None
            return self._setting.sender
        return None


def _heads(subject: str, state: str, chunks: dict[str, str]) -> bool:
    """Whether a person was introduced as head of state or government."""
    surname = subject.split()[-1]
    return any(
        s == state and surname in chunk and any(h in chunk for h in w.HEADS)
        for chunk, s in chunks.items()
    )


def states_in(words: str, on: date | None) -> list[str]:
    """The states named in a title with its holder; German Gref is no German."""
    return [
        m.iso3
        for m in named(words, "en", on)
        if m.how != "adjective" or w.OFFICE_AFTER.match(words, m.end) or m.end == len(words)
    ]
