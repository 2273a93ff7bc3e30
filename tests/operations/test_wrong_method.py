"""What a person reads who comes by a link to what a button does."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_person_is_told_that_nothing_was_done(curator):
    page = curator.get(reverse("admin:archive_notice_settle_all"), headers={"accept": "text/html"})
    assert page.status_code == 405
    assert "Nothing was done." in page.content.decode()


def test_a_machine_gets_the_status_alone(curator):
    assert curator.get(reverse("admin:archive_notice_settle_all")).content == b""
