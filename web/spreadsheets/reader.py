"""Reads a guarded workbook through a process that may be killed, into typed cells."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from web.spreadsheets.cells import BLANK_CELL, Cell, CellKind, Worksheet
from web.spreadsheets.guard import inspect
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.survey import Place

_PROGRAM: Final = Path(__file__).with_name("reading_process.py")
_WALL_SECONDS: Final = 20
# Each reader may take a gigabyte, so a whole staff room importing at once has to queue.
_AT_ONCE: Final = BoundedSemaphore(2)

Told = str | list[str] | None


def read_workbook(content: bytes) -> list[Worksheet]:
    """Every worksheet of an .xlsx file, hidden ones without rows; raises FileRefused."""
    contents = inspect(content)
    sheets = json.loads(read_apart(content))
    if not all(sheet["name"] in contents.faults for sheet in sheets):
        # Guard and reader see different sheets: faulty cells could pass for blank ones.
        raise FileRefused("file-is-damaged")
    return [
        Worksheet(
            _composed(sheet["name"]),
            _typed(sheet["rows"], {} if sheet["hidden"] else contents.faults[sheet["name"]]),
            hidden=sheet["hidden"],
        )
        for sheet in sheets
    ]


def read_apart(content: bytes) -> bytes:
    """The cells as JSON, read in another process; raises FileRefused if that one is lost."""
    if not _AT_ONCE.acquire(timeout=_WALL_SECONDS):
        raise FileRefused("reading-is-busy")
    try:
        # Isolated (-I) and without our environment: it needs the reader and nothing of ours.
        done = subprocess.run(  # noqa: S603 - our own file, and no word of the person's in it
            [sys.executable, "-I", str(_PROGRAM)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS,
            env={},
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        raise FileRefused("reading-took-too-long") from late
    except subprocess.CalledProcessError as lost:
        raise FileRefused("reading-failed") from lost
    finally:
        _AT_ONCE.release()
    return done.stdout


def _typed(rows: list[list[Told]], faults: Mapping[Place, CellKind]) -> list[list[Cell]]:
    typed = [[_cell(told) for told in row] for row in rows]
    for (row, column), kind in faults.items():
        # The reader leaves out trailing cells that it takes for blank.
        while len(typed) <= row:
            typed.append([])
        typed[row].extend([BLANK_CELL] * (column + 1 - len(typed[row])))
        typed[row][column] = Cell(kind)
    return typed


def _cell(told: Told) -> Cell:
    if told is None:
        return BLANK_CELL
    if isinstance(told, str):
        return Cell(CellKind.TEXT, _composed(told))
    kind, text = told
    return Cell(CellKind(kind), text)


def _composed(text: str) -> str:
    """Text as NFC: some products write letters in pieces, which look the same and are not."""
    return unicodedata.normalize("NFC", text)
