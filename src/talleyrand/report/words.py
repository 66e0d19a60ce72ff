"""The words and figures that every renderer shares: dates, numbers, percentages, safe text.

Nothing here is estimated: values of `talleyrand.model` are put into words, once, so that the
terminal, the page and the chart say the same thing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from talleyrand.assessment import Assessment, Judged
from talleyrand.model import Casebook, Finding, Outcome, Side

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SUFFIXES = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SUSPECT = re.compile(r"[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0400-\u04ff\u4e00-\u9fff]")


def plain(text: str) -> str:
    """Make ingested text harmless on one line: what would steer a terminal becomes visible.

    Control characters, escape sequences and bidirectional overrides are written out as
    `\\x1b` or `\\u202e`, line breaks and tabs become a space, a lone surrogate becomes U+FFFD.
    """
    return _SUSPECT.sub(lambda match: _visible(match.group()), text)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if char in "\t\n\r\f\v\u00a0" or category in ("Zl", "Zp", "Zs"):
        return char if char == "\u3000" else " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cc" or (category == "Cf" and char not in "\u200c\u200d"):
        return escaped(char)
    return char


def encodable(text: str) -> str:
    """The text with lone surrogates replaced, which no encoding of Unicode can carry."""
    return _SURROGATE.sub("\ufffd", text)


def escaped(char: str) -> str:
    """Write one character as an escape of ASCII letters: `\\x1b`, `\\u202e`."""
    return char.encode("unicode_escape").decode("ascii")


def long_date(day: date) -> str:
    """15 September 2022."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """15 Sep 2022."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def between(interval: tuple[date, date] | None) -> str:
    """12 Jan 2022 to 3 Mar 2022, or nothing."""
    if not interval:
        return ""
    first, last = (short_date(day) for day in interval)
    return first if first == last else f"{first} to {last}"


def month_year(day: date) -> str:
    """September 2022."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def parties(assessment: Assessment, names: Mapping[str, str]) -> str:
    """China → Russia, or the codes of states whose name was not given."""
    sender, target = assessment.dyad.sender, assessment.dyad.target
    return plain(f"{names.get(sender, sender)} → {names.get(target, target)}")


def named(state: str, names: Mapping[str, str]) -> str:
    """The name of a state, or its code where no name was given."""
    return plain(names.get(state, state))


def plural(count: int, noun: str) -> str:
    """1 month, 2 months."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of one finding are written, so that they can be compared by eye.

    A difference of logarithms (`logs`) is written as the percentage it stands for.
    """

    divisor: float
    suffix: str
    decimals: int
    logs: bool = False

    def signed(self, value: float | None) -> str:
        """+0.30, -1.2M, +15 %, or – where there is no value."""
        return self._write(value, "+")

    def unsigned(self, value: float | None) -> str:
        """0.30, 1.2M, 15 %, or – where there is no value."""
        return self._write(value, "")

    def interval(self, bounds: tuple[float, float] | None, between: str = " .. ") -> str:
        """-0.19 .. +0.11, or nothing where there is no interval."""
        return between.join(self.signed(bound) for bound in bounds) if bounds else ""

    def _write(self, value: float | None, sign: str) -> str:
        if value is None or math.isnan(value):
            return "–"
        if self.logs:
            value = _as_percentage(value)
        if math.isinf(value):
            return f"{'-' if value < 0 else sign}∞"
        if self.decimals < 0:
            return f"{value:{sign}.1e}{self.suffix}"
        return f"{value / self.divisor:{sign}.{self.decimals}f}{self.suffix}"


def scale_of(finding: Finding, unit: str = "") -> Scale:
    """Choose the scale of a finding: two significant digits of its margin, thousands shortened."""
    figures = [finding.margin, finding.change, *(finding.interval or ())]
    logs = is_log(unit)
    sizes = [abs(_as_percentage(x) if logs else x) for x in figures if x is not None]
    known = [x for x in sizes if math.isfinite(x) and x != 0]
    margin = sizes[0]
    if logs:
        return Scale(1.0, " %", _percent_decimals(margin, max(known, default=0.0)), True)
    return scale_for(max(known, default=1.0), margin)


def _percent_decimals(margin: float, largest: float) -> int:
    """Decimals of percentages: none as a rule, more for a margin below 2 %; -1 past all bounds."""
    if largest >= 1e7:
        return -1
    if margin >= 2 or largest >= 1e4 or not margin > 0:
        return 0
    return min(1 - math.floor(math.log10(margin)), 4)


def is_log(unit: str) -> bool:
    """Whether a unit is the logarithm of a quantity, as in `log USD a month`."""
    return unit.startswith("log ")


def unit_words(unit: str) -> str:
    """The unit of a change as written: a difference of logarithms is shown as a percentage."""
    return "%" if is_log(unit) else plain(unit)


def bare_unit(unit: str) -> str:
    """The unit without its logarithm: that of the quantity itself, as shown on an axis."""
    return unit.removeprefix("log ").removeprefix("ratio") if is_log(unit) else unit


def _as_percentage(logs: float) -> float:
    return math.expm1(logs) * 100 if logs < 700 else math.inf


def scale_for(largest: float, smallest: float) -> Scale:
    """Choose a scale for figures up to `largest`, of which `smallest` must stay readable."""
    if not 1e-4 <= largest < 1e15:
        return Scale(1.0, "", -1)
    divisor, suffix = next(
        ((size, name) for size, name in _SUFFIXES if largest >= max(size, 1e4)),
        (1.0, ""),
    )
    reference = smallest if math.isfinite(smallest) and smallest > largest / 1000 else largest
    decimals = 1 - math.floor(math.log10(reference / divisor) + 1e-9)
    return Scale(divisor, suffix, min(max(decimals, 0), 4))


def verdict_words(finding: Finding) -> str:
    """SHIFT further, STEADY or UNCLEAR."""
    if finding.outcome is Outcome.SHIFT and finding.direction:
        return f"{finding.outcome.value} {finding.direction}"
    return finding.outcome.value


def side_words(assessment: Assessment, side: Side) -> str:
    """How the dimensions of one side came out: `4 of 6 dimensions STEADY, 2 UNCLEAR`."""
    own = [one for one in assessment.judged if one.side == side]
    judged = [one for one in own if one.measurable]
    if not judged:
        return "no change measurable" if own else "no dimension measured"
    if len(judged) == 1:
        return f"{plain(judged[0].name)} {verdict_words(judged[0].finding)}"
    counts = [(sum(one.finding.outcome is o for one in judged), o.value) for o in Outcome]
    (first, outcome), *others = sorted((c for c in counts if c[0]), key=lambda c: -c[0])
    rest = "".join(f", {count} {name}" for count, name in others)
    return f"{first} of {len(judged)} dimensions {outcome}{rest}"


_BESIDE = {
    "agrees": "agrees",
    "disagrees": "disagrees",
    "cannot tell": "neither confirms nor contradicts this",
}


def second_words(judged: Judged) -> str | None:
    """One sentence on a second reading: whether it bears the first out, and what it found."""
    second = judged.second
    if second is None:
        return None
    note = f" ({plain(second.series.note)})" if second.series.note else ""
    if not second.series.dates:
        return f"no second reading{note}."
    finding = second.finding
    scale = scale_of(finding, second.series.unit)
    figures = f"{scale.signed(finding.change)} {plain(second.series.unit)}"
    if finding.interval:
        figures += f", {scale.interval(finding.interval)}"
    outcome = f"{verdict_words(finding)} ({figures}; margin {scale.unsigned(finding.margin)})"
    beside = _BESIDE[second.agreement]
    return f"a second reading ({plain(second.method)}) {beside}: {outcome}{note}."


def provenance(casebook: Casebook) -> str:
    """Where the answer's evidence came from, and from what date."""
    if casebook.origin == "casebook":
        return f"answers from the bundled casebook, built {casebook.built.isoformat()}"
    where = f" {plain(casebook.location)}" if casebook.location else ""
    return f"answers from your store{where}, last changed {casebook.built.isoformat()}"


def provenance_of(told: Mapping[str, Any]) -> str:
    """The same from the `casebook` of a JSON answer, as a sentence."""
    built = date.fromisoformat(told["built"])
    said = provenance(Casebook(told["origin"], built, told["location"]))
    return f"{said[0].upper()}{said[1:]}."


def script_language(text: str) -> str | None:
    """The language tag a browser needs to pick a font for a quotation, from its letters."""
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if re.search(r"[\u3400-\u9fff]", text):
        return "zh"
    if re.search(r"[іїєґІЇЄҐ]", text):
        return "uk"
    return "ru" if re.search(r"[\u0400-\u04ff]", text) else None
