"""The accounts of the school: who may sign in, and the roles that the school's facts give them."""

from datetime import date
from typing import Annotated, Final, NamedTuple
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Form
from fastapi.responses import Response

from ledger.credentials.commands import RemoveAuthenticator, RevokePasskey
from ledger.refusal import Refused
from ledger.school.commands import ChangeStaffRoles, JoinStaff, LeaveStaff, SchoolCommand
from ledger.vocabulary import PersonId, Role
from web.access.accounts import Account
from web.access.passwords import initial_password
from web.forms import NO_ERRORS, FormErrors, see
from web.refusals import LostFactorNeedsAnother, NoSuchAccount, UsernameTaken
from web.staff.forms import (
    GIVEN,
    LeavingForm,
    LostForm,
    NewAccountForm,
    PasswordForm,
    RolesForm,
    WayInForm,
)
from web.staff.managing import Managing, ManagingAccounts

ACCOUNTS: Final = "/quan-tri/tai-khoan"

router = APIRouter(prefix=ACCOUNTS)


class StaffRow(NamedTuple):
    """A person with the roles of today, the account if there is one, and the last day here."""

    person: PersonId
    roles: frozenset[Role]
    account: Account | None
    until: date | None
    acts_for: PersonId | None


@router.get("")
def list_accounts(asks: ManagingAccounts) -> Response:
    return _list_page(asks, NewAccountForm(command_id=uuid4()))


@router.post("")
def create_account(asks: ManagingAccounts, form: Annotated[NewAccountForm, Form()]) -> Response:
    """Let a person join the staff, with an account whose first password is shown this once."""
    # The same form sent twice means the same person.
    person = PersonId(uuid5(form.command_id, "person"))
    try:
        form.check()
        asks.take_password(form.password)
        account = _free_account(asks, person, form.username)
        act, roles = asks.asked(form.command_id), frozenset(form.roles)
        asks.desk.handle(JoinStaff(**act, person=person, roles=roles, since=asks.today))
        if not asks.desk.people.staff_members([person]):
            asks.desk.people.register_staff([form.member(person)])
        return _opened(asks, account)
    except Refused as refused:
        again = form.model_copy(update={"command_id": uuid4()})
        return _list_page(asks, again, asks.errors(refused))


@router.get("/{person}")
def show_account(person: UUID, asks: ManagingAccounts) -> Response:
    return _person_page(asks, _row(asks, PersonId(person)))


@router.post("/{person}")
def change_account(
    person: UUID, asks: ManagingAccounts, form: Annotated[RolesForm, Form()]
) -> Response:
    """Give other roles, take somebody in again, or put the account out of use or back."""
    row = _row(asks, PersonId(person))
    try:
        form.check()
        turned = row.account is not None and row.account.active != form.active
        if turned:
            asks.must_be_allowed_to_open(row.person)
        asks.take_password(form.password)
        asks.desk.handle(_roles_command(asks, row, form))
        if turned:
            asks.desk.accounts.put_in_use(row.person, active=form.active)
        asks.desk.accounts.sign_out_everywhere(row.person)
    except Refused as refused:
        return _person_page(asks, row, asks.errors(refused))
    return see(ACCOUNTS)


def _roles_command(asks: Managing, row: StaffRow, form: RolesForm) -> SchoolCommand:
    place = asks.school.staff.get(row.person)
    here = place is not None and place.until is None
    kind = ChangeStaffRoles if here else JoinStaff
    given = {"person": row.person, "roles": frozenset(form.roles), "since": asks.today}
    return kind.model_validate({**asks.asked(form.command_id), **given})


@router.post("/{person}/mo")
def open_account(
    person: UUID, asks: ManagingAccounts, form: Annotated[WayInForm, Form()]
) -> Response:
    """Make an account for a member of staff who has none."""
    row = _row(asks, PersonId(person))
    try:
        if row.account is not None:
            raise UsernameTaken(username=row.account.username)
        form.check()
        asks.must_be_allowed_to_open(row.person)
        asks.take_password(form.password)
        return _opened(asks, _free_account(asks, row.person, form.username))
    except Refused as refused:
        return _person_page(asks, row, asks.errors(refused))


@router.post("/{person}/mat-khau")
def reset_password(
    person: UUID, asks: ManagingAccounts, form: Annotated[PasswordForm, Form()]
) -> Response:
    """Give a new first password, for somebody who forgot theirs."""
    account, secret = asks.desk.accounts.find(PersonId(person)), initial_password()
    try:
        asks.must_be_allowed_to_open(account.person)
        asks.take_password(form.password)
        asks.desk.accounts.set_password(account.person, secret)
    except Refused as refused:
        return _person_page(asks, _row(asks, account.person), asks.errors(refused))
    return _secret_page(asks, account, secret)


@router.post("/{person}/mat-thiet-bi")
def remove_lost_factors(
    person: UUID, asks: ManagingAccounts, form: Annotated[LostForm, Form()]
) -> Response:
    """Let the codes and passkeys of who lost them count no longer; the reason is in the ledger."""
    row = _row(asks, PersonId(person))
    try:
        form.check()
        if row.person == asks.user.person:
            raise LostFactorNeedsAnother
        asks.take_password(form.password)
        by = asks.user.trying_as(Role.ADMINISTRATOR)
        asked = {**asks.asked(form.command_id), "by": by, "reason": form.reason}
        asks.desk.handle_together(
            [
                RemoveAuthenticator(**asked, person=row.person),
                *(
                    RevokePasskey(**asked, credential=one.credential)
                    for one in asks.desk.ledger.credentials().passkeys_of(row.person)
                ),
            ]
        )
        asks.desk.authenticators.remove(row.person)
    except Refused as refused:
        return _person_page(asks, row, asks.errors(refused))
    return see(f"{ACCOUNTS}/{row.person}")


@router.post("/{person}/roi-truong")
def leave_staff(
    person: UUID, asks: ManagingAccounts, form: Annotated[LeavingForm, Form()]
) -> Response:
    """Note the last day of somebody who leaves: from the next on nobody signs in as that person."""
    row = _row(asks, PersonId(person))
    try:
        until = form.last_day()
        asks.take_password(form.password)
        asks.desk.handle(LeaveStaff(**asks.asked(form.command_id), person=row.person, until=until))
    except Refused as refused:
        return _person_page(asks, row, asks.errors(refused))
    return see(ACCOUNTS)


def _free_account(asks: Managing, person: PersonId, username: str) -> Account:
    account = Account(person, username.strip().lower())
    if any(entry.username == account.username for entry in asks.desk.accounts.all()):
        raise UsernameTaken(username=account.username)
    return account


def _opened(asks: Managing, account: Account) -> Response:
    secret = initial_password()
    asks.desk.accounts.create(account, secret)
    return _secret_page(asks, account, secret)


def _row(asks: Managing, person: PersonId) -> StaffRow:
    """The person, who is or was on the staff or has an account; raises NoSuchAccount."""
    found = [row for row in _rows(asks) if row.person == person]
    if not found:
        raise NoSuchAccount
    return found[0]


def _rows(asks: Managing) -> list[StaffRow]:
    """Everybody who is or was on the staff or has an account, by name."""
    accounts = {account.person: account for account in asks.desk.accounts.all()}
    school, today = asks.school, asks.today
    rows = []
    for person in asks.desk.names().in_order({*school.staff, *accounts}):
        place, roles = school.staff.get(person), school.roles_of(person, today)
        rows.append(
            StaffRow(
                person,
                roles,
                accounts.get(person),
                place.until if place else None,
                school.acts_for(person, today),
            )
        )
    return rows


def _list_page(asks: Managing, form: NewAccountForm, errors: FormErrors = NO_ERRORS) -> Response:
    rows = _rows(asks)
    return asks.page(
        "administration/accounts.html",
        errors=errors,
        here=[row for row in rows if row.roles],
        gone=[row for row in rows if not row.roles],
        given=GIVEN,
        form=form,
    )


def _person_page(asks: Managing, row: StaffRow, errors: FormErrors = NO_ERRORS) -> Response:
    credentials = asks.desk.ledger.credentials()
    return asks.page(
        "administration/account.html",
        errors=errors,
        row=row,
        given=GIVEN,
        form_id=uuid4(),
        confirms_since=credentials.authenticators.get(row.person),
        passkeys=credentials.passkeys_of(row.person),
        removes_lost=row.person != asks.user.person and Role.ADMINISTRATOR in asks.user.roles,
    )


def _secret_page(asks: Managing, account: Account, secret: str) -> Response:
    name = asks.desk.names().staff(account.person)
    return asks.page("administration/new_password.html", account=account, name=name, secret=secret)
