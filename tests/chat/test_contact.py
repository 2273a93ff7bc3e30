import pytest

from concierge.chat.templatetags.contact import linked, offered


@pytest.mark.parametrize(
    ("contact", "html"),
    [
        ("a@b.example", '<a href="mailto:a@b.example">a@b.example</a>'),
        ("+33 4 00 00 18 89", '<a href="tel:+33400001889">+33 4 00 00 18 89</a>'),
        ("04.78.00.18.89", '<a href="tel:0478001889">04.78.00.18.89</a>'),
        ("Ask at 9, passage Hellébore", "Ask at 9, passage Hellébore"),
        ("open 10.00 to 18.30, since 1889", "open 10.00 to 18.30, since 1889"),
        ("<b>us</b>", "&lt;b&gt;us&lt;/b&gt;"),
        (
            "us@maison.example or +44 20 7946 0000 & so on",
            '<a href="mailto:us@maison.example">us@maison.example</a> or '
            '<a href="tel:+442079460000">+44 20 7946 0000</a> &amp; so on',
        ),
    ],
)
def test_addresses_and_numbers_are_links_and_the_rest_is_text(contact, html):
    assert linked(contact) == html


@pytest.mark.parametrize(
    ("answer", "language", "words"),
    [
        ("The archive does not say who wove it, and we would not guess.", "en", "Speak with"),
        ("Les archives ne disent pas qui l'a tissé dans la maison.", "fr", "Parler à"),
        ("L’archivio non dice chi lo ha tessuto nella casa.", "it", "Parlare con una persona"),
        ("Das Archiv sagt nicht, wer das Tuch gewebt hat.", "de", "Mit einem Menschen sprechen"),
    ],
)
def test_a_person_is_offered_in_the_language_of_the_answer(answer, language, words):
    assert offered(answer).startswith(f'<span lang="{language}">{words}')


def test_a_person_is_offered_in_the_language_of_the_page_where_the_answer_shows_none():
    assert offered("1934") == "Speak with a person"
