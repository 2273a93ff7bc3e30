"""Taking back what was done."""

import pytest

from archive.models import Change, Document
from archive.review.edit import edit, saved
from archive.review.record import Act, standing
from archive.review.status import publish, withdraw
from archive.review.undo import UndoError, undo, undo_batch

pytestmark = pytest.mark.django_db


def every():
    return Document.objects.all()


def status_of(document):
    document.refresh_from_db()
    return document.status


def rewrite(document, by=None, **fields):
    """What the document's own page does."""
    document.refresh_from_db()
    before = standing(document)
    for name, value in fields.items():
        setattr(document, name, value)
    document.save()
    saved(document, before, Act("edited", by))


def test_a_move_is_taken_back_and_says_so(document, ines):
    publish(every())
    done = undo(Change.objects.get(), by=ines)
    assert status_of(document) == "draft"
    assert (done.act, done.by, done.before, done.after) == (
        "undone", ines, {"status": "published"}, {"status": "draft"},
    )  # fmt: skip


def test_an_undo_is_itself_undone(document):
    publish(every())
    undo(undo(Change.objects.get()))
    assert status_of(document) == "published"


def test_nothing_is_undone_twice(document):
    publish(every())
    change = Change.objects.get()
    undo(change)
    with pytest.raises(UndoError, match="undone already"):
        undo(change)


def test_an_older_change_waits_until_the_later_one_is_undone(document, ines):
    publish(every())
    first = Change.objects.get()
    withdraw(every(), by=ines)
    with pytest.raises(UndoError, match="“The Heron” has a new status since, by Inès Carvalho on"):
        undo(first)
    assert status_of(document) == "withdrawn"
    undo(Change.objects.get(act="withdrawn"))
    undo(first)
    assert status_of(document) == "draft"


def test_a_change_of_another_field_does_not_stand_in_the_way(document):
    publish(every())
    rewrite(document, audience="client")
    undo(Change.objects.get(act="published"))
    document.refresh_from_db()
    assert (document.status, document.audience) == ("draft", "client")


def test_a_value_that_came_back_by_a_later_change_is_not_undone(document):
    rewrite(document, audience="client")
    rewrite(document, audience="public")
    rewrite(document, audience="client")
    with pytest.raises(UndoError, match="new audience since, by the product"):
        undo(Change.objects.earliest("pk"))


def test_a_title_taken_back_is_taken_back_in_the_passages(document):
    rewrite(document, title="The bird")
    assert document.passages.get().title == "The bird"
    undo(Change.objects.get())
    assert document.passages.get().title == "The Heron"


def test_moments_and_names_come_back_as_they_were(document):
    rewrite(document, people=["Ottoline Vane"])
    edit(every(), {"rights": "© the house", "licence": "internal"}, Act("edited"))
    for change in Change.objects.all():
        undo(change)
    document.refresh_from_db()
    assert (document.people, document.rights, document.licence) == ([], "", "")


def test_an_act_on_many_is_taken_back_whole(make):
    for key in ("heron", "ferns", "comb"):
        make(key)
    publish(every())
    assert len(undo_batch(Change.objects.first().batch)) == 3
    assert set(every().values_list("status", flat=True)) == {"draft"}


def test_an_act_on_many_is_taken_back_whole_or_not_at_all(make):
    documents = [make(key) for key in ("heron", "ferns", "comb", "saffron", "iris")]
    publish(every())
    batch = Change.objects.first().batch
    withdraw(every().exclude(pk=documents[0].pk))
    with pytest.raises(UndoError, match=r"And 1 more\. Nothing was undone\."):
        undo_batch(batch)
    assert status_of(documents[0]) == "published"


def test_what_a_run_brought_in_is_not_undone_by_a_click(document):
    change = Change.objects.create(
        brand=document.brand, document=document, title="The Heron", act="created",
        after={"version": 1},
    )  # fmt: skip
    with pytest.raises(UndoError, match="It is withdrawn or deleted instead"):
        undo(change)


def test_what_was_deleted_is_not_undone(document):
    publish(every())
    change = Change.objects.get()
    Document.objects.all().delete()
    change.refresh_from_db()
    with pytest.raises(UndoError):
        undo(change)
