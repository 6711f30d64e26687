"""What a visitor of the demo finds of dossiers, and can do with them at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.dossiers.facts import PaperKind
from ledger.dossiers.state import DossierStatus
from ledger.signals.commands import signals_stream
from ledger.store.codec import to_line
from ledger.vocabulary import Role
from web.demo import casting
from web.demo.corrections import correction_of
from web.demo.creation import written_script
from web.demo.days import SCHOOL_YEAR
from web.demo.dossiers import PIN
from web.demo.school import School, demo_school
from web.desk import Desk, open_desk
from web.settings import Settings


@pytest.fixture(scope="module")
def school() -> School:
    return demo_school()


@pytest.fixture(scope="module")
def desk(demo_folder: Path) -> Iterator[Desk]:
    desk = open_desk(Settings.in_folder(demo_folder))
    yield desk
    desk.engine.dispose()


def test_dossiers_wait_for_each_who_has_to_act(desk: Desk) -> None:
    found = {(one.status, one.next_signer and one.next_signer.role) for one in desk.dossiers.list()}
    assert found == {
        (DossierStatus.ARCHIVED, None),
        (DossierStatus.AWAITS_PAPERS, None),
        (DossierStatus.AWAITS_SIGNATURES, Role.PRINCIPAL),
        (DossierStatus.AWAITS_SIGNATURES, Role.SUBJECT_TEACHER),
    }


def test_the_late_one_still_lacks_papers(desk: Desk, school: School) -> None:
    late = correction_of(school.sheet(*casting.EXECUTED_FOR_HOMEROOM))
    dossier = desk.ledger.dossiers(SCHOOL_YEAR).of[late]
    assert set(dossier.uncorrected) == {PaperKind.SCHOOL_RECORD, PaperKind.REPORT}


def test_the_key_of_the_principal_opens_with_the_pin_that_the_demo_tells(
    desk: Desk, school: School
) -> None:
    principal = school.person("hiệu-trưởng")
    desk.school_keys.open(principal, PIN, address="127.0.0.1", now=desk.clock())


def test_dossiers_are_filed_after_the_last_scene(desk: Desk, school: School) -> None:
    last = max(scene.at for scene in written_script(school).scenes)
    rows = desk.ledger.recorder.select_notifications(1, 100_000)
    later = [line for row in rows if (line := to_line(row)).at > last]
    # What the leaders do about signals comes later still.
    filed = [line for line in later if line.stream_id != signals_stream(SCHOOL_YEAR)]
    assert {line.fact.NAME for line in filed} == {
        *("authority-founded", "certificate-enrolled", "dossier-drafted", "dossier-signed"),
        *("paper-corrected", "dossier-archived"),
    }
