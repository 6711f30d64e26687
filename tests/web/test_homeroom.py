"""What the homeroom teacher writes down: attendance, conduct, comments; and what is frozen."""

from sqlalchemy import select

from ledger.results.commands import results_stream
from ledger.results.state import Results
from ledger.results.terms import Term
from ledger.vault import vault_box
from tests.browser.stage import Stage
from tests.opened_year import SCHOOL_YEAR
from tests.web.conftest import SignIn
from tests.web.strict_page import StrictPage
from tests.web.test_consequences import PUPILS, approve, built_school

__all__ = ["built_school"]
CONDUCT = f"/chu-nhiem/{SCHOOL_YEAR}/6A3/ren-luyen?ki=hoc-ki-1"
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


def test_what_nobody_touched_does_not_take_back_what_another_wrote(
    stage: Stage, signed_in: SignIn
) -> None:
    """The page of an hour ago still shows 1 and 0."""
    shown = {f"shown-{PUPILS[0]}": "1/0"}
    signed_in("ngoc").post(PAGE, data=form("2", "1", **shown))
    late = form("1", "0", **shown) | {"command_id": ID.replace("d1", "d4")}
    assert signed_in("hoa").post(PAGE, data=late).status_code == 303
    assert counted(stage) == (2, 1)


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


def test_the_overview_tells_what_is_still_to_be_done(signed_in: SignIn) -> None:
    shown = StrictPage(signed_in("hoa").get("/chu-nhiem").text).text
    assert "6A3" in shown
    assert "Đã đủ" in shown
    assert "6A3" in StrictPage(signed_in("ngoc").get("/chu-nhiem").text).text


def conduct(**more: str) -> dict[str, str]:
    return {"command_id": ID, **more}


def level_field(place: int, shown: str) -> str:
    return f"level~{PUPILS[place]}~{shown}"


def held(stage: Stage) -> Results:
    return stage.desk.ledger.class_results(SCHOOL_YEAR, "6A3")


def test_only_a_level_that_was_touched_is_written(stage: Stage, signed_in: SignIn) -> None:
    head = stage.desk.ledger.recorder.head().position
    untouched = conduct(**{level_field(0, "Tốt"): "Tốt", level_field(1, "Khá"): "Khá"})
    assert signed_in("hoa").post(CONDUCT, data=untouched).status_code == 303
    assert stage.desk.ledger.recorder.head().position == head
    sent = conduct(**{level_field(0, "Tốt"): "Đạt", level_field(1, "Khá"): "Khá"})
    assert signed_in("hoa").post(CONDUCT, data=sent).status_code == 303
    levels = held(stage).conduct[Term.SEMESTER_1]
    assert [levels[PUPILS[0]], levels[PUPILS[1]]] == ["Đạt", "Tốt"]


def test_one_level_for_all_that_are_empty_leaves_the_others(
    stage: Stage, signed_in: SignIn
) -> None:
    page = CONDUCT.replace("hoc-ki-1", "hoc-ki-2")
    sent = conduct(**{level_field(0, ""): "Khá", "for-empty": "Tốt"})
    assert signed_in("hoa").post(page, data=sent).status_code == 303
    levels = held(stage).conduct[Term.SEMESTER_2]
    assert levels[PUPILS[0]] == "Khá"
    assert {levels[pupil] for pupil in PUPILS[1:]} == {"Tốt"}


def test_a_comment_is_shown_again_and_its_text_is_in_no_line(
    stage: Stage, signed_in: SignIn
) -> None:
    text = "Chăm học, hay giúp bạn."
    field = f"comment-{PUPILS[0]}"
    assert signed_in("hoa").post(CONDUCT, data=conduct(**{field: text})).status_code == 303
    assert text in signed_in("hoa").get(CONDUCT).text
    stream = results_stream(SCHOOL_YEAR, "6A3")
    lines = stage.desk.ledger.recorder.select_events(stream)
    assert lines
    assert all(text.encode() not in line.state for line in lines)


def test_a_comment_is_never_emptied(stage: Stage, signed_in: SignIn) -> None:
    field, pupil = f"comment-{PUPILS[0]}", PUPILS[0]
    signed_in("hoa").post(CONDUCT, data=conduct(**{field: "Tiến bộ."}))
    digest = held(stage).comments[Term.SEMESTER_1][pupil]
    sent = conduct(**{field: "", f"shown-{pupil}": digest, "command_id": ID.replace("d1", "d2")})
    answer = signed_in("hoa").post(CONDUCT, data=sent)
    assert answer.status_code == 422
    assert "thay vì để trống" in answer.text
    assert held(stage).comments[Term.SEMESTER_1][pupil] == digest


def test_a_comment_that_somebody_else_wrote_meanwhile_is_not_overwritten(
    stage: Stage, signed_in: SignIn
) -> None:
    field = f"comment-{PUPILS[0]}"
    signed_in("hoa").post(CONDUCT, data=conduct(**{field: "Tiến bộ."}))
    late = conduct(**{field: "Cần cố gắng.", "command_id": ID.replace("d1", "d3")})
    signed_in("ngoc").post(CONDUCT, data=late)
    assert "Tiến bộ." in signed_in("hoa").get(CONDUCT).text


def test_a_comment_on_who_is_erased_meanwhile_is_told_and_none_is_kept(
    stage: Stage, signed_in: SignIn
) -> None:
    stage.desk.vault.erase(PUPILS[0])
    sent = conduct(**{f"comment-{PUPILS[0]}": "Tiến bộ.", f"comment-{PUPILS[1]}": "Chăm học."})
    answer = signed_in("hoa").post(CONDUCT, data=sent)
    assert answer.status_code == 422
    assert "đã được xóa; không ghi nhận xét được nữa" in answer.text
    assert not held(stage).comments.get(Term.SEMESTER_1)


def test_frozen_conduct_refuses_and_leaves_no_comment_behind(
    stage: Stage, signed_in: SignIn
) -> None:
    approve(stage)
    sent = conduct(**{level_field(0, "Tốt"): "Đạt", f"comment-{PUPILS[0]}": "Không còn kịp."})
    answer = signed_in("hoa").post(CONDUCT, data=sent)
    assert answer.status_code == 409
    assert held(stage).conduct[Term.SEMESTER_1][PUPILS[0]] == "Tốt"
    with stage.desk.engine.connect() as connection:
        fields = connection.execute(select(vault_box.c.field).distinct()).scalars().all()
    assert fields
    assert not any(field.startswith("comment-") for field in fields)


def test_a_level_of_no_circular_is_told_beside_its_field(signed_in: SignIn) -> None:
    answer = signed_in("hoa").post(CONDUCT, data=conduct(**{level_field(0, "Tốt"): "Tuyệt vời"}))
    assert answer.status_code == 422
    assert "Hãy chọn một mức trong danh sách." in answer.text
