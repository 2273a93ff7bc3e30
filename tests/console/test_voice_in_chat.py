"""The voice in a conversation: spoken, scored and kept on the row."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from concierge.chat.models import Message
from concierge.chat.write import write
from concierge.voice.edit import save
from concierge.voice.manner import Manner, Topic
from tests.house import embedded, pending, person, version

__all__ = ["embedded", "pending", "person", "version"]
pytestmark = pytest.mark.django_db(transaction=True)

OPENED = "The workshop may be visited by appointment."
VOICE = Manner("en", most=20, topics=(Topic("Visits", ("kingfisher",), OPENED),))


async def test_an_answer_keeps_its_score_its_faults_and_the_version(brand, embedded, pending):
    from archive.threads import in_thread

    await in_thread(save)(brand, VOICE, None)
    assert await write(pending.pk)
    row = await Message.objects.aget(pk=pending.pk)
    assert row.text.startswith(f"{OPENED}\n\n")
    assert row.prompt_version == "voice-en-1"
    assert 0 < row.voice_score <= 1
    assert all(fault.keys() == {"rule", "words"} for fault in row.voice_faults)


def test_the_command_line_speaks_in_the_same_voice(brand, embedded):
    save(brand, VOICE, None)
    out = StringIO()
    call_command("ask", "Who drew the kingfisher?", brand="maison", json=True, stdout=out)
    assert json.loads(out.getvalue())["answer"].startswith(OPENED)


async def test_evaluation_asks_in_the_same_voice(brand, embedded):
    from archive.threads import in_thread
    from concierge.evaluation.answers import Asked, ask_all

    await in_thread(save)(brand, VOICE, None)
    [(_, reply)] = await ask_all(brand, [Asked("1", "single", "Who drew the kingfisher?", (), ())])
    assert reply.text.startswith(OPENED)
