"""What is looked at before a slow expression is asked never changes its answer."""

import re
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand import aim_english, cues
from talleyrand.attribution import chinese_words, press

WORDS = (
    *("so-called", "So called", "self-\u017ftyled", "what", "some", "cr\u0131tics", "cla\u0130m"),
    *("claims", "SAY", "said", "argue", "alleged", "media", "we", "describe as", "falsely", "the"),
    *("well-armed", "(of", "of", "Of", "with", "its", "supporting", "neighbouring", "people"),
    *("MS. PSAKI:", "THE PRESIDENT:", "Q:", "Iran:", "McDONOUGH (ph):", "MR. X*:", "A I:", "."),
)
SPACES = (" ", " ", " ", "\n", "\u00a0", "")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), max_size=12).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


def _fails(parsed: Any) -> bool:
    """Can an expression match nowhere but at the beginning?"""
    for name, value in ((str(name), value) for name, value in parsed):
        if name == "FAILURE" or (name == "ASSERT_NOT" and not len(value[1])):
            return True
        if name == "AT" and str(value) == "AT_BEGINNING":
            return True
        if name == "SUBPATTERN" and _fails(value[3]):
            return True
        if name == "BRANCH" and all(map(_fails, value[1])):
            return True
        if name.endswith("_REPEAT") and value[0] and _fails(value[2]):
            return True
    return False


@pytest.mark.parametrize(
    ("form", "hints"),
    [
        (cues._OTHERS["en"], cues._OTHERS_HINTS["en"]),
        (cues._OTHERS["zh"], cues._OTHERS_HINTS["zh"]),
        (chinese_words.FRAME, chinese_words.FRAME_HINTS),
    ],
    ids=["others_en", "others_zh", "frame_zh"],
)
def test_expressions_match_nothing_without_their_hints(
    form: re.Pattern[str], hints: tuple[str, ...]
) -> None:
    """Each way to match holds a hint: with these made impossible no way is left."""
    without = re.sub("|".join(map(re.escape, hints)), "(?!)", form.pattern)
    assert _fails(parser.parse(without, form.flags))
    assert not _fails(parser.parse(form.pattern, form.flags))


@settings(max_examples=500)
@given(TEXTS)
def test_others_speech_is_found_as_by_the_expression(before: str) -> None:
    text = before[-90:] + "war"
    start = len(text) - 3
    plain = bool(cues._OTHERS["en"].search(text[:start]))
    assert cues.is_others(text, start, len(text), "en") == plain


@settings(max_examples=500)
@given(TEXTS)
def test_denial_is_hinted_at_as_by_the_expression(before: str) -> None:
    if cues._EN_HINT.search(before):
        assert cues._holds_any(cues._EN_HINTS, before)


@settings(max_examples=500)
@given(TEXTS)
def test_no_label_in_capitals_is_passed_over(text: str) -> None:
    for mark in press._MARK.finditer(text):
        start = max(0, mark.start() - press._CAPITALS_REACH)
        match = press._CAPITALS.search(text, start, mark.end())
        if match and press._in_capitals(" ".join(match.group(1).split())):
            assert press._may_be_capitals(text[start : mark.start()])


@settings(max_examples=500)
@given(TEXTS)
def test_governing_words_are_found_as_by_one_expression(before: str) -> None:
    governs = aim_english._GOVERNED.pattern.removesuffix("$")
    between = aim_english._BETWEEN.pattern.removesuffix("$")
    most = aim_english._MOST_BETWEEN
    whole = re.compile(rf"{governs}\s+(?:{between}\s+){{0,{most}}}$", re.I)
    found = whole.search(before)
    assert aim_english._governing(before) == (found[1].lower() if found else "")
