"""A school sets itself up through its pages, and no name, code or birth date is kept in clear."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.people import Pupil, StaffMember
from tests.clear_text import in_clear, in_files, in_tables, names_of
from tests.school import AN, BAO, LAN, NGOC, SHEET
from tests.web.conftest import client_of
from tests.web.spreadsheets import school as schools
from tests.web.spreadsheets.school import YEAR
from tests.web.spreadsheets.workbooks import table
from tests.web.test_setup_imports import LISTS, MANY, OWN, STAFF, confirm, signed_in, upload
from web.app import create_app
from web.desk import Desk, open_desk
from web.names import UNKNOWN
from web.settings import Settings

COMMENT = "Em rất chăm chỉ, hay giúp bạn."


@pytest.fixture
def lived(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Give a school where people have been registered in every way that pages offer."""
    desk = schools.school(Settings(database_url, tmp_path))
    browser = signed_in(client_of(create_app(desk)), desk, NGOC)
    ticked = {"differences_seen": "true", "new_classes_seen": "true", "take": "0100000001"}
    answer = confirm(browser, LISTS, upload(browser, LISTS, MANY).text, **ticked)
    assert answer.status_code == 303
    hired = table(OWN, (1, "Đỗ Thị Quỳnh Anh", "", "Giáo viên bộ môn"))
    assert confirm(browser, STAFF, upload(browser, STAFF, hired).text).status_code == 200
    desk.comments.keep({AN: COMMENT, BAO: COMMENT})
    yield desk
    desk.engine.dispose()


def people_of(desk: Desk) -> tuple[list[Pupil], list[StaffMember]]:
    classes = desk.ledger.year(YEAR).classes.values()
    pupils = desk.people.pupils(pupil for group in classes for pupil in group.places)
    return [*pupils.values()], [*desk.people.staff_members().values()]


def kept(desk: Desk, folder: Path) -> dict[str, bytes]:
    return {**dict(in_files(folder)), **dict(in_tables(desk.engine))}


def test_what_is_looked_for_would_be_found(lived: Desk) -> None:
    pupils, _ = people_of(lived)
    assert in_clear("… Nguyễn Hoài Ánh, 05/08/2015 …".encode(), names_of(pupils), pupils) == {
        "Nguyễn Hoài Ánh",
        "05/08/2015",
    }
    assert in_clear(b'{"birth":"2015-08-05","code":"0100000001"}', [], pupils) == {
        "2015-08-05",
        "0100000001",
    }


def test_no_table_and_no_file_names_anybody(lived: Desk, tmp_path: Path) -> None:
    pupils, staff = people_of(lived)
    assert {pupil.full_name for pupil in pupils} >= {"Nguyễn Hoài Ánh", "Lê Văn Đức"}
    assert LAN.person in {member.person_id for member in staff}
    told = [*names_of(pupils), *names_of(staff), COMMENT]
    found = {
        name: in_clear(content, told, pupils) for name, content in kept(lived, tmp_path).items()
    }
    assert {"event", "vault_box", "account", "vault.key"} <= found.keys()
    assert not {name: texts for name, texts in found.items() if texts}


def test_an_erased_pupil_is_gone_at_once_in_every_process(
    lived: Desk, database_url: str, tmp_path: Path
) -> None:
    other = open_desk(Settings(database_url, tmp_path), clock=lived.clock)
    browser = signed_in(client_of(create_app(other)), other, LAN)
    assert "Trần Quốc Bảo" in browser.get(f"/so-diem/{SHEET}").text
    lived.vault.erase(BAO)
    page = browser.get(f"/so-diem/{SHEET}").text
    assert "Trần Quốc Bảo" not in page
    assert UNKNOWN in page
    other.engine.dispose()
