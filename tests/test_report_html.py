"""The page and the notebook view."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree, html

import assessment_sample as sample
from talleyrand.assessment import Headline
from talleyrand.model import Outcome
from talleyrand.report import html as pages
from talleyrand.report.verdict import Verdict

ALLOWED = {
    "a", "b", "body", "br", "circle", "code", "col", "colgroup", "dd", "desc", "details", "div",
    "dl", "dt", "figure", "footer", "g", "h1", "h2", "h3", "head", "header", "html", "i", "li",
    "main", "meta", "p", "path", "q", "rect", "section", "small", "span", "style", "summary",
    "svg", "table", "tbody", "td", "text", "th", "thead", "time", "title", "tr", "ul",
}  # fmt: skip


def parsed(page: str) -> etree._Element:
    return html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


def select(element: etree._Element, selector: str) -> list[etree._Element]:
    """The descendants of a CSS selector made of tags, classes, ids and attributes."""
    path = "".join(f"//{step(part)}" for part in selector.split())
    found = element.xpath(f".{path}")
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def step(part: str) -> str:
    """One part of a CSS selector as a step of an XPath."""
    tag = re.match(r"\w*", part)[0] or "*"  # type: ignore[index]
    classes = re.findall(r"\.([\w-]+)", part)
    tests = [f"[contains(concat(' ', @class, ' '), ' {name} ')]" for name in classes]
    tests += [f"[@id='{name}']" for name in re.findall(r"#([\w-]+)", part)]
    tests += [f"[@{name}]" for name in re.findall(r"\[([\w-]+)\]", part)]
    tests += [f"[@{a}='{b}']" for a, b in re.findall(r"\[([\w-]+)=(\w+)\]", part)]
    return tag + "".join(tests)


def own_page() -> str:
    judged = sample.assessment().judged[-1]
    return pages.render_finding(judged.finding, judged.series, title="mine.csv")


def every_page() -> list[str]:
    made = [sample.assessment(), sample.hostile(), sample.empty()]
    return [*(Verdict(one).to_html() for one in made), own_page()]


def text_of(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def test_the_page_leads_with_the_headline_and_has_one_row_a_dimension() -> None:
    page = parsed(Verdict(sample.assessment(), sample.NAMES).to_html())
    assert page.get("lang") == "en"
    assert text_of(select(page, "h1")[0]).startswith("China → Russia around 15 September 2022")
    assert text_of(select(page, ".headline")[0]) == "The reading changed, not the position."
    rows = select(page, "table.rows tbody tr")
    names = ["words", "contacts", "trade", "votes", "coverage", "opinion"]
    assert [text_of(select(row, "th a")[0]) for row in rows] == names
    verdicts = [text_of(select(row, ".badge")[0]) for row in rows[:-1]]
    assert verdicts == ["=STEADY", "?UNCLEAR", "▲SHIFT closer", "=STEADY", "▼SHIFT further"]
    assert "no change measurable" in text_of(rows[-1])


def test_the_row_gives_change_interval_margin_chances_and_other_margins() -> None:
    page = parsed(Verdict(sample.assessment()).to_html())
    cells = select(select(page, "table.rows tbody tr")[0], "td")
    told = [text_of(cell) for cell in cells if text_of(cell)]
    assert told == [
        "=STEADY", "−0.04−0.19 to +0.11", "0.25log-odds", "<1 % / 99.1 %", "UNCLEAR / STEADY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("position", "perception", "states"),
    [
        (Outcome.STEADY, Outcome.SHIFT, ["out", "lit", "out", "out"]),
        (Outcome.SHIFT, Outcome.STEADY, ["out", "out", "lit", "out"]),
        (Outcome.UNCLEAR, Outcome.SHIFT, ["out", "possible", "out", "possible"]),
        (Outcome.UNCLEAR, Outcome.UNCLEAR, ["possible"] * 4),
    ],
)
def test_the_cell_of_the_answer_is_lit(
    position: Outcome, perception: Outcome, states: list[str]
) -> None:
    changed = replace(sample.assessment(), headline=Headline(position, perception, "x"))
    cells = select(parsed(Verdict(changed).to_html()), ".cross tbody td")
    assert [cell.get("class") for cell in cells] == states


def test_every_unclear_dimension_says_what_would_settle_it() -> None:
    page = parsed(Verdict(sample.assessment()).to_html())
    listed = [text_of(item) for item in select(page, "ul.list li")]
    assert "contacts: 3 more months like these would settle it." in listed
    assert (
        "words: Most probably moved around March 2022, 6 months before the date (91 %)." in listed
    )


def test_pages_need_no_network_and_no_script() -> None:
    for page in every_page():
        tree = parsed(page)
        policy = select(tree, "meta[http-equiv]")[0].get("content")
        assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= ALLOWED
        assert not re.search(r"url\(|@import|@font-face", page)
        names = {str(name) for e in tree.iter() if isinstance(e.tag, str) for name in e.attrib}
        assert not {n for n in names if n.startswith("on")} | ({"src", "srcset", "action"} & names)
        hrefs = [a.get("href") for a in tree.iter("a")]
        assert all(re.match(r"https?://|#dimension-\d+$", str(href)) for href in hrefs)


def test_hostile_text_stays_text() -> None:
    page = Verdict(sample.hostile()).to_html()
    assert "<script" not in page
    assert "49" not in text_of(select(parsed(page), ".headline")[0])
    assert '<script>alert("x")</script>' in text_of(select(parsed(page), ".headline")[0])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    page.encode("utf-8")


def test_only_plain_web_addresses_become_links() -> None:
    page = parsed(Verdict(sample.hostile()).to_html())
    links = select(page, ".evidence a")
    assert [a.get("href") for a in select(page, "#dimension-0 .evidence a")] == [
        'https://example.org/"><script>alert(2)</script>'
    ]
    assert {a.get("rel") for a in links} == {"noopener noreferrer"}
    shown = [text_of(code) for code in select(page, "#dimension-0 .evidence code")]
    assert shown[0] == "javascript:alert(1)"
    assert len(shown) == 3


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1", True), ("http://example.org", True), ("", False),
        ("javascript:alert(1)", False), ("HTTPS://example.org", True), ("https://", False),
        ("//example.org", False), ("https://[bad", False), ("https://a.org/\u202ex", False),
        ("https://a.org/x y", False), ("ftp://a.org", False),
    ],
)  # fmt: skip
def test_an_address_is_linked_only_when_it_is_safe(url: str, linked: bool) -> None:
    assert (pages.link(url) is not None) is linked


def test_quotations_carry_their_language() -> None:
    page = parsed(Verdict(sample.assessment()).to_html())
    assert {q.get("lang") for q in select(page, "q")} == {"zh", "ru", None}


def test_a_page_lists_the_nearest_evidence_and_says_how_much_more_there_is() -> None:
    base = sample.assessment()
    judged = base.judged[0]
    many = judged.series.evidence * 3
    series = replace(judged.series, evidence=many)
    page = parsed(Verdict(replace(base, judged=(replace(judged, series=series),))).to_html())
    assert len(select(page, ".evidence li")) == pages.MOST_EVIDENCE
    assert "48 more in the JSON answer" in text_of(select(page, "#dimension-0 summary")[0])
    assert len(select(page, ".evidence li.beyond")) == pages.MOST_EVIDENCE - 10
    assert text_of(select(page, "#dimension-0 p.paper")[0]).startswith("98 more pieces")


def test_a_long_address_is_whole_on_paper() -> None:
    base = sample.assessment()
    address = "https://example.org/" + "invented/" * 12
    piece = replace(base.judged[0].series.evidence[0], url=address)
    series = replace(base.judged[0].series, evidence=(piece,))
    judged = (replace(base.judged[0], series=series),)
    link = select(parsed(Verdict(replace(base, judged=judged)).to_html()), ".evidence a")[0]
    assert text_of(select(link, ".screen")[0]).endswith("…")
    assert text_of(select(link, ".paper")[0]) == address.removeprefix("https://")


def test_the_page_tells_margins_window_and_rule() -> None:
    page = parsed(Verdict(sample.assessment()).to_html())
    told = " ".join(text_of(item) for item in select(page, "ul.soft li"))
    assert "September 2022 (words) holds the date and counts for neither side." in told
    assert "coverage: headlines begins 2022-01-05" in told
    assert "words UNCLEAR at half; trade UNCLEAR at double" in told
    assert "Most of the judged dimensions decide a side." in told
    assert "15 in 100 headlines" in text_of(select(page, "#dimension-5 dl")[0])


def test_ids_are_unique_and_every_picture_is_described() -> None:
    for made in every_page():
        page = parsed(made)
        ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
        assert len(ids) == len(set(ids))
        for picture in select(page, "svg[role=img]"):
            label, described = str(picture.get("aria-labelledby")).split()
            assert text_of(select(page, f"#{label}")[0])
            assert text_of(select(page, f"#{described}")[0])
        assert all(s.get("aria-hidden") or s.get("role") for s in select(page, "svg"))


def test_the_notebook_view_keeps_its_styles_to_itself() -> None:
    view = Verdict(sample.assessment())._repr_html_()
    style = select(html.fragment_fromstring(view), "style")[0].text or ""
    rules = re.sub(r"@media[^{]*\{", "", style)
    selectors = [s.strip() for block in re.findall(r"([^{}]+)\{", rules) for s in block.split(",")]
    assert selectors
    assert all(re.match(r"\.(talleyrand|tr-)", s) for s in selectors)
    assert len(view) < 40_000


def test_an_own_series_page_lists_its_breaks() -> None:
    page = parsed(own_page())
    assert text_of(select(page, "table.breaks tbody tr")[0]) == "1 October 202288 %−0.60–"
    assert text_of(select(page, ".badge")[0]) == "▼SHIFT further"
