"""Chinese read-outs and news, sentence by sentence.

A sentence names its speaker at its head (习近平指出, 俄罗斯国防部23日称) or goes on with the one before
(中方愿…, 要加强…). "双方要…" inside a speech is that speaker's proposal; "双方一致认为" is said by both.
Names are not looked up in a list alone: 普京 is who the text introduced as 俄罗斯总统普京.
"""

from __future__ import annotations

import re

from talleyrand.attribution.sentences import Sentence, sentences
from talleyrand.attribution.speakers import (
    BOTH,
    NARRATOR,
    OTHER,
    Setting,
    Voice,
    named,
    own_voice,
    says,
)
from talleyrand.model import Kind, Passage
from talleyrand.states import Mention

_HAN = r"[\u4e00-\u9fff·•]"
_STRONG = (
    r"指出|强调|表示|(?<![传小听解学来再演])说(?![明法服])|宣称|声称|(?<![简堪著名职号自统])称(?![为赞号职呼])"
    r"|认为|重申|透露|坦言|呼吁|回应|写道|谈到|谈及|警告|忆及|(?<=，)介绍|直言"
)
_WEAK = (
    r"感谢|祝贺|欢迎|赞赏|赞同|完全赞同|预祝|祝愿|高度评价|高度赞赏|积极评价|相信|期待|坚信|希望|转达|通报"
    r"|阐述|阐明|宣布|提出|介绍|回顾|承诺|建议|主张|谴责|批评|同意|邀请|询问|回答|提议|对此|就|向|对|请|代表"
    r"|愿|积极响应|高兴|衷心|热烈|高度重视|充分肯定|赞扬|钦佩"
)
_DOING = re.compile(
    r"举行|会见|抵达|出席|签署|主持|乘|前往|访问|考察|检阅|致电|通电话|参加|参观|步入|陪同|迎接|会谈|会晤|合影|见证|观看"
    r"|发表|同.{1,30}握手|致信|复信|来到|离开|启程|种下|回到|作出重要|签发|任命"
)
_STRONG_VERB = re.compile(_STRONG)
_WEAK_AT_HEAD = re.compile(
    rf"(?:.{{0,3}}?(?:总统|主席|总理|首相|国王|先生|外长|委员长|总书记|书记|秘书长|议长|大使|夫妇|部长))?"
    rf"(?:还|也|再次|首先|则|并|再|又|都|完全|充分|特别|真诚|诚挚|高度|当天|日前|\d{{1,2}}日)*(?:{_WEAK})"
)
_TITLES = (
    "总统|总理|首相|国王|主席|议长|外长|外交部长|部长|大臣|外相|防长|财长|国务卿|大使|发言人|新闻秘书|总书记|参谋长"
    "|司令|省长|特使|代表|顾问|秘书长|委员长|行政长官|亲王|王储|埃米尔|酋长|元首|助理|秘书|最高领袖|苏丹|书记|领导人"
    "|市长|州长"
)
_ORGANS = (
    "外交部|国防部|政府|军方|国务院|白宫|总统府|克里姆林宫|武装部队|国防军|总参谋部|参谋部|国会|内阁|内政部|财政部"
    "|商务部|卫生部|能源部|经济部|央行|警方|检方|使馆|方面|安全局|部队|当局|空军|海军|陆军|总司令部|安全委员会|官员|官方"
    "|安全会议|司令部|五角大楼|外务省|防卫省|国务院|司法部|农业部|交通部|官房长官|议会"
)
_OFFICIAL = re.compile(rf"(?:{_TITLES}|{_ORGANS})")
_SIDE = re.compile(
    r"([\u4e00-\u9fff]{1,3})方(?=\d|表示|称|指出|强调|说|则|还|当天|认为|随后|此前|官员|宣布)"
)
_NOBODY = re.compile(
    r"我|你|他|她|它|双方|两国|各国|相信|希望|期待|欢迎|感谢|祝|愿|要|这|那|该|有|不|也"
)
_SHORT = {
    "俄": "RUS",
    "美": "USA",
    "英": "GBR",
    "法": "FRA",
    "德": "DEU",
    "日": "JPN",
    "韩": "KOR",
    "朝": "PRK",
    "印": "IND",
    "乌": "UKR",
    "以": "ISR",
    "伊": "IRN",
    "加": "CAN",
    "澳": "AUS",
}
_SHORT_HEAD = re.compile(
    rf"([{''.join(_SHORT)}])(?=(?:副|前|国家)?(?:{_TITLES}|{_ORGANS}|军|国防))"
)
_HEAD_ENDS = re.compile(r"(?<=..)(?:就|对|向|在(?!野)|接受|援引|针对|发表|发文|发布|于)")
_STATIONED = re.compile(r"常驻|驻.{0,8}(?:代表|大使)")
_BODY = re.compile(
    r"联合国|世卫|世界卫生组织|欧盟|欧委会|北约|欧洲理事会|欧洲议会|欧洲央行|国际原子能|国际货币基金|世界银行|世行"
    r"|世贸|世界贸易|非盟|国际奥委会|奥林匹克委员会|红十字|欧佩克|经合组织|上海合作组织|东盟秘书|阿盟|国际狮子会|新开发银行"
    r"|亚投行|亚洲基础设施|集团|公司|基金会|金融稳定|国际清算|国际劳工|产权组织"
)
_OUTSIDER = re.compile(
    r"专家|学者|教授|分析|人士|媒体|媒(?:\d|称|报|体)|报道|文章|智库|研究|民调|民众|居民|网友|前总统|前总理|前首相|前官员"
    r"|前外长|协会|公司|员工|电视台|通讯社|日报|时报|》|联合国|世卫|世界卫生组织|欧盟|欧委会|北约|欧洲理事会|欧洲议会"
    r"|欧洲央行|国际原子能|国际货币基金|世界银行|世行|世贸|非盟|国际奥委会|红十字|欧佩克|经合组织|秘书长|古特雷斯|冯德莱恩"
    r"|斯托尔滕贝格|谭德塞|米歇尔|博雷利|巴赫|议员|企业家|负责人|国际社会|各界|游客|村民|教师|学生|主任医师|院长|研究员"
    r"|会长|基金会|组织|统计局|数据|台湾|国民党|嘉宾|工作人员|同盟|联盟|阿盟|哈马斯|胡塞|真主党|反对派"
)
_JOINT = re.compile(
    r"(?:(?:中[\u4e00-\u9fff]{1,2}|两国|三国|五国|各国|两|三|[三四五]方|与会)?(?:元首|领导人|国家元首|总理|外长|部长)(?:们)?"
    r"|双方|三方|各方|两国(?=一致|同意|决定|宣布)|与会各方|与会(?:各国)?领导人|各国(?=一致))"
)
_JOINTLY = re.compile(
    r"一致|同意|商定|重申|决定|还就|就.{2,60}(?:交换|沟通|达成|讨论)|交换(?:了)?意见|(?<!重要)共识|共同(?:宣布|发表|认为|表示|强调)"
    r"|表示|强调|指出|认为|宣布|确认|承诺|均|约定|相约|达成|积极评价|高度评价|赞同|支持"
)
_PROPOSAL = re.compile(r"(?:要|应|应该|应当|可|可以|需|须|愿|将|必须|完全可以|还要|也要|都要|可在)")
_TEXTS = re.compile(r"(?:联合)?(?:声明|公报|宣言)(?:指出|强调|说|表示|重申|宣布|确认|认为)")
_MEETING_SAYS = re.compile(
    r"(会议|文章|全会|通知|意见|决定|座谈会|讲话|批示|贺信|《[^》]{2,40}》)(?:还|最后)?(?:指出|强调|要求|认为|提出|说|明确)"
)
_FORMER = re.compile(rf"前(?:任)?(?:副)?(?:{_TITLES})$")
_OWN_OFFICE = re.compile(
    r"中共中央|国家主席|国务委员|国务院|全国人大|全国政协|国家副主席|中央军委|我国"
)
_SENDER_ORGANS = re.compile(
    r"中共|国家主席|国务委员|国务院|全国人大|全国政协|中央|国家副主席|我国|外交部(?!长)|商务部|国家|中方"
)
_LEAD_IN = re.compile(
    r"(?:在|关于|针对|对于|就|当|会谈|会见|会晤|据|此|\d|随后|同时|另|谈|通话|当地|讲话|致辞|应询|当天|今天|昨天|近日|日前|作为|为此"
    r"|对此|回答|面对|最后|首先|结束|他|她|会后)"
)
_FRAME = re.compile(
    r"(?:参加|出席|陪同).{0,12}(?:活动|会见|会谈|会晤|会议|仪式|通话)[。；]?$"
    r"|^(?:会谈|会见|会晤|仪式|通话|活动|签字)(?:结束)?(?:前|后|时)|^(?:随后|临别|抵达|欢迎仪式|军乐团|当晚|当天|同日|访问期间|途中)"
    r"|^当地时间|^(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|中午|晚|凌晨|，|在|，)|^央视|总台(?:央视)?记者|鸣放|仪仗队|专机"
    r"|^(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
_BOLD_LINE = re.compile(r"\*\*[^\n]{2,60}\*\*$|<!--|---|更新时间")
_HEADING = re.compile(r"[^，。！？；：…”]{2,32}")
_REPORTED = re.compile(
    r"^(?:另|又|此外，|同时，)?(?:另)?据(.{1,24}?)(?:\d{1,2}日)?(?:报道|消息|援引|称|披露)"
)
_OWN_PRESS = re.compile(r"总台|央视|新华|本台|人民日报")
_MEDIA = re.compile(r"社|报|台|媒|网|《|CNN|BBC")
_GOES_ON = re.compile(
    r"^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|要|我|希望|欢迎|感谢|愿|相信|祝|双方[要应可将]|中方|[一二三四五六]、"
    r"|应|必须|坚决|坚持|(?:其次|最后|此外|同时|首先)，)"
)
_READOUT = re.compile(r"会见|会谈|会晤|通电话|通话|视频|见面|举行.{0,12}磋商|访问")
_SPEECH_OPENS = re.compile(
    r"^(?:他|她|其|发言人|声明)(?:们)?(?:还|也|并|同时|再次)?(?:" + _STRONG + r")"
)
_CLAIMS = re.compile(
    r"(?:我们?(?:也|还)?注意到，|正如|事实上，)?(?P<who>[^，。：“]{2,44}?)(?:声称|宣称|称|表示|指出|强调)[，：“]"
)
_JUDGED = re.compile(
    r"我们|我想|中方[^，]{0,6}(?:坚决|强烈|反对|不|已)|这[^，]{0,6}(?:是|种)|完全|纯属|谎|抹黑|无理|荒谬|罔顾"
)
_NEWS = re.compile(r"(?:<!--[^\n]*\s*)?\**(?:央视|新华社|人民网|.{0,12}电（)")
_FIRST_PERSON = re.compile(r"我们|中方|我国|^我[^国]")
_DATELINE = re.compile(r"^\**央视网消息\**（新闻联播）：")
_WITH_TITLE = re.compile(r"(?:国家)?(?:总统|主席|总理|首相|国王|总书记)")
_NAME_AT_HEAD = re.compile(
    rf"({_HAN}{{2,14}}?)(?=(?:总统|总理|首相|外长|主席|国王|委员长|部长|先生|女士)?(?:\d{{1,2}}日)?(?:当天|日前|随后|还|也|再次|则)*"
    rf"(?:在.{{2,20}}[时中上])?(?:{_STRONG}|{_WEAK}))"
)
_INTRODUCTION = re.compile(
    rf"(?:{_TITLES}|大公|公主|王子|总督|局长|主任|董事长|总裁|行长|总干事|署长|专员|领袖|会长|院长|检察长|将军|第一夫人|主席团成员|团长|参赞)(?={_HAN}{{2}})"
)
_NAME_CHARACTERS = re.compile(rf"[\u4e00-\u9fff·•-]{{2,14}}")
_NOT_A_NAME = re.compile(
    r"会议|会晤|会谈|会见|发言|讲话|[等和与们在的率就应对及以并将]|表示|峰会|一行|代表|特别|理事|非正式|级别|团|办公|热情|新闻|发言|国防|副|府"
)
_NAME_ENDS = re.compile(
    rf"{_STRONG}|{_WEAK}|{_DOING.pattern}|首先|[还也再在和与同等率专应日]|夫人|夫妇|当天|一行|主动|介|深"
)
_BREAK = re.compile(r"[，。；：！？\n”“（）\s]|会见|会谈|[同由和与](?!志)")
_OFFICE = re.compile(rf"(?:{_TITLES})")
_FIRST_VERB = re.compile(rf"，|{_STRONG}|(?<=..)(?:{_WEAK})")
_WHERE = re.compile(r"^(?:首先|也|还)?(?:在[^，]{1,16}[中上时])?(?:首先)?")
_OTHER_SUBJECT = re.compile(r"，[^，]{0,12}$")
_JOINT_AT_ONCE = re.compile(
    r"还|一致|同意|商定|均|重申|决定|表示|强调|就|共同|积极|赞同|确认|宣布|相约|约定|高度评价"
)
_PREPOSITION = re.compile(
    r"(?:针对|关于|对于|对(?=.{4})|当(?!天|日)|据|随着|应.*邀请|作为|为(?!此)|在(?![^，]{2,26}[时中上后](?:"
    + _STRONG
    + r")))"
)
_ORGAN_VERB = re.compile(r"宣布|谴责|通报|批评|感谢|评价|显示|指责|敦促|要求|期待|祝贺|抗议")
_CLAUSE = re.compile(r"[^，,]+")
_REACH = 90


class Cast:
    """Who is who in one text: the state behind each name, from how the text introduces it."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._setting = setting
        self._tails: dict[str, list[tuple[str, str]]] = {}
        for title in _INTRODUCTION.finditer(text):
            state = self._titled(text[max(0, title.start() - 44) : title.end()])
            if state:
                self._remember(text[title.end() : title.end() + 14], state)

    def _remember(self, tail: str, state: str) -> None:
        """What follows a title begins with the name; of 凯蒂·维达尔 the last part is used too."""
        name = _NAME_CHARACTERS.match(tail)
        if name is None or _NOT_A_NAME.match(name.group()):
            return
        whole = name.group()[: 2 + len(_NAME_ENDS.split(name.group()[2:])[0])]
        for part in (whole, *re.split("[·•]", whole)[1:]):
            if len(part) > 1:
                self._tails.setdefault(part[:2], []).append((part, state))

    def _titled(self, window: str) -> str | None:
        """The state of the office that ends the window."""
        office = _BREAK.split(window)[-1]
        known = [m for m in named(office, "zh", self._setting.on) if m.how == "leader"]
        office = office[known[-1].end :] if known else office
        pieces = [piece.split("的")[-1] for piece in reversed(office.split("、"))]
        for piece in pieces:
            if _BODY.search(piece) and not _STATIONED.search(piece):
                return OTHER
            found = [
                m for m in named(piece, "zh", self._setting.on) if m.how not in ("capital", "topic")
            ]
            if found:
                return OTHER if _FORMER.search(piece) else found[0].iso3
            if short := _SHORT_HEAD.match(piece):
                return _SHORT[short.group(1)]
            if _OWN_OFFICE.search(piece):
                return self._setting.sender
        return self._setting.sender if _SENDER_ORGANS.search(office) else None

    def at_head(self, words: str) -> Voice | None:
        """The known person that a stretch begins with."""
        found = named(words[:14], "zh", self._setting.on)
        if found and found[0].start == 0 and found[0].how == "leader":
            return Voice(words[: found[0].end], found[0].iso3)
        best = Voice("", "")
        for tail, state in self._tails.get(words[:2], ()):
            length = _shared(tail, words)
            if length > len(best.speaker):
                best = Voice(words[:length], state)
        return best if best.speaker and not _NOBODY.match(best.speaker) else None


def _shared(one: str, other: str) -> int:
    """How many characters two stretches begin with in common."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def narrative(text: str, setting: Setting) -> list[Passage]:
    """Every sentence with whose words it reports."""
    units = sentences(text, "zh")
    if _in_own_voice(text, units, setting):
        return [says(u.start, u.end, own_voice(setting, "zh")) for u in units]
    return _Reader(text, units, setting).read()


def _in_own_voice(text: str, units: list[Sentence], setting: Setting) -> bool:
    """A spokesperson's statement rather than news: 中方…, 我们…, and no dateline."""
    if not units or _NEWS.match(text) or setting.kind in (Kind.MEETING, Kind.CALL):
        return not units
    first = sum(bool(_FIRST_PERSON.search(text[u.start : u.end])) for u in units)
    if setting.kind in (Kind.STATEMENT, Kind.PRESS_CONFERENCE):
        return not _READOUT.search(text[: units[0].end]) or first * 3 >= len(units)
    return first * 3 >= len(units) and not _READOUT.search(text[: units[0].end])


class _Reader:
    """Reads the sentences in order, keeping who is speaking."""

    def __init__(self, text: str, units: list[Sentence], setting: Setting) -> None:
        self._text = text
        self._units = units
        self._setting = setting
        self._cast = Cast(text, setting)
        opening = text[: units[min(2, len(units) - 1)].end]
        self._readout = setting.kind in (Kind.MEETING, Kind.CALL) or bool(_READOUT.search(opening))
        self._current: Voice | None = None
        self._person: Voice | None = None
        self._about: dict[str, str] | None = None

    def read(self) -> list[Passage]:
        found = []
        for unit in self._units:
            words = self._text[unit.start : unit.end]
            head = _DATELINE.match(words)
            voice = self._voice(words[head.end() :].strip() if head else words, unit.opens)
            self._current = voice
            if voice.state not in (BOTH, NARRATOR):
                self._person = voice
            found.append(says(unit.start, unit.end, voice))
        return found

    def _voice(self, words: str, opens: bool) -> Voice:
        narrator = Voice("", NARRATOR)
        if _BOLD_LINE.match(words) or (opens and _HEADING.fullmatch(words)):
            return narrator
        words = words.lstrip("“‘*　 ")
        voice = self._headed(words, opens)
        if voice:
            return voice
        if _FRAME.search(words) and not self._in_first_person(words):
            return narrator
        return self._continued(words, opens)

    def _in_first_person(self, words: str) -> bool:
        return self._speaking() and bool(re.search(r"我们?|[中" + "\u4e00-\u9fff" + "]方愿", words))

    def _speaking(self) -> bool:
        return self._current is not None and self._current.state != NARRATOR

    def _continued(self, words: str, opens: bool) -> Voice:
        """A sentence that names no speaker."""
        if opens and words.startswith("中方") and not self._speaking():
            return own_voice(self._setting, "zh")
        if not self._speaking() or self._current is None:
            return Voice("", NARRATOR)
        if not opens:
            return self._current
        before = self._person if self._current.state == BOTH else self._current
        if before and (_GOES_ON.match(words) or (self._readout and self._current.state != BOTH)):
            return before
        return Voice("", NARRATOR)

    def _headed(self, words: str, opens: bool) -> Voice | None:
        """The speaker named at the head of a sentence, after any lead-in."""
        if _SPEECH_OPENS.match(words) and self._person:
            return self._person
        reported = _REPORTED.match(words)
        if reported and _MEDIA.search(reported.group(1)) and not _OWN_PRESS.search(words[:12]):
            return Voice(reported.group(1), OTHER)
        for count, clause in enumerate(_CLAUSE.finditer(words[:400])):
            if not _PREPOSITION.match(clause.group()):
                voice = self._at_head(words[clause.start() :], opens and count == 0)
                if voice:
                    return voice
            if count > 3 or not _LEAD_IN.match(clause.group()):
                return None
        return None

    def _at_head(self, rest: str, opens: bool) -> Voice | None:
        joint = _JOINT.match(rest)
        if joint:
            return self._jointly(rest, joint)
        if _TEXTS.match(rest):
            return Voice(rest[:4], BOTH if "联合" in rest[:4] else self._setting.sender)
        if meeting := _MEETING_SAYS.match(rest):
            return Voice(meeting.group(1), self._setting.sender)
        return self._by_name(rest) or self.described(rest) or self._stranger(rest, opens)

    def _jointly(self, rest: str, joint: re.Match[str]) -> Voice | None:
        """双方 as a subject: said by both, a proposal of whoever speaks, or something done."""
        after = rest[joint.end() :]
        if _PROPOSAL.match(after) and self._speaking():
            return None
        said = _JOINTLY.search(after[:_REACH])
        alone = self._speaking() and self._current and self._current.state != BOTH
        if not said or (alone and not _JOINT_AT_ONCE.match(after)):
            return None
        return Voice(joint.group(), BOTH)

    def _by_name(self, rest: str) -> Voice | None:
        """A person of this text: 习近平指出, 普京还表示, 俄罗斯总统普京29日说."""
        person, after = self._person_at(rest)
        if person is None:
            return None
        titled = _WITH_TITLE.match(after)
        if titled and self._speaking() and not _STRONG_VERB.match(after[titled.end() :]):
            return self._current
        strong = _STRONG_VERB.search(after[:_REACH])
        doing = _DOING.search(after[:_REACH])
        if strong and not (doing and _OTHER_SUBJECT.search(after[: strong.start()])):
            return self._with_another(person, after[: strong.start()])
        if _WEAK_AT_HEAD.match(_WHERE.sub("", after, count=1)):
            return person
        return Voice("", NARRATOR) if doing else self._current

    def _person_at(self, rest: str) -> tuple[Voice | None, str]:
        """The person that a stretch begins with, also after an office, and what follows."""
        person = self._cast.at_head(rest)
        if person:
            return person, rest[len(person.speaker) :]
        for office in _OFFICE.finditer(rest[:36]):
            person = self._cast.at_head(rest[office.end() :])
            if person and "，" not in rest[: office.end()]:
                return person, rest[office.end() + len(person.speaker) :]
        return None, ""

    def _with_another(self, person: Voice, between: str) -> Voice:
        """普京与到访的默克尔表示 is said by both."""
        if not between.startswith(("和", "与", "同")):
            return person
        beside = _FIRST_VERB.split(between)[0]
        other = self._cast.at_head(beside[1:])
        abroad = {m.iso3 for m in self._named(beside)} | ({other.state} if other else set())
        return Voice(person.speaker + beside, BOTH) if abroad - {person.state} else person

    def _named(self, words: str) -> list[Mention]:
        return [m for m in named(words, "zh", self._setting.on) if m.how != "topic"]

    def _side(self, short: str) -> str | None:
        """土方 is Türkiye's or Turkmenistan's: the one that this text is about."""
        if short == "中":
            return self._setting.sender
        if self._about is None:
            self._about = {
                self._text[m.start : m.end][:1]: m.iso3
                for m in reversed(self._named(self._text[:400]))
                if m.how == "name"
            }
        return self._about.get(short[:1])

    def _stranger(self, rest: str, opens: bool) -> Voice | None:
        """In a read-out somebody whom the text never introduces: the guest."""
        if not self._readout or not opens or self._cast.at_head(rest):
            return None
        found = _NAME_AT_HEAD.match(rest)
        if not found or _NOBODY.match(found.group(1)) or found.group(1).endswith("方"):
            return None
        if found.group(1) not in self._text[: self._units[0].end + 400]:
            return None
        guests = self._setting.counterparts or tuple(m.iso3 for m in self._named(rest[:160]))
        abroad = [state for state in guests if state != self._setting.sender]
        return Voice(found.group(1), abroad[0]) if abroad else None

    def described(self, rest: str) -> Voice | None:
        """An official or an organ by its state (俄罗斯国防部23日称), or an outsider (专家表示)."""
        mild = None if self._readout and self._speaking() else _ORGAN_VERB.search(rest[:40])
        verb = _STRONG_VERB.search(rest[:60]) or mild
        if not verb:
            return None
        head = rest[: verb.start()]
        if "，" in head or "“" in head or not head:
            return None
        head = _trimmed(_HEAD_ENDS.split(head)[0])
        states = [m.iso3 for m in self._named(head)]
        if short := _SHORT_HEAD.match(head):
            states.insert(0, _SHORT[short.group(1)])
        if side := _SIDE.match(rest):
            abroad = self._side(side.group(1)) or (states[0] if states else None)
            return Voice(side.group(1) + "方", abroad) if abroad else None
        if _OUTSIDER.search(head) and not _STATIONED.search(head) and "外交部" not in head:
            return Voice(head, OTHER)
        if states and _OFFICIAL.search(head):
            return Voice(head, states[0])
        if _OFFICIAL.search(head) and _SENDER_ORGANS.search(head):
            return Voice(head, self._setting.sender)
        return None


def _trimmed(head: str) -> str:
    """The head without the day and the adverbs before the verb."""
    return (
        re.sub(r"(?:\d{1,2}日|当天|日前|今天|近日|（.*?）|在.*|还|再次|则|也)+$", "", head) or head
    )


def quoted_officials(text: str, start: int, end: int, setting: Setting) -> list[Passage]:
    """Inside an answer, the sentences that only report what a foreign official says.

    A sentence that goes on to judge the claim (这完全是…, 我们…) stays the spokesperson's.
    """
    reader = _Reader("", [Sentence(0, 0, True)], setting)
    found: list[Passage] = []
    quoted = None
    for unit in sentences(text[start:end], "zh"):
        words = text[start + unit.start : start + unit.end]
        quoted = _quoted(words, reader, setting) or (
            quoted if quoted and not unit.opens and words[:1] == quoted.speaker[:1] else None
        )
        if quoted:
            found.append(says(start + unit.start, start + unit.end, quoted))
    return found


def _quoted(words: str, reader: _Reader, setting: Setting) -> Voice | None:
    claim = _CLAIMS.match(words)
    if not claim or _JUDGED.search(words):
        return None
    voice = reader.described(words[claim.start("who") :])
    return voice if voice and voice.state not in (setting.sender, OTHER) else None
