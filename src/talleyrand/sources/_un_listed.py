"""UN roll calls rebuilt from a list of the members that did not vote yes.

For resolutions of emergency sessions, which the main table lacks. A member that is not listed
voted yes; this is believed only where yes, no and abstain then add up to what was announced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from talleyrand import states
from talleyrand.errors import UnknownState
from talleyrand.model import Parsed, Raw, Record, Rejected
from talleyrand.sources import _csv

VOTES = {"yes": 1, "abstain": 2, "no": 3, "absent": 8}

# Yes, no and abstain as announced by the President (A/ES-11/PV.5).
_ANNOUNCED = {"ES-11/1": (141, 5, 35)}
_MEMBERS_SINCE = date(2011, 7, 14)  # South Sudan's admission, the last
_MEMBER_CODES = """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL
    BRA BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA
    DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM
    GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT
    LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG
    MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT
    PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR
    TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF
    ZMB ZWE"""
_MEMBERS = frozenset(_MEMBER_CODES.split())


def rebuilt(raw: Raw, source: str) -> Iterator[Parsed]:
    """The records of each resolution listed, or one Rejected that says why there are none."""
    resolutions: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in _csv.rows(raw, source, ("resolution", "date", "vote", "countries")):
        if isinstance(row, Rejected):
            yield row
            continue
        resolutions[row[1]["resolution"], row[1]["date"]][row[1]["vote"]] = row[1]["countries"]
    for (resolution, day), lists in resolutions.items():
        yield from _resolution(source, resolution, day, lists)


def _resolution(source: str, resolution: str, day: str, lists: dict[str, str]) -> Iterator[Parsed]:
    """Every member's vote, or one Rejected that says why not."""
    try:
        on = date.fromisoformat(day)
        named = {
            states.resolve(name): VOTES[vote]
            for vote, names in lists.items()
            for name in filter(None, names.split(";"))
        }
    except (ValueError, KeyError, UnknownState) as error:
        yield Rejected(source, resolution, f"a list that cannot be read ({error})")
        return
    reason = _why_not(resolution, on, named)
    if reason:
        yield Rejected(source, resolution, reason)
        return
    for iso3 in sorted(_MEMBERS):
        yield Record(
            source=source,
            kind="vote",
            sender=iso3,
            target="",
            item=f"res:{resolution}",
            start=on,
            end=on,
            value=float(named.get(iso3, VOTES["yes"])),
            unit="vote",
            note="" if iso3 in named else "yes, as not listed otherwise",
        )


def _why_not(resolution: str, on: date, named: dict[str, int]) -> str:
    """Why the yes votes cannot be told from the list; empty where they can."""
    if not resolution.startswith("ES-"):
        return "a resolution of a regular session: its roll call is in the main table"
    announced = _ANNOUNCED.get(resolution)
    if announced is None or on < _MEMBERS_SINCE:
        return "no announced totals to check the yes votes against"
    votes = [named.get(iso3, VOTES["yes"]) for iso3 in _MEMBERS]
    counted = tuple(votes.count(VOTES[vote]) for vote in ("yes", "no", "abstain"))
    if counted != announced or not named.keys() <= _MEMBERS:
        return f"the list gives {counted} where {announced} was announced"
    return ""
