"""Which states a text names: look-alikes, Russian cases, Chinese pairs. All texts are invented."""

from datetime import date

import pytest

from talleyrand import states
from talleyrand.errors import UnknownState
from talleyrand.model import Language

DAY = date(2022, 9, 15)


def named(text: str, language: Language, on: date = DAY) -> str:
    """The ISO3 codes of the states a text names, in order."""
    return " ".join(m.iso3 for m in states.mentions(text, language, on))


@pytest.mark.parametrize(
    "text",
    [
        "Jim Jordan and Chad Sample spoke",
        "the National Thanksgiving Turkey",
        "voters in Atlanta, Georgia",
        "the Senate race in Georgia, said Senator Warnock",
        "guinea pigs and Guinea pigs",
        "the Niger Delta",
        "a chair of Louis XI",
        "George Washington slept in Seattle, Washington",
        "a tale by Jack London",
        "the Indian Health Service",
        "New Jersey and Congregation Beth Israel",
        "Amy Pope was elected",
        "Sberbank CEO German Gref",
        "the Secretary General of GUAM",
        "ships in the South China Sea",
        "the Havana syndrome",
    ],
)
def test_english_look_alikes_are_no_states(text: str) -> None:
    """Persons, animals, cities and seas bear the names of states."""
    assert named(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the President of Georgia and the King of Jordan", "GEO JOR"),
        ("Georgia and Ukraine", "GEO UKR"),
        ("Chad and Niger, Guinea and Turkey", "TCD NER GIN TUR"),
        ("the Holy See and Pope Francis", "VAT VAT"),
        ("King Charles III", "GBR"),
        ("Bosnia, Ivory Coast, Cote d'Ivoire and Côte d’Ivoire", "BIH CIV CIV CIV"),
        ("Congolese talks in Saint Lucia and St. Lucia", "COD LCA LCA"),
        ("Antigua and Barbuda, Sao Tome and Principe", "ATG STP"),
        ("the Crown Prince of Abu Dhabi", "ARE"),
    ],
)
def test_english_names_are_found_however_they_are_spelt(text: str, found: str) -> None:
    """With and without accents, apostrophes and ampersands."""
    assert named(text, "en") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Кроме того, груз надо грузить, перу писателя, нам мали", ""),
        ("Того же мнения образец. «Того требует»", ""),
        ("Бенин, Того и Гана", "BEN TGO GHA"),
        ("российско-китайские встречи, украинцы и россияне", "RUS CHN UKR RUS"),
        ("министры Македонии, Кипра, Боснии и Герцеговины", "MKD CYP BIH"),
        ("гости из Конго и Ганы", "COG GHA"),
        ("посол Экваториальной Гвинеи в Южном Судане", "GNQ SSD"),
        ("в Папуа – Новой Гвинее и Гвинее", "PNG GIN"),
        ("с Папой Римским", "VAT"),
    ],
)
def test_russian_names_are_declined_and_written_with_a_capital(text: str, found: str) -> None:
    """того is no Togo; adjectives and peoples are written small."""
    assert named(text, "ru") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("内蒙古", ""),
        ("黄河内蒙古段", ""),
        ("山东京津", ""),
        ("今日本台报道", ""),
        ("马里兰州", ""),
        ("想方设法方能成功", ""),
        ("《巴黎协定》", ""),
        ("蒙古国和马里", "MNG MLI"),
        ("其中印度和当中日本", "IND JPN"),
        ("中日和平友好", "JPN"),
        ("中老铁路与中老年人", "LAO"),
        ("法方与日方", "FRA JPN"),
    ],
)
def test_chinese_characters_that_only_look_like_a_state(text: str, found: str) -> None:
    """A name across two words is none; a name behind a false pair is one."""
    assert named(text, "zh") == found


@pytest.mark.parametrize(
    ("full", "pair", "iso3"),
    [
        ("乌克兰", "中乌", "UKR"),
        ("乌兹别克斯坦", "中乌", "UZB"),
        ("乌干达", "中乌", "UGA"),
        ("马尔代夫", "中马", "MDV"),
        ("加纳", "中加", "GHA"),
        ("尼日利亚", "中尼", "NGA"),
        ("塞拉利昂", "中塞", "SLE"),
        ("斯洛文尼亚", "中斯", "SVN"),
        ("土库曼斯坦", "中土", "TKM"),
        ("巴西", "中巴", "BRA"),
        ("巴基斯坦", "中巴", "PAK"),
        ("巴勒斯坦", "巴方", "PSE"),
    ],
)
def test_a_pair_means_the_state_named_in_full(full: str, pair: str, iso3: str) -> None:
    """中乌 is Ukraine beside 乌克兰 and Uzbekistan beside 乌兹别克斯坦."""
    assert named(f"样本同{full}样本就{pair}关系互致贺电", "zh") == f"{iso3} {iso3}"
    assert named(f"{pair}关系，样本访问{full}", "zh") == f"{iso3} {iso3}"


def test_a_sure_pair_keeps_its_meaning() -> None:
    """俄乌 is never Uganda."""
    assert named("俄乌冲突，乌干达总统", "zh") == "RUS UKR UGA"


@pytest.mark.parametrize(
    ("said", "iso3"),
    [
        *[("中方", "CHN"), ("Москвы", "RUS"), ("Москве", "RUS"), ("香港", "CHN"), ("印尼", "IDN")],
        *[("Северная Корея", "PRK"), ("Белоруссия", "BLR"), ("Кыргызстан", "KGZ")],
        *[("Англия", "GBR"), ("СССР", "RUS"), ("345", "SRB"), ("260", "DEU"), ("俄国", "RUS")],
        *[("Holy See", "VAT"), ("Ivory Coast", "CIV"), ("Того", "TGO")],
    ],
)
def test_more_names_lead_to_their_state(said: str, iso3: str) -> None:
    """Cases, old names and states that are no more."""
    assert states.resolve(said) == iso3


@pytest.mark.parametrize("said", ["²", "ZZ", "ZZZ", "Unknown Region"])
def test_what_is_no_state_is_an_error_and_no_crash(said: str) -> None:
    """A superscript is no COW number, and an unknown region no state."""
    with pytest.raises(UnknownState):
        states.resolve(said)


def test_a_leader_who_comes_back_to_office_is_known_in_both_terms() -> None:
    """And in neither in between."""
    for year, found in ((2018, "USA"), (2022, ""), (2025, "USA")):
        assert named("Трамп приехал в сад.", "ru", date(year, 3, 1)) == found
