"""What holds for the passages of any text at all."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand.attribution import passages
from talleyrand.attribution.sentences import sentences
from talleyrand.model import Kind, Language

LANGUAGES = get_args(Language)
WORDS = [
    "习近平指出，",
    "普京表示，",
    "双方一致认为",
    "中方愿",
    "问：",
    "答：",
    "毛宁：",
    "新华社记者：",
    "。",
    "；",
    "”",
    "“",
    "（记者：",
    "）",
    "\n",
    "\n\n",
    " ",
    "  \n",
    "Q    ",
    "MS. OAKLEY:  ",
    "THE PRESIDENT: ",
    "President Putin said ",
    "The two leaders agreed ",
    "U.S. ",
    "Mr. ",
    '"We plant," said he. ',
    "Vladimir Putin: ",
    "President of Russia Vladimir Putin : ",
    ". ",
    ": ",
    "? ",
    "***",
    "<!--",
    "В.Путин: ",
    "Вопрос: ",
    "Обсуждены ",
    "Смотрите также ",
    "1 марта 2025 года ",
    "Статус материала Опубликован",
    "г. ",
    "т.е. ",
    "«Сад» ",
    "会见俄罗斯总统普京",
    "俄罗斯国防部23日称",
    "\u3000",
    "\xa0",
    "\u2028",
    "\u0000",
    "İ",
    "ß",
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map("".join))


@given(
    text=texts,
    language=st.sampled_from(LANGUAGES),
    kind=st.sampled_from(list(Kind)),
    counterparts=st.sampled_from([(), ("RUS",), ("RUS", "KAZ")]),
)
@settings(max_examples=300, deadline=None)
def test_passages_tile_the_text(
    text: str, language: Language, kind: Kind, counterparts: tuple[str, ...]
) -> None:
    """In order, without overlap, with nothing but white space between them."""
    found = passages(text, language=language, sender="CHN", counterparts=counterparts, kind=kind)
    place = 0
    for passage in found:
        assert place <= passage.start < passage.end <= len(text)
        assert not text[place : passage.start].strip()
        place = passage.end
    assert not text[place:].strip()


@given(text=texts, language=st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_neighbours_have_different_speakers(text: str, language: Language) -> None:
    """A passage is the longest run of one speaker."""
    found = passages(text, language=language, sender="CHN")
    pairs = pairwise(found)
    assert all((a.state, a.speaker) != (b.state, b.speaker) for a, b in pairs)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("他说：“很好。”然后走了！真的？是；对。", "zh", 5),
        ("Mr. Oak of the U.S. Navy came. He left the U.S. The end.", "en", 3),
        ('"We plant. We water," he said. Good.', "en", 2),
        ("В 2022 г. Сад вырос, т.е. зазеленел. Хорошо.", "ru", 2),
        ("Joseph R. Biden spoke at 3.30 p.m. today.\nDone", "en", 2),
        ("", "en", 0),
        (" \n ", "zh", 0),
    ],
)
def test_sentences_know_abbreviations_and_quotes(
    text: str, language: Language, expected: int
) -> None:
    """Neither Mr. nor U.S. nor т.е. ends a sentence."""
    assert len(sentences(text, language)) == expected


def test_wrapped_lines_do_not_end_a_sentence() -> None:
    """A text broken for width has its paragraphs between blank lines."""
    text = (
        "The orchards of the whole country have been watered by many patient\n" * 4 + "men.\n\nYes."
    )
    assert len(sentences(text, "en")) == 2
