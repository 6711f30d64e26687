"""The mark that a cell of a file means, or why it means none."""

import re
from typing import Final

from ledger.vocabulary import Mark, SubjectKind
from web.marks import typed_mark
from web.spreadsheets.cells import Cell, CellKind
from web.spreadsheets.layouts import MarkCell
from web.spreadsheets.problem import Problem

_DECIMALS: Final = re.compile(r"(\d{1,2})\s*[.,]\s*\d{2,}", re.ASCII)
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\s*[.,]\s*\d+)?(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)

_FAULTS: Final = {
    CellKind.ERROR: "cell-has-error",
    CellKind.UNCOMPUTED: "formula-without-value",
    CellKind.DATE: "score-became-date",
    CellKind.BOOLEAN: "mark-unknown",
}


def mark_in(found: MarkCell, kind: SubjectKind) -> Mark | Problem | None:
    """The mark for a sheet of this kind; None for a blank cell, which leaves what stands."""
    held = found.held
    if held.is_blank:
        return None
    if code := _FAULTS.get(held.kind) or _why_no_mark(held):
        return Problem(code, found.cell, {"text": _shown(held)})
    mark = typed_mark(held.text)
    if not mark.fits(kind):
        scored = kind is SubjectKind.SCORED
        code = "passed-in-scored-subject" if scored else "score-in-comment-subject"
        return Problem(code, found.cell, {"text": _shown(held)})
    return mark


def _why_no_mark(held: Cell) -> str:
    """The code of what is wrong with a text or number, "" if it is a mark.

    Two decimals are refused rather than rounded: the teacher rounds, and sees the result.
    """
    try:
        typed_mark(held.text)
    except ValueError:
        text = held.text.replace("\u00a0", " ").strip()
        if (found := _DECIMALS.fullmatch(text)) and int(found[1]) <= 10:
            return "too-many-decimals"
        return "score-out-of-range" if _NUMBER.fullmatch(text) else "mark-unknown"
    return ""


def _shown(held: Cell) -> str:
    """The content as the person knows it: numbers with a comma, a date without its midnight."""
    if held.kind is CellKind.NUMBER:
        return held.text.replace(".", ",")
    return held.text.removesuffix(" 00:00:00")
