"""Who speaks in press conferences and transcripts (all texts are invented)."""

import pytest

from attribution_sample import states_of
from talleyrand.attribution import passages
from talleyrand.model import Kind

PRESS = Kind.PRESS_CONFERENCE


def test_the_ministry_with_named_outlets() -> None:
    """Announcement, question, answer with its paragraphs, follow-up, aside."""
    pieces = [
        ("CHN", "应某国邀请，国务委员王毅将于3日访问松城。\n"),
        ("journalist", "《中国日报》记者：有人称种树是“没有上限的浇水”。中方对此有何评论？\n"),
        ("CHN", "毛宁：我们注意到有关报道。\n"),
        ("CHN", "王毅外长表示，种树是好事。中方愿种更多的树。\n"),
        ("journalist", "路透社记者：美国国务卿称果树太多。\n第二，中方会砍树吗？\n"),
        ("CHN", "毛宁：你上周问过了吧？"),
        ("journalist", "（记者：没有，是新消息。）"),
        ("CHN", "\n我没有更多消息。中方始终主张浇水。\n"),
        ("journalist", "追问：能否再说一遍？\n"),
        ("CHN", "毛宁：可以。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=PRESS) == pieces
    assert states_of(pieces, "zh", "CHN") == pieces


def test_the_ministry_with_question_and_answer() -> None:
    """The shorter labels, and a question handed in after the conference."""
    pieces = [
        ("journalist", "问：据报道，某国砍树。请问有何评论？ \n "),
        ("CHN", "答：这个问题请向主管部门了解。 \n 我再强调两点：\n第一，树很重要。 \n"),
        ("journalist", "会后有记者问及：昨天下雨了吗？\n"),
        ("CHN", "答：下了。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=PRESS) == pieces


def test_a_foreign_official_quoted_in_an_answer_has_his_sentence_only() -> None:
    """A claim that the spokesperson judges in the same breath stays the spokesperson's."""
    pieces = [
        ("journalist", "问：有何评论？\n"),
        ("CHN", "答：我们赞赏各方努力。"),
        ("HUN", "匈牙利外长西雅尔多表示，果园不应政治化。"),
        ("CHN", "中方对此表示赞同。"),
        ("CHN", "美方声称果园不安全，这完全是谎言，我们坚决反对。"),
    ]
    assert states_of(pieces, "zh", "CHN", kind=PRESS) == pieces


def test_the_white_house_briefing() -> None:
    """Capitals for officials, Q for the press, with and without wrapped lines."""
    pieces = [
        ("narrator", "James S. Brady Press Briefing Room\n\n1:03 P.M. EDT\n\n"),
        (
            "USA",
            "MS. OAKLEY:  Hi, everyone.  The orchards\nare fine.\n\nLet me be clear: we water.\n\n",
        ),
        ("journalist", "Q    Is it an alliance of gardeners?\n\n"),
        ("USA", 'MR. McELM:  No.  As Xi Jinping says: "trees."\n\n'),
        ("journalist", "Q Are you sure?\n\n"),
        ("USA", "SENIOR ADMINISTRATION OFFICIAL ONE:  Yes."),
    ]
    assert states_of(pieces, "en", "USA", kind=PRESS) == pieces


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("PRESIDENT ZELENSKYY:", "UKR"),
        ("PRIME MINISTER KISHIDA:  (As interpreted.)", "JPN"),
        ("CHANCELLOR SCHOLZ:", "DEU"),
        ("THE VICE PRESIDENT:", "USA"),
        ("SECRETARY GENERAL STOLTENBERG:", "other"),
    ],
)
def test_guests_at_the_white_house_speak_for_their_states(label: str, state: str) -> None:
    """By name and title, whatever interpreter speaks."""
    pieces = [
        ("USA", "THE PRESIDENT:  Welcome to the garden.\n\n"),
        (state, f"{label}  Thank you.  The roses are lovely.\n\n"),
        ("USA", "THE PRESIDENT:  They are."),
    ]
    assert states_of(pieces, "en", "USA") == pieces


def test_a_guest_whom_no_table_knows_is_the_counterpart() -> None:
    """Or the one whom the text introduces."""
    pieces = [
        ("USA", "THE PRESIDENT:  Welcome.\n\n"),
        ("FIN", "PRESIDENT LEHTOLA:  Thank you.\n\n"),
    ]
    assert states_of(pieces, "en", "USA", counterparts=("FIN",)) == pieces


def test_the_kremlin_with_marks_in_mid_line() -> None:
    """Paragraphs run together, headings without a stop, tooltips after a name."""
    pieces = [
        (
            "narrator",
            "Vladimir Putin met with his guests at the garden. * * * Opening of the meeting ",
        ),
        (
            "RUS",
            "President of Russia Vladimir Putin: Friends, good day. Let me say this: it rains. ",
        ),
        (
            "CHN",
            "President of the People's Republic of China Xi Jinping (retranslated): Thank you. ",
        ),
        ("CHN", "Our trees grow. "),
        ("RUS", "Vladimir Putin: Thank you. "),
        (
            "BLR",
            "President of Belarus Alexander Lukashenko Lukashenko AlexanderPresident of Belarus: ",
        ),
        ("BLR", "The question is this: where is the water? "),
        ("RUS", "Vladimir Putin: In the well."),
    ]
    assert states_of(pieces, "en", "RUS", on=None) == pieces


def test_the_kremlins_press_conference() -> None:
    """Question is the press; a name without office that mostly asks is an interviewer."""
    pieces = [
        ("journalist", "Question: Will it rain?\n"),
        ("RUS", "Vladimir Putin: It will.\n"),
        ("journalist", "Anna Berg: Why?\n"),
        ("RUS", "Vladimir Putin: Clouds.\n"),
        ("journalist", "Anna Berg: Which clouds?\n"),
        ("RUS", "Vladimir Putin: Grey ones.\n"),
        ("journalist", "Anna Berg: And then?\n"),
        ("RUS", "Vladimir Putin: Sun."),
    ]
    assert states_of(pieces, "en", "RUS") == pieces


def test_a_colon_in_a_speech_is_no_mark() -> None:
    """Only a name or an office before it is."""
    text = "We have three goals. First: trees. My answer is this: rain. Program Participants: all."
    assert len(passages(text, language="en", sender="USA", kind=Kind.STATEMENT)) == 1
