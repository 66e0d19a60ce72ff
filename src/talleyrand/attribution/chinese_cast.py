"""Who is who in a Chinese text: the state behind a name, from how the text introduces it."""

from __future__ import annotations

import re

from talleyrand import states
from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.speakers import (
    OTHER,
    Setting,
    Voice,
    named,
)
from talleyrand.model import Kind


class Cast:
    """Who is who in one text: the state behind each name, from how the text introduces it."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._setting = setting
        self._tails: dict[str, list[tuple[str, str]]] = {}
        for title in w.INTRODUCTION.finditer(text):
            window = text[max(0, title.start() - 44) : title.end()]
            state = self._titled(window) or self._guest(window, text[title.end() :][:4])
            if state:
                self._remember(text[title.end() : title.end() + 14], state)

    def _guest(self, window: str, name: str) -> str | None:
        """A head of state or government without a state, where only one is told of."""
        guests = set(self._setting.counterparts) - {self._setting.sender}
        if any(m.how == "leader" for m in named(name, "zh", self._setting.on)):
            return None
        alone = len(guests) == 1 and w.HEADS.search(window) and not w.OWN_HEADS.match(name)
        return next(iter(guests)) if alone else None

    def _remember(self, tail: str, state: str) -> None:
        """What follows a title begins with the name; of 凯蒂·维达尔 the last part is used too."""
        name = w.NAME_CHARACTERS.match(tail)
        if name is None or w.NOT_A_NAME.match(name.group()):
            return
        whole = name.group()[: 2 + len(w.NAME_ENDS.split(name.group()[2:])[0])]
        for part in (whole, *re.split("[·•]", whole)[1:]):
            if len(part) > 1:
                self._tails.setdefault(part[:2], []).append((part, state))

    def _titled(self, window: str) -> str | None:
        """The state of the office that ends the window."""
        pieces = w.BREAK.split(window)
        office = pieces[-1]
        if len(pieces) > 1 and w.COMPOUND.search(window):
            office = pieces[-2] + office
        known = [m for m in named(office, "zh", self._setting.on) if m.how == "leader"]
        office = office[known[-1].end :] if known else office
        for piece in [piece.split("的")[-1] for piece in reversed(office.split("、"))]:
            if w.PRIVATE.search(piece) or (w.BODY.search(piece) and not w.STATIONED.search(piece)):
                return OTHER
            found = [
                m for m in named(piece, "zh", self._setting.on) if m.how not in ("capital", "topic")
            ]
            if found:
                received = self._setting.kind in (Kind.MEETING, Kind.CALL)
                former = w.FORMER.search(piece) and not received
                return OTHER if former else found[0].iso3
            if short := w.SHORT_HEAD.match(piece):
                return w.SHORT[short.group(1)]
            if w.OWN_OFFICE.search(piece):
                return self._setting.sender
        return self._setting.sender if w.SENDER_ORGANS.search(office) else None

    def at_head(self, words: str) -> Voice | None:
        """The known person that a stretch begins with."""
        leads = words[:2] in states.leaders_begin("zh")
        found = named(words[:14], "zh", self._setting.on) if leads else []
        best = Voice("", "")
        for tail, state in self._tails.get(words[:2], ()):
            length = _shared(tail, words)
            if length > len(best.speaker):
                best = Voice(words[:length], state)
        if found and found[0].start == 0 and found[0].how == "leader":
            known = Voice(words[: found[0].end], found[0].iso3)
            return best if self._namesake(best, known) else known
        return best if best.speaker and not w.NOBODY.match(best.speaker) else None

    def _namesake(self, introduced: Voice, known: Voice) -> bool:
        """Whether the text means another man than the leader of that name: 墨西哥参议长桑切斯."""
        guests = set(self._setting.counterparts)
        same = introduced.speaker == known.speaker
        return (
            same
            and introduced.state in guests
            and not {known.state, introduced.state} <= guests | {self._setting.sender}
        )


def _shared(one: str, other: str) -> int:
    """How many characters two stretches begin with in common."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
