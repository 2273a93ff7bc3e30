import pytest

from concierge.redaction.known import Known
from concierge.redaction.veil import Veil

SAID = "Dear [NAME_1], we wrote to [EMAIL_1] [1], see [P2] and [none]."
MEANT = "Dear Dürr, we wrote to a@b.fr [1], see [P2] and [none]."


@pytest.fixture
def veil():
    veil = Veil([Known("name", "Anna Dürr")])
    veil.hidden("Dürr, a@b.fr")
    return veil


def streamed(veil, pieces):
    restoring = veil.restoring()
    return "".join([restoring.heard(piece) for piece in pieces]) + restoring.ended()


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7, 11, 100])
def test_a_reply_is_restored_however_it_comes_in_pieces(veil, length):
    pieces = [SAID[start : start + length] for start in range(0, len(SAID), length)]
    assert streamed(veil, pieces) == MEANT


def test_markers_are_not_waited_for(veil):
    restoring = veil.restoring()
    assert restoring.heard("It is so [1") == "It is so [1"
    assert restoring.heard("] and [P2") == "] and [P2"


@pytest.mark.parametrize(
    "mangled",
    [
        "[email 1]",
        "[EMAIL_1 ]",
        "[ EMAIL_1]",
        "[Email-1]",
        r"\[EMAIL\_1\]",
        "[EMAIL1]",
        "EMAIL_1",
        "【EMAIL_1】",
        "[e-mail_1]",
        "[COURRIEL_1]",
    ],
)
def test_a_mangled_placeholder_is_restored(veil, mangled):
    for cut in range(len(mangled)):
        assert streamed(veil, ["To ", mangled[:cut], mangled[cut:], " today."]) == (
            "To a@b.fr today."
        )


@pytest.mark.parametrize("unknown", ["[EMAIL_7]", "[phone 1]", "CARD_3", "[NOM_9]"])
def test_an_unknown_one_is_never_shown(veil, unknown):
    assert streamed(veil, [f"To {unknown}."]) == "To ."


@pytest.mark.parametrize("begun", ["[NA", "[EMAIL", "[EMAIL_", r"\[EMAIL\_1", "[EMAIL_1", "NAME_"])
def test_one_that_the_reply_broke_off_in_is_never_shown(veil, begun):
    assert streamed(veil, ["Written to ", begun]) == "Written to "


@pytest.mark.parametrize("end", ["[", "[1", "a NAME", "see [none"])
def test_an_end_that_only_resembles_one_stays(veil, end):
    assert streamed(veil, ["Written: ", end]) == f"Written: {end}"


def test_what_a_client_wrote_as_one_comes_back_as_they_wrote_it(veil):
    hidden = veil.hidden("What is [EMAIL_1]?")
    assert hidden == "What is [TEXT_1]?"
    assert veil.restored(hidden) == "What is [EMAIL_1]?"
