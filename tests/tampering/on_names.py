"""Attacks on what is personal: the vault's keys, boxes and codes, and the comments in it."""

import os
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, delete, select, update

from ledger.people import People, Pupil
from ledger.sealing import MasterKey, PersonKey
from ledger.store.database import writing
from ledger.vault import open_vault, vault_box, vault_code, vault_key
from tests.school import AN, BAO
from tests.tampering.attack import LOOKING, NOBODY, Needs, attack
from tests.tampering.scene import Rehash, Scene

_NAME = "pupil-name"
_RENAMED = Pupil(pupil_id=AN, code="HS01", family_name="Phạm Văn", given_name="Khác")


def _box(connection: Connection, person: UUID, field: str) -> bytes:
    asked = select(vault_box.c.box).where(_is(person, field))
    return bytes(connection.execute(asked).scalar_one())


def _put(connection: Connection, person: UUID, field: str, box: bytes) -> None:
    statement = update(vault_box).where(_is(person, field)).values(box=box)
    assert connection.execute(statement).rowcount == 1


def _is(person: UUID, field: str) -> ColumnElement[bool]:
    return (vault_box.c.person_id == person) & (vault_box.c.field == field)


def _comment_of(connection: Connection, person: UUID) -> str:
    asked = select(vault_box.c.field).where(vault_box.c.person_id == person)
    fields: list[str] = [one for one in connection.scalars(asked) if one.startswith("comment-")]
    return fields[0]


def _key_of(scene: Scene, connection: Connection, person: UUID) -> PersonKey:
    """What a thief of the vault's key opens."""
    master = MasterKey(scene.place.keys.vault_key())
    asked = select(vault_key.c.wrapped).where(vault_key.c.person_id == person)
    return PersonKey(person, master.unwrap(person, connection.execute(asked).scalar_one()))


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-box-closed")
def give_a_pupil_the_name_of_another(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        one, other = _box(connection, AN, _NAME), _box(connection, BAO, _NAME)
        _put(connection, AN, _NAME, other)
        _put(connection, BAO, _NAME, one)


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-key-closed")
def give_a_pupil_the_key_of_another(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        taken = select(vault_key.c.wrapped).where(vault_key.c.person_id == BAO).scalar_subquery()
        connection.execute(
            update(vault_key).where(vault_key.c.person_id == AN).values(wrapped=taken)
        )


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-box-closed")
def put_a_code_where_the_name_belongs(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        _put(connection, AN, _NAME, _box(connection, AN, "pupil-code"))


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-code-differs")
def let_a_code_lead_to_another_pupil(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        other = update(vault_code).where(vault_code.c.person_id == AN).values(person_id=BAO)
        assert connection.execute(other).rowcount == 1


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-person-missing")
def erase_a_pupil_without_a_fact(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        for table in (vault_key, vault_box, vault_code):
            connection.execute(delete(table).where(table.c.person_id == AN))


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-box-orphaned")
def destroy_only_the_key_of_a_pupil(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        connection.execute(delete(vault_key).where(vault_key.c.person_id == AN))


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-erased-person")
def keep_a_pupil_after_the_erasure(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        erased = {
            "erasure_id": str(uuid4()),
            "pupil": str(AN),
            "requested_by": "parent",
            "ground": "request-of-the-person",
            "left_on": "2026-10-01",
            "retention": {"years": 5, "legal_basis": "Theo quy định"},
            "evidence": [],
        }
        stream = "c3f1d2a8-5b0e-4e47-9a6d-81f4b27e60c5"
        rows.append(rows[-1].after(stream, "personal-data-erased", erased))
    scene.hide()


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-missing")
def drop_the_vault(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        for table in (vault_key, vault_box, vault_code):
            connection.exec_driver_sql(f"DROP TABLE {table.name}")


@attack(Needs.FILES, found_by=LOOKING, shown_as="vault-key-of-another")
def swap_the_key_of_the_vault(scene: Scene) -> None:
    (scene.place.data / "keys" / "vault.key").write_text(os.urandom(32).hex())


@attack(Needs.SQL, found_by=NOBODY)
def put_an_older_name_back(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        before = _box(connection, AN, _NAME)
    People(open_vault(scene.engine, scene.place.keys)).change_pupils([_RENAMED])
    with writing(scene.engine) as connection:
        _put(connection, AN, _NAME, before)


@attack(Needs.VAULT_KEY, found_by=NOBODY)
def rename_a_pupil_with_the_key_of_the_vault(scene: Scene) -> None:
    People(open_vault(scene.engine, scene.place.keys)).change_pupils([_RENAMED])


@attack(Needs.SQL, found_by=LOOKING, shown_as="vault-box-closed")
def edit_a_comment(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        field = _comment_of(connection, AN)
        _put(connection, AN, field, _box(connection, AN, field)[:-1] + b"\0")


@attack(Needs.VAULT_KEY, found_by=LOOKING, shown_as="vault-comment-differs")
def edit_a_comment_with_the_key_of_the_vault(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        field, key = _comment_of(connection, AN), _key_of(scene, connection, AN)
        text = key.open(field, _box(connection, AN, field))
        _put(connection, AN, field, key.seal(field, text.replace("chăm", "lười")))


@attack(Needs.SQL, found_by=NOBODY)
def remove_a_comment(scene: Scene) -> None:
    with writing(scene.engine) as connection:
        connection.execute(delete(vault_box).where(_is(AN, _comment_of(connection, AN))))
