"""What a plain form sends back from the grid: only cells that were touched count."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import TypeAdapter

from ledger.vocabulary import Column, Mark, PupilId
from web.grid.entering import TypedCell
from web.marks import shown_mark

_COLUMN: TypeAdapter[str] = TypeAdapter(Column)


def touched_cells(fields: Iterable[tuple[str, str]]) -> list[TypedCell]:
    """The cells whose text differs from what the page had shown.

    An untouched cell must not be sent on: somebody else may have changed it meanwhile, and
    sending the old mark again would be a conflict that nobody caused. ValueError for a field
    name that no page of ours writes.
    """
    cells = (_cell(name, text) for name, text in fields if name.startswith("m~"))
    return [cell for cell in cells if cell is not None]


def _cell(name: str, text: str) -> TypedCell | None:
    _, pupil, column, version, read = name.split("~")
    if text.strip() == shown_mark(Mark.of(read)):
        return None
    return TypedCell(
        pupil=PupilId(UUID(pupil)),
        column=_COLUMN.validate_python(column),
        text=text,
        read_version=int(version),
    )
