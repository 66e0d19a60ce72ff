"""The schema of a file of claims, made from the measures and expectations there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from talleyrand.claims.expectations import KINDS, Kind
from talleyrand.claims.measures import MEASURES, Measure

_TYPES: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "number"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    dict: {"type": "object"},
    date: {"type": "string", "format": "date"},
}


def schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) of a file of claims."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims for talleyrand check",
        "type": "object",
        "required": ["claim"],
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "claim": {"type": "array", "minItems": 1, "items": _claim()},
        },
    }


def _claim() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", "paraphrase"],
        "additionalProperties": False,
        "anyOf": [{"required": ["test"]}, {"required": ["why"]}],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,60}$"},
            "paraphrase": {"type": "string", "minLength": 1},
            "why": {"type": "string", "description": "what record would decide it"},
            "test": {"type": "array", "items": {"oneOf": [_test(m) for m in MEASURES]}},
        },
    }


def _test(measure: Measure, expecting: bool = True) -> dict[str, Any]:
    properties = {"measure": {"const": measure.name}} | _properties(measure.takes)
    if expecting:
        properties["expect"] = {"oneOf": [_expectation(kind) for kind in KINDS]}
    return {
        "type": "object",
        "description": measure.says,
        "required": ["measure", *measure.needs, *(["expect"] if expecting else [])],
        "additionalProperties": False,
        "properties": properties,
    }


def _expectation(kind: Kind) -> dict[str, Any]:
    own = _of(kind.takes)
    if kind.takes == (dict,):
        own = {"oneOf": [_test(measure, expecting=False) for measure in MEASURES]}
    return {
        "type": "object",
        "description": kind.says,
        "required": [kind.key, *kind.required],
        "additionalProperties": False,
        "properties": {kind.key: own} | _properties(kind.beside),
    }


def _properties(takes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _of(kinds) for name, kinds in takes.items()}


def _of(kinds: type | tuple[type, ...]) -> dict[str, Any]:
    """The schema of a value of one of some Python types."""
    wanted = kinds if isinstance(kinds, tuple) else (kinds,)
    found = [_TYPES[kind] for kind in wanted]
    if bool not in wanted and float in wanted:
        return _TYPES[float]
    return found[0] if len(found) == 1 else {"anyOf": found}
