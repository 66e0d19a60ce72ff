"""Reading a user's CSV: what is accepted, what is refused and with which line."""

from datetime import date

import pytest

from talleyrand.errors import InputError
from talleyrand.series_file import parse_series


def test_a_header_is_optional_and_dates_come_in_three_forms() -> None:
    """Years, months and days are read; empty values are gaps, counted."""
    series = parse_series(["date,value,n", "2022-03,2,5", "2022-01,1,4", "2022-02,,3"], "x.csv")
    assert series.dates == (date(2022, 1, 1), date(2022, 3, 1))
    assert series.values == (1.0, 2.0)
    assert series.n == (4.0, 5.0)
    assert series.note == "1 empty values left out"


@pytest.mark.parametrize(
    ("dates", "cadence"),
    [
        (["2019", "2020", "2021"], "year"),
        (["2022-01", "2022-02", "2022-04"], "month"),
        (["2022-01-03", "2022-01-10", "2022-01-17"], "document"),
        ([], "document"),
    ],
)
def test_the_cadence_is_read_off_the_dates(dates: list[str], cadence: str) -> None:
    """Yearly and monthly dates are periods, others are days."""
    assert parse_series([f"{d},1" for d in dates], "x.csv").cadence == cadence


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2022-13,1", "line 2: '2022-13' is no date"),
        ("soon,1", "line 2: 'soon' is no date"),
        ("2022-01,much", "line 2: 'much' is no number"),
        ("2022-01,inf", "not a finite number"),
        ("2022-01", "line 2: only one column"),
        ("2022-01,1,0", "n must be above zero"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str) -> None:
    """The error says the file, the line and what to write instead."""
    with pytest.raises(InputError, match=said):
        parse_series(["2022-01,1", line], "x.csv")
