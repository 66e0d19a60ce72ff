"""`arena`: evenness by hand, gaps that stay gaps, the index at a fixed mix, errors, forms."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import document, fill, match, record
from talleyrand import api_arena, cli
from talleyrand.dimensions import arena as dimension
from talleyrand.errors import InputError
from talleyrand.model import Dyad, Outcome
from talleyrand.neighbourhood import Tie, evenness, ties
from talleyrand.report import arena as report
from talleyrand.report import arena_picture, sheet
from talleyrand.store import Store, open_store

OTHERS = ("USA", "DEU", "FRA", "ITA", "JPN", "GBR", "IND", "TUR")


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_evenness_is_even_in_both_and_stays_in_bounds(one: float, other: float) -> None:
    """The same whichever comes first; 1 where equal."""
    found = evenness(one, other)
    assert found == evenness(other, one)
    assert found is None or 0 <= found <= 1 + 1e-12


def test_evenness_by_hand() -> None:
    """Three times as much is .75, one alone 0, neither unknown."""
    assert evenness(3.0, 1.0) == pytest.approx(0.75)
    assert evenness(5.0, 5.0) == 1.0
    assert evenness(5.0, 0.0) == evenness(5.0, -0.2) == 0.0
    assert evenness(0.0, 0.0) is None


@pytest.fixture
def base(tmp_path: Path) -> Store:
    """Kazakhstan's trade with China grows from a third of Russia's to the same (invented)."""
    records = []
    for year in range(2000, 2020):
        china = 10.0 if year < 2010 else 30.0
        flows = [("CHN", china), ("RUS", 30.0), *((other, 5.0) for other in OTHERS)]
        records += [
            record("exports", date(year, 1, 1), value, source="itpd", sender=partner,
                   target=state, item="all", end_date=date(year, 12, 31), vintage="")
            for state in ("KAZ", "KGZ", "UZB")
            for partner, value in flows
            if not (state == "UZB" and partner == "CHN")  # not on record: no zero
        ]  # fmt: skip
    documents, matches = [], []
    for day in range(1, 21):
        for place, (sender, source) in enumerate((("CHN", "cctv"), ("RUS", "kremlin"))):
            row = 2 * day + place
            with_kaz = ["KAZ"] if day <= (4, 8)[place] else ["DEU"]
            documents.append(
                document(date(2022, 3, day), row, sender=sender, source=source, kind="meeting",
                         counterparts=with_kaz)
            )  # fmt: skip
            if sender == "CHN" and day <= 2:
                matches.append(match(row, "mutual_support", targets=["KAZ"]))
    store = open_store(tmp_path / "s.duckdb")
    fill(store, records=records, documents=documents, matches=matches)
    return store


def test_shares_of_trade_are_those_of_the_third_state(base: Store) -> None:
    """10 of 80 against 30 of 80; where one flow lacks there is no tie."""
    found = [t for t in ties(base, "CHN", "RUS", ("KAZ", "UZB"), ["trade"]) if t.year == 2005]
    assert [(t.state, t.one, t.other) for t in found] == [("KAZ", 12.5, 37.5)]
    assert found[0].evenness == pytest.approx(0.75)


def test_contacts_are_shares_of_all_contacts_and_reassurance_of_read_outs(base: Store) -> None:
    """4 of 20 against 8 of 20 contacts; 2 of China's 4 read-outs reassure."""
    found = {t.component: t for t in ties(base, "CHN", "RUS", ("KAZ",)) if t.year == 2022}
    contacts, said = found["contacts"], found["reassurance"]
    assert (contacts.one, contacts.other, contacts.counts) == (20.0, 40.0, (4, 8))
    assert contacts.evenness == pytest.approx(4 * 2 / 9)
    assert (said.one, said.other, said.evenness, said.gap) == (50.0, 0.0, None, 50.0)


def test_arms_count_where_the_register_is_in_the_store(base: Store) -> None:
    """What one delivered and the other did not is a zero inside the register's span."""
    arms = [
        record("arms_delivery", date(year, 1, 1), value, source="sipri_arms", sender=sender,
               target="KAZ", item="x", unit="million TIV", vintage="")
        for sender, year, value in (("RUS", 2010, 40.0), ("RUS", 2011, 30.0), ("CHN", 2011, 10.0))
    ]  # fmt: skip
    fill(base, records=arms)
    found = ties(base, "CHN", "RUS", ("KAZ", "UZB"), ["arms"])
    assert [(t.year, t.one, t.other, t.evenness) for t in found] == [
        (2010, 0.0, 40.0, 0.0),
        (2011, 10.0, 30.0, pytest.approx(0.75)),
    ]


def test_a_month_of_one_archive_alone_does_not_count(base: Store) -> None:
    """What only China's archive covers says nothing of how the two share."""
    more = [document(date(2023, 3, d), 100 + d, kind="meeting", counterparts=["KAZ"])
            for d in range(1, 21)]  # fmt: skip
    fill(base, documents=more)
    assert {t.year for t in ties(base, "CHN", "RUS", ("KAZ",), ["contacts"])} == {2022}


def test_a_year_without_a_source_is_compared_at_its_own_mix() -> None:
    """A source that begins at another level is no change of the index."""
    old = [Tie("trade", "a", s, y, 1, 1, "%", 0.9) for s in "xyz" for y in range(2000, 2010)]
    new = [Tie("contacts", "b", s, y, 1, 1, "%", 0.3) for s in "xyz" for y in range(2005, 2010)]
    series = dimension.series_of([*old, *new])
    assert max(series.values) - min(series.values) < 0.02


def test_the_answer_finds_the_change_and_its_year(base: Store) -> None:
    """From .75 to even in 2010, the same in either order of the powers."""
    told = api_arena.arena_in(base, "CHN", "RUS", within="KAZ,KGZ").to_dict()
    index = told["components"][0]
    assert (index["component"], index["outcome"], index["direction"]) == ("trade", "SHIFT", "up")
    assert index["judged_at"] == 2010
    assert index["change"] == pytest.approx(0.25, abs=0.02)
    turned = api_arena.arena_in(base, "RUS", "CHN", within="KAZ,KGZ").to_dict()
    assert turned["components"][0]["change"] == pytest.approx(index["change"])
    assert json.loads(json.dumps(told)) == told


def test_the_dimension_is_yearly_and_for_pairs_with_a_neighbourhood(base: Store) -> None:
    """Another pair has none, and says where to ask."""
    one, other = (
        dimension.measure(base, Dyad(*pair), date(2010, 1, 1), 12)
        for pair in (("CHN", "RUS"), ("RUS", "CHN"))
    )
    assert (one.cadence, one.values) == ("year", other.values)
    assert not len(dimension.measure(base, Dyad("CHN", "USA"), date(2010, 1, 1), 12))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "no neighbourhood"),
        ({"within": "CHN"}, "names only"),
        ({"within": "KAZ", "since": "2020", "until": "2010"}, "before it begins"),
        ({"within": "Atlantis"}, "Atlantis"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(
    base: Store, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        api_arena.arena_in(base, "CHN", "USA", **asked)


def test_nothing_on_record_is_said_so(base: Store) -> None:
    """No tie is UNCLEAR in every form, not an error."""
    told = api_arena.arena_in(base, "CHN", "RUS", within="BRA").to_dict()
    assert told["index"] is None
    shown = sheet.render(report.sheet(told, {"BRA": "Brazil"}))
    assert Outcome.UNCLEAR.value in shown


def test_the_command_prints_and_writes(
    base: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """80 columns on the terminal, the yearly ties on the page only."""
    where = base.location
    base.close()
    page = tmp_path / "p.html"
    assert cli.main(["arena", "CHN", "RUS", "--store", where, "--html", str(page)]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines()[:40])) <= 80
    assert "Kazakhstan" in shown
    assert "2005" in page.read_text("utf-8")


def test_the_picture_has_a_panel_a_state_and_escapes_names(base: Store) -> None:
    """Two points a year and state with trade on record, and none without."""
    told = api_arena.arena_in(base, "CHN", "RUS", within="KAZ,KGZ,UZB", since="2001").to_dict()
    drawn = arena_picture.drawn(told, {"KAZ": "<b>Kazakhstan"})
    assert drawn.count("<circle") == 2 * 2 * 19
    assert "&lt;b&gt;Kazakhstan" in drawn
    assert not arena_picture.drawn({**told, "ties": []}, {})
