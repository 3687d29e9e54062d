"""A PostgreSQL server of a test's own, which the test may crash and start again."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import tools

PROGRAMS = ("initdb", "pg_basebackup", "pg_ctl")
PORT = os.environ.get("PGPORT", "5432")
SETTINGS = """
listen_addresses = ''
max_connections = 50
timezone = 'UTC'
"""


class Server:
    """A server in a folder, reached through its socket only."""

    def __init__(self, folder, programs, owner):
        self.socket = folder
        self._data = folder / "data"
        self._programs = programs
        self._owner = owner

    def create(self):
        """Make the cluster."""
        role = os.environ.get("PGUSER", "odoo")
        self._run("initdb", "-U", role, "--auth=trust", "--encoding=UTF8")
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
            settings.write(f"unix_socket_directories = '{self.socket}'\n")
            settings.write(f"port = {PORT}\n")

    def start(self):
        """Start the server and wait until it takes connections."""
        log = self.socket / "server.log"
        self._run("pg_ctl", "-w", "-t", "120", "-l", str(log), "start")

    def crash(self):
        """End every process of the server at once, as a loss of power would."""
        self._run("pg_ctl", "-m", "immediate", "stop")

    @contextmanager
    def standby(self):
        """Give a server that follows this one and can only be read."""
        with _folder_of(self._owner) as folder:
            server = Server(folder, self._programs, self._owner)
            role = os.environ.get("PGUSER", "odoo")
            reach = ("-h", str(self.socket), "-p", PORT, "-U", role)
            server._run("pg_basebackup", *reach, "-R", "-X", "stream", "-c", "fast")
            with (server._data / "postgresql.conf").open("a", encoding="utf-8") as own:
                own.write(f"unix_socket_directories = '{folder}'\n")
            server.start()
            yield server

    def log_statements(self):
        """Write every statement to the log from now on, from new connections too."""
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("log_statement = 'all'\n")
        self._run("pg_ctl", "reload")

    def count_logged(self, words):
        """Return how many lines of the log have these words."""
        log = (self.socket / "server.log").read_text("utf-8", errors="replace")
        return sum(words in line for line in log.splitlines())

    def _run(self, program, *arguments):
        command = [str(self._programs / program), "-D", str(self._data), *arguments]
        if self._owner:
            command = ["runuser", "-u", self._owner, "--", *command]
        subprocess.run(
            command,
            cwd="/",
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def server_with_copy(database, template=tools.TEMPLATE_SUITE):
    """Give a server of its own with a copy of a template, gone when the block ends."""
    owner = "postgres" if os.geteuid() == 0 else None
    with _folder_of(owner) as folder:
        server = Server(folder, _find_programs(), owner)
        try:
            server.create()
            server.start()
            _copy(template, database, server.socket)
            yield server
        finally:
            shutil.rmtree(tools.FILESTORE / database, ignore_errors=True)


@contextmanager
def _folder_of(owner):
    """Give a folder for a server; end the server that is in it when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="member-loyalty-", dir="/var/tmp"))
    try:
        if owner:
            shutil.chown(folder, owner)
        yield folder
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            Server(folder, _find_programs(), owner).crash()
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs():
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *map(Path, os.environ.get("PATH", "").split(os.pathsep)),
    ]
    for folder in folders:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    pytest.skip("PostgreSQL's server programs are not on this machine")


def _copy(template, database, socket):
    """Copy a database and its files to another server."""
    elsewhere = {**os.environ, "PGHOST": str(socket)}
    create = ["psql", "-Xqd", "postgres", "-c", f'CREATE DATABASE "{database}"']
    subprocess.run(create, env=elsewhere, check=True)
    with subprocess.Popen(
        ["pg_dump", "--no-owner", template], stdout=subprocess.PIPE
    ) as dump:
        subprocess.run(
            ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", database],
            env=elsewhere,
            stdin=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    if (tools.FILESTORE / template).is_dir():
        shutil.copytree(tools.FILESTORE / template, tools.FILESTORE / database)
