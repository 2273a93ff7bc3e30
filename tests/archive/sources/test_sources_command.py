"""Sources from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Document, Source

pytestmark = pytest.mark.django_db


def sources(*words, **options):
    output = StringIO()
    call_command("sources", *words, brand="maison", stdout=output, **options)
    return output.getvalue()


def test_a_source_is_added_and_listed(brand, folder):
    assert "every day at 03:00" in sources(
        "add", "Press", address=str(folder), schedule="0 3 * * *"
    )
    row = json.loads(sources("list", json=True))[0]
    assert (row["name"], row["kind"], row["schedule"]) == ("Press", "folder", "Every day at 03:00")
    assert row["next_run"]
    assert "Every day at 03:00; next in" in sources("list")


def test_an_empty_list_tells_what_to_do(brand):
    assert "sources add NAME" in sources("list")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "say where it is"),
        ({"address": "press"}, "is no whole path"),
        ({"address": "/press", "schedule": "daily"}, "has five parts"),
        ({"address": "http://127.0.0.1:x/", "kind": "site"}, "is no web address"),
        ({"address": "ftp://host/press", "kind": "store"}, "are not read here"),
        ({"address": "http://127.0.0.1/press", "kind": "feed"}, "is not on the open web"),
        ({"address": "http://169.254.169.254/", "kind": "shop"}, "is not on the open web"),
        ({"address": "file:///etc/passwd", "kind": "pages"}, "http"),
        ({"address": "https://ines:secret@maison.com/", "kind": "pages"}, "password"),
    ],
)
def test_what_cannot_be_added_is_said(brand, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        sources("add", "Press", **options)
    assert not Source.objects.exists()


def test_a_name_is_given_once_and_a_missing_one_named(source, folder):
    source("folder", folder)
    with pytest.raises(CommandError, match="already"):
        sources("add", "Press", address=str(folder))
    with pytest.raises(CommandError, match="there are: Press"):
        sources("run", "Pres")


@pytest.mark.django_db(transaction=True)
def test_run_brings_everything_in_with_a_worker_of_its_own(source, folder, outside):
    source("folder", folder)
    said = sources("run", "Press")
    assert said.splitlines()[-1] == "2 created"
    assert Document.objects.filter(status="published").count() == 2


def test_a_run_that_fails_ends_with_status_one(source, tmp_path):
    source("folder", tmp_path / "none")
    with pytest.raises(SystemExit):
        sources("run", "Press")


def test_a_dry_run_tells_and_brings_nothing_in(source, folder):
    source("folder", folder)
    said = sources("dry-run", "Press")
    assert "2 new\n  ferns.md\n  heron.md" in said
    assert "cost 0.00: the model runs on this machine" in said
    assert not Document.objects.exists()
    assert json.loads(sources("dry-run", "Press", json=True))["new"]["count"] == 2


def test_no_name_of_a_file_commands_the_terminal(source, folder):
    (folder / "a\x1b[31m\u202egpj.md").write_text("# Heron\n\nA heron.")
    source("folder", folder)
    said = sources("dry-run", "Press")
    assert "a\ufffd[31m\ufffdgpj.md" in said
    assert "\x1b" not in said
