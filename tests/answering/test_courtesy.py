"""What is said where nothing is looked up."""

from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.asked_as import asked_as
from concierge.answering.courtesy import OF_KIND, PERSON, SENTENCES, courteous, texts
from concierge.answering.recognise import topics
from concierge.answering.turn import Turn, Voice
from concierge.answering.understand import Understanding, understand
from concierge.voice.manner import Manner

HOUSE = Voice("Maison", "en", "+33 1 00 00 00 00")


def turn(question, brand=HOUSE):
    return Turn(brand, question, Viewer.reading(1))


def answered(question, brand=HOUSE):
    asked = turn(question, brand)
    return courteous(asked, understand(asked))


@pytest.mark.parametrize(
    ("said", "beginning"),
    [
        ("Bonsoir", "Bonjour, et bienvenue chez Maison"),
        ("Buongiorno!", "Buongiorno e benvenuti"),
        ("Wie geht es Ihnen?", "Sehr gut"),
        ("Merci", "Avec plaisir"),
        ("Quel temps fait-il demain ?", "Cela sort de ce que je connais"),
        ("Was wissen Sie über mich?", "Von Ihnen bewahre ich"),
        ("Che tempo fa a Lione?", "Questo è fuori"),
    ],
)
def test_a_courtesy_is_in_the_language_it_answers(said, beginning):
    assert answered(said).text.startswith(beginning)


def test_what_could_be_two_languages_is_answered_in_the_houses():
    german = replace(HOUSE, language="de")
    assert answered("ciao", german).text.startswith("Guten Tag")
    assert answered("ciao").text.startswith("Buongiorno")


def test_a_language_we_do_not_speak_is_answered_in_the_houses():
    assert answered("hola").text.startswith("Good day")


@pytest.mark.parametrize("said", ["What do you know of me?", "Delete my data", "My order number?"])
def test_the_clients_own_data_are_spoken_of_honestly_and_a_person_is_offered(said):
    reply = answered(said)
    assert (reply.kind, reply.person) == ("own", True)
    assert HOUSE.contact in reply.text
    assert not reply.refused


def test_what_is_kept_is_told():
    text = answered("What do you know about me?").text
    assert "this conversation" in text
    assert "cookie" in text


def test_out_of_scope_is_declined_with_what_is_known_and_without_a_person():
    reply = answered("What is the weather in Paris?")
    assert (reply.kind, reply.refused, reply.person) == ("out_of_scope", True, False)
    assert "archive of Maison" in reply.text


@pytest.mark.parametrize(
    "said", ["I want to kill myself", "Je veux mourir", "voglio morire", "Ich will sterben"]
)
def test_somebody_in_despair_is_given_the_emergency_number_and_no_shop(said):
    reply = answered(said)
    assert (reply.kind, reply.person) == ("unsafe", False)
    assert "112" in reply.text
    assert HOUSE.contact not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        *("112", "It is an emergency, call 112", "My husband has collapsed!"),
        *("Appelez les pompiers", "Serve un’ambulanza", "Es ist ein Notfall"),
    ],
)
def test_somebody_in_danger_is_given_the_emergency_number_and_no_shop(said):
    reply = answered(said)
    assert "112" in reply.text
    assert HOUSE.contact not in reply.text
    assert not reply.person


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *[("There is a fire in the boutique", "please call 112"), ("Es brennt!", "die 112")],
        ("Il y a le feu chez moi, au secours", "le 112"),
        ("C'è un incendio in negozio", "il 112"),
        ("My baby swallowed a button from the glove", "poison centre"),
        ("Ma fille a bu du parfum, que faire ?", "centre antipoison"),
        ("Meine Tochter hat Parfum getrunken", "Giftnotrufzentrale"),
        ("Mio figlio ha bevuto il profumo", "centro antiveleni"),
        *[("I got perfume in my eyes", "112"), ("J’ai reçu du parfum dans les yeux", "112")],
        ("I am having an allergic reaction to your perfume", "112"),
        ("Hello, my daughter just drank some of your perfume", "poison centre"),
        *[("My dog drank the perfume", "a vet"), ("Mon chien a bu du parfum", "vétérinaire")],
        *[("J’ai du parfum dans l’œil", "112"), ("The curtains caught fire", "112")],
        ("Que faire si mon enfant boit du parfum ?", "centre antipoison"),
        ("Was tun, wenn mein Kind Parfum trinkt?", "Giftnotrufzentrale"),
        ("Il mio cane ha bevuto il profumo", "veterinario"),
        ("Mein Hund hat Parfum getrunken", "Tierarzt"),
    ],
)
def test_a_fire_and_what_was_swallowed_are_heard_in_the_clients_language(said, number):
    reply = answered(said)
    assert number in reply.text
    assert HOUSE.contact not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        *("What of the fire of 1911?", "Does the perfume smell of fire?"),
        *("Who drank from this cup in the painting?", "Was there a fire in the boutique?"),
        *("Il y a un incendie dans l'histoire de la maison ?", "Wann brannte das Haus?"),
        *("La boutique brûle-t-elle des bougies ?", "Brennt die Kerze lange?"),
        "She drinks tea from a pearl cup in the picture, who is she?",
        *("I drank in the scent of the boutique", "I spilled perfume on my scarf"),
        *("My dog chewed the strap of my bag", "Can the perfume cause an allergic reaction?"),
        *("Ma mère a bu dans cette tasse, d’où vient-elle ?", "Che cosa bruciò nell’incendio?"),
    ],
)
def test_a_fire_long_ago_and_a_cup_in_a_painting_are_no_emergency(said):
    assert understand(turn(said)).is_for_archive


@pytest.mark.parametrize(
    ("said", "beginning"),
    [
        ("I hate you fucking assholes", "I am sorry that you are displeased"),
        ("I like it when you shut up", "I am sorry that you are displeased"),
        ("Vous êtes nuls", "Je regrette votre mécontentement"),
        ("Siete degli incapaci", "Mi rincresce"),
        ("Ihr seid Idioten", "Ihre Verstimmung"),
        *[("?", "Forgive me"), ("asdfghjkl", "Forgive me"), ("sdkfjhskdf", "Forgive me")],
        *[("👍", "Very well"), ("My card is 5500 0000 0000 0004", "There is no need")],
        ("Ma carte est le 5500 0000 0000 0004", "Il n’est pas nécessaire"),
    ],
)
def test_what_asks_nothing_is_answered_with_grace_and_left_open_nowhere(said, beginning):
    reply = answered(said)
    assert reply.text.startswith(beginning)
    assert (reply.kind, reply.refused, reply.support) == ("small_talk", False, None)


@pytest.mark.parametrize(
    "said",
    [
        *("Was the shop shut up in 1940?", "Are your bags useless in rain?", "1934?", "Wert?"),
        *("Who hates you?", "I hate green, show me red", "Which card case is the smallest?"),
        *("Le Héron", "Who founded the house? My card is 5500 0000 0000 0004"),
    ],
)
def test_a_question_with_such_words_stays_one(said):
    assert understand(turn(said)).is_for_archive


GREETINGS = (
    *("Hello", "Good day", "Good evening", "Bonjour", "Bonsoir", "Salut", "Buongiorno"),
    *("Buona sera", "Salve", "Guten Morgen", "Guten Tag", "Guten Abend", "Schönen guten Tag"),
)
FAREWELLS = (
    *("Goodbye", "Good night", "Have a nice day", "Au revoir", "Bonne soirée", "Bonne nuit"),
    *("Arrivederci", "Buona serata", "Buonanotte", "Auf Wiedersehen", "Schönen Tag noch"),
    *("Ich wünsche Ihnen einen guten Tag", "Einen guten Abend noch", "Tschüss", "Merci, au revoir"),
)


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        *[(each, "greeting") for each in GREETINGS],
        *[(each, "farewell") for each in FAREWELLS],
        *[(each, "thanks") for each in ("Thanks", "Merci", "Grazie mille", "Danke, guten Abend")],
    ],
)
def test_who_comes_is_greeted_and_who_goes_is_taken_leave_of(said, topic):
    assert understand(turn(said)).topic == topic


@pytest.mark.parametrize(
    ("said", "beginning"),
    [
        ("I take size 38", "Thank you for telling me"),
        ("Je m’appelle Claire et je porte du 38.", "Merci de me l’avoir dit"),
        ("Porto la taglia 42.", "Grazie di avermelo detto"),
        ("Ich trage Größe 7 und ich mag Grün.", "Danke, dass Sie es mir sagen"),
    ],
)
def test_what_somebody_tells_of_themselves_is_acknowledged(said, beginning):
    assert answered(said).text.startswith(beginning)


@pytest.mark.parametrize(
    "said",
    [
        *("I take size 38. Which gloves fit?", "I take size 38, show me gloves"),
        *("I love the Heron of 1934 and all its colours", "My wife was born in 1950"),
    ],
)
def test_who_tells_something_and_asks_is_answered(said):
    assert understand(turn(said)).is_for_archive


OPEN = replace(HOUSE, contact="+33 1 00 00 00 00, Monday to Friday, 10.00 to 18.00")


@pytest.mark.parametrize(
    "said",
    [
        *("What are your opening hours?", "Are you open on Sundays?", "When do you close?"),
        *("Quels sont vos horaires ?", "Quali sono gli orari di apertura?", "Ihre Öffnungszeiten?"),
    ],
)
def test_hours_are_told_from_the_contact_that_has_them(said):
    reply = answered(said, OPEN)
    assert OPEN.contact in reply.text
    assert reply.person
    assert understand(turn(said)).is_for_archive  # of a contact without hours


def test_when_a_shop_was_opened_is_a_question_for_the_archive():
    assert understand(turn("When did you open in Tokyo?", OPEN)).is_for_archive


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("How can I tell a fake?", "Which signs show that a piece is authentic?"),
        ("Comment reconnaître un faux ?", "À quels signes"),
        ("Come posso riconoscere un falso?", "Da quali segni"),
        ("Woran erkenne ich eine Fälschung?", "An welchen Zeichen"),
        ("Who drew the Heron?", "Who drew the Heron?"),
    ],
)
def test_a_question_on_fakes_is_asked_as_the_archive_answers_it(said, meant):
    assert asked_as(turn(said))[0].question.startswith(meant)


def test_a_house_without_a_contact_promises_none():
    reply = answered("Can I speak to a person?", replace(HOUSE, contact=""))
    assert "{" not in reply.text
    assert "no address" in reply.text


def test_the_house_says_it_in_its_own_words_where_it_has_written_them():
    manner = Manner("en", 1, sentences=(("beyond", "Of this {house} says nothing."),))
    reply = answered("What is the weather?", replace(HOUSE, manners=(manner,)))
    assert reply.text == "Of this Maison says nothing."


def test_every_topic_has_its_sentence_in_every_language():
    aside = {t.name for t in topics() if t.kind not in {"heritage", "pieces", "care"}} | {"person"}
    for topic in aside:
        said = texts()[SENTENCES.get(topic, topic)]
        assert set(said) == set(PERSON)
    assert set(OF_KIND.values()) <= set(texts())


def test_a_model_that_tells_only_the_kind_is_enough():
    for kind in OF_KIND:
        assert courteous(turn("x"), Understanding(kind, "x", "x")).text
