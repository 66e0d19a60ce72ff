"""The headline: position set against perception.

A side is decided by the dimensions that could be judged: SHIFT or STEADY where most of them say
so. A side with several dimensions needs two of them judged, and half of those of which a change is
measurable, else it is UNCLEAR: one with too few points on a side of the date does not count.
Dimensions of structure belong to neither side. A SHIFT that most probably happened at another time
than the date asked is not one at the date and does not count; where it would have decided the
position, the headline says that it moved, and which dimension dates it elsewhere. Each dimension
counts once: the rule is plain so that a reader can check it against the table.
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
    text = _text(position, moved, perception, read)
    if position is Outcome.UNCLEAR:
        text = _at_another_time(judged, perception, read) or text
    return Headline(position, perception, text, RULE)


def decide(
    judged: Sequence[Judged], side: Side, *, whenever: bool = False
) -> tuple[Outcome, str | None]:
    """The outcome of one side, and for a SHIFT its direction.

    `whenever` counts a SHIFT that most probably happened at another time than the date too.
    """
    own = [j for j in judged if j.side == side]
    measured = [j.finding for j in own if j.measurable]
    steady = sum(f.outcome == Outcome.STEADY for f in measured)
    shifts = [
        f.direction
        for f in measured
        if f.outcome == Outcome.SHIFT and (whenever or not f.elsewhere)
    ]
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


def _at_another_time(judged: Sequence[Judged], perception: Outcome, read: str | None) -> str:
    """What to say of a position that moved, though not surely at the date; "" if it did not."""
    outcome, moved = decide(judged, "position", whenever=True)
    if outcome is not Outcome.SHIFT:
        return ""
    when = ", ".join(
        f"{one.name} most probably in {one.finding.elsewhere.date:%B %Y}"
        for one in judged
        if one.side == "position" and one.finding.outcome is Outcome.SHIFT and one.finding.elsewhere
    )
    reading = {
        Outcome.SHIFT: f"It was read as moving {read}.",
        Outcome.STEADY: "The reading held.",
        Outcome.UNCLEAR: "How it was read is unclear.",
    }[perception]
    return f"The position moved {moved}, though not surely at this date: {when}. {reading}"
