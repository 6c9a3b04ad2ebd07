"""Record what a notebook's process reads, from Python's audit events and its questions after files.

Not seen: what other programs open, and libraries that open files without Python. That is opened.py.
"""

import ast
import contextlib
import functools
import importlib.util
import os
import re
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeGuard

_OPENED = {"open": 0, "sqlite3.connect": 0, "ctypes.dlopen": 0, "os.listdir": 0, "os.scandir": 0}
"""Events, with the position of the path in their arguments."""
_ASKED = ("stat", "lstat", "access")
"""Functions of `os` that tell whether a file is there; no event tells of them."""
_SYSTEM = ("/bin", "/dev", "/etc", "/lib", "/opt", "/proc", "/run", "/sys", "/usr", "/var")
_EVERYBODYS = {"", "/tmp"}
"""Folders that libraries list on their way (importlib.resources of Python 3.13), and whose names change all the time."""
_CLOCK = {
    "now",
    "today",
    "utcnow",
    "localtime",
    "gmtime",
    "time.time",
    "time.time_ns",
    "time.strftime",
    "time.ctime",
}
_ENVIRONMENT = {"environ", "getenv"}
_PROGRAMS = {"subprocess", "Popen", "system", "popen", "execv", "spawnv", "posix_spawn"}
_LONGEST_PATH = 1024
_MAGIC = re.compile(r"(?m)^\s*[%!].*")
_SHELL = re.compile(r"(?m)^\s*(?:\w+\s*=\s*)?(?:!|%sx|%%(?:bash|sh|script|!))")


class Reads:
    """Records what this process reads from now on."""

    def __init__(self, root: str, *own: str) -> None:
        self._root = os.path.realpath(root)
        installed = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *own}
        self._not = tuple(f"{os.path.realpath(path)}{os.sep}" for path in installed)
        self._elsewhere = (*_SYSTEM, os.path.realpath(tempfile.gettempdir()))
        self._times: dict[str, int] = {}
        self._asked: set[str] = set()
        self._written: set[str] = set()
        self.network = False
        sys.addaudithook(self._note)
        for name in _ASKED:
            self._listen_to(name)

    def _listen_to(self, function: str) -> None:
        asks: Callable[..., Any] = getattr(os, function)

        @functools.wraps(asks)
        def noted(path: Any, *arguments: Any, **options: Any) -> Any:
            # what displays a page or a picture asks whether its source is the name of a file
            if not isinstance(path, int) and len(name := _spelt(path)) < _LONGEST_PATH and "\0" not in name:
                self._asked.add(name)
            return asks(path, *arguments, **options)

        setattr(os, function, noted)
        for can in (
            os.supports_dir_fd,
            os.supports_fd,
            os.supports_follow_symlinks,
            os.supports_effective_ids,
        ):
            if asks in can:
                can.add(noted)

    def _note(self, event: str, facts: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            self.network = self.network or isinstance(facts[1], tuple)
        elif event == "os.rename":
            self._written.add(_spelt(facts[1]))
        elif event in _OPENED:
            path = facts[_OPENED[event]]
            if isinstance(path, int):
                return
            name = _spelt(os.curdir if path is None else path)
            if "\0" in name:  # the system will refuse it
                return
            flags = facts[2] if event == "open" and isinstance(facts[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR):
                self._written.add(name)
            if not flags & os.O_WRONLY:
                # by another library's hand, it may be opened any number of times
                self._times[name] = self._times.get(name, 0) + (event in {"open", "os.listdir", "os.scandir"})

    @property
    def written(self) -> list[str]:
        """Files that this process wrote."""
        return sorted({os.path.realpath(path) for path in self._written})

    def paths(self) -> dict[str, int]:
        """Return the files and folders that were read, existing or not, and how often each was opened.

        What was only asked after ends in a slash.
        """
        modules = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        opened = [*self._times, *(file for file in modules if isinstance(file, str))]
        asked = self._asked - {*self._times}
        found: dict[str, int] = {}
        for path, end in [*((path, "") for path in opened), *((path, os.sep) for path in asked)]:
            # a link may come to lead elsewhere
            for each in dict.fromkeys([os.path.realpath(path), os.path.normpath(path)]):
                full = source_of(each) + end
                if self._is_input(full):
                    found[full] = found.get(full, 0) + self._times.get(path, 0)
        return found

    def _is_input(self, path: str) -> bool:
        within = is_below(path, self._root)
        parts = Path(os.path.relpath(path, self._root) if within else path).parts
        if any(part.startswith(".") and part != ".." for part in parts if part != "."):
            return False
        if path.rstrip(os.sep) in _EVERYBODYS:
            return False
        if "__pycache__" in parts or path.startswith(self._not) or "-packages" in path:
            return False
        return within or not path.startswith(self._elsewhere)


def _spelt(path: Any) -> str:
    """Return a path in full, links and all."""
    name = os.fsdecode(path)
    try:
        return str(Path.cwd() / name)
    except OSError:  # the working folder is gone
        return name


def is_below(path: str, folder: str) -> bool:
    """True if a path is the folder or in it; both are in full."""
    return path == folder or path.startswith(f"{folder}{os.sep}")


def source_of(path: str) -> str:
    """Return the source that a file of bytecode was made from; any other path as it is.

    >>> source_of("notebooks/__pycache__/helper.cpython-311.pyc")
    'notebooks/helper.py'
    """
    try:
        return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
    except ValueError:
        return path


def not_watched(sources: Iterable[str], network: bool) -> list[str]:
    """Say in words what code reads that no build can watch.

    >>> not_watched(["import datetime", "datetime.date.today()"], network=False)
    ['the clock']
    >>> not_watched(["!date"], network=False)
    ["what other programs find outside the project's folder"]
    """
    names: set[str] = set()
    shell = False
    for source in sources:
        shell = shell or bool(_SHELL.search(source))
        nodes = _nodes(source)
        attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
        names |= {node.attr for node in attributes} | {ast.unparse(node) for node in attributes}
        names |= {node.id for node in nodes if isinstance(node, ast.Name)}
        calls = (node for node in nodes if isinstance(node, ast.Call))
        # np.datetime64("today"), pd.Timestamp("now")
        names |= {
            word.value for call in calls for word in call.args if _is_text(word) and word.value in _CLOCK
        }
    found = {
        "the clock": names & _CLOCK,
        "the environment": names & _ENVIRONMENT,
        "the network": network,
        "what other programs find outside the project's folder": shell or names & _PROGRAMS,
    }
    return [words for words, there in found.items() if there]


def named(sources: Iterable[str], folder: Path) -> list[str]:
    """Return the files that code names, which a library may open unseen; `folder` is where it runs."""
    words = set()
    for source in sources:
        words |= {str(node.value) for node in _nodes(source) if _is_text(node)}
        words |= {word.strip("'\"") for line in _MAGIC.findall(source) for word in line.split()}
    found = []
    for word in words:
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            path = folder / Path(word.removeprefix("file://")).expanduser()
            if len(word) < _LONGEST_PATH and path.is_file():
                found.append(os.path.realpath(path))
    return sorted(found)


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _nodes(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(_MAGIC.sub("", source))))
    except (SyntaxError, ValueError, RecursionError):
        return []
