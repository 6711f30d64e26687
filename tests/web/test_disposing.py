"""What an erasure says is gone is gone, after a crash and after an old copy came back too.

And nothing else is: every line and every proof stay.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Table, insert, select

from ledger.people import StaffMember
from ledger.proving import prove
from ledger.store.naming import lines_naming
from ledger.trust.merkle import leaf_hash
from ledger.trust.policy import Policy
from ledger.vault import vault_box, vault_code, vault_key
from ledger.verification.vault import VaultCheck
from ledger.verification.verifying import Report, verify
from tests.browser.stage import STAFF, Clock, Stage
from tests.staff import join
from tests.web import dying_eraser
from tests.web.leavers import MATHS, MINH, NGA, ask_to_erase, erase, evidence_of, open_old_year
from tests.web.published import describe
from web.desk import open_desk
from web.settings import Settings

VAULT: tuple[Table, ...] = (vault_key, vault_box, vault_code)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url, tmp_path / "data")


@contextmanager
def opened(settings: Settings) -> Iterator[Stage]:
    """The school as a process finds it that starts now."""
    clock = Clock()
    desk = open_desk(settings, clock=clock)
    yield Stage(desk, clock)
    desk.engine.dispose()


@pytest.fixture
def stage(settings: Settings) -> Iterator[Stage]:
    """A school with a year long over, in which Ngà is asked to be erased."""
    with opened(settings) as stage:
        for username in ("lan", "hoa", "mai", "ngoc", "khoa"):
            voice, family, given = STAFF[username]
            member = StaffMember(person_id=voice.person, family_name=family, given_name=given)
            stage.desk.people.register_staff([member])
            join(stage.desk, voice.person, voice.author.role)
        open_old_year(stage)
        ask_to_erase(stage)
        yield stage


def is_gone(stage: Stage, *files: str) -> bool:
    """Whether nothing that is personal is kept of Ngà, and Minh is still there."""
    desk = stage.desk
    assert desk.names().pupil(MINH) == "Tạ Quang Minh"
    return not desk.vault.known_of([NGA]) and desk.evidence.digests().isdisjoint(files)


def rows_of_the_vault(stage: Stage) -> dict[str, list[dict[str, object]]]:
    with stage.desk.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in VAULT
        }


@pytest.mark.parametrize("step", ["keys", "evidence"])
def test_a_process_that_dies_after_the_line_leaves_nothing_to_the_next(
    stage: Stage, settings: Settings, step: str
) -> None:
    files = evidence_of(stage)
    dies = [sys.executable, dying_eraser.__file__, settings.url, str(settings.data_folder), step]
    dead = subprocess.run(dies, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert dead.returncode == dying_eraser.DIED
    assert NGA in stage.desk.ledger.privacy().erased
    assert not is_gone(stage, *files)
    assert stage.desk.names().pupil(NGA) == "(đã xóa dữ liệu cá nhân) #008101"
    with opened(settings) as later:
        assert is_gone(later, *files)


def test_an_older_copy_that_comes_back_is_cleared_at_the_next_start(
    stage: Stage, settings: Settings
) -> None:
    files, before = evidence_of(stage), rows_of_the_vault(stage)
    photos = [stage.desk.evidence.read(one) for one in files]
    erase(stage)
    assert is_gone(stage, *files)
    of_nga = {
        name: [row for row in rows if row["person_id"] == NGA] for name, rows in before.items()
    }
    with stage.desk.engine.begin() as connection:
        for table in VAULT:
            connection.execute(insert(table), of_nga[table.name])
    for photo in photos:
        stage.desk.evidence.put(photo)
    assert not is_gone(stage, *files)
    with opened(settings) as later:
        assert is_gone(later, *files)


def test_every_proof_still_verifies(stage: Stage) -> None:
    desk = stage.desk
    describe(stage)
    desk.publisher.publish()
    mark = desk.history.of_cell(MATHS, NGA, "midterm")[0].position
    lines, before = desk.ledger.recorder.head().position, lines_naming(desk.engine, NGA)
    old = prove(mark, recorder=desk.ledger.recorder, checkpoints=desk.checkpoints, keys=desk.keys)
    assert verified(stage).is_clean
    erase(stage)
    desk.publisher.publish()
    new = prove(mark, recorder=desk.ledger.recorder, checkpoints=desk.checkpoints, keys=desk.keys)
    assert new.entry == old.entry
    policy = Policy(logs={desk.keys.log_keys()[-1].verifier: None})
    for each in (old, new):
        assert each.proof.verify(leaf_hash(each.entry), policy).checkpoint.size >= mark
    report = verified(stage)
    assert report.is_clean, report.findings
    assert report.lines == lines + 1
    assert lines_naming(desk.engine, NGA)[: len(before)] == before


def verified(stage: Stage) -> Report:
    desk = stage.desk
    return verify(
        desk.engine,
        evidence=desk.evidence,
        more=[lambda _: VaultCheck(desk.keys.vault_key())],
    )
