"""The inputs of a report by content: files, installed packages, and checksums that show a change.

Standard library only: a build with nothing to do must answer without importing anything else.
"""

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
UNKNOWN = "changed after it was read"
"""The state of a file whose content is not the one that was read; no file has it."""


def checksum(data: bytes) -> str:
    """Return the sha256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest(facts: Any) -> str:
    """Return the checksum of a JSON value, whatever the order of its keys."""
    return checksum(json.dumps(facts, sort_keys=True, default=str).encode())


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files at or below the paths, without hidden files, bytecode and backups.

    Raises OSError for a path that does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(
                file for file in path.rglob("*") if _is_input(file.relative_to(path)) and file.is_file()
            )
        else:
            path.stat()
            found.add(path)
    return sorted(found)


def _is_input(path: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    return not hidden and path.suffix not in {".pyc", ".pyo"} and not path.name.endswith("~")


def is_made(path: Path, made: Collection[Path]) -> bool:
    """True if a path is, or lies in, one of those that builds make."""
    return path in made or any(folder in made for folder in path.parents)


def checksums(paths: Iterable[Path], root: Path, made: Collection[Path] = ()) -> dict[str, str]:
    """Return checksums by path, relative to root if below it; the package's files are `reported/…`.

    Files that builds make are left out.
    """
    files = (path for path in files_in(paths) if not is_made(path.resolve(), made))
    return {_name(path, root): checksum(path.read_bytes()) for path in files}


def states(paths: Iterable[str], made: Collection[Path]) -> dict[str, str]:
    """Return the state of each file (its content) or folder (the names in it), for comparison.

    Files above 20 MB are compared by size and time. In a folder, notebooks do not count, which are chapters, nor what
    builds make (`made`, resolved paths). Of a path that ends in a slash it matters whether it is
    there and how large it is.
    """
    return {path: _state(Path(path), path.endswith(os.sep), made) for path in paths}


def _state(path: Path, only_asked: bool, made: Collection[Path]) -> str:
    try:
        if only_asked:
            return "folder" if path.is_dir() else f"{path.stat().st_size} bytes"
        if path.is_dir():
            return digest(
                sorted(each.name for each in path.iterdir() if _is_listed(each) and each not in made)
            )
        facts = path.stat()
        return f"{facts.st_size} {facts.st_mtime_ns}" if facts.st_size > 20e6 else checksum(path.read_bytes())
    except OSError:
        return "absent"


def _is_listed(path: Path) -> bool:
    return _is_input(Path(path.name)) and path.suffix != ".ipynb"


def _name(path: Path, root: Path) -> str:
    if path.is_relative_to(PACKAGE):
        return f"reported/{path.relative_to(PACKAGE).as_posix()}"
    return Path(os.path.relpath(path, root)).as_posix() if path.is_relative_to(root) else path.as_posix()


def platform() -> list[str]:
    """Return what results may depend on besides files: system, processor, Python's minor version."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return [
        sys.platform,
        machine,
        sys.implementation.name,
        f"{sys.version_info.major}.{sys.version_info.minor}",
    ]


def installed() -> list[str]:
    """Return installed packages as `name-version.dist-info`: an upgrade is a change like any other."""
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
        # where notebooks' processes keep it, whatever PYTHONPYCACHEPREFIX says to this one
        bytecode = file.parent / "__pycache__" / f"{file.stem}.{sys.implementation.cache_tag}.pyc"
        try:
            if bytecode.stat().st_mtime_ns <= file.stat().st_mtime_ns:
                bytecode.unlink()
        except OSError:
            continue  # there is none, or it cannot be written anew either


def of_report(
    notebooks: Sequence[Path],
    inputs: Sequence[Path],
    root: Path,
    facts: Mapping[str, Any],
    made: Collection[Path],
) -> "tuple[dict[str, str], dict[str, str], str]":
    """Return checksums of the notebooks (in order), of what all depend on, and one over everything public.

    The last is the same for everybody with the same files, kind of machine and settings.
    """
    own = {name: value for path in notebooks for name, value in checksums([path], root).items()}
    shared = checksums([PACKAGE, *inputs], root, made)
    for name in own:
        shared.pop(name, None)
    return own, shared, digest([list(own.items()), shared, facts, platform()])
