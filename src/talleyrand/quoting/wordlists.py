"""Small closed lists by which a change of wording is told: negation, modals, months, tenses."""

from __future__ import annotations

_FORMS = (
    "be: am is are was were been being; have: has had having; do: does did done doing;"
    " say: said says saying; stand: stood stands standing; make: made makes making;"
    " take: took taken takes taking; give: gave given gives giving; know: knew known;"
    " see: saw seen; keep: kept keeps; hold: held holds holding; begin: began begun;"
    " build: built builds; bring: brought; think: thought; tell: told; meet: met meets;"
    " lead: led leads; find: found; become: became; go: went gone goes; come: came comes;"
    " grow: grew grown grows; speak: spoke spoken; understand: understood; feel: felt"
)
IRREGULAR = {
    form: lemma.strip()
    for lemma, _, forms in (entry.partition(":") for entry in _FORMS.split(";"))
    for form in forms.split()
}


def _bag(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _bag(
    "not no never none neither nor without cannot can't won't don't doesn't didn't isn't aren't"
    " wasn't weren't shouldn't wouldn't couldn't mustn't hasn't haven't hadn't nobody nothing"
    " не нет ни никогда без нельзя никакой никаких нисколько 不 没 未 无 非 勿 莫"
)
STRENGTH = {
    **dict.fromkeys(_bag("may might could possibly perhaps может могут мог могли 可 或"), 1),
    **dict.fromkeys(_bag("can should would ought 应 следует стоит"), 2),
    **dict.fromkeys(_bag("will 会 будет будем будут"), 3),
    **dict.fromkeys(_bag("must shall 必 должен должна должно должны обязан обязаны обязана"), 4),
}
MONTHS = _bag(
    "january february march april june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday января февраля марта апреля мая июня июля"
    " августа сентября октября ноября декабря понедельник вторник среду четверг пятницу субботу"
    " воскресенье"
)
CHINESE_DATES = frozenset("年月日号")
NUMBERS = _bag(
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty"
    " fifty sixty seventy eighty ninety hundred thousand million billion trillion first second"
    " third fourth fifth один два две три четыре пять шесть семь восемь девять десять двадцать"
    " тридцать сорок пятьдесят сто тысяч тысячи миллион миллионов миллиардов 一 二 三 四"
    " 五 六 七 八 九 十 百 千 万 亿 两"
)
AUXILIARIES = _bag(
    "am is are was were be been being has have had having will would do does did shall should"
    " was been 了 已 曾 将 过 были был была было будет будем будут быть"
)
PERSONS = _bag(
    "i we my our us me ours he she they his her their him them it its that this he's you your"
    " я мы наш наша наше наши нас нам нами мой моя они он она их им ими его её ее что свой"
    " свои 我 我们 他 他们 们 其"
)
BACKSHIFT = {("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should")}
