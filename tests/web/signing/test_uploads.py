"""A PDF that comes back signed is taken if one signature was added to it, and refused otherwise."""

from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest

from tests.web.signing import attacks
from tests.web.signing.outside import Outside
from tests.web.signing.paper import ADMINISTRATOR, FIELDS, NOON, PRINCIPAL, TEACHER, paper
from web.refusals import SignedFileUnfit
from web.signing.certificates import fingerprint
from web.signing.found import FoundSignature, Remark
from web.signing.trust import Trust
from web.signing.uploads import accept

# Out of the paper with one signature of the school, the file that somebody sends.
Sent = Callable[[bytes, Outside], bytes]


def take(
    previous: bytes, sent: bytes, outside: Outside, trust: Trust, field: str = ADMINISTRATOR
) -> FoundSignature:
    known_by = fingerprint(outside.certificate("lan"))
    return accept(previous, sent, field=field, certificate=known_by, trust=trust, at=NOON)


def test_one_more_signature_is_taken(
    revisions: list[bytes], outside: Outside, trust: Trust
) -> None:
    sent = outside.signs(revisions[1], ADMINISTRATOR)
    new = take(revisions[1], sent, outside, trust)
    assert (new.field, new.covers, new.trusted) == (ADMINISTRATOR, len(sent), True)
    assert new.claimed_at == NOON


@pytest.mark.parametrize("certify", [True, False], ids=["certified", "approved"])
def test_a_whole_paper_signed_elsewhere(*, certify: bool, outside: Outside, trust: Trust) -> None:
    sent = paper()
    for field in FIELDS:
        before = sent
        sent = outside.signs(before, field, certify=certify and field == TEACHER)
        assert take(before, sent, outside, trust, field).field == field


def test_where_the_school_has_named_no_roots_it_is_remarked(outside: Outside) -> None:
    new = take(paper(), outside.signs(paper(), TEACHER), outside, Trust(), TEACHER)
    assert Remark.NOT_TRUSTED in new.remarks


def signed(label: str = "lan", field: str = ADMINISTRATOR, **more: timedelta) -> Sent:
    """Sign honestly, but with this certificate, in this field, or at another time."""
    later = more.get("later", timedelta())
    return lambda pdf, outside: outside.signs(pdf, field, label, at=NOON + later)


def attacked_then_signed(attack: attacks.Attack) -> Sent:
    return lambda pdf, outside: outside.signs(attack(pdf), ADMINISTRATOR)


def signed_then_attacked(attack: attacks.Attack) -> Sent:
    return lambda pdf, outside: attack(outside.signs(pdf, ADMINISTRATOR))


def twice(pdf: bytes, outside: Outside) -> bytes:
    return outside.signs(outside.signs(pdf, ADMINISTRATOR), PRINCIPAL)


def tail_changed(pdf: bytes, outside: Outside) -> bytes:
    """Another moment of signing is written into what was signed."""
    sent = outside.signs(pdf, ADMINISTRATOR)
    place = sent.rindex(b"20261120")
    return sent[:place] + b"20251120" + sent[place + 8 :]


REFUSED: dict[str, tuple[str, Sent]] = {
    "the same file": ("not-signed", lambda pdf, _: pdf),
    "no pdf behind it": ("not-signed", lambda pdf, _: pdf + b"no more than words"),
    "an empty file": ("not-a-continuation", lambda _, __: b""),
    "an older draft": ("not-a-continuation", lambda _, outside: outside.signs(paper(), TEACHER)),
    "a rewritten file": ("not-a-continuation", signed_then_attacked(attacks.rewritten)),
    "a flipped byte": ("not-a-continuation", signed_then_attacked(attacks.byte_flipped)),
    "two signatures": ("several-signatures", twice),
    "the principal's field": ("wrong-field", signed(field=PRINCIPAL)),
    "a field of one's own": ("wrong-field", signed(field="somebody")),
    "another's certificate": ("wrong-certificate", signed("curve")),
    "a moment in the future": ("wrong-time", signed(later=timedelta(hours=1))),
    "a changed moment": ("invalid", tail_changed),
    "a wrapped signature": ("covers-part", signed_then_attacked(attacks.wrapped)),
    **{
        f"{attack.__name__} before": ("changed-more", attacked_then_signed(attack))
        for attack in attacks.ADDING
    },
    **{
        f"{attack.__name__} afterwards": ("changed-more", signed_then_attacked(attack))
        for attack in (attacks.page_overwritten, attacks.other_look)
    },
}


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused(
    what: str, revisions: list[bytes], outside: Outside, trust: Trust
) -> None:
    why, send = REFUSED[what]
    with pytest.raises(SignedFileUnfit) as refused:
        take(revisions[1], send(revisions[1], outside), outside, trust)
    assert refused.value.details == {"why": why}


@pytest.mark.parametrize("label", ["weak", "expired", "revoked", "not-trusted"])
def test_a_certificate_that_counts_no_more_is_refused(
    label: str, revisions: list[bytes], outside: Outside, trust: Trust
) -> None:
    used = {"expired": "ended", "not-trusted": "lan"}.get(label, label)
    sent = outside.signs(revisions[1], ADMINISTRATOR, used)
    told = httpx2.get(f"{outside.url}/outside/crls/root/latest.crl").content
    known = Trust(trust.roots, trust.school, (*trust.revoked, told))
    if label == "not-trusted":
        known = Trust((trust.school[0],), trust.school, trust.revoked)
    with pytest.raises(SignedFileUnfit) as refused:
        accept(
            revisions[1],
            sent,
            field=ADMINISTRATOR,
            certificate=fingerprint(outside.certificate(used)),
            trust=known,
            at=NOON,
        )
    assert refused.value.details == {"why": label}


@pytest.mark.parametrize("attack", [attacks.page_overwritten, attacks.field_moved], ids=[0, 1])
def test_an_attack_on_the_unsigned_paper_is_refused_with_the_first_signature(
    attack: attacks.Attack, outside: Outside, trust: Trust
) -> None:
    sent = outside.signs(attack(paper()), TEACHER, certify=True)
    with pytest.raises(SignedFileUnfit) as refused:
        take(paper(), sent, outside, trust, TEACHER)
    assert refused.value.details == {"why": "changed-more"}
