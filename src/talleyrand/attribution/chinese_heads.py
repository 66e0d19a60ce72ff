"""What a Chinese text's opening, or the subject before a verb of saying, tells by itself."""

from __future__ import annotations

import re
from itertools import pairwise

from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.chinese_cast import Cast
from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import BOTH, NARRATOR, Setting, Voice, says
from talleyrand.model import Kind, Passage
from talleyrand.states import Mention


def in_own_voice(text: str, units: list[Sentence], setting: Setting) -> bool:
    """A spokesperson's statement rather than news: 中方…, 我们…, and no dateline."""
    if not units or w.NEWS.match(text) or setting.kind in (Kind.MEETING, Kind.CALL):
        return not units
    if setting.kind is Kind.SPEECH:
        return not (w.TOLD.search(text[:600]) or w.NAMED_SAYS.search(text[:600]))
    opening = text[: units[0].end]
    told = setting.kind is Kind.STATEMENT and w.TOLD.search(opening) and w.OWN_HEADS.search(opening)
    ours = w.OWN_SIDE if setting.kind is Kind.OTHER else w.FIRST_PERSON
    plain = [text[u.start : u.end] for u in units]
    mostly = sum(bool(ours.search(s)) for s in plain if "我" in s or "中方" in s) * 3 >= len(units)
    official = setting.kind in (Kind.STATEMENT, Kind.PRESS_CONFERENCE)
    if told or not (mostly or official) or w.LEADER_SAYS.search(text[:800]):
        return False
    if setting.kind is Kind.STATEMENT and len(w.NAMED_SAYS.findall(text)) * 3 > len(units):
        return False
    if official:
        return mostly or not w.READOUT.search(opening)
    return not (w.READOUT.search(opening) or w.NAMED_SAYS.search(text.lstrip()[:400]))


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


def issued_by(told: str) -> str:
    """Who issues a document in the sentence before: 教师联盟 in 教师联盟19日发布声明称."""
    sentence = told.rstrip("。\n ").split("。")[-1].split("\n")[-1]
    clauses = [c for c in sentence.split("，") if w.ISSUES.search(c)]
    return w.ISSUES.split(clauses[-1])[0] if clauses else sentence


def joint(text: str, setting: Setting) -> list[Passage]:
    """A joint statement, or news of one: both's words, but who issued it and who explains it."""
    both, narrator = Voice("joint statement", BOTH), Voice("", NARRATOR)
    cast, found, explains = Cast(text, setting), [], None
    for unit in sentences(text, "zh"):
        words = text[unit.start : unit.end]
        if unit.opens:
            explains = None
        said = w.EXPLAINS.match(words)
        if said:
            explains = cast.at_head(words) or Voice(said[1], setting.sender)
        issued = w.PUBLISHED.search(words)
        found.append(says(unit.start, unit.end, narrator if issued else explains or both))
    return found
