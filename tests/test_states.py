"""States by any name, and the states a text names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand import states, territories
from talleyrand.errors import UnknownState
from talleyrand.model import Language

DAY = date(2022, 9, 15)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("RUS", "RUS"),
        ("ru", "RUS"),
        ("365", "RUS"),
        ("Россия", "RUS"),
        ("俄罗斯", "RUS"),
        ("Russian Federation", "RUS"),
        ("  the  United States ", "USA"),
        ("UK", "GBR"),
        ("South Korea", "KOR"),
        ("Türkiye", "TUR"),
        ("Burma", "MMR"),
        ("США", "USA"),
        ("中国", "CHN"),
        ("Hong Kong", "CHN"),
        ("HKG", "CHN"),
        ("MAC", "CHN"),
    ],
)
def test_a_state_is_known_by_any_of_its_names(text: str, iso3: str) -> None:
    """Codes and names in three languages lead to one ISO3."""
    assert states.resolve(text) == iso3


@pytest.mark.parametrize(
    ("text", "said"),
    [("Rusia", "Russia"), ("EU", "group"), ("Atlantis", "Atlantis"), ("", "ISO"), ("999", "ISO")],
)
def test_an_unknown_state_is_an_error_that_helps(text: str, said: str) -> None:
    """The error names the nearest states, or what to write."""
    with pytest.raises(UnknownState, match=said):
        states.resolve(text)


@pytest.mark.parametrize("iso3", states.all_states())
def test_every_state_is_found_by_its_own_names(iso3: str) -> None:
    """The names Talleyrand prints are names it understands."""
    for language in ("en", "zh", "ru"):
        assert states.resolve(states.name(iso3, language)) == iso3


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("zh", "习近平会见俄罗斯总统", "CHN RUS"),
        ("zh", "普京表示俄方愿同中方合作", "RUS RUS CHN"),
        ("zh", "发展中俄关系，俄乌冲突", "RUS RUS UKR"),
        ("zh", "15日方可，增加方案，其中加强，印度洋，越来越", ""),
        ("zh", "日方应当道歉", "JPN"),
        ("zh", "台湾问题", "TWN"),
        ("en", "The Kremlin and Beijing told us", "RUS CHN"),
        ("en", "The US, the U.S. and Chinese officials", "USA USA CHN"),
        ("en", "a turkey dinner in New Mexico", ""),
        ("en", "President Zelenskyy of Ukraine", "UKR UKR"),
        ("ru", "Встреча с Председателем КНР Си Цзиньпином", "CHN CHN"),
        ("ru", "самый важный вопрос", ""),
        ("zh", "中俄蒙元首会晤", "RUS MNG"),
        ("ru", "Кремль и Белоруссией, Казахстане, латинской америке", "RUS BLR KAZ"),
    ],
)
def test_mentions_are_found_in_three_languages(language: Language, text: str, found: str) -> None:
    """Names, adjectives, stand-ins and leaders count; look-alikes do not."""
    assert " ".join(m.iso3 for m in states.mentions(text, language, DAY)) == found


def test_a_leader_counts_only_in_office() -> None:
    """Trump is the United States in 2018, nobody's leader in 2022."""
    assert [m.iso3 for m in states.mentions("Trump spoke", "en", date(2018, 5, 1))] == ["USA"]
    assert states.mentions("Trump spoke", "en", DAY) == []


def test_taiwan_is_a_topic_not_a_party() -> None:
    """The mention says so, and the caller decides."""
    assert states.mentions("台湾", "zh", DAY)[0].how == "topic"


def test_groups_know_who_was_in_when() -> None:
    """Finland joined NATO in 2023; the United Kingdom left the EU in 2020."""
    assert "FIN" not in states.members("NATO", DAY)
    assert "FIN" in states.members("nato")
    assert "GBR" in states.members("EU", date(2019, 1, 1))
    assert "GBR" not in states.members("EU", DAY)


@given(st.text(max_size=60), st.sampled_from(["en", "zh", "ru"]))
def test_any_text_has_mentions_in_order_inside_it(text: str, language: Language) -> None:
    """Offsets stay inside the text, whatever it holds."""
    found = states.mentions(text, language, DAY)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Кремль", "RUS"), ("俄方", "RUS"), ("美方", "USA"), ("The Kremlin", "RUS"),
        ("习近平", "CHN"), ("the Chinese president", "CHN"), ("президент России", "RUS"),
        ("俄罗斯总统", "RUS"), ("Beijing", "CHN"), ("российская сторона", "RUS"),
    ],
)  # fmt: skip
def test_a_stand_in_names_its_state(said: str, wanted: str) -> None:
    """Whoever speaks for a state stands for it, in three languages."""
    assert states.resolve(said) == wanted


def test_a_pair_is_no_state() -> None:
    """Two states in one word name neither."""
    with pytest.raises(UnknownState):
        states.resolve("中俄")


@pytest.mark.parametrize("file", ["standins.csv", "leaders.csv", "groups.csv"])
def test_no_row_of_the_tables_is_cut(file: str) -> None:
    """A comma in an unquoted field would hide all that follows it."""
    for row in territories.rows(file):
        assert None not in row, row
        assert None not in row.values(), row
