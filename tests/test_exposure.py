"""`exposure`: from a store of invented flows, and known shares from the real table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from talleyrand import api_structure, cli, registry
from talleyrand.errors import InputError
from talleyrand.ingest import ingest, read
from talleyrand.store import Store, open_store

SAMPLES = Path(__file__).parent / "samples" / "records"
TABLE = "records/trade/oecd_icio_seller_sector_buyer_2022_musd.csv.gz"
SHARED = Path(__file__).parents[1].parent / "shared" / "data" / TABLE
INVENTED = """sector,seller,RUS,KAZ,CHN,USA,DEU
A01,RUS,500,20,30,0,10
A01,KAZ,30,90,10,5,5
B06,RUS,100,0,40,0,20
C26,CHN,20,10,900,200,100
C26,USA,0,5,100,900,300
C28,DEU,10,5,100,200,700
"""  # invented


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Store]:
    table = tmp_path / "icio_sector_buyer_2022.csv"
    table.write_text(INVENTED)
    listed = tmp_path / "ofac_2022_01"
    listed.mkdir()
    (listed / "sdn.csv").write_bytes((SAMPLES / "ofac_2022_01_sdn_sample.csv").read_bytes())
    with open_store(tmp_path / "s.duckdb") as store:
        ingest(store, registry.source("oecd_icio"), read(table), origin="test")
        ingest(store, registry.source("ofac"), read(tmp_path), origin="test")
        yield store


def test_the_direct_share_is_of_all_cross_border_trade(base: Store) -> None:
    """Kazakhstan trades 50 of 90 with Russia, sales and purchases, its own left out."""
    told = api_structure.exposure_in(base, "RUS", by="USA,EU").to_dict()
    by_state = {one["state"]: one for one in told["economies"]}
    assert by_state["KAZ"]["direct"] == pytest.approx(50 / 90)
    assert by_state["KAZ"]["direct_usd"] == pytest.approx(50e6)
    assert by_state["KAZ"]["role"] == "goes on"
    assert by_state["DEU"]["role"] == "coalition"
    assert told["coalition"] == ["USA", "DEU"]
    assert "FRA" in told["absent"]
    assert told["economies"][0]["state"] == "RUS"
    assert {one["entries"] for one in told["listed"]} == {4}


def test_industries_add_up_to_the_total(base: Store) -> None:
    """What is exposed by industry is all that is exposed."""
    for one in api_structure.exposure_in(base, "RUS", by="USA").to_dict()["economies"]:
        assert sum(i["share"] for i in one["industries"]) == pytest.approx(one["total"])
        assert sum(one["by_round"]) == pytest.approx(one["total"])
        low, high = one["interval"]
        assert low - 1e-12 <= one["total"] <= high + 1e-12


def test_without_a_coalition_nothing_is_exposed(base: Store) -> None:
    """Nobody imposes anything."""
    told = api_structure.exposure_in(base, "RUS", by="").to_dict()
    assert all(one["total"] == one["direct"] == 0 for one in told["economies"])


def test_a_coalition_is_told_by_code_however_it_was_named(base: Store) -> None:
    """Russian and Chinese names and a group in small letters."""
    told = api_structure.exposure_in(base, "RUS", by="США, 德国,g7").to_dict()
    assert told["by"] == ["USA", "DEU", "G7"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"target": "RUS", "by": "RUS"}, "cannot be a member"),
        ({"target": "FRA", "by": "USA"}, "not among the 5 economies"),
        ({"target": "RUS", "by": "USA", "substitution": 2.0}, "from 0 to 1"),
        ({"target": "RUS", "by": "USA", "rounds": "some"}, "a number or all"),
    ],
)
def test_what_cannot_be_asked_is_told(base: Store, asked: dict[str, object], says: str) -> None:
    """An error says what to mend."""
    with pytest.raises(InputError, match=says):
        api_structure.exposure_in(base, **asked)  # type: ignore[arg-type]


def test_the_command_answers_in_every_form(
    base: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal, JSON and a page; hostile or odd input gives a clear error."""
    base.close()
    store, page = str(tmp_path / "s.duckdb"), tmp_path / "p.html"
    words = ["exposure", "Russia", "--by", "USA,EU", "--store", store]
    assert cli.main([*words, "--html", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "Kazakhstan is most exposed" in shown
    assert max(len(line) for line in shown.splitlines() if str(tmp_path) not in line) <= 80
    assert "<svg" in page.read_text("utf-8")
    assert cli.main([*words, "--json", "--rounds", "all"]) == 0
    assert json.loads(capsys.readouterr().out)["assumptions"]["rounds"] is None
    assert cli.main(["exposure", "Russia", "--by", "Atlantis", "--store", store]) == 2


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")
def test_known_shares_of_the_real_table(tmp_path: Path) -> None:
    """Russia with China 19.3 %, China with Russia 3.2 %, Kazakhstan with Russia 20.4 %."""
    with open_store(tmp_path / "s.duckdb") as store:
        ingest(store, registry.source("oecd_icio"), read(SHARED), origin="test")
        to_russia = api_structure.exposure_in(store, "RUS", by="G7,EU").to_dict()["economies"]
        to_china = api_structure.exposure_in(store, "CHN", by="USA").to_dict()["economies"]
    direct = {one["state"]: one["direct"] for one in to_russia}
    assert direct["CHN"] == pytest.approx(0.032, abs=0.0005)
    assert direct["KAZ"] == pytest.approx(0.204, abs=0.0005)
    assert {one["state"]: one["direct"] for one in to_china}["RUS"] == pytest.approx(
        0.193, abs=0.0005
    )
