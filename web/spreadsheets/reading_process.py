"""Reads one workbook in a process of its own: bytes come in, cells as JSON go out.

A workbook can make the reader abort or fill the memory, which no `except` can catch; so it is
read where only this process is lost. It is run as a file and imports nothing of the program, so
that it starts at once.
"""

import gc
import json
import resource
import sys
from io import BytesIO

MEMORY_BYTES = 1024**3
CPU_SECONDS = 10
TEXT_LENGTH = 300  # no mark, name or code is longer; one long text may stand in every cell

Told = str | list[str] | None


def limit_this_process() -> None:
    """Bound the memory, the processor time and the traces of a crash."""
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def told(value: object) -> Told:
    """A cell as JSON: null for blank, text as text, anything else with its kind."""
    match value:
        case float():
            # 15 digits are what Excel shows: 7.1999999999999993 is the 7.2 that people see.
            return ["number", f"{value:.15g}"]
        case "":
            return None
        case str():
            return value[:TEXT_LENGTH]
        case bool():
            return ["boolean", str(value)]
        case int():
            return ["number", f"{value:.15g}"]
        case _:
            return ["date", str(value)]


def read(content: bytes) -> list[dict[str, object]]:
    """Every worksheet with its name; the rows of a hidden one are not read."""
    from python_calamine import (  # noqa: PLC0415 - the limits come first
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets: list[dict[str, object]] = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != SheetVisibleEnum.Visible
        rows: list[list[Told]] = []
        if not hidden:
            # From A1 on, so that a place in the list is a place on the sheet.
            cells = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            rows = [[told(value) for value in row] for row in cells]
        sheets.append({"name": about.name, "hidden": hidden, "rows": rows})
    return sheets


def main() -> None:
    limit_this_process()
    # A million cells hold no cycles, and looking for some would take as long as reading them.
    gc.disable()
    sheets = read(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()
