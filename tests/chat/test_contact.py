import pytest

from concierge.chat.templatetags.contact import linked


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
