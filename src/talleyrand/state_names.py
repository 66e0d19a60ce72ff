"""The states that an answer names, for whoever shows it: the command line and the pages alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from talleyrand import states

Told = Mapping[str, Any]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """English names by ISO3 code; raises UnknownState for what is no state."""
    return {iso3: states.name(iso3) for iso3 in codes}


def in_trade(told: Told) -> dict[str, str]:
    """Those of an answer of `trade`."""
    return names_of({told["sender"], told["target"]})


def in_silence(told: Told) -> dict[str, str]:
    """Those of an answer of `silence`."""
    return names_of(
        {told["sender"], told["target"], *(one["counterpart"] for one in told["others"])}
    )


def in_exposure(told: Told) -> dict[str, str]:
    """Those of an answer of `exposure`."""
    return names_of(
        {*(one["state"] for one in told["economies"]), *told["absent"], *told["coalition"]}
    )


def in_coverage(told: Told) -> dict[str, str]:
    """Those of an answer of `coverage`."""
    return names_of({*told["states"], *(one["outlet_state"] for one in told["countries"])})


def in_timeline(told: Told) -> dict[str, str]:
    """Those of an answer of `timeline`."""
    leads = (state for lead in told["leads"] for state in (lead["first"], lead["second"]))
    return names_of({*told["states"], *(one["outlet_state"] for one in told["outlets"]), *leads})


def in_quotes(told: Told) -> set[str]:
    """Codes, not names, of an answer of `quotes`; also what stands for nobody's state."""
    return {
        *told["parties"],
        *(one["mouth"] for one in told["quotations"]),
        *(one["state"] for one in told["sentences"]),
        *(one["outlet_state"] for one in told["articles"]),
    }
