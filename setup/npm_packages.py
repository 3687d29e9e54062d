"""Fetches packages of the npm registry that are pinned by what is in them.

Takes the file that lists them (name, version, sha512 in base64) and the folder that
each gets a folder in. Nothing of a package is run.
"""

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

REGISTRY = "https://registry.npmjs.org/{name}/-/{name}-{version}.tgz"
PATIENCE = 120  # seconds


def fetch(name, version, digest):
    """Return the archive of a package; refuse one that is not what was pinned."""
    url = REGISTRY.format(name=name, version=version)
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        content = answer.read()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != digest:
        raise SystemExit(f"{url} is not what was pinned: {found}")
    return content


def unpack(content, folder):
    """Write the files of an archive below a folder, without its outermost one."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive.getmembers():
            inside = Path(*Path(member.name).parts[1:])
            if not member.isfile() or ".." in inside.parts:
                continue
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.extractfile(member).read())


def main():
    listed, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for line in listed.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, version, digest = line.split()
            unpack(fetch(name, version, digest), folder / name)


main()
