"""Read codebook files (TOML) into codes and wordings; every error names file, line and reason.

A file holds `[code_name]` tables (what a code means) and `[[phrase]]` blocks (how it is worded).
The form is described in docs/add-a-phrase.md; unknown keys are refused, since a misspelt key that
is silently ignored changes what is measured.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from talleyrand import bounded
from talleyrand.cues import Denial
from talleyrand.errors import CodebookError
from talleyrand.matcher import Matcher
from talleyrand.model import Aim, Code, Language, Pole

IGNORE = "_ignore"
LANGUAGES: tuple[Language, ...] = ("en", "zh", "ru")
_CODE_KEYS = {
    "family": str,
    "meaning": str,
    "pole": str,
    "origin": str,
    "poles": dict,
    "weight": (int, float),
    "weight_why": str,
    "about": str,
    "denial": str,
    "aim": str,
    "replace": bool,
}
_CODE_NEEDS = ("family", "meaning", "pole", "origin")
_PHRASE_KEYS = {
    "code": str,
    "language": str,
    "pattern": str,
    "patterns": list,
    "example": str,
    "counterexample": str,
    "near": list,
    "not_near": list,
    "led_by": list,
    "not_led_by": list,
    "leads_to": list,
    "unless": list,
    "polarity_free": bool,
}
_PHRASE_NEEDS = ("code", "example", "counterexample")
_MOST = 5 * bounded.MEGABYTE
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PARTY = re.compile(r"[A-Z][A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as a file gives it: only the keys that are there (a user may override a few)."""

    name: str
    given: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One `[[phrase]]` block: patterns of a code in one language, with their conditions.

    `near` and `not_near` are phrases that must, or must not, stand in the same sentence. `unless`
    are longer wordings that hold a pattern but mean something else. `led_by` and `leads_to` are
    phrases one of which must stand before it, or after it, in its clause; none of `not_led_by` may
    stand before it there. `polarity_free`: words of negation are part of the idiom, so none is
    looked for. `foreign`: what stands near must point abroad (`near` holds the list @foreign), so
    the speaker's own state does not count. `abroad`: what is said in a meeting needs no other
    state named (so does the list @abroad). `not_near_abroad`: what must not stand near there, the
    list @home left out.
    """

    code: str
    language: Language
    patterns: tuple[str, ...]
    example: str
    counterexample: str
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    not_near_abroad: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    not_led_by: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    polarity_free: bool = False
    foreign: bool = False
    abroad: bool = False
    place: str = field(default="", compare=False)

    @property
    def conditional(self) -> bool:
        """Does it ask for anything around it?"""
        return bool(self.near or self.not_near or self.led_by or self.not_led_by or self.leads_to)


def read(data: bytes, label: str, language: Language | None = None) -> _Entries:
    """The codes and wordings of one file; `label` names it in errors, `language` is its default."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CodebookError(f"{label}, line {line}: not UTF-8 text") from error
    bounded.verify_lines(text, label, CodebookError)
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CodebookError(f"{label}: not valid TOML: {error}") from error
    places = _Places(text, label)
    blocks = tables.pop("phrase", [])
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise CodebookError(f"{places.of('phrase')}: write phrases as [[phrase]] blocks")
    default = tables.pop("language", language)
    lists = _lists(tables.pop("lists", {}), places)
    codes = [_code(name, given, places) for name, given in tables.items()]
    wordings = [_wording(block, i, places, default, lists) for i, block in enumerate(blocks)]
    return codes, wordings


_Entries = tuple[list[CodeEntry], list[Wording]]


def complete(entry: CodeEntry, base: Code | None) -> Code:
    """A code from what a file gives, over what was known of it; raises where a field is missing."""
    for key in _CODE_NEEDS:
        if base is None and not entry.given.get(key):
            raise CodebookError(f"{entry.place}: code {entry.name!r} lacks {key!r}")
    given = dict(entry.given)
    weight = float(given.get("weight", base.weight if base else 1.0))
    if weight < 0:
        raise CodebookError(f"{entry.place}: weight must not be below 0")
    if weight != 1.0 and "weight" in given and not given.get("weight_why"):
        raise CodebookError(f"{entry.place}: a weight other than 1 needs 'weight_why'")
    poles = given.get("poles")
    known = base.poles if base else ()
    return Code(
        name=entry.name,
        family=given.get("family") or (base.family if base else ""),
        meaning=given.get("meaning") or (base.meaning if base else ""),
        pole=given.get("pole") or (base.pole if base else "neither"),
        origin=given.get("origin") or (base.origin if base else ""),
        poles=tuple(sorted(poles.items())) if poles is not None else known,
        weight=weight,
        about=given.get("about", base.about if base else ""),
        aim=given.get("aim", base.aim if base else "named"),
    )


# --- one table, one block ------------------------------------------------------------------


def _code(name: str, given: object, places: _Places) -> CodeEntry:
    place = places.of(f"[{name}]")
    if not isinstance(given, dict):
        raise CodebookError(f"{places.of(name)}: {name!r} is neither a [code] nor a [[phrase]]")
    if not _NAME.fullmatch(name):
        raise CodebookError(f"{place}: name a code in small letters, digits and _: {name!r}")
    _verify_keys(given, _CODE_KEYS, place)
    for pole in [given.get("pole", "neither"), *given.get("poles", {}).values()]:
        if pole not in get_args(Pole):
            raise CodebookError(f"{place}: pole {pole!r} is not closer, further or neither")
    for party in given.get("poles", {}):
        if not _PARTY.fullmatch(party):
            raise CodebookError(f"{place}: {party!r} in poles is not an ISO3 code or a group")
    if given.get("denial", "any") not in get_args(Denial):
        raise CodebookError(f"{place}: denial {given['denial']!r} is not one of {_listed(Denial)}")
    if given.get("aim", "named") not in get_args(Aim):
        raise CodebookError(f"{place}: aim {given['aim']!r} is not one of {_listed(Aim)}")
    return CodeEntry(name, given, place)


def _listed(choices: Any) -> str:
    return ", ".join(get_args(choices))


def _lists(given: object, places: _Places) -> Mapping[str, tuple[str, ...]]:
    """Named lists of words, for `near = ["@name"]`."""
    if not isinstance(given, dict) or not all(isinstance(v, list) for v in given.values()):
        raise CodebookError(f"{places.of('[lists]')}: each of [lists] is a list of words")
    return {f"@{name}": tuple(words) for name, words in given.items()}


def _wording(
    block: dict[str, Any],
    index: int,
    places: _Places,
    default: object,
    lists: Mapping[str, tuple[str, ...]],
) -> Wording:
    place = places.of_block(index)
    _verify_keys(block, _PHRASE_KEYS, place)
    language = block.get("language", default)
    if language not in LANGUAGES:
        raise CodebookError(f"{place}: 'language' must be one of {', '.join(LANGUAGES)}")
    swallow = block.get("code") == IGNORE
    for key in ("code",) if swallow else _PHRASE_NEEDS:
        if not block.get(key):
            raise CodebookError(f"{place}: the phrase lacks {key!r}")
    patterns = block.get("patterns") or [block.get("pattern")]
    if not all(isinstance(p, str) and p.strip() for p in patterns):
        raise CodebookError(f"{place}: the phrase lacks 'pattern' (or 'patterns', a list of text)")
    wording = Wording(
        code=block["code"],
        language=cast(Language, language),
        patterns=tuple(patterns),
        example=block.get("example", ""),
        counterexample=block.get("counterexample", ""),
        near=_spelt_out(block.get("near", ()), lists, place),
        not_near=_spelt_out(block.get("not_near", ()), lists, place),
        not_near_abroad=_spelt_out(
            [w for w in block.get("not_near", ()) if w != "@home"], lists, place
        ),
        led_by=_spelt_out(block.get("led_by", ()), lists, place),
        not_led_by=_spelt_out(block.get("not_led_by", ()), lists, place),
        leads_to=_spelt_out(block.get("leads_to", ()), lists, place),
        unless=tuple(block.get("unless", ())),
        polarity_free=block.get("polarity_free", False),
        foreign="@foreign" in block.get("near", ()),
        abroad="@abroad" in block.get("near", ()),
        place=place,
    )
    _verify_patterns(wording)
    return wording


def _spelt_out(
    words: Sequence[str], lists: Mapping[str, tuple[str, ...]], place: str
) -> tuple[str, ...]:
    """The words with every @name replaced by its list."""
    spelt: list[str] = []
    for word in words:
        if isinstance(word, str) and word.startswith("@"):
            if word not in lists:
                raise CodebookError(f"{place}: no list {word!r} in [lists]")
            spelt += lists[word]
        else:
            spelt.append(word)
    return tuple(spelt)


def _verify_patterns(wording: Wording) -> None:
    context = (*wording.near, *wording.not_near, *wording.led_by, *wording.leads_to)
    for pattern in (*wording.patterns, *context, *wording.not_led_by, *wording.unless):
        trouble = _trouble(pattern) if isinstance(pattern, str) else "is no text"
        if trouble:
            raise CodebookError(f"{wording.place}: pattern {pattern!r}: {trouble}")


@cache
def _trouble(pattern: str) -> str:
    """What is wrong with a pattern; lists of words are shared by many wordings."""
    try:
        Matcher([pattern])
    except ValueError as error:
        return str(error)
    return ""


def _verify_keys(given: Mapping[str, Any], known: Mapping[str, Any], place: str) -> None:
    for key, value in given.items():
        if key not in known:
            raise CodebookError(f"{place}: unknown key {key!r}; known: {', '.join(known)}")
        if not isinstance(value, known[key]):
            raise CodebookError(f"{place}: {key!r} has the wrong type ({type(value).__name__})")


class _Places:
    """Where things stand in a TOML text, since the parser does not say."""

    def __init__(self, text: str, label: str) -> None:
        self._lines = text.splitlines()
        self._label = label
        self._blocks = list(self._at(re.compile(r"\s*\[\[\s*phrase\s*\]\]")))

    def of(self, start: str) -> str:
        """The first line that begins with `start`."""
        return self._said(next(self._at(re.compile(rf"\s*{re.escape(start)}")), 1))

    def of_block(self, index: int) -> str:
        """The line of the n-th [[phrase]]."""
        return self._said(self._blocks[index] if index < len(self._blocks) else 1)

    def _at(self, form: re.Pattern[str]) -> Iterator[int]:
        return (number for number, line in enumerate(self._lines, 1) if form.match(line))

    def _said(self, line: int) -> str:
        return f"{self._label}, line {line}"


def read_path(path: Path) -> _Entries:
    """The codes and wordings of a user's file; one named en.toml is in English by default."""
    try:
        data = bounded.read(path, _MOST, CodebookError, what="codebook")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read: {error.strerror or error}") from error
    stem = path.stem if path.stem in LANGUAGES else None
    return read(data, str(path), stem)
