"""Foreign officials quoted inside a Chinese spokesperson's answer."""

from __future__ import annotations

from talleyrand.attribution import chinese_words as w
from talleyrand.attribution.chinese import Reader
from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import BOTH, OTHER, Setting, Voice, says
from talleyrand.model import Passage


def quoted_officials(text: str, start: int, end: int, setting: Setting) -> list[Passage]:
    """Inside an answer, the sentences that only report what a foreign official says.

    A sentence that goes on to judge the claim (这完全是…, 我们…) stays the spokesperson's.
    """
    reader = Reader(text[max(0, start - 600) : end], [Sentence(0, 0, True)], setting)
    found: list[Passage] = []
    quoted = None
    for unit in sentences(text[start:end], "zh"):
        words = text[start + unit.start : start + unit.end]
        quoted = _quoted(words, reader, setting) or (
            quoted if quoted and not unit.opens and _goes_on(words, quoted, reader) else None
        )
        if quoted:
            found.append(says(start + unit.start, start + unit.end, quoted))
    return found


def _goes_on(words: str, quoted: Voice, reader: Reader) -> bool:
    """Whether a sentence stays with the one just quoted: 沙方愿…, 他还说…, 双方还将…."""
    if quoted.state == BOTH:
        return bool(w.BOTH_GO_ON.match(words))
    side = w.SIDE_GOES_ON.match(words)
    if side and reader.side(side[1]) == quoted.state:
        return True
    if w.JUDGED.search(words) and words[1:2] != "方":
        return False
    return words[:1] == quoted.speaker[:1] or bool(w.SPEECH_OPENS.match(words))


def _quoted(words: str, reader: Reader, setting: Setting) -> Voice | None:
    if w.AGREED.match(words) and not w.JUDGED.search(words):
        return Voice("双方", BOTH)
    if guest := w.GUEST_SIDE.match(words):
        state = reader.side(guest.group(1))
        if state and state != setting.sender and not w.JUDGED.search(words):
            return Voice(guest.group(1) + "方", state)
    claim = w.CLAIMS.match(words) or w.SIDE_CLAIMS.match(words)
    if not claim or w.JUDGED.search(words, claim.start("who")):
        return None
    who = words[claim.start("who") :]
    voice = reader.described(who) or reader.person(who)
    return voice if voice and voice.state not in (setting.sender, OTHER) else None
