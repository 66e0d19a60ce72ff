"""The words of `check`: a claim, what was measured for it, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from talleyrand.model import Evidence


class Answer(StrEnum):
    """The three answers to a claim."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    UNDETERMINED = "UNDETERMINED"


@dataclass(frozen=True, slots=True)
class Test:
    """One thing that must hold for a claim: a measure, what it is asked, what is expected."""

    measure: str
    asked: Mapping[str, Any]
    expected: Mapping[str, Any]
    place: str  # file and line, for errors


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of an argument: its paraphrase and the tests that must all hold.

    A claim without tests is one that no record here can decide: `why` says what would.
    """

    id: str
    paraphrase: str
    tests: tuple[Test, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found. `value` is a number, a truth, or a word (an outcome).

    `interval` is set where the number has a sampling error. `value` is None where the records
    cannot tell; `told` then says why and what would, else it puts the figure into words.
    """

    value: float | bool | str | None
    told: str
    unit: str = ""
    interval: tuple[float, float] | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tested:
    """One test's answer, with a reading nearby that would hold (None: none does)."""

    answer: Answer
    reason: str
    measured: Measured
    nearby: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim's answer and the tests behind it."""

    claim: Claim
    answer: Answer
    tests: tuple[Tested, ...]

    @property
    def reason(self) -> str:
        """The reasons of the tests that decide, else what record would."""
        deciding = [t.reason for t in self.tests if t.answer is self.answer]
        return " ".join(filter(None, [*deciding, self.claim.why]))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values: the JSON contract."""
        nearby = [t.nearby for t in self.tests if t.nearby]
        return {
            "id": self.claim.id,
            "paraphrase": self.claim.paraphrase,
            "outcome": str(self.answer),
            "reason": self.reason,
            "nearby": " ".join(nearby) or None,
            "figures": [
                {"test": str(t.answer), "told": t.measured.told, "value": t.measured.value,
                 "unit": t.measured.unit, **t.measured.figures}
                for t in self.tests
            ],
            "evidence": [
                {"id": e.id, "url": e.url, "date": e.date.isoformat(),
                 "value": e.value, "quote": e.quote}
                for t in self.tests for e in t.measured.evidence
            ],
        }  # fmt: skip
