"""What a report is made from, by content: which files count as inputs, and the checksums that tell change.

Not for what a report is made into (place.py). Standard library only: the up-to-date check must start
and answer in a blink, without pandas, Jupyter or anything else installed.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
_DIST_INFO = re.compile(r"^(.+?)-[^-]+\.dist-info$")


@dataclass(frozen=True)
class Stat:
    """How a file looked from outside when it was read; differs if anybody wrote to it since."""

    size: int
    modified: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> "Stat":
        """The stat signature of an existing file (OSError otherwise)."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True)
class Snapshot:
    """Checksums (sha256, hexadecimal) and stat signatures of files, by path relative to the project."""

    checksums: Mapping[str, str]
    stats: Mapping[str, Stat]

    def changed_since(self, root: Path) -> list[str]:
        """Files that were written, replaced or removed after the snapshot, even if changed back again."""
        return [name for name, stat in self.stats.items() if _stat_or_none(root / name) != stat]


def _stat_or_none(path: Path) -> Stat | None:
    try:
        return Stat.of(path)
    except OSError:
        return None


def files_among(root: Path, patterns: Sequence[str | Path]) -> list[Path]:
    """Every file that the paths and globs (relative to root, or absolute) stand for, in a fixed order.

    A folder stands for all files below it. Hidden files, bytecode and editors' backups are left out:
    nothing reads them, and they come and go by themselves.
    """
    found: set[Path] = set()
    for pattern in patterns:
        text = str(pattern)
        if any(sign in text for sign in "*?["):
            matches: Iterable[Path] = root.glob(text)
        else:
            matches = [root / text]
        for match in matches:
            found.update(_files_below(match) if match.is_dir() else [match])
    return sorted(
        path for path in found if _counts(path.relative_to(root) if path.is_relative_to(root) else path)
    )


def _files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _counts(path: Path) -> bool:
    return not (
        any(part.startswith(".") or part == "__pycache__" for part in path.parts)
        or path.suffix in {".pyc", ".pyo"}
        or path.name.endswith("~")
    )


def snapshot(root: Path, paths: Iterable[Path]) -> Snapshot:
    """Read each file once. Stat comes first, so that a write during reading shows as a change later.

    Raises FileNotFoundError for a file that is not there.
    """
    checksums, stats = {}, {}
    for path in paths:
        name = os.path.relpath(path, root).replace(os.sep, "/")
        stats[name] = Stat.of(path)
        checksums[name] = checksum(path.read_bytes())
    return Snapshot(checksums, stats)


def checksum(data: bytes) -> str:
    """sha256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest(facts: Any) -> str:
    """sha256 of any JSON-like value, independent of the order of its keys."""
    return checksum(json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str).encode())


def platform() -> list[str]:
    """What results may depend on beside the files: the system, the processor, Python's minor version."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return [sys.platform, machine, sys.implementation.name, python_version()]


def python_version() -> str:
    """Major and minor, as in 3.11: a patch level changes no result."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def installed(requirements: Path | None) -> list[str]:
    """The pinned distributions that are really installed, as `name-version.dist-info` names.

    A pin says what should be there; this says what is, so that an upgrade by hand is noticed too.
    """
    if requirements is None or not requirements.exists():
        return []
    pinned = {_plain(name) for name in _PINNED.findall(requirements.read_text("utf-8"))}
    found = set()
    for folder in {entry for entry in sys.path if entry.endswith("-packages")}:
        for path in Path(folder).glob("*.dist-info"):
            match = _DIST_INFO.match(path.name)
            if match and _plain(match[1]) in pinned:
                found.add(path.name)
    return sorted(found)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def check_bytecode_by_content(root: Path, names: Iterable[str]) -> None:
    """Have Python tell stale bytecode of these source files by content rather than by time and size.

    Otherwise a source changed within the second, or given its old time back, to the same size would be
    taken for the old one, and its results kept under the checksum of the new one.
    """
    import importlib.util
    import py_compile

    for name in names:
        if not name.endswith(".py"):
            continue
        source = str(root / name)
        bytecode = importlib.util.cache_from_source(source)
        try:
            with Path(bytecode).open("rb") as file:
                if file.read(8)[4:5] == b"\x03":  # PEP 552: bytecode that is checked by hash
                    continue
        except OSError:
            pass
        try:
            py_compile.compile(
                source, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
            )
        except (py_compile.PyCompileError, OSError):
            continue  # importing it will say what is wrong; a folder we cannot write holds no new bytecode
