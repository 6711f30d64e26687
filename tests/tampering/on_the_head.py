"""Attacks on the head, on the recorded commands and on the triggers that guard them all."""

from sqlalchemy import insert, select

from ledger.store import tables
from ledger.trust.merkle import Frontier
from tests.tampering.attack import LOOKING, LOOKING_AND_SERVER, NOBODY, Needs, attack
from tests.tampering.scene import A_MARK, LAST, Scene


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-position-differs")
def move_the_head_back(scene: Scene) -> None:
    scene.tell("UPDATE head SET position = position - 1")


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-position-differs")
def move_the_head_ahead(scene: Scene) -> None:
    scene.tell("UPDATE head SET position = position + 5")


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-root-differs")
def give_the_head_another_tree(scene: Scene) -> None:
    other = Frontier().extended([bytes([number]) * 32 for number in range(LAST)])
    scene.tell("UPDATE head SET frontier = :other", other=other.to_bytes())


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-malformed")
def blank_the_head(scene: Scene) -> None:
    scene.tell("UPDATE head SET frontier = :nothing", nothing=b"")


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-not-one")
def remove_the_head(scene: Scene) -> None:
    scene.tell("DELETE FROM head")


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="head-not-one")
def add_a_second_head(scene: Scene) -> None:
    with scene.unguarded() as connection:
        (row,) = connection.execute(select(tables.head)).all()
        if scene.on_postgresql:
            connection.exec_driver_sql("ALTER TABLE head DROP CONSTRAINT head_id_check")
        else:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.execute(insert(tables.head).values(row._asdict() | {"id": 2}))
        if not scene.on_postgresql:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


@attack(Needs.SQL, found_by=LOOKING, shown_as="command-out-of-place")
def let_a_command_claim_more(scene: Scene) -> None:
    scene.tell(
        "UPDATE command SET last_position = :last WHERE last_position = :at", last=LAST, at=2
    )


@attack(Needs.SQL, found_by=LOOKING, shown_as="line-without-command")
def remove_a_command(scene: Scene) -> None:
    scene.tell("DELETE FROM command WHERE first_position = :at", at=A_MARK)


@attack(Needs.SQL, found_by=LOOKING, shown_as="command-differs")
def rename_a_command(scene: Scene) -> None:
    other = "00000000-0000-4000-8000-00000000ffff"
    with scene.unguarded() as connection:
        statement = tables.command.update().where(tables.command.c.last_position == 1)
        assert connection.execute(statement.values(command_id=other)).rowcount == 1


@attack(Needs.SQL, found_by=LOOKING, shown_as="command-out-of-place")
def add_a_command_of_no_lines(scene: Scene) -> None:
    with scene.unguarded() as connection:
        connection.execute(
            insert(tables.command).values(
                command_id="00000000-0000-4000-8000-00000000ffff",
                digest=bytes(32),
                first_position=LAST + 1,
                last_position=LAST + 1,
            )
        )


@attack(Needs.SQL, found_by=NOBODY)
def change_the_digest_of_a_command(scene: Scene) -> None:
    scene.tell("UPDATE command SET digest = :other", other=bytes(32))


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-fallen")
def drop_the_triggers(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        scene.fell_guards(connection)


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-fallen", on=["postgresql"])
def put_a_trigger_to_sleep(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER event_only_grows")


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-fallen", on=["postgresql"])
def hollow_out_the_triggers(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        )


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-unknown", on=["postgresql"])
def doctor_new_lines_by_a_trigger(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION doctor() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN NEW.topic := ''sheet-unlocked''; RETURN NEW; END';"
            "CREATE TRIGGER doctor BEFORE INSERT ON event"
            " FOR EACH ROW EXECUTE FUNCTION doctor()"
        )


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-unknown")
def drop_new_lines_silently(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        if scene.on_postgresql:
            connection.exec_driver_sql("CREATE RULE lose AS ON INSERT TO event DO INSTEAD NOTHING")
        else:
            connection.exec_driver_sql(
                "CREATE TRIGGER lose BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END"
            )


@attack(Needs.SQL, found_by=LOOKING, shown_as="guard-unknown", on=["postgresql"])
def hide_lines_by_row_security(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE event ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY hide ON event USING (position <> {A_MARK})"
        )


@attack(Needs.SQL, found_by=LOOKING, shown_as="not-a-ledger")
def put_a_view_in_the_place_of_the_lines(scene: Scene) -> None:
    other = "replace(CAST(state AS TEXT), '6.5', '9.5')"
    if scene.on_postgresql:
        other = "convert_to(replace(convert_from(state, 'UTF8'), '6.5', '9.5'), 'UTF8')"
    with scene.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE event RENAME TO event_as_written")
        connection.exec_driver_sql(
            "CREATE VIEW event AS SELECT position, originator_id, originator_version, topic,"
            f" {other} AS state, leaf_hash FROM event_as_written"
        )
