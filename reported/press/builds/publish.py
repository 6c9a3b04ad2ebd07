"""Atomic publication: no reader and no killed build ever meets half a file. Standard library only.

Each file is written beside its place and moved there in one step; the manifest, with all checksums, comes last.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reported.press.builds.inputs import checksum
from reported.press.builds.stop import postponed

MANIFEST = "manifest.json"
_STAGED = ".reported-staged-"


def write(path: Path, data: bytes) -> None:
    """Write a file whole, or raise OSError and leave what was there."""
    publish(path.parent, {path.name: data})


def publish(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any] | None = None) -> None:
    """Put files into a folder: all are written, then all moved into place; with `manifest`, facts and checksums last.

    OSError if any cannot be written; the folder is then as it was.
    """
    if manifest is not None:
        sums = {name: checksum(data) for name, data in files.items()}
        text = json.dumps({**manifest, "files": sums}, indent=2, sort_keys=True, ensure_ascii=False)
        files = {**files, MANIFEST: f"{text}\n".encode()}
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(21, "a folder is where a file should be", str(folder / name))
    with _staged(folder, files) as staged, postponed():
        for temporary, name in staged:
            temporary.replace(folder / name)
    with contextlib.suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[list[tuple[Path, str]]]:
    staged: list[tuple[Path, str]] = []
    try:
        for name, data in files.items():
            descriptor, temporary = tempfile.mkstemp(prefix=_STAGED, dir=folder)
            staged.append((Path(temporary), name))
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if os.name == "posix":
                Path(temporary).chmod(0o666 & ~_umask())
        yield staged
    finally:
        for temporary_path, _ in staged:
            with contextlib.suppress(OSError):
                temporary_path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed build left half-written. Call it only while holding the lock."""
    for leftover in folder.glob(f"{_STAGED}*"):
        leftover.unlink(missing_ok=True)


def published(folder: Path) -> dict[str, str]:
    """Return the checksums in a folder's manifest by file name; none if there is no manifest or it is damaged."""
    try:
        return {
            str(name): value for name, value in json.loads((folder / MANIFEST).read_bytes())["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def is_whole(folder: Path) -> bool:
    """True if the folder's files are those of its manifest, byte for byte."""
    files = published(folder)
    try:
        return bool(files) and all(
            checksum((folder / name).read_bytes()) == sum for name, sum in files.items()
        )
    except (OSError, ValueError):
        return False


class Cache:
    """Results kept between builds under the checksum of their inputs; a damaged one is ignored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the result kept under a key, or None."""
        try:
            head, _, data = (self.folder / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if head.decode("ascii", "replace") == checksum(data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep a result."""
        write(self.folder / key, checksum(data).encode("ascii") + b"\n" + data)

    def keep_only(self, keys: set[str]) -> None:
        """Remove all others."""
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if entry.name not in keys:
                entry.unlink(missing_ok=True)
