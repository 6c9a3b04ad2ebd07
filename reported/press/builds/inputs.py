"""What a report is made from, by content: files and installed packages, and the checksums that tell a change.

Standard library only: a build with nothing to do must answer without importing anything else.
"""

import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]


def checksum(data: bytes) -> str:
    """sha256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest(facts: Any) -> str:
    """The checksum of a JSON value, whatever the order of its keys."""
    return checksum(json.dumps(facts, sort_keys=True, default=str).encode())


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files that paths name, a folder naming all below it; without hidden files, bytecode and backups.

    A path that does not exist is an OSError that names it.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                file for file in path.rglob("*") if _counts(file.relative_to(path)) and file.is_file()
            )
        else:
            path.stat()
            found.add(path)
    return sorted(found)


def _counts(path: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    return not hidden and path.suffix not in {".pyc", ".pyo"} and not path.name.endswith("~")


def checksums(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """Each file's checksum by its path, relative to root where it is below it, with the package's as `reported/…`."""
    return {_name(path, root): checksum(path.read_bytes()) for path in files_in(paths)}


def states(paths: Iterable[str]) -> dict[str, str]:
    """What each file or folder is now, to be compared: a file by its content, a folder by the names in it.

    A file beyond 20 MB is told by its size and time. Notebooks in a folder do not count: they are chapters.
    """
    return {path: _state(Path(path)) for path in paths}


def _state(path: Path) -> str:
    try:
        if path.is_dir():
            return digest(sorted(each.name for each in path.iterdir() if _is_listed(each)))
        facts = path.stat()
        return f"{facts.st_size} {facts.st_mtime_ns}" if facts.st_size > 20e6 else checksum(path.read_bytes())
    except OSError:
        return "absent"


def _is_listed(path: Path) -> bool:
    return _counts(Path(path.name)) and path.suffix != ".ipynb"


def _name(path: Path, root: Path) -> str:
    if path.is_relative_to(PACKAGE):
        return f"reported/{path.relative_to(PACKAGE).as_posix()}"
    return Path(os.path.relpath(path, root)).as_posix() if path.is_relative_to(root) else path.as_posix()


def platform() -> list[str]:
    """What results may depend on beside files: the system, the processor, Python's minor version."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return [
        sys.platform,
        machine,
        sys.implementation.name,
        f"{sys.version_info.major}.{sys.version_info.minor}",
    ]


def installed() -> list[str]:
    """The installed packages as `name-version.dist-info`: an upgrade is a change like any other."""
    folders = {entry for entry in sys.path if entry.endswith("-packages")}
    return sorted({path.name for folder in folders for path in Path(folder).glob("*.dist-info")})


def remove_stale_bytecode(files: Iterable[Path]) -> None:
    """Remove bytecode that is older than its source.

    Python compares times by the second, and so takes a source that changed within it, to the same size, for the
    old one (github.com/python/cpython/issues/75953); its results would be kept under the new one's checksum.
    """
    for file in files:
        if file.suffix != ".py":
            continue
        bytecode = Path(importlib.util.cache_from_source(str(file)))
        try:
            if bytecode.stat().st_mtime_ns <= file.stat().st_mtime_ns:
                bytecode.unlink()
        except OSError:
            continue  # there is none, or it cannot be written anew either


def of_report(
    notebooks: Sequence[Path], inputs: Sequence[Path], root: Path, facts: Mapping[str, Any]
) -> "tuple[dict[str, str], dict[str, str], str]":
    """Checksums of the notebooks (in their order) and of what all depend on, and one over everything public.

    The last is the same for everybody who has the same files, kind of machine and settings.
    """
    own = {name: value for path in notebooks for name, value in checksums([path], root).items()}
    shared = checksums([PACKAGE, *inputs], root)
    for name in own:
        shared.pop(name, None)
    return own, shared, digest([list(own.items()), shared, facts, platform()])
