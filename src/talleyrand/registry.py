"""The table of contents: every source and every dimension, as plain tuples."""

from __future__ import annotations

from difflib import get_close_matches

from talleyrand.dimensions import (
    aid,
    arena,
    arms,
    balance,
    contacts,
    coverage,
    events,
    exposure,
    opinion,
    reading,
    ties,
    trade,
    votes,
    words,
)
from talleyrand.errors import UnknownSource
from talleyrand.model import Dimension, Source
from talleyrand.sources import (
    atop,
    cctv,
    china_customs,
    china_partners,
    china_vitae,
    cow_alliances,
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
    pew_opinion,
    president_ukraine,
    sipri_arms,
    ukraine_aid,
    un_comtrade,
    un_general_debate,
    un_library,
    un_votes,
    unsc_vetoes,
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
    un_library.SOURCE,
    china_customs.SOURCE,
    imf_trade.SOURCE,
    itpd.SOURCE,
    un_comtrade.SOURCE,
    us_census.SOURCE,
    eurostat.SOURCE,
    china_partners.SOURCE,
    oecd_icio.SOURCE,
    ofac.SOURCE,
    sipri_arms.SOURCE,
    ukraine_aid.SOURCE,
    atop.SOURCE,
    cow_alliances.SOURCE,
    pew_opinion.SOURCE,
    china_vitae.SOURCE,
    unsc_vetoes.SOURCE,
    icews.SOURCE,
    gdelt_daily.SOURCE,
    headlines.SOURCE,
)

DIMENSIONS: tuple[Dimension, ...] = (
    words.DIMENSION,
    balance.DIMENSION,
    contacts.DIMENSION,
    trade.DIMENSION,
    arms.DIMENSION,
    aid.DIMENSION,
    votes.DIMENSION,
    ties.DIMENSION,
    opinion.DIMENSION,
    exposure.DIMENSION,
    arena.DIMENSION,
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
