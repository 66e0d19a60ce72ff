"""Quotations found, told apart and put in the right mouth. All texts are invented."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand import quotes
from talleyrand.cli import main
from talleyrand.errors import InputError
from talleyrand.inference.selection import picked
from talleyrand.quoting.align import local
from talleyrand.quoting.articles import article, read
from talleyrand.quoting.mouths import read as mouths
from talleyrand.quoting.translation import by_paragraph, pair
from talleyrand.quoting.units import Token, quotations, tokens

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from quotes import answered
from quotes_invented import KINDS, case

_DAY = date(2022, 9, 15)
STATEMENT = """President Xi Jinping met with President Vladimir Putin in an invented town.
Xi Jinping pointed out that China will work with Russia on the northern railway. The two sides may \
open 12 new crossings before June 2031. China will not accept any toll on the river.
Vladimir Putin noted that Russia firmly supports the northern railway across the steppe. Moscow \
regrets the invented delay of the eastern bridge."""


def asked(tmp_path: Path, text: str, name: str = "article.txt") -> dict[str, Any]:
    (tmp_path / "statement.txt").write_text(STATEMENT, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    answer = quotes(
        tmp_path / "statement.txt", [tmp_path / name], sender="CHN", counterpart="RUS", on=_DAY
    )
    told: dict[str, Any] = json.loads(json.dumps(answer.to_dict()))
    return told


def first(tmp_path: Path, sentence: str) -> dict[str, Any]:
    found = asked(tmp_path, f"A day of talks\nIt rained.\n{sentence}")["quotations"]
    assert len(found) == 1, found
    return dict(found[0])


@given(
    kind=st.sampled_from(sorted(set(KINDS) - {"decoy"})),
    language=st.sampled_from(["en", "ru", "zh"]),
    seed=st.integers(1000, 10**9),
)
@settings(max_examples=60, deadline=None)
def test_unseen_cases_are_found_and_flagged(kind: str, language: str, seed: int) -> None:
    """Whatever the draw: the right sentences, and the flag that the kind calls for."""
    one = case(kind, language, seed)
    if one is None:
        return
    found = answered(one).found
    assert set(one.sentences) <= {n for q in found for n in q.sentences}, one.article
    assert any(q.distorted for q in found) == one.distorted, one.article


def test_a_word_that_stands_twice_leaves_one_gap() -> None:
    """The words between two like ones were cut, once, and the ellipsis says so."""
    one = case("ellipsis", "en", 4922)
    assert one is not None
    (quotation,) = answered(one).found
    assert [change.kind for change in quotation.changes] == ["ellipsis"]


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_kinds_are_told_and_decoys_left_alone(language: str) -> None:
    """Ten cases of each kind: at least nine in ten named; decoys at least eight in ten unheard."""
    for kind, (_, expected, _) in KINDS.items():
        drawn = [one for seed in range(40) if (one := case(kind, language, seed))][:10]
        if kind == "decoy":
            assert sum(not answered(one).found for one in drawn) >= 8
            continue
        named = [any(expected in q.kinds for q in answered(one).found) for one in drawn]
        assert sum(named) >= 9, kind


@pytest.mark.parametrize(
    ("sentence", "kind", "distorted"),
    [
        ("“China will not accept any toll on the river,” Xi said.", "verbatim", False),
        ("“China will accept any toll on the river,” Xi said.", "negation dropped", True),
        ("“China will not accept any toll on the river,” Putin said.", "speaker swapped", True),
        ("'China will not accept any toll on the river,' said Mr Xi.", "verbatim", False),
        (
            "“The two sides must open 12 new crossings before June 2031.”",
            "modal strengthened",
            True,
        ),
        ("Xi spoke of “any toll on the river” at length.", "partial", False),
        ("Xi said China would not accept any toll on the river.", "indirect speech", False),
    ],
)
def test_english_sentences(tmp_path: Path, sentence: str, kind: str, distorted: bool) -> None:
    """Plain cases in the words of a reporter."""
    found = first(tmp_path, sentence)
    assert kind in found["kinds"]
    assert found["distorted"] is distorted


def test_a_reversal_in_a_headline(tmp_path: Path) -> None:
    """The words of one party in the mouth of the other, told from a colon."""
    text = "Xi: ‘Russia firmly supports the northern railway across the steppe’\nIt rained."
    told = asked(tmp_path, text)
    assert told["reversals"] == 1
    (found,) = told["quotations"]
    assert (found["where"], found["mouth"], found["owner"]) == ("headline", "CHN", "RUS")


def test_no_mouth_no_reversal(tmp_path: Path) -> None:
    """Where an item does not say who speaks, nothing is claimed."""
    found = first(tmp_path, "“Russia firmly supports the northern railway across the steppe.”")
    assert (found["mouth"], found["reversal"]) == ("", False)


def test_hostile_and_empty_texts(tmp_path: Path) -> None:
    """Markup and escapes stay text; a page of scripts holds nothing."""
    told = asked(tmp_path, "<html><script>alert('x')</script><h1>A \x1b[31m title</h1><p>Rain.</p>",
                 "a.html")  # fmt: skip
    assert told["quotations"] == []
    with pytest.raises(InputError, match="holds no text"):
        asked(tmp_path, "<html><script>alert('x')</script></html>", "b.html")
    with pytest.raises(InputError, match="cannot read"):
        list(read([tmp_path / "none.txt"]))


def test_a_translation_leads_to_the_original(tmp_path: Path) -> None:
    """Coverage in another language is compared with the official translation only."""
    chinese = "习近平指出，中方将同俄方共建北方铁路。双方可在2031年前开设12个口岸。"
    english = (
        "Xi Jinping pointed out that China will build the northern railway with Russia."
        " The two sides may open 12 crossings before 2031."
    )
    (tmp_path / "zh.txt").write_text(chinese, "utf-8")
    (tmp_path / "en.txt").write_text(english, "utf-8")
    (tmp_path / "a.txt").write_text(
        "Talks\nRain.\n“The two sides may open 15 crossings before 2031,” Xi said.", "utf-8"
    )
    asked_for: dict[str, Any] = {"sender": "CHN", "counterpart": "RUS", "on": _DAY}
    none = quotes(tmp_path / "zh.txt", [tmp_path / "a.txt"], **asked_for)
    assert not none.found
    some = quotes(
        tmp_path / "zh.txt", [tmp_path / "a.txt"], translation=[tmp_path / "en.txt"], **asked_for
    )
    (found,) = some.found
    assert found.sentences == (1,)
    assert found.translated
    assert "number changed" in found.kinds


def test_pairing_by_length() -> None:
    """Every sentence stands in one bead, in order; a long one takes two short ones."""
    assert pair([20, 60, 20], [20, 29, 31, 20]) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
    assert by_paragraph([(9, True), (9, True)], [(9, True), (9, True)]) == [
        ((0,), (0,)), ((1,), (1,)),
    ]  # fmt: skip


@given(st.lists(st.integers(1, 200), max_size=8), st.lists(st.integers(1, 200), max_size=8))
def test_pairing_loses_nothing(own: list[int], other: list[int]) -> None:
    """Whatever the lengths."""
    beads = pair(own, other)
    assert [n for a, _ in beads for n in a] == list(range(len(own)))
    assert [n for _, b in beads for n in b] == list(range(len(other)))


@given(st.text(max_size=300))
def test_any_text_is_cut_and_asked(text: str) -> None:
    """Spans lie inside the text and in order, and nobody speaks in noise by an error."""
    for one in tokens(text, "en"):
        assert 0 <= one.start < one.end <= len(text)
    spans = quotations(text)
    assert spans == sorted(spans)
    if text.strip():
        voices = mouths(text, "en", _DAY)
        assert isinstance(voices.of(0, len(text)), str)
        article(text, "", "", name="noise")


def test_two_words_in_marks(tmp_path: Path) -> None:
    """Two words of content that one sentence alone has are a quotation; of two, they are none."""
    found = first(tmp_path, "Putin ‘regrets’ much, and the ‘invented delay’ most of all.")
    assert (found["sentences"], found["kinds"]) == ([5], ["partial"])
    assert not asked(tmp_path, "A ‘northern railway’ opened.\nIt rained.")["quotations"]


def test_selection_by_position() -> None:
    """A choice of sense is found; a habit of quoting the warm top of a text is not one."""
    values = np.r_[np.ones(10), np.zeros(20)]
    weights = np.zeros(30)
    weights[:6] = 1
    thirds = np.arange(30) * 3 // 30
    assert picked(values, weights, thirds).p == 1.0
    assert picked(values, weights, np.zeros(30, np.intp)).p < 0.01
    mixed = np.tile([1.0, 0.0], 15)
    chosen = np.where(mixed > 0, 1.0, 0.0)
    assert picked(mixed, chosen, thirds).p < 0.001
    with pytest.raises(ValueError, match="nothing"):
        picked(values, np.zeros(30), thirds)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terminal, page and JSON; hostile words stay words."""
    (tmp_path / "s.txt").write_text(STATEMENT, "utf-8")
    (tmp_path / "a.txt").write_text(
        "Outlet: <b>Herald\x1b[31m\n\nTalks\nRain.\n“China will not accept any toll on the river,”"
        " Putin said <script>alert(1)</script>.", "utf-8",
    )  # fmt: skip
    words = ["quotes", str(tmp_path / "s.txt"), str(tmp_path / "a.txt"), "--sender", "CHN"]
    words += ["--counterpart", "RUS", "--on", "2022-09-15", "--html", str(tmp_path / "p.html")]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "speaker swapped" in out
    assert "\x1b" not in out
    page = (tmp_path / "p.html").read_text("utf-8")
    assert "<b>Herald" not in page
    assert "<script>alert" not in page
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reversals"] == 1
    assert main(["quotes", str(tmp_path / "s.txt"), "--sender", "CHN"]) == 2


def _whole_table(unit: list[Token], own: list[Token], used: set[int]) -> float:
    """The best score of a local alignment, every cell of the table filled in."""
    score = np.zeros((len(unit) + 1, len(own) + 1))
    for i, a in enumerate(unit, 1):
        for j, b in enumerate(own, 1):
            if j - 1 not in used:
                worth = a.weight if a.key == b.key else -0.5 * max(a.weight, b.weight)
                above, before = score[i - 1, j] - 0.4 * a.weight, score[i, j - 1] - 0.4 * b.weight
                score[i, j] = max(0, score[i - 1, j - 1] + worth, above, before)
    return float(score.max())


_WORD = st.tuples(st.sampled_from("abcdef"), st.sampled_from([0.25, 1.0]))
_WORDS = st.lists(_WORD.map(lambda word: Token(word[0], word[0], 0, 1, word[1])), max_size=14)


@given(unit=_WORDS, own=_WORDS, used=st.sets(st.integers(0, 13), max_size=4))
@settings(max_examples=200, deadline=None)
def test_alignment_is_the_best_of_the_whole_table(
    unit: list[Token], own: list[Token], used: set[int]
) -> None:
    """What is left out of the table never holds the best, and the steps are worth its score."""
    worth = 0.0
    for i, j in local(unit, own, used):
        assert j not in used
        if i is None or j is None:
            worth -= 0.4 * (unit[i] if i is not None else own[j or 0]).weight
        elif unit[i].key == own[j].key:
            worth += unit[i].weight
        else:
            worth -= 0.5 * max(unit[i].weight, own[j].weight)
    assert worth == pytest.approx(_whole_table(unit, own, used))
