"""The signals of the demo school: found by the screen, acted on by its leaders, shown on pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.signals.facts import SignalStatus
from ledger.signals.finding import SignalKind
from tests.browser.stage import Clock, Stage, sign_in_cookie
from tests.web.conftest import SignIn, client_of
from web.app import create_app
from web.demo.creation import PASSWORD
from web.demo.days import SCHOOL_YEAR, november
from web.demo.school import demo_school
from web.desk import open_desk
from web.settings import Settings
from web.signals.found import FoundSignals

LIST = f"/bat-thuong/{SCHOOL_YEAR}"
MONTH = f"{LIST}/bao-cao/2026-11"


@pytest.fixture(scope="module")
def stage(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A copy of the demo, on the evening of its last day."""
    folder = tmp_path_factory.mktemp("demo-signals") / "school"
    shutil.copytree(demo_folder, folder)
    clock = Clock(november(20, 17))
    desk = open_desk(Settings.in_folder(folder), clock=clock)
    yield Stage(desk, clock)
    desk.engine.dispose()


@pytest.fixture(scope="module")
def signed_in(stage: Stage) -> SignIn:
    """Sign in by the post in the story."""
    app, school = create_app(stage.desk), demo_school()
    return lambda post: client_of(
        app, sign_in_cookie(stage, school.staff[post].username, password=PASSWORD)
    )


@pytest.fixture(scope="module")
def found(stage: Stage) -> FoundSignals:
    return FoundSignals.of(stage.desk, SCHOOL_YEAR, stage.desk.names())


def test_every_state_of_a_signal_can_be_looked_at(found: FoundSignals) -> None:
    assert {one.status for one in found.signals} == {
        *(SignalStatus.NEW, SignalStatus.ASKED, SignalStatus.ANSWERED),
        *(SignalStatus.ESCALATED, SignalStatus.CLOSED),
    }


def test_strongest_come_first_and_what_is_closed_last(found: FoundSignals) -> None:
    open_ones = [one for one in found.signals if one.status is not SignalStatus.CLOSED]
    assert list(found.signals[: len(open_ones)]) == open_ones
    assert [one.q for one in open_ones] == sorted(one.q for one in open_ones)


def test_every_signal_has_a_page_with_the_lines_behind_it(
    found: FoundSignals, signed_in: SignIn
) -> None:
    leader = signed_in("hiệu-phó-2")
    shown = leader.get(LIST).text
    for one in found.signals:
        assert f"{LIST}/{one.signal_id}" in shown
        page = leader.get(f"{LIST}/{one.signal_id}")
        assert page.status_code == 200
        assert all(f"#dong-{position}" in page.text for position in one.positions[:20])


def test_where_a_page_leads_there_is_something(found: FoundSignals, signed_in: SignIn) -> None:
    leader = signed_in("hiệu-phó-2")
    (one,) = [
        one
        for one in found.signals
        if (one.kind, one.class_group) == (SignalKind.CHANGED_OFTEN, "7A3")
    ]
    page = leader.get(f"{LIST}/{one.signal_id}").text
    links = {link for link in page.split('href="') if link.startswith(("/so-diem", "/pho-diem"))}
    paths = {link.partition('"')[0].partition("#")[0].replace("&amp;", "&") for link in links}
    for path in sorted(paths)[:12]:
        assert leader.get(path).status_code == 200


def test_the_month_tells_all_of_them_and_waits_for_the_principal(
    stage: Stage, found: FoundSignals, signed_in: SignIn
) -> None:
    principal = signed_in("hiệu-trưởng")
    page = principal.get(MONTH).text
    assert all(f"{LIST}/{one.signal_id}" in page for one in found.signals)
    (report,) = stage.desk.ledger.signals(SCHOOL_YEAR).reports["2026-11"]
    assert len(report.submitted.signals) == len(found.signals)
    assert principal.get(f"{MONTH}/{report.submitted.sha256}.pdf").status_code == 200
    home = principal.get("/").text
    assert "1 dấu hiệu chờ bạn kết luận" in home
    assert "Báo cáo tháng 11/2026 chờ bạn nhận" in home


def test_a_month_that_is_over_waits_to_be_reported(signed_in: SignIn) -> None:
    home = signed_in("hiệu-phó-2").get("/").text
    assert f'href="{LIST}/bao-cao/2026-10">Chưa báo cáo' in home
    assert f'href="{LIST}?tt=new"' in home


def test_the_asked_teacher_finds_the_question(signed_in: SignIn) -> None:
    teacher = signed_in("gdcd-1")
    assert "1 câu hỏi chờ bạn trả lời" in teacher.get("/").text
    assert "Hai cột thường xuyên giống hệt nhau" in teacher.get("/toi/cau-hoi").text
