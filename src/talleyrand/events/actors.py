"""Who acts in coded event data: names and codes of actors as states.

ICEWS names a body and its country, "Foreign Affairs (France)", a country alone, or a person.
A person is of the state he leads on that day; who is neither a country nor an organ of a state
nor its leader is no party here: citizens, firms, media, militants and groups of states.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from talleyrand import states

# ISO codes of what CAMEO and ICEWS call otherwise.
_NAMES = {
    "palestinian territory, occupied": "PSE",
    "occupied palestinian territory": "PSE",
    "democratic republic of congo": "COD",
    "macedonia": "MKD",
    "holy see vatican city state": "VAT",
    "swaziland": "SWZ",
    "antigua and barbuda": "ATG",
    "saint lucia": "LCA",
    "sao tome and principe": "STP",
    "saint kitts and nevis": "KNA",
    "saint vincent and the grenadines": "VCT",
    "trinidad and tobago": "TTO",
    "turkey": "TUR",
    "czech republic": "CZE",
    "cote d'ivoire": "CIV",
}
_CAMEO = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "PAL": "PSE", "BHS": "BHS"}
_ORGAN = re.compile(
    r"^(?:government|head of government|foreign affairs|ministry|cabinet|other authorities"
    r"|military|army|naval|air force|defense|defence|reserve personnel|fighter bomber"
    r"|high ranking military|police|envoy|high commission|diplomat|royal administration"
    r"|treasury|domestic affairs|national security|intelligence|state media|secretariat"
    r"|undersecretary|chief of staff|congress|senate|house of rep|member of parliament"
    r"|lawmaker|legislature|member of leg|assembl|representatives|governor|attorney general"
    r"|public prosecutor|bureaucrat|coast guard|border|space|customs)|ministr?e?y\b|\bministry$"
    r"|department/",
    re.IGNORECASE,
)
_STANDING = re.compile(r"(.*\S)\s*\(([^()]+)\)")


@cache
def country(name: str) -> str | None:
    """The ISO3 of a country by its English name and nothing else; Hong Kong is China's."""
    wanted = " ".join(name.split()).casefold()
    return _NAMES.get(wanted) or _countries().get(wanted)


def actor(name: str, on: date) -> str | None:
    """The state whose conduct an actor of ICEWS is, None where it is nobody's."""
    body = _STANDING.fullmatch(name)
    if body:
        return country(body[2]) if _ORGAN.search(body[1]) else None
    return country(name) or _leader(name, on.replace(day=15))


@cache
def cameo(code: str) -> str | None:
    """The ISO3 of a CAMEO actor's three-letter country code; None for regions and groups."""
    wanted = _CAMEO.get(code, code)
    return wanted if wanted in _iso3() else None


@cache
def _leader(name: str, on: date) -> str | None:
    return states.leader_of(name, "en", on)


@cache
def _iso3() -> frozenset[str]:
    return frozenset(states.all_states())


@cache
def _countries() -> dict[str, str]:
    found = {states.name(iso3).casefold(): iso3 for iso3 in states.all_states()}
    return {**found, "hong kong": "CHN", "macao": "CHN"}


@lru_cache(10_000)
def state_of(text: str) -> str | None:
    """The ISO3 of a country in a column of countries: by code or by any of its names."""
    wanted = text.strip()
    return cameo(wanted) or country(wanted) or states.find(wanted, leaders=False)


def cameo_codes() -> dict[str, str]:
    """Every CAMEO country code of a state with its ISO3."""
    return {**{iso3: iso3 for iso3 in _iso3()}, **{k: v for k, v in _CAMEO.items() if v in _iso3()}}
