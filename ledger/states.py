"""The states that the application keeps, and what one attempt to decide sees of them."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any, Final
from uuid import UUID

from ledger.credentials.commands import CREDENTIALS_STREAM
from ledger.credentials.state import Credentials
from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.state import Dossiers
from ledger.line import Line
from ledger.privacy.commands import PRIVACY_STREAM
from ledger.privacy.state import Privacy
from ledger.reader import ClassKey
from ledger.results.commands import results_stream
from ledger.results.state import Results
from ledger.rulebook import Rulebook
from ledger.rulebooks import CREDENTIALS, DOSSIERS, PRIVACY, RESULTS, SCHOOL, SHEETS, YEARS
from ledger.school.commands import SCHOOL_STREAM, year_stream
from ledger.school.school import School
from ledger.school.year import Year
from ledger.sheet.state import Sheet
from ledger.store.codec import to_line
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import SheetId

# The sheets of two semesters of a big school, 48 classes with 12 subjects each.
_KEPT: Final = 1_200


class KeptStates:
    """States of streams as they were last seen; safe to share between threads."""

    def __init__(self, recorder: LedgerRecorder) -> None:
        self._recorder = recorder
        self._states: OrderedDict[UUID, Any] = OrderedDict()
        self._guard = Lock()

    def kept(self, stream_id: UUID, rulebook: Rulebook) -> Any:  # noqa: ANN401  (a room's state)
        """The state as it was last seen, which may be behind what others wrote."""
        with self._guard:
            return self._states.get(stream_id, rulebook.nothing_yet)

    def newest(self, stream_id: UUID, rulebook: Rulebook) -> Any:  # noqa: ANN401  (a room's state)
        """The state now; only lines newer than the kept state are read."""
        kept = self.kept(stream_id, rulebook)
        newer = self._recorder.select_events(stream_id, gt=kept.version)
        return self.keep(stream_id, rulebook.evolve(kept, map(to_line, newer))) if newer else kept

    def all_newest(self, wanted: Mapping[UUID, Rulebook]) -> dict[UUID, Any]:
        """The states now, of many streams in one question; only newer lines are read."""
        states = {stream_id: self.kept(stream_id, book) for stream_id, book in wanted.items()}
        known = {stream_id: state.version for stream_id, state in states.items()}
        newer: dict[UUID, list[Line]] = {}
        for stored in self._recorder.select_newer(known):
            line = to_line(stored)
            newer.setdefault(line.stream_id, []).append(line)
        for stream_id, lines in newer.items():
            evolved = wanted[stream_id].evolve(states[stream_id], lines)
            states[stream_id] = self.keep(stream_id, evolved)
        return states

    def keep(self, stream_id: UUID, state: Any) -> Any:  # noqa: ANN401  (a room's state)
        with self._guard:
            kept = self._states.get(stream_id)
            if kept is None or kept.version < state.version:
                self._states[stream_id] = state
            self._states.move_to_end(stream_id)
            if len(self._states) > _KEPT:
                self._states.popitem(last=False)
        return state


class SeenStates:
    """What one command sees: its own streams as they are kept, all others as they are now.

    Facts decided on a kept state that is behind cannot get in, since their versions are taken;
    any other answer has to be given on the newest states, which `refresh` brings.
    """

    def __init__(self, kept: KeptStates) -> None:
        self._kept = kept
        self._seen: dict[UUID, tuple[Rulebook, Any]] = {}
        self._decided: dict[UUID, Any] = {}

    def of(self, stream_id: UUID, rulebook: Rulebook) -> Any:  # noqa: ANN401  (a room's state)
        """The state to decide on, with what this attempt itself has decided so far."""
        if stream_id in self._decided:
            return self._decided[stream_id]
        if stream_id not in self._seen:
            self._seen[stream_id] = (rulebook, self._kept.kept(stream_id, rulebook))
        return self._seen[stream_id][1]

    def decide(self, stream_id: UUID, state: Any) -> None:  # noqa: ANN401  (a room's state)
        """Note the state that the decided facts would make."""
        self._decided[stream_id] = state

    def recorded(self) -> None:
        """Keep the decided states: their facts are in the ledger now."""
        for stream_id, state in self._decided.items():
            self._kept.keep(stream_id, state)

    def refresh(self) -> bool:
        """Forget what was decided and see the newest states; whether any of them had moved on."""
        self._decided.clear()
        before = {stream_id: state.version for stream_id, (_, state) in self._seen.items()}
        books = {stream_id: book for stream_id, (book, _) in self._seen.items()}
        self._see_newest(books)
        return any(self._seen[stream_id][1].version != before[stream_id] for stream_id in books)

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        self._look_at(dict.fromkeys(sheet_ids, SHEETS))
        return {sheet_id: self.of(sheet_id, SHEETS) for sheet_id in sheet_ids}

    def school(self) -> School:
        self._look_at({SCHOOL_STREAM: SCHOOL})
        school: School = self.of(SCHOOL_STREAM, SCHOOL)
        return school

    def year(self, school_year: str) -> Year:
        stream_id = year_stream(school_year)
        self._look_at({stream_id: YEARS})
        year: Year = self.of(stream_id, YEARS)
        return year

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        streams = {key: results_stream(*key) for key in keys}
        self._look_at(dict.fromkeys(streams.values(), RESULTS))
        return {key: self.of(stream_id, RESULTS) for key, stream_id in streams.items()}

    def class_results(self, school_year: str, class_group: str) -> Results:
        key = (school_year, class_group)
        return self.results([key])[key]

    def privacy(self) -> Privacy:
        self._look_at({PRIVACY_STREAM: PRIVACY})
        privacy: Privacy = self.of(PRIVACY_STREAM, PRIVACY)
        return privacy

    def credentials(self) -> Credentials:
        self._look_at({CREDENTIALS_STREAM: CREDENTIALS})
        credentials: Credentials = self.of(CREDENTIALS_STREAM, CREDENTIALS)
        return credentials

    def dossiers(self, school_year: str) -> Dossiers:
        stream_id = dossiers_stream(school_year)
        self._look_at({stream_id: DOSSIERS})
        dossiers: Dossiers = self.of(stream_id, DOSSIERS)
        return dossiers

    def _look_at(self, wanted: Mapping[UUID, Rulebook]) -> None:
        new = {stream_id: book for stream_id, book in wanted.items() if stream_id not in self._seen}
        if new:
            self._see_newest(new)

    def _see_newest(self, books: Mapping[UUID, Rulebook]) -> None:
        if len(books) == 1:
            ((stream_id, book),) = books.items()
            self._seen[stream_id] = (book, self._kept.newest(stream_id, book))
            return
        for stream_id, state in self._kept.all_newest(books).items():
            self._seen[stream_id] = (books[stream_id], state)
