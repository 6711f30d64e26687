"""Reads the rows of a list of staff: who is meant, in which roles, and what is wrong."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from uuid import uuid4

from ledger.people import StaffMember
from ledger.school.founding import DECIDES
from ledger.vocabulary import PersonId, Role
from web.spreadsheets.plain_tables import TextTable, header_words
from web.spreadsheets.problem import Problem
from web.spreadsheets.spelling import folded, same_subject, spoken
from web.spreadsheets.staff_lists import (
    STAFF_AT_ONCE,
    ListedStaff,
    SchoolNow,
    StaffPreview,
    StaffRow,
    StaffStanding,
)
from web.spreadsheets.staff_roles import roles_guessed, roles_named
from web.spreadsheets.titles import Said
from web.spreadsheets.usernames import is_username, username_for
from web.wording import role_name
from web.wording.school import SUBJECT_NAMES

STAFF_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "number": header_words("STT", "TT", "Số TT"),
    "code": header_words(
        *("Mã định danh", "Mã định danh Bộ GD&ĐT", "Mã định danh (Bộ GD&ĐT)", "Mã cán bộ"),
        *("Mã giáo viên", "Mã GV", "Mã CB", "Mã CBGV", "Mã nhân sự", "Mã"),
    ),
    "name": header_words(
        *("Họ và tên", "Họ tên", "Họ và tên giáo viên", "Họ tên giáo viên", "Họ tên cán bộ"),
        *("Họ và tên cán bộ", "Giáo viên"),
    ),
    "username": header_words("Tên đăng nhập", "Tài khoản"),
    "roles": header_words("Vai trò", "Vai trò trong sổ điểm"),
    "post": header_words("Chức vụ", "Vị trí việc làm", "Nhóm chức vụ", "Chức danh"),
    "duty": header_words("Nhiệm vụ", "Nhiệm vụ kiêm nhiệm", "Kiêm nhiệm", "Chức vụ kiêm nhiệm"),
    "department": header_words("Tổ", "Tổ chuyên môn", "Tổ bộ môn"),
    "subjects": header_words("Môn dạy", "Môn", "Môn học", "Môn giảng dạy", "Môn dạy chính"),
    "status": header_words("Trạng thái", "Trạng thái CB", "Trạng thái cán bộ", "Tình trạng"),
}
STAFF_NEEDED: Final = tuple(frozenset({"name", roles}) for roles in ("roles", "post", "duty"))
_WORKING: Final = frozenset(map(folded, ("Đang làm việc", "Đang công tác", "Đang dạy")))
_LONGEST: Final = 80
_LONGEST_CODE: Final = 20


def staff_preview(table: TextTable, now: SchoolNow, *, deciding: bool) -> StaffPreview:
    """The list beside the school; `deciding` says whether roles that decide may be given."""
    reading = _Reading(table, now, deciding=deciding)
    rows = tuple(reading.row(row) for row in table.rows)
    wrong = [row.problem for row in rows if row.problem and row.standing is StaffStanding.WRONG]
    errors = [*table.faults(), *wrong]
    if len(rows) > STAFF_AT_ONCE:
        errors.append(Problem("too-many-staff", "", {"limit": STAFF_AT_ONCE}))
    return StaffPreview(
        worksheet=table.sheet.name,
        rows=rows,
        departments=(),
        unread=tuple(said.text.replace("\n", " ") for _, said in table.others),
        errors=tuple(errors),
        warnings=(),
    )


class _Read(NamedTuple):
    """What a row says, before it is known who is meant."""

    row: int
    name: Said
    code: Said | None
    username: Said | None
    roles: frozenset[Role]


class _Reading:
    """Reads row by row; nobody may stand in a file twice."""

    def __init__(self, table: TextTable, now: SchoolNow, *, deciding: bool) -> None:
        self.table, self.now, self.deciding = table, now, deciding
        self._by_code = {one.code: one for one in now.directory.values() if one.code}
        self._by_name: dict[str, list[StaffMember]] = {}
        for member in now.directory.values():
            self._by_name.setdefault(spoken(member.full_name), []).append(member)
        self._codes: dict[str, str] = {}
        self._people: dict[object, str] = {}
        self._taken = set(now.usernames)

    def row(self, row: int) -> StaffRow:
        name = self.table.text(row, "name")
        if name is None:
            code = self.table.text(row, "code")
            place = code.cell if code else f"{row + 1}"
            return _row(row, "", StaffStanding.WRONG, problem=Problem("name-missing", place))
        match self._read(row, name):
            case Problem() as problem:
                left_out = problem.code in {"staff-not-working", "no-role-guessed"}
                standing = StaffStanding.LEFT_OUT if left_out else StaffStanding.WRONG
                return _row(row, name.text, standing, problem=problem)
            case _Read() as read:
                return self._beside_the_school(read)

    def _read(self, row: int, name: Said) -> _Read | Problem:
        *family, given = name.text.split()
        if not family or max(len(" ".join(family)), len(given)) > _LONGEST:
            return Problem("name-unreadable-staff", name.cell, {"text": name.text})
        status = self.table.text(row, "status")
        if status and folded(status.text) not in _WORKING:
            details = {"name": name.text, "status": status.text}
            return Problem("staff-not-working", status.cell, details)
        code = self.table.text(row, "code")
        if code and len(code.text) > _LONGEST_CODE:
            return Problem("staff-code-too-long", code.cell)
        if code and (first := self._codes.setdefault(code.text, code.cell)) != code.cell:
            return Problem("staff-code-twice", code.cell, {"code": code.text, "first": first})
        username = self.table.text(row, "username")
        if username and not is_username(username.text.lower()):
            return Problem("username-unreadable", username.cell, {"text": username.text})
        roles = self._roles(row, name)
        return roles if isinstance(roles, Problem) else _Read(row, name, code, username, roles)

    def _roles(self, row: int, name: Said) -> frozenset[Role] | Problem:
        """As the file names them, else as posts and duties stand for them."""
        if said := self.table.text(row, "roles"):
            try:
                return roles_named(said.text)
            except ValueError as unknown:
                return Problem("role-unknown", said.cell, {"text": str(unknown)})
        told = [said for column in ("post", "duty") if (said := self.table.text(row, column))]
        roles = roles_guessed("\n".join(said.text for said in told))
        if self.table.text(row, "subjects") and not roles & DECIDES:
            roles |= {Role.SUBJECT_TEACHER}
        if roles:
            return roles
        details = {"text": "; ".join(said.text for said in told), "name": name.text}
        return Problem("no-role-guessed", told[0].cell if told else name.cell, details)

    def _beside_the_school(self, read: _Read) -> StaffRow:
        who = self._who(read)
        if isinstance(who, Problem):
            return _row(read.row, read.name.text, StaffStanding.WRONG, problem=who)
        twice = read.code.text if read.code else spoken(read.name.text)
        first = self._people.setdefault(who.person_id if who else twice, read.name.cell)
        if first != read.name.cell:
            details = {"name": read.name.text, "first": first}
            problem = Problem("staff-listed-twice", read.name.cell, details)
            return _row(read.row, read.name.text, StaffStanding.WRONG, problem=problem)
        gained = read.roles - (self.now.roles_of(who.person_id) if who else frozenset())
        if gained & DECIDES and not self.deciding:
            named = ", ".join(role_name(role).lower() for role in sorted(gained & DECIDES))
            problem = Problem("only-the-principal", read.name.cell, {"roles": named})
            return _row(read.row, read.name.text, StaffStanding.WRONG, problem=problem)
        return self._taken_row(read, who, gained)

    def _who(self, read: _Read) -> StaffMember | Problem | None:
        """Who is meant: by code, the name to sign in with, the full name; None is a newcomer."""
        if read.code and (known := self._by_code.get(read.code.text)):
            return known
        holder = self.now.usernames.get(read.username.text.lower()) if read.username else None
        named = self._by_name.get(spoken(read.name.text), [])
        if read.code:
            # Somebody known under another code is somebody else of the same name.
            named = [one for one in named if one.code is None]
        if holder and holder in self.now.directory:
            same = [one for one in named if one.person_id == holder]
            if same or not read.code:
                return self.now.directory[holder]
            taken = {"username": read.username.text if read.username else ""}
            return Problem("username-taken", read.username.cell if read.username else "", taken)
        if len(named) > 1:
            return Problem("staff-name-shared", read.name.cell, {"name": read.name.text})
        return named[0] if named else None

    def _taken_row(self, read: _Read, who: StaffMember | None, gained: frozenset[Role]) -> StaffRow:
        *family, given = read.name.text.split()
        username = self._username(read, who)
        listed = ListedStaff(
            person_id=who.person_id if who else PersonId(uuid4()),
            family_name=" ".join(family),
            given_name=given,
            code=read.code.text if read.code else None,
            username=username,
            roles=tuple(role for role in Role if role in read.roles),
            department=self._department(read.row),
            subjects=tuple(self._subjects(read.row)),
        )
        changed = gained or username or (who and listed.code and who.code != listed.code)
        standing = StaffStanding.CHANGED if changed else StaffStanding.KNOWN
        differs = who and spoken(who.full_name) != spoken(listed.full_name)
        return _row(
            read.row,
            listed.full_name,
            standing if who else StaffStanding.NEW,
            listed=listed,
            gained=tuple(role for role in Role if role in gained),
            known_as=who.full_name if who and differs else "",
        )

    def _username(self, read: _Read, who: StaffMember | None) -> str | None:
        """The name for a new account; None for who has an account."""
        if who and who.person_id in self.now.usernames.values():
            return None
        if read.username and read.username.text.lower() not in self._taken:
            name = read.username.text.lower()
        else:
            name = username_for(read.name.text, self._taken)
        self._taken.add(name)
        return name

    def _department(self, row: int) -> str | None:
        said = self.table.text(row, "department")
        return said.text.replace("\n", " ")[:200] if said else None

    def _subjects(self, row: int) -> Iterator[str]:
        said = self.table.text(row, "subjects")
        for part in said.text.replace("\n", ",").replace(";", ",").split(",") if said else ():
            for code, name in SUBJECT_NAMES.items():
                if same_subject(name, part):
                    yield code
                    break


def _row(
    row: int,
    name: str,
    standing: StaffStanding,
    *,
    listed: ListedStaff | None = None,
    gained: tuple[Role, ...] = (),
    known_as: str = "",
    problem: Problem | None = None,
) -> StaffRow:
    return StaffRow(
        row=row + 1,
        name=name,
        standing=standing,
        listed=listed,
        gained=gained,
        known_as=known_as,
        problem=problem,
    )
