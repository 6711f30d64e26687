"""Who is in a class: its list, pupils who come, change class or leave."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError

from ledger.people import Pupil
from ledger.refusal import Refused
from ledger.school.commands import ChangeClass, EnrolPupils, LeaveSchool, TransferIn
from ledger.school.refusals import NoSuchClass, PupilNotInSchool, PupilWasErased
from ledger.school.year import ClassOfYear
from ledger.vocabulary import PupilId
from web.forms import NO_ERRORS, FormErrors, Typed, command_id_of
from web.year.at_hand import YEARS, AtHand, YearAtHand
from web.year.classes import classes_of
from web.year.pupils import (
    brought_marks,
    brought_subjects,
    class_list,
    newcomer,
    pupils_of_codes,
)
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=f"{YEARS}/{{school_year}}/danh-sach/{{class_group}}")


def _class(hand: AtHand, class_group: str) -> ClassOfYear:
    """The class named in the path; raises NoSuchClass."""
    group = hand.year().classes.get(class_group)
    if group is None:
        raise NoSuchClass(class_group=class_group)
    return group


Group = Annotated[ClassOfYear, Depends(_class)]


@router.get("")
def show_list(hand: AtHand, class_group: str, _group: Group) -> Response:
    return _list_page(hand, class_group)


@router.post("")
def enrol(hand: AtHand, class_group: str, _group: Group, sent: Sent) -> Response:
    """Pupils of the directory, by their codes, to the end of the list."""
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        pupils = pupils_of_codes(hand.desk, sent, typed)
        since = typed.day(sent.text("since"), name="since")
        typed.check()
        assert since is not None, "checked"
        command = EnrolPupils(**asked, class_group=class_group, pupils=tuple(pupils), since=since)
        count = hand.record([command])
    except Refused as refused:
        return _list_page(hand, class_group, hand.errors(refused), sent)
    return hand.done(f"/danh-sach/{class_group}", count)


def _list_page(
    hand: YearAtHand,
    class_group: str,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    year = hand.year()
    return hand.page(
        "class_list.html",
        errors=errors,
        form_id=uuid4(),
        class_group=class_group,
        group=year.classes[class_group],
        listed=class_list(hand.desk, year, class_group),
        codes=sent.text("codes") if sent else "",
        since=sent.text("since") if sent else hand.today.isoformat(),
    )


@router.get("/tiep-nhan")
def ask_to_transfer(hand: AtHand, class_group: str, group: Group) -> Response:
    return _transfer_page(hand, class_group, group)


@router.post("/tiep-nhan")
def transfer_in(hand: AtHand, class_group: str, group: Group, sent: Sent) -> Response:
    """A pupil of another school, with the marks of that school's paper."""
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        since = typed.day(sent.text("since"), name="since")
        reason = typed.reason(sent.text("reason"))
        marks = brought_marks(hand.year(), group.grade, sent, typed)
        pupil = newcomer(hand.desk, sent, typed, command_id_of(sent.form_id))
        typed.check()
        assert since is not None, "checked"
        command = TransferIn(
            **asked,
            pupil=pupil.pupil_id,
            class_group=class_group,
            since=since,
            reason=reason,
            marks=marks,
        )
        _register(hand, pupil)
        count = hand.record([command])
    except Refused as refused:
        return _transfer_page(hand, class_group, group, hand.errors(refused), sent)
    return hand.done(f"/danh-sach/{class_group}", count)


def _register(hand: YearAtHand, pupil: Pupil) -> None:
    """Put a new pupil into the directory before the ledger names the id."""
    if pupil.pupil_id in hand.desk.ledger.privacy().erased:
        raise PupilWasErased(pupils=[pupil.pupil_id])
    if hand.desk.people.pupil_names([pupil.pupil_id]):
        return
    try:
        hand.desk.people.register_pupils([pupil])
    except IntegrityError:
        # The same form was sent twice at once, and the other one was faster.
        if not hand.desk.people.pupil_names([pupil.pupil_id]):
            raise


def _transfer_page(
    hand: YearAtHand,
    class_group: str,
    group: ClassOfYear,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    year = hand.year()
    names = ("code", "family_name", "given_name", "birth_date", "reason")
    values = {name: sent.text(name) if sent else "" for name in names}
    values["since"] = sent.text("since") if sent else hand.today.isoformat()
    marks = sent.touched("mark", parts=3) if sent else []
    return hand.page(
        "transfer.html",
        errors=errors,
        form_id=uuid4(),
        class_group=class_group,
        values=values,
        marks={"-".join(place): text for place, text in marks},
        subjects={number: brought_subjects(year, group.grade, number) for number in (1, 2)},
    )


@router.get("/{pupil}")
def show_pupil(hand: AtHand, class_group: str, group: Group, pupil: UUID) -> Response:
    """What may be done for one pupil of the class: another class, or leaving."""
    return _pupil_page(hand, class_group, _present(group, pupil))


@router.post("/{pupil}/chuyen-lop")
def change_class(hand: AtHand, class_group: str, group: Group, pupil: UUID, sent: Sent) -> Response:
    who = _known(group, pupil)
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        to_class = sent.text("to_class")
        if to_class not in hand.year().classes:
            typed.wrong("to_class", "no-class")
        since = typed.day(sent.text("since"), name="since")
        reason = typed.reason(sent.text("reason"))
        typed.check()
        assert since is not None, "checked"
        command = ChangeClass(**asked, pupil=who, to_class=to_class, since=since, reason=reason)
        count = hand.record([command])
    except Refused as refused:
        return _pupil_page(hand, class_group, who, hand.errors(refused), sent)
    return hand.done(f"/danh-sach/{to_class}", count)


@router.post("/{pupil}/roi-truong")
def leave_school(hand: AtHand, class_group: str, group: Group, pupil: UUID, sent: Sent) -> Response:
    who = _known(group, pupil)
    try:
        asked, typed = hand.asked(sent.form_id), Typed()
        until = typed.day(sent.text("until"), name="until")
        reason = typed.reason(sent.text("reason"), name="leaving-reason")
        typed.check()
        assert until is not None, "checked"
        count = hand.record([LeaveSchool(**asked, pupil=who, until=until, reason=reason)])
    except Refused as refused:
        return _pupil_page(hand, class_group, who, hand.errors(refused), sent)
    return hand.done(f"/danh-sach/{class_group}", count)


def _present(group: ClassOfYear, pupil: UUID) -> PupilId:
    """The pupil, as long as the pupil is in the class; raises PupilNotInSchool."""
    who = _known(group, pupil)
    if who not in group.present:
        raise PupilNotInSchool(pupils=[who])
    return who


def _known(group: ClassOfYear, pupil: UUID) -> PupilId:
    """The pupil, who may have left: a form that is sent twice is answered as the first time."""
    who = PupilId(pupil)
    if who not in group.places:
        raise PupilNotInSchool(pupils=[who])
    return who


def _pupil_page(
    hand: YearAtHand,
    class_group: str,
    pupil: PupilId,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    year = hand.year()
    group = year.classes[class_group]
    today = hand.today.isoformat()
    return hand.page(
        "pupil.html",
        errors=errors,
        form_ids=[uuid4(), uuid4()],
        class_group=class_group,
        pupil=pupil,
        place=group.places[pupil],
        others=[name for name in classes_of(year, group.grade) if name != class_group],
        to_class=sent.text("to_class") if sent else "",
        since=(sent.text("since") if sent else "") or today,
        until=(sent.text("until") if sent else "") or today,
        reason=sent.text("reason") if sent else "",
    )
