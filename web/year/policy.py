"""The form of the school's own rules, and what it means."""

from typing import Final

from ledger.circulars.single_subject import SingleSubject
from ledger.school.policy import Policy
from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import Role
from web.forms import Typed
from web.year.sent import SentForm

# Who can sign below a class's marks.
SIGNERS: Final = (
    Role.SUBJECT_TEACHER,
    Role.HOMEROOM_TEACHER,
    Role.DEPARTMENT_HEAD,
    Role.ADMINISTRATOR,
    Role.VICE_PRINCIPAL,
    Role.PRINCIPAL,
)
_NUMBERS: Final = {
    "midterm_working_days": (1, 60),
    "final_working_days": (1, 60),
    "correction_days_before_final": (0, 60),
    "reopening_grace_minutes": (0, 10_080),
}


def understood(sent: SentForm) -> tuple[Policy, str]:
    """The rules that the form means, and the reason; raises FormIncomplete."""
    typed = Typed()
    numbers = {
        name: typed.number(sent.text(name), name=name, least=least, most=most)
        for name, (least, most) in _NUMBERS.items()
    }
    reason = typed.reason(sent.text("reason"))
    signers = tuple(role for role in SIGNERS if role in sent.texts("signers"))
    if not signers:
        typed.wrong("signers", "no-signer")
    typed.check()
    chosen = sent.text("single_subject_policy")
    policy: dict[str, object] = {
        **numbers,
        "demanded_evidence": tuple(
            kind for kind in EvidenceKind if kind in sent.texts("demanded_evidence")
        ),
        "signers": signers,
        "homeroom_confirms": sent.text("homeroom_confirms") == "true",
    }
    if chosen in set(SingleSubject):
        policy["single_subject_policy"] = chosen
    return Policy.model_validate(policy), reason
