"""The voice at the desk: written, tried, taken back, and who may."""

import pytest
from django.contrib.auth.models import Permission, User

from concierge.chat.models import Message
from concierge.voice.edit import save
from concierge.voice.manner import Entry, Manner, Topic
from concierge.voice.models import VoiceVersion, manners_of
from tests.answering.shelf import archive, shelve

__all__ = ["archive", "shelve"]
pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/voice/voiceversion/"
PRICES = "The price is the same for everyone."
WHOLE = Manner(
    "en",
    aim=60,
    most=90,
    lexicon=(Entry("objet d’art", ("knick-knack",), "objets d’art"), Entry("carré", ("scarf",))),
    forbidden=("luxury", "cheap*"),
    sentences=(("silent", "We do not know."),),
    topics=(Topic("Prices", ("discount*", "price & rise"), PRICES, "Inès", "2025-06-03"),),
)


def given(number=0, topics=(), **fields):
    said = {
        "number": number,
        "address": "formal",
        "aim": 60,
        "most": 90,
        "topics-TOTAL_FORMS": len(topics),
        "topics-INITIAL_FORMS": 0,
    }
    for place, topic in enumerate(topics):
        said |= {f"topics-{place}-{name}": value for name, value in topic.items()}
    return said | fields


TOPIC = {"name": "Prices", "signs": "discount*\nprice & rise", "sentence": f" {PRICES}\n"}


def page(browser, brand, code="en", **query):
    return browser.get(f"{LIST}{brand.pk}/{code}/", query).content.decode()


def post(browser, brand, data, code="en", act=""):
    address = f"{LIST}{brand.pk}/{code}/{act}"
    return browser.post(address, data, follow=True).content.decode()


def allow(*names):
    permissions = Permission.objects.filter(codename__in=names)
    User.objects.get(username="advisor").user_permissions.set(permissions)


def test_a_curator_writes_a_voice(curator, brand):
    said = given(
        topics=[TOPIC | {"reviewed_by": "Inès", "reviewed": "2025-06-03"}],
        lexicon="objet d’art / objets d’art: knick-knack\n\ncarré: scarf",
        forbidden="luxury\ncheap*\nluxury",
        silent="We do not know.",
        note="A beginning.",
    )
    shown = post(curator, brand, said)
    assert "Saved as version 1. It is spoken from now on." in shown
    assert manners_of(brand) == (Manner(**{**as_fields(WHOLE), "version": 1}),)
    kept = VoiceVersion.objects.get()
    assert (kept.by.username, kept.note) == ("curator", "A beginning.")


def as_fields(manner):
    return {name: getattr(manner, name) for name in manner.__slots__}


def test_the_form_shows_what_was_written_so_that_saving_it_changes_nothing(curator, brand):
    save(brand, WHOLE, None)
    shown = page(curator, brand)
    for words in ("objet d’art / objets d’art: knick-knack", "cheap*", PRICES, "3 June 2025"):
        assert words in shown
    assert "Save as version 2" in shown


def test_versions_are_listed_with_what_changed_and_who_did_it(curator, brand):
    save(brand, WHOLE, None)
    post(curator, brand, given(1, forbidden="cheap*\nbargain", note="A word too many."))
    shown = page(curator, brand)
    assert "never said: + bargain, − luxury" in shown
    assert "topics: − Prices" in shown
    assert "written for the first time" in shown
    assert "A word too many." in shown


def test_an_earlier_version_is_shown_and_not_saved(curator, brand):
    save(brand, WHOLE, None)
    save(brand, Manner("en", 1), None)
    shown = page(curator, brand, version="1")
    assert "These are the words of version 1. Nothing is saved yet." in shown
    assert PRICES in shown
    assert 'name="number" value="2"' in shown


def test_an_earlier_version_is_spoken_again(curator, brand):
    first = save(brand, WHOLE, None)
    save(brand, Manner("en", 1), None)
    shown = curator.post(f"{LIST}versions/{first.pk}/restore/", follow=True).content.decode()
    assert "It is spoken as in version 1 again, as 3." in shown
    assert "as in version 1" in shown
    assert manners_of(brand)[0].topics == WHOLE.topics


def test_two_who_edit_at_once_do_not_undo_each_other(curator, brand):
    save(brand, WHOLE, None)
    save(brand, Manner("en", 1, title="Madam"), None)
    shown = post(curator, brand, given(1, title="Sir"))
    assert "Somebody else has saved this voice since you opened it." in shown
    assert 'value="Sir"' in shown
    assert manners_of(brand)[0].title == "Madam"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"lexicon": "carré"}, "Line 1, “carré”: write the word, a colon, and what it stands for."),
        ({"lexicon": "carré: scar*"}, "Line 1: * has no meaning here; write each word."),
        ({"lexicon": "carré: scarf, Carré"}, "Line 1: “carré” cannot stand in its own place."),
        ({"greeting": "Good day, {name}."}, "“{name}” stands for nothing"),
        ({"greeting": "Good day {"}, "“{” stands for nothing"),
        ({"aim": 200}, "It aims at more words than it may have."),
        ({"forbidden": "\n".join(map(str, range(301)))}, "At most 300 lines."),
        ({"forbidden": "*"}, "would be found in every answer."),
        ({"forbidden": "a" * 61}, "is too long"),
        ({"forbidden": "bargain", "sign_off": "A bargain to you."}, "is among what is never said."),
        ({"forbidden": "**"}, "would be found in every answer."),
        ({"forbidden": "((("}, "would be found in every answer."),
        ({"sign_off": "Farewell!!!"}, "It has an exclamation mark, which may not be used."),
        ({"sign_off": "Farewell 👋"}, "It has an emoji, which may not be used."),
        ({"sign_off": "a" * 5000}, "at most 600 characters"),
        ({"topics": [TOPIC | {"signs": "*"}]}, "“*” would be found in every question."),
        ({"topics": [TOPIC | {"sentence": ""}]}, "This field is required."),
        ({"topics": [TOPIC | {"others": "Le prix"}]}, "begin with a language"),
        ({"topics": [TOPIC | {"others": "tlh: Hab"}]}, "begin with a language"),
        ({"topics": [TOPIC | {"others": "fr: A\nfr: B"}]}, "There are two sentences in French."),
    ],
)
def test_what_cannot_stay_is_marked_and_nothing_is_saved(curator, brand, fields, told):
    topics = fields.pop("topics", ())
    shown = post(curator, brand, given(topics=topics, **fields))
    assert "It is not saved" in shown
    assert told in shown.replace("&#x27;", "'")
    assert not VoiceVersion.objects.exists()


def test_signs_that_the_house_uses_may_stand_in_its_sentences(curator, brand):
    post(curator, brand, given(sign_off="Farewell! 👋", exclamations="on", emoji="on"))
    assert dict(manners_of(brand)[0].sentences)["sign_off"] == "Farewell! 👋"


def test_a_sentence_is_kept_in_each_language_it_is_written_in(curator, brand):
    others = "fr: Un seul prix.\nde: Ein Preis."
    post(curator, brand, given(topics=[TOPIC | {"others": others}]))
    [topic] = manners_of(brand)[0].topics
    assert [topic.said_in(code) for code in ("fr", "de", "it")] == [
        *("Un seul prix.", "Ein Preis."),
        topic.sentence,
    ]


def test_a_topic_is_taken_out(curator, brand):
    said = given(topics=[TOPIC | {"DELETE": "on"}, TOPIC | {"name": "Discounts"}])
    post(curator, brand, said)
    assert [each.name for each in manners_of(brand)[0].topics] == ["Discounts"]


def test_a_question_is_heard_in_the_saved_and_in_the_edited_voice(curator, brand, archive):
    save(brand, WHOLE, None)
    said = given(1, topics=[TOPIC | {"signs": "fire"}], question="What did the fire of 1911 take?")
    shown = post(curator, brand, said, act="try/")
    before, after = shown.split("As it is saved")[1].split("As you have it here")
    assert PRICES not in before
    assert PRICES in after.split("Bearing")[0]
    assert after.count("It keeps to every rule.") + before.count("It keeps to every rule.") == 2
    assert VoiceVersion.objects.count() == 1
    assert not Message.objects.exists()


def test_a_fault_of_a_tried_answer_is_told(curator, brand, archive):
    said = given(aim=10, most=20, question="What did the fire of 1911 take?")
    shown = post(curator, brand, said, act="try/")
    assert "Too long: <q>" in shown
    assert "As it is saved" not in shown


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"question": " "}, "Write a question to hear it answered."),
        ({"question": "Who?", "lexicon": "carré"}, "Something in the voice cannot stay as it is"),
    ],
)
def test_what_cannot_be_tried_is_told(curator, brand, fields, told):
    assert told in post(curator, brand, given(**fields), act="try/")


def test_a_house_without_a_voice_is_told_so(curator, brand):
    shown = curator.get(LIST).content.decode()
    assert "Maison has not written its voice." in shown
    assert "No answer of this time has a score." in shown
    assert f'href="{LIST}{brand.pk}/fr/"' in shown


def test_without_a_house_there_is_nothing_to_write(curator):
    assert "There is no house yet" in curator.get(LIST).content.decode()


def test_each_house_has_its_own(curator, brand, other_brand):
    save(other_brand, Manner("en", character="Loud."), None)
    assert "Loud." not in curator.get(LIST, {"brand": brand.pk}).content.decode()
    assert "Loud." in curator.get(LIST, {"brand": other_brand.pk}).content.decode()


def test_staff_without_the_right_see_and_change_nothing(advisor, brand):
    version = save(brand, WHOLE, None)
    assert advisor.get(LIST).status_code == 403
    assert advisor.get(f"{LIST}{brand.pk}/en/").status_code == 403
    for address in (f"{brand.pk}/en/", f"{brand.pk}/en/try/", f"versions/{version.pk}/restore/"):
        assert advisor.post(LIST + address, given(1)).status_code == 403
    assert VoiceVersion.objects.count() == 1


def test_who_may_only_see_reads_it_without_buttons(advisor, brand):
    save(brand, WHOLE, None)
    allow("view_voiceversion")
    shown = page(advisor, brand)
    assert PRICES in shown
    assert "Try the voice" not in shown
    assert "Save as version" not in shown
    assert advisor.post(f"{LIST}{brand.pk}/en/", given(1)).status_code == 403


@pytest.mark.parametrize("address", ["", "{brand}/en/", "{brand}/en/try/"])
def test_a_visitor_is_sent_to_sign_in(visitor, brand, address):
    answer = visitor.get(LIST + address.format(brand=brand.pk))
    assert (answer.status_code, answer.url.startswith("/admin/login/")) == (302, True)


@pytest.mark.parametrize("address", ["{brand}/en/try/", "versions/{version}/restore/"])
def test_what_acts_is_not_asked_by_looking(curator, brand, address):
    version = save(brand, WHOLE, None)
    assert curator.get(LIST + address.format(brand=brand.pk, version=version.pk)).status_code == 405


@pytest.mark.parametrize("address", ["{brand}/xx/", "0/en/", "versions/0/restore/"])
def test_what_is_not_there_is_not_found(curator, brand, address):
    ask = curator.post if "restore" in address else curator.get
    assert ask(LIST + address.format(brand=brand.pk)).status_code == 404


def test_the_sidebar_leads_to_it(curator, brand):
    assert f'href="{LIST}"' in curator.get("/admin/").content.decode()
