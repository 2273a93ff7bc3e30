"""The list of what staff are told."""

import pytest

from archive.models import Notice
from archive.review import notices

pytestmark = pytest.mark.django_db

LIST = "/admin/archive/notice/"


@pytest.fixture
def told(document):
    return [
        notices.tell(document, "unread_pages", "Page 2 has no text."),
        notices.tell(document.brand, "uncounted", "The words could not be counted."),
    ]


def test_open_notices_are_listed_with_what_they_are_about(curator, told):
    page = curator.get(LIST).text
    assert "Page 2 has no text." in page
    assert f"/admin/archive/document/{told[0].document_id}/change/" in page
    assert "2 notices wait" in page


def test_a_settled_notice_leaves_the_list_and_stays_to_be_found(curator, told):
    page = curator.post(f"{LIST}{told[0].pk}/settle/", follow=True).text
    assert "1 notice settled." in page
    assert "Page 2 has no text." not in curator.get(LIST).text
    assert "Settled by curator" in curator.get(f"{LIST}?standing=settled").text


def test_all_are_settled_at_once(curator, told):
    assert "2 notices settled." in curator.post(f"{LIST}settle/", follow=True).text
    assert "Nothing waits for anybody." in curator.get(LIST).text
    assert "0 notices settled." in curator.post(f"{LIST}settle/", follow=True).text


def test_chosen_ones_are_settled(curator, told):
    chosen = {"action": "settle_them", "_selected_action": [told[1].pk]}
    assert "1 notice settled." in curator.post(LIST, chosen, follow=True).text


def test_settling_is_for_those_who_may(allow, visitor, curator, told):
    advisor = allow("view_notice")
    assert "Page 2 has no text." in advisor.get(LIST).text
    for address in (f"{LIST}{told[0].pk}/settle/", f"{LIST}settle/"):
        assert advisor.post(address).status_code == 403
        assert visitor.post(address).status_code == 302
        assert curator.get(address).status_code == 405
    assert Notice.objects.filter(settled=None).count() == 2


def test_the_number_that_waits_stands_in_the_sidebar(curator, told):
    links = [group["items"] for group in curator.get("/admin/").context["sidebar_navigation"]]
    badges = {item["title"]: item.get("badge") for items in links for item in items}
    assert badges["Notices"] == "2"
