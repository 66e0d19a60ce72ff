"""CAMEO: the codes of events, their Goldstein-type scores and what they are in PLOVER.

`cameo.csv` is derived from the Goldstein scale and the CAMEO to PLOVER table (17 September 2021)
of the Computational Event Data System (Schrodt), with ICEWS' wordings where they differ. Scores run
from -10 (force) to 10 (concession); they are Goldstein's (1992, Journal of Conflict Resolution
36:369-385) weights of WEIS carried over to CAMEO. 1213 and 1214, which the scale lacks, have
their parent's score. PLOVER has nothing for comments (01) and that table nothing for appeals (02).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

# The four classes of conduct by CAMEO root: words or deeds, cooperation or conflict.
_QUADS = ((5, 1), (8, 2), (14, 3), (20, 4))
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One CAMEO code: its wording, score (-10 to 10) and PLOVER event, mode and context."""

    code: str
    name: str
    goldstein: float
    plover: str
    mode: str
    context: str

    @property
    def quad(self) -> int:
        """1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""
        return quad(self.code)


def code_of(text: str) -> Code | None:
    """The code by number (a root, or without the zero it began with) or by ICEWS' wording."""
    by_code, by_name = _tables()
    digits = text.strip()
    if digits.isascii() and digits.isdecimal():
        return by_code.get(digits) or by_code.get(f"{digits}0") or by_code.get(f"0{digits}")
    return by_name.get(_bare(text))


def quad(code: str) -> int:
    """The class of a code by its root."""
    return next(number for last, number in _QUADS if int(code[:2]) <= last)


def codes() -> tuple[Code, ...]:
    """Every code, in order."""
    return tuple(_tables()[0].values())


@cache
def _tables() -> tuple[dict[str, Code], dict[str, Code]]:
    table = resources.files("talleyrand") / "events" / "cameo.csv"
    by_code, by_name = {}, {}
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        found = Code(row["code"], row["name"], float(row["goldstein"]), row["plover"], row["mode"],
                     row["context"])  # fmt: skip
        by_code[found.code] = found
        for name in filter(None, (row["name"], row["icews"])):
            by_name[_bare(name)] = found
    return by_code, by_name


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def written() -> dict[str, Code]:
    """Every way a code is written in files, with its code: roots, and without a leading zero."""
    found = {}
    for text in dict.fromkeys(part for code in _tables()[0] for part in (code, code[:2])):
        for spelling in (text, text.lstrip("0")):
            code = code_of(spelling)
            if code:
                found[spelling] = code
    return found


def plover() -> dict[str, str]:
    """The PLOVER event of every code that has one; an event of PLOVER itself is its own."""
    found = {code.code: code.plover for code in codes() if code.plover}
    return {**found, **{name: name for name in set(found.values())}}
