"""Invented statements by rule, and twenty ways in which an invented article may quote them.

Every sentence is made of slots (who, what, how many, by when, how surely), so that each distortion
is a rule on slots and any number of unseen cases can be drawn. Nobody said any of this.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

Slots = list[tuple[str, str]]  # (role, words)

PARTIES = {"en": ("China", "Russia"), "ru": ("Китай", "Россия"), "zh": ("中方", "俄方")}
PEOPLE = {"en": ("Xi Jinping", "Vladimir Putin"), "ru": ("Си Цзиньпин", "Владимир Путин"),
          "zh": ("习近平", "普京")}  # fmt: skip
THIRD = {"en": ("India", "Narendra Modi"), "ru": ("Индия", "Нарендра Моди"),
         "zh": ("印方", "印度总理莫迪")}  # fmt: skip
_VERBS = {
    "en": (("expand", "broaden"), ("support", "endorse"), ("protect", "safeguard"),
           ("finance", "fund"), ("reject", "rebuff"), ("modernise", "upgrade"),
           ("inspect", "examine"), ("complete", "finish")),
    "ru": (("расширить", "нарастить"), ("поддержать", "одобрить"), ("защитить", "уберечь"),
           ("отклонить", "отвергнуть"), ("завершить", "закончить"), ("проверить", "осмотреть")),
    "zh": (("扩大", "拓展"), ("支持", "赞成"), ("保护", "维护"), ("拒绝", "抵制"), ("完成", "结束"),
           ("检查", "核验")),
}  # fmt: skip
_OBJECTS = {
    "en": ("joint research on river navigation", "the pipeline through the northern steppe",
           "student exchanges between coastal universities", "grain deliveries to mountain towns",
           "the customs corridor along the eastern border", "space launches from the new range",
           "vaccine plants in remote provinces", "the ferry line across the inner sea",
           "fisheries patrols around the outer islands", "tea auctions in frontier markets",
           "glacier surveys above the old road", "film archives held by both academies"),
    "ru": ("совместные исследования речного судоходства", "газопровод через северную степь",
           "студенческие обмены между приморскими вузами", "поставки зерна горным посёлкам",
           "таможенный коридор вдоль восточной границы", "запуски ракет с нового полигона",
           "заводы вакцин отдалённых провинций", "паромную линию через внутреннее море",
           "рыболовный надзор вокруг внешних островов", "архивы кино двух академий"),
    "zh": ("内河航运联合研究", "穿越北部草原的管道", "沿海高校学生交流", "山区粮食运输",
           "东部边境海关走廊", "新发射场航天任务", "偏远省份疫苗工厂", "内海轮渡航线",
           "外岛渔业巡查", "边境茶叶拍卖"),
}  # fmt: skip
_WITH = {
    "en": ("with {n} new teams", "at {n} border stations", "in {n} separate stages",
           "through {n} local offices"),
    "ru": ("силами {n} новых бригад", "на {n} пограничных станциях", "в рамках {n} этапов"),
    "zh": ("投入{n}支新队伍", "设立{n}个边境站点", "分{n}个阶段"),
}  # fmt: skip
_BY = {"en": "before {month} {year}", "ru": "до {month} {year} года", "zh": "于{year}年{month}前"}
_MONTHS = {
    "en": ("March", "June", "October", "December"),
    "ru": ("марта", "июня", "октября", "декабря"),
    "zh": ("3月", "6月", "10月", "12月"),
}
_WEAK = {"en": ("may", "could"), "ru": ("может",), "zh": ("可",)}
_STRONG = {"en": ("must", "shall"), "ru": ("должна", "обязана"), "zh": ("必须",)}
_FUTURE = {"en": ("will", "would"), "ru": ("будет готова", "была готова"), "zh": ("将", "曾")}
_NOT = {"en": "not", "ru": "не", "zh": "不"}
FILLER = {
    "en": ("Rain fell over the capital as delegations arrived.",
           "Markets closed slightly lower after a quiet session.",
           "The hall had been painted for the occasion, a caretaker said."),
    "ru": ("Над столицей шёл дождь, когда прибывали делегации.",
           "Рынки закрылись небольшим снижением после спокойного дня."),
    "zh": ("代表团抵达时，首都下着小雨。", "当天股市小幅收低，成交平淡。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a statement, and which of the two parties says it."""

    slots: Slots
    speaker: int
    language: str

    @property
    def text(self) -> str:
        return rendered(self.slots, self.language)


@dataclass(frozen=True, slots=True)
class Case:
    """An invented article with one known quotation, and what should be told of it."""

    kind: str
    language: str
    statement: str
    article: str
    sentences: tuple[int, ...]  # numbers in the statement, none for a decoy
    expected: str  # the kind that should be told
    distorted: bool
    translation: str = ""


def rendered(slots: Slots, language: str) -> str:
    words = [text for _, text in slots if text]
    joined = "".join(words) if language == "zh" else " ".join(words)
    return joined[0].upper() + joined[1:]


def sentence(draw: random.Random, language: str, speaker: int, what: str) -> Sentence:
    """A sentence about `what`, drawn at random otherwise."""
    modal = draw.choice((_WEAK[language][0], _FUTURE[language][0]))
    denied = draw.random() < 0.4
    number = str(draw.randint(3, 98))
    date = _BY[language].format(month=draw.choice(_MONTHS[language]), year=draw.randint(2024, 2039))
    verb, _ = draw.choice(_VERBS[language])
    negation = ("neg", _NOT[language] if denied else "")
    order = [negation, ("modal", modal)] if language == "ru" else [("modal", modal), negation]
    slots: Slots = [("who", PARTIES[language][speaker]), *order]
    if language == "zh":
        slots.insert(1, ("date", date))
    slots += [("verb", verb), ("what", what)]
    slots.append(("with", draw.choice(_WITH[language]).replace("{n}", number)))
    if language != "zh":
        slots.append(("date", date))
    return Sentence(slots, speaker, language)


def statement(draw: random.Random, language: str) -> list[Sentence]:
    """Eight sentences, four in each mouth, each about another thing."""
    things = draw.sample(_OBJECTS[language], 8)
    return [sentence(draw, language, n // 4, what) for n, what in enumerate(things)]


def written(sentences: list[Sentence]) -> str:
    """The statement as published: what each says, a paragraph each."""
    language = sentences[0].language
    stop = "。" if language == "zh" else "."
    gap = "" if language == "zh" else " "
    paragraphs = []
    for speaker in (0, 1):
        said = [s.text + stop for s in sentences if s.speaker == speaker]
        if language == "ru":  # as in transcripts
            name = ("Си Цзиньпин", "В.Путин")[speaker]
            paragraphs.append(f"{name}: {' '.join(said)}")
            continue
        paragraphs.append(_introduced(PEOPLE[language][speaker], said[0], language)
                          + gap + gap.join(said[1:]))  # fmt: skip
    return "\n".join(paragraphs)


def _introduced(person: str, said: str, language: str) -> str:
    verb = {"en": " said that ", "zh": "表示，"}[language]
    return f"{person}{verb}{said}"


def quoted(words: str, person: str, language: str) -> str:
    """The words in quotation marks in somebody's mouth."""
    words = words.rstrip(" ,;，；")
    if language == "zh":
        return f"{person}表示：“{words}。”"
    if language == "ru":
        return f"«{words}», — сказал {person}."
    return f"“{words},” {person} said."


# --- the rules ---------------------------------------------------------------------------------

Rule = Callable[[random.Random, list[Sentence], int], tuple[str, tuple[int, ...]] | None]


def changed(slots: Slots, role: str, text: str) -> Slots:
    return [(r, text if r == role else t) for r, t in slots]


def of(slots: Slots, role: str) -> str:
    return next(t for r, t in slots if r == role)


def _whole(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    return said[n].text, (n,)


def _cut_end(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    kept = said[n].slots[:-1]
    return rendered(kept, said[n].language), (n,)


def _cut_start(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    at = next(i for i, (role, _) in enumerate(said[n].slots) if role == "verb")
    kept = said[n].slots[at:]
    text = rendered(kept, said[n].language)
    return text[0].lower() + text[1:], (n,)


def _ellipsis(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    role = "with" if said[n].language != "zh" else "what"
    mark = "……" if said[n].language == "zh" else draw.choice(("…", "...", "[…]"))
    return rendered(changed(said[n].slots, role, mark), said[n].language), (n,)


def _bracket(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    added = {"en": "[as agreed last winter]", "ru": "[как решено прошлой зимой]",
             "zh": "［按去年商定］"}[said[n].language]  # fmt: skip
    slots = list(said[n].slots)
    at = next(i for i, (role, _) in enumerate(slots) if role == "verb")
    slots.insert(at + 1, ("added", added))
    return rendered(slots, said[n].language), (n,)


def _number(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    old = of(said[n].slots, "with")
    figure = next(w for w in "".join(c if c.isdigit() else " " for c in old).split())
    new = str(draw.choice([x for x in range(3, 98) if str(x) != figure]))
    slots = changed(said[n].slots, "with", old.replace(figure, new, 1))
    return rendered(slots, said[n].language), (n,)


def _date(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    language, old = said[n].language, of(said[n].slots, "date")
    new = old
    while new == old:
        month, year = draw.choice(_MONTHS[language]), draw.randint(2024, 2039)
        new = _BY[language].format(month=month, year=year)
    return rendered(changed(said[n].slots, "date", new), language), (n,)


def _merged(
    draw: random.Random, said: list[Sentence], n: int
) -> tuple[str, tuple[int, ...]] | None:
    if n % 4 == 3:
        return None
    link = {"en": " and ", "ru": " и ", "zh": "，"}[said[n].language]
    return said[n].text + link + said[n + 1].text, (n, n + 1)


def _order(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]] | None:
    if n % 4 == 3:
        return None
    link = {"en": " and ", "ru": " и ", "zh": "，"}[said[n].language]
    return said[n + 1].text + link + said[n].text, (n, n + 1)


def _negation_dropped(
    draw: random.Random, said: list[Sentence], n: int
) -> tuple[str, tuple[int, ...]] | None:
    if not of(said[n].slots, "neg"):
        return None
    return rendered(changed(said[n].slots, "neg", ""), said[n].language), (n,)


def _negation_added(
    draw: random.Random, said: list[Sentence], n: int
) -> tuple[str, tuple[int, ...]] | None:
    if of(said[n].slots, "neg"):
        return None
    language = said[n].language
    return rendered(changed(said[n].slots, "neg", _NOT[language]), language), (n,)


def _modal(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]] | None:
    language = said[n].language
    if of(said[n].slots, "modal") not in _WEAK[language]:
        return None
    strong = draw.choice(_STRONG[language])
    return rendered(changed(said[n].slots, "modal", strong), language), (n,)


def _synonym(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    language = said[n].language
    other = dict(_VERBS[language])[of(said[n].slots, "verb")]
    return rendered(changed(said[n].slots, "verb", other), language), (n,)


def _tense(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]] | None:
    language = said[n].language
    future, past = _FUTURE[language]
    if of(said[n].slots, "modal") != future:
        return None
    return rendered(changed(said[n].slots, "modal", past), language), (n,)


def _partial(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    what = of(said[n].slots, "what")
    words = what.split()
    if said[n].language == "zh":
        return what[:6], (n,)
    at = draw.randint(0, len(words) - 3)
    if words[at] in ("the", "on", "to", "along", "in", "through", "across"):
        at = len(words) - 3
    return " ".join(words[at : at + 3]), (n,)


def _state(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    language = said[n].language
    return rendered(changed(said[n].slots, "who", THIRD[language][0]), language), (n,)


def _set_otherwise(
    draw: random.Random, said: list[Sentence], n: int
) -> tuple[str, tuple[int, ...]]:
    text = said[n].text
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
    return wide.replace(" ", draw.choice(("\u00a0", "\u202f", " ")), 3), (n,)


def _decoy(draw: random.Random, said: list[Sentence], n: int) -> tuple[str, tuple[int, ...]]:
    """A sentence of another statement: the same mould, about another thing."""
    language, used = said[n].language, {of(s.slots, "what") for s in said}
    what = draw.choice([w for w in _OBJECTS[language] if w not in used])
    if draw.random() < 0.5:  # or half about the same thing
        own = of(said[n].slots, "what")
        what = (
            own[:3] + what[3:] if language == "zh" else " ".join(own.split()[:2] + what.split()[2:])
        )
    return sentence(draw, language, said[n].speaker, what).text, ()


# kind: rule, the kind to be told, whether distorted
KINDS: dict[str, tuple[Rule, str, bool]] = {
    "verbatim": (_whole, "verbatim", False),
    "cut at the end": (_cut_end, "cut at the end", False),
    "cut at the start": (_cut_start, "cut at the start", False),
    "ellipsis": (_ellipsis, "ellipsis", False),
    "bracketed insert": (_bracket, "bracketed insert", False),
    "changed number": (_number, "number changed", True),
    "changed date": (_date, "date changed", True),
    "merged sentences": (_merged, "merged", True),
    "swapped order": (_order, "order changed", True),
    "swapped speaker": (_whole, "speaker swapped", True),
    "negation dropped": (_negation_dropped, "negation dropped", True),
    "negation added": (_negation_added, "negation added", True),
    "modal strengthened": (_modal, "modal strengthened", True),
    "synonym": (_synonym, "reworded", True),
    "tense changed": (_tense, "tense changed", True),
    "indirect speech": (_whole, "indirect speech", False),
    "partial quotation": (_partial, "partial", False),
    "typographic variants": (_set_otherwise, "verbatim", False),
    "translated": (_whole, "verbatim", False),
    "misattributed state": (_state, "state changed", True),
    "decoy": (_decoy, "", False),
}


def case(kind: str, language: str, seed: int) -> Case | None:
    """One case of a kind; None where the drawn sentence has nothing the rule could change."""
    rule, expected, bad = KINDS[kind]
    draw = random.Random(f"{kind} {language} {seed}")
    said = statement(draw, language)
    n = draw.randrange(len(said))
    made = rule(draw, said, n)
    if made is None:
        return None
    words, numbers = made
    speaker = said[n].speaker
    person = PEOPLE[language][1 - speaker if kind == "swapped speaker" else speaker]
    text, translation, own = quoted(words, person, language), "", written(said)
    if kind == "indirect speech":
        text = _indirect(words, person, language)
    if kind == "translated":
        # The article quotes the official translation; the statement itself is in Chinese.
        own, translation = _other_language(draw, said), own
    filler = list(FILLER[language])
    draw.shuffle(filler)
    gap = "" if language == "zh" else " "
    body = "\n".join([filler[0], filler[1] + gap + text])
    return Case(kind, language, own, body, numbers, expected, bad, translation)


def _indirect(words: str, person: str, language: str) -> str:
    if language == "zh":
        return f"{person}表示{words}。"
    if language == "ru":
        return f"{person} заявил, что {words}."
    for now, then in (("will", "would"), ("may", "might")):
        words = words.replace(f" {now} ", f" {then} ", 1)
    return f"{person} told his guests that {words}."


def _other_language(draw: random.Random, said: list[Sentence]) -> str:
    """A statement in Chinese (Russian where the article is Chinese), of as many sentences."""
    into = "ru" if said[0].language == "zh" else "zh"
    return written(statement(draw, into))
