"""Finding phrases: offsets, boundaries, longest first."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talleyrand.alphabet import Alphabet
from talleyrand.matcher import Matcher, alphabet_of, normalise

LETTER = "[0-9a-z\u00df-\u02af\u0370-\u052f\u1e00-\u1fff]"
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
CHARACTERS = (
    "aAbBzеЁё北京俄 \n\u00a0-'’\"«»éİΣςσ１Ａ\u0482\u0e01\ud800\U0001f600\U00020000\U00010400"
)


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


def naive(patterns: list[str], text: str) -> set[tuple[int, int, int]]:
    """All phrases, tried one by one at every place of the folded text."""
    folded, found = normalise(text), set()
    for index, pattern in enumerate(map(normalise, patterns)):
        head, *gap = pattern.strip().split(" ** ", 1)
        tails = "|".join(expression(tail) for rest in gap for tail in rest.split("|"))
        form = re.compile(expression(head) + (f"(?= +{BETWEEN}(?:{tails}))" if gap else ""))
        for hit in (form.match(folded, place) for place in range(len(folded))):
            if hit and not (joins(folded, hit.start() - 1) and joins(folded, hit.start())):
                found.add((index, *hit.span()))
    return found


BETWEEN = r"(?:(?:u\.s\.|[^ ]{0,40}[^ .;:!?]) +){0,6}?"


def expression(phrase: str) -> str:
    """A phrase without a gap, with where it must end."""
    words = [f"{LETTER}*".join(map(re.escape, w.split("*"))) for w in phrase.split()]
    last = phrase.rstrip()[-1]
    free = last == "*" or IDEOGRAPH.match(last) or not last.isalnum()
    return " +".join(words) + ("" if free else f"(?!{LETTER})")


def joins(text: str, place: int) -> bool:
    """Can the character at a place stand inside a spaced word?"""
    return place >= 0 and text[place].isalnum() and not IDEOGRAPH.match(text[place])


PHRASE = st.text(alphabet=CHARACTERS + "*", min_size=1, max_size=5)
MANY = "".join(map(chr, range(0x4E00, 0x4F20)))  # makes codes two bytes wide


@example(patterns=["a b"], text="a \n b a  b", wide=False)
@example(patterns=["'a", "a'b"], text="'a a'b xa'b", wide=True)
@example(patterns=["\U0001f600", "a\U0001f600"], text="\U0001f601\U0001f600", wide=False)
@example(patterns=["Σ", "σς"], text="ΑΣ Σς", wide=False)
@given(st.lists(PHRASE, min_size=1, max_size=6), st.text(CHARACTERS, max_size=40), st.booleans())
def test_the_hits_are_those_of_the_naive_method(patterns: list[str], text: str, wide: bool) -> None:
    """Codes and automaton change nothing: the same phrases at the same places."""
    sound = [p for p in patterns if p.split("*")[0].strip() and p.split()[0][0] != "*"]
    matcher = Matcher([*sound, MANY] if wide else sound)
    assert set(matcher.find(text, overlapping=True)) == naive(sound, text)
    assert matcher.any_in(text) == bool(naive(sound, text))
    kept = matcher.find(text)
    assert all(one[2] <= other[1] for one, other in pairwise(kept))


WORDS = st.sampled_from(
    ["a", "ab", "abcdef", "ba", "a's", "x-a", "a1", "é", "c²", "ва", "вар", "u.s."]
)
STEMS = st.builds(lambda word, star: word + star, WORDS, st.sampled_from(["", "*"]))
HEADS = st.lists(STEMS, min_size=1, max_size=4).map(" ".join)
GAPS = st.lists(HEADS, max_size=2).map(lambda tails: " ** " + "|".join(tails) if tails else "")
BREAKS = st.sampled_from([" ", " ", "  ", "\n", ". ", "; ", "-", " («", "÷", "ʻ", ""])


@example(["a* abcdef"], "x-ab abcdef a abcdef ba abcdef")
@example(["a* b* abcdef*", "b* abcdef ** a|b"], "a ba abcdefs; ab b abcdef x a. b abcdef. a")
@example(["a* ² abcdef", "abcdef"], "a ² abcdef c²abcdef abcdef²")
@given(
    st.lists(st.builds(str.__add__, HEADS, GAPS), min_size=1, max_size=6),
    st.lists(st.builds(str.__add__, WORDS, BREAKS), max_size=25).map("".join),
)
def test_phrases_of_several_stems_are_those_of_the_naive_method(
    patterns: list[str], text: str
) -> None:
    """Whichever part of a phrase is sought, it is found where all of it stands."""
    assert set(Matcher(patterns).find(text, overlapping=True)) == naive(patterns, text)


@given(st.text(CHARACTERS, max_size=30), st.sampled_from(["ab", "北京", MANY]))
def test_every_character_has_one_code(text: str, known: str) -> None:
    """Codes are of one width, so that an offset in them is an offset in the text."""
    alphabet = Alphabet(known)
    assert len(alphabet.code(text)) == alphabet.width * len(text)


def test_an_alphabet_that_lacks_a_character_is_refused() -> None:
    """Its codes would take one character for another."""
    shared = alphabet_of(["peace", "talks"])
    assert Matcher(["peace talks"], shared).any_in("Peace talks", shared.code("Peace talks"))
    with pytest.raises(ValueError, match="lacks"):
        Matcher(["war"], shared).find("war")
