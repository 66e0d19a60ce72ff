"""English read-outs and statements, sentence by sentence.

The subject of the first verb of saying decides: "The President underscored", "Both leaders agreed",
"President Xi said". A verb of doing (met, visited, signed) makes a frame sentence. The subject is
found by walking back from the verb, so that a long sentence costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from talleyrand.attribution import english_words as w
from talleyrand.attribution.english_cast import Cast
from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    Setting,
    Voice,
    own_voice,
    says,
)
from talleyrand.model import Kind, Passage

_FRAME = 3  # sentences in which a joint statement may say who met


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "en")
    release = setting.sender == "USA" and setting.kind is Kind.OTHER
    if release and w.APPOINTS.search(text, 0, w.OPENS):
        return [says(unit.start, unit.end, Voice("", NARRATOR)) for unit in units]
    if _in_own_voice(text, units, setting):
        return _statement(text, units, setting)
    cast = Cast(text, setting)
    found: list[Passage] = []
    current: Voice | None = None
    person = quoting = announced = None
    for unit in units:
        words = " ".join(text[unit.start : unit.end].split())
        voice = quoting or reported(words, cast, person)
        if voice is None and announced and words[0] in '“"':
            voice = announced
        if voice is None:
            voice = _goes_on(words, current, cast, opens=unit.opens)
        quoting = _quotes(words, quoting, voice if found else None, announced)
        if w.SAID_LAST.search(words) and not w.QUOTED.search(words):
            _hand_back(found, unit, voice, text)
        who = cast.frame or (voice if voice.state != NARRATOR else None)
        announced = (who or person) if words.endswith(":") else None
        if who and who.state not in (BOTH, NARRATOR):
            person = who
        elif teller := _stated_by(words, cast):
            person = teller
            _hand_back(found, unit, teller, text)
            found.append(says(unit.start, unit.end, Voice("", NARRATOR)))
            cast.frame, current = None, teller
            continue
        cast.frame = None
        current = voice
        found.append(says(unit.start, unit.end, voice))
    return found


def joint(text: str, setting: Setting) -> list[Passage]:
    """A joint statement: both's words, but for sentences that report one side by name."""
    cast = Cast(text, setting)
    both = Voice("joint statement", BOTH)
    found, person = [], None
    for number, unit in enumerate(sentences(text, "en")):
        words = " ".join(text[unit.start : unit.end].split())
        voice = None
        tells = w.REPORTS.search(words) or number < _FRAME or _one_side(words)
        if tells and not w.FIRST_PERSON.search(w.QUOTED.sub(" ", words)):
            voice = reported(words, cast, person)
        if voice and voice.state == NARRATOR and not (number < _FRAME and w.MET.search(words)):
            voice = None
        if voice and voice.state not in (BOTH, NARRATOR):
            person = voice
        found.append(says(unit.start, unit.end, voice or both))
    return found


def reported(words: str, cast: Cast, last: Voice | None) -> Voice | None:
    """Whose words a sentence reports, if it says so: narrator for a frame sentence."""
    words = w.SUFFIX.sub("", w.QUOTED.sub('""', words))
    after = w.AFTER_QUOTE.search(words) if '"' in words or "”" in words else None
    if after:
        subject = _subject_after(words, after.end())
        return cast.voice(subject, last) or last
    if inverted := w.INVERTED.search(words):
        return cast.voice(_subject_after(words, inverted.end()), last) or last
    if w.READS.fullmatch(words):
        cast.frame = cast.voice("the message", last)
        return Voice("", NARRATOR)
    if w.HIS_VIEW.match(words) or w.HIS_ACCOUNT.search(words, 0, w.EARLY):
        return cast.voice("he", last)
    reading = w.NAMED_VIEW.match(words) or w.ACCORDING.search(words, 0, 40)
    if reading:
        subject = _subject_after(words, reading.end())
        if subject and (voice := cast.voice(subject, last)):
            return voice
    clause = w.SUBORDINATE.match(words)
    for verb in w.VERB.finditer(words, 0, w.REACH):
        if clause and verb["doing"] and verb.end() < clause.end():
            continue
        nearest = subject_before(words, verb.start()) or _carried_on(words, verb.start())
        voice = cast.voice(nearest, last) if nearest else None
        if voice is None or nearest is None or nearest.endswith(("’s", "'s", "s’")):
            continue  # Russia's continued war
        if verb["doing"] and (w.DOCUMENT.match(nearest) or cast.declares(words, verb)):
            continue
        if verb["doing"]:
            cast.frame = voice
            return _purpose(words, verb, voice, cast) or Voice("", NARRATOR)
        if " and " in nearest and verb.group().split()[0] in w.TOGETHER and cast.foreign:
            return Voice(nearest, BOTH)
        return voice
    return None


def _purpose(words: str, verb: re.Match[str], voice: Voice, cast: Cast) -> Voice | None:
    """`X spoke with Y to thank him` is in X's mouth, `to discuss their support` in both's."""
    if w.GREETING.match(words, verb.start()):
        return voice
    purpose = w.PURPOSE.search(words, verb.end(), w.REACH)
    if not purpose or verb.group() not in ("spoke", "met", "talked"):
        return None
    if not purpose["together"]:
        return voice
    return Voice("the parties", BOTH) if cast.foreign and verb.group() == "spoke" else None


def _stated_by(words: str, cast: Cast) -> Voice | None:
    """`This was stated by X in an interview`: who the sentences around it are told after."""
    by = w.STATED_BY.search(words) if " was " in words else None
    return cast.voice(_subject_after(words, by.end()), None) if by else None


def _quotes(
    words: str, quoting: Voice | None, voice: Voice | None, announced: Voice | None
) -> Voice | None:
    """Who is quoted on in the next sentence: a quotation opened here or before, and not closed."""
    opens = words[:1] in ("“", '"')
    if any(mark in words[opens:] for mark in '”"') or not (quoting or opens):
        return None
    if quoting:
        return quoting
    speaker = announced or voice
    return speaker if speaker and speaker.state not in (BOTH, NARRATOR) else None


def _hand_back(found: list[Passage], unit: Sentence, voice: Voice, text: str) -> None:
    """What stands before ", the President stressed" in a paragraph is his too."""
    place = unit.start
    for index in range(len(found) - 1, -1, -1):
        piece = found[index]
        if piece.state != NARRATOR or "\n" in text[piece.end : place] or piece.speaker:
            return
        place = piece.start
        if not w.VERB.search(text, piece.start, piece.end):
            found[index] = says(piece.start, piece.end, voice)


def _goes_on(words: str, current: Voice | None, cast: Cast, *, opens: bool) -> Voice:
    """A sentence without a speaker of its own."""
    if w.TALKED.search(words):
        return Voice("the parties", BOTH) if cast.foreign else Voice("", NARRATOR)
    speaking = current is not None and current.state != NARRATOR
    if w.IN_PERSON.match(words) and not speaking:
        return cast.own
    if w.TRAVELLED.search(words, 0, w.EARLY) and not w.FIRST_PERSON.search(words):
        return Voice("", NARRATOR)
    if current and speaking and (not opens or words[0] in '“"' or w.FIRST_PERSON.search(words)):
        return current
    return Voice("", NARRATOR) if cast.told.search(words) else cast.unsaid


def subject_before(words: str, verb: int) -> str | None:
    """The subject that ends before a verb: a plural noun, a pronoun or a capitalised name."""
    before = _strip_adverbs(words[max(0, verb - 260) : verb].rstrip())
    if before.endswith(","):
        comma = before.rfind(",", 0, len(before) - 1)
        appositive = before[comma + 1 : -1]
        if comma < 0 or len(appositive) > 200:
            return None
        before = _strip_adverbs(before[:comma])
    for pattern in (w.OWN_END, w.PLURAL_END, w.SIDE_END):
        if plural := pattern.search(before):
            return plural.group().strip()
    return _capitalised_end(before)


def _one_side(words: str) -> bool:
    """In a joint statement: does one state do something, rather than a group or both?"""
    verb = w.ONE_SIDE.search(words, 0, w.REACH)
    return verb is not None and not w.GROUP.search(words[: verb.start()].rstrip())


def _carried_on(words: str, verb: int) -> str | None:
    """The person a sentence begins with, where he does a second thing: "phoned X and expressed"."""
    before = _strip_adverbs(words[:verb].rstrip())
    subject = _subject_after(words, 0) if before.endswith(" and") else ""
    return subject if w.TITLED.search(subject) and " and " not in subject else None


def _strip_adverbs(before: str) -> str:
    words = before.split(" ")
    while (
        words
        and (words[-1].lower() in w.ADVERBS or words[-1].endswith("ly"))
        and words[-1] != "Both"
        and (len(words) < 2 or not words[-1][0].isupper())
    ):
        words.pop()
    return " ".join(words)


def _capitalised_end(before: str) -> str | None:
    """The longest run of capitalised words and links that ends here."""
    words = before.split(" ")
    kept: list[str] = []
    for word in reversed(words):
        bare = word.strip('()"“”')
        named = bare and (bare[0].isupper() or bare.lower() in w.LINKS or w.ARTICLED.match(bare))
        if not named or word[-1] in ",;:":
            break
        if kept and word[-1] == "." and len(word) > 4:
            break
        kept.append(bare)
    kept.reverse()
    while kept and kept[0].lower() in w.LINKS and kept[0].lower() != "the":
        kept.pop(0)
    if not kept or not any(w[0].isupper() for w in kept) or kept[-1].lower() in w.LINKS:
        if kept[-1:] and kept[-1].lower() in ("he", "she", "they"):
            return kept[-1]
        return words[-1] if words[-1].lower() in ("he", "she", "they") else _lower_noun(before)
    return " ".join(kept)


def _lower_noun(before: str) -> str | None:
    if national := w.NATIONAL.search(before):
        return f"The {national[1]} {national[2].title()}"
    found = w.LOWER_NOUN.search(before)
    if not found:
        return None
    noun = found.group()
    return "The President" if noun.endswith(("president", "state")) else noun.split(" of ")[0]


def _subject_after(words: str, start: int) -> str:
    found = w.CHUNK.match(words, start) or w.CHUNK.match(words, start + 4)
    if found:
        return found.group().split(",")[0]
    return "he" if words[start : start + 3] in ("he ", "she") else ""


def _in_own_voice(text: str, units: list[Sentence], setting: Setting) -> bool:
    """Whether the state speaks in its own name here, rather than reporting who said what."""
    if not units:
        return False
    if setting.kind in (Kind.MEETING, Kind.CALL):
        return bool(w.I_MET.search(text[: units[min(2, len(units) - 1)].end]))
    plain = [w.QUOTED.sub(" ", " ".join(text[u.start : u.end].split())) for u in units[:80]]
    share = sum(bool(w.FIRST_PERSON.search(s)) for s in plain) / len(plain)
    if share >= w.MOSTLY:
        return True
    opening = any(_opens_as_news(sentence) for sentence in plain[:2])
    return not opening and (share >= w.ENOUGH or setting.sender == "USA")


def _opens_as_news(sentence: str) -> bool:
    """President X met Y: somebody else than "we" does something."""
    for verb in w.OPENING.finditer(sentence[: w.REACH]):
        subject = subject_before(sentence, verb.start())
        if subject and subject not in ("I", "We", "we"):
            return True
    return bool(w.STATED.search(sentence))


def _statement(text: str, units: Iterable[Sentence], setting: Setting) -> list[Passage]:
    """The sender's words, but for what "the leaders" will do together."""
    own, both = own_voice(setting, "en"), Voice("the leaders", BOTH)
    return [
        says(u.start, u.end, both if w.LEADERS.match(text, u.start, u.end) else own) for u in units
    ]
