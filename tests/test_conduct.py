"""Arms, aid, obligations, opinion, meetings and vetoes: invented stores, then the real records."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from math import inf, log1p, sqrt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from invented import document, fill, months, record
from talleyrand import casebook_build, registry
from talleyrand.claims import conduct
from talleyrand.dimensions import aid, arms, contacts, opinion, ties, votes
from talleyrand.errors import FetchError, InputError
from talleyrand.inference.shift import judge
from talleyrand.ingest import ingest, read
from talleyrand.model import Dimension, Dyad, Outcome, Raw, Record, Rejected
from talleyrand.pipeline import assess, within
from talleyrand.sources import atop, china_vitae
from talleyrand.sources._spells import spells
from talleyrand.store import Store, open_store

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "records"
DYAD, BACK = Dyad("CHN", "RUS"), Dyad("RUS", "CHN")
AT = date(2014, 3, 18)
REAL = pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


def yearly(source: str, kind: str, year: int, value: float, **changes: Any) -> dict[str, Any]:
    end = changes.pop("end", year)
    row = record(kind, date(year, 1, 1), value, source=source, vintage="", **changes)
    return {**row, "end_date": date(end, 12, 31)}


def delivery(year: int, value: float, sender: str = "CHN", target: str = "RUS") -> dict[str, Any]:
    """An invented delivery of arms."""
    return yearly("sipri_arms", "arms_delivery", year, value, sender=sender, target=target)


# --- arms ----------------------------------------------------------------------------------


def test_a_year_without_a_delivery_is_a_zero_inside_the_register_only(store: Store) -> None:
    """The series runs from when both states appear to the register's last year, zeros and all."""
    rows = [delivery(2000, 5, "USA", "JPN"), delivery(2005, 3, "RUS", "CHN")]
    fill(store, records=[*rows, delivery(2008, 9), delivery(2012, 1, "USA", "JPN")])
    series = arms.measure(store, DYAD, AT, 12)
    assert [day.year for day in series.dates] == list(range(2005, 2013))
    assert list(series.values) == pytest.approx([0, 0, 0, log1p(9), 0, 0, 0, 0])
    assert series.cadence == "year"
    assert not any(arms.measure(store, BACK, AT, 12).values[1:])


def test_two_states_that_never_sent_each_other_arms_have_no_series(store: Store) -> None:
    """All zeros would be a STEADY about nothing: the note says what the register says."""
    rows = [delivery(2000, 5, "USA", "CHN"), delivery(2012, 1, "USA", "RUS")]
    fill(store, records=rows)
    series = arms.measure(store, DYAD, AT, 12)
    assert not series.dates
    assert "no transfer of major arms between the two on record, 2000-2012" in series.note


def test_only_the_latest_release_of_the_register_counts(store: Store) -> None:
    """Two releases in one store are not added up."""
    old = {**delivery(2008, 9), "vintage": "2024-03-01"}
    new = {**delivery(2008, 4), "vintage": "2025-03-01"}
    fill(store, records=[old, new])
    assert arms.measure(store, DYAD, AT, 12).values == pytest.approx((log1p(4),))
    asked = {"sender": "CHN", "target": "RUS", "from": "2008", "to": "2008"}
    assert conduct.arms(store, asked).value == 4


def test_arms_claims_are_yearly_and_know_the_registers_end(store: Store) -> None:
    """A month is refused; beyond the register a sum is a lower bound, and none is no answer."""
    fill(store, records=[delivery(2008, 9), delivery(2012, 2, "USA", "JPN")])
    pair = {"sender": "CHN", "target": "RUS"}
    with pytest.raises(InputError, match="yearly"):
        conduct.arms(store, {**pair, "from": "2008-02", "to": "2008"})
    with pytest.raises(InputError, match="one of delivered, ordered, deals"):
        conduct.arms(store, {**pair, "from": "2008", "to": "2008", "what": "sent"})
    inside = conduct.arms(store, {**pair, "from": "2009", "to": "2012"})
    assert (inside.value, inside.interval) == (0, None)
    assert conduct.arms(store, {**pair, "from": "2008", "to": "2014"}).interval == (9, inf)
    assert conduct.arms(store, {**pair, "from": "2009", "to": "2014"}).value is None


# --- aid -----------------------------------------------------------------------------------


def grant(month: date, value: float, sender: str = "DEU", kind: str = "military") -> dict[str, Any]:
    row = record(f"aid_{kind}", month, value, source="ukraine_aid", sender=sender, target="UKR")
    return {**row, "unit": "EUR", "vintage": "", "item": kind}


def test_a_donor_on_the_list_gives_nothing_in_a_month_without_a_row(store: Store) -> None:
    """Zero for a donor on the list; no series for a state off it, nor for another target."""
    fill(store, records=[grant(date(2022, 3, 1), 2e6), grant(date(2022, 4, 1), 1e6, "USA")])
    series = aid.measure(store, Dyad("DEU", "UKR"), AT, 12)
    assert series.values == pytest.approx((log1p(2), 0.0))
    assert not aid.measure(store, Dyad("KAZ", "UKR"), AT, 12).dates
    assert "aid" in {j.name for j in assess(store, "DEU", "UKR", AT).judged}
    assert "aid" not in {j.name for j in assess(store, "DEU", "RUS", AT).judged}


def test_aid_claims_tell_kinds_and_donors_apart(store: Store) -> None:
    """None of a kind is zero for a donor on the list; off the list nothing is known."""
    fill(store, records=[grant(date(2022, 3, 1), 2e9), grant(date(2022, 4, 1), 1e9, "EU")])
    asked = {"sender": "DEU", "from": date(2022, 3, 1), "to": date(2022, 4, 1)}
    assert conduct.aid(store, asked).value == 2
    assert conduct.aid(store, {**asked, "kind": "humanitarian"}).value == 0
    assert conduct.aid(store, {**asked, "sender": "eu"}).value == 1
    assert conduct.aid(store, {**asked, "sender": "KAZ"}).value is None
    assert conduct.aid(store, {**asked, "target": "RUS"}).value is None
    with pytest.raises(InputError, match="one of military"):
        conduct.aid(store, {**asked, "kind": "moral"})


# --- ties ----------------------------------------------------------------------------------


def pact(source: str, first: int, last: int, item: str, *pair: str) -> dict[str, Any]:
    sender, target = pair or ("CHN", "RUS")
    return yearly(source, "obligation", first, 1, end=last, item=item, sender=sender, target=target)


OTHERS = [pact("atop", 1990, 2018, "defense", *pair)
          for pair in (("CHN", "PRK"), ("RUS", "BLR"))]  # fmt: skip


def test_obligations_are_counted_and_the_sources_end_is_a_gap(store: Store) -> None:
    """Zero before the treaty, one, then two; nothing after the last year of the source."""
    held = [pact("atop", 1992, 2018, "nonaggression"), pact("atop", 2001, 2018, "consultation")]
    fill(store, records=[*OTHERS, *held])
    series = ties.measure(store, DYAD, AT, 12)
    found = {day.year: value for day, value in zip(series.dates, series.values, strict=True)}
    assert (found[1991], found[1992], found[2000], found[2001]) == (0, 1, 1, 2)
    assert max(found) == 2018
    near = within(series, AT, 60)
    assert judge(near, AT, margin=ties.DIMENSION.margin).outcome == Outcome.STEADY


def test_the_two_sources_of_obligations_are_never_mixed(store: Store) -> None:
    """ATOP where a store has it, else Correlates of War."""
    cow = [pact("cow_alliances", 1996, 2012, "entente (alliance 9001)", *pair)
           for pair in (("CHN", "RUS"), ("RUS", "CHN"))]  # fmt: skip
    fill(store, records=cow)
    series = ties.measure(store, DYAD, AT, 12)
    assert "cow_alliances" in series.note
    assert set(series.values) == {1.0}
    fill(store, records=OTHERS)
    assert not ties.measure(store, DYAD, AT, 12).dates
    assert conduct.ties(store, {"sender": "CHN", "target": "RUS", "year": 2000}).value is False
    asked = {"sender": "CHN", "target": "RUS", "year": 2000, "source": "cow_alliances"}
    assert conduct.ties(store, asked).value is True
    assert conduct.ties(store, {**asked, "obligation": "defense"}).value is False
    assert conduct.ties(store, {**asked, "year": 2019}).value is None


def test_spells_are_runs_of_years() -> None:
    """A missing year parts two spells."""
    assert list(spells([2001, 1999, 2000, 2003, 2003])) == [(1999, 2001), (2003, 2003)]
    assert not list(spells([]))


def test_atop_rows_become_spells_and_lost_states_are_set_aside() -> None:
    """An invented table: two years in a row are one record, East Germany has no successor."""
    columns = ["ccode1", "ccode2", "year", *atop.OBLIGATIONS]
    rows: list[tuple[float | None, ...]] = [
        (710, 365, 2001, 0, 0, 0, 1, 1),
        (710, 365, 2002, 0, 0, 0, 1, 0),
        (265, 365, 1960, 1, 0, 0, 0, 0),
        (710, None, 1960, 1, 0, 0, 0, 0),
    ]
    made = BytesIO()
    table = {name: pa.array([r[i] for r in rows], pa.float64()) for i, name in enumerate(columns)}
    pq.write_table(pa.table(table), made)
    *aside, spans = atop.parse(Raw("atop_dyad.parquet", made.getvalue()))
    assert [item.reason for item in aside if isinstance(item, Rejected)] == [
        "a state that is no more and has no successor",
        "a row without a pair and a year",
    ]
    assert isinstance(spans, pa.Table)
    found = {(r["item"], r["start"].year, r["end"].year) for r in spans.to_pylist()}
    assert found == {("nonaggression", 2001, 2002), ("consultation", 2001, 2001)}
    (broken,) = atop.parse(Raw("atop_dyad.parquet", b"PAR1 no such thing"))
    assert isinstance(broken, Rejected)
    with pytest.raises(FetchError, match="talleyrand ingest atop"):
        atop.SOURCE.fetch(None)  # type: ignore[arg-type]


# --- opinion -------------------------------------------------------------------------------


def survey(year: int, percent: float, persons: float) -> list[dict[str, Any]]:
    return [yearly("pew_opinion", kind, year, value, item="favourable")
            for kind, value in (("favourable", percent), ("respondents", persons))]  # fmt: skip


def test_opinion_has_the_sampling_error_of_its_survey(store: Store) -> None:
    """Half of a thousand, variance doubled: 2.2 points, so 45.6 to 54.4; other years are gaps."""
    fill(store, records=[*survey(2012, 50, 1000), *survey(2015, 0, 1000)])
    series = opinion.measure(store, DYAD, AT, 12)
    assert [day.year for day in series.dates] == [2012, 2015]
    assert series.se[0] == pytest.approx(100 * sqrt(2 * 0.25 / 1000))
    assert (series.se[1] or 0) > 0
    found = conduct.opinion(store, {"sender": "CHN", "target": "RUS", "year": 2012})
    assert found.interval == pytest.approx((45.62, 54.38), abs=0.01)
    gap = conduct.opinion(store, {"sender": "CHN", "target": "RUS", "year": 2013})
    assert gap.value is None
    assert "2012, 2015" in gap.told


# --- contacts and meetings -----------------------------------------------------------------


def met(day: date, target: str = "RUS", kind: str = "meeting") -> dict[str, Any]:
    row = record(kind, day, 1, source="china_vitae", target=target, item="Invented Leader")
    return {**row, "vintage": ""}


def test_a_thinning_data_set_is_no_rupture(store: Store) -> None:
    """Half the meetings with everybody, half with this state: at an even volume nothing changed."""
    rows = []
    for year, times in ((2013, 2), (2014, 1)):
        for month in range(1, 13):
            days = [date(year, month, 1 + 2 * n) for n in range(times)]
            rows += [met(day) for day in days]
            rows += [met(date(year, month, 10 + n), "JPN") for n in range(4 * times)]
    fill(store, records=rows)
    series = contacts.measure(store, DYAD, date(2014, 1, 1), 12)
    assert "china_vitae" in series.note
    assert series.values == pytest.approx([1.5] * 24)
    assert contacts.measure(store, BACK, date(2014, 1, 1), 12).values == series.values


def test_read_outs_are_not_spliced_with_visit_data(store: Store) -> None:
    """With read-outs on both sides of the date the visit data are left alone."""
    documents = []
    for i, month in enumerate(months(24)):
        documents += [document(month.replace(day=1 + k), 100 * i + k, counterparts=[], kind="other")
                      for k in range(14)]  # fmt: skip
        documents.append(document(month.replace(day=20), 100 * i + 50, kind="meeting"))
    first = months(24)[0]
    visits = [met(first.replace(day=1 + n)) for n in range(9)]
    fill(store, documents=documents, records=visits)
    series = contacts.measure(store, DYAD, months(24)[12], 12)
    assert set(series.values) == {1.0}
    assert "china_vitae" not in series.note


def test_read_outs_of_both_sides_count_where_both_are_archived(store: Store) -> None:
    """A meeting that either side reports, once a day, in months that both organs cover."""
    documents = []
    for i, month in enumerate(months(24)):
        for j, (sender, source) in enumerate((("CHN", "cctv"), ("RUS", "kremlin"))):
            own = {"sender": sender, "source": source}
            documents += [
                document(month.replace(day=1 + k), 1000 * i + 100 * j + k, counterparts=[],
                         kind="other", **own)
                for k in range(14)
            ]  # fmt: skip
        russian = {"sender": "RUS", "source": "kremlin", "counterparts": ["CHN"]}
        documents.append(document(month.replace(day=20), 1000 * i + 500, kind="meeting"))
        for n, day in ((501, 20), (502, 21)):
            documents.append(
                document(month.replace(day=day), 1000 * i + n, kind="meeting", **russian)
            )
    fill(store, documents=documents)
    series = contacts.measure(store, DYAD, months(24)[12], 12)
    assert series.note == "read-outs of both CHN and RUS"
    assert set(series.values) == {2.0}
    asked = {"sender": "CHN", "target": "RUS", "from": months(24)[0], "to": months(24)[23]}
    found = conduct.meetings(store, asked)
    assert (found.value, found.interval) == (46, None)
    wider = conduct.meetings(store, {**asked, "from": "2000"})
    assert (wider.value, wider.interval) == (46, (46, inf))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A travelled to Russia, Moscow and met with the following: B (Russian envoy)", "meeting"),
        ("A was in Beijing and met with the following: B (Russian Foreign Minister)", "meeting"),
        ("A travelled to Russia, Ufa and met with the following: B (Afghan president)", "visit"),
        ("A travelled to Russia, Ufa ", "visit"),
        ("A sends condolences to Russia (Beijing Municipality)", "message"),
    ],
)  # fmt: skip
def test_a_row_is_a_meeting_only_with_somebody_of_that_state(text: str, kind: str) -> None:
    """Whom the leader met decides, not where."""
    assert china_vitae.kind_of(text, "RUS", date(2015, 7, 9)) == kind


# --- vetoes --------------------------------------------------------------------------------


def veto(year: int, item: str, sender: str) -> dict[str, Any]:
    day = date(year, 5, 1)
    return record("veto", day, 1, source="unsc_vetoes", sender=sender, target="", item=item)


def test_a_shared_veto_is_cast_by_both(store: Store) -> None:
    """One together, one alone; a period beyond the record gives a lower bound."""
    rows = [veto(2012, "S/1", "CHN"), veto(2012, "S/1", "RUS"), veto(2014, "S/2", "RUS")]
    fill(store, records=rows)
    asked = {"sender": "CHN", "from": date(2012, 5, 1), "to": date(2014, 5, 1)}
    assert conduct.vetoes(store, {**asked, "target": "RUS"}).value == 1
    assert conduct.vetoes(store, {**asked, "sender": "RUS"}).value == 2
    late = conduct.vetoes(store, {**asked, "target": "RUS", "to": "2023"})
    assert late.interval == (1, inf)
    assert conduct.vetoes(store, {**asked, "target": "USA"}).value == 0
    assert conduct.vetoes(store, {**asked, "target": "USA", "to": "2023"}).value is None
    assert "cast 1 veto together" in votes.measure(store, DYAD, AT, 12).note


# --- what all share ------------------------------------------------------------------------


@pytest.mark.parametrize("dimension", [arms.DIMENSION, ties.DIMENSION, opinion.DIMENSION],
                         ids=lambda d: d.name)  # fmt: skip
def test_yearly_dimensions_are_dated_to_no_month(store: Store, dimension: Dimension) -> None:
    """The words on a yearly series name years."""
    rows = [delivery(year, 0.0 if year < 2016 else 900.0) for year in range(2004, 2024)]
    fill(store, records=rows)
    if dimension.name == "arms":
        finding = judge(dimension.measure(store, DYAD, AT, 60), AT, margin=dimension.margin)
        assert finding.elsewhere is None or f"around {finding.elsewhere.date.year}," in (
            finding.reason
        )
    assert dimension.measure(store, DYAD, AT, 12).cadence == "year"


def test_a_register_ends_where_it_ends_not_with_its_last_entry_on_the_pair(store: Store) -> None:
    """A pair whose last delivery is old is no caveat on the register."""
    rows = [delivery(year, 5, "USA", "JPN") for year in range(2000, 2025)]
    fill(store, records=[*rows, *(delivery(year, 5) for year in (2008, 2012))])
    judged = next(j for j in assess(store, "CHN", "RUS", "2014-03-18").judged if j.name == "arms")
    assert len(judged.series) > 5
    assert not [said for said in judged.caveats if "ends" in said]


def test_what_may_not_be_redistributed_is_not_in_the_casebook(store: Store) -> None:
    """Neither a file of the build nor a row of its tables is of such a source."""
    barred = {source.name for source in registry.SOURCES if not source.redistributable}
    assert barred == {"sipri_arms", "cow_alliances", "un_comtrade", "un_library"}
    assert not barred & {name for name, _ in casebook_build.FILES}
    fill(store, records=[delivery(2008, 9), pact("cow_alliances", 1996, 2012, "entente"), *OTHERS])
    kept = {row["source"] for row in store.rows(casebook_build._QUERIES["records"])}
    assert kept == {"atop"}


# --- the real records ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the records of conduct."""
    with open_store(tmp_path_factory.mktemp("real") / "s.duckdb") as opened:
        for name, path in (
            ("sipri_arms", "arms/sipri_trade_register_2025.csv.gz"),
            ("ukraine_aid", "arms/ukraine_support_tracker_monthly.csv"),
            ("atop", "ties/atop_dyad_year_1815_2018.parquet"),
            ("cow_alliances", "ties/cow_alliance_v4.1_by_member.csv"),
            ("pew_opinion", "opinion/pew_favourability_toplines.csv"),
            ("unsc_vetoes", "votes/unsc_vetoes_1946_sept2022.csv"),
        ):
            ingest(opened, registry.source(name), read(DATA / path), origin="test")
        yield opened


@REAL
def test_china_delivered_to_russia_after_2022(real: Store) -> None:
    """Eight armoured cars and ship engines in 2022-23, nothing in 2024: not none."""
    pair = {"sender": "CHN", "target": "RUS"}
    found = conduct.arms(real, {**pair, "from": "2023", "to": "2024"})
    assert found.value == pytest.approx(1.2 + 28.8 / 5)
    assert conduct.arms(real, {**pair, "from": "2024", "to": "2024"}).value == 0
    deals = conduct.arms(real, {**pair, "from": "2022", "to": "2024", "what": "deals"})
    assert deals.value == 1
    su_35 = {"sender": "RUS", "target": "CHN", "from": "2016", "to": "2018"}
    assert (conduct.arms(real, su_35).value or 0) > 1440  # type: ignore[operator]


@REAL
def test_the_treaty_of_2001_and_the_end_of_the_alliance(real: Store) -> None:
    """Nonaggression and consultation from 2001; the alliance of 1950 ran to 1980, none in 1990."""
    asked = {"sender": "CHN", "target": "RUS"}
    held = conduct.ties(real, {**asked, "year": 2001}).figures["obligations"]
    assert held == ["consultation", "nonaggression"]
    defense = [conduct.ties(real, {**asked, "year": y, "obligation": "defense"}).value
               for y in (1960, 1980, 1981, 2018)]  # fmt: skip
    assert defense == [True, True, False, False]
    assert conduct.ties(real, {**asked, "year": 2022}).value is None
    cow = conduct.ties(real, {**asked, "year": 2005, "source": "cow_alliances"})
    assert cow.figures["obligations"] == ["entente", "nonaggression"]  # the pact of 1996


@REAL
def test_publics_aid_and_vetoes(real: Store) -> None:
    """Known figures: Pew 2015, the EU's aid, no military aid of China's, fourteen shared vetoes."""
    thought = conduct.opinion(real, {"sender": "CHN", "target": "RUS", "year": 2015})
    assert thought.value == pytest.approx(57.69)
    assert conduct.opinion(real, {"sender": "JPN", "target": "CHN", "year": 2013}).value is None
    given = {"sender": "CHN", "from": "2022-03", "to": "2024-12"}
    assert conduct.aid(real, {**given, "kind": "military"}).value == 0
    assert conduct.aid(real, given).value == pytest.approx(0.002345)
    shared = {"sender": "CHN", "target": "RUS", "from": "1971", "to": date(2022, 7, 8)}
    assert conduct.vetoes(real, shared).value == 14


@REAL
def test_every_row_of_the_register_is_a_deal_or_set_aside(real: Store) -> None:
    """28,345 whole rows: deals of two states, or told."""
    deals = real.rows("SELECT count(*) AS n FROM records WHERE kind = 'arms_deal'")[0]["n"]
    aside = real.rows("SELECT count(*) AS n FROM set_aside WHERE source = 'sipri_arms'"
                      " AND reason NOT LIKE 'a row%' AND reason NOT LIKE 'a line%'")  # fmt: skip
    assert deals + aside[0]["n"] == 28_345


@REAL
def test_the_visit_data_are_read_whole() -> None:
    """5,649 rows: records of seven leaders, or told."""
    (raw,) = read(DATA / "contacts" / "china_vitae_engagements_2003_2018.csv.gz")
    assert isinstance(raw, Raw)
    items = list(china_vitae.parse(raw))
    records = [item for item in items if isinstance(item, Record)]
    assert len({r.item for r in records}) == 7
    assert len(items) == 5_649
