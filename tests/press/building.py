"""A project built in a process of its own, as a command line does, with stand-ins for the exporters.

`python -m tests.press.building FOLDER [N [SIGNAL]]`: with N the process signals itself (SIGKILL, or that number) just
before its N-th act on a file or a process, and with 0 it counts them.

Nothing that takes time is imported at the top: multiprocessing imports this module again for every notebook.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

_ACTS = {
    "fcntl.flock",
    "os.chmod",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "shutil.rmtree",
    "socket.__new__",
    "socket.bind",
    "subprocess.Popen",
    "tempfile.mkdtemp",
    "tempfile.mkstemp",
}


def signalled_at(act: int, signum: int = signal.SIGKILL) -> list[int]:
    """Signal this process before its act of that number; a list of one number, the acts so far."""
    me, acts = os.getpid(), [0]

    def hook(event: str, facts: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(facts[2], int) and facts[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in _ACTS or writes) and os.getpid() == me:
            acts[0] += 1
            if acts[0] == act:
                os.kill(me, signum)

    sys.addaudithook(hook)
    return acts


def build(folder: Path, *kill: int) -> int:
    """Build the project of a folder; the exit status. With `kill`, acts are counted once all is imported."""
    from reported import press
    from reported.press.builds import report
    from reported.press.read.notebook import import_nbformat

    import_nbformat()
    from tests.press import samples

    report.EXPORTERS.update(samples.STAND_INS)
    acts = signalled_at(*kill) if kill else []
    status = press.explained(lambda: samples.make(folder))
    print(*acts)
    return status


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]), *map(int, sys.argv[2:])))
