"""A voice is rows of versions: read as plain values, edited, taken back."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from concierge.voice.edit import MeanwhileError, UnfitError, restore, save
from concierge.voice.manner import Entry, Manner, Topic, as_json, from_json
from concierge.voice.models import VoiceVersion, manners_of

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = Manner(
    "fr",
    3,
    address="familiar",
    title="Madame",
    register="warm",
    character="Calme.",
    aim=60,
    most=90,
    lexicon=(Entry("carré", ("foulard",), "carrés"),),
    forbidden=("luxe",),
    exclamations=True,
    sentences=(("silent", "Nul ne le sait."),),
    topics=(
        Topic(
            *("Prix", ("remise*",), "Le prix est le même pour tous.", "Inès", "2025-06-03"),
            others=(("de", "Der Preis ist für alle derselbe."), ("en", "One price for all.")),
        ),
    ),
)


def test_a_manner_comes_back_from_its_row_as_it_was():
    assert from_json(as_json(WHOLE), "fr", 3) == WHOLE


def test_what_a_row_lacks_has_its_default():
    assert from_json({"aim": 50}, "en", 1) == Manner("en", 1, aim=50)


def test_a_house_without_a_voice_has_no_manner(brand):
    assert manners_of(brand) == ()


def test_the_newest_version_of_each_language_is_spoken_the_houses_own_first(brand, other_brand):
    save(brand, Manner("de", title="Gast"), None)
    save(brand, Manner("en", title="Sir"), None)
    save(brand, Manner("en", 1, title="Madam"), None)
    save(other_brand, Manner("en", title="Friend"), None)
    spoken = manners_of(brand)
    assert [(m.language, m.version, m.title) for m in spoken] == [
        ("en", 2, "Madam"),
        ("de", 1, "Gast"),
    ]


def test_every_edit_is_kept_with_who_made_it(brand):
    inès = User.objects.create_user("inès")
    save(brand, Manner("en", title="Sir"), inès, "A first word.")
    save(brand, Manner("en", 1, title="Madam"), None)
    kept = VoiceVersion.objects.of(brand).order_by("number")
    assert [(v.number, v.manner.title, v.by, v.note) for v in kept] == [
        (1, "Sir", inès, "A first word."),
        (2, "Madam", None, ""),
    ]


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        (Manner("en", sentences=(("sign_off", "x" * 5000),)), "has 5000 characters: 600 at most"),
        (Manner("en", topics=(Topic("Price", ("price",), "x" * 601),)), "“Price” has 601"),
        (Manner("zz"), "“zz” is no language"),
    ],
)
def test_a_voice_nobody_could_speak_in_is_not_saved(brand, manner, why):
    with pytest.raises(UnfitError, match=why):
        save(brand, manner, None)
    assert not VoiceVersion.objects.exists()


def test_an_edit_of_a_version_that_is_no_longer_the_newest_is_refused(brand):
    save(brand, Manner("en", title="Sir"), None)
    save(brand, Manner("en", 1, title="Madam"), None)
    with pytest.raises(MeanwhileError, match="Somebody else has saved"):
        save(brand, Manner("en", 1, title="Friend"), None)
    assert manners_of(brand)[0].title == "Madam"


def test_taking_back_makes_a_version_that_repeats_the_earlier_one(brand):
    first = save(brand, Manner("en", title="Sir"), None)
    save(brand, Manner("en", 1, title="Madam"), None)
    again = restore(first, None)
    assert (again.number, again.restored, again.manner.title) == (3, 1, "Sir")
    assert VoiceVersion.objects.count() == 3


def test_a_number_stands_once_for_each_language(brand):
    save(brand, Manner("en"), None)
    with pytest.raises(IntegrityError):
        VoiceVersion.objects.create(brand=brand, language="en", number=1, values={})


def test_a_language_without_a_voice_keeps_what_holds_in_any():
    german = WHOLE.elsewhere("de")
    assert (german.language, german.mark, german.topics) == ("de", "voice-fr-3", WHOLE.topics)
    assert (german.lexicon, german.forbidden, german.sentences) == ((), (), ())
