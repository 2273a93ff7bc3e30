"""Pages for what cannot be read, and pages that are not everybody's."""

import pytest
from django.test import Client, RequestFactory

from concierge.operations.metrics import may_read

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["messages", "account/letter", "account/open"])
def test_what_is_too_large_is_told_in_plain_words(brand, page):
    answer = Client().post(f"/maison/{page}/", {"text": "x" * (MEGABYTE + 1)})
    assert answer.status_code == 413
    assert "That is too much at once." in answer.content.decode()


def test_a_host_that_is_not_the_house_s_is_refused_with_the_policy(brand, settings):
    settings.ALLOWED_HOSTS = ["maison.example"]
    answer = Client().get("/maison/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.fixture
def closed(settings):
    settings.METRICS_TOKEN = "a token of the house's own"
    settings.METRICS_NETWORKS = ["10.0.0.0/8"]
    return settings


@pytest.mark.parametrize("path", ["/metrics"])
def test_the_figures_are_not_there_for_the_open_internet(closed, path):
    answer = Client(REMOTE_ADDR="203.0.113.7").get(path)
    assert answer.status_code == 404


def asked(**meta):
    return RequestFactory().get("/metrics", **meta)


@pytest.mark.parametrize(
    ("meta", "allowed"),
    [
        ({"REMOTE_ADDR": "10.1.2.3"}, True),
        ({"REMOTE_ADDR": "203.0.113.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "::1"}, False),
        ({"REMOTE_ADDR": "x", "HTTP_AUTHORIZATION": "Bearer a token of the house's own"}, True),
        ({"REMOTE_ADDR": "x", "HTTP_AUTHORIZATION": "Bearer another"}, False),
        ({"REMOTE_ADDR": "x", "HTTP_AUTHORIZATION": "Bearer "}, False),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, False),
    ],
)
def test_the_figures_are_read_by_token_or_from_a_network(closed, meta, allowed):
    assert may_read(asked(**meta)) is allowed


def test_no_token_is_no_password(settings):
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "", []
    assert not may_read(asked(HTTP_AUTHORIZATION="Bearer "))


def test_a_page_of_a_fault_speaks_the_four_languages(settings):
    from django.template.loader import render_to_string

    page = render_to_string("500.html")
    for word in ("Something went wrong", "Un incident", "un problema", "schiefgegangen"):
        assert word in page
