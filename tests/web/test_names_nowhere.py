"""Every page, answer and export there is: who is erased stands on none, who is restricted on one.

All routes of the table are asked for, so that a page written later is looked at as well.
"""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx2
import pytest
from sqlalchemy import Engine, MetaData, select

from ledger.privacy.commands import RestrictPersonalData
from tests.browser.scope_stage import decide_once
from tests.browser.stage import Stage, copied_stage
from tests.school import KHOA
from tests.web.conftest import SignIn
from tests.web.filed import OLD, file_old_dossier
from tests.web.leavers import (
    CLASS,
    CORRECTION,
    ERASURE,
    MATHS,
    NGA,
    NGA_IS,
    PERSONAL,
    YEAR,
    ask_to_erase,
    decides,
    erase,
    evidence_of,
    open_old_year,
)
from tests.web.routes_table import PLACES, ROWS, Row
from tests.web.supervised import open_supervised, propose
from web.commands.showing import lines_between, show

ROOT = Path(__file__).parents[2]
HERE: Mapping[str, str] = {
    **PLACES,
    "sheet_id": str(MATHS),
    "pupil": str(NGA),
    "school_year": YEAR,
    "class_group": CLASS,
    "grade": "9",
    "correction_id": str(CORRECTION),
    "erasure_id": str(ERASURE),
    "unsent": "0" * 32,
}
# What the rows name in words, or what takes a question to show anybody.
MORE = (
    f"/lop/{YEAR}/{CLASS}/tai-thoi-diem",
    f"/lop/{YEAR}/{CLASS}/so-sanh?tu=1&den=100000",
    f"/so-diem/{MATHS}/tai-thoi-diem?dong=100000",
    f"/so-diem/{MATHS}/so-sanh?tu=1&den=100000",
    f"/kiem-tra/{YEAR}/{CLASS}/2018-12",
    f"/kiem-tra?nam={YEAR}",
    f"/tien-do?hoc_ki={YEAR}.1",
    f"/tien-do/nhom/lop/{CLASS}?hoc_ki={YEAR}.1",
    f"/tien-do/nhac?hoc_ki={YEAR}.1",
    f"/khoa?hoc_ki={YEAR}.1",
    f"/khoa/xem-truoc?nam={YEAR}&hoc_ki=1",
    f"/ket-qua?nam={YEAR}",
    f"/ket-qua/{YEAR}/{CLASS}/hoc-ki-1",
    f"/chu-nhiem/{YEAR}/{CLASS}/ren-luyen?ki=hoc-ki-1",
    f"/chu-nhiem/{YEAR}/{CLASS}/chuyen-can?thang=2018-12",
    f"/lich-su?lop={CLASS}",
    "/lich-su?tu_choi=true",
    "/de-nghi?muc=da-xong",
    f"/ho-so?nam={YEAR}&muc=tat-ca",
    f"/ho-so/so-dang-ky?nam={YEAR}",
    f"{PERSONAL}?nam={YEAR}&q=ng",
)
# Where a name stands that is not hidden; fewer would mean that the walk sees too little.
KNOWN_TO_SHOW = {
    f"/so-diem/{MATHS}",
    f"/so-diem/{MATHS}/lich-su",
    f"/so-diem/{MATHS}/tai-thoi-diem?dong=100000",
    f"/so-diem/{MATHS}/so-sanh?tu=1&den=100000",
    f"/so-diem/{MATHS}/o/{NGA}/midterm",
    f"/api/v1/sheets/{MATHS}",
    f"/de-nghi/{CORRECTION}",
    f"/lich-su?lop={CLASS}",
    f"/ho-so?nam={YEAR}&muc=tat-ca",
    f"/ho-so/so-dang-ky?nam={YEAR}",
    "/ho-so/luu-giu",
    f"/ho-so/luu-giu/{OLD}",
    f"/lop/{YEAR}/{CLASS}/tai-thoi-diem",
    f"/ket-qua/{YEAR}/{CLASS}/hoc-ki-1",
    f"/chu-nhiem/{YEAR}/{CLASS}/ren-luyen?ki=hoc-ki-1",
    f"/quan-tri/nam-hoc/{YEAR}/danh-sach/{CLASS}",
    f"/quan-tri/nam-hoc/{YEAR}/danh-sach/{CLASS}/{NGA}",
    f"{PERSONAL}?nam={YEAR}&q=ng",
    f"{PERSONAL}/hoc-sinh/{NGA}",
    f"{PERSONAL}/yeu-cau/{ERASURE}",
    PERSONAL,
    f"{PERSONAL}/so-theo-doi",
}


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a year long over, made once."""
    folder = tmp_path_factory.mktemp("leavers") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
        propose(stage)
        decide_once(stage)
        open_old_year(stage)
        file_old_dossier(stage)
        ask_to_erase(stage)
    return folder


def addresses(stage: Stage) -> Iterator[tuple[str, Row | None]]:
    file = evidence_of(stage)[0]
    line = stage.desk.history.of_cell(MATHS, NGA, "midterm")[0]
    here = {**HERE, "sha256": file, "position": str(line.position)}
    for row in ROWS:
        if row.method == "GET":
            yield row.path.format_map(here), row
    for address in MORE:
        yield address, None


def told(answer: httpx2.Response) -> str:
    """What an answer tells whoever reads it: its text, also that inside an archive."""
    kind = answer.headers.get("content-type", "")
    if "spreadsheet" in kind or "zip" in kind:
        with ZipFile(BytesIO(answer.content)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())
    if "json" in kind:
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.text


def shows_nga(stage: Stage, signed_in: SignIn) -> set[str]:
    """Every address under which anything stands that identifies Ngà."""
    principal, found = signed_in("ngoc"), set()
    for address, row in addresses(stage):
        answer = principal.get(address)
        if answer.status_code == 403 and row:
            answer = signed_in(row.right).get(address)
        if any(words in told(answer) for words in NGA_IS):
            found.add(address)
    return found


def terminal_shows_nga(stage: Stage, capsys: pytest.CaptureFixture[str]) -> bool:
    for as_json in (False, True):
        lines = lines_between(stage.desk, first=1, last=None)
        show(stage.desk, lines, with_names=True, as_json=as_json)
    said = capsys.readouterr().out
    return any(words in said for words in NGA_IS)


def database_holds_nga(engine: Engine) -> bool:
    """Whether any column of any table has it in the clear."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        values = (
            value
            for table in tables.tables.values()
            for row in connection.execute(select(table))
            for value in row
        )
        texts = (v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in values)
        return any(words in text for text in texts for words in NGA_IS)


def test_who_is_erased_stands_nowhere(
    stage: Stage, signed_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shows_nga(stage, signed_in) >= KNOWN_TO_SHOW
    assert terminal_shows_nga(stage, capsys)
    erase(stage)
    assert shows_nga(stage, signed_in) == set()
    assert not terminal_shows_nga(stage, capsys)
    assert not database_holds_nga(stage.desk.engine)


def test_who_is_restricted_stands_on_the_pages_of_personal_data_alone(
    stage: Stage, signed_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    decides(stage, KHOA, RestrictPersonalData, pupil=NGA, reason="Đơn của phụ huynh")
    shown = shows_nga(stage, signed_in)
    assert {address for address in shown if not address.startswith(PERSONAL)} == set()
    assert shown == {address for address in KNOWN_TO_SHOW if address.startswith(PERSONAL)}
    assert not terminal_shows_nga(stage, capsys)


def test_the_secretary_is_not_shown_who_is_restricted(stage: Stage, signed_in: SignIn) -> None:
    decides(stage, KHOA, RestrictPersonalData, pupil=NGA, reason="Đơn của phụ huynh")
    page = signed_in("mai").get(f"{PERSONAL}/hoc-sinh/{NGA}").text
    assert not any(words in page for words in NGA_IS)
    assert "Học sinh đã hạn chế xử lí #008101" in page


def test_the_rows_of_hidden_pupils_can_be_told_apart(stage: Stage, signed_in: SignIn) -> None:
    erase(stage)
    page = signed_in("ngoc").get(f"/so-diem/{MATHS}").text
    assert "(đã xóa dữ liệu cá nhân) #008101" in page
    assert "Tạ Quang Minh" in page


def test_only_the_places_that_hide_names_ask_for_them() -> None:
    """Matching a file needs what is known; whatever is shown goes through `web.names`."""
    asking = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "web").rglob("*.py")
        if any(f"people.{what}(" in path.read_text() for what in ("pupils", "pupil_names"))
    }
    assert asking == {
        "web/corrections/proposing.py",
        "web/names.py",
        "web/results/next_year.py",
        "web/routes/year_pupils.py",
        "web/spreadsheets/class_list_import.py",
        "web/spreadsheets/importing.py",
    }
