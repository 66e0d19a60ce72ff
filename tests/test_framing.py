"""The trained coder of headlines, on invented sentences, and shares corrected for its errors."""

import numpy as np
import pytest

from talleyrand import framing_rows
from talleyrand.errors import TalleyrandError
from talleyrand.framing import coder as model
from talleyrand.framing import corpus, invented, network, optimise
from talleyrand.framing.coder import coder
from talleyrand.framing.tokens import ONE, OTHER, sentence
from talleyrand.inference.misclassified import corrected, share, slope, worth

TONE = np.array([0.0, 1.0, -1.0])


def judged(title: str, named: list[tuple[str, str]], language: str = "en") -> framing_rows.Judged:
    places = [(title.index(word), title.index(word) + len(word), iso3) for word, iso3 in named]
    return framing_rows.judged([framing_rows.prepared(title, "", language, places)])[0]


@pytest.mark.parametrize(
    ("title", "acts"),
    [
        ("China accuses Japan of provocation", ["CHN>JPN-"]),
        pytest.param(
            "Japan condemned by China over islands",
            ["CHN>JPN-"],
            marks=pytest.mark.xfail(reason="the coder often turns passives round"),
        ),
        ("China praises Japan for its help after quake", ["CHN>JPN+"]),
        ("China and Japan sign trade deal, pledge cooperation", ["CHN>JPN+"]),
        ("Weather: rain in China, sun in Japan", ["CHN>JPN0"]),
    ],
)
def test_who_acts_on_whom(title: str, acts: list[str]) -> None:
    """Verbs of plain direction, active and passive (invented headlines)."""
    found = judged(title, [("China", "CHN"), ("Japan", "JPN")])
    assert list(found.acts) == acts
    expected = {"0": 0, "+": 1, "-": -1}[acts[0][-1]]
    assert found.tones["CHN-JPN"] == expected


def test_a_list_of_states_tells_of_no_pair() -> None:
    """Six states in a title are a list; phrases may still speak, the coder does not."""
    words = ["China", "Japan", "India", "France", "Italy", "Spain"]
    assert judged(", ".join(words), [(w, w[:3].upper()) for w in words]).acts == ()


def test_other_languages_keep_to_phrases() -> None:
    """The coder learned from English."""
    assert judged("中国谴责日本", [("中国", "CHN"), ("日本", "JPN")], "zh").acts == ()


def test_signs_that_mark_the_parties_cannot_come_from_outside() -> None:
    """Control characters in a title stay text."""
    told = sentence(f"{OTHER}A{ONE} hits B{OTHER}", (1, 2), (9, 10))
    assert told.words.count(ONE) == told.words.count(OTHER) == 1


def test_long_sentences_are_cut_around_the_parties() -> None:
    """What stands far from both parties is left out."""
    text = "word " * 500 + "Arden" + " gap" * 500 + " Belmar" + " end" * 500
    one, other = text.index("Arden"), text.index("Belmar")
    told = sentence(text, (one, one + 5), (other, other + 6))
    assert len(told.words) <= 64
    assert told.words[told.one] == ONE
    assert told.words[told.other] == OTHER


def test_probabilities_sum_to_one_and_do_not_depend_on_the_batch() -> None:
    """A sentence alone scores as among others."""
    told = [t for t, _ in invented.headlines(40, seed=1)]
    together = coder().chances(told)
    alone = np.concatenate([coder().chances([one]) for one in told])
    assert together.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert together == pytest.approx(alone, abs=1e-4)
    assert coder().chances([]).shape == (0, 5)


def test_a_network_learns_direction() -> None:
    """Fitted on invented headlines it tells other invented headlines apart far above chance."""
    made = invented.headlines(900, seed=2)
    words = {word for told, _ in made for word in told.words} - set(network.SPECIAL)
    vocabulary = {word: row for row, word in enumerate([*network.SPECIAL, *sorted(words)])}
    vectors = np.random.default_rng(0).normal(size=(len(vocabulary), 20)).astype(np.float32)
    read = network.batch([told for told, _ in made], vocabulary)
    labels = np.array([label for _, label in made], np.int32)
    how = optimise.Settings(features=48, rounds=14, rate=5e-3)
    count = np.ones(600, np.float32)
    rows = np.arange(900)
    fitted = optimise.fit(read.take(rows[:600]), labels[:600], count, vectors, how, seed=1)
    scored = network.scores(fitted, vectors, read.take(rows[600:]))
    found = network.chances(scored, network.SENTENCES).argmax(axis=1)
    assert (found == labels[600:]).mean() > 0.6


def test_sentences_that_recur_are_read_once(tmp_path: object) -> None:
    """And those of another part not at all."""
    path = tmp_path / "part.txt"  # type: ignore[operator]
    line = "[Arden] hit [Belmar].\tArden\tBelmar\t3\n"
    path.write_text(line * 2 + line.replace("hit", "hugs").replace("3", "1"), "utf-8")
    assert [s.label for s in corpus.read(path)] == [3, 1]
    assert [s.label for s in corpus.read(path, {"[Arden] hit [Belmar]."})] == [1]


def test_shares_are_corrected_for_a_coder_that_errs() -> None:
    """Simulated: the corrected tone is right on average, and its error is what it varies by."""
    draw = np.random.default_rng(3)
    rates = np.array([[0.7, 0.15, 0.15], [0.3, 0.6, 0.1], [0.25, 0.05, 0.7]])
    true = np.array([0.3, 0.2, 0.5])
    found = []
    for _ in range(400):
        confusion = np.array([draw.multinomial(300, row) for row in rates], float)
        found.append(corrected(draw.multinomial(500, true @ rates).astype(float), confusion, TONE))
    values, errors = np.array(found).T
    assert values.mean() == pytest.approx(-0.3, abs=0.015)
    assert errors.mean() == pytest.approx(values.std(), rel=0.12)


def test_a_coder_that_tells_nothing_apart_is_refused() -> None:
    """No correction can be made of it."""
    with pytest.raises(TalleyrandError, match="tells no classes apart"):
        worth(np.full((3, 3), 10.0), TONE)


def test_the_likeliest_tone_goes_before_the_likeliest_label() -> None:
    """Cold in both directions together outweighs neutral."""
    chances = np.array([[0.4, 0.0, 0.0, 0.35, 0.25], [0.2, 0.1, 0.5, 0.1, 0.1]], np.float32)
    assert model.labels(chances).tolist() == [3, 2]
    assert model.tones(chances) == pytest.approx([-0.6, 0.4], abs=1e-6)


def test_layers_are_learned_apart() -> None:
    """The same sentences with other labels in the other layer (invented)."""
    made = invented.headlines(300, seed=3)
    words = {word for told, _ in made for word in told.words} - set(network.SPECIAL)
    vocabulary = {word: row for row, word in enumerate([*network.SPECIAL, *sorted(words)])}
    vectors = np.random.default_rng(0).normal(size=(len(vocabulary), 10)).astype(np.float32)
    read = network.batch([told for told, _ in made] * 2, vocabulary)
    labels = np.array([0] * 300 + [3 + network.CLASSES] * 300, np.int32)
    how = optimise.Settings(features=16, rounds=4, rate=5e-3)
    fitted = optimise.fit(read, labels, np.ones(600, np.float32), vectors, how, seed=1)
    scored = network.scores(fitted, vectors, read)
    assert (network.chances(scored, network.SENTENCES).argmax(axis=1) == 0).all()
    assert (network.chances(scored, network.HEADLINES).argmax(axis=1) == 3).all()


def test_a_change_not_in_proportion_is_told_whole() -> None:
    """Simulated: neutral turns to cooling; the slope tells less of it, the confusion all."""
    confusion = np.array([[27.0, 13.0, 28.0], [0.0, 30.0, 13.0], [10.0, 16.0, 81.0]])
    rates = confusion / confusion.sum(axis=1, keepdims=True)
    before, after = np.array([0.4, 0.2, 0.4]), np.array([0.25, 0.2, 0.55])
    coded = (after - before) @ rates
    assert coded @ worth(confusion, TONE) == pytest.approx(-0.15)
    assert coded @ TONE / slope(confusion, TONE) == pytest.approx(-0.12, abs=0.01)


def test_a_share_keeps_within_none_and_all() -> None:
    """Wilson's interval of none and of all of ten."""
    assert share(0, 10) == pytest.approx((0.0, 0.0, 0.278), abs=0.001)
    assert share(10, 10) == pytest.approx((1.0, 0.722, 1.0), abs=0.001)
