"""Signals about changed marks as people read them: a title, a sentence, and what may lie behind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from ledger.signals.finding import SignalKind
from web.wording.signal_telling import Told

TITLES: Final[Mapping[SignalKind, str]] = MappingProxyType(
    {
        SignalKind.CHANGED_OFTEN: "Sửa điểm nhiều lần",
        SignalKind.MARK_CHANGED_AGAIN: "Điểm được sửa đi sửa lại",
        SignalKind.CLEARED_AND_REENTERED: "Xóa điểm rồi nhập lại",
        SignalKind.CHANGED_IN_WINDOW: "Sửa hàng loạt sau khi mở lại",
        SignalKind.CHANGED_BEFORE_DEADLINE: "Sửa điểm sát hạn",
        SignalKind.CHANGED_AT_ODD_HOURS: "Sửa điểm vào giờ bất thường",
        SignalKind.CHANGED_BY_ANOTHER: "Người khác sửa điểm",
        SignalKind.ONE_DIRECTION: "Sửa điểm theo một chiều",
        SignalKind.CROSSES_THRESHOLDS: "Sửa điểm vượt mốc",
        SignalKind.LIFTS_RESULTS: "Sửa điểm làm đổi kết quả",
        SignalKind.CORRECTION_ASKED_AGAIN: "Đề nghị lại sau khi bị từ chối",
        SignalKind.ATTEMPTS_REFUSED: "Nhiều lần thử bị từ chối",
    }
)


def _book(told: Told) -> str:
    """The sheet that a signal lies in, inside a sentence."""
    return f"bảng điểm {told.where}"


def _whose(told: Told) -> str:
    """Whose edits they are, and over which time: "của … trong học kì I"."""
    if told.place.sheet is not None:
        by = f" của {told.person}" if told.person else ""
        return f"{by} ở {_book(told)}".lstrip()
    return f"của {told.person} trong {told.where or 'năm học'}"


def _ways(told: Told) -> str:
    return f"{told.count('up')} điểm tăng, {told.count('down')} điểm giảm"


def _mean(told: Told) -> str:
    """The mean change, ", trung bình tăng 0,8 điểm"; marks of comment subjects have none."""
    if "mean-change" not in told.figures:
        return ""
    mean = told.value("mean-change")
    way = "tăng" if mean >= 0 else "giảm"
    return f", trung bình {way} {told.number('mean-change').lstrip('-')} điểm"


def _others(told: Told) -> str:
    return f"ở các trường hợp khác trong trường: {told.percent('school-rate')}"


def _often(told: Told) -> str:
    count = f"{told.count('edits')} lần"
    if told.place.sheet is None:
        said = f"{told.person} đã sửa {count} điểm đã nhập trong {told.where or 'năm học'}"
    else:
        said = f"Bảng điểm {told.where} có {count} sửa điểm đã nhập"
    share = f"{told.percent('rate')} số điểm đã nhập; {_others(told)}"
    return f"{said} ({share}); so với lúc đầu có {_ways(told)}."


def _again(told: Told) -> str:
    usual = f"trong cả trường, cứ 100 điểm đã sửa có {_per_hundred(told)} lần sửa lại"
    if "marks" in told.figures:
        return (
            f"{told.count('marks')} trong {told.count('edited')} điểm đã sửa ở {_book(told)} được "
            f"sửa hơn một lần, có điểm tới {told.count('most')} lần; {usual}."
        )
    said = f"Một điểm ở {_book(told)} được sửa {told.count('edits')} lần"
    said += (
        f" trong {told.count('days')} ngày" if told.value("days") > 1 else " trong cùng một ngày"
    )
    if "before" in told.figures:
        said += f", từ {told.mark('before')} thành {told.mark('after')}"
    if told.value("returns"):
        said += f", {told.count('returns')} lần trở lại một điểm đã có trước đó"
    if told.value("people") > 1:
        said += f", bởi {told.count('people')} người"
    return f"{said}; {usual}."


def _per_hundred(told: Told) -> str:
    share = told.percent("school-rate")
    return share.removesuffix("%")


def _cleared(told: Told) -> str:
    share = f"{told.percent('rate')}; {_others(told)}"
    return (
        f"{told.count('found')} trong {told.count('edits')} lần sửa điểm {_whose(told)} là xóa "
        f"điểm rồi nhập lại ({share})."
    )


def _in_window(told: Told) -> str:
    columns = told.value("columns")
    where = f"{told.count('columns')} cột điểm" if columns > 1 else _book(told)
    share = f"{told.count('edits')} trong {told.count('marks')} điểm ({told.percent('rate')})"
    return (
        f"Sau khi cột điểm được mở lại, {told.person} sửa {share} của {where}: {_ways(told)}"
        f"{_mean(told)}; những lần mở khác trung bình {told.number('usual')} điểm mỗi cột."
    )


def _before_deadline(told: Told) -> str:
    share = f"{told.percent('rate')}; {_others(told)}"
    return (
        f"{told.count('found')} trong {told.count('edits')} lần sửa điểm {_whose(told)} rơi vào 24 "
        f"giờ cuối trước hạn, trên những điểm đã có từ trước ({share}); "
        f"{told.percent('entries-rate')} số điểm được nhập trong 24 giờ ấy."
    )


def _odd_hours(told: Told) -> str:
    share = f"{told.percent('rate')}; {_others(told)}"
    return (
        f"{told.count('found')} trong {told.count('edits')} lần sửa điểm {_whose(told)} diễn ra từ "
        f"22 giờ đến 5 giờ sáng ({share}); {told.percent('entries-rate')} số điểm được nhập trong "
        "khoảng giờ ấy."
    )


def _by_another(told: Told) -> str:
    return (
        f"{told.person} không dạy lớp này nhưng đã sửa {told.count('edits')} điểm ở {_book(told)} "
        f"ngoài biên bản sửa điểm ({_ways(told)}), trong tổng số {told.count('of-edits')} lần sửa "
        "của bảng điểm."
    )


def _one_direction(told: Told) -> str:
    up, down = told.value("up"), told.value("down")
    way, most, least = ("tăng", "up", "down") if up > down else ("giảm", "down", "up")
    few = f"chỉ {told.count(least)}" if told.value(least) else "không"
    rest = f"{few} điểm {'nào ' if few == 'không' else ''}theo chiều ngược lại"
    return (
        f"{told.count(most)} điểm được sửa {way} {_whose(told)}, {rest}{_mean(told)}; tỉ lệ sửa "
        f"{way} ở các trường hợp khác trong trường là {told.percent('school-rate')}."
    )


def _crosses(told: Told) -> str:
    return (
        f"{told.count('crossed')} trong {told.count('up')} điểm được sửa tăng {_whose(told)} vượt "
        f"mốc 5,0, 6,5, 8,0 hoặc 9,0, trong đó {told.count('just')} điểm chỉ vừa qua mốc; theo lẽ "
        f"thường khoảng {told.number('expected')} điểm vượt mốc, {told.number('expected-just')} "
        "điểm vừa qua mốc."
    )


def _lifts(told: Told) -> str:
    said = (
        f"Việc sửa điểm {_whose(told)} đưa {told.count('lifted')} trong {told.count('averages')} "
        f"điểm trung bình môn được tăng qua mốc 5,0, 6,5 hoặc 8,0; theo lẽ thường khoảng "
        f"{told.number('expected')}"
    )
    if told.value("levels"):
        said += f". {told.count('levels')} học sinh nhờ đó có kết quả học tập ở mức cao hơn"
    return f"{said}."


def _asked_again(told: Told) -> str:
    return (
        f"{told.person} đề nghị lại {told.count('again')} lần việc sửa {told.count('marks')} điểm "
        f"ở {_book(told)} sau khi đã bị từ chối; tất cả đã có {told.count('refusals')} lần từ chối."
    )


def _attempts(told: Told) -> str:
    return (
        f"{told.person} có {told.count('attempts')} lần thử bị từ chối vào "
        f"{told.count('occasions')} dịp khác nhau; trung bình mỗi người khác "
        f"{told.number('usual')} dịp."
    )


SENTENCES: Final[Mapping[SignalKind, Callable[[Told], str]]] = MappingProxyType(
    {
        SignalKind.CHANGED_OFTEN: _often,
        SignalKind.MARK_CHANGED_AGAIN: _again,
        SignalKind.CLEARED_AND_REENTERED: _cleared,
        SignalKind.CHANGED_IN_WINDOW: _in_window,
        SignalKind.CHANGED_BEFORE_DEADLINE: _before_deadline,
        SignalKind.CHANGED_AT_ODD_HOURS: _odd_hours,
        SignalKind.CHANGED_BY_ANOTHER: _by_another,
        SignalKind.ONE_DIRECTION: _one_direction,
        SignalKind.CROSSES_THRESHOLDS: _crosses,
        SignalKind.LIFTS_RESULTS: _lifts,
        SignalKind.CORRECTION_ASKED_AGAIN: _asked_again,
        SignalKind.ATTEMPTS_REFUSED: _attempts,
    }
)

_MARKED_AGAIN: Final = "Bài kiểm tra được chấm lại, chấm chéo hoặc phúc khảo."
_ADDED_UP: Final = "Cộng sót điểm hoặc bỏ sót câu, nên phần lớn điểm được sửa là tăng."
_BAD_LINE: Final = "Đường truyền hoặc thiết bị trục trặc nên phải nhập lại."

EXPLANATIONS: Final[Mapping[SignalKind, tuple[str, ...]]] = MappingProxyType(
    {
        SignalKind.CHANGED_OFTEN: (
            "Nhập lệch hàng hoặc nhập nhầm lớp rồi sửa lại từng ô.",
            "Giáo viên mới dùng phần mềm hoặc mới nhận lớp.",
            _MARKED_AGAIN,
            "Thang điểm của bài kiểm tra được tổ chuyên môn điều chỉnh.",
        ),
        SignalKind.MARK_CHANGED_AGAIN: (
            "Học sinh khiếu nại và bài được chấm lại nhiều lượt.",
            "Nhầm hai học sinh trùng họ tên.",
            "Gõ nhầm khi sửa nên phải sửa thêm lần nữa.",
        ),
        SignalKind.CLEARED_AND_REENTERED: (
            "Thói quen xóa ô trước khi gõ điểm mới.",
            "Nhập nhầm cột: xóa ở cột sai rồi nhập lại.",
            _BAD_LINE,
        ),
        SignalKind.CHANGED_IN_WINDOW: (
            "Cột được mở lại chính để nhập lại cả bài kiểm tra; hãy đọc lí do mở khóa.",
            "Cả cột đã bị nhập lệch hàng hoặc nhập nhầm bài.",
            _MARKED_AGAIN,
        ),
        SignalKind.CHANGED_BEFORE_DEADLINE: (
            "Giáo viên rà soát sổ điểm một lượt trước khi đến hạn.",
            "Trả bài và chữa bài ngay trước hạn nên học sinh phát hiện sai sót.",
            "Có thông báo nhắc rà soát điểm của nhà trường trong những ngày ấy.",
        ),
        SignalKind.CHANGED_AT_ODD_HOURS: (
            "Giáo viên thường làm việc khuya; hãy so với giờ nhập điểm.",
            "Ban ngày mạng hoặc phần mềm quá tải.",
            "Tài khoản bị người khác dùng: hãy hỏi chính giáo viên.",
        ),
        SignalKind.CHANGED_BY_ANOTHER: (
            "Người dạy thay chưa được ghi vào phân công giảng dạy.",
            "Quản trị hệ thống sửa giúp khi giáo viên gặp trục trặc.",
            "Tài khoản bị dùng chung: hãy hỏi cả người sửa lẫn giáo viên của lớp.",
        ),
        SignalKind.ONE_DIRECTION: (
            _ADDED_UP,
            "Điểm cộng hoặc điểm khuyến khích được ghi sau khi nhập.",
            "Bài được chấm lại theo đáp án đã điều chỉnh.",
        ),
        SignalKind.CROSSES_THRESHOLDS: (
            "Làm tròn sai khi nhập lần đầu (ví dụ 4,75 nhập thành 4,7).",
            "Học sinh ở sát mốc xem lại bài nhiều hơn nên phát hiện nhiều sai sót hơn.",
            _ADDED_UP,
        ),
        SignalKind.LIFTS_RESULTS: (
            "Học sinh ở sát mốc xin xem lại bài nhiều hơn.",
            "Bài kiểm tra cuối kì có hệ số 3, sửa ít cũng đổi điểm trung bình.",
            _MARKED_AGAIN,
        ),
        SignalKind.CORRECTION_ASKED_AGAIN: (
            "Lần đầu thiếu minh chứng, lần sau đã bổ sung.",
            "Lí do từ chối chưa rõ với người đề nghị.",
        ),
        SignalKind.ATTEMPTS_REFUSED: (
            "Giáo viên không biết cột đã khóa hoặc đã quá hạn.",
            "Phân công giảng dạy ghi thiếu nên đúng người mà không nhập được.",
            "Mở nhầm lớp hoặc nhầm học kì.",
        ),
    }
)
