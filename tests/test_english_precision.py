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
        ("We do not recognize the annexation of Crimea by Russia.", "firm_opposition"),
    ],
)
def test_the_stance_itself_stays(text: str, present: str) -> None:
    assert present in _codes(text)


def _codes(text: str) -> set[str]:
    coded = code(
        text,
        lang="en",
        sender="USA",
        counterpart=(),
        kind=Kind("statement"),
        on=date(2024, 1, 1),
        codebook=BOOK,
    )
    return {a.match.code for part in coded.passages for a in part.matches}
