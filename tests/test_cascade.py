"""The cascade: known answers, limits, conservation, and the closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand.inference.cascade import Assumptions, cascade, shares

SIZE = 6


@st.composite
def worlds(draw: st.DrawFn) -> tuple[np.ndarray, int, np.ndarray]:
    """Flows among six economies, a target, and a coalition without it."""
    seed = draw(st.integers(0, 10_000))
    rng = np.random.default_rng(seed)
    flows = rng.gamma(0.5, 10.0, (SIZE, SIZE)) * (rng.random((SIZE, SIZE)) < 0.8)
    target = draw(st.integers(0, SIZE - 1))
    members = np.array(draw(st.lists(st.booleans(), min_size=SIZE, max_size=SIZE)))
    members[target] = False
    return shares(flows), target, members


def test_a_chain_of_four_has_the_answer_worked_out_by_hand() -> None:
    """T - A - B - C, where C is the coalition: A has no trade with it and goes on, B complies."""
    flows = np.zeros((4, 4))
    flows[0, 1], flows[1, 2], flows[2, 3] = 30.0, 70.0, 30.0  # T sells to A, A to B, B to C
    members = np.array([False, False, False, True])
    found = cascade(shares(flows), 0, members, Assumptions(0.5, 1e9, 3))
    # A: 30 of 100 with T; half of B's 70 % with A is exposed to that; C deals with B, who complies
    assert found.by_round[1] == pytest.approx([0.3, 0.0, 0.0])
    assert found.by_round[2] == pytest.approx([0.0, 0.5 * 0.7 * 0.3, 0.0])
    assert found.by_round[3] == pytest.approx([0.0, 0.0, 0.0])
    assert found.passes.tolist() == [False, True, False, False]


@given(worlds(), st.floats(0, 1), st.floats(0, 30))
def test_no_trade_is_counted_twice_and_the_parts_add_up(
    world: tuple[np.ndarray, int, np.ndarray], substitution: float, threshold: float
) -> None:
    """Shares are between nothing and all; weights by partner give the same totals."""
    partners, target, members = world
    found = cascade(partners, target, members, Assumptions(substitution, threshold, 5))
    assert (found.by_round >= 0).all()
    assert (found.total <= 1 + 1e-9).all()
    assert (partners * found.weights).sum(axis=1) == pytest.approx(found.total, abs=1e-12)


@given(worlds(), st.floats(0, 1), st.floats(0, 30))
def test_what_is_exposed_stopped_replaced_and_still_under_way_is_all_trade(
    world: tuple[np.ndarray, int, np.ndarray], substitution: float, threshold: float
) -> None:
    """Conservation: follow every unit of trade by hand for five rounds."""
    partners, target, members = world
    rounds = 5
    found = cascade(partners, target, members, Assumptions(substitution, threshold, rounds))
    if not members.any():
        assert not found.total.any()
        return
    for start in range(SIZE):
        if start == target:
            continue
        at, reached, gone = partners[start].copy(), 0.0, 0.0
        for _ in range(rounds):
            reached += at[target]
            gone += at[~found.passes].sum() - at[target]
            gone += substitution * at[found.passes].sum()
            at = ((1 - substitution) * at * found.passes) @ partners
        assert found.total[start] == pytest.approx(reached)
        assert reached + gone + at.sum() == pytest.approx(partners[start].sum())


@given(worlds(), st.floats(0.05, 1), st.floats(0, 30))
def test_many_rounds_come_to_the_closed_form(
    world: tuple[np.ndarray, int, np.ndarray], substitution: float, threshold: float
) -> None:
    """The sum over rounds and the fundamental matrix agree."""
    partners, target, members = world
    closed = cascade(partners, target, members, Assumptions(substitution, threshold, None))
    summed = cascade(partners, target, members, Assumptions(substitution, threshold, 500))
    assert closed.total == pytest.approx(summed.total, abs=1e-8)


@given(worlds())
def test_the_limits_hold(world: tuple[np.ndarray, int, np.ndarray]) -> None:
    """Nobody: nothing. Everybody: each loses what it trades with the target, which loses all."""
    partners, target, _ = world
    assert not cascade(partners, target, np.zeros(SIZE, bool), Assumptions()).total.any()
    everybody = np.arange(SIZE) != target
    found = cascade(partners, target, everybody, Assumptions())
    others = found.total[everybody]
    assert others == pytest.approx(partners[everybody, target])
    assert found.total[target] == pytest.approx(partners[target].sum())


@given(worlds(), st.floats(0, 0.9))
def test_more_replaced_or_more_complying_never_exposes_more(
    world: tuple[np.ndarray, int, np.ndarray], substitution: float
) -> None:
    """The total falls with the substitution share, and rises with the threshold."""
    partners, target, members = world
    others = np.arange(SIZE) != target
    less = cascade(partners, target, members, Assumptions(substitution, 5.0, 4)).total
    more = cascade(partners, target, members, Assumptions(substitution + 0.1, 5.0, 4)).total
    wide = cascade(partners, target, members, Assumptions(substitution, 50.0, 4)).total
    assert (more[others] <= less[others] + 1e-12).all()
    assert (wide[others] >= less[others] - 1e-12).all()


def test_the_target_cannot_sanction_itself() -> None:
    """A coalition with the target in it is refused, as are assumptions out of range."""
    with pytest.raises(ValueError, match="cannot be a member"):
        cascade(np.eye(2)[::-1].copy(), 0, np.array([True, False]), Assumptions())
    for wrong in ({"substitution": 1.5}, {"threshold": -1.0}, {"rounds": 0}):
        with pytest.raises(ValueError, match="must be"):
            Assumptions(**wrong)
