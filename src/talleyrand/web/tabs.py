"""The tabs: what can be asked of each page, and what answers it. A new page is a line in TABS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from talleyrand.web import answers, covered, mapped

Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to ask: its name in the address, its label, an example, and whether it must be."""

    name: str
    label: str
    example: str = ""
    needed: bool = False
    states: bool = False  # offer the names of states


@dataclass(frozen=True, slots=True)
class Tab:
    """One page: its name in the address, its title, a line on it, its fields and its answer."""

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    answer: Callable[[Any, Params], answers.Answer]
    carried: tuple[str, ...] = ("sender", "target", "at")

    def asked(self, params: Params) -> dict[str, str]:
        """Of a query string, what this tab knows, without what is empty."""
        known = [field.name for field in self.fields]
        return {name: params[name].strip() for name in known if params.get(name, "").strip()}

    def lacks(self, asked: Params) -> list[str]:
        """The fields that must be given and are not."""
        return [field.name for field in self.fields if field.needed and field.name not in asked]


_SENDER = Field("sender", "who acts", "CHN, China, 中国", needed=True, states=True)
_TARGET = Field("target", "towards whom", "RUS, Russia, Россия", needed=True, states=True)
_AT = Field("at", "date", "2022-09-15", needed=True)
_WINDOW = Field("window", "window", "12mo")

_DAYS = Field("days", "days on either side", "3")

TABS = (
    Tab(
        "map",
        "Map",
        "Choose who acts, and towards whom.",
        (Field("sender", "who acts", "CHN, China, 中国", states=True),
         Field("at", "date", "2022-09-15")),
        mapped.dyads,
        carried=("sender", "at"),
    ),
    Tab(
        "assess",
        "Assess",
        "Has a state's position towards another changed at a date, or only its reading?",
        (_SENDER, _TARGET, _AT, _WINDOW),
        answers.assess,
    ),
    Tab(
        "evidence",
        "Evidence",
        "The passages on record: by state, code, speaker and period, or the points of a dimension.",
        (
            Field("sender", "who speaks", "CHN", states=True),
            Field("target", "about whom", "RUS", states=True),
            Field("code", "code or family", "no_limits"),
            Field("text", "words (a store with texts)", "so-called"),
            Field("speaker", "speaker", "Xi Jinping"),
            Field("since", "from", "2022"),
            Field("until", "to", "2022-09"),
            Field("kind", "kind of text", "meeting"),
            Field("source", "source", "cctv"),
            Field("at", "around a date", "2022-09-15"),
            _WINDOW,
            Field("dimension", "points of a dimension", "words"),
            Field("page", "page", "1"),
        ),
        answers.evidence,
    ),
    Tab(
        "coverage",
        "Coverage",
        "How much two states were reported together, and how that was framed, by whom.",
        (_SENDER, _TARGET, Field("since", "from", "2022-08"), Field("until", "to", "2022-10")),
        covered.coverage,
        carried=("sender", "target"),
    ),
    Tab(
        "timeline",
        "Timeline",
        "How outlets told an event, hour by hour: what came before it, and what was edited.",
        (_SENDER, _TARGET, Field("at", "day, or hour (UTC)", "2022-09-15T09:00", needed=True),
         _DAYS),
        covered.timeline,
    ),
    Tab(
        "quotes",
        "Quotes",
        "What the reports around a statement quote of it. Open it from a timeline.",
        (Field("id", "id of the document", "", needed=True), _DAYS),
        covered.quotes,
        carried=(),
    ),
    Tab(
        "statement",
        "Statement",
        "One text: who speaks, and the codes found in it, in place.",
        (Field("id", "id of the document", "", needed=True),),
        answers.statement,
        carried=(),
    ),
    Tab(
        "silence",
        "Silence",
        "Is it news that a read-out leaves something out?",
        (_SENDER, _TARGET, Field("code", "code or family", "ukraine", needed=True), _AT,
         Field("since", "record from", "2013")),
        answers.silence,
    ),
    Tab(
        "exposure",
        "Exposure",
        "Who is hit if a coalition's sanctions reach those who trade with their target?",
        (
            Field("target", "target", "RUS", needed=True, states=True),
            Field("by", "by whom", "G7,EU"),
            Field("substitution", "share replaced a round", "0.5"),
            Field("threshold", "complies from so many times the trade", "5"),
            Field("rounds", "rounds", "4"),
        ),
        answers.exposure,
    ),
    Tab(
        "trade",
        "Trade",
        "What two states trade in a period, and who depends on whom.",
        (_SENDER, _TARGET, Field("since", "from", "2022-01", needed=True),
         Field("until", "to", "2022-06", needed=True)),
        answers.trade,
    ),
    Tab(
        "claims",
        "Claims",
        "Files of claims put to the records, one by one.",
        (Field("file", "file", ""), Field("only", "claim", "")),
        answers.claims,
        carried=(),
    ),
    Tab("dimensions", "Dimensions", "What is measured.", (), answers.dimensions, carried=()),
    Tab("sources", "Sources", "Where records come from.", (), answers.sources, carried=()),
)  # fmt: skip
BY_NAME = {tab.name: tab for tab in TABS}
