"""End whatever a notebook started, even if it left its process group and its parent, as a daemon does.

On Linux alone; elsewhere, where the build itself is killed, and where one process builds in several environments, so that
notebooks are started without the fork server, a daemon stays. Not for the notebook's own group: that is execute.py.
"""

import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Make this process, the fork server, adopt its descendants that lose their parent.

    Python has no such call of its own. The server warns of children that it has not started itself.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        warnings.filterwarnings("ignore", "forkserver: waitpid")


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
