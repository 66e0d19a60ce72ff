"""Put claims to the records: each test measured, judged, and where it fails, a reading nearby."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from talleyrand.claims.expectations import Kind, Truth, kind_of
from talleyrand.claims.measures import MEASURES, Measure
from talleyrand.claims.model import Answer, Checked, Claim, Measured, Test, Tested
from talleyrand.errors import ClaimsError, InputError
from talleyrand.store import Store

_ANSWERS: dict[Truth, Answer] = {
    True: Answer.SUPPORTED,
    False: Answer.CONTRADICTED,
    None: Answer.UNDETERMINED,
}


def check(store: Store, claims: Iterable[Claim]) -> list[Checked]:
    """The answer to each claim.

    SUPPORTED where all its tests hold, CONTRADICTED where one fails, else UNDETERMINED.
    """
    return [_checked(store, claim) for claim in claims]


def _checked(store: Store, claim: Claim) -> Checked:
    tests = tuple(_tested(store, test) for test in claim.tests)
    answers = {test.answer for test in tests}
    if Answer.CONTRADICTED in answers:
        return Checked(claim, Answer.CONTRADICTED, tests)
    if not tests or Answer.UNDETERMINED in answers:
        return Checked(claim, Answer.UNDETERMINED, tests)
    return Checked(claim, Answer.SUPPORTED, tests)


def _tested(store: Store, test: Test) -> Tested:
    measure, kind = _named(test.measure), kind_of(test.expected)
    assert kind is not None
    found = _measured(store, measure, test.asked, test.place)
    other = _other(store, test)
    truth = _truth(found, kind, test, other)
    reason = _reason(found, kind, test, other, truth)
    nearby = _nearby(store, measure, kind, test, other) if truth is False else None
    return Tested(_ANSWERS[truth], reason, found, nearby)


def _truth(found: Measured, kind: Kind, test: Test, other: Measured | None) -> Truth:
    if found.value is None or (other is not None and other.value is None):
        return None
    return kind.judge(found, test.expected, other)


def _reason(found: Measured, kind: Kind, test: Test, other: Measured | None, truth: Truth) -> str:
    if found.value is None:
        return f"{found.told}."
    if other is not None and other.value is None:
        return f"{found.told}; {other.told}."
    if truth is None:
        return f"{found.told}: the interval reaches to both sides of what is claimed."
    verb = "as claimed" if truth else "not as claimed"
    return f"{found.told}: {verb} ({kind.words(test.expected, other)})."


def _other(store: Store, test: Test) -> Measured | None:
    """What a test compares with."""
    table = test.expected.get("more_than")
    if not isinstance(table, Mapping):
        return None
    asked = {key: value for key, value in table.items() if key != "measure"}
    return _measured(store, _named(table["measure"]), asked, test.place)


def _measured(store: Store, measure: Measure, asked: Mapping[str, Any], place: str) -> Measured:
    try:
        return measure.ask(store, asked)
    except InputError as error:
        raise ClaimsError(f"{place}: {error}") from error


def _nearby(
    store: Store, measure: Measure, kind: Kind, test: Test, other: Measured | None
) -> str | None:
    """The nearest other reading of the same claim that would hold, in words."""
    for asked in measure.nearby(test.asked):
        try:
            found = measure.ask(store, asked)
        except InputError:
            continue
        if found.value is not None and kind.judge(found, test.expected, other):
            return f"It would hold of {found.told}."
    return None


def _named(name: str) -> Measure:
    return next(measure for measure in MEASURES if measure.name == name)
