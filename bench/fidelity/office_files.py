"""Which office files are made, of what, by which tool."""

from bench.fidelity import set_office, set_page
from bench.fidelity.house import english, french, italian, japanese
from bench.fidelity.parts import Made, on_slides


def office() -> list[Made]:
    en, fr, it, ja = english, french, italian, japanese
    own = {1: "Titre de fiche", 2: "Rubrique", 3: "Sous-rubrique"}
    return [
        ("care.docx", "en", "python-docx", en.CARE, lambda: set_office.word(en.CARE)),
        (
            "relais-styles.docx",
            "fr",
            "python-docx",
            fr.RELAIS,
            lambda: set_office.word(fr.RELAIS, names=own),
        ),
        ("year-merged.docx", "en", "python-docx", en.ANNUAL, lambda: set_office.word(en.ANNUAL)),
        (
            "vitrine-revised.docx",
            "fr",
            "python-docx and XML",
            fr.VITRINE,
            lambda: set_office.marked_up(fr.VITRINE),
        ),
        ("sagi.docx", "ja", "python-docx", ja.SAGI, lambda: set_office.word(ja.SAGI)),
        (
            "guanti-unstyled.docx",
            "it",
            "python-docx",
            it.GUANTI,
            lambda: set_office.unstyled(it.GUANTI),
        ),
        ("heron-titled.docx", "en", "python-docx", en.HERON, lambda: set_office.outlined(en.HERON)),
        (
            "venti-office.docx",
            "it",
            "LibreOffice",
            it.VENTI,
            lambda: set_office.converted(
                set_page.bare(it.VENTI, "it").encode(), ".html", "docx:Office Open XML Text"
            ),
        ),
        (
            "archive-office.docx",
            "fr",
            "LibreOffice",
            fr.ARCHIVE,
            lambda: set_office.converted(
                set_office.word(fr.ARCHIVE), ".docx", "docx:Office Open XML Text"
            ),
        ),
        ("care.pptx", "en", "python-pptx", on_slides(en.CARE), lambda: set_office.slides(en.CARE)),
        (
            "parfum.pptx",
            "fr",
            "python-pptx",
            on_slides(fr.PARFUM),
            lambda: set_office.slides(fr.PARFUM),
        ),
        ("sagi.pptx", "ja", "python-pptx", on_slides(ja.SAGI), lambda: set_office.slides(ja.SAGI)),
        (
            "venti-office.pptx",
            "it",
            "LibreOffice",
            on_slides(it.VENTI),
            lambda: set_office.converted(set_office.slides(it.VENTI), ".pptx", "pptx"),
        ),
    ]


def books() -> list[Made]:
    """Sheets: the truth is their tables, under the names of the sheets."""

    def tables(parts: list) -> list:
        return [rest[0] for kind, *rest in parts if kind == "table"]

    priced = dict(zip(("Silks", "Leather", "Services"), tables(english.PRICES), strict=True))
    year = dict(zip(("People", "Accounts"), tables(english.ANNUAL), strict=True))
    repair = {"修復": tables(japanese.MARUNOUCHI)[0]}
    scents = {"Eaux": tables(french.PARFUM)[0], "Relais": tables(french.RELAIS)[0]}
    found: list[Made] = []
    for name, language, held in (
        ("prices.xlsx", "en", priced),
        ("year.xlsx", "en", year),
        ("repair.xlsx", "ja", repair),
        ("eaux.xlsx", "fr", scents),
    ):
        parts = [
            part for title, rows in held.items() for part in (("h", 1, title), ("table", rows))
        ]
        found.append((name, language, "openpyxl", parts, lambda held=held: set_office.sheets(held)))
    venti = {"Venti": tables(italian.VENTI)[0], "Guanti": tables(italian.GUANTI)[0]}
    parts = [part for title, rows in venti.items() for part in (("h", 1, title), ("table", rows))]
    found.append(
        (
            "venti-office.xlsx",
            "it",
            "LibreOffice",
            parts,
            lambda: set_office.converted(set_office.sheets(venti), ".xlsx", "xlsx"),
        )
    )
    return found
