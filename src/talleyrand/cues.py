"""Is a phrase denied where it stands, and is it put into somebody else's mouth?

Cues are looked for in the clause of the phrase and only a few words away, after the design of
NegEx (Chapman and others 2001, Journal of Biomedical Informatics 34:301-310): a cue, a scope that
ends at a clause boundary, and idioms that look like a cue and are none ("not only", 不断,
«не только»). Two kinds of denial are told apart. *Any* cue denies a word of warmth: "we do not
seek an alliance", 反对结盟. A word of blame is denied only by a denial of the fact: "this is not
an invasion"; "we will not tolerate aggression" is blame all the same.

Left alone, and so counted as said: questions, conditions ("if", 如果, «если») and irony.
"""

from __future__ import annotations

import re
from typing import Literal

from talleyrand.model import Language

Denial = Literal["any", "fact", "none"]


def is_negated(text: str, start: int, end: int, language: Language, denial: Denial) -> bool:
    """Is the phrase at `start`:`end` denied by a cue in its own clause?"""
    if denial == "none":
        return False
    if language == "zh":
        return _negated_zh(text, start, end, denial)
    return _negated_spaced(text, start, end, language, denial)


def is_others(text: str, start: int, end: int, language: Language) -> bool:
    """Does the sentence put the phrase into somebody else's mouth ("so-called", 俄方称)?"""
    before = text[max(0, start - _REACH[language]) : start]
    hints = _OTHERS_HINTS.get(language, ("",))
    hinted = _holds_any(hints, _folded(before) if language == "en" else before)
    if hinted and _OTHERS[language].search(before):
        return True
    return bool(_OTHERS_AFTER[language].match(text[end : end + 12]))


# --- Chinese -------------------------------------------------------------------------------

_ZH_BREAK = re.compile(r"[，。；！？：,;!?:\n—…]")
_ZH_IDIOM = re.compile(
    "不断|不仅|不但|不只|不光|不懈|不移|不渝|不变|不改|不管|不论|不久|不少|不畏|不惧|不怕|不可分|不可或缺|不可缺|不可替代"
    "|不可逆转|不可动摇|不可剥夺|不可侵犯|不容|不忘|不负|不愧|不失|不争的|不息|不朽|不平凡|不平等|不确定|不稳定|不利"
    "|不足|不易|不得不|不能不|不会不|不可不|不无|无不|毫不|决不动摇|不动摇|不遗余力|不谋而合|不约而同|不折不扣|不时"
    "|不日|不止|不计|不惜|不吝|不公|不良|不满|不安|不幸|不法|不当|不实|不正|不合理|不负责任|不透明|不友好|不友善"
    "|不对称|不对等|不错|不凡|不同(?!任何|别国|他国|其他国|第三)|不请自来|不辞|不甘|不顾|不排除|不得以|不得干|不得损"
    "|不等于说|不言而喻|不难看出|不可抗|不可阻挡|不可推卸|不可撼动|不首先|不可持续|不可靠|不结盟|不对抗|不冲突"
    "|不针对第三[方国]|不干涉|互不|永不|金不换|也不换|搬不走|离不开|分不开|少不了|换不来"
    "|不丹|不方|不中(?=[0-9])|中不(?=[边友加关])"
    "|牢不可破|坚不可摧|密不可分|非常|非凡|非洲|非法|非传统|无非|除非|非盟|中非|非方|非政府|菲|是非|莫非"
    "|无端|无理|无比|无私|无可|无限|无论|无疑|毫无疑问|无缝|无偿|无条件|无时无刻|无间|无核|无辜|无愧|无上|无害"
    "|史无前例|前所未有|从未改变|从未动摇|从未缺席|未来|未经|未雨|独一无二|来之不易|源源不断|持之以恒"
    "|没有止境|没有上限|没有禁区|反对[党派]|是否认|有没有|会不会|能不能|要不要|是不是|难道不|何尝不"
    "|没有(?:任何|哪个|什么|谁|人|比)[^，。；]{0,6}(?:能|可以|比)[^，。；]{0,8}"
    "|(?:不会|不能|不可能|无法|绝不会|都不会|也不会)[^，。；]{0,4}(?:影响|阻碍|阻挡|改变|破坏|损害|动摇|忘记|放弃|偏离)"
    "|(?:破坏|阻挡|阻碍|改变|动摇|掩盖|离间)不了|不会忘|不忘记"
    "|而不是(?=继续|再|一味|借|把|让|做|搞|煽|火上|拱|浇|激化|挑|制造|推波|个别|少数|为)"
)
_ZH_ANY = re.compile(
    "不|没有|没能|并未|尚未|从未|未能|未曾|并非|绝非|而非|无意|绝无|拒绝|反对|否认|摒弃|勿|休想|取代|损害|破坏"
)
_ZH_FACT = re.compile(
    "不是|并非|绝非|而非|不属于|不存在|不构成|谈不上|称不上|没有|从未|从没|从不|并未|否认|无意|不会|拒绝|未能|不愿"
    "|不$"
)
_ZH_AFTER = re.compile(
    r"[”’」』》]?(?:根本|并|从来|绝|完全)?"
    r"(?:不存在|不成立|子虚乌有|无从谈起|不是[^，。；]{0,4}选项|不复存在|荡然无存)"
)
_ZH_RHETORICAL = re.compile("[^，。；！\n]{0,6}(?:吗|是什么)")


def _negated_zh(text: str, start: int, end: int, denial: Denial) -> bool:
    if _ZH_AFTER.match(text, end, end + 16):
        return True
    before = text[max(0, start - 14) : start]
    cues = _ZH_ANY if denial == "any" else _ZH_FACT
    if not cues.search(before):
        return False
    clause = _ZH_IDIOM.sub("", _ZH_BREAK.split(before)[-1])
    return bool(cues.search(clause)) and not _ZH_RHETORICAL.match(text, end, end + 12)


# --- English and Russian -------------------------------------------------------------------

_WORD = r"[\w’'/-]+"
_NOT = r"(?:not|never|cannot|neither|nor|n[’']t)"
_EN_IDIOM = (
    r"\bnot (?:only|just|merely|simply|solely|least|alone|forget|to mention|lose sight)\b"
    r"|\b(?:never|not|n[’']t) (?:been )?(?:more|better|stronger|closer|greater|higher|forget\w*)\b"
    r"|\bno (?:doubt|question|matter|less|fewer|other|better|stronger|greater|closer|later|"
    r"coincidence|wonder|secret|higher|mistake|one should doubt)\b|\bcannot but\b|\bcan[’']t but\b"
    r"|\b(?:not|n[’']t|never) (?:be )?(?:overstate\w*|waver\w*|shy|hesitate|rest|doubt\w*|unlike"
    r"|without)\b|\bnothing (?:less|more)\b|\bagainst (?:the )?(?:backdrop|background)\b"
    r"|\bno longer just\b|\bwhether or not\b|\bwithout (?:doubt|question|delay|exaggeration)\b"
    r"|\bif not\b|\bwhy not\b|\bwithout (?:a|any) doubt\b|\bno denying\b|\bno reason not to\b"
    r"|\bnot the (?:first|only|last|time)\b|\bno alternative to\b"
    r"|\b(?:not|n[’']t) (?:fully )?"
    r"(?:prevent\w*|afraid|dispute\w*|inferior|ignore\w*|diminish\w*|stop\w*|be more"
    r"|understand\w*)\b"
    r"|\bnever been such\b|\b(?:cannot|not|n[’']t|impossible)\b[^.]{0,40}?\bwithout\b"
    r"|\bnot happy\b|\bno way\b|\bnot an? place\b"
)
_EN_VERB = (
    r"(?:is|are|was|were|be|been|has|have|had|do|does|did"
    r"|isn|aren|wasn|weren|hasn|haven|hadn|don|doesn|didn)"
)
_EN_TOLERATE = (
    r"(?:\s+\w+ly)?\s+(?:toler\w*|accept\w*|allow\w*|recogni\w*|permit\w*|ignore\w*|condon\w*|"
    r"stand\b|let\b|bow\w*|yield\w*|forg\w*|support\w*|abide|agree\w*|deter\w*|stop\w*|yet\b|"
    r"justif\w*|want|need|help|enough)"
)
_CUES: dict[tuple[Language, Denial], re.Pattern[str]] = {
    ("en", "any"): re.compile(
        r"\bnot\b|\bnever\b|\bno\b|\bneither\b|\bnor\b|\bwithout\b|\bcannot\b|n[’']t\b|"
        r"\brather than\b|\binstead of\b|\bfar from\b|\black of\b|\babsence of\b|\bno longer\b|"
        r"\bdeny|\bdenie[sd]\b|\bdenying\b|\brefus|\breject|\boppos|\bnothing like\b|\bhardly\b|"
        r"\bnon-$",
        re.I,
    ),
    ("en", "fact"): re.compile(
        rf"\b{_EN_VERB}(?:\s+not|\s+never|n?[’']t|\s+no)\b(?!{_EN_TOLERATE})|\bnot an?\b|"
        r"\bno such\b|\bnor\b|\bneither\b|\brather than\b|\binstead of\b|\bthere is no\b|"
        r"\bden(?:y|ies|ied|ying)\b|\bno (?:plans?|intention) (?:to|of|for)\b|"
        r"\bwithout (?:any |an? )?$",
        re.I,
    ),
    ("ru", "any"): re.compile(
        r"\b(?:не|нет|ни|никогда|без|нельзя|против|вместо|вопреки|отказ\w*|отверга\w*|"
        r"отверг\w*|отрица\w*|отсутстви\w*)\b",
        re.I,
    ),
    ("ru", "fact"): re.compile(
        r"\b(?:не (?:явля\w+|был\w*|будет|существу\w+|идет|идёт|планиру\w+|собира\w+|намерен\w*|"
        r"было|есть|об?|в|на|\w+ет|\w+ют)|это не|не|нет|никак\w+|отрица\w+|опроверг\w*|вместо)\b"
        r"(?!\s+(?:допуст|потерп|позвол|прием|призна|приня|примет|забу|долж|мож|след|стои))",
        re.I,
    ),
}
_IDIOM: dict[Language, re.Pattern[str]] = {
    "en": re.compile(_EN_IDIOM, re.I),
    "ru": re.compile(
        r"\b(?:никогда )?не (?:только|просто|столько|раз\b|менее|более|случайно|секрет|сомнева\w*|"
        r"без|отказ\w+|отверга\w+|отверг\w*|отрица\w+|возража\w+|против|"
        r"оставля\w+|прекраща\w+|жале\w+|снижа\w+|ослабля\w+|прием\w+|потерп\w+|допуст\w+|"
        r"допуска\w+|забыва\w*|забуд\w*|"
        r"обош\w+|подда\w+|говоря|уста\w+|переста\w+|мо(?:жет|гут|г|гли|жем) не|меньше|больше|"
        r"впервые|зря|скрыва\w*)|\bнельзя не\b|\bтем не менее\b|\bне мо\w+ не\b|"
        r"\bнет (?:никаких )?сомнен\w*|\bни на (?:секунду|минуту|йоту)|"
        r"\bбез (?:повышени|уч[её]т|участи|восстановлени|укреплени|устранени)\w*|"
        r"\bкак никогда\b|\bникогда так\b|"
        r"\bбез (?:всяк\w+ |какого-либо )?(?:сомнен\w*|преувеличен\w*|исключен\w*|услови\w*)",
        re.I,
    ),
}
_BREAK: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"[.;:!?\n()]|\s[-–—]+\s|—|,(?! or\b| nor\b| never\b| and never\b)(?=(?:\s+[\w’'/-]+){3})"
        r"|,?\s(?:but|however|yet|although|though|while|whereas|because|since|unless|until|which|who|"
        r"so that|and (?:we|they|he|she|it|the|our|that|to|will|is|are|has|have|I|instead))\b",
        re.I,
    ),
    "ru": re.compile(
        r"[.;:!?\n()]|\s[-–—]+\s|,(?! ни\b| что\b)(?=(?:\s+[\w-]+){2})"
        r"|,?\s(?:но|а|однако|хотя|если|чтобы|"
        r"который|которая|которые|поскольку)\s|\sи\s(?=\w+(?:ть|ти)\b)",
        re.I,
    ),
}
_AFTER: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"[\"”’']?\s+(?:does not exist|doesn[’']t exist|(?:is|are) out of the question|"
        r"(?:is|are|was|were)(?: not|n[’']t) (?:an? option|on the table|under way|possible|planned|"
        r"what we|our (?:goal|aim|intention)|in question))",
        re.I,
    ),
    "ru": re.compile(
        r"[\"»]?(?:\s+[\w-]+){0,2}\s+(?:нет\b|не существу|не буд[еу]т\b|не ид[её]т|не планиру)"
        r"|[\"»]?\s+(?:исключен|невозмож)",
        re.I,
    ),
    "zh": _ZH_AFTER,
}
_WORDS_AWAY = 7
# What every English cue holds: quicker to look for than the cues themselves.
_EN_HINT = re.compile(
    r"[Nn](?:[oO]|ever|either|[’']t|on-)|[Ww]ithout|[Rr]ather|[Ii]nstead|[Ff]ar f"
    r"|[Ll]ack|[Aa]bsence|[Dd]en[yi]|[Rr]efus|[Rr]eject|[Oo]ppos|[Hh]ardly|[Cc]annot"
)
# A part of each of these: quicker still.
_EN_HINTS = (
    *("no", "No", "NO", "nO", "ever", "either", "'t", "’t", "on-", "ithout", "ather", "nstead"),
    *("ar f", "ack", "bsence", "eny", "eni", "efus", "eject", "ppos", "ardly", "annot"),
)


def _negated_spaced(text: str, start: int, end: int, language: Language, denial: Denial) -> bool:
    if _AFTER[language].match(text, end, end + 48):
        return True
    before = text[max(0, start - 72) : start]
    cues = _CUES[language, denial]
    if language == "en" and not (_holds_any(_EN_HINTS, before) and _EN_HINT.search(before)):
        return False
    if not cues.search(before):
        return False
    clause = _last_piece(_IDIOM[language].sub(" ", before), _BREAK[language])
    near = " ".join(clause.split()[-_WORDS_AWAY:])
    return bool(cues.search(near + " "))


def _holds_any(hints: tuple[str, ...], text: str) -> bool:
    for hint in hints:  # noqa: SIM110 (a loop is twice as fast)
        if hint in text:
            return True
    return False


def _folded(text: str) -> str:
    """In small letters, as expressions that ignore case fold them."""
    low = text.lower()
    return low if low.isascii() else low.replace("ſ", "s").replace("ı", "i").replace("\u0307", "")


def _last_piece(before: str, boundary: re.Pattern[str]) -> str:
    """What follows the last boundary."""
    place = 0
    for found in boundary.finditer(before):
        place = found.end()
    return before[place:]


# --- in whose mouth ------------------------------------------------------------------------

_REACH: dict[Language, int] = {"en": 90, "ru": 90, "zh": 26}
_QUOTE = r"[\"“”«„'‘’「『]?"
_OTHERS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"\b(?:so[- ]called|self-styled|supposed|alleged|purported|ostensible)\s+{_QUOTE}"
        rf"(?:{_WORD} )?$"
        rf"|\bwhat\s+(?!we\b|I\b)(?:{_WORD}\s+){{1,4}}(?:call|calls|called|describes?|described|"
        rf"refers? to|referred to|terms?|termed|labels?|labell?ed|dubs|dubbed)\s+"
        rf"(?:(?:as|an?|the|its|their|his|her|it)\s+){{0,2}}{_QUOTE}(?:{_WORD} ){{0,2}}$"
        r"|\b(?<!we )(?<!I )(?:claims|claimed|claiming|alleges|alleged|alleging|accuses|accused|"
        r"accusing|purports|pretends|falsely)\b[^.!?;\n]{0,60}$"
        r"|\b(?:some|critics|others|people|media|reports?|many|observers|analysts|commentators|"
        r"pundits)(?: \w+){0,2} (?:say|said|call|claim|describe|speak of|argue|allege)\b"
        r"[^.!?;\n]{0,60}$",
        re.I,
    ),
    "ru": re.compile(
        rf"\b(?:так\s+называем\w+|мним\w+|вымышленн\w+|пресловут\w+)\s+{_QUOTE}(?:\w+ )?$|"
        r"\bт\. ?н\. [«\"]?$|\bякобы\b[^.!?;\n]{0,40}$"
        rf"|\b(?:то|тем), что [^.!?;\n]{{1,40}} назыв\w+\s+{_QUOTE}(?:\w+ )?$"
        r"|\b(?:обвиня\w+|обвинил\w*|утвержда\w+,? (?:что|будто))\b[^.!?;\n]{0,60}$"
        r"|\b(?:по их словам|как они говорят|как утвержда\w+)\b[^.!?;\n]{0,60}$",
        re.I,
    ),
    "zh": re.compile(
        r"所谓的?[“\"‘「『]?[^，。；！？\n]{0,4}$"
        r"|(?:声称|宣称|妄称|诬称|谎称|扬言|叫嚣|鼓吹)(?!我|是)[^。；！？\n]{0,20}$"
        r"|(?:指责|指控|诬蔑|污蔑)(?!我|是|和|、)[^，。；！？\n]{0,20}$"
        r"|(?:[俄美日乌英印法德澳韩朝欧菲以]方|媒体?|有人|人士|外界|西方|一些国家|某些国家|个别国家|官员|智库)"
        r"[^，。；！？\n中我]{0,6}(?:称|认为|炒作|渲染)(?!赞|道)[^。；！？\n]{0,14}$"
        r"|[俄美日乌英印法德澳韩朝欧]方将[^，。；！？\n]{1,10}(?:称为|称作|称之为)[“\"‘「『]?$"
    ),
}
_OTHERS_HINTS: dict[Language, tuple[str, ...]] = {  # what every one of these holds
    "en": (
        *("call", "styled", "supposed", "alleg", "purport", "ostensible", "what", "claim", "accus"),
        *("pretends", "falsely", "say", "said", "describe", "speak of", "argue"),
    ),
    "zh": ("称", "所谓", "认为", "炒作", "渲染", "扬言", "叫嚣", "鼓吹", "指责", "指控", "蔑"),
}
_OTHERS_AFTER: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?!)"),
    "ru": re.compile(r"(?!)"),
    "zh": re.compile(
        r"[”\"’」』]?(?:的|这一|这种|等)*(?:说法|论调|谬论|谎言|谎话|说辞|不实之词|帽子|标签)"
    ),
}


def fingerprint() -> str:
    """All cues as text, so that a change of them is a change of the codebook's version."""
    tables = [*_CUES.values(), *_IDIOM.values(), *_BREAK.values(), *_AFTER.values()]
    tables += [*_OTHERS.values(), *_OTHERS_AFTER.values(), _ZH_IDIOM, _ZH_ANY, _ZH_FACT]
    return "\n".join(table.pattern for table in tables)
