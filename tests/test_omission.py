"""`talleyrand silence`: from invented read-outs to the answer, its contract and its rendering."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import talleyrand
from invented import document, fill, match
from talleyrand import casebook_build
from talleyrand.cli import main
from talleyrand.errors import InputError, UnknownCode
from talleyrand.readouts import read_outs, reported
from talleyrand.report import silence as report
from talleyrand.store import open_casebook, open_store

OTHERS = ("FRA", "DEU", "KAZ", "VNM")
AT = date(2022, 9, 15)


def passage(row: int, speaker: str, state: str) -> dict[str, Any]:
    return {"row": row, "ordinal": 0, "start_at": 0, "end_at": 2, "speaker": speaker,
            "state": state}  # fmt: skip


def store(path: Path, own: str, later: str = "", others: str = "●○●○●○") -> Path:
    """A store of invented calls of Xi: `own` before and at `AT` (its last sign), `later` after."""
    documents: list[dict[str, Any]] = []
    matches, passages = [], []

    def call(day: date, who: str, sign: str, **changes: Any) -> None:
        row = len(documents)
        documents.append(document(day, row, counterparts=[who], length=500, **changes))
        passages.append(passage(row, "习近平", "CHN"))
        if sign == "●":
            matches.append(match(row, "ukraine", targets=[], holder=who))

    for i, sign in enumerate(own):
        call(AT - timedelta(days=30 * (len(own) - 1 - i)), "RUS", sign)
    for i, sign in enumerate(later):
        call(AT + timedelta(days=30 * (i + 1)), "RUS", sign)
    for who in OTHERS:
        for i, sign in enumerate(others):
            call(AT - timedelta(days=25 * (i + 1)), who, sign)
    with open_store(path) as opened:
        fill(opened, documents=documents, passages=passages, matches=matches)
        opened.set_meta("built", "2026-01-01")
    return path


def ask(path: Path, **changes: Any) -> dict[str, Any]:
    asked = {"code": "ukraine", "at": AT, **changes}
    return talleyrand.silence("CHN", "RUS", store=path, **asked).to_dict()


def test_two_of_two_are_too_few(tmp_path: Path) -> None:
    """The raw record is shown, and no verdict is drawn from two texts."""
    told = ask(store(tmp_path / "s.duckdb", "●●○"))
    assert told["outcome"] == "TOO FEW"
    assert (told["ex_ante"]["mentioned"], told["ex_ante"]["n"]) == (2, 2)
    assert told["omitted"] is True
    assert "2 of 2" in told["reason"]
    assert "more that all leave it out" in told["would_settle"]


def test_a_break_with_a_long_habit_is_news(tmp_path: Path) -> None:
    """Fifteen of fifteen named it, and so do the others: leaving it out is news."""
    told = ask(store(tmp_path / "s.duckdb", "●" * 15 + "○", others="●●●●●●"))
    assert told["outcome"] == "NEWS"
    assert told["ex_ante"]["interval"][1] < 0.25


def test_what_is_often_left_out_is_routine(tmp_path: Path) -> None:
    """Half of the texts leave it out, and so does this one."""
    assert ask(store(tmp_path / "s.duckdb", "●○●○○●○●○○"))["outcome"] == "ROUTINE"


def test_a_text_that_names_it_is_no_silence(tmp_path: Path) -> None:
    """Nothing is omitted, and the answer says so."""
    told = ask(store(tmp_path / "s.duckdb", "○○●"))
    assert (told["omitted"], told["outcome"]) == (False, "ROUTINE")
    assert "no silence" in told["reason"]


def test_later_documents_change_nothing_ex_ante(tmp_path: Path) -> None:
    """What was published afterwards shows only with hindsight."""
    bare = ask(store(tmp_path / "a.duckdb", "●●○●○"))
    after = ask(store(tmp_path / "b.duckdb", "●●○●○", later="●●●●"))
    assert after["ex_ante"] == bare["ex_ante"]
    assert (after["ex_post"]["mentioned"], after["ex_post"]["n"]) == (7, 8)


def test_the_contract_of_the_json_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every field that mission and docs promise is there, with its type."""
    path = store(tmp_path / "s.duckdb", "●●○", later="○")
    arguments = ["silence", "China", "俄罗斯", "--code", "ukraine", "--at", "2022-09-15"]
    assert main([*arguments, "--store", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sender"], told["target"], told["code"], told["at"]) == (
        "CHN", "RUS", "ukraine", "2022-09-15")  # fmt: skip
    for name in ("ex_ante", "ex_post"):
        one = told[name]
        assert {"mentioned", "n", "chance_of_omission", "interval"} <= set(one)
        assert one["interval"][0] <= one["chance_of_omission"] <= one["interval"][1]
    assert [r["mentioned"] for r in told["record"]] == [True, True, False, False]
    assert all({"id", "url", "date", "mentioned"} <= set(one) for one in told["record"])
    assert told["outcome"] in ("NEWS", "ROUTINE", "TOO FEW")
    assert isinstance(told["reason"], str)


def test_what_cannot_be_asked_is_said(tmp_path: Path) -> None:
    """No read-out near the date, no such code, a start after the text: each says what to do."""
    path = store(tmp_path / "s.duckdb", "●●○")
    with pytest.raises(InputError, match="nearest: 2022-07-17"):
        ask(path, at="2022-05-01")
    with pytest.raises(UnknownCode, match="talleyrand codebook"):
        ask(path, code="no_such_code")
    with pytest.raises(InputError, match="an event has a day"):
        ask(path, at="2022-09")
    with pytest.raises(InputError, match="after the read-out"):
        ask(path, since="2023-01-01")
    with pytest.raises(InputError, match="no read-out"):
        talleyrand.silence("CHN", "JPN", code="ukraine", at=AT, store=path)


def test_since_restricts_the_record(tmp_path: Path) -> None:
    """The user's own first day of the record is kept to."""
    told = ask(store(tmp_path / "s.duckdb", "●●●●○"), since="2022-07-15")
    assert (told["ex_ante"]["n"], told["ex_ante"]["since"]) == (2, "2022-07-15")


def test_several_documents_of_one_event_are_one_text(tmp_path: Path) -> None:
    """One text a day, counterpart and rank; it names the code if any of its documents does."""
    rows = [
        document(AT, 0, kind="meeting", length=300),
        document(AT, 1, kind="meeting", length=700),
        document(AT, 2, kind="meeting", length=900, counterparts=["RUS", "MNG"]),
        document(AT, 3, kind="meeting", length=200),  # a ceremony: nobody speaks
        document(AT, 4, kind="meeting", length=250),  # the premier's
    ]
    passages = [passage(row, "习近平", "CHN") for row in (0, 1, 2)]
    passages.append(passage(4, "李克强", "CHN"))
    with open_store(tmp_path / "s.duckdb") as opened:
        fill(opened, documents=rows, passages=passages, matches=[match(0, "ukraine")])
        found = read_outs(reported(opened, "CHN", ["ukraine"], []))
    russian = [one for one in found if one.counterpart == "RUS"]
    assert [(one.rank, one.mentioned) for one in russian] == [("leaders", True), ("others", False)]
    assert russian[0].url.endswith("/1")  # the longest on these two alone


@pytest.mark.parametrize(
    ("speaker", "partner", "rank"),
    [
        ("习近平", "普京", "leaders"),
        ("习近平", "拉夫罗夫", "others"),
        ("李强", "普京", "others"),
        ("习近平", "", "leaders"),
    ],
)
def test_leaders_are_matched_with_leaders(
    tmp_path: Path, speaker: str, partner: str, rank: str
) -> None:
    """A leader's meeting with a minister is no summit, where the other head is known."""
    passages = [passage(0, speaker, "CHN")]
    passages += [passage(0, partner, "RUS")] if partner else []
    with open_store(tmp_path / "s.duckdb") as opened:
        fill(opened, documents=[document(AT, 0)], passages=passages)
        assert read_outs(reported(opened, "CHN", ["ukraine"], []))[0].rank == rank


def test_a_stance_counts_only_if_the_sender_holds_it(tmp_path: Path) -> None:
    """Denied, or in the other's mouth, a stance is not the sender's; a topic is named by anyone."""
    rows = [document(AT + timedelta(days=i), i) for i in range(3)]
    matches = [
        match(0, "no_limits"),
        match(1, "no_limits", holder="RUS"),
        match(2, "no_limits", negated=True),
    ]
    with open_store(tmp_path / "s.duckdb") as opened:
        passages = [passage(i, "习近平", "CHN") for i in range(3)]
        fill(opened, documents=rows, matches=matches, passages=passages)
        stance = read_outs(reported(opened, "CHN", [], ["no_limits"]))
        topic = read_outs(reported(opened, "CHN", ["no_limits"], []))
    assert [one.mentioned for one in stance] == [True, False, False]
    assert all(one.mentioned for one in topic)


def test_the_casebook_answers_as_the_store_it_was_made_from(tmp_path: Path) -> None:
    """What the casebook keeps of read-outs is all that the question needs."""
    path = store(tmp_path / "s.duckdb", "●●○●○", later="○●")
    folder = tmp_path / "casebook"
    folder.mkdir()
    with open_store(path) as opened:
        for name, query in casebook_build._QUERIES.items():
            opened.export(query, folder / f"{name}.parquet")
        whole = reported(opened, "CHN", ["ukraine"], [])
    with open_casebook(folder) as base:
        assert reported(base, "CHN", ["ukraine"], []) == whole


GOLDEN = """\
China → Russia: ukraine in the read-out of the call of 15 September 2022

  Too few to tell whether the omission is news.
  2 of 2 earlier texts named it; below 4 texts nothing is said. The chance of an
  omission was 20 % (2 % to 60 %).

  ●●◆○
  ● names it  ○ does not  ◆ this text

                        named   chance of omission  95 % interval  record since
  as it stood that day  2 of 2  20 %                2 % to 60 %    24 Feb 2022
  with hindsight        2 of 3  40 %                10 % to 80 %   24 Feb 2022

  Matched with read-outs between leaders, with anyone: 9 of 30 name it; of the
  middling ones of a call 5 of 8.
  Most often met: France 3 of 4, [bold]x\\x1b[31m 0 of 2.
  What would settle it: 9 more texts that all name it (then NEWS).

2022-02-25 ● https://example.org/1
2022-06-15 ● https://example.org/2
2022-09-15 ◆ https://example.org/3
2022-12-30 ○ https://example.org/\\x1b[2J

  From the bundled casebook, built 2026-01-01; as it stood that day: from what
  was published by then."""


def invented_answer() -> dict[str, Any]:
    days = ("2022-02-25", "2022-06-15", "2022-09-15", "2022-12-30")
    record = [
        {"id": str(i), "url": f"https://example.org/{i}", "date": day, "mentioned": i < 3}
        for i, day in enumerate(days, 1)
    ]
    record[3]["url"] = "https://example.org/\x1b[2J"

    def standing(n: int, chance: float, low: float, high: float) -> dict[str, Any]:
        return {"mentioned": 2, "n": n, "chance_of_omission": chance, "interval": [low, high],
                "since": "2022-02-24", "all_counterparts": {"mentioned": 9, "n": 30},
                "same_kind_and_length": {"mentioned": 5, "n": 8}}  # fmt: skip

    return {
        "sender": "CHN", "target": "RUS", "code": "ukraine", "at": "2022-09-15", "omitted": True,
        "ex_ante": standing(2, 0.2, 0.02, 0.6), "ex_post": standing(3, 0.4, 0.1, 0.8),
        "outcome": "TOO FEW",
        "reason": "2 of 2 earlier texts named it; below 4 texts nothing is said. The chance of an"
        " omission was 20 % (2 % to 60 %).",
        "would_settle": "9 more texts that all name it (then NEWS)",
        "text": {**record[2], "kind": "call", "rank": "leaders", "length": "middling"},
        "record": record,
        "others": [{"counterpart": "FRA", "mentioned": 3, "n": 4},
                   {"counterpart": "[bold]x\x1b[31m", "mentioned": 0, "n": 2}],
        "casebook": {"origin": "casebook", "built": "2026-01-01", "location": ""},
        "version": "0",
    }  # fmt: skip


NAMES = {"CHN": "China", "RUS": "Russia", "FRA": "France"}


def test_the_answer_on_the_terminal() -> None:
    """The whole answer as it stands within 80 columns, with hostile text made visible."""
    said = report.render(invented_answer(), NAMES)
    assert said == GOLDEN
    assert max(map(len, said.splitlines())) <= 80


def test_the_page_is_self_contained_and_harmless(tmp_path: Path) -> None:
    """One page without script or outside file; ingested text stays text."""
    told = invented_answer()
    told["record"][0]["url"] = "javascript:alert(1)"
    told["code"] = "<script>x</script>"
    page = report.page(told, NAMES)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "\x1b" not in page
    assert "TOO FEW" in page


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--html writes the page beside the answer."""
    path = store(tmp_path / "s.duckdb", "●●○")
    page = tmp_path / "page.html"
    arguments = ["silence", "CHN", "RUS", "--code", "ukraine", "--at", "2022-09-15"]
    assert main([*arguments, "--store", str(path), "--html", str(page)]) == 0
    assert "page written" in capsys.readouterr().out
    assert "https://example.org/0" in page.read_text("utf-8")
