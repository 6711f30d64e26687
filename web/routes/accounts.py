"""The accounts of the school: who may sign in, in which roles, and in whose place."""

import re
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from ledger.people import StaffMember
from ledger.refusal import Refused
from ledger.vocabulary import PersonId, Role
from web.access.accounts import Account
from web.access.identity import SignedIn, User
from web.access.passwords import initial_password
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, Typed, see, take_password
from web.refusals import AccountLacksRole, UsernameTaken
from web.rendering import render

router = APIRouter(prefix="/quan-tri/tai-khoan")

_MANAGES: Final = (Role.ADMINISTRATOR, Role.PRINCIPAL)
# Who may give these could make an account of their own that approves what they ask for. The first
# principal's account is made on the command line.
_DECIDES: Final = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})
# The system's own role is nobody's account.
_GIVEN: Final = tuple(role for role in Role if role is not Role.SYSTEM)
_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}", re.ASCII)

Password = Annotated[str | None, Form()]


class NewAccountForm(BaseModel):
    """The form that makes an account, as typed."""

    family_name: str = ""
    given_name: str = ""
    username: str = ""
    roles: list[Role] = []
    password: str | None = None


class AccountForm(BaseModel):
    """The form that changes an account, as typed."""

    roles: list[Role] = []
    acts_for_principal: bool = False
    active: bool = False
    password: str | None = None


@router.get("")
def list_accounts(request: Request, desk: DeskDep, user: User) -> Response:
    user.must_act_as(*_MANAGES)
    return _list_page(request, desk, user, NewAccountForm())


@router.post("")
def create_account(
    request: Request, desk: DeskDep, user: User, form: Annotated[NewAccountForm, Form()]
) -> Response:
    """Make an account; its first password is shown on the answer's page and never again."""
    user.must_act_as(*_MANAGES)
    person, secret = PersonId(uuid4()), initial_password()
    try:
        account = _new_account(form, person)
        _only_the_principal_touches(account, user)
        take_password(request, desk, user, form.password)
        if any(entry.username == account.username for entry in desk.accounts.all()):
            raise UsernameTaken(username=account.username)
        member = StaffMember(
            person_id=person, family_name=form.family_name, given_name=form.given_name
        )
        desk.people.register_staff([member])
        desk.accounts.create(account, secret)
    except Refused as refused:
        return _list_page(request, desk, user, form, FormErrors.of(request, refused))
    return _secret_page(request, desk, account, secret)


def _new_account(form: NewAccountForm, person: PersonId) -> Account:
    typed = Typed()
    username = form.username.strip().lower()
    if not _USERNAME.fullmatch(username):
        typed.wrong("username", "no-username")
    for name in ("family_name", "given_name"):
        if not 1 <= len(getattr(form, name).strip()) <= 80:
            typed.wrong(name, "no-name")
    if not set(form.roles) <= set(_GIVEN) or not form.roles:
        typed.wrong("roles", "no-role")
    typed.check()
    return Account(person=person, username=username, roles=frozenset(form.roles))


@router.get("/{person}")
def show_account(person: UUID, request: Request, desk: DeskDep, user: User) -> Response:
    user.must_act_as(*_MANAGES)
    return _account_page(request, desk, user, desk.accounts.find(PersonId(person)))


@router.post("/{person}")
def change_account(
    person: UUID,
    request: Request,
    desk: DeskDep,
    user: User,
    form: Annotated[AccountForm, Form()],
) -> Response:
    """Give other roles, or put out of use; the person has to sign in again."""
    user.must_act_as(*_MANAGES)
    account = desk.accounts.find(PersonId(person))
    try:
        typed = Typed()
        if not set(form.roles) <= set(_GIVEN) or not form.roles:
            typed.wrong("roles", "no-role")
        typed.check()
        changed = Account(
            person=account.person,
            username=account.username,
            roles=frozenset(form.roles),
            acts_for=_acts_for(user, account, form),
            active=form.active,
        )
        _only_the_principal_touches(account, user)
        _only_the_principal_touches(changed, user)
        take_password(request, desk, user, form.password)
        desk.accounts.change(changed)
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _account_page(request, desk, user, account, errors)
    return see("/quan-tri/tai-khoan")


def _only_the_principal_touches(account: Account, user: SignedIn) -> None:
    """Refuse to make, change or open an account that decides, unless the principal does it."""
    if account.roles & _DECIDES and Role.PRINCIPAL not in user.roles:
        raise AccountLacksRole(roles=[Role.PRINCIPAL])


def _acts_for(user: SignedIn, account: Account, form: AccountForm) -> PersonId | None:
    """Whom the account may decide for: only the principal in person gives that, or takes it."""
    if form.acts_for_principal == (account.acts_for is not None):
        return account.acts_for
    if Role.PRINCIPAL not in user.roles:
        raise AccountLacksRole(roles=[Role.PRINCIPAL])
    return user.person if form.acts_for_principal else None


@router.post("/{person}/mat-khau")
def reset_password(
    person: UUID, request: Request, desk: DeskDep, user: User, password: Password = None
) -> Response:
    """Give a new first password, for somebody who forgot theirs."""
    user.must_act_as(*_MANAGES)
    account = desk.accounts.find(PersonId(person))
    secret = initial_password()
    try:
        _only_the_principal_touches(account, user)
        take_password(request, desk, user, password)
        desk.accounts.set_password(account.person, secret)
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _account_page(request, desk, user, account, errors)
    return _secret_page(request, desk, account, secret)


def _list_page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    form: NewAccountForm,
    errors: FormErrors = NO_ERRORS,
) -> Response:
    return render(
        request,
        "administration/accounts.html",
        status=errors.status,
        accounts=desk.accounts.all(),
        names=desk.names(),
        given=_GIVEN,
        form=form,
        asks_password=not user.is_fresh(desk.clock()),
        errors=errors,
    )


def _account_page(
    request: Request,
    desk: Desk,
    user: SignedIn,
    account: Account,
    errors: FormErrors = NO_ERRORS,
) -> Response:
    return render(
        request,
        "administration/account.html",
        status=errors.status,
        account=account,
        names=desk.names(),
        given=_GIVEN,
        is_principal=Role.PRINCIPAL in user.roles,
        asks_password=not user.is_fresh(desk.clock()),
        errors=errors,
    )


def _secret_page(request: Request, desk: Desk, account: Account, secret: str) -> Response:
    return render(
        request,
        "administration/new_password.html",
        account=account,
        name=desk.names().staff(account.person),
        secret=secret,
    )
