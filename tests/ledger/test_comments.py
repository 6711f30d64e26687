"""Comments on pupils: kept beside the ledger under a hash, and erased without a trace."""

import unicodedata

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, update

from ledger.comments import Comments, comment

TEXT = "Em chăm chỉ, tiến bộ rõ rệt trong học kì II."


@pytest.fixture
def comments(engine: Engine) -> Comments:
    kept = Comments(engine)
    kept.create_tables()
    return kept


def test_a_comment_is_found_by_its_hash(comments: Comments) -> None:
    digest = comments.keep(TEXT)
    assert len(digest) == 64
    assert comments.texts([digest, "f" * 64]) == {digest: TEXT}


def test_the_same_words_have_another_hash_each_time(comments: Comments) -> None:
    assert comments.keep(TEXT) != comments.keep(TEXT)


def test_letters_and_tones_are_kept_together(comments: Comments) -> None:
    digest = comments.keep(f"  {unicodedata.normalize('NFD', TEXT)} ")
    assert comments.texts([digest]) == {digest: TEXT}


def test_an_erased_comment_is_gone_and_the_others_stay(comments: Comments) -> None:
    first, second = comments.keep(TEXT), comments.keep("Em cần đi học đều hơn.")
    comments.erase([first])
    assert list(comments.texts([first, second])) == [second]


def test_an_altered_text_is_no_longer_the_comment(comments: Comments, engine: Engine) -> None:
    digest = comments.keep(TEXT)
    with engine.begin() as connection:
        connection.execute(update(comment).values(text="Em rất giỏi."))
    assert comments.texts([digest]) == {}


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_an_empty_or_endless_comment_is_not_kept(comments: Comments, text: str) -> None:
    with pytest.raises(ValidationError):
        comments.keep(text)
