"""Create the demo school once: whole or not at all, and never over another school's ledger."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from ledger.store.codec import to_line
from ledger.vocabulary import Role
from web.access.accounts import Account
from web.demo.codes import open_phones, write_codes
from web.demo.corrections import write_corrections
from web.demo.dossiers import file_dossiers, write_issued_papers
from web.demo.founding import write_founding
from web.demo.planning import write_planning
from web.demo.roster import write_roster
from web.demo.school import School, StaffPlan, demo_school
from web.demo.signals import act_on_signals
from web.demo.stage import FIRST_COMMAND, Script, Stage
from web.demo.supervision import write_supervision
from web.demo.term import write_term
from web.demo.troubles import write_troubles
from web.desk import Desk, open_desk
from web.settings import Settings

PASSWORD: Final = "hoa-phuong-2026"  # noqa: S105  (printed for everybody: the people are invented)


class Phase(Enum):
    """The parts of the work, in order."""

    PEOPLE = "people"
    STORY = "story"
    PROJECTIONS = "projections"
    DOSSIERS = "dossiers"


# Told the phase, how much of it is done, and how much there is.
Progress = Callable[[Phase, int, int], None]


class NotADemo(Exception):
    """The ledger is another school's, or already has people: the demo keeps away from it."""


class DemoIsIncomplete(Exception):
    """A creation was interrupted in a database that cannot be replaced as a whole."""


class BeingCreated(Exception):
    """Another process is creating the demo school in the same place."""


def ensure_demo(settings: Settings, progress: Progress) -> bool:
    """Create the demo school where there is no school yet; say whether it was created now.

    Raises NotADemo, DemoIsIncomplete and BeingCreated. A SQLite ledger is built in a file beside
    its place and renamed at the end, so an interrupted creation leaves nothing but that file.
    """
    place = _sqlite_file(settings.url)
    if place is None:
        return _ensure_in_database(settings, progress)
    place.parent.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        if place.exists() and _is_there(settings):
            return False
        building = place.with_name(f"{place.name}.building")
        _remove(building)
        _create(Settings(f"sqlite:///{building}", settings.data_folder), progress)
        _remove(place)
        building.replace(place)
    return True


def is_demo(desk: Desk) -> bool:
    """Whether the ledger begins with the demo school's first command."""
    first = desk.ledger.recorder.select_notifications(1, 1)
    return bool(first) and to_line(first[0]).command_id == FIRST_COMMAND


def _ensure_in_database(settings: Settings, progress: Progress) -> bool:
    if _is_there(settings):
        return False
    _create(settings, progress)
    return True


def _is_there(settings: Settings) -> bool:
    """Whether the demo school is there whole; False if there is nobody at all."""
    desk = open_desk(settings)
    try:
        if desk.ledger.recorder.head().position == 0:
            if desk.accounts.all() or desk.people.staff_members():
                raise NotADemo
            return False
        if not is_demo(desk):
            raise NotADemo
        # The accounts are made last.
        if not desk.accounts.all():
            raise DemoIsIncomplete
        return True
    finally:
        desk.engine.dispose()


def _create(settings: Settings, progress: Progress) -> None:
    desk = open_desk(settings)
    try:
        create_demo(desk, demo_school(), progress=progress)
    finally:
        desk.engine.dispose()


def create_demo(desk: Desk, school: School, *, progress: Progress) -> None:
    """Let the school live through its story in an empty ledger."""
    _register(desk, school)
    progress(Phase.PEOPLE, 1, 1)
    script = written_script(school)
    total = len(script.scenes)
    stage = Stage(desk.ledger, desk.evidence, min(script.scenes).at)
    script.play(stage, step=lambda done: progress(Phase.STORY, done, total))
    # All at once at the end: after each command would take several times as long.
    desk.projections.rebuild(
        progress=lambda done, all_lines: progress(Phase.PROJECTIONS, done, all_lines)
    )
    file_dossiers(desk, school, step=lambda done, total: progress(Phase.DOSSIERS, done, total))
    act_on_signals(desk, school)
    _open_accounts(desk, school)


def written_script(school: School) -> Script:
    """Every scene of the story: each part is a module of its own that writes its scenes."""
    script = Script()
    write_founding(school, script)
    write_codes(school, script)
    write_planning(school, script)
    write_roster(school, script)
    write_term(school, script)
    write_corrections(school, script)
    write_troubles(school, script)
    write_supervision(school, script)
    write_issued_papers(school, script)
    return script


def _register(desk: Desk, school: School) -> None:
    desk.people.register_staff(plan.member for plan in school.staff.values())
    desk.people.register_pupils(school.pupils)


def _open_accounts(desk: Desk, school: School) -> None:
    for plan in school.staff.values():
        desk.accounts.create(Account(plan.person_id, plan.username), PASSWORD)
    open_phones(desk, school)


def sign_ins(school: School) -> list[tuple[Role, StaffPlan]]:
    """One person to sign in as for each role."""
    posts = {
        Role.PRINCIPAL: "hiệu-trưởng",
        Role.VICE_PRINCIPAL: "hiệu-phó-1",
        Role.ADMINISTRATOR: "quản-trị",
        Role.SECRETARY: "thư-ký",
        Role.DEPARTMENT_HEAD: "toán-1",
        Role.HOMEROOM_TEACHER: "văn-1",
        Role.SUBJECT_TEACHER: "công-nghệ-1",
    }
    return [(role, school.staff[post]) for role, post in posts.items()]


def _sqlite_file(url: str) -> Path | None:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        return None
    return Path(str(address.database))


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Only one process at a time builds here; the kernel forgets a dead one's claim."""
    with place.with_name(f"{place.name}.creating").open("w") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise BeingCreated from taken
        yield
        Path(claim.name).unlink(missing_ok=True)


def _remove(database: Path) -> None:
    """Remove a SQLite file with its log: a log left behind would be played into the next file."""
    for file in chain(
        [database], (database.with_name(database.name + s) for s in ("-wal", "-shm"))
    ):
        file.unlink(missing_ok=True)
