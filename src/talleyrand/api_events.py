"""The library's functions on event data at scale: files to series, and one dyad's series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talleyrand.errors import InputError

if TYPE_CHECKING:
    from talleyrand.scale import Reduced

PRESS = ("all", "own", "outside", "unknown")


def reduce(files: Sequence[str | Path], out: str | Path, *, memory: str = "600MB") -> Reduced:
    """Read event files as published (GDELT, ICEWS, POLECAT, ACLED, UCDP) into the folder `out`.

    There they stand as Parquet by year, each event once, with the monthly series of every dyad.
    Reading the same files again changes nothing. `memory` bounds what is used, whatever the size.
    """
    from talleyrand import scale

    if not files:
        raise InputError("name at least one file or folder of event data")
    return scale.reduce([Path(file) for file in files], Path(out), memory=memory)


def event_series(
    folder: str | Path, sender: str, target: str, *, press: str = "all"
) -> list[dict[str, Any]]:
    """What `sender` did to `target` by month: events, mean score, classes of conduct, reports.

    `press` is "all", or only what outlets of one kind reported: "own" (of either party), "outside"
    (of third states) or "unknown".
    """
    from talleyrand import scale
    from talleyrand.states import resolve

    _known_press(press)
    return scale.series(Path(folder), resolve(sender), resolve(target), press)


def event_types(
    folder: str | Path, sender: str, target: str, *, press: str = "all"
) -> list[dict[str, Any]]:
    """What `sender` did to `target` by month and PLOVER event: events and mean score.

    `plover` is empty for comments and appeals, which PLOVER leaves out. `press` as for
    `event_series`.
    """
    from talleyrand import scale
    from talleyrand.states import resolve

    _known_press(press)
    return scale.types(Path(folder), resolve(sender), resolve(target), press)


def _known_press(press: str) -> None:
    if press not in PRESS:
        raise InputError(f"{press!r} is no kind of press; there are {', '.join(PRESS)}")
