"""ZIPs and mails whose files become items of the same run."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from archive.ingestion.gather import Incoming
from archive.ingestion.journey import work
from archive.ingestion.parse.members import MOST_FILES
from archive.ingestion.run import start
from archive.models import Document, IngestionItem

from . import packed, pictures

pytestmark = pytest.mark.django_db

HERON, CARE = "# The Heron\n\nDrawn in 1934.", "Care of silk\n\nWash it by hand."


@pytest.fixture
def bring(brand, media, tmp_path):
    """Bring a file in, and all that comes out of it; the run."""

    def bring(data, name="archive.zip", *, given=None, **asked):
        path = Path(tmp_path, name)
        path.write_bytes(data)
        run = start(brand, [Incoming(path, name, given or {})], **asked)
        while item := run.items.filter(state="waiting").order_by("pk").first():
            work(item.pk)
        run.refresh_from_db()
        return run

    return bring


def states(run) -> dict[str, str]:
    return dict(run.items.order_by("key").values_list("key", "state"))


def reasons(run) -> dict[str, str]:
    return dict(run.items.filter(state="failed").order_by("key").values_list("key", "reason"))


def test_every_file_of_a_zip_becomes_an_item_of_its_run(bring):
    run = bring(packed.archive({"heron.md": HERON, "deep/care.txt": CARE}), audience="client")
    assert states(run) == {
        "archive.zip": "unpacked",
        "archive.zip/deep/care.txt": "created",
        "archive.zip/heron.md": "created",
    }
    top = run.items.get(key="archive.zip")
    assert (top.reason, top.members.count(), top.document) == ("2 files", 2, None)
    assert run.finished is not None
    assert set(Document.objects.values_list("title", "audience")) == {
        ("The Heron", "client"),
        ("Care of silk", "client"),
    }


def test_the_same_zip_again_changes_nothing(bring):
    data = packed.archive({"heron.md": HERON, "care.txt": CARE})
    bring(data)
    run = bring(data)
    assert states(run) == {
        "archive.zip": "unpacked",
        "archive.zip/care.txt": "unchanged",
        "archive.zip/heron.md": "unchanged",
    }


def test_a_zip_unpacked_twice_makes_no_item_twice(bring):
    run = bring(packed.archive({"heron.md": HERON}))
    top = run.items.get(key="archive.zip")
    again = bring(packed.archive({"heron.md": HERON}), "other.zip").items.get(key="other.zip")
    # As if the worker had been killed after the commit of a first, unheard attempt.
    IngestionItem.objects.filter(pk=again.pk).update(
        state="waiting", attempts=0, file=keep(packed.archive({"heron.md": HERON}))
    )
    work(again.pk)
    assert again.run.items.count() == 2
    assert top.members.count() == 1


def keep(data: bytes) -> str:
    from archive.ingestion.keep import keep_bytes

    return keep_bytes(data, ".zip", Path("archive"))[1]


def test_what_a_manifest_inside_says_is_known_of_the_files_beside_it(bring):
    rows = [
        {"file": "heron.md", "title": "Le Héron", "embargo_until": "2027-05-01"},
        {"file": "gone.md"},
    ]
    data = packed.archive({"papers/heron.md": HERON, "papers/manifest.json": json.dumps(rows)})
    run = bring(data, given={"title": "All papers", "audience": "atelier"})
    document = Document.objects.get()
    assert (document.title, document.audience) == ("Le Héron", "atelier")
    assert document.embargo_until.year == 2027
    assert run.notes == ["archive.zip/papers/gone.md: named in a manifest, but not there"]


def test_a_manifest_inside_that_cannot_be_right_stops_the_whole_zip(bring):
    rows = [{"file": "heron.md", "embargo": "2027"}]
    run = bring(packed.archive({"heron.md": HERON, "manifest.json": json.dumps(rows)}))
    assert "“embargo” is not known of documents" in reasons(run)["archive.zip"]
    assert not Document.objects.exists()


def test_zips_inside_a_zip_are_opened_to_the_second(bring):
    data = packed.archive({"heron.md": HERON})
    for name in ("three.zip", "two.zip", "one.zip"):
        data = packed.archive({name: data, "care.txt": CARE})
    run = bring(data, "a.zip")
    assert states(run) == {
        "a.zip": "unpacked",
        "a.zip/care.txt": "created",
        "a.zip/one.zip/care.txt": "created",
        "a.zip/one.zip/two.zip/care.txt": "created",
        "a.zip/one.zip/two.zip/three.zip": "failed",
    }
    assert "too deep" in reasons(run)["a.zip/one.zip/two.zip/three.zip"]


def test_hidden_files_and_other_kinds_are_left_out_and_told(bring):
    run = bring(
        packed.archive(
            {
                "heron.md": HERON,
                ".secret.md": "x",
                "__MACOSX/._heron.md": "x",
                "a/.git/b.md": "x",
                "Thumbs.db": "x",
                "plan.dwg": "x",
            }
        )
    )
    assert states(run) == {"archive.zip": "unpacked", "archive.zip/heron.md": "created"}
    assert run.notes == [
        "archive.zip/plan.dwg: files of this kind are not read",
        "archive.zip: 4 hidden files left alone",
    ]


def test_names_that_lead_out_are_refused_and_their_neighbours_come_in(bring):
    names = ["../up.md", "/etc/passwd.md", "a/../../b.md", "C:\\temp\\c.md", "x\x01y.md"]
    run = bring(packed.archive({**dict.fromkeys(names, HERON), "win\\dows.md": CARE}))
    failed = reasons(run)
    assert set(failed.values()) == {
        "Its name leads out of the ZIP.",
        "Its name holds characters that no file may have.",
    }
    assert len(failed) == len(names)
    assert states(run)["archive.zip/win/dows.md"] == "created"
    assert not list(Path(django_settings.MEDIA_ROOT).parent.rglob("up.md"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_one_if_they_agree_and_told_if_not(bring):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, words in (("a.md", HERON), ("a.md", HERON), ("b.md", HERON), ("b.md", CARE)):
            package.writestr(name, words)
    run = bring(out.getvalue())
    assert sorted(states(run).values()) == ["created", "created", "failed", "unpacked"]
    assert "the first one came in" in next(iter(reasons(run).values()))


def test_a_link_and_a_file_with_a_password_are_refused(bring):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
        package.writestr("locked.md", HERON)
        package.writestr("care.txt", CARE)
    data = out.getvalue()
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 8  # the second one's flags
    data = data[:at] + b"\x01" + data[at + 1 :]
    run = bring(data)
    assert reasons(run) == {
        "archive.zip/link.md": "It is a link to another file, which is not followed.",
        "archive.zip/locked.md": "It is protected by a password.",
    }
    assert states(run)["archive.zip/care.txt"] == "created"


def test_a_damaged_member_fails_alone(bring):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.md", HERON)
        package.writestr("b.md", CARE)
    run = bring(out.getvalue().replace(b"Wash it", b"Lose it"))
    assert reasons(run) == {"archive.zip/b.md": "It could not be unpacked: it is damaged."}
    assert states(run)["archive.zip/a.md"] == "created"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (packed.archive({f"{n}.md": "x" for n in range(MOST_FILES + 1)}), "more than 5,000 files"),
        (packed.archive({"a.md": HERON})[:-30], "damaged"),
        (packed.archive({"a.md": HERON}) + b"PK\x05\x06" + b"\xff" * 18, "damaged"),
    ],
)
def test_a_zip_that_cannot_be_unpacked_says_why(bring, data, sentence):
    run = bring(data)
    assert sentence in reasons(run)["archive.zip"]
    assert not Document.objects.exists()


def test_a_bomb_is_refused_and_its_neighbours_come_in(bring):
    run = bring(packed.archive({"bomb.txt": b"0" * (60 << 20), "heron.md": HERON}))
    assert reasons(run) == {
        "archive.zip/bomb.txt": "It unpacks to many times its size, as files made to do harm do."
    }
    assert states(run)["archive.zip/heron.md"] == "created"


def test_many_bombs_are_refused_before_anything_is_unpacked(bring):
    bombs = {f"{n}.txt": b"0" * (90 << 20) for n in range(6)}
    assert "more than 500 MB" in reasons(bring(packed.archive(bombs)))["archive.zip"]


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("café.md", "cp437"),
        ("héron à l'étang.md", "cp437"),
        ("絹と鷺.md", "cp932"),
        ("鷺.md", "utf-8"),
    ],
)
def test_names_are_read_as_they_were_written(bring, name, coded):
    raw = name.encode(coded)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("x" * len(raw), HERON)
    run = bring(out.getvalue().replace(b"x" * len(raw), raw))
    assert f"archive.zip/{name}" in states(run)


def test_a_picture_in_a_zip_is_kept_without_its_place_and_the_zip_is_not(bring, media):
    picture = pictures.jpeg(exif=pictures.exif(), xmp=pictures.XMP)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.jpg", picture)
    run = bring(out.getvalue())
    assert states(run)["archive.zip/a.jpg"] == "created"
    files = [path for path in Path(media).rglob("*") if path.is_file()]
    assert files
    assert not any(pictures.SECRET.encode() in path.read_bytes() for path in files)


def test_a_zip_without_a_document_says_so(bring):
    run = bring(packed.archive({"plan.dwg": "x"}))
    assert run.items.get().reason == "0 files; 1 left out"


# Mails


def test_a_mail_is_a_document_beside_its_attachments(bring):
    data = packed.mail("See below.", attached={"care.txt": CARE.encode(), "plan.dwg": b"x"})
    run = bring(data, "letter.eml")
    assert states(run) == {"letter.eml": "created", "letter.eml/care.txt": "created"}
    letter = Document.objects.get(key="letter.eml")
    assert (letter.title, letter.date, letter.people) == (
        "The heron",
        "1934-05-02",
        ["Ottoline Vane"],
    )
    assert run.notes == ["letter.eml/plan.dwg: files of this kind are not read"]
    assert run.finished is not None


def test_a_mail_again_leaves_it_and_its_attachments_unchanged(bring):
    data = packed.mail("See below.", attached={"care.txt": CARE.encode()})
    bring(data, "letter.eml")
    assert set(states(bring(data, "letter.eml")).values()) == {"unchanged"}


def test_a_zip_of_mails_brings_their_attachments_in_and_no_zip_inside_those(bring):
    inner = packed.archive({"heron.md": HERON})
    letter = packed.mail("x", attached={"care.txt": CARE.encode(), "more.zip": inner})
    run = bring(packed.archive({"letter.eml": letter}))
    assert states(run) == {
        "archive.zip": "unpacked",
        "archive.zip/letter.eml": "created",
        "archive.zip/letter.eml/care.txt": "created",
        "archive.zip/letter.eml/more.zip": "failed",
    }
    assert "bring it in by itself" in reasons(run)["archive.zip/letter.eml/more.zip"]


# Pictures


def test_a_picture_is_kept_without_its_place(bring, media):
    run = bring(pictures.jpeg(exif=pictures.exif(), xmp=pictures.XMP), "heron.jpg")
    document = Document.objects.get()
    assert (document.people, document.rights) == (["Ottoline Vane"], "© the house")
    kept = Path(media, document.current.file.name).read_bytes()
    assert pictures.SECRET.encode() not in kept
    assert run.items.get().state == "created"


def test_a_picture_without_words_is_refused_unless_it_is_given_a_title(bring):
    data = pictures.jpeg()
    assert "write a caption" in reasons(bring(data, "a.jpg"))["a.jpg"]
    assert states(bring(data, "a.jpg", given={"title": "The clasp of 1926"})) == {
        "a.jpg": "created"
    }
    assert Document.objects.get().text == "The clasp of 1926"
