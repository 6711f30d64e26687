"""Who may restrict and erase, and when: two people, and no law that orders keeping."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.authority import only_for
from ledger.line import Fact
from ledger.privacy import commands, facts, refusals
from ledger.privacy.attended import years_attended
from ledger.privacy.leaving import Leaver
from ledger.privacy.state import Erasure, Privacy
from ledger.reader import Reader
from ledger.school.calendar import local_day
from ledger.vocabulary import Author, PupilId, Role

# Who writes a request down; the principal decides, so that two people are always needed.
WRITES_DOWN: Final = (Role.ADMINISTRATOR, Role.SECRETARY)
RESTRICTS: Final = (Role.ADMINISTRATOR, Role.PRINCIPAL)


def set_retention(
    command: commands.SetRetention, privacy: Privacy, _reader: Reader
) -> list[facts.AnyPrivacyFact]:
    only_for(command.by, Role.PRINCIPAL)
    _in_person(command.by)
    if privacy.retention_decided and privacy.retention == command.retention:
        return []
    return [facts.RetentionSet(retention=command.retention)]


def restrict(
    command: commands.RestrictPersonalData, privacy: Privacy, reader: Reader
) -> list[facts.AnyPrivacyFact]:
    """One person is enough: nothing is lost by it, and it can be lifted."""
    only_for(command.by, *RESTRICTS)
    _not_erased(command.pupil, privacy)
    if command.pupil in privacy.restricted:
        return []
    if not years_attended(command.pupil, reader, local_day(command.at)):
        raise refusals.PupilOnNoClassList
    return [facts.PersonalDataRestricted(pupil=command.pupil, reason=command.reason)]


def lift(
    command: commands.LiftRestriction, privacy: Privacy, _reader: Reader
) -> list[facts.AnyPrivacyFact]:
    only_for(command.by, Role.PRINCIPAL)
    _not_erased(command.pupil, privacy)
    if command.pupil not in privacy.restricted:
        return []
    return [facts.RestrictionLifted(pupil=command.pupil, reason=command.reason)]


def request_erasure(
    command: commands.RequestErasure, privacy: Privacy, reader: Reader
) -> list[facts.AnyPrivacyFact]:
    only_for(command.by, *WRITES_DOWN)
    if command.erasure_id in privacy.erasures:
        raise refusals.ErasureIdReused
    _not_erased(command.pupil, privacy)
    if waiting := privacy.open_erasure_of(command.pupil):
        raise refusals.ErasureAlreadyRequested(at=waiting.entered.at)
    Leaver(command.pupil, privacy, reader, local_day(command.at)).may_be_erased()
    requested = facts.ErasureRequested(**command.model_dump(exclude={"command_id", "by", "at"}))
    return [requested]


def decline_erasure(
    command: commands.DeclineErasure, privacy: Privacy, _reader: Reader
) -> list[facts.AnyPrivacyFact]:
    """Who acts in the principal's place may say no: the same may be asked again."""
    only_for(command.by, Role.PRINCIPAL)
    _waiting(command.erasure_id, privacy)
    return [facts.ErasureDeclined(erasure_id=command.erasure_id, reason=command.reason)]


def withdraw_erasure(
    command: commands.WithdrawErasure, privacy: Privacy, _reader: Reader
) -> list[facts.AnyPrivacyFact]:
    only_for(command.by, *WRITES_DOWN)
    _waiting(command.erasure_id, privacy)
    return [facts.ErasureWithdrawn(erasure_id=command.erasure_id, reason=command.reason)]


def approve_erasure(
    command: commands.ApproveErasure, privacy: Privacy, reader: Reader
) -> list[facts.AnyPrivacyFact]:
    """In person only: what is erased comes back for no later decision."""
    only_for(command.by, Role.PRINCIPAL)
    _in_person(command.by)
    erasure = _waiting(command.erasure_id, privacy)
    if erasure.entered.by.person == command.by.person:
        raise refusals.ErasureNeedsAnother
    leaver = Leaver(erasure.pupil, privacy, reader, local_day(command.at))
    leaver.may_be_erased()
    if not set(command.evidence) <= leaver.evidence:
        raise refusals.EvidenceStillNeeded
    asked = erasure.requested
    erased = facts.PersonalDataErased(
        erasure_id=asked.erasure_id,
        pupil=asked.pupil,
        requested_by=asked.requested_by,
        ground=asked.ground,
        left_on=leaver.left_on,
        retention=privacy.retention,
        evidence=tuple(sorted(set(command.evidence))),
    )
    return [erased]


def _in_person(by: Author) -> None:
    if by.on_behalf_of is not None:
        raise refusals.OnlyThePrincipalErases


def _not_erased(pupil: PupilId, privacy: Privacy) -> None:
    if pupil in privacy.erased:
        raise refusals.PersonalDataIsErased


def _waiting(erasure_id: facts.ErasureId, privacy: Privacy) -> Erasure:
    erasure = privacy.erasures.get(erasure_id)
    if erasure is None:
        raise refusals.NoSuchErasure
    if erasure.decided:
        raise refusals.ErasureIsDecided(
            status=erasure.status, by=erasure.decided.by.person, at=erasure.decided.at
        )
    return erasure


_Rule = Callable[[Any, Privacy, Reader], Sequence[Fact]]
PRIVACY_RULES: Final[Mapping[type[commands.PrivacyCommand], _Rule]] = MappingProxyType(
    {
        commands.SetRetention: set_retention,
        commands.RestrictPersonalData: restrict,
        commands.LiftRestriction: lift,
        commands.RequestErasure: request_erasure,
        commands.DeclineErasure: decline_erasure,
        commands.WithdrawErasure: withdraw_erasure,
        commands.ApproveErasure: approve_erasure,
    }
)


def decide_privacy(
    command: commands.PrivacyCommand, privacy: Privacy, reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes, [] where it is so already; raises `Refused`."""
    return PRIVACY_RULES[type(command)](command, privacy, reader)
