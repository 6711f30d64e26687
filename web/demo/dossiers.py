"""Biên bản of the executed corrections: one archived, one late, two that await a signature.

They are made as the program makes them, with keys and moments that are new in every demo; so this
comes after the story, which is the same in every one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from ledger.dossiers.commands import CorrectPaper, IssuePaper
from ledger.dossiers.facts import PaperKind
from ledger.dossiers.state import Dossier
from ledger.vocabulary import Author, CommandId, CorrectionId, PersonId, Role
from web.demo import casting
from web.demo.corrections import correction_of
from web.demo.days import SCHOOL_YEAR, SEMESTER, november
from web.demo.school import School
from web.demo.stage import Act, Actor, Script
from web.desk import Desk
from web.dossiers import filing

PIN: Final = "201126"  # printed for everybody: the people are invented

_AT_THE_DESK: Final = "127.0.0.1"
_BETWEEN_STEPS: Final = timedelta(minutes=2)
_CORRECTED_ON: Final = {
    PaperKind.TEACHER_BOOK: "Sổ cá nhân, trang 14: gạch bỏ bằng mực đỏ, ghi điểm đúng, ký tên.",
    PaperKind.CLASS_BOOK: "Sổ của lớp, trang 22: gạch bỏ bằng mực đỏ, hiệu trưởng đã đóng dấu.",
}


def write_issued_papers(school: School, script: Script) -> None:
    """The day after locking, every family is sent a report; some classes' books are printed."""
    secretary = Actor(school.person("thư-ký"), Role.SECRETARY)
    for number, plan in enumerate(school.classes):
        script.add(
            november(17, 13, 30 + number),
            _issuing(secretary, PaperKind.REPORT, plan.name, "Gửi phụ huynh"),
        )
        if plan.grade == 8:
            script.add(
                november(17, 15, 10 + number),
                _issuing(secretary, PaperKind.CLASS_BOOK, plan.name, "In để kiểm tra chéo"),
            )


def _issuing(by: Actor, paper: PaperKind, class_group: str, note: str) -> Act:
    return lambda stage: stage.note(
        IssuePaper,
        by,
        paper=paper,
        class_group=class_group,
        semester=SEMESTER,
        issued_on=stage.now.date(),
        note=note,
    )


def file_dossiers(desk: Desk, school: School, *, step: Callable[[int, int], None]) -> None:
    """Found the school's authority, give keys to some, and let them file what was corrected."""
    filer = _Filer(desk, school)
    steps = (
        filer.give_keys,
        filer.archived,
        filer.late,
        filer.awaiting_the_principal,
        filer.awaiting_the_teacher,
    )
    for number, act in enumerate(steps, 1):
        act()
        step(number, len(steps))


@dataclass
class _Filer:
    """The school at work on its dossiers, in the afternoon of the last day."""

    desk: Desk
    school: School
    now: datetime = field(default_factory=lambda: november(20, 14))

    def give_keys(self) -> None:
        from web.signing import enrolling

        principal = self._by(self.school.person("hiệu-trưởng"), Role.PRINCIPAL)
        enrolling.found_authority(self._at(), CommandId(uuid4()), principal)
        for by in (principal, self._administrator(), *map(self._teacher, _TEACHERS_WITH_KEYS)):
            desk, name = self._at(), self.desk.names().staff(by.person)
            command_id = CommandId(uuid4())
            enrolling.give_key(desk, command_id, by, name=name, pin=PIN, reason="Cấp lần đầu.")

    def archived(self) -> None:
        dossier = self._signed_by_all(casting.EXECUTED)
        filing.archive(self._at(), dossier, self._administrator())

    def late(self) -> None:
        """The own book and the class's are corrected by hand; two kinds of paper wait."""
        dossier = self._signed_by_all(casting.EXECUTED_FOR_HOMEROOM)
        for paper, note in _CORRECTED_ON.items():
            desk = self._at()
            desk.handle(
                CorrectPaper(
                    command_id=CommandId(uuid4()),
                    by=self._administrator(),
                    at=desk.clock(),
                    school_year=SCHOOL_YEAR,
                    correction_id=dossier.correction_id,
                    paper=paper,
                    note=note,
                )
            )

    def awaiting_the_principal(self) -> None:
        dossier = self._drafted(casting.EXECUTED_SHIFTED_ROWS)
        for _ in range(2):
            dossier = self._signed(dossier)

    def awaiting_the_teacher(self) -> None:
        """Whose key is not made yet: a visitor sees how one comes by it."""
        self._drafted(casting.EXECUTED_IN_PLACE_OF)

    def _signed_by_all(self, key: casting.Key) -> Dossier:
        dossier = self._drafted(key)
        while dossier.next_signer:
            dossier = self._signed(dossier)
        return dossier

    def _drafted(self, key: casting.Key) -> Dossier:
        desk = self._at()
        view = desk.corrections.find(self._correction(key))
        assert view is not None, "the story executed it"
        return filing.draft(desk, view, self._administrator())

    def _signed(self, dossier: Dossier) -> Dossier:
        from web.signing.means import by_school

        desk, signer = self._at(), dossier.next_signer
        assert signer is not None, "somebody is to sign"
        key = by_school(desk, signer.person, PIN, address=_AT_THE_DESK)
        return filing.sign(desk, dossier, key, self._by(signer.person, signer.role), signer.role)

    def _at(self) -> Desk:
        """The desk at the moment of the next step."""
        self.now += _BETWEEN_STEPS
        at = self.now
        return self.desk.living_by(lambda: at)

    def _correction(self, key: casting.Key) -> CorrectionId:
        return correction_of(self.school.sheet(*key))

    def _administrator(self) -> Author:
        return self._by(self.school.person("quản-trị"), Role.ADMINISTRATOR)

    def _teacher(self, key: casting.Key) -> Author:
        return self._by(self.school.sheet(*key).teacher, Role.SUBJECT_TEACHER)

    def _by(self, person: PersonId, role: Role) -> Author:
        return Actor(person, role).at(self.now)


_TEACHERS_WITH_KEYS: Final = (
    casting.EXECUTED,
    casting.EXECUTED_FOR_HOMEROOM,
    casting.EXECUTED_SHIFTED_ROWS,
)
