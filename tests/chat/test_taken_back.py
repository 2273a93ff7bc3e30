"""What a provider had said when it failed is never left standing as an answer."""

import pytest

from archive.threads import in_thread
from concierge.chat.stream import attempt_at, read
from concierge.chat.write import begin
from tests.chat.test_stream import arrived, standing_of
from tests.fake_provider import Script

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "The kingfisher was drawn by Ottoline on the terrace in May [1]."
HALF = "was drawn by Ottoline"


@pytest.fixture
def half_said(provider, settings):
    """The model falls silent after six words, and nobody waits for long."""
    settings.LLM_IDLE = 1.0
    provider.will(Script(SAID, fault="silent", after=6))


async def there(answer):
    return await in_thread(attempt_at)(answer, 1)


async def fresh(row):
    await in_thread(row.refresh_from_db)()
    return row


async def test_half_an_answer_is_shown_as_one_that_is_being_written(
    half_said, pending, embedded, settings
):
    settings.LLM_IDLE = 3.0  # a reader on a busy machine comes in time to see it
    task = begin(pending.pk)
    await arrived(await there(pending), HALF)
    assert not (await standing_of(await there(pending))).done
    assert (await fresh(pending)).state == "streaming"
    await task


async def test_the_answer_that_is_kept_has_none_of_it(half_said, pending, embedded):
    await begin(pending.pk)
    row = await fresh(pending)
    assert (row.state, row.rung) == ("complete", "extractive")
    assert HALF not in row.text
    assert [(step["rung"], step["reason"]) for step in row.steps] == [
        ("openai", "timeout_idle"),
        ("extractive", ""),
    ]


async def test_readers_are_told_that_it_is_taken_back(half_said, pending, embedded):
    await begin(pending.pk)
    events = await read(await there(pending), after=0)
    kinds = [event.kind for event in events]
    back = kinds.index("restart")
    assert any(HALF in event.html for event in events[:back])
    assert not any(HALF in event.html for event in events[back:])
    assert kinds[-1] == "done"


async def test_a_reader_who_comes_late_sees_none_of_it(half_said, pending, embedded):
    await begin(pending.pk)
    late = await standing_of(await there(pending))
    assert late.done
    assert HALF not in late.html
    assert "Ottoline drew the kingfisher" in late.html
