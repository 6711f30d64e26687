"""Fold lines into the corrections' tables, a batch in a fixed number of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, MetaData, bindparam, update

from ledger.line import Line
from ledger.sheet import facts
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.grounds import Evidence, LateReason
from ledger.vocabulary import Role
from projections.corrections import tables
from projections.corrections.views import Question
from projections.tables import Row, as_text, load_rows, moment_text, update_rows, upsert

LINES: Final = TypeAdapter(tuple[facts.CorrectionLine, ...])
LATE_BECAUSE: Final = TypeAdapter(tuple[LateReason, ...])
QUESTIONS: Final = TypeAdapter(tuple[Question, ...])
EVIDENCE: Final = TypeAdapter(tuple[Evidence, ...])

_EMPTY: Final = MappingProxyType(dict.fromkeys(tables.request.c.keys()))
_SET_HOMEROOM: Final = (
    update(tables.sheet)
    .where(tables.sheet.c.sheet_id == bindparam("of_sheet"))
    .values(homeroom_teacher=bindparam("person"))
)


class CorrectionsFold:
    """The projection that keeps every correction and the steps taken."""

    name: Final = "corrections"
    version: Final = 3
    metadata: Final[MetaData] = tables.metadata

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None:
        # Nearly every line is about marks alone and ends here.
        if chosen := [line for line in lines if type(line.fact) in _FOLDS]:
            batch = _Batch(connection, chosen)
            for line in chosen:
                _FOLDS[type(line.fact)](batch, line.fact, line)
            batch.keep()


class _Batch:
    """The requests that a batch touches, as rows: loaded, moved on, and kept again."""

    def __init__(self, connection: Connection, lines: Sequence[Line]) -> None:
        self._connection = connection
        self._opened: dict[str, Row] = {}
        self._homeroom: dict[str, str] = {}
        known, sheets, years = set(), set(), set()
        for line in lines:
            if isinstance(line.fact, facts.CorrectionRequested):
                sheets.add(as_text(line.stream_id))
            elif isinstance(line.fact, facts.SheetOpened):
                years.add(line.fact.school_year)
            elif correction_id := getattr(line.fact, "correction_id", None):
                known.add(as_text(correction_id))
        request, sheet, year = tables.request, tables.sheet, tables.year
        self._requests = load_rows(connection, request, request.c.correction_id, known)
        self._sheets = load_rows(connection, sheet, sheet.c.sheet_id, sheets)
        years |= {row["school_year"] for row in self._sheets.values()}
        self._years = load_rows(connection, year, year.c.school_year, years)

    def keep(self) -> None:
        upsert(self._connection, tables.sheet, self._opened.values())
        moved = [{"of_sheet": one, "person": who} for one, who in self._homeroom.items()]
        update_rows(self._connection, _SET_HOMEROOM, moved)
        upsert(self._connection, tables.request, self._requests.values())
        upsert(self._connection, tables.year, self._years.values())

    def open(self, fact: facts.SheetOpened, line: Line) -> None:
        sheet_id = as_text(line.stream_id)
        self._opened[sheet_id] = self._sheets[sheet_id] = {
            "sheet_id": sheet_id,
            "school_year": fact.school_year,
            "semester": fact.semester,
            "class_group": fact.class_group,
            "subject": fact.subject,
            "homeroom_teacher": as_text(fact.homeroom_teacher),
            "homeroom_confirms": fact.correction_rules.homeroom_confirms,
        }

    def change_homeroom(self, fact: facts.HomeroomTeacherChanged, line: Line) -> None:
        self._homeroom[as_text(line.stream_id)] = as_text(fact.teacher)

    def request(self, fact: facts.CorrectionRequested, line: Line) -> None:
        sheet_id, correction_id = as_text(line.stream_id), as_text(fact.correction_id)
        school_year = self._sheets[sheet_id]["school_year"]
        self._requests[correction_id] = {
            **_EMPTY,
            "correction_id": correction_id,
            "sheet_id": sheet_id,
            "school_year": school_year,
            "number": self._next_number(school_year),
            "status": CorrectionStatus.REQUESTED.value,
            "lines": LINES.dump_json(fact.lines).decode(),
            "evidence": EVIDENCE.dump_json(fact.evidence).decode(),
            "late_because": LATE_BECAUSE.dump_json(fact.late_because).decode(),
            "questions": QUESTIONS.dump_json(()).decode(),
            "cause": fact.cause.value,
            "reason": fact.reason,
            "found_by": fact.found_by.value,
            "requested_by": as_text(line.by.person),
            "requested_at": moment_text(line.at),
        }

    def step(self, fact: Any, status: CorrectionStatus | None, **changes: Any) -> None:  # noqa: ANN401
        row = self._requests[as_text(fact.correction_id)]
        row.update(changes)
        if status:
            row["status"] = status.value

    def ask_back(self, fact: facts.CorrectionAskedBack, line: Line) -> None:
        by = line.by
        row = self._requests[as_text(fact.correction_id)]
        asked = QUESTIONS.validate_json(row["questions"])
        question = Question(fact.question, by.person, by.role, line.at.astimezone(UTC))
        row["questions"] = QUESTIONS.dump_json((*asked, question)).decode()

    def answer(self, fact: facts.CorrectionAnswered, line: Line) -> None:
        row = self._requests[as_text(fact.correction_id)]
        *before, question = QUESTIONS.validate_json(row["questions"])
        answered = replace(
            question,
            answer=fact.answer,
            answered_at=line.at.astimezone(UTC),
            evidence=fact.evidence,
        )
        row["questions"] = QUESTIONS.dump_json((*before, answered)).decode()
        evidence = dict.fromkeys((*EVIDENCE.validate_json(row["evidence"]), *fact.evidence))
        row["evidence"] = EVIDENCE.dump_json(tuple(evidence)).decode()

    def _next_number(self, school_year: str) -> int:
        row = self._years.setdefault(school_year, {"school_year": school_year, "last_number": 0})
        row["last_number"] += 1
        number: int = row["last_number"]
        return number


def _confirmed(batch: _Batch, fact: facts.CorrectionConfirmed, line: Line) -> None:
    batch.step(
        fact,
        CorrectionStatus.CONFIRMED,
        confirmed_by=as_text(line.by.person),
        confirmed_role=line.by.role.value,
        confirmed_at=moment_text(line.at),
    )


def _approved(batch: _Batch, fact: facts.CorrectionApproved, line: Line) -> None:
    by = line.by
    batch.step(
        fact,
        CorrectionStatus.APPROVED,
        approved_by=as_text(by.person),
        approved_on_behalf_of=by.on_behalf_of and as_text(by.on_behalf_of),
        approved_at=moment_text(line.at),
        approved_with=fact.attestation and fact.attestation.method.value,
    )


def _refused(batch: _Batch, fact: facts.CorrectionRefused, line: Line) -> None:
    batch.step(
        fact,
        CorrectionStatus.REFUSED,
        refused_by=as_text(line.by.person),
        refused_role=line.by.role.value,
        refused_at=moment_text(line.at),
        refused_reason=fact.reason,
    )


def _withdrawn(batch: _Batch, fact: facts.CorrectionWithdrawn, line: Line) -> None:
    batch.step(fact, CorrectionStatus.WITHDRAWN, withdrawn_at=moment_text(line.at))


def _voided(batch: _Batch, fact: facts.CorrectionVoided, line: Line) -> None:
    batch.step(
        fact,
        CorrectionStatus.VOID,
        voided_by=as_text(line.by.person),
        voided_at=moment_text(line.at),
        voided_pupil=as_text(fact.pupil),
        voided_column=fact.column,
        voided_position=line.position,
    )


def _agreed(batch: _Batch, fact: facts.CorrectionExecutionAgreed, line: Line) -> None:
    by, at = as_text(line.by.person), moment_text(line.at)
    if line.by.role is Role.ADMINISTRATOR:
        batch.step(fact, None, administrator_agreed_by=by, administrator_agreed_at=at)
    else:
        batch.step(fact, None, teacher_agreed_by=by, teacher_agreed_at=at)


def _executed(batch: _Batch, fact: facts.CorrectionExecuted, line: Line) -> None:
    batch.step(fact, CorrectionStatus.EXECUTED, executed_at=moment_text(line.at))


def _relocked(batch: _Batch, fact: facts.ColumnRelocked, line: Line) -> None:
    batch.step(fact, None, relocked_at=moment_text(line.at))


_FOLDS: Final[Mapping[type, Callable[[_Batch, Any, Line], None]]] = MappingProxyType(
    {
        facts.SheetOpened: _Batch.open,
        facts.HomeroomTeacherChanged: _Batch.change_homeroom,
        facts.CorrectionRequested: _Batch.request,
        facts.CorrectionAskedBack: _Batch.ask_back,
        facts.CorrectionAnswered: _Batch.answer,
        facts.CorrectionConfirmed: _confirmed,
        facts.CorrectionApproved: _approved,
        facts.CorrectionRefused: _refused,
        facts.CorrectionWithdrawn: _withdrawn,
        facts.CorrectionVoided: _voided,
        facts.CorrectionExecutionAgreed: _agreed,
        facts.CorrectionExecuted: _executed,
        facts.ColumnRelocked: _relocked,
    }
)
