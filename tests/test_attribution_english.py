"""Who speaks in English read-outs, statements and press releases (all texts are invented)."""

import pytest

from attribution_sample import Piece, states_of
from talleyrand.attribution import passages
from talleyrand.model import Kind

CALL: list[Piece] = [
    ("narrator", "President Joseph R. Biden, Jr. spoke today with President Vladimir Putin of\n"),
    ("narrator", "Russia about the orchards of the U.S. and Russia. "),
    ("USA", "The President underscored that apples\nmust ripen. He also urged patience. "),
    ("RUS", "President Putin said that pears ripen first. "),
    ("both", "The two leaders discussed watering, and both sides agreed to water more. "),
    ("both", "President Biden and President Putin also reviewed pruning. "),
    ("USA", "President Biden made clear that the United States would keep its ladders."),
    ("both", "\n\nThey agreed to stay in touch."),
]


@pytest.mark.parametrize("kind", [Kind.CALL, Kind.OTHER])
@pytest.mark.parametrize("counterparts", [("RUS",), ()])
def test_a_read_out_gives_each_side_its_own_words(
    kind: Kind, counterparts: tuple[str, ...]
) -> None:
    """The sender's, the guest's, both's and the frame."""
    assert states_of(CALL, "en", "USA", kind=kind, counterparts=counterparts) == CALL


def test_officials_below_the_head_of_state_are_known_by_their_titles() -> None:
    """Also after a name alone, and with words between the subject and the verb."""
    pieces = [
        (
            "narrator",
            "National Security Advisor Jane Oakley met today with Chinese Foreign Minister ",
        ),
        ("narrator", "Li Guoshu in Vienna. "),
        ("USA", "Ms. Oakley, joined by her gardeners, stressed the value of shade. "),
        ("CHN", "Foreign Minister Li thanked her for the seeds. "),
        ("both", "Both sides welcomed rain."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.MEETING, counterparts=("CHN",)) == pieces


@pytest.mark.parametrize("kind", [Kind.STATEMENT, Kind.OTHER])
def test_statements_and_fact_sheets_are_the_senders(kind: Kind) -> None:
    """Whoever the text speaks of."""
    text = (
        "The orchards are safe. President Biden announced new ladders. We condemn theft.\n\n"
        "-   **Ladders.** Today, the Department of Trees is updating its list.\n"
        "-   Russia said that it would water less."
    )
    assert {p.state for p in passages(text, language="en", sender="USA", kind=kind)} == {"USA"}


@pytest.mark.parametrize("kind", [Kind.JOINT_STATEMENT, Kind.OTHER])
def test_a_joint_statement_is_said_by_both(kind: Kind) -> None:
    """Also where only its heading says what it is."""
    text = "Joint Statement of the United States and Japan\n\nOur orchards are one. We will prune."
    assert {p.state for p in passages(text, language="en", sender="USA", kind=kind)} == {"both"}


def test_a_speech_is_the_senders_throughout() -> None:
    """A vocative is no label."""
    text = "Mr. President: Allow me to speak of trees.\nExcellencies: Russia said no. We said yes."
    found = passages(text, language="en", sender="KAZ", kind=Kind.SPEECH)
    assert [(p.start, p.end, p.state) for p in found] == [(0, len(text), "KAZ")]


def test_a_press_release_quotes_and_reports() -> None:
    """The Ukrainian presidency's form: one line, long quotations, "noted that"."""
    pieces = [
        ("narrator", "President of Ukraine Volodymyr Zelenskyy met with Prime Minister of the "),
        ("narrator", "Portuguese Republic Rui Carvalho, who is on a visit. "),
        ("UKR", "The Head of State noted that olives are scarce. "),
        ("UKR", '"We will plant them. Every garden matters. We are grateful," '),
        ("UKR", "said Volodymyr Zelenskyy. "),
        ("PRT", "Rui Carvalho assured Ukraine of his country's olives. "),
        ("PRT", "The Portuguese Prime Minister also said that corks are ready. "),
        ("both", "The interlocutors agreed on a tree. "),
        ("both", "Special attention was paid to shade."),
    ]
    assert states_of(pieces, "en", "UKR", kind=Kind.MEETING, counterparts=("PRT",)) == pieces


def test_an_address_in_the_first_person_is_the_senders() -> None:
    """Nobody is reported: the state speaks."""
    text = "Dear people! Today I planted a tree. We water it. Our garden grows. Russia sees it."
    assert {p.state for p in passages(text, language="en", sender="UKR")} == {"UKR"}


def test_a_message_is_its_senders_in_all_its_paragraphs() -> None:
    """The quotation goes on after the introduction."""
    pieces = [
        ("RUS", "The President’s message reads, in part:\n"),
        ("RUS", "“It is gratifying that gardens unite people.\n"),
        ("RUS", "“I wish you rain.”"),
    ]
    assert states_of(pieces, "en", "RUS") == pieces


def test_an_official_of_an_international_body_is_other() -> None:
    """He speaks for no state."""
    pieces = [
        ("narrator", "President Biden met today with U.N. Secretary-General António Guterres. "),
        ("other", "Secretary-General Guterres thanked the gardeners."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.MEETING) == pieces


def test_a_first_name_is_no_nationality() -> None:
    """German Gref is a Russian."""
    pieces = [
        ("RUS", "President of Russia Vladimir Putin: How are the gardens?\n"),
        ("RUS", "Sberbank CEO German Gref: They grow.\n"),
        ("RUS", "Vladimir Putin: Good."),
    ]
    assert states_of(pieces, "en", "RUS") == pieces


def test_a_joint_statement_may_report_one_side_by_name() -> None:
    """Who met is the frame, what one side said is that side's, the rest is both's."""
    pieces = [
        ("narrator", "President Biden and President Li met in Kyoto on trees. "),
        ("USA", "President Biden reaffirmed his love of apples. "),
        ("USA", "The U.S. side expressed its concerns about frost. "),
        ("both", "The two leaders welcomed the thaw. We will plant more trees."),
    ]
    found = states_of(pieces, "en", "USA", kind=Kind.JOINT_STATEMENT, counterparts=("CHN",))
    assert found == pieces


def test_headings_of_a_joint_statement_are_no_speakers() -> None:
    """A heading before a colon that names a state is not that state speaking."""
    text = (
        "Our orchards are one.\n\nDeepening Chinese Gardening Ties: We call for rain.\n\n"
        "Supporting Chinese Gardening Aims: We call for sun."
    )
    found = passages(text, language="en", sender="USA", kind=Kind.JOINT_STATEMENT)
    assert {p.state for p in found} == {"both"}


def test_a_quotation_goes_on_over_paragraphs() -> None:
    """A message read "in part" is its writer's until the quotation is closed."""
    pieces = [
        ("narrator", "Vladimir Putin sent a message to President of Peru Ana Olmo, which reads, "),
        ("narrator", "in part:\n"),
        ("RUS", "“You are a true gardener. Your trees are tall.\nI look forward to fruit. "),
        ("RUS", "I wish you good soil.”"),
    ]
    found = states_of(pieces, "en", "RUS", kind=Kind.CALL, counterparts=("PER",))
    assert found == pieces


def test_a_read_out_in_the_first_person_is_the_senders() -> None:
    """A statement on a call: "this morning, I spoke with"."""
    text = "This morning, I spoke with President Olmo of Peru. The trees stand. We will water them."
    found = passages(text, language="en", sender="USA", counterparts=("PER",), kind=Kind.CALL)
    assert {p.state for p in found} == {"USA"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The leaders of the two countries discussed trees.",
        "The Ambassadors and Mr. Oakley discussed trees.",
        "Bilateral friendship of trees was reaffirmed in the conversation.",
    ],
)
def test_what_they_discussed_together_is_boths(sentence: str) -> None:
    """Also where only one side's office is named."""
    opening = "National Security Advisor Jane Oakley met with Ambassador Li Guoshu of China. "
    pieces = [("narrator", opening), ("both", sentence)]
    found = states_of(pieces, "en", "USA", kind=Kind.MEETING, counterparts=("CHN",))
    assert found == pieces


def test_a_fact_sheet_is_the_senders_but_for_its_frame() -> None:
    """A release of the White House that opens with who met."""
    pieces = [
        ("narrator", "President Biden met today with President Olmo of Peru. "),
        ("USA", "Trees matter to the climate. The United States is planting trees."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.OTHER, counterparts=("PER",)) == pieces


def test_what_stands_before_said_last_is_the_speakers() -> None:
    """ ", the President stressed" holds for the sentences of the paragraph before it."""
    pieces = [
        ("narrator", "Vladimir Putin visited a garden in Peru.\n"),
        ("RUS", "The trees of Peru are tall. They need rain, the President stressed."),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.OTHER, counterparts=("PER",)) == pieces


def test_in_a_joint_statement_one_side_does_something_of_its_own() -> None:
    """In the present tense too; a group of states is no single side."""
    pieces = [
        ("both", "The leaders reaffirm their love of gardens. "),
        ("both", "They share ladders. "),
        ("both", "Both sides agreed to share shears. "),
        ("USA", "The United States welcomes the pears of the Republic of India. "),
        ("IND", "India commits to planting two orchards. "),
        ("both", "The Quad remains committed to watering."),
    ]
    kind = Kind.JOINT_STATEMENT
    assert states_of(pieces, "en", "USA", kind=kind, counterparts=("IND",)) == pieces


def test_the_two_of_a_read_out_and_a_second_verb_have_their_speaker() -> None:
    pieces = [
        ("RUS", "President Putin phoned President Oak of Peru and offered his condolences. "),
        ("both", "The two discussed pruning."),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.CALL, counterparts=("PER",)) == pieces


def test_a_purpose_is_in_the_mouth_of_who_has_it() -> None:
    """`X spoke with Y to thank him` is X's, `to discuss their support` is both's."""
    pieces = [
        ("USA", "President Joseph R. Biden, Jr. spoke today with President Vladimir Putin of "),
        ("USA", "Russia to thank him for the apples. "),
        ("USA", "He expressed his intention to plant pears."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.CALL, counterparts=("RUS",)) == pieces
    pieces = [
        ("both", "President Biden spoke today with President Vladimir Putin of Russia to discuss "),
        ("both", "their support for gardeners."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.CALL, counterparts=("RUS",)) == pieces


def test_who_is_named_after_the_words_speaks_them() -> None:
    """A quotation closed by "the Polish president said"; an interview named after the fact."""
    pieces = [
        ("UKR", "The orchards need water. "),
        ("narrator", "This was stated by Head of the President's Office Ivan Petrenko in a talk. "),
        ("UKR", "He thanked the gardeners of Poland. "),
        ("POL", '"We must water them together," the Polish president said.'),
    ]
    assert states_of(pieces, "en", "UKR", kind=Kind.OTHER, counterparts=("POL",)) == pieces


def test_a_head_of_the_unions_bodies_speaks_for_no_state() -> None:
    """Also by a surname with small words in it."""
    pieces = [
        ("narrator", "President Biden met today with European Commission President Ursula von "),
        ("narrator", "der Leyen in Vienna. "),
        ("other", "President von der Leyen congratulated him on the harvest."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.MEETING, counterparts=()) == pieces


def test_a_release_of_appointments_only_tells() -> None:
    """Names sent to the Senate, and the lives of those named, are nobody's words."""
    text = (
        "NOMINATIONS SENT TO THE SENATE:\n\nAnn Elm, of Ohio, to be Ambassador to Japan.\n\n"
        "She served in Turkey."
    )
    found = passages(text, language="en", sender="USA", kind=Kind.OTHER)
    assert {p.state for p in found} == {"narrator"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr Putin and Mr al-Qamar discussed pears. ",
        "When speaking about pears, the Russian and French presidents pointed out their colour. ",
        "The leaders of the Four Rivers countries reaffirmed their love of pears. ",
        "The two leaders had an in-depth discussion of pears. ",
        "The presidents continued to discuss pears. ",
    ],
)
def test_joint_subjects_of_a_read_out_are_boths(sentence: str) -> None:
    """With an article in the name, two nationalities, or a group of countries."""
    pieces = [
        ("narrator", "Vladimir Putin met with President of France Pierre Poire. "),
        ("both", sentence),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.MEETING, counterparts=("FRA",)) == pieces


@pytest.mark.parametrize(
    "sentence",
    [
        "Building on their last walk, the two leaders will review pruning. ",
        "The President and the Prime Minister will discuss pruning. ",
    ],
)
def test_what_two_leaders_will_do_is_boths(sentence: str) -> None:
    """In an announcement of the White House, also after an introduction."""
    pieces = [
        ("USA", "President Biden welcomes the Prime Minister of Japan to our orchards. "),
        ("both", sentence),
        ("USA", "We are glad of it."),
    ]
    assert states_of(pieces, "en", "USA", kind=Kind.STATEMENT, counterparts=("JPN",)) == pieces


def test_his_view_and_a_call_are_the_presidents() -> None:
    """As he saw it; and one who phoned and expressed something."""
    pieces = [
        ("RUS", "Mr Putin phoned Mr Olive and expressed his joy at the rain. "),
        ("RUS", "As he saw it, rain makes pears grow. "),
        ("RUS", "Vladimir Putin dwelt on the harvest."),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.CALL, counterparts=("ISR",)) == pieces


def test_a_quotation_in_the_first_person_is_its_speakers_in_joint_news() -> None:
    """A text about a joint statement that quotes one of the two."""
    pieces = [
        ("narrator", "President of Ukraine Ivan Dub met with President of Latvia Janis Ozols. "),
        ("UKR", '"We have signed our pact on oaks," the President said after the talks.'),
    ]
    kind = Kind.JOINT_STATEMENT
    assert states_of(pieces, "en", "UKR", kind=kind, counterparts=("LVA",)) == pieces


def test_a_message_read_out_has_its_frame_and_its_words() -> None:
    """`The message reads, in part:` is told; the quotation after it is the sender's."""
    pieces = [
        ("RUS", "Vladimir Putin congratulated the growers of Finland.\n\n"),
        ("narrator", "The message reads, in part:\n\n"),
        ("RUS", "“Your pears are known in many lands.”\n\n"),
        ("RUS", "In Mr Putin’s view, pears unite. "),
    ]
    kind = Kind.STATEMENT
    assert states_of(pieces, "en", "RUS", kind=kind, counterparts=("FIN",)) == pieces


def test_a_secretary_general_of_a_states_body_is_that_states() -> None:
    """Introduced with the state; one of no state we know is of an international body."""
    pieces = [
        ("narrator", "Mr. Sullivan met with Secretary General of Japan’s Secretariat Aki Bara. "),
        ("JPN", "Secretary General Bara said that plums bloom. "),
        ("other", "Secretary General Nemo said that figs do."),
    ]
    kind = Kind.MEETING
    assert states_of(pieces, "en", "USA", kind=kind, counterparts=("JPN",)) == pieces


def test_a_possessive_is_no_subject_and_a_first_person_is_the_senders() -> None:
    """`Russia's continued frost` tells of nobody; "we" in an office's own text is the state."""
    pieces = [
        ("narrator", "President Zelenskyy held a call with growers. "),
        ("UKR", "We are sorry for Russia's continued frost. "),
        ("UKR", "Every tree counts."),
    ]
    assert states_of(pieces, "en", "UKR", kind=Kind.CALL) == pieces
