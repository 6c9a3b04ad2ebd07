"""Record what a notebook reads, from Python's audit events: files opened, folders listed, modules imported.

Not seen: what other programs open, and libraries that open files without Python.
"""

import ast
import os
import re
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_OPENED = {"open": 0, "sqlite3.connect": 0, "os.listdir": 0, "os.scandir": 0}
"""Events, with the position of the path in their arguments."""
_SYSTEM = ("/bin", "/dev", "/etc", "/lib", "/opt", "/proc", "/run", "/sys", "/usr", "/var")
_CLOCK = {"now", "today", "utcnow", "localtime", "gmtime", "time.time"}
_ENVIRONMENT = {"environ", "getenv"}
_MAGIC = re.compile(r"(?m)^\s*[%!].*")


class Reads:
    """Records what this process reads from now on."""

    def __init__(self, root: str, *own: str) -> None:
        self._root = os.path.realpath(root)
        installed = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *own}
        self._not = tuple(f"{os.path.realpath(path)}{os.sep}" for path in installed)
        self._elsewhere = (*_SYSTEM, os.path.realpath(tempfile.gettempdir()))
        self._paths: dict[str, None] = {}
        self._written: set[str] = set()
        self.network = False
        sys.addaudithook(self._note)

    def _note(self, event: str, facts: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            self.network = self.network or isinstance(facts[1], tuple)
        if event not in _OPENED:
            return
        path = facts[_OPENED[event]]
        if path is None or isinstance(path, int):
            return
        full = os.path.realpath(os.fsdecode(path))
        flags = facts[2] if event == "open" and isinstance(facts[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR):
            self._written.add(full)
        else:
            self._paths[full] = None

    @property
    def written(self) -> list[str]:
        """Files that this process wrote."""
        return sorted(self._written)

    def paths(self) -> list[str]:
        """Files and folders that were read, existing or not, except those that this process wrote."""
        sources = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        modules = [file for file in sources if isinstance(file, str)]
        found = {*self._paths, *map(os.path.realpath, modules)}
        return sorted(path for path in found - self._written if self._is_input(path))

    def _is_input(self, path: str) -> bool:
        within = path.startswith(f"{self._root}{os.sep}") or path == self._root
        parts = Path(os.path.relpath(path, self._root) if within else path).parts
        if any(
            (part.startswith(".") and part != "..") or part == "__pycache__" for part in parts if part != "."
        ):
            return False
        if path.startswith(self._not) or "-packages" in path:
            return False
        return within or not path.startswith(self._elsewhere)


def not_watched(sources: Iterable[str], network: bool) -> list[str]:
    """Say in words what cells read that no build can watch.

    >>> not_watched(["import datetime", "datetime.date.today()"], network=False)
    ['the clock']
    """
    names = set()
    for source in sources:
        try:
            tree = ast.parse(_MAGIC.sub("", source))
        except (SyntaxError, ValueError, RecursionError):
            continue
        attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        names |= {node.attr for node in attributes} | {ast.unparse(node) for node in attributes}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found = {"the clock": names & _CLOCK, "the environment": names & _ENVIRONMENT, "the network": network}
    return [words for words, there in found.items() if there]
