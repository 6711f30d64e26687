"""The form of a department: its code out of its name, its head, members and subjects."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from ledger.school.commands import FormDepartment
from ledger.vocabulary import PersonId
from web.forms import Typed
from web.wording.school import SUBJECT_NAMES
from web.year.sent import SentForm


def code_of(title: str) -> str:
    """A permanent code out of a name: "Tổ Toán – Tin" is "to-toan-tin"."""
    letters = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def forming(asked: Mapping[str, Any], sent: SentForm, known: Collection[str]) -> FormDepartment:
    """The command that the form means; raises FormIncomplete."""
    typed = Typed()
    title = " ".join(sent.text("title").split())
    department = sent.text("department") or code_of(title)
    if not 1 <= len(title) <= 200 or len(department) < 2:
        typed.wrong("title", "no-title")
    elif department in known and not sent.text("department"):
        typed.wrong("title", "department-known")
    head = typed.person(sent.text("head"), name="head")
    members = _people(sent.texts("members"))
    typed.check()
    assert head is not None, "checked"
    return FormDepartment(
        **asked,
        department=department,
        title=title,
        head=head,
        members=(*((head,) if head not in members else ()), *members),
        subjects=tuple(code for code in SUBJECT_NAMES if code in sent.texts("subjects")),
    )


def _people(texts: Collection[str]) -> tuple[PersonId, ...]:
    """The ticked people; what is no id was never on the page."""
    found = []
    for text in dict.fromkeys(texts):
        try:
            found.append(PersonId(UUID(text)))
        except ValueError:
            continue
    return tuple(found)
