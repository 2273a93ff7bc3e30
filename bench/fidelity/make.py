"""Makes the fixtures and the truth beside them: python -m bench.fidelity.make [FOLDER]

Takes what `make bench-setup` installs, Chromium, LibreOffice and the IPA and Liberation
typefaces. The files are kept with the tests, so that nobody else needs any of these.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import letter

from bench.fidelity import set_office, set_page, set_pdf, set_plain
from bench.fidelity.house import english, french, italian, japanese
from bench.fidelity.house import unseen as written_last
from bench.fidelity.parts import continued, on_slides, truth
from bench.fidelity.set_pdf import Setting

FOLDER = Path("tests/fidelity/files")
UNSEEN = Path("tests/fidelity/unseen")
Made = tuple[str, str, str, list, Callable[[], bytes | str]]  # name, language, tool, parts, maker
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
    ]


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


def unseen() -> list[Made]:
    """Those that no parser was tuned on."""
    u = written_last
    table = [part for part in u.BELL if part[0] == "table"]
    topped = [["The bell of the Grange, by years", "<", "<"], *table[0][1]]
    return [
        (
            "bell-letter.pdf",
            "en",
            "reportlab",
            u.BELL + u.BELL[:1],
            lambda: set_pdf.pdf(
                u.BELL + u.BELL[:1],
                Setting(
                    2,
                    "Helvetica",
                    11,
                    "The Grange",
                    "Millau",
                    hyphens="en_GB",
                    steps=(1.7, 1.25, 1.0),
                    paper=letter,
                ),
            ),
        ),
        (
            "tablier-printed.pdf",
            "fr",
            "chromium",
            u.TABLIER,
            lambda: set_page.printed(
                set_page.print_page(
                    u.TABLIER,
                    "fr",
                    font="'DejaVu Sans'",
                    size=9,
                    columns=3,
                    hyphens="auto",
                    css="h1 {column-span: all; text-align: center} h2 {font-weight: normal}",
                ),
                "",
                "Atelier",
            ),
        ),
        (
            "seta-office.pdf",
            "it",
            "LibreOffice",
            u.SETA,
            lambda: set_office.converted(
                set_office.converted(
                    set_page.bare(u.SETA, "it").encode(), ".html", "docx:Office Open XML Text"
                ),
                ".docx",
                "pdf",
            ),
        ),
        (
            "kata-office.docx",
            "ja",
            "LibreOffice",
            u.KATA,
            lambda: set_office.converted(
                set_office.converted(set_page.bare(u.KATA, "ja").encode(), ".html", "odt:writer8"),
                ".odt",
                "docx:Office Open XML Text",
            ),
        ),
        (
            "tablier-styles.docx",
            "fr",
            "python-docx",
            u.TABLIER,
            lambda: set_office.word(
                u.TABLIER, names={1: "Grand titre", 2: "Inter", 3: "Petit inter"}
            ),
        ),
        ("bell-wiki.html", "en", "by hand", u.BELL, lambda: set_page.encyclopaedia(u.BELL, "en")),
        (
            "kata-mail.html",
            "ja",
            "by hand",
            u.KATA,
            lambda: (
                set_page.bare(u.KATA, "ja")
                .replace('<meta charset="utf-8">', "")
                .encode("iso2022_jp")
            ),
        ),
        ("seta.md", "it", "by hand", u.SETA, lambda: set_plain.mixed(u.SETA)),
        (
            "tablier.pptx",
            "fr",
            "python-pptx",
            on_slides(u.TABLIER),
            lambda: set_office.slides(u.TABLIER),
        ),
        (
            "kata.txt",
            "ja",
            "by hand",
            u.KATA,
            lambda: set_plain.typed(u.KATA, 400).encode("euc_jp"),
        ),
        ("radio.srt", "en", "by hand", u.RADIO, lambda: set_plain.subrip(u.RADIO)),
        (
            "bell.xlsx",
            "en",
            "openpyxl",
            [("h", 1, "Bell"), ("p", topped[0][0]), ("table", topped[1:])],
            lambda: set_office.sheets({"Bell": topped}),
        ),
    ]


def shouted(parts: list[tuple]) -> list[tuple]:
    return [("h", 1, parts[0][2].upper()), *parts[1:]]


def make(folder: Path, every: list[Made]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, language, tool, parts, maker in every:
        data = maker()
        if isinstance(data, str):
            data = data.encode()
        (folder / name).write_bytes(data)
        known = truth(parts, language, tool, repeat=not name.endswith(".pdf"))
        text = json.dumps(known, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n")
        print(f"{name}: {len(data):,} bytes")


def main() -> None:
    only = sys.argv[1:]
    tuned = [*pdfs(), *office(), *books(), *pages(), *texts()]
    for folder, every in ((FOLDER, tuned), (UNSEEN, unseen())):
        make(folder, [each for each in every if not only or each[0] in only])


if __name__ == "__main__":
    main()
