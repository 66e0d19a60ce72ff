"""The headline: position set against perception.

A side is decided by the dimensions that could be judged: SHIFT or STEADY where most of them say
so. A side with several dimensions needs two of them judged, and half of those of which a change is
measurable, else it is UNCLEAR: one with too few points on a side of the date does not count.
Dimensions of structure belong to neither side. A SHIFT that most probably happened at another time
than the date asked is not one at the date and does not count. Each dimension counts once: the rule
is plain so that a reader can check it against the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from talleyrand.assessment import Headline, Judged
from talleyrand.model import Outcome, Side

FEWEST = 2  # judged dimensions that decide a side which has several
RULE = "Most of the judged dimensions decide a side: two at least, and half of the measurable ones."
_WORDING = {
    ("STEADY", "STEADY"): "Nothing new: neither the position nor the reading changed.",
    ("STEADY", "SHIFT"): "The reading changed, not the position.",
    ("STEADY", "UNCLEAR"): "The position held; how it was read is unclear.",
    ("SHIFT", "STEADY"): "The position changed, and it went unnoticed.",
    ("SHIFT", "UNCLEAR"): "The position changed; whether that was noticed is unclear.",
    ("UNCLEAR", "STEADY"): "The reading held; whether the position changed is unclear.",
    ("UNCLEAR", "SHIFT"): "The reading changed; whether the position did is unclear.",
    ("UNCLEAR", "UNCLEAR"): "The evidence cannot tell, neither of the position nor of the reading.",
}


def headline(judged: Sequence[Judged]) -> Headline:
    """Set the position dimensions against the perception dimensions."""
    position, moved = decide(judged, "position")
    perception, read = decide(judged, "perception")
    return Headline(position, perception, _text(position, moved, perception, read), RULE)


def decide(judged: Sequence[Judged], side: Side) -> tuple[Outcome, str | None]:
    """The outcome of one side, and for a SHIFT its direction."""
    own = [j for j in judged if j.side == side]
    measured = [j.finding for j in own if j.measurable]
    steady = sum(f.outcome == Outcome.STEADY for f in measured)
    shifts = [f.direction for f in measured if f.outcome == Outcome.SHIFT and not f.elsewhere]
    moves = [way for way in shifts if way in ("closer", "further")]
    told = steady + len(moves)
    if told < min(FEWEST, len(own)) or not told or 2 * told < len(measured):
        return Outcome.UNCLEAR, None
    if steady > len(moves):
        return Outcome.STEADY, None
    one_way = len(set(moves)) == 1
    if len(moves) > steady and one_way:
        return Outcome.SHIFT, moves[0]
    return Outcome.UNCLEAR, None


def _text(position: Outcome, moved: str | None, perception: Outcome, read: str | None) -> str:
    if position == perception == Outcome.SHIFT:
        if moved == read:
            return f"The position moved {moved}, and it was noticed."
        return f"The position moved {moved}, yet it was read as moving {read}."
    return _WORDING[position.value, perception.value]
