"""What is said of every signal, whatever its kind."""

import pytest

from ledger.signals.finding import SignalKind
from web.wording.signal_sentences import EXPLANATIONS, SENTENCES, TITLES
from web.wording.signals_words import meaning_of, shown_effect, shown_q, strength_of


@pytest.mark.parametrize("kind", SignalKind)
def test_every_kind_has_its_words_and_its_unit(kind: SignalKind) -> None:
    assert TITLES[kind]
    assert kind in SENTENCES
    assert len(EXPLANATIONS[kind]) >= 2
    assert "2,5" in shown_effect(kind, "2.5")


def test_a_q_is_told_with_what_it_means() -> None:
    assert shown_q("0.00001") == "dưới 0,0001"
    assert "chưa đến 1" in meaning_of("0.0005")
    assert "khoảng 21" in meaning_of("0.0203")
    assert strength_of(0.04)[0] == "Đáng xem"
