"""Triangles: the dyad beside either state towards a third party, by the same measures."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from assessment_sample import assessment
from invented import fill, record, samarkand
from talleyrand import pipeline, triangle
from talleyrand.api import verdict
from talleyrand.assessment import Leg
from talleyrand.dimensions import votes
from talleyrand.model import Dyad
from talleyrand.report import corners
from talleyrand.store import Store, open_store

AT = date(2022, 9, 15)
MEMBERS = ("DEU", "FRA", "GBR")


@pytest.fixture
def base(tmp_path: Path) -> Store:
    """Ten sessions of thirty invented roll calls: from 2022 on China votes as the US does."""
    draw = np.random.default_rng(5)
    rows = []
    for year, call in product(range(2013, 2024), range(30)):
        day, item = date(year, 10, 1 + call % 28), f"{year}-{call}"
        west = int(draw.choice([1, 3]))
        cast = dict.fromkeys(("USA", *MEMBERS), west)
        cast["RUS"] = 4 - west
        cast["CHN"] = west if year >= 2022 else 4 - west
        rows += [
            record("vote", day, float(vote), source="un_votes", sender=state, target="", item=item,
                   unit="vote", vintage="")
            for state, vote in cast.items()
        ]  # fmt: skip
    store = open_store(samarkand(tmp_path / "s.duckdb"))
    fill(store, records=rows)
    return store


def test_the_one_who_moved_is_told_from_the_one_who_did_not(base: Store) -> None:
    """China moved towards the US and the members, Russia did not, and they parted."""
    found = verdict(base, "CHN", "RUS", AT, "60mo").assessment
    legs = {(str(leg.dyad), leg.measure): leg for leg in found.triangle}
    moved, parted, stayed, median = (
        legs[pair, "votes"] for pair in ("CHN-USA", "CHN-RUS", "RUS-USA", "CHN-NATO")
    )
    assert (moved.finding.direction, parted.finding.direction) == ("closer", "further")
    assert moved.before is not None
    assert moved.after is not None
    assert moved.before < -0.9 < 0.9 < moved.after
    assert median.before == pytest.approx(moved.before, abs=0.05)
    assert stayed.finding.direction is None


def test_agreement_with_one_state_is_that_of_the_votes_dimension(base: Store) -> None:
    """The third party's series is the dimension's own."""
    found = pipeline.assess(base, "CHN", "RUS", AT)
    own = next(
        leg for leg in triangle.legs(base, found) if str(leg.dyad) == "CHN-USA"
        and leg.measure == "votes"
    )  # fmt: skip
    judged = pipeline.judge_dimension(base, votes.DIMENSION, Dyad("CHN", "USA"), AT, 12)
    assert own.finding.change == pytest.approx(judged.finding.change)
    assert own.finding.outcome == judged.finding.outcome


def test_a_dyad_with_the_united_states_has_another_third_party(base: Store) -> None:
    """China, or of a dyad with China Russia; a member is not its own ally."""
    for sender, target, third in (("USA", "RUS", "CHN"), ("USA", "CHN", "RUS")):
        found = pipeline.assess(base, sender, target, AT)
        targets = {leg.dyad.target for leg in triangle.legs(base, found)}
        assert targets == {target, third, "NATO"}


def test_nothing_is_drawn_of_a_dyad_alone() -> None:
    """A table of one row says nothing that the answer does not."""
    answer = assessment()
    finding = answer.judged[0].finding
    own = Leg(answer.dyad, "votes", 0.5, 0.6, finding)
    assert not corners.rows(replace(answer, triangle=(own,)), {})
    other = Leg(Dyad("CHN", "USA"), "votes", -0.5, -0.6, finding)
    rows = corners.rows(replace(answer, triangle=(own, other)), {"CHN": "China"})
    assert [row[0] for row in rows] == ["China → RUS", "China → USA"]
    assert rows[1][1].startswith("-0.50 → -0.60")
