"""Finding phrases: offsets, boundaries, longest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talleyrand.matcher import Matcher, normalise


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("cold war", "the Cold  War mentality", ["Cold  War"]),
        ("cold war", "a cold warning", []),
        ("war", "prewar and war", ["war"]),
        ("war", "softwar war", ["war"]),
        (
            "специальн* военн* операц*",
            "о Специальной военной операции.",
            ["Специальной военной операции"],
        ),
        ("中俄", "发展中俄关系", ["中俄"]),
        ("nato", "北约NATO扩张", ["NATO"]),
        ("china's", "China\u2019s view", ["China\u2019s"]),
        ("все ещё", "Все еще", ["Все еще"]),
        ("straße", "İ STRASSE Straße", ["Straße"]),
    ],
)
def test_a_phrase_is_found_whole_with_its_offsets(
    pattern: str, text: str, found: list[str]
) -> None:
    """Case, quotes and spacing do not matter; a word inside a word does not count."""
    assert [text[start:end] for _, start, end in Matcher([pattern]).find(text)] == found


def test_the_longest_phrase_wins() -> None:
    """A phrase inside a longer one that also matches is not counted again."""
    matcher = Matcher(["合作伙伴", "战略合作伙伴关系", "关系"])
    assert matcher.find("全面战略合作伙伴关系和关系") == [(1, 2, 10), (2, 11, 13)]


def test_all_phrases_are_given_when_asked() -> None:
    """Overlapping hits are kept on request."""
    assert len(Matcher(["friend", "best friend"]).find("my best friend", overlapping=True)) == 2


def test_a_phrase_without_a_beginning_is_refused() -> None:
    """A pattern that begins with a star would match everywhere."""
    with pytest.raises(ValueError, match="must begin"):
        Matcher(["*war"])


@given(st.text())
def test_folding_never_moves_an_offset(text: str) -> None:
    """Normalising keeps the number of characters, whatever the text."""
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="ab \n\u00a0北", max_size=40))
def test_every_hit_reads_as_its_pattern(text: str) -> None:
    """The slice at a hit's offsets folds to the pattern itself."""
    patterns = ["a", "ab", "北", "b a"]
    for index, start, end in Matcher(patterns).find(text):
        assert " ".join(normalise(text[start:end]).split()) == patterns[index]


def test_two_stars_leave_room_for_other_words() -> None:
    """Up to six words of the same sentence; found is what stands before them."""
    matcher = Matcher(["deepen* ** cooperation"])
    text = "They deepened their trade and U.S. cooperation."
    assert [text[start:end] for _, start, end in matcher.find(text)] == ["deepened"]
    assert not matcher.find("They deepened it. Now cooperation rests.")
    assert not matcher.find("Deepen a b c d e f g cooperation.")
