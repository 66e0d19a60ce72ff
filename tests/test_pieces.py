"""Large files in pieces: the same rows as the whole gives, each where it stands in the file."""

import csv
import io
import json
from typing import Any

import pytest

from talleyrand.model import Raw, Rejected
from talleyrand.pieces import MOST_LINE, MOST_PAGE, PIECE_BYTES, pieces
from talleyrand.sources import _csv, _rows


def table(count: int) -> bytes:
    """An invented table whose cells hold line breaks, quotes and commas."""
    made = io.StringIO(newline="")
    rows = [(n, f'He said: "yes, {n}"\n\n"and, no"\n' * (1 + n % 7), "end") for n in range(count)]
    csv.writer(made, lineterminator="\n").writerows([("number", "text", "last"), *rows])
    return made.getvalue().encode()


def read(raws: list[Raw | Rejected]) -> list[Any]:
    items: list[Any] = []
    for raw in raws:
        items += [raw] if isinstance(raw, Rejected) else _csv.rows(raw, "invented", ("number",))
    return items


def test_a_table_in_pieces_gives_the_rows_of_the_whole() -> None:
    """Rows, their places and the header are as in one reading, whatever a cell holds."""
    raw = Raw("invented.csv", table(20_000))
    parts = list(pieces(raw))
    assert len(parts) > 3
    assert max(len(p.data) for p in parts if isinstance(p, Raw)) < 2 * PIECE_BYTES
    assert read(parts) == read([raw])
    assert len(read(parts)) == 20_000


def test_lines_in_pieces_keep_their_numbers() -> None:
    """Blank lines count, a line that is no JSON is told where it stands."""
    data = [json.dumps({"n": n, "text": "x" * 300}) for n in range(9_000)]
    data[5_000], data[7_000] = "", "{"
    raw = Raw("invented.jsonl", "\n".join(data).encode())
    parts = list(pieces(raw))
    assert len(parts) > 2
    found = [i for p in parts if isinstance(p, Raw) for i in _rows.json_lines(p, "s")]
    assert found == list(_rows.json_lines(raw, "s"))
    assert [i.locator for i in found if isinstance(i, Rejected)] == ["invented.jsonl:7001"]


def test_a_small_file_and_a_page_stay_whole() -> None:
    """Only tables and lines are parted, and only large ones."""
    for raw in (Raw("a.csv", table(10)), Raw("a.html", b"x" * 3 * PIECE_BYTES), Raw("a.csv", b"")):
        assert list(pieces(raw)) == [raw]


def test_a_monstrous_page_or_line_is_set_aside() -> None:
    """It costs itself only."""
    (refused,) = pieces(Raw("a.html", b"x" * (MOST_PAGE + 1)))
    assert isinstance(refused, Rejected)
    good = b'{"n": 1}\n'
    parts = list(pieces(Raw("a.jsonl", good * 9 + b"x" * (MOST_LINE + 1) + b"\n" + good)))
    assert [p.locator for p in parts if isinstance(p, Rejected)] == ["a.jsonl:10"]
    lines = [i for p in parts if isinstance(p, Raw) for i in _rows.json_lines(p, "s")]
    assert [item[0] for item in lines if isinstance(item, tuple)][-1] == "a.jsonl:11"
    assert len(lines) == 10


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_stray_quote_costs_a_row_or_a_few(share: float) -> None:
    """It turns inside and outside about for all that follows, and yet the rest is read."""
    simple = b"number,text,last\n" + b'1,"some, text",end\n' * 200_000
    at = simple.index(b"\n", int(share * len(simple) * 0.99)) + 1
    found = read(list(pieces(Raw("a.csv", simple[:at] + b'"' + simple[at:]))))
    lost = [item for item in found if isinstance(item, Rejected)]
    assert 1 <= len(lost) <= 10
    assert len(found) == 200_000


def test_prose_before_a_header_goes_with_every_piece() -> None:
    """Lines without commas before the header are no header; rows come out as from the whole."""
    prose = b"An invented register\n\nMade by hand\n"
    raw = Raw("invented.csv", prose + table(20_000))
    parts = [part for part in pieces(raw) if isinstance(part, Raw)]
    assert len(parts) > 3
    assert all(part.data.startswith(prose + b"number,text,last\n") for part in parts)
    plain = [Raw(part.name, part.data.removeprefix(prose), part.before) for part in parts]
    assert read([*plain]) == read([Raw("invented.csv", table(20_000))])
