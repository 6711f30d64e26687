"""The register as a spreadsheet, for the office's own filing."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter

from web.dossiers.register import Entry
from web.marks import shown_mark
from web.moments import shown_day
from web.names import Names
from web.wording import registers as words
from web.wording.school import SEMESTERS, column_name, subject_name


def book_of(entries: Iterable[Entry], names: Names, school_year: str) -> bytes:
    """The entries as an .xlsx file by number, all cells text: a mark is no date and no sum."""
    buffer = BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": "@", "bold": True, "border": 1, "bg_color": "#E8EEF4"})
    sheet = book.add_worksheet(words.WORKSHEET)
    sheet.write_string(0, 0, words.title_of(school_year), book.add_format({"bold": True}))
    for column, (word, width) in enumerate(words.COLUMNS_OF_REGISTER):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, word, bold)
    by_number = sorted(entries, key=lambda one: one.dossier.number)
    for row, entry in enumerate(by_number, 3):
        for column, cell in enumerate(_row(entry, names)):
            sheet.write_string(row, column, cell, text)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return buffer.getvalue()


def _row(entry: Entry, names: Names) -> tuple[str, ...]:
    dossier, correction = entry.dossier, entry.correction
    pupils = dict.fromkeys(names.pupil(line.pupil) for line in correction.lines)
    changes = (
        words.change_in_words(
            column_name(line.column), shown_mark(line.before), shown_mark(line.after)
        )
        for line in correction.lines
    )
    return (
        entry.symbol,
        shown_day(dossier.drafted_at),
        correction.class_group,
        subject_name(correction.subject),
        SEMESTERS[correction.semester],
        "\n".join(pupils),
        "\n".join(changes),
        names.staff(correction.requested_by),
        words.state_of(dossier)[0],
        shown_day(dossier.archived_at) if dossier.archived_at else "",
    )
