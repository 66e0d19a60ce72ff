"""Words that look like a stance and are not: names, generic and procedural uses. All invented."""

from __future__ import annotations

from datetime import date

import pytest

from talleyrand.codebook import load
from talleyrand.coding import code
from talleyrand.model import Kind

BOOK = load()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("They spoke of transparent and accountable government in Peru.", "accountability"),
        ("She noted U.S. commitment to deepening trade with Kenya.", "security_commitment"),
        ("The cultural ties between France and the city grew.", "friendship"),
        ("The Just Energy Transition Partnership with Vietnam was launched.", "partner"),
        ("There are growing demands for reform in Iran.", "urge"),
        ("Diseases do not recognize borders.", "firm_opposition"),
        ("Putin sent greetings to participants and guests of the Russian forum.", "courtesy"),
        ("The ministers discussed the Libyan settlement process.", "peace_talks"),
        ("A new envoy to the Trilateral Contact Group on Ukraine was named.", "peace_talks"),
        ("A more accountable United Nations serves France and Peru.", "accountability"),
        ("We thank the United Nations for the support of its agencies.", "un_centred_order"),
        ("The travel of the envoy to Kenya is chosen as opposed to a call.", "firm_opposition"),
        ("Chad signed a development financing plan with foreign partners.", "cooperation_deepened"),
        ("They discussed topics of shared concern with Chad.", "concern"),
        ("Syria stands for non-interference in internal affairs.", "interference"),
        ("They guard against biological, radiological, and nuclear threats.", "nuclear_warning"),
        ("They must not rewrite history about the financial crisis.", "history_issue"),
    ],
)
def test_a_look_alike_carries_no_stance(text: str, absent: str) -> None:
    assert absent not in _codes(text)


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("We will hold Russia accountable for these crimes.", "accountability"),
        ("He reaffirmed the U.S. commitment to Israel's security.", "security_commitment"),
        ("The close ties between France and Chad go back a century.", "friendship"),
        ("Russia and its generals must be held accountable.", "accountability"),
        ("The only way is a political and diplomatic settlement of the war.", "peace_talks"),
        ("Our states are guided by international law.", "un_centred_order"),
        ("The bond between France and the US is deeper than ever.", "relations_at_best"),
        ("We reaffirm our commitment to the partnership with Iraq.", "readiness"),
        ("We do not recognize the annexation of Crimea by Russia.", "firm_opposition"),
    ],
)
def test_the_stance_itself_stays(text: str, present: str) -> None:
    assert present in _codes(text)


@pytest.mark.parametrize(
    ("text", "sender", "absent"),
    [
        ("We thank the cooks of Ukraine for their soup.", "UKR", "appreciation"),
        ("He wished the railwaymen of Russia success.", "RUS", "courtesy"),
        ("The budget pays for investment in the roads of Ghana.", "GHA", "trade"),
        ("I thank the bakers who feed our country.", "GHA", "appreciation"),
    ],
)
def test_the_speakers_own_state_is_no_foreign_one(text: str, sender: str, absent: str) -> None:
    """A word of warmth needs another state near it; the same words of another sender have one."""
    assert absent not in _codes(text, sender)
    if "our country" not in text:
        assert absent in _codes(text, "FRA")


def test_an_attack_on_ones_own_state_is_told_of_all_the_same() -> None:
    assert "invasion" in _codes("The invaders burn the villages of Ukraine.", "UKR")


@pytest.mark.parametrize(
    ("kind", "text", "present"),
    [
        (Kind.CALL, "They confirmed their readiness to continue contacts.", "readiness"),
        (Kind.STATEMENT, "Please accept my sincere condolences.", "courtesy"),
    ],
)
def test_what_is_said_to_another_state_need_not_name_it(
    kind: Kind, text: str, present: str
) -> None:
    """In a call or a telegram; a text to nobody in particular has to name one."""
    assert present in _codes(text, "RUS", ("PER",), kind)
    assert present not in _codes(text, "RUS", (), kind)


def _codes(
    text: str,
    sender: str = "USA",
    counterpart: tuple[str, ...] = (),
    kind: Kind = Kind.STATEMENT,
) -> set[str]:
    coded = code(
        text,
        lang="en",
        sender=sender,
        counterpart=counterpart,
        kind=kind,
        on=date(2024, 1, 1),
        codebook=BOOK,
    )
    return {a.match.code for part in coded.passages for a in part.matches}
