"""Agreement in votes beyond chance: known answers, properties, errors and speed."""

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from talleyrand.inference.agreement import Measure, agreement, pair

VOTES = arrays(
    np.int8,
    st.tuples(st.integers(1, 30), st.integers(1, 6)),
    elements=st.sampled_from([0, 1, 2, 3, 8]),
)


@pytest.mark.parametrize(
    ("measure", "first", "second", "value"),
    [
        # D = 4/4 = 1; of the eight votes five are 1 and three are 3: variance 15/16, so E = 15/8
        ("pi", [1, 1, 3, 3], [1, 1, 3, 1], 7 / 15),
        # E = var + var + (difference of means)^2 = 1 + 0.75 + 0.25
        ("kappa", [1, 1, 3, 3], [1, 1, 3, 1], 0.5),
        ("s", [1, 1, 3, 3], [1, 1, 3, 1], 0.5),
        # an abstention against a yes weighs a quarter of a no against a yes
        ("pi", [1, 3, 1, 3], [2, 3, 1, 3], 1 - 0.25 / (2 * 0.859375)),
        ("pi", [1, 1, 1], [3, 3, 3], -1.0),
        ("kappa", [1, 1, 1], [3, 3, 3], 0.0),
        ("s", [1, 1, 1], [3, 3, 3], -1.0),
        ("pi", [1, 2, 3], [3, 2, 1], -1.0),
        ("kappa", [1, 2, 3], [3, 2, 1], -1.0),
        ("pi", [1, 2, 3, 8, 0], [1, 2, 3, 1, 1], 1.0),
    ],
)
def test_known_answers_by_hand(
    measure: Measure, first: list[int], second: list[int], value: float
) -> None:
    """Worked by hand from the definitions of Haege (2011)."""
    assert pair(first, second, measure).value == pytest.approx(value)


def test_the_delta_error_is_that_of_the_formula_without_padding() -> None:
    """S has a plain mean's error: its spread over roll calls, one chance roll call added."""
    rng = np.random.default_rng(3)
    first, second = rng.integers(1, 4, 4000), rng.integers(1, 4, 4000)
    plain = np.abs(first - second).std(ddof=1) / np.sqrt(4000)
    assert pair(first, second, "s").se == pytest.approx(plain, rel=1e-2)


def test_kappa_and_its_error_are_those_of_statsmodels() -> None:
    """Quadratically weighted kappa, computed by others from the table of votes."""
    from statsmodels.stats.inter_rater import cohens_kappa

    table = np.array([[60, 8, 2], [6, 6, 2], [3, 3, 10]])
    cells = np.repeat(np.arange(9), table.ravel())
    ours = pair(cells // 3 + 1, cells % 3 + 1, "kappa")
    theirs = cohens_kappa(table, wt="quadratic")
    assert ours.value == pytest.approx(theirs.kappa)
    assert ours.se == pytest.approx(theirs.std_kappa, rel=0.03)


def test_absence_is_missing_not_abstention() -> None:
    """Only roll calls in which both took part count."""
    found = pair([1, 8, 3, 9, 1, 0], [1, 3, 3, 1, 8, 2])
    assert [float(found.n), float(found.value)] == [2, 1]


@pytest.mark.parametrize("votes", [[1, 1, 1], [3, 3, 3], [8, 8, 8]])
def test_where_nothing_varies_nothing_is_told(votes: list[int]) -> None:
    """The same single vote throughout, or none, gives no value and no error."""
    found = pair(votes, votes)
    assert np.isnan(found.value)
    assert np.isnan(found.se)


@given(VOTES, st.sampled_from(["pi", "kappa", "s"]))
def test_symmetric_bounded_and_sure_of_itself(
    votes: "np.ndarray[tuple[int, int], np.dtype[np.int8]]", measure: Measure
) -> None:
    """Order does not matter; values lie from -1 to 1; a state that varies agrees with itself."""
    found = agreement(votes, measure)
    np.testing.assert_allclose(found.value, found.value.T)
    assert np.nanmax(found.value, initial=-1) <= 1 + 1e-9
    assert np.nanmin(found.value, initial=1) >= -1 - 1e-9
    own = np.diag(found.value)
    np.testing.assert_allclose(own[np.isfinite(own)], 1)
    assert (found.se[np.isfinite(found.value) & (found.n > 1)] >= 0).all()


@given(VOTES)
def test_all_pairs_are_as_one_by_one(
    votes: "np.ndarray[tuple[int, int], np.dtype[np.int8]]",
) -> None:
    """The matrix holds what each pair gives alone."""
    whole = agreement(votes)
    last = votes.shape[1] - 1
    alone = pair(votes[:, 0], votes[:, last])
    np.testing.assert_allclose(
        [whole.value[0, last], whole.se[0, last], whole.n[0, last]], list(alone)
    )


def test_independent_votes_agree_by_chance_only() -> None:
    """The mean over many independent pairs is 0, for kappa whatever the habits."""
    rng = np.random.default_rng(1)
    habits = rng.dirichlet([2, 1, 2], size=60)
    votes = np.stack([rng.choice([1, 2, 3], 400, p=habit) for habit in habits], axis=1)
    off = ~np.eye(60, dtype=bool)
    assert abs(agreement(votes, "kappa").value[off].mean()) < 0.005
    alike = np.stack([rng.choice([1, 2, 3], 400, p=habits[0]) for _ in range(60)], axis=1)
    assert abs(agreement(alike, "pi").value[off].mean()) < 0.005


def test_the_error_covers_the_truth() -> None:
    """Intervals of two errors hold the true value in at least 9 of 10 sessions of 80 votes."""
    rng = np.random.default_rng(2)
    table = np.array([[0.6, 0.08, 0.02], [0.06, 0.06, 0.02], [0.03, 0.03, 0.1]])
    cells = rng.choice(9, size=(200_000 + 600 * 80), p=table.ravel() / table.sum())
    truth = pair(cells[:200_000] // 3 + 1, cells[:200_000] % 3 + 1).value
    sessions = [pair(c // 3 + 1, c % 3 + 1) for c in cells[200_000:].reshape(600, 80)]
    covered = [abs(found.value - truth) < 1.96 * found.se for found in sessions]
    assert 0.9 < np.mean(covered) < 0.97


def test_one_run_of_identical_votes_is_not_certainty() -> None:
    """Twelve identical votes leave doubt, more of them less."""
    few, many = pair([1, 3] * 6, [1, 3] * 6), pair([1, 3] * 60, [1, 3] * 60)
    assert few.value == many.value == 1
    assert few.se > many.se > 0


def test_all_pairs_of_a_session_take_well_under_a_second() -> None:
    """194 states and 100 roll calls: a fraction of a second."""
    votes = np.random.default_rng(0).integers(1, 4, (100, 194))
    started = perf_counter()
    agreement(votes)
    assert perf_counter() - started < 1
