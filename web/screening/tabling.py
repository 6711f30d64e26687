"""From columns with a meaning to one row per pupil and one column per subject."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from projections.screening.table import ScoreTable
from web.screening.account import Account, Reading
from web.screening.grid import Codes, Column, Grid
from web.screening.grouping import NOBODY, Groups, named_places
from web.screening.meaning import Meaning, listed
from web.screening.scores import scores_of
from web.spreadsheets.cells import reference
from web.spreadsheets.problem import FileRefused, Problem

_SUBJECTS: Final = 200
_EXAMPLES: Final = 3
_NAMES: Final = 10

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the file that count: scores by row and column of scores, group and pupil."""

    groups: Codes
    pupils: Codes | None
    values: Floats
    unread: Bools
    at: NDArray[np.intp]  # the row of the grid


def tabled(
    grid: Grid, meaning: Meaning, groups: Groups, remarks: Sequence[Problem] = ()
) -> Reading:
    """The table of scores and its account; raises FileRefused where nothing can be compared."""
    told = [*remarks, *_left_out(meaning)]
    rows, lost = _rows(grid, meaning, groups)
    told += [Problem("rows-without-group", details={"count": lost})] if lost else []
    told += _unread(grid, meaning, rows)
    if meaning.subject is not None:
        table, more = _of_long(grid, meaning, groups, rows)
    else:
        table, more = _of_wide(grid, meaning, groups, rows)
    told += more
    table = _without_empty(table)
    taken = ~np.isnan(table.scores)
    _check(grid, table, taken)
    account = Account(
        columns=grid.header,
        is_long=meaning.subject is not None,
        grouped_by=groups.by,
        group_column=groups.column,
        pupils=len(table.group_of),
        scores=int(taken.sum()),
        not_taken=int((~taken).sum()) - int(rows.unread.sum()),
        unread=int(rows.unread.sum()),
        remarks=(*told, *_groups_told(groups, table)),
    )
    return Reading(table, account)


def _rows(grid: Grid, meaning: Meaning, groups: Groups) -> tuple[_Rows, int]:
    """The rows that say something of a pupil, and how many rows with scores name no group."""
    read = [scores_of(grid.columns[at]) for at in meaning.scores]
    values = np.column_stack([one.values for one in read])
    unread = np.column_stack([one.unread for one in read])
    pupils = _pupils(grid, meaning)
    scored = ~np.isnan(values).all(axis=1)
    says = scored | unread.any(axis=1)
    if pupils is not None:
        says |= pupils != NOBODY
        # Whoever has no code of their own is nobody else either.
        alone = pupils == NOBODY
        pupils[alone] = pupils.max(initial=0) + 1 + np.arange(alone.sum(), dtype=np.int32)
    at = np.flatnonzero(says & (groups.of_row != NOBODY))
    of_pupils = None if pupils is None else pupils[at]
    kept = _Rows(groups.of_row[at], of_pupils, values[at], unread[at], at)
    return kept, int((scored & (groups.of_row == NOBODY)).sum())


def _pupils(grid: Grid, meaning: Meaning) -> Codes | None:
    """A number for each different pupil code, or name with birth date; NOBODY where blank."""
    if not meaning.pupil:
        return None
    found: NDArray[np.int64] | None = None
    blank = np.ones(grid.rows, np.bool_)
    for place in meaning.pupil:
        column = grid.columns[place]
        blank &= np.array([not text.strip() for text in column.texts], np.bool_)[column.codes]
        if found is None:
            found = column.codes.astype(np.int64)
        else:
            pairs = found * len(column.texts) + column.codes
            found = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    assert found is not None
    return np.where(blank, NOBODY, found).astype(np.int32)


def _of_wide(
    grid: Grid, meaning: Meaning, groups: Groups, rows: _Rows
) -> tuple[ScoreTable, list[Problem]]:
    told: list[Problem] = []
    keep = np.ones(len(rows.at), np.bool_)
    if rows.pupils is not None and meaning.has_codes:
        keep, twice, different = _without_copies(rows)
        if twice:
            told.append(Problem("pupils-twice", details={"count": twice}))
        if different.size:
            place = grid.place(int(rows.at[different[0]]))
            told.append(Problem("pupils-differ", details={"count": different.size, "place": place}))
    subjects = _names([grid.header[at] for at in meaning.scores], meaning.scores)
    return ScoreTable(groups.names, subjects, rows.groups[keep], rows.values[keep]), told


def _without_copies(rows: _Rows) -> tuple[Bools, int, NDArray[np.intp]]:
    """Which rows to keep, how many copies go, and rows of known pupils that say otherwise."""
    assert rows.pupils is not None
    keep = np.ones(len(rows.at), np.bool_)
    places = _pairs(rows.groups, rows.pupils)
    _, firsts, which = np.unique(places, return_index=True, return_inverse=True)
    later = np.flatnonzero(np.arange(len(places)) != firsts[which])
    first = firsts[which[later]]
    same = (
        (rows.values[later] == rows.values[first])
        | (np.isnan(rows.values[later]) & np.isnan(rows.values[first]))
    ).all(axis=1)
    keep[later[same]] = False
    return keep, int(same.sum()), later[~same]


def _of_long(
    grid: Grid, meaning: Meaning, groups: Groups, rows: _Rows
) -> tuple[ScoreTable, list[Problem]]:
    """One row per pupil of a group; several scores of one subject become their mean, and told."""
    assert meaning.subject is not None
    told: list[Problem] = []
    column = grid.columns[meaning.subject]
    subjects, subject_of = named_places(Column(column.texts, column.codes[rows.at]))
    if len(subjects) > _SUBJECTS:
        raise FileRefused("too-many-subjects", limit=_SUBJECTS)
    values = rows.values[:, 0]
    if rows.pupils is None:
        told.append(Problem("no-pupil-column"))
        pupils: NDArray[np.int64] = np.arange(len(rows.at))
    else:
        pupils = _pairs(rows.groups, rows.pupils)
    _, firsts, pupil_of = np.unique(pupils, return_index=True, return_inverse=True)
    taken = ~np.isnan(values)
    lost = int((taken & (subject_of == NOBODY)).sum())
    if lost:
        told.append(Problem("rows-without-subject", details={"count": lost}))
    taken &= subject_of != NOBODY
    cells = pupil_of[taken] * len(subjects) + subject_of[taken]
    size = len(firsts) * len(subjects)
    counts = np.bincount(cells, minlength=size)
    sums = np.bincount(cells, weights=values[taken], minlength=size)
    if several := int((counts > 1).sum()):
        told.append(Problem("several-scores", details={"count": several}))
    means = np.divide(sums, counts, out=np.full(size, np.nan), where=counts > 0)
    # In the order in which the pupils came first.
    order = np.argsort(firsts, kind="stable")
    scores = means.reshape(len(firsts), len(subjects)).astype(np.float32)[order]
    return ScoreTable(groups.names, subjects, rows.groups[firsts[order]], scores), told


def _pairs(groups: Codes, pupils: Codes) -> NDArray[np.int64]:
    """One number for each pupil of a group: the same code in two groups is two pupils."""
    return groups.astype(np.int64) * (int(pupils.max(initial=0)) + 2) + pupils + 1


def _names(words: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """Headers as names of subjects; a name that comes twice says where it stands."""
    letters = [reference(0, at)[:-1] for at in places]
    often = Counter(words)
    return tuple(
        f"{word} ({letter})" if often[word] > 1 else word
        for word, letter in zip(words, letters, strict=True)
    )


def _without_empty(table: ScoreTable) -> ScoreTable:
    """Without the groups that have no score, and the subjects that nobody took."""
    taken = ~np.isnan(table.scores)
    there = np.unique(table.group_of[taken.any(axis=1)])
    places = np.full(len(table.groups), NOBODY, np.int32)
    places[there] = np.arange(len(there), dtype=np.int32)
    group_of = places[table.group_of]
    rows, columns = np.flatnonzero(group_of != NOBODY), np.flatnonzero(taken.any(axis=0))
    return ScoreTable(
        tuple(table.groups[place] for place in there),
        tuple(table.subjects[at] for at in columns),
        group_of[rows],
        np.ascontiguousarray(table.scores[rows][:, columns]),
    )


def _check(grid: Grid, table: ScoreTable, taken: Bools) -> None:
    if not taken.any():
        raise FileRefused("no-scores-found", columns=listed(grid))
    if len(table.groups) == 1:
        raise FileRefused("only-one-group", group=table.groups[0], columns=listed(grid))
    if np.bincount(table.group_of).max() == 1:
        raise FileRefused("groups-of-one", columns=listed(grid))


def _left_out(meaning: Meaning) -> Iterator[Problem]:
    for code, words in (
        ("totals-left-out", meaning.totals),
        ("columns-left-out", meaning.left_out),
    ):
        if words:
            yield Problem(code, details={"columns": ", ".join(word[:40] for word in words[:20])})


def _unread(grid: Grid, meaning: Meaning, rows: _Rows) -> Iterator[Problem]:
    found = np.argwhere(rows.unread)
    if not len(found):
        return
    examples = []
    for row, place in found[:_EXAMPLES]:
        column, at = grid.columns[meaning.scores[place]], int(rows.at[row])
        examples.append(f"{grid.place(at)}: “{column.texts[column.codes[at]][:30]}”")
    yield Problem("cells-unread", details={"count": len(found), "examples": "; ".join(examples)})


def _groups_told(groups: Groups, table: ScoreTable) -> Iterator[Problem]:
    there = set(table.groups)
    empty = [name for name in groups.names if name not in there]
    sizes = np.bincount(table.group_of)
    alone = [table.groups[at] for at in np.flatnonzero(sizes == 1)]
    for code, names in (("groups-without-scores", empty), ("groups-alone", alone)):
        if names:
            told = ", ".join(names[:_NAMES]) + ("…" if len(names) > _NAMES else "")
            yield Problem(code, details={"count": len(names), "groups": told})
