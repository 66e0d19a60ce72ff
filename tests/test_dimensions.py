"""Each dimension on a small invented store: known values, gaps kept as gaps."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import exp, log
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import document, fill, match, months, record, report
from talleyrand import registry
from talleyrand.dimensions import balance, contacts, coverage, trade, votes, words
from talleyrand.dimensions.mix import adjusted
from talleyrand.inference.shift import judge
from talleyrand.model import Dimension, Dyad, Outcome
from talleyrand.store import Store, open_store

DYAD = Dyad("CHN", "RUS")
AT = date(2022, 9, 15)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


@pytest.mark.parametrize("dimension", registry.DIMENSIONS, ids=lambda d: d.name)
def test_an_empty_store_gives_an_empty_series(store: Store, dimension: Dimension) -> None:
    """No evidence is no point, and the judgement says so."""
    series = dimension.measure(store, DYAD, AT, 12)
    assert len(series) == 0
    assert judge(series, AT, margin=dimension.margin).outcome == Outcome.UNCLEAR


def test_words_are_log_odds_of_opposed_codes(store: Store) -> None:
    """Three texts closer and one further in a month give log(3.5/1.5), with the texts behind it."""
    codes = ["strategic_partnership"] * 3 + ["sovereignty_territorial_integrity"]
    documents = [document(AT, row) for row in range(4)]
    fill(store, documents=documents, matches=[match(row, code) for row, code in enumerate(codes)])
    series = words.measure(store, DYAD, AT, 12)
    assert series.dates == (date(2022, 9, 1),)
    assert series.values[0] == pytest.approx(log(3.5 / 1.5))
    assert series.n == (4.0,)
    assert series.evidence[0].url == "https://example.org/0"


@pytest.mark.parametrize(
    "changes",
    [{"holder": "RUS"}, {"holder": "journalist"}, {"negated": True}, {"targets": ["USA"]}],
    ids=str,
)
def test_words_of_others_denied_or_aimed_elsewhere_do_not_count(
    store: Store, changes: dict[str, object]
) -> None:
    """Only the sender's own words towards the target are its position."""
    fill(store, documents=[document(AT, 0)], matches=[match(0, "no_limits", **changes)])
    assert len(words.measure(store, DYAD, AT, 12)) == 0


def test_contacts_count_days_and_keep_gaps(store: Store) -> None:
    """Two read-outs of one day are one contact; a month without the programme is no zero."""
    first, second, third = months(3)
    documents = [document(first, 1), document(first, 2)]
    documents += [document(first + timedelta(days=3 * k), 2 + k) for k in (1, 2, 3)]
    for base, month in ((100, first), (200, third)):
        documents += [
            document(month + timedelta(days=d), base + d, kind="other", counterparts=[])
            for d in range(15)
        ]
    fill(store, documents=documents)
    series = contacts.measure(store, DYAD, AT, 12)
    assert series.dates == (first, third)
    assert second not in series.dates
    assert series.values == (4.0, 0.0)


def test_hardly_any_contact_is_no_evidence_of_none(store: Store) -> None:
    """A source that reports one contact in two years cannot show that nothing changed."""
    documents = [
        document(month + timedelta(days=d), 20 * i + d, kind="other", counterparts=[])
        for i, month in enumerate(months(24))
        for d in range(15)
    ]
    fill(store, documents=[document(AT, 999), *documents])
    series = contacts.measure(store, DYAD, AT, 12)
    assert len(series) == 0
    assert "1 contact on record within the window" in series.note


def test_trade_differences_year_to_date_totals(store: Store) -> None:
    """A stretch of missing months is one point with its mean, and January starts anew."""
    totals = {(2021, 12): 120.0, (2022, 2): 30.0, (2022, 3): 50.0, (2022, 6): 110.0}
    rows = [record("total_trade_ytd", date(y, m, 28), v) for (y, m), v in totals.items()]
    fill(store, records=rows)
    series = trade.measure(store, DYAD, AT, 12)
    assert [round(exp(v), 6) for v in series.values] == [10.0, 15.0, 20.0, 20.0]
    assert series.n == (12.0, 2.0, 1.0, 3.0)


def test_trade_of_either_direction_is_the_same_trade(store: Store) -> None:
    """Goods traded belong to the pair."""
    fill(store, records=[record("total_trade_ytd", date(2022, 2, 28), 30.0)])
    swapped = Dyad("RUS", "CHN")
    assert trade.measure(store, swapped, AT, 12).values == trade.measure(store, DYAD, AT, 12).values


def test_votes_agree_by_session_and_split_at_the_date(store: Store) -> None:
    """Alike votes agree fully; a session the date falls into is parted there."""
    rows = []
    for number in range(80):
        day = date(2022, 9, 5) if number < 40 else date(2022, 11, 5)
        for state, vote in (("CHN", 1 + number % 3), ("RUS", 1 + number % 3), ("USA", 1)):
            changes = {
                "sender": state,
                "target": "",
                "item": f"rcid:{number}",
                "source": "un_votes",
            }
            rows.append(record("vote", day, vote, **changes))
    fill(store, records=rows)
    series = votes.measure(store, DYAD, AT, 12)
    assert series.dates == (date(2022, 9, 5), date(2022, 11, 5))
    assert series.values == pytest.approx((1.0, 1.0))
    assert series.n == (40.0, 40.0)


def test_a_roll_call_number_used_twice_is_two_roll_calls(store: Store) -> None:
    """Votes are compared within one day, never across sessions that share a number."""
    vote = {"target": "", "item": "rcid:1", "source": "un_votes"}
    days = [date(1955, 10, 1), date(2022, 10, 3)]
    rows = [record("vote", d, 1.0, sender=s, **vote) for d in days for s in ("CHN", "RUS")]
    fill(store, records=rows)
    assert [e.date for e in votes.measure(store, DYAD, AT, 12).evidence] == days


def test_an_outlet_that_enters_is_not_of_the_panel(store: Store) -> None:
    """A cold newcomer changes the mix of outlets, never the reading."""
    reports = []
    for i, month in enumerate(months(24)):
        for k in range(24):
            day = month + timedelta(days=k)
            reports.append(report(day, 100 * i + k, (0.3, -0.3)[k % 2], "Old Paper"))
            if i >= 12:
                reports.append(report(day, 100 * i + k, -1.0, "New Paper"))
    fill(store, reports=reports)
    series = coverage.measure(store, DYAD, date(2022, 9, 1), 12)
    assert max(series.values) - min(series.values) < 1e-9
    assert "1 of 2 outside outlets: Old Paper" in series.note
    assert judge(series, date(2022, 9, 1), margin=0.5).outcome == Outcome.STEADY


def test_an_outlet_that_prints_more_is_no_change_of_reading(store: Store) -> None:
    """A cold outlet of the panel prints three times as much: only the mix of reports changed."""
    reports = []
    for i, month in enumerate(months(24)):
        for k in range(24):
            day = month + timedelta(days=k)
            reports.append(report(day, 100 * i + k, (1.0, 0.0)[k % 2], "Warm Paper"))
            if i >= 12 or k % 3 == 0:
                reports.append(report(day, 100 * i + k, -1.0, "Cold Paper"))
    fill(store, reports=reports)
    series = coverage.measure(store, DYAD, date(2022, 9, 1), 12)
    raw = [_mean_tone(reports, month) for month in series.dates]
    assert raw[0] - raw[-1] > 0.3
    assert max(series.values) - min(series.values) < 1e-9
    assert judge(series, date(2022, 9, 1), margin=0.5).outcome != Outcome.SHIFT


def _mean_tone(reports: list[dict[str, Any]], month: date) -> float:
    kept = [r for r in reports if r["published"].date().replace(day=1) == month]
    return sum(len(r["warming"]) - len(r["cooling"]) for r in kept) / len(kept)


def _feed(draw: Random, pair: str, colder: float) -> list[dict[str, Any]]:
    """An invented feed: one outlet stays, turning `colder`; others leave and enter at the date."""
    made = []
    for i, month in enumerate(months(24)):
        for k in range(30):
            outlet = ("Stays", ("Left", "Came")[i >= 12])[k % 2]
            chance = {"Stays": 0.3 + colder * (i >= 12), "Left": 0.3, "Came": 0.8}[outlet]
            one = report(month + timedelta(days=k % 28), k + 100 * i, 0, f"{outlet} {pair}")
            cold = draw.random() < chance
            acts = pair.replace("-", ">") + ("-" if cold else "0")
            made.append(
                one | {"states": pair.split("-"), "cooling": [pair] if cold else [], "acts": [acts]}
            )
    return made


def test_newcomers_alone_never_make_a_shift_and_a_change_on_the_panel_does(store: Store) -> None:
    """Twenty invented feeds in which outlets of another level enter and leave at the date."""
    draw, at = Random(5), date(2022, 9, 1)
    found: dict[float, list[Outcome]] = {0.0: [], 0.6: []}
    for trial in range(20):
        for colder in found:
            target = f"{'TU'[colder > 0]}{trial:02d}"
            fill(store, reports=_feed(draw, f"CHN-{target}", colder))
            series = coverage.measure(store, Dyad("CHN", target), at, 12)
            found[colder].append(judge(series, at, margin=0.15).outcome)
    assert Outcome.SHIFT not in found[0.0]
    assert found[0.6].count(Outcome.SHIFT) >= 18


def test_what_a_coder_missed_is_made_good(store: Store) -> None:
    """A change of tone shows larger than coded, by phrases as by the trained coder."""
    reports = []
    for i, month in enumerate(months(24)):
        for k in range(20):
            tone = -1.0 if k < (10 if i >= 12 else 5) else 0.0
            reports.append(report(month + timedelta(days=k), 100 * i + k, tone))
    fill(store, reports=reports)
    trained = coverage.measure(store, DYAD, date(2022, 9, 1), 12)
    fill(store, reports=[{**r, "outlet": "Invented Zeitung", "acts": []} for r in reports])
    phrases = coverage.measure(store, DYAD, date(2022, 9, 1), 12)
    assert trained.values[-1] - trained.values[0] < -0.5
    assert phrases.values[-1] - phrases.values[0] < -0.5


def test_the_parties_own_press_is_not_outside_coverage(store: Store) -> None:
    """Outlets of sender and target do not count as perception."""
    own = [{**report(AT, k, 1.0), "outlet_state": s} for k, s in enumerate(("CHN", "RUS"))]
    fill(store, reports=own)
    assert len(coverage.measure(store, DYAD, AT, 12)) == 0


def test_a_change_in_the_mix_of_texts_is_no_change_of_position(store: Store) -> None:
    """Harsh press conferences replace warm read-outs; within each kind nothing changes."""
    documents, matches = [], []
    for i, month in enumerate(months(24)):
        for j in range(8):
            harsh = j < (2 if i < 12 else 6)
            row = 10 * i + j
            kind = "press_conference" if harsh else "call"
            documents.append(document(month + timedelta(days=j), row, kind=kind))
            closer, further = (2, 3) if harsh else (5, 1)
            matches += [match(row, "strategic_partnership", start_at=k) for k in range(closer)]
            matches += [
                match(row, "sovereignty_territorial_integrity", start_at=k) for k in range(further)
            ]
    fill(store, documents=documents, matches=matches)
    series = words.measure(store, DYAD, AT, 12)
    first, last = series.values[:12], series.values[12:]
    assert max(first) - min(last) < 0.25
    assert judge(series, date(2022, 9, 1), margin=0.8).outcome == Outcome.STEADY


def test_balance_is_the_chance_that_two_codes_differ(store: Store) -> None:
    """A text that affirms and distances alike is even; one that only affirms is not."""
    fill(
        store,
        documents=[document(AT, 0), document(AT + timedelta(days=40), 1), document(AT, 2)],
        matches=[
            match(0, "friendship"), match(0, "sovereignty_territorial_integrity"),
            match(1, "friendship"), match(1, "trust"), match(2, "friendship"),
        ],
    )  # fmt: skip
    series = balance.measure(store, DYAD, AT, 12)
    assert series.dates == (date(2022, 9, 1), date(2022, 10, 1))
    assert series.n == (1.0, 1.0)
    assert balance.evenness(1, 1) == 1.0
    assert balance.evenness(2, 0) == 0.0
    assert balance.evenness(2, 2) == pytest.approx(2 / 3)
    assert [entry.value for entry in series.evidence] == [1.0, 0.0]


def test_a_sender_of_one_speech_a_year_has_one_point_a_year(store: Store) -> None:
    """Speeches in the General Debate are a yearly series, judged over years."""
    documents = [
        document(date(2010 + row, 9, 25), row, source="un_general_debate", kind="speech")
        for row in range(14)
    ]
    matches = [match(row, "friendship") for row in range(14)]
    fill(store, documents=documents, matches=matches)
    series = words.measure(store, DYAD, AT, 12)
    assert series.cadence == "session"
    assert len(series) == 14


@given(st.integers(1, 60), st.integers(2, 6), st.integers(0, 2**31))
def test_the_mix_alone_moves_no_mean(size: int, kinds: int, seed: int) -> None:
    """Values that depend on the sort of text only have the same mean in every period."""
    rng = np.random.default_rng(seed)
    stratum = np.tile(np.arange(kinds), size + 40)
    period = np.sort(rng.integers(0, 3, len(stratum)))
    period = np.unique(period, return_inverse=True)[1]
    level = rng.normal(size=kinds)
    means, errors, n = adjusted(level[stratum], period, stratum)
    assert np.ptp(means) < 0.1
    assert (errors > 0).all()
    assert n.sum() == len(stratum)
