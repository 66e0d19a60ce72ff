"""What a quotation changed: the kind of each change, told from the words on both sides.

Kinds and whether they distort: inside quotation marks the words should be the speaker's own, so
any unmarked change distorts. Outside marks only a change of what is said does: a number, a date,
a state, a negation, the strength of a promise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from talleyrand.model import Language
from talleyrand.quoting import wordlists as lists
from talleyrand.quoting.align import Part
from talleyrand.quoting.units import Token, weigh

OF_SENSE = frozenset({
    "number changed", "date changed", "state changed", "negation dropped", "negation added",
    "modal strengthened", "modal weakened",
})  # fmt: skip
OF_WORDING = frozenset({
    "reworded", "tense changed", "words left out", "words added", "order changed", "merged",
})  # fmt: skip
OPEN = frozenset({"ellipsis", "bracketed insert", "cut at the start", "cut at the end", "partial"})
_ELLIPSIS = re.compile(r"\.\.\.|…|\. \. \.|\[\s*\]")
_BRACKETS = re.compile(r"[\[［【][^\]］】]*[\]］】]|[（(][^()（）]{1,60}[)）]")
_TENSED = re.compile(r"(?:л|ла|ло|ли|ет|ит|ут|ют|ат|ят|ем|им|ть)(?:ся|сь)?$")
_VERBAL = re.compile(r"(?:ed|es|s|ing)$")
_PARTIAL = 5  # words, at most, of a quotation that takes a few words out of a sentence

Named = Sequence[tuple[int, int, str]]  # start, end and ISO3 of the states a text names


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, the words of the statement and those of the coverage."""

    kind: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts that are compared, and the states each names."""

    unit_text: str
    unit: Sequence[Token]
    own_text: str
    own: Sequence[Sequence[Token]]
    language: Language
    unit_states: Named
    own_states: Named


def changes(parts: Sequence[Part], sides: Sides, *, in_marks: bool) -> list[Change]:
    """Every change of the parts of one unit, in order."""
    found = [change for part in parts for change in _within(part, sides, in_marks=in_marks)]
    found += _between(parts, sides)
    found += _edges(parts, sides, in_marks=in_marks)
    found += _cuts(parts, sides, in_marks=in_marks)
    return list(dict.fromkeys(found))


def distorts(found: Sequence[Change], *, in_marks: bool) -> bool:
    """Whether a reader is given other words, or another sense, than were said."""
    bad = OF_SENSE | OF_WORDING if in_marks else OF_SENSE
    return any(change.kind in bad for change in found)


def _within(part: Part, sides: Sides, *, in_marks: bool) -> list[Change]:
    found: list[Change] = []
    now: list[int] = []
    was: list[int] = []
    own = sides.own[part.sentence]
    for i, j in (*part.steps, (-1, -1)):
        same = i == -1 or (i is not None and j is not None and sides.unit[i].key == own[j].key)
        if not same:
            now += [i] if i is not None else []
            was += [j] if j is not None else []
            continue
        if now or was:
            found += _run(now, was, part.sentence, sides, in_marks=in_marks)
            now, was = [], []
        if i is not None and i >= 0 and j is not None:
            found += _inflected(sides.unit[i], own[j], sides, in_marks=in_marks)
    return found


def _run(
    now: list[int], was: list[int], sentence: int, sides: Sides, *, in_marks: bool
) -> list[Change]:
    """The kinds of one run of words that differ."""
    own = sides.own[sentence]
    new, old = [sides.unit[i] for i in now], [own[j] for j in was]
    said = _text(sides.own_text, old), _text(sides.unit_text, new)
    forms_new, forms_old = {t.form for t in new}, {t.form for t in old}
    if new and _in_brackets(new, sides.unit_text):
        return [Change("bracketed insert", *said)]
    if old and not new and _elided(was[0], own, sides):
        return [Change("ellipsis", *said)]
    kinds = _of_sense(forms_new, forms_old, old, own)
    kinds += ["state changed"] if _renamed(new, old, sides) else []
    if {"negation dropped", "negation added"} & {*kinds}:
        return [Change(kind, *said) for kind in kinds]
    if not kinds:
        kinds = [_of_wording(new, old, sides.language, in_marks=in_marks)]
    return [Change(kind, *said) for kind in kinds if kind]


def _of_sense(new: set[str], old: set[str], was: list[Token], own: Sequence[Token]) -> list[str]:
    kinds = []
    denied = bool(new & lists.NEGATIONS), bool(old & lists.NEGATIONS)
    if denied[0] != denied[1]:
        kinds.append("negation added" if denied[0] else "negation dropped")
    strong = _strength(new), _strength(old)
    shifted = any((a, b) in lists.BACKSHIFT for a in old for b in new)
    if all(strong) and strong[0] != strong[1] and not shifted:
        kinds.append("modal strengthened" if strong[0] > strong[1] else "modal weakened")
    if new & lists.MONTHS and old & lists.MONTHS:
        kinds.append("date changed")
    elif _figures(new) and _figures(old):
        kinds.append("date changed" if _is_date(was, own) else "number changed")
    return kinds


def _of_wording(new: list[Token], old: list[Token], language: Language, *, in_marks: bool) -> str:
    forms = {t.form for t in (*new, *old)}
    if forms <= lists.AUXILIARIES:
        return "tense changed"
    if forms <= lists.PERSONS | lists.AUXILIARIES and not (language == "zh" and in_marks):
        return "indirect speech"
    if weigh(new) < 0.5 and weigh(old) < 0.5 and not (new and old and in_marks):
        return "words left out" if old and in_marks else "words added" if in_marks else ""
    if not new:
        return "words left out"
    return "reworded" if old else "words added"


def _inflected(now: Token, was: Token, sides: Sides, *, in_marks: bool) -> list[Change]:
    """The same word in another form."""
    if now.form == was.form or now.form[0].isdigit() or now.form.removesuffix("'s") == was.form:
        return []
    said = _text(sides.own_text, [was]), _text(sides.unit_text, [now])
    verbal = (
        _TENSED.search(now.form) and _TENSED.search(was.form)
        if sides.language == "ru"
        else _is_tense(now.form, was.form)
    )
    if verbal:
        return [Change("tense changed", *said)]
    return [Change("reworded", *said)] if in_marks else []


def _is_tense(now: str, was: str) -> bool:
    if now in lists.IRREGULAR or was in lists.IRREGULAR:
        return True
    return any(form.endswith(("ed", "ing")) for form in (now, was)) or (
        now.rstrip("s") == was.rstrip("s")
    )


def _between(parts: Sequence[Part], sides: Sides) -> list[Change]:
    """What lies between the parts: an ellipsis, two sentences made one, another order."""
    found = []
    for one, other in pairwise(parts):
        gap = sides.unit_text[sides.unit[one.last].end : sides.unit[other.first].start]
        here, there = (one.sentence, one.own[0]), (other.sentence, other.own[0])
        said = (_own(one, sides), _own(other, sides))
        if there < here:
            found.append(Change("order changed", *said))
        elif _ELLIPSIS.search(gap):
            found.append(Change("ellipsis", *said))
        elif one.sentence != other.sentence:
            found.append(Change("merged", *said))
        else:
            found += _skipped(one, other, sides)
    return found


def _edges(parts: Sequence[Part], sides: Sides, *, in_marks: bool) -> list[Change]:
    """What the unit has before its first and after its last part, in place of the sentence's words.

    Outside marks only a figure for a figure counts: the rest is the reporter's own.
    """
    if not parts:
        return []
    first, last = parts[0], parts[-1]
    own = sides.own[first.sentence], sides.own[last.sentence]
    before = range(first.first)
    after = range(last.last + 1, len(sides.unit))
    old = [*range(first.own[0])][-len(before) :] if before else []
    new = [*range(last.own[1] + 1, len(own[1]))][: len(after)] if after else []
    found = []
    for now, was, part in ((before, old, first), (after, new, last)):
        if now and (in_marks or _figure_for_figure(now, was, part, sides)):
            found += _run([*now], was, part.sentence, sides, in_marks=in_marks)
    return found


def _figure_for_figure(now: range, was: list[int], part: Part, sides: Sides) -> bool:
    forms = {sides.own[part.sentence][j].form for j in was}
    return len(now) == 1 and _figures({sides.unit[i].form for i in now}) and _figures(forms)


def _skipped(one: Part, other: Part, sides: Sides) -> list[Change]:
    """Two parts of one sentence: what the unit has between them instead of the sentence's words."""
    now = list(range(one.last + 1, other.first))
    was = list(range(one.own[1] + 1, other.own[0]))
    return _run(now, was, one.sentence, sides, in_marks=True) if now or was else []


def _renamed(new: Sequence[Token], old: Sequence[Token], sides: Sides) -> bool:
    """Are other states named in the words that differ?"""
    now, was = _named(new, sides.unit_states), _named(old, sides.own_states)
    return bool(now and was and now != was)


def _named(words: Sequence[Token], named: Named) -> Counter[str]:
    if not words:
        return Counter()
    low, high = words[0].start, words[-1].end
    return Counter(iso3 for start, end, iso3 in named if start < high and low < end)


def _cuts(parts: Sequence[Part], sides: Sides, *, in_marks: bool) -> list[Change]:
    if not in_marks or not parts:
        return []
    first, last = parts[0], parts[-1]
    own, ends = sides.own[first.sentence], sides.own[last.sentence]
    before = own[: max(0, first.own[0] - first.first)]
    after = ends[last.own[1] + 1 + len(sides.unit) - 1 - last.last :]
    count = sum(i is not None for part in parts for i, _ in part.steps)
    few = count <= (_PARTIAL if sides.language != "zh" else 2 * _PARTIAL)
    if few and (before or after):
        return [Change("partial", _text(sides.own_text, own), "")]
    cut = []
    if before and weigh(list(before)) > 0.3:
        cut += [_cut("cut at the start", before, sides)]
    if after:
        cut += [_cut("cut at the end", after, sides)]
    return cut


def _cut(kind: str, words: Sequence[Token], sides: Sides) -> Change:
    return Change(kind, _text(sides.own_text, words), "")


def _strength(forms: set[str]) -> int:
    return max((lists.STRENGTH[form] for form in forms if form in lists.STRENGTH), default=0)


def _figures(forms: set[str]) -> bool:
    return any(form[0].isdigit() or form in lists.NUMBERS for form in forms)


def _is_date(was: Sequence[Token], own: Sequence[Token]) -> bool:
    """A year, or a figure beside a month."""
    places = [n for n, token in enumerate(own) if token in was]
    near = own[max(0, places[0] - 2) : places[-1] + 3] if places else ()
    years = any(t.form.isdigit() and len(t.form) == 4 and t.form[:2] in ("19", "20") for t in was)
    return years or any(t.form in lists.MONTHS or t.form in lists.CHINESE_DATES for t in near)


def _in_brackets(new: list[Token], text: str) -> bool:
    low, high = new[0].start, new[-1].end
    around = _BRACKETS.finditer(text, max(0, low - 80), min(len(text), high + 80))
    return any(m.start() <= low and high <= m.end() for m in around)


def _elided(place: int, own: Sequence[Token], sides: Sides) -> bool:
    """Does an ellipsis stand in the unit after the word that comes before the words left out?"""
    if not place or not sides.unit:
        return False
    before = own[place - 1].key
    whole = sides.unit_text[sides.unit[0].start : sides.unit[-1].end]
    shift = sides.unit[0].start
    return any(
        token.key == before and _ELLIPSIS.match(whole[token.end - shift :].lstrip(" ,;[(，"))
        for token in sides.unit
    )


def _own(part: Part, sides: Sides) -> str:
    first, last = part.own
    return _text(sides.own_text, sides.own[part.sentence][first : last + 1])


def _text(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
