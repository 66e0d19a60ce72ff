"""Who speaks in Chinese news and to private guests (all texts are invented)."""

from attribution_sample import Piece, states_of
from talleyrand.model import Kind


def test_he_is_whom_the_news_named_last_also_before_a_mild_verb() -> None:
    pieces: list[Piece] = [
        ("other", "联合国秘书长古特雷斯6日说，果园缺水。"),
        ("other", "他敦促各方恢复浇水。\n"),
        ("narrator", "韩国总统文在寅7日发表新年贺词。"),
        ("KOR", "他表示，希望韩朝一起种树。"),
    ]
    assert states_of(pieces, "zh", "CHN", counterparts=("KOR",)) == pieces


def test_a_headline_with_a_colon_is_the_speakers() -> None:
    pieces: list[Piece] = [
        ("other", "国际人士：果园竞争令梨涨价\n"),
        ("RUS", "俄外长：不应将苹果政治化\n"),
        ("SYR", "叙外交部：果树不容砍伐\n"),
        ("narrator", "花展：苹果与梨的春天\n"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_who_denies_speaks_and_who_does_not_answer_does_not() -> None:
    pieces: list[Piece] = [
        ("RUS", "俄罗斯国防部8日称，果园遭砍伐。"),
        ("narrator", "乌克兰方面对此暂无回应。\n"),
        ("USA", "美国国防部否认参与砍伐果树。\n"),
        ("IND", "印度外交部14日宣布限期剪枝。"),
        ("CAN", "同一天，加拿大外交部宣布停止浇水。\n"),
        ("narrator", "民众列队欢迎园丁。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_organs_and_people_of_hong_kong_are_the_senders_and_foreign_groups_are_not() -> None:
    pieces: list[Piece] = [
        ("CHN", "港澳各界人士表示，果园前景光明。\n"),
        ("CHN", "香港中联办发言人表示，果园秩序井然。\n"),
        ("other", "东盟国家领导人表示，愿一起种树。\n"),
        ("other", "阿拉伯国家联盟秘书长盖特表示，果园应当开放。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces


def test_a_private_guest_speaks_for_no_state() -> None:
    pieces: list[Piece] = [
        ("narrator", "国务院总理李强25日在松城会见世界果园论坛主席松德。\n"),
        ("CHN", "李强表示，中方愿扩大苹果贸易。\n"),
        ("other", "松德表示，论坛愿同中国一起种树。\n"),
        ("other", "两家企业均表示将继续在华种梨。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.MEETING) == pieces


def test_a_guest_with_a_foreign_leaders_name_is_whom_the_text_introduces() -> None:
    pieces: list[Piece] = [
        ("narrator", "栗战书19日同墨西哥参议长桑切斯举行会谈。\n"),
        ("MEX", "桑切斯表示，墨方愿一起种树。"),
    ]
    assert states_of(pieces, "zh", "CHN", counterparts=("MEX",), kind=Kind.CALL) == pieces


def test_a_speaker_known_by_office_speaks_again_by_name() -> None:
    pieces: list[Piece] = [
        ("other", "10日，伊朗民间果树组织负责人阿松·贝扎德表示，果树没有倒。\n"),
        ("other", "阿松·贝扎德此前一天在接受采访时表示，果园安好。"),
    ]
    assert states_of(pieces, "zh", "CHN", counterparts=("IRN",)) == pieces


def test_both_where_the_two_affirm_and_no_name_out_of_a_verb() -> None:
    pieces: list[Piece] = [
        ("narrator", "李强同匈牙利总理欧尔班举行会谈。\n"),
        ("CHN", "李强表示，果园常青。"),
        ("CHN", "2017年习近平主席和欧尔班总理共同宣布开园。\n"),
        ("HUN", "欧尔班表示，匈方愿一起种树。\n"),
        ("both", "双方充分肯定苹果贸易，将继续办好花展。双方将扩大种梨。"),
    ]
    assert states_of(pieces, "zh", "CHN", counterparts=("HUN",), kind=Kind.MEETING) == pieces


def test_an_answer_quotes_a_guest_by_name_and_what_both_agreed() -> None:
    pieces: list[Piece] = [
        ("journalist", "松报记者：王毅外长同沙特外交大臣费萨尔举行会晤。能否介绍？\n"),
        ("CHN", "汪文斌：王毅表示，中方愿扩大苹果贸易。"),
        ("SAU", "费萨尔表示，果树是友谊的象征。"),
        ("SAU", "沙方愿同中方一起种树。\n"),
        ("both", "双方一致同意，扩大种梨。双方支持举办花展。"),
        ("CHN", "我们认为，这是好事。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=Kind.PRESS_CONFERENCE) == pieces


def test_a_statement_that_condemns_is_its_issuers() -> None:
    pieces: list[Piece] = [
        ("EGY", "埃及总统塞西19日发表声明，谴责砍伐果园。\n"),
        ("EGY", "埃及外长发表声明要求停止砍伐。\n"),
        ("narrator", "果农19日发表种树心得。"),
    ]
    assert states_of(pieces, "zh", "CHN") == pieces
