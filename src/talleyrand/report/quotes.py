"""The answer of `quotes` for readers: what is quoted, in whose mouth, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Sheet, Table

Json = Mapping[str, Any]
_MOST = 40
_WIDE = 160


def sheet(told: Json, name: str, names: Mapping[str, str]) -> Sheet:
    """The answer in words, from the dictionary that `quotes --json` prints."""
    return Sheet(
        title=f"Quoted from {words.plain(name)}",
        about=f"in {words.plural(len(told['articles']), 'news item')}",
        headline=_headline(told),
        blocks=(*_stance(told), *_changed(told, names), *_sentences(told, names), *_unread(told)),
        provenance="Aligned word by word; which words are whose: as `talleyrand code` tells."
        " An item's mouth is told by its own words, and left open where they tell nothing.",
    )


def _headline(told: Json) -> str:
    quoted = sum(one["quoted"] > 0 for one in told["sentences"])
    if not quoted:
        return "None of the sentences is quoted or closely paraphrased."
    found = len(told["quotations"])
    return (
        f"{quoted} of {words.plural(len(told['sentences']), 'sentence')} quoted or paraphrased,"
        f" {words.plural(found, 'time')}; {told['distorted']} of {found} distorted,"
        f" {told['reversals']} in the mouth of the other party."
    )


def _stance(told: Json) -> tuple[str, ...]:
    stance = told["stance"]
    if not stance:
        return ()
    if not stance["sentences_with_stance"]:
        return ("No sentence carries a code that points closer or further: no stance to compare.",)
    sure = stance["p"] < 0.05
    warmer = "warmer" if stance["quoted"] > stance["whole"] else "cooler"
    said = f"What is quoted is {warmer} than the whole" if sure else (
        "Whether what is quoted differs from the whole in stance cannot be told"
    )  # fmt: skip
    return (
        f"{said}: {stance['quoted']:+.2f} against {stance['whole']:+.2f} a sentence"
        f" (p = {stance['p']:.3f} within thirds of the text,"
        f" {stance['p_regardless_of_position']:.3f} regardless of position; a headline counts"
        " three times, a lead twice).",
    )


def _changed(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = tuple(
        (
            one["outlet"],
            one["where"],
            "yes" if one["distorted"] else "",
            ", ".join(one["kinds"]),
            _short(one["text"]),
            _party(one["mouth"], names),
            _party(one["owner"], names),
            " · ".join(f"{c['was']} → {c['now']}" for c in one["changes"] if c["was"] or c["now"]),
        )
        for one in sorted(told["quotations"], key=lambda q: (not q["distorted"], q["article"]))
    )
    if not rows:
        return ()
    columns = ("outlet", "where", "distorted", "what became of it", "words", "mouth", "whose",
               "was → is")  # fmt: skip
    shown = Table(columns, rows[:_MOST], title="Quotations",
                  page_only=frozenset({"mouth", "whose", "was → is"}))  # fmt: skip
    more = (f"{len(rows) - _MOST} more: --json.",) if len(rows) > _MOST else ()
    return (shown, *more)


def _sentences(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(n + 1),
            str(one["quoted"]),
            f"{one['stance']:+g}" if one["stance"] else "",
            _party(one["state"], names),
            _short(one["text"]),
            ", ".join(one["outlets"]),
        )
        for n, one in enumerate(told["sentences"])
    )
    columns = ("no.", "quoted", "stance", "whose", "sentence", "by")
    figures = frozenset({"no.", "quoted", "stance"})
    return (Table(columns, rows, right=figures, title="The statement, sentence by sentence",
                  page_only=frozenset({"by"})),)  # fmt: skip


def _unread(told: Json) -> tuple[str, ...]:
    own = {told["language"], *(told.get("translations") or ())}
    other = sum(one["language"] not in own for one in told["articles"])
    if not other:
        return ()
    return (
        f"{words.plural(other, 'item')} in a language the statement is not in: not compared;"
        " give the official text in it with --translation.",
    )


def _party(state: str, names: Mapping[str, str]) -> str:
    return words.named(state, names)


def _short(text: str) -> str:
    text = words.plain(" ".join(text.split()))
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"
