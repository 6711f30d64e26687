"""The marks of an invented school, and what may be done to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from projections.anomalies.material import NO_MARK, Material, SheetMarks, Tenths
from tests.believable_schools.school import staffed


@lru_cache(maxsize=8)
def marks_of(seed: int, classes: int = 16, *, streamed: bool = False) -> Material:
    """A year's marks in which nothing is planted."""
    school = staffed(seed, np.random.default_rng([seed, 0]), classes=classes, streamed=streamed)
    return school.material()


def with_sheets(material: Material, sheets: Sequence[SheetMarks]) -> Material:
    return replace(material, sheets=tuple(sheets))


def changed(
    material: Material,
    change: Callable[[str, Tenths], Tenths],
    *,
    class_group: str | None = None,
    grade: int | None = None,
    subject: str | None = None,
    semester: int | None = None,
    columns: str = "",
) -> Material:
    """The material with the columns changed whose names begin so, on the sheets that are named."""

    def hit(sheet: SheetMarks) -> bool:
        return (
            class_group in {None, sheet.class_group}
            and grade in {None, sheet.grade}
            and subject in {None, sheet.subject}
            and semester in {None, sheet.semester}
        )

    def of(sheet: SheetMarks) -> SheetMarks:
        return replace(
            sheet,
            columns={
                name: change(name, tenths) if name.startswith(columns) else tenths
                for name, tenths in sheet.columns.items()
            },
        )

    return with_sheets(material, [of(one) if hit(one) else one for one in material.sheets])


def higher(by: int) -> Callable[[str, Tenths], Tenths]:
    """Each mark so many tenths higher, within the scale."""

    def change(_: str, tenths: Tenths) -> Tenths:
        moved = np.clip(tenths + by, 0, 100)
        return np.where(tenths == NO_MARK, NO_MARK, moved).astype(np.int16)

    return change


def within(lowest: int, highest: int) -> Callable[[str, Tenths], Tenths]:
    """Each mark within these tenths."""

    def change(_: str, tenths: Tenths) -> Tenths:
        bounded = np.clip(tenths, lowest, highest)
        return np.where(tenths == NO_MARK, NO_MARK, bounded).astype(np.int16)

    return change
