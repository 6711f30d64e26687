"""Conduct and comments of a class for one term, as their page shows and their form sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.results.facts import PupilComment, PupilConduct
from ledger.results.records import ClassRecords
from ledger.results.terms import Term
from ledger.vault import NotInVault
from ledger.vocabulary import PupilId
from web.desk import Desk
from web.forms import Typed
from web.refusals import FormIncomplete
from web.year.sent import SentForm

_LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class ConductRow:
    """A pupil: the level as it was assessed, and the comment with the hash it is known by.

    `is_hidden` is whose personal data may not be shown: comments are neither told nor taken.
    """

    pupil: PupilId
    number: int
    level: str
    comment: str
    digest: str
    is_hidden: bool


def rows_of(desk: Desk, records: ClassRecords, term: Term) -> Sequence[ConductRow]:
    """Everybody whose results of the term this class has, in the order of the numbers."""
    levels = records.own.conduct.get(term, {})
    digests = records.own.comments.get(term, {})
    names = desk.names()
    told = {pupil: digest for pupil, digest in digests.items() if not names.hides(pupil)}
    texts = desk.comments.texts(told)
    return [
        ConductRow(
            member.pupil,
            records.group.places[member.pupil].number,
            levels.get(member.pupil, ""),
            texts.get(member.pupil, ""),
            digests.get(member.pupil, ""),
            names.hides(member.pupil),
        )
        for member in records.members(term)
    ]


def is_judged(records: ClassRecords, term: Term) -> bool:
    """Whether conduct of the term is assessed; a year's mostly follows from its semesters."""
    return term is not Term.YEAR or records.circular.judges_conduct_year


def typed_levels(
    sent: SentForm, rows: Sequence[ConductRow], levels: Sequence[str]
) -> tuple[PupilConduct, ...]:
    """The levels that were changed, and the one for all that were left empty.

    Raises `Refused` where a level is none of the circular's. A level that the page had shown and
    nobody touched says nothing: somebody else may have changed it meanwhile.
    """
    typed = Typed()
    touched = {place[0]: text for place, text in sent.touched("level", parts=1)}
    for_empty = sent.text("for-empty")
    found = []
    for row in rows:
        level = touched.get(str(row.pupil), "") or ("" if row.level else for_empty)
        if not level:
            continue
        if level not in levels:
            typed.wrong(f"level-{row.pupil}", "no-level")
            continue
        found.append(PupilConduct(pupil=row.pupil, level=level))
    typed.check()
    return tuple(found)


def typed_comments(sent: SentForm, rows: Sequence[ConductRow]) -> Mapping[PupilId, str]:
    """The comments that were written anew; raises `Refused` for one too long or emptied.

    A comment that was there is replaced by another and never by nothing: its hash is a fact.
    """
    typed = Typed()
    found = {}
    for row in rows:
        name = f"comment-{row.pupil}"
        is_old = sent.text(f"shown-{row.pupil}") != row.digest
        if row.is_hidden or name not in sent.fields or is_old:
            continue
        text = "\n".join(sent.text(name).splitlines())
        if text == row.comment:
            continue
        if not text:
            typed.wrong(name, "comment-emptied")
        elif len(text) > _LONGEST_COMMENT:
            typed.wrong(name, "comment-length")
        else:
            found[row.pupil] = text
    typed.check()
    return found


def kept(desk: Desk, comments: Mapping[PupilId, str]) -> tuple[PupilComment, ...]:
    """The comments sealed beside the names; the ledger is to get their hashes.

    Raises `Refused` for a pupil who was erased: then none of them is kept.
    """
    try:
        digests = desk.comments.keep(comments)
    except NotInVault as erased:
        wrong = {f"comment-{pupil}": "pupil-erased" for pupil in erased.args}
        raise FormIncomplete(fields=wrong) from erased
    return tuple(PupilComment(pupil=pupil, digest=digest) for pupil, digest in digests.items())
