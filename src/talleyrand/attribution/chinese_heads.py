"""What a Chinese text's opening, or the subject before a verb of saying, tells by itself."""

from __future__ import annotations

import re
from itertools import pairwise

from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.sentences import Sentence
from talleyrand.attribution.speakers import Setting
from talleyrand.model import Kind
from talleyrand.states import Mention


def in_own_voice(text: str, units: list[Sentence], setting: Setting) -> bool:
    """A spokesperson's statement rather than news: 中方…, 我们…, and no dateline."""
    if not units or w.NEWS.match(text) or setting.kind in (Kind.MEETING, Kind.CALL):
        return not units
    if setting.kind is Kind.SPEECH:
        return not (w.TOLD.search(text[:600]) or w.NAMED_SAYS.search(text[:600]))
    opening = text[: units[0].end]
    told = setting.kind is Kind.STATEMENT and w.TOLD.search(opening) and w.OWN_HEADS.search(opening)
    if told or w.LEADER_SAYS.search(text[:800]):
        return False
    ours = w.OWN_SIDE if setting.kind is Kind.OTHER else w.FIRST_PERSON
    first = sum(bool(ours.search(text[u.start : u.end])) for u in units)
    if setting.kind in (Kind.STATEMENT, Kind.PRESS_CONFERENCE):
        return not w.READOUT.search(opening) or first * 3 >= len(units)
    told = w.READOUT.search(opening) or w.NAMED_SAYS.search(text.lstrip()[:400])
    return first * 3 >= len(units) and not told


def listed(head: str, mentions: list[Mention]) -> bool:
    """Whether organs of several states speak together: 波兰、捷克政府."""
    return any(
        one.iso3 != two.iso3 and w.LISTED_NEXT.fullmatch(head[one.end : two.start])
        for one, two in pairwise(mentions)
    )


def trimmed(head: str) -> str:
    """The head without the day and the adverbs before the verb."""
    return (
        re.sub(
            r"(?:\d{1,2}月|\d{1,2}日|当天|同一天|日前|今天|近日|连日来|此前|（[^）]*）|在.*|还|再次|则|也|曾|都|均|已"
            r"|相继|纷纷|分别|(?<=..)报道|公布(?:的|了)?(?:最新)?数据)+$",
            "",
            head,
        )
        or head
    )
