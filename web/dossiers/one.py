"""One request about one dossier: whose it is to see, and how its page is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from ledger.dossiers.refusals import DossierIsArchived, DossierIsDisposed, NoSuchDossier
from ledger.dossiers.state import Dossier
from ledger.refusal import Refused
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.refusals import NoSuchCorrection
from ledger.vocabulary import CorrectionId
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.access.permissions import may_see_correction
from web.corrections.page import number_of
from web.dossiers.at_hand import DOSSIERS, DossiersAtHand, DossiersHand
from web.dossiers.files import dossier_of
from web.dossiers.page import MAKES, page_of, why_not_made
from web.forms import NO_ERRORS, FormErrors, see
from web.problems import sentence
from web.wording import dossiers as words
from web.wording import registers
from web.wording import signing as signing_words
from web.wording.papers import PAPERS


@dataclass(frozen=True, slots=True)
class DossierAtHand:
    """A correction that was executed, and its biên bản if there is one."""

    hand: DossiersAtHand
    view: CorrectionView

    @property
    def path(self) -> str:
        return f"{DOSSIERS}/{self.view.correction_id}"

    @property
    def dossier(self) -> Dossier | None:
        """As it is now."""
        return dossier_of(self.hand.desk, self.view.school_year, self.view.correction_id)

    @property
    def made(self) -> Dossier:
        """The same where it must be there; raises NoSuchDossier."""
        if (dossier := self.dossier) is None:
            raise NoSuchDossier
        return dossier

    @property
    def open(self) -> Dossier:
        """The same while anything may be added; raises DossierIsArchived and DossierIsDisposed."""
        dossier = self.made
        if dossier.disposed:
            raise DossierIsDisposed
        if dossier.archived:
            raise DossierIsArchived
        return dossier

    def answer(self, step: Callable[[], object], tried: str, **typed: str) -> Response:
        """Take a step and show the page; refused, the page says why and keeps what was typed."""
        try:
            step()
        except Refused as refused:
            return self.page(self.hand.errors(refused), tried=tried, typed=typed)
        return see(self.path)

    def page(
        self,
        errors: FormErrors = NO_ERRORS,
        *,
        tried: str = "",
        typed: dict[str, str] | None = None,
    ) -> Response:
        dossier = self.dossier
        context: dict[str, Any] = {
            "one": self,
            "correction": self.view,
            "request_number": number_of(self.view),
            "tried": tried,
            "typed": typed or {},
            "none_wrong": NO_ERRORS,
            "words": words,
            "registers": registers,
            "erased": self._is_of_erased,
            "signing": signing_words,
            "papers": PAPERS,
        }
        self.hand.names.pupils(line.pupil for line in self.view.lines)
        if dossier is None:
            return self._not_made(errors, context)
        page = page_of(self.hand.desk, self.hand.user, dossier)
        return self.hand.page("dossier.html", errors=errors, dossier=dossier, page=page, **context)

    @property
    def _is_of_erased(self) -> bool:
        """Whether its file went with the personal data of all of its pupils."""
        erased = self.hand.desk.ledger.privacy().erased.keys()
        return {line.pupil for line in self.view.lines} <= erased

    def _not_made(self, errors: FormErrors, context: dict[str, Any]) -> Response:
        why = None if errors else why_not_made(self.hand.desk, self.view)
        context["why"] = sentence(self.hand.request, why) if why else ""
        context["may_draft"] = self.hand.user.may_act_as(*MAKES)
        return self.hand.page("not_made.html", errors=errors, **context)


def _at_hand(correction_id: UUID, hand: DossiersHand) -> DossierAtHand:
    """NoSuchCorrection alike where there is none, or not done yet, and where it is not theirs."""
    desk = hand.desk
    view = desk.corrections.find(CorrectionId(correction_id))
    if view is None or view.status is not CorrectionStatus.EXECUTED:
        raise NoSuchCorrection
    one = DossierAtHand(hand, view)
    sheet = desk.ledger.sheet(view.sheet_id)
    if not may_see_correction(hand.user, view, sheet) and not _signs(hand.user, one.dossier):
        raise NoSuchCorrection
    return one


def _signs(user: SignedIn, dossier: Dossier | None) -> bool:
    return dossier is not None and any(one.person == user.person for one in dossier.drafted.signers)


DossierHand = Annotated[DossierAtHand, Depends(_at_hand)]
