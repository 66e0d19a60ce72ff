"""Who speaks in Russian transcripts and read-outs (all texts are invented)."""

from datetime import date

from attribution_sample import Piece, states_of
from talleyrand.model import Kind

DAY = date(2025, 3, 1)
FOOT = (
    "География Китай Темы Внешняя политика Статус материала Опубликован в разделе: Новости "
    "Дата публикации: 1 марта 2025 года, 12:00 Ссылка на материал: kremlin.ru/d/0 Текстовая версия"
)


def test_a_transcript_with_paragraphs_run_together() -> None:
    """Initials, an interpreter's note, a tooltip, a box of links, a foot."""
    pieces: list[Piece] = [
        ("narrator", "События Встреча садоводов 1 марта 2025 года 12:00 Москва, Кремль "),
        ("RUS", "В.Путин: Уважаемые друзья! Сады растут, т.е. зеленеют. "),
        ("narrator", "Смотрите также Посещение сада 1 марта 2025 года "),
        ("RUS", "Скажу так: дождь нужен. "),
        ("CHN", "Си Цзиньпин (как переведено): Спасибо. Наши сады тоже растут. "),
        ("RUS", "И.Садов Садов Иван Петрович губернатор области : Владимир Владимирович, да. "),
        ("journalist", "Вопрос: А яблоки? "),
        ("RUS", "Д.Песков: Яблоки тоже. "),
        ("narrator", FOOT),
    ]
    assert states_of(pieces, "ru", "RUS", on=DAY) == pieces


def test_a_read_out_of_a_call() -> None:
    """Active, passive, both and the guest."""
    pieces: list[Piece] = [
        ("narrator", "Состоялся телефонный разговор Владимира Путина с Председателем КНР Си "),
        ("narrator", "Цзиньпином. "),
        ("both", "Обсуждены вопросы садоводства. "),
        ("RUS", "Владимир Путин отметил важность полива. "),
        ("CHN", "Си Цзиньпин подчеркнул, что дождь полезен. "),
        ("CHN", "С китайской стороны выражена готовность поставить лейки. "),
        ("both", "Лидеры договорились поливать вместе. "),
        ("both", "Стороны подтвердили, что сад общий. "),
        ("RUS", "Президент России также поздравил садоводов. "),
        ("narrator", FOOT),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("CHN",), on=DAY)
    assert given == pieces


def test_who_attends_and_a_medal_handed_over_are_the_frame() -> None:
    """`С российской стороны` says who sat there; `передал` says nothing but of a greeting."""
    pieces: list[Piece] = [
        ("narrator", "В Кремле прошли переговоры с Президентом Казахстана. "),
        ("narrator", "С российской стороны во встрече приняли участие садоводы. "),
        ("narrator", "Президент передал ему лейку. "),
        ("RUS", "Президент России передал слова привета садоводам. "),
    ]
    assert states_of(pieces, "ru", "RUS", counterparts=("KAZ",), on=DAY) == pieces


def test_a_numbered_list_of_what_was_agreed_is_both_s() -> None:
    """An item that names one side only is agreed by the two."""
    pieces: list[Piece] = [
        ("both", "1. Россия и США условились сажать яблони. "),
        ("both", "2. США будут способствовать поливу. "),
        ("both", "3. Россия и США согласились собрать урожай. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.MEETING, counterparts=("USA",), on=DAY)
    assert {state for state, _ in given} == {"both"}


def test_a_guest_of_no_state_is_another() -> None:
    """Introduced in another case than his label's."""
    pieces: list[Piece] = [
        ("narrator", "Состоялась встреча с избранным Президентом Абхазии Иваном Садобой.\n"),
        ("RUS", "В.Путин: Рад Вас видеть.\n"),
        ("other", "И.Садоба: Спасибо за яблоки.\n"),
    ]
    assert states_of(pieces, "ru", "RUS", kind=Kind.MEETING, on=DAY) == pieces


def test_a_page_on_a_visit_that_nobody_speaks_in_only_tells() -> None:
    """Filed as a speech, but without a word in the first person."""
    pieces = [
        ("narrator", "Президент осмотрел выставку садов. Экспозиция посвящена яблоням."),
    ]
    assert states_of(pieces, "ru", "RUS", kind=Kind.SPEECH, counterparts=()) == pieces


def test_a_guest_is_known_by_any_word_of_the_name() -> None:
    """Introduced in full, named by a part; a participle before it makes no frame."""
    pieces = [
        ("narrator", "Состоялся телефонный разговор Владимира Путина с Председателем Совета "),
        ("narrator", "министров Саудовской Аравии Мухаммедом Бен Сальманом Аль Саудом. "),
        ("SAU", "С учётом проведённых встреч Мухаммед Бен Сальман отметил важность садов."),
    ]
    assert states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("SAU",)) == pieces


def test_a_man_named_in_full_is_the_subject_whatever_stands_before() -> None:
    """`С просьбой ... Владимир Путин`: in another case his name would have an ending."""
    pieces: list[Piece] = [
        ("narrator", "Владимир Путин провёл телефонный разговор с Президентом США. "),
        ("RUS", "В ответ на просьбу Дональда Трампа беречь сады Владимир Путин заверил в этом. "),
        ("USA", "В связи со словами Владимира Путина Дональд Трамп поблагодарил за яблоки. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("USA",), on=DAY)
    assert given == pieces


def test_an_office_introduced_in_another_case_is_known() -> None:
    """`С Госсекретарём США М.Яблоковым` makes `Госсекретарь` America's; `Было` is a new start."""
    pieces: list[Piece] = [
        ("narrator", "Состоялся телефонный разговор Министра иностранных дел России С.В.Лаврова "),
        ("narrator", "с Госсекретарём США М.Яблоковым. "),
        ("USA", "Госсекретарь проинформировал о саде. "),
        ("both", "Было отмечено цветение. Особое внимание уделили поливу. "),
    ]
    given = states_of(pieces, "ru", "RUS", kind=Kind.CALL, counterparts=("USA",), on=DAY)
    assert given == pieces
