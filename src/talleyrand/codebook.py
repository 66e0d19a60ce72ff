"""The codebook: what a text can do, how that is worded in three languages, found in any text.

Codes and phrases are data (`phrases/*.toml`); a user's own files add to them or override them.
Where wordings overlap the longest wins, among the stances and within each topic, so that
"Ukraine crisis" is one frame of the war and still names Ukraine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from talleyrand import cues
from talleyrand.errors import CodebookError, UnknownCode
from talleyrand.finder import Finder
from talleyrand.model import Code, Language, Match, Phrase, Pole
from talleyrand.phrase_file import (
    IGNORE,
    LANGUAGES,
    CodeEntry,
    Wording,
    complete,
    read,
    read_path,
)

_CODES = "codes.toml"
_BUNDLED = (_CODES, *(f"{language}.toml" for language in LANGUAGES))


def load(*extra_paths: Path) -> Codebook:
    """The bundled codebook, with the user's files over it in the order given.

    Raises CodebookError with file, line and reason where a file cannot be used.
    """
    if not extra_paths:
        return _bundled()
    base = _bundled()
    codes, denials = dict(base.codes), dict(base.denials)
    reasons, wordings = dict(base.reasons), list(base.wordings)
    own: list[Wording] = []
    for path in extra_paths:
        entries, more = read_path(path)
        for entry in entries:
            _put(entry, codes, denials, reasons)
            _verify_parties(entry)
            if entry.given.get("replace"):
                wordings = [w for w in wordings if w.code != entry.name]
        wordings += more
        own += more
    book = _built(codes, denials, reasons, wordings)
    _verify_own(book, own)
    return book


@cache
def stances(target: str) -> Mapping[str, tuple[Pole, float]]:
    """Which way each bundled code points towards a target, and its weight; no phrase is read.

    Codes that point neither way are left out.
    """
    path = resources.files("talleyrand").joinpath("phrases", _CODES)
    entries, _ = read(path.read_bytes(), f"phrases/{_CODES}", None)
    codes = [complete(entry, None) for entry in entries]
    poles = {code.name: (_pole(code, target), code.weight) for code in codes}
    return MappingProxyType({name: one for name, one in poles.items() if one[0] != "neither"})


@dataclass(frozen=True)
class Codebook:
    """Codes by name, the phrases that word them, and a hash of both.

    `reasons` says why a code weighs more or less than 1; `denials` which cues of negation count
    for a code (see `talleyrand.cues`).
    """

    codes: Mapping[str, Code]
    phrases: tuple[Phrase, ...]
    version: str
    reasons: Mapping[str, str]
    denials: Mapping[str, cues.Denial]
    wordings: tuple[Wording, ...]
    _finders: dict[Language, Finder] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _poles: dict[tuple[str, str], Pole] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def find(
        self,
        text: str,
        language: Language,
        home: Sequence[tuple[int, int]] | None = (),
        leaders: Sequence[int] = (),
    ) -> list[Match]:
        """The codes in a text, in text order, offsets in characters.

        `home`: where each speaker names the own state; such a name is no foreign one. None: all
        is said to another state, as in a meeting, so none need be named. `leaders`: where a leader
        of another state is named, who stands for it.

        `holder` is "other" where the sentence puts the words into somebody else's mouth, and ""
        where that is left to the passage's speaker. Topics are never negated.
        """
        finder = self._finders.get(language)
        if finder is None:
            finder = Finder(self.wordings, self.codes, self.denials, language)
            self._finders[language] = finder
        return finder.find(text, home, leaders)

    def pole(self, code: str, target: str) -> Pole:
        """Which way a code points towards a target: its own pole there, its group's, or the rule's.

        A state beats a group, and an earlier group in the alphabet a later one.
        """
        known = self._poles.get((code, target))
        if known is None:
            if code not in self.codes:
                raise UnknownCode(f"no code {code!r} in the codebook; see: talleyrand codebook")
            known = self._poles[code, target] = _pole(self.codes[code], target)
        return known

    def families(self) -> tuple[str, ...]:
        """The names of the families, in the codebook's order."""
        return tuple(dict.fromkeys(code.family for code in self.codes.values()))


def _pole(code: Code, target: str) -> Pole:
    poles = dict(code.poles)
    if target in poles:
        return poles[target]
    groups = [party for party in poles if len(party) != 3 or party in ("CIS", "SCO")]
    if groups:
        from talleyrand.states import members

        for group in groups:
            if target in members(group):
                return poles[group]
    return code.pole


# --- building ------------------------------------------------------------------------------


@cache
def _bundled() -> Codebook:
    codes: dict[str, Code] = {}
    denials: dict[str, cues.Denial] = {}
    reasons: dict[str, str] = {}
    wordings: list[Wording] = []
    folder = resources.files("talleyrand").joinpath("phrases")
    for name in _BUNDLED:
        stem = Path(name).stem
        language = stem if stem in LANGUAGES else None
        entries, more = read(folder.joinpath(name).read_bytes(), f"phrases/{name}", language)
        for entry in entries:
            if entry.name in codes:
                raise CodebookError(f"{entry.place}: code {entry.name!r} is there twice")
            _put(entry, codes, denials, reasons)
        wordings += more
    worded = {(w.code, w.language) for w in wordings}
    for code in codes:
        for language in LANGUAGES:
            if (code, language) not in worded:
                raise CodebookError(f"phrases/{language}.toml: no phrase for code {code!r}")
    return _built(codes, denials, reasons, wordings)


def _put(
    entry: CodeEntry,
    codes: dict[str, Code],
    denials: dict[str, cues.Denial],
    reasons: dict[str, str],
) -> None:
    codes[entry.name] = complete(entry, codes.get(entry.name))
    if "denial" in entry.given:
        denials[entry.name] = entry.given["denial"]
    if "weight_why" in entry.given:
        reasons[entry.name] = entry.given["weight_why"]


def _built(
    codes: Mapping[str, Code],
    denials: Mapping[str, cues.Denial],
    reasons: Mapping[str, str],
    wordings: Sequence[Wording],
) -> Codebook:
    for wording in wordings:
        if wording.code != IGNORE and wording.code not in codes:
            raise CodebookError(f"{wording.place}: no code {wording.code!r} for this phrase")
    content = [repr(sorted(codes.items())), repr(sorted(denials.items()))]
    content += [repr(replace(w, place="")) for w in wordings] + [cues.fingerprint()]
    return Codebook(
        codes=MappingProxyType(dict(codes)),
        phrases=tuple(_phrases(wordings)),
        version=hashlib.sha256("\n".join(content).encode()).hexdigest()[:12],
        reasons=MappingProxyType(dict(reasons)),
        denials=MappingProxyType(dict(denials)),
        wordings=tuple(wordings),
    )


def _phrases(wordings: Sequence[Wording]) -> Iterator[Phrase]:
    for w in wordings:
        if w.code != IGNORE:
            for pattern in w.patterns:
                yield Phrase(w.code, w.language, pattern, w.example, w.counterexample)


def _verify_own(book: Codebook, own: Sequence[Wording]) -> None:
    """A user's codes have phrases, their examples match and their counterexamples do not."""
    worded = {w.code for w in book.wordings}
    for code in book.codes:
        if code not in worded:
            raise CodebookError(f"code {code!r} has no phrase; add a [[phrase]] block for it")
    for wording in own:
        if wording.code != IGNORE:
            verify_samples(book, wording)


def verify_samples(book: Codebook, wording: Wording) -> None:
    """Raise CodebookError unless the example is found, and the counterexample is not.

    A phrase that is found but negated or in another's mouth counts as not found.
    """
    for sample, wanted in ((wording.example, True), (wording.counterexample, False)):
        found = {
            m.code
            for m in book.find(sample, wording.language)
            if not m.negated and m.holder != "other"
        }
        if (wording.code in found) is not wanted:
            said = "the example does not match" if wanted else "the counterexample matches"
            raise CodebookError(f"{wording.place}: {said} code {wording.code!r}: {sample!r}")


def _verify_parties(entry: CodeEntry) -> None:
    from talleyrand.states import all_states, groups

    for party in entry.given.get("poles", {}):
        if party not in groups() and party not in all_states():
            raise CodebookError(f"{entry.place}: no state or group {party!r} in poles")
