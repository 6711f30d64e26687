"""Every route there is: who may, who may not, and the least that it takes to ask.

A new route needs a row here, or `test_every_route` fails.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from tests.browser.scope_stage import DECISION
from tests.browser.stage import MATHS, PUPILS
from tests.school import DUC, FIX, LAN
from tests.web.filed import OLD, certificate_of
from tests.web.leavers import ERASURE, PERSONAL
from tests.web.signalled import REPORT, SIGNAL
from tests.web.supervised import DEPARTMENT, PROPOSAL

COMMAND: Final = "00000000-0000-4000-8000-00000000c0de"
FIX_ID: Final = str(FIX)
CELL: Final = {"pupil": str(PUPILS[0]), "column": "midterm", "mark": "6,5", "read_version": 1}

ASKED: Final = {"command_id": COMMAND}
WHY: Final = {**ASKED, "reason": "Lý do thử"}
SIGNING: Final = {"role": "subject-teacher", "revision": "a" * 64}
UNTIL: Final = {**WHY, "until": "2026-12-01T17:00:00+07:00"}
MARKS: Final = {**ASKED, "entries": [{**CELL, "column": "final", "read_version": 0}]}
GROUNDS: Final = {"cause": "typing", "found_by": "teacher"}
ASKING: Final = {**WHY, **GROUNDS, "correction_id": COMMAND, "cells": [CELL]}
ANSWER: Final = {**ASKED, "answer": "Đã xem lại bài"}
SAID: Final = {**ASKED, f"answer-{SIGNAL}": "Đã xem lại bài"}

# What the preview of an imported file sends on: marks in their stored form.
FILE: Final = json.dumps([{**CELL, "column": "final", "mark": "8.0", "read_version": 0}])

# What stands in the braces of a path; an evidence's hash and a line are filled in by the test.
PLACES: Final[Mapping[str, str]] = {
    "sheet_id": str(MATHS),
    "pupil": str(PUPILS[0]),
    "column": "midterm",
    "correction_id": FIX_ID,
    "person": str(DUC.person),
    "decision_id": str(DECISION),
    "school_year": "2027-2028",
    "semester": "1",
    "grade": "6",
    "subject": "toan",
    "class_group": "6A1",
    "kind": "danh-sach",
    "department": DEPARTMENT,
    "proposal_id": str(PROPOSAL),
    "signal_id": str(SIGNAL),
    "erasure_id": str(ERASURE),
    "own_certificate": certificate_of(LAN),
    "report": REPORT,
}


class Row(NamedTuple):
    """One route: somebody who may, somebody who may not (None where all who sign in may)."""

    method: str
    path: str
    right: str
    wrong: str | None
    sent: Mapping[str, Any] = {}


_RESULTS: Final = "/ket-qua/{school_year}/{class_group}"
_IMPORT: Final = "/quan-tri/nam-hoc/{school_year}/nhap"

# Open to who has not signed in yet.
OPEN: Final = (
    Row("GET", "/dang-nhap", "lan", None),
    Row("POST", "/dang-nhap", "lan", None),
    Row("GET", "/api/v1/openapi.json", "lan", None),
    Row("GET", "/kiem-chung", "lan", None),
    Row("GET", "/kiem-chung/ho-so", "lan", None),
    Row("POST", "/kiem-chung/ho-so", "lan", None),
    Row("GET", "/tlog/checkpoint", "lan", None),
    Row("GET", "/tlog/tile/0/000.p%2F1", "lan", None),
)

PAGES: Final = (
    Row("POST", "/dang-xuat", "lan", None),
    Row("POST", "/dang-xuat-moi-noi", "lan", None),
    Row("GET", "/xac-nhan-lai", "lan", None),
    Row("POST", "/xac-nhan-lai", "lan", None),
    Row("GET", "/toi", "lan", None),
    Row("POST", "/quan-tri/tai-khoan/{person}/mat-thiet-bi", "khoa", "lan", WHY),
    Row("GET", "/toi/xac-nhan", "lan", None),
    Row("POST", "/toi/xac-nhan/ma", "lan", None),
    Row("POST", "/toi/xac-nhan/ma/bat", "lan", None, ASKED),
    Row("POST", "/toi/xac-nhan/ma/go", "lan", None, WHY),
    Row("POST", "/toi/xac-nhan/khoa", "lan", None, ASKED),
    Row("POST", "/toi/xac-nhan/khoa/huy", "lan", None, WHY),
    Row("POST", "/toi/mat-khau", "lan", None, {"new_password": "a", "new_password_again": "b"}),
    Row("GET", "/", "lan", None),
    Row("GET", "/lop", "lan", None),
    Row("GET", "/so-diem/{sheet_id}", "lan", "quyen"),
    Row(
        "POST",
        "/so-diem/{sheet_id}/diem",
        "lan",
        "quyen",
        {**ASKED, f"m~{PUPILS[0]}~final~0~": "8"},
    ),
    Row("GET", "/so-diem/{sheet_id}/cot", "lan", "quyen"),
    Row("GET", "/so-diem/{sheet_id}/cot/{column}", "lan", "quyen"),
    Row("POST", "/so-diem/{sheet_id}/cot/{column}/chot", "lan", "quyen", ASKED),
    Row("POST", "/so-diem/{sheet_id}/cot/{column}/mo-lai", "lan", "quyen", WHY),
    Row("POST", "/so-diem/{sheet_id}/cot/{column}/xac-nhan", "lan", "quyen", ASKED),
    Row("GET", "/so-diem/{sheet_id}/o/{pupil}/{column}", "lan", "quyen"),
    Row("GET", "/so-diem/{sheet_id}/o/{pupil}/{column}/bang-chung/{position}", "lan", "quyen"),
    Row("GET", "/so-diem/{sheet_id}/lich-su", "lan", "quyen"),
    Row("GET", "/so-diem/{sheet_id}/tai-thoi-diem", "lan", "quyen"),
    Row("GET", "/so-diem/{sheet_id}/so-sanh", "lan", "quyen"),
    Row("GET", "/lop/2026-2027/6A1/tai-thoi-diem", "hoa", "lan"),
    Row("GET", "/lop/2026-2027/6A1/so-sanh", "duc", "quyen"),
    Row("GET", "/lich-su", "duc", "lan"),
    Row("GET", "/niem-phong", "duc", "lan"),
    Row("GET", "/niem-phong/1", "khoa", "hoa"),
    Row("GET", "/de-nghi", "lan", None),
    Row("GET", "/de-nghi/{correction_id}", "lan", "vinh"),
    Row("POST", "/de-nghi/{correction_id}/xac-nhan", "hoa", "lan", ASKED),
    Row("POST", "/de-nghi/{correction_id}/hoi-lai", "hoa", "lan", WHY),
    Row("POST", "/de-nghi/{correction_id}/tra-loi", "lan", "ngoc", ANSWER),
    Row("POST", "/de-nghi/{correction_id}/duyet", "ngoc", "duc", ASKED),
    Row("POST", "/de-nghi/{correction_id}/tu-choi", "hoa", "khoa", WHY),
    Row("POST", "/de-nghi/{correction_id}/rut", "lan", "hoa", ASKED),
    Row("POST", "/de-nghi/{correction_id}/thuc-hien", "khoa", "ngoc", ASKED),
    Row("GET", "/ho-so", "lan", None),
    Row("GET", "/ho-so/so-dang-ky", "mai", None),
    Row("GET", "/ho-so/luu-giu", "mai", "lan"),
    Row("POST", "/ho-so/luu-giu/de-nghi", "khoa", "ngoc", WHY),
    Row("GET", "/ho-so/luu-giu/thoi-han/2018-2019", "khoa", "lan"),
    Row("POST", "/ho-so/luu-giu/thoi-han/2018-2019", "ngoc", "khoa", ASKED),
    Row("GET", f"/ho-so/luu-giu/{OLD}", "duc", "hoa"),
    Row("POST", f"/ho-so/luu-giu/{OLD}/tieu-huy", "ngoc", "khoa", ASKED),
    Row("POST", f"/ho-so/luu-giu/{OLD}/giu-tiep", "ngoc", "mai", WHY),
    Row("GET", "/toi/chu-ky", "lan", None),
    Row("POST", "/toi/chu-ky/khoa", "lan", None, ASKED),
    Row("POST", "/toi/chu-ky/pin", "lan", None, ASKED),
    Row("POST", "/toi/chu-ky/chung-thu", "lan", None, ASKED),
    Row("POST", "/toi/chu-ky/thoi-dung/{own_certificate}", "lan", "vinh", WHY),
    Row("GET", "/quan-tri/chu-ky", "duc", "lan"),
    Row("POST", "/quan-tri/chu-ky/noi-cap", "ngoc", "khoa", ASKED),
    Row("GET", "/quan-tri/chu-ky/{own_certificate}", "khoa", "lan"),
    Row("POST", "/quan-tri/chu-ky/{own_certificate}", "khoa", "duc", WHY),
    Row("GET", f"/ho-so/{OLD}", "lan", "vinh"),
    Row("GET", f"/ho-so/{OLD}/bien-ban.pdf", "hoa", "mai"),
    Row("GET", f"/ho-so/{OLD}/xuat", "hoa", "mai"),
    Row("POST", f"/ho-so/{OLD}/lap", "lan", "vinh"),
    Row("POST", f"/ho-so/{OLD}/lap-lai", "ngoc", "quyen", WHY),
    Row("POST", f"/ho-so/{OLD}/so-giay", "khoa", "vinh", {**ASKED, "paper": "class-book"}),
    Row("POST", f"/ho-so/{OLD}/luu-tru", "duc", "quyen"),
    Row("POST", f"/ho-so/{OLD}/gia-han", "duc", "quyen"),
    Row("POST", f"/ho-so/{OLD}/ky/noi-bo", "lan", "vinh", SIGNING),
    Row("POST", f"/ho-so/{OLD}/ky/thiet-bi", "khoa", "mai", SIGNING),
    Row("POST", f"/ho-so/{OLD}/ky/tu-xa", "ngoc", "quyen", SIGNING),
    Row("POST", f"/ho-so/{OLD}/ky/tep", "ngoc", "vinh", SIGNING),
    Row("GET", "/ho-so/giay-da-in", "hoa", "lan"),
    Row("POST", "/ho-so/giay-da-in", "mai", "lan", ASKED),
    Row("GET", "/so-diem/{sheet_id}/de-nghi", "lan", "vinh"),
    Row("GET", "/minh-chung-chua-gui/{unsent}", "lan", "hoa"),
    Row("POST", "/so-diem/{sheet_id}/de-nghi", "lan", "vinh", WHY),
    Row("GET", "/so-diem/{sheet_id}/khoa", "lan", "vinh"),
    Row("POST", "/so-diem/{sheet_id}/khoa", "khoa", "lan", {**WHY, "action": "khoa"}),
    Row("GET", "/khoa", "duc", "lan"),
    Row("GET", "/khoa/xem-truoc", "khoa", "mai"),
    Row("POST", "/khoa/quyet-dinh", "khoa", "lan", WHY),
    Row("GET", "/khoa/quyet-dinh/{decision_id}", "ngoc", "hoa"),
    Row("GET", "/tien-do", "duc", "mai"),
    Row("GET", "/tien-do/nhom/lop/6A2", "lan", "khoa"),
    Row("GET", "/tien-do/cot/{sheet_id}/{column}", "lan", "quyen"),
    Row("GET", "/tien-do/nhac", "ngoc", "lan"),
    Row("GET", "/soi-diem", "ngoc", "lan"),
    Row("POST", "/soi-diem", "ngoc", "lan"),
    Row("GET", "/kiem-chung/so", "duc", "lan"),
    Row("POST", "/kiem-chung/so", "khoa", "hoa"),
    Row("GET", "/kiem-chung/so/bao-cao", "ngoc", "quyen"),
    Row("GET", "/ket-qua", "hoa", "lan"),
    Row("GET", f"{_RESULTS}/ca-nam", "duc", "lan"),
    Row("POST", f"{_RESULTS}/hoc-ki-1/duyet", "ngoc", "duc", ASKED),
    Row("GET", "/chu-nhiem", "hoa", "lan"),
    Row("GET", "/chu-nhiem/{school_year}/{class_group}/ren-luyen", "hoa", "lan"),
    Row("POST", "/chu-nhiem/{school_year}/{class_group}/ren-luyen", "hoa", "lan", ASKED),
    Row("GET", "/chu-nhiem/{school_year}/{class_group}/chuyen-can", "hoa", "lan"),
    Row("POST", "/chu-nhiem/{school_year}/{class_group}/chuyen-can", "hoa", "lan", ASKED),
    Row("GET", f"{_RESULTS}/he", "duc", "lan"),
    Row("POST", f"{_RESULTS}/he", "duc", "lan", ASKED),
    Row("POST", f"{_RESULTS}/he/duyet", "ngoc", "duc", ASKED),
    Row("GET", f"{_RESULTS}/len-lop", "khoa", "lan"),
    Row("POST", f"{_RESULTS}/len-lop", "khoa", "lan", ASKED),
    Row("GET", "/kiem-tra", "duc", "khoa"),
    Row("GET", "/kiem-tra/{school_year}/{class_group}/2027-09", "ngoc", "lan"),
    Row(
        "POST",
        "/kiem-tra/{school_year}/{class_group}/2027-09",
        "duc",
        "hoa",
        {**ASKED, "remark": "Lời nhận xét"},
    ),
    Row("GET", "/pho-diem", "lan", "mai"),
    Row("GET", "/to", "tuan", "lan"),
    Row("GET", "/to/{department}", "tuan", "lan"),
    Row("POST", "/to/{department}/chi-tieu", "tuan", "lan", {**ASKED, "grade": "6"}),
    Row("POST", "/to/{department}/de-xuat", "tuan", "lan", ASKED),
    Row("POST", "/to/{department}/de-xuat/{proposal_id}/ket-thuc", "tuan", "lan", WHY),
    Row("GET", "/toi/cau-hoi", "lan", None),
    Row("POST", "/toi/cau-hoi/2026-2027/{signal_id}", "lan", "vinh", SAID),
    Row("GET", "/bat-thuong", "duc", "lan"),
    Row("GET", "/bat-thuong/2026-2027", "ngoc", "khoa"),
    Row("GET", "/bat-thuong/2026-2027/{signal_id}", "duc", "lan"),
    Row("POST", "/bat-thuong/2026-2027/{signal_id}/da-xem", "duc", "tuan", ASKED),
    Row("GET", "/bat-thuong/2026-2027/bao-cao", "ngoc", "hoa"),
    Row("GET", "/bat-thuong/2026-2027/bao-cao/2026-10", "duc", "mai"),
    Row("GET", "/bat-thuong/2026-2027/bao-cao/2026-10/{report}.pdf", "ngoc", "khoa"),
    Row("POST", "/bat-thuong/2026-2027/bao-cao/2026-10/gui", "duc", "ngoc", ASKED),
    Row("POST", "/bat-thuong/2026-2027/bao-cao/2026-10/nhan", "ngoc", "duc", ASKED),
    Row("GET", "/de-xuat", "lan", "duc"),
    Row(
        "POST",
        "/de-xuat/2026-2027/{proposal_id}/tra-loi",
        "lan",
        "vinh",
        {**ASKED, "text": "Đã phụ đạo"},
    ),
    Row("GET", "/minh-chung/{sha256}", "lan", "mai"),
    Row("GET", "/so-diem/{sheet_id}/nhap", "lan", "vinh"),
    Row("POST", "/so-diem/{sheet_id}/nhap", "lan", "vinh"),
    Row("POST", "/so-diem/{sheet_id}/nhap/xac-nhan", "lan", "vinh", {**ASKED, "entries": FILE}),
    Row("GET", f"{_IMPORT}/{{kind}}", "khoa", "lan"),
    Row("GET", f"{_IMPORT}/{{kind}}/tep-mau", "khoa", "lan"),
    Row("POST", f"{_IMPORT}/danh-sach", "khoa", "lan"),
    Row("POST", f"{_IMPORT}/danh-sach/xac-nhan", "khoa", "lan", {**ASKED, "plan": "{}"}),
    Row("POST", f"{_IMPORT}/nhan-su", "ngoc", "lan"),
    Row("POST", f"{_IMPORT}/nhan-su/xac-nhan", "ngoc", "lan", {**ASKED, "plan": "{}"}),
    Row("POST", f"{_IMPORT}/phan-cong", "duc", "hoa"),
    Row("POST", f"{_IMPORT}/phan-cong/xac-nhan", "duc", "hoa", {**ASKED, "plan": "{}"}),
    Row("GET", "/quan-tri", "khoa", "lan"),
    Row("GET", "/quan-tri/so-diem", "khoa", "hoa"),
    Row("GET", "/quan-tri/so-diem/{sheet_id}", "duc", "lan"),
    Row("POST", "/quan-tri/so-diem/{sheet_id}/han-nhap", "ngoc", "lan", ASKED),
    Row("GET", "/quan-tri/truong", "duc", "lan"),
    Row("GET", "/quan-tri/truong/nhat-ky", "duc", "lan"),
    Row("GET", "/quan-tri/truong/mo-ta", "khoa", "lan"),
    Row("POST", "/quan-tri/truong/mo-ta", "khoa", "lan", ASKED),
    Row("GET", "/quan-tri/truong/quyet-dinh-thay", "ngoc", "duc"),
    Row("POST", "/quan-tri/truong/quyet-dinh-thay", "ngoc", "duc", ASKED),
    Row("POST", "/quan-tri/truong/quyet-dinh-thay/{person}", "ngoc", "duc", WHY),
    Row("GET", "/quan-tri/tai-khoan", "khoa", "duc"),
    Row("POST", "/quan-tri/tai-khoan", "khoa", "duc", ASKED),
    Row("GET", "/quan-tri/tai-khoan/{person}", "ngoc", "duc"),
    Row("POST", "/quan-tri/tai-khoan/{person}", "ngoc", "duc", ASKED),
    Row("POST", "/quan-tri/tai-khoan/{person}/mo", "ngoc", "duc"),
    Row("POST", "/quan-tri/tai-khoan/{person}/roi-truong", "ngoc", "duc", ASKED),
    Row("POST", "/quan-tri/tai-khoan/{person}/mat-khau", "ngoc", "lan"),
)

_YEAR: Final = "/quan-tri/nam-hoc/{school_year}"
_LIST: Final = f"{_YEAR}/danh-sach/{{class_group}}"

YEARS: Final = (
    Row("GET", "/quan-tri/nam-hoc", "khoa", "lan"),
    Row("POST", "/quan-tri/nam-hoc", "khoa", "lan", ASKED),
    Row("GET", _YEAR, "duc", "lan"),
    Row("GET", f"{_YEAR}/mo-hoc-ki/{{semester}}", "khoa", "lan"),
    Row("POST", f"{_YEAR}/mo-hoc-ki/{{semester}}", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/nhat-ky", "ngoc", "hoa"),
    Row("GET", f"{_YEAR}/khung", "khoa", "lan"),
    Row("POST", f"{_YEAR}/khung", "ngoc", "khoa", ASKED),
    Row("GET", f"{_YEAR}/lich", "khoa", "lan"),
    Row("POST", f"{_YEAR}/lich", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/mon-hoc", "khoa", "lan"),
    Row("POST", f"{_YEAR}/mon-hoc", "khoa", "lan", ASKED),
    Row("POST", f"{_YEAR}/mon-hoc/theo-chuong-trinh", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/mon-hoc/{{grade}}/{{subject}}", "khoa", "lan"),
    Row("POST", f"{_YEAR}/mon-hoc/{{grade}}/{{subject}}", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/niem-phong", "duc", "lan"),
    Row("POST", f"{_YEAR}/niem-phong", "ngoc", "duc", ASKED),
    Row("GET", f"{_YEAR}/lop", "khoa", "lan"),
    Row("POST", f"{_YEAR}/lop", "khoa", "lan", ASKED),
    Row("POST", f"{_YEAR}/lop/chu-nhiem", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/phan-cong", "duc", "lan"),
    Row("POST", f"{_YEAR}/phan-cong", "duc", "lan", ASKED),
    Row("GET", f"{_YEAR}/to", "khoa", "lan"),
    Row("POST", f"{_YEAR}/to", "khoa", "lan", ASKED),
    Row("GET", f"{_YEAR}/ngay-kiem-tra", "khoa", "lan"),
    Row("POST", f"{_YEAR}/ngay-kiem-tra", "khoa", "lan", WHY),
    Row("POST", f"{_YEAR}/ngay-kiem-tra/ca-khoi", "khoa", "lan", WHY),
    Row("POST", f"{_YEAR}/ngay-kiem-tra/thuong-xuyen", "ngoc", "lan", WHY),
    Row("GET", _LIST, "khoa", "hoa"),
    Row("POST", _LIST, "khoa", "hoa", ASKED),
    Row("GET", f"{_LIST}/tiep-nhan", "khoa", "mai"),
    Row("POST", f"{_LIST}/tiep-nhan", "khoa", "mai", WHY),
    Row("GET", f"{_LIST}/{{pupil}}", "khoa", "hoa"),
    Row("POST", f"{_LIST}/{{pupil}}/chuyen-lop", "khoa", "hoa", WHY),
    Row("POST", f"{_LIST}/{{pupil}}/roi-truong", "khoa", "hoa", WHY),
)

_PUPIL: Final = f"{PERSONAL}/hoc-sinh/{{pupil}}"
_ERASURE: Final = f"{PERSONAL}/yeu-cau/{{erasure_id}}"
_ERASING: Final = {**WHY, "requested_by": "parent", "ground": "request-of-the-person"}

PERSONAL_DATA: Final = (
    Row("GET", PERSONAL, "khoa", "duc"),
    Row("GET", f"{PERSONAL}/luu-giu", "khoa", "duc"),
    Row("POST", f"{PERSONAL}/luu-giu", "ngoc", "khoa", ASKED),
    Row("GET", f"{PERSONAL}/so-theo-doi", "mai", "lan"),
    Row("GET", _PUPIL, "mai", "duc"),
    Row("POST", f"{_PUPIL}/han-che", "khoa", "mai", WHY),
    Row("POST", f"{_PUPIL}/thoi-han-che", "ngoc", "khoa", WHY),
    Row("POST", f"{_PUPIL}/yeu-cau-xoa", "mai", "ngoc", _ERASING),
    Row("GET", _ERASURE, "ngoc", "hoa"),
    Row("POST", f"{_ERASURE}/duyet", "ngoc", "khoa", ASKED),
    Row("POST", f"{_ERASURE}/tu-choi", "ngoc", "mai", WHY),
    Row("POST", f"{_ERASURE}/rut", "mai", "ngoc", WHY),
)

_SHEET: Final = "/api/v1/sheets/{sheet_id}"
_COLUMN: Final = f"{_SHEET}/columns/{{column}}"

PROGRAMS: Final = (
    Row("GET", "/api/v1/me", "lan", None),
    Row("GET", "/api/v1/sheets", "lan", None),
    Row("GET", _SHEET, "lan", "quyen"),
    Row("GET", f"{_SHEET}/cells/{{pupil}}/{{column}}/history", "lan", "quyen"),
    Row("GET", f"{_SHEET}/history", "lan", "quyen"),
    Row("GET", "/api/v1/history", "duc", "lan"),
    Row("GET", "/api/v1/corrections", "lan", None),
    Row("GET", "/api/v1/corrections/{correction_id}", "lan", "vinh"),
    Row("GET", "/api/v1/corrections/{correction_id}/approval", "ngoc", "lan"),
    Row("POST", f"{_SHEET}/marks", "lan", "quyen", MARKS),
    Row("POST", f"{_COLUMN}/close", "lan", "quyen", ASKED),
    Row("POST", f"{_COLUMN}/reopen", "lan", "quyen", WHY),
    Row("POST", f"{_COLUMN}/confirm", "lan", "quyen", ASKED),
    Row("POST", f"{_SHEET}/lock", "khoa", "lan", WHY),
    Row("POST", f"{_COLUMN}/lock", "khoa", "lan", WHY),
    Row("POST", f"{_SHEET}/unlock", "ngoc", "khoa", UNTIL),
    Row("POST", f"{_COLUMN}/unlock", "ngoc", "khoa", UNTIL),
    Row("POST", f"{_SHEET}/corrections", "lan", "vinh", ASKING),
    Row("POST", "/api/v1/corrections/{correction_id}/confirm", "hoa", "lan", ASKED),
    Row("POST", "/api/v1/corrections/{correction_id}/answer", "lan", "ngoc", ANSWER),
)

ROWS: Final = (*OPEN, *PAGES, *YEARS, *PERSONAL_DATA, *PROGRAMS)
