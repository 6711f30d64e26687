"""The signals of a year for its leaders: the list, one of them, and what is done about it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.signals import commands
from ledger.signals.commands import FindingCommand
from ledger.signals.facts import SignalOutcome
from ledger.signals.finding import Finding, SignalId
from ledger.vocabulary import Role
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.history_page import know_pupils
from web.progress.texts import typed_text
from web.signals.at_hand import DECIDERS, LEADERS, SIGNALS, SignalsAtHand, SignalsHand
from web.signals.listing import SignalsQuery, listed
from web.signals.one import lines_behind, places_to_look
from web.signals.telling import sentence_of
from web.wording import signals_words as words
from web.wording.signal_sentences import TITLES
from web.year.sent import Sent, SentForm

router = APIRouter(prefix=f"{SIGNALS}/{{school_year}}", include_in_schema=False)

Asked = Annotated[SignalsQuery, Query()]
# What a form asks for: a command about the signal, with what else it needs.
Wanted = tuple[type[FindingCommand], dict[str, Any]]


@router.get("")
def show_list(hand: SignalsHand, query: Asked) -> Response:
    page = listed(hand.found, query)
    pupils = (one.finding.place.pupil for one in page.shown)
    hand.names.pupils(pupil for pupil in pupils if pupil)
    return hand.page(
        "list.html",
        query=query,
        found=hand.found,
        page=page,
        years=list(dict.fromkeys(year for year, _ in hand.desk.progress.semesters())),
        people={str(one): hand.names.staff(one) for one in hand.found.concerned},
        titles=TITLES,
        words=words,
    )


@router.get("/{signal_id}")
def show_one(hand: SignalsHand, signal_id: UUID) -> Response:
    return _page(hand, signal_id)


@router.post("/{signal_id}/{act}")
def act_on(hand: SignalsHand, signal_id: UUID, act: str, sent: Sent) -> Response:
    """Do something about a signal; when it is refused the page is shown again, saying why.

    What the signal says is looked up here, never taken from the form.
    """
    try:
        role_order, wanted = _ACTS.get(act, (LEADERS, _not_an_act))
        finding = hand.found.one(SignalId(signal_id)).finding
        kind, content = wanted(sent)
        asked = hand.of_year(sent.form_id, *role_order)
        hand.desk.handle(kind(**asked, finding=finding, **content))
    except Refused as refused:
        return _page(hand, signal_id, hand.errors(refused), sent)
    return see(f"{hand.path}/{signal_id}#dien-bien")


def _not_an_act(_sent: SentForm) -> Wanted:
    raise HTTPException(404)


def _seen(_sent: SentForm) -> Wanted:
    return commands.MarkSignalSeen, {}


def _ask(sent: SentForm) -> Wanted:
    typed = Typed()
    teacher = typed.person(sent.text("teacher"), name="teacher")
    question = typed_text(typed, sent.text("question"), name="question")
    typed.check()
    return commands.AskTeacher, {"teacher": teacher, "question": question}


def _close(sent: SentForm) -> Wanted:
    typed = Typed()
    chosen = sent.text("outcome")
    if chosen not in set(SignalOutcome):
        typed.wrong("outcome", "no-outcome")
    reason = typed.reason(sent.text("close-reason"), name="close-reason")
    typed.check()
    return commands.CloseSignal, {"outcome": SignalOutcome(chosen), "reason": reason}


def _with_reason(kind: type[FindingCommand], name: str) -> Callable[[SentForm], Wanted]:
    def wanted(sent: SentForm) -> Wanted:
        typed = Typed()
        reason = typed.reason(sent.text(name), name=name)
        typed.check()
        return kind, {"reason": reason}

    return wanted


# What comes last in the address of a form, who acts first, and what it asks for.
_ACTS: Final[Mapping[str, tuple[tuple[Role, ...], Callable[[SentForm], Wanted]]]] = (
    MappingProxyType(
        {
            "da-xem": (LEADERS, _seen),
            "hoi": (LEADERS, _ask),
            "giai-thich": (LEADERS, _with_reason(commands.ExplainSignal, "explain-reason")),
            "bao-cao": (LEADERS, _with_reason(commands.EscalateSignal, "escalate-reason")),
            "dong": (DECIDERS, _close),
            "mo-lai": (DECIDERS, _with_reason(commands.ReopenSignal, "reopen-reason")),
        }
    )
)


def _page(
    hand: SignalsAtHand,
    signal_id: UUID,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    found = hand.found.one(SignalId(signal_id))
    behind = lines_behind(hand.desk, found)
    names = know_pupils(hand.names, behind.rows)
    pupil = found.finding.place.pupil
    return hand.page(
        "one.html",
        errors=errors,
        sent=sent,
        signal=found,
        pupil=names.pupil(pupil) if pupil else "",
        behind=behind,
        places_to_look=list(places_to_look(found, behind)),
        escalates=Role.VICE_PRINCIPAL in hand.user.acting_roles
        and hand.principal not in found.concerned,
        decides=hand.user.may_act_as(Role.PRINCIPAL),
        concerns_me=hand.user.person in found.concerned,
        told=lambda finding: _told(finding, hand),
        words=words,
    )


def _told(finding: Finding, hand: SignalsAtHand) -> str:
    return sentence_of(finding, hand.names)
