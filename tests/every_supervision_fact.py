"""One year of supervision in which every fact happens at least once."""

from ledger.supervision import facts
from ledger.supervision.facts import ProposalId
from ledger.vocabulary import Mark
from tests.scenario import Past
from tests.school import DUC, LAN, SHEET, TUAN, numbered_id

PROPOSAL = ProposalId(numbered_id(951))

SUPERVISION: tuple[Past, ...] = (
    DUC.wrote(
        facts.InspectionRemarked(
            class_group="6A1", month="2026-10", remark="Vào điểm đúng tiến độ, sĩ số không đổi"
        )
    ),
    TUAN.wrote(
        facts.ScoreTargetSet(
            department="toan-tin",
            grade=6,
            subject="toan",
            column="midterm",
            shares=(
                facts.MinimumShare(at_least=Mark.of("5.0"), percent=90),
                facts.MinimumShare(at_least=Mark.of("8.0"), percent=30),
            ),
        )
    ),
    TUAN.wrote(
        facts.ProposalMade(
            proposal_id=PROPOSAL,
            department="toan-tin",
            teacher=LAN.person,
            sheet=SHEET,
            column="midterm",
            text="Phụ đạo thêm phần phân số trước bài cuối kì",
        )
    ),
    LAN.wrote(
        facts.ProposalAnswered(proposal_id=PROPOSAL, text="Đã mở hai buổi phụ đạo chiều thứ Năm")
    ),
    TUAN.wrote(facts.ProposalClosed(proposal_id=PROPOSAL, reason="Tổ đã thống nhất cách xử lý")),
)
