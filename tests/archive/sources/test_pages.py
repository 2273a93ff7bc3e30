"""Web pages by their addresses."""

import pytest

from archive.models import Proposal

from .reading import read, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(source, site):
    site.article("/heron", "The Heron", "Drawn in 1934.")
    site.article("/ferns", "Ferns", "Printed in 1937.")
    return source("pages", f"{site.url}/heron\n {site.url}/ferns#care \n{site.url}/heron")


def test_each_address_is_a_document_once(pages, site):
    assert states(read(pages)) == {
        f"{site.url}/ferns": "created",
        f"{site.url}/heron": "created",
    }


def test_an_address_taken_off_the_list_is_proposed_for_withdrawal(pages, site):
    read(pages)
    pages.address = f"{site.url}/heron"
    pages.save()
    read(pages)
    assert Proposal.objects.get().document.key == f"{site.url}/ferns"


def test_a_mistyped_address_is_named_and_nothing_is_gone(pages, site):
    read(pages)
    pages.address = f"{site.url}/heron\nhttp:/oops"
    pages.save()
    run = read(pages)
    assert any("is no web address" in note for note in run.notes)
    assert not Proposal.objects.exists()


def test_addresses_of_the_houses_own_network_are_never_asked(source, site):
    run = read(source("pages", "http://127.0.0.1:1/secret\nhttp://169.254.169.254/latest"))
    assert set(states(run).values()) == {"failed"}
    assert all("not on the open web" in item.reason for item in run.items.all())


def test_a_page_that_never_was_fails_with_its_reason(source, site):
    run = read(source("pages", f"{site.url}/none"))
    assert run.items.get().reason == "The site has no page at this address (404)."
