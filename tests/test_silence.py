"""The chance of an omission: known answers, properties, and no look ahead."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand.inference.silence import Texts, chance, chances, extended, foretell, stretch


def texts(own: list[bool], others: dict[int, list[bool]], gap: float = 60.0) -> Texts:
    """Invented texts: counterpart 0 with `own`, others likewise, one every `gap` days; then one
    more of counterpart 0, which is the last."""
    rows = [(i * gap, 0, said) for i, said in enumerate(own)]
    rows += [(i * gap + who, who, said) for who, record in others.items()
             for i, said in enumerate(record)]  # fmt: skip
    last = max((row[0] for row in rows), default=0.0) + 10
    rows = [*sorted(rows), (last, 0, False)]
    day = np.array([row[0] for row in rows])
    return Texts(
        day=day,
        known=day + 1,
        counterpart=np.array([row[1] for row in rows]),
        cell=np.zeros(len(rows), dtype=np.int64),
        mentioned=np.array([row[2] for row in rows]),
    )


def last(record: Texts) -> float:
    return chance(record, len(record) - 1).omission


def test_all_mentioned_makes_an_omission_improbable() -> None:
    """Twelve of twelve, as with the others: the omission would be news."""
    found = chance(texts([True] * 12, {1: [True] * 12, 2: [True] * 12}), 36)
    assert found.omission < 0.05
    assert found.interval[1] < 0.2


def test_none_mentioned_makes_an_omission_the_rule() -> None:
    """None of twelve: the omission is what one expects."""
    found = chance(texts([False] * 12, {1: [False] * 12, 2: [False] * 12}), 36)
    assert found.omission > 0.95
    assert found.interval[0] > 0.8


def test_one_text_alone_says_little() -> None:
    """With a single text and no others the interval is wide, and nothing fails."""
    found = chance(texts([True], {}), 1)
    assert 0.05 < found.omission < 0.5
    assert found.interval[1] - found.interval[0] > 0.6


def test_no_text_at_all_is_even_odds() -> None:
    """Without any record the chance is a half."""
    assert last(texts([], {})) == pytest.approx(0.5, abs=0.01)


def test_a_short_record_is_drawn_to_the_others() -> None:
    """Two of two counts for less where the others leave the code out."""
    silent = {who: [False] * 10 for who in range(1, 6)}
    mixed = {who: [who % 2 == 0] * 10 for who in range(1, 6)}
    assert last(texts([True] * 2, silent)) > last(texts([True] * 2, mixed)) > 0.02


def test_a_base_rate_that_drifts_is_followed() -> None:
    """A code that everyone has dropped lately is expected to be left out."""
    dropped = {who: [True] * 10 + [False] * 10 for who in range(1, 6)}
    taken_up = {who: [False] * 10 + [True] * 10 for who in range(1, 6)}
    assert last(texts([], dropped)) > 0.8
    assert last(texts([], taken_up)) < 0.2


def test_kinds_of_text_are_compared_with_their_like() -> None:
    """Where long texts name it and short ones do not, the next short one leaves it out."""
    record = texts([], {who: [True, False] * 12 for who in range(1, 6)})
    cells = np.where(record.mentioned, 1, 0)
    assert last(replace(record, cell=cells)) > 0.8 > 0.7 > last(record)


records = st.lists(st.booleans(), max_size=8)


@settings(max_examples=25, deadline=None)
@given(records, records, records)
def test_a_chance_is_a_chance(own: list[bool], one: list[bool], two: list[bool]) -> None:
    """Chances and intervals are within 0 and 1 and in order, whatever the record."""
    record = texts(own, {1: one, 2: two})
    for hindsight in (False, True):
        found = chance(record, len(record) - 1, hindsight=hindsight)
        low, high = found.interval
        assert 0 <= low <= high <= 1
        assert 0 < found.omission < 1
        every = chances(record, hindsight=hindsight)
        assert every[-1] == pytest.approx(found.omission, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(records, records, st.integers(0, 5), st.integers(0, 5))
def test_more_mentions_never_make_an_omission_likelier(
    own: list[bool], one: list[bool], named: int, left_out: int
) -> None:
    """One more text that names the code lowers the chance; one more that does not raises it."""
    record = texts(own, {1: one, 2: [True, False]})
    told, at = foretell(record), len(record) - 1
    here = extended(told, at, (named, left_out)).omission
    assert extended(told, at, (named + 1, left_out)).omission < here
    assert extended(told, at, (named, left_out + 1)).omission > here


@settings(max_examples=25, deadline=None)
@given(records, records, st.randoms(use_true_random=False))
def test_nothing_later_changes_what_was_foretold(own: list[bool], one: list[bool], rng) -> None:  # type: ignore[no-untyped-def]
    """Ex ante: later texts, and those published later, may say anything."""
    record = texts(own, {1: one, 2: [True, False, True]})
    at = rng.randrange(len(record))
    unseen = (record.known > record.day[at]) | (record.day >= record.day[at])
    flipped = np.array([rng.random() < 0.5 for _ in range(len(record))])
    other = replace(record, mentioned=np.where(unseen, flipped, record.mentioned))
    assert chance(other, at) == chance(record, at)


def test_a_record_is_parted_where_its_use_began() -> None:
    """The days before a code was used at all are no part of its record."""
    days = np.arange(100.0)
    said = days >= 60
    assert stretch(days, said, 80.0) == (60.0, np.inf)
    assert stretch(days, said, 20.0) == (-np.inf, 60.0)
    steady = np.arange(100) % 2 == 0
    assert stretch(days, steady, 80.0) == (-np.inf, np.inf)
    assert stretch(days[:1], said[:1], 0.0) == (-np.inf, np.inf)
    assert stretch(days[:0], said[:0], 0.0) == (-np.inf, np.inf)
