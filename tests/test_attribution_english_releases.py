"""Who speaks in English releases and in the news of a president's office (invented texts)."""

import pytest

from attribution_sample import states_of
from talleyrand.attribution import passages
from talleyrand.model import Kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Both agreed to keep the orchards open.",
        "The heads of states underlined the need for rain.",
        "The presidents continued a frank and detailed exchange of views on the orchards.",
        "The parties denounced the tax on pears.",
        "Vladimir Putin and Angela Merkel focused in particular on the pear trade.",
        "The two leaders attached great importance to pruning.",
        "The two leaders paid a lot of attention to ladders.",
    ],
)
def test_what_the_two_of_them_do_with_words_is_boths(sentence: str) -> None:
    """Whatever the verb of saying is."""
    pieces = [
        (
            "narrator",
            "Vladimir Putin had a telephone conversation with Federal Chancellor of Germany "
            "Angela Merkel. ",
        ),
        ("both", sentence),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.CALL, counterparts=("DEU",)) == pieces


@pytest.mark.parametrize(
    "sentence",
    [
        "The gardens are open to all guests, said Mr Putin.",
        "Vladimir Putin is convinced that pears will ripen.",
        "As he opened the meeting, Mr Putin said that pears had ripened.",
        "Vladimir Putin sent Angela Merkel a telegram with congratulations on the harvest.",
        "Mr Putin admitted that the ladders were short.",
    ],
)
def test_one_of_the_two_has_his_own_words(sentence: str) -> None:
    """Also where the verb comes last, or a clause comes first."""
    pieces = [
        ("narrator", "Vladimir Putin met with Federal Chancellor of Germany Angela Merkel.\n"),
        ("RUS", sentence),
    ]
    assert states_of(pieces, "en", "RUS", kind=Kind.CALL, counterparts=("DEU",)) == pieces


def test_a_piece_is_told_after_who_stated_it() -> None:
    """The sentence that names him is the frame; "according to him" is his."""
    pieces = [
        ("UKR", "The orchards must be guarded. "),
        (
            "narrator",
            "This was emphasized by Head of the President's Office Andriy Yermak in an interview.",
        ),
        ("UKR", "\nAccording to him, the trees need water."),
    ]
    assert states_of(pieces, "en", "UKR", counterparts=("RUS",)) == pieces


def test_a_release_says_itself_what_others_did() -> None:
    """A war that somebody launched is no frame; a meeting is."""
    text = (
        "One year ago, Russia launched its raid on the orchards. Putin sought to cut the trees. "
        "The United States stood by the gardeners."
    )
    found = passages(text, language="en", sender="USA", kind=Kind.OTHER, counterparts=("UKR",))
    assert {p.state for p in found} == {"USA"}


def test_a_state_committed_in_a_joint_statement_is_boths_word() -> None:
    """But a person confirms for his own state."""
    pieces = [
        ("both", "We met today to speak of trees. We like pears. We like apples. "),
        ("both", "Australia remains committed to its duties. "),
        ("USA", "President Biden confirmed that the ladders would come."),
    ]
    got = states_of(pieces, "en", "USA", kind=Kind.JOINT_STATEMENT, counterparts=("AUS",))
    assert got == pieces


def test_participants_of_a_release_speak_together() -> None:
    """In a statement of the sender's."""
    text = "We held talks on our trees. Participants reaffirmed our plan to plant. We thank you."
    found = passages(text, language="en", sender="USA", kind=Kind.STATEMENT, counterparts=("CAN",))
    assert [p.state for p in found] == ["USA", "both", "USA"]
