"""Evidence files of every sort, made for the tests: fit, hostile and broken."""

from io import BytesIO

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(form: str = "PNG", *, size: tuple[int, int] = (40, 30), secret: str = "") -> bytes:
    """A small picture; `secret` is hidden in it the way that phones hide a place."""
    file = BytesIO()
    image = Image.new("RGB", size, "white")
    if form == "PNG":
        hidden = PngImagePlugin.PngInfo()
        hidden.add_text("Comment", secret)
        image.save(file, form, pnginfo=hidden)
    else:
        exif = Image.Exif()
        exif[0x010E] = secret
        image.save(file, form, exif=exif)
    return file.getvalue()


def pdf(
    *, pages: int = 1, script: bool = False, launch: bool = False, attachment: bool = False
) -> bytes:
    """Pages of PDF, plain or with something inside that acts."""
    writer = PdfWriter()
    page, *_ = [writer.add_blank_page(200, 200) for _ in range(pages)]
    if script:
        run = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("1"),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(run)
    if launch:
        act = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")}
        )
        link = DictionaryObject({NameObject("/A"): writer._add_object(act)})  # noqa: SLF001  (no public way to write a bad file)
        page[NameObject("/Hidden")] = link
    if attachment:
        writer.add_attachment("a.txt", b"hidden")
    return _written(writer)


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def huge_picture() -> bytes:
    """A few hundred bytes that claim to be a picture of ten thousand million pixels."""
    from struct import pack
    from zlib import compress, crc32

    def chunk(name: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + name + body + pack(">I", crc32(name + body))

    header = pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", compress(bytes(100)))
        + chunk(b"IEND", b"")
    )
