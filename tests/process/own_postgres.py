"""A PostgreSQL server of a test's own, which the test may crash and start again."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import tools

PROGRAMS = ("initdb", "pg_ctl")
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
            settings.write(f"port = {os.environ.get('PGPORT', '5432')}\n")

    def start(self):
        """Start the server and wait until it takes connections."""
        log = self.socket / "server.log"
        self._run("pg_ctl", "-w", "-t", "120", "-l", str(log), "start")

    def crash(self):
        """End every process of the server at once, as a loss of power would."""
        self._run("pg_ctl", "-m", "immediate", "stop")

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
    folder = Path(tempfile.mkdtemp(prefix="member-loyalty-", dir="/var/tmp"))
    server = Server(folder, _find_programs(), owner)
    try:
        if owner:
            shutil.chown(folder, owner)
        server.create()
        server.start()
        _copy(template, database, server.socket)
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.crash()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(tools.FILESTORE / database, ignore_errors=True)


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
