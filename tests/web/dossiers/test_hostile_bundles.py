"""Files that are no dossier, or mean harm, are refused before anything in them is believed."""

import json
import warnings
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from tests.web.dossiers.unpacked import Left, packed
from web.dossiers import bundle
from web.dossiers.bundle import MANIFEST, PDF, BundleUnreadable
from web.dossiers.verifying import verify
from web.wording.dossier_checks import unreadable_sentence


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a bomb need not be as large as in earnest."""
    monkeypatch.setattr(bundle, "LARGEST", 1_000_000)


def with_another(name: str, content: bytes = b"x") -> Callable[[Left], bytes]:
    return lambda left: packed({**left.files, name: content})


def without(name: str) -> Callable[[Left], bytes]:
    return lambda left: packed({key: each for key, each in left.files.items() if key != name})


def bomb(left: Left) -> bytes:
    """A small file that unfolds to more than anybody has room for."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("ho-so.json", left.files[MANIFEST])
        archive.writestr(PDF, bytes(bundle.LARGEST + 1))
    return made.getvalue()


def lying_bomb(left: Left) -> bytes:
    """The same, which says of itself that it is small."""
    content = bomb(left)
    size = (bundle.LARGEST + 1).to_bytes(4, "little")
    assert content.count(size) == 2
    return content.replace(size, (100).to_bytes(4, "little"))


def twice(left: Left) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (MANIFEST, PDF, PDF):
            archive.writestr(name, left.files[name])
    return made.getvalue()


def locked(left: Left) -> bytes:
    """The flag that says "encrypted" set on every file."""
    content = bytearray(left.content)
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    return bytes(content)


def packed_in_another_way(left: Left) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_BZIP2) as archive:
        archive.writestr(MANIFEST, left.files[MANIFEST])
    return made.getvalue()


def of_many_files(_left: Left) -> bytes:
    return packed({f"so-cai/{number}-mark-corrected.entry": b"" for number in range(4_001)})


HOSTILE = (
    ("a PDF", lambda _: b"%PDF-1.7\n", "only-paper"),
    ("nothing", lambda _: b"", "not-a-zip"),
    ("half of it", lambda left: left.content[: len(left.content) // 2], "not-a-zip"),
    ("a byte of a file", lambda left: left.content.replace(b"%PDF-", b"%PDX-", 1), "not-a-zip"),
    ("packed in another way", packed_in_another_way, "not-a-zip"),
    ("more than there is room for", lambda _: bytes(bundle.LARGEST + 1), "too-large"),
    ("a bomb", bomb, "too-large"),
    ("a bomb that lies", lying_bomb, "not-a-zip"),
    ("many files", of_many_files, "too-many-files"),
    ("a way out", with_another("../../etc/passwd"), "unknown-file"),
    ("a place of its own", with_another("/bien-ban.pdf"), "unknown-file"),
    ("a program", with_another("so-cai/1-mark-corrected.exe"), "unknown-file"),
    ("a folder", with_another("khac/"), "unknown-file"),
    ("a file twice", twice, "file-twice"),
    ("a password", locked, "encrypted"),
    ("without the paper", without(PDF), "file-missing"),
    ("without the list", without(MANIFEST), "file-missing"),
    ("half a line", with_another("so-cai/1-mark-corrected.entry"), "file-missing"),
    ("an empty list", with_another(MANIFEST, b"{}"), "manifest-malformed"),
    ("a list of lists", with_another(MANIFEST, b"[" * 100_000), "manifest-malformed"),
    (
        "a key that is none",
        lambda left: packed(
            left.files
            | {MANIFEST: json.dumps(json.loads(left.files[MANIFEST]) | {"log_key": "x"}).encode()}
        ),
        "log-key-malformed",
    ),
)


@pytest.mark.parametrize(
    ("make", "why"), [pytest.param(make, why, id=name) for name, make, why in HOSTILE]
)
def test_what_is_no_dossier_is_not_read(
    left: Left, make: Callable[[Left], bytes], why: str
) -> None:
    with pytest.raises(BundleUnreadable) as refused:
        verify(make(left))
    assert refused.value.why == why
    assert unreadable_sentence(why, refused.value.name)
