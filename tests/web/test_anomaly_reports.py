"""The monthly report: submitted as it was shown, kept byte for byte, received by the principal."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.school.calendar import local_day
from ledger.signals.commands import CloseSignal, MarkSignalSeen
from ledger.signals.facts import SignalOutcome, SignalStatus
from ledger.signals.finding import Place
from ledger.signals.state import Report
from ledger.verification import verify
from tests.browser.stage import Stage, copied_stage
from tests.opened_year import SCHOOL_YEAR
from tests.school import DUC, NGOC
from tests.web.conftest import SignIn
from tests.web.dossiers.programs import text_of
from tests.web.published import describe
from tests.web.signalled import LIST, NOTED, QUESTION, SIGNAL, acts, answer, ask_lan
from tests.web.supervised import MATHS_6A2, open_supervised
from web.signals.found import FoundSignals
from web.signals.paper import ReportPaper, draw
from web.signals.report import LISTED_AT_MOST, MonthReport

MONTH = "2026-10"
PAGE = f"{LIST}/bao-cao/{MONTH}"
REMARK = "Đã hỏi giáo viên, chưa thấy vi phạm"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an open semester and a name, made once."""
    folder = tmp_path_factory.mktemp("reports") / "school"
    with copied_stage(built_school, folder) as stage:
        open_supervised(stage)
        describe(stage)
    return folder


def shown(client: TestClient) -> str:
    """What the page says that it shows."""
    return client.get(PAGE).text.partition('name="shown" value="')[2].partition('"')[0]


def submit(client: TestClient, *, form_id: str = "", **fields: str) -> httpx2.Response:
    sent = {"remark": REMARK, "shown": shown(client), **fields}
    return client.post(f"{PAGE}/gui", data={"command_id": form_id or str(uuid4()), **sent})


def receive(client: TestClient, digest: str, resolution: str = "Đồng ý") -> httpx2.Response:
    sent = {"command_id": str(uuid4()), "sha256": digest, "resolution": resolution}
    return client.post(f"{PAGE}/nhan", data=sent)


def reports(stage: Stage) -> tuple[Report, ...]:
    return stage.desk.ledger.signals(SCHOOL_YEAR).reports.get(MONTH, ())


def found(stage: Stage) -> FoundSignals:
    return FoundSignals.of(stage.desk, SCHOOL_YEAR, stage.desk.names())


def wrong_files(stage: Stage) -> list[str]:
    """What a verification says of the files of evidence."""
    told = verify(stage.desk.engine, evidence=stage.desk.evidence).findings
    return [one.code for one in told if one.code.startswith("evidence")]


def file_of(stage: Stage) -> bytes:
    """The file of the newest report."""
    return stage.desk.evidence.read(reports(stage)[-1].submitted.sha256)


def test_a_report_is_kept_as_it_was_submitted_and_received(
    stage: Stage, signed_in: SignIn, tmp_path: Path
) -> None:
    ask_lan(stage)
    answer(stage)
    duc, ngoc = signed_in("duc"), signed_in("ngoc")
    assert submit(duc).status_code == 303
    (report,) = reports(stage)
    digest = report.submitted.sha256
    assert [(one.signal_id, one.status) for one in report.submitted.signals] == [
        (SIGNAL, SignalStatus.ANSWERED)
    ]
    file = ngoc.get(f"{PAGE}/{digest}.pdf")
    assert (file.status_code, sha256(file.content).hexdigest()) == (200, digest)
    text = " ".join(text_of(file.content, tmp_path).split())
    for words in (REMARK, QUESTION, "Trần Thị Ngọc Lan", "Vũ Minh Đức"):
        assert words in text
    assert "chờ bạn nhận" in ngoc.get("/").text
    assert receive(ngoc, digest).status_code == 303
    assert [act.text for act in reports(stage)[0].received] == ["Đồng ý"]
    assert "hiệu trưởng đã nhận" in duc.get(f"{LIST}/bao-cao").text


def test_a_form_sent_twice_is_one_report(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    duc, form_id = signed_in("duc"), str(uuid4())
    assert submit(duc, form_id=form_id).status_code == 303
    stage.clock.forward(seconds=2)
    assert submit(duc, form_id=form_id).status_code == 303
    assert len(reports(stage)) == 1


def test_the_same_report_has_the_same_bytes(stage: Stage) -> None:
    ask_lan(stage)
    described = stage.desk.ledger.school().described_on(local_day(stage.clock()))
    assert described is not None
    paper = ReportPaper(
        report=MonthReport.of(found(stage), MONTH),
        numbers={},
        school=described,
        school_year=SCHOOL_YEAR,
        remark=REMARK,
        by="Vũ Minh Đức",
        at=stage.clock(),
        head=stage.desk.ledger.recorder.head(),
        address=None,
    )
    names = stage.desk.names()
    assert draw(paper, names) == draw(paper, names)
    later = replace(paper, at=stage.clock() + timedelta(minutes=1))
    assert draw(later, names) != draw(paper, names)


def test_only_what_was_shown_is_submitted(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    duc = signed_in("duc")
    before = shown(duc)
    answer(stage)
    kept = stage.desk.evidence.digests()
    page = submit(duc, shown=before)
    assert (page.status_code, REMARK in page.text) == (409, True)
    assert reports(stage) == ()
    assert stage.desk.evidence.digests() == kept


def test_a_later_report_stands_beside_and_alone_is_received(
    stage: Stage, signed_in: SignIn
) -> None:
    ask_lan(stage)
    duc, ngoc = signed_in("duc"), signed_in("ngoc")
    submit(duc)
    answer(stage)
    submit(duc, remark="Giáo viên đã trả lời")
    first, second = (one.submitted.sha256 for one in reports(stage))
    assert receive(ngoc, first).status_code == 409
    assert receive(ngoc, second).status_code == 303
    assert ngoc.get(f"{PAGE}/{first}.pdf").status_code == 200
    assert ngoc.get(f"{PAGE}/{'0' * 64}.pdf").status_code == 404


def test_the_password_is_asked_for_again(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    duc = signed_in("duc")
    stage.clock.forward(minutes=6)
    page = submit(duc)
    assert (page.status_code, "mật khẩu" in page.text) == (403, True)
    assert reports(stage) == ()


def test_nobody_else_reports_or_receives(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    assert submit(signed_in("ngoc")).status_code == 403
    submit(signed_in("duc"))
    assert receive(signed_in("duc"), reports(stage)[0].submitted.sha256).status_code == 403


@pytest.mark.parametrize(("month", "status"), [("2026-11", 409), ("2031-01", 409), ("x", 409)])
def test_a_month_is_reported_once_it_has_begun(signed_in: SignIn, month: str, status: int) -> None:
    duc = signed_in("duc")
    assert duc.get(f"{LIST}/bao-cao/{month}").status_code == status
    assert f"/bao-cao/{month}" not in duc.get(f"{LIST}/bao-cao").text


def test_a_pupil_has_a_number_on_paper_and_no_name(
    stage: Stage, signed_in: SignIn, tmp_path: Path
) -> None:
    listed = stage.desk.gradebook.sheet(MATHS_6A2)
    assert listed is not None
    number, pupil = listed.pupils[1].number, listed.pupils[1].pupil
    name = stage.desk.names().pupil(pupil)
    about = NOTED.model_copy(update={"place": Place(sheet=MATHS_6A2, pupil=pupil)})
    acts(stage, DUC, MarkSignalSeen, finding=about)
    assert submit(signed_in("duc")).status_code == 303
    text = " ".join(text_of(file_of(stage), tmp_path).split())
    assert f"học sinh số {number}" in text
    assert name not in text
    assert name in signed_in("duc").get(LIST).text


def test_what_was_closed_in_another_month_is_reported_no_more(stage: Stage) -> None:
    ask_lan(stage)
    acts(stage, NGOC, CloseSignal, outcome=SignalOutcome.INNOCENT, reason=REMARK)
    october, november = (MonthReport.of(found(stage), month) for month in (MONTH, "2026-11"))
    assert (october.total, october.outcomes) == (1, {SignalOutcome.INNOCENT: 1})
    assert (october.asked, october.answered, october.count(SignalStatus.CLOSED)) == (1, 0, 1)
    assert november.total == 0


def test_a_report_lists_no_more_than_a_line_has_room_for(stage: Stage) -> None:
    ask_lan(stage)
    few = found(stage)
    many = replace(few, signals=few.signals * (LISTED_AT_MOST + 7))
    report = MonthReport.of(many, MONTH)
    assert (len(report.listed), report.unlisted) == (LISTED_AT_MOST, 7)
    assert report.total == LISTED_AT_MOST + 7


def test_a_verification_knows_the_file_and_misses_it(stage: Stage, signed_in: SignIn) -> None:
    ask_lan(stage)
    submit(signed_in("duc"))
    assert not wrong_files(stage)
    stage.desk.evidence.remove(reports(stage)[0].submitted.sha256)
    assert wrong_files(stage) == ["evidence-missing"]
    lost = signed_in("duc").get(f"{PAGE}/{reports(stage)[0].submitted.sha256}.pdf")
    assert lost.status_code == 404
