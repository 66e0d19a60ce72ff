"""The sources of official texts: each has an invented sample, and bad input is set aside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand import archives
from talleyrand.errors import FetchError, PageMissing
from talleyrand.model import Document, Kind, Language, Raw, Rejected, Source
from talleyrand.sources import (
    _dates,
    _describe,
    _kinds,
    _parties,
    _text,
    cctv,
    kremlin,
    mfa_china,
    president_ukraine,
    un_general_debate,
    whitehouse,
)

SOURCES = (
    cctv.SOURCE,
    mfa_china.SOURCE,
    whitehouse.SOURCE,
    kremlin.SOURCE,
    president_ukraine.SOURCE,
    un_general_debate.SOURCE,
)
SAMPLES = Path(__file__).parent / "samples" / "statements"
ARCHIVE = Path(__file__).parents[1].parent / "shared" / "data" / "statements"


def by_name(source: Source) -> str:
    return source.name


def parsed(source: Source, folder: Path) -> dict[str, list[Any]]:
    """What each claimed file of a folder gives, as plain values."""
    found = {}
    for raw in archives.read(folder):
        assert isinstance(raw, Raw)
        if source.claims(raw.name):
            found[raw.name] = [
                json.loads(json.dumps(asdict(item), default=str))
                for item in source.parse(raw)
                if isinstance(item, Document | Rejected)
            ]
    return found


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_each_source_parses_its_sample(source: Source) -> None:
    """A source without a sample fails; each sample gives what its expected.json says."""
    folder = SAMPLES / source.name
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert expected
    assert parsed(source, folder) == expected


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_samples_cover_documents_and_rejects(source: Source) -> None:
    """Each sample holds a file that gives a document and a record that is set aside."""
    items = [item for items in parsed(source, SAMPLES / source.name).values() for item in items]
    assert any("text" in item for item in items)
    assert any("reason" in item for item in items)


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
@pytest.mark.parametrize("name", ["LICENSE", "style.css", "README.md", ".gitignore", "a/b.png"])
def test_foreign_files_are_nobodys(source: Source, name: str) -> None:
    """A licence or a picture in an archive is claimed by no source."""
    assert not source.claims(name)


def test_every_sample_file_has_one_owner() -> None:
    """No source claims the published files of another."""
    for source in SOURCES:
        for raw in archives.read(SAMPLES / source.name):
            assert isinstance(raw, Raw)
            owners = [other.name for other in SOURCES if other.claims(raw.name)]
            assert owners in ([], [source.name]) or raw.name.endswith(".html"), raw.name


# --- bad and hostile input -----------------------------------------------------------------

NAMES = {
    "cctv": "news/20230101.md",
    "mfa_china": "mfa.jsonl",
    "whitehouse": "2023-01/2023-01-01-a.md",
    "kremlin": "kremlin.csv",
    "president_ukraine": "a-1.html",
    "un_general_debate": "CHN_77_2022.txt",
}


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
@settings(max_examples=30, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_parsed_or_set_aside(source: Source, data: bytes) -> None:
    """No input makes a parser raise, and nothing disappears without a word."""
    items = list(source.parse(Raw(NAMES[source.name], data)))
    assert all(isinstance(item, Document | Rejected) for item in items)
    assert items or source.name in ("mfa_china", "kremlin")


@pytest.mark.parametrize(
    ("source", "name", "data"),
    [
        (mfa_china.SOURCE, "raw/1", b"<div>" * 20_000),
        (mfa_china.SOURCE, "raw/1", b'<div id="News_Body_Txt_A">' + b"<p>" * 20_000),
        (mfa_china.SOURCE, "mfa.jsonl", b"[" * 100_000),
        (
            kremlin.SOURCE,
            "kremlin.xml",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&x;</title>'
            b"<published>2024-01-01</published></entry></feed>",
        ),
        (whitehouse.SOURCE, "2023-01/a.md", b"---\n" + b"a: [" * 2_000 + b"\n---\nb"),
        (whitehouse.SOURCE, "2023-01/a.md", b"---\ntitle: [*\n---\n" + b"<!--" * 50_000),
        (kremlin.SOURCE, "kremlin.csv", b"link,headline,date,body\n" + b'"' * 99_999),
        (cctv.SOURCE, "20230101.md", "## 详细新闻\n### a\n".encode() + b"[" * 100_000),
        (un_general_debate.SOURCE, "CHN_77_0000.txt", b"A speech."),
    ],
)
def test_hostile_input_is_harmless(source: Source, name: str, data: bytes) -> None:
    """Deep nesting, outside entities and unclosed marks neither crash, hang nor leak."""
    for item in source.parse(Raw(name, data)):
        assert "root:" not in str(item)


@pytest.mark.parametrize("tag", ["div", "b"])
def test_a_page_nested_too_deep_is_set_aside_not_cut(tag: str) -> None:
    """Its beginning alone would pass for the whole text."""
    page = (SAMPLES / "mfa_china" / "raw" / "901").read_bytes()
    deep = page.replace(b"<p>", b"<p>" + f"<{tag}>".encode() * 100_000, 1)
    assert deep != page
    (item,) = mfa_china.SOURCE.parse(Raw("raw/901", deep))
    assert isinstance(item, Rejected)


def test_a_table_that_breaks_off_keeps_its_whole_rows() -> None:
    """A row cut in two is set aside rather than taken for a shorter text."""
    table = b'link,headline,date,body\nu,Statement,2022-01-01,Whole.\nu2,Half,2022-01-02,"Cut of'
    first, second = kremlin.SOURCE.parse(Raw("kremlin.csv", table))
    assert isinstance(first, Document)
    assert isinstance(second, Rejected)
    assert "damaged row" in second.reason


# --- dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "opening", "published", "event"),
    [
        ("zh", "当地时间15日下午，样本会见", "2022-09-16", "2022-09-15"),
        ("zh", "9月15日，样本会见", "2022-09-16", "2022-09-15"),
        ("zh", "12月31日晚，样本通电话", "2023-01-02", "2022-12-31"),
        ("zh", "31日，样本通电话", "2023-03-02", None),  # there is no 31 February
        ("zh", "30日，样本通电话", "2023-03-31", "2023-03-30"),
        ("zh", "今天（5月14日）举行", "2021-05-14", "2021-05-14"),
        ("zh", "2月30日，样本", "2022-03-01", None),
        ("zh", "将于1月17日至18日访问", "2022-01-10", None),
        ("zh", "第3日，样本", "2022-01-10", None),
        ("zh", "截至9日，样本", "2022-01-10", None),
        ("zh", "2013年9月7日，样本", "2022-09-08", None),
        ("en", "On September 30, a sample met", "2022-10-01", "2022-09-30"),
        ("en", "A sample spoke by phone on December 30 with", "2022-01-02", "2021-12-30"),
        ("en", "A sample met today with", "2022-10-01", "2022-10-01"),
        ("en", "Last night, a sample met", "2022-10-01", "2022-09-30"),
        ("en", "A sample met on Friday with", "2024-05-13", "2024-05-10"),
        ("en", "On Monday, a sample will host", "2024-05-15", None),
        ("en", "On Tuesday, July 19, 2022, a sample will", "2022-07-18", None),
        ("en", "They discussed the results of the talks held on May 8", "2022-05-20", None),
        ("en", "Since February 24, samples", "2022-03-05", None),
        ("en", "On 7-8 March, samples held", "2022-03-11", "2022-03-08"),
        ("ru", "31 марта состоялась встреча образцов", "2025-04-01", "2025-03-31"),
        ("ru", "Вчера состоялась встреча образцов", "2025-04-01", "2025-03-31"),
        ("ru", "В связи с годовщиной 9 марта", "2025-04-01", None),
    ],
)
def test_the_event_is_dated_by_its_first_sentence(
    language: Language, opening: str, published: str, event: str | None
) -> None:
    """Years roll over, impossible, future and remote days fall back on publication."""
    day = date.fromisoformat(published)
    found = _dates.event_date(opening, language, day)
    assert found == ((date.fromisoformat(event), "text") if event else (day, "publication"))


@given(
    st.sampled_from(("zh", "en", "ru")),
    st.integers(0, 99),
    st.integers(0, 99),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_an_event_is_never_after_publication(
    language: Language, month: int, day: int, published: date
) -> None:
    """Whatever the text says, the event is in the forty days up to publication."""
    text = {"zh": f"{month}月{day}日，{day}日", "en": f"On May {day}", "ru": f"{day} мая"}[language]
    event, _ = _dates.event_date(text, language, published)
    assert published - timedelta(days=40) <= event <= published


# --- kinds and counterparts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title", "kind"),
    [
        ("zh", "习近平会见俄罗斯总统", Kind.MEETING),
        ("zh", "习近平同俄罗斯总统举行会谈", Kind.MEETING),
        ("zh", "习近平同俄罗斯总统通电话", Kind.CALL),
        ("zh", "习近平同俄罗斯总统举行视频会晤", Kind.CALL),
        ("zh", "国际社会高度评价中俄元首会晤", Kind.OTHER),
        ("zh", "习近平将对俄罗斯进行国事访问", Kind.OTHER),
        ("zh", "2022年9月16日外交部发言人样本主持例行记者会", Kind.PRESS_CONFERENCE),
        ("zh", "外交部发言人就样本答记者问", Kind.STATEMENT),
        ("zh", "中华人民共和国和样本国联合声明", Kind.JOINT_STATEMENT),
        ("zh", "习近平在样本论坛发表主旨演讲", Kind.SPEECH),
        ("zh", "习近平向样本论坛致贺信", Kind.STATEMENT),
        ("en", "Readout of President Biden’s Call with President Xi", Kind.CALL),
        ("en", "Readout of a Meeting with Samples", Kind.MEETING),
        ("en", "Remarks by President Biden Before Meeting with Samples", Kind.SPEECH),
        ("en", "Press Gaggle by a Sample", Kind.PRESS_CONFERENCE),
        ("en", "Joint Statement by Samples", Kind.JOINT_STATEMENT),
        ("en", "Statement from President Biden on a Sample", Kind.STATEMENT),
        ("en", "Statement by a Spokesperson on a Sample’s Meeting with a Sample", Kind.MEETING),
        ("en", "Telephone conversation with a Sample", Kind.CALL),
        ("en", "Russian-Turkish talks", Kind.MEETING),
        ("en", "News conference following talks", Kind.PRESS_CONFERENCE),
        ("en", "On June 3, a Sample will meet with a Sample", Kind.OTHER),
        ("en", "FACT SHEET: Samples", Kind.OTHER),
        ("ru", "Телефонный разговор с Президентом", Kind.CALL),
        ("ru", "Встреча с Президентом", Kind.MEETING),
        ("ru", "Беседа с образцами", Kind.MEETING),
        ("ru", "Совместная пресс-конференция", Kind.PRESS_CONFERENCE),
        ("ru", "Совместное заявление образцов", Kind.JOINT_STATEMENT),
        ("ru", "Выступление на образце", Kind.SPEECH),
        ("ru", "Поздравление с образцом", Kind.STATEMENT),
    ],
)
def test_a_title_tells_the_kind(language: Language, title: str, kind: Kind) -> None:
    """The kind follows from the wording of the title in each language."""
    assert _kinds.kind_of(title, "", language) == kind


@pytest.mark.parametrize(
    ("language", "sender", "title", "text", "kind", "met"),
    [
        ("zh", "CHN", "习近平在撒马尔罕会见俄罗斯总统", "", Kind.MEETING, ("RUS",)),
        ("zh", "CHN", "样本", "习近平就乌克兰问题同法国总统通电话。", Kind.CALL, ("FRA",)),
        ("zh", "CHN", "习近平会见文莱苏丹", "", Kind.MEETING, ("BRN",)),
        ("zh", "CHN", "例行记者会", "俄罗斯", Kind.PRESS_CONFERENCE, ()),
        ("en", "USA", "Call with President Macron of France on Ukraine", "", Kind.CALL, ("FRA",)),
        ("en", "USA", "A meeting", "He met in Seoul, Republic of Korea, with the President of"
         " Poland.", Kind.MEETING, ("POL",)),
        ("en", "USA", "Vice President’s trip to Mexico", "", Kind.MEETING, ("MEX",)),
        ("en", "USA", "Joint Statement of Japan and the United States on Iran", "",
         Kind.JOINT_STATEMENT, ("JPN",)),
        ("ru", "RUS", "Встреча с Президентом Казахстана", "", Kind.MEETING, ("KAZ",)),
        ("ru", "RUS", "Встреча в Пекине с Президентом Сербии", "", Kind.MEETING, ("SRB",)),
    ],
)  # fmt: skip
def test_counterparts_are_those_met_not_places_or_subjects(
    language: Language, sender: str, title: str, text: str, kind: Kind, met: tuple[str, ...]
) -> None:
    """The place of a meeting and what a call was about are no counterparts."""
    origin = _describe.Origin("sample", language, sender)
    assert _parties.counterparts(title, text, kind, origin, date(2022, 9, 16)) == met


def test_news_of_others_is_no_contact_of_the_sender() -> None:
    """A meeting of two foreign leaders on the evening news is not China's."""
    folder = SAMPLES / "cctv"
    items = [i for file in parsed(cctv.SOURCE, folder).values() for i in file if "title" in i]
    (item,) = (i for i in items if i["title"] == "俄罗斯总统同土耳其总统会晤")
    assert (item["kind"], item["counterparts"]) == ("other", ["RUS", "TUR"])


# --- text ----------------------------------------------------------------------------------


@given(st.text(alphabet=st.sampled_from("ab *_[]()\\#<>-!\n\u00a0\u200b&;中文1."), max_size=200))
def test_text_comes_out_clean(text: str) -> None:
    """One line a paragraph, single spaces, nothing empty, and cleaning twice is cleaning once."""
    for clean in (_text.paragraphs(text), _text.markdown(text)):
        assert all(line and line == " ".join(line.split()) for line in clean.split("\n") if clean)
        assert _text.paragraphs(clean) == clean


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("one line\nwrapped *here*\n\nnext", "one line wrapped here\nnext"),
        ("a\\*b and \\[c\\]", "a*b and [c]"),
        ("[said](https://a.b/c_(d)) so", "said so"),
        ("-   one\n    more\n-   two", "one more\ntwo"),
        ("in\n2021. The next", "in 2021. The next"),
        ("a<!-- b -->c", "ac"),
        ("end.\n\n\\###\n", "end."),
        ("hard  \nbreak", "hard\nbreak"),
        ("R&amp;D <u>x</u>", "R&D x"),
    ],
)
def test_markdown_becomes_plain_paragraphs(marked: str, plain: str) -> None:
    """Wrapped lines are joined and the marks taken off."""
    assert _text.markdown(marked) == plain


# --- fetch ---------------------------------------------------------------------------------


class Shelf:
    """An Http that holds some pages and lacks all others."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def forget(self, url: str) -> None:
        pass

    def get(
        self, url: str, *, settled: bool = False, text: bool = True, send: bytes | None = None
    ) -> bytes:
        self.asked.append(url)
        for start, page in self.pages.items():
            if url.startswith(start):
                return page
        raise PageMissing(f"{url} answered 404")


def test_fetch_gives_what_is_there_and_then_says_what_was_missing() -> None:
    """A day that the mirror lacks costs that day only, and is told."""
    shelf = Shelf({})
    with pytest.raises(FetchError, match="lacks 7 of 7 days"):
        list(cctv.SOURCE.fetch(shelf))
    assert len(shelf.asked) == cctv.DAYS


def test_fetched_pages_are_claimed_by_their_source() -> None:
    """What fetch gives, claims knows and parse reads."""
    page = (SAMPLES / "mfa_china" / "raw" / "901").read_bytes()
    listing = b'<a href="./202302/t20230228_1.shtml">sample</a>'
    shelf = Shelf({f"{mfa_china.LIST}2": page, mfa_china.LIST: listing})
    (raw,) = mfa_china.SOURCE.fetch(shelf)
    assert mfa_china.SOURCE.claims(raw.name)
    assert isinstance(next(mfa_china.SOURCE.parse(raw)), Document)
    feed = (SAMPLES / "kremlin" / "kremlin_en.xml").read_bytes()
    raws = list(kremlin.SOURCE.fetch(Shelf({"http://": feed})))
    assert all(kremlin.SOURCE.claims(raw.name) for raw in raws)
    assert len(raws) == 2


# --- the real records ----------------------------------------------------------------------

needs_archive = pytest.mark.skipif(not ARCHIVE.exists(), reason="../shared is absent")


def claimed(source: Source, file: str) -> Iterator[Raw]:
    for raw in archives.read(ARCHIVE / file):
        if isinstance(raw, Raw) and source.claims(raw.name):
            yield raw


@needs_archive
def test_samarkand_is_dated_by_the_event() -> None:
    """The read-out broadcast on 16 September 2022 is of the day before, with Russia."""
    for raw in claimed(cctv.SOURCE, "cctv_xinwenlianbo_2022_2024.tar.gz"):
        if raw.name.endswith("20220916.md"):
            first = next(cctv.SOURCE.parse(raw))
            break
    assert isinstance(first, Document)
    assert (first.published, first.event_date) == (date(2022, 9, 16), date(2022, 9, 15))
    assert first.event_date_basis == "text"
    assert (first.kind, first.counterparts) == (Kind.MEETING, ("RUS",))


@needs_archive
def test_every_ministry_page_gives_a_document() -> None:
    """All 1,000 pages parse, whatever their layout; 834 are press conferences or more."""
    file = "mfa_china_press_conferences_html.tar.xz"
    items = [i for raw in claimed(mfa_china.SOURCE, file) for i in mfa_china.SOURCE.parse(raw)]
    assert len(items) == 1000
    assert all(isinstance(item, Document) for item in items)
    kinds = Counter(item.kind for item in items if isinstance(item, Document))
    assert kinds[Kind.PRESS_CONFERENCE] >= 826


@needs_archive
def test_the_white_house_archive_is_whole() -> None:
    """7,541 files are claimed, and every thirtieth of them gives one document."""
    raws = list(claimed(whitehouse.SOURCE, "whitehouse_2021_2024.tar.xz"))
    assert len(raws) == 7541
    for raw in raws[::30]:
        (item,) = whitehouse.SOURCE.parse(raw)
        assert isinstance(item, Document)
        assert "\\" not in item.text.replace("\\\\", "")
