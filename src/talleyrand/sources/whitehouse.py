"""The White House: statements, read-outs and press briefings, from a public mirror in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from talleyrand.model import Document, Http, Kind, Parsed, Raw, Rejected, Source
from talleyrand.sources import _text

NAME = "whitehouse"
FEED = "https://www.whitehouse.gov/briefing-room/feed/"

_FRONT = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---[ \t]*\n(.*)\Z", re.DOTALL)
_MARKS = re.compile(r"\\#{1,3}|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[^\w\s])")
_LINKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)|<https?://[^>\s]*>")
_TAGS = re.compile(r"</?[a-zA-Z][^>\n]*>")


def fetch(http: Http) -> Iterator[Raw]:
    """The latest releases of the site's own feed, each in the mirror's form."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    feed = etree.fromstring(http.get(FEED), parser=parser)
    for item in feed.iter("item"):
        url = (item.findtext("link") or "").strip()
        if url.startswith("https://www.whitehouse.gov/"):
            yield Raw(f"{url.rstrip('/').rsplit('/', 1)[1]}.html", http.get(url))


def claims(name: str) -> bool:
    """A release is one Markdown file, or a page as fetched."""
    return name.endswith((".md", ".html"))


def parse(raw: Raw) -> Iterator[Parsed]:
    """One document a release."""
    if raw.name.endswith(".html"):
        yield Rejected(NAME, raw.name, "a page of the live site: its layout is not known yet")
        return
    found = _FRONT.match(raw.data.decode("utf-8", "replace"))
    front = _front(found[1]) if found else None
    if not found or front is None:
        yield Rejected(NAME, raw.name, "no front matter with the release's metadata")
        return
    published = _day(front.get("date"))
    title = " ".join(str(front.get("title") or "").split())
    text = _clean(found[2])
    if published is None or not text:
        yield Rejected(NAME, raw.name, "undated" if published is None else "a release without text")
        return
    yield _document(raw.name, front, title, text, published)


def _document(name: str, front: dict[str, Any], title: str, text: str, published: date) -> Document:
    on, basis = _text.event_date(text, "en", published)
    kind = _text.kind_of(title, "", "en")
    if kind == Kind.OTHER:
        briefing = "press-briefings" in str(front.get("tags", ""))
        kind = Kind.PRESS_CONFERENCE if briefing else Kind.STATEMENT
    conference = kind == Kind.PRESS_CONFERENCE
    return Document(
        source=NAME,
        url=str(front.get("source_url") or f"whitehouse:{name}"),
        title=title,
        text=text,
        language="en",
        published=published,
        event_date=published if conference else on,
        event_date_basis="publication" if conference else basis,
        sender="USA",
        counterparts=() if conference else _text.counterparts(title, text, "en", "USA", on),
        kind=kind,
    )


def _front(text: str) -> dict[str, Any] | None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(text, Loader=loader)  # noqa: S506
    except yaml.YAMLError:
        return None
    return found if isinstance(found, dict) else None


def _clean(body: str) -> str:
    """Paragraphs unwrapped, marks and links of Markdown taken off."""
    text = _TAGS.sub("", _LINKS.sub(lambda m: m[1] or "", body))
    blocks = re.split(r"\n[ \t]*\n", _MARKS.sub("", text))
    return _text.paragraphs("\n".join(" ".join(block.split()) for block in blocks))


def _day(stated: Any) -> date | None:
    try:
        return stated if isinstance(stated, date) else date.fromisoformat(str(stated)[:10])
    except ValueError:
        return None


SOURCE = Source(
    name=NAME,
    title="The White House: statements, read-outs and press briefings",
    publisher="USA",
    licence="CC0 (public mirror of works of the United States government)",
    homepage="https://github.com/brian14708/wh-briefings",
    brings="documents",
    defects=(
        "16 addresses are used twice",
        "read-outs become rare after January 2025",
    ),
    fetch=fetch,
    claims=claims,
    parse=parse,
)
