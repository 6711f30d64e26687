"""A school with one class of three pupils and its sheet, for files to be imported into."""

from ledger.people import Pupil, StaffMember
from tests.school import AN, BAO, CHI, HOA, KHOA, LAN, MAI, NOW, VINH
from tests.web.spreadsheets.workbooks import PUPILS
from web.desk import Desk, open_desk
from web.settings import Settings


def school(settings: Settings) -> Desk:
    """Open the school; who asked for it disposes of its engine."""
    desk = open_desk(settings, clock=lambda: NOW)
    desk.people.register_pupils(
        Pupil(pupil_id=pupil, code=code, family_name=family, given_name=given)
        for pupil, (code, family, given) in zip((AN, BAO, CHI), PUPILS, strict=True)
    )
    desk.people.enrol("2026-2027", "6A1", [AN, BAO, CHI])
    desk.people.register_staff(
        StaffMember(person_id=voice.person, family_name="Phạm Thị", given_name="Thu")
        for voice in (LAN, VINH, HOA, KHOA, MAI)
    )
    desk.handle(KHOA.opens())
    return desk
