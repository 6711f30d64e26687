"""Every Vietnamese sentence that is not in a template: refusals, facts, and the school's words."""

from web.wording.corrections import EMPTY_TABS, STEP_LABELS, TABS, WORDS_OF_A_STEP
from web.wording.facts import FACTS, SHEET_FACTS
from web.wording.grounds import CAUSES, FOUND_BY, LATE
from web.wording.papers import PAPERS
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
    "CAUSES",
    "COLUMNS",
    "CORRECTION_STATUSES",
    "EMPTY_TABS",
    "EVIDENCE_KINDS",
    "FACTS",
    "FOUND_BY",
    "GRADES",
    "KINDS",
    "LATE",
    "LOCK_STATES",
    "PAPERS",
    "REFUSALS",
    "ROLES",
    "SEMESTERS",
    "SHEET_FACTS",
    "STEP_LABELS",
    "SUBJECTS",
    "TABS",
    "WEEKDAYS",
    "WORDS_OF_A_STEP",
    "Subject",
    "column_name",
    "refusal_sentence",
    "role_name",
    "semester_inside",
    "subject_name",
]
