"""Which PDFs are made, of what, by which tool."""

from bench.fidelity import set_office, set_page, set_pdf
from bench.fidelity.house import english, french, italian, japanese
from bench.fidelity.parts import Made, continued, levels, on_slides
from bench.fidelity.set_pdf import Setting

MINCHO = "'IPAMincho'"
GOTHIC = "'IPAGothic'"


def pdfs() -> list[Made]:
    en, fr, it, ja = english, french, italian, japanese
    running = {"head": "Maison Sérance", "foot": "Archive"}
    return [
        ("heron.pdf", "en", "reportlab", en.HERON, lambda: set_pdf.pdf(en.HERON, Setting())),
        (
            "night-garden-columns.pdf",
            "en",
            "reportlab",
            en.NIGHT + en.BLOCKS + en.HERON,
            lambda: set_pdf.pdf(
                en.NIGHT + en.BLOCKS + en.HERON,
                Setting(2, "Serif", 9.5, **running, hyphens="en_GB", indent=True),
            ),
        ),
        (
            "relais-columns.pdf",
            "fr",
            "reportlab",
            fr.RELAIS + fr.ARCHIVE + fr.PARFUM,
            lambda: set_pdf.pdf(
                fr.RELAIS + fr.ARCHIVE + fr.PARFUM,
                Setting(2, "Sans", 9, **running, hyphens="fr_FR", steps=(1.8, 1.3, 1.1)),
            ),
        ),
        (
            "prices.pdf",
            "en",
            "reportlab",
            en.PRICES,
            lambda: set_pdf.pdf(en.PRICES, Setting(family="Helvetica", ruled=False)),
        ),
        (
            "year-small.pdf",
            "en",
            "reportlab",
            en.ANNUAL + en.CARE + en.BLOCKS,
            lambda: set_pdf.pdf(
                en.ANNUAL + en.CARE + en.BLOCKS,
                Setting(
                    1,
                    "Serif",
                    10,
                    "The year of the house",
                    "",
                    paper=set_pdf.SMALL,
                    hyphens="en_GB",
                    steps=(1.9, 1.5, 1.0),
                ),
            ),
        ),
        (
            "guanti-columns.pdf",
            "it",
            "reportlab",
            it.GUANTI + it.VENTI,
            lambda: set_pdf.pdf(
                it.GUANTI + it.VENTI,
                Setting(3, "Serif", 8, foot="pagina", hyphens="it_IT", steps=(1.8, 1.4, 1.2)),
            ),
        ),
        (
            "sagi.pdf",
            "ja",
            "reportlab",
            ja.SAGI,
            lambda: set_pdf.pdf(ja.SAGI, Setting(family="Mincho", foot="頁")),
        ),
        (
            "archive-printed.pdf",
            "fr",
            "chromium",
            fr.ARCHIVE,
            lambda: set_page.printed(
                set_page.print_page(fr.ARCHIVE, "fr", size=12), "Salle de lecture", "page"
            ),
        ),
        (
            "venti-printed.pdf",
            "it",
            "chromium",
            it.VENTI + it.LETTERA,
            lambda: set_page.printed(
                set_page.print_page(
                    it.VENTI + it.LETTERA, "it", columns=2, align="justify", hyphens="auto", size=11
                )
            ),
        ),
        (
            "marunouchi-printed.pdf",
            "ja",
            "chromium",
            ja.MARUNOUCHI + ja.GINZA,
            lambda: set_page.printed(
                set_page.print_page(ja.MARUNOUCHI + ja.GINZA, "ja", font=MINCHO, size=12),
                "丸の内店",
            ),
        ),
        (
            "ginza-columns.pdf",
            "ja",
            "chromium",
            ja.GINZA + ja.SAGI,
            lambda: set_page.printed(
                set_page.print_page(
                    ja.GINZA + ja.SAGI, "ja", font=GOTHIC, columns=2, align="justify"
                )
            ),
        ),
        (
            "press-printed.pdf",
            "en",
            "chromium",
            en.PRESS,
            lambda: set_page.printed(
                set_page.print_page(
                    en.PRESS,
                    "en",
                    font="'Liberation Sans'",
                    css="h2 {text-transform: none; color: #6B2139} figcaption {font-style: italic}",
                )
            ),
        ),
        (
            "blocks-office.pdf",
            "en",
            "LibreOffice",
            continued(en.BLOCKS + en.CARE),
            lambda: set_office.converted(
                set_office.footed(
                    set_office.fonted(set_office.word(en.BLOCKS + en.CARE), "Liberation Serif"),
                    "Maison Sérance, archive",
                    "Sheet",
                ),
                ".docx",
                "pdf",
            ),
        ),
        (
            "parfum-office.pdf",
            "fr",
            "LibreOffice",
            fr.PARFUM,
            lambda: set_office.converted(
                set_office.fonted(set_office.word(fr.PARFUM), "Liberation Sans"), ".docx", "pdf"
            ),
        ),
        (
            "marunouchi-office.pdf",
            "ja",
            "LibreOffice",
            ja.MARUNOUCHI,
            lambda: set_office.converted(
                set_office.fonted(set_office.word(ja.MARUNOUCHI), "Liberation Serif", "IPAMincho"),
                ".docx",
                "pdf",
            ),
        ),
        (
            "care-slides.pdf",
            "en",
            "LibreOffice",
            on_slides(en.CARE, 1),
            lambda: set_office.converted(set_office.slides(en.CARE), ".pptx", "pdf"),
        ),
        (
            "night-scrambled.pdf",
            "en",
            "reportlab",
            [part for part in en.NIGHT if part[0] == "p" or part[1] == 1],
            lambda: set_pdf.scrambled(en.NIGHT),
        ),
        (
            "heron-one-size.pdf",
            "en",
            "reportlab",
            levels(en.HERON + en.BLOCKS, 1),
            lambda: set_pdf.pdf(
                en.HERON + en.BLOCKS,
                Setting(1, "Serif", 10.5, steps=(1.0, 1.0, 1.0), indent=True),
            ),
        ),
        (
            "ginza-vertical.pdf",
            "ja",
            "chromium",
            ja.GINZA,
            lambda: set_page.printed(
                set_page.print_page(
                    ja.GINZA,
                    "ja",
                    font=MINCHO,
                    css="article {writing-mode: vertical-rl; height: 230mm}",
                )
            ),
        ),
    ]
