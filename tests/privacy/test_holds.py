"""A legal hold: the client is told, and what they asked for is done when it ends."""

import uuid

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from concierge.accounts.models import Membership
from concierge.audit.models import Act, Entry
from concierge.chat.models import Conversation
from concierge.chat.remember import remembered_of
from concierge.clients.consent import give
from concierge.clients.models import Memory, Visitor
from concierge.clients.visitors import KEY
from concierge.privacy.erasure import sweep
from concierge.privacy.holds import end, put_on_hold
from concierge.privacy.models import Hold, Period
from concierge.privacy.unallowed import forget

pytestmark = pytest.mark.django_db(transaction=True)

HOLDS, PERIODS = "/admin/privacy/hold/", "/admin/privacy/period/"


@pytest.fixture
def guest(brand, visitor):
    session = visitor.session
    number = uuid.uuid4()
    session[KEY] = str(number)
    session.save()
    return Visitor.objects.create(brand=brand, browser=number)


@pytest.fixture
def talk(brand, guest):
    return Conversation.objects.create(brand=brand, visitor=guest)


@pytest.fixture
def clerk(advisor, brand):
    user = User.objects.get(username="advisor")
    Membership.objects.get_or_create(user=user, brand=brand)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="privacy"))
    return advisor


def test_a_client_on_hold_is_told_and_forgotten_when_it_ends(visitor, talk, guest):
    hold = put_on_hold(talk, None, "Case 12")
    answer = visitor.post(
        reverse("privacy:forget_everything", args=["maison"]), {"sure": "forget everything"}
    )
    assert answer.status_code == 202
    assert "The law obliges the house" in answer.content.decode()
    assert sweep() == 0
    assert Conversation.objects.filter(pk=talk.pk).exists()
    assert end(hold, None)
    assert sweep() == 1
    assert not Visitor.objects.filter(pk=guest.pk).exists()


def test_who_comes_back_meanwhile_reads_that_it_waits(visitor, talk):
    page = reverse("privacy:page", args=["maison"])
    assert "The law obliges" not in visitor.get(page).content.decode()
    put_on_hold(talk, None, "Case 12", person=True)
    forget_all = reverse("privacy:forget_everything", args=["maison"])
    visitor.post(forget_all, {"sure": "forget everything"})
    assert "written down and done as soon as that ends" in visitor.get(page).content.decode()


def test_what_is_on_hold_is_used_no_more_when_it_is_taken_back_and_goes_after(visitor, talk, guest):
    give(guest, "personalise", place="privacy")
    memory = Memory.objects.create(visitor=guest, kind="size", text="six", origin="said")
    hold = put_on_hold(talk, None, "Case 12", person=True)
    asked = {"brand": "maison", "memory_id": memory.pk}
    correct = reverse("privacy:correct", kwargs=asked)
    assert visitor.post(correct, {"text": "seven"}).status_code == 409
    visitor.post(reverse("privacy:decide", args=["maison", "personalise"]), {"answer": "no"})
    assert remembered_of(guest) == ()
    assert forget() == 0
    assert Memory.objects.get().text == "six"
    end(hold, None)
    assert forget() == 1
    assert not Memory.objects.exists()


def test_one_conversation_on_hold_is_not_forgotten_and_a_memory_is(visitor, talk, guest):
    memory = Memory.objects.create(visitor=guest, kind="size", text="six", origin="said")
    put_on_hold(talk, None, "Case 12")
    address = reverse("privacy:forget_conversation", args=["maison", talk.pk])
    assert visitor.post(address).status_code == 409
    assert Conversation.objects.filter(pk=talk.pk).exists()
    visitor.post(reverse("privacy:forget_memory", args=["maison", memory.pk]))
    assert not Memory.objects.exists()


def test_a_hold_is_placed_and_ended_at_the_desk(clerk, talk):
    given = {"talk": str(talk.pk), "everything": "on", "why": "Case 12", "until": ""}
    assert clerk.post(f"{HOLDS}add/", given).status_code == 302
    hold = Hold.objects.get()
    assert (hold.visitor_id, hold.conversation_id, hold.why) == (talk.visitor_id, None, "Case 12")
    assert "Case 12" in clerk.get(f"{HOLDS}{hold.pk}/change/").content.decode()
    chosen = {"action": "end_them", "_selected_action": [hold.pk]}
    page = clerk.post(HOLDS, chosen, follow=True).content.decode()
    assert "1 hold ended" in page
    acts = Entry.objects.filter(row=str(hold.pk)).values_list("act", flat=True)
    assert {Act.HELD, Act.RELEASED, Act.READ} <= set(acts)


def test_a_hold_needs_a_conversation_that_is_there(clerk, talk):
    given = {"talk": str(uuid.uuid4()), "why": "Case 12"}
    page = clerk.post(f"{HOLDS}add/", given).content.decode()
    assert "There is no conversation of that number." in page
    assert not Hold.objects.exists()


def test_staff_of_another_house_hold_nothing_here(clerk, talk, other_brand):
    hold = put_on_hold(talk, None, "Case 12")
    Membership.objects.update(brand=other_brand)
    given = {"talk": str(talk.pk), "why": "Case 13"}
    assert "no conversation of that number" in clerk.post(f"{HOLDS}add/", given).content.decode()
    clerk.post(HOLDS, {"action": "end_them", "_selected_action": [hold.pk]})
    hold.refresh_from_db()
    assert hold.ended is None


def test_a_house_says_how_long_it_keeps_things(clerk, brand):
    given = {"brand": brand.pk, "kind": "memories", "days": 90}
    assert clerk.post(f"{PERIODS}add/", given).status_code == 302
    assert Period.objects.get().changed_by.username == "advisor"
    assert "365 days" in clerk.get(PERIODS).content.decode()
    again = clerk.post(f"{PERIODS}add/", given).content.decode()
    assert "has a period for that kind already" in again


@pytest.mark.parametrize("days", [0, -1, 4000, ""])
def test_a_period_is_at_least_a_day_and_at_most_ten_years(clerk, brand, days):
    given = {"brand": brand.pk, "kind": "memories", "days": days}
    assert clerk.post(f"{PERIODS}add/", given).status_code == 200
    assert not Period.objects.exists()


@pytest.mark.parametrize("address", [HOLDS, PERIODS, f"{HOLDS}add/", f"{PERIODS}add/"])
def test_staff_without_the_right_and_visitors_are_kept_out(advisor, visitor, address):
    assert advisor.get(address).status_code == 403
    assert visitor.get(address).status_code == 302
