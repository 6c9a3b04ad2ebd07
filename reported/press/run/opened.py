"""Record which files below a folder are opened, by any program or library, as Linux tells it (inotify(7)).

Not by whom: report.py lays what no notebook's own record explains (reads.py) to all that ran at the time.
"""

import contextlib
import ctypes
import errno
import os
import select
import struct
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path

from reported.press.run.reads import is_below, source_of

_MODIFY, _CLOSE_WRITE, _CLOSE, _OPEN, _MOVED_TO, _CREATE = 0x2, 0x8, 0x10, 0x20, 0x80, 0x100
_CHANGED = _MODIFY | _MOVED_TO | _CREATE
_MASK = _CHANGED | _CLOSE_WRITE | _CLOSE | _OPEN
_OVERFLOW, _IS_FOLDER = 0x4000, 0x4000_0000
_EVENT = struct.Struct("iIII")  # watch, mask, cookie, length of the name that follows
_BUFFER = 1 << 16
_MOST_FOLDERS = 20_000  # to walk more takes seconds


class Opened:
    """Records what is opened below `root` from now on, except in folders that are hidden, installed or `apart`.

    `why_not` says in words why nothing is recorded, if nothing is.
    """

    def __init__(self, root: Path, apart: Collection[Path] = ()) -> None:
        self.why_not = ""
        self._root = os.path.realpath(root)
        self._apart = {os.path.realpath(path) for path in apart}
        self._watched: dict[int, str] = {}
        self._told_above: set[int] = set()  # folders whose opening the folder above tells as well
        self._log: list[tuple[float, int, str]] = []
        self._lock = threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._events = -1
        if sys.platform != "linux":
            self.why_not = "this system does not tell what is opened"
            return
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._events = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        self._end, self._ended = os.pipe()
        try:
            self._check(self._events)
            self._watch(self._root)
            self.receive()
            self._log.clear()  # the walk itself
        except OSError as error:
            self.why_not = error.strerror or str(error)
        else:
            self._listener.start()

    def stop(self) -> None:
        """Stop recording; what was recorded stays."""
        if sys.platform != "linux":
            return
        if self._listener.is_alive():
            os.write(self._ended, b".")
            self._listener.join()
            self.receive()
        for descriptor in (self._events, self._end, self._ended):
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def times(self) -> dict[str, int]:
        """Return how often each file and folder was opened."""
        found: dict[str, int] = {}
        for _, mask, path in self._log:
            if mask & _OPEN:
                found[path] = found.get(path, 0) + 1
        return found

    def between(self, begun: float, ended: float) -> tuple[set[str], set[str]]:
        """Return what was read between two times of `time.perf_counter`, and what of that was changed afterwards."""
        opened, read, changed, made = set(), set(), set(), set()
        for at, mask, path in self._log:
            if at < begun:
                continue
            if mask & _CHANGED:
                if path in read or (at > ended and path in opened):
                    changed.add(path)
                elif at <= ended:
                    made.add(path)
            elif at > ended:
                continue
            elif mask & _OPEN:
                opened.add(path)
            elif mask & _CLOSE or path not in made:  # also what was opened for writing, and not written
                read.add(path)
        return (opened - made) | read, changed

    def _watch(self, top: str) -> None:
        """Watch a folder and those below it, and what symbolic links lead to elsewhere."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            if os.path.realpath(folder) in self._apart or not self._add(folder):
                continue
            entries: list[os.DirEntry[str]] = []
            with contextlib.suppress(OSError), os.scandir(folder) as listed:
                entries += listed
            for entry in entries:
                if entry.name.startswith(".") or entry.name.endswith("-packages"):
                    continue
                if entry.is_symlink() and is_below(os.path.realpath(entry.path), self._root):
                    continue
                is_folder = False
                with contextlib.suppress(OSError):
                    is_folder = entry.is_dir()
                if is_folder:
                    waiting.append(entry.path)
                elif entry.is_symlink():
                    self._add(entry.path)

    def _add(self, path: str) -> bool:
        """Watch one path; False if it is gone or watched already."""
        watch: int = self._libc.inotify_add_watch(self._events, os.fsencode(path), _MASK)
        if watch < 0 and ctypes.get_errno() in {errno.ENOENT, errno.EACCES, errno.ELOOP}:
            return False
        self._check(watch)
        if watch in self._watched:
            return False
        if len(self._watched) == _MOST_FOLDERS:
            raise OSError(errno.ENOSPC, f"the project has more than {_MOST_FOLDERS:,} folders")
        self._watched[watch] = path
        if path != self._root and not Path(path).is_symlink():
            self._told_above.add(watch)
        return True

    def _check(self, result: int) -> None:
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def _listen(self) -> None:
        """Receive events as they come, before the system's queue is full."""
        while self._end not in select.select([self._end, self._events], [], [])[0]:
            self.receive()
            time.sleep(0.005)

    def receive(self) -> None:
        """Receive what the system has told so far."""
        if self._events < 0:
            return
        with self._lock, contextlib.suppress(BlockingIOError):
            while True:
                data = os.read(self._events, _BUFFER)
                now, at = time.perf_counter(), 0
                while at < len(data):
                    watch, mask, _, length = _EVENT.unpack_from(data, at)
                    at += _EVENT.size + length
                    name = data[at - length : at].rstrip(b"\0")
                    self._note(now, watch, mask, os.fsdecode(name))

    def _note(self, now: float, watch: int, mask: int, name: str) -> None:
        if mask & _OVERFLOW:  # some events are lost: whatever is there may have been opened
            for folder in self._watched.values():
                with contextlib.suppress(OSError):
                    self._log += [(now, _OPEN, source_of(entry.path)) for entry in os.scandir(folder)]
        elif name or watch not in self._told_above:
            path = f"{self._watched[watch]}{os.sep}{name}" if name else self._watched[watch]
            source = source_of(path)
            if source == path or not mask & _CHANGED:  # bytecode that is written changes no source
                self._log.append((now, mask, source))
            if mask & _IS_FOLDER and mask & (_CREATE | _MOVED_TO) and not name.startswith("."):
                try:
                    self._watch(path)
                except OSError as error:
                    self.why_not = error.strerror or str(error)
