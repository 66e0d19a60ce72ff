"""Agreement of all pairs at once, on an invented table of roll calls."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from talleyrand import vote_agreement
from talleyrand.errors import InputError
from talleyrand.inference.agreement import pair

ISSUES = "False,False,False,False,False,False"
VOTES = np.random.default_rng(1).choice([1, 2, 3, 8], (60, 3))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Sixty invented roll calls of three states, half in session 74, half in session 75."""
    rows = ["rcid,date,me,nu,di,hr,co,ec,CHN,RUS,USA"]
    for i, votes in enumerate(VOTES):
        day = "2019-11-05" if i < 30 else "2020-11-05"
        rows.append(f"{i + 1},{day},{ISSUES},{','.join(map(str, votes))}")
    file = tmp_path / "votes.csv.gz"
    file.write_bytes(gzip.compress("\n".join(rows).encode()))
    return file


def test_every_pair_is_what_it_is_alone(table: Path) -> None:
    """By session and by year, for all measures."""
    for measure in ("pi", "kappa", "s"):
        found = vote_agreement(table, measure=measure)
        assert found.periods == (74, 75)
        alone = pair(VOTES[:30, 0], VOTES[:30, 1], measure)
        assert found.of("CHN", "RUS")[74] == pytest.approx(float(alone.value))
        assert found.n[0, 0, 1] == alone.n
    assert vote_agreement(table, per="year").periods == (2019, 2020)


def test_another_file_is_refused(tmp_path: Path) -> None:
    """With what to do instead."""
    (tmp_path / "x.csv").write_text("date,value\n2022-01,1\n", "utf-8")
    for name in ("x.csv", "none.csv"):
        with pytest.raises(InputError, match=r"cannot be read|wide table"):
            vote_agreement(tmp_path / name)


def test_all_pairs_of_all_years_take_a_few_seconds(records: Path) -> None:
    """Nearly 900,000 pairs and years of the real roll calls."""
    found = vote_agreement(records / "records/votes/unga_votes_wide_1946_2024.csv.gz", per="year")
    assert found.value.shape[0] > 70
    assert found.of("CHN", "RUS")[2019] > found.of("CHN", "USA")[2019]
