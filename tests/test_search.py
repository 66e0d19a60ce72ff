"""Finding passages and the history of codes, on invented texts in three languages."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import talleyrand
from talleyrand.cli import main
from talleyrand.codebook import load
from talleyrand.errors import InputError, UnknownCode
from talleyrand.matcher import Matcher
from talleyrand.model import Document, Kind, Language
from talleyrand.report import hits
from talleyrand.rows import Rows
from talleyrand.spellings import compiled
from talleyrand.store import Store, open_store

TEXTS: list[tuple[str, str, str, Language, Kind, str]] = [
    ("2019-01-17", "CHN", "RUS", "zh", Kind.PRESS_CONFERENCE,
     "问：中俄合作没有上限，中方怎么看？\n答：中俄友好没有止境，合作没有禁区。\n"),
    ("2021-05-02", "CHN", "RUS", "zh", Kind.OTHER, "中国与俄罗斯的贸易额增长。\n"),
    ("2022-03-30", "CHN", "RUS", "zh", Kind.MEETING, "王毅称中俄合作没有止境，ＮＡＴＯ要停。\n"),
    ("2022-02-24", "RUS", "UKR", "ru", Kind.SPEECH,
     "Решение о проведении Специальной  военной операции принято. Всё идёт по плану.\n"),
    ("2022-05-01", "USA", "CHN", "en", Kind.STATEMENT,
     "A senator spoke. NATO\u2019s door\u00a0is open; =1+1 \x1b[31mred\u202e,"
     " our friendship has no limits.\n"),
]  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of invented texts, coded as an ingest codes them."""
    file = tmp_path_factory.mktemp("search") / "invented.duckdb"
    rows = Rows()
    for number, (day, sender, other, language, kind, text) in enumerate(TEXTS):
        when = date.fromisoformat(day)
        document = Document(
            source="mfa_china" if kind is Kind.PRESS_CONFERENCE else "cctv",
            url=f"https://example.org/{number}",
            title=f"=invented({number})",
            text=text,
            language=language,
            published=when,
            event_date=when,
            event_date_basis="text",
            sender=sender,
            counterparts=(other,),
            kind=kind,
        )
        rows.take(document, load())
    with open_store(file) as store, store.transaction():
        store.add("documents", rows.tables()["documents"], rows.parts())
        store.set_meta("built", "2026-01-01")
    return file


def said(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> str:
    assert main([*words, "--store", str(path)]) == 0
    return capsys.readouterr().out


def test_a_search_shows_each_match_in_its_place(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words found stand in brackets, with date, speaker, place and address, in 80 columns."""
    answer = said(capsys, path, "evidence", "CHN", "RUS", "--code", "no_limits")
    assert answer == GOLDEN
    from rich.cells import cell_len

    assert max(map(cell_len, answer.splitlines())) <= 80


GOLDEN = """\
4 codes in 2 documents

date        who                 passage
2019-01-17  问 (journalist) →   no_limits
            RUS                 问：中俄合作【没有上限】，中方怎么看？
                                press_conference, mfa_china, characters 6-10
                                https://example.org/0
2019-01-17  答 (CHN) → RUS      no_limits
                                答：中俄友好【没有止境】，合作没有禁区。
                                press_conference, mfa_china, characters 24-28
                                https://example.org/0
2019-01-17  答 (CHN) → RUS      no_limits
                                答：中俄友好没有止境，合作【没有禁区】。
                                press_conference, mfa_china, characters 31-35
                                https://example.org/0
2022-03-30  王毅 (CHN) → RUS    no_limits
                                王毅称中俄合作【没有止境】，ＮＡＴＯ要停。
                                meeting, cctv, characters 7-11
                                https://example.org/2
"""


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("没有止境", ["没有止境", "没有止境"]),
        ("nato", ["ＮＡＴＯ", "NATO"]),
        ("door is", ["door\u00a0is"]),
        ("NATO's", ["NATO\u2019s"]),
        ("специальн* военн* операц*", ["Специальной  военной операции"]),
        ("все идет", ["Всё идёт"]),
        ("sena", []),
        ("sena*", ["senator"]),
        ("%", []),
        ("n.to", []),
        ("' OR 1=1 --", []),
        ("1+1", ["1+1"]),
    ],
)
def test_words_are_found_as_a_codebook_finds_them(
    path: Path, phrase: str, found: list[str]
) -> None:
    """Case, width, ё, quotes and spacing do not matter; what is in quotes is never a query."""
    answer = talleyrand.evidence(text=phrase, store=path)
    assert [hit.match for hit in answer.hits] == found
    assert answer.total == len(found)


@settings(deadline=None, max_examples=60)
@example(phrase="*x", text="x")
@example(phrase="ſ", text="S ſ s")
@example(phrase="a\ufffd", text="a\ud800")
@given(
    phrase=st.text(alphabet="aAbеёЁ北’' -*\u212a.İΣσς１", min_size=1, max_size=5),
    text=st.text(alphabet="aAbBеёЁ北’' \n-\u212ak.İΣσς１1_", max_size=30),
)
def test_the_expression_finds_what_the_matcher_finds(
    phrase: str, text: str, shared_store: Store
) -> None:
    """The store's linear expression and letters miss no text in which the matcher has a hit."""
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        return
    try:
        sought = compiled(phrase)
    except InputError:
        return
    query = "SELECT regexp_matches($text, $expression) AS found"
    found = shared_store.rows(query, text=text, expression=sought.expression)[0]["found"]
    near = any(letter in text for letter in sought.letters)
    assert (found and near) >= Matcher([phrase]).any_in(text)


@pytest.fixture(scope="module")
def shared_store(path: Path) -> Store:
    return open_store(path, read_only=True)


def test_a_search_narrows_by_everything_at_once(path: Path) -> None:
    """Dyad, code or family, speaker, period, kind, source and words each leave fewer hits."""

    def count(**wanted: object) -> int:
        return talleyrand.evidence(store=path, limit=None, **wanted).total  # type: ignore[arg-type]

    every = count(code="no_limits")
    assert every == 5
    assert count(code="partnership") >= every
    assert count(sender="China", code="no_limits") == 4
    assert count(sender="CHN", target="俄罗斯", code="no_limits") == 4
    assert count(sender="CHN", code="no_limits", speaker="CHN") == 3
    assert count(sender="CHN", code="no_limits", speaker="journalist") == 1
    assert count(sender="CHN", code="no_limits", speaker="王毅") == 1
    assert count(sender="CHN", code="no_limits", since="2022", until="2022-03") == 1
    assert count(sender="CHN", code="no_limits", until="2019-01-17") == 3
    assert count(sender="CHN", code="no_limits", at="2022-04-30", window="2mo") == 1
    assert count(sender="CHN", code="no_limits", kind="meeting") == 1
    assert count(sender="CHN", code="no_limits", source="mfa_china") == 3
    assert count(sender="CHN", code="no_limits", text="禁区") == 2
    assert count(text="没有上限", speaker="journalist", target="RUS") == 1
    assert count(text="没有上限", target="JPN") == 0


def test_more_hits_than_shown_are_counted(path: Path) -> None:
    """The limit cuts what is shown, oldest first, never the total."""
    answer = talleyrand.evidence(code="no_limits", store=path, limit=2)
    assert (answer.total, answer.documents, len(answer.hits)) == (5, 3, 2)
    assert [hit.date.year for hit in answer.hits] == [2019, 2019]
    assert list(answer.to_frame()["date"].dt.year) == [2019, 2019]


def test_offsets_lead_back_into_the_text(path: Path) -> None:
    """A hit's offsets cut its words out of the document."""
    for hit in talleyrand.evidence(store=path, limit=None).hits:
        with open_store(path, read_only=True) as store:
            query = "SELECT text FROM documents WHERE id = $id"
            text = store.rows(query, id=hit.document)[0]["text"]
        assert text[hit.start : hit.end] == hit.match


def test_hostile_text_stays_text(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No control character or bidirectional override of a text reaches terminal, CSV or JSON."""
    search = ("evidence", "USA", "--text", "has no limits")
    for form in ((), ("--csv",), ("--json",)):
        answer = said(capsys, path, *search, *form)
        assert "\x1b" not in answer
        assert "\u202e" not in answer
    answer = json.loads(said(capsys, path, *search, "--json"))
    assert "\x1b[31mred\u202e, our" in answer["hits"][0]["before"]


def test_no_cell_of_a_csv_begins_a_formula(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a spreadsheet would compute gets an apostrophe; every row has every column."""
    answer = said(capsys, path, "evidence", "USA", "--text", "1+1", "--csv")
    row = next(csv.DictReader(io.StringIO(answer)))
    assert tuple(row) == hits.COLUMNS
    assert row["title"] == "'=invented(4)"
    assert (row["match"], row["before"][-1], row["start"]) == ("1+1", "=", "39")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "\uff1d", " ="])
def test_each_beginning_of_a_formula_is_disarmed(start: str) -> None:
    """Signs that make a cell a formula, also behind white space or full-width."""
    cell = hits._cell(f"{start}cmd()")
    assert cell.startswith("'")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["evidence", "CHN", "--text", "x", "--casebook"], "talleyrand ingest SOURCE PATH"),
        (["evidence", "--code", "no_limitz"], "no_limits"),
        (["evidence", "--code", "no_limits", "--kind", "chat"], "press_conference"),
        (["evidence", "--text", "*"], "begin it with a letter"),
        (["evidence", "CHN", "--sender", "RUS", "--code", "no_limits"], "given twice"),
        (["evidence", "CHN", "--from", "2022", "--to", "2021"], "ends before it begins"),
        (["evidence", "CHN", "--from", "soon"], "not a date"),
        (["evidence", "CHN", "RUS", "--at", "2022-01-01", "--from", "2022"], "not both"),
        (["evidence", "CHN", "RUS", "--dimension", "words"], "--at DATE"),
        (["codebook", "--history", "no_limits"], "CODE SENDER [TARGET]"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_why(
    words: list[str],
    told: str,
    path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 2, and a message that says what to do next."""
    monkeypatch.setenv("TALLEYRAND_STORE", str(path))
    assert main(words) == 2
    assert told in capsys.readouterr().err


def test_the_casebook_tells_places_without_texts(capsys: pytest.CaptureFixture[str]) -> None:
    """From the casebook a search lists document, date, code, speaker, address and offsets."""
    assert main(["evidence", "CHN", "RUS", "--code", "no_limits", "--casebook", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["origin"] == "casebook"
    hit = answer["hits"][0]
    assert hit["match"] == hit["before"] == ""
    assert hit["url"].startswith("https://")
    assert hit["end"] > hit["start"] > 0
    assert main(["evidence", "CHN", "RUS", "--code", "no_limits", "--casebook"]) == 0
    assert "holds no texts" in capsys.readouterr().out


def test_a_history_counts_own_denied_and_reported_uses_apart(path: Path) -> None:
    """A question's wording is not the sender's; first and last use are of its own."""
    told = talleyrand.history("no_limits", "CHN", "RUS", store=path).to_dict()
    assert told["uses"] == {"own": 3, "negated": 0, "reported": 1}
    assert told["documents"] == {"own": 2, "negated": 0, "reported": 1}
    assert (told["first"]["date"], told["last"]["date"]) == ("2019-01-17", "2022-03-30")
    assert told["last"]["url"] == "https://example.org/2"
    assert [row["period"] for row in told["by_year"]] == ["2019", "2021", "2022"]
    assert [row["own"] for row in told["by_year"]] == [2, 0, 1]
    assert {row["kind"]: row["own"] for row in told["by_kind"]} == {
        "press_conference": 2,
        "meeting": 1,
    }


def test_a_history_goes_by_family_and_by_list(path: Path) -> None:
    """A family or several codes are one history; an unknown name is refused."""
    family = talleyrand.history("partnership", "CHN", store=path)
    assert len(family.codes) > 5
    assert "no_limits" in family.codes
    pair = talleyrand.history("no_limits,friendship", "CHN", store=path)
    assert pair.codes == ("no_limits", "friendship")
    assert len(pair.to_frame()) == len(pair.uses) > 4
    with pytest.raises(UnknownCode):
        talleyrand.history("no_such_code", "CHN", store=path)


def test_a_history_reads_as_text_and_as_json(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal shows first, last, years, speakers and kinds; JSON has it all."""
    words = ("codebook", "--history", "no_limits", "CHN", "RUS")
    assert said(capsys, path, *words) == HISTORY
    assert json.loads(said(capsys, path, *words, "--json"))["uses"]["own"] == 3


HISTORY = """\
no_limits: CHN → RUS
3 uses of its own in 2 texts, 0 denied, 1 in the words of others; 3 texts on
record

first 2019-01-17, no_limits, press_conference, 答
      https://example.org/0
last  2022-03-30, no_limits, meeting, 王毅
      https://example.org/2

█                           ▁         ▅
2019-01 to 2022-03, own uses, a bar for each month; blank: no text

year  texts  own  negated  reported
2019      1    2        0         1
2021      1    0        0         0
2022      1    1        0         0

speaker  own  negated  reported  first       last
答         2        0         0  2019-01-17  2019-01-17
王毅       1        0         0  2022-03-30  2022-03-30
问         0        0         1  2019-01-17  2019-01-17

kind              own  negated  reported  first       last
press_conference    2        0         1  2019-01-17  2019-01-17
meeting             1        0         0  2022-03-30  2022-03-30
"""
