"""The directory of names: the one place where an id has a person."""

import unicodedata
from datetime import date
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from ledger.people import Gender, People, PersonName, Pupil, StaffMember
from ledger.vault import Vault
from ledger.vocabulary import PupilId
from tests.school import AN, BAO, CHI, LAN, MAI


@pytest.fixture
def people(vault: Vault) -> People:
    return People(vault)


def pupil(pupil_id: PupilId, code: str, given_name: str) -> Pupil:
    return Pupil(
        pupil_id=pupil_id,
        code=code,
        family_name="Trần Thị",
        given_name=given_name,
        birth_date=date(2015, 3, 9),
    )


AN_BY_NAME = pupil(AN, "0012345678", "An")
BAO_BY_NAME = pupil(BAO, "0012345679", "Bảo")


def test_pupils_are_found_by_id_and_by_code(people: People) -> None:
    people.register_pupils([AN_BY_NAME, BAO_BY_NAME])
    assert people.pupils([AN, BAO, CHI]) == {AN: AN_BY_NAME, BAO: BAO_BY_NAME}
    assert people.pupils_by_code(["0012345679", "12345678"]) == {"0012345679": BAO_BY_NAME}
    assert people.pupils([]) == {}
    assert AN_BY_NAME.full_name == "Trần Thị An"
    assert people.pupil_names([AN, CHI]) == {
        AN: PersonName(family_name="Trần Thị", given_name="An")
    }


def test_a_code_belongs_to_one_pupil_and_nothing_is_half_registered(people: People) -> None:
    people.register_pupils([AN_BY_NAME])
    with pytest.raises(IntegrityError):
        people.register_pupils([BAO_BY_NAME, pupil(CHI, "0012345678", "Chi")])
    assert people.pupils([AN, BAO, CHI]) == {AN: AN_BY_NAME}


def test_registering_nobody_is_no_error(people: People) -> None:
    people.register_pupils([])
    people.register_staff([])
    assert people.staff_members() == {}


def test_names_are_kept_composed_and_tidy() -> None:
    messy = unicodedata.normalize("NFD", "  Nguyễn   Thị ")
    member = StaffMember(person_id=LAN.person, family_name=messy, given_name="Lan")
    assert member.full_name == "Nguyễn Thị Lan"
    assert unicodedata.is_normalized("NFC", member.full_name)


@pytest.mark.parametrize("name", ["", "   ", "n" * 81])
def test_a_person_has_a_name(name: str) -> None:
    with pytest.raises(ValidationError):
        StaffMember(person_id=LAN.person, family_name="Nguyễn", given_name=name)


def test_staff_are_found_some_or_all(people: People) -> None:
    lan = StaffMember(person_id=LAN.person, family_name="Nguyễn Thị", given_name="Lan")
    mai = StaffMember(person_id=MAI.person, family_name="Đỗ", given_name="Mai")
    people.register_staff([lan, mai])
    assert people.staff_members() == {LAN.person: lan, MAI.person: mai}
    assert people.staff_members([MAI.person, uuid4()]) == {MAI.person: mai}
    assert people.staff_members([]) == {}


def test_what_is_known_is_written_anew(people: People) -> None:
    people.register_pupils([AN_BY_NAME, BAO_BY_NAME])
    told = AN_BY_NAME.model_copy(
        update={
            "given_name": "Ân",
            "gender": Gender.FEMALE,
            "ethnicity": "Tày",
            "has_disability": True,
        }
    )
    stranger = pupil(CHI, "0012345680", "Chi")
    people.change_pupils([told, stranger])
    assert people.pupils([AN, BAO, CHI]) == {AN: told, BAO: BAO_BY_NAME}


def test_two_pupils_may_change_their_codes(people: People) -> None:
    people.register_pupils([AN_BY_NAME, BAO_BY_NAME])
    people.change_pupils([pupil(AN, "0012345679", "An"), pupil(BAO, "0012345678", "Bảo")])
    found = people.pupils_by_code(["0012345678", "0012345679"])
    assert {code: one.given_name for code, one in found.items()} == {
        "0012345678": "Bảo",
        "0012345679": "An",
    }


def test_what_is_no_longer_known_is_taken_away(people: People) -> None:
    people.register_pupils([AN_BY_NAME])
    unborn = AN_BY_NAME.model_copy(update={"birth_date": None})
    people.change_pupils([unborn])
    assert people.pupils([AN]) == {AN: unborn}


def test_an_erased_pupil_is_in_no_answer_and_the_code_is_free(people: People, vault: Vault) -> None:
    people.register_pupils([AN_BY_NAME, BAO_BY_NAME])
    vault.erase(AN)
    assert people.pupils([AN, BAO]) == {BAO: BAO_BY_NAME}
    assert people.pupil_names([AN]) == {}
    assert people.pupils_by_code([AN_BY_NAME.code]) == {}
    people.change_pupils([AN_BY_NAME])
    assert people.pupils([AN]) == {}
    people.register_pupils([pupil(CHI, AN_BY_NAME.code, "Chi")])


def test_an_error_about_a_person_does_not_repeat_what_was_told() -> None:
    with pytest.raises(ValidationError) as told:
        pupil(AN, "0" * 21, "n" * 81)
    assert "nnn" not in str(told.value)
    assert "000" not in str(told.value)


def test_a_staff_code_belongs_to_one_person_and_many_have_none(people: People) -> None:
    lan = StaffMember(person_id=LAN.person, family_name="Nguyễn Thị", given_name="Lan")
    mai = StaffMember(person_id=MAI.person, family_name="Đỗ", given_name="Mai")
    people.register_staff([lan, mai])
    coded = lan.model_copy(update={"code": "3100000017"})
    people.change_staff([coded])
    assert people.staff_members() == {LAN.person: coded, MAI.person: mai}
    with pytest.raises(IntegrityError):
        people.change_staff([mai.model_copy(update={"code": "3100000017"})])
