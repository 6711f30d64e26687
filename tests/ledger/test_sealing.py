"""What seals: opens for its person and place only, and tells nothing by itself."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.sealing import KEY_BYTES, DoesNotOpen, MasterKey, PersonKey, new_key
from tests.school import AN, BAO

KEY = bytes(range(KEY_BYTES))
MASTER = MasterKey(KEY)
WRAPPED = (
    "045c61b5698d0991707d12388150c56306c6e0a1aef44deb555fef6805817bbb"
    "32d8d667408f924851944138a1c234c810256fd89788a9ac09dec4b8"
)
BOX = (
    "32f01d59c84127cc2492ab61f8b0d8b85bd43aa31fdae57c23dafca9ad9f1c27"
    "55aff5fe19fc384ec36add3029099b68d766"
)
LOOKUP = "23645edefeb03f8410aacabcdfb4d09c278c060cc8a129abcc22363e22f5fda8"
fields = st.text(min_size=1, max_size=40)
texts = st.text(max_size=200)


@given(person=st.uuids(), key=st.binary(min_size=32, max_size=32), field=fields, text=texts)
def test_what_was_sealed_opens_again(person: UUID, key: bytes, field: str, text: str) -> None:
    held = PersonKey(person, key)
    assert held.open(field, held.seal(field, text)) == text
    assert MASTER.unwrap(person, MASTER.wrap(person, key)) == key


@given(text=texts, data=st.data())
def test_with_any_bit_turned_it_does_not_open(text: str, data: st.DataObject) -> None:
    held = PersonKey(AN, KEY)
    box = bytearray(held.seal("name", text))
    place = data.draw(st.integers(0, len(box) * 8 - 1))
    box[place // 8] ^= 1 << place % 8
    with pytest.raises(DoesNotOpen):
        held.open("name", bytes(box))


@given(place=st.integers(0, (12 + 32 + 16) * 8 - 1))
def test_a_wrapped_key_with_any_bit_turned_does_not_unwrap(place: int) -> None:
    wrapped = bytearray(MASTER.wrap(AN, KEY))
    wrapped[place // 8] ^= 1 << place % 8
    with pytest.raises(DoesNotOpen):
        MASTER.unwrap(AN, bytes(wrapped))


@given(kept=st.integers(0, 40))
def test_what_was_cut_off_does_not_open(kept: int) -> None:
    held = PersonKey(AN, KEY)
    with pytest.raises(DoesNotOpen):
        held.open("name", held.seal("name", "Trần Thị An")[:kept])


@given(text=texts, field=fields)
def test_moved_to_another_person_or_field_it_does_not_open(text: str, field: str) -> None:
    box = PersonKey(AN, KEY).seal(field, text)
    with pytest.raises(DoesNotOpen):
        PersonKey(BAO, KEY).open(field, box)
    with pytest.raises(DoesNotOpen):
        PersonKey(AN, KEY).open(f"{field}-", box)
    with pytest.raises(DoesNotOpen):
        MASTER.unwrap(BAO, MASTER.wrap(AN, KEY))


@given(text=texts)
def test_two_seals_of_the_same_differ(text: str) -> None:
    held = PersonKey(AN, KEY)
    assert held.seal("name", text) != held.seal("name", text)
    assert MASTER.wrap(AN, KEY) != MASTER.wrap(AN, KEY)


def test_another_key_opens_nothing() -> None:
    box = PersonKey(AN, KEY).seal("name", "Trần Thị An")
    with pytest.raises(DoesNotOpen):
        PersonKey(AN, new_key()).open("name", box)
    with pytest.raises(DoesNotOpen):
        MasterKey(new_key()).unwrap(AN, MASTER.wrap(AN, KEY))


def test_a_key_is_32_bytes_and_never_the_same() -> None:
    assert len({new_key() for _ in range(100)}) == 100
    assert len(new_key()) == 32


@given(code=st.text(max_size=20), other=st.text(max_size=20))
def test_a_code_is_found_by_itself_alone(code: str, other: str) -> None:
    assert MASTER.lookup("pupil-code", code) == MASTER.lookup("pupil-code", code)
    assert (MASTER.lookup("pupil-code", code) == MASTER.lookup("pupil-code", other)) == (
        code == other
    )
    assert MASTER.lookup("pupil-code", code) != MASTER.lookup("staff-code", code)
    assert MASTER.lookup("pupil-code", code) != MasterKey(new_key()).lookup("pupil-code", code)


def test_what_is_stored_stays_readable() -> None:
    """Boxes of today open for ever: this one was sealed when the vault was made."""
    person = UUID("11111111-1111-4111-8111-111111111111")
    key = MASTER.unwrap(person, bytes.fromhex(WRAPPED))
    name = PersonKey(person, key).open("pupil-name", bytes.fromhex(BOX))
    assert name == '["Trần Thị", "An"]'
    assert MASTER.lookup("pupil-code", "0012345678").hex() == LOOKUP
