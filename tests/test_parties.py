"""Whom a release says was met, of what kind and when. All titles and sentences are invented."""

from datetime import date

import pytest

from talleyrand.model import Document, Kind, Language
from talleyrand.sources import _dates, _describe, _parties
from talleyrand.sources._origin import Origin

DAY = date(2022, 9, 16)


def described(
    language: Language, sender: str, title: str, text: str, published: date = DAY
) -> Document:
    """The document of an invented release."""
    origin = Origin("sample", language, sender, narrates=language == "zh")
    return _describe.document(origin, url="u", title=title, text=text, published=published)


def met(sender: str, title: str, text: str, kind: Kind = Kind.MEETING) -> tuple[str, ...]:
    """The counterparts of an English contact."""
    first = _describe.opening(text, "en")
    return _parties.counterparts(title, first, kind, Origin("sample", "en", sender), DAY)


@pytest.mark.parametrize(
    ("sender", "title", "text"),
    [
        ("UKR", "A Head met on a Register to punish all Russian war criminals",
         "The Head held a meeting on bringing to justice those Russian war criminals who came."),
        ("UKR", "The Head met with experts who study sanctions against Russia", "He met experts."),
        ("UKR", "The President met with families displaced by Russian aggression",
         "During a trip he visited a house where people forced out by Russia’s aggression live."),
        ("UKR", "The Head met with the President of an Institute, which studies Russia’s crimes",
         "He met with the President of the Institute."),
        ("USA", "Readout of a Meeting with G7 Leaders",
         "The President and G7 Leaders reaffirmed their resolve to answer President Putin’s war."),
        ("USA", "Readout of a Call with a Sample Widow",
         "He spoke today with a widow, following the release of two persons from Russia."),
        ("USA", "Readout of a Call with U.S. Servicemembers",
         "He spoke with U.S. service members responsible for operations in Iraq and Syria."),
        ("USA", "Readout of a Meeting with Iranian-American Journalist A. Sample",
         "He met today with Iranian-American journalist A. Sample."),
        ("USA", "Readout of a Meeting with Cuban American Leaders", "They met with leaders."),
        ("USA", "Readout of a Meeting with Opposition Leader A. Sample of Belarus",
         "He met with opposition leader A. Sample of Belarus."),
        ("USA", "Readout of a Call with Allies and Partners",
         "He convened a call with allies and partners to coordinate support for Ukraine."),
        ("USA", "Readout of a Meeting with Families of Hostages Held in Gaza",
         "He met in Israel with families of Israeli hostages."),
        ("RUS", "The President met with Prime Minister Sample",
         "Mr Sample reported on the results of his talks with the Belarusian Prime Minister."),
        ("RUS", "Meeting with Governor Sample", "Before talks with the DPRK leader, he met him."),
        ("RUS", "The President met with French author A. Sample", "They met."),
        ("RUS", "The President met with French businessmen", "He spoke of trade with France."),
        ("RUS", "The President met with former President of Finland A. Sample", "They met."),
        ("RUS", "The President met with the Russian Ambassador to Uzbekistan",
         "Uzbekistan played a special role."),
    ],
)  # fmt: skip
def test_the_subject_of_a_talk_and_private_persons_are_not_met(
    sender: str, title: str, text: str
) -> None:
    """Nor does a title that names its partner fall back on what the text speaks of."""
    assert met(sender, title, text) == ()


@pytest.mark.parametrize(
    ("sender", "title", "text", "wanted"),
    [
        ("USA", "Readout of a Call with Advisors of the Republic of Korea and Japan Following the"
         " DPRK’s Test", "", "KOR JPN"),
        ("USA", "Call with Prime Minister-Designate Sample",
         "He spoke with Australian Prime Minister-Designate Sample.", "AUS"),
        ("USA", "Meeting with General Sample of the Israel Defense Forces", "", "ISR"),
        ("USA", "Meeting with a Member of the Israeli War Cabinet", "", "ISR"),
        ("USA", "Trilateral United States – Japan – Republic of Korea Dialogue", "", "JPN KOR"),
        ("USA", "Meeting with Secretary Sample of the Russian Security Council", "", "RUS"),
        ("USA", "Readout of a Meeting with Ambassadors",
         "On January 26-27 he met with Ambassadors of Peru and Chile to discuss Cuba.", "PER CHL"),
        ("USA", "Call with European Allies", "Today, President A of France, Chancellor B of Germany"
         " and the President held a call.", "FRA DEU"),
        ("USA", "Meeting with Quint National Security Advisors", "He convened the advisors of Italy"
         " and the United Kingdom.", "ITA GBR"),
        ("UKR", "The Head discussed energy with the President of Moldova", "", "MDA"),
        ("UKR", "A delegation arrived near the Belarusian border to participate in talks with"
         " representatives of Russia", "", "RUS"),
        ("UKR", "The Head had a phone conversation with Deputy Prime Minister - Minister of Finance"
         " of Canada", "", "CAN"),
        ("UKR", "A talk with the Head", "The Head held a meeting with a Secretary of the Office of"
         " the President of Poland.", "POL"),
        ("RUS", "The President of Russia and Prime Minister of India met with students", "", "IND"),
        ("RUS", "Meeting with Vatican Secretary of State", "", "VAT"),
    ],
)  # fmt: skip
def test_those_met_are_found_in_the_phrase_of_the_partner(
    sender: str, title: str, text: str, wanted: str
) -> None:
    """After with and between, up to the occasion or the subject."""
    assert " ".join(met(sender, title, text)) == wanted


@pytest.mark.parametrize(
    ("title", "kind", "wanted"),
    [
        ("The President negotiated with the President of Mongolia", Kind.MEETING, "MNG"),
        ("Top-level Russian-French negotiations were held", Kind.MEETING, "FRA"),
        ("The President and the King of Jordan discussed the region", Kind.MEETING, "JOR"),
        ("The President discussed the region with the King of Jordan by telephone",
         Kind.CALL, "JOR"),
        ("The President of France gave a dinner in honour of the guest", Kind.MEETING, "FRA"),
        ("The President discussed the mine with Minister Sample", Kind.OTHER, ""),
        ("The President had dinner with Governor Sample", Kind.MEETING, ""),
    ],
)  # fmt: skip
def test_talks_and_dinners_with_a_state_are_contacts(title: str, kind: Kind, wanted: str) -> None:
    """But at home a discussion is no contact."""
    found = described("en", "RUS", title, "It was a sample.")
    assert (found.kind, " ".join(found.counterparts)) == (kind, wanted)


def test_a_statement_on_an_event_in_a_state_is_about_it() -> None:
    """The place in the title counts, the places of the first sentence do not."""
    text = "People once lived in Egypt."
    quake = described("en", "USA", "Statement on the Earthquake in Turkey", text)
    feast = described("en", "USA", "Statement on a Feast", text)
    assert (quake.counterparts, feast.counterparts) == (("TUR",), ())


def test_a_firm_is_no_state() -> None:
    """The chairman of a foreign company is met, not his state; a delegation is."""
    firm = described("zh", "CHN", "韩正会见美国样本集团董事长", "韩正会见美国样本集团董事长。")
    former = described("zh", "CHN", "习近平会见美国前国务卿", "习近平会见美国前国务卿。")
    assert former.counterparts == ()
    guests = described("zh", "CHN", "韩正会见美国代表团", "韩正会见美国代表团。")
    assert (firm.counterparts, guests.counterparts) == ((), ("USA",))


def test_a_foreign_leaders_article_is_his_words() -> None:
    """The paper that prints it does not make it China's; an article abroad is for its readers."""
    title = "人民日报发表俄罗斯总统普京署名文章"
    printed = described("zh", "CHN", title, "在国家主席习近平访问之际，人民日报发表文章。")
    assert (printed.sender, printed.counterparts) == ("RUS", ("CHN",))
    assert printed.kind == Kind.SPEECH
    abroad = described("zh", "CHN", "习近平在秘鲁媒体发表署名文章", "国家主席习近平发表文章。")
    assert (abroad.sender, abroad.counterparts, abroad.kind) == ("CHN", ("PER",), Kind.SPEECH)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("《求是》杂志发表习近平总书记重要文章《在样本会上的讲话》", "出版。", Kind.OTHER),
        ("韩正主持召开样本领导小组会议", "韩正主持会议并发表重要讲话。", Kind.OTHER),
        ("李克强主持召开国务院党组会议 学习贯彻重要讲话精神", "会议。", Kind.OTHER),
        ("(无标题)", "多国人士表示，习近平主席的主旨演讲意义重大。", Kind.OTHER),
        ("(无标题)", "今天出版的人民日报发表评论员文章，题目是《论习近平重要讲话》。", Kind.OTHER),
        ("(无标题)", "习近平主席的演讲引发与会嘉宾热烈反响。", Kind.OTHER),
        ("样本行稳致远", "习近平总书记在样本会议上发表重要讲话。", Kind.OTHER),
        ("习近平将以视频方式在样本峰会上致辞", "习近平将致辞。", Kind.OTHER),
        ("(无标题)", "中共中央政治局常委韩正11日出席样本论坛并致辞。", Kind.SPEECH),
        ("习近平在样本论坛发表主旨演讲 信念坚定实事求是", "习近平发表演讲。", Kind.SPEECH),
    ],
)
def test_an_echo_of_a_speech_is_no_speech(title: str, text: str, kind: Kind) -> None:
    """Journals, party groups, comments and reactions speak of speeches."""
    origin = Origin("sample", "zh", "CHN", narrates=True)
    occasion = "" if title == "(无标题)" else title
    found = _describe.document(
        origin, url="u", title=title, text=text, published=DAY, occasion=occasion
    )
    assert found.kind == kind


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Via Teleconference\n(September 15, 2022)\n5:00 P.M. EDT\nMODERATOR: Hello.", 15),
        ("September 14, 2022\nDear Madam Speaker: Hello.", 14),
        ("Sample Room\n5:00 P.M. EDT\nMR. SAMPLE: On\nSeptember 12, 2022\nwe met.", 16),
        ("Sample Room\n(September 20, 2022)\nMR. SAMPLE: Hello.", 16),
        ("Sample Room\n(February 31, 2022)\nMR. SAMPLE: Hello.", 16),
    ],
)
def test_a_transcript_is_dated_by_its_header(text: str, event: int) -> None:
    """The day above the first speaker counts, unless it is impossible or to come."""
    assert described("en", "USA", "Press Call by a Sample", text).event_date.day == event


def test_a_transcript_is_dated_by_its_title() -> None:
    """The day that closes the title is the day of the briefing; a long title hides no header."""
    long, below = f"Press Call on {'a sample ' * 30}", "(September 14, 2022)\nMR. A: Hi."
    assert described("en", "USA", long, below).event_date == date(2022, 9, 14)
    found = described("en", "USA", "Press Briefing by a Sample, September 13, 2022", "MR. A: Hi.")
    assert found.event_date == date(2022, 9, 13)


@pytest.mark.parametrize(
    ("language", "opening", "event"),
    [
        ("en", "On September 8, Sample Ratings announced the upgrading of a rating.", None),
        ("en", "President Sample visited Russia from September 10 to 14.", None),
        ("en", "He attended a service for those who died in a crash on September 9.", None),
        ("en", "The festival opened on 3 September.", None),
        ("en", "On September 8, the President met with a sample.", 8),
        ("en", "They met in Washington, D.C. on September 9.", 9),
        ("en", "On September 8, the Sample Task Force met in a town.", 8),
        ("ru", "Он поблагодарил за условия для проведения 8 сентября переговоров.", None),
        ("ru", "8 сентября состоялся разговор.", 8),
    ],
)
def test_a_day_of_something_else_is_not_the_day_of_the_event(
    language: Language, opening: str, event: int | None
) -> None:
    """What others did, a stay, a death or an opening dates itself only."""
    found = _dates.event_date(opening, language, DAY)
    assert found == ((date(2022, 9, event), "text") if event else (DAY, "publication"))
