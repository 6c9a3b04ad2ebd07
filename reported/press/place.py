"""Put finished files in place so that a reader never meets half of one: staging, lock, manifest of checksums.

Not for making them, nor for what goes into them. Standard library only.
"""

import contextlib
import errno
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reported.press.inputs import checksum
from reported.press.process import undisturbed

MANIFEST = "manifest.json"
SOCKETS = "sockets"
_STAGING = "staging-"
# waits for the end of its input, which comes when this process ends, however that ends; tries again for some
# seconds, since a kernel that is still dying may write into a folder while it is removed
_CARETAKER = (
    'trap "" INT TERM HUP; read -r _; '
    'for try in 1 2 3 4 5 6 7 8 9; do rm -rf -- "$0" "$1" 2>/dev/null && exit; sleep "$try"; done'
)


@contextlib.contextmanager
def locked(cache: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the cache folder alone; a second process waits here, and says so.

    The lock is the system's (flock): it ends with the process that holds it, however that ends.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another report is being made here; waiting for it to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def staging(cache: Path, reports: Path) -> Iterator[Path]:
    """A private folder on the file system of reports/, gone afterwards whatever happens.

    `sockets` in it leads to a second private folder, whose path is short enough for sockets.

    Even a killed process leaves none: a caretaker (a shell that waits) removes it then. Folders left
    where the caretaker was killed too are swept here: the caller holds the lock, so nobody uses them.
    """
    reports.mkdir(parents=True, exist_ok=True)
    if not os.access(reports, os.W_OK):  # or all the work would be for nothing
        raise PermissionError(errno.EACCES, "it may not be written to", str(reports))
    for stale in [*cache.glob(_STAGING + "*"), *reports.glob("." + _STAGING + "*")]:
        _remove(stale)
    folder, caretaker = None, None
    try:
        with undisturbed():  # until there is someone to remove them
            folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=cache))
            if not _moves(folder, reports / f".{folder.name}"):
                folder.rmdir()
                folder = Path(tempfile.mkdtemp(prefix="." + _STAGING, dir=reports))
            sockets = Path(tempfile.mkdtemp(prefix="reported-", dir=_short_folder()))
            (folder / SOCKETS).symlink_to(sockets)
            command = ["/bin/sh", "-c", _CARETAKER, str(folder), str(sockets)]
            caretaker = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        yield folder
    finally:
        if folder:
            _remove(folder)
        if caretaker:
            caretaker.communicate()


def _moves(folder: Path, there: Path) -> bool:
    """Whether a rename from one place to the other works: one file system, and one mount of it."""
    try:
        folder.rename(there)
    except OSError:
        return False
    there.rename(folder)
    return True


def _short_folder() -> str:
    """Where temporary files go, unless its path leaves no room for a socket's (107 bytes in all)."""
    folder = tempfile.gettempdir()
    return folder if len(os.fsencode(folder)) < 60 else "/tmp"


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.rmtree((folder / SOCKETS).readlink(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, reach the disk, then rename over it: old or new, never half."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def put_in_place(staged: Path, names: Sequence[str], reports: Path, facts: Mapping[str, Any]) -> None:
    """Move the staged files over those in reports/, then the manifest of their checksums, last.

    Everything reaches the disk before the first rename, so a full disk is met while all is still old.
    A process killed between two renames leaves a set that does not match the manifest (`is_whole`).
    """
    for name in names:
        if (reports / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(reports / name))
    sums = {name: checksum((staged / name).read_bytes()) for name in names}
    manifest = json.dumps({**facts, "outputs": sums}, indent=2, ensure_ascii=False) + "\n"
    (staged / MANIFEST).write_text(manifest, "utf-8")
    for name in [*names, MANIFEST]:
        (staged / name).chmod(0o644)
        with (staged / name).open("rb+") as file:
            os.fsync(file.fileno())
    with undisturbed():
        for name in [*names, MANIFEST]:
            (staged / name).replace(reports / name)
        _sync_folder(reports)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_whole(reports: Path, names: Sequence[str]) -> bool:
    """Whether all named files are there and are those the manifest was written for."""
    try:
        sums = json.loads((reports / MANIFEST).read_bytes())["outputs"]
        return set(sums) == set(names) and all(
            checksum((reports / name).read_bytes()) == sums[name] for name in names
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False
