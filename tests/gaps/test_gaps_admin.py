import pytest
from django.contrib.auth.models import Permission, User

from archive.models import Brand
from concierge.accounts.models import Membership
from concierge.gaps.models import Gap, Status

pytestmark = pytest.mark.django_db

LIST = "/admin/gaps/gap/"


@pytest.fixture
def gap(brand):
    return Gap.objects.create(
        brand=brand, question="Do you have a shop in New York?", key="a", count=3, support=0.07
    )


def act(browser, action, *gaps):
    chosen = {"action": action, "_selected_action": [gap.pk for gap in gaps]}
    return browser.post(LIST, chosen, follow=True).content.decode()


def allow(*names):
    """Give the advisor these permissions on gaps, and the house to serve."""
    permissions = Permission.objects.filter(codename__in=[f"{name}_gap" for name in names])
    user = User.objects.get(username="advisor")
    user.user_permissions.set(permissions)
    Membership.objects.get_or_create(user=user, brand=Brand.objects.get())


def test_a_curator_sees_the_most_asked_first(curator, gap, brand):
    Gap.objects.create(brand=brand, question="Who sews the hems?", key="b", count=9, support=0.2)
    page = curator.get(LIST).content.decode()
    assert page.index("Who sews the hems?") < page.index("a shop in New York?")


@pytest.mark.parametrize("words", ["status__exact=open", "brand__id__exact={brand}", "q=new+york"])
def test_the_list_is_narrowed(curator, gap, other_brand, words):
    row = {"question": "Who sews?", "key": "b", "support": 0.2, "brand": other_brand}
    Gap.objects.create(**row)
    Gap.objects.filter(key="b").dismiss(by=None)
    page = curator.get(f"{LIST}?{words.format(brand=gap.brand_id)}").content.decode()
    assert "a shop in New York?" in page
    assert "Who sews?" not in page


def test_an_empty_list_says_what_will_stand_there(curator):
    assert "Every question so far found its answer" in curator.get(LIST).content.decode()


def test_a_list_narrowed_to_nothing_does_not_say_that_there_is_none(curator, gap):
    assert "Every question so far" not in curator.get(f"{LIST}?q=nothing").content.decode()


def test_a_curator_dismisses_and_takes_it_back(curator, gap):
    assert "1 gap dismissed. Reopen undoes it." in act(curator, "dismiss_them", gap)
    gap.refresh_from_db()
    assert (gap.status, gap.settled_by.username) == (Status.DISMISSED, "curator")
    assert "1 gap reopened." in act(curator, "reopen_them", gap)
    gap.refresh_from_db()
    assert (gap.status, gap.settled, gap.settled_by) == (Status.OPEN, None, None)


def test_a_curator_marks_what_the_archive_tells_by_now(curator, gap):
    act(curator, "mark_them_answered", gap)
    gap.refresh_from_db()
    assert gap.status == Status.ANSWERED


def test_doing_it_twice_changes_nothing(curator, gap):
    act(curator, "dismiss_them", gap)
    assert "0 gaps dismissed." in act(curator, "dismiss_them", gap)


def test_a_curator_leaves_a_note_and_rewrites_nothing_else(curator, gap):
    path = f"{LIST}{gap.pk}/change/"
    said = {"note": "Opens in May.", "status": "open", "question": "?", "count": 9}
    assert curator.post(path, said).status_code == 302
    gap.refresh_from_db()
    assert (gap.note, gap.count) == ("Opens in May.", 3)
    assert gap.question == "Do you have a shop in New York?"


def test_a_curator_settles_a_gap_on_its_own_page_and_takes_it_back(curator, gap):
    path = f"{LIST}{gap.pk}/change/"
    curator.post(path, {"note": "", "status": "dismissed"})
    gap.refresh_from_db()
    assert (gap.status, gap.settled_by.username) == (Status.DISMISSED, "curator")
    curator.post(path, {"note": "", "status": "open"})
    gap.refresh_from_db()
    assert (gap.status, gap.settled, gap.settled_by) == (Status.OPEN, None, None)


def test_a_gap_tells_what_was_nearest(curator, gap, archive):
    gap.nearest = archive["heron"]
    gap.save()
    page = curator.get(f"{LIST}{gap.pk}/change/").content.decode()
    assert "The Heron was drawn by Ottoline Vane" in page
    assert f"/admin/archive/document/{archive['heron'].document_id}/change/" in page


def test_nobody_writes_a_gap_by_hand(curator):
    assert curator.get(f"{LIST}add/").status_code == 403


def test_staff_without_permission_see_nothing(advisor, gap):
    assert advisor.get(LIST).status_code == 403
    assert advisor.get(f"{LIST}{gap.pk}/change/").status_code == 403


def test_staff_who_may_only_look_settle_nothing(advisor, gap):
    allow("view")
    assert "a shop in New York?" in advisor.get(LIST).content.decode()
    act(advisor, "dismiss_them", gap)
    gap.refresh_from_db()
    assert gap.status == Status.OPEN


def test_staff_who_may_change_gaps_settle_them(advisor, gap):
    allow("view", "change")
    act(advisor, "dismiss_them", gap)
    gap.refresh_from_db()
    assert gap.status == Status.DISMISSED


def test_a_visitor_is_sent_to_sign_in(visitor, gap):
    assert visitor.get(LIST).status_code == 302
