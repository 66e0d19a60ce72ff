"""Talleyrand: has a state's position changed, or only the way it is read?"""

from talleyrand.api import assess, code, evidence, history, shift, silence, vote_agreement
from talleyrand.api_arena import arena
from talleyrand.api_events import (
    codings,
    event_series,
    event_types,
    reduce,
    reduction_sql,
)
from talleyrand.api_perception import quotes
from talleyrand.api_structure import check, exposure, trade
from talleyrand.errors import TalleyrandError
from talleyrand.model import Dyad, Finding, Outcome, Series

__all__ = [
    "Dyad",
    "Finding",
    "Outcome",
    "Series",
    "TalleyrandError",
    "arena",
    "assess",
    "check",
    "code",
    "codings",
    "event_series",
    "event_types",
    "evidence",
    "exposure",
    "history",
    "quotes",
    "reduce",
    "reduction_sql",
    "shift",
    "silence",
    "trade",
    "vote_agreement",
]


def __getattr__(name: str) -> str:
    """The version, looked up only when it is asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("talleyrand")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
