"""What a verification finds in the vault, by really putting there what must not be there."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, delete, insert, select, update

from ledger.line import Fact, Line
from ledger.people import People, Pupil, StaffMember
from ledger.privacy.facts import Ground, PersonalDataErased, Requester
from ledger.recovery.manifest import manifest
from ledger.school.facts import ClassListSet, StaffJoined
from ledger.sealing import MasterKey, new_key
from ledger.sheet.facts import NumberedPupil
from ledger.store.database import writing
from ledger.store.keys import KeyFolder
from ledger.store.reading import reading
from ledger.vault import Vault, metadata, open_vault, vault_box, vault_code, vault_key
from ledger.verification import CODES
from ledger.verification.checks import Batch
from ledger.verification.source import Source
from ledger.verification.vault import VaultCheck
from ledger.vocabulary import CommandId, Role
from tests.every_privacy_fact import ERASURE, RETENTION
from tests.school import AN, BAO, CHI, KHOA, LAN, NOW, numbered_id

FIRST_DAY = date(2026, 9, 5)
NAMED: tuple[Fact, ...] = (
    StaffJoined(person=LAN.person, roles=(Role.SUBJECT_TEACHER,), since=FIRST_DAY),
    ClassListSet(
        class_group="6A1",
        pupils=tuple(NumberedPupil(pupil=one, number=n) for n, one in enumerate((AN, BAO), 1)),
        since=FIRST_DAY,
    ),
)
ERASED = PersonalDataErased(
    erasure_id=ERASURE,
    pupil=AN,
    requested_by=Requester.PARENT,
    ground=Ground.REQUEST,
    left_on=FIRST_DAY,
    retention=RETENTION,
    evidence=(),
)


class Cabinet:
    """A vault with two pupils and a teacher, and hands that reach into its tables."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        keys = KeyFolder(folder / "keys")
        self.vault: Vault = open_vault(engine, keys)
        self.master_key = keys.vault_key()
        people = People(self.vault)
        people.register_staff(
            [StaffMember(person_id=LAN.person, family_name="Lê", given_name="Lan", code="GV01")]
        )
        people.register_pupils(
            Pupil(pupil_id=pupil, code=name, family_name="Trần", given_name=name)
            for pupil, name in ((AN, "An"), (BAO, "Bảo"))
        )

    def found(self, *facts: Fact, key: bytes | None = None, known: bool = True) -> list[str]:
        """The codes found and where, after these facts and those that name everybody."""
        check = VaultCheck((key or self.master_key) if known else None)
        with reading(self.engine) as connection:
            findings = [*check.take(batch_of(*NAMED, *facts))]
            findings += check.finish(Source(connection))
        assert {finding.code for finding in findings} <= CODES.keys()
        self.checked: Mapping[str, int] = check.checked
        return [f"{finding.code} {finding.where}" for finding in findings]

    def rows(self, table: Table) -> list[dict[str, object]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]


@pytest.fixture
def cabinet(engine: Engine, tmp_path: Path) -> Cabinet:
    return Cabinet(engine, tmp_path)


def batch_of(*facts: Fact) -> Batch:
    lines = [
        Line(numbered_id(1), position, fact, KHOA.author, NOW, CommandId(numbered_id(2)), position)
        for position, fact in enumerate(facts, 1)
    ]
    return Batch([()] * len(lines), lines)


def test_a_vault_that_nobody_touched_is_clean(cabinet: Cabinet) -> None:
    assert cabinet.found() == []
    assert cabinet.checked == {"vault-keys": 3, "vault-boxes": 6}


def test_who_was_erased_is_not_missed(cabinet: Cabinet) -> None:
    cabinet.vault.erase(AN)
    assert cabinet.found(ERASED) == []


def test_who_was_erased_and_still_has_a_key_is_found(cabinet: Cabinet) -> None:
    assert cabinet.found(ERASED) == [f"vault-erased-person {AN}"]


def test_who_is_gone_without_a_fact_is_found(cabinet: Cabinet) -> None:
    cabinet.vault.erase(AN)
    cabinet.vault.seal({BAO: {"pupil-name": None}})
    assert cabinet.found() == [f"vault-person-missing {AN}", f"vault-person-missing {BAO}"]


def test_without_the_master_key_it_is_seen_who_has_a_key(cabinet: Cabinet) -> None:
    assert cabinet.found(known=False) == ["vault-key-not-given vault.key"]
    assert cabinet.checked == {"vault-keys": 3}
    cabinet.vault.erase(BAO)
    assert cabinet.found(ERASED, known=False)[1:] == [
        f"vault-erased-person {AN}",
        f"vault-person-missing {BAO}",
    ]


def test_the_master_key_of_another_school_is_told_once(cabinet: Cabinet) -> None:
    assert cabinet.found(key=new_key()) == ["vault-key-of-another vault.key"]


@pytest.mark.parametrize("sealed", ["box", "wrapped"])
def test_what_was_altered_or_is_anothers_is_found(cabinet: Cabinet, sealed: str) -> None:
    table = vault_box if sealed == "box" else vault_key
    of = {(row["person_id"], row.get("field", "")): row[sealed] for row in cabinet.rows(table)}
    field = "pupil-name" if sealed == "box" else ""
    mine, others = of[AN, field], of[BAO, field]
    assert isinstance(mine, bytes)
    turned = mine[:-1] + bytes([mine[-1] ^ 1])
    place = table.c.person_id == AN
    if field:
        place &= table.c.field == field
    for put in (turned, others, mine[:-1], b""):
        with writing(cabinet.engine) as connection:
            connection.execute(update(table).where(place).values({sealed: put}))
        where = f"{AN} · {field}" if field else f"{AN}"
        code = "vault-box-closed" if field else "vault-key-closed"
        assert cabinet.found() == [f"{code} {where}"]


def test_a_box_or_a_code_of_nobody_is_found(cabinet: Cabinet) -> None:
    lookup = MasterKey(cabinet.master_key).lookup("pupil-code", "Chi")
    with writing(cabinet.engine) as connection:
        connection.execute(insert(vault_box).values(person_id=CHI, field="pupil-name", box=b"x"))
        connection.execute(
            insert(vault_code).values(kind="pupil-code", lookup=lookup, person_id=CHI)
        )
    expected = [
        f"vault-box-orphaned {CHI} · pupil-name",
        f"vault-code-differs {CHI} · pupil-code",
    ]
    assert cabinet.found() == expected
    assert cabinet.found(known=False)[1:] == expected


def test_a_code_by_which_another_is_found_is_found(cabinet: Cabinet) -> None:
    lookup = MasterKey(cabinet.master_key).lookup("pupil-code", "An")
    with writing(cabinet.engine) as connection:
        connection.execute(
            update(vault_code).where(vault_code.c.lookup == lookup).values(person_id=BAO)
        )
    assert sorted(cabinet.found()) == [
        f"vault-code-differs {AN} · pupil-code",
        f"vault-code-differs {BAO} · pupil-code",
    ]
    with writing(cabinet.engine) as connection:
        connection.execute(delete(vault_code).where(vault_code.c.lookup == lookup))
    assert cabinet.found() == [f"vault-code-differs {AN} · pupil-code"]


def test_a_backup_whose_keys_lie_apart_lacks_nothing(cabinet: Cabinet) -> None:
    manifest.create(cabinet.engine)
    vault_key.drop(cabinet.engine)
    assert cabinet.found() == ["vault-keys-apart vault_key"]


def test_a_table_that_is_gone_is_found(cabinet: Cabinet) -> None:
    vault_code.drop(cabinet.engine)
    assert cabinet.found() == ["vault-missing vault_code"]
    metadata.drop_all(cabinet.engine)
    assert cabinet.found() == ["vault-missing vault_key, vault_box, vault_code"]
