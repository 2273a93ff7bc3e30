"""Pictures: what they say of themselves, and nothing of where they were taken."""

import struct
from io import BytesIO

import pytest
from PIL import Image

from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.places import without_places
from archive.ingestion.parse.registry import read

from . import pictures
from .pictures import SECRET, XMP, exif, iptc, jpeg, saved

KINDS = {
    "jpeg": jpeg(exif=exif(), xmp=XMP),
    "png": saved("PNG", exif=exif(), xmp=XMP),
    "webp": saved("WEBP", exif=exif(), xmp=XMP),
    "tiff": saved("TIFF", exif=exif(), xmp=XMP),
}
CAPTIONS = ((5, "Night Garden"), (120, "Printed with 31 screens."), (25, "silk"), (25, "night"))


def texts(data: bytes, name: str = "a.jpg") -> list[str]:
    return [block.text for block in read(data, name).blocks]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_its_caption_people_keywords_date_and_rights(kind: str) -> None:
    parsed = read(KINDS[kind], f"wrong-name.{kind}")
    assert [(block.level, block.text) for block in parsed.blocks] == [
        (1, "The Heron"),
        (0, "Drawn at the ponds."),
        (0, "Dessiné près des étangs."),
        (0, "People: Ottoline Vane"),
        (0, "Keywords: heron, silk"),
        (0, "Picture: Firmin Gallet"),
    ]
    assert (parsed.title, parsed.date) == ("The Heron", "1934-05-02")
    assert parsed.metadata == {"people": "Ottoline Vane", "rights": "© the house"}
    assert parsed.media_type == f"image/{kind}"


def test_captions_in_iptc_are_read() -> None:
    data = jpeg(iptc=iptc(*CAPTIONS, (80, "Odile Ferrand"), (55, "19570617"), (116, "© S")))
    parsed = read(data, "a.jpg")
    assert [block.text for block in parsed.blocks] == [
        "Night Garden",
        "Printed with 31 screens.",
        "Keywords: silk, night",
        "Picture: Odile Ferrand",
    ]
    assert (parsed.date, parsed.metadata) == ("1957-06-17", {"rights": "© S"})


def test_a_description_in_exif_is_read_once() -> None:
    data = jpeg(exif=exif("Drawn at the ponds."), xmp=XMP)
    assert texts(data).count("Drawn at the ponds.") == 1
    assert texts(jpeg(exif=exif("The clasp of 1926")))[0] == "The clasp of 1926"


def test_the_words_of_a_png_are_read() -> None:
    data = saved("PNG", words={"Title": "The clasp", "Description": "Cast by Aimé Vernet"})
    assert texts(data, "a.png") == ["The clasp", "Cast by Aimé Vernet"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kept_picture_has_no_place_and_the_same_pixels(kind: str) -> None:
    data = KINDS[kind]
    kept = without_places(data)
    assert SECRET.encode() in data or kind == "png"  # whose words are compressed
    for place in (SECRET, "Pérouges", "Étang caché", "GPSLatitude"):
        assert place.encode() not in kept
    assert pictures.pixels(kept) == pictures.pixels(data)
    opened = Image.open(BytesIO(kept))
    assert not opened.getexif().get_ifd(0x8825)
    assert texts(kept) == texts(data)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kept_picture_is_kept_again_as_it_is(kind: str) -> None:
    kept = without_places(KINDS[kind])
    assert without_places(kept) == kept


def test_the_kept_picture_still_knows_which_way_up_it_is_and_its_day() -> None:
    kept = Image.open(BytesIO(without_places(KINDS["jpeg"]))).getexif()
    assert (kept[0x0112], kept.get_ifd(0x8769)[0x9003]) == (6, "1934:05:02 10:00:00")


def test_places_in_iptc_are_left_out() -> None:
    data = jpeg(iptc=iptc(*CAPTIONS, (90, "Ville-Secrète"), (101, "France")))
    kept = without_places(data)
    assert b"Secr" not in kept
    assert b"France" not in kept
    assert texts(kept) == texts(data)


@pytest.mark.parametrize(
    "xmp",
    [
        b"<x:xmpmeta " + SECRET.encode() + b" <<<",
        b'<!DOCTYPE a [<!ENTITY x "' + SECRET.encode() + b'">]><a>&x;</a>',
    ],
)
def test_words_that_cannot_be_read_are_not_kept(xmp: bytes) -> None:
    assert without_places(jpeg(xmp=xmp)) == jpeg()


def test_what_follows_a_picture_is_left_out_of_the_copy() -> None:
    data = jpeg(xmp=XMP)
    film = b"ftyp" + SECRET.encode() + jpeg(exif=exif())
    assert without_places(data + film) == without_places(data)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
def test_a_picture_without_a_place_is_kept_to_the_byte(kind: str) -> None:
    data = jpeg() if kind == "jpeg" else saved(kind.upper())
    assert without_places(data) == data


def test_a_file_that_is_no_picture_is_kept_to_the_byte() -> None:
    assert without_places(b"# The Heron") == b"# The Heron"


def test_a_progressive_picture_is_read_to_its_end() -> None:
    data = jpeg(exif=exif(), progressive=True)
    kept = without_places(data)
    assert pictures.pixels(kept) == pictures.pixels(data)
    assert SECRET.encode() not in kept


@pytest.mark.parametrize(
    "data", [jpeg(), saved("PNG"), saved("WEBP"), saved("TIFF"), jpeg(exif=exif("DSC_0042"))]
)
def test_a_picture_without_words_has_one_unread_page(data: bytes) -> None:
    parsed = read(data, "1934-05-02-heron.jpg")
    assert (parsed.blocks, parsed.unread_pages) == ([], [1])
    assert (parsed.title, parsed.date) == ("1934 05 02 heron", "1934-05-02")


def huge(width: int, height: int) -> bytes:
    """A PNG that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = saved("PNG", words={"Title": "Large"})
    return data.replace(data[16:29], head)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (huge(50_000, 50_000), "larger than 30,000 pixels a side"),
        (huge(1 << 31, 1), "larger than 30,000 pixels a side"),
        (huge(0, 10), "damaged"),
        (saved("PNG")[:40], "damaged"),
        (jpeg()[:3] + b"\xe0\xff\xff", "damaged"),
        (b"II*\x00\xff\xff\xff\xff" + bytes(20), "damaged"),
        (b"RIFF\x20\x00\x00\x00WEBPVP8X\xff\xff\xff\x7f" + bytes(30), "damaged"),
        (b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 65535) + bytes(200), "damaged"),
    ],
)
def test_a_picture_that_cannot_be_read_says_why(data: bytes, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        read(data, "a.png")


def test_a_circle_of_directories_is_walked_once() -> None:
    directory = struct.pack("<HHHIIHHII", 2, 0x100, 4, 1, 8, 0x101, 4, 1, 8) + struct.pack("<I", 8)
    assert read(b"II*\x00" + struct.pack("<I", 8) + directory, "a.tif").unread_pages == [1]
