"""What kind of text it is, from its title and opening, in three languages.

The rules of a language are tried in order and the first that holds gives the kind. What is
announced and has not happened is of the kind OTHER, and so is what others say of an event.
"""

from __future__ import annotations

import re

from talleyrand.model import Kind, Language

Rule = tuple[Kind, re.Pattern[str]]


def kind_of(title: str, opening: str, language: Language) -> Kind:
    """The kind by the title, or where that says nothing or is missing by the first sentence.

    A meeting that the opening places on a screen is a call, and one that it puts into the future
    is an announcement.
    """
    kind = _by(_TITLE[language], title) or _by(_OPENING[language], opening) or Kind.OTHER
    if kind == Kind.OTHER and _STATEMENT_FIRST.match(title):
        return Kind.STATEMENT
    if kind in (Kind.MEETING, Kind.CALL) and _AHEAD[language].search(opening):
        return Kind.STATEMENT if _STATEMENT_FIRST.match(title) else Kind.OTHER
    if kind == Kind.MEETING and _SCREEN[language].search(opening):
        return Kind.CALL
    return kind


def is_weak(title: str, language: Language) -> bool:
    """Does the title tell of a meeting only by a word that serves at home too (visit, trip)?"""
    return bool(_VISIT[language].search(title)) and not _STRONG[language].search(title)


def at_one_table(title: str, language: Language) -> Kind | None:
    """What a title tells of that says no more than that two sat together: talks, a dinner.

    It is a contact only if another state is named.
    """
    if language != "en" or not _EN_TABLE.search(title):
        return None
    return Kind.CALL if _EN_BY_PHONE.search(title) else Kind.MEETING


def _by(rules: tuple[Rule, ...], words: str) -> Kind | None:
    return next((kind for kind, pattern in rules if pattern.search(words)), None)


def _rules(*rules: tuple[Kind, str]) -> tuple[Rule, ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rules)


_STATEMENT_FIRST = re.compile(r"(?:statement|заявлени)", re.IGNORECASE)

# --- Chinese -------------------------------------------------------------------------------

_ZH_CALL = r"通电话|通话(?!会)|视频会[晤见谈]|视频(?:通话|连线)|电话会[谈晤]|云会晤"
_ZH_MEETING = r"会见(?!记者)|会晤|会谈(?!纪要)|接见|会面|餐叙|茶叙|共进|双边见面|三国元首"
_ZH_VISIT = r"(?:国事|正式|工作|友好)?访问(?!团|学者|量|中)|访华|举行.{0,6}欢迎仪式|举行仪式欢迎"
_ZH_MESSAGE = r"致(?:电|信|函|贺|唁)|贺[电信词]|(?:唁|慰问)电|互致|复信|回信"
_ZH_SPEECH = (
    r"发表.{0,12}(?:讲话|演讲|致[辞词]|署名文章)|致[辞词]|演讲|(?:的|重要)讲话|作主旨|视频讲话"
)
_ZH_AHEAD = (
    r"将(?:于|在|对|同|与|赴|会见|出席|举行|访问|应邀|主持|来华|发表|通|直播|陆续|以视频)"
    r"|将(?:向|首次)|即将"
)
# What others say of an event, or its echo at home: not the event. Where the title begins with
# who did what, only that clause counts: what follows a space is what was said.
_ZH_MET = r"\S{2,4}(?:分别)?(?:会见|接见|[同与]\S{1,25}(?:会[谈晤见]|通电话))"
_ZH_DID = r"\S{2,4}(?:出席|主持|在|向|对|抵达|举行)"
_ZH_ECHO = (
    rf"^(?!{_ZH_MET})(?:(?!{_ZH_DID}).*|\S*)"
    r"(?:评价|反响|热议|述评|评论|解读|综述|回眸|回顾|舆论|纪实|侧记|关注|期待|聚焦|传递|启示|意义"
    r"|(?<!仪式)欢迎(?!仪式)|国际社会|各界|专家|成果|座谈|单行本|出版|学习|宣讲|贯彻.*精神|谴责|批评|呼吁|【|：|——)"
)
# Matters of home: journals, party groups and working groups, and what a speech set going.
_ZH_HOME = (
    r"《求是》|党组|领导小组|深化改革委员会|廉政工作会议|国务院.{0,6}(?:全体|常务)会议|政治局(?!常委|委员|面)|民主生活会"
    r"|(?:贯彻|落实|学习).{0,30}讲话|考察|督查|督导|联播快讯|中央指导组"
)
# The same in a first sentence, and reports of what others say of a speech.
_ZH_REPORT = (
    rf"{_ZH_HOME}|评论员|单行本|反响|社论|阐释|综述|人民日报.{{0,12}}发表署名文章|接受.{{0,12}}采访"
    r"|(?:多国|各国|各界|海外|国际).{0,6}(?:人士|政要|舆论|媒体)|干部群众|大家表示|与会(?:嘉宾|代表)"
)
_ZH_FACTS = (
    (Kind.STATEMENT, r"答.{0,6}记者问|会见(?:中外)?记者|发表谈话"),
    (
        Kind.JOINT_STATEMENT,
        r"联合(?:声明|公报|新闻公报|宣言)(?:[（(]全文[）)])?[》”]?$|^.{0,4}联合声明|发表.{0,40}联合(?:声明|公报|宣言)",
    ),
    (Kind.PRESS_CONFERENCE, r"例行记者会|主持.{0,4}记者会"),
    (Kind.STATEMENT, _ZH_MESSAGE),
    (Kind.CALL, _ZH_CALL),
    (Kind.MEETING, _ZH_MEETING),
    (Kind.OTHER, _ZH_HOME),
    (Kind.SPEECH, _ZH_SPEECH),
    (Kind.MEETING, _ZH_VISIT),
    (Kind.STATEMENT, r"声明|表态|发言人|公告|外交部宣布|记者会"),
)
_ZH_AWAY = r"离京|回到北京|回国|离开.{2,12}(?:前往|启程)|结束.{2,60}访问"
_ZH_TITLE = _rules(
    (Kind.OTHER, _ZH_AHEAD), (Kind.OTHER, _ZH_ECHO), (Kind.OTHER, _ZH_AWAY), *_ZH_FACTS
)
_ZH_SENTENCE = _rules(
    (Kind.OTHER, _ZH_AHEAD),
    *(
        (kind, _ZH_REPORT if said == _ZH_HOME else said)
        for kind, said in _ZH_FACTS
        if said != _ZH_VISIT
    ),
)

# --- English -------------------------------------------------------------------------------

_EN_CALL = (
    r"\bcalls? (?:\w+ )?(?:with|between)\b|\b(?:tele)?phone (?:call|conversation|talk|meeting)"
    r"|\btelephone (?:call|conversation|talk)|\bconference call\b|[’']s? (?:\w+ )?call\b"
    r"|\b(?:spoke|talked|conversation|talks|discuss\w*)\b.{0,30}\b(?:by|over|on|via) (?:the )?"
    r"(?:tele)?phone\b|\b(?:secure |virtual |online )*(?:video|virtual|online)[ -]"
    r"(?:call|conference|conversation|meeting|summit|talks|bilateral)|\bvideoconference\b"
)
_EN_MEETING = (
    r"\breadout of\b|\bmeetings? (?:with|between)\b|\bmeeting\b.{0,60}\bwith\b|\bmet\b|\bmeets\b"
    r"|\btalks (?:with|between)\b|\btalks$"
    r"|(?-i:[A-Z][a-z]+[-‒–][A-Z]\w+) (?:\w+ )?(?:talks|consultations)\b"
    r"|\bheld (?:a )?(?:\w+ )?(?:talks|meeting|negotiations|consultations)\b"
    r"|\b(?:negotiations|consultations) (?:with|between)\b|\bconversation with\b|\breceived\b"
    r"|\b(?:breakfast|lunch|dinner|luncheon) (?:with|for)\b|\b(?:bi|tri|quadri)lateral meeting"
)
# At one table with another state's leader: a contact if such a state is named.
_EN_HEAD = (
    r"(?-i:(?:[Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor|King|Sultan|Emir|counterpart)s?\b)"
)
_EN_MEAL = r"(?:dinner|lunch|breakfast|reception)"
_EN_TABLE = re.compile(
    r"\bnegotiated with\b|\bcontinued (?:to negotiate|their (?:\w+ )?talks)"
    r"|\b(?:top|high)-level (?:\w+[-–]\w+ )?(?:talks|negotiations)"
    rf"|\b(?:had|held) (?:a |an )?(?:[\w-]+ ){{0,3}}(?:{_EN_MEAL}|discussion|negotiations)\b"
    r"|\bround of negotiations\b"
    rf"|\b(?:gave|organised) (?:a |an )?(?:\w+ )?{_EN_MEAL} (?:in hono|for)"
    rf"|\b{_EN_MEAL}\b.{{0,60}} was given\b|\bat (?:a |an )?(?:\w+ )?{_EN_MEAL}$"
    rf"|\bdiscuss(?:ed|es|ing)? .{{0,160}}\bwith (?:[\w.]+ ){{0,4}}{_EN_HEAD}"
    rf"|\band (?:his |the )?(?:[\w.]+ ){{0,3}}{_EN_HEAD}.{{0,60}} discussed\b",
    re.IGNORECASE,
)
_EN_BY_PHONE = re.compile(r"\b(?:tele)?phone|\bvideo", re.IGNORECASE)
_EN_VISIT = (
    r"\b(?:visits?|visited|trip|travels?|travell?ed) (?:to|by|of|with)\b|\bvisited\b|\barrived\b"
    r"|\b(?:state|official|working|private) visit\b|\bsummit\b|\bmeeting of\b|\breception\b"
)
_EN_PRESS = (
    r"\bpress (?:briefing|gaggle|conference|call|availability|avail|q ?& ?a)|\bpresser\b"
    r"|\bnews conference|\bgaggle\b|\bbackground (?:press )?(?:call|briefing)"
    r"|\banswers? to (?:\w+ )?(?:journalists|media|questions|reporters)|^interview\b"
    r"|\bgave an? (?:\w+ )?interview\b"
    r"|\bdirect line\b|\bq ?& ?a\b|\banswered (?:\w+ )?questions\b|\bon-the-record call\b"
)
_EN_JOINT = (
    r"\bjoint (?!press\b)(?:[\w’'.-]+ ){0,5}?(?:statement|declaration|communiqu|vision)"
    r"|\bcommuniqu[eé]|\b(?:leaders|ministers)[’']? (?:\w+ )?(?:statement|declaration)"
)
_EN_SPEECH = (
    r"^(?:as prepared[^:]{0,40}: ?)?remarks\b|\bremarks (?:by|of|at|to|in|before|on|as)\b"
    r"|\b(?:speech|toast|keynote|eulogy|speaks|spoke|speaking) (?:by|of|at|to|during|in|before)\b"
    r"|^(?:\w+ ){0,3}address\b(?! (?:of|change))|\baddress (?:by|to|at)\b"
    r"|\baddressed\b|\bplenary session\b|^speech\b"
)
_EN_STATEMENT = (
    r"\bstatements?\b|\b(?:messages?|greetings?|congratulat\w*|condolences?|letter|telegram)\b"
)
_EN_AHEAD = (
    r"\bwill (?:\w+ )?(?:meet|hold|have|visit|host|travel|attend|deliver|take part|receive|welcome"
    r"|speak|address|participate|make|go|convene|lead|take place|be (?:held|broadcast|published))\b"
)
_EN_TITLE = _rules(
    (
        Kind.OTHER,
        _EN_AHEAD + r"|^(?:the )?(?:president|vice president|first lady|white house|second"
        r" gentleman)\b.{0,60}\bto (?:host|meet|travel|visit|attend|deliver|welcome|hold|convene)\b"
        r"|\bweek ahead\b|\bpublic schedule\b|\baccredit(?:ed|ation)\b|\bupcoming\b"
        r"|^fact sheet|^on the eve",
    ),
    (Kind.PRESS_CONFERENCE, _EN_PRESS),
    (Kind.SPEECH, r"[’']s (?:video )?address\b"),
    (Kind.JOINT_STATEMENT, _EN_JOINT),
    (Kind.SPEECH, r"^(?:as prepared[^:]{0,40}: ?)?remarks\b"),
    (Kind.CALL, _EN_CALL),
    (
        Kind.MEETING,
        r"^statement.{0,200}\b(?:meetings? (?:with|between)|[’']s? (?:\w+ )?meetings?\b)",
    ),
    (
        Kind.STATEMENT,
        r"^(?:press )?statement|^(?:message|greetings?|congratul|condolences?|letter)\b",
    ),
    (Kind.MEETING, _EN_MEETING),
    (Kind.SPEECH, _EN_SPEECH),
    (Kind.STATEMENT, _EN_STATEMENT),
    (Kind.MEETING, _EN_VISIT),
)
_EN_OPENING = _rules(
    (
        Kind.CALL,
        r"\b(?:had|held) an? (?:\w+ )?(?:(?:tele)?phone|online|video|virtual) (?:call|conversation"
        r"|conference|meeting)\b|\bspoke (?:by|on the|over the) (?:tele)?phone|\bvideo call with\b",
    ),
    (
        Kind.MEETING,
        r"^[^.]{0,90}\b(?:met|meets|(?:began|started|had|held) (?:a |his )?(?:\w+ )?"
        r"(?:meeting|talks|negotiations)) with\b",
    ),
)

# --- Russian -------------------------------------------------------------------------------

_RU_CALL = r"телефонн\w+ (?:разговор|бесед|перегов)|по телефону\b|в режиме видео|видеоконференци"
_RU_MEETING = (
    r"\bвстреч[аиуе]\b|\bвстретил\w*|\bбесед[аыу]\b|\bпереговор\w*|\bпринял\b.{0,40}\b(?:посл|глав"
    r"|министр|презид|премьер)|\bприём\b|\bприем\b|консультаци"
)
_RU_TITLE = _rules(
    (
        Kind.OTHER,
        r"\b(?:состоится|проведёт|проведет|посетит|примет участие|встретится)\b|аккредитаци",
    ),
    (Kind.PRESS_CONFERENCE, r"пресс-конференц|ответы? на вопрос|брифинг|^интервью|прямая линия"),
    (Kind.JOINT_STATEMENT, r"совместн\w+ (?:[\w-]+ )?(?:заявлени|декларац|коммюнике)"),
    (Kind.CALL, _RU_CALL),
    (
        Kind.SPEECH,
        r"^(?:выступлени|обращени|послание президента федеральн)|пленарн\w+ (?:заседани|сесси)",
    ),
    (Kind.STATEMENT, r"заявлени[яе]|поздрав|послани|соболезн|телеграмм|приветстви|направил"),
    (Kind.MEETING, _RU_MEETING),
    (Kind.SPEECH, r"выступ\w+|обращени|\bречь\b|съезд|заседани|форум|церемони"),
)

_TITLE: dict[Language, tuple[Rule, ...]] = {"zh": _ZH_TITLE, "en": _EN_TITLE, "ru": _RU_TITLE}
_OPENING: dict[Language, tuple[Rule, ...]] = {"zh": _ZH_SENTENCE, "en": _EN_OPENING, "ru": ()}
_AHEAD: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"将(?:于|对|应邀|同|在\w{0,10}(?:举行|同))|将.{0,12}进行.{0,6}访问|定于"),
    "en": re.compile(rf"{_EN_AHEAD}|\b(?:is|are) (?:set|scheduled|due) to\b"),
    "ru": re.compile(r"\b(?:состоится|проведёт|проведет|посетит|встретится)\b"),
}
_SCREEN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"视频方式|视频形式|视频会[晤见谈]|视频连线"),
    "en": re.compile(
        r"\b(?:via|by|through|over) (?:secure )?(?:video|vtc)\w*|\bvirtually met\b|\bmet virtually"
    ),
    "ru": re.compile(r"по видеосвязи|в режиме видео|видеоконференц"),
}
_VISIT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(_ZH_VISIT),
    "en": re.compile(_EN_VISIT, re.IGNORECASE),
    "ru": re.compile(r"\b(?:визит|посещени|посетил|прибыл|саммит)", re.IGNORECASE),
}
_STRONG: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(f"{_ZH_CALL}|{_ZH_MEETING}"),
    "en": re.compile(f"{_EN_CALL}|{_EN_MEETING}", re.IGNORECASE),
    "ru": re.compile(f"{_RU_CALL}|{_RU_MEETING}", re.IGNORECASE),
}
