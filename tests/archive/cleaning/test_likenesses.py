"""Clusters are kept up with the documents, and a person's choice is remembered."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from archive.likeness import ask
from archive.likeness.boilerplate import look as look_for_boilerplate
from archive.likeness.choose import ChoiceError, keep, reopen
from archive.likeness.find import look
from archive.models import Boilerplate, Comparing, Document, DocumentVersion, Likeness, Signature
from tests.archive.cleaning.test_clusters import CARD, LETTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(brand):
    """A published document of the brand; the same key again is its next version."""

    def write(text, key, house=brand, status="published"):
        document, _ = Document.objects.get_or_create(
            brand=house, key=key, defaults={"title": key, "status": status}
        )
        number = document.versions.count() + 1
        document.current = DocumentVersion.objects.create(
            document=document, number=number, text=text, file_name=key
        )
        document.save()
        return document

    return write


@pytest.fixture
def copies(write, brand):
    """Two documents that say the same, found."""
    documents = write(LETTER, "one"), write(LETTER.upper(), "two"), write(CARD, "card")
    look(brand.pk)
    return documents


def standing():
    return [
        (each.kind, sorted(each.members.values_list("document__key", flat=True)))
        for each in Likeness.objects.filter(settled=None)
    ]


def test_copies_are_found_within_their_brand(copies, write, other_brand):
    write(LETTER, "theirs", other_brand)
    look(other_brand.pk)
    assert standing() == [("exact", ["one", "two"])]


def test_a_text_is_hashed_once(copies, brand, write):
    made = set(Signature.objects.values_list("pk", flat=True))
    write("Another text altogether, of which there is no copy.", "three")
    look(brand.pk)
    assert Signature.objects.count() == len(made) + 1


def test_looking_again_keeps_what_is_known(copies, brand):
    before = list(Likeness.objects.values_list("pk", flat=True))
    assert look(brand.pk).new == 0
    assert list(Likeness.objects.values_list("pk", flat=True)) == before


def test_a_cluster_goes_with_the_text_that_made_it(copies, brand, write):
    write("Now it says something else, which nobody else has said before.", "two")
    look(brand.pk)
    assert standing() == []


def test_a_cluster_grows_with_a_further_copy(copies, brand, write):
    write(f"Reprinted in the house letter.\n\n{LETTER}", "three")
    look(brand.pk)
    assert standing() == [("near", ["one", "three", "two"])]


def test_a_withdrawn_document_is_no_copy(copies, brand):
    Document.objects.filter(key="two").update(status="withdrawn")
    look(brand.pk)
    assert standing() == []


def test_choosing_withdraws_the_others_and_is_recorded(copies):
    likeness = Likeness.objects.get()
    assert keep(likeness.pk, [copies[0].pk], None) == 1
    copies[1].refresh_from_db()
    assert copies[1].status == "withdrawn"
    assert copies[1].changes.get().act == "withdrawn"
    assert list(likeness.members.order_by("document").values_list("kept", flat=True)) == [
        True,
        False,
    ]


def test_a_choice_can_be_taken_back(copies):
    likeness = Likeness.objects.get()
    keep(likeness.pk, [copies[0].pk], None)
    reopen(likeness.pk, None)
    copies[1].refresh_from_db()
    likeness.refresh_from_db()
    assert (copies[1].status, likeness.settled) == ("published", None)


def test_what_was_settled_is_not_asked_again(copies, brand):
    keep(Likeness.objects.get().pk, [copies[0].pk, copies[1].pk], None)
    look(brand.pk)
    assert standing() == []
    assert Likeness.objects.count() == 1


def test_what_was_settled_is_asked_again_when_a_text_has_changed(copies, brand, write):
    keep(Likeness.objects.get().pk, [copies[0].pk, copies[1].pk], None)
    write(f"{LETTER} So it was told in the workshop.", "two")
    look(brand.pk)
    assert standing() == [("near", ["one", "two"])]


def test_nobody_can_keep_none_or_decide_twice(copies):
    likeness = Likeness.objects.get()
    with pytest.raises(ChoiceError, match="has to stay"):
        keep(likeness.pk, [copies[2].pk], None)
    keep(likeness.pk, [copies[0].pk], None)
    with pytest.raises(ChoiceError, match="already"):
        keep(likeness.pk, [copies[1].pk], None)
    with pytest.raises(ChoiceError, match="changed"):
        keep(0, [copies[1].pk], None)


def test_two_workers_do_not_compare_one_brand_at_once(copies, brand):
    ask.ask(brand.pk)
    Comparing.objects.update(lease_until=timezone.now() + ask.LEASE)
    assert ask.work(brand.pk) is None
    Comparing.objects.update(lease_until=timezone.now() - ask.LEASE)
    assert ask.work(brand.pk).documents == 3
    assert ask.work(brand.pk) is None


def test_a_run_that_brought_something_in_is_followed_by_a_comparison(bring, brand):
    bring("# The Heron\n\nIt stands in the water.", "heron.md")
    assert ask.due().get().brand_id == brand.pk


def test_the_command_compares_and_tells(copies, brand):
    out = StringIO()
    call_command("likenesses", brand=brand.slug, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["documents"] == 3
    assert [each["key"] for each in told["clusters"][0]["documents"]] == ["one", "two"]
    call_command("likenesses", brand=brand.slug, stdout=out)
    assert "exact: one (100%), two (100%)" in out.getvalue()


def test_the_command_knows_no_other_brand(db):
    with pytest.raises(CommandError, match="no brand"):
        call_command("likenesses", brand="nobody")


def test_the_catalogues_own_words_set_pieces_apart(brand, write):
    from catalog.models import CatalogName

    for word in ("Encre", "Nuage"):
        CatalogName.objects.create(
            brand=brand, aspect="option", value=word, concept="colour", way="whole", words=word
        )
        write(CARD.replace("navy", word.lower()), word)
    look(brand.pk)
    assert standing() == [("variant", ["Encre", "Nuage"])]


def test_a_paragraph_at_the_edge_of_many_documents_is_proposed(brand, write):
    legal = "All rights reserved by the house, which has its seat in Geneva."
    birds = [f"bird {number}" for number in range(13)]
    for bird in birds:
        write(f"Of the {bird}\n\nLittle is known of it.\n\n{legal}", bird)
    look_for_boilerplate(brand.pk)
    proposed = Boilerplate.objects.get()
    assert (proposed.text, len(proposed.documents)) == (legal, 13)
    assert not Boilerplate.objects.unwanted()
    Document.objects.filter(key__in=birds[:3]).update(status="withdrawn")
    look_for_boilerplate(brand.pk)
    assert not Boilerplate.objects.exists()
