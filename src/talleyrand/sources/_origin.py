"""What is the same for every text of a source."""

from __future__ import annotations

from dataclasses import dataclass

from talleyrand.model import Kind, Language


@dataclass(frozen=True, slots=True)
class Origin:
    """A source's language and state, and what to call a text that tells nothing of its kind."""

    source: str
    language: Language
    sender: str
    default: Kind = Kind.OTHER
    narrates: bool = False  # does it tell of speeches and messages, too, rather than give them?
