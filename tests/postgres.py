"""Runs a throw-away PostgreSQL server for the tests."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

# The shell that starts the server also ends it, when its standard input closes: at the end of a session, but also when
# the session is killed, which neither `finally` nor `atexit` would see.
KEEPER = """
PATH=$1:$PATH
cd "$2"
{
    { [ -e "$4"/PG_VERSION ] ||
      initdb --pgdata="$4" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync; } &&
    pg_ctl start --wait --pgdata="$4" --log=log --options="$3"
} >out 2>&1 </dev/null && echo ready || cat out log
read -r _
pg_ctl stop --pgdata="$4" --mode="$5" >/dev/null 2>&1
cd / && rm -rf "$2"
"""

# Nothing here outlives a crash, so nothing waits for the disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "listen_addresses": "",
}


def binaries() -> Path | None:
    """Return the folder of initdb, pg_ctl and postgres – the one on PATH, else Debian's newest – or None."""
    on_path = shutil.which("initdb")
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    newest_first = sorted(debian, key=lambda path: float(path.parts[-3]), reverse=True)
    found = [Path(on_path).resolve()] if on_path else newest_first
    return found[0].parent if found else None


class Cluster:
    """One running server: makes databases, copies them, and drops them."""

    def __init__(self, socket_folder: Path) -> None:
        self.socket_folder = socket_folder
        self.numbers = itertools.count(1)
        self.connection = psycopg.connect(self.url("postgres"), autocommit=True)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.socket_folder}&port=5432"

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of the one at the URL `template`, and return its URL."""
        name = f"store_{next(self.numbers)}"
        source = _name(template) if template else "template0"
        # Copying files takes 12 ms; going through the log, the default since 15 brought the choice, takes 26.
        strategy = " STRATEGY file_copy" if self.connection.info.server_version >= 150000 else ""
        self._execute("CREATE DATABASE {} TEMPLATE {}" + strategy, name, source)
        return self.url(name)

    def drop(self, url: str) -> None:
        self._execute("DROP DATABASE {} WITH (FORCE)", _name(url))

    def _execute(self, statement: str, *names: str) -> None:
        self.connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def cluster(kept: Path | None = None, settings: dict[str, str] = OPTIONS) -> Iterator[Cluster]:
    """Start a server that listens only on a socket in its own temporary folder, and take both away at the end.

    Its databases go with it, unless they are `kept` in a folder that the next call may name again.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed: no initdb on PATH or in /usr/lib/postgresql")
    home = Path(tempfile.mkdtemp(prefix="attribution-", dir=_parent_folder()))
    data = kept or home / "data"
    data.mkdir(exist_ok=True)
    as_user = _unprivileged_user()
    if as_user:
        for path in (home, data):
            os.chown(path, as_user["user"], as_user["group"])
    data.chmod(0o700)
    options = " ".join(f"-c {name}={value}" for name, value in {**settings, "unix_socket_directories": home}.items())
    with subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", folder, home, options, data, "fast" if kept else "immediate"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
        start_new_session=True,  # Ctrl-C is meant for pytest
        **as_user,
    ) as keeper:
        assert keeper.stdin
        assert keeper.stdout
        if (answer := keeper.stdout.readline()) != "ready\n":
            keeper.stdin.close()
            raise RuntimeError(f"PostgreSQL did not start:\n{answer}{keeper.stdout.read()}")
        server = Cluster(home)
        try:
            yield server
        finally:
            server.connection.close()


def _parent_folder() -> str:
    """Return memory where there is a gigabyte of it (a database is copied 5 to 20 times faster there), else /tmp.

    Never TMPDIR: the path of a socket has at most 107 bytes, and the server's user must be able to reach it.
    """
    memory = "/dev/shm"
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if roomy else "/tmp"


def _unprivileged_user() -> dict:
    """Return whom to run as, in the words of Popen: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _name(url: str) -> str:
    return psycopg.conninfo.conninfo_to_dict(url)["dbname"]
