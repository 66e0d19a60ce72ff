"""Latent semantic scaling: words, sentences about one other state, polarity, and the answer.

All texts are invented.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

from invented import document, fill, months
from talleyrand import pipeline, second_reading, tokens
from talleyrand.cli import main
from talleyrand.dimensions import reading
from talleyrand.dimensions.mix import levelled
from talleyrand.directed import Text, directed
from talleyrand.inference import lss
from talleyrand.inference.second import agreement
from talleyrand.model import Dyad, Finding, Language, Outcome
from talleyrand.report import as_json, words
from talleyrand.store import open_store

WARM = [f"warm{i}" for i in range(12)]
COLD = [f"cold{i}" for i in range(12)]
PLAIN = [f"plain{i}" for i in range(24)]
DAY = date(2022, 3, 1)


def two_poles(count: int = 400) -> list[list[str]]:
    """Sentences of either pole's words, with words of neither in both."""
    random = Random(3)
    return [
        random.choices(WARM if i % 2 else COLD, k=4) + random.choices(PLAIN, k=3)
        for i in range(count)
    ]


def test_two_poles_are_recovered_from_half_of_their_words() -> None:
    """Words that are no seeds get the polarity of the company they keep."""
    found = lss.fit(two_poles(), WARM[:6], COLD[:6], dimensions=10)
    assert found
    value = {word: found.values[number] for word, number in found.words.items()}
    neither = [value[w] for w in PLAIN]
    assert min(value[w] for w in WARM[6:]) > 0.3 > max(neither)
    assert max(value[w] for w in COLD[6:]) < -0.3 < min(neither)


def test_the_polarity_is_that_of_the_formula() -> None:
    """Mean cosine to the warm seeds less that to the hostile ones, by a dense decomposition."""
    sentences = two_poles(120)
    vocabulary = lss.vocabulary(sentences, keep=frozenset())
    counted = lss.counts(sentences, vocabulary)
    seeds = ([vocabulary[w] for w in WARM[:5]], [vocabulary[w] for w in COLD[:5]])
    _, sizes, right = np.linalg.svd(counted.toarray())
    vectors = (right[:7] * sizes[:7, None]).T
    expected = []
    for vector in vectors:
        cosines = [
            [
                vector @ vectors[s] / np.linalg.norm(vector) / np.linalg.norm(vectors[s])
                for s in pole
            ]
            for pole in seeds
        ]
        expected.append(np.mean(cosines[0]) - np.mean(cosines[1]))
    assert lss.polarity(counted, *seeds, 7) == pytest.approx(expected, abs=1e-3)


def test_a_score_is_the_mean_polarity_of_the_words_by_frequency() -> None:
    """Standardised over the sentences learnt from; unknown words do not count."""
    found = lss.fit(two_poles(), WARM[:6], COLD[:6], dimensions=10)
    assert found
    value = {word: found.values[number] for word, number in found.words.items()}
    said = ["warm0", "warm0", "cold1", "never-seen"]
    expected = (2 * value["warm0"] + value["cold1"]) / 3
    assert lss.scores([said], found) == pytest.approx([(expected - found.centre) / found.spread])
    own = lss.scores(two_poles(), found)
    assert (own.mean(), own.std()) == pytest.approx((0, 1), abs=1e-9)


def test_the_same_texts_give_the_same_polarity() -> None:
    """Nothing is drawn at random."""
    one, two = (lss.fit(two_poles(), WARM[:6], COLD[:6]) for _ in range(2))
    assert one
    assert two
    assert one.words == two.words
    assert np.array_equal(one.values, two.values)


@pytest.mark.parametrize("sentences", [[], [[]], [["warm0", "cold0"]] * 3])
def test_nothing_is_learnt_from_next_to_nothing(sentences: list[list[str]]) -> None:
    """An empty corpus or one without the seeds has no polarity, and no error."""
    assert lss.fit(sentences, WARM, COLD) is None


def test_a_sentence_of_unknown_words_has_no_score() -> None:
    """Out of vocabulary is not neutral: it is missing."""
    found = lss.fit(two_poles(), WARM[:6], COLD[:6], dimensions=10)
    assert found
    assert np.isnan(lss.scores([["never", "seen", "before"], [], ["warm0", "warm1"]], found)).all()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "双方将深化合作，反对单边制裁。", ["双方", "深化", "合作", "反对", "单边制裁"]),
        ("ru", "Дружба и сотрудничества с партнёром", ["дружб", "сотрудничеств", "партнер"]),
        ("en", "We don’t condemn 3 friendly partners", ["condemn", "friend", "partner"]),
        ("en", "…!? 12 %", []),
    ],
)
def test_texts_are_cut_into_words(language: Language, text: str, expected: list[str]) -> None:
    """Chinese is segmented, English and Russian stemmed; grammar and figures go."""
    assert tokens.words(text, language) == expected


@pytest.mark.parametrize("language", tokens.LANGUAGES)
def test_seeds_are_two_short_lists_without_overlap(language: Language) -> None:
    """Ten to twenty words a pole, each one word of the scale and on one side only."""
    seeds = tokens.seeds(language)
    assert all(10 <= len(pole) <= 20 for pole in seeds.listed)
    assert not set(seeds.warm) & set(seeds.hostile)
    for listed, pole in zip(seeds.listed, (seeds.warm, seeds.hostile), strict=True):
        assert len(pole) == len(listed)
        assert [w for word in listed for w in tokens.words(word, language)] == list(pole)
    assert seeds.reason


def english(text: str, **changes: object) -> Text:
    whole = ((0, len(text)),)
    base = Text("1", text, "en", DAY, "USA", (), "press_conference", whole)
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_sentence_belongs_to_the_one_other_state_it_names() -> None:
    """Two names or none leave it out; the names themselves are no words of it."""
    text = english(
        "We trust France. Germany blames Italy badly. Nothing else. America trusts Japan."
    )
    found = [(one.target, one.words) for one in directed(text)]
    assert found == [("FRA", ("trust",)), ("JPN", ("trust",))]
    assert len(list(directed(text, others=True))) == 4


def test_in_a_read_out_a_sentence_without_a_name_is_about_the_counterpart() -> None:
    """But one that names a third state is about that state."""
    text = english(
        "They praised their ties. France was condemned.", kind="call", counterparts=("JPN",)
    )
    assert [one.target for one in directed(text)] == ["JPN", "FRA"]


def test_only_the_senders_passages_are_read() -> None:
    """A question's wording is never the ministry's."""
    text = english("Does France lie? We trust Japan.", spans=((17, 32),))
    assert [one.target for one in directed(text)] == ["JPN"]


def speech(i: int) -> str:
    """An invented statement about France that is warm until 2022-09 and hostile afterwards."""
    random = Random(i)
    warm = ["cooperation", "friendship", "partnership", "trust", "goodwill", "solidarity",
            "harmony", "dialogue", "music", "bread"]  # fmt: skip
    cold = ["condemn", "sanctions", "threat", "provocation", "coercion", "aggression", "reject",
            "accuse", "smoke", "thunder"]  # fmt: skip
    ours, theirs = (warm, cold) if i < 120 else (cold, warm)
    near = " ".join(random.sample(ours, 5))
    far = " ".join(random.sample(theirs, 5))
    return f"About France {near}. About Japan {far}."


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "invented.duckdb"
    rows, passages = [], []
    for i in range(240):
        day = months(24)[i // 10]
        text = speech(i)
        base = document(day, i, text=text, language="en", sender="USA", counterparts=[])
        rows.append({**base, "kind": "other", "source": "whitehouse", "length": len(text)})
        part = {"row": i, "ordinal": 0, "start_at": 0, "end_at": len(text)}
        passages.append({**part, "speaker": "x", "state": "USA"})
    with open_store(path) as opened:
        fill(opened, documents=rows, passages=passages)
    return path


def test_a_store_is_read_a_second_time_and_assess_tells(store: Path) -> None:
    """From texts to the answer: a turn in what is said of one state, and the other way round."""
    with open_store(store) as opened:
        before = pipeline.assess(opened, "USA", "FRA", "2022-09-01")
        made = second_reading.build(opened, workers=1, fewest=100, dimensions=8)
        again = second_reading.build(opened, workers=1, fewest=100, dimensions=8)
        after = pipeline.assess(opened, "USA", "FRA", "2022-09-01")
        other = pipeline.assess(opened, "USA", "JPN", "2022-09-01")
    assert before.judged[0].second
    assert "reading --build" in before.judged[0].second.series.note
    assert made == again
    assert {one.language: one.rows for one in made} == {"en": 480, "zh": 0, "ru": 0}
    found, mirrored = after.judged[0].second, other.judged[0].second
    assert found
    assert mirrored
    assert (found.finding.outcome, found.finding.direction) == (Outcome.SHIFT, "further")
    assert (mirrored.finding.outcome, mirrored.finding.direction) == (Outcome.SHIFT, "closer")
    assert found.agreement == "cannot tell"  # there are no codes to set it against
    told = as_json.assessment_to_dict(after)["dimensions"]
    assert told[0]["second_reading"].keys() >= {
        *("change", "interval", "outcome", "direction", "unit", "agreement", "margin", "evidence"),
    }
    assert told[1]["second_reading"] is None
    assert "SHIFT further" in (words.second_words(after.judged[0]) or "")


def test_few_texts_have_no_reading_and_say_so(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word vectors from a handful of sentences would be noise."""
    assert main(["reading", "--build", "--store", str(store), "--workers", "1"]) == 0
    assert "en: no reading (480 sentences, fewer than the 2000 it needs)" in capsys.readouterr().out


def test_a_reading_older_than_the_texts_says_so(store: Path) -> None:
    """New texts change the scale, so the figures must be made anew."""
    with open_store(store) as opened:
        second_reading.build(opened, workers=1, fewest=100, dimensions=8)
        fill(opened, documents=[document(DAY, 900)])
        series = reading.measure(opened, Dyad("USA", "FRA"), DAY, 12)
    assert "older than the last ingest" in series.note
    assert len(series)


def test_a_change_of_the_mix_alone_is_no_change_of_the_level() -> None:
    """Harsh texts stay harsh and mild ones mild; only how many there are changes."""
    weights = np.array([[9.0, 1.0]] * 6 + [[1.0, 9.0]] * 6)
    values, behind, _ = levelled(weights * np.array([1.0, -1.0]), weights)
    assert np.ptp(values) < 0.05
    assert behind == pytest.approx(np.full(12, 10.5))


def finding(outcome: Outcome, low: float, high: float) -> Finding:
    return Finding(outcome, None, (low + high) / 2, (low, high), 0.2, 0.5, 0.5, 9, 9, "invented")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("STEADY", -0.1, 0.1), ("STEADY", 0.01, 0.1), "agrees"),
        (("SHIFT", 0.5, 1.0), ("SHIFT", 0.1, 1.0), "agrees"),
        (("SHIFT", 0.5, 1.0), ("UNCLEAR", 0.1, 1.0), "agrees"),
        (("SHIFT", 0.5, 1.0), ("SHIFT", -1.0, -0.1), "disagrees"),
        (("UNCLEAR", 0.5, 1.0), ("UNCLEAR", -1.0, -0.1), "disagrees"),
        (("SHIFT", 0.5, 1.0), ("STEADY", -0.1, 0.1), "disagrees"),
        (("STEADY", -0.1, 0.1), ("SHIFT", 0.5, 1.0), "disagrees"),
        (("SHIFT", 0.5, 1.0), ("UNCLEAR", -0.1, 1.0), "cannot tell"),
        (("UNCLEAR", -0.5, 1.0), ("STEADY", -0.1, 0.1), "cannot tell"),
    ],
)
def test_readings_are_set_against_each_other(
    first: tuple[str, float, float], second: tuple[str, float, float], expected: str
) -> None:
    """Opposite signs, or a shift against a steady level, are a disagreement."""
    one, two = (finding(Outcome(o), low, high) for o, low, high in (first, second))
    assert agreement(one, two) == expected


def test_common_words_are_left_out_unless_they_are_seeds() -> None:
    """What stands in every sentence says nothing."""
    sentences = [["the", "seed", f"w{i % 7}"] for i in range(70)]
    assert Counter(lss.vocabulary(sentences, keep=frozenset({"seed"}))).keys() == {
        "seed", *(f"w{i}" for i in range(7)),
    }  # fmt: skip
