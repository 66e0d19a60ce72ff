"""News items to look for quotations in: plain text, pages, or the reports of a store.

A text may begin with lines such as `Outlet: Morning Herald`, `Country: GBR`, `Date: 2022-09-15`;
then comes the headline, and the first paragraph after it is the lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from talleyrand import bounded
from talleyrand.errors import InputError
from talleyrand.model import Language
from talleyrand.quoting.units import language_of

_HEADER = re.compile(r"(outlet|country|date|url|language)\s*[:：]\s*(.+)", re.IGNORECASE)
_TAGS = {"p", "h1", "h2", "h3", "li", "blockquote", "div", "br", "td", "article", "section"}
_SILENT = {"script", "style", "noscript", "nav", "footer", "aside", "form", "svg", "template"}
_ENDINGS = {".txt", ".md", ".html", ".htm"}
_MOST = 5_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Article:
    """One news item: headline, lead and body in one text, and where each begins."""

    name: str
    outlet: str
    outlet_state: str  # ISO3, "" where it is not known
    date: str
    url: str
    language: Language
    text: str
    lead_at: int
    body_at: int

    def where(self, place: int) -> str:
        return "headline" if place < self.lead_at else "lead" if place < self.body_at else "body"


def article(
    title: str, lead: str, body: str, *, name: str, about: dict[str, str] | None = None
) -> Article:
    """Put an item together; `about` may have outlet, country, date, url, language."""
    told = about or {}
    text = f"{title}\n{lead}\n{body}" if body else f"{title}\n{lead}"
    language = told.get("language", "")
    return Article(
        name=name,
        outlet=told.get("outlet") or name,
        outlet_state=told.get("country", ""),
        date=told.get("date", ""),
        url=told.get("url", ""),
        language=language if language in ("en", "zh", "ru") else language_of(text),  # type: ignore[arg-type]
        text=text,
        lead_at=len(title) + 1,
        body_at=len(title) + len(lead) + 2,
    )


def read(paths: list[Path]) -> Iterator[Article]:
    """The items in files and folders; raises InputError that names what cannot be read."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in _ENDINGS)
            if not inside:
                raise InputError(f"no .txt, .md or .html file in {path}")
            yield from map(_file, inside)
        else:
            yield _file(path)


def text_of(path: Path) -> str:
    """The text of a file, a page without its marks; raises InputError."""
    try:
        data = bounded.read(path, _MOST, what="text")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{path} is no text; give plain text or a page (.txt, .html)")
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    for encoding in (
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig",
        "gb18030",
    ):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path} is in no encoding known here; save it as UTF-8")


def plain(path: Path) -> str:
    """The words of a file: of a page, its paragraphs."""
    text = text_of(path)
    if not _is_page(path, text):
        return text
    page = _Page()
    page.feed(text)
    return "\n".join(page.paragraphs())


def _file(path: Path) -> Article:
    text = text_of(path)
    return _from_page(path, text) if _is_page(path, text) else _from_text(path, text)


def _is_page(path: Path, text: str) -> bool:
    return path.suffix.lower() in (".html", ".htm") or text.lstrip()[:15].lower().startswith(
        ("<!doctype html", "<html")
    )


def _from_text(path: Path, text: str) -> Article:
    lines = [line.strip() for line in text.split("\n")]
    about: dict[str, str] = {}
    while lines and (not lines[0] or _HEADER.fullmatch(lines[0])):
        if found := _HEADER.fullmatch(lines[0]):
            about[found[1].lower()] = found[2].strip()
        lines = lines[1:]
    kept = [line for line in lines if line]
    if not kept:
        raise InputError(f"{path} holds no text")
    return article(kept[0], kept[1] if len(kept) > 1 else "", "\n".join(kept[2:]),
                   name=path.name, about=about)  # fmt: skip


def _from_page(path: Path, text: str) -> Article:
    page = _Page()
    page.feed(text)
    kept = page.paragraphs()
    title = page.headline or page.title or (kept[0] if kept else "")
    rest = [p for p in kept if p != title]
    if not title:
        raise InputError(f"{path} holds no text")
    about = {
        "outlet": page.meta.get("og:site_name", ""),
        "date": page.meta.get("article:published_time", "")[:10],
        "url": page.meta.get("og:url", ""),
        "country": page.meta.get("talleyrand:country", ""),
    }
    return article(title, rest[0] if rest else "", "\n".join(rest[1:]), name=path.name, about=about)


class _Page(HTMLParser):
    """The title, headline, meta data and paragraphs of a page; scripts and menus are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self._title: list[str] = []
        self._headline: list[str] = []
        self._silent: list[str] = []
        self._pieces: list[list[str]] = [[]]
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "meta":
            self.meta[told.get("property") or told.get("name") or ""] = told.get("content") or ""
        if tag in _SILENT:
            self._silent.append(tag)
        if tag in ("title", "h1"):
            self._inside = tag
        if tag in _TAGS:
            self._pieces.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        if tag == self._inside:
            self._inside = ""
        if tag in _TAGS:
            self._pieces.append([])

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._inside == "title":
            self._title.append(data)
            return
        if self._inside == "h1":
            self._headline.append(data)
        self._pieces[-1].append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over `<![`, of which the library takes any it does not know for its own error."""
        return self.rawdata.find(">", i) + 1 or -1

    @property
    def title(self) -> str:
        return " ".join(" ".join(self._title).split())

    @property
    def headline(self) -> str:
        return " ".join(" ".join(self._headline).split())

    def paragraphs(self) -> list[str]:
        pieces = ("".join(piece) for piece in self._pieces)
        return [" ".join(piece.split()) for piece in pieces if piece.strip()]
