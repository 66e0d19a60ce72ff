"""Framing of headlines: phrases, denial, and whose relation a phrase tells of."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand import frames
from talleyrand.frames import FramePhrases, Named, Tone

BLOCKS = list(chain.from_iterable(frames.phrases(language) for language in frames.LANGUAGES))
TONES: dict[str, Tone] = {"warming": 1, "cooling": -1}
BENCHMARK = Path(__file__).parents[1].parent / "shared/data/benchmarks/directed_sentiment/dataset"


def named(text: str, **states: str) -> list[Named]:
    """Where each word for a state stands in a text."""
    found = [
        (start, start + len(word), iso3)
        for iso3, word in states.items()
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return sorted(found)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: f"{b.frame}:{b.patterns[0]}")
def test_each_block_finds_its_example_and_not_its_counterexample(block: FramePhrases) -> None:
    """The example of a frame has its tone; the counterexample has none of its phrases."""
    if block.frame in TONES:
        assert frames.frame(block.example).tone == TONES[block.frame]
        assert frames.frame(block.counterexample).tone == 0


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: f"{b.frame}:{b.patterns[0]}")
def test_no_phrase_is_listed_twice(block: FramePhrases) -> None:
    """A wording belongs to one block, once."""
    everywhere = [pattern for other in BLOCKS for pattern in other.patterns]
    assert [p for p in block.patterns if everywhere.count(p) > 1] == []


@pytest.mark.parametrize(
    ("title", "lead", "tone"),
    [
        ("No sign of a rift between Arden and Belmar", "", 1),
        ("Arden stops short of backing Belmar", "", -1),
        ("Arden refuses to condemn Belmar", "", 1),
        ("Arden, not for the first time, condemns Belmar", "", -1),
        ("Arden trades on despite tensions with Belmar", "", 0),
        ("Arden praises Belmar", "It condemned it before.", 1),
        ("Arden meets Belmar", "It condemned it before.", -1),
        ("Arden praises Belmar, condemns its war", "", 0),
        ("", "", 0),
        ("Между Арденом и Бельмаром нет разногласий", "", 1),
        ("甲乙两国没有分歧", "", 1),
        ("甲国不支持乙国", "", -1),
    ],
)
def test_denial_and_weight(title: str, lead: str, tone: Tone) -> None:
    """Denial turns a phrase in its own clause, despite voids it, the title counts double."""
    assert frames.frame(title, lead).tone == tone


@pytest.mark.parametrize(
    ("title", "tones"),
    [
        ("Arden warns Belmar over support for Corria", {("ARD", "BEL"): -1, ("BEL", "COR"): 1}),
        ("Arden and Belmar hold joint drills", {("ARD", "BEL"): 1}),
        ("The West warns Arden", {}),
        ("Arden hails Arden's ties with Belmar", {("ARD", "BEL"): 1}),
        ("NATO condemns Arden and Belmar", {}),
        ("Arden is quiet. Belmar praises Corria", {("BEL", "COR"): 1}),
        ("A rift opens over gas. Arden shivers while Belmar waits", {("ARD", "BEL"): -1}),
    ],
)
def test_a_phrase_belongs_to_the_states_beside_it(
    title: str, tones: dict[tuple[str, ...], Tone]
) -> None:
    """The nearest state on either side, a body that is no state standing in the way."""
    places = named(title, ARD="Arden", BEL="Belmar", COR="Corria")
    assert frames.frame(title, "", places).by_pair() == tones


def test_a_state_that_only_names_a_topic_is_no_party() -> None:
    """In "the Ukraine war" Ukraine is what the quarrel is about, not who quarrels."""
    title = "Arden defends its Ukraine war record, hails Belmar"
    places = named(title, ARD="Arden", BEL="Belmar", UKR="Ukraine")
    assert frames.frame(title, "", places).between("BEL", "ARD") == 1
    assert frames.frame(title, "", places).between("ARD", "UKR") == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_tone_and_true_offsets(title: str, lead: str) -> None:
    """No text breaks the coder; hits lie inside the text, in order, double in the title."""
    found = frames.frame(title, lead)
    assert found.tone in (-1, 0, 1)
    assert all(0 <= hit.start < hit.end <= len(title) + 1 + len(lead) for hit in found.hits)
    assert all(hit.weight == (2 if hit.start < len(title) else 1) for hit in found.hits)


def test_many_headlines_are_coded_in_order() -> None:
    """One tone a headline, as by one."""
    titles = ["Arden praises Belmar", "Arden meets Belmar", "Arden snubs Belmar"]
    assert frames.tones(titles, ["", "", ""]) == [1, 0, -1]


def test_the_coder_is_better_than_the_majority_on_sentences_by_others() -> None:
    """Macro-F1 on the directed sentiment test set, labels collapsed, is twice the majority's."""
    path = BENCHMARK / "test.txt"
    if not path.exists():
        pytest.skip("the public benchmarks are not beside the project (../shared)")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    truth = [(0, 1, 1, -1, -1)[int(row[3])] for row in rows]
    coded = frames.tones([row[0].translate({91: "", 93: ""}) for row in rows], [""] * len(rows))
    assert _macro_f1(truth, list(coded)) > 0.52 > 1.9 * _macro_f1(truth, [0] * len(rows))


def _macro_f1(truth: list[int], coded: list[int]) -> float:
    scores = []
    for tone in (-1, 0, 1):
        right = sum(t == c == tone for t, c in zip(truth, coded, strict=True))
        scores.append(2 * right / (truth.count(tone) + coded.count(tone)))
    return sum(scores) / 3
