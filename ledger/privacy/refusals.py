"""Every way erasing and restricting is refused, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing


class OnlyThePrincipalErases(Refused):
    """The principal decides in person; nobody decides it in the principal's place."""

    code = "only-the-principal-erases"
    standing = Standing.NOT_YOUR_PLACE


class ErasureIdReused(Refused):
    """Another request has this id."""

    code = "erasure-id-reused"


class NoSuchErasure(Refused):
    """There is no such request."""

    code = "no-such-erasure"
    standing = Standing.NO_SUCH_THING


class ErasureIsDecided(Refused):
    """The request was approved, declined or withdrawn."""

    code = "erasure-is-decided"


class ErasureNeedsAnother(Refused):
    """Who wrote the request down never approves it."""

    code = "erasure-needs-another"
    standing = Standing.NOT_YOUR_PLACE


class PersonalDataIsErased(Refused):
    """The pupil's personal data was erased already; that is for ever."""

    code = "personal-data-is-erased"


class ErasureAlreadyRequested(Refused):
    """A request about this pupil waits for a decision."""

    code = "erasure-already-requested"


class PupilOnNoClassList(Refused):
    """The pupil stands on no class list of any year."""

    code = "pupil-on-no-class-list"
    standing = Standing.NO_SUCH_THING


class PupilStillAtSchool(Refused):
    """The pupil is still at the school; `until` is the last day known so far."""

    code = "pupil-still-at-school"


class RetentionNotOver(Refused):
    """A law orders that the data is kept until a day; it may be restricted meanwhile."""

    code = "retention-not-over"


class CorrectionsStillOpen(Refused):
    """Corrections of marks of the pupil are not settled; `count` says how many."""

    code = "corrections-still-open"


class EvidenceStillNeeded(Refused):
    """Evidence named for disposal belongs to no correction of erased pupils alone."""

    code = "evidence-still-needed"
