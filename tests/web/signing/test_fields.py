"""Empty places for signatures: the same every time, printed, and nothing else on the page."""

import subprocess
from pathlib import Path

import pytest
from pyhanko.sign.fields import enumerate_sig_fields

from tests.web.signing.paper import BOXES, FIELDS, SCHOOL, typeset
from web.signing.fields import with_fields
from web.signing.revising import Unreadable, read

PLAIN = f'#set page("a4")\n{SCHOOL}'


def test_the_same_paper_has_the_same_fields() -> None:
    once, again = (with_fields(typeset(PLAIN), BOXES) for _ in range(2))
    assert once == again
    assert once.startswith(typeset(PLAIN))


def test_a_field_lies_over_its_box_and_is_printed() -> None:
    found = list(enumerate_sig_fields(read(with_fields(typeset(PLAIN), BOXES))))
    assert [name for name, _, _ in found] == list(FIELDS)
    for name, value, reference in found:
        field, box = reference.get_object(), BOXES[name]
        left, bottom, right, top = (float(edge) for edge in field["/Rect"])
        assert value is None
        assert field["/F"] & 0b100
        assert box.left - 1 < left <= box.left
        assert box.right <= right < box.right + 1
        assert (bottom, top) == (box.bottom, box.top)
        assert "/N" in field["/AP"]


def test_it_is_a_sound_pdf(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(with_fields(typeset(PLAIN), BOXES))
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)


def test_what_is_no_pdf_has_no_fields() -> None:
    with pytest.raises(Unreadable):
        with_fields(b"no paper", BOXES)
