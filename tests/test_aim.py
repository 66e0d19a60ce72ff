"""Blame goes to the blamed: who acts, whom a reaction is directed at. All texts invented."""

from datetime import date

import pytest

import talleyrand
from talleyrand import aim_russian
from talleyrand.aim import Places
from talleyrand.states import mentions

DAY = date(2022, 6, 1)


def targets(text: str, lang: str, sender: str, code: str, **more: object) -> set[str]:
    """The states one code of a text is aimed at."""
    coded = talleyrand.code(text, lang=lang, sender=sender, on=DAY, **more)  # type: ignore[arg-type]
    return {
        target
        for part in coded.passages
        for aimed in part.matches
        if aimed.match.code == code
        for target in aimed.targets
    }


@pytest.mark.parametrize(
    ("text", "lang", "sender", "code", "wanted"),
    [
        ("美方散布谎言，抹黑中俄关系。", "zh", "CHN", "smear", {"USA"}),
        ("个别国家对中俄合作进行抹黑。", "zh", "CHN", "smear", set()),
        ("日方执意这样做，中方对此坚决反对。", "zh", "CHN", "firm_opposition", {"JPN"}),
        ("中方对日方的做法表示严重关切。", "zh", "CHN", "grave_concern", {"JPN"}),
        ("俄方对美方的做法表示严重关切。", "zh", "CHN", "grave_concern", {"USA"}),
        ("我们敦促美方停止向乌克兰提供武器。", "zh", "CHN", "urge", {"USA"}),
        ("美英澳三国应停止胁迫他国。", "zh", "CHN", "coercion", {"USA", "GBR", "AUS"}),
        ("We condemn Russia's war against Ukraine.", "en", "USA", "condemn", {"RUS"}),
        ("We raised our concerns about China's coercion.", "en", "USA", "coercion", {"CHN"}),
        ("They spoke of the war crimes that Russian forces in Ukraine commit.",
         "en", "USA", "rights_abuses", {"RUS"}),
        ("We condemn the shelling by Russia that killed Ukrainians.",
         "en", "USA", "condemn", {"RUS"}),
        ("Ukraine's Prosecutor General investigates war crimes in the region.",
         "en", "USA", "rights_abuses", set()),
        ("The United States leads the world in answering Russian aggression.",
         "en", "UKR", "invasion", {"RUS"}),
        ("Ukrainian officials said that war crimes by Russia go on.",
         "en", "USA", "rights_abuses", {"RUS"}),
        ("Russia broke the Minsk agreements, and we condemn it.",
         "en", "USA", "condemn", {"RUS"}),
    ],
)  # fmt: skip
def test_blame_goes_to_the_blamed(
    text: str, lang: str, sender: str, code: str, wanted: set[str]
) -> None:
    """Victims, bystanders and topics of the sentence are not blamed, nor those with no name."""
    assert targets(text, lang, sender, code) == wanted


def test_a_concern_that_a_third_side_voices_is_its_own() -> None:
    """俄方对…表示关切 in the sender's text is Russia's, towards whom Russia means."""
    text = "俄方对美方的做法表示严重关切。"
    coded = talleyrand.code(text, lang="zh", sender="CHN", on=DAY)
    held = [aimed.match.holder for part in coded.passages for aimed in part.matches]
    assert held == ["RUS"]


def test_no_warmth_goes_to_a_threat() -> None:
    """Closer consultations on the challenges posed by a state are not warmth towards it."""
    text = "We agreed with Italy to deepen cooperation on the challenges posed by China."
    assert targets(text, "en", "USA", "cooperation_deepened") == {"ITA"}


def test_peace_across_the_strait_admonishes_china() -> None:
    """Also where China is not named."""
    text = "The two sides reiterate the importance of peace and stability across the Taiwan Strait."
    got = targets(text, "en", "USA", "taiwan_strait_stability", counterpart="ITA", kind="meeting")
    assert got == {"CHN"}


def test_the_question_does_not_lend_its_states_to_the_blame() -> None:
    """An answer that blames nobody by name blames nobody, whoever was asked about."""
    text = "法新社记者：外界批评俄罗斯。中方有何评论？\n汪文斌：这纯属抹黑。"
    assert targets(text, "zh", "CHN", "smear", kind="press_conference") == set()


def test_a_warning_in_a_meeting_is_to_the_partner() -> None:
    """Where nobody else is named, what is said to a face is said to that face."""
    text = "拜登：谢谢。\n习近平指出，中方对此表示严重关切。"
    assert targets(text, "zh", "CHN", "grave_concern", kind="meeting", counterpart="USA") == {"USA"}


def test_a_short_side_is_the_state_the_text_names() -> None:
    """乌方 is Uzbekistan's in a text about Uzbekistan, Ukraine's elsewhere."""
    here = Places("乌兹别克斯坦总统来访。乌方愿种树。", "zh", date(2023, 1, 1))
    assert here.sentence(12) == {"UZB"}
    assert Places("乌方愿种树。", "zh", date(2023, 1, 1)).sentence(0) == {"UKR"}


def test_places_of_a_deed_in_a_list_are_no_actors() -> None:
    """In 英军在甲国、乙国滥杀 the doer is blamed, not those it was done to."""
    text = "英国军队在伊拉克、阿富汗等地滥杀无辜。"
    places = Places(text, "zh", date(2023, 1, 1))
    start = text.index("滥杀")
    assert places.actors(start, start + 2, {"CHN"}) == {"GBR"}


def test_what_is_offered_to_all_states_has_no_target() -> None:
    """愿同各国一道 is aimed at nobody in particular."""
    text = "中方愿同各国一道种树。中方愿同法方一道种树。"
    places = Places(text, "zh", date(2023, 1, 1))
    assert places.at_large(2, 4)
    assert not places.at_large(13, 15)


def test_thanks_of_two_to_a_third_go_to_the_third() -> None:
    """Whom a word of giving names right after it, in a read-out of two others."""
    text = "Both leaders thanked Egypt for its help. They thanked each other for the talks."
    given = {"kind": "call", "counterpart": "ISR"}
    assert "EGY" in targets(text, "en", "USA", "appreciation", **given)


def test_a_group_is_not_the_partner() -> None:
    """Warmth towards NATO is nobody's in particular."""
    text = "We will deepen cooperation with NATO."
    assert targets(text, "en", "UKR", "cooperation_deepened", counterpart="ITA") == set()


def test_in_russian_the_case_tells_who_does_not_act() -> None:
    """An accusative or dative is no actor; a state reproached is the object."""
    day = date(2025, 3, 1)
    for text, iso3, role in (
        ("Запад снабжает Украину оружием.", "UKR", "beside"),
        ("Они передают оружие Украине.", "UKR", "beside"),
        ("Мы осуждаем Японию за это.", "JPN", "object"),
        ("Украина обстреляла город.", "UKR", "actor"),
        ("Мы осуждаем агрессию США.", "USA", "actor"),
    ):
        found = [m for m in mentions(text, "ru", day) if m.iso3 == iso3]
        assert [aim_russian.role(text, m) for m in found] == [role], text


def test_the_russian_for_of_that_is_not_togo() -> None:
    """Того is a state with a capital inside a sentence only."""
    day = date(2025, 3, 1)
    assert not mentions("По мере того, как растёт сад. Того же мнения сосед.", "ru", day)
    assert [m.iso3 for m in mentions("Президент Того прибыл.", "ru", day)] == ["TGO"]


def test_thanks_in_russian_count_where_there_is_a_guest() -> None:
    """`Благодарю Вас` is to the guest, or to one's own governor."""
    text = "Благодарю Вас за яблоки."
    assert targets(text, "ru", "RUS", "appreciation", counterpart="GNB") == {"GNB"}
    coded = talleyrand.code(text, lang="ru", sender="RUS")
    assert not [a for p in coded.passages for a in p.matches]
