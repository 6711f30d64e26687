"""The forms to download are read by the imports that they are for, and their example is nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.school import NGOC
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR
from web.desk import Desk
from web.settings import Settings
from web.spreadsheets.assignment_import import preview_assignments
from web.spreadsheets.cells import CellKind
from web.spreadsheets.class_list_import import preview_class_lists
from web.spreadsheets.empty_forms import ASSIGNMENTS, CLASS_LISTS, STAFF, EmptyForm, workbook_of
from web.spreadsheets.reader import read_workbook
from web.spreadsheets.staff_import import preview_staff


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a school with a planned year."""
    desk = schools.school_before_the_year(Settings.in_folder(tmp_path))
    yield desk
    desk.engine.dispose()


def class_lists(desk: Desk, content: bytes) -> tuple[int, tuple[object, ...]]:
    preview = preview_class_lists(desk, school_year=YEAR, content=content)
    return len(preview.rows), (*preview.errors, *preview.unread)


def staff(desk: Desk, content: bytes) -> tuple[int, tuple[object, ...]]:
    preview = preview_staff(desk, NGOC.author, school_year=YEAR, content=content)
    return len(preview.rows), (*preview.errors, *preview.unread)


def assignments(desk: Desk, content: bytes) -> tuple[int, tuple[object, ...]]:
    preview = preview_assignments(desk, school_year=YEAR, content=content)
    return len(preview.rows), (*preview.errors, *preview.warnings)


@pytest.mark.parametrize(
    ("form", "read"), [(CLASS_LISTS, class_lists), (STAFF, staff), (ASSIGNMENTS, assignments)]
)
def test_an_empty_form_is_understood_whole_and_names_nobody(
    desk: Desk, form: EmptyForm, read: Callable[[Desk, bytes], object]
) -> None:
    assert read(desk, workbook_of(form, YEAR)) == (0, ())


@pytest.mark.parametrize("form", [CLASS_LISTS, STAFF, ASSIGNMENTS])
def test_every_cell_of_a_form_is_text(form: EmptyForm) -> None:
    (sheet,) = read_workbook(workbook_of(form, YEAR))
    kinds = {cell.kind for row in sheet.rows for cell in row}
    assert kinds <= {CellKind.TEXT, CellKind.BLANK}
    assert len(form.example) == len(form.columns) - 1
