"""Every Vietnamese sentence that is not in a template: refusals, facts, and the school's words."""

from web.wording.corrections import EMPTY_TABS, STEP_LABELS, TABS
from web.wording.facts import FACTS, SHEET_FACTS
from web.wording.refusals import REFUSALS, refusal_sentence
from web.wording.school import (
    ATTEMPTS,
    COLUMNS,
    CORRECTION_STATUSES,
    EVIDENCE_KINDS,
    GRADES,
    KINDS,
    LOCK_STATES,
    ROLES,
    SEMESTERS,
    SUBJECTS,
    WEEKDAYS,
    Subject,
    column_name,
    role_name,
    semester_inside,
    subject_name,
)

__all__ = [
    "ATTEMPTS",
    "COLUMNS",
    "CORRECTION_STATUSES",
    "EMPTY_TABS",
    "EVIDENCE_KINDS",
    "FACTS",
    "GRADES",
    "KINDS",
    "LOCK_STATES",
    "REFUSALS",
    "ROLES",
    "SEMESTERS",
    "SHEET_FACTS",
    "STEP_LABELS",
    "SUBJECTS",
    "TABS",
    "WEEKDAYS",
    "Subject",
    "column_name",
    "refusal_sentence",
    "role_name",
    "semester_inside",
    "subject_name",
]
