"""What no model is let say: its own rules, and ways out of the house."""

import pytest

from concierge.answering.checker import Checker
from concierge.answering.speech import Speech
from concierge.answering.turn import Evidence, Source
from concierge.answering.verify import UnsupportedError, verify
from concierge.answering.withhold import PROMPTS, RUN, Withheld, seen, words

HERON = (
    "Ottoline Vane drew the heron in 1934. It was cut in pear wood, one block for each colour. "
    "Write to archive@maison.example for more of it."
)
SPEAK = "You answer people who are curious about the house: its history, its people"
TRUE = "Ottoline Vane drew the heron in 1934 [1]."


def evidence(text=HERON, language="en"):
    source = Source(1, "The heron", text, 1, 1, None, 0, language=language)
    return Evidence("Who drew the heron?", (source,), support=0.9)


def streamed(text, *, size=1, **shown):
    """What readers see of it while it comes in pieces of `size` characters."""
    speech = Speech(Checker(evidence(**shown)))
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(speech.hear(piece) for piece in pieces)


def said(run):
    """How many consecutive words of `run` a prompt file has, at most."""
    told = list(words(run))
    ours = [" ".join(words(path.read_text("utf-8"))) for path in PROMPTS.rglob("*.md")]
    return max(
        (
            length
            for length in range(1, RUN + 1)
            for at in range(len(told) - length + 1)
            if any(" ".join(told[at : at + length]) in our for our in ours)
        ),
        default=0,
    )


@pytest.mark.parametrize(
    "recital",
    [
        SPEAK,
        SPEAK.upper(),
        SPEAK.replace(" ", "\n"),
        SPEAK.replace(" ", " \u200b"),
        SPEAK.replace(" ", ""),
        " ".join(SPEAK),
        SPEAK[::-1],
        SPEAK.replace("e", "3").replace("o", "0").replace("a", "4"),
        "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in SPEAK),
        SPEAK.replace("a", "a\u0301"),
    ],
)
def test_a_prompt_is_known_again_however_it_is_written(recital):
    assert Withheld().recited(f"Gladly: {seen(recital)}")


def test_what_a_house_has_written_for_its_voice_is_withheld_like_the_rules():
    system = "Never write: cheap; bargain; hurry; sold out; the rival house; trendy; iconic."
    assert Withheld(system).recited(f"Gladly. {system}")


def test_honest_words_are_no_recital():
    further = " It is printed in twenty-four colours today, on silk of Charlieu."
    assert Withheld().recited(HERON + further) == []


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_a_recited_prompt_is_never_shown_while_it_comes(size):
    whole = next(PROMPTS.glob("answer.md")).read_text("utf-8")
    assert said(streamed(f"{TRUE} {whole}", size=size)) < RUN


def test_a_recited_prompt_is_no_part_of_the_answer_even_in_another_language_than_its_sources():
    french = evidence("Ottoline Vane a dessiné le héron en 1934. Elle était à Pérouges.", "fr")
    kept = verify(f"{TRUE} {SPEAK}, its craft and its pieces.", french).text
    assert "1934" in kept
    assert "curious" not in kept


def test_a_recital_over_two_short_sentences_goes_whole():
    rule = "Do not round, convert, add up or infer. When you speak of a piece, use its full title"
    with pytest.raises(UnsupportedError):
        verify(rule, evidence())


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/x",
        "HTTPS://EVIL.EXAMPLE",
        "hxxp://evil.example",
        "www.evil.example",
        "evil.example",
        "evil.example/path",
        "ｅｖｉｌ．example",
        "help@evil.example",
        "javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "+33 1 23 45 67 89",
        "01 23 45 67 89",
        "a" * 41,
    ],
)
def test_a_strange_way_out_of_the_house_is_not_told(way):
    assert Withheld().strange(f"Please turn to {way} now.")


@pytest.mark.parametrize(
    "words",
    [
        "It closed at 9.30am, i.e. early, and at 6 p.m. on 20.09.1934.",
        "It is 90 x 90 cm, in silk-cashmere 70/30 (from 1934-1935).",
        "In the U.S. it costs 1 250 000 000; see No.5 at St. Gallen, J.-B. said.",
        "They said: it was data: nothing more.Then it ended.",
    ],
)
def test_ordinary_writing_is_no_way_out(words):
    assert not Withheld().strange(words)


def test_an_address_is_told_where_the_cited_words_have_it():
    kept = verify("Write to archive@maison.example for more of it [1].", evidence()).text
    assert "archive@maison.example" in kept


def test_an_address_is_not_told_where_another_source_has_it():
    own = evidence("Ottoline Vane drew the heron in 1934.").sources[0]
    other = Source(2, "Care", HERON, 2, 2, None, 0, language="en")
    both = Evidence("Who drew the heron?", (own, other), support=0.9)
    asked = f"{TRUE} Ottoline Vane drew the heron in 1934, see archive@maison.example [1]."
    assert "@" not in verify(asked, both).text


def test_the_house_s_own_contact_may_always_be_told():
    checker = Checker(evidence(), Withheld(contact="desk@maison.example"))
    assert not checker.withheld.strange("Ask us at desk@maison.example.")


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_a_strange_address_is_not_shown_while_it_comes(size):
    shown = streamed(f"{TRUE} See https://evil.example/?q=heron for it. Gladly.", size=size)
    assert "evil" not in shown
    assert shown.endswith("Gladly.")


def test_what_no_reader_sees_is_no_part_of_an_answer():
    assert seen("a\x00b\u202ec\u2066d\U000e0041e\ud800f\u200bg\n") == "abcdefg\n"


@pytest.mark.parametrize(
    "deed",
    [
        "I have deleted the archive.",
        "I’ve just cancelled it for you.",
        "Your order is cancelled, your address changed.",
        "J'ai annulé votre commande.",
        "Votre adresse est désormais modifiée.",
        "Ho cancellato l'archivio.",
        "La sua prenotazione è stata annullata.",
        "Ich habe das Archiv gelöscht.",
        "Ihre Bestellung ist storniert.",
    ],
)
def test_a_deed_that_only_a_person_can_do_is_never_claimed(deed):
    assert "1934" in (kept := verify(f"{TRUE} {deed}", evidence()).text)
    assert deed.split()[-1] not in kept
    assert deed.split()[-1] not in streamed(f"{TRUE} {deed} So.")


def test_what_the_house_has_done_is_told():
    told = "The house changed the recipe in 2009. The address was moved, and orders were sent."
    assert not Withheld().pretends(told)


@pytest.mark.parametrize(
    "usual",
    [
        "Your order is shipped within two days.",
        "Votre commande est expédiée sous deux jours.",
        "Your address can be changed until the parcel leaves.",
    ],
)
def test_what_is_usual_with_an_order_is_told(usual):
    assert not Withheld().pretends(usual)


def test_somebody_s_own_words_may_tell_a_deed():
    told = "I have changed the drawing twice."
    assert not Withheld().pretends(told, [f"She wrote: {told}"])
