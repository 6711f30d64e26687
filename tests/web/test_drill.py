"""The drill: a school loses everything it has, twice, and goes on; nobody rewrites what was sealed.

The first time from SQLite to PostgreSQL, with lines gone that witnesses had seen; the second time
back again, with none gone.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from ledger.publishing.alarms import PublishingStopped, Wrong
from ledger.school.incarnation import LogRestarted, LostLines
from ledger.store.keys import KeyFolder
from ledger.trust.note import VerifierKey
from tests.browser.stage import MATHS, PUPILS, Clock, Stage, serving
from tests.conftest import drop_schema
from tests.school import KHOA, LAN, NGOC
from tests.web.published import describe
from tests.web.test_command_line import Captured
from web.command_line import run
from web.desk import open_desk
from web.publishing.asking import ask_over_http
from web.publishing.deciding import add_witness, witness_of
from web.publishing.restarting import begin_anew, newest_known_to_witnesses
from web.settings import Settings
from web.witness.answering import Witness, begin_witness
from web.witness.app import witness_app

ORIGIN = "so-diem/hn-0501"
SCAN = b"%PDF bien ban"
REASON = "Máy chủ hỏng ổ cứng, khôi phục bản sao đêm trước"


@dataclass
class Drill:
    """One school wherever it is now, what lies in its safe, and the witnesses outside."""

    folder: Path
    witnesses: list[Witness]
    environment: pytest.MonkeyPatch
    output: Captured
    clock: Clock

    @contextmanager
    def school(self, settings: Settings) -> Iterator[Stage]:
        """Work at the school that is there."""
        desk = open_desk(settings, clock=self.clock)
        yield Stage(desk, self.clock)
        desk.engine.dispose()

    def at_the_terminal(self, settings: Settings, *words: str) -> dict[str, Any]:
        """Run a command in the environment of the school; what it answers."""
        self.environment.setenv("GRADE_LEDGER_URL", settings.url)
        self.environment.setenv("GRADE_LEDGER_DATA", str(settings.data_folder))
        self.output.readouterr()
        assert run([*words, "--json"]) == 0, self.output.readouterr().err
        answered: dict[str, Any] = json.loads(self.output.readouterr().out)
        return answered

    def place(self, name: str) -> Path:
        return self.folder / name

    def is_known(self, key: VerifierKey) -> None:
        for witness in self.witnesses:
            witness.memory.trust(key)


@pytest.fixture
def drill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Iterator[Drill]:
    names = ("hieu-pho", "phong")
    witnesses = [begin_witness(tmp_path / name, f"{name}.example/w1") for name in names]
    yield Drill(tmp_path, witnesses, monkeypatch, capsys, Clock())
    for witness in witnesses:
        witness.memory.close()


@pytest.fixture
def policy(drill: Drill) -> Iterator[KeyFolder]:
    """Give the school's folder of keys, with the policy of two witnesses that answer."""
    keys = KeyFolder(drill.folder / "school" / "keys")
    first, second = drill.witnesses
    with serving(witness_app(first)) as one, serving(witness_app(second)) as other:
        for name, witness, url in (("hieu-pho", first, one), ("phong", second, other)):
            add_witness(keys, witness_of(name, str(witness.key.verifier), url))
        yield keys


def enter(stage: Stage, *numbers: int) -> None:
    """Give these pupils a mark each, one line a mark."""
    for number in numbers:
        version = stage.version(number, "regular-1")
        stage.says(LAN.about(MATHS), "enters", (PUPILS[number - 1], "regular-1", "8.5", version))


def cosigned(stage: Stage) -> tuple[str, int, int]:
    """Publish: the origin, the size, and how many witnesses have cosigned."""
    published = stage.desk.publisher.publish()
    assert published
    policy = stage.desk.keys.policy()
    assert policy
    checkpoint = published.checkpoint
    return checkpoint.origin, checkpoint.size, len(policy.cosigned(published.note))


def lines(stage: Stage) -> int:
    return stage.desk.ledger.recorder.head().position


@pytest.fixture
def on_postgresql(postgresql_url: str) -> Iterator[str]:
    schema = f"drill_{uuid4().hex}"
    yield f"{postgresql_url}&schema={schema}"
    drop_schema(postgresql_url, schema)


def works_until_all_is_lost(drill: Drill, built: Path, keys: KeyFolder) -> int:
    """Work, seal and back up; then nothing is left but what lies in the safe. The lines there."""
    folder, network, safe = drill.place("school"), drill.place("network"), drill.place("safe")
    shutil.copytree(built, folder, dirs_exist_ok=True)
    settings = Settings(f"sqlite:///{folder / 'ledger.db'}", folder, backup=network)
    with drill.school(settings) as stage:
        describe(stage)
        enter(stage, 1)
        stage.desk.evidence.put(SCAN)
        # The first backup is begun by hand; from then on what is sealed is in it.
        drill.at_the_terminal(settings, "backup", str(network))
        stage.desk.publisher.publish()
        drill.is_known(stage.desk.keys.log_keys()[-1].verifier)
        held = lines(stage)
        assert cosigned(stage) == (ORIGIN, held, 2)
        # In the evening a copy of the backup and of the keys is laid into the safe.
        drill.at_the_terminal(settings, "backup", str(network))
        shutil.copytree(network, safe / "backup")
        shutil.copytree(keys.folder, safe / "keys")
        enter(stage, 2, 3)
        assert cosigned(stage) == (ORIGIN, held + 2, 2)
    shutil.rmtree(folder)
    shutil.rmtree(network)
    return held


def begins_anew(drill: Drill, settings: Settings, held: int) -> None:
    """The witnesses have seen more than was restored: the old log signs nothing any more."""
    with drill.school(settings) as stage:
        with pytest.raises(PublishingStopped) as stopped:
            stage.desk.publisher.publish()
        assert stopped.value.alarm.wrong is Wrong.ROLLED_BACK
        published = newest_known_to_witnesses(stage.desk, ask_over_http)
        begun = begin_anew(
            stage.desk, published, by=NGOC.author, administrator=KHOA.person, reason=REASON
        )
        assert begun.fact.lost == LostLines(first=held + 1, last=held + 2)
        assert begun.fact.continued == begun.fact.restored
        assert begun.fact.restored.size == held
        # Until the witnesses are told the new key they say nothing, and nothing is wrong any more.
        assert cosigned(stage) == (f"{ORIGIN}/r2", held + 1, 0)
        assert stage.desk.publisher.standing().alarm is None
        drill.is_known(begun.key)
        assert cosigned(stage) == (f"{ORIGIN}/r2", held + 1, 2)


def goes_on(drill: Drill, settings: Settings, held: int) -> None:
    """What was lost is entered anew from the printed book, under the new name of the log."""
    with drill.school(settings) as stage:
        (line,) = stage.desk.ledger.recorder.select_notifications(held + 1, 1)
        assert line.topic == LogRestarted.NAME
        assert cosigned(stage) == (f"{ORIGIN}/r2", held + 1, 2)
        assert (stage.mark(1, "regular-1"), stage.mark(2, "regular-1")) == ("8.5", "")
        enter(stage, 2, 3)
        assert cosigned(stage) == (f"{ORIGIN}/r2", held + 3, 2)
        looks_whole(stage)


def looks_whole(stage: Stage) -> None:
    assert stage.desk.names().pupil(PUPILS[0]) == "Trần Văn Bảo"
    assert [stage.desk.evidence.read(one) for one in stage.desk.evidence.digests()] == [SCAN]


def test_a_school_that_lost_everything_goes_on(
    drill: Drill, built_school: Path, policy: KeyFolder, on_postgresql: str
) -> None:
    held = works_until_all_is_lost(drill, built_school, policy)
    safe, network = drill.place("safe"), drill.place("network")

    second = Settings(on_postgresql, drill.place("second"))
    shutil.copytree(safe / "keys", second.data_folder / "keys")
    told = drill.at_the_terminal(second, "restore", str(safe / "backup"))
    assert (told["lines"], told["missing"], told["findings"]) == (held, [], [])
    begins_anew(drill, second, held)
    goes_on(drill, second, held)
    assert drill.at_the_terminal(second, "verify")["clean"]

    # Some day that server fails too; this time the backup is as new as the last seal.
    assert drill.at_the_terminal(second, "backup", str(network))["lines"] == held + 3
    third = Settings.in_folder(drill.place("third"))
    shutil.copytree(second.data_folder / "keys", third.data_folder / "keys")
    shutil.rmtree(second.data_folder)
    drop_schema(*on_postgresql.split("&schema="))

    told = drill.at_the_terminal(third, "restore", str(network))
    assert (told["lines"], told["missing"], told["findings"]) == (held + 3, [], [])
    with drill.school(third) as stage:
        enter(stage, 4)
        assert cosigned(stage) == (f"{ORIGIN}/r2", held + 4, 2)
        looks_whole(stage)
    assert drill.at_the_terminal(third, "verify")["clean"]
