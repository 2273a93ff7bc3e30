"""Which pages and texts are made by hand, of what."""

from bench.fidelity import set_page, set_plain
from bench.fidelity.house import english, french, italian, japanese
from bench.fidelity.parts import Made


def pages() -> list[Made]:
    en, fr, it, ja = english, french, italian, japanese
    return [
        ("year.html", "en", "by hand", en.ANNUAL, lambda: set_page.semantic(en.ANNUAL, "en")),
        ("vitrine-shop.html", "fr", "by hand", fr.VITRINE, lambda: set_page.soup(fr.VITRINE, "fr")),
        ("parfum-shop.html", "fr", "by hand", fr.PARFUM, lambda: set_page.soup(fr.PARFUM, "fr")),
        (
            "lettera-1999.html",
            "it",
            "by hand",
            it.LETTERA,
            lambda: set_page.ancient(it.LETTERA, "it", "windows-1252"),
        ),
        (
            "guanti-1999.html",
            "it",
            "by hand",
            it.GUANTI,
            lambda: set_page.ancient(it.GUANTI, "it", "iso-8859-1"),
        ),
        (
            "ginza-1999.html",
            "ja",
            "by hand",
            ja.GINZA,
            lambda: set_page.ancient(ja.GINZA, "ja", "shift_jis"),
        ),
        (
            "marunouchi-euc.html",
            "ja",
            "by hand",
            ja.MARUNOUCHI,
            lambda: set_page.ancient(ja.MARUNOUCHI, "ja", "euc-jp"),
        ),
        (
            "prices-broken.html",
            "en",
            "by hand",
            en.PRICES,
            lambda: set_page.malformed(en.PRICES, "en"),
        ),
        (
            "press-journal.html",
            "en",
            "by hand",
            en.PRESS,
            lambda: set_page.described(en.PRESS, "en"),
        ),
    ]


def texts() -> list[Made]:
    en, fr, it, ja = english, french, italian, japanese
    front = "---\ntitle: The fire\ndate: 1911-03-11\npeople:\n  - Firmin Gallet\n---\n"
    return [
        (
            "blocks.md",
            "en",
            "by hand",
            en.BLOCKS,
            lambda: set_plain.markdown(en.BLOCKS, front=front),
        ),
        (
            "archive-underlined.md",
            "fr",
            "by hand",
            fr.ARCHIVE,
            lambda: set_plain.markdown(fr.ARCHIVE, underlined=True),
        ),
        ("venti.md", "it", "by hand", it.VENTI, lambda: set_plain.markdown(it.VENTI)),
        ("sagi.md", "ja", "by hand", ja.SAGI, lambda: set_plain.markdown(ja.SAGI)),
        (
            "relais.md",
            "fr",
            "by hand",
            fr.RELAIS,
            lambda: set_plain.markdown(fr.RELAIS).replace("\n", "\r\n"),
        ),
        ("care.txt", "en", "by hand", shouted(en.CARE), lambda: set_plain.typed(en.CARE)),
        (
            "lettera.txt",
            "it",
            "by hand",
            shouted(it.LETTERA),
            lambda: set_plain.typed(it.LETTERA).encode("cp1252"),
        ),
        (
            "archive.txt",
            "fr",
            "by hand",
            shouted(fr.ARCHIVE),
            lambda: set_plain.typed(fr.ARCHIVE, 66).encode("utf-16"),
        ),
        (
            "ginza.txt",
            "ja",
            "by hand",
            ja.GINZA,
            lambda: set_plain.typed(ja.GINZA, 400).encode("shift_jis"),
        ),
        (
            "gloves.vtt",
            "en",
            "by hand",
            en.RECORD,
            lambda: set_plain.webvtt(en.RECORD, title="Gloves"),
        ),
        (
            "gloves-prefix.vtt",
            "en",
            "by hand",
            en.RECORD,
            lambda: set_plain.webvtt(en.RECORD, style="prefix"),
        ),
        (
            "gamme.srt",
            "fr",
            "by hand",
            fr.ENTRETIEN,
            lambda: set_plain.subrip(fr.ENTRETIEN, dashes=True).encode("cp1252"),
        ),
        ("visita.vtt", "it", "by hand", it.VISITA, lambda: set_plain.webvtt(it.VISITA)),
        ("visita.srt", "it", "by hand", it.VISITA, lambda: set_plain.subrip(it.VISITA)),
        ("taiwa.srt", "ja", "by hand", ja.TAIWA, lambda: set_plain.subrip(ja.TAIWA, wide=True)),
        ("taiwa.vtt", "ja", "by hand", ja.TAIWA, lambda: set_plain.webvtt(ja.TAIWA)),
        ("night.epub", "en", "by hand", en.NIGHT, lambda: set_plain.book(en.NIGHT, "en")),
        ("parfum.epub", "fr", "by hand", fr.PARFUM, lambda: set_plain.book(fr.PARFUM, "fr")),
        (
            "prices.csv",
            "en",
            "by hand",
            [en.PRICES[3]],
            lambda: set_plain.separated(en.PRICES[3][1]),
        ),
        (
            "relais.csv",
            "fr",
            "by hand",
            [fr.RELAIS[6]],
            lambda: set_plain.separated(fr.RELAIS[6][1], ";").encode("cp1252"),
        ),
    ]


def shouted(parts: list[tuple]) -> list[tuple]:
    return [("h", 1, parts[0][2].upper()), *parts[1:]]
