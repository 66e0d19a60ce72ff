"""What was found by fuzzing and by hand, kept: a hostile file costs neither memory nor time."""

import io
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from talleyrand import archives, bounded, event_files, fetch, reduce
from talleyrand.claims import file as claims_file
from talleyrand.cli import main
from talleyrand.errors import ClaimsError, CodebookError, TalleyrandError, UnreadableFile
from talleyrand.matcher import Matcher
from talleyrand.model import Raw, Rejected
from talleyrand.phrase_file import read
from talleyrand.pieces import MOST_LINE, pieces
from talleyrand.quoting import articles
from talleyrand.report.hits import COLUMNS, as_csv
from talleyrand.sources import _text, china_customs, gdelt_daily
from talleyrand.sources._flows import partner


@pytest.mark.parametrize(
    "pattern",
    ["a*a*a*a*a*a*a*a*b", "a*a*a*a*a*a*a*a*", "x a*a*a*a*a*a*b", "a* a* a* a* ** b|c",
     "a ** a|a a|a a a|b", "a" + "*" * 40 + "b"],
)  # fmt: skip
def test_no_pattern_of_a_users_codebook_runs_away(pattern: str) -> None:
    """Eight stars in a word took a minute for sixty letters; now a page takes no time."""
    started = time.process_time()
    Matcher([pattern]).find("x " + "a" * 300 + " c " + "a " * 3_000)
    assert time.process_time() - started < 3


def test_stars_find_what_they_found() -> None:
    """A piece between two stars may stand anywhere, and the longest end is taken."""

    def found(pattern: str, text: str) -> list[str]:
        return [text[start:end] for _, start, end in Matcher([pattern]).find(text)]

    assert found("со*ищ* друг*", "наш сотоварищами другом был") == ["сотоварищами другом"]
    assert found("co*op*ate*", "they cooperated well") == ["cooperated"]
    assert found("co*op*ate", "they cooperated well, cooperate") == ["cooperate"]
    assert found("合*作*", "中俄合作。") == ["合作"]


@pytest.mark.parametrize("command", ["shift", "code", "check", "codebook"])
def test_a_file_without_end_is_not_read_to_its_end(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """/dev/zero, as any file larger than a text can be, is refused in words."""
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    words = {"code": ["--lang", "en", "--sender", "CHN"], "codebook": []}.get(command, [])
    asked = ["codebook", "--codebook", "/dev/zero"] if command == "codebook" else [
        command, "/dev/zero", *words]  # fmt: skip
    assert main(asked) == 2
    assert "larger than" in capsys.readouterr().err


def test_a_bound_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    assert bounded.read(path, 10) == b"x" * 10
    with pytest.raises(TalleyrandError, match="is larger than"):
        bounded.read(path, 9)


@pytest.mark.parametrize("text", ["a." * 20_000 + "a=1", "[[claim]]\nid." + "a." * 3_000 + "a=1"])
def test_a_key_of_a_thousand_dots_is_refused_in_time(text: str) -> None:
    """The library's time grows with the square of a key, and its nesting breaks a traceback."""
    started = time.process_time()
    with pytest.raises(ClaimsError):
        claims_file.parse(text.encode(), "own.toml")
    with pytest.raises(CodebookError):
        read(text.encode(), "own.toml", "en")
    assert time.process_time() - started < 5


def test_a_page_of_a_hundred_thousand_marks_is_read_in_time(tmp_path: Path) -> None:
    """A title or a paragraph in tiny pieces took a time that grew with the square."""
    started = time.process_time()
    for text in ("<title>" + "<b>x</b>" * 100_000, "<p>" + "<i>x</i>" * 100_000):
        (tmp_path / "a.html").write_text(f"<html>{text}", "utf-8")
        assert articles.plain(tmp_path / "a.html") is not None
    assert time.process_time() - started < 10


def test_an_unknown_declaration_does_not_break_a_page(tmp_path: Path) -> None:
    """`<![` of no kind that the library knows was its own assertion's end."""
    (tmp_path / "a.html").write_text("<html><![x<![ ><h1>Title</h1><p>Lead</p><![", "utf-8")
    (found,) = articles.read([tmp_path / "a.html"])
    assert found.text.startswith("Title")


def test_a_page_with_control_characters_is_read() -> None:
    """`&#1;` in a paragraph can stand in a page, but not in a tree that is changed."""
    page = _text.page(b"<html><body><p>one&#1;&#xFFFE;</p>two&#2;<br>three</body></html>")
    assert _text.text_of(page) == "one\ntwo\nthree"


@pytest.mark.parametrize("year", ["9" * 30, "-5", "0", "1e9"])
def test_no_year_overflows(year: str) -> None:
    raw = Raw("china_russia_customs_ytd.csv", b"")
    head = ",".join(sorted({*china_customs._NEEDED}))
    cells = [year if name == "year" else "3" for name in head.split(",")]
    body = f"{head}\n{','.join(cells)}\n".encode()
    found = list(china_customs.parse(Raw(raw.name, body)))
    assert found
    assert all(isinstance(item, Rejected) for item in found)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_at_the_edge_of_time_is_set_aside(day: date) -> None:
    held = io.BytesIO()
    pq.write_table(pa.table({"date": [day], "a": ["CHN"], "b": ["RUS"], "w": [1.0]}), held)
    (found,) = gdelt_daily.parse(Raw("gdelt_daily.parquet", held.getvalue()))
    assert isinstance(found, Rejected)


def test_a_zip_of_a_later_version_or_with_a_broken_name_is_refused(tmp_path: Path) -> None:
    """Errors that the library does not call a bad zip are one all the same."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("é.csv", "a,b\n1,2\n")
    whole = (tmp_path / "a.zip").read_bytes()
    at = whole.index(b"PK\x01\x02")
    for changed in (whole[: at + 6] + b"\xff" + whole[at + 7 :],
                    whole[: at + 46] + b"\xff" + whole[at + 47 :]):  # fmt: skip
        (tmp_path / "b.zip").write_bytes(changed)
        with pytest.raises(UnreadableFile, match="damaged"):
            list(archives.read(tmp_path / "b.zip"))


def test_a_member_without_a_name_is_read(tmp_path: Path) -> None:
    """The library asks an empty name for its last letter."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a", "a,b\n1,2\n")
    data = bytearray(held.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 28 : at + 30] = b"\0\0"  # the length of the name in the index
    data[at + 46 : at + 47] = b""
    end = data.index(b"PK\x05\x06")
    data[end + 12 : end + 16] = (end - at).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    assert len(list(archives.read(tmp_path / "a.zip"))) == 1
    assert archives.count(tmp_path / "a.zip") == 1


@pytest.mark.parametrize("stated", ["2\x1d", "\x1c2", "2 ", "9" * 30, "٢", "-1", ""])
def test_no_retry_after_breaks_a_run(stated: str) -> None:
    """White space that a number may not have about it ended a fetch with a traceback."""
    assert fetch._retry_after(stated) in (0.0, 2.0)


def test_a_packed_event_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .gz went to the reader as it was, however much it unpacked to."""
    import gzip

    monkeypatch.setattr("talleyrand.event_files.MOST_RATIO", 2)
    monkeypatch.setattr("talleyrand.event_files._PIECE", 1_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"0" * 5_000_000))
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        reduce([tmp_path / "a.csv.gz"], tmp_path / "out")
    (tmp_path / "b.csv.gz").write_bytes(b"\x1f\x8b\x08\x00" + b"\x55" * 50)
    with pytest.raises(UnreadableFile, match="cannot be unpacked"):
        reduce([tmp_path / "b.csv.gz"], tmp_path / "out")


def test_the_head_of_a_damaged_zip_is_a_clear_error(tmp_path: Path) -> None:
    """Whatever byte of a zip is damaged, or wherever it is cut: first lines, or what to do."""
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", "")
        archive.writestr("folder/a.csv", "one\ttwo\n" * 50)
    whole = packed.read_bytes()
    assert event_files.zipped_head(packed) == ["one\ttwo"] * 20
    tries = [whole[:end] for end in range(0, len(whole), 7)]
    tries += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(len(whole))]
    refused = 0
    for data in tries:
        packed.write_bytes(data)
        try:
            assert len(event_files.zipped_head(packed)) <= 20
        except UnreadableFile as error:
            refused += "fetch it again" in str(error)
    assert refused > len(whole) // 7  # at least what was cut off


def test_a_line_without_end_is_set_aside_within_bounds() -> None:
    """One line of 40 MB in a file of lines: told, and the others are read."""
    line = b"x" * (MOST_LINE + 10)
    data = b'{"a":1}\n' + line + b'\n{"a":2}\n' + b" " * 1_200_000
    found = list(pieces(Raw("a.jsonl", data)))
    assert [one.reason for one in found if isinstance(one, Rejected)] == [
        f"a line of more than {MOST_LINE:,} bytes"
    ]
    assert sum(b'"a"' in one.data for one in found if isinstance(one, Raw)) >= 1


def test_an_event_line_without_end_is_no_row(tmp_path: Path) -> None:
    """The reader's buffer is bounded, so such a file is refused."""
    (tmp_path / "a.CSV").write_bytes(b"x" * 20_000_000)
    with pytest.raises(TalleyrandError):
        reduce([tmp_path / "a.CSV"], tmp_path / "out")


def test_unknown_names_by_the_thousand_take_no_hour() -> None:
    """Each took 40 ms, so that a table of half a million of them took five hours."""
    started = time.process_time()
    assert all(partner(f"Xandu {number}") is None for number in range(500))
    assert partner("x" * 1_000_000) is None
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u200b=1", "\ufeff=1",
     '","=1', "'=1"],
)  # fmt: skip
def test_no_cell_of_an_exported_table_is_a_formula(text: str) -> None:
    """Read back as a spreadsheet would, no cell begins with what starts one."""
    import csv

    hit: dict[str, Any] = dict.fromkeys(COLUMNS, text)
    for row in list(csv.reader(io.StringIO(as_csv([hit]))))[1:]:
        for cell in row:
            assert not cell.lstrip(" \u200b\ufeff").startswith(("=", "+", "-", "@", "＝"))
            assert not any(char in cell for char in "\t\r\n\x1b")


def test_a_file_larger_than_the_bound_is_given_up_before_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory grows to the bound and not to the file."""
    monkeypatch.setattr("talleyrand.archives.MOST_BYTES", 1_000_000)
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(400_000_000)  # sparse
    tracemalloc.start()
    (found,) = archives.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Rejected)
    assert peak < 10_000_000
