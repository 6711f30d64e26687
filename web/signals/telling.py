"""A finding in words: where it lies, and the sentence with its figures."""

from ledger.signals.finding import Finding
from web.names import Names
from web.wording.signal_sentences import SENTENCES
from web.wording.signal_telling import Told, place_name
from web.wording.signals_words import figures_alone


def sentence_of(finding: Finding, names: Names) -> str:
    """What the signal says, with its figures and the name of who it is about."""
    person = finding.place.person
    told = Told(
        figures=dict(finding.figures),
        place=finding.place,
        person=names.staff(person) if person else "",
        where=where_of(finding),
    )
    try:
        return SENTENCES[finding.kind](told)
    except KeyError:
        # It was noted when the sentence of its kind was told from other figures.
        return figures_alone(dict(finding.figures))


def where_of(finding: Finding) -> str:
    return place_name(finding.place)
