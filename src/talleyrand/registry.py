"""The table of contents: every source and every dimension, as plain tuples."""

from __future__ import annotations

from difflib import get_close_matches

from talleyrand.dimensions import (
    balance,
    contacts,
    coverage,
    events,
    exposure,
    reading,
    trade,
    votes,
    words,
)
from talleyrand.errors import UnknownSource
from talleyrand.model import Dimension, Source
from talleyrand.sources import (
    cctv,
    china_customs,
    china_partners,
    eurostat,
    gdelt_daily,
    headlines,
    icews,
    imf_trade,
    itpd,
    kremlin,
    mfa_china,
    oecd_icio,
    ofac,
    president_ukraine,
    un_general_debate,
    un_votes,
    us_census,
    whitehouse,
)

SOURCES: tuple[Source, ...] = (
    cctv.SOURCE,
    mfa_china.SOURCE,
    whitehouse.SOURCE,
    kremlin.SOURCE,
    president_ukraine.SOURCE,
    un_general_debate.SOURCE,
    un_votes.SOURCE,
    china_customs.SOURCE,
    imf_trade.SOURCE,
    itpd.SOURCE,
    us_census.SOURCE,
    eurostat.SOURCE,
    china_partners.SOURCE,
    oecd_icio.SOURCE,
    ofac.SOURCE,
    icews.SOURCE,
    gdelt_daily.SOURCE,
    headlines.SOURCE,
)

DIMENSIONS: tuple[Dimension, ...] = (
    words.DIMENSION,
    balance.DIMENSION,
    contacts.DIMENSION,
    trade.DIMENSION,
    votes.DIMENSION,
    exposure.DIMENSION,
    events.DIMENSION,
    coverage.DIMENSION,
)

# Dimensions that are read a second time by another method, which the answer sets beside them.
SECOND_READINGS: tuple[tuple[str, Dimension], ...] = (("words", reading.READING),)


def source(name: str) -> Source:
    """The source of this name; raises UnknownSource with the nearest ones."""
    for entry in SOURCES:
        if entry.name == name:
            return entry
    names = [entry.name for entry in SOURCES]
    near = get_close_matches(name, names, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}"
    raise UnknownSource(f"no source {name!r}; {hint}")
