import uuid

import pytest

from concierge.clients.consent import (
    allowing,
    give,
    is_decided,
    permits,
    standing,
    was_asked_in,
    withdraw,
)
from concierge.clients.models import Client, Consent, Purpose, Visitor
from concierge.clients.wording import LANGUAGES, WordingError, current_version, words_of

pytestmark = pytest.mark.django_db

CHANGED = """
[[improve]]
version = {version}
[improve.en]
name = "n"
means = "other words"
ask = "a"
[improve.fr]
name = "n"
means = "d’autres mots"
ask = "a"
[improve.it]
name = "n"
means = "m"
ask = "a"
[improve.de]
name = "n"
means = "m"
ask = "a"
"""


@pytest.fixture
def own_words(brand, settings, tmp_path):
    """A house's own words for one purpose, in a version."""

    def put(version):
        (tmp_path / f"{brand.slug}.toml").write_text(CHANGED.format(version=version))
        settings.CONSENTS_DIR = str(tmp_path)

    return put


@pytest.mark.parametrize("purpose", Purpose.values)
def test_nothing_is_allowed_before_it_is_asked(person, purpose):
    assert not permits(person.pk, purpose)


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_yes_to_one_purpose_is_a_yes_to_no_other(person, purpose):
    give(person, purpose, place="privacy")
    assert [each for each in Purpose.values if permits(person.pk, each)] == [purpose]


def test_a_withdrawal_holds_at_once_and_is_dated(person):
    give(person, "serve", place="composer", language="fr")
    withdraw(person, "serve", place="privacy")
    assert not permits(person.pk, "serve")
    row = Consent.objects.get()
    assert row.given < row.withdrawn
    assert (row.version, row.language, row.place) == (1, "fr", "composer")


def test_a_no_that_was_never_a_yes_is_a_decision_too(person):
    withdraw(person, "improve", place="chat")
    row = Consent.objects.get()
    assert row.given is None
    assert is_decided(person, "improve")
    assert not is_decided(person, "train")


def test_saying_the_same_twice_is_one_decision(person):
    give(person, "serve", place="composer")
    give(person, "serve", place="composer")
    assert Consent.objects.count() == 1
    withdraw(person, "serve", place="privacy")
    withdraw(person, "serve", place="privacy")
    assert Consent.objects.count() == 1


def test_the_latest_decision_of_all_visitors_of_a_person_holds(brand, django_user_model):
    client = Client.objects.create(brand=brand, user=django_user_model.objects.create(username="c"))
    one, two = (
        Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=client) for _ in "ab"
    )
    give(one, "improve", place="chat")
    assert permits(two.pk, "improve")
    withdraw(two, "improve", place="privacy")
    assert not permits(one.pk, "improve")
    give(two, "improve", place="privacy")
    assert permits(one.pk, "improve")


def test_signing_in_takes_over_what_the_account_said_last(brand, django_user_model):
    client = Client.objects.create(brand=brand, user=django_user_model.objects.create(username="c"))
    known = Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=client)
    newer = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    give(known, "improve", place="chat")
    give(newer, "improve", place="chat")
    withdraw(newer, "improve", place="privacy")
    newer.client = client
    newer.save()
    assert not permits(known.pk, "improve")


def test_a_stranger_s_decision_is_theirs_alone(brand, person):
    give(Visitor.objects.create(brand=brand, browser=uuid.uuid4()), "improve", place="chat")
    assert not permits(person.pk, "improve")


def test_the_same_browser_at_another_house_has_allowed_nothing(other_brand, person):
    give(person, "improve", place="chat")
    there = Visitor.objects.create(brand=other_brand, browser=person.browser)
    assert not permits(there.pk, "improve")


def test_changed_words_ask_again(person, own_words):
    give(person, "improve", place="chat")
    own_words(2)
    assert not permits(person.pk, "improve")
    assert not is_decided(person, "improve")
    give(person, "improve", place="chat")
    assert permits(person.pk, "improve")
    assert list(Consent.objects.values_list("version", flat=True)) == [1, 2]


def test_a_house_cannot_put_other_words_under_a_version_agreed_to(brand, own_words):
    own_words(1)
    with pytest.raises(WordingError, match="begin above it"):
        current_version(brand.slug, "improve")


def test_the_words_once_agreed_to_can_still_be_read(brand, own_words):
    own_words(2)
    assert words_of(brand, "improve", "fr").means == "d’autres mots"
    assert "archivistes" in words_of(brand, "improve", "fr", version=1).means


@pytest.mark.parametrize("language", [*LANGUAGES, "fr-CH", "ja", ""])
@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_purpose_is_worded_for_every_client(brand, purpose, language):
    words = words_of(brand, purpose, language)
    assert words.language == (language[:2] if language[:2] in LANGUAGES else brand.language)
    for text in (words.name, words.means, words.ask):
        assert text
        assert "{" not in text


def test_off_the_record_only_an_answer_can_be_allowed(brand, person):
    give(person, "personalise", place="chat")
    quiet = Visitor.objects.create(brand=brand, browser=person.browser, off_record=True)
    give(quiet, "serve", place="composer")
    assert [each for each in Purpose.values if permits(quiet.pk, each)] == ["serve"]


def test_who_works_on_this_machine_needs_no_consent_of_a_client(brand):
    of_the_house = Visitor.objects.create(brand=brand)
    assert permits(of_the_house.pk, "serve")
    assert not permits(of_the_house.pk, "train")


def test_nobody_allows_nothing(person):
    give(person, "serve", place="composer")
    gone = person.pk
    person.delete()
    assert not permits(gone, "serve")
    assert not permits(None, "serve")


def test_what_was_refused_in_a_conversation_is_known_there(person):
    here = uuid.uuid4()
    withdraw(person, "personalise", place="chat", conversation=here)
    assert was_asked_in(here, "personalise")
    assert not was_asked_in(uuid.uuid4(), "personalise")
    assert not was_asked_in(here, "improve")


def test_how_things_stand_is_told_by_purpose(person):
    give(person, "serve", place="composer")
    withdraw(person, "train", place="privacy")
    told = {each.words.purpose: (each.permitted, each.is_open) for each in standing(person)}
    assert told == {
        "serve": (True, False),
        "personalise": (False, True),
        "improve": (False, True),
        "train": (False, False),
    }


def test_what_may_be_used_of_many_is_what_each_permits(brand, other_brand, django_user_model):
    user = django_user_model.objects.create(username="c")
    client = Client.objects.create(brand=brand, user=user)
    one, two, yes, no, never = (
        Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=each)
        for each in (client, client, None, None, None)
    )
    quiet = Visitor.objects.create(brand=brand, browser=yes.browser, off_record=True)
    there = Visitor.objects.create(brand=other_brand, browser=yes.browser)
    of_the_house = Visitor.objects.create(brand=brand)
    for purpose in Purpose.values:
        give(yes, purpose, place="chat")
        give(no, purpose, place="chat")
        withdraw(no, purpose, place="privacy")
    give(one, "improve", place="chat")
    give(two, "train", place="chat")
    Visitor.objects.filter(pk=two.pk).update(client=None)
    withdraw(two, "train", place="privacy")
    give(one, "train", place="chat")
    Visitor.objects.filter(pk=two.pk).update(client=client)
    everyone = [one, two, yes, no, never, quiet, there, of_the_house]
    for purpose in Purpose.values:
        allowed = set(allowing(purpose))
        assert allowed == {each for each in everyone if permits(each.pk, purpose)}
    assert set(allowing("improve")) == {one, two, yes, of_the_house}


def test_what_may_be_used_follows_changed_words(person, own_words):
    give(person, "improve", place="chat")
    own_words(2)
    assert not allowing("improve").exists()
