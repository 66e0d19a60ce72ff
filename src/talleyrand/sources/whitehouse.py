"""The White House: statements, read-outs and press briefings, from a public mirror in Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from talleyrand.errors import FetchError, LayoutChanged, PageMissing
from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _rows, _text
from talleyrand.sources._describe import Origin, document

ORIGIN = Origin("whitehouse", "en", "USA")
MIRROR = "https://api.github.com/repos/brian14708/wh-briefings/contents/"
PAGES = "https://raw.githubusercontent.com/brian14708/wh-briefings/HEAD/"
LATEST = 40  # releases fetched of each folder

_FILE = re.compile(r"(?:^|/)\d{4}-\d{2}-\d{2}-[^/]+\.md$|/\d{4}-\d{2}/[^/]+\.md$")
_NAME = re.compile(r"[\w][\w.,;()’'&+-]{0,250}")  # no way out of its folder
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}-")
_GEORGIA = re.compile(
    r"Tbilisi|Caucasus|Georgian (?!B)|Abkhazia"
    r"|(?:Republic|Government|Parliament|country) of Georgia"
)
_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*\n", re.DOTALL)


def fetch(http: Http) -> Iterator[Raw]:
    """The latest releases of the mirror: this month's and last month's folders of each section."""
    last_month = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    return _releases(http, last_month.replace(day=1), LATEST)


def fetch_since(http: Http, since: date) -> Iterator[Raw]:
    """The releases of the mirror from a day on; raises FetchError where there is none."""
    return _releases(http, since, None)


def _releases(http: Http, since: date, latest: int | None) -> Iterator[Raw]:
    """The files of each section and month; the address is made here, never taken from the list."""
    found = 0
    months = _months(since, datetime.now(UTC).date())
    sections = [name for name in _listed(http, "", "dir") if name[0].isalpha()]
    if not sections:
        raise LayoutChanged(f"{SOURCE.homepage} has no sections any more; look there and report it")
    for section, month in ((s, m) for s in sections for m in months):
        files = _listed(http, f"{section}/{month}", "file", settled=month < months[-2:][0])
        for file in files[-latest if latest else 0 :]:
            name = f"{section}/{month}/{file}"
            if claims(name) and not (_DAY.match(file) and file[:10] < since.isoformat()):
                yield Raw(name, http.get(PAGES + quote(name), settled=True))
                found += 1
    if not found:
        raise FetchError(f"{SOURCE.homepage} holds nothing since {since}; look there")


def _months(since: date, until: date) -> list[str]:
    """Every month from one day to another, as 2022-09."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    starts = (since.year * 12 + since.month - 1 + n for n in range(count))
    return [f"{n // 12}-{n % 12 + 1:02}" for n in starts]


def _listed(http: Http, folder: str, kind: str, *, settled: bool = False) -> list[str]:
    """The names in a folder of the mirror, in order; a section without this month holds none."""
    try:
        found = json.loads(http.get(MIRROR + quote(folder), settled=settled))
    except PageMissing:
        if not folder:
            raise
        return []
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise LayoutChanged(f"{MIRROR}{folder} gave no list; look there and report it")
    named = (e.get("name") for e in found if isinstance(e, dict) and e.get("type") == kind)
    return sorted(name for name in named if isinstance(name, str) and _NAME.fullmatch(name))


def claims(name: str) -> bool:
    """A release is named by day and title: 2022-03-18-readout-of-….md."""
    return bool(_FILE.search(name))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a release."""
    text = _text.decoded(raw.data)
    if text is None:
        yield Rejected(ORIGIN.source, raw.name, "not UTF-8")
        return
    found = _FRONT.match(text.replace("\r\n", "\n"))
    front = _front(found[1]) if found else {}
    if not found or not front:
        yield Rejected(ORIGIN.source, raw.name, "no front matter with the release's metadata")
        return
    yield _release(front, text.replace("\r\n", "\n")[found.end() :], raw.name)


def _release(front: dict[str, str], body: str, name: str) -> Document | Rejected:
    published = _rows.day(front.get("date") or front.get("published_time", ""))
    title = _text.one_line(front.get("title", ""))
    if published is None or not title:
        reason = "undated" if published is None else "a release without title"
        return Rejected(ORIGIN.source, name, reason)
    briefing = front.get("tags") == "press-briefings" or "press-briefings" in name
    found = document(
        ORIGIN,
        url=front.get("source_url") or f"{SOURCE.homepage}/blob/HEAD/{name}",
        title=title,
        text=_text.markdown(body) or title,
        published=published,
        default=Kind.PRESS_CONFERENCE if briefing else Kind.OTHER,
    )
    return found if _GEORGIA.search(found.text) else _without(found, "GEO")


def _without(found: Document, iso3: str) -> Document:
    """The document without a counterpart: Georgia, where it is the state of the Union."""
    return replace(found, counterparts=tuple(c for c in found.counterparts if c != iso3))


def _front(text: str) -> dict[str, str]:
    """The front matter's fields as text; nothing is resolved, so no value can surprise."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        found = yaml.load(text, Loader=loader)  # noqa: S506  (builds only text, lists and mappings)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(k, str) and isinstance(v, str)}


SOURCE = Source(
    name=ORIGIN.source,
    title="The White House: statements, read-outs and press briefings",
    publisher="USA",
    licence="CC0 (public mirror of works of the United States government)",
    homepage="https://github.com/brian14708/wh-briefings",
    brings="documents",
    defects=(
        "remarks and proclamations are not in this mirror; read-outs become rare after January"
        " 2025",
        "the same release can stand at two addresses with another wording",
    ),
    fetch=fetch,
    fetch_since=fetch_since,
    claims=claims,
    parse=parse,
)
