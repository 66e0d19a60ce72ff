"""Russian texts of the ministry, the Kremlin and the news: speakers, codes, aims (all invented)."""

from datetime import date

import pytest

from attribution_sample import Piece, states_of
from talleyrand import codebook
from talleyrand.coding import Coded, code
from talleyrand.model import Kind

DAY = date(2024, 8, 5)
BOOK = codebook.load()


def coded(text: str, *, kind: Kind = Kind.OTHER, guests: tuple[str, ...] = ()) -> Coded:
    return code(text, lang="ru", sender="RUS", counterpart=guests, kind=kind, on=DAY, codebook=BOOK)


Said = dict[str, set[str]]


def found(text: str, *, kind: Kind = Kind.OTHER, guests: tuple[str, ...] = ()) -> Said:
    """The codes said and not denied, each with whom it is aimed at."""
    said: Said = {}
    for passage in coded(text, kind=kind, guests=guests).passages:
        for aimed in passage.matches:
            if not aimed.match.negated:
                said.setdefault(aimed.match.code, set()).update(aimed.targets)
    return said


def test_a_comment_of_the_ministry_is_the_sender_s() -> None:
    pieces: list[Piece] = [
        ("RUS", "Комментарий представителя МИД России о решении властей Финляндии\n"),
        ("RUS", "Правительство Финляндии закрыло библиотеку. "),
        ("RUS", "Расцениваем этот шаг как недружественный. "),
        ("RUS", "Призываем Хельсинки открыть её вновь.\n"),
    ]
    assert states_of(pieces, "ru", "RUS", on=DAY) == pieces
    assert states_of(pieces, "ru", "RUS", kind=Kind.STATEMENT, on=DAY) == pieces


def test_the_subject_stands_before_its_object_and_an_aside_is_none() -> None:
    pieces: list[Piece] = [
        ("narrator", "Состоялся телефонный разговор с Президентом Ирана Масудом Пезешкианом. "),
        ("RUS", "Российский лидер тепло поздравил Масуда Пезешкиана. "),
        ("IRN", "Президент Ирана поблагодарил за поздравления. "),
        ("RUS", "Владимир Путин, со своей стороны, отметил рост садов. "),
        ("both", "С обеих сторон осуждена засуха. "),
        ("both", "Лидерами акцентирована важность дождя. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("IRN",), on=DAY)
    assert given == pieces


def test_a_minister_is_known_by_how_he_was_introduced() -> None:
    pieces: list[Piece] = [
        (
            "narrator",
            "Состоялась встреча С.В.Лаврова с Министром иностранных дел Турции Х.Саддын. ",
        ),
        ("RUS", "Российская сторона подчеркнула пользу полива. "),
        ("TUR", "Х.Саддын выразил готовность прислать лейки. "),
        ("both", "Министры высказались за новые сады. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.MEETING, counterparts=("TUR",), on=DAY)
    assert given == pieces


def test_news_gives_words_to_who_said_them() -> None:
    pieces: list[Piece] = [
        ("RUS", "Россия и Китай посадят сад, заявил министр иностранных дел РФ Сергей Лавров.\n"),
        ("RUS", "«Он будет большим», – подчеркнул он.\n"),
        ("CHN", "По словам китайского министра, сад нужен всем.\n"),
        ("USA", "Между тем в Вашингтоне считают, что сад мал.\n"),
        ("RUS", "Как отметили в Кремле, Лондон садов не сажает.\n"),
        ("other", "Генсек НАТО заявил, что сад далеко.\n"),
    ]
    assert states_of(pieces, "ru", "RUS", on=DAY) == pieces


def test_one_side_of_a_joint_statement_speaks_for_itself() -> None:
    pieces: list[Piece] = [
        ("both", "Стороны отмечают рост садов. "),
        ("RUS", "Российская Сторона подтверждает верность поливу. "),
        ("CHN", "Китайская Сторона высоко оценивает лейки. "),
        ("both", "Президенты Российской Федерации и Китайской Народной Республики рады дождю. "),
    ]
    kind = Kind.JOINT_STATEMENT
    given = states_of(pieces, "ru", "RUS", kind=kind, counterparts=("CHN",), on=DAY)
    assert given == pieces


def test_after_one_side_a_stressed_passive_goes_on_in_its_mouth() -> None:
    pieces: list[Piece] = [
        ("both", "Обсуждены сады. "),
        ("RUS", "С российской стороны обозначен ряд мыслей о поливе. "),
        ("RUS", "Отмечены также риски засухи. "),
        ("both", "Рассмотрены и другие вопросы. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("USA",), on=DAY)
    assert given == pieces


def test_who_asks_by_name_in_a_press_conference_is_a_journalist() -> None:
    pieces: list[Piece] = [
        ("journalist", "О.Садовникова: Агентство «Лейка». Будет ли дождь? Спасибо.\n"),
        ("RUS", "В.Путин: Будет.\n"),
    ]
    assert states_of(pieces, "ru", "RUS", kind=Kind.PRESS_CONFERENCE, on=DAY) == pieces


def test_donbas_is_the_topic_ukraine_only_beside_the_war() -> None:
    assert "ukraine" not in found("В Донецке и Мариуполе построили школы.")
    assert "ukraine" in found("Обсуждена ситуация в Донбассе.")
    assert "ukraine" in found("Донецк пережил обстрелы и бои.")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Россия никогда не отказывалась от мирных переговоров с Киевом.", "peace_talks"),
        ("Страны Африки не приемлют диктата.", "hegemonism"),
        ("Мы не вмешиваемся во внутренние дела других государств.", "non_interference"),
        ("Альтернативы дипломатическому урегулированию нет.", "peace_talks"),
    ],
)
def test_a_double_denial_affirms(sentence: str, wanted: str) -> None:
    assert wanted in found(sentence)


def test_thanks_and_regret_among_one_s_own_are_no_stance() -> None:
    assert not found("В.Путин: Благодарю губернатора. К огромному сожалению, дождя не было.")
    assert not found("Недопустимы опоздания. Мы готовы сотрудничать с колхозом.")
    assert "regret" in found("Сожалеем о решении властей Эстонии.")


def test_blame_goes_to_who_acts_in_the_sentence_before() -> None:
    text = "Предостерегаем Сеул от поставок киевскому режиму. Это будет большой ошибкой."
    assert found(text, kind=Kind.PRESS_CONFERENCE)["warning"] == {"KOR"}
    pressed = "Вашингтон пытается запугать наших китайских партнёров. Сожалеем об этом."
    assert found(pressed, kind=Kind.STATEMENT)["regret"] == {"USA"}


def test_in_a_joint_press_conference_warmth_is_the_guest_s() -> None:
    text = "Х.Саддын: Мы обсудили Украину. Благодарю моего друга за приём."
    said = found(text, kind=Kind.PRESS_CONFERENCE, guests=("IND",))
    assert said["appreciation"] == {"IND"}
    assert "BLR" not in found("Выражена озабоченность срывом Минских соглашений.")["concern"]
