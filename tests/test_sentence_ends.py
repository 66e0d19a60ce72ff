"""Where a sentence ends is looked up, and is what the expression finds in the stretch."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand.sentence_ends import sentence_around, sentence_ends

END = re.compile(
    r"[。！？；\n]|[.!?;](?=[\s\"'”’)\]]|$)"
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bJr\.)(?<!U\.S\.)(?<!U\.N\.)"
)
PIECES = ("Mr.", "U.S.", "Dr", ".", "!", "。", "\n", " ", '."', "a", "peace", "和平", "v1.2", ";")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=500)
@given(TEXTS, st.integers(0, 60), st.integers(0, 9), st.integers(1, 20))
def test_around_is_as_sought(text: str, start: int, length: int, reach: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    low = max(0, start - reach)
    low = max([low, *(found.end() for found in END.finditer(text, low, start))])
    after = END.search(text, end, end + reach)
    high = after.start() if after else end + reach
    assert sentence_around(text, start, end, reach) == (low, high)
    assert sentence_ends(text) == tuple(found.end() for found in END.finditer(text))
