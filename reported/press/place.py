"""Put finished files in place so that a reader never meets half of one: staging, lock, manifest of checksums.

Not for making them, nor for what goes into them. Standard library only.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reported.press.inputs import checksum

MANIFEST = "manifest.json"
_STAGING = "staging-"


@contextlib.contextmanager
def locked(cache: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the cache folder alone; a second process waits here, and says so.

    The lock is the system's (flock): it ends with the process that holds it, however that ends.
    """
    cache.mkdir(parents=True, exist_ok=True)
    # "e": closed in programs started from here; forked children close it by hand, see `forget_lock`
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

    Folders left by processes that were killed are swept first: the caller holds the lock, so nobody
    else can be using one.
    """
    reports.mkdir(parents=True, exist_ok=True)
    same = os.stat(cache).st_dev == os.stat(reports).st_dev
    home = cache if same else reports
    for stale in [*cache.glob(_STAGING + "*"), *reports.glob("." + _STAGING + "*")]:
        shutil.rmtree(stale, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING if same else "." + _STAGING, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, reach the disk, then rename over it: old or new, never half."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def put_in_place(
    staged: Path, names: Sequence[str], reports: Path, facts: Mapping[str, Any]
) -> dict[str, str]:
    """Move the staged files over those in reports/, then the manifest, last. Returns their checksums.

    Everything reaches the disk before the first rename, so a full disk is met while all is still old.
    A process killed between two renames leaves a set that does not match the manifest (`is_whole`).
    """
    sums = {name: checksum((staged / name).read_bytes()) for name in names}
    manifest = staged / MANIFEST
    manifest.write_text(json.dumps({**facts, "outputs": sums}, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for name in [*names, MANIFEST]:
        os.chmod(staged / name, 0o644)
        with (staged / name).open("rb+") as file:
            os.fsync(file.fileno())
    for name in [*names, MANIFEST]:
        os.replace(staged / name, reports / name)
    _sync_folder(reports)
    return sums


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
