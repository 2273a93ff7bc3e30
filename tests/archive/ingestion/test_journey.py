"""One item after another, through every step, on real services."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from archive import tasks
from archive.ingestion import claim as claims
from archive.ingestion.gather import Incoming
from archive.ingestion.journey import work
from archive.ingestion.metadata import MetadataError
from archive.ingestion.nudge import renudge
from archive.ingestion.run import start
from archive.models import Document, IngestionItem, IngestionRun, Lexeme, Notice, Passage

from . import files

pytestmark = pytest.mark.django_db

HERON = "# The Heron\n\nOttoline Vane drew the heron in 1934.\n\n## Care\n\nWash it by hand."


@pytest.fixture
def bring(brand, media, tmp_path):
    """Bring a file in, from the row to its end; gives the item."""

    def bring(content, name="heron.md", *, given=None, **asked):
        path = Path(tmp_path, name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        run = start(brand, [Incoming(path, name, given or {})], **asked)
        item = run.items.get()
        work(item.pk)
        item.refresh_from_db()
        return item

    return bring


def test_a_file_becomes_a_draft_nobody_sees(bring, viewer):
    item = bring(HERON)
    document = Document.objects.get()
    assert (item.state, item.document, item.passages) == ("created", document, 2)
    assert (document.title, document.language, document.status) == ("The Heron", "en", "draft")
    assert not Passage.objects.visible_to(viewer).exists()


def test_a_published_file_is_seen_with_exact_passages_and_vectors(bring, viewer):
    bring(HERON, publish=True)
    passages = list(Passage.objects.visible_to(viewer))
    assert [(p.title, p.text) for p in passages] == [
        ("The Heron", "Ottoline Vane drew the heron in 1934."),
        ("The Heron › Care", "Wash it by hand."),
    ]
    assert all(p.version.text[p.start : p.end] == p.text for p in passages)
    assert all(len(p.embeddings.get().vector) == 384 for p in passages)
    assert Lexeme.objects.filter(lexeme="heron").exists()


def test_a_recordings_turns_are_kept_with_their_times(bring):
    cues = "00:12:40.000 --> 00:12:42.000\n<v Noor>In January.\n\n"
    bring(f"WEBVTT\n\n{cues}01:00:00.500 --> 01:00:02.000\n<v Inès>Why?\n", "talk.vtt")
    version = Document.objects.get().current
    assert [(turn["speaker"], turn["seconds"]) for turn in version.turns] == [
        ("Noor", 760.0),
        ("Inès", 3600.5),
    ]
    assert version.time_at(version.text.index("January")) == "12:40"
    assert version.time_at(version.text.index("Why")) == "1:00:00"


def test_the_run_ends_with_its_last_item(bring):
    run = bring(HERON).run
    assert run.finished is not None


def test_the_same_file_twice_changes_nothing(bring):
    bring(HERON)
    before = list(Passage.objects.values_list("pk"))
    item = bring(HERON)
    assert (item.state, item.passages) == ("unchanged", 2)
    assert list(Passage.objects.values_list("pk")) == before
    assert Document.objects.get().versions.count() == 1


def test_an_unchanged_draft_can_be_published_by_bringing_it_in_again(bring):
    bring(HERON)
    assert bring(HERON, publish=True).state == "unchanged"
    assert Document.objects.get().status == "published"


def test_a_withdrawn_document_stays_withdrawn(bring):
    bring(HERON, publish=True)
    Document.objects.update(status="withdrawn")
    bring(HERON + " Twice.", publish=True)
    assert Document.objects.get().status == "withdrawn"


def test_a_changed_file_becomes_a_new_version_and_the_old_text_stays(bring):
    bring(HERON)
    item = bring(HERON.replace("1934", "1935"))
    document = Document.objects.get()
    assert item.state == "updated"
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert "1934" in document.versions.get(number=1).text
    assert {p.version.number for p in document.passages.all()} == {2}
    assert "1935" in document.text


def test_changed_metadata_alone_makes_a_new_version(bring):
    bring(HERON)
    assert bring(HERON, given={"title": "The bird"}).state == "updated"
    assert Passage.objects.first().title == "The bird"


def test_a_curators_title_survives_a_new_version(bring):
    bring(HERON)
    Document.objects.update(title="The heron, by a curator")
    bring(HERON + " Again.")
    assert Document.objects.get().title == "The heron, by a curator"


def test_a_guessed_title_follows_the_file(bring):
    bring(HERON)
    bring(HERON.replace("# The Heron", "# Le Héron"))
    assert Document.objects.get().title == "Le Héron"


def test_what_comes_with_the_file_wins_over_the_run_and_the_file(bring):
    text = "---\naudience: client\nkind: note\nseason: 1934\n---\n" + HERON
    given = {"kind": "motif", "people": ["Ottoline Vane"], "embargo_until": "2027-05-01"}
    bring(text, given=given, kind="press", audience="advisor")
    document = Document.objects.get()
    assert (document.kind, document.audience, document.season) == ("motif", "advisor", "1934")
    assert document.people == ["Ottoline Vane"]
    assert document.embargo_until == datetime(2027, 5, 1, tzinfo=UTC)


def test_an_unknown_audience_in_the_file_fails_it(bring):
    item = bring("---\naudience: vip\n---\n" + HERON)
    assert item.state == "failed"
    assert "“vip” is no audience" in item.reason
    assert not Document.objects.exists()


def test_an_unknown_audience_for_the_run_is_refused_before_anything_comes_in(bring):
    with pytest.raises(MetadataError, match="“vip” is no audience"):
        bring(HERON, audience="vip")
    assert not IngestionItem.objects.exists()


def test_a_broken_file_fails_with_a_sentence_and_leaves_the_last_version(bring):
    bring(files.pdf(files.body("A page of the book.")), "a.pdf")
    item = bring(files.pdf(files.body("x"), password="secret"), "a.pdf")
    assert item.state == "failed"
    assert item.reason == ("This PDF could not be read: it is damaged or protected by a password.")
    assert Document.objects.get().text == "A page of the book."


def test_a_page_of_a_pdf_is_known_of_its_passages(bring):
    pages = [files.head(name) + files.body(f"Words on {name}.") for name in ("One", "Two")]
    bring(files.pdf(*pages), "book.pdf")
    document = Document.objects.get()
    assert [passage.page for passage in document.passages.all()] == [1, 2]
    assert document.current.page_at(document.text.index("Words on Two")) == 2


def test_an_item_is_worked_on_by_one_worker_only(bring):
    item = bring(HERON)
    IngestionItem.objects.update(state="waiting", attempts=0)
    assert claims.claim(item.pk) is not None
    assert claims.claim(item.pk) is None


def test_a_lease_that_has_ended_is_taken_over_and_the_first_worker_notices(bring):
    item = bring(HERON)
    IngestionItem.objects.update(state="waiting", attempts=0)
    first = claims.claim(item.pk)
    IngestionItem.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claims.claim(item.pk).attempt == 2
    with pytest.raises(claims.ClaimLostError):
        first.renew()
    with pytest.raises(claims.ClaimLostError):
        first.end("created")


def test_an_item_cut_off_three_times_is_parked_and_staff_are_told(bring):
    item = bring(HERON)
    past = timezone.now() - timedelta(seconds=1)
    IngestionItem.objects.update(state="working", attempts=3, lease_until=past)
    IngestionRun.objects.update(finished=None, attempts=0)
    renudge()
    item.refresh_from_db()
    assert item.state == "failed"
    assert item.reason.startswith("Parked after three attempts. The work on this file was cut off")
    notice = Notice.objects.get(about="parked")
    assert (notice.subject, notice.item) == ("heron.md", item)
    tasks.close_run(item.run_id)  # as the sweep has asked of a worker
    assert IngestionRun.objects.get().finished is not None


def test_work_that_fails_for_the_moment_is_tried_three_times(bring, settings):
    settings.EMBEDDER = "openai:none"
    settings.EMBEDDER_BASE_URL = "http://127.0.0.1:9/v1"
    item = bring(HERON)
    assert (item.state, item.attempts) == ("waiting", 1)
    assert item.lease_until > timezone.now()
    work(item.pk)
    work(item.pk)
    item.refresh_from_db()
    assert (item.state, item.attempts) == ("failed", 3)
    assert not Document.objects.exists()


def test_an_item_that_is_done_is_not_done_again(bring):
    item = bring(HERON)
    work(item.pk)
    item.refresh_from_db()
    assert item.attempts == 1


def test_kept_bytes_that_were_damaged_are_noticed(bring, media, brand, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(HERON)
    item = start(brand, [Incoming(path, "a.md")]).items.get()
    Path(media, item.file.name).write_text("other")
    work(item.pk)
    item.refresh_from_db()
    assert "was damaged" in item.reason


def test_the_same_key_in_two_brands_is_two_documents(bring, other_brand, media, tmp_path):
    item = bring(HERON)
    other = start(other_brand, [Incoming(tmp_path / "heron.md", "heron.md")]).items.get()
    work(other.pk)
    other.refresh_from_db()
    assert other.state == "created"
    assert other.document != item.document


def test_the_same_words_twice_have_the_same_vector(bring):
    item = bring("word " * 5000, "a.txt")
    vectors = [tuple(p.embeddings.get().vector) for p in Passage.objects.order_by("number")]
    assert item.passages == len(vectors) > 20
    assert len(set(vectors[1:-1])) == 1


def test_the_small_files_of_a_run_come_before_the_large_ones(brand, media, tmp_path):
    for name, size in (("a.txt", 300), ("b.txt", 100), ("c.txt", 200)):
        Path(tmp_path, name).write_text(name[0] * size)
    run = start(
        brand, [Incoming(Path(tmp_path, name), name) for name in ("a.txt", "b.txt", "c.txt")]
    )
    assert list(run.items.order_by("pk").values_list("key", flat=True)) == [
        "b.txt",
        "c.txt",
        "a.txt",
    ]


def test_a_file_that_is_too_large_is_refused_before_it_is_copied(brand, media, tmp_path):
    from archive.ingestion.fetch import LARGEST

    with (tmp_path / "image.txt").open("wb") as file:
        file.truncate(LARGEST + 1)  # takes no room
    Path(tmp_path, "a.txt").write_text("A heron.")
    run = start(brand, [Incoming(tmp_path / name, name) for name in ("image.txt", "a.txt")])
    states = dict(run.items.values_list("key", "state"))
    assert states == {"image.txt": "failed", "a.txt": "waiting"}
    assert "larger than 100 MB" in run.items.get(key="image.txt").reason
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
    assert run.finished is None


def test_a_run_of_nothing_but_refused_files_has_ended(brand, media, tmp_path):
    from archive.ingestion.fetch import LARGEST

    with (tmp_path / "image.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert start(brand, [Incoming(tmp_path / "image.txt", "image.txt")]).finished
