"""Clean text: one line a paragraph, single spaces, no marks of the form it was published in.

Every function takes linear time, since what it reads comes from strangers.
"""

from __future__ import annotations

import html
import re
from typing import Any

from talleyrand.model import Language

# Zero-width and bidirectional marks, soft hyphens and control characters say nothing.
_SILENT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
)


_RULE_LINE = re.compile(r"[-*_=~—\s]{2,}")


def paragraphs(text: str) -> str:
    """The text with one line a paragraph, single spaces, no rules and nothing empty."""
    lines = (" ".join(line.split()) for line in _SILENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not _RULE_LINE.fullmatch(line))


def one_line(text: str) -> str:
    """A title: everything on one line, single spaces, no tags."""
    return " ".join(_SILENT.sub("", _TAG.sub(" ", html.unescape(text))).split())


def decoded(data: bytes) -> str | None:
    """UTF-8 with or without a byte-order mark; None where it is something else."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def without(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; an unclosed mark stays."""
    kept = []
    place = 0
    while (start := text.find(opening, place)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[place:start])
        place = end + len(closing)
    return "".join([*kept, text[place:]])


# --- Markdown ------------------------------------------------------------------------------

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BREAKING_TAG = re.compile(r"<(?:br|/p|/tr|/div|/li|/h\d|/td|/th)\b[^<>]{0,200}>", re.IGNORECASE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_RULE = re.compile(r"(?:\\?[-*_=#]\s?){3,}")
_HEADING = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"[-*+]\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.){0,2000})\]\([^()\s]{0,2000}(?:\([^()]{0,500}\)[^()\s]{0,500}){0,4}"
    r"\s{0,4}(?:\"[^\"]{0,500}\")?\s{0,4}\)"
)
_MARK = re.compile(
    r"\\([!-/:-@\[-`{-~])|\*+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\\$|~~",
)


def markdown(text: str) -> str:
    """Markdown as plain paragraphs: wrapped lines joined, lists a line an item, marks taken off."""
    text = _ADDRESS.sub(r"\1", without(text, "<!--", "-->"))
    text = _TAG.sub("", _BREAKING_TAG.sub("\n\n", text))
    return paragraphs("\n".join(inline(block) for block in _blocks(text))).rstrip("# \n")


def inline(block: str) -> str:
    """One paragraph without emphasis, links, escapes and entities; a picture leaves nothing."""
    if "](" in block:
        block = _LINK.sub(lambda m: "" if m[0].startswith("!") else m[1], block)
    return html.unescape(_MARK.sub(lambda m: m[1] or "", block))


def _blocks(text: str) -> list[str]:
    """The paragraphs, list items and headings of a Markdown text, each on one line."""
    blocks: list[str] = []
    current: list[str] = []

    def flush() -> None:
        if current:
            blocks.append(" ".join(current))
            current.clear()

    for line in text.splitlines():
        said = line.strip()
        if not said or _RULE.fullmatch(said):
            flush()
            continue
        if heading := _HEADING.match(said):
            flush()
            said = said[heading.end() :]
        elif (item := _BULLET.match(said)) and (not current or item.end() > 2):
            flush()
            said = said[item.end() :]
        elif (item := _NUMBER.match(said)) and (not current or item[0].endswith("  ")):
            flush()
        current.append(said)
        if heading or line.endswith(("  ", "\\")):
            flush()
    flush()
    return blocks


# --- HTML ----------------------------------------------------------------------------------


def page(data: bytes) -> Any:
    """An HTML page as an lxml tree, or None; no network, no entities, no huge trees.

    A page nested so deep that only its beginning was read counts as none.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        found = lxml_html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    cut = any("depth" in entry.message.lower() for entry in parser.error_log)
    return None if cut else found


# what a page may hold, as &#1; does, and a tree may not be given
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


def text_of(element: Any) -> str:
    """The text of an lxml element, one line a paragraph or line break."""
    from lxml import etree

    etree.strip_elements(element, "script", "style", "noscript", "iframe", with_tail=False)
    for part in element.iter("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"):
        part.tail = "\n" + _NO_XML.sub("", part.tail or "")
        if part.tag != "br":
            part.text = "\n" + _NO_XML.sub("", part.text or "")
    return paragraphs("".join(str(piece) for piece in element.itertext()))


# --- run-together transcripts --------------------------------------------------------------

_STARS = re.compile(r"\s*\*(?: ?\*)+\s*")
_SPACED = re.compile(r" (?=[,.;:!?](?:\s|\Z))")
_CAPITAL = r"[A-Z][\w’'.-]{0,30}"
_SPEAKER: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"(?<=[.!?…”\"’)*>\]]) (?=(?:"
        rf"(?:{_CAPITAL} (?:of |and |the |for |on |de |al )?(?:the )?){{1,12}}{_CAPITAL}"
        r"|Question|Answer|Reply|Remark|Moderator|Response)"
        r"(?: \([^()\n]{2,60}\))?: ?[^\s\d])"
    ),
    "ru": re.compile(
        r"(?<=[.!?…»”\")*>\]]) (?=(?:[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?[А-ЯЁ][\w-]{1,40}"
        r"|(?:[А-ЯЁ][\w-]{1,40} ){1,4}[А-ЯЁ][\w-]{1,40}"
        r"|(?:Вопрос|Реплика|Ответ|Ведущий|Ведущая|Модератор)(?: [а-яё ]{1,30})?)"
        r"(?: \([^()\n]{3,60}\))?: )"
    ),
    "zh": re.compile(r"(?!)"),
}


def by_speaker(text: str, language: Language) -> str:
    """A transcript whose paragraphs were run together, parted where a new speaker begins."""
    text = _SPACED.sub("", _STARS.sub("\n", text))
    return paragraphs(_SPEAKER[language].sub("\n", text))
