"""Attacks on checkpoints and cosignatures, without the log's key and with it."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from ledger.store import tables
from ledger.store.checkpoints import Checkpoints
from ledger.store.recorder import LedgerRecorder
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, Note, Signature, SigningKey
from ledger.trust.witnessing import AddCheckpoint
from tests.school import TOMORROW
from tests.tampering.attack import (
    LOOKING,
    LOOKING_AND_SERVER,
    NOBODY,
    REMEMBERING,
    Finder,
    Needs,
    attack,
)
from tests.tampering.on_lines import better
from tests.tampering.place import WITNESSES
from tests.tampering.publishing import ORIGIN
from tests.tampering.scene import LAST_SEALED, Rehash, Scene

_SERVER = frozenset({Finder.SERVER})
_NEWEST = {"at": LAST_SEALED}


def _newest_note(connection: Connection) -> Note:
    question = select(tables.checkpoint.c.note).where(tables.checkpoint.c.size == LAST_SEALED)
    return Note.parse(bytes(connection.execute(question).scalar_one()))


def _cosignatures(connection: Connection, size: int) -> dict[str, Signature]:
    kept = tables.cosignature.c
    rows = connection.execute(select(kept.witness, kept.line).where(kept.size == size))
    return {row.witness: Signature.parse(row.line.removesuffix("\n")) for row in rows}


def _sign_anew(scene: Scene, key: SigningKey, sizes: Iterable[int]) -> None:
    """In the place of all checkpoints, new ones over the lines as they are now."""
    with scene.unguarded() as connection:
        connection.exec_driver_sql("DELETE FROM cosignature")
        connection.exec_driver_sql("DELETE FROM checkpoint")
    tree, checkpoints = LedgerRecorder(scene.engine).tree, Checkpoints(scene.engine)
    for size in sizes:
        note = Checkpoint(key.name, size, tree.root(size)).signed(key)
        checkpoints.keep(note, signed_at=TOMORROW)


def _rewrite(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        better(rows)
    scene.hide()


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="checkpoint-unsigned")
def edit_a_checkpoint(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        note = _newest_note(connection)
    told = Checkpoint(ORIGIN, LAST_SEALED, bytes(32))
    edited = Note(told.to_text(), note.signatures).to_bytes()
    values = {"note": edited, "root": told.root}
    scene.tell(
        "UPDATE checkpoint SET note = :note, root = :root WHERE size = :at", **values, **_NEWEST
    )


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="checkpoint-row-differs")
def edit_the_row_of_a_checkpoint(scene: Scene) -> None:
    scene.tell("UPDATE checkpoint SET root = :root WHERE size = :at", root=bytes(32), **_NEWEST)


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="checkpoint-malformed")
def blank_a_checkpoint(scene: Scene) -> None:
    scene.tell("UPDATE checkpoint SET note = :nothing WHERE size = :at", nothing=b"", **_NEWEST)


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="checkpoint-unsigned")
def sign_a_checkpoint_with_another_key(scene: Scene) -> None:
    stranger = SigningKey.from_seed(ORIGIN, Algorithm.ED25519, bytes(32))
    tree = LedgerRecorder(scene.engine).tree
    note = Checkpoint(ORIGIN, LAST_SEALED + 1, tree.root(LAST_SEALED + 1)).signed(stranger)
    Checkpoints(scene.engine).keep(note, signed_at=TOMORROW)


@attack(Needs.SQL, found_by=_SERVER)
def remove_the_newest_checkpoint(scene: Scene) -> None:
    scene.tell("DELETE FROM cosignature WHERE size = :at", **_NEWEST)
    scene.tell("DELETE FROM checkpoint WHERE size = :at", **_NEWEST)


@attack(Needs.SQL, found_by=NOBODY)
def remove_an_older_checkpoint(scene: Scene) -> None:
    scene.tell("DELETE FROM cosignature WHERE size < :at", **_NEWEST)
    scene.tell("DELETE FROM checkpoint WHERE size < :at", **_NEWEST)


@attack(Needs.SQL, found_by=NOBODY)
def remove_all_checkpoints(scene: Scene) -> None:
    scene.tell("DELETE FROM cosignature")
    scene.tell("DELETE FROM checkpoint")


@attack(Needs.SQL, found_by=LOOKING, shown_as="cosignature-orphaned")
def remove_a_checkpoint_and_leave_its_cosignatures(scene: Scene) -> None:
    scene.tell("DELETE FROM checkpoint WHERE size < :at", **_NEWEST)


@attack(Needs.SQL, found_by=NOBODY)
def remove_cosignatures(scene: Scene) -> None:
    scene.tell("DELETE FROM cosignature WHERE size = :at", **_NEWEST)


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="seals-missing")
def drop_the_tables_of_the_seals(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE cosignature")
        connection.exec_driver_sql("DROP TABLE checkpoint")


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="cosignature-invalid")
def forge_a_cosignature(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        true = _cosignatures(connection, LAST_SEALED)[WITNESSES[0]]
    false = Signature(true.name, true.key_id, true.value[:-1] + bytes([true.value[-1] ^ 1]))
    scene.tell(
        "UPDATE cosignature SET line = :line WHERE size = :at AND witness = :witness",
        line=str(false),
        witness=WITNESSES[0],
        **_NEWEST,
    )


@attack(Needs.SQL, found_by=LOOKING_AND_SERVER, shown_as="cosignature-invalid")
def move_a_cosignature_to_another_checkpoint(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        (smaller,) = connection.execute(
            select(tables.checkpoint.c.size)
            .where(tables.checkpoint.c.size < LAST_SEALED)
            .order_by(tables.checkpoint.c.size.desc())
            .limit(1)
        ).scalars()
        other = _cosignatures(connection, smaller)[WITNESSES[0]]
    scene.tell(
        "UPDATE cosignature SET line = :line WHERE size = :at AND witness = :witness",
        line=str(other),
        witness=WITNESSES[0],
        **_NEWEST,
    )


@attack(Needs.SQL, found_by=LOOKING, shown_as="cosignature-row-differs")
def date_a_cosignature_back(scene: Scene) -> None:
    scene.tell(
        "UPDATE cosignature SET cosigned_at = cosigned_at - 86400 WHERE size = :at", **_NEWEST
    )


@attack(Needs.SQL, found_by=LOOKING, shown_as="cosignature-malformed")
def blank_a_cosignature(scene: Scene) -> None:
    scene.tell("UPDATE cosignature SET line = '' WHERE size < :at", **_NEWEST)


@attack(Needs.SQL, found_by=NOBODY, shown_as="witness-unknown")
def add_the_cosignature_of_a_stranger(scene: Scene) -> None:
    stranger = SigningKey.from_seed("nguoi-la", Algorithm.COSIGNATURE, bytes(32))
    at = int(TOMORROW.timestamp())
    with scene.unguarded() as connection:
        line = str(stranger.cosign(_newest_note(connection).text, at=at))
        row = {"origin": ORIGIN, "size": LAST_SEALED, "witness": "nguoi-la"}
        connection.execute(insert(tables.cosignature).values(cosigned_at=at, line=line, **row))


@attack(Needs.SQL, found_by=NOBODY)
def date_the_signing_of_a_checkpoint_back(scene: Scene) -> None:
    scene.tell("UPDATE checkpoint SET signed_at = '2026-01-01T00:00:00+00:00'")


@attack(Needs.LOG_KEY, found_by=REMEMBERING, shown_as="remembered-differs")
def rewrite_everything_and_sign_anew(scene: Scene) -> None:
    _rewrite(scene)
    _sign_anew(scene, scene.place.keys.log_keys()[-1], (19, 24, LAST_SEALED))


@attack(Needs.LOG_KEY, found_by=REMEMBERING, shown_as="remembered-beyond-end")
def cut_off_published_lines_and_sign_anew(scene: Scene) -> None:
    with scene.lines(Rehash.EVERYTHING) as rows:
        del rows[LAST_SEALED - 3 :]
    scene.hide()
    _sign_anew(scene, scene.place.keys.log_keys()[-1], (19, 24))


@attack(Needs.LOG_KEY, found_by=frozenset({Finder.SERVER, Finder.WITNESS}))
def show_each_witness_another_history(scene: Scene) -> None:
    """One witness cosigns the lines as they are, the other those that are left in the database."""
    show(scene, WITNESSES[0])
    with scene.lines(Rehash.EVERYTHING) as rows:
        better(rows, rows[-1].position)
    scene.hide()
    show(scene, WITNESSES[1])


def show(scene: Scene, name: str) -> Note:
    """Sign the head and have it cosigned by one witness, keeping what he answers."""
    recorder, key = LedgerRecorder(scene.engine), scene.place.keys.log_keys()[-1]
    size = recorder.head().position
    note = Checkpoint(ORIGIN, size, recorder.tree.root(size)).signed(key)
    witness = scene.place.witness(name)
    proof = recorder.tree.consistency_proof(LAST_SEALED, size)
    asked = AddCheckpoint(LAST_SEALED, tuple(proof), note)
    cosigned = note.signed_with(witness.add_checkpoint(asked.to_bytes()))
    witness.memory.close()
    return cosigned


@attack(Needs.ONE_WITNESS, found_by=REMEMBERING, shown_as="remembered-differs")
def rewrite_everything_together_with_one_witness(scene: Scene) -> None:
    _rewrite(scene)
    key, checkpoints = scene.place.keys.log_keys()[-1], Checkpoints(scene.engine)
    _sign_anew(scene, key, (19, 24, LAST_SEALED))
    witness = scene.place.witness(WITNESSES[1])
    for published in checkpoints.all():
        text, at = published.note.text, int(TOMORROW.timestamp())
        checkpoints.keep_cosignature(published.checkpoint, witness.key.cosign(text, at=at))
    witness.memory.close()


@attack(Needs.BOTH_WITNESSES, found_by=frozenset({Finder.NOTEBOOK}), shown_as="remembered-differs")
def rewrite_everything_together_with_both_witnesses(scene: Scene) -> None:
    _rewrite(scene)
    (key, *_), checkpoints = scene.place.keys.log_keys(), Checkpoints(scene.engine)
    _sign_anew(scene, key, (19, 24, LAST_SEALED))
    tree = LedgerRecorder(scene.engine).tree
    for name in WITNESSES:
        scene.place.forget_what_is_remembered_by(name, key.verifier)
        witness, seen = scene.place.witness(name), 0
        for published in checkpoints.all():
            size = published.checkpoint.size
            proof = tree.consistency_proof(seen, size) if seen else ()
            asked = AddCheckpoint(seen, tuple(proof), published.note)
            cosignature = witness.add_checkpoint(asked.to_bytes())
            checkpoints.keep_cosignature(published.checkpoint, cosignature)
            seen = size
        witness.memory.close()


@attack(Needs.FILES, found_by=NOBODY)
def weaken_the_policy(scene: Scene) -> None:
    place = scene.place.data / "keys" / "policy"
    place.write_text(place.read_text().replace("quorum both", "quorum none"))


@attack(
    Needs.LOG_KEY,
    found_by=frozenset({Finder.NOTEBOOK, Finder.WITNESS}),
    shown_as="remembered-differs",
)
def rewrite_everything_under_witnesses_of_ones_own(scene: Scene) -> None:
    _rewrite(scene)
    key, checkpoints = scene.place.keys.log_keys()[-1], Checkpoints(scene.engine)
    _sign_anew(scene, key, (19, 24, LAST_SEALED))
    own = SigningKey.from_seed("nguoi-nha", Algorithm.COSIGNATURE, bytes(32))
    for published in checkpoints.all():
        cosignature = own.cosign(published.note.text, at=int(TOMORROW.timestamp()))
        checkpoints.keep_cosignature(published.checkpoint, cosignature)
    policy = f"log {key.verifier}\nwitness nguoi-nha {own.verifier}\nquorum nguoi-nha\n"
    (scene.place.data / "keys" / "policy").write_text(policy)


@attack(
    Needs.LOG_KEY,
    found_by=frozenset({Finder.NOTEBOOK, Finder.WITNESS}),
    shown_as="checkpoint-unsigned",
)
def rewrite_everything_under_a_log_key_of_ones_own(scene: Scene) -> None:
    _rewrite(scene)
    own = SigningKey.from_seed(ORIGIN, Algorithm.ED25519, bytes(32))
    (scene.place.data / "keys" / "log-1.key").write_text(own.to_text())
    policy = scene.place.data / "keys" / "policy"
    policy.write_text(f"log {own.verifier}\nquorum none\n")
    _sign_anew(scene, own, (19, 24, LAST_SEALED))
