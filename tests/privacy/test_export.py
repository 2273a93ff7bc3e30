import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from concierge.chat.models import Message
from concierge.clients.models import Memory
from concierge.privacy import export
from concierge.privacy.export import AT_ONCE, DATA, PAGE
from concierge.privacy.models import Export
from concierge.privacy.tasks import make_export, tidy
from tests.privacy.test_privacy_page import body, stranger  # noqa: F401

pytestmark = pytest.mark.django_db

COPY = "/maison/privacy/export/"


def unpacked(content: bytes) -> tuple[dict, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return json.loads(archive.read(DATA)), archive.read(PAGE).decode()


@pytest.fixture
def known(person, answered):
    Memory.objects.create(visitor=person, kind="size", origin="said", text="Ring size <52>")
    return person


@pytest.fixture
def talkative(known, answered):
    """More than is exported while one waits."""
    talk = answered.conversation
    Message.objects.bulk_create(
        Message(conversation=talk, number=number, role=Message.Role.CLIENT, text=f"No. {number}")
        for number in range(3, AT_ONCE + 3)
    )
    return known


def test_a_small_copy_is_made_at_once(browser, known):
    response = browser.post(COPY)
    assert response["Content-Type"] == "application/zip"
    assert "attachment" in response["Content-Disposition"]
    data, page = unpacked(response.content)
    [talk] = data["conversations"]
    assert talk["messages"][0]["text"] == "Who drew the kingfisher?"
    assert talk["messages"][1]["sources"][0]["title"] == "Notes on a square"
    assert talk["messages"][1]["pieces"] == ["The Kingfisher square"]
    assert data["memories"][0]["text"] == "Ring size <52>"
    assert data["consents"][0]["words"].startswith("Your questions may be passed")
    assert "Who drew the kingfisher?" in page
    assert "Ring size &lt;52&gt;" in page


def test_a_large_copy_is_made_by_a_worker_and_waited_for(browser, talkative):
    response = browser.post(COPY)
    assert response.status_code == 302
    waiting = body(browser.get(response.url))
    assert "Your copy is being made" in waiting
    [asked] = Export.objects.all()
    assert browser.get(f"{response.url}file/").status_code == 404
    assert make_export(str(asked.pk))
    assert "Your copy is ready" in body(browser.get(response.url))
    data, _ = unpacked(browser.get(f"{response.url}file/").content)
    assert len(data["conversations"][0]["messages"]) == AT_ONCE + 2


def test_asked_for_twice_it_is_made_once(browser, talkative):
    assert browser.post(COPY).url == browser.post(COPY).url
    [asked] = Export.objects.all()
    assert make_export(str(asked.pk))
    assert not make_export(str(asked.pk))


def test_the_copy_lies_sealed(talkative, browser):
    from django.db import connection

    browser.post(COPY)
    make_export(str(Export.objects.get().pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM privacy_export")
        blob = bytes(cursor.fetchone()[0])
    assert b"PK" not in blob[:40]
    assert b"UEsD" not in blob  # a ZIP in base64


def test_a_link_ends_after_its_day(browser, talkative):
    link = browser.post(COPY).url
    make_export(str(Export.objects.get().pk))
    Export.objects.update(until=F("until") - timedelta(hours=25))
    assert browser.get(f"{link}file/").status_code == 404
    tidy()
    assert not Export.objects.exists()


def test_one_that_fails_thrice_says_so(browser, talkative):
    link = browser.post(COPY).url
    Export.objects.update(attempts=export.MOST_ATTEMPTS)
    assert "could not be made" in body(browser.get(link))
    assert export.unfinished() == []


def test_another_s_copy_is_not_found(browser, stranger, talkative):  # noqa: F811
    link = browser.post(COPY).url
    make_export(str(Export.objects.get().pk))
    assert stranger.get(link).status_code == stranger.get(f"{link}file/").status_code == 404
    assert stranger.post(f"{link}file/").status_code == 405


def test_the_command_writes_the_same(known, tmp_path):
    path = tmp_path / "copy.zip"
    call_command("export_client", str(known.pk), out=path)
    data, _ = unpacked(path.read_bytes())
    assert data["memories"][0]["text"] == "Ring size <52>"


@pytest.mark.parametrize("told", ["x", str(uuid.UUID(int=3))])
def test_the_command_says_whom_it_does_not_know(told):
    with pytest.raises(CommandError, match="no"):
        call_command("export_client", told)
