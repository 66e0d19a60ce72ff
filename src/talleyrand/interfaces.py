"""Interfaces made for programs: which places they are, and with what they are to be asked.

robots.txt is about pages and is not asked there. A key comes from the environment at the moment of
asking and only then stands in the address: neither the cache nor a message nor a log has it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

PLACES = (
    "api.github.com/",
    "comtradeapi.un.org/",
    "ec.europa.eu/eurostat/api/",
    "api.imf.org/external/sdmx/",
    "api.census.gov/data/",
)
# The parameter that holds the key, and the environment variable it is taken from.
KEYS = {"api.census.gov/data/": ("key", "CENSUS_API_KEY")}
# The form of an answer, where the address has no parameter for it.
FORMS = {"api.imf.org/external/sdmx/": "application/vnd.sdmx.data+csv;version=1.0.0"}

_LOGS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy")))


def is_one(url: str) -> bool:
    """Whether an address is of such an interface."""
    return _place(url).startswith(PLACES)


def form(url: str) -> dict[str, str]:
    """The header that asks for the form we read, if it is not the one the interface takes."""
    for place, told in FORMS.items():
        if _place(url).startswith(place):
            return {"Accept": told}
    return {}


def keyed(url: str) -> str:
    """The address with its key, if it takes one and the environment has it."""
    for place, (parameter, variable) in KEYS.items():
        key = os.environ.get(variable, "").strip()
        if key and _place(url).startswith(place):
            return f"{url}{'&' if '?' in url else '?'}{parameter}={quote(key, safe='')}"
    return url


def without_keys(text: str) -> str:
    """A message in which no key stands, as it is or as an address writes it."""
    for key in _keys():
        text = text.replace(key, "***").replace(quote(key, safe=""), "***")
    return text


def brief(told: str) -> str:
    """What a site told, to be named in a message: a key that it repeats is never cut in two."""
    return without_keys(told)[:200]


def hush_logs() -> None:
    """Keep keys out of what the libraries below us log, whoever listens."""
    for name in _LOGS:
        logging.getLogger(name).addFilter(_hush)


def _hush(record: logging.LogRecord) -> bool:
    record.msg, record.args = without_keys(record.getMessage()), ()
    return True


def _keys() -> Iterator[str]:
    for _, variable in KEYS.values():
        if key := os.environ.get(variable, "").strip():
            yield key


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"
