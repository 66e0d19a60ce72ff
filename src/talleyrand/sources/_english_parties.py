"""Whom an English title or sentence says was met: noun phrases, and what is no state's party.

The other side stands in the phrase after "with" or "between", up to what tells of the occasion
or the subject; where there is no such phrase, before that point of the sentence.
"""

from __future__ import annotations

import re

# What ends the phrase that names the other side: clauses, occasions, subjects, other verbs.
_END = (
    r"\b(?:[Ww]h(?:o|ich|ose|om|ere|en|ile)|that|[Dd]ue [Tt]o|[Ff]ollow(?:ing|ed)|[Aa]fter|[Aa]mid"
    r"|[Bb]efore|[Aa]head [Oo]f|[Dd]uring|[Bb]ecause|[Ss]ince|[Aa]bout|[Rr]egarding|[Cc]oncerning"
    r"|[Ii]n [Rr]esponse|[Ii]n [Aa]dvance|[Aa]gainst|[Ss]anctions?|over (?!the (?:tele)?phone)|if"
    r"|under|[Dd]edicated|[Ff]ocus\w*|responsible"
    r"|to (?!(?:the |Her |His )?[A-Z]|participate|take part)|[Tt]o (?:Discuss|Drive|Coordinate"
    r"|Commemorate|Mark|Celebrate|Address|Advance)"
    r"|said|called (?:for|on)|thanked|told|informed|noted|reaffirm\w*|condemn\w*|express\w*"
    r"|discuss(?:es|ed|ing)?|stress\w*|emphasi[sz]\w*|convey\w*|adopted|announced|coordinat\w+"
    r"|support\w*|warn\w*|outlined|exchanged|reported|asked)\b|(?<!Readout)(?<!Statement):"
)
_ABOUT = (  # "on" and what follows, but for the day, the place and the means
    r"[Oo]n (?!(?:the )?(?:[Mm]argins|[Ss]idelines|eve\b|behalf|phone|telephone|line\b|initiative"
    r"|occasion|\d|\w+day\b|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_STOP = re.compile(rf"{_END}|\b{_ABOUT}")
_STOP_BEFORE = re.compile(
    rf"{_END}|(?:[Mm]eetings?|[Tt]alks|[Cc]alls?|[Cc]onversations?|[Dd]iscussions?|[Ss]ession|[Ee]vent"
    rf"|[Bb]riefing|[Rr]oundtable|[Gg]roup) {_ABOUT}"
)
_WITH = re.compile(r"\b(?:[Ww]ith|[Bb]etween)\b")
_NO_PARTNER = re.compile(
    r"\b(?:[Cc]ooperat\w+|relations?|ties|[Ss]olidarity|connection|accordance|line|deal\w*|war"
    r"|[Bb]orders?|trade|partnership|agreements?|treat\w+|contracts?|begin|began|familiar\w*|jointly"
    r"|problems?|issues?|interact\w*|friendship|consistent|dialogue) $"
)
_TO_LEADER = re.compile(
    r" (?:the )?(?:[A-Z][\w.]+ ){0,3}(?:President|Prime Minister|Chancellor|King)\b"
)
_EARLIER = re.compile(r"^(?:Before|Ahead of)\b[^,]{0,200}, ")
_ADJUNCT = re.compile(
    r"^(?:During|Following|After|As part of|In|On|At|Before|Ahead of|Within|Under|Due to|Amid)\b"
    r"(?![^,]{0,200}\b(?:meeting|talks|visit|negotiations|conversation)\b)[^,]{0,200}, "
)
# Private persons and societies: neither they nor their origin are the state.
_PRIVATE = re.compile(
    r"\b(?:famil(?:y|ies)|relatives|widows?|parents|survivors|victims|service ?members|troops"
    r"|soldiers|veterans|activists?|advocates|defenders|journalists?|reporters|students|community"
    r"|communities|diaspora|Americans?|dissidents?|opposition|refugees|evacuees|displaced"
    r"|businessm[ae]n|entrepreneurs|companies|investors|athletes|players|artists|actors?|writers?"
    r"|scholars|experts|compatriots|prisoners|hostages|detainees)\b",
    re.IGNORECASE,
)
_OPPOSED = re.compile(
    r"^(?!.*\bMinister\b).*\b(?:opposition|dissidents?|activists?|journalists?)\b", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:President|Prime|Premier|Chancellor|King|Queen|Emir|Amir|Sultan|Prince|Princess|Taoiseach"
    r"|Minist\w+|Secretar\w+|Ambassadors?|Advis[eo]rs?|Speakers?|Chair\w*|Director|Governor|Official"
    r"|officials|delegation|leaders?|heads?|counterparts?|Envoy|Pope|Patriarch|General|Member)\b",
    re.IGNORECASE,
)
_PRIVATE_AFTER = re.compile(
    r"^(?:[-‑–]| )Americans?\b"
    r"|^(?:['’]s?)? (?:[\w-]+ ){0,2}?(?:war criminals?|activists?|journalists?|opposition"
    r"|dissidents?|famil(?:y|ies)|community|diaspora|students|scholars|universit(?:y|ies)|troops"
    r"|service ?members|soldiers|citizens|refugees|business(?:es|men)?|companies|investors"
    r"|industr(?:y|ies|ialists)|lawyers?|authors?|writers?|actors?|actress(?:es)?|artists?|TV"
    r"|newspapers?|women leaders"
    r"|Chamber of Commerce|World Congress|Association of|pro-democracy|democratic forces"
    r"|hostages?|prisons?|evacuees|Jewry|Institute|Orchestra|Foundation)\b",
    re.IGNORECASE,
)
_DEED_AFTER = re.compile(
    r"^(?:['’]s?)? (?:(?!Defen[cs]e|Armed|Air)[\w-]+ )?(?:war(?! cabinet)|invasion|aggression"
    r"|attacks?|forces|occup\w+|missiles?|ICBM"
    r"|strikes?|crisis|sanctions|threats?|shelling|bomb\w*|earthquake|assets)\b",
    re.IGNORECASE,
)
_DEED_BEFORE = re.compile(
    r"\b(?:against|sanctions (?:on|against)|war (?:in|on)|invasion of|attacks? (?:on|in)"
    r"|(?:situation|crisis|conflict|events|developments|settlement|war|hostages) in"
    r"|(?:famil(?:y|ies)|refugees|evacuees|withdrawal|citizens) (?:of|from)) (?:the )?$",
    re.IGNORECASE,
)


_GROUP = re.compile(r"\b(?:Leaders|Allies|Ambassadors|Advis[eo]rs|Counterparts|Ministers)\b")
_FORMER = re.compile(r"\b[Ff]ormer (?!Yugoslav)(?:\w+ ){0,3}(?:of )?(?:the )?$")


def partners(words: str) -> list[str]:
    """The phrases after "with" and "between", each cut where it ends."""
    found = []
    for match in _WITH.finditer(words):
        before = words[max(0, match.start() - 30) : match.start()]
        if _TO_LEADER.match(words, match.end()) or not _NO_PARTNER.search(before):
            found.append(_until(_STOP, words[match.end() :]))
    return found


def partners_of_main_clause(words: str) -> list[str]:
    """The same, but not of what was told, discussed or done after the first verb."""
    return partners(_until(_STOP, _EARLIER.sub("", words, count=1)))


def before_partners(words: str) -> str:
    """The sentence up to its partners and its subject matter, without what led up to it."""
    found = _WITH.search(words)
    return _until(_STOP_BEFORE, _ADJUNCT.sub("", words[: found.start()] if found else words, 1))


def names_private_persons(phrase: str) -> bool:
    """Does a phrase name people in no office, so that no state was met?"""
    private = _PRIVATE.search(phrase) and not _OFFICE.search(phrase)
    return bool(private or _OPPOSED.search(phrase))


def names_group(phrase: str) -> bool:
    """Does a phrase name a group of states' people, whose states are told elsewhere?"""
    return bool(_GROUP.search(phrase))


def is_no_party(words: str, start: int, end: int) -> bool:
    """Is the state at these offsets only whose people or deeds are spoken of?"""
    before, after = words[max(0, start - 40) : start], words[end : end + 60]
    return bool(
        _PRIVATE_AFTER.search(after)
        or _DEED_AFTER.search(after)
        or _DEED_BEFORE.search(before)
        or _FORMER.search(before)
    )


def _until(stop: re.Pattern[str], words: str) -> str:
    found = next((m for m in stop.finditer(words) if m.start() > 1), None)
    return words[: found.start()] if found else words
