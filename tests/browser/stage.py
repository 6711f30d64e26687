"""A school on a stage: its staff can sign in, one class of 45 has its sheet, the clock can move."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Final
from uuid import uuid4

import uvicorn
from fastapi import FastAPI

from ledger.people import Pupil, StaffMember
from ledger.publishing.publisher import Publisher
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import PupilId, Role, SheetId, SubjectKind, sheet_id_of
from tests.ledger.witnesses import Watchers
from tests.school import DUC, HOA, KHOA, LAN, MAI, NGOC, NOW, QUYEN, VINH, Voice, numbered_id
from tests.staff import employ
from web.app import create_app
from web.desk import Desk, open_desk
from web.settings import Settings

PASSWORD: Final = "bảng đen phấn trắng"
STAFF: Final = {
    "lan": (LAN, "Trần Thị Ngọc", "Lan"),
    "vinh": (VINH, "Phạm Quang", "Vinh"),
    "hoa": (HOA, "Lê Thị", "Hoa"),
    "quyen": (QUYEN, "Đỗ Thị", "Quyên"),
    "ngoc": (NGOC, "Nguyễn Thị", "Ngọc"),
    "duc": (DUC, "Vũ Minh", "Đức"),
    "khoa": (KHOA, "Bùi Đăng", "Khoa"),
    "mai": (MAI, "Hoàng Thị", "Mai"),
}
_FAMILIES: Final = ("Nguyễn Thị", "Trần Văn", "Lê Minh", "Phạm Thị Thu", "Hoàng Gia", "Đặng Thị")
_GIVEN: Final = ("An", "Bảo", "Chi", "Dũng", "Giang", "Hạnh", "Khôi", "Linh", "Ngân", "Phúc", "Yến")

PUPILS: Final = tuple(PupilId(numbered_id(200 + number)) for number in range(1, 46))
MATHS: Final = sheet_id_of("2026-2027", 1, "6A1", "toan")
SPORTS: Final = sheet_id_of("2026-2027", 1, "6A1", "giao-duc-the-chat")


@dataclass
class Clock:
    """A clock that stands still until somebody moves it."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@dataclass
class Stage:
    """The school, its clock, and commands given behind the pages' back."""

    desk: Desk
    clock: Clock

    def says(self, voice: Voice, what: str, *words: object, **more: object) -> None:
        """Let somebody give a command now: `says(LAN, "closes", "midterm")`."""
        now = voice.at(self.clock())
        self.desk.handle(getattr(now, what)(*words, **more))

    def mark(self, number: int, column: str, sheet_id: SheetId = MATHS) -> str:
        """The mark that the ledger holds for the pupil of this number."""
        return self.desk.ledger.sheet(sheet_id).cell((PUPILS[number - 1], column)).mark.text

    def version(self, number: int, column: str) -> int:
        return self.desk.ledger.sheet(MATHS).cell((PUPILS[number - 1], column)).version


@contextmanager
def copied_stage(built: Path, folder: Path) -> Iterator[Stage]:
    """A copy of a school that was built before, for one test alone."""
    shutil.copytree(built, folder)
    clock = Clock()
    desk = open_desk(Settings.in_folder(folder), clock=clock)
    yield Stage(desk, clock)
    desk.engine.dispose()


def build_stage(folder: Path, *, pupil_count: int = 45, url: str | None = None) -> Stage:
    """A fresh school in a folder, or in a folder and the database at the URL."""
    clock = Clock()
    settings = Settings(url, folder) if url else Settings.in_folder(folder)
    desk = open_desk(settings, clock=clock)
    stage = Stage(desk, clock)
    desk.people.register_pupils(
        Pupil(
            pupil_id=pupil,
            code=f"HS{number:04}",
            family_name=_FAMILIES[number % len(_FAMILIES)],
            given_name=_GIVEN[number % len(_GIVEN)],
        )
        for number, pupil in enumerate(PUPILS, 1)
    )
    _employ(desk)
    numbered = tuple(
        NumberedPupil(pupil=pupil, number=number)
        for number, pupil in enumerate(PUPILS[:pupil_count], 1)
    )
    stage.says(KHOA.about(MATHS), "opens", pupils=numbered)
    stage.says(
        KHOA.about(SPORTS),
        "opens",
        pupils=numbered,
        subject="giao-duc-the-chat",
        kind=SubjectKind.COMMENT,
        regular_count=2,
        teachers=(LAN.person, VINH.person),
    )
    return stage


def _employ(desk: Desk) -> None:
    desk.people.register_staff(
        StaffMember(person_id=voice.person, family_name=family, given_name=given)
        for voice, family, given in STAFF.values()
    )
    for username, (voice, _, _) in STAFF.items():
        roles = {voice.author.role}
        if voice.author.role is Role.HOMEROOM_TEACHER:
            roles.add(Role.SUBJECT_TEACHER)
        employ(desk, voice.person, *roles, username=username, password=PASSWORD)


def sign_in_cookie(stage: Stage, username: str, *, password: str = PASSWORD) -> dict[str, str]:
    """The cookie of a person who has just signed in."""
    token = stage.desk.accounts.sign_in(
        username, password, address="127.0.0.1", device=str(uuid4()), now=stage.clock()
    )
    return {"grade-ledger-session": token}


@contextmanager
def served(stage: Stage) -> Iterator[str]:
    """Serve the school on a free port in a thread of its own; the address while it runs."""
    with serving(create_app(stage.desk)) as address:
        yield address


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port in a thread of its own; the address while it runs."""
    settings = uvicorn.Config(app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(settings)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def watch(stage: Stage, watchers: Watchers) -> None:
    """Let a school's publisher ask these witnesses, reached without a network."""
    desk = stage.desk
    publisher = Publisher(
        desk.ledger.recorder,
        desk.checkpoints,
        desk.keys,
        ask=watchers,
        origin=lambda: None,
        clock=stage.clock,
    )
    stage.desk = replace(desk, publisher=publisher)
