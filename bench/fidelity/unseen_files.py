"""The files that no parser was tuned on."""

from reportlab.lib.pagesizes import letter

from bench.fidelity import set_office, set_page, set_pdf, set_plain
from bench.fidelity.house import unseen as u
from bench.fidelity.parts import Made, on_slides
from bench.fidelity.set_pdf import Setting


def unseen() -> list[Made]:
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
