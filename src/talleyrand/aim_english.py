"""The part a state plays in an English sentence: who acts, whom it is done to, who is beside.

Victims and bystanders are not actors: a people and its land, plural nationals ("the Ukrainians")
of whom no act is told, and offices that judge or report ("Ukraine's Prosecutor General").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from talleyrand.states import Mention

Role = Literal["actor", "object", "beside"]

_BEFORE = 48
_GOVERNED = re.compile(  # at the end of a word: well-armed
    r"\b(of|in|to|for|with|against|between|among|from|on|towards?|about|over|at|by|near|into|within"
    r"|across|behind|around|kill(?:s|ed|ing)?|deport(?:s|ed|ing)?|shell(?:s|ed|ing)?"
    r"|bomb(?:s|ed|ing)?|occup(?:y|ies|ied|ying)|annex(?:es|ed|ing)?|destroy(?:s|ed|ing)?"
    r"|terrori[sz](?:es|ed|ing)?|target(?:s|ed|ing)|punish(?:es|ed|ing)?|support(?:s|ed|ing)?|help(?:s|ed|ing)?|defend(?:s|ed|ing)?"
    r"|assist(?:s|ed|ing)?|arm(?:s|ed|ing)?|attack(?:s|ed|ing)?|invad(?:es|ed|ing)|visit(?:s|ed|ing)?"
    r"|including|alongside|threaten(?:s|ed|ing)?|give|giving|provid(?:e|es|ed|ing)|regarding)$",
    re.I,
)
_BETWEEN = re.compile(  # a governing word and the name
    r"(?:the|a|an|its|their|our|his|all|entire|whole|sovereign|neighbou?ring|people|peoples"
    r"|government|state|republic|of|both)$",
    re.I,
)
_MOST_BETWEEN = 4
_VICTIM = re.compile(
    r"(?:n|n’s|['’]s)?\s+(?:people|peoples|territor\w+|sovereign\w*|independen\w+|cit(?:y|ies)"
    r"|civilians?|children|grain|infrastructure|soil|lives|cultur\w+|nation|refugees|women"
    r"|defenders|land|border|borders|ports|victims|crisis|conflict|question|issue)\b",
    re.I,
)
_OFFICE = re.compile(
    r"(?:['’]s)?\s+(?:prosecutors?|officials?|counterparts?|authorit(?:y|ies)|partners|colleagues"
    r"|presidents?|prime minister|foreign minister|leaders?|leadership|delegation|diplomats?"
    r"|ambassadors?|courts?|investigators|law enforcement|parliament|government|side)\b",
    re.I,
)
_JUDGE = re.compile(
    r"(?:['’]s)?\s+(?:(?:chief|general)\s+)?(?:prosecutors?|courts?|investigators?|law enforcement"
    r"|first responders|rescuers|journalists?|doctors|soldiers were|partners)\b",
    re.I,
)
_SPEAKS = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+){0,3}?(?:officials?|authorities|government|prosecutors?)\s+"
    r"(?:say|says|said|told|report|reports|reported|estimate[sd]?|confirmed|have said)\b",
    re.I,
)
_ACTS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:continu|attack|shell|bomb|launch|inva|use[sd]?\b|using|violat|refus|claim"
    r"|tri(?:ed|es)|try|want|kn[eo]w|did\b|do\b|must|should|need to|can\b|could|keep|fir(?:e|ing)\b"
    r"|have (?!been|died|suffered|lost|fled|the right)"
    r"|are (?:using|trying|doing|shelling|attacking|continuing|still|going))",
    re.I,
)
_OBJECT = {"against", "on", "toward", "towards", "to", "at"}
_OWNED = {"of", "about", "over", "by", "from", "with", "to", "on", "against", "regarding"}


def role(text: str, mention: Mention) -> Role:
    """What a state named in English does in its sentence, read off the words around it."""
    if _is_bystander(text, mention):
        return "beside"
    word = _governing(text[max(0, mention.start - _BEFORE) : mention.start])
    if not word:
        return "actor"
    owns = text[mention.end : mention.end + 2] in ("'s", "’s", "s’")
    owned = word in _OWNED and (owns or mention.how == "adjective")
    if owned and not (_OFFICE.match(text, mention.end) or _is_people(text, mention)):
        return "actor"
    if word in ("by", "from"):
        return "actor"
    return "object" if word in _OBJECT else "beside"


def _governing(before: str) -> str:
    """The first word before a name from which only such words lead to it as stand in between."""
    found = ""
    if before[-1:].isspace():
        for count, word in enumerate(reversed(before.rsplit(None, _MOST_BETWEEN + 1))):
            governing, between = _part(word)
            found = governing or found
            if not between or count == _MOST_BETWEEN:
                break
    return found


@lru_cache(maxsize=4096)
def _part(word: str) -> tuple[str, bool]:
    """The governing word that a word ends in, and whether it may stand between."""
    governing = _GOVERNED.search(word)
    return governing[1].lower() if governing else "", bool(_BETWEEN.match(word))


def _is_bystander(text: str, mention: Mention) -> bool:
    """A people, its land, its judges, or nationals of whom no act is told: the Ukrainians."""
    end = mention.end
    if not text[end : end + 1].isspace() and text[end : end + 1] not in "'’nN":
        return _is_people(text, mention)
    if _VICTIM.match(text, end, end + 40) or _JUDGE.match(text, end, end + 60):
        return True
    if _SPEAKS.match(text, end, end + 80):
        return True
    return _is_people(text, mention) and not _ACTS.match(text, end, end + 60)


def _is_people(text: str, mention: Mention) -> bool:
    """A word for nationals in the plural: Ukrainians, Americans."""
    return mention.how == "adjective" and text[mention.end - 1] == "s"
