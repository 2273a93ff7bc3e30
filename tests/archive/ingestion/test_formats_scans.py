"""Pages that are pictures: told, read by text recognition where there is one, never empty."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from archive.ingestion.gather import Incoming
from archive.ingestion.journey import work
from archive.ingestion.parse import tesseract
from archive.ingestion.parse.blocks import Block, Dropped, Parsed
from archive.ingestion.parse.registry import read
from archive.ingestion.recognise import with_pages
from archive.ingestion.run import start
from archive.models import Document, Notice, Passage

from . import files

WORDS = "Ottoline Vane drew the heron in 1934 at the ponds of the Dombes."
needs_tesseract = pytest.mark.skipif(
    tesseract.program() is None, reason="tesseract is not installed on this machine"
)


def picture(*lines: str):
    """A page as a scanner sees it."""
    page = files.pdf([("Helvetica", 16, line) for line in lines])
    return pypdfium2.PdfDocument(page)[0].render(scale=2).to_pil()


def scanned(*pages: str | None) -> bytes:
    """A PDF whose pages are pictures of words; one that begins with "=" has them as text."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number, words in enumerate(pages, 1):
        if words and words.startswith("="):
            canvas.drawString(60, 700, words[1:])
        elif words is not None:
            canvas.drawImage(ImageReader(picture(words)), 0, 0, 595, 842)
            canvas.drawString(300, 20, str(number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def bring(brand, media, tmp_path, db):
    def bring(data, name="book.pdf"):
        path = Path(tmp_path, name)
        path.write_bytes(data)
        item = start(brand, [Incoming(path, name)]).items.get()
        work(item.pk)
        item.refresh_from_db()
        return item

    return bring


def test_pages_of_pictures_are_unread_and_empty_ones_are_not() -> None:
    parsed = read(scanned("=A page of words.", WORDS, None, "=Another."), "a.pdf")
    assert parsed.unread_pages == [2]
    assert [(block.text, block.page) for block in parsed.blocks] == [
        ("A page of words.", 1),
        ("Another.", 4),
    ]


def test_letters_that_are_drawn_are_no_words() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    for place in range(100):
        canvas.line(10 + place, 10, 10 + place, 20)
    canvas.save()
    assert read(out.getvalue(), "a.pdf").unread_pages == [1]


def test_a_pdf_comes_in_without_its_scanned_pages_and_staff_are_told(bring, settings):
    settings.OCR = "off"
    item = bring(scanned("=A page of words.", WORDS, WORDS))
    assert (item.state, item.passages) == ("created", 1)
    assert item.reason == "Without text, and not to be found by what they show: pages 2-3."
    assert Document.objects.get().current.unread_pages == [2, 3]
    notice = Notice.objects.get(settled=None)
    assert (notice.about, notice.subject) == ("unread_pages", "book.pdf")
    assert "pages 2-3" in notice.text


def test_the_notice_is_settled_once_all_pages_have_words(bring, settings):
    settings.OCR = "off"
    bring(scanned("=A page of words.", WORDS))
    bring(scanned("=A page of words.", "=And another."))
    assert not Notice.objects.filter(settled=None).exists()


def test_a_pdf_of_pictures_alone_is_refused_without_text_recognition(bring, settings):
    settings.OCR = "off"
    item = bring(scanned(WORDS))
    assert item.state == "failed"
    assert "let a text recognition read it first" in item.reason
    assert not Document.objects.exists()


@needs_tesseract
def test_scanned_pages_are_read_by_text_recognition_in_their_place(bring):
    item = bring(scanned("=The first page.", WORDS, "=The third page."))
    document = Document.objects.get()
    assert document.text.split("\n\n") == ["The first page.", WORDS, "The third page."]
    assert document.current.unread_pages == []
    assert item.reason == "Read by text recognition, which makes mistakes: page 2."
    assert Passage.objects.filter(page=2).exists() or Passage.objects.get().page == 1


@needs_tesseract
def test_a_pdf_of_pictures_alone_comes_in_by_text_recognition(bring):
    item = bring(scanned(WORDS, WORDS))
    assert item.state == "created"
    assert Document.objects.get().text.count("1934") == 2


@needs_tesseract
def test_a_page_on_which_nothing_is_recognised_is_told(bring):
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    blank = ImageReader(picture(""))
    canvas.drawString(60, 700, "A page of words.")
    canvas.showPage()
    canvas.drawImage(blank, 0, 0, 595, 842)
    canvas.save()
    item = bring(out.getvalue())
    assert item.state == "created"
    assert Document.objects.get().current.unread_pages == [2]


@needs_tesseract
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_scanned_page_that_is_a_picture_is_read(bring, kind):
    out = BytesIO()
    picture(WORDS, "She had sat there for nine mornings, and drawn", "nothing but the neck.").save(
        out, kind
    )
    item = bring(out.getvalue(), f"letter.{kind.lower()}")
    assert item.state == "created"
    assert Document.objects.get().text.startswith(WORDS)
    assert item.reason == "Read by text recognition, which makes mistakes: all of it."


@needs_tesseract
def test_a_picture_of_a_thing_with_words_on_it_is_no_page(bring):
    out = BytesIO()
    picture("Maison Sérance", "Lyon").save(out, "PNG")
    assert "write a caption" in bring(out.getvalue(), "box.png").reason


def test_a_houses_own_parser_reads_the_pages_that_failed(bring, settings):
    settings.OCR = "off"
    settings.HEAVY_PARSER = "tests.archive.ingestion.heavy.read_pages"
    item = bring(scanned("=The first page.", WORDS))
    assert item.state == "created"
    assert Document.objects.get().text == "The first page.\n\nRead at length: en"
    assert Document.objects.get().current.unread_pages == []


def test_a_parser_that_is_not_there_leaves_the_pages_unread(bring, settings):
    settings.OCR = "off"
    settings.HEAVY_PARSER = "nobody.reads"
    bring(scanned("=The first page.", WORDS))
    assert Document.objects.get().current.unread_pages == [2]


def test_what_was_left_out_keeps_its_place_among_pages_read_later() -> None:
    first, third = Block("One.", page=1), Block("Three.", page=3)
    head, foot = Dropped("Head", "running_head", "", 1), Dropped("Foot", "running_head", "", 2)
    parsed = Parsed([first, third], dropped=[head, foot])
    merged = with_pages(parsed, [Block("Two.", page=2)])
    assert [block.text for block in merged.blocks] == ["One.", "Two.", "Three."]
    assert [(each.text, each.place) for each in merged.dropped] == [("Head", 2), ("Foot", 3)]
