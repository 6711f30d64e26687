"""Every way that signals are not acted on, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing


class SignalOfAnotherYear(Refused):
    """The signal was found in another school year: `school_year`."""

    code = "signal-of-another-year"


class NoSuchSignal(Refused):
    """Nobody has acted on such a signal in the year."""

    code = "no-such-signal"
    standing = Standing.NO_SUCH_THING


class NobodyAskedYou(Refused):
    """Only who was asked about a signal answers."""

    code = "nobody-asked-you"
    standing = Standing.NOT_YOUR_PLACE


class SignalConcernsYou(Refused):
    """Nobody judges a signal about their own marks or changes: another leader does."""

    code = "signal-concerns-you"
    standing = Standing.NOT_YOUR_PLACE


class SignalIsClosed(Refused):
    """The signal was closed, `by` whom and when (`at`), with `outcome` and `reason`: reopen it."""

    code = "signal-is-closed"


class SignalIsNotClosed(Refused):
    """Only a closed signal is taken up again."""

    code = "signal-is-not-closed"


class SignalIsEscalated(Refused):
    """The signal was laid before the principal, who alone decides: `by`, `at`, `reason`."""

    code = "signal-is-escalated"
    standing = Standing.NOT_YOUR_PLACE


class SignalConcernsThePrincipal(Refused):
    """Who would decide is whom the signal concerns, so it is not laid before the principal."""

    code = "signal-concerns-the-principal"


class NotOfTheSignal(Refused):
    """The signal is not about this `person`, nor about a sheet that they teach."""

    code = "not-of-the-signal"


class ReportMonthNotBegun(Refused):
    """A month is reported once it has begun."""

    code = "report-month-not-begun"


class NoSuchReport(Refused):
    """The month was not reported yet."""

    code = "no-such-report"
    standing = Standing.NO_SUCH_THING


class ReportMovedOn(Refused):
    """What a report says is not so any more: somebody acted on its signals, or revised it."""

    code = "report-moved-on"
