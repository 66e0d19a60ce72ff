"""Coded events: codes, actors, and the dimension `events` on invented records."""

from collections.abc import Iterator
from datetime import date
from math import asinh
from pathlib import Path

import pytest

from invented import fill, record
from talleyrand.claims import coded_events
from talleyrand.dimensions import events
from talleyrand.events import actors, cameo
from talleyrand.model import Dyad
from talleyrand.store import Store, open_store

DYAD = Dyad("CHN", "RUS")
DAY = date(2018, 6, 15)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "code", "goldstein", "plover", "quad"),
    [
        ("042", "042", 1.9, "CONSULT", 1),
        ("42", "042", 1.9, "CONSULT", 1),
        ("19", "190", -10.0, "ASSAULT", 4),
        ("Make a visit", "042", 1.9, "CONSULT", 1),
        ("fight with small arms and light weapons", "193", -10.0, "ASSAULT", 4),
        ("Impose embargo, boycott, or sanctions", "163", -8.0, "COERCE", 4),
        ("Provide aid", "070", 7.0, "AID", 2),
        ("Make statement", "010", 0.0, "", 1),
    ],
)
def test_codes_by_number_and_by_wording(
    text: str, code: str, goldstein: float, plover: str, quad: int
) -> None:
    found = cameo.code_of(text)
    assert found
    assert (found.code, found.goldstein, found.plover, found.quad) == (
        code, goldstein, plover, quad,
    )  # fmt: skip


def test_an_unknown_code_is_none() -> None:
    assert cameo.code_of("Invent something") is None
    assert cameo.code_of("9999") is None
    assert cameo.code_of("") is None


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("China", "CHN"),
        ("Foreign Affairs (France)", "FRA"),
        ("Citizen (France)", None),
        ("Media Personnel (China)", None),
        ("Vladimir Putin", "RUS"),
        ("Hong Kong", "CHN"),
        ("Cote d'Ivoire", "CIV"),
        ("European Union", None),
        ("Islamic State of Iraq and the Levant", None),
        ("Lawrence A. MacAulay", None),
        ("Smriti Irani", None),
    ],
)
def test_only_organs_of_a_state_act_for_it(name: str, iso3: str | None) -> None:
    assert actors.actor(name, DAY) == iso3


def test_a_leader_acts_for_his_state_in_office_only() -> None:
    assert actors.actor("Barack Obama", date(2015, 5, 5)) == "USA"
    assert actors.actor("Barack Obama", DAY) is None


def test_a_point_is_the_mean_score_of_a_month_with_its_n(store: Store) -> None:
    """Five events of a month make a point, fewer a gap; rows of the casebook weigh their number."""
    rows = [
        record("event", date(2018, 5, n), 2.0, source="icews", item=f"042 a{n} > b")
        for n in range(1, 5)
    ]
    rows.append(record("event", date(2018, 5, 9), -8.0, source="icews", item="163 a > b"))
    rows.append(record("event", date(2018, 6, 1), -8.0, source="icews", item="163 a > b"))
    rows.append(record("event", date(2018, 7, 1), 1.0, source="icews", item="040", note="7"))
    fill(store, records=rows)
    series = events.measure(store, DYAD, DAY, 12)
    assert series.dates == (date(2018, 5, 1), date(2018, 7, 1))
    assert series.values == pytest.approx((0.0, 1.0))
    assert series.n == (5.0, 7.0)
    assert series.se[0] is not None
    assert series.se[1] is not None
    assert series.se[0] > series.se[1] > 0
    assert len(events.measure(store, Dyad("RUS", "CHN"), DAY, 12)) == 0


def test_the_composite_is_of_both_directions_and_told_so(store: Store) -> None:
    rows = [
        record("event_composite", date(2018, m, 1), 8.0, source="gdelt_daily", item="", note=days)
        for m, days in ((5, "31"), (6, "4"))
    ]
    fill(store, records=rows)
    series = events.measure(store, Dyad("RUS", "CHN"), DAY, 12)
    assert series.values == pytest.approx((asinh(8.0),))
    assert series.n == (31.0,)
    assert "both" in series.note
    assert series.unit == "asinh of thousandths"


def test_two_sources_are_never_joined(store: Store) -> None:
    """A sample and a full table are two series: the one around the date is taken."""
    rows = [
        record("event", date(year, 5, 1), 1.0, source="icews", item="040", note="9", vintage=kind)
        for year, kind in ((2014, "sample"), (2015, "sample"), (2018, ""))
    ]
    fill(store, records=rows)
    assert [d.year for d in events.measure(store, DYAD, date(2015, 1, 1), 12).dates] == [2014, 2015]
    assert [d.year for d in events.measure(store, DYAD, DAY, 12).dates] == [2018]


def test_claims_can_ask_for_scores_and_counts(store: Store) -> None:
    rows = [
        record("event", date(2018, 5, 1), 4.0, source="icews", item="036", note="3", vintage=""),
        record("event", date(2018, 6, 1), -8.0, source="icews", item="163", note="1", vintage=""),
    ]
    fill(store, records=rows)
    asked = {"sender": "China", "target": "RUS", "from": "2018-05", "to": "2018-06"}
    found = coded_events.score(store, asked)
    assert found.value == pytest.approx(1.0)
    assert found.interval is not None
    assert coded_events.count(store, asked).value == 4
    nothing = coded_events.count(store, {**asked, "from": "2019", "to": "2019"})
    assert nothing.value is None
    assert "2018-06-01" in nothing.told
