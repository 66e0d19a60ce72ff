"""Reading a user's CSV: what is accepted, what is refused and with which line."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from talleyrand.cli import main
from talleyrand.errors import InputError
from talleyrand.model import Series
from talleyrand.own_points import as_day
from talleyrand.series_file import parse_series, read_series


def parsed(*lines: str) -> Series:
    return parse_series("\n".join(lines), "x.csv")


def test_a_header_is_optional_and_empty_values_are_gaps() -> None:
    """Years, months and days are read; gaps are counted."""
    for head in (["date,value,n"], []):
        series = parsed(*head, "2022-03,2,5", "2022-01,1,4", "2022-02,,3")
        assert series.dates == (date(2022, 1, 1), date(2022, 3, 1))
        assert series.values == (1.0, 2.0)
        assert series.n == (4.0, 5.0)
        assert series.note == "1 empty values left out"


@pytest.mark.parametrize("gap", ["NA", "NaN", "-", "n/a", "null", ".."])
def test_a_missing_value_is_a_gap_however_it_is_written(gap: str) -> None:
    """A gap is left out, never a zero."""
    assert parsed("date,value", "2022-01,1", f"2022-02,{gap}").values == (1.0,)


@pytest.mark.parametrize(
    ("dates", "cadence"),
    [
        (["2019", "2020", "2021"], "year"),
        (["2022-01", "2022-02", "2022-04"], "month"),
        (["2022Q1", "2022Q2", "2022Q3"], "month"),
        (["2022-01-03", "2022-01-10", "2022-01-17"], "document"),
    ],
)
def test_the_cadence_is_read_off_the_dates(dates: list[str], cadence: str) -> None:
    """Yearly and monthly dates are periods, others are days."""
    assert parsed(*(f"{d},1" for d in dates)).cadence == cadence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022", (2022, 1, 1)),
        ("2022-09", (2022, 9, 1)),
        ("2022/09/15", (2022, 9, 15)),
        ("20220915", (2022, 9, 15)),
        ("202209", (2022, 9, 1)),
        ("2022Q3", (2022, 7, 1)),
        ("2022-Q3", (2022, 7, 1)),
        ("Q3 2022", (2022, 7, 1)),
        ("2022M09", (2022, 9, 1)),
        ("2022-W37", (2022, 9, 12)),
        ("15.09.2022", (2022, 9, 15)),
        ("2022-09-15T10:00:00Z", (2022, 9, 15)),
        ("2022-09-15 10:00", (2022, 9, 15)),
        ("Sep 2022", (2022, 9, 1)),
        ("15 September 2022", (2022, 9, 15)),
        ("September 15, 2022", (2022, 9, 15)),
        ("2022年9月15日", (2022, 9, 15)),
        ("2022年9月", (2022, 9, 1)),
    ],
)
def test_the_common_forms_of_dates_are_read(text: str, day: tuple[int, int, int]) -> None:
    """A period is dated by its first day."""
    assert as_day(text) == date(*day)


@pytest.mark.parametrize(
    "text", ["22-09", "09/15/2022", "2022-13", "2022-02-30", "44819", "2022.1"]
)
def test_other_dates_are_refused(text: str) -> None:
    """Nothing is guessed where two readings are possible, or none."""
    with pytest.raises(InputError, match=r"line 2: .* is no date; .*write"):
        parsed("2022-01,1", f"{text},1")


@pytest.mark.parametrize(
    "header", ["date,n,value", "n,value,date", "Period,weight,index", "月份,样本,数值"]
)
def test_columns_go_by_their_names(header: str) -> None:
    """The order does not matter, and common synonyms are known."""
    order = {"date": "2022-01", "n": "10", "value": "1.5"}
    kinds = {"period": "date", "weight": "n", "index": "value", "月份": "date", "样本": "n"}
    names = [kinds.get(x, x if x in order else "value") for x in header.lower().split(",")]
    series = parsed(header, ",".join(order[name] for name in names))
    assert (series.values, series.n) == ((1.5,), (10.0,))


def test_a_column_of_another_name_is_the_value_if_it_alone_has_numbers() -> None:
    """What is not read is told."""
    series = parsed("date,approval,comment", "2022-01,51,good", "2022-02,49,")
    assert series.values == (51.0, 49.0)
    assert series.note == "not read: 'comment'"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["date,imports,exports", "2022-01,1,2"], r"'imports', 'exports'.*Call one of them"),
        (["year,month,value", "2022,1,2"], "'year' and 'month' could both be the date"),
        (["date,n", "2022-01,2"], "which column is the value"),
        (["2022-01,1,2,3"], "name them in a first line"),
        (["date,value", "2022-01,1,000"], "line 2: 3 cells under 2 names"),
    ],
)
def test_ambiguous_columns_are_named(lines: list[str], said: str) -> None:
    """The error names them and says what to do."""
    with pytest.raises(InputError, match=said):
        parsed(*lines)


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["date;value", "2022-01;0,5", "2022-02;1.234,5"], (0.5, 1234.5)),
        (["date;value", "2022-01;0.5", "2022-02;2"], (0.5, 2.0)),
        (["2022-01\t0.5", "2022-02\t2"], (0.5, 2.0)),
        (["date,value", '2022-01,"1,000"', '2022-02,"12,345.5"'], (1000.0, 12345.5)),
        (["date,value", '2022-01,"0,5"', '2022-02,"1,250"'], (0.5, 1.25)),
        (["date,value", "2022-01,1 000", "2022-02,\u22122e3"], (1000.0, -2000.0)),
        (["# a, comment", "", "date,value", "2022-01,1", "# 2022-02,9", "2022-03,3"], (1.0, 3.0)),
        (["\ufeff2022-01,1", "2022-02,2"], (1.0, 2.0)),
    ],
)
def test_delimiters_and_numbers_are_read_as_programs_write_them(
    lines: list[str], values: tuple[float, ...]
) -> None:
    """Semicolons, tabs, decimal commas, thousands, comments, a byte order mark."""
    assert parsed(*lines).values == values


def test_a_number_with_two_readings_is_refused() -> None:
    """1,250 between semicolons may be either."""
    with pytest.raises(InputError, match=r"could be 1250 or 1\.250"):
        parsed("date;value", "2022-01;1,250")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2022-13,1", "line 2: '2022-13' is no date"),
        ("soon,1", "line 2: 'soon' is no date"),
        ("2022-01,much", "line 2: 'much' is no number"),
        ("2022-01,5%", "without the sign"),
        ("2022-01,1_000", "is no number"),
        ("2022-01,inf", "not a finite number"),
        ("2022-01,1e308", "too large"),
        ("2022-01", "line 2: only one column"),
        ("2022-01,1,0", "n must be above zero"),
        ("2022-01,1,-2", "n must be above zero"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str) -> None:
    """The error says the file, the line and what to write instead."""
    with pytest.raises(InputError, match=said):
        parsed("2022-01,1", line)


def test_a_broken_first_row_is_no_header() -> None:
    """A row with a number in it is a row of figures, to be read or refused."""
    with pytest.raises(InputError, match="line 1: '2018-13' is no date"):
        parsed("2018-13,5", "2018-02,1")


def test_rows_of_one_date_are_averaged_by_n_and_that_is_told() -> None:
    """A date counts once, with all that stands behind it."""
    series = parsed("date,value,n", "2022-02,7,1", "2022-01,1,1", "2022-01,4,2")
    assert (series.values, series.n) == ((3.0, 7.0), (3.0, 1.0))
    assert "1 more rows of a date already there averaged" in series.note


@pytest.mark.parametrize("text", ["date,value\n", "date,value\n2022-01,NA\n"])
def test_names_of_columns_without_figures_are_an_empty_series(text: str) -> None:
    """A series without a point is a series: its answer is UNCLEAR."""
    assert len(parse_series(text, "x.csv")) == 0


@pytest.mark.parametrize("text", ["", "# nothing\n\n", "\n"])
def test_a_file_without_figures_is_an_error(text: str) -> None:
    """Nothing is judged from nothing."""
    with pytest.raises(InputError, match="holds no figures"):
        parse_series(text, "x.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("date,value\n2022-01,é".encode("latin-1"), "0xe9 in line 2.*iconv -f CP1252"),
        ("date,value\n2022-01,1".encode("utf-16"), "UTF-16.*iconv -f UTF-16"),
        ("date,value\n2022-01,1".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_another_encoding_is_named_with_a_remedy(
    data: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a file and from standard input alike."""
    (tmp_path / "x.csv").write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    for name in (str(tmp_path / "x.csv"), "-"):
        with pytest.raises(InputError, match=said):
            read_series(name)


def test_standard_input_keeps_its_first_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte order mark does not make a header of it."""
    data = "2022-01,1\r\n2022-02,2\r\n".encode("utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    assert read_series("-").values == (1.0, 2.0)


def test_what_is_not_there_is_input_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file and a missing store both exit with 2."""
    missing = str(tmp_path / "none")
    assert main(["shift", missing]) == 2
    assert main(["assess", "CHN", "RUS", "--at", "2022-09-15", "--store", missing]) == 2
    assert "no store at" in capsys.readouterr().err
