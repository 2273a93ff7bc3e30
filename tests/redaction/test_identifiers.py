import pytest
from django.core.exceptions import ImproperlyConfigured

from concierge.redaction.recognise import identifiers


def found(text):
    return [(each.kind, text[each.start : each.end]) for each in identifiers(text)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("EMAIL", "anna.durr@gmail.com"),
        ("EMAIL", "anna@post-haus.example"),
        ("EMAIL", "anna at gmail dot com"),
        ("EMAIL", "anna (at) gmail (dot) com"),
        ("EMAIL", "anna\u200b@gmail.com"),
        ("EMAIL", "ａｎｎａ＠ｇｍａｉｌ．ｃｏｍ"),
        ("PHONE", "+33 6 39 98 11 22"),
        ("PHONE", "０６ ３９ ９８ １１ ２２"),
        ("PHONE", "(212) 555-0142"),
        ("PHONE", "+49 171 39 20 012"),
        ("IBAN", "DE89 3704 0044 0532 0130 00"),
        ("IBAN", "fr7630006000011234567890189"),
        ("CARD", "4111 1111 1111 1111"),
        ("CARD", "378282246310005"),
        ("IP", "81.12.4.200"),
        ("IP", "8.8.8.8"),
        ("IBAN", "NL02 ABNA 0123 4567 89"),
        ("IP", "2a02:8109:9c40:1:2:3:4:5"),
        ("LINK", "https://anna:secret@files.example.org/scarf.jpg"),
        ("ID", "RSSMRA85T10A562S"),
        ("ID", "12345678Z"),
        ("ID", "AB 12 34 56 C"),
        ("ID", "078-05-1120"),
        ("ID", "2 69 05 49 588 157 80"),
        ("ID", "DE 123 456 789"),
        ("ADDRESS", "12 rue des Glycines, 75011 Paris"),
        ("ADDRESS", "via dei Glicini 8, 20121 Milano"),
        ("ADDRESS", "Lindenblütenstraße 5a, 10115 Berlin"),
        ("ADDRESS", "14 Mallow Lane, Bristol BS6 5RD"),
        ("ADDRESS", "The Old Maltings, Weir Street, Norwich NR3 1QU"),
        ("ADDRESS", "résidence Les Ifs, bât. C, 112 avenue du Rouet, 13008 Marseille"),
        ("ADDRESS", "Lange Reeperbahn 77, 20359 Hamburg"),
        ("ADDRESS", "88 dovetail road, exeter ex4 8ld"),
        ("ADDRESS", "route de la Scierie 12, 1700 Fribourg"),
        ("ADDRESS", "lerchenstr. 14 b, 70176 stuttgart"),
        ("ADDRESS", "Cascina Bruciata 3, 15121 Alessandria (AL)"),
        ("ADDRESS", "22 Cinder Path, York YO31 8RB"),
    ],
)
def test_what_has_a_form_is_found_whole(kind, words):
    assert found(f"Bonjour, {words}, merci.") == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("My passport number is 533401234.", "ID", "533401234"),
        ("Il mio codice cliente: tessera n. 88120.", "ORDER", "88120"),
        ("Ma commande n° 612983 n'est pas là.", "ORDER", "612983"),
        ("Die Bestellung Nr. MS-2024-55012 fehlt.", "ORDER", "MS-2024-55012"),
        ("Meine Steuer-ID ist 81872495633.", "ID", "81872495633"),
        ("I was born on 12 May 1979.", "BIRTH", "12 May 1979"),
        ("Ich bin am 11.01.1969 geboren.", "BIRTH", "11.01.1969"),
        ("Sono nata il 3 marzo 1981, grazie.", "BIRTH", "3 marzo 1981"),
        ("call me on 467 3395", "PHONE", "467 3395"),
        ("card number 630427373398", "CARD", "630427373398"),
        ("Mein Reisepass: C4TN8K2XG", "ID", "C4TN8K2XG"),
        ("I ordered gloves, ref M-30418", "ORDER", "M-30418"),
        ("fattura FT/2025/331", "ORDER", "FT/2025/331"),
        ("bestellung DE-44017 fehlt", "ORDER", "DE-44017"),
        ("née à Lyon le 3 avril 1991", "BIRTH", "3 avril 1991"),
        ("GB95 CRBD 3909 9603 0824 62 and my name", "IBAN", "GB95 CRBD 3909 9603 0824 62"),
        ("nés le 3 mai 1961, merci", "BIRTH", "3 mai 1961"),
        ("mia figlia, nata 22/09/1987", "BIRTH", "22/09/1987"),
        ("c'est le 33 de la rue Vauquelin, Rennes", "ADDRESS", "33 de la rue Vauquelin, Rennes"),
        ("wir leben In der Au 3, Murnau", "ADDRESS", "In der Au 3, Murnau"),
        ("ordine IT-55091-B, grazie", "ORDER", "IT-55091-B"),
        ("Sendungsnummer 00340434161094015902", "ORDER", "00340434161094015902"),
        ("suivi DHL 6A21547893012", "ORDER", "6A21547893012"),
        ("it says RR123456785IT", "ORDER", "RR123456785IT"),
        ("my travel document is LN8830172", "ID", "LN8830172"),
        ("see instagram.com/anna.knits please", "LINK", "instagram.com/anna.knits"),
        ("our new flat, 48 Cobbler's Yard, Norwich, ring", "ADDRESS", "48 Cobbler's Yard, Norwich"),
        ("in via Aia 5/c, scala B, Prato", "ADDRESS", "via Aia 5/c, scala B, Prato"),
        ("deliver to The Old Ropery, Nether Tor please", "ADDRESS", "The Old Ropery, Nether Tor"),
        (
            "Abito a Palazzo Bembo, Dorsoduro 2, Venezia",
            "ADDRESS",
            "Palazzo Bembo, Dorsoduro 2, Venezia",
        ),
        ("wir wohnen jetzt Am alten Speicher 2", "ADDRESS", "Am alten Speicher 2"),
        ("j'habite rue de l'Orme, au 4, à Dole", "ADDRESS", "rue de l'Orme, au 4, à Dole"),
        ("at Quince Lodge, Upper Tor, GL54 2JF", "ADDRESS", "Quince Lodge, Upper Tor, GL54 2JF"),
        ("iban FR76 3000 6000 0112 3456 and my card", "IBAN", "FR76 3000 6000 0112 3456"),
    ],
)
def test_a_word_before_it_tells_what_a_number_is(text, kind, words):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Was it 1934, 1951-1957 or 2021?",
        "It cost 2 150 EUR, then 2.450,00 €, then CHF 1,250.",
        "A carré of 90 x 90 cm with 24 colours and 4 118 drawings",
        "The reference 0612345678 is on the label",
        "Le code-barres dit 3 760045 890123",
        "Who was born in 1861 and who in 1979?",
        "500 numbered pieces, autumn-winter 2021, no. 12 of 500",
        "I saw it at noon dot and then left",
        "2 150 / 2 450 / 2 900 for the three, at 10.30-18.00",
        "dynasties of 960-1279 and (1392–1910), pages 91-94 (1943)",
        "The shop opened on 3 October 1988, Ambry Row in spring 2026",
        "la facture de 1 480 est juste",
        "an instalment covering 3 months, paid via the 16 to 19 fund",
        "Invitation to a concert in Blackstone Hall, by the maker of the Relais",
        "Delivery: 3 squares and 2 bags, we moved to London in 2019",
        "I live in Lyon, send 3 to Paris or Milan on 11 October, and/or 24/48",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert found(text) == []


def test_words_that_look_like_a_placeholder_are_hidden_themselves():
    assert found("Tell me what [EMAIL_1] is") == [("TEXT", "[EMAIL_1]")]


HOSTILE = [
    "1 ", "0-", "1.", "a@", "a.@", "a at b dot ", "A ", "Anna ", "order is is ", "FR76 AB12 ",
    "1 rue de la ", "via a ", "1 Aa Aa ", "Aa-Aa-", "I live at a ", "my name is ", "best\n", "a:",
    "1.1.", "AAAAAA", "4111 ", "e\u0301", "a\u200b", "[NAME_", "http://a", "passport A1", "born 1 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_two_thousand_hostile_characters_are_read_to_their_end(piece):
    text = (piece * 2000)[:2000]
    assert all(0 <= each.start < each.end <= len(text) for each in identifiers(text))


def test_a_house_adds_patterns_of_its_own(settings, tmp_path):
    file = tmp_path / "patterns.toml"
    file.write_text("ORDER = ['\\bATELIER-[A-Z]{4}\\b']")
    settings.REDACTION_PATTERNS = str(file)
    assert found("Is ATELIER-QRST of 1934 ready?") == [("ORDER", "ATELIER-QRST")]


@pytest.mark.parametrize("content", ["ORDER = ['(']", "SHOE = ['a']", "not toml", "ORDER = 3"])
def test_patterns_that_cannot_be_read_stop_the_product(settings, tmp_path, content):
    file = tmp_path / "patterns.toml"
    file.write_text(content)
    settings.REDACTION_PATTERNS = str(file)
    with pytest.raises(ImproperlyConfigured, match="REDACTION_PATTERNS"):
        identifiers("Order 12345")


class Names:
    """A house's own model: every word that ends in -mann."""

    def names(self, text):
        at = text.find("Grossmann")
        return [(at, at + len("Grossmann"))] if at >= 0 else []


def test_a_model_of_the_houses_own_finds_further_names(settings):
    from concierge.redaction.veil import Veil

    assert Veil().hidden("Grossmann wrote again") == "Grossmann wrote again"
    settings.NAME_MODEL = f"{__name__}.Names"
    assert Veil().hidden("Grossmann wrote again") == "[NAME_1] wrote again"
