"""Read a dated series of the user's own: a CSV of date,value[,n] as programs write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from talleyrand import bounded
from talleyrand.errors import InputError
from talleyrand.model import Series
from talleyrand.own_points import DATE_FORM, as_day, checked, date_or_error, is_gap, to_series

_FORM = f"write date,value or date,value,n; {DATE_FORM}"
_DELIMITERS = ",;\t|"
_MOST = 64 * bounded.MEGABYTE
_SAMPLE = 200  # lines by which the delimiter is told
_NAMES = {
    "date": "date dates day month year quarter week period time datetime timestamp observation_date"
    " obs_date time_period ref_date 日期 时间 月份 年份 дата день месяц год период",
    "n": "n nobs n_obs obs weight weights sample sample_size size documents 样本 样本量 вес",
    "value": "value values val y obs_value amount level index score share rate mean"
    " 值 数值 значение",
}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_NOT_FINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DOTTED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+|[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
_POINTED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")  # thousands, where commas are decimal
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line, and its number in the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which; `n` is None where there is none, `ignored` names the others."""

    date: int
    value: int
    n: int | None
    width: int | None  # as many as the header names
    ignored: tuple[str, ...]


def read_series(name: str) -> Series:
    """The series in the CSV file `name` ("-" for standard input).

    Raises InputError where it cannot be read, with the line and what to write instead.
    """
    try:
        data = bounded.read(name, _MOST, what="series")
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error
    shown = "standard input" if name == "-" else name
    return parse_series(_decoded(data, shown), shown)


def parse_series(text: str, name: str) -> Series:
    """The series in the text of a CSV file; `name` is what errors call it.

    The delimiter is found out, columns go by their names where the first line has names, lines
    that begin with # are skipped. What was left out or averaged is told in the series' note.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).readlines()
    delimiter = _delimiter(lines)
    rows = list(_rows(lines, delimiter, name))
    header = rows[0] if rows and _is_header(rows[0]) else None
    body = rows[1:] if header else rows
    if header and not body:
        return Series((), (), (), (), "document", "", note="the file has names of columns, no rows")
    if not body:
        raise InputError(f"{name} holds no figures; {_FORM}")
    columns = _named(header, body, name) if header else _unnamed(body, name)
    return _series(body, columns, delimiter, name)


def _decoded(data: bytes, name: str) -> str:
    coding = _ENCODINGS.get(data[:2]) or ("UTF-16" if b"\0" in data[:200] else "")
    try:
        if not coding:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _miscoded(name, f"byte 0x{data[error.start]:02x} in line {line}", "CP1252") from error
    raise _miscoded(name, f"it looks like {coding}", coding)


def _miscoded(name: str, why: str, coding: str) -> InputError:
    return InputError(
        f"{name} is not in the encoding UTF-8 ({why}); convert it, for instance with:"
        f" iconv -f {coding} -t UTF-8 OLD.csv > NEW.csv"
    )


def _rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Row]:
    """The rows that hold something, comments left out."""
    reader = csv.reader(("\n" if x.lstrip().startswith("#") else x for x in lines),
                        delimiter=delimiter, skipinitialspace=True)  # fmt: skip
    last = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(last + 1, tuple(cell.strip() for cell in cells))
            last = reader.line_num
    except csv.Error as error:
        raise InputError(f"{name}, line {last + 1}: not a line of a CSV file ({error})") from error


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter by which most lines have a date and, in another cell, a number or a gap."""

    def reads(delimiter: str) -> int:
        rows = _rows(lines[:_SAMPLE], delimiter, "")
        return sum(
            any(_is_date(cell) for cell in row.cells[:i] + row.cells[i + 1 :])
            for row in rows
            for i in [_last_figure(row.cells)]
            if i is not None
        )

    try:
        return max(_DELIMITERS, key=reads)
    except InputError:
        return ","


def _last_figure(cells: Sequence[str]) -> int | None:
    places = [i for i, cell in enumerate(cells) if is_gap(cell) or _is_number(cell)]
    return places[-1] if places else None


def _is_header(row: Row) -> bool:
    """Whether the first row has names: no cell that is, or begins like, a number or a date."""
    return not any(re.match(r"[+\-−.,]?\d", cell) or _is_date(cell) for cell in row.cells)


def _named(header: Row, body: Sequence[Row], name: str) -> Columns:
    """The columns by their names; where none is called a value, the one that holds numbers."""
    names = [cell.lower().replace(" ", "_") for cell in header.cells]
    if len(names) < 2:
        raise InputError(f"{name}, line {header.line}: only one column; {_FORM}")
    day = _only("date", names, header, name)
    day = 0 if day is None else day
    n = _only("n", names, header, name)
    rest = [i for i in range(len(names)) if i not in (day, n) and (names[i] or len(names) == 2)]
    value = _only("value", [names[i] if i in rest else "" for i in range(len(names))], header, name)
    if value is None:
        numeric = [i for i in rest if _holds_numbers(body, i)]
        rest = numeric or rest
        if len(rest) != 1:
            found = ", ".join(repr(header.cells[i]) for i in rest) or "none left"
            raise InputError(
                f"{name}, line {header.line}: which column is the value ({found})?"
                " Call one of them 'value'"
            )
        value = rest[0]
    used = {day, value, n}
    ignored = [repr(x) for i, x in enumerate(header.cells) if i not in used and x]
    return Columns(day, value, n, len(names), tuple(ignored))


def _only(kind: str, names: Sequence[str], header: Row, name: str) -> int | None:
    """The one column of a kind; the plain word goes before its synonyms, two are an error."""
    for wanted in ([kind], _NAMES[kind].split()):
        found = [i for i, each in enumerate(names) if each in wanted]
        if len(found) > 1:
            both = " and ".join(repr(header.cells[i]) for i in found)
            raise InputError(
                f"{name}, line {header.line}: columns {both} could both be the {kind};"
                f" keep one, or call it {kind!r}"
            )
        if found:
            return found[0]
    return None


def _unnamed(body: Sequence[Row], name: str) -> Columns:
    """Without names: date, value and, where the third column has numbers, n."""
    width = max(len(row.cells) for row in body)
    numeric = [i for i in range(2, width) if any(_is_number(x) for x in _column(body, i))]
    if numeric not in ([], [2]):
        raise InputError(
            f"{name}: {width} columns without names; name them in a first line: date,value,n"
        )
    ignored = tuple(f"column {i + 1}" for i in range(2, width) if i not in numeric)
    ignored = tuple(x for x in ignored if any(_column(body, int(x.split()[1]) - 1)))
    return Columns(0, 1, 2 if numeric else None, None, ignored)


def _column(body: Sequence[Row], i: int) -> Iterator[str]:
    return (row.cells[i] for row in body if i < len(row.cells))


def _holds_numbers(body: Sequence[Row], i: int) -> bool:
    cells = [cell for cell in _column(body, i) if not is_gap(cell)]
    return bool(cells) and sum(map(_is_number, cells)) * 2 > len(cells)


def _series(body: Sequence[Row], columns: Columns, delimiter: str, name: str) -> Series:
    points, gaps, unknown = [], 0, 0
    comma = _comma([*_column(body, columns.value)], delimiter, name)
    for row in body:
        where = f"{name}, line {row.line}"
        if len(row.cells) <= max(columns.date, columns.value):
            raise InputError(f"{where}: only {_count(len(row.cells))}; {_FORM}")
        if columns.width and any(row.cells[columns.width :]):
            raise InputError(
                f"{where}: {len(row.cells)} cells under {columns.width} names; put quotes about"
                " a cell that holds the delimiter"
            )
        day = date_or_error(row.cells[columns.date], f"{where}: ")
        cell = row.cells[columns.value]
        if is_gap(cell):
            gaps += 1
            continue
        weight = (
            row.cells[columns.n] if columns.n is not None and columns.n < len(row.cells) else ""
        )
        unknown += columns.n is not None and is_gap(weight)
        n = 1.0 if is_gap(weight) else _number(weight, comma, where)
        points.append(checked(day, _number(cell, comma, where), n, where))
    if not points:
        return Series((), (), (), (), "document", "", note=f"{gaps} rows, all without a value")
    notes = [f"{gaps} empty values left out" if gaps else "",
             f"{unknown} rows without n, counted as 1" if unknown else "",
             f"not read: {', '.join(columns.ignored)}" if columns.ignored else ""]  # fmt: skip
    return to_series(points, [note for note in notes if note])


def _count(cells: int) -> str:
    return "one column" if cells == 1 else f"{cells} columns"


def _comma(cells: Sequence[str], delimiter: str, name: str) -> str:
    """What a comma in a number is: "." (a decimal comma) or "" (between thousands)."""
    held = [_tidy(cell) for cell in cells if "," in cell]
    if any(_DOTTED.fullmatch(cell) and not _THOUSANDS.fullmatch(cell) for cell in held):
        return "."
    if held and delimiter != "," and not any("." in cell for cell in cells):
        raise InputError(
            f"{name}: {held[0]!r} could be {held[0].replace(',', '')} or"
            f" {held[0].replace(',', '.')}; write the numbers with a point, without thousands"
        )
    return ""


def _tidy(cell: str) -> str:
    return _SPACED.sub("", cell.strip()).replace("\u2212", "-")


def _number(cell: str, comma: str, where: str) -> float:
    text = _tidy(cell)
    if _NOT_FINITE.fullmatch(text):
        raise InputError(f"{where}: {cell!r} is not a finite number; leave it empty for a gap")
    if comma == "." and (_DOTTED.fullmatch(text) or _POINTED.fullmatch(text)):
        text = text.replace(".", "").replace(",", ".")
    elif comma == "" and _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    elif comma == "." and "." in text:
        raise InputError(f"{where}: {cell!r} has a point where others have a decimal comma")
    if not _NUMBER.fullmatch(text):
        remedy = "write 12.5 without the sign" if "%" in text else "write 1234.5"
        raise InputError(f"{where}: {cell!r} is no number; {remedy}")
    return float(text)


def _is_number(cell: str) -> bool:
    text = _tidy(cell)
    return any(form.fullmatch(text) for form in (_NUMBER, _THOUSANDS, _DOTTED))


def _is_date(cell: str) -> bool:
    try:
        as_day(cell)
    except ValueError:
        return False
    return True
