"""Attacks on the lines themselves."""

from dataclasses import replace
from uuid import uuid4

from tests.tampering.attack import EVERYBODY, LOOKING, NOBODY, REMEMBERING, Needs, attack
from tests.tampering.scene import (
    A_MARK,
    ITS_NEIGHBOUR,
    LAST,
    LAST_SEALED,
    LOCKED,
    Rehash,
    Row,
    Scene,
)

BETTER = "10.0"
MARKS = tuple(f"{mark}.0" for mark in range(2, 10))


def better(rows: list[Row], position: int = A_MARK) -> None:
    """Give the pupil another mark than the teacher entered."""
    rows[position - 1] = rows[position - 1].saying(after=BETTER)


def _numbered(rows: list[Row]) -> list[Row]:
    """Positions and versions without a gap, in the order that the rows have."""
    versions: dict[str, int] = {}
    numbered = []
    for position, row in enumerate(rows, 1):
        versions[row.stream] = versions.get(row.stream, 0) + 1
        numbered.append(replace(row, position=position, version=versions[row.stream]))
    return numbered


@attack(Needs.SQL, found_by=LOOKING, shown_as="leaf-differs")
def edit_a_line(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        better(rows)
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="head-root-differs")
def edit_a_line_and_its_leaf(scene: Scene) -> None:
    with scene.lines(Rehash.LEAVES) as rows:
        better(rows)
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-differs")
def edit_a_line_and_rehash_everything(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        better(rows)
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="leaf-differs")
def edit_only_a_leaf(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[A_MARK - 1] = replace(rows[A_MARK - 1], leaf=bytes(32))


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="position-missing")
def delete_a_line(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        del rows[A_MARK - 1]


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-differs")
def delete_a_line_and_renumber(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        del rows[LOCKED - 1]
        rows[:] = _numbered(rows)
    scene.hide()


@attack(Needs.SQL, found_by=LOOKING, shown_as="line-without-command")
def add_a_line_without_a_command(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        rows[:] = _numbered([*rows, rows[-1].saying(column="regular-2")])
    scene.projections().catch_up()


@attack(Needs.SQL, found_by=NOBODY)
def add_a_line_as_the_program_would(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        told = rows[-1].saying(column="regular-2").written(command=str(uuid4()))
        rows[:] = _numbered([*rows, told])
    scene.hide()


@attack(Needs.SQL, found_by=NOBODY, shown_as="moment-goes-back")
def add_a_line_dated_back(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        told = rows[-1].saying(column="regular-2").written(command=str(uuid4()))
        rows[:] = _numbered([*rows, told.written(at="2026-10-05T02:00:00+00:00")])
    scene.hide()


@attack(Needs.SQL, found_by=NOBODY)
def add_a_line_dated_ahead(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        told = rows[-1].saying(column="regular-2").written(command=str(uuid4()))
        rows[:] = _numbered([*rows, told.written(at="2036-10-05T02:00:00+00:00")])
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-differs")
def squeeze_a_line_between_and_renumber(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        told = rows[A_MARK - 1].saying(column="regular-2").written(command=str(uuid4()))
        rows.insert(A_MARK, told)
        rows[:] = _numbered(rows)
    scene.hide()


@attack(Needs.APPLICATION, found_by=LOOKING, shown_as="position-missing")
def claim_a_place_ahead_of_the_head(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows.append(replace(rows[-1], position=LAST + 5, version=rows[-1].version + 1).hashed())


@attack(Needs.SQL, found_by=LOOKING, shown_as="leaf-differs")
def swap_two_lines(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        one, other = rows[A_MARK - 1], rows[ITS_NEIGHBOUR - 1]
        rows[A_MARK - 1] = replace(one, state=other.state)
        rows[ITS_NEIGHBOUR - 1] = replace(other, state=one.state)


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-differs")
def swap_two_lines_and_rehash(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        rows[A_MARK - 1], rows[A_MARK + 1] = rows[A_MARK + 1], rows[A_MARK - 1]
        rows[:] = _numbered(rows)
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="position-missing")
def renumber_a_line(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[A_MARK - 1] = rows[A_MARK - 1].at(LAST + 1)


@attack(Needs.SQL, found_by=LOOKING, shown_as="leaf-differs")
def move_a_line_to_another_stream(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[LAST - 1] = replace(rows[LAST - 1], stream=str(uuid4()), version=1)


@attack(Needs.SQL, found_by=LOOKING, shown_as="leaf-differs")
def change_a_topic(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[LOCKED - 1] = replace(rows[LOCKED - 1], topic="attempt-refused")


@attack(Needs.SQL, found_by=LOOKING, shown_as="version-out-of-order")
def change_a_version(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[LAST - 1] = replace(rows[LAST - 1], version=99)


@attack(Needs.SQL, found_by=LOOKING, shown_as="line-malformed", on=["sqlite"])
def store_a_text_where_bytes_belong(scene: Scene) -> None:
    scene.tell("UPDATE event SET state = CAST(state AS TEXT) WHERE position = :at", at=A_MARK)


@attack(Needs.FILES, found_by=LOOKING, shown_as="leaf-differs", on=["sqlite"])
def edit_the_bytes_of_the_file(scene: Scene) -> None:
    scene.engine.dispose()
    place = scene.place.data / "ledger.db"
    content = place.read_bytes()
    assert b'"after":"6.5"' in content
    place.write_bytes(content.replace(b'"after":"6.5"', b'"after":"9.5"'))


@attack(Needs.SQL, found_by=LOOKING, shown_as="fact-unreadable")
def blank_a_line(scene: Scene) -> None:
    with scene.lines(Rehash.NOTHING) as rows:
        rows[A_MARK - 1] = replace(rows[A_MARK - 1], state=b"")


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="head-position-differs")
def empty_the_ledger(scene: Scene) -> None:
    with scene.unguarded() as connection:
        connection.exec_driver_sql("DELETE FROM event")


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-beyond-end")
def cut_off_published_lines(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        del rows[LAST_SEALED - 3 :]
    scene.hide()


@attack(Needs.SQL, found_by=NOBODY)
def cut_off_unpublished_lines(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        del rows[LAST_SEALED:]
    scene.hide()


@attack(Needs.SQL, found_by=EVERYBODY, shown_as="checkpoint-differs")
def cut_off_published_lines_and_refill(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        kept, last = rows[: LAST_SEALED - 3], rows[-1]
        added = [last.saying(after=mark).written(command=str(uuid4())) for mark in MARKS]
        rows[:] = _numbered([*kept, *added])
    scene.hide()


@attack(Needs.SQL, found_by=NOBODY)
def rewrite_unpublished_lines(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        better(rows, LAST)
    scene.hide()


@attack(Needs.SQL, found_by=REMEMBERING, shown_as="remembered-beyond-end")
def restore_an_old_backup(scene: Scene) -> None:
    scene.restore_yesterday()


@attack(Needs.SQL, found_by=REMEMBERING, shown_as="remembered-differs")
def restore_an_old_backup_and_go_on(scene: Scene) -> None:
    scene.restore_yesterday()
    with scene.lines(Rehash.EVERYTHING) as rows:
        last = rows[-1]
        added = [last.saying(after=mark).written(command=str(uuid4())) for mark in 3 * MARKS]
        rows[:] = _numbered([*rows, *added])
    scene.hide()
