"""Draw a biên bản: words from the record, pages from the template, and the places to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import segno

from ledger.results.comparing import Difference
from ledger.school.calendar import local_day
from ledger.vocabulary import Mark, Role
from web.dossiers.record import Consequences, Exhibit, Record, Step
from web.marks import shown_mark
from web.moments import shown_day, shown_moment
from web.papers.typesetting import Attachment, Box, typeset
from web.rendering import shown_size
from web.wording import bien_ban as words
from web.wording import column_name, papers, role_name, subject_name
from web.wording.grounds import CAUSES, FOUND_BY, LATE
from web.wording.numbers import shown_count
from web.wording.results import part_name, shown_part, term_inside
from web.wording.school import SEMESTERS, ended

_TITLE: Final = "Biên bản sửa chữa điểm, mức đánh giá số {symbol}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The paper without any signature, and the place of each signer by the role's value."""

    pdf: bytes
    boxes: Mapping[str, Box]


@dataclass(frozen=True, slots=True)
class Appearance:
    """What is seen of a signature: whose, as what, when, in which place; whether of the school.

    `internal` says that it rests on the school's own authority and on no public certificate.
    """

    name: str
    role: Role
    at: datetime
    box: Box
    internal: bool


def draw(record: Record, attachments: Sequence[Attachment]) -> Drawn:
    """The biên bản as PDF/A-3b with these files inside; the same bytes for the same input.

    Raises TypesettingFailed.
    """
    data = {
        **_heading(record),
        **_content(record),
        **_decisions(record),
        **_end(record, attachments),
    }
    made = typeset("bien-ban", data, at=record.made_at, attachments=attachments)
    return Drawn(made.pdf, made.labels)


def appearance(signature: Appearance) -> bytes:
    """The stamp of a signature: a PDF of one page, as large as its place."""
    data = {
        "width": signature.box.width,
        "height": signature.box.height,
        "lines": words.signed_by(
            signature.name, role_name(signature.role), shown_moment(signature.at)
        ),
        "kind": words.INTERNAL_SIGNATURE if signature.internal else "",
    }
    return typeset("chu-ki", data, at=signature.at, standard=None).pdf


def symbol_of(record: Record) -> str:
    """The number and sign of the biên bản: "07/BB-THCSHP"."""
    return papers.symbol_of(record.number, record.school.school_name)


def checked_at(record: Record) -> str:
    """What the QR code says: where the biên bản is checked, and what it names.

    That is the correction, the last position, and the first 16 digits of the root there.
    """
    named = f"{record.correction_id}.{record.head.position}.{record.head.root[:16]}"
    return f"{record.address}/kiem-chung/ho-so?bb={named}" if record.address else named


def _heading(record: Record) -> dict[str, object]:
    school, day = record.school, local_day(record.made_at)
    symbol = symbol_of(record)
    request = words.request_number(record.request_number)
    return {
        "title": _TITLE.format(symbol=symbol),
        "heading": {
            "body": papers.in_short(school.governing_body),
            "school": school.school_name,
            "symbol": symbol,
            "place": school.place,
            "day": papers.official_day(day),
        },
        "grounds": papers.grounds(record.circular, request, shown_day(record.course.requested.at)),
        "made-at": papers.official_moment(record.made_at),
        "venue": f"{school.school_name}, {school.place}",
        "people": [{"name": name, "part": part} for name, part in _people(record)],
        "recipients": papers.recipients(school, day),
    }


def _people(record: Record) -> list[tuple[str, str]]:
    """Who took part and as what, each once, in the order of the steps."""
    confirmed = (record.course.confirmed,) if record.course.confirmed else ()
    steps = (
        record.course.requested,
        *confirmed,
        record.course.approval.step,
        *record.course.executed_by,
    )
    parts: dict[tuple[str, str], None] = {}
    for step in steps:
        parts[step.who, _role_of(step)] = None
    return list(parts)


def _role_of(step: Step) -> str:
    if step.instead_of:
        return words.instead_of(step.instead_of)
    return role_name(step.role)


def _content(record: Record) -> dict[str, object]:
    semester = SEMESTERS[record.semester]
    subject = subject_name(record.subject)
    cause = CAUSES[record.cause]
    return {
        "sheet": words.sheet_line(
            record.class_group, subject, semester, record.school_year, record.kind
        ),
        "cause": cause,
        "reason": ended(record.reason),
        "found-by": ended(FOUND_BY[record.found_by]),
        "late": [LATE[why] for why in record.late_because],
        "lines": [
            {
                "number": str(number),
                "code": one.code,
                "name": one.name,
                "class-group": record.class_group,
                "subject": f"{subject}, {papers.unbroken(semester)}",
                "column": papers.unbroken(column_name(one.line.column)),
                "before": _mark(one.line.before),
                "after": _mark(one.line.after),
                "cause": cause,
            }
            for number, one in enumerate(record.lines, 1)
        ],
        "total": words.total_of(len(record.lines)),
        "evidence": [_exhibit(one) for one in record.evidence],
        "consequences": _consequences(record.consequences),
    }


def _mark(mark: Mark) -> str:
    return shown_mark(mark) or words.NO_MARK


def _exhibit(one: Exhibit) -> dict[str, object]:
    return {
        "kind": words.EXHIBITS[one.file.kind],
        "name": one.name,
        "form": papers.FORMS[one.file.media_type],
        "sheets": one.sheets,
        "size": shown_size(one.file.size),
        "sha256": one.file.sha256[:16],
    }


def _consequences(found: Consequences) -> dict[str, object]:
    pupils = dict.fromkeys(each.pupil for each in found.changes)
    return {
        "known": found.known,
        "pupils": [
            {
                "name": found.names[pupil],
                "changes": [_change(each) for each in found.changes if each.pupil == pupil],
            }
            for pupil in pupils
        ],
        "outdated": list(found.outdated),
    }


def _change(each: Difference) -> dict[str, str]:
    return {
        "part": f"{part_name(each.part, each.subject)}, {term_inside(each.term)}",
        "before": shown_part(each.part, each.before),
        "after": shown_part(each.part, each.after),
    }


def _decisions(record: Record) -> dict[str, object]:
    approval = record.course.approval
    number = words.request_number(record.request_number)
    steps = [(record.course.requested, words.requested(_told(record.course.requested), number))]
    if record.course.confirmed:
        told = _told(record.course.confirmed)
        steps.append((record.course.confirmed, words.confirmed(told, record.course.confirmed.role)))
    steps += [
        (each.step, words.said(_told(each.step), each.text, answer=each.is_answer))
        for each in record.course.questions
    ]
    attested = approval.attestation
    way = words.WAYS_OF_APPROVING[attested.method] if attested else None
    steps.append((approval.step, words.approved(_told(approval.step), way)))
    took_part = [words.took_part(_told(step)) for step in record.course.executed_by]
    executed = words.executed(shown_moment(record.course.executed_at), record.course.relocked_at)
    return {
        "steps": [said for step, said in sorted(steps, key=lambda each: each[0].position)],
        "statement": words.statement(approval.statement) if approval.statement else None,
        "execution": [*took_part, executed],
    }


def _told(step: Step) -> words.Told:
    return words.Told(step.who, _role_of(step), shown_moment(step.at), shown_count(step.position))


def _end(record: Record, attachments: Sequence[Attachment]) -> dict[str, object]:
    proofs = sum(each.name.endswith(".tlog-proof") for each in attachments)
    return {
        "papers": [papers.PAPERS[each] for each in record.papers],
        "closing": words.closing(proofs, record.keeping.years_after_leaving),
        "signatures": [
            {
                "role": each.role.value,
                "titles": papers.titles_of(each.role, deputy=each.deputy),
                "hint": papers.hint_of(each.role),
                "name": each.name,
            }
            for each in record.signatures
        ],
        "seal": _seal(record),
    }


def _seal(record: Record) -> dict[str, str]:
    code = segno.make(checked_at(record), error="m", micro=False)
    return {
        "paper": words.foot(symbol_of(record), record.made_at),
        "position": shown_count(record.head.position),
        "root": record.head.root,
        "check": words.check_at(record.address),
        "qr": code.svg_inline(border=0, scale=4),
    }
