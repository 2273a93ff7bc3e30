"""Draft, in review, published, withdrawn: which moves there are, and who made them."""

import pytest

from archive.models import Change, Document
from archive.review import status

pytestmark = pytest.mark.django_db

MOVES = {
    ("draft", "submit"): "review",
    ("draft", "publish"): "published",
    ("draft", "withdraw"): "withdrawn",
    ("review", "take_back"): "draft",
    ("review", "publish"): "published",
    ("review", "withdraw"): "withdrawn",
    ("published", "withdraw"): "withdrawn",
    ("withdrawn", "restore"): "published",
    ("withdrawn", "review_again"): "review",
}
ACTS = ("submit", "take_back", "publish", "withdraw", "restore", "review_again")


@pytest.mark.parametrize("before", ["draft", "review", "published", "withdrawn"])
@pytest.mark.parametrize("act", ACTS)
def test_only_allowed_moves_are_made(make, before, act):
    document = make("heron", status=before)
    moved = getattr(status, act)(Document.objects.all())
    document.refresh_from_db()
    assert document.status == MOVES.get((before, act), before)
    assert moved == ((before, act) in MOVES)


def test_a_move_says_who_made_it(document, ines):
    status.publish(Document.objects.all(), by=ines)
    change = Change.objects.get()
    assert (change.act, change.by, change.title) == ("published", ines, "The Heron")
    assert (change.before, change.after) == ({"status": "draft"}, {"status": "published"})


def test_a_move_of_many_is_one_act(make):
    make("heron")
    make("ferns")
    make("comb", status="published")
    assert status.publish(Document.objects.all()) == 2
    assert len(set(Change.objects.values_list("batch", flat=True))) == 1
    assert Change.objects.count() == 2


def test_the_passages_follow_their_document(document):
    status.publish(Document.objects.all())
    assert document.passages.get().status == "published"


def test_what_has_no_text_is_not_shown_to_readers(brand):
    Document.objects.create(brand=brand, key="a", title="Empty")
    Document.objects.create(brand=brand, key="b", title="Gone", status="withdrawn")
    assert (status.publish(Document.objects.all()), status.restore(Document.objects.all())) == (
        0,
        0,
    )
