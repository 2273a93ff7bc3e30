"""A folder, run after run."""

import json
import os
import zipfile

import pytest

from archive.models import Document, IngestionItem, Notice, Proposal
from archive.sources.folder import allowed
from archive.sources.kind import SourceError

from .reading import ATLAS, FERNS, HERON, finish, listed, read, states

pytestmark = pytest.mark.django_db


def test_what_is_new_comes_in_and_arrives_as_the_source_says(source, folder):
    press = source("folder", folder, arrives="review", document_kind="press", rights="The house")
    run = read(press)
    assert states(run) == {"ferns.md": "created", "heron.md": "created"}
    heron = Document.objects.get(key="heron.md")
    assert (heron.status, heron.kind, heron.rights) == ("review", "press", "The house")
    assert press.listings.get(key="heron.md").document == heron
    assert run.finished
    assert run.notes == ["2 entries listed, 2 of them new, changed or in trouble."]


def test_what_has_not_changed_makes_no_item(source, folder):
    press = source("folder", folder)
    read(press)
    run = read(press)
    assert states(run) == {}
    assert run.finished
    assert run.notes == ["2 entries listed, all as they were."]


def test_a_file_that_was_only_touched_makes_no_item(source, folder):
    press = source("folder", folder)
    read(press)
    os.utime(folder / "heron.md", (1, 1))
    assert states(read(press)) == {}


def test_a_changed_file_of_a_draft_takes_its_place(source, folder):
    press = source("folder", folder, arrives="draft")
    read(press)
    (folder / "heron.md").write_text(f"{HERON}\n\nIt has nine colours.")
    assert states(read(press)) == {"heron.md": "updated"}
    assert "nine colours" in Document.objects.get(key="heron.md").text


def test_what_a_manifest_says_anew_comes_in(source, folder):
    press = source("folder", folder)
    read(press)
    rows = [{"file": "heron.md", "date": "1934"}]
    (folder / "manifest.json").write_text(json.dumps(rows))
    assert states(read(press)) == {"heron.md": "updated"}
    assert Document.objects.get(key="heron.md").date == "1934"


def test_a_file_that_is_gone_is_proposed_for_withdrawal_and_stays(source, folder):
    press = source("folder", folder)
    (folder / "atlas.md").write_text(ATLAS)
    read(press)
    (folder / "heron.md").unlink()
    run = read(press)
    proposal = Proposal.objects.get()
    assert (proposal.act, proposal.document.key, proposal.source) == ("withdraw", "heron.md", press)
    assert "heron.md” is no longer in “Press”" in proposal.reason
    assert Document.objects.get(key="heron.md").status == "published"
    assert "heron.md" in listed(press)
    assert "1 no longer there, 1 proposed for withdrawal." in run.notes


def test_the_proposal_tells_where_a_renamed_file_now_stands(source, folder):
    press = source("folder", folder)
    (folder / "atlas.md").write_text(ATLAS)
    read(press)
    (folder / "heron.md").rename(folder / "heron-1934.md")
    read(press)
    assert "there as “heron-1934.md”: it may have been renamed." in Proposal.objects.get().reason


def test_an_archive_that_is_gone_is_proposed_with_all_that_was_in_it(source, folder):
    with zipfile.ZipFile(folder / "letters.zip", "w") as packed:
        packed.writestr("may.md", "# May\n\nA letter of May, on linen.")
        packed.writestr("june.md", "# June\n\nA letter of June, on salt.")
    press = source("folder", folder)
    read(press)
    finish(press.runs.get())  # what was in it
    assert Document.objects.count() == 4
    (folder / "letters.zip").unlink()
    read(press)
    titles = Proposal.objects.values_list("document__title", flat=True)
    assert sorted(titles) == ["June", "May"]


def test_it_is_proposed_once_and_overtaken_when_the_file_is_back(source, folder):
    press = source("folder", folder)
    (folder / "atlas.md").write_text(ATLAS)
    read(press)
    (folder / "heron.md").unlink()
    read(press)
    read(press)
    assert Proposal.objects.count() == 1
    (folder / "heron.md").write_text(HERON)
    read(press)
    assert Proposal.objects.get().answer == "overtaken"
    assert press.listings.get(key="heron.md").missing_since is None


def test_a_declined_withdrawal_is_not_asked_again_until_it_goes_again(source, folder):
    press = source("folder", folder)
    (folder / "atlas.md").write_text(ATLAS)
    read(press)
    (folder / "heron.md").unlink()
    read(press)
    Proposal.objects.update(answer="declined")
    read(press)
    assert Proposal.objects.count() == 1
    (folder / "heron.md").write_text(HERON)
    read(press)
    (folder / "heron.md").unlink()
    read(press)
    assert Proposal.objects.filter(answer="").count() == 1


@pytest.mark.parametrize("left", [0, 1])
def test_a_folder_that_loses_more_than_half_proposes_nothing_and_tells_staff(source, folder, left):
    press = source("folder", folder)
    (folder / "atlas.md").write_text(ATLAS)
    read(press)
    for path in sorted(folder.glob("*.md"))[left:]:
        path.unlink()
    read(press)
    assert not Proposal.objects.exists()
    notice = Notice.objects.get(about="source_shrank")
    assert f"no longer lists {3 - left} of the 3 it held" in notice.text


def test_the_notice_settles_itself_when_everything_is_back(source, folder):
    press = source("folder", folder)
    read(press)
    (folder / "ferns.md").unlink()
    (folder / "heron.md").unlink()
    read(press)
    (folder / "ferns.md").write_text(FERNS)
    (folder / "heron.md").write_text(HERON)
    read(press)
    assert not Notice.objects.filter(settled=None).exists()


def test_a_folder_that_cannot_be_opened_loses_nothing_and_tells_staff(source, folder, tmp_path):
    press = source("folder", folder)
    read(press)
    folder.rename(tmp_path / "elsewhere")
    run = read(press)
    assert run.finished
    assert run.notes == [f"There is no folder {folder}, or it cannot be opened."]
    assert Notice.objects.get().about == "source_failed"
    assert len(listed(press)) == 2
    assert not Proposal.objects.exists()
    (tmp_path / "elsewhere").rename(folder)
    read(press)
    assert not Notice.objects.filter(settled=None).exists()


def test_a_key_that_another_source_brings_in_is_refused(source, folder, tmp_path):
    read(source("folder", folder))
    other = tmp_path / "other"
    other.mkdir()
    (other / "heron.md").write_text(ATLAS)
    run = read(source("folder", other, name="Archive"))
    item = run.items.get()
    assert item.state == "failed"
    assert "brought in by the source “Press” already" in item.reason
    assert "Heron" in Document.objects.get(key="heron.md").title


def test_a_file_that_no_parser_reads_fails_alone_and_is_tried_again_by_hand(
    source, folder, django_user_model
):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    press = source("folder", folder)
    assert states(read(press))["broken.pdf"] == "failed"
    assert states(read(press)) == {}
    person = django_user_model.objects.create(username="ines")
    assert states(read(press, by=person)) == {"broken.pdf": "failed"}
    assert IngestionItem.objects.filter(key="broken.pdf").count() == 2


def test_the_products_own_files_and_relative_paths_are_no_source(settings, tmp_path):
    own = (settings.DATA_DIR, settings.DATA_DIR / "media", settings.BASE_DIR)
    for address in (*own, "/", "press"):
        with pytest.raises(SourceError):
            allowed(str(address))
    assert allowed(str(tmp_path / "house")) == tmp_path / "house"


def test_a_house_may_name_the_folders_that_sources_read(settings, tmp_path):
    settings.SOURCE_FOLDERS = [str(tmp_path / "house")]
    assert allowed(str(tmp_path / "house" / "press"))
    with pytest.raises(SourceError, match="the operator can add it"):
        allowed(str(tmp_path / "house-2"))
