"""Where an answer's evidence came from, as every JSON answer says it."""

from __future__ import annotations

from talleyrand.model import Casebook


def told(casebook: Casebook) -> dict[str, str]:
    """The field `casebook` of an answer: origin, day of the build or last change, place."""
    return {
        "origin": casebook.origin,
        "built": casebook.built.isoformat(),
        "location": casebook.location,
    }
