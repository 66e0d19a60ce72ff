"""Officials, organs and sides in Chinese texts: the state behind 俄罗斯国防部, 土方, 州长.

What a head of a sentence says by itself, without the people that the text introduces.
"""

from __future__ import annotations

import re

from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.chinese_heads import listed, trimmed
from talleyrand.attribution.speakers import NARRATOR, OTHER, Setting, Voice, named
from talleyrand.model import Kind
from talleyrand.states import Mention

_RECEIVED = (Kind.MEETING, Kind.CALL)  # where a former head of government is his state's guest


class Organs:
    """Tells whose organ or side heads a sentence of one text."""

    def __init__(self, text: str, setting: Setting, readout: bool) -> None:
        self._text, self._setting, self._readout = text, setting, readout
        self._current: Voice | None = None
        self._about: dict[str, str] | None = None
        self._told = ""

    def described(self, rest: str) -> Voice | None:
        """An official or an organ by its state (俄罗斯国防部23日称), or an outsider (专家表示)."""
        mild = None if self._readout and self._speaking() else w.ORGAN_VERB.search(rest[:40])
        strong = w.STRONG_VERB.search(rest[:60])
        verb = mild if mild and (not strong or mild.start() < strong.start()) else strong
        if not verb:
            return None
        head = rest[: verb.start()]
        head = w.QUOTED_NAME.sub("", w.PUBLISHES.sub("", head) if "，" in head else head)
        if not head or re.search("[，“]", head) or w.NOT_AN_ORGAN.match(head):
            return None
        if w.WATCHES.search(head):
            return None
        if w.DATA.search(head) and not w.BODY.search(head):
            home = [m.iso3 for m in self._named(head)] or [self._setting.sender]
            return Voice(trimmed(head), home[0])
        return self._organ(rest, trimmed(w.HEAD_ENDS.split(head)[0]))

    def _organ(self, rest: str, head: str) -> Voice | None:
        """The state behind an office, a side or an organ."""
        tail = head.rsplit("的", 1)[-1]  # 参与俄乌谈判的俄方代表
        if w.OFFICIAL.search(tail) and (w.SHORT_HEAD.match(tail) or self._named(tail)):
            head = tail
        mentions = self._named(head)
        states = [m.iso3 for m in mentions]
        if short := w.SHORT_HEAD.match(head):
            states.insert(0, w.SHORT[short.group(1)])
        if side := w.SIDE.match(rest):
            abroad = self.side(side.group(1)) or (states[0] if states else None)
            return Voice(side.group(1) + "方", abroad) if abroad else None
        if w.FORMER_HEAD.search(head) and self._setting.kind not in _RECEIVED:
            return Voice(head, OTHER)
        if w.HOME_PEOPLE.match(head) or w.SOMEBODY_IN_CHARGE.fullmatch(head):
            return Voice(head, self._setting.sender)
        if w.OUTSIDER.search(head) and not w.STATIONED.search(head) and not w.AT_HOME.search(head):
            return Voice(head, OTHER)
        if not w.OFFICIAL.search(head):
            return None
        if states:
            return Voice(head, OTHER if listed(head, mentions) else states[0])
        own = self._setting.sender if w.SENDER_ORGANS.search(head) else self._nearby()
        return Voice(head, own) if own else None

    def side(self, short: str) -> str | None:
        """土方 is Türkiye's or Turkmenistan's: the one that this text is about."""
        if short == "中":
            return self._setting.sender
        if self._about is None:
            self._about = {
                self._text[m.start : m.end][:1]: m.iso3
                for m in reversed(self._named(self._text[:1000]))
                if m.how == "name"
            }
        return self._about.get(short[:1])

    def _named(self, words: str) -> list[Mention]:
        return [m for m in named(words, "zh", self._setting.on) if m.how != "topic"]

    def _abroad(self, words: str) -> set[str]:
        return {m.iso3 for m in self._named(words)} - {self._setting.sender}

    def _nearby(self) -> str | None:
        """In news, the one foreign state told of right before: 乌克兰多地遭袭。州长说…."""
        told = self._told.split("\n")[-1]
        abroad = {m.iso3 for m in self._named(told) if m.how in ("name", "leader")}
        alone = len(abroad) == 1 and not self._readout
        return next(iter(abroad)) if alone else None

    def _speaking(self) -> bool:
        return self._current is not None and self._current.state != NARRATOR
