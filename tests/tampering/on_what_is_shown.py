"""Attacks on what people look at: read models, evidence files and accounts."""

from pathlib import Path

from sqlalchemy import text

from tests.school import VINH
from tests.tampering.attack import LOOKING, NOBODY, Needs, attack
from tests.tampering.scene import Scene
from tests.tampering.small_school import PAPERS
from web.access.accounts import Account, Accounts


def _edit(scene: Scene, statement: str, **values: object) -> None:
    with scene.engine.begin() as connection:
        assert connection.execute(text(statement), values).rowcount, "changes something"


def _papers(scene: Scene) -> list[Path]:
    """The kept evidence files."""
    return sorted(scene.place.data.glob("evidence/*/*"))


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def edit_a_mark_that_is_shown(scene: Scene) -> None:
    _edit(scene, "UPDATE gradebook_cell SET mark = '10.0' WHERE mark = '0.0'")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def remove_a_mark_that_is_shown(scene: Scene) -> None:
    _edit(scene, "DELETE FROM gradebook_cell WHERE mark = '0.0'")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def add_a_mark_that_is_shown(scene: Scene) -> None:
    _edit(
        scene,
        "INSERT INTO gradebook_cell SELECT sheet_id, pupil, 'final', '10.0', version, by, role,"
        " on_behalf_of, at, position, changes, correction_id, before_correction, unconfirmed_for"
        " FROM gradebook_cell WHERE mark = '0.0'",
    )


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def show_a_locked_column_as_open(scene: Scene) -> None:
    _edit(scene, "DELETE FROM gradebook_column")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def edit_who_is_shown_to_have_corrected(scene: Scene) -> None:
    other = str(VINH.person)
    _edit(
        scene, "UPDATE history_line SET person = :other WHERE kind = 'mark-corrected'", other=other
    )


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def remove_an_unlock_from_the_history(scene: Scene) -> None:
    _edit(scene, "DELETE FROM history_line WHERE kind = 'sheet-unlocked'")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def show_a_correction_as_refused(scene: Scene) -> None:
    _edit(scene, "UPDATE corrections_request SET status = 'refused'")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def show_work_as_done(scene: Scene) -> None:
    _edit(scene, "UPDATE progress_pupil SET filled = 1023")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-ahead")
def let_what_is_shown_stand_still(scene: Scene) -> None:
    _edit(scene, "UPDATE projection SET position = 1000")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-differs")
def let_what_is_shown_forget_how_far_it_read(scene: Scene) -> None:
    _edit(scene, "UPDATE projection SET position = 18")


@attack(Needs.SQL, found_by=LOOKING, shown_as="projection-malformed")
def drop_a_table_that_is_shown(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE gradebook_cell")


@attack(Needs.SQL, found_by=NOBODY, shown_as="projection-not-compared")
def edit_a_mark_and_claim_another_program_showed_it(scene: Scene) -> None:
    _edit(scene, "UPDATE gradebook_cell SET mark = '10.0' WHERE mark = '0.0'")
    _edit(scene, "UPDATE projection SET version = 1000 WHERE name = 'gradebook'")


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-altered")
def swap_the_content_of_evidence(scene: Scene) -> None:
    one, other = _papers(scene)
    one_content, other_content = one.read_bytes(), other.read_bytes()
    one.write_bytes(other_content)
    other.write_bytes(one_content)


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-altered")
def edit_evidence(scene: Scene) -> None:
    _papers(scene)[0].write_bytes(PAPERS[0] + b" (8.5)")


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-missing")
def remove_evidence(scene: Scene) -> None:
    _papers(scene)[0].unlink()


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-missing")
def put_other_evidence_under_its_own_name(scene: Scene) -> None:
    _papers(scene)[0].rename(_papers(scene)[1].with_name("f" * 64))


@attack(Needs.FILES, found_by=NOBODY, shown_as="evidence-orphaned")
def add_evidence_that_no_line_names(scene: Scene) -> None:
    _papers(scene)[0].with_name("f" * 64).write_bytes(b"%PDF-1.4 something else")


@attack(Needs.SQL, found_by=NOBODY)
def open_an_account_for_oneself(scene: Scene) -> None:
    accounts = Accounts(scene.engine, lambda _person, _moment: frozenset())
    accounts.create(Account(VINH.person, "vinhpt"), "mat-khau-moi-cua-vinh")
