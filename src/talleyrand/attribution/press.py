"""Transcripts and press conferences: where each turn begins, and under which label.

Three forms are known: the Chinese ministry's (`问：`, `《某报》记者：`, `毛宁：`), the White
House's (`MS. PSAKI:`, `Q  `) and the Kremlin's, English or Russian (`Vladimir Putin:`,
`В.Путин:`), where a mark may stand in mid-line because the paragraphs were run together. A
mark is a label before a colon, found by walking back from the colon, so that no text costs more
than its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from talleyrand.attribution.sentences import bag
from talleyrand.model import Language


class Turn(NamedTuple):
    """A turn begins at `start` with a label; its words begin at `words`."""

    start: int
    words: int
    label: str


def turns(text: str, language: Language) -> list[Turn]:
    """The turns of a transcript, in order; none if the text is not one."""
    if language == "zh":
        return _chinese(text)
    marks = sorted({*_capitals(text), *_questions(text)} if language == "en" else _initials(text))
    if language == "en" and any(_TITLE_CAPITALS.match(m.label) or m.label == "Q" for m in marks):
        return _without_overlap(marks)
    return _without_overlap([*([] if language == "en" else marks), *_named(text, bool(marks))])


def _without_overlap(marks: list[Turn]) -> list[Turn]:
    kept: list[Turn] = []
    for mark in sorted(marks):
        if not kept or mark.start >= kept[-1].words:
            kept.append(mark)
    return kept


# --- the Chinese ministry --------------------------------------------------------------------

_ZH_LABEL = re.compile(
    r"[ \t\u3000*]*(?:[一二三四五六七八九十]+、)?([^\n：:，。；？“”]{1,32}?)[*]*[：:]"
)
_ZH_ASKS = re.compile(
    r"(?:.{0,28}记者(?:再次|继续)?(?:追?问及?|提问|补充|解释|澄清|说|笑|回答)?(?:（.{1,6}）)?"
    r"|追?问[一二三四五]?|提问|.{0,12}(?:社|报|电视台|广播公司|时报|日报|通讯社|卫视|CNN|BBC|NHK)"
    r"(?:追问|提问)?)$"
)
_ZH_ANNOUNCES = re.compile(r"外交部发言人([\u4e00-\u9fff]{2,4})(?:宣布|应询表示|表示)$")
_ZH_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_ZH_SAYING = re.compile(r"[说是问想要有会的：]|强调|表示|指出|包括|如下|案例|首先|其次")


def _chinese(text: str) -> list[Turn]:
    labels = (m for place in _lines(text) if (m := _ZH_LABEL.match(text, place)))
    found = [Turn(m.start(1), m.end(), m.group(1).strip(" \t\u3000*")) for m in labels]
    seen = Counter(turn.label for turn in found)
    asked = any(is_question(turn.label) for turn in found)
    if not asked and seen["答"] == 0 and not any(_ZH_ANNOUNCES.match(t.label) for t in found):
        return []
    kept: list[Turn] = []
    for turn in found:
        answers = bool(kept) and is_question(kept[-1].label)
        if _is_chinese_label(turn.label, seen, answers):
            kept.append(turn)
    return kept


def _lines(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(m.end() for m in re.finditer("\n", text))]


def _is_chinese_label(label: str, seen: Counter[str], answers: bool) -> bool:
    """A name is a label where it comes again, or right after a question."""
    if label in ("答", "发言人", "外交部发言人") or is_question(label):
        return True
    if _ZH_ANNOUNCES.match(label):
        return True
    named = bool(_ZH_NAME.match(label)) and not _ZH_SAYING.search(label)
    return named and (answers or seen[label] > 1)


# --- the White House -------------------------------------------------------------------------

_TITLES = (
    "MR|MRS|MS|DR|PRESIDENT|VICE|PRIME|CHANCELLOR|KING|QUEEN|SECRETARY|SENATOR|REPRESENTATIVE"
    "|GOVERNOR|MAYOR|AMBASSADOR|ADMINISTRATOR|DIRECTOR|CHAIR|CHAIRMAN|GENERAL|ADMIRAL|LIEUTENANT"
    "|SURGEON|ACTING|DEPUTY|SENIOR|MINISTER|FOREIGN|MODERATOR|OPERATOR|AIDE|PARTICIPANT|AUDIENCE"
    "|THE PRESIDENT|THE VICE|THE FIRST|THE PRIME|REPORTER|INTERPRETER|SPEAKER|WHITE HOUSE|ADVISOR"
    "|ADMINISTRATION|ASSISTANT|CAPTAIN|COACH|SHERIFF|TAOISEACH"
)
_TITLE_CAPITALS = re.compile(rf"(?:{_TITLES})\b\.?")
_CAPITALS = re.compile(
    r"(?:(?<=\n)|^|(?<=[.!?)\]…—”\"]\s)|(?<=[.!?)\]…—”\"]\s\s))[ \t\xa0\\*]*"
    r"([A-ZÀ-Þ][A-ZÀ-Þa-zà-þ.'’\-]*(?:[ \xa0]+(?:[A-ZÀ-Þ0-9&][A-ZÀ-Þa-zà-þ.'’\-]*)){0,6})"
    r"(?:[ \xa0]*\([^)\n]{1,60}\))?[*]*:$"
)
_MARK = re.compile(r":(?=\s)")
_CAPITALS_REACH = 260  # characters before a colon in which a label in capitals begins
_QUESTION = re.compile(r"Q(?:\.|:)?[ \t\xa0]+(?=[^\s])")
_INDENT = " \t\xa0\\*"
_NOT_A_SPEAKER = re.compile(r"(?:TO|SUBJECT|FROM|RE|NOMINATIONS?|WITHDRAWALS?|FACT|CC|NOTE)\b")


def _capitals(text: str) -> Iterator[Turn]:
    """Labels in capitals: `MS. PSAKI:`, `THE PRESIDENT:`, `SENIOR ADMINISTRATION OFFICIAL ONE:`."""
    for mark in _MARK.finditer(text):
        start = max(0, mark.start() - _CAPITALS_REACH)
        if not _may_be_capitals(text[start : mark.start()]):
            continue
        start = max(start, text.rfind("\n", start, mark.start()) + 1)
        match = _CAPITALS.search(text, start, mark.end())
        if not match:
            continue
        label = " ".join(match.group(1).split())
        if _in_capitals(label) and not _NOT_A_SPEAKER.match(label):
            yield Turn(match.start(1), match.end(), label)


def _may_be_capitals(before: str) -> bool:
    """Has the last word two capitals, as `_in_capitals` asks (or does it stand in brackets)?"""
    if before[-1:] in (")", "*"):
        return True
    words = before.rsplit(None, 1)
    return bool(words) and sum(map(str.isupper, words[-1])) > 1


def _in_capitals(label: str) -> bool:
    """MCDONOUGH, McDONOUGH and Mr. KIRBY, but not Iran or I."""
    letters = [c for c in label if c.isalpha()]
    last = label.split()[-1]
    return (
        len(letters) > 2
        and sum(c.isupper() for c in letters) > 0.7 * len(letters)
        and sum(c.isupper() for c in last) > 1
        and bool(_TITLE_CAPITALS.match(label.upper()))
    )


def _questions(text: str) -> Iterator[Turn]:
    for match in _QUESTION.finditer(text):
        start = match.start()
        line = text.rfind("\n", max(0, start - 80), start) + 1
        if not text[line:start].strip(_INDENT) and (line or start < 80):
            yield Turn(start, match.end(), "Q")


# --- the Kremlin -----------------------------------------------------------------------------

_INITIAL = re.compile(
    r"(?<![\w.])((?:(?:Президент|Премьер-министр|Председатель|Министр|Глава"
    r"|Канцлер) [\w -]{1,60} )?[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?)"
    r"(?: [^.:!?\n]{5,110})?(?:\s?\([^)\n]{1,40}\))?\s?:(?=\s)"
)
_SAID_BEFORE = re.compile(r"(?:сказал|говорил|отметил|заявил|спросил|писал|цитиру\w+)\w*\s*$")
_COLON = re.compile(r"\s?(?:\([^)\n]{1,40}\)\s?)?:$")
_COLON_REACH = 46
_WORD = re.compile(r"\S+")
_ROLE = re.compile(
    r"(?:Questions?|Remarks?|Reply|Response|Answer|Moderator|Reporter|Journalist|Correspondent"
    r"|Interviewer|Presenter|Host|Voice|Вопрос|Реплика|Ответ|Ведущ(?:ий|ая)|Корреспондент"
    r"|Журналист|Модератор)$"
)
_TITLED = re.compile(
    r"(?:(?:Acting |Former |First |Deputy |Russian |Vice[ -])*(?:President|Prime Minister|Premier"
    r"|Chancellor|Federal Chancellor|King|Queen|Emir|Crown Prince|Minister|Foreign Minister"
    r"|Defence Minister|Finance Minister|Chairman|Chairperson|Governor|Head|Director|CEO|Member"
    r"|Patriarch|Secretary|Speaker|General Director|Commissioner|Ambassador|Mayor|Sheikh)\b"
    r"|(?:Президент|Премьер|Председатель|Министр|Глава|Король|Эмир|Канцлер|Губернатор)\b)"
)
_VOCATIVE = re.compile(
    r"(?i)(?:Mr|Mrs|Ms|Madam|Your|Dear|Ladies|Excellenc|Distinguished|Friends|Colleagues|Comrades"
    r"|Уважаем|Дорог|Друзья|Коллеги|Господ|Thank|Good|Темы|Thanks)"
)
_SMALL = bag(
    "of the and for de da di du von van der den al el bin ibn ul la le to in at on – - & и по при"
    " в на de’ del dos"
)
_TOOLTIP = re.compile(r"^(.*?\b([^\W\d_]{3,}))\s+\2\b.*$")
_INITIAL_NAME = re.compile(r"[А-ЯЁ]\.[А-ЯЁ]")
_OFFICE_AND_NAME = 3
_MAX_LABEL = 14
_LOOK_BACK = 150


def _initials(text: str) -> Iterator[Turn]:
    """Russian labels with an initial, `В.Путин:`, wherever they stand."""
    for match in _INITIAL.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        tail = text[match.end(1) : match.end() - 1].split("(")[0].split()
        tooltip = not tail or tail[0][:4] == match.group(1).split(".")[-1].strip()[:4]
        if tooltip and not _SAID_BEFORE.search(before):
            yield Turn(match.start(), match.end(), match.group(1))


def _named(text: str, certain: bool) -> list[Turn]:
    """Labels in full, `President of Russia Vladimir Putin:`, and roles, `Question:`.

    A name alone counts when it comes more than once, or when others show that this is a transcript.
    """
    found = [turn for m in _colons(text) if (turn := _label_before(text, m))]
    seen = Counter(t.label.split()[-1] for t in found if _has_words(text, t))
    strong = [t for t in found if _is_strong(t.label, seen)]
    if not strong and not certain:
        return []
    return [t for t in found if t in strong or _may_be_a_name(text, t)]


def _colons(text: str) -> Iterator[re.Match[str]]:
    """Each colon before white space, with an aside in brackets before it."""
    for mark in _MARK.finditer(text):
        found = _COLON.search(text, max(0, mark.start() - _COLON_REACH), mark.end())
        if found:
            yield found


def _has_words(text: str, turn: Turn) -> bool:
    """A heading ends its line with the colon, a turn goes on."""
    return bool(text[turn.words : turn.words + 12].split("\n")[0].strip())


def _may_be_a_name(text: str, turn: Turn) -> bool:
    """In a certain transcript a name comes once: longer with its office where a line begins."""
    at_line = turn.start == 0 or text[turn.start - 1] == "\n"
    return 2 <= len(turn.label.split()) <= (9 if at_line else 4)


def _is_strong(label: str, seen: Counter[str]) -> bool:
    if _ROLE.match(label):
        return True
    words = label.split()
    return len(words) > 1 and (bool(_TITLED.match(label)) or seen[words[-1]] > 1)


def _label_before(text: str, colon: re.Match[str]) -> Turn | None:
    """Walk back from a colon over capitalised words to where a label may begin."""
    floor = max(0, colon.start() - _LOOK_BACK)
    line = max(text.rfind("\n", floor, colon.start()) + 1, floor)
    words: list[tuple[int, str]] = []
    for found in reversed([*_WORD.finditer(text, line, colon.start())][-_MAX_LABEL:]):
        word = found.group()
        if not _may_be_named(word) or (words and word[-1] in '.!?…>»”"*:;)' and len(word) > 2):
            break
        words.append((found.start(), word))
    return _as_turn(text, words[::-1], line, colon)


def _as_turn(
    text: str, words: list[tuple[int, str]], line: int, colon: re.Match[str]
) -> Turn | None:
    while words and (words[0][1].lower() in _SMALL or words[0][1] in ("The", "*", "–")):
        words = words[1:]
    if not words or words[-1][1].lower() in _SMALL or not words[-1][1][0].isupper():
        return None
    start = words[0][0]
    label = " ".join(word for _, word in words)
    before = text[line:start].rstrip()
    free = not before or before[-1] in '.!?…>»”"*)]'
    if not (free or (_TITLED.match(label) and len(words) > _OFFICE_AND_NAME)):
        return None
    if _VOCATIVE.match(label) or _INITIAL_NAME.match(words[-1][1]):
        return None
    if len(words) == 1 and not _ROLE.match(label):
        return None
    if text[colon.end() : colon.end() + 2].strip()[:1] in ("“", '"', "«") and not _ROLE.match(
        label
    ):
        return None
    return Turn(start, colon.end(), tidy(label))


def _may_be_named(word: str) -> bool:
    bare = word.strip("(),“”\"'[]")
    return bool(bare) and (bare[0].isupper() or bare.lower() in _SMALL) and word[-1] != ","


def tidy(label: str) -> str:
    """Without the tooltip that the Kremlin's pages repeat after a name."""
    found = _TOOLTIP.match(label)
    return found.group(1) if found else label


# --- who is asking ---------------------------------------------------------------------------

_EN_ASKS = re.compile(
    r"(?i)(?:Q|questions?|remarks?|reporter|journalist|correspondent|interviewer|presenter|host"
    r"|moderator|voice|(?:audience|participant).*|.*\b(?:anchor|correspondent|journalist"
    r"|news agency|tv host|editor-in-chief|observer|moderator|newspaper)\b.*)$"
)
_RU_ASKS = re.compile(r"(?:Вопрос|Реплика|Корреспондент|Журналист|Ведущ|Модератор)")


def is_question(label: str) -> bool:
    """Whether a label is a journalist's (or anybody else's who asks)."""
    if label.isupper() and label in ("MODERATOR",):
        return False
    return bool(_ZH_ASKS.match(label) or _EN_ASKS.match(label) or _RU_ASKS.match(label))
