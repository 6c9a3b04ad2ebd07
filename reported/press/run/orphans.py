"""End whatever a notebook started, even if it left its process group and its parent, as a daemon does.

On Linux alone. A daemon stays elsewhere, and where the build itself is killed or, for a notebook that was started without the
fork server, where its process ends by `os._exit` or a crash. Not for the notebook's own group: that is execute.py.
"""

import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_adopter = 0


def adopt() -> None:
    """Make this process adopt its descendants that lose their parent.

    It is the fork server or, where there is none, the notebook's own process.

    Python has no such call of its own. The server warns of children that it has not started itself.
    """
    if sys.platform == "linux":
        import ctypes

        global _adopter
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        _adopter = os.getpid()
        warnings.filterwarnings("ignore", "forkserver: waitpid")


def end_adopted() -> None:
    """End what this process has adopted, if it adopts; a process forked from it does not."""
    if _adopter == os.getpid():
        end_descendants(_adopter)


def parent(pid: int) -> int:
    """Return a process's parent, or 0 if it is unknown."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(_stat(pid)[1])
    return 0


def end_descendants(pid: int, spared: Collection[int] = ()) -> None:
    """End a process's descendants, except for some children and theirs."""
    while found := list(_descendants(pid, spared)):
        for each in found:
            with contextlib.suppress(OSError):
                os.kill(each, signal.SIGKILL)


def _descendants(pid: int, spared: Collection[int]) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                if child not in spared:
                    yield from _descendants(child, ())
                    with contextlib.suppress(OSError):
                        if _stat(child)[0] not in "ZX":  # not ended already
                            yield child


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
