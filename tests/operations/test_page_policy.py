"""The content security policy and its companions, on every page for everybody."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.models import Document
from concierge.operations import fitted
from tests.accounts.cast import PASSWORD, staff, tries
from tests.accounts.test_second_factor import after_password, enrolled

pytestmark = pytest.mark.django_db(transaction=True)
EXECUTED = {None, "", "module", "text/javascript", "application/javascript"}


def plain_addresses(resolver=None, before="/"):
    """Every address that has no words of its own to fill in."""
    for each in (resolver or get_resolver()).url_patterns:
        address = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if not isinstance(each, URLPattern):
            yield from plain_addresses(each, address)
        elif not re.search(r"[<(\\]", address):
            yield address


class Faults(HTMLParser):
    """What the policy would refuse in a page."""

    def __init__(self, nonce):
        super().__init__()
        self.nonce, self.found = nonce, []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        inline = tag == "style" or (
            tag == "script" and "src" not in told and told.get("type") in EXECUTED
        )
        if inline and told.get("nonce") != self.nonce:
            self.found.append(f"<{tag}> without the nonce")
        self.found += [f"{name} of <{tag}>" for name in told if re.match(r"on\w+$", name)]
        if "style" in told:
            self.found.append(f"style of <{tag}>: {told['style']}")
        if str(told.get("href", "")).startswith("javascript:"):
            self.found.append(f"script address of <{tag}>")


def browsers(brand):
    """Somebody of each kind."""
    admin, client = Client(), Client()
    staff()
    tries(admin, PASSWORD)
    staff("advisor", is_superuser=False)
    advisor = Client()
    tries(advisor, PASSWORD, name="advisor")
    enrolled(staff("yuki"))
    return {
        "nobody": client,
        "advisor": advisor,
        "superuser": admin,
        "half signed in": after_password("yuki"),
    }


def addresses(brand):
    document = Document.objects.create(brand=brand, key="a", title="A")
    own = ["", "?new=1", "account/", "account/open/?link=x", "privacy/", "nothing/", "messages/"]
    return [
        *plain_addresses(),
        *(f"/maison/{each}" for each in own),
        f"/admin/archive/document/{document.pk}/change/",
        f"/admin/archive/document/{document.pk}/history/",
        f"/admin/archive/brand/{brand.pk}/change/",
        "/nothing/at/all/",
    ]


@pytest.fixture
def pages(brand, settings):
    """(who, address, answer) of every page that can be looked at."""
    settings.METRICS_NETWORKS = []
    found = []
    for who, browser in browsers(brand).items():
        for address in addresses(brand) if who == "superuser" else addresses_of(who, brand):
            answer = browser.get(address, headers={"accept": "text/html"})
            found.append((who, address, answer))
    return found


def addresses_of(who, brand):
    """All for the superuser, who comes in everywhere; for others what is not the same refusal."""
    return [each for each in plain_addresses() if not each.startswith("/admin/")] + [
        "/maison/",
        "/maison/account/",
        "/admin/",
        "/admin/archive/document/",
    ]


def test_every_page_has_the_policy(pages):
    faults = []
    for who, address, answer in pages:
        policy = answer.headers.get("Content-Security-Policy", "")
        if "'unsafe-" in policy or "script-src 'self'" not in policy or "*" in policy:
            faults.append((who, address, policy))
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        nonce = re.search(r"'nonce-([^']+)'", policy)
        reader = Faults(nonce.group(1) if nonce else "none")
        reader.feed(answer.content.decode())
        faults += [(who, address, each) for each in reader.found]
    assert faults == []
    assert len(pages) > 100


def test_every_page_has_the_headers(brand):
    for address in ("/maison/", "/admin/login/", "/nothing/", "/healthz", "/maison/account/"):
        told = Client().get(address).headers
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in told["Content-Security-Policy"]


def test_no_page_lets_in_what_is_unsafe(settings):
    said = [
        str(v) for values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for v in values
    ]
    assert not [each for each in said if "unsafe" in each or "http" in each or "*" in each]


@pytest.mark.parametrize("page", ["account/", "account/open/?link=x"])
def test_pages_of_accounts_are_kept_by_no_browser(brand, page):
    assert "no-store" in Client().get(f"/maison/{page}")["Cache-Control"]


@pytest.mark.parametrize("name", sorted(fitted.CHANGES))
def test_a_template_that_is_fitted_still_says_what_is_changed(name):
    from django.template.loader import get_template

    assert get_template(name).template.source


def test_a_template_that_says_something_else_is_told():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match=r"unfold/helpers/search\.html no longer says"):
        fitted.fitted("unfold/helpers/search.html", "<input>")
