"""The codebook: every phrase by its samples, negation and others' mouths, users' own files."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand import codebook
from talleyrand.cli import main
from talleyrand.errors import CodebookError, UnknownCode
from talleyrand.model import Language
from talleyrand.phrase_file import IGNORE, LANGUAGES, Wording

BOOK = codebook.load()
WORDED = [w for w in BOOK.wordings if w.code != IGNORE]


def found(text: str, language: Language) -> set[str]:
    """The codes a text states itself: neither denied nor in another's mouth."""
    return {m.code for m in BOOK.find(text, language) if not m.negated and m.holder == ""}


@pytest.mark.parametrize("wording", WORDED, ids=lambda w: w.place)
def test_the_example_has_the_code_and_the_counterexample_has_not(wording: Wording) -> None:
    """Each block's samples show what it finds and what it leaves alone."""
    codebook.verify_samples(BOOK, wording)


@pytest.mark.parametrize("code", list(BOOK.codes))
def test_every_code_is_worded_in_all_languages_and_tells_its_origin(code: str) -> None:
    """A code that one language lacks would make its dyads incomparable."""
    assert {w.language for w in WORDED if w.code == code} == set(LANGUAGES)
    entry = BOOK.codes[code]
    assert entry.meaning
    assert entry.origin
    assert entry.weight == 1 or BOOK.reasons[code]
    assert not entry.about or entry.pole == "neither"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_stands_for_two_codes_without_a_condition(language: Language) -> None:
    """Two stances for one wording would hide the second; topics stand side by side."""
    seen: dict[str, str] = {}
    for w in WORDED:
        if w.language == language and not w.conditional:
            for pattern in w.patterns if not BOOK.codes[w.code].about else ():
                assert seen.setdefault(pattern.lower(), w.code) == w.code, pattern


@pytest.mark.parametrize(
    ("code", "target", "pole"),
    [
        ("cold_war_mentality", "RUS", "closer"),
        ("cold_war_mentality", "USA", "further"),
        ("cold_war_mentality", "DEU", "further"),
        ("sovereignty_territorial_integrity", "RUS", "further"),
        ("sovereignty_territorial_integrity", "KAZ", "closer"),
        ("sovereignty_territorial_integrity", "UKR", "closer"),
        ("special_military_operation", "RUS", "closer"),
        ("special_military_operation", "UKR", "further"),
        ("invasion", "RUS", "further"),
        ("invasion", "UKR", "closer"),
        ("support_for_ukraine", "RUS", "further"),
        ("no_limits", "RUS", "closer"),
        ("protest", "JPN", "further"),
        ("ukraine", "RUS", "neither"),
    ],
)
def test_the_pole_is_towards_the_target(code: str, target: str, pole: str) -> None:
    """The same words bring one state closer and push another away."""
    assert BOOK.pole(code, target) == pole


def test_a_pole_of_no_code_is_refused() -> None:
    """An unknown code is an error, not a silent neither."""
    with pytest.raises(UnknownCode, match="talleyrand codebook"):
        BOOK.pole("warmth", "RUS")


NEGATION = [
    ("en", "alliance", "Our two states have an alliance with each other.", False),
    ("en", "alliance", "The relationship is not an alliance.", True),
    ("en", "alliance", "We have never sought a military alliance.", True),
    ("en", "alliance", "It is a partnership rather than an alliance.", True),
    ("en", "alliance", "A military alliance does not exist.", True),
    ("en", "alliance", "They do not agree on trade, but they have an alliance.", False),
    ("en", "friendship", "This is not only a partnership but a friendship.", False),
    ("en", "friendship", "There is no doubt about our friendship.", False),
    ("en", "invasion", "We will not tolerate Russia's aggression.", False),
    ("en", "invasion", "This is not an invasion of Ukraine.", True),
    ("en", "no_limits", "Their friendship has no limits.", False),
    ("en", "sanctions_imposed", "He will not impose sanctions on Russia.", True),
    ("zh", "alliance", "两国结成军事同盟。", False),
    ("zh", "alliance", "双方的合作不是军事同盟。", True),
    ("zh", "alliance", "我们从不同任何国家结盟。", True),
    ("zh", "alliance", "中方无意建立军事同盟。", True),
    ("zh", "friendship", "双方不断深化友谊。", False),
    ("zh", "friendship", "任何人都破坏不了两国友谊。", False),
    ("zh", "cold_war_mentality", "我们反对冷战思维。", False),
    ("zh", "fuelling_the_conflict", "面对危机，我们没有拱火浇油。", True),
    ("zh", "fuelling_the_conflict", "应为局势降温，而不是继续拱火。", False),
    ("zh", "no_limits", "中俄合作反对霸权无上限。", False),
    ("zh", "condemn", "我们反对并强烈谴责这一行径。", False),
    ("zh", "double_standards", "这不是典型的双重标准吗？", False),
    ("ru", "alliance", "Мы создали военный союз.", False),
    ("ru", "alliance", "Это не военный союз.", True),
    ("ru", "alliance", "Наши отношения никогда не были военным союзом.", True),
    ("ru", "alliance", "Военного союза нет.", True),
    ("ru", "friendship", "Это не только партнёрство, но и дружба.", False),
    ("ru", "friendship", "Они не договорились о ценах, но дружба крепнет.", False),
    ("ru", "trust", "Без взаимного доверия мира не будет.", True),
    ("ru", "invasion", "Это не вторжение на Украину.", True),
]


@pytest.mark.parametrize(("language", "code", "text", "negated"), NEGATION)
def test_negation_is_read_in_its_clause(
    language: Language, code: str, text: str, negated: bool
) -> None:
    """A cue in the clause denies; one in another clause or inside an idiom does not."""
    matches = [m for m in BOOK.find(text, language) if m.code == code]
    assert matches
    assert [m.negated for m in matches] == [negated] * len(matches)


@pytest.mark.parametrize(
    ("language", "code", "text", "holder"),
    [
        ("en", "no_limits", "They announced a so-called no-limits partnership.", "other"),
        (
            "en",
            "special_military_operation",
            "It is what Russia calls a “special military operation”.",
            "other",
        ),
        ("en", "special_military_operation", "He spoke of the special military operation.", ""),
        ("en", "ukraine_war", "What we call Russia's war against Ukraine must end.", ""),
        ("zh", "rules_based_order", "他们的所谓“以规则为基础的国际秩序”是帮规。", "other"),
        ("zh", "special_military_operation", "俄方将其称为“特别军事行动”。", "other"),
        ("zh", "special_military_operation", "他介绍了特别军事行动。", ""),
        ("ru", "rules_based_order", "Так называемый порядок, основанный на правилах.", "other"),
        ("ru", "invasion", "Они говорят о якобы готовящемся вторжении на Украину.", "other"),
    ],
)
def test_words_in_anothers_mouth_are_marked(
    language: Language, code: str, text: str, holder: str
) -> None:
    """So-called and what somebody else calls it is not the speaker's own view."""
    assert {m.holder for m in BOOK.find(text, language) if m.code == code} == {holder}


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("zh", "中俄新时代全面战略协作伙伴关系", {"strategic_partnership_of_coordination"}),
        ("zh", "不结盟运动举行峰会", set()),
        ("zh", "抗日战争、冷战与贸易战争", set()),
        ("zh", "推动构建人类命运共同体", set()),
        ("zh", "湖北约有三百万人", set()),
        ("en", "the Ukraine crisis", {"ukraine_crisis", "ukraine"}),
        ("en", "the NATO alliance with its members", {"nato"}),
        ("ru", "Великая Отечественная война", set()),
    ],
)
def test_the_longest_wording_wins_and_topics_stand_beside(
    language: Language, text: str, codes: set[str]
) -> None:
    """A word inside a longer one that means something else is not counted."""
    assert found(text, language) == codes


@given(st.text(), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived(text: str, language: Language) -> None:
    """Hostile text never raises, and every match lies inside it."""
    for match in BOOK.find(text, language):
        assert 0 <= match.start < match.end <= len(text)


PIECES = st.sampled_from(
    [
        "结盟", "不", "所谓“", "没有", "，", "。", "俄方称", "an alliance ", "not ", "so-called ",
        "\n", "  ", "no limits ", "friendship ", "не ", "дружба ", "нет. ", "так называемый ",
        "\u3000", "“", "İ", "\ud800",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_matches_read_as_text_whatever_surrounds_them(text: str, language: Language) -> None:
    """Cues, quotes and broken characters in any order give matches in order, never an error."""
    starts = [m.start for m in BOOK.find(text, language)]
    assert starts == sorted(starts)


# --- a user's own file -----------------------------------------------------------------------

OWN = """
[golden_bridge]
family = "own"
meaning = "A golden bridge is built."
pole = "closer"
poles = { JPN = "further" }
origin = "a user's own"

[[phrase]]
code = "golden_bridge"
language = "en"
pattern = "golden bridge*"
example = "We built a golden bridge."
counterexample = "We built no golden bridge."
"""


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_users_file_adds_codes(tmp_path: Path) -> None:
    """The user's code is found beside the bundled ones, and the version tells them apart."""
    book = codebook.load(written(tmp_path, OWN))
    codes = {m.code for m in book.find("Golden bridges and friendship.", "en")}
    assert codes == {"golden_bridge", "friendship"}
    assert book.pole("golden_bridge", "JPN") == "further"
    assert book.version != BOOK.version
    assert book.version == codebook.load(written(tmp_path, OWN, "same.toml")).version


def test_a_users_file_overrides_a_few_fields_and_can_replace_phrases(tmp_path: Path) -> None:
    """What the file leaves out stays as bundled."""
    text = """
language = "en"
[friendship]
pole = "neither"
replace = true
[[phrase]]
code = "friendship"
pattern = "amity"
example = "Amity grew."
counterexample = "Enmity grew."
"""
    book = codebook.load(written(tmp_path, text))
    assert book.pole("friendship", "RUS") == "neither"
    assert book.codes["friendship"].meaning == BOOK.codes["friendship"].meaning
    assert [m.code for m in book.find("friendship or amity", "en")] == ["friendship"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[a\n", 1, "not valid TOML"),
        (OWN.replace("origin", "orign"), 2, "unknown key 'orign'"),
        (OWN.replace('origin = "a user\'s own"', ""), 2, "lacks 'origin'"),
        (OWN.replace('pole = "closer"', 'pole = "warm"'), 2, "pole 'warm'"),
        (OWN.replace("JPN", "XXX"), 2, "no state or group 'XXX'"),
        (OWN.replace('"golden bridge*"', '"*bridge"'), 9, "must begin"),
        (OWN.replace("We built a golden bridge.", "A ford."), 9, "example does not match"),
        (OWN.replace("We built no golden", "We built a golden"), 9, "counterexample matches"),
        (OWN.replace('language = "en"', 'language = "fr"'), 9, "'language' must be"),
        (OWN.replace('code = "golden_bridge"', 'code = "silver"'), 9, "no code 'silver'"),
        (OWN.replace('pattern = "golden bridge*"', ""), 9, "lacks 'pattern'"),
        (OWN.replace('pattern = "golden bridge*"', "pattern = 3"), 9, "wrong type"),
        (OWN.replace("[golden_bridge]", "[golden_bridge]\nweight = 2"), 2, "weight_why"),
        (OWN.replace("[golden_bridge]", "[Golden]"), 2, "small letters"),
        ('stray = "x"\n' + OWN, 1, "neither a [code] nor a [[phrase]]"),
        (OWN.replace('counterexample = "We built no golden bridge."', ""), 9, "counterexample"),
        (OWN + 'near = ["@nowhere"]\n', 9, "no list '@nowhere'"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    """The message says where to look and what is wrong."""
    path = written(tmp_path, text)
    with pytest.raises(CodebookError) as caught:
        codebook.load(path)
    said = str(caught.value)
    assert str(path) in said
    assert reason in said
    assert f"line {line}" in said


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    """Neither is a crash."""
    with pytest.raises(CodebookError, match="cannot be read"):
        codebook.load(tmp_path / "absent.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\n\xff\xfe")
    with pytest.raises(CodebookError, match="line 2: not UTF-8"):
        codebook.load(tmp_path / "bytes.toml")


def test_a_code_without_a_phrase_is_refused(tmp_path: Path) -> None:
    """It could never be found, so a misspelt name is caught."""
    text = OWN + '\n[lonely]\nfamily = "own"\nmeaning = "m"\npole = "closer"\norigin = "o"\n'
    with pytest.raises(CodebookError, match="'lonely' has no phrase"):
        codebook.load(written(tmp_path, text))


def test_the_bundled_codebook_is_loaded_once_and_its_version_is_stable() -> None:
    """Loading is cheap and the same content has the same hash."""
    assert codebook.load() is BOOK
    assert len(BOOK.version) == 12
    assert asdict(BOOK.phrases[0]).keys() == {
        "code", "language", "pattern", "example", "counterexample",
    }  # fmt: skip


CLAUSES = [
    ("双方要加强农业、园艺等领域合作。", {"cooperation_deepened"}),
    ("双方谈到上海合作组织。", set()),
    ("俄方感谢中方提供的宝贵帮助。", {"appreciation", "mutual_support"}),
    ("感谢各位记者出席今天的记者会。", set()),
    ("中方支持俄方举办园艺大会。", {"mutual_support"}),
    ("中方对此深表遗憾。", {"regret"}),
    ("双方将恪守《中俄睦邻友好合作条约》。", {"treaty"}),
    ("会谈涉及伊核问题。", {"iran", "nuclear"}),
]


@pytest.mark.parametrize(("text", "codes"), CLAUSES)
def test_verb_and_object_of_a_chinese_clause_are_read_together(text: str, codes: set[str]) -> None:
    """`led_by` and `leads_to` hold only inside the clause; topics may share a wording."""
    assert found(text, "zh") == codes


def test_the_command_tells_why_a_code_weighs_what_it_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A weight without its reason is a number nobody can argue with."""
    assert main(["codebook", "no_limits"]) == 0
    assert BOOK.reasons["no_limits"] in capsys.readouterr().out


def test_stances_are_those_of_the_whole_codebook() -> None:
    book = codebook.load()
    for target in ("RUS", "USA", "FRA"):
        told = {
            name: (book.pole(name, target), code.weight)
            for name, code in book.codes.items()
            if book.pole(name, target) != "neither"
        }
        assert codebook.stances(target) == told
