"""Comments on pupils: sealed beside the ledger under a hash, and erased without a trace."""

import unicodedata

import pytest
from pydantic import ValidationError

from ledger.comments import Comments, comment_in
from ledger.people import People, Pupil
from ledger.vault import NotInVault, Vault
from tests.school import AN, BAO, CHI

TEXT = "Em chăm chỉ, tiến bộ rõ rệt trong học kì II."


@pytest.fixture
def comments(vault: Vault) -> Comments:
    """The comments of a school with two pupils."""
    People(vault).register_pupils(
        Pupil(pupil_id=pupil, code=name, family_name="Trần Thị", given_name=name)
        for pupil, name in ((AN, "An"), (BAO, "Bảo"))
    )
    return Comments(vault)


def test_a_comment_is_found_by_its_hash(comments: Comments) -> None:
    digests = comments.keep({AN: TEXT, BAO: "Em cần đi học đều hơn."})
    assert len(digests[AN]) == 64
    assert comments.texts(digests) == {AN: TEXT, BAO: "Em cần đi học đều hơn."}
    assert comments.texts({AN: "f" * 64, BAO: digests[BAO]}) == {BAO: "Em cần đi học đều hơn."}


def test_a_later_comment_leaves_the_earlier_one(comments: Comments) -> None:
    first, second = comments.keep({AN: TEXT}), comments.keep({AN: "Em rất tiến bộ."})
    assert comments.texts(first) == {AN: TEXT}
    assert comments.texts(second) == {AN: "Em rất tiến bộ."}


def test_the_same_words_have_another_hash_each_time(comments: Comments) -> None:
    assert comments.keep({AN: TEXT}) != comments.keep({AN: TEXT})


def test_a_comment_is_about_one_pupil(comments: Comments) -> None:
    assert comments.texts({BAO: comments.keep({AN: TEXT})[AN]}) == {}


def test_letters_and_tones_are_kept_together(comments: Comments) -> None:
    digests = comments.keep({AN: f"  {unicodedata.normalize('NFD', TEXT)} "})
    assert comments.texts(digests) == {AN: TEXT}


def test_an_erased_comment_is_gone_and_the_others_stay(comments: Comments) -> None:
    digests = comments.keep({AN: TEXT, BAO: "Em cần đi học đều hơn."})
    comments.erase({AN: digests[AN]})
    assert list(comments.texts(digests)) == [BAO]


def test_comments_are_erased_with_the_pupil(comments: Comments, vault: Vault) -> None:
    digests = comments.keep({AN: TEXT, BAO: "Em cần đi học đều hơn."})
    vault.erase(AN)
    assert list(comments.texts(digests)) == [BAO]
    comments.erase({AN: digests[AN]})


def test_an_altered_text_is_no_longer_the_comment(comments: Comments, vault: Vault) -> None:
    digests = comments.keep({AN: TEXT})
    # Whoever holds the master key can seal another text, but not one of the same hash.
    vault.seal({AN: {f"comment-{digests[AN]}": "0" * 64 + "Em rất giỏi."}})
    assert comments.texts(digests) == {}


def test_nothing_is_kept_about_who_is_not_known(comments: Comments, vault: Vault) -> None:
    with pytest.raises(NotInVault):
        comments.keep({AN: TEXT, CHI: TEXT})
    vault.erase(BAO)
    with pytest.raises(NotInVault):
        comments.keep({BAO: TEXT})


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_an_empty_or_endless_comment_is_not_kept(comments: Comments, text: str) -> None:
    with pytest.raises(ValidationError):
        comments.keep({AN: text})


def test_a_comment_that_was_changed_with_the_key_is_none(comments: Comments, vault: Vault) -> None:
    digests = comments.keep({AN: TEXT})
    field = f"comment-{digests[AN]}"
    (kept,) = vault.open([field], [AN]).values()
    assert comment_in(field, kept[field]) == TEXT
    for other in (f"{kept[field]}!", "", "không có muối"):
        vault.seal({AN: {field: other}})
        assert comments.texts(digests) == {}
