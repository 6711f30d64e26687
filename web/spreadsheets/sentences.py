"""Every sentence said about a spreadsheet; the codes are permanent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_FILE: Final = {
    "file-is-empty": "Bạn chưa chọn tệp, hoặc tệp rỗng.",
    "file-too-large": "Tệp lớn hơn {limit} MB. Hãy giữ lại riêng trang tính cần nhập rồi thử lại.",
    "not-a-spreadsheet": "Tệp này không phải bảng tính Excel (.xlsx). "
    "Hãy mở bằng Excel và lưu lại thành .xlsx.",
    "old-spreadsheet": "Tệp này thuộc dạng Excel cũ (.xls). Hãy mở bằng Excel, chọn "
    "“Lưu thành” rồi lưu lại thành .xlsx.",
    "file-has-password": "Tệp có mật khẩu. Hãy bỏ mật khẩu, lưu lại thành .xlsx rồi thử lại.",
    "file-has-macros": "Tệp có chứa macro. Hãy lưu lại thành .xlsx (không có macro) rồi thử lại.",
    "file-is-damaged": "Tệp bị hỏng hoặc tải lên chưa đủ. Hãy mở bằng Excel, lưu lại thành .xlsx "
    "rồi thử lại.",
    "file-has-too-many-parts": "Tệp có quá nhiều thành phần (hơn {limit}). "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "file-unpacks-too-large": "Nội dung tệp sau khi giải nén lớn hơn {limit} MB. "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "file-has-too-many-rows": "Trang tính có nhiều hơn {limit} dòng. "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "file-has-too-many-columns": "Trang tính có nhiều hơn {limit} cột. "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "file-has-too-many-cells": "Tệp có quá nhiều ô (hơn {limit}). "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "file-declares-entities": "Tệp chứa khai báo mà Excel không bao giờ ghi (DOCTYPE), "
    "nên không được đọc.",
    "reading-failed": "Không đọc được tệp này. Hãy mở bằng Excel, lưu lại thành .xlsx rồi thử lại.",
    "reading-took-too-long": "Đọc tệp quá lâu nên đã dừng. "
    "Hãy chép bảng cần nhập sang một tệp mới.",
    "reading-is-busy": "Máy chủ đang đọc nhiều tệp khác. Hãy thử lại sau ít phút.",
}

_TABLE: Final = {
    "no-table-found": "Không thấy bảng nào có cột mã học sinh, họ tên và cột điểm. "
    "Các trang tính đã xem: {sheets}.",
    "no-class-list-found": "Không thấy danh sách nào có cột mã học sinh và họ tên. "
    "Các trang tính đã xem: {sheets}.",
    "no-sheet-fits": "Không trang tính nào khớp với {wanted}. Các trang tính đã xem: {sheets}.",
    "several-sheets-fit": "Nhiều trang tính cùng khớp: {sheets}. "
    "Hãy giữ lại một trang tính rồi thử lại.",
    "unknown-header": "Ô {cell}: không hiểu tên cột “{text}”.",
    "header-without-number": "Ô {cell}: cột ĐĐGtx không ghi là lần thứ mấy.",
    "column-named-twice": "Ô {cell}: cột {column} xuất hiện hai lần.",
    "code-missing": "Ô {cell}: thiếu mã học sinh.",
    "name-missing": "Ô {cell}: thiếu họ tên.",
    "row-after-the-end": "Ô {cell}: còn học sinh nằm sau phần thống kê cuối bảng.",
    "hidden-sheets": "Có trang tính ẩn, không được đọc: {sheets}.",
    "nothing-on-class": "Tệp không ghi lớp nào. Hãy tự kiểm tra trước khi xác nhận.",
    "nothing-on-subject": "Tệp không ghi môn học nào. Hãy tự kiểm tra trước khi xác nhận.",
    "nothing-on-semester": "Tệp không ghi học kì nào. Hãy tự kiểm tra trước khi xác nhận.",
    "nothing-on-school-year": "Tệp không ghi năm học nào. Hãy tự kiểm tra trước khi xác nhận.",
}

_MATCH: Final = {
    "other-class": "Ô {cell}: tệp ghi lớp {found}, bảng điểm này của lớp {wanted}.",
    "other-subject": "Ô {cell}: tệp ghi môn {found}, bảng điểm này của môn {wanted}.",
    "other-semester": "Ô {cell}: tệp ghi học kì {found}, bảng điểm này của học kì {wanted}.",
    "other-school-year": "Ô {cell}: tệp ghi năm học {found}, bảng điểm này của năm học {wanted}.",
    "code-twice": "Ô {cell}: mã {code} đã có ở ô {first}.",
    "code-unknown": "Ô {cell}: mã {code} ({name}) không có trong bảng điểm này.",
    "names-shifted": "Ô {cell}: mã {code} là của {expected}, nhưng tệp ghi tên {found}, "
    "một học sinh khác cùng lớp. Có thể các dòng đã bị xô lệch.",
    "name-differs": "Ô {cell}: mã {code} là của {expected}, nhưng tệp ghi {found}. "
    "Dòng này không được nhập.",
    "pupil-left": "Ô {cell}: {name} đã rời lớp. Dòng này không được nhập.",
    "pupils-not-in-file": "Có {count} học sinh của lớp không có trong tệp; điểm giữ nguyên: "
    "{names}.",
    "too-many-decimals": "Ô {cell}: “{text}” có nhiều hơn một chữ số thập phân. "
    "Hãy tự làm tròn trong tệp rồi thử lại.",
    "score-out-of-range": "Ô {cell}: “{text}” nằm ngoài thang điểm 0–10.",
    "score-became-date": "Excel đã đổi điểm thành ngày, ô {cell} ({text}). "
    "Hãy định dạng ô là Văn bản (Text) rồi gõ lại điểm.",
    "cell-has-error": "Ô {cell} đang báo lỗi công thức. Hãy gõ điểm vào ô này.",
    "formula-without-value": "Ô {cell} là công thức chưa có kết quả. "
    "Hãy mở tệp bằng Excel, lưu lại, hoặc gõ điểm vào ô này.",
    "mark-unknown": "Ô {cell}: “{text}” không phải là điểm.",
    "passed-in-scored-subject": "Ô {cell}: “{text}” không dùng cho môn đánh giá bằng điểm số.",
    "score-in-comment-subject": "Ô {cell}: “{text}” không dùng cho môn đánh giá bằng nhận xét; "
    "chỉ ghi Đ hoặc CĐ.",
    "column-not-on-sheet": "Ô {cell}: bảng điểm này không có cột {column}.",
    "columns-left-to-teacher": "Thư ký chỉ nhập điểm giữa kì và cuối kì; không lấy các cột: "
    "{columns}.",
    "too-many-marks": "Tệp thay đổi hơn {limit} điểm một lần. Hãy chia tệp thành nhiều phần.",
}

_CLASS_LIST: Final = {
    "list-of-other-class": "Ô {cell}: tệp ghi lớp {found}, bạn đang nhập lớp {wanted}.",
    "list-of-other-year": "Ô {cell}: tệp ghi năm học {found}, bạn đang nhập năm học {wanted}.",
    "row-of-other-class": "Ô {cell}: dòng này ghi lớp {found}, nhưng tiêu đề ghi lớp {of}.",
    "class-missing": "Ô {cell}: tệp không ghi học sinh này học lớp nào. Hãy thêm cột Lớp, hoặc đặt "
    "tên trang tính là tên lớp.",
    "class-unreadable": "Ô {cell}: “{text}” không phải tên lớp; tên lớp bắt đầu bằng khối, "
    "ví dụ 6A1.",
    "class-unreadable-field": "“{text}” không phải tên lớp; tên lớp bắt đầu bằng khối, ví dụ 6A1.",
    "class-too-large": "Lớp {class_group} có {count} học sinh trong tệp; một lớp nhận nhiều nhất "
    "{limit} em.",
    "too-many-pupils": "Tệp có hơn {limit} học sinh. Hãy chia tệp thành nhiều phần.",
    "code-too-long": "Ô {cell}: mã học sinh dài hơn 20 ký tự.",
    "codes-are-numbers": "Có {count} mã học sinh được ghi dạng số ({codes}…). Excel có thể đã bỏ "
    "số 0 đứng đầu; hãy đối chiếu trước khi xác nhận.",
    "birth-date-unreadable": "Ô {cell}: không hiểu ngày sinh “{text}”.",
    "gender-unreadable": "Ô {cell}: không hiểu giới tính “{text}”; hãy ghi Nam hoặc Nữ.",
    "name-unreadable": "Ô {cell}: họ tên “{text}” phải có ít nhất hai chữ và không quá dài.",
    "not-attending": "Ô {cell}: {name} có trạng thái “{status}” nên không được thêm vào lớp.",
    "pupil-in-other-class": "Ô {cell}: {name} đang học lớp {found}, tệp ghi lớp {wanted}. Hãy dùng "
    "trang chuyển lớp: tệp không chuyển lớp cho ai.",
    "pupil-left-class": "Ô {cell}: {name} đã rời lớp nên không được thêm lại. Nếu em trở lại, hãy "
    "ghi ở trang của lớp.",
}

_SETUP: Final = {
    "no-staff-list-found": "Không thấy danh sách nào có cột họ tên cùng cột vai trò, chức vụ hoặc "
    "nhiệm vụ. Các trang tính đã xem: {sheets}.",
    "no-assignments-found": "Không thấy bảng phân công nào: cần cột Họ và tên, Môn, Lớp; hoặc cột "
    "Lớp rồi mỗi môn một cột. Các trang tính đã xem: {sheets}.",
    "cell-unreadable": "Ô {cell} đang báo lỗi, hoặc là công thức chưa có kết quả. "
    "Hãy gõ giá trị vào ô này.",
    "staff-code-twice": "Ô {cell}: mã {code} đã có ở ô {first}.",
    "staff-listed-twice": "Ô {cell}: {name} đã có ở ô {first}. Hai người trùng tên thì phải có mã "
    "khác nhau.",
    "staff-code-too-long": "Ô {cell}: mã cán bộ dài hơn 20 ký tự.",
    "staff-name-shared": "Ô {cell}: có nhiều người tên {name} trong trường. Hãy thêm cột mã.",
    "username-unreadable": "Ô {cell}: “{text}” không dùng làm tên đăng nhập được; cần 3 đến 40 chữ "
    "không dấu, chữ số, dấu chấm hoặc gạch.",
    "username-taken": "Ô {cell}: tên đăng nhập {username} đã có người dùng.",
    "role-unknown": "Ô {cell}: không hiểu vai trò “{text}”.",
    "no-role-guessed": "Ô {cell}: chức vụ “{text}” không ứng với vai trò nào trong sổ điểm, nên "
    "{name} không được thêm.",
    "name-unreadable-staff": "Ô {cell}: họ tên “{text}” phải có ít nhất hai chữ và không quá dài.",
    "department-without-head": "{title} chưa có tổ trưởng (hoặc có nhiều tổ trưởng) trong tệp nên "
    "chưa được lập; hãy lập ở trang của năm học.",
    "too-many-staff": "Tệp có hơn {limit} người. Hãy chia tệp thành nhiều phần.",
    "staff-not-working": "Ô {cell}: {name} có trạng thái “{status}” nên không được thêm.",
    "only-the-principal": "Ô {cell}: chỉ hiệu trưởng thêm được người có vai trò {roles}.",
    "teacher-unknown": "Ô {cell}: không có ai trong trường tên hoặc mã là “{text}”.",
    "teacher-not-clear": "Ô {cell}: “{text}” có thể là {names}. Hãy ghi đủ họ tên hoặc mã.",
    "teacher-understood": "Ô {cell}: “{text}” được hiểu là {name}.",
    "teacher-missing": "Ô {cell}: dòng này không ghi giáo viên nào.",
    "class-unknown": "Ô {cell}: năm học này không có lớp “{text}”.",
    "subject-unknown": "Ô {cell}: không hiểu môn “{text}”.",
    "subject-not-taught": "Ô {cell}: khối {grade} năm học này không học môn “{text}”.",
    "subject-missing": "Ô {cell}: có lớp nhưng không ghi môn.",
    "homeroom-twice": "Ô {cell}: lớp {class_group} đã có giáo viên chủ nhiệm ở ô {first}.",
    "columns-not-read": "Không lấy các cột: {columns}.",
}

_RIGHT_MARKS: Final = {
    "nothing-pasted": "Chưa dán điểm nào và chưa chọn tệp nào.",
    "text-too-long": "Nội dung dài hơn {limit} triệu ký tự. Hãy chỉ dán cột điểm cần sửa.",
    "text-unreadable": "Tệp CSV không ở dạng UTF-8 nên có thể hỏng chữ tiếng Việt. Hãy lưu lại "
    "thành .xlsx hoặc “CSV UTF-8” rồi thử lại.",
    "not-a-table": "Nội dung này không phải bảng hay cột điểm.",
    "columns-not-in-file": "Bảng này không có cột {columns}.",
    "several-columns-of-marks": "Có {found} cột có thể là điểm, đang sửa {wanted} cột: {columns}. "
    "Hãy chỉ giữ lại các cột ấy, hoặc dán cả dòng tên cột.",
    "no-column-of-marks": "Không thấy cột điểm nào; đang sửa cột {columns}.",
    "more-lines-than-pupils": "Có {lines} dòng nhưng lớp có {pupils} học sinh, và không dòng nào "
    "ghi mã hay tên. Hãy dán kèm mã hoặc họ tên.",
    "fewer-lines-than-pupils": "Chỉ có {lines} dòng cho {pupils} học sinh; từ {first} trở đi điểm "
    "giữ nguyên.",
    "pupil-twice": "Ô {cell}: {name} đã có ở ô {first}.",
    "name-unknown": "Ô {cell}: không có học sinh nào tên {name} trong bảng điểm này.",
    "name-shared": "Ô {cell}: có nhiều học sinh tên {name}. Hãy dán kèm mã hoặc ngày sinh.",
    "birth-date-differs": "Ô {cell}: không có học sinh nào tên {name} sinh ngày {day}.",
    "number-unknown": "Ô {cell}: bảng điểm không có số thứ tự {number}.",
    "line-names-nobody": "Ô {cell}: dòng này không ghi là của học sinh nào.",
}

_SCREENING: Final = {
    "workbook-better-as-text": "Bảng tính có quá nhiều ô (hơn {limit}). Hãy mở bằng Excel, lưu lại "
    "thành “CSV UTF-8” rồi soi tệp ấy.",
    "no-header-found": "Không thấy dòng tên cột nào (như Lớp, SBD, Toán, Điểm) trong 40 dòng đầu.",
    "no-such-column": "Không có cột nào là “{text}”. Các cột trong tệp: {columns}.",
    "no-group-column": "Không thấy cột nào cho biết nhóm (lớp, trường, phòng thi, tỉnh), và số báo "
    "danh cũng không cho biết. Hãy chọn cột của nhóm. Các cột trong tệp: {columns}.",
    "no-score-column": "Không thấy cột điểm nào. Các cột trong tệp: {columns}.",
    "no-scores-found": "Có cột điểm nhưng không ô nào có điểm. Các cột trong tệp: {columns}.",
    "only-one-group": "Cả tệp chỉ có một nhóm ({group}) nên không có gì để so. Hãy chọn cột nhóm "
    "khác. Các cột trong tệp: {columns}.",
    "groups-of-one": "Mỗi nhóm chỉ có một học sinh nên không so được. Hãy chọn cột nhóm khác. Các "
    "cột trong tệp: {columns}.",
    "too-many-subjects": "Cột môn có hơn {limit} môn khác nhau; có lẽ đây không phải là cột môn.",
    "row-wider-than-header": "Dòng {row} có {found} ô nhưng dòng tên cột chỉ có {width}. Nếu điểm "
    "ghi dấu phẩy (7,5) thì hãy ngăn các cột bằng dấu chấm phẩy, hoặc lưu thành .xlsx.",
    "quotes-broken": "Dấu nháy kép ở dòng {row} mở ra mà không đóng đúng chỗ nên không đọc tiếp "
    "được.",
    "sheets-left-out": "Không đọc các trang tính: {sheets}.",
    "encoding-guessed": "Tệp không ở dạng Unicode; đã đọc theo bảng mã {encoding}. Hãy xem lại các "
    "chữ có dấu.",
    "columns-left-out": "Không coi là điểm các cột: {columns}.",
    "totals-left-out": "Không xét các cột tổng và trung bình: {columns}.",
    "rows-without-group": "Bỏ qua {count} dòng có điểm nhưng không ghi nhóm.",
    "rows-without-subject": "Bỏ qua {count} dòng có điểm nhưng không ghi môn.",
    "cells-unread": "Có {count} ô điểm không đọc được, coi như không có điểm; ví dụ {examples}.",
    "pupils-twice": "Có {count} dòng chép lại đúng một học sinh đã có; mỗi em chỉ tính một lần.",
    "pupils-differ": "Có {count} dòng trùng mã học sinh trong cùng nhóm nhưng khác điểm (ví dụ "
    "{place}); vẫn tính từng dòng. Hãy xem lại.",
    "several-scores": "Có {count} lần một học sinh có nhiều điểm ở cùng một môn; đã lấy trung bình "
    "của các điểm ấy.",
    "no-pupil-column": "Không thấy cột học sinh nên mỗi dòng được coi là một em; không so được "
    "giữa các môn của cùng một em.",
    "groups-without-scores": "Có {count} nhóm không có điểm nào nên không xét: {groups}.",
    "groups-alone": "Có {count} nhóm chỉ có một học sinh: {groups}.",
}

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {**_FILE, **_TABLE, **_MATCH, **_CLASS_LIST, **_SETUP, **_RIGHT_MARKS, **_SCREENING}
)
