"""Invented texts given as pieces with the state whose words each is, and the check on them."""

from datetime import date

from talleyrand.attribution import passages
from talleyrand.model import Kind, Language

Piece = tuple[str, str]  # state, words


def states_of(
    pieces: list[Piece],
    language: Language,
    sender: str,
    *,
    counterparts: tuple[str, ...] = (),
    kind: Kind = Kind.OTHER,
    on: date | None = date(2022, 9, 16),
) -> list[Piece]:
    """The pieces again, each with the state that attribution gives to most of it."""
    text = "".join(words for _, words in pieces)
    found = passages(
        text, language=language, sender=sender, counterparts=counterparts, kind=kind, on=on
    )
    place, given = 0, []
    for _, words in pieces:
        end = place + len(words)
        overlaps = [(min(p.end, end) - max(p.start, place), p.state) for p in found]
        given.append((max(overlaps)[1], words))
        place = end
    return given
