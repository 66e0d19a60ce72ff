"""Read a file of claims (TOML); every error names file, line and reason.

The form is documented in docs/claims.md and, for editors, in claims.schema.json.
"""

from __future__ import annotations

import re
import reprlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from talleyrand import bounded
from talleyrand.claims.expectations import kind_of
from talleyrand.claims.measures import MEASURES, Measure
from talleyrand.claims.model import Claim, Test
from talleyrand.errors import ClaimsError

_CLAIM_KEYS = {"id": str, "paraphrase": str, "test": list, "why": str}
_MOST = 2 * bounded.MEGABYTE
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


def read(path: Path) -> tuple[Claim, ...]:
    """The claims of a file; raises ClaimsError."""
    try:
        data = bounded.read(path, _MOST, ClaimsError, what="file of claims")
    except OSError as error:
        raise ClaimsError(f"{path}: cannot be read: {error.strerror or error}") from error
    return parse(data, path.name)


def parse(data: bytes, label: str) -> tuple[Claim, ...]:
    """The claims of a text; `label` names it in errors."""
    try:
        text = data.decode("utf-8-sig")
        bounded.verify_lines(text, label, ClaimsError)
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClaimsError(f"{label}, line {line}: not UTF-8 text") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ClaimsError(f"{label}: not valid TOML: {error}") from error
    lines = _Lines(text, label)
    blocks = tables.pop("claim", None)
    tables.pop("title", None)
    if tables:
        key = next(iter(tables))
        raise ClaimsError(f"{lines.of_key(key)}: unknown key {key!r}; claims are [[claim]] blocks")
    if not isinstance(blocks, list) or not blocks or not all(isinstance(b, dict) for b in blocks):
        raise ClaimsError(f"{label}, line 1: no [[claim]] block")
    claims = tuple(_claim(block, i, lines) for i, block in enumerate(blocks))
    for i, claim in enumerate(claims):
        if claim.id in {other.id for other in claims[:i]}:
            raise ClaimsError(f"{lines.claim(i)}: a second claim with the id {claim.id!r}")
    return claims


def _claim(block: Mapping[str, Any], i: int, lines: _Lines) -> Claim:
    _known(block, _CLAIM_KEYS, lines.claim(i), "a claim")
    for key in ("id", "paraphrase"):
        if not str(block.get(key, "")).strip():
            raise ClaimsError(f"{lines.claim(i)}: a claim lacks {key!r}")
    if not _ID.fullmatch(block["id"]):
        raise ClaimsError(
            f"{lines.claim(i)}: {reprlib.repr(block['id'])} is no id; write it as 04-trade"
        )
    tests = block.get("test", [])
    if not all(isinstance(test, dict) for test in tests):
        raise ClaimsError(f"{lines.claim(i)}: write tests as [[claim.test]] blocks")
    if not tests and not block.get("why"):
        raise ClaimsError(
            f"{lines.claim(i)}: a claim needs a [[claim.test]], or `why` no record can decide it"
        )
    read = tuple(_test(test, lines.test(i, n)) for n, test in enumerate(tests))
    return Claim(block["id"], block["paraphrase"], read, block.get("why", ""))


def _test(block: Mapping[str, Any], place: str) -> Test:
    asked = dict(block)
    expected = asked.pop("expect", None)
    measure = _measure(asked, place)
    if not isinstance(expected, dict) or not expected:
        raise ClaimsError(f"{place}: a test lacks `expect`, as in expect = {{ at_least = 3 }}")
    kind = kind_of(expected)
    if kind is None:
        raise ClaimsError(f"{place}: {sorted(expected)} is no expectation, or several; see"
                          " docs/claims.md for the kinds")  # fmt: skip
    _known(expected, {kind.key: kind.takes, **kind.beside}, place, f"expecting {kind.key!r}")
    lacking = [key for key in kind.required if key not in expected]
    if lacking:
        raise ClaimsError(f"{place}: expecting {kind.key!r} needs {lacking[0]!r} too")
    if kind.key == "outcome" and expected["outcome"] not in measure.words:
        can = f"it can be {', '.join(measure.words)}" if measure.words else "it is no word"
        raise ClaimsError(f"{place}: {expected['outcome']!r} is nothing that {measure.name!r} can"
                          f" be; {can}")  # fmt: skip
    if kind.key == "more_than":
        other = dict(expected["more_than"])
        expected = {**expected, "more_than": {"measure": _measure(other, place).name, **other}}
    return Test(measure.name, asked, expected, place)


def _measure(asked: dict[str, Any], place: str) -> Measure:
    """The measure a table names, taken out of it; its parameters are checked."""
    name = asked.pop("measure", None)
    measure = next((m for m in MEASURES if m.name == name), None)
    if measure is None:
        names = ", ".join(m.name for m in MEASURES)
        raise ClaimsError(f"{place}: no measure {name!r}; there are {names}")
    _known(asked, measure.takes, place, f"measure {name!r}")
    lacking = [key for key in measure.needs if key not in asked]
    if lacking:
        raise ClaimsError(f"{place}: measure {name!r} needs {lacking[0]!r}")
    return measure


def _known(block: Mapping[str, Any], keys: Mapping[str, Any], place: str, what: str) -> None:
    for key, value in block.items():
        if key not in keys:
            raise ClaimsError(f"{place}: {what} has no key {key!r}; there are {', '.join(keys)}")
        kinds = keys[key] if isinstance(keys[key], tuple) else (keys[key],)
        wrong = not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)
        if wrong:
            wanted = " or ".join(kind.__name__ for kind in kinds)
            raise ClaimsError(f"{place}: {key!r} must be {wanted}, not {reprlib.repr(value)}")


class _Lines:
    """Where blocks stand in a TOML text, since the parser does not say."""

    def __init__(self, text: str, label: str) -> None:
        self._label, self._text = label, text.splitlines()
        self._claims = list(self._at(r"\s*\[\[\s*claim\s*\]\]"))
        self._tests = list(self._at(r"\s*\[\[\s*claim\s*\.\s*test\s*\]\]"))

    def claim(self, i: int) -> str:
        return self._said(self._claims[i] if i < len(self._claims) else 1)

    def test(self, claim: int, n: int) -> str:
        end = self._claims[claim + 1] if claim + 1 < len(self._claims) else len(self._text) + 1
        start = self._claims[claim] if claim < len(self._claims) else 1
        own = [line for line in self._tests if start < line < end]
        return self._said(own[n] if n < len(own) else start)

    def of_key(self, key: str) -> str:
        return self._said(next(self._at(rf"\s*\[*\s*{re.escape(key)}"), 1))

    def _at(self, form: str) -> Iterator[int]:
        return (n for n, line in enumerate(self._text, 1) if re.match(form, line))

    def _said(self, line: int) -> str:
        return f"{self._label}, line {line}"
