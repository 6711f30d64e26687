"""Names out of the vault, against the same names read from a table in which they are not sealed."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Column, Engine, MetaData, Table, Text, Uuid, insert, select

from bench.timing import Watch
from ledger.people import People, Pupil
from ledger.sealing import new_key
from ledger.vault import Vault, metadata
from ledger.vocabulary import PupilId

_CLASS: Final = 45
_SCHOOL: Final = 1_500

_bare = Table(
    "bare_name",
    MetaData(),
    Column("pupil_id", Uuid, primary_key=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
)


def measure_vault(engine: Engine, *, times: int) -> dict[str, Any]:
    """Medians in milliseconds for a class of 45, as most pages name, and a school of 1,500."""
    metadata.create_all(engine)
    people, watch = People(Vault(engine, new_key())), Watch()
    pupils = [_pupil(number) for number in range(_SCHOOL)]
    school = [pupil.pupil_id for pupil in pupils]
    with watch.timing("seal a school"):
        people.register_pupils(pupils)
    _write_bare(engine, pupils)
    for _ in range(times):
        some = Random(3).sample(school, _CLASS)
        with watch.timing("names of a class"):
            people.pupil_names(some)
        with watch.timing("names of a class, bare"):
            _read_bare(engine, some)
        with watch.timing("names of a school"):
            people.pupil_names(school)
        with watch.timing("names of a school, bare"):
            _read_bare(engine, school)
        with watch.timing("all that is known of a school"):
            people.pupils(school)
        with watch.timing("a pupil by the code"):
            people.pupils_by_code([pupils[7].code])
    share = watch.median_ms("names of a class, bare") / watch.median_ms("names of a class")
    return {"times_ms": watch.medians_ms(), "share_of_bare": round(share, 3)}


def _pupil(number: int) -> Pupil:
    return Pupil(
        pupil_id=PupilId(uuid4()),
        code=f"{number:010}",
        family_name="Nguyễn Thị Phương",
        given_name="Uyên",
    )


def _write_bare(engine: Engine, pupils: Sequence[Pupil]) -> None:
    _bare.create(engine)
    named = {"pupil_id", "family_name", "given_name"}
    with engine.begin() as connection:
        connection.execute(insert(_bare), [pupil.model_dump(include=named) for pupil in pupils])


def _read_bare(engine: Engine, pupils: Sequence[PupilId]) -> None:
    with engine.connect() as connection:
        connection.execute(select(_bare).where(_bare.c.pupil_id.in_(pupils))).all()
