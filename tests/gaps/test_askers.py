import uuid

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from archive.viewer import Viewer
from concierge.answering.turn import Reply, Turn, Voice
from concierge.approved.models import ApprovedAnswer, Wording
from concierge.clients import consent
from concierge.clients.models import Purpose, Visitor
from concierge.gaps import askers
from concierge.gaps.file import file
from concierge.gaps.models import Asking, Gap
from concierge.gaps.settle import begin

pytestmark = pytest.mark.django_db

REFUSED = Reply("The archive does not say.", rung="extractive", refused=True, support=0.2)
ADA, BEN = "Do you have a shop in New York?", "do you have a SHOP in new york"


@pytest.fixture
def people(brand):
    """Two who let the house improve by what they ask."""
    both = [Visitor.objects.create(brand=brand, browser=uuid.uuid4()) for _ in range(2)]
    for each in both:
        consent.give(each, Purpose.IMPROVE, place="chat")
    return both


@pytest.fixture
def filed(brand):
    def ask(question, visitor=None):
        turn = Turn(
            Voice("Maison"),
            question,
            Viewer.reading(brand.pk),
            (),
            visitor=visitor.pk.hex if visitor else "",
        )
        return file(turn, REFUSED)

    return ask


def test_what_one_person_asked_in_vain_goes_with_them(filed, people):
    ada, _ = people
    filed(ADA, ada)
    filed(ADA, ada)
    assert askers.count([ada.pk]) == 1
    askers.forget([ada.pk])
    assert not Gap.objects.exists()
    assert askers.count([ada.pk]) == 0


def test_what_another_asked_too_stays_in_the_others_words(filed, people):
    ada, ben = people
    filed(ADA, ada)
    filed(BEN, ben)
    before = Asking.objects.get(visitor=ben)
    askers.forget([ada.pk])
    gap = Gap.objects.get()
    assert (gap.question, gap.count, gap.key) == (BEN, 1, before.key)
    assert list(gap.vector) == list(before.vector)
    askers.forget([ben.pk])
    assert not Gap.objects.exists()


def test_the_first_words_stay_when_a_later_asker_is_forgotten(filed, people):
    ada, ben = people
    filed(ADA, ada)
    filed(BEN, ben)
    filed(BEN, ben)
    askers.forget([ben.pk])
    gap = Gap.objects.get()
    assert (gap.question, gap.count) == (ADA, 1)


def test_the_same_words_of_two_people_stay_with_the_other(filed, people):
    ada, ben = people
    filed(ADA, ada)
    filed(ADA, ben)
    askers.forget([ada.pk])
    assert (Gap.objects.get().question, Gap.objects.get().count) == (ADA, 1)


def test_the_houses_own_question_names_nobody(filed):
    filed(ADA)
    assert not Asking.objects.exists()


def test_words_of_a_forgotten_asker_leave_the_approved_answer_begun_with_them(filed, people):
    ada, _ = people
    begin(filed(ADA, ada), None)
    askers.forget([ada.pk])
    assert not Wording.objects.exists()
    assert not ApprovedAnswer.objects.exists()


def test_an_answer_the_house_has_written_stays_without_the_words(filed, people):
    ada, _ = people
    answer = begin(filed(ADA, ada), None)
    ApprovedAnswer.objects.filter(pk=answer.pk).update(text="In Lyon alone.")
    askers.forget([ada.pk])
    assert ApprovedAnswer.objects.get().text == "In Lyon alone."
    assert not Wording.objects.exists()


def test_the_consoles_log_quotes_no_forgotten_question(filed, people, django_user_model):
    ada, _ = people
    gap = filed(ADA, ada)
    LogEntry.objects.create(
        user=django_user_model.objects.create(username="curator"),
        content_type=ContentType.objects.get_for_model(Gap),
        object_id=str(gap.pk),
        object_repr=str(gap),
        action_flag=CHANGE,
        change_message=f"[{ADA}]",
    )
    askers.forget([ada.pk])
    entry = LogEntry.objects.get()
    assert ADA not in entry.object_repr + entry.change_message
