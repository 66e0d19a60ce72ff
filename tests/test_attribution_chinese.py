"""Who speaks in Chinese read-outs and news (all texts are invented)."""

import pytest

from attribution_sample import Piece, states_of
from talleyrand.attribution import passages
from talleyrand.model import Kind

MEETING: list[Piece] = [
    (
        "narrator",
        "央视网消息（新闻联播）：当地时间3日下午，国家主席习近平在松城同俄罗斯总统普京举行会谈。\n",
    ),
    ("CHN", "习近平指出，两国合作开出新花。双方要加强在海洋领域的协调。中方愿同俄方一道种树。\n"),
    ("CHN", "二是扩大苹果贸易，推动果园对接。\n"),
    ("CHN", "习近平强调，树木需要阳光。中方愿继续浇水。\n"),
    ("RUS", "普京预祝园艺大会成功。普京表示，俄方愿同中方共同种树。感谢中方赠送树苗。"),
    ("RUS", "普京介绍了特别修剪行动的情况。\n"),
    ("both", "双方一致认为，果园应当开放。\n"),
    ("both", "两国元首还就施肥问题交换了意见。\n"),
    ("CHN", "习近平赞赏俄方坚持浇水原则，强调果树不可分割。\n"),
    ("narrator", "会谈后，两国元首共同见证签署多项合作文件。\n"),
    ("narrator", "丁薛祥、王毅等参加会见。"),
]


@pytest.mark.parametrize("kind", [Kind.MEETING, Kind.OTHER])
@pytest.mark.parametrize("counterparts", [("RUS",), ()])
def test_a_read_out_gives_each_leader_his_own_words(
    kind: Kind, counterparts: tuple[str, ...]
) -> None:
    """Also in what is continued, reported or proposed, whether or not the guest is told."""
    assert states_of(MEETING, "zh", "CHN", kind=kind, counterparts=counterparts) == MEETING


def test_a_read_out_in_one_paragraph_changes_speaker_by_sentence() -> None:
    """The older broadcasts have no line breaks."""
    pieces = [
        ("narrator", "央视网消息（新闻联播）：国务院总理李克强3日应约同意大利总理德拉吉通电话。"),
        ("CHN", "李克强表示，橄榄树长势喜人。中方愿进口橄榄。希望双方相向而行。"),
        ("ITA", "德拉吉表示，意方愿出口橄榄。橄榄需要贸易。"),
        ("CHN", "李克强说，中国人喜欢橄榄。"),
        ("narrator", "何立峰等参加上述活动。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.CALL) == pieces


def test_both_agree_only_where_they_are_said_to() -> None:
    """ "双方要" continues a speech; "双方同意" does not."""
    pieces = [
        ("narrator", "国家主席习近平3日会见蒙古国总统呼日勒苏赫。\n"),
        ("CHN", "习近平指出，双方应共同防沙。双方在草原上合作已久。双方可以多种树。\n"),
        ("both", "双方同意建立防沙小组。\n"),
        ("both", "双方重点就当前沙尘局势交换意见。\n"),
        ("MNG", "呼日勒苏赫表示，蒙方支持种树。双方要一起浇水。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


@pytest.mark.parametrize(
    ("introduction", "words", "state"),
    [
        ("会见俄罗斯总理米舒斯京。", "米舒斯京表示，俄方愿种树。", "RUS"),
        ("会见来华出席园艺论坛的冈比亚总统巴罗。", "巴罗表示，愿同中方种树。", "GMB"),
        ("会见卢森堡大公亨利。", "亨利说，花园很美。", "LUX"),
        ("会见美国园林局局长凯蒂·维达拉。", "维达拉感谢中方赠送花种。", "USA"),
        ("会见由越南共产党中央对外部部长黎明和率领的代表团。", "黎明和表示，越方愿种树。", "VNM"),
        ("会见联合国秘书长古特雷斯。", "古特雷斯表示，世界需要树木。", "other"),
        ("会见欧盟委员会主席冯德莱恩。", "冯德莱恩表示，欧方愿种树。", "other"),
    ],
)
def test_a_guest_is_known_by_how_the_text_introduces_him(
    introduction: str, words: str, state: str
) -> None:
    """By title and state in the text, not by a list."""
    pieces = [("narrator", f"国务院总理李克强3日在北京{introduction}\n"), (state, words)]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


def test_a_guest_who_is_never_introduced_is_the_counterparts() -> None:
    """A second item of a broadcast names him without his office."""
    pieces = [
        ("narrator", "欢迎仪式后，李强同斯特拉姆举行会谈。\n"),
        ("CHN", "李强表示，中挪友谊如松树常青。\n"),
        ("NOR", "斯特拉姆表示，挪方愿种松树。"),
    ]
    given = states_of(pieces, "zh", "CHN", kind=Kind.MEETING, counterparts=("NOR",), on=None)
    assert given == pieces


def test_a_leader_named_with_his_title_inside_a_speech_does_not_take_over() -> None:
    """习近平主席 in the guest's mouth is praise, not a change of speaker."""
    pieces = [
        ("narrator", "国家主席习近平3日会见塞内加尔总统萨勒。\n"),
        ("SEN", "萨勒表示，塞中友谊深厚。习近平主席提出的种树倡议意义重大。塞方支持种树。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


def test_news_gives_officials_to_their_state_and_others_to_nobody() -> None:
    """Spokesmen and ministries speak for a state; experts, media and unions do not."""
    pieces = [
        ("narrator", "央视网消息（新闻联播）：\n**某果园失火**\n"),
        ("RUS", "俄罗斯国防部23日称，俄方果园安全。"),
        ("UKR", "乌克兰方面称，乌方果园也安全。\n"),
        ("RUS", "俄外交部发言人扎哈罗娃24日表示，果树没有国界。她强调，浇水要及时。\n"),
        ("narrator", "**多国人士关注**\n"),
        ("other", "俄罗斯园艺专家伊万诺夫表示，今年雨水太多。\n"),
        ("other", "美国《园丁报》22日发文称，苹果涨价了。\n"),
        ("narrator", "据路透社报道，果园已重新开放。\n"),
        ("JPN", "日本外务省24日说，日方将提供水壶。\n"),
        ("narrator", "23日，当地下了一场大雨。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_a_joint_statement_is_said_by_both() -> None:
    """Its clauses are the two states' together."""
    text = "中华人民共和国和俄罗斯联邦关于种树的联合声明\n一、双方认为，树木重要。双方反对砍伐。"
    assert {p.state for p in passages(text, language="zh", sender="CHN")} == {"both"}


def test_a_spokespersons_statement_is_the_states_throughout() -> None:
    """No read-out, no dateline: the state speaks."""
    text = "3日，某国砍伐果树。中方对此深表遗憾。我们敦促有关方面停止砍伐。"
    for kind in (Kind.STATEMENT, Kind.OTHER):
        found = passages(text, language="zh", sender="CHN", kind=kind)
        assert {p.state for p in found} == {"CHN"}


def test_two_guests_together_are_both() -> None:
    """普京与默克尔表示 is one sentence of two states."""
    pieces = [("both", "俄罗斯总统普京与到访的德国总理朔尔茨3日表示，管道应当浇水。")]
    assert states_of(pieces, "zh", "CHN") == pieces


@pytest.mark.parametrize("kind", [Kind.STATEMENT, Kind.SPEECH, Kind.OTHER])
def test_news_of_a_message_has_its_frame_and_each_writers_words(kind: Kind) -> None:
    """Who wrote to whom is told; what he wrote is his, and the answer is the other's."""
    pieces = [
        ("narrator", "国家主席习近平3日同蒙古国总统呼日勒苏赫互致贺电，庆祝园艺协定十周年。\n"),
        ("CHN", "习近平指出，两国果园相连。我愿同总统先生一道种树。\n"),
        ("MNG", "呼日勒苏赫表示，蒙方愿同中方一道浇水。\n"),
        ("narrator", "园艺论坛当日在北京开幕，主题为“种树与浇水”。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=kind, counterparts=("MNG",)) == pieces


def test_a_report_of_a_speech_and_a_signed_article_are_told_apart() -> None:
    """In the one the speaker is named again, the other is in the first person throughout."""
    report = [
        ("narrator", "国务院总理李强3日在京出席园艺大会开幕式并发表讲话。\n"),
        ("CHN", "李强表示，果树带来繁荣。中国愿同各国一道种树。\n"),
        ("narrator", "丁薛祥参加大会。"),
    ]
    assert states_of(report, "zh", "CHN", kind=Kind.SPEECH) == report
    article = "当地时间3日，国家主席习近平在《园丁报》发表署名文章。文章全文如下：\n"
    own = "我即将访问贵国的果园。两国园丁友谊深厚。"
    found = passages(article + own, language="zh", sender="CHN", kind=Kind.SPEECH)
    assert [p.state for p in found] == ["narrator", "CHN"]


def test_both_also_where_two_exchange_or_agree_inside_a_speech() -> None:
    """普京和莱希还就…交换意见 and 双方认为 are of two states."""
    pieces = [
        ("RUS", "俄罗斯总统普京3日会见到访的伊朗总统莱希时表示，果园合作顺利。"),
        ("both", "普京和莱希还就浇水问题交换了意见。\n"),
        ("RUS", "普京表示，俄方愿种树。"),
        ("both", "双方认为，果园应当开放。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_a_stray_label_does_not_turn_a_read_out_into_a_press_conference() -> None:
    """The kind given is honoured, and the spokesperson who answers once is heard."""
    text = (
        "国家主席习近平3日同俄罗斯总统普京通电话。\n习近平指出，中方愿种树。\n"
        "普京表示，俄方愿浇水。\n记者：何时种树？\n发言人：明年春天。"
    )
    found = passages(text, language="zh", sender="CHN", counterparts=("RUS",), kind=Kind.CALL)
    assert [p.state for p in found] == ["narrator", "CHN", "RUS", "journalist", "CHN"]


def test_former_officials_and_lists_of_leaders_speak_for_no_one_state() -> None:
    """A former premier is an outsider; many leaders together are others."""
    pieces = [
        ("other", "意大利前总理孔特3日表示，果园需要雨水。\n"),
        ("other", "印度总统甲、法国总统乙、巴西总统丙、古巴主席丁3日表示，愿大家多种树。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_the_state_of_a_republics_president_is_read_off_his_title() -> None:
    """The 和 of 共和国 does not cut the title in two."""
    pieces = [
        ("narrator", "国家主席习近平3日会见北马其顿共和国总统彭达罗夫斯基。\n"),
        ("MKD", "彭达罗夫斯基表示，愿同中方种树。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


def test_news_finds_the_speaker_in_a_later_clause_a_headline_or_the_one_told_of() -> None:
    """Chinese news: 安理会开会，中方代表发言指出; 他强调; a headline that reports what is said."""
    pieces = [
        ("narrator", "央视网消息（新闻联播）：国务院总理李强3日在果园调研。\n"),
        ("CHN", "他强调，要按时浇水。\n"),
        ("RUS", "俄罗斯外长批评果园涨价\n"),
        ("CHN", "4日，联合国安理会召开会议审议果园问题，中国代表发言指出，果园应当开放。\n"),
        ("UKR", "乌克兰总统泽连斯基当天要求对果园实施限制。\n"),
        ("other", "多国人士高度评价果园建设。\n"),
        ("other", "法国总统马克龙、德国总理朔尔茨表示，苹果涨价了。\n"),
        ("DEU", "德国总统施泰因迈尔、德国总理朔尔茨表示，梨也涨价了。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_news_leaves_a_speaker_where_another_states_deed_is_told() -> None:
    """A bulletin without paragraphs goes on to the next item."""
    pieces = [
        ("FRA", "法国外交部3日说，果园安全。"),
        ("narrator", "俄罗斯举行园艺大会。2020年5月，果园关闭。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_what_a_writer_will_do_with_a_titled_man_is_the_writers() -> None:
    """我愿同米舒斯京总理… stays his, also where 总理定期会晤 follows."""
    pieces = [
        ("CHN", "李克强在贺电中说，果园丰收。双方举行中俄总理定期会晤，达成共识。"),
        ("CHN", "我愿同米舒斯京总理一道，充分发挥两国总理定期会晤机制作用。"),
    ]
    found = states_of(pieces, "zh", "CHN", kind=Kind.STATEMENT, counterparts=("RUS",))
    assert found == pieces


def test_officials_without_a_state_are_the_senders_or_those_of_the_state_told_of() -> None:
    """省委书记, 行政长官 and envoys are Peking's; 州长 after 乌克兰多地 is Ukraine's."""
    pieces = [
        ("CHN", "香港特区行政长官张大山表示，果园安全。\n"),
        ("CHN", "黑龙江省委书记王小树表示，要加强果园合作。\n"),
        ("CHN", "朝鲜半岛事务特别代表李小河说，要种树。\n"),
        ("narrator", "乌克兰多地果园10日遭到袭击。"),
        ("UKR", "州长西涅古博夫表示，要修果园。"),
        ("UKR", "国防部称果园已修好。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_several_states_and_outsiders_speak_for_no_state() -> None:
    """俄乌双方, 波兰、捷克政府, 他们 after company heads, the guests of a forum."""
    pieces = [
        ("other", "俄乌双方表示，愿继续谈苹果。\n"),
        ("other", "波兰、捷克政府表示，将种苹果。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces
    pieces = [
        ("narrator", "苹果公司等企业负责人参加会见。\n"),
        ("other", "他们表示，愿深化对华合作。\n"),
        ("CHN", "李强表示，果园开放。\n"),
        ("other", "非方领导人感谢中方主办论坛。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


def test_the_official_whom_a_medium_reports_speaks() -> None:
    """据俄媒报道，普京指出 is Russia's; a state organ's figures are its state's."""
    pieces = [
        ("RUS", "据俄罗斯媒体8日报道，俄罗斯总统普京7日指出，果园在扩大。"),
        ("RUS", "他还表示，梨也涨价了。\n"),
        ("narrator", "据美国媒体8日报道，多家果园关闭。\n"),
        ("USA", "美国劳工部公布的数据显示，苹果涨价。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_words_after_a_title_that_are_no_name_do_not_speak() -> None:
    """总统上任后首次出访, 驻外使馆今天: no such men."""
    pieces = [("CHN", "就在总统上任后首次出访，中方表示祝贺。")]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING, counterparts=("VNM",)) == pieces


def test_a_named_communique_does_not_make_a_statement_joint() -> None:
    """违反中美三个联合公报 is said by one side."""
    pieces = [("CHN", "该国的声明严重违反中美三个联合公报，中方坚决反对。\n果园问题是核心。")]
    assert states_of(pieces, "zh", "CHN", kind=Kind.STATEMENT, counterparts=("USA",)) == pieces
    pieces = [("both", "中华人民共和国和法兰西共和国联合声明\n双方同意种苹果。")]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_a_programme_that_says_let_us_see_is_no_statement() -> None:
    """让我们一起 and 感谢中方 do not make news a statement of the ministry."""
    pieces = [("narrator", "果园丰收了。让我们一起走进果园。\n村民感谢中方的帮助。")]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_a_document_is_of_who_issued_it() -> None:
    """In news from abroad 声明谴责 and 报告说 are not the sender's."""
    pieces = [
        ("other", "阿富汗教师联盟19日发布声明称，果园受损。"),
        ("other", "声明谴责砍树的做法。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.OTHER, counterparts=("AFG",)) == pieces
    pieces = [
        ("narrator", "联合国果树组织20日发布果树年度报告。"),
        ("other", "报告说，苹果产量增加。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.OTHER, counterparts=("USA",)) == pieces


def test_news_of_a_joint_statement_has_its_frame_and_who_explains_it() -> None:
    """What the statement says is both's."""
    pieces = [
        ("narrator", "1月3日，中国和法国领导人共同发表《关于果树的联合声明》。"),
        ("both", "申明果树不应砍伐，强调两国应一起种树。"),
        ("narrator", "外交部有关负责人介绍了联合声明的重要意义。\n"),
        ("CHN", "马小树表示，中国始终爱护果树。中国将继续种树。"),
    ]
    got = states_of(pieces, "zh", "CHN", kind=Kind.JOINT_STATEMENT, counterparts=("FRA",))
    assert got == pieces


def test_a_movement_is_no_state_and_a_guard_of_honour_no_frame() -> None:
    """真主党领导人 is another; 仪仗队 named in a speech does not end it."""
    pieces = [("other", "黎巴嫩真主党领导人树拉3日警告说，果园不应受损。")]
    assert states_of(pieces, "zh", "CHN", kind=Kind.OTHER, counterparts=("ISR",)) == pieces
    pieces = [
        ("narrator", "国家主席习近平同俄罗斯总统普京通电话。\n"),
        ("RUS", "普京表示，果园很好。中国仪仗队赴俄参加红场活动，再次说明了这点。"),
        ("RUS", "俄中果树贸易不断增长。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.CALL, counterparts=("RUS",)) == pieces
