"""Read what signals are made of, and the signals: kept in memory, and only what moved read anew."""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, select, text

from projections.anomalies import tables
from projections.runner import projection
from projections.tables import for_single_questions, snapshot

if TYPE_CHECKING:
    from projections.anomalies.material import Material
    from projections.anomalies.rescreening import KeptScreen
    from projections.anomalies.screen import Screened
    from projections.anomalies.years import Year

_REACHED: Final = select(projection.c.position).where(projection.c.name == "anomalies")
# What becomes another when the tables are dropped and created anew, as a rebuild does.
_TABLES: Final = {
    "sqlite": text("PRAGMA schema_version"),
    "postgresql": text(f"SELECT '{tables.sheet.name}'::regclass::oid::bigint"),
}
# People look at this year and at the one before; of older ones nothing needs to stay.
_YEARS: Final = 2

# The tables that were read, and the last line in them that moved anything of a year.
_State = tuple[Any, int]


class Anomalies:
    """The anomalies over their tables; safe to share between threads, whoever writes beside it.

    What was read stays in memory, so that each answer reads no more than the rows that moved
    since, in a handful of queries on one snapshot.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading, self._screening = Lock(), Lock()
        self._tables: Any = None
        self._years: OrderedDict[str, Year] = OrderedDict()
        self._screens: OrderedDict[str, KeptScreen] = OrderedDict()
        self._last: dict[str, Screened] = {}
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="screening")
        self._newer: Future[Screened] | None = None

    def material(self, school_year: str) -> "Material":
        """Everything of a school year as of the last line that the tables have."""
        return self._read(school_year)[1]

    def screened(self, school_year: str) -> "Screened":
        """The signals of a school year; whoever asks meanwhile waits for the one screen."""
        from projections.anomalies.rescreening import KeptScreen  # noqa: PLC0415  (scipy is slow to load)

        with self._screening:
            state, material = self._read(school_year)
            kept = self._screens.pop(school_year, None) or KeptScreen()
            self._screens[school_year] = kept
            while len(self._screens) > _YEARS:
                self._screens.popitem(last=False)
            self._last[school_year] = made = kept.of(material, state)
            return made

    def screened_lately(self, school_year: str) -> "Screened":
        """The last screen at once, while one that knows the newer lines is made beside.

        A year that was not screened yet is waited for; so is one whose last screen failed, and
        what it failed of is raised.
        """
        last, newer = self._last.get(school_year), self._newer
        # Asked once: one that fails from here on is told to the next who asks.
        being_made = newer is not None and not newer.done()
        if last is None or (newer and not being_made and newer.exception()):
            self._newer = None
            return self.screened(school_year)
        if not being_made and last.position != self._reached():
            self._newer = self._beside.submit(self.screened, school_year)
        return last

    def _reached(self) -> int:
        with for_single_questions(self._engine).connect() as connection:
            return connection.execute(_REACHED).scalar_one_or_none() or 0

    def _read(self, school_year: str) -> tuple[_State, "Material"]:
        with self._reading, snapshot(self._engine) as connection:
            position = connection.execute(_REACHED).scalar_one_or_none() or 0
            self._forget_dropped_tables(connection)
            year = self._year(school_year)
            if year.position > position:  # The tables are being filled again.
                year = self._new_year(school_year)
            material = year.bring_on(connection, position)
            return (self._tables, year.moved_at), material

    def _forget_dropped_tables(self, connection: Connection) -> None:
        now = connection.execute(_TABLES[connection.dialect.name]).scalar_one()
        if now != self._tables:
            self._years.clear()
            self._tables = now

    def _year(self, school_year: str) -> "Year":
        if school_year not in self._years:
            return self._new_year(school_year)
        self._years.move_to_end(school_year)
        return self._years[school_year]

    def _new_year(self, school_year: str) -> "Year":
        from projections.anomalies.years import Year  # noqa: PLC0415  (numpy takes time to load)

        year = self._years[school_year] = Year(school_year)
        while len(self._years) > _YEARS:
            self._years.popitem(last=False)
        return year
