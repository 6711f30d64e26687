"""The vault: what is sealed opens where it belongs; what is destroyed is in no file any more."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, Table, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from ledger.store.database import open_database, writing
from ledger.store.keys import KeyExposed, KeyFolder, KeyMissing, KeyOfAnother
from ledger.store.tables import head
from ledger.vault import NotInVault, Texts, Vault, open_vault, vault_box, vault_code, vault_key
from tests.school import AN, BAO, CHI

NAME = "pupil-name"
CODE = "pupil-code"
AN_AND_BAO: Mapping[UUID, Mapping[str, str]] = {
    AN: {NAME: "Trần Thị An", CODE: "0012345678"},
    BAO: {NAME: "Lê Bảo", CODE: "0012345679"},
}


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_what_is_sealed_opens_by_person_and_field(vault: Vault) -> None:
    vault.admit(AN_AND_BAO)
    assert vault.open([NAME, CODE], [AN, BAO, CHI]) == AN_AND_BAO
    assert vault.open([NAME]) == {AN: {NAME: "Trần Thị An"}, BAO: {NAME: "Lê Bảo"}}
    assert vault.open([NAME], []) == {}
    assert vault.find(CODE, ["0012345679", "0"]) == {"0012345679": BAO}
    assert vault.find("staff-code", ["0012345679"]) == {}


def test_nothing_is_half_admitted(vault: Vault, engine: Engine) -> None:
    vault.admit({AN: AN_AND_BAO[AN]})
    known: Mapping[UUID, Texts] = {BAO: {NAME: "Lê Bảo"}, AN: {NAME: "An"}}
    code_of_another: Mapping[UUID, Texts] = {BAO: {CODE: "0012345678"}}
    for again in (known, code_of_another):
        with pytest.raises(IntegrityError):
            vault.admit(again)
        assert vault.open([NAME, CODE]) == {AN: AN_AND_BAO[AN]}
        assert len(rows(engine, vault_key)) == 1


def test_a_stranger_is_told_or_left_out_and_the_others_are_not_half_done(vault: Vault) -> None:
    vault.admit({AN: AN_AND_BAO[AN]})
    told: Mapping[UUID, Texts] = {AN: {NAME: "Trần Thị Ân"}, BAO: {NAME: "Lê Bảo"}}
    with pytest.raises(NotInVault):
        vault.seal(told)
    assert vault.open([NAME]) == {AN: {NAME: "Trần Thị An"}}
    vault.seal(told, strangers_left_out=True)
    assert vault.open([NAME]) == {AN: {NAME: "Trần Thị Ân"}}


def test_a_box_moved_to_another_person_or_field_does_not_open(vault: Vault, engine: Engine) -> None:
    vault.admit(AN_AND_BAO)
    boxes = {(row["person_id"], row["field"]): row["box"] for row in rows(engine, vault_box)}

    def put(person: UUID, field: str, box: object) -> None:
        place = (vault_box.c.person_id == person) & (vault_box.c.field == field)
        with writing(engine) as connection:
            connection.execute(update(vault_box).where(place).values(box=box))

    put(AN, NAME, boxes[BAO, NAME])
    assert list(vault.open([NAME])) == [BAO]
    put(AN, NAME, boxes[AN, CODE])
    assert list(vault.open([NAME])) == [BAO]
    put(AN, NAME, boxes[AN, NAME])
    assert vault.open([NAME, CODE]) == AN_AND_BAO


def test_a_key_of_another_person_opens_nothing(vault: Vault, engine: Engine) -> None:
    vault.admit(AN_AND_BAO)
    keys = {row["person_id"]: row["wrapped"] for row in rows(engine, vault_key)}
    with writing(engine) as connection:
        connection.execute(
            update(vault_key).where(vault_key.c.person_id == AN).values(wrapped=keys[BAO])
        )
    assert list(vault.open([NAME])) == [BAO]


def test_after_erasing_no_copy_of_the_boxes_opens(vault: Vault, engine: Engine) -> None:
    vault.admit(AN_AND_BAO)
    copied = [row for row in rows(engine, vault_box) if row["person_id"] == AN]
    other_key = next(row["wrapped"] for row in rows(engine, vault_key) if row["person_id"] == BAO)
    assert vault.erase(AN)
    for table in (vault_key, vault_box, vault_code):
        assert all(row["person_id"] == BAO for row in rows(engine, table))
    assert vault.open([NAME, CODE]) == {BAO: AN_AND_BAO[BAO]}
    with writing(engine) as connection:
        connection.execute(insert(vault_box), copied)
    assert list(vault.open([NAME])) == [BAO]
    with writing(engine) as connection:
        connection.execute(insert(vault_key).values(person_id=AN, wrapped=other_key))
    assert list(vault.open([NAME])) == [BAO]


def test_erasing_again_is_no_error(vault: Vault) -> None:
    vault.admit({AN: AN_AND_BAO[AN]})
    assert vault.erase(AN)
    assert vault.erase(AN)
    assert vault.erase(uuid4())


def on_the_disk(engine: Engine) -> bytes:
    """All that a database's files hold: of the server, the file of the table of keys."""
    if engine.dialect.name == "sqlite":
        database = Path(str(engine.url.database))
        return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        place = "SELECT current_setting('data_directory'), pg_relation_filepath('vault_key')"
        return Path(*connection.exec_driver_sql(place).one()).read_bytes()


def test_a_destroyed_key_is_in_no_file_any_more(vault: Vault, engine: Engine) -> None:
    # So many, in no order, that pages are split and moved about.
    people = [uuid4() for _ in range(400)]
    for begin in range(0, 400, 40):
        part = people[begin : begin + 40]
        vault.admit({one: {NAME: f"Học sinh {one}", CODE: str(one)[:20]} for one in part})
    vault.seal({one: {NAME: f"Đổi tên {one}"} for one in people[::3]})
    held: dict[UUID, bytes] = {one["person_id"]: one["wrapped"] for one in rows(engine, vault_key)}
    erased = people[::50]
    for person in erased:
        assert vault.erase(person)
    found = on_the_disk(engine)
    assert {one for one in people if held[one] in found} == {*people} - {*erased}


@contextmanager
def an_older_reader(engine: Engine, table: Table) -> Iterator[None]:
    """Somebody whose transaction sees what was there before, and has read this table."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        connection.execute(select(table)).all()
        yield


@pytest.mark.parametrize("table", [vault_key, head], ids=["keys", "another table"])
def test_while_an_older_state_is_read_it_says_that_it_is_not_cleared(
    vault: Vault, engine: Engine, table: Table
) -> None:
    vault.admit(AN_AND_BAO)
    with an_older_reader(engine, table):
        assert not vault.erase(AN)
    assert vault.open([NAME]) == {BAO: {NAME: "Lê Bảo"}}
    assert vault.erase(AN)


def test_a_role_that_may_not_clear_a_table_says_so(postgresql_url: str, tmp_path: Path) -> None:
    name = f"t_{uuid4().hex}"
    owner = open_database(f"{postgresql_url}&schema={name}")
    vault = open_vault(owner, KeyFolder(tmp_path / "keys"))
    vault.admit(AN_AND_BAO)
    with owner.begin() as connection:
        for statement in (
            f"CREATE ROLE {name}",
            f"GRANT USAGE ON SCHEMA {name} TO {name}",
            f"GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA {name} TO {name}",
        ):
            connection.exec_driver_sql(statement)
    guest = open_database(f"{postgresql_url}&schema={name}&options=-crole%3D{name}")
    try:
        assert not open_vault(guest, KeyFolder(tmp_path / "keys")).erase(AN)
        assert vault.open([NAME]) == {BAO: {NAME: "Lê Bảo"}}
        assert vault.erase(AN)
    finally:
        guest.dispose()
        with owner.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
            connection.exec_driver_sql(f"DROP ROLE {name}")
        owner.dispose()


def test_the_server_keeps_no_samples_of_what_is_sealed(vault: Vault, engine: Engine) -> None:
    vault.admit({uuid4(): {NAME: str(number)} for number in range(50)})
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE vault_key, vault_box")
            sampled = "SELECT attname FROM pg_stats WHERE schemaname = current_schema()"
            columns = connection.exec_driver_sql(sampled).scalars().all()
            assert "field" in columns
            assert not {"wrapped", "box"} & {*columns}
    else:
        with engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
            assert not [name for name in tables if name.startswith("sqlite_stat")]


def test_names_of_a_class_are_one_question(vault: Vault, engine: Engine) -> None:
    people = [uuid4() for _ in range(45)]
    vault.admit({one: {NAME: str(one), CODE: str(one)} for one in people})
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2].split()[0]))
    assert len(vault.open([NAME, CODE], people)) == 45
    assert [each for each in asked if each != "BEGIN"] == ["SELECT"]


def test_what_is_sealed_while_somebody_erases_is_erased_too(vault: Vault, engine: Engine) -> None:
    people = [uuid4() for _ in range(20)]
    vault.admit({one: {NAME: str(one)} for one in people})

    def write_on() -> None:
        for number in range(5):
            vault.seal({one: {f"comment-{number}": "…"} for one in people}, strangers_left_out=True)

    with ThreadPoolExecutor() as others:
        writing_on = [others.submit(write_on) for _ in range(2)]
        for person in people:
            vault.erase(person)
        for one in writing_on:
            one.result()
    assert not any(rows(engine, table) for table in (vault_key, vault_box, vault_code))


class TestTheMasterKey:
    def test_an_empty_vault_makes_one_for_its_owner_alone(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        folder = KeyFolder(tmp_path / "keys")
        open_vault(engine, folder).admit(AN_AND_BAO)
        place = tmp_path / "keys" / "vault.key"
        assert place.stat().st_mode & 0o777 == 0o600
        assert len(bytes.fromhex(place.read_text())) == 32
        assert open_vault(engine, folder).open([NAME, CODE]) == AN_AND_BAO

    def test_a_missing_one_is_told_and_never_made_anew(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        folder = KeyFolder(tmp_path / "keys")
        open_vault(engine, folder).admit(AN_AND_BAO)
        place = tmp_path / "keys" / "vault.key"
        copied = place.read_bytes()
        place.unlink()
        with pytest.raises(KeyMissing, match=r"vault\.key"):
            open_vault(engine, folder)
        assert not place.exists()
        place.write_bytes(copied)
        place.chmod(0o600)
        assert open_vault(engine, folder).open([NAME, CODE]) == AN_AND_BAO

    @pytest.mark.parametrize("content", [f"{bytes(32).hex()}\n", "", "ab" * 31, "không phải khóa"])
    def test_the_one_of_another_school_or_a_damaged_one_is_told(
        self, engine: Engine, tmp_path: Path, content: str
    ) -> None:
        folder = KeyFolder(tmp_path / "keys")
        open_vault(engine, folder).admit(AN_AND_BAO)
        (tmp_path / "keys" / "vault.key").write_text(content)
        with pytest.raises(KeyOfAnother, match=r"vault\.key"):
            open_vault(engine, folder)

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
    def test_one_that_others_may_touch_is_told(
        self, engine: Engine, tmp_path: Path, mode: int
    ) -> None:
        folder = KeyFolder(tmp_path / "keys")
        open_vault(engine, folder)
        (tmp_path / "keys" / "vault.key").chmod(mode)
        with pytest.raises(KeyExposed, match=r"vault\.key"):
            open_vault(engine, folder)

    def test_one_damaged_key_of_a_person_does_not_close_the_school(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        folder = KeyFolder(tmp_path / "keys")
        open_vault(engine, folder).admit(AN_AND_BAO)
        with writing(engine) as connection:
            connection.execute(
                update(vault_key).where(vault_key.c.person_id == AN).values(wrapped=b"damaged")
            )
        assert list(open_vault(engine, folder).open([NAME])) == [BAO]

    def test_without_it_nothing_can_be_looked_up(self, vault: Vault, engine: Engine) -> None:
        vault.admit(AN_AND_BAO)
        stranger = Vault(engine, bytes(32))
        assert stranger.open([NAME]) == {}
        assert stranger.find(CODE, ["0012345678"]) == {}
