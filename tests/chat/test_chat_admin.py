"""Conversations at the desk: closed until somebody says why they read them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from concierge.accounts.models import Membership
from concierge.audit.models import Act, Entry, Reading, Reason, Role
from concierge.audit.pseudonym import pseudonym
from concierge.audit.readings import digest_of, of
from concierge.chat.models import Conversation
from concierge.clients.models import Note

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/chat/conversation/"
WHY = {"reason": "asked", "words": "She telephoned about her order."}


@pytest.fixture
def talk(answered):
    return answered.conversation


@pytest.fixture
def clerk(advisor, brand):
    """The advisor, who serves this house and may see its conversations."""
    user = User.objects.get(username="advisor")
    Membership.objects.get_or_create(user=user, brand=brand)
    names = ["view_conversation", "add_note"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return advisor


def at(talk, page="change"):
    return f"{LIST}{talk.pk}/{page}/"


def read(browser, talk):
    return browser.get(at(talk)).content.decode()


def test_the_list_names_nobody(clerk, talk):
    page = clerk.get(LIST).content.decode()
    assert pseudonym(talk.visitor_id, talk.brand_id) in page
    assert str(talk.visitor_id) not in page


def test_a_visitor_has_one_name_at_a_house_and_another_elsewhere(talk):
    name = pseudonym(talk.visitor_id, 1)
    assert name == pseudonym(talk.visitor_id, 1)
    assert name != pseudonym(talk.visitor_id, 2)


@pytest.mark.parametrize("who", ["curator", "clerk"])
def test_the_words_are_closed_and_the_facts_open(request, who, talk, answered):
    browser = request.getfixturevalue(who)
    Note.objects.create(visitor=talk.visitor, text="Prefers the telephone.")
    page = read(browser, talk)
    assert answered.question.text not in page
    assert "Prefers the telephone" not in page
    assert answered.rung in page
    assert "1 note, closed with the words" in page


def test_a_reason_opens_the_words_for_an_hour(clerk, talk, answered):
    before = timezone.now()
    assert clerk.post(at(talk, "open"), WHY).status_code == 302
    page = read(clerk, talk)
    assert answered.question.text in page
    assert WHY["words"] in page
    reading = Reading.objects.get()
    assert (reading.reason, reading.role) == (Reason.ASKED, Role.STAFF)
    assert timedelta(minutes=59) < reading.until - before < timedelta(minutes=61)


def test_what_is_open_to_one_is_closed_to_another(clerk, curator, talk, answered):
    clerk.post(at(talk, "open"), WHY)
    assert answered.question.text not in read(curator, talk)


def test_the_words_close_again_after_the_hour(clerk, talk, answered):
    clerk.post(at(talk, "open"), WHY)
    Reading.objects.update(until=timezone.now())
    assert answered.question.text not in read(clerk, talk)


def test_the_log_has_the_reason_and_a_digest_and_no_words(clerk, talk):
    clerk.post(at(talk, "open"), WHY)
    entry = Entry.objects.filter(row=str(talk.pk), act=Act.OPENED).first()
    reading = Reading.objects.get()
    assert (entry.reason, entry.brand_id) == (Reason.ASKED, talk.brand_id)
    assert entry.digest == digest_of(reading.salt, WHY["words"])
    assert not any("telephone" in str(value) for value in vars(entry).values())


def test_each_look_at_open_words_is_written_down(clerk, talk):
    clerk.post(at(talk, "open"), WHY)
    read(clerk, talk)
    acts = Entry.objects.filter(row=str(talk.pk)).order_by("number").values_list("act", flat=True)
    assert list(acts) == [Act.OPENED, Act.READ]


def test_the_client_is_told_who_has_read(clerk, talk):
    clerk.post(at(talk, "open"), WHY)
    (told,) = of(talk.visitor)
    assert (told.conversation, told.get_role_display()) == (talk.pk, "Staff")


@pytest.mark.parametrize(
    "given", [{}, {"reason": "asked"}, WHY | {"words": "So"}, WHY | {"reason": "x"}]
)
def test_without_a_reason_and_a_sentence_nothing_opens(clerk, talk, answered, given):
    page = clerk.post(at(talk, "open"), given).content.decode()
    assert "errorlist" in page
    assert answered.question.text not in page
    assert not Reading.objects.exists()


def test_staff_of_another_house_find_nothing_there(clerk, talk, other_brand):
    Membership.objects.update(brand=other_brand)
    assert str(pseudonym(talk.visitor_id, talk.brand_id)) not in clerk.get(LIST).content.decode()
    assert clerk.get(at(talk)).status_code == 404
    assert clerk.post(at(talk, "open"), WHY).status_code == 404
    assert clerk.post(at(talk, "notes"), {"text": "Hm"}).status_code == 404
    assert not Reading.objects.exists()


def test_what_is_said_off_the_record_is_nobodys_to_look_at(curator, talk):
    talk.visitor.off_record = True
    talk.visitor.save()
    assert curator.get(at(talk)).status_code == 404
    assert curator.post(at(talk, "open"), WHY).status_code == 404


def test_a_note_is_kept_shown_and_written_down(clerk, talk):
    clerk.post(at(talk, "open"), WHY)
    clerk.post(at(talk, "notes"), {"text": "Wears a size six."})
    assert "Wears a size six." in read(clerk, talk)
    note = Note.objects.get()
    assert (note.visitor_id, note.author.username) == (talk.visitor_id, "advisor")
    assert Entry.objects.filter(kind="clients.note", row=str(note.pk), act=Act.ADDED).exists()


@pytest.mark.parametrize("text", ["", " ", "x" * 1001])
def test_a_note_that_says_nothing_or_too_much_is_not_kept(clerk, talk, text):
    assert "errorlist" in clerk.post(at(talk, "notes"), {"text": text}).content.decode()
    assert not Note.objects.exists()


def test_a_note_needs_a_right_of_its_own(clerk, talk):
    rights = User.objects.get(username="advisor").user_permissions
    rights.remove(*rights.filter(codename="add_note"))
    assert clerk.post(at(talk, "notes"), {"text": "Hm"}).status_code == 403


@pytest.mark.parametrize("page", ["open", "notes"])
def test_a_deed_is_a_post(clerk, talk, page):
    assert clerk.get(at(talk, page)).status_code == 405


def test_nothing_of_a_conversation_is_changed_or_deleted_at_the_desk(curator, talk):
    assert curator.post(at(talk), {}).status_code == 403
    assert curator.post(at(talk, "delete"), {"post": "yes"}).status_code == 403
    assert Conversation.objects.filter(pk=talk.pk).exists()


@pytest.mark.parametrize("page", ["change", "open", "notes"])
def test_staff_without_permission_are_refused(advisor, talk, page):
    answer = advisor.get if page == "change" else advisor.post
    assert answer(at(talk, page)).status_code == 403
    assert advisor.get(LIST).status_code == 403


@pytest.mark.parametrize("page", ["change", "open", "notes"])
def test_a_visitor_is_sent_to_sign_in(visitor, talk, page):
    answer = visitor.get if page == "change" else visitor.post
    assert answer(at(talk, page)).status_code == 302


def test_what_is_no_number_is_not_there(curator):
    assert curator.get(f"{LIST}nothing/change/").status_code == 404
