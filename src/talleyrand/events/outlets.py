"""The state of an outlet: by its own domain where known, else by the country of its address.

`outlets.csv` names large outlets under .com and the like by the state they publish from. Country
domains sold to all the world (.tv, .io, .co) say nothing. What is left is unknown, never guessed.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from talleyrand.territories import PARTS, two_letter_codes

_SOLD = {"ai", "bz", "cc", "co", "fm", "gg", "im", "io", "la", "ly", "me", "nu", "sc", "sh", "st",
         "to", "tv", "vc", "ws"}  # fmt: skip
_OTHERWISE = {"uk": "GBR", "su": "RUS", "gov": "USA", "mil": "USA"}


@cache
def endings() -> dict[str, str]:
    """The last label of an address with the ISO3 of its state."""
    found = {
        iso2.lower(): PARTS.get(iso3, iso3)
        for iso3, iso2 in two_letter_codes().items()
        if iso2.lower() not in _SOLD
    }
    return {**found, **_OTHERWISE}


@cache
def domains() -> dict[str, str]:
    """The last two labels of an outlet's address with the ISO3 of its state."""
    table = resources.files("talleyrand") / "events" / "outlets.csv"
    rows = csv.DictReader(table.read_text("utf-8").splitlines())
    return {row["domain"]: row["iso3"] for row in rows}
