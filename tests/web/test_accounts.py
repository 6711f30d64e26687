"""Accounts: in the store, and through the pages of who manages them."""

from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import httpx2
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, delete, select, update
from starlette.testclient import TestClient

from ledger.school.calendar import local_day
from ledger.school.commands import SCHOOL_STREAM
from ledger.school.facts import StaffJoined
from ledger.vocabulary import PersonId, Role
from tests.browser.stage import PASSWORD, Stage, sign_in_cookie
from tests.school import DUC, KHOA, LAN, NGOC, NOW, TUAN, VINH
from tests.staff import delegate, join
from tests.web.conftest import SignIn
from web.access import accounts as store
from web.access import passwords
from web.access.accounts import Account, Accounts
from web.refusals import (
    NoSuchAccount,
    PasswordTooWeak,
    TooManySignIns,
    UsernameTaken,
    WrongPassword,
    WrongSignIn,
)

ACCOUNTS = "/quan-tri/tai-khoan"
TEACHER = Account(PersonId(uuid4()), "hanh.tt")
Held = dict[PersonId, set[Role]]


@pytest.fixture
def held() -> Held:
    """Give the roles that the school has given, to be changed at will."""
    return {TEACHER.person: {Role.SUBJECT_TEACHER}}


@pytest.fixture
def accounts(engine: Engine, held: Held) -> Accounts:
    """Accounts on each database, with one teacher."""
    made = Accounts(engine, lambda person, _moment: frozenset(held.get(person, ())))
    made.create_tables()
    made.create(TEACHER, PASSWORD)
    return made


def sign_in(
    accounts: Accounts, password: str = PASSWORD, *, username: str = "hanh.tt", at: float = 0
) -> str:
    """Sign in so many seconds after NOW."""
    moment = NOW + timedelta(seconds=at)
    return accounts.sign_in(username, password, address="10.0.0.9", device="thử", now=moment)


def test_a_teachers_session_lives_eight_idle_hours(accounts: Accounts) -> None:
    token = sign_in(accounts)
    assert accounts.session(token, now=NOW + timedelta(hours=7))
    assert accounts.session(token, now=NOW + timedelta(hours=14))
    assert accounts.session(token, now=NOW + timedelta(hours=23)) is None


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR])
def test_a_session_in_power_lives_half_an_hour(accounts: Accounts, held: Held, role: Role) -> None:
    held[TEACHER.person].add(role)
    token = sign_in(accounts)
    assert accounts.session(token, now=NOW + timedelta(minutes=29))
    assert accounts.session(token, now=NOW + timedelta(minutes=60)) is None


def test_who_comes_to_power_while_signed_in_is_put_out_sooner(
    accounts: Accounts, held: Held
) -> None:
    token = sign_in(accounts)
    held[TEACHER.person].add(Role.PRINCIPAL)
    assert accounts.session(token, now=NOW + timedelta(hours=1))
    assert accounts.session(token, now=NOW + timedelta(hours=2)) is None


def test_who_has_no_role_is_not_let_in(accounts: Accounts, held: Held) -> None:
    held.clear()
    with pytest.raises(WrongSignIn):
        sign_in(accounts)


def test_no_session_outlives_a_week(accounts: Accounts) -> None:
    token = sign_in(accounts)
    for hours in range(7, 24 * 7, 7):
        assert accounts.session(token, now=NOW + timedelta(hours=hours))
    assert accounts.session(token, now=NOW + timedelta(days=7)) is None


@pytest.fixture
def full_cost(full_cost_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passwords be hashed as they are outside of tests."""
    monkeypatch.setattr(passwords, "_HASHER", full_cost_hasher)


@pytest.mark.usefixtures("full_cost")
def test_the_table_holds_no_token_and_no_password(accounts: Accounts, engine: Engine) -> None:
    token = sign_in(accounts)
    with engine.connect() as connection:
        rows = [
            *connection.execute(select(store.session)),
            *connection.execute(select(store.account)),
        ]
    kept = repr(rows)
    assert token not in kept
    assert PASSWORD not in kept
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept


@pytest.mark.usefixtures("full_cost")
def test_a_hash_of_another_cost_is_made_anew_at_sign_in(accounts: Accounts, engine: Engine) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with engine.begin() as connection:
        connection.execute(update(store.account).values(password_hash=old))
    sign_in(accounts)
    with engine.connect() as connection:
        kept = connection.execute(select(store.account.c.password_hash)).scalar_one()
    assert "m=19456,t=2,p=1" in kept
    sign_in(accounts)


def test_the_wait_grows_with_wrong_passwords_and_ends_with_a_right_one(accounts: Accounts) -> None:
    waits = []
    at = 0.0
    for _ in range(8):
        try:
            sign_in(accounts, "sai", at=at)
        except TooManySignIns as refused:
            seconds = refused.details["seconds"]
            assert isinstance(seconds, int)
            waits.append(seconds)
            at += seconds
        except WrongSignIn:
            continue
    assert waits == [6, 11]
    sign_in(accounts, at=at + 60)
    with pytest.raises(WrongSignIn):
        sign_in(accounts, "sai", at=at + 61)


def test_a_busy_address_does_not_lock_out_a_colleague(accounts: Accounts) -> None:
    for number in range(60):
        with pytest.raises((WrongSignIn, TooManySignIns)):
            sign_in(accounts, "sai", username=f"ai{number % 30}")
    assert sign_in(accounts)


def test_an_account_out_of_use_signs_nobody_in(accounts: Accounts) -> None:
    token = sign_in(accounts)
    accounts.put_in_use(TEACHER.person, active=False)
    assert accounts.session(token, now=NOW) is None
    with pytest.raises(WrongSignIn):
        sign_in(accounts)
    accounts.put_in_use(TEACHER.person, active=True)
    assert sign_in(accounts)


def test_a_name_and_a_person_have_one_account(accounts: Accounts) -> None:
    with pytest.raises(UsernameTaken):
        accounts.create(Account(PersonId(uuid4()), "HANH.TT"), PASSWORD)
    with pytest.raises(UsernameTaken):
        accounts.create(Account(TEACHER.person, "khac"), PASSWORD)


@pytest.mark.parametrize("password", ["ngắn", "x" * 201, "yêu hanh.tt nhiều"])
def test_a_weak_password_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        accounts.set_password(TEACHER.person, password)


def test_who_has_no_account_is_said_so(accounts: Accounts) -> None:
    nobody = PersonId(uuid4())
    with pytest.raises(NoSuchAccount):
        accounts.find(nobody)
    with pytest.raises(NoSuchAccount):
        accounts.put_in_use(nobody, active=True)


def test_the_password_given_again_is_checked_and_counted(accounts: Accounts) -> None:
    session = accounts.session(sign_in(accounts), now=NOW)
    assert session is not None
    for _ in range(5):
        with pytest.raises(WrongPassword):
            accounts.reauthenticate(session.session_id, "sai", address="1", now=NOW)
    with pytest.raises(TooManySignIns):
        accounts.reauthenticate(session.session_id, PASSWORD, address="1", now=NOW)


def new_account(client: TestClient, **changed: object) -> httpx2.Response:
    form = {
        "command_id": str(uuid4()),
        "family_name": "Ngô Thị",
        "given_name": "Hạnh",
        "username": "Hanh.NT",
        "roles": ["subject-teacher", "homeroom-teacher"],
        **changed,
    }
    return client.post(ACCOUNTS, data=form)


def test_a_first_password_is_shown_once_and_signs_in(
    stage: Stage, signed_in: SignIn, anonymous: TestClient
) -> None:
    client = signed_in("khoa")
    shown = new_account(client).text
    password = shown.split('class="mono">')[1].split("<")[0]
    assert "Ngô Thị Hạnh" in shown
    answer = anonymous.post("/dang-nhap", data={"username": "hanh.nt", "password": password})
    assert answer.status_code == 303
    assert password not in client.get(ACCOUNTS).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "lan"}, "đã có người dùng"),
        ({"username": "có dấu"}, "chữ không dấu"),
        ({"given_name": " "}, "Hãy ghi đủ họ đệm và tên."),
        ({"roles": []}, "ít nhất một vai trò"),
        ({"roles": ["system"]}, "ít nhất một vai trò"),
    ],
)
def test_an_unfit_account_is_not_made(
    stage: Stage, signed_in: SignIn, changed: dict[str, object], sentence: str
) -> None:
    before = len(stage.desk.accounts.all())
    assert sentence in new_account(signed_in("khoa"), **changed).text
    assert len(stage.desk.accounts.all()) == before
    assert len(stage.desk.people.staff_members()) == before


def test_changing_accounts_asks_for_the_password_after_five_minutes(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    stage.clock.forward(minutes=6)
    assert "Hãy nhập lại mật khẩu" in new_account(client).text
    assert "Mật khẩu chỉ hiện một lần" in new_account(client, password=PASSWORD).text


def change(
    client: TestClient, person: PersonId, *roles: str, active: bool = True
) -> httpx2.Response:
    form = {"command_id": str(uuid4()), "roles": list(roles)}
    return client.post(f"{ACCOUNTS}/{person}", data=form | ({"active": "true"} if active else {}))


def leave(client: TestClient, person: PersonId, until: str) -> httpx2.Response:
    form = {"command_id": str(uuid4()), "until": until}
    return client.post(f"{ACCOUNTS}/{person}/roi-truong", data=form)


def roles_of(stage: Stage, person: PersonId) -> frozenset[Role]:
    return stage.desk.ledger.school().roles_of(person, local_day(stage.clock()))


def test_somebody_new_joins_the_staff_by_the_form_once(stage: Stage, signed_in: SignIn) -> None:
    client, command_id = signed_in("khoa"), str(uuid4())
    before = stage.desk.ledger.school().version
    assert new_account(client, command_id=command_id).status_code == 200
    assert "đã có người dùng" in new_account(client, command_id=command_id).text
    *_, line = stage.desk.ledger.lines(SCHOOL_STREAM)
    assert isinstance(line.fact, StaffJoined)
    assert line.version == before + 1
    assert line.by.person == KHOA.person
    assert roles_of(stage, line.fact.person) == {Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER}


def test_an_account_left_unmade_after_joining_is_made_by_sending_the_form_again(
    stage: Stage, signed_in: SignIn
) -> None:
    client, command_id = signed_in("khoa"), uuid4()
    new_account(client, command_id=str(command_id))
    person = uuid5(command_id, "person")
    with stage.desk.engine.begin() as connection:
        connection.execute(delete(store.account).where(store.account.c.person_id == person))
    assert "Chưa có tài khoản" in client.get(ACCOUNTS).text
    assert new_account(client, command_id=str(command_id)).status_code == 200
    assert "Chưa có tài khoản" not in client.get(ACCOUNTS).text


def test_who_is_on_the_staff_gets_an_account_later(
    stage: Stage, signed_in: SignIn, anonymous: TestClient
) -> None:
    join(stage.desk, TUAN.person, Role.DEPARTMENT_HEAD)
    client = signed_in("khoa")
    page = f"{ACCOUNTS}/{TUAN.person}"
    assert "chưa có tài khoản" in client.get(page).text
    assert "đã có người dùng" in client.post(f"{page}/mo", data={"username": "lan"}).text
    shown = client.post(f"{page}/mo", data={"username": "tuan.dh"}).text
    password = shown.split('class="mono">')[1].split("<")[0]
    answer = anonymous.post("/dang-nhap", data={"username": "tuan.dh", "password": password})
    assert answer.status_code == 303


def test_roles_are_changed_and_the_person_signs_in_again(stage: Stage, signed_in: SignIn) -> None:
    teacher = signed_in("vinh")
    assert change(signed_in("khoa"), VINH.person, "secretary").status_code == 303
    assert roles_of(stage, VINH.person) == {Role.SECRETARY}
    assert teacher.get("/").status_code == 303
    assert signed_in("vinh").get("/").status_code == 200


def test_an_account_out_of_use_keeps_the_roles(stage: Stage, signed_in: SignIn) -> None:
    before = stage.desk.ledger.school().version
    answer = change(signed_in("khoa"), VINH.person, "subject-teacher", active=False)
    assert answer.status_code == 303
    assert not stage.desk.accounts.find(VINH.person).active
    assert stage.desk.ledger.school().version == before


def test_who_leaves_is_signed_in_to_the_last_day_and_can_come_back(
    stage: Stage, signed_in: SignIn
) -> None:
    khoa, vinh = signed_in("khoa"), signed_in("vinh")
    assert "Hãy chọn ngày" in leave(khoa, VINH.person, "mai").text
    assert leave(khoa, VINH.person, "2026-10-05").status_code == 303
    assert vinh.get("/").status_code == 200
    stage.clock.forward(hours=15, minutes=59)  # until midnight in Việt Nam
    assert signed_in("vinh").get("/").status_code == 200
    stage.clock.forward(minutes=1)
    assert vinh.get("/").status_code == 303
    with pytest.raises(WrongSignIn):
        sign_in_cookie(stage, "vinh")
    khoa = signed_in("khoa")
    assert "Đã rời trường 05/10/2026" in khoa.get(ACCOUNTS).text
    assert change(khoa, VINH.person, "subject-teacher").status_code == 303
    assert signed_in("vinh").get("/").status_code == 200


def test_a_forgotten_password_is_replaced(stage: Stage, signed_in: SignIn) -> None:
    answer = signed_in("khoa").post(f"{ACCOUNTS}/{LAN.person}/mat-khau")
    assert "Mật khẩu chỉ hiện một lần" in answer.text
    with pytest.raises(WrongSignIn):
        sign_in_cookie(stage, "lan")


def test_an_administrator_makes_nobody_principal_and_opens_no_principals_account(
    stage: Stage, signed_in: SignIn
) -> None:
    client, before = signed_in("khoa"), len(stage.desk.accounts.all())
    assert new_account(client, roles=["principal"]).status_code == 403
    assert new_account(client, roles=["vice-principal"]).status_code == 403
    assert len(stage.desk.accounts.all()) == before
    assert new_account(client, roles=["administrator"]).status_code == 403
    assert change(client, KHOA.person, "administrator", "principal").status_code == 403
    assert change(client, DUC.person, "vice-principal", active=False).status_code == 403
    assert leave(client, DUC.person, "2026-10-05").status_code == 403
    assert client.post(f"{ACCOUNTS}/{NGOC.person}/mat-khau").status_code == 403
    sign_in_cookie(stage, "ngoc")
    sign_in_cookie(stage, "duc")
    assert new_account(signed_in("ngoc"), roles=["vice-principal"]).status_code == 200


def test_the_account_of_a_deputy_is_opened_by_the_principal_alone(
    stage: Stage, signed_in: SignIn
) -> None:
    join(stage.desk, TUAN.person, Role.DEPARTMENT_HEAD)
    delegate(stage.desk, TUAN)
    path = f"{ACCOUNTS}/{TUAN.person}/mo"
    assert signed_in("khoa").post(path, data={"username": "tuan.dh"}).status_code == 403
    assert signed_in("ngoc").post(path, data={"username": "tuan.dh"}).status_code == 200


def test_a_deputy_gives_nobody_power_and_opens_no_account_that_decides(
    stage: Stage, signed_in: SignIn
) -> None:
    delegate(stage.desk, DUC)
    client = signed_in("duc")
    assert new_account(client, roles=["administrator"]).status_code == 403
    assert client.post(f"{ACCOUNTS}/{KHOA.person}/mat-khau").status_code == 403
    assert change(client, DUC.person, "vice-principal", "principal").status_code == 403
    assert new_account(client).status_code == 200


@pytest.mark.parametrize("who", ["lan", "hoa", "duc", "mai"])
def test_nobody_else_sees_accounts(signed_in: SignIn, who: str) -> None:
    client = signed_in(who)
    assert client.get(ACCOUNTS).status_code == 403
    assert client.get(f"{ACCOUNTS}/{LAN.person}").status_code == 403
    assert new_account(client).status_code == 403


def test_an_account_nobody_has_is_not_found(signed_in: SignIn) -> None:
    assert signed_in("khoa").get(f"{ACCOUNTS}/{UUID(int=7)}").status_code == 404
