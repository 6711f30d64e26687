"""Who is erased comes to no class again; who comes back is somebody new."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ledger.privacy.state import NOTHING_PRIVATE_YET, evolve_privacy
from ledger.refusal import NotForYourRole
from ledger.school import commands
from ledger.school.refusals import PupilWasErased
from ledger.school.rules import decide_year
from ledger.vocabulary import CommandId
from tests.every_privacy_fact import PRIVACY
from tests.ledger.privacy.story import Known, the_year_after
from tests.scenario import lines_of
from tests.school import AN, BAO, CHI, KHOA, LAN, REASON, Voice

# An is erased.
KNOWN = Known(private=evolve_privacy(NOTHING_PRIVATE_YET, lines_of(PRIVACY)))
LISTED = {"school_year": "2027-2028", "class_group": "6A1", "since": date(2027, 9, 6)}


def asked(voice: Voice = KHOA) -> dict[str, Any]:
    return {
        "command_id": CommandId(uuid4()),
        "by": voice.author,
        "at": voice.moment,
        **LISTED,
    }


@pytest.mark.parametrize(
    "command",
    [
        commands.SetClassList(**asked(), pupils=(BAO, AN)),
        commands.EnrolPupils(**asked(), pupils=(AN,)),
        commands.TransferIn(**asked(), pupil=AN, reason=REASON, marks=()),
    ],
    ids=lambda command: command.NAME,
)
def test_an_erased_pupil_is_put_on_no_list(command: commands.YearCommand) -> None:
    with pytest.raises(PupilWasErased) as caught:
        decide_year(command, the_year_after(CHI), KNOWN)
    assert caught.value.details["pupils"] == [AN]


def test_others_are_listed_as_ever() -> None:
    enrols = commands.EnrolPupils(**asked(), pupils=(BAO,))
    assert len(decide_year(enrols, the_year_after(CHI), KNOWN)) == 1


def test_who_may_not_list_anybody_is_told_that_first() -> None:
    with pytest.raises(NotForYourRole):
        decide_year(commands.EnrolPupils(**asked(LAN), pupils=(AN,)), the_year_after(CHI), KNOWN)
