"""`check`: files of claims, their errors, and answers from a small invented store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand import bounded
from talleyrand.claims import periods
from talleyrand.claims.check import check
from talleyrand.claims.expectations import KINDS, kind_of
from talleyrand.claims.file import parse, read
from talleyrand.claims.measures import MEASURES
from talleyrand.claims.model import Answer, Measured
from talleyrand.claims.schema import schema
from talleyrand.cli import main
from talleyrand.errors import ClaimsError
from talleyrand.ingest import ingest
from talleyrand.ingest import read as archive
from talleyrand.registry import source
from talleyrand.store import Store, open_store

CLAIMS = Path(__file__).parents[1] / "claims"
FLOWS = "sector,seller,RUS,KAZ,CHN\nA01,RUS,9,20,30\nC26,CHN,20,10,900\n"  # invented
TEST = """
[[claim]]
id = "a"
paraphrase = "An invented claim."
[[claim.test]]
measure = "supply_share"
sender = "KAZ"
target = "RUS"
expect = {expect}
"""


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Store]:
    table = tmp_path / "icio_sector_buyer_2022.csv"
    table.write_text(FLOWS)
    with open_store(tmp_path / "s.duckdb") as store:
        ingest(store, source("oecd_icio"), archive(table), origin="test")
        yield store


def claim(expect: str) -> bytes:
    return TEST.replace("{expect}", expect).encode()


# Kazakhstan trades 20 of its 30 with Russia: two thirds.
@pytest.mark.parametrize(
    ("expect", "answer"),
    [
        ("{ value = 66.7, tolerance = 0.1 }", Answer.SUPPORTED),
        ("{ value = 60, tolerance = 5 }", Answer.CONTRADICTED),
        ("{ at_least = 50 }", Answer.SUPPORTED),
        ("{ at_most = 50 }", Answer.CONTRADICTED),
        ('{ more_than = { measure = "supply_share", sender = "CHN", target = "RUS" } }',
         Answer.CONTRADICTED),
        ('{ more_than = { measure = "supply_share", sender = "KAZ", target = "CHN" } }',
         Answer.SUPPORTED),
        ('{ more_than = { measure = "supply_share", sender = "KAZ", target = "CHN" }, times = 3 }',
         Answer.CONTRADICTED),
    ],
)  # fmt: skip
def test_a_number_is_set_against_what_is_expected(base: Store, expect: str, answer: Answer) -> None:
    """China's share with Russia is 50 of 60; Kazakhstan's with China 10 of 30."""
    found = check(base, parse(claim(expect), "t.toml"))
    assert [one.answer for one in found] == [answer]
    assert "66.7 %" in found[0].reason


@given(st.floats(-10, 10), st.floats(0, 5), st.floats(-10, 10))
def test_an_interval_must_lie_on_one_side(value: float, reach: float, bound: float) -> None:
    """A value with a sampling error that reaches to both sides decides nothing."""
    found = Measured(value, "invented", interval=(value - reach, value + reach))
    expected = {"at_least": bound}
    kind = kind_of(expected)
    assert kind is not None
    truth = kind.judge(found, expected, None)
    if value - reach >= bound:
        assert truth is True
    elif value + reach < bound:
        assert truth is False
    else:
        assert truth is None


@pytest.mark.parametrize(
    ("wanted", "found", "truth"),
    [
        ("SHIFT", "SHIFT closer", True),
        ("SHIFT", "SHIFT further", True),
        ("SHIFT", "STEADY", False),
        ("SHIFT further", "SHIFT closer", False),
        ("STEADY", "STEADY", True),
    ],
)
def test_a_plain_shift_is_one_in_either_direction(wanted: str, found: str, truth: bool) -> None:
    """Who expects a SHIFT and gets SHIFT closer was not wrong."""
    kind = kind_of({"outcome": wanted})
    assert kind is not None
    assert kind.judge(Measured(found, "invented"), {"outcome": wanted}, None) is truth


def test_two_samples_are_compared_by_the_interval_of_their_difference() -> None:
    """39 ± 4.4 is more than 33 ± 3.7, though the intervals overlap; 35 ± 4.4 cannot be told."""
    expected: dict[str, object] = {"more_than": {}}
    kind = kind_of(expected)
    assert kind is not None
    other = Measured(33.0, "invented", interval=(29.3, 36.7))
    for value, truth in ((39.0, True), (35.0, None), (25.0, False)):
        found = Measured(value, "invented", interval=(value - 4.4, value + 4.4))
        assert kind.judge(found, expected, other) is truth


VOTED = b"""[[claim]]
id='a'
paraphrase='b'
[[claim.test]]
measure = "vote"
state = "CHN"
item = "R/ES-11/1"
expect = { outcome = "yes" }
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff", "line 1: not UTF-8"),
        (b"claim = ", "not valid TOML"),
        (b"", "no \\[\\[claim\\]\\] block"),
        (b"x = 1\n[[claim]]\nid='a'\nparaphrase='b'\nwhy='c'", "line 1: unknown key 'x'"),
        (b"\n[[claim]]\nid='a'\nparaphrase=' '\nwhy='c'", "line 2: a claim lacks 'paraphrase'"),
        (b"[[claim]]\nid='a'\nparaphrase='b'", "line 1: a claim needs a"),
        (b"[[claim]]\nid='A b'\nparaphrase='b'\nwhy='c'", "is no id"),
        (b"[[claim]]\nid='a'\nparaphrase='b'\nwhy='c'\n" * 2, "line 5: a second claim"),
        (claim("{ at_least = true }"), "line 5: 'at_least' must be int or float"),
        (claim("{ value = 1 }"), "needs 'tolerance' too"),
        (claim("{ at_least = 1, at_most = 2 }"), "no expectation, or several"),
        (claim("{}"), "lacks `expect`"),
        (claim("{ at_least = 1 }").replace(b"supply_share", b"luck"), "line 5: no measure 'luck'"),
        (claim("{ at_least = 1 }").replace(b"target", b"goal"), "has no key 'goal'"),
        (claim("{ at_least = 1 }").replace(b'target = "RUS"', b""), "needs 'target'"),
        (claim('{ more_than = { measure = "luck" } }'), "no measure 'luck'"),
        (claim('{ outcome = "SHIFT" }'), "nothing that 'supply_share' can be; it is no word"),
        (VOTED.replace(b"yes", b"Yea"), "'Yea' is nothing that 'vote' can be; it can be yes, no"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: bytes, says: str) -> None:
    """File, line and reason."""
    with pytest.raises(ClaimsError, match=says):
        parse(text, "t.toml")


def test_an_unknown_state_is_told_with_the_line(base: Store) -> None:
    """What only shows when it is measured names the line too."""
    text = claim("{ at_least = 1 }").replace(b"KAZ", b"Atlantis")
    with pytest.raises(ClaimsError, match="line 5: no state is called 'Atlantis'"):
        check(base, parse(text, "t.toml"))


def test_what_no_record_decides_is_undetermined(base: Store) -> None:
    """A claim without tests says why; a test without records says what is missing."""
    text = b"[[claim]]\nid='a'\nparaphrase='b'\nwhy='Nobody noted it.'\n" + claim(
        "{ at_least = 1 }"
    ).replace(b'id = "a"', b'id = "c"').replace(b'"supply_share"', b'"read_outs"')
    answers = check(base, parse(text, "t.toml"))
    assert [one.answer for one in answers] == [Answer.UNDETERMINED] * 2
    assert answers[0].reason == "Nobody noted it."
    assert "on record" in answers[1].reason


@pytest.mark.parametrize(
    ("asked", "worded"),
    [
        ({"from": "2022-01", "to": "2022-06"}, "January-June 2022"),
        ({"from": "2022", "to": "2022"}, "2022"),
        ({"from": "2021", "to": "2022"}, "2021-2022"),
        ({"from": "2022-07", "to": "2022-07"}, "July 2022"),
        ({"from": "2022-02-04", "to": "2022-09-15"}, "4 Feb 2022 to 15 Sep 2022"),
        ({"from": "2021-11", "to": "2022-02"}, "November 2021 to February 2022"),
    ],
)
def test_periods_are_worded_as_people_say_them(asked: dict[str, str], worded: str) -> None:
    """Months and years where they are whole."""
    assert periods.worded(asked) == worded


def test_nearby_periods_start_with_the_next_month() -> None:
    """January-July stands next to January-June."""
    first = next(periods.near({"from": "2022-01", "to": "2022-06"}))
    assert periods.worded(first) == "January-July 2022"


def test_the_schema_knows_every_measure_and_expectation() -> None:
    """Adding either reaches the schema by itself."""
    told = json.dumps(schema())
    assert all(f'"const": "{measure.name}"' in told for measure in MEASURES)
    assert all(f'"{kind.key}"' in told for kind in KINDS)


@pytest.mark.parametrize("path", sorted(CLAIMS.glob("*.toml")), ids=lambda p: p.name)
def test_the_bundled_claims_are_read_and_answered(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each bundled file is well-formed and gets an answer a claim from the casebook."""
    claims = read(path)
    assert main(["check", str(path), "--casebook", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told] == [claim.id for claim in claims]
    assert {one["outcome"] for one in told} <= set(map(str, Answer))
    assert all(one["reason"] for one in told)


@pytest.mark.parametrize("mark", ["\u2028", "\x85"])
def test_a_line_end_that_is_none_in_toml_hides_no_long_line(mark: str) -> None:
    """Within a key of TOML it may stand, and the library would take for ever over such a key."""
    with pytest.raises(ClaimsError, match="longer than"):
        bounded.verify_lines(".".join([f'"{mark}"'] * 8_000) + "=1", "a.toml", ClaimsError)
