"""The school itself: what it is called, who works there, who decides in the principal's place."""

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from ledger.line import Line
from ledger.refusal import Refused
from ledger.school.commands import (
    SCHOOL_STREAM,
    DescribeSchool,
    EndDelegation,
    GiveDelegation,
    SchoolCommand,
)
from ledger.store.codec import to_line
from ledger.vocabulary import PersonId
from web.forms import NO_ERRORS, FormErrors, see
from web.staff.forms import GIVEN, DelegationForm, DescriptionForm, EndingForm
from web.staff.managing import Managing, ManagingSchool
from web.wording.school_lines import school_sentence

SCHOOL: Final = "/quan-tri/truong"

router = APIRouter(prefix=SCHOOL)

_ON_A_PAGE: Final = 50
_SHOWN_FIRST: Final = 10


@router.get("")
def show_school(asks: ManagingSchool) -> Response:
    return _school_page(asks)


@router.get("/mo-ta")
def ask_for_description(asks: ManagingSchool) -> Response:
    described = asks.school.described_on(asks.today)
    names = described.model_dump(mode="json", exclude={"since"}) if described else {}
    form = DescriptionForm(command_id=uuid4(), since=asks.today.isoformat(), **names)
    return asks.page("school/description.html", form=form)


@router.post("/mo-ta")
def describe_school(asks: ManagingSchool, form: Annotated[DescriptionForm, Form()]) -> Response:
    """Say what the school is called from a day on; what it was called before stays known."""
    try:
        asked = {**asks.asked(form.command_id), **form.understood()}
        asks.desk.handle(DescribeSchool.model_validate(asked))
    except Refused as refused:
        again = form.model_copy(update={"command_id": uuid4()})
        return asks.page("school/description.html", errors=asks.errors(refused), form=again)
    return see(SCHOOL)


@router.get("/quyet-dinh-thay")
def ask_for_delegation(asks: ManagingSchool) -> Response:
    today = asks.today.isoformat()
    return _delegation_page(asks, DelegationForm(command_id=uuid4(), first_day=today))


@router.post("/quyet-dinh-thay")
def give_delegation(asks: ManagingSchool, form: Annotated[DelegationForm, Form()]) -> Response:
    """Let a deputy decide in the principal's place until a day, after which it ends by itself."""
    asks.must_be_the_principal()
    try:
        command = GiveDelegation.model_validate(
            {**asks.asked(form.command_id), **form.understood()}
        )
        _decide(asks, command, form.password)
    except Refused as refused:
        again = form.model_copy(update={"command_id": uuid4()})
        return _delegation_page(asks, again, asks.errors(refused))
    return see(f"{SCHOOL}#quyet-dinh-thay")


@router.post("/quyet-dinh-thay/{person}")
def end_delegation(
    person: UUID, asks: ManagingSchool, form: Annotated[EndingForm, Form()]
) -> Response:
    """Take the delegation back before its last day."""
    asks.must_be_the_principal()
    deputy = PersonId(person)
    try:
        reason = form.understood(name=f"reason-{deputy}")
        command = EndDelegation(**asks.asked(form.command_id), deputy=deputy, reason=reason)
        _decide(asks, command, form.password)
    except Refused as refused:
        return _school_page(asks, asks.errors(refused))
    return see(f"{SCHOOL}#quyet-dinh-thay")


@router.get("/nhat-ky")
def log(asks: ManagingSchool, trang: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Every line of the school as a sentence, the newest first."""
    last = asks.school.version - (trang - 1) * _ON_A_PAGE
    lines = _told(asks, last, _ON_A_PAGE)
    return asks.page("school/log.html", lines=lines, number=trang, has_older=last > _ON_A_PAGE)


def _told(asks: Managing, last: int, most: int) -> list[tuple[Line, str]]:
    recorder, names = asks.desk.ledger.recorder, asks.desk.names()
    stored = recorder.select_events(SCHOOL_STREAM, lte=last, desc=True, limit=most)
    return [(line, school_sentence(line.fact, names)) for line in map(to_line, stored)]


def _decide(asks: Managing, command: SchoolCommand, password: str | None) -> None:
    """Record what only the principal decides, who is asked for the password again."""
    asks.take_password(password)
    asks.desk.handle(command)


def _school_page(asks: Managing, errors: FormErrors = NO_ERRORS) -> Response:
    delegations = sorted(asks.school.delegations.values(), key=lambda one: one.since)
    left = [person for person, place in asks.school.staff.items() if not place.is_here(asks.today)]
    return asks.page(
        "school/show.html",
        errors=errors,
        described=asks.school.described_on(asks.today),
        by_role=[(role, people) for role in reversed(GIVEN) if (people := asks.people_in(role))],
        gone=asks.desk.names().in_order(left),
        delegations=[one for one in delegations if one.until >= asks.today],
        lines=_told(asks, asks.school.version, _SHOWN_FIRST),
    )


def _delegation_page(
    asks: Managing, form: DelegationForm, errors: FormErrors = NO_ERRORS
) -> Response:
    asks.must_be_the_principal()
    deputies = [person for person in asks.people_in(*GIVEN) if person != asks.user.person]
    return asks.page("school/delegation.html", errors=errors, form=form, deputies=deputies)
