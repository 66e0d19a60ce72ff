"""Coding a text: the speaker of each code, and the states it is aimed at. All texts invented."""

from datetime import date

import pytest

import talleyrand
from talleyrand.coding import Coded
from talleyrand.errors import InputError

DAY = date(2022, 9, 15)


def found(coded: Coded) -> dict[str, tuple[str, set[str]]]:
    """Each code with its holder and targets."""
    return {
        aimed.match.code: (aimed.match.holder, set(aimed.targets))
        for part in coded.passages
        for aimed in part.matches
        if not aimed.match.negated
    }


def test_the_reported_phrase_belongs_to_him_who_used_it() -> None:
    """In a Chinese read-out the Russian's words are Russia's, and China's are China's."""
    text = (
        "国家主席习近平同俄罗斯总统普京通电话。\n"
        "普京介绍了采取特别军事行动的情况。\n"
        "习近平指出，中方愿同俄方在涉及彼此核心利益问题上相互有力支持。"
    )
    coded = talleyrand.code(text, lang="zh", sender="CHN", counterpart="RUS", kind="call", on=DAY)
    codes = found(coded)
    assert codes["special_military_operation"][0] == "RUS"
    assert codes["core_interests"] == ("CHN", {"RUS"})


def test_blame_goes_to_whom_the_sentence_names_and_warmth_to_the_partner() -> None:
    """Two allies condemn a third: the third is condemned, the ally befriended."""
    text = (
        "President Biden spoke with Prime Minister Truss of the United Kingdom. The leaders"
        " condemned Russia\u2019s invasion of Ukraine. They reaffirmed the friendship between the"
        " two countries."
    )
    coded = talleyrand.code(text, lang="en", sender="USA", counterpart="GBR", kind="call", on=DAY)
    codes = found(coded)
    assert codes["condemn"][1] == {"RUS"} or codes["condemn"][1] == {"RUS", "UKR"}
    assert "GBR" in codes["friendship"][1]
    assert "RUS" not in codes["friendship"][1]


def test_no_warmth_goes_to_a_state_the_sentence_turns_against() -> None:
    """Cooperation with allies to punish somebody is not cooperation with him."""
    text = "We will deepen our cooperation with allies and hold Russia accountable."
    codes = found(talleyrand.code(text, lang="en", sender="USA", on=DAY))
    assert codes["accountability"][1] == {"RUS"}
    assert "RUS" not in codes.get("cooperation_deepened", ("", set()))[1]


def test_a_question_is_never_the_ministrys() -> None:
    """The journalist's wording stays the journalist's."""
    text = "法新社记者：中方是否支持俄罗斯的侵略？\n毛宁：中方在乌克兰问题上的立场是一贯的。"
    coded = talleyrand.code(text, lang="zh", sender="CHN", kind="press_conference", on=DAY)
    assert all(
        aimed.match.holder == "journalist"
        for part in coded.passages
        for aimed in part.matches
        if aimed.match.code == "invasion"
    )
    assert "CHN" not in {p.passage.state for p in coded.passages[:1]}


def test_the_answer_is_plain_data() -> None:
    """`to_dict` holds the fields of the contract, offsets inside the text."""
    text = "Our friendship has no limits. It is not an alliance."
    answer = talleyrand.code(text, lang="en", sender="RUS", counterpart=["CHN"]).to_dict()
    for passage in answer["passages"]:
        assert {"start", "end", "speaker", "state", "matches"} <= set(passage)
        for match in passage["matches"]:
            assert {"code", "holder", "start", "end", "negated"} <= set(match)
            assert 0 <= match["start"] < match["end"] <= len(text)
    codes = {m["code"]: m["negated"] for p in answer["passages"] for m in p["matches"]}
    assert codes["no_limits"] is False
    assert codes.get("alliance", True) is True


@pytest.mark.parametrize(
    "wrong",
    [{"lang": "fr"}, {"sender": "Atlantis"}, {"kind": "gossip"}, {"on": "yesterday"}],
    ids=str,
)
def test_wrong_arguments_are_named(wrong: dict[str, str]) -> None:
    """The error says what can be given instead."""
    arguments = {"lang": "en", "sender": "USA", **wrong}
    with pytest.raises(InputError):
        talleyrand.code("Text.", **arguments)  # type: ignore[arg-type]


def test_an_empty_text_has_no_passages() -> None:
    """Nothing in, nothing out."""
    assert talleyrand.code("", lang="en", sender="USA").passages == ()


def test_a_chinese_read_out_need_not_name_the_guest_in_each_sentence() -> None:
    """As in English, what is said in a meeting is said to the guest."""
    text = "习近平会见泰国总理。\n习近平指出，要深化教育、青年等人文交流。"
    for kind, wanted in (("meeting", {"THA"}), ("other", set())):
        coded = talleyrand.code(text, lang="zh", sender="CHN", counterpart="THA", kind=kind)
        targets = found(coded).get("cooperation_deepened", ("", set()))[1]
        assert targets == wanted


def test_two_may_uphold_the_sovereignty_of_a_third() -> None:
    """In a meeting the integrity of Syria is Syria's, not the guest's."""
    text = "The two leaders stressed the sovereignty and territorial integrity of Syria."
    coded = talleyrand.code(text, lang="en", sender="USA", counterpart="QAT", kind="meeting")
    assert found(coded)["sovereignty_territorial_integrity"][1] == {"SYR"}


def test_a_message_to_many_is_to_each_of_them() -> None:
    """A list of heads of state runs over clauses."""
    text = (
        "Vladimir Putin sent greetings to President of Azerbaijan Ilham Aliyev, President of"
        " Kazakhstan Kassym-Jomart Tokayev, President of Tajikistan Emomali Rahmon."
    )
    to = ("AZE", "KAZ", "TJK")
    coded = talleyrand.code(text, lang="en", sender="RUS", counterpart=to, kind="statement", on=DAY)
    assert found(coded)["courtesy"][1] == {"AZE", "KAZ", "TJK"}


def test_a_leader_stands_for_the_state() -> None:
    """Who thanks Mr Erdogan thanks a foreign state, named or not."""
    text = "Mr Putin thanked Recep Tayyip Erdogan. Mr Putin thanked the gardener."
    coded = talleyrand.code(text, lang="en", sender="RUS", kind="other", on=DAY)
    codes = [aimed.match.code for part in coded.passages for aimed in part.matches]
    assert codes == ["appreciation"]


def test_a_guest_thanks_the_host_though_no_counterpart_is_given() -> None:
    """At a press conference in Russia; among one's own, thanks are no stance."""
    text = (
        "В.Путин: Благодарю вас, уважаемые садоводы.\n"
        "А.Лукашенко: Владимир Владимирович, я Вам очень благодарен за сад.\n"
    )
    coded = talleyrand.code(
        text, lang="ru", sender="RUS", kind="press_conference", on=date(2025, 3, 1)
    )
    assert found(coded) == {"appreciation": ("BLR", {"RUS"})}


def test_what_must_not_lead_up_to_a_phrase_is_asked_of_its_clause_only() -> None:
    """What was on the agenda is not wished for; what is agreed in another clause is."""
    agenda = "Обсуждены вопросы развития сотрудничества в саду."
    wish = "Обсуждены вопросы полива, условлено о развитии сотрудничества."
    for text, codes in ((agenda, set()), (wish, {"cooperation_deepened"})):
        coded = talleyrand.code(text, lang="ru", sender="RUS", counterpart="BLR", kind="call")
        assert set(found(coded)) == codes


def test_words_of_home_bar_nothing_that_is_said_to_a_guest() -> None:
    """The list @home tells domestic news from talk between states: a meeting is the latter."""
    text = "中方愿加强乡村果园建设。"
    for partners, codes in (((), set()), (("MNG",), {"readiness"})):
        coded = talleyrand.code(text, lang="zh", sender="CHN", counterpart=partners, kind="meeting")
        assert set(found(coded)) == codes
