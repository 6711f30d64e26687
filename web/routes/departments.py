"""The department head's page: members, scores against targets, and proposals."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.facts import DepartmentFormed
from ledger.supervision.commands import (
    CloseProposal,
    MakeProposal,
    SetScoreTarget,
    SupervisionCommand,
)
from ledger.supervision.facts import MinimumShare, ProposalId
from ledger.vocabulary import MARKS, Role
from web.access.identity import SignedIn, User
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of, see
from web.progress.departments import NOTHING_ASKED, ScoresAsked, department_page
from web.progress.scope import LEADS, WATCHES
from web.progress.semesters import ChosenSemester
from web.progress.texts import typed_text
from web.refusals import NoSuchDepartment, NotForYourEyes
from web.rendering import render
from web.wording import supervision_words
from web.year.sent import Sent, SentForm

router = APIRouter(include_in_schema=False)

# The bounds at which the form lets a target begin; None of them filled in drops the target.
TARGET_BOUNDS: Final = ("3.5", "5.0", "6.5", "8.0", "passed")


@router.get("/to")
def show_departments(request: Request, desk: DeskDep, user: User) -> Response:
    """The departments of the newest year: all for leaders, the own ones for their heads."""
    user.must_act_as(*WATCHES)
    chosen = ChosenSemester.of(desk, "")
    year = desk.ledger.year(chosen.school_year) if chosen else None
    formed = [one for one in year.departments.values() if _may_see(user, one)] if year else []
    return render(
        request,
        "departments/list.html",
        departments=formed,
        chosen=chosen,
        names=desk.names(),
        words=supervision_words,
    )


def _may_see(user: SignedIn, formed: DepartmentFormed) -> bool:
    leads_it = Role.DEPARTMENT_HEAD in user.roles and formed.head == user.person
    return leads_it or user.may_act_as(*LEADS)


class _Department:
    """The department of a request, in the semester that it is about."""

    def __init__(self, desk: Desk, user: SignedIn, code: str, hoc_ki: str) -> None:
        chosen = ChosenSemester.of(desk, hoc_ki)
        year = desk.ledger.year(chosen.school_year) if chosen else None
        formed = year.departments.get(code) if year else None
        if chosen is None or formed is None:
            raise NoSuchDepartment
        if not _may_see(user, formed):
            raise NotForYourEyes
        self.desk, self.user, self.chosen, self.formed = desk, user, chosen, formed

    @property
    def path(self) -> str:
        return f"/to/{self.formed.department}"

    def asked(self, form_id: UUID) -> dict[str, Any]:
        """What the commands of the head have in common; the rules refuse anybody else."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.user.trying_as(Role.DEPARTMENT_HEAD),
            "at": self.desk.clock(),
            "school_year": self.chosen.school_year,
        }

    def send(self, request: Request, command: SupervisionCommand, place: str) -> Response:
        """Record the command and show the page, where it is refused with the reason."""
        try:
            self.desk.handle(command)
        except Refused as refused:
            return self.page(request, errors=FormErrors.of(request, refused))
        return see(f"{self.path}?{urlencode({'hoc_ki': self.chosen.code})}{place}")

    def page(
        self,
        request: Request,
        asked: ScoresAsked = NOTHING_ASKED,
        *,
        errors: FormErrors = NO_ERRORS,
        typed: SentForm | None = None,
        about: str = "",
    ) -> Response:
        school_year, semester = self.chosen.school_year, self.chosen.semester
        columns = self.desk.progress.columns(school_year, semester)
        return render(
            request,
            "departments/show.html",
            status=errors.status,
            page=department_page(self.desk, self.formed, school_year, columns, asked),
            chosen=self.chosen,
            kept=urlencode({"hoc_ki": self.chosen.code}),
            asked=asked,
            about=about,
            leads_it=self.formed.head == self.user.person,
            bounds=TARGET_BOUNDS,
            typed=typed,
            errors=errors,
            names=self.desk.names(),
            moment=self.desk.clock(),
            words=supervision_words,
        )


@router.get("/to/{department}")
def show_department(
    department: str,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    hoc_ki: str = "",
    khoi: int | None = None,
    mon: str = "",
    cot: str = "",
    ve: str = "",
) -> Response:
    """One department in a semester; `khoi`, `mon` and `cot` ask for the classes of a column."""
    found = _Department(desk, user, department, hoc_ki)
    return found.page(request, ScoresAsked(khoi, mon, cot), about=ve)


@router.post("/to/{department}/chi-tieu")
def set_target(
    department: str, request: Request, desk: DeskDep, user: User, sent: Sent
) -> Response:
    """Set the target of a subject's columns, or drop it where no share is filled in."""
    found = _Department(desk, user, department, sent.text("hoc_ki"))
    typed = Typed()
    grade = typed.number(sent.text("grade"), name="grade", least=6, most=12)
    shares = tuple(
        MinimumShare(at_least=MARKS[bound], percent=percent)
        for bound in TARGET_BOUNDS
        if (text := sent.text(f"share-{bound}"))
        and (percent := typed.number(text, name=f"share-{bound}", least=0, most=100)) is not None
    )
    try:
        typed.check()
    except Refused as refused:
        return found.page(request, errors=FormErrors.of(request, refused), typed=sent)
    command = SetScoreTarget.model_validate(
        {
            **found.asked(sent.form_id),
            "grade": grade,
            "subject": sent.text("subject"),
            "column": sent.text("column") or None,
            "shares": shares,
        }
    )
    return found.send(request, command, "#chi-tieu")


@router.post("/to/{department}/de-xuat")
def make_proposal(
    department: str, request: Request, desk: DeskDep, user: User, sent: Sent
) -> Response:
    """Propose something to a member about a column of one of the member's sheets."""
    found = _Department(desk, user, department, sent.text("hoc_ki"))
    typed = Typed()
    sheet_id, _, person = sent.text("place").partition(".")
    teacher = typed.person(person, name="place")
    column = typed.column(sent.text("column"), name="proposal-column")
    text = typed_text(typed, sent.text("text"), name="text")
    try:
        typed.check()
    except Refused as refused:
        return found.page(request, errors=FormErrors.of(request, refused), typed=sent)
    command = MakeProposal.model_validate(
        {
            **found.asked(sent.form_id),
            "proposal_id": sent.text("proposal_id"),
            "teacher": teacher,
            "sheet": sheet_id,
            "column": column,
            "text": text,
        }
    )
    return found.send(request, command, "#de-xuat")


@router.post("/to/{department}/de-xuat/{proposal_id}/ket-thuc")
def close_proposal(
    department: str,
    proposal_id: UUID,
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    sent: Sent,
) -> Response:
    """Close a proposal with what came of it."""
    found = _Department(desk, user, department, sent.text("hoc_ki"))
    typed = Typed()
    name = f"reason-{proposal_id}"
    reason = typed_text(typed, sent.text("reason"), name=name)
    try:
        typed.check()
    except Refused as refused:
        return found.page(request, errors=FormErrors.of(request, refused), typed=sent)
    command = CloseProposal(
        **found.asked(sent.form_id), proposal_id=ProposalId(proposal_id), reason=reason
    )
    return found.send(request, command, "#de-xuat")
