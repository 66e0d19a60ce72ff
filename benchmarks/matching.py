"""How fast the codebook's phrases are found, beside other ways of finding them, in one run.

    python benchmarks/matching.py store.duckdb   texts of a store of your own
    python benchmarks/matching.py                generated text, where there is no store

The competitors are an optional extra: python -m pip install '.[bench]'. What is not installed is
left out and said. Same codebook, same texts, one core; MB are bytes of the texts as given, in
UTF-8; time is that of the processor, the best of a few runs, so that other work on the machine
counts less (it still shares the caches: compare ratios, and runs on one machine only).

Three sorts of result are compared with their like: *raw* hits of the phrases' literal beginnings
(wherever they stand, overlapping), *whole* phrases (stems, word boundaries), and codes.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from talleyrand import codebook
from talleyrand.coding import code
from talleyrand.matcher import Matcher, normalise
from talleyrand.model import Kind, Language

MEGABYTES = {"en": 20, "zh": 12, "ru": 2}
SLOW = 0.3  # MB for what is too slow for the whole text
MOST_CODED = 6.0  # MB of the whole coding
_LETTER = "[0-9a-z\u00df-\u02af\u0370-\u052f\u1e00-\u1fff]"
_QUERY = """
SELECT text, sender, counterparts, kind, event_date FROM documents
WHERE language = $language ORDER BY id
"""


@dataclass(frozen=True)
class Text:
    """A text with what its coding needs."""

    text: str
    sender: str = "CHN"
    counterparts: tuple[str, ...] = ("RUS",)
    kind: str = "other"
    day: date = date(2022, 9, 15)


@dataclass(frozen=True)
class Way:
    """One way of matching: the number of hits of one text, and on what it is tried.

    `most` is in megabytes; a folded text is folded before the clock starts.
    """

    name: str
    finds: str
    run: Callable[[str], int] | None
    most: float = 1e9
    folded: bool = False


def main() -> None:
    """Print a table for each language."""
    for language in ("en", "zh", "ru"):
        texts = _texts(language)
        size = sum(len(t.text.encode("utf-8", "replace")) for t in texts) / 1e6
        print(f"\n{language}: {len(texts):,} texts, {size:.1f} MB\n")
        print("| way | finds | hits | hits a MB | MB/s |\n|---|---|---|---|---|")
        for way in _ways(language):
            if way.run is None:
                print(f"| {way.name} | {way.finds} | not installed: pip install '.[bench]' | | |")
                continue
            print(_measured(way, texts), flush=True)
        print(_coded(language, texts), flush=True)


def _measured(way: Way, texts: list[Text]) -> str:
    """A row of the table."""
    assert way.run
    chosen, size = _up_to(texts, way.most)
    given = [normalise(text) for text in chosen] if way.folded else chosen
    hits = 0
    seconds = float("inf")
    for _ in range(3):
        start = time.process_time()
        hits = sum(map(way.run, given))
        seconds = min(seconds, time.process_time() - start)
    return _row(way.name, way.finds, hits, size, seconds)


def _coded(language: Language, texts: list[Text]) -> str:
    """The row of the whole coding: speakers, codes, negation, reported speech, targets."""
    book = codebook.load()
    some: list[Text] = []
    size = 0.0
    for text in texts:
        some.append(text)
        size += len(text.text.encode()) / 1e6
        if size > MOST_CODED:
            break
    start = time.process_time()
    hits = 0
    for t in some:
        found = code(
            t.text,
            lang=language,
            sender=t.sender,
            counterpart=t.counterparts,
            kind=Kind(t.kind),
            on=t.day,
            codebook=book,
        )
        hits += sum(len(passage.matches) for passage in found.passages)
    seconds = time.process_time() - start
    return _row("talleyrand.code", "codes, speakers and targets", hits, size, seconds)


def _row(name: str, finds: str, hits: int, size: float, seconds: float) -> str:
    return f"| {name} | {finds} | {hits:,} | {hits / size:,.0f} | {size / seconds:,.3g} |"


def _ways(language: Language) -> list[Way]:
    """Every way of matching, on the patterns of one language."""
    book = codebook.load()
    book.find("", language)
    patterns = [
        p for w in book.wordings if w.language == language for p in (*w.patterns, *w.unless)
    ]
    needles = sorted({" ".join(normalise(p).split("*")[0].split()) for p in patterns})
    matcher = Matcher(patterns)
    whole = ("whole, longest",)
    return [
        Way("`re`, one alternation, folded text", *whole, _by_re(patterns), SLOW, folded=True),
        Way("Matcher.find, the same texts", *whole, lambda text: len(matcher.find(text)), SLOW),
        Way("pyahocorasick, folded text", "raw", _by_pyahocorasick(needles), folded=True),
        Way("ahocorasick_rs, folded text", "raw", _by_ahocorasick_rs(needles), folded=True),
        Way("hyperscan, text as given", "raw", _by_hyperscan(needles)),
        Way("folding alone (`normalise`)", "nothing", lambda text: len(normalise(text)) * 0),
        Way("Matcher, its automaton alone", "raw, words", *_by_automaton(matcher)),
        Way("Matcher.find, all", "whole", lambda t: len(matcher.find(t, overlapping=True))),
        Way("Matcher.find", *whole, lambda text: len(matcher.find(text))),
        Way("Codebook.find", "codes, negation, reports", lambda t: len(book.find(t, language))),
    ]


def _by_re(patterns: list[str]) -> Callable[[str], int]:
    """All phrases as one expression, the longest first, on folded text."""
    forms = sorted({" +".join(normalise(p).split()) for p in patterns}, key=len, reverse=True)
    parts = [_expression(form) for form in forms]
    found = re.compile("|".join(parts))
    return lambda text: sum(1 for _ in found.finditer(text))


def _expression(form: str) -> str:
    body = re.escape(form).replace(r"\ \+", " +").replace(r"\*", f"{_LETTER}*")
    unspaced = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    left = "" if re.match(unspaced, form) or not form[0].isalnum() else f"(?<!{_LETTER})"
    free = form[-1] == "*" or re.match(unspaced, form[-1]) or not form[-1].isalnum()
    return left + body + ("" if free else f"(?!{_LETTER})")


def _by_pyahocorasick(needles: list[str]) -> Callable[[str], int] | None:
    library = _optional("ahocorasick")
    if library is None:
        return None
    automaton = library.Automaton()
    for number, needle in enumerate(needles):
        automaton.add_word(needle, number)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(text))


def _by_ahocorasick_rs(needles: list[str]) -> Callable[[str], int]:
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(
        needles, implementation=ahocorasick_rs.Implementation.DFA
    )
    return lambda text: len(automaton.find_matches_as_indexes(text, overlapping=True))


def _by_hyperscan(needles: list[str]) -> Callable[[str], int] | None:
    """Caseless on UTF-8 bytes; it gives the end of a hit only, each (phrase, end) once."""
    library = _optional("hyperscan")
    if library is None:
        return None
    database = library.Database()
    flags = library.HS_FLAG_CASELESS | library.HS_FLAG_UTF8
    expressions = [re.escape(needle).encode() for needle in needles]
    database.compile(expressions=expressions, ids=list(range(len(needles))), flags=flags)

    def run(text: str) -> int:
        hits: list[int] = []
        database.scan(text.encode(), match_event_handler=lambda n, *_: hits.append(n))
        return len(hits)

    return run


def _by_automaton(matcher: Matcher) -> tuple[Callable[[str], int]]:
    """Our automaton with the coding of the text, before boundaries and stems are looked at."""
    automaton = matcher._build()
    alphabet, collapse = matcher._alphabet, matcher._collapse

    def run(text: str) -> int:
        coded = alphabet.code(text)
        if collapse is not None:
            coded = alphabet.blank + coded.translate(collapse) + alphabet.blank
        return len(automaton.find_matches_as_indexes(coded, overlapping=True))

    return (run,)


def _optional(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _up_to(texts: list[Text], most: float) -> tuple[list[str], float]:
    """The first texts up to so many megabytes, and their size."""
    chosen: list[str] = []
    size = 0.0
    for text in texts:
        chosen.append(text.text)
        size += len(text.text.encode()) / 1e6
        if size >= most:
            break
    return chosen, size


def _texts(language: Language) -> list[Text]:
    """A seeded sample of a store's texts, or generated ones."""
    if len(sys.argv) < 2:
        return _generated(language)
    from talleyrand.store import open_store

    with open_store(Path(sys.argv[1]), read_only=True) as store:
        rows = store.rows(_QUERY, language=language)
    random.Random(7).shuffle(rows)
    texts: list[Text] = []
    size = 0
    for row in rows:
        clean = row["text"].encode("utf-8", "replace").decode()
        others = tuple(row["counterparts"])
        texts.append(Text(clean, row["sender"], others, row["kind"], row["event_date"]))
        size += len(clean.encode())
        if size >= MEGABYTES[language] * 1e6:
            break
    return texts


def _generated(language: Language) -> list[Text]:
    """Text of random words with a phrase of the codebook in every fortieth place."""
    draw = random.Random(7)
    phrases = [p.example for p in codebook.load().phrases if p.language == language]
    letters = {"en": "etaoinshrdlu", "zh": "的一是在不了有和人这中大为上个国", "ru": "оеаинтсрвлкм"}
    gap = "" if language == "zh" else " "
    words = ["".join(draw.choices(letters[language], k=draw.randint(1, 8))) for _ in range(4000)]
    texts = []
    for _ in range(MEGABYTES[language] * 20):
        parts = draw.choices(words, k=6000)
        parts[::40] = draw.choices(phrases, k=len(parts[::40]))
        texts.append(Text(gap.join(parts)[:50_000]))
    return texts


if __name__ == "__main__":
    main()
