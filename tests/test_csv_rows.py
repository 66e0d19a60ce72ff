"""Tables row by row: what is damaged costs itself, and every line lost is told."""

import pytest

from talleyrand.model import Raw, Rejected
from talleyrand.sources import _csv
from talleyrand.sources._csv import DAMAGED, NOT_UTF8, UNEVEN

GOOD = b"1,2,3\n"


def read(data: bytes, before: int = 0) -> tuple[list[list[str]], list[tuple[str, str]]]:
    """The cells of the rows, and where what was lost stood and why."""
    rows, lost = [], []
    for item in _csv.rows(Raw("t.csv", b"a,b,c\n" + data, before), "invented", ("a", "c")):
        if isinstance(item, Rejected):
            lost.append((item.locator, item.reason))
        else:
            rows.append(list(item[1].values()))
    return rows, lost


@pytest.mark.parametrize(
    ("bad", "reasons"),
    [
        (b'1,"2,3\n', [DAMAGED]),
        (b'"1,2,3\n', [DAMAGED]),
        (b'1,2,"3\n', [DAMAGED]),
        (b"1,2\n", [UNEVEN]),
        (b"1,2,3,4\n", [UNEVEN]),
        (b"1,2,\xe9\n", [NOT_UTF8]),
        (b"1,2," + b"x" * 1_100_000 + b"\n", [DAMAGED]),
        (b'1,"two\nlines and"more",3\n', [DAMAGED, DAMAGED]),
    ],
    ids=["inside", "first", "last", "few", "many", "latin-1", "oversized", "over lines"],
)
@pytest.mark.parametrize("after", [0, 1, 50])
def test_a_bad_row_costs_only_itself(bad: bytes, reasons: list[str], after: int) -> None:
    """The rows before and after it are read, and its lines are counted."""
    rows, lost = read(GOOD * 3 + bad + GOOD * after)
    assert [reason for _, reason in lost] == reasons
    assert rows == [["1", "2", "3"]] * (3 + after)
    assert lost[0][0] == "t.csv:4"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (b'1,"a, b",3\n', ["1", "a, b", "3"]),
        (b'1,"a\n\nb ""c""",3\n', ["1", 'a\n\nb "c"', "3"]),
        (b'1,5" gun,3\n', ["1", '5" gun', "3"]),
        (b'1,"a"b,3\n', ["1", "ab", "3"]),
        ("1,中俄,3\n".encode(), ["1", "中俄", "3"]),
        (b"1,2,3\r\n", ["1", "2", "3"]),
    ],
)
def test_a_good_row_is_read_as_it_stands(row: bytes, cells: list[str]) -> None:
    """Quotes, line breaks and scripts included; blank lines are nothing."""
    assert read(b"\n" + row + b"\n" + GOOD) == ([cells, ["1", "2", "3"]], [])


def test_rows_of_a_piece_are_numbered_on() -> None:
    """Where the piece begins is counted in."""
    assert read(b"1,2\n", before=40)[1] == [("t.csv:41", UNEVEN)]


def test_a_table_of_nothing_but_damage_ends_in_time() -> None:
    """Every line is counted, and reading again what is damaged has a bound."""
    rows, lost = read(b'"x\n' * 40_000)
    assert (rows, len(lost)) == ([], 40_000)


@pytest.mark.parametrize(
    "text", ["1e999999999999", "1e400", "-1e30", "inf", "nan", "", "²", "1,000", "-", "٣"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    """No overflow, no infinity and no digits of other scripts."""
    assert _csv.amount(text, 9) is None


def test_an_amount_is_scaled_exactly() -> None:
    """As decimals, so that 80.675 billion is a whole number."""
    assert _csv.amount(" 80.675 ", 9) == 80_675_000_000
    assert _csv.amount("-3.5") == -3.5
