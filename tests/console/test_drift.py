"""How the voice is kept to over time: days, weeks, who wrote it, and a clear fall."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.models import Notice
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Visitor
from concierge.console.chart import floor, line
from concierge.console.drift import fall, faults, points, writers
from concierge.console.tasks import ABOUT, watch_voice

pytestmark = pytest.mark.django_db

LIST = "/admin/voice/voiceversion/"


@pytest.fixture
def answered(brand):
    """Writes answers with their scores and faults, so many days ago."""
    somebody = Visitor.objects.create(brand=brand)
    conversation = Conversation.objects.create(brand=brand, visitor=somebody)

    def write(days, score, *rules, count=1, rung="extractive", version="voice-en-1"):
        begun = conversation.messages.count()
        Message.objects.bulk_create(
            Message(
                conversation=conversation,
                number=begun + place + 1,
                role="concierge",
                text="Said.",
                rung=rung,
                prompt_version=version,
                voice_score=score,
                voice_rules=list(rules),
                finished=timezone.now() - timedelta(days=days),
            )
            for place in range(count)
        )

    return write


def test_a_day_has_the_mean_of_its_answers_and_the_share_of_each_fault(brand, answered):
    answered(0, 1.0)
    answered(0, 0.8, "too_long")
    answered(3, 0.5, "verbatim", "verbatim")
    shown = points(brand, "day")
    assert len(shown) == 28
    assert (shown[-1].answers, shown[-1].mean, shown[-1].shares) == (2, 0.9, {"too_long": 0.5})
    assert (shown[-4].answers, shown[-4].mean, shown[-4].shares) == (1, 0.5, {"verbatim": 1.0})
    assert (shown[-2].answers, shown[-2].mean) == (0, None)


def test_weeks_reach_further_back(brand, answered):
    answered(100, 0.5)
    assert sum(each.answers for each in points(brand, "day")) == 0
    weeks = points(brand, "week")
    assert len(weeks) == 26
    assert sum(each.answers for each in weeks) == 1
    assert all(each.at.weekday() == 0 for each in weeks)


def test_answers_without_a_score_and_of_other_houses_do_not_count(brand, other_brand, answered):
    answered(0, None)
    answered(0, 0.5)
    assert [each.answers for each in points(other_brand, "day")] == [0] * 28
    assert points(brand, "day")[-1].answers == 1


def test_faults_come_by_their_share_of_all_answers(brand, answered):
    answered(0, 0.9, "too_long", count=3)
    answered(1, 0.9, "emoji")
    assert faults(points(brand, "day")) == [("too_long", 0.75), ("emoji", 0.25)]


def test_each_rung_and_version_stands_by_itself(brand, answered):
    answered(0, 1.0, count=3)
    answered(1, 0.8, "lexicon", count=2, rung="openai", version="answer-3 voice-en-1")
    told = [(w.rung, w.version, w.answers, w.mean, w.faults) for w in writers(brand, "day")]
    assert told == [
        ("extractive", "voice-en-1", 3, 1.0, []),
        ("openai", "answer-3 voice-en-1", 2, 0.8, [("lexicon", 2)]),
    ]


def test_a_clear_fall_is_told_once_and_goes_by_itself(brand, answered):
    answered(20, 1.0, count=80)
    answered(2, 0.8, "exclamation", count=30)
    assert watch_voice() == 1
    assert watch_voice() == 1
    notice = Notice.objects.get(about=ABOUT)
    assert notice.text == (
        "The answers of the last 7 days keep less to the house’s voice: 0.80, against 0.95 in 28 "
        "days (30 answers). More often than before: an exclamation mark. "
        "See Conversations, Voice."
    )
    answered(0, 1.0, count=400)
    assert watch_voice() == 0
    notice.refresh_from_db()
    assert notice.settled


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((1.0, 80), (0.5, 19)),  # too few answers
        ((1.0, 80), (0.97, 60)),  # too small a fall
        ((0.8, 80), (1.0, 60)),  # a rise
        ((1.0, 0), (0.5, 60)),  # nothing to compare it with
    ],
)
def test_what_is_no_clear_fall_is_not_told(brand, answered, before, now):
    answered(20, before[0], count=before[1])
    answered(2, now[0], count=now[1])
    assert fall(brand) is None


def test_the_chart_is_drawn_and_said_and_stands_as_a_table(curator, brand, answered):
    answered(0, 0.8, "too_long")
    answered(1, 1.0)
    shown = curator.get(LIST).content.decode()
    assert "<polyline" in shown
    assert "Mean score by day: 1.00 on" in shown
    assert "The same as a table" in shown
    assert "Too long 100%" in shown
    assert "0.90" in shown


def test_the_chart_takes_two_questions_of_the_database(curator, brand, answered):
    answered(0, 0.8, "too_long", count=5)
    address = f"{LIST}?brand={brand.pk}&by=week"
    curator.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert curator.get(address).status_code == 200
    assert sum("voice_score" in each["sql"] for each in asked) == 2


def test_a_line_breaks_where_nothing_was_answered():
    drawn = line([1.0, 0.5, None, 0.5, None, 1.0], 0.0, 1.0)
    assert drawn.runs == ["0.0,0.0 200.0,50.0"]
    assert len(drawn.dots) == 4


@pytest.mark.parametrize(
    ("values", "least"), [([0.95, None], 0.8), ([0.7], 0.6), ([0.1], 0.0), ([], 0.8)]
)
def test_a_chart_stands_on_the_highest_step_below_its_values(values, least):
    assert floor(values) == least
