"""Whose words are these? The state behind a name, a title or an organ.

The seam to `talleyrand.states`, with the little that attribution alone needs: what is neither a
state nor its organ (international bodies, experts, the press) speaks for nobody but itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from talleyrand import states
from talleyrand.model import Kind, Language, Passage
from talleyrand.states import Mention

BOTH = "both"
JOURNALIST = "journalist"
NARRATOR = "narrator"
OTHER = "other"

_ERAS = (date(2005, 6, 1), date(2014, 6, 1), date(2019, 6, 1), date(2022, 9, 1), date(2025, 6, 1))


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a text besides its words."""

    sender: str
    counterparts: tuple[str, ...]
    kind: Kind
    on: date | None


class Voice(NamedTuple):
    """Who speaks, as the text gives it, and the state whose words they are."""

    speaker: str
    state: str


def own_voice(setting: Setting, language: Language) -> Voice:
    """The publishing state itself, where the text names no speaker."""
    return Voice(states.name(setting.sender, language), setting.sender)


def says(start: int, end: int, voice: Voice) -> Passage:
    """A passage in somebody's mouth."""
    return Passage(start, end, voice.speaker, voice.state)


@lru_cache(maxsize=65536)
def named(text: str, language: Language, on: date | None) -> tuple[Mention, ...]:
    """The states named in a short stretch; without a date, leaders of any recent time count."""
    if on is not None:
        return tuple(states.mentions(text, language, on))
    found = {m for day in _ERAS for m in states.mentions(text, language, day)}
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def leader(text: str, language: Language, on: date | None) -> str | None:
    """The state of the first leader named in a short stretch."""
    return next((m.iso3 for m in named(text, language, on) if m.how == "leader"), None)
