"""A slice of `python -m bench.erasure`, and proof that its search finds what is there."""

import random

import pytest

from archive.models import Brand
from bench.erasure import marks
from bench.erasure.plant import KINDS, PLACES
from bench.erasure.run import run
from bench.erasure.search import Needles
from concierge.accounts.letter import FILES
from concierge.privacy.datamap import CODE, OWN_WORDS, tables
from concierge.privacy.places_listed import OTHERS


@pytest.fixture(autouse=True)
def _letters(settings, tmp_path):
    settings.EMAIL_BACKEND = FILES
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.mark.django_db(transaction=True)
def test_no_mark_of_a_forgotten_client_is_found_anywhere(media):
    told = run(clients=5, stay=2)
    assert told["marks"] == 5 * len(KINDS) == 90
    assert told["readable_before"] > 5  # the search sees what lies open
    assert told["findings"] == []
    assert told["others_changed"] == 0
    assert told["receipts_with_anything_left"] == 0
    assert Brand.objects.exists()


# Of a person too, and no words: numbers, fingerprints, what is the house's own.
NO_WORDS = {
    "auth_user.",
    "chat_citation.",
    "clients_key.",
    "gaps_gap.note",
    "llm_",
    "privacy_erasure.",
}


def test_every_column_that_may_hold_a_client_s_words_has_a_mark():
    planted = {each for places in PLACES.values() for each in places}
    columns = {
        f"{each.name}.{column}"
        for each in tables().values()
        for column, what in each.columns.items()
        if each.whose == "client" and what not in (CODE, OWN_WORDS)
    }
    assert {each for each in columns - planted if not each.startswith(tuple(NO_WORDS))} == set()


def test_every_place_beside_the_tables_has_a_mark():
    planted = {each.partition(": ")[2] for places in PLACES.values() for each in places}
    others = {each.name for each in OTHERS if not each.in_database}
    assert others - planted == {"kept keys"}  # which hold no word


@pytest.mark.parametrize("number", range(len(list(marks.forms("a mark")))))
def test_a_mark_is_found_in_each_of_its_forms_wherever_it_lies(number):
    mark = marks.made(random.Random(7))
    form, told = list(marks.forms(mark))[number]
    needles = Needles((each, ("kind", name)) for name, each in marks.forms(mark))
    whole = b"before " * 9 + told + b" after" * 9
    assert needles.look("here", [whole])["here", "kind", form] >= 1
    for cut in range(60, 66 + len(told)):
        found = needles.look("here", [whole[:cut], whole[cut:]])
        assert found["here", "kind", form] >= 1, cut


def test_a_mark_in_base64_is_found_at_every_alignment():
    import base64

    mark = marks.made(random.Random(8))
    needles = Needles((told, ("kind", form)) for form, told in marks.forms(mark))
    for before in range(6):
        text = base64.b64encode(b"x" * before + f"{mark} and more".encode())
        assert needles.look("here", [text]), before


def test_another_mark_is_not_found():
    one, other = (marks.made(random.Random(seed)) for seed in (1, 2))
    needles = Needles((told, ("kind", form)) for form, told in marks.forms(one))
    assert not needles.look("here", [told for _, told in marks.forms(other)])
