"""Any dialect of any layout gives the same table, and what was not read is told."""

import csv
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.screening.files import WIDE, Row, book, same, text
from tests.web.spreadsheets.workbooks import put_row, workbook
from web.screening.account import GroupedBy, Reading
from web.screening.reading import read_scores
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.survey import Limits

NAN = np.nan
EXAMPLE = read_scores(text(WIDE).encode())


def read(content: str | bytes, group: str | None = None) -> Reading:
    return read_scores(content.encode() if isinstance(content, str) else content, group=group)


def refusal(content: str | bytes, group: str | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, group)
    assert refused.value.problem.sentence
    return refused.value.problem.code


def told(reading: Reading) -> dict[str, str]:
    return {remark.code: remark.sentence for remark in reading.account.remarks}


def test_a_wide_table_becomes_groups_subjects_and_scores() -> None:
    table = EXAMPLE.table
    assert table.groups == ("9A1", "9A2")
    assert table.subjects == ("Toán", "Ngữ văn")
    assert table.group_of.tolist() == [0, 0, 1, 1]
    np.testing.assert_array_equal(table.scores, [[7.5, 8], [0, NAN], [NAN, 6.25], [10, 5]])
    account = EXAMPLE.account
    assert (account.pupils, account.scores, account.not_taken, account.unread) == (4, 6, 2, 0)
    assert (account.grouped_by, account.group_column) == (GroupedBy.COLUMN, "Lớp")
    assert not account.remarks


def quoted() -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(WIDE)
    return buffer.getvalue()


DIALECTS = {
    "semicolons": text(WIDE).encode(),
    "tabs": text(WIDE, "\t").encode(),
    "bars": text(WIDE, "|").encode(),
    "commas-quoted": quoted().encode(),
    "points": text(WIDE).replace(",", ".").replace(";", ",").encode(),
    "windows-lines": text(WIDE, end="\r\n").encode(),
    "old-mac-lines": text(WIDE, end="\r").encode(),
    "byte-order-mark": text(WIDE).encode("utf-8-sig"),
    "utf-16": text(WIDE, "\t").encode("utf-16"),
    "utf-16-unmarked": text(WIDE, "\t").encode("utf-16-le"),
    "utf-16-big": text(WIDE, "\t").encode("utf-16-be"),
    "announced": f"sep=;\n{text(WIDE)}".encode(),
    "blank-lines": f"\n\n{text(WIDE)}\n\n".encode(),
    "titles": f"SỞ GIÁO DỤC;;;;\nKẾT QUẢ KHẢO SÁT LỚP 9;;;;\n\n{text(WIDE)}".encode(),
    "numbered-columns": text([WIDE[0], ("(1)", "(2)", "(3)", "(4)", "(5)"), *WIDE[1:]]).encode(),
    "repeated-header": text([*WIDE[:3], WIDE[0], *WIDE[3:]]).encode(),
    "totals-below": text([*WIDE, ("Trung bình", "", "", "5,8", "6,4")]).encode(),
    "decomposed": text(WIDE).replace("ớ", "ớ").encode(),
    "workbook": book(WIDE),
    "workbook-of-numbers": book(
        [
            WIDE[0],
            *(
                (*row[:3], *(float(str(x).replace(",", ".") or -1) for x in row[3:]))
                for row in WIDE[1:]
            ),
        ]
    ),
    "workbook-with-titles": book([("KẾT QUẢ",), (), *WIDE]),
    "workbook-in-parts": book(WIDE[:3], [WIDE[0], *WIDE[3:]], names=("Sheet1", "Sheet2")),
}


@pytest.mark.parametrize("content", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_gives_the_same_table(content: bytes) -> None:
    same(read(content).table, EXAMPLE.table)


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252"])
def test_an_old_encoding_is_read_and_told(encoding: str) -> None:
    header = {"cp1258": "Lơ\u0301p", "cp1252": "Classe\u00a0é"}[encoding]
    lines = text([(header, "SBD", "Toan"), ("9A1", "001", 8), ("9A2", "002", 7), ("9A2", "003", 7)])
    reading = read(lines.encode(encoding), group="A")
    assert reading.table.groups == ("9A1", "9A2")
    assert "encoding-guessed" in told(reading)


def test_a_header_may_take_two_rows() -> None:
    above = ("Lớp", "SBD", "Họ và tên", "Điểm", "")
    below = ("", "", "", "Toán", "Ngữ văn")
    same(read(text([above, below, *WIDE[1:]])).table, EXAMPLE.table)
    same(read(book([above, below, *WIDE[1:]])).table, EXAMPLE.table)


scores = st.one_of(st.none(), st.integers(0, 40).map(lambda quarter: quarter / 4))
tables = st.lists(
    st.tuples(st.sampled_from(["6A", "6B", "6C"]), st.lists(scores, min_size=3, max_size=3)),
    min_size=2,
    max_size=12,
)


@given(tables, st.randoms(use_true_random=False))
def test_wide_and_long_of_the_same_scores_give_the_same_table(
    rows: list[tuple[str, list[float | None]]], chance: object
) -> None:
    subjects = ("Toán", "Ngữ văn", "Tiếng Anh")
    # Every pupil and every subject has a score, since a long table does not know of others.
    rows = [
        (group, [5.0 if one is None and at == place % 3 else one for at, one in enumerate(row)])
        for place, (group, row) in enumerate(rows)
    ]
    rows = [("6A", [1.0, 2.0, 3.0]), ("6B", [4.0, 0.0, 6.0]), ("6B", [4.0, 0.0, 6.0]), *rows]
    wide: list[Row] = [("Lớp", "Mã HS", *subjects)]
    long: list[Row] = [("ma_hs", "mon", "diem", "lop")]
    for number, (group, row) in enumerate(rows):
        wide.append((group, f"HS{number}", *("" if one is None else one for one in row)))
        long += [
            (f"HS{number}", subject, one, group)
            for subject, one in zip(subjects, row, strict=True)
            if one is not None
        ]
    same(read(text(wide, ",")).table, read(text(long, "\t")).table)


@pytest.mark.parametrize("asked", ["Phòng thi", "phong_thi", "PHONG  THI", "b", "2"])
def test_the_group_column_is_named_by_header_letter_or_number(asked: str) -> None:
    rows = text([("Lớp", "Phòng thi", "Toán"), ("9A", 1, 5), ("9B", 1, 6), ("9B", 2, 7)])
    reading = read(rows, group=asked)
    assert reading.table.groups == ("1", "2")
    assert reading.account.group_column == "Phòng thi"
    assert "Lớp" in told(reading)["columns-left-out"]


def test_the_widest_groups_that_tell_rows_apart_are_taken() -> None:
    header = ("Tỉnh", "Trường", "Lớp", "Toán")
    rows = [("Hà Nội", f"THCS {i % 2}", f"9A{i % 4}", i) for i in range(9)]
    assert read(text([header, *rows])).account.group_column == "Trường"


NATIONAL = (
    "sbd,toan,ngu_van,ngoai_ngu,vat_li,hoa_hoc,sinh_hoc,lich_su,dia_li,gdcd,ma_ngoai_ngu\n"
    "1000001,8.4,6.75,8,6,5.25,5,,,,N1\n"
    "01000002,-1,7,-1,-1,-1,-1,6.25,7,8.5,-1\n"
    "64000001,9,5,9.4,,,,4,6.25,8,N1\n"
    "64000002,3,5.5,3,,,,4,6,8.25,N4\n"
)


def test_the_national_examination_is_grouped_by_province() -> None:
    reading = read(NATIONAL)
    assert reading.table.groups == ("01", "64")
    assert reading.account.grouped_by is GroupedBy.FIRST_DIGITS
    assert len(reading.table.subjects) == 9
    assert reading.account.scores == 6 + 4 + 6 + 6
    assert told(reading).keys() == {"columns-left-out"}


def test_worksheets_named_like_classes_are_the_groups() -> None:
    header = ("SBD", "Toán")
    sheets = ([header, ("001", 5), ("002", 6)], [header, ("003", 7), ("004", 8)], [("Ghi chú",)])
    reading = read(book(*sheets, names=("9A1", "9A2", "Khác")))
    assert reading.table.groups == ("9A1", "9A2")
    assert reading.account.grouped_by is GroupedBy.WORKSHEET
    assert told(reading) == {"sheets-left-out": "Không đọc các trang tính: Khác."}


def test_what_is_no_score_is_left_out_by_name_and_told() -> None:
    header = ("STT", "Lớp", "Mã HS", "Năm sinh", "SĐT", "Toán", "Robotics", "Tổng", "ĐTB", "A00")
    rows = [
        (i, f"9A{i % 2}", f"H{i}", 2011, f"09{i:08}", 5, 9 - i, 10, 5, 15) for i in (1, 2, 3, 4)
    ]
    reading = read(text([header, *rows]))
    assert reading.table.subjects == ("Toán", "Robotics")
    assert "STT, Năm sinh, SĐT" in told(reading)["columns-left-out"]
    assert "Tổng, ĐTB, A00" in told(reading)["totals-left-out"]


def test_sums_over_blocks_and_the_means_of_their_parts_are_no_subjects() -> None:
    header = "Tinh Toan VatLy HoaHoc SinhHoc LichSu KhoiA KhoiA1 KhoiD07 KHTN KHXH TongDiemKHTN"
    rows = [(i % 2, 5, 6, 7, 8, 9 - i, 18, 17, 20, 7, 9 - i, 30) for i in range(4)]
    reading = read(text([tuple(header.split()), *rows]))
    assert reading.table.subjects == ("Toan", "VatLy", "HoaHoc", "SinhHoc", "LichSu")
    assert "KhoiA, KhoiA1, KhoiD07, KHTN, KHXH, TongDiemKHTN" in told(reading)["totals-left-out"]


def test_the_subject_khtn_of_a_lower_secondary_school_is_one() -> None:
    rows = [(f"9A{i % 2}", 5, 6 + i % 3) for i in range(4)]
    assert read(text([("Lớp", "Toán", "KHTN"), *rows])).table.subjects == ("Toán", "KHTN")


def test_what_never_differs_inside_a_group_is_no_score_of_its_pupils() -> None:
    rows = [(f"9A{i % 2}", i % 2 + 1, 5 + i % 3) for i in range(6)]
    reading = read(text([("Lớp", "Cụm dạy học", "Toán"), *rows]))
    assert reading.table.subjects == ("Toán",)
    assert "Cụm dạy học" in told(reading)["columns-left-out"]


def test_a_column_that_counts_or_tells_numbers_apart_is_no_subject() -> None:
    rows = [(f"9A{i % 2}", i + 1, 20_000_000 + i, "đạt", 5) for i in range(4)]
    reading = read(text([("Lớp", "Dòng", "Hồ sơ", "Khác", "Toán"), *rows]))
    assert reading.table.subjects == ("Toán",)


def test_unreadable_cells_are_counted_with_their_places_and_never_0() -> None:
    rows = text([("Lớp", "Toán"), ("9A", "abc"), ("9A", 5), ("9B", "8..5"), ("9B", 5), ("9B", 0)])
    reading = read(rows)
    assert reading.account.unread == 2
    assert reading.account.scores == 3
    assert "Có 2 ô" in told(reading)["cells-unread"]
    assert "dòng 2: “abc”; dòng 4: “8..5”" in told(reading)["cells-unread"]
    np.testing.assert_array_equal(reading.table.scores[:, 0], [NAN, 5, NAN, 5, 0])


def test_an_unreadable_cell_of_a_workbook_names_its_worksheet() -> None:
    header = ("Lớp", "Toán")
    content = book([header, ("9A", 5)], [header, ("9B", "?!"), ("9B", 6)], names=("T1", "T2"))
    assert "trang T2, dòng 2: “?!”" in told(read(content))["cells-unread"]


def test_a_formula_with_an_error_or_without_a_result_is_unreadable() -> None:
    def draw(_book: object, sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        for at, row in enumerate([("Lớp", "Toán"), ("9A", 5), ("9B", 6), ("9B", 7), ("9B", 0)]):
            put_row(sheet, at, 0, list(row))
        sheet.write_formula("B3", "=1/0", value="#DIV/0!")
        sheet.write_formula("B4", "=B2+1", value="")

    reading = read(workbook(draw))
    assert reading.account.scores == 2
    sentence = told(reading)["cells-unread"]
    assert "dòng 3: “#LỖI”" in sentence
    assert "dòng 4: “#CHƯA TÍNH”" in sentence


def test_two_columns_of_one_name_are_told_apart_by_their_letters() -> None:
    rows = text([("Lớp", "Toán", "Toán"), ("9A", 5, 6), ("9B", 6, 7), ("9B", 7, 8)])
    assert read(rows).table.subjects == ("Toán (B)", "Toán (C)")


def test_a_slip_beyond_the_scale_is_unreadable_and_another_scale_is_not() -> None:
    rows = [("9A", 7), ("9B", 6)] * 100
    assert read(text([("Lớp", "Toán"), *rows, ("9B", 75)])).account.unread == 1
    assert read(text([("Lớp", "Toán"), *rows, *[("9B", 75)] * 100])).account.unread == 0


def test_a_pupil_that_comes_twice_counts_once_if_both_say_the_same() -> None:
    rows = [
        ("9A", "H1", 5),
        ("9A", "H2", 6),
        ("9A", "H1", 5),
        ("9B", "H1", 5),
        ("9B", "H2", 7),
        ("9B", "H2", 8),
    ]
    reading = read(text([("Lớp", "Mã HS", "Toán"), *rows]))
    assert reading.table.scores[:, 0].tolist() == [5, 6, 5, 7, 8]
    assert "1 dòng" in told(reading)["pupils-twice"]
    assert "dòng 7" in told(reading)["pupils-differ"]


@pytest.mark.parametrize("header", ["Họ tên", "Thí sinh"])
def test_two_pupils_of_one_name_are_two(header: str) -> None:
    rows = [("9A", "Nguyễn An", 5), ("9A", "Nguyễn An", 5), ("9B", "Lê Bình", 6)]
    assert read(text([("Lớp", header, "Toán"), *rows])).account.pupils == 3


def test_several_scores_of_a_pupil_in_a_subject_become_their_mean_and_told() -> None:
    rows = [
        ("9A", "H1", "Toán", 5),
        ("9A", "H1", "TOÁN", 8),
        ("9B", "H2", "Toán", 6),
        ("9B", "H3", "Toán", 0),
    ]
    reading = read(text([("Lớp", "Mã HS", "Môn", "Điểm"), *rows]))
    assert reading.table.scores[:, 0].tolist() == [6.5, 6, 0]
    assert "1 lần" in told(reading)["several-scores"]


def test_what_stands_in_no_group_or_subject_is_told() -> None:
    rows = [
        ("9A", "H1", "Toán", 5),
        ("", "H2", "Toán", 6),
        ("9B", "H3", "", 7),
        ("9B", "H4", "Toán", 7),
        ("9B", "", "Toán", 7),
        ("9B", "", "Toán", 8),
    ]
    reading = read(text([("Lớp", "Mã HS", "Môn", "Điểm"), *rows]))
    assert told(reading).keys() == {"rows-without-group", "rows-without-subject", "groups-alone"}
    assert reading.account.scores == 4
    assert np.nansum(reading.table.scores) == 27


def test_a_long_table_without_pupils_is_read_row_by_row() -> None:
    rows = [("9A", "Toán", 5), ("9A", "Văn", 6), ("9B", "Toán", 6)]
    reading = read(text([("Lớp", "Môn", "Điểm"), *rows]))
    assert reading.account.pupils == 3
    assert "no-pupil-column" in told(reading)


REFUSED = {
    "file-is-empty": " \n",
    "no-header-found": "1;2\n3;4\n",
    "not-a-table": b"SBD;To\x00n\n1;2\x00",
    "no-group-column": "Mã HS;Toán\nH1;5\nH2;6\n",
    "no-score-column": "Lớp;Họ tên\n9A;An\n9B;Bình\n",
    "no-scores-found": "Lớp;Toán\n9A;v\n9B;\n",
    "only-one-group": "Lớp;Toán\n9A;5\n9a ;6\n",
    "groups-of-one": "Lớp;Toán\n9A;5\n9B;6\n",
    "row-wider-than-header": "Lớp,SBD,Toán\n9A,01,7,5\n9B,02,8,5\n",
    "quotes-broken": 'Lớp;Toán\n9A;"5\n9B;6\n9B;7\n',
    "file-has-too-many-columns": "Lớp;Toán" + ";x" * 300 + "\n9A;5\n",
    "too-many-subjects": "Lớp;Môn;Điểm\n" + "".join(f"9A;m{i};5\n" for i in range(300)),
    "old-spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "file-is-damaged": b"PK\x03\x04" + bytes(600),
}


@pytest.mark.parametrize(("code", "content"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_screened_is_refused_with_its_reason(code: str, content: str) -> None:
    assert refusal(content) == code


def test_an_unknown_group_column_is_refused_with_the_columns_there_are() -> None:
    with pytest.raises(FileRefused) as refused:
        read(text(WIDE), group="Quận")
    assert refused.value.problem.code == "no-such-column"
    assert "Lớp (A), SBD (B)" in refused.value.problem.sentence


def test_more_rows_than_the_limit_are_refused() -> None:
    for content in (LINES, book(WIDE)):
        with pytest.raises(FileRefused) as refused:
            read_scores(content, limits=Limits(rows=3))
        assert refused.value.problem.code == "file-has-too-many-rows"


def test_a_workbook_of_too_many_cells_is_better_saved_as_text() -> None:
    with pytest.raises(FileRefused) as refused:
        read_scores(book(WIDE), limits=Limits(cells=20))
    assert refused.value.problem.code == "workbook-better-as-text"


LINES = text(WIDE).encode()


@given(st.data())
def test_a_hostile_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(
        data.draw(st.sampled_from([LINES, LINES.replace(b";", b","), NATIONAL.encode()]))
    )
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content)))
        put = data.draw(
            st.sampled_from(
                [
                    b"\x00",
                    b'"',
                    b"\xff\xfe",
                    b"\n",
                    b"\r",
                    b";",
                    b"-1",
                    b"\xe2\x80\xa8",
                    b"9" * 400,
                    b"=cmd|x",
                    "٣".encode(),
                ]
            )
        )
        content[at : at + data.draw(st.integers(0, 9))] = put
    group = data.draw(st.sampled_from([None, "SBD", "toan", "B", "0", "-1", "99999", "٣"]))
    try:
        table = read(bytes(content), group).table
    except FileRefused:
        return
    assert len(table.groups) > 1
    assert table.group_of.max() < len(table.groups)
    assert np.nanmin(table.scores) >= 0


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert refusal(content)
