"""A pupil who has left or will: the time at the school, and what still stands against erasing."""

from collections.abc import Iterable, Iterator
from datetime import date

from ledger.privacy import refusals
from ledger.privacy.attended import corrections_of, last_day_of, sheets_attended, years_attended
from ledger.privacy.retention import kept_until
from ledger.privacy.state import Privacy
from ledger.reader import Reader
from ledger.sheet.correction import Correction
from ledger.vocabulary import PupilId


class Leaver:
    """A pupil as the newest states of years and sheets know one; raises PupilOnNoClassList."""

    def __init__(self, pupil: PupilId, privacy: Privacy, reader: Reader, today: date) -> None:
        self.pupil = pupil
        self._privacy, self._reader, self._today = privacy, reader, today
        self.years = years_attended(pupil, reader, today)
        left_on = last_day_of(pupil, self.years)
        if left_on is None:
            raise refusals.PupilOnNoClassList
        self.left_on = left_on
        self.kept_until = kept_until(left_on, privacy.retention)
        self.sheet_ids = sheets_attended(pupil, self.years)
        self._corrections = list(corrections_of(pupil, self.sheet_ids, reader))

    def may_be_erased(self) -> None:
        """Refuse who is still here, whose data a law orders to keep, or whose mark is disputed."""
        if self._today <= self.left_on:
            raise refusals.PupilStillAtSchool(until=self.left_on)
        if self._today <= self.kept_until:
            raise refusals.RetentionNotOver(
                left_on=self.left_on,
                until=self.kept_until,
                legal_basis=self._privacy.retention.legal_basis,
            )
        if unsettled := sum(one.status.is_open for one in self._corrections):
            raise refusals.CorrectionsStillOpen(count=unsettled)

    @property
    def evidence(self) -> frozenset[str]:
        """The files of corrections all of whose pupils are erased once this one is.

        The biên bản of such a correction is one of them, and holds the others.
        """
        erased = {*self._privacy.erased, self.pupil}
        return frozenset(
            digest
            for correction in self._corrections
            if _concerns_only(correction, erased)
            for digest in self._files_of(correction)
        )

    def _files_of(self, correction: Correction) -> Iterator[str]:
        yield from (file.sha256 for file in correction.evidence)
        for year in self.years:
            dossier = self._reader.dossiers(year.school_year).of.get(correction.correction_id)
            if dossier:
                yield dossier.revision.sha256


def _concerns_only(correction: Correction, pupils: Iterable[PupilId]) -> bool:
    return {line.pupil for line in correction.lines} <= set(pupils)
