import uuid

import pytest

from archive.viewer import Viewer
from concierge.answering.turn import Turn, Voice
from concierge.clients.consent import give, withdraw
from concierge.clients.models import Consent, DayCount, Visitor
from concierge.gaps.file import file
from concierge.gaps.models import Gap
from concierge.privacy.unallowed import forget
from tests.gaps.test_file import REFUSED

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(brand):
    return Visitor.objects.create(brand=brand, browser=uuid.uuid4())


def filed(brand, visitor, text="Who is the night watchman of the atelier?"):
    turn = Turn(Voice("Maison"), text, Viewer.reading(brand.pk), visitor=visitor.pk.hex)
    return file(turn, REFUSED)


def test_without_a_yes_an_open_question_is_counted_and_its_words_are_kept_nowhere(brand, visitor):
    for _ in range(2):
        assert filed(brand, visitor) is None
    assert not Gap.objects.exists()
    assert DayCount.objects.get().count == 2


def test_with_a_yes_curators_get_the_question(brand, visitor):
    give(visitor, "improve", place="chat")
    assert filed(brand, visitor).question.startswith("Who is the night watchman")
    assert not DayCount.objects.exists()


def test_words_kept_by_a_yes_to_other_words_go(brand, visitor):
    give(visitor, "improve", place="chat")
    filed(brand, visitor)
    assert forget() == 0
    Consent.objects.update(version=0)  # as after the house has changed its words
    assert forget() == 1
    assert not Gap.objects.exists()


def test_after_a_withdrawal_the_next_one_is_only_counted(brand, visitor):
    give(visitor, "improve", place="chat")
    filed(brand, visitor)
    withdraw(visitor, "improve", place="privacy")
    assert filed(brand, visitor) is None
    assert Gap.objects.get().count == 1
