"""The pages on which a person decides on what was left out, and on copies."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.likeness.find import look
from archive.models import Boilerplate, Drop, IngestionRun, Likeness
from tests.archive.cleaning.test_clusters import LETTER
from tests.archive.cleaning.test_drops import PAGE

from .works import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(bring):
    return bring(PAGE)


@pytest.fixture
def likeness(bring, brand):
    bring(f"# One\n\n{LETTER}", "one.md", publish=True)
    bring(f"# One\n\n{LETTER} So it was told.", "two.md", publish=True)
    look(brand.pk)
    return Likeness.objects.get()


@pytest.fixture
def paragraph(brand, bring):
    legal = "All rights reserved by the house, which has its seat in Geneva."
    held = bring(f"# One\n\nThe heron.\n\n{legal}\n", "one.md")
    return Boilerplate.objects.create(
        brand=brand, text=legal, fingerprint="f" * 64, documents=[held.pk]
    )


def drop_page(document):
    return reverse("admin:archive_drop_document", args=[document.pk])


def decision(drop, word):
    return reverse("admin:archive_drop_decide", args=[drop.pk, word])


def answer(likeness, word):
    return reverse("admin:archive_likeness_answer", args=[likeness.pk, word])


def test_a_documents_page_groups_what_was_left_out_by_its_rule(curator, document):
    page = curator.get(drop_page(document)).text
    assert "Cookie notices" in page
    assert "speaks of cookies" in page
    assert "© Maison" in page


def test_one_click_restores_and_one_leaves_out_again(curator, document):
    drop = document.drops.get(rule="footer")
    page = curator.post(decision(drop, "restore"), follow=True)
    assert "comes back into the text" in page.text
    assert "Comes back" in page.text
    finish(IngestionRun.objects.latest("pk"))
    document.refresh_from_db()
    assert "© Maison" in document.text
    drop.refresh_from_db()
    assert drop.restored_by.username == "curator"
    assert "In the text again" in curator.get(drop_page(document)).text
    curator.post(decision(drop, "leave-out"))
    finish(IngestionRun.objects.latest("pk"))
    document.refresh_from_db()
    assert "© Maison" not in document.text


def test_restoring_what_is_restored_is_told_to_be_so(curator, document):
    drop = document.drops.get(rule="footer")
    curator.post(decision(drop, "restore"))
    assert "That is so already." in curator.post(decision(drop, "restore"), follow=True).text


def test_many_are_restored_at_once_in_one_run(curator, document):
    address = reverse("admin:archive_drop_changelist")
    chosen = list(document.drops.values_list("pk", flat=True))
    data = {"action": "restore_them", "_selected_action": chosen}
    page = curator.post(address, data, follow=True)
    assert "1 document brought in again." in page.text
    assert IngestionRun.objects.count() == 2


def test_a_document_of_which_nothing_was_left_out_says_so(curator, bring):
    page = curator.get(drop_page(bring("# One\n\nThe heron.", "one.md")))
    assert "Nothing of its file was left out" in page.text


def test_the_list_of_drops_opens_empty_full_and_filtered(curator, bring):
    address = reverse("admin:archive_drop_changelist")
    assert "Nothing has been left out" in curator.get(address).text
    bring(PAGE)
    assert "© Maison" in curator.get(address, {"rule": "footer", "standing": "out"}).text
    assert "© Maison" not in curator.get(address, {"rule": "navigation"}).text


def test_a_paragraph_leaves_every_document_and_comes_back(curator, paragraph):
    address = reverse("admin:archive_drop_everywhere")
    assert "All rights reserved" in curator.get(address).text
    curator.post(reverse("admin:archive_drop_settle", args=[paragraph.pk, "leave-out"]))
    assert Drop.objects.get().left_out is False  # until its run has been worked on
    assert "Left out everywhere" in curator.get(address).text
    curator.post(reverse("admin:archive_drop_settle", args=[paragraph.pk, "keep"]))
    assert "Stays" in curator.get(address).text


def test_copies_are_shown_beside_one_another_with_what_differs(curator, likeness):
    assert "One" in curator.get(reverse("admin:archive_likeness_changelist")).text
    page = curator.get(reverse("admin:archive_likeness_change", args=[likeness.pk])).text
    assert "Nearly the same text" in page
    assert "<ins>" in page


def test_keeping_one_withdraws_the_other_and_is_taken_back(curator, likeness):
    one, two = (each.document for each in likeness.members.order_by("document"))
    page = curator.post(answer(likeness, "one"), {"document": one.pk}, follow=True)
    assert "1 document withdrawn" in page.text
    two.refresh_from_db()
    assert two.status == "withdrawn"
    curator.post(answer(likeness, "reopen"))
    two.refresh_from_db()
    assert two.status == "published"


def test_keeping_all_withdraws_none(curator, likeness):
    page = curator.post(answer(likeness, "all"), follow=True)
    assert "All of them stay." in page.text
    assert "No copies wait for a decision." in page.text


def test_keeping_what_is_no_member_keeps_nothing(curator, likeness):
    page = curator.post(answer(likeness, "one"), {"document": "0"}, follow=True)
    assert "has to stay" in page.text


def test_decisions_are_posted(curator, document, likeness, paragraph):
    drop = document.drops.first()
    settle = reverse("admin:archive_drop_settle", args=[paragraph.pk, "keep"])
    for address in (decision(drop, "restore"), answer(likeness, "all"), settle):
        assert curator.get(address).status_code == 405


def test_what_is_no_decision_is_not_found(curator, document, likeness):
    assert curator.post(decision(document.drops.first(), "burn")).status_code == 404
    assert curator.post(answer(likeness, "burn")).status_code == 404
    assert curator.get(reverse("admin:archive_likeness_change", args=[0])).status_code == 404


def test_whoever_may_only_read_decides_nothing(advisor, document, likeness, paragraph):
    from django.contrib.auth import get_user_model

    person = get_user_model().objects.get(username="advisor")
    person.user_permissions.add(Permission.objects.get(codename="view_document"))
    assert "Restore" not in advisor.get(drop_page(document)).text
    settle = reverse("admin:archive_drop_settle", args=[paragraph.pk, "leave-out"])
    drop = document.drops.first()
    for address in (decision(drop, "restore"), answer(likeness, "all"), settle):
        assert advisor.post(address).status_code == 403


def test_whoever_may_not_read_documents_sees_none_of_it(advisor, visitor, document, likeness):
    pages = (
        drop_page(document),
        reverse("admin:archive_drop_changelist"),
        reverse("admin:archive_drop_everywhere"),
        reverse("admin:archive_likeness_changelist"),
        reverse("admin:archive_likeness_change", args=[likeness.pk]),
    )
    for address in pages:
        assert advisor.get(address).status_code == 403
        assert visitor.get(address).status_code == 302
