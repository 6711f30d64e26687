"""Which column of a table is the group, the pupil, a score; what is left out, and why."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from web.screening.grid import Column, Grid
from web.screening.scores import judged
from web.screening.words import Role, bare, level_of, parts_of, role_of
from web.spreadsheets.cells import reference
from web.spreadsheets.problem import FileRefused

_MOST: Final = 100.0  # no scale of a school goes further; what does is a number of another kind
_DIFFERENT: Final = 5_000  # texts; scores repeat, numbers of pupils do not
_SAMPLE: Final = 1_000  # texts
_SHARE: Final = 0.8  # of the cells that say anything must be scores


@dataclass(frozen=True, slots=True)
class Meaning:
    """Columns by their places. A long table has `subject` and one place in `scores`."""

    group: int | None
    pupil: tuple[int, ...]
    has_codes: (
        bool  # whether the pupil columns are a code, or a name with whatever stands beside it
    )
    subject: int | None
    scores: tuple[int, ...]
    totals: tuple[str, ...]
    left_out: tuple[str, ...]


def meaning_of(grid: Grid, asked: str | None) -> Meaning:
    """What the columns mean; `asked` names the group column, by header, letter or number."""
    roles = [role_of(word) for word in grid.header]
    named = None if not asked else column_named(grid, asked)
    if named is not None:
        roles[named] = Role.GROUP
    words = {bare(word) for word in grid.header}
    for at, word in enumerate(grid.header):
        if roles[at] is Role.KNOWN_SUBJECT and not words.isdisjoint(parts_of(word)):
            roles[at] = Role.TOTAL
    group = _group(grid, roles) if named is None else named
    if group is not None:
        _leave_out_what_groups_have_in_common(grid, roles, group)
    pupils = [at for at, role in enumerate(roles) if role in {Role.CODE, Role.NAME}]
    codes = [at for at in pupils if roles[at] is Role.CODE and _holds_codes(grid.columns[at])]
    names = tuple(at for at in pupils if at not in codes)
    subject = _only(roles, Role.SUBJECT)
    score = _only(roles, Role.SCORE)
    if subject is not None and score is not None:
        scores: tuple[int, ...] = (score,)
    else:
        subject = None
        scores = tuple(at for at, role in enumerate(roles) if _is_scores(grid.columns[at], role))
    used = {group, subject, *codes[:1], *names, *scores}
    others = [at for at in range(len(roles)) if at not in used and grid.header[at]]
    return Meaning(
        group=group,
        pupil=(codes[0],) if codes else names,
        has_codes=bool(codes),
        subject=subject,
        scores=scores,
        totals=tuple(grid.header[at] for at in others if roles[at] is Role.TOTAL),
        left_out=tuple(grid.header[at] for at in others if roles[at] is not Role.TOTAL),
    )


def column_named(grid: Grid, asked: str) -> int:
    """The column that a person means: its header, its letter or its number; raises FileRefused."""
    wanted = bare(asked)
    for at, word in enumerate(grid.header):
        if wanted and bare(word) == wanted:
            return at
    for at in range(len(grid.header)):
        if asked.strip().upper() in {reference(0, at)[:-1], str(at + 1)}:
            return at
    raise FileRefused("no-such-column", text=asked.strip()[:80], columns=listed(grid))


def listed(grid: Grid) -> str:
    """The headers with their letters, for whoever has to choose one."""
    named = [(reference(0, at)[:-1], word) for at, word in enumerate(grid.header) if word]
    return ", ".join(f"{word[:40]} ({letters})" for letters, word in named)


def _group(grid: Grid, roles: list[Role | None]) -> int | None:
    """The column of the widest groups among those that tell rows apart."""
    places = [at for at, role in enumerate(roles) if role is Role.GROUP]
    places.sort(key=lambda at: level_of(grid.header[at]))
    apart = (at for at in places if len({bare(text) for text in grid.columns[at].texts} - {""}) > 1)
    return next(apart, places[0] if places else None)


def _leave_out_what_groups_have_in_common(grid: Grid, roles: list[Role | None], group: int) -> None:
    """An unknown column that never differs inside a group tells of the group: a code, a region."""
    of = grid.columns[group].codes
    for at, column in enumerate(grid.columns):
        if roles[at] is not None or not len(of):
            continue
        first = np.zeros(int(of.max()) + 1, column.codes.dtype)
        first[of[::-1]] = column.codes[::-1]
        if (column.codes == first[of]).all() and len(of) > len(grid.columns[group].texts):
            roles[at] = Role.NO_SCORE


def _holds_codes(column: Column) -> bool:
    """Whether most texts have a digit: under "Thí sinh" there may be numbers or names."""
    said = [text for text in column.texts[:_SAMPLE] if text.strip()]
    return 2 * sum(any(map(str.isdigit, text)) for text in said) > len(said)


def _only(roles: list[Role | None], role: Role) -> int | None:
    return roles.index(role) if role in roles else None


def _is_scores(column: Column, role: Role | None) -> bool:
    if role in {Role.KNOWN_SUBJECT, Role.SCORE}:
        return True
    return role is None and _looks_like_scores(column)


def _looks_like_scores(column: Column) -> bool:
    """Whether an unknown column holds numbers such as scores are, and does not just count."""
    if len(column.texts) > _DIFFERENT:
        return False
    judgements = [judged(text) for text in column.texts]
    values = np.array([np.inf if one is None else one for one in judgements])
    counts = np.bincount(column.codes, minlength=len(values))
    said, taken = ~np.isnan(values), np.isfinite(values)
    if not taken.any() or values[taken].max() > _MOST:
        return False
    counts_rows = len(column.codes) > 2 and np.array_equal(
        values[column.codes], np.arange(1, len(column.codes) + 1)
    )
    return not counts_rows and bool(counts[taken].sum() >= _SHARE * counts[said].sum())
