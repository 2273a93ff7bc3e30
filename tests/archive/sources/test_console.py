"""Sources and proposals on the staff console, for whoever may and whoever may not."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from archive.models import Document, Notice, Proposal, Source
from archive.review import uses
from archive.review.uses import Use
from archive.sources import foresight, gather
from archive.sources.lease import lease

from .reading import ATLAS, HERON, finish, read

pytestmark = pytest.mark.django_db


def address(name, *given):
    return reverse(f"admin:archive_{name}", args=given)


@pytest.fixture
def press(source, folder):
    (folder / "atlas.md").write_text(ATLAS)
    return source("folder", folder)


@pytest.fixture
def changed(press, folder):
    """The proposal for a changed text."""
    read(press)
    (folder / "heron.md").write_text(HERON.replace("1934", "1933"))
    read(press)
    return Proposal.objects.get()


@pytest.fixture
def gone(press, folder):
    """The proposal for a file that is gone."""
    read(press)
    (folder / "ferns.md").unlink()
    read(press)
    return Proposal.objects.get()


@pytest.fixture
def grant(advisor):
    """Lets the advisor do what the words say."""

    def give(*words):
        person = User.objects.get(username="advisor")
        person.user_permissions.add(*Permission.objects.filter(codename__in=words))

    return give


def filled(brand, folder, **more):
    return {
        "brand": brand.pk,
        "name": "Press",
        "kind": "folder",
        "address": str(folder),
        "rhythm": "daily",
        "at": "03:30",
        "weekday": "1",
        "schedule": "",
        "enabled": "on",
        "arrives": "review",
        "audience": "public",
    } | more


# The form ---------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(curator):
    page = curator.get(address("source_changelist"))
    assert "No source yet." in page.text
    assert address("source_add") in page.text


@pytest.mark.parametrize(
    ("fields", "schedule"),
    [
        ({}, "30 3 * * *"),
        ({"rhythm": ""}, ""),
        ({"rhythm": "hourly", "at": "0:15"}, "15 * * * *"),
        ({"rhythm": "weekly", "weekday": "5"}, "30 3 * * 5"),
        ({"rhythm": "own", "schedule": " */20  8-18 * * 1-5"}, "*/20 8-18 * * 1-5"),
    ],
)
def test_a_source_is_added_with_a_schedule_in_plain_words(curator, brand, folder, fields, schedule):
    answer = curator.post(address("source_add"), filled(brand, folder, **fields))
    assert answer.status_code == 302
    assert Source.objects.get().schedule == schedule


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"at": "25:00"}, "Write the time as 03:00."),
        ({"rhythm": "own"}, "Write its five parts"),
        ({"rhythm": "own", "schedule": "daily"}, "has five parts"),
        ({"address": "press"}, "is no whole path"),
        ({"kind": "site"}, "is not on the web"),
        ({"kind": "store", "address": "http://intranet"}, "are not read here"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(curator, brand, folder, fields, sentence):
    answer = curator.post(address("source_add"), filled(brand, folder, **fields))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Source.objects.exists()


def test_a_source_is_changed_without_touching_who_reads_it(curator, press):
    held = lease(press.pk)
    form = filled(press.brand, press.address, name="Press and journal", rhythm="")
    page = curator.post(address("source_change", press.pk), form)
    assert page.status_code == 302
    press.refresh_from_db()
    assert (press.name, press.kind, press.leases) == ("Press and journal", "folder", held.number)
    assert press.lease_until is not None


def test_its_page_tells_what_it_brought_and_what_is_next(curator, press):
    press.schedule = "0 3 * * *"
    press.save()
    read(press)
    page = curator.get(address("source_change", press.pk))
    assert "Every day at 03:00; next on" in page.text
    assert "3 created" in page.text
    page = curator.get(address("source_changelist"))
    assert "Every day at 03:00" in page.text
    assert "3 created" in page.text


def test_its_page_names_what_failed_and_why(curator, press, folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    reason = read(press).items.get(state="failed").reason
    page = curator.get(address("source_change", press.pk))
    assert "broken.pdf" in page.text
    assert reason in page.text


def test_a_source_that_was_never_read_says_what_to_do(curator, press):
    assert "It has not been read yet." in curator.get(address("source_change", press.pk)).text


def test_a_source_is_deleted_and_its_documents_stay(curator, press):
    read(press)
    page = curator.post(address("source_delete", press.pk), {"post": "yes"})
    assert page.status_code == 302
    assert not Source.objects.exists()
    assert Document.objects.count() == 3


def test_a_source_that_something_rests_on_is_not_deleted(curator, press):
    read(press)
    heron = Document.objects.get(key="heron.md")

    def find(documents):
        return [Use(heron.pk, "3 answers")] if heron.pk in documents else []

    uses.register(find)
    try:
        page = curator.post(address("source_delete", press.pk), {"post": "yes"})
    finally:
        uses.finders.remove(find)
    assert Source.objects.exists()
    assert "“The Heron” is used by 3 answers." in page.text


# Its buttons ------------------------------------------------------------------------------------


def test_run_now_asks_for_a_run_in_the_persons_name(curator, press):
    page = curator.post(address("source_run", press.pk), follow=True)
    assert "is read as soon as a worker is free" in page.text
    gather.work(press.pk)
    run = finish(press.runs.get())
    assert run.started_by.username == "curator"


def test_run_now_while_it_is_read_asks_for_nothing(curator, press):
    lease(press.pk)
    page = curator.post(address("source_run", press.pk), follow=True)
    assert "is being read at this moment" in page.text
    press.refresh_from_db()
    assert press.wanted is None


def test_a_source_is_switched_off_and_on(curator, press):
    assert "is switched off" in curator.post(address("source_switch", press.pk), follow=True).text
    assert "is switched on" in curator.post(address("source_switch", press.pk), follow=True).text
    press.refresh_from_db()
    assert press.enabled


def test_a_dry_run_is_made_by_a_worker_and_shown(curator, press):
    page = address("source_forecast", press.pk)
    assert "No dry run of the last day" in curator.get(page).text
    assert "as soon as a worker is free" in curator.post(page, follow=True).text
    foresight.make(press.pk)
    shown = curator.get(page)
    assert "heron.md" in shown.text
    assert "the model runs on this machine" in shown.text
    part = curator.get(page, headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert not press.runs.exists()


def test_a_dry_run_that_fails_says_why(curator, source, tmp_path):
    made = source("folder", tmp_path / "none")
    foresight.make(made.pk)
    assert "There is no folder" in curator.get(address("source_forecast", made.pk)).text


def test_what_is_gone_in_a_landslide_is_proposed_at_a_persons_word(curator, press, folder):
    read(press)
    for path in folder.glob("*.md"):
        path.unlink()
    read(press)
    page = curator.get(address("source_change", press.pk))
    assert "no longer there, and not proposed" in page.text
    page = curator.post(address("source_missing", press.pk), follow=True)
    assert "3 withdrawals proposed." in page.text
    assert Proposal.objects.filter(answer="").count() == 3
    assert not Notice.objects.filter(settled=None).exists()


ACTS = ("source_run", "source_switch", "source_missing")


@pytest.mark.parametrize("act", ACTS)
def test_buttons_are_not_links(curator, press, act):
    assert curator.get(address(act, press.pk)).status_code == 405


@pytest.mark.parametrize("act", [*ACTS, "source_forecast"])
def test_buttons_are_for_whoever_may_change_sources(advisor, visitor, grant, press, act):
    assert advisor.post(address(act, press.pk)).status_code == 403
    grant("view_source")
    assert advisor.post(address(act, press.pk)).status_code == 403
    grant("change_source")
    assert advisor.post(address(act, press.pk)).status_code == 302
    assert "/login/" in visitor.post(address(act, press.pk)).url


@pytest.mark.parametrize("act", [*ACTS, "source_forecast"])
def test_a_source_that_is_not_there_is_not_found(curator, act):
    assert curator.post(address(act, 999)).status_code == 404


def test_whoever_may_only_look_sees_no_buttons(advisor, grant, press):
    assert advisor.get(address("source_changelist")).status_code == 403
    grant("view_source")
    page = advisor.get(address("source_change", press.pk))
    assert page.status_code == 200
    assert address("source_run", press.pk) not in page.text
    assert advisor.get(address("source_add")).status_code == 403


def test_a_forged_request_does_nothing(press):
    from django.test import Client

    person = User.objects.create_superuser("forged", password="a test's own")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    assert browser.post(address("source_run", press.pk)).status_code == 403


# Proposals --------------------------------------------------------------------------------------


def test_an_empty_inbox_says_so(curator):
    assert "Nothing waits for a decision." in curator.get(address("proposal_changelist")).text


def test_the_inbox_shows_what_waits(curator, changed):
    page = curator.get(address("proposal_changelist"))
    assert "The Heron" in page.text
    assert "Replace the text" in page.text


def test_the_two_texts_stand_beside_each_other(curator, changed):
    page = curator.get(address("proposal_change", changed.pk))
    assert "<del>1934</del>" in page.text
    assert "<ins>1933</ins>" in page.text


def test_accepting_brings_the_text_in(curator, changed):
    page = curator.post(address("proposal_answer", changed.pk, "accept"), follow=True)
    assert "The new text of “The Heron” comes in now." in page.text
    finish(changed.brand.ingestion_runs.filter(origin__startswith="Accepted").get())
    assert "1933" in Document.objects.get(key="heron.md").text


def test_declining_keeps_the_text(curator, changed):
    page = curator.post(address("proposal_answer", changed.pk, "decline"), follow=True)
    assert "keeps its text" in page.text
    changed.refresh_from_db()
    assert (changed.answer, changed.answered_by.username) == ("declined", "curator")


def test_an_answer_is_given_once(curator, changed):
    curator.post(address("proposal_answer", changed.pk, "decline"))
    page = curator.post(address("proposal_answer", changed.pk, "accept"), follow=True)
    assert "answered already" in page.text
    page = curator.get(address("proposal_change", changed.pk))
    assert "Take the new text" not in page.text


def test_a_withdrawal_is_decided_on_its_page(curator, gone):
    page = curator.get(address("proposal_change", gone.pk))
    assert "is no longer in “Press”" in page.text
    curator.post(address("proposal_answer", gone.pk, "accept"))
    assert Document.objects.get(key="ferns.md").status == "withdrawn"


def test_withdrawals_are_accepted_together_and_texts_are_not(curator, gone, press, folder):
    (folder / "heron.md").write_text(HERON.replace("1934", "1933"))
    read(press)
    keys = list(Proposal.objects.values_list("pk", flat=True))
    data = {"action": "accept_them", "_selected_action": keys}
    page = curator.post(address("proposal_changelist"), data, follow=True)
    assert "1 document withdrawn. 1 changed text left" in page.text
    assert Proposal.objects.get(answer="").act == "replace"


def test_proposals_are_declined_together(curator, gone):
    data = {"action": "decline_them", "_selected_action": [gone.pk]}
    page = curator.post(address("proposal_changelist"), data, follow=True)
    assert "1 proposal declined." in page.text


@pytest.mark.parametrize("word", ["accept", "decline"])
def test_answers_are_for_whoever_may_change_documents(advisor, visitor, grant, gone, word):
    where = address("proposal_answer", gone.pk, word)
    assert advisor.get(where).status_code == 405
    assert advisor.post(where).status_code == 403
    grant("view_proposal")
    assert advisor.post(where).status_code == 403
    assert "Withdraw it" not in advisor.get(address("proposal_change", gone.pk)).text
    grant("change_document")
    assert advisor.post(where).status_code == 302
    assert "/login/" in visitor.post(where).url


def test_the_inbox_is_for_whoever_may_see_it(advisor, gone):
    assert advisor.get(address("proposal_changelist")).status_code == 403
    assert advisor.get(address("proposal_change", gone.pk)).status_code == 403


def test_another_word_or_number_is_not_found(curator, gone):
    assert curator.post(address("proposal_answer", gone.pk, "burn")).status_code == 404
    assert curator.post(address("proposal_answer", 999, "accept")).status_code == 404
    assert curator.get(address("proposal_change", "x")).status_code == 404


def test_a_text_that_is_markup_is_shown_as_text(curator, press, folder):
    read(press)
    (folder / "heron.md").write_text(HERON.replace("1934", "`<script>alert(1)</script>`"))
    read(press)
    page = curator.get(address("proposal_change", Proposal.objects.get().pk))
    assert "<script>alert(1)" not in page.text
