"""The results of one class in which every fact happens at least once."""

from decimal import Decimal

from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.results import facts
from ledger.results.terms import Term
from ledger.vocabulary import Mark, SubjectKind
from tests.scenario import Past
from tests.school import AN, BAO, DIEP, HOA, NGOC, REASON, SHEET

_CLASS = {"school_year": "2026-2027", "class_group": "6A1"}
_MATHS, _SPORTS = "toan", "giao-duc-the-chat"


def _reached(subject: str, text: str) -> facts.SubjectResult:
    kind = SubjectKind.COMMENT if subject == _SPORTS else SubjectKind.SCORED
    return facts.SubjectResult(subject=subject, kind=kind, result=Mark.of(text))


RESULTS: tuple[Past, ...] = (
    HOA.wrote(
        facts.AttendanceRecorded(
            **_CLASS,
            month="2026-10",
            absences=(
                facts.PupilAbsences(pupil=AN, with_leave=0, without_leave=0),
                facts.PupilAbsences(pupil=BAO, with_leave=2, without_leave=1),
            ),
        )
    ),
    HOA.wrote(
        facts.ConductAssessed(
            **_CLASS,
            term=Term.SEMESTER_1,
            pupils=(
                facts.PupilConduct(pupil=AN, level="Tốt"),
                facts.PupilConduct(pupil=BAO, level="Chưa đạt"),
            ),
        )
    ),
    HOA.wrote(
        facts.HomeroomCommentWritten(
            **_CLASS,
            term=Term.YEAR,
            comments=(facts.PupilComment(pupil=AN, digest="c" * 64),),
        )
    ),
    NGOC.wrote(
        facts.TermResultsApproved(
            **_CLASS,
            term=Term.YEAR,
            revision=2,
            circular="tt22",
            policy="other-subjects.1",
            basis=(facts.SheetVersion(sheet=SHEET, version=21),),
            results=(
                facts.PupilResults(
                    pupil=AN,
                    subjects=(_reached(_MATHS, "0.0"), _reached(_SPORTS, "exempt")),
                    overall_average=Decimal("0.0"),
                    study=facts.StudyResult(level="Khá", base="Đạt", adjusted_for=_MATHS),
                    conduct="Tốt",
                    days_absent=3,
                    award="Học sinh Giỏi",
                    promotion=facts.PromotionResult(
                        outcome=Outcome.REASSESSMENT_IN_SUMMER,
                        reasons=(Shortfall.STUDY,),
                        subjects=(_MATHS,),
                    ),
                ),
                facts.PupilResults(pupil=BAO, subjects=(_reached(_SPORTS, "not-passed"),)),
            ),
            reason=REASON,
        )
    ),
    HOA.wrote(facts.SubjectReassessed(**_CLASS, pupil=AN, subject=_MATHS, result=Mark.of("5.0"))),
    HOA.wrote(facts.ConductReassessed(**_CLASS, pupil=BAO, level="Đạt")),
    NGOC.wrote(
        facts.PromotionAfterSummerApproved(
            **_CLASS,
            revision=1,
            year_revision=2,
            pupils=(
                facts.PupilAfterSummer(
                    pupil=AN,
                    subjects=(_reached(_MATHS, "5.0"),),
                    study="Đạt",
                    conduct="Tốt",
                    promotion=facts.PromotionResult(
                        outcome=Outcome.PROMOTED_AFTER_SUMMER, reasons=(Shortfall.STUDY,)
                    ),
                ),
            ),
        )
    ),
    NGOC.wrote(
        facts.TermResultsContinued(
            **_CLASS,
            term=Term.YEAR,
            revision=2,
            results=(
                facts.PupilResults(
                    pupil=DIEP,
                    subjects=(_reached(_MATHS, "8.5"), _reached(_SPORTS, "passed")),
                    study=facts.StudyResult(level="Tốt", base="Tốt"),
                    conduct="Tốt",
                    promotion=facts.PromotionResult(outcome=Outcome.PROMOTED),
                ),
            ),
        )
    ),
)
