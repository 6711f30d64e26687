"""Monthly attendance: who may write it down, what an empty field says, what is frozen."""

from tests.browser.stage import Stage
from tests.opened_year import SCHOOL_YEAR
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from tests.web.test_consequences import PUPILS, approve, built_school

__all__ = ["built_school"]
PAGE = f"/chu-nhiem/{SCHOOL_YEAR}/6A3/chuyen-can?thang=2026-10"
ID = "00000000-0000-4000-8000-00000000d1d1"


def form(with_leave: str, without_leave: str, **more: str) -> dict[str, str]:
    first = PUPILS[0]
    return {"command_id": ID, f"co-{first}": with_leave, f"khong-{first}": without_leave, **more}


def counted(stage: Stage, place: int = 0) -> tuple[int, int]:
    results = stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3")
    entry = results.absences["2026-10"][PUPILS[place]]
    return entry.with_leave, entry.without_leave


def test_who_leads_sees_every_month_and_whether_it_is_recorded(signed_in: SignIn) -> None:
    shown = StrictPage(signed_in("hoa").get(PAGE).text).text
    assert "10/2026: đã ghi" in shown
    assert "5/2027: chưa ghi" in shown


def test_an_empty_field_is_zero_and_an_unsent_pupil_stays(stage: Stage, signed_in: SignIn) -> None:
    assert signed_in("hoa").post(PAGE, data=form("", "2")).status_code == 303
    assert counted(stage) == (0, 2)
    assert counted(stage, 1) == (1, 0)


def test_what_is_no_number_is_told_and_nothing_is_recorded(stage: Stage, signed_in: SignIn) -> None:
    answer = signed_in("hoa").post(PAGE, data=form("hai", "2"))
    assert answer.status_code == 422
    assert 'value="hai"' in answer.text
    assert counted(stage) == (1, 0)


def test_approved_results_freeze_it_for_all_but_the_principal_with_a_reason(
    stage: Stage, signed_in: SignIn
) -> None:
    approve(stage)
    refused = signed_in("hoa").post(PAGE, data=form("3", "0", reason="Ghi nhầm tháng"))
    assert refused.status_code == 409
    assert counted(stage) == (1, 0)
    sent = form("3", "0", reason="Ghi nhầm tháng")
    assert signed_in("ngoc").post(PAGE, data=sent).status_code == 303
    assert counted(stage) == (3, 0)


def test_who_does_not_lead_the_class_is_refused(signed_in: SignIn) -> None:
    assert signed_in("lan").get(PAGE).status_code == 403
    assert signed_in("lan").post(PAGE, data=form("1", "1")).status_code == 403
