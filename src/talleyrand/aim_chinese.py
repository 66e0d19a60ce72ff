"""Towards whom a Chinese sentence is aimed: what a short name stands for, and who acts.

乌方 is Ukraine's, or Uzbekistan's in a text about Uzbekistan. A state acts unless a preposition or
a verb right before it makes it the object of a reaction or a bystander, or a noun right after it
makes it a thing (中美关系); states in a list play the same part.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from talleyrand import states

Role = Literal["actor", "object", "beside"]

_SHORT = 2  # characters: 乌方, 中巴
LISTED = ("、", "和", "及", "以及")
_BESIDE = re.compile(
    "(?:同|与|和|跟|给|为|替|在|从|于|涉|帮助|支持|援助|声援|捍卫|保卫|前往|访问|赴|驻|侵略|入侵|攻打|干涉|滥杀|包括|除|及|离间|挑拨|打压|遏制|围堵)(?:整个|了)?$"
)
_OBJECT = re.compile("(?:对|向|针对|就|谴责|敦促|奉劝|要求|正告|警告|反对|制裁|抗议)(?:了)?$")
_BY = re.compile("(?:被|遭到?|受到?|由)$")
_THING = re.compile(
    "(?:问题|危机|局势|战场|战争|冲突|半岛|事务|威胁论|战事|战局|关系|两国|人民|民众|百姓|各界|主权|领土|独立|难民|平民|在内)"
)


def role(text: str, mention: states.Mention) -> Role:
    """The part a state plays, from the few characters around its name."""
    before = text[max(0, mention.start - 6) : mention.start]
    after = text[mention.end : mention.end + 4]
    if _THING.match(after):
        return "beside"
    if _OBJECT.search(before):
        return "object"
    if _BESIDE.search(before) and not _BY.search(before):
        return "beside"
    return "actor"


def sides_meant(text: str, found: list[states.Mention]) -> list[states.Mention]:
    """乌方 and 中巴 read as the state of this text: Uzbekistan's or Brazil's where it is named."""
    if all(m.how != "abbreviation" for m in found):
        return found
    whole = Counter((text[m.start], m.iso3) for m in found if m.how == "name")
    here = {iso3 for _, iso3 in whole}
    initials = {c for c, _ in whole}
    meant: list[states.Mention] = []
    for m in found:
        if m.how != "abbreviation" or m.iso3 in here or m.end - m.start > _SHORT:
            meant.append(m)
            continue
        short = text[m.start : m.end].strip("中方")
        if short not in initials:
            meant.append(m)
            continue
        others = Counter({state: n for (c, state), n in whole.items() if c == short})
        meant.append(m._replace(iso3=others.most_common(1)[0][0]))
    return meant
