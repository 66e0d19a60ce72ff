"""Lists for the terminal lose no word, whatever the width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from talleyrand.report import tables

WORDS = st.lists(st.sampled_from(["alliance", "俄罗斯", "сотрудничество", "a", "no"]), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4), st.integers(50, 100))
def test_no_word_is_lost_and_no_line_too_long(
    rows: list[tuple[list[str], ...]], width: int
) -> None:
    """Cells fold inside their column; every character of every cell is there."""
    named = [{name: " ".join(cell) for name, cell in zip("xyz", row, strict=True)} for row in rows]
    out = tables.render("Title", ("x", "y", "z"), named, width=width)
    assert all(cell_len(line) <= width for line in out.splitlines())
    wanted = "".join(word for row in rows for cell in row for word in cell)
    kept = out.replace("Title", "", 1).replace("\n", "").replace(" ", "")
    for letter in set(wanted):
        assert kept.count(letter) >= wanted.count(letter)


@pytest.mark.parametrize("value", [None, "", 0.5, "plain", "\x1b[31mred"])
def test_cells_of_any_kind_are_plain(value: object) -> None:
    """Empty cells stay empty and control characters never reach the terminal."""
    out = tables.render("T", ("a", "b"), [{"a": value, "b": "x"}])
    assert "\x1b" not in out
