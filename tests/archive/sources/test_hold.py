"""A changed text of an approved document waits for a person."""

import pytest

from archive.ingestion.gather import Incoming
from archive.ingestion.run import start
from archive.models import Change, Document, IngestionRun, Passage, Proposal
from archive.sources.answer import AnswerError, accept, accept_withdrawals, decline

from .reading import ATLAS, HERON, finish, read, states

pytestmark = pytest.mark.django_db

CHANGED = HERON.replace("1934", "1933")


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create(username="ines")


@pytest.fixture
def press(source, folder):
    (folder / "atlas.md").write_text(ATLAS)
    made = source("folder", folder)
    read(made)
    return made


@pytest.fixture
def held(press, folder):
    """The proposal for the heron's changed text."""
    (folder / "heron.md").write_text(CHANGED)
    assert states(read(press)) == {"heron.md": "held"}
    return Proposal.objects.get()


def text():
    return Document.objects.get(key="heron.md").text


def test_a_changed_text_is_held_and_readers_see_the_old_one(held):
    assert (held.act, held.document.key) == ("replace", "heron.md")
    assert "1933" in held.text
    assert "1934" in text()
    assert Passage.objects.filter(document=held.document, text__contains="1934").exists()


def test_accepting_brings_the_kept_bytes_in_though_the_file_is_gone(held, folder, person):
    (folder / "heron.md").unlink()
    accept(held, person)
    run = finish(held.brand.ingestion_runs.exclude(started_by=None).get())
    assert states(run) == {"heron.md": "updated"}
    assert "1933" in text()
    held.refresh_from_db()
    assert (held.answer, held.answered_by) == ("accepted", person)


def test_declining_leaves_the_text_and_does_not_ask_again(held, press, folder, person):
    decline(held, person)
    (folder / "heron.md").write_text(f"{CHANGED}\n")  # other bytes, the same text
    run = read(press)
    assert states(run) == {"heron.md": "unchanged"}
    assert "was declined on" in run.items.get().reason
    assert "1934" in text()
    assert Proposal.objects.count() == 1


def test_another_text_after_a_declined_one_is_asked_about(held, press, folder, person):
    decline(held, person)
    (folder / "heron.md").write_text(HERON.replace("1934", "1932"))
    assert states(read(press)) == {"heron.md": "held"}
    assert "1932" in Proposal.objects.get(answer="").text


def test_a_later_text_overtakes_the_one_that_waits(held, press, folder):
    (folder / "heron.md").write_text(HERON.replace("1934", "1932"))
    read(press)
    held.refresh_from_db()
    assert held.answer == "overtaken"
    assert "1932" in Proposal.objects.get(answer="").text


def test_a_source_that_takes_its_change_back_overtakes_the_proposal(held, press, folder):
    (folder / "heron.md").write_text(HERON)
    assert states(read(press)) == {"heron.md": "unchanged"}
    held.refresh_from_db()
    assert held.answer == "overtaken"


def test_a_document_that_is_not_published_is_replaced_at_once(press, folder):
    Document.objects.update(status="review")
    (folder / "heron.md").write_text(CHANGED)
    assert states(read(press)) == {"heron.md": "updated"}
    assert "1933" in text()


def test_a_proposal_is_answered_once(held, person):
    decline(held, person)
    with pytest.raises(AnswerError, match="answered already"):
        accept(held, person)
    assert "1934" in text()


def test_without_the_kept_file_the_next_run_asks_again(held, press, person):
    held.item.delete()
    held.refresh_from_db()
    with pytest.raises(AnswerError, match="no longer kept"):
        accept(held, person)
    assert states(read(press)) == {"heron.md": "held"}


def test_bytes_that_went_from_the_disk_are_missed_before_the_answer_counts(held, media, person):
    (media / held.item.file.name).unlink()
    with pytest.raises(AnswerError, match="no longer kept"):
        accept(held, person)
    assert not IngestionRun.objects.filter(origin__startswith="Accepted").exists()


def test_an_accepted_withdrawal_hides_the_document_and_is_remembered(press, folder, person):
    (folder / "heron.md").unlink()
    read(press)
    assert accept_withdrawals(Proposal.objects.all(), person) == 1
    document = Document.objects.get(key="heron.md")
    assert document.status == "withdrawn"
    assert Change.objects.filter(document=document, act="withdrawn", by=person).exists()


def test_a_withdrawn_document_that_is_back_stays_withdrawn(press, folder, person):
    (folder / "heron.md").unlink()
    read(press)
    accept_withdrawals(Proposal.objects.all(), person)
    (folder / "heron.md").write_text(HERON)
    run = read(press)
    assert Document.objects.get(key="heron.md").status == "withdrawn"
    assert any("they stay withdrawn" in note for note in run.notes)


@pytest.mark.parametrize(("hold", "state"), [(True, "held"), (False, "updated")])
def test_a_run_holds_only_if_it_is_asked_to(brand, media, tmp_path, hold, state):
    path = tmp_path / "heron.md"
    path.write_text(HERON)
    finish(start(brand, [Incoming(path, "heron.md")], publish=True))
    path.write_text(CHANGED)
    run = finish(start(brand, [Incoming(path, "heron.md")], publish=True, hold=hold))
    assert states(run) == {"heron.md": state}
