"""The words of the domain as frozen values: one word, one meaning.

Standard library only, and nothing of Talleyrand's but the errors. A party is always
`sender` or `target` (ISO 3166 alpha-3), never "source": a source is where records come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

Language = Literal["en", "zh", "ru"]
Day = date  # where a field is called date
Cadence = Literal["document", "month", "session", "year"]
Side = Literal["position", "perception", "structure"]
Direction = Literal["closer", "further", "up", "down"]
Pole = Literal["closer", "further", "neither"]
Aim = Literal["actor", "object", "address", "named"]


class Kind(StrEnum):
    """What sort of text a document is."""

    MEETING = "meeting"  # read-out of a meeting or visit
    CALL = "call"  # read-out of a call or video meeting
    PRESS_CONFERENCE = "press_conference"
    SPEECH = "speech"
    STATEMENT = "statement"
    JOINT_STATEMENT = "joint_statement"
    OTHER = "other"


class Outcome(StrEnum):
    """The three answers."""

    SHIFT = "SHIFT"
    STEADY = "STEADY"
    UNCLEAR = "UNCLEAR"


@dataclass(frozen=True, slots=True)
class Dyad:
    """A directed pair of states by ISO alpha-3 code: who acts, and towards whom."""

    sender: str
    target: str

    def __str__(self) -> str:
        return f"{self.sender}-{self.target}"


@dataclass(frozen=True, slots=True)
class Raw:
    """One file as published, or a piece of a large one.

    `name` is its name inside the archive (a label only). Of a piece, `before` is how many rows or
    lines of the file stand before it (a header is not counted, and stands in every piece).
    """

    name: str
    data: bytes
    before: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text in the mouth of one speaker.

    `start` and `end` are character offsets into the document's text. `speaker` is a name or a
    role as the text gives it; `state` is the ISO3 of the state whose words they are, or one of
    "both", "journalist", "narrator", "other".
    """

    start: int
    end: int
    speaker: str
    state: str


@dataclass(frozen=True, slots=True)
class Document:
    """An official text as published.

    `published` is the day of broadcast or publication, `event_date` the day of what it reports
    (read from the text where it says so; `event_date_basis` tells which). `sender` is the ISO3 of
    the state whose organ published it. `counterparts` are the ISO3 of the states it deals with:
    those it met, called or addressed; for a press conference it is empty, since each answer
    has its own.
    """

    source: str
    url: str
    title: str
    text: str
    language: Language
    published: date
    event_date: date
    event_date_basis: Literal["text", "publication"]
    sender: str
    counterparts: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Record:
    """A flow, a vote, a transfer or a visit: one dated value between two parties.

    `item` names what is counted within the source (a roll call, a commodity); `start` and `end`
    are the first and last day the value covers; `vintage` tells first releases from revisions.
    The natural key is (source, kind, sender, target, item, start, end, vintage).
    """

    source: str
    kind: str  # "vote", "exports", "imports", "total_trade", ...
    sender: str
    target: str  # "" where there is none (a vote)
    item: str
    start: date
    end: date
    value: float
    unit: str
    vintage: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A news item as an outlet published it: headline and lead, never an official text."""

    source: str
    url: str
    outlet: str
    outlet_state: str  # ISO3
    published: datetime  # UTC
    title: str
    lead: str
    language: Language
    until: datetime | None = None  # UTC, when this version was last seen, where that is known


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record set aside, with where it stood and why."""

    source: str
    locator: str
    reason: str


Parsed = Document | Record | Report | Rejected


class Http(Protocol):
    """What a source is handed to reach the network: nothing else may."""

    def get(
        self, url: str, *, settled: bool = False, text: bool = True, send: bytes | None = None
    ) -> bytes: ...

    def forget(self, url: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: the metadata of one module of `talleyrand.sources`.

    `parse` is pure: bytes in, parsed values out, one bad item set aside as `Rejected`.
    `claims` tells whether a file of this name is one of the source's (a file that no parser
    claims is counted and shown, never guessed at).
    """

    name: str
    title: str
    publisher: str  # ISO3 of the publishing state, "" for an international body or outlets
    licence: str
    homepage: str
    brings: Literal["documents", "records", "reports"]
    defects: tuple[str, ...]
    fetch: Callable[[Http], Iterator[Raw]]
    claims: Callable[[str], bool]
    parse: Callable[[Raw], Iterator[Parsed]]
    redistributable: bool = True  # may derived facts and figures be in the casebook?
    fetch_since: Callable[[Http, date], Iterator[Raw]] | None = None  # where a site can be asked
    complete: bool = False  # does it claim every case in its span: nothing on record is none?


@dataclass(frozen=True, slots=True)
class Code:
    """One thing a text can do, with its pole towards a target and where it comes from.

    `pole` holds for any target not named in `poles`, which maps an ISO3 (or a group such as
    "NATO") to another pole: blame of the United States is closer to Russia, further from
    the United States.
    """

    name: str
    family: str
    meaning: str
    pole: Pole
    origin: str  # where the term comes from: document, date, URL
    poles: tuple[tuple[str, Pole], ...] = ()
    weight: float = 1.0
    about: str = ""  # "" for a stance, else the topic a mention tells of
    aim: Aim = "named"  # whom blame goes to: who acts, whom it is addressed to, or all named


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of a code in one language, with an example and a counterexample."""

    code: str
    language: Language
    pattern: str
    example: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class Match:
    """A code found in a text: where, whose view it is, and whether it is denied.

    `holder` is an ISO3, "both", "journalist", "narrator" or "other": the passage's state unless
    the sentence puts the words in somebody else's mouth.
    """

    code: str
    start: int
    end: int
    holder: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that is measured of a dyad: the metadata of one module of `dimensions`.

    `measure(store, dyad, at, window_months)` gives a `Series` in which more means what
    `more_means` says. `margin` is the smallest change worth naming, in `unit`; `margin_why`
    tells where it comes from.
    """

    name: str
    title: str
    side: Side
    unit: str
    more_means: str
    margin: float
    margin_why: str
    sources: tuple[str, ...]
    measure: Callable[..., Series]
    directions: tuple[Direction, Direction] = ("closer", "further")  # of a rise and of a fall
    only_target: str = ""  # ISO3 of the one target it can be measured of; "" for any


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a number leads back to: a document or a row, with its value or the words."""

    id: str
    url: str
    date: date
    value: float | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A dated measurement of one thing.

    `dates` (the first day of each period, ascending, gaps allowed and never filled), `values`,
    `n` (how many documents, votes or items stand behind each value) and `se` (the standard error
    of each value from sampling alone, in the unit of the values; None where unknown).
    """

    dates: tuple[date, ...]
    values: tuple[float, ...]
    n: tuple[float, ...]
    se: tuple[float | None, ...]
    cadence: Cadence
    unit: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""  # what a reader must know: a source's end, a fixed panel

    def __len__(self) -> int:
        return len(self.dates)


@dataclass(frozen=True, slots=True)
class Break:
    """A date at which a series changed level, how probable that is, and by how much.

    `interval` holds the first and last date of 95 % of the posterior of where, given that there
    is one (None where it was not searched for between neighbours).
    """

    date: date
    probability: float
    change: float
    interval: tuple[Day, Day] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the evidence says about one change: outcome, size, doubt and reason.

    `change`, `interval` (95 %) and `margin` are in `unit`; `p_shift` is P(|change| > margin),
    `p_steady` P(|change| < margin). Where nothing could be estimated, `change` and `interval` are
    None and the outcome is UNCLEAR.
    """

    outcome: Outcome
    direction: Direction | None
    change: float | None
    interval: tuple[float, float] | None
    margin: float
    p_shift: float | None
    p_steady: float | None
    n_before: int
    n_after: int
    reason: str
    would_settle: str | None = None
    breaks: tuple[Break, ...] = ()  # where in time the change most probably is
    at_half_margin: Outcome | None = None
    at_double_margin: Outcome | None = None
    elsewhere: Break | None = None  # the change, where it is more likely not at the date asked
    left_out: tuple[date, ...] = ()  # periods the date cuts in two: on neither side
    p_trend: float | None = None  # that a linear trend runs through the series
    trend: float | None = None  # its slope a year, in `unit`, where more likely than not


@dataclass(frozen=True, slots=True)
class Casebook:
    """Where an answer's evidence came from: the bundled figures or the user's own store."""

    origin: Literal["casebook", "store"]
    built: date
    location: str = ""
