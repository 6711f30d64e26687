"""Signing in and out, giving the password again, and a person's own account."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from web.access.identity import SignedIn, User, cookie_name
from web.desk import Desk, DeskDep
from web.forms import (
    NO_ERRORS,
    FormErrors,
    Typed,
    address_of,
    local_path,
    see,
    take_password,
)
from web.rendering import render

router = APIRouter()

Text = Annotated[str, Form()]


@router.get("/dang-nhap")
def ask_to_sign_in(request: Request, tiep: str = "/") -> Response:
    return _sign_in_page(request, onward=tiep)


@router.post("/dang-nhap")
def sign_in(
    request: Request, desk: DeskDep, username: Text = "", password: Text = "", tiep: Text = "/"
) -> Response:
    """Start a session anew, never taking over the token that the browser came with."""
    moment = desk.clock()
    try:
        token = desk.accounts.sign_in(
            username,
            password,
            address=address_of(request),
            device=request.headers.get("user-agent", "?"),
            now=moment,
        )
    except Refused as refused:
        errors = FormErrors.of(request, refused)
        return _sign_in_page(request, onward=tiep, username=username, errors=errors)
    if (old := request.cookies.get(cookie_name(request))) and (
        session := desk.accounts.session(old, now=moment)
    ):
        desk.accounts.sign_out(session.session_id)
    answer = see(local_path(tiep))
    answer.set_cookie(
        cookie_name(request),
        token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _sign_in_page(
    request: Request, *, onward: str, username: str = "", errors: FormErrors = NO_ERRORS
) -> Response:
    return render(
        request,
        "sign_in/sign_in.html",
        status=errors.status,
        onward=local_path(onward),
        username=username,
        errors=errors,
    )


@router.post("/dang-xuat")
def sign_out(request: Request, desk: DeskDep, user: User) -> Response:
    desk.accounts.sign_out(user.session_id)
    return _signed_out(request)


@router.post("/dang-xuat-moi-noi")
def sign_out_everywhere(request: Request, desk: DeskDep, user: User) -> Response:
    desk.accounts.sign_out_everywhere(user.person)
    return _signed_out(request)


def _signed_out(request: Request) -> Response:
    answer = see("/dang-nhap")
    # What a page kept in the browser (cells not saved yet) belongs to who has left.
    answer.headers["Clear-Site-Data"] = '"storage"'
    answer.delete_cookie(
        cookie_name(request),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.get("/xac-nhan-lai")
def ask_for_the_password(request: Request, _user: User, tiep: str = "/") -> Response:
    return _password_page(request, tiep)


@router.post("/xac-nhan-lai")
def give_the_password(
    request: Request, desk: DeskDep, user: User, password: Text = "", tiep: Text = "/"
) -> Response:
    try:
        take_password(request, desk, user, password)
    except Refused as refused:
        return _password_page(request, tiep, FormErrors.of(request, refused))
    return see(local_path(tiep))


def _password_page(request: Request, onward: str, errors: FormErrors = NO_ERRORS) -> Response:
    return render(
        request,
        "sign_in/password_again.html",
        status=errors.status,
        onward=local_path(onward),
        errors=errors,
    )


@router.get("/toi")
def own_account(request: Request, desk: DeskDep, user: User) -> Response:
    return _own_page(request, desk, user)


@router.post("/toi/mat-khau")
def change_password(
    request: Request,
    *,
    desk: DeskDep,
    user: User,
    password: Text = "",
    new_password: Text = "",
    new_password_again: Text = "",
) -> Response:
    """Set another password, always against the present one, however lately it was given."""
    typed = Typed()
    if new_password != new_password_again:
        typed.wrong("new_password_again", "passwords-differ")
    try:
        typed.check()
        desk.accounts.reauthenticate(
            user.session_id, password, address=address_of(request), now=desk.clock()
        )
        desk.accounts.set_password(user.person, new_password)
    except Refused as refused:
        return _own_page(request, desk, user, FormErrors.of(request, refused))
    return _signed_out(request)


def _own_page(
    request: Request, desk: Desk, user: SignedIn, errors: FormErrors = NO_ERRORS
) -> Response:
    return render(
        request,
        "sign_in/own_account.html",
        status=errors.status,
        sessions=desk.accounts.sessions(user.person, now=desk.clock()),
        errors=errors,
    )
