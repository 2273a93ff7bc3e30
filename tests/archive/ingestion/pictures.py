"""Pictures made in memory, with words about themselves and places."""

import struct
from io import BytesIO

from PIL import Image, TiffImagePlugin

SECRET = "45.7640"  # a latitude, in words
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:e="http://ns.adobe.com/exif/1.0/"
 xmlns:x1="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 p:City="Pérouges-la-Cachée" p:DateCreated="1934-05-02" e:GPSLatitude="45.7640N">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The Heron</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Drawn at the ponds.</rdf:li>
<rdf:li xml:lang="fr">Dessiné près des étangs.</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>heron</rdf:li><rdf:li>silk</rdf:li></rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>Firmin Gallet</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© the house</rdf:li></rdf:Alt></dc:rights>
<x1:PersonInImage><rdf:Bag><rdf:li>Ottoline Vane</rdf:li></rdf:Bag></x1:PersonInImage>
<x1:LocationCreated><rdf:Bag><rdf:li x1:Sublocation="Étang 45.7640"/></rdf:Bag></x1:LocationCreated>
<c:Location>Étang caché</c:Location>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def image(mode: str = "RGB", size: tuple[int, int] = (16, 12)) -> Image.Image:
    made = Image.new(mode, size)
    made.putdata([((x * 7) % 256, (x * 3) % 256, x % 256) for x in range(size[0] * size[1])])
    return made


def exif(description: str = "", *, place: bool = True) -> Image.Exif:
    made = Image.Exif()
    if description:
        made[0x010E] = description
    made[0x0112] = 6  # which way up
    made[0x8298] = "© the house"
    made.get_ifd(0x8769)[0x9003] = "1934:05:02 10:00:00"
    made.get_ifd(0x8769)[0x927C] = b"Maker 45.7640"
    if place:
        made.get_ifd(0x8825).update(
            {1: "N", 2: (45.0, 45.0, 50.4), 3: "E", 4: (4.0, 50.0, 8.5), 28: b"45.7640"}
        )
    return made


def data_set(number: int, value: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def iptc(*sets: tuple[int, str]) -> bytes:
    """Photoshop's resource of captions."""
    data = data_set(90, b"\x1b%G", 1) + b"".join(data_set(n, w.encode()) for n, w in sets)
    padded = data + b"\x00" * (len(data) % 2)
    return b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + padded


def jpeg(*, exif=None, xmp: bytes = b"", iptc: bytes = b"", **more) -> bytes:
    out = BytesIO()
    image().save(out, "JPEG", **({"exif": exif} if exif else {}), **more)
    data = out.getvalue()
    parts = b""
    for marker, mark, payload in (
        (0xE1, b"http://ns.adobe.com/xap/1.0/\x00", xmp),
        (0xED, b"Photoshop 3.0\x00", iptc),
    ):
        if payload:
            body = mark + payload
            parts += struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
    return data[:2] + parts + data[2:]


def saved(kind: str, *, exif=None, xmp: bytes = b"", **more) -> bytes:
    """As PNG, WEBP or TIFF."""
    out = BytesIO()
    options = {"exif": exif} if exif else {}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        if xmp:
            words.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
        for key, value in more.pop("words", {}).items():
            words.add_text(key, value)
        options["pnginfo"] = words
    elif kind == "WEBP":
        options |= {"xmp": xmp} if xmp else {}
        options["lossless"] = True
    else:
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        if xmp:
            tags.tagtype[700] = 1
            tags[700] = xmp
        for tag, value in more.pop("tags", {}).items():
            tags.tagtype[tag] = 7
            tags[tag] = value
        options["tiffinfo"] = tags
        if exif:
            for tag in (0x010E, 0x8298):
                if tag in exif:
                    tags[tag] = exif[tag]
            tags[0x8825] = exif.get_ifd(0x8825)
            options.pop("exif")
    image().save(out, kind, **options, **more)
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).convert("RGB").tobytes()
