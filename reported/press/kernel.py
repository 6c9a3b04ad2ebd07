"""What a kernel's process does: become an IPython kernel that nobody else can reach.

Not for how the process comes about (kernels.py: forked from a warm one, or started as
`python -m reported.press.kernel CONNECTION_FILE PARENT`).
"""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from reported.press.imports import DEBUGGER, WithoutSystemFonts, without
from reported.press.process import die_with

_SETTINGS = ("--HistoryManager.enabled=False",)


def become(connection_file: str, parent: int) -> None:
    """Be the kernel that a connection file describes, until the process is ended. It ends with `parent`."""
    if "numpy" in sys.modules:
        # `random` reseeds itself in a forked process, numpy's global generator does not
        sys.modules["numpy"].random.seed()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what goes to the streams themselves is captured; no echo on the terminal
        os.dup2(nothing, stream)
    os.close(nothing)
    settings = ["-f", connection_file, *_SETTINGS]
    sys.argv = ["ipykernel_launcher.py", *settings]
    kernelapp: Any = importlib.import_module("ipykernel.kernelapp")
    kernelapp.IOPubThread = _private(kernelapp.IOPubThread)
    app = kernelapp.IPKernelApp.instance(parent_handle=parent)
    app.initialize(settings)
    app.start()


def _private(plain: Any) -> Any:
    """ipykernel's publishing thread, which listens to forked children of the kernel on a local TCP port:
    on a socket in the private folder instead."""
    import zmq
    from zmq.eventloop.zmqstream import ZMQStream

    class PrivateIOPubThread(plain):  # type: ignore[misc]
        def _setup_pipe_in(self) -> None:
            self._pipe_uuid = os.urandom(16)
            self._pipe_place = f"ipc://{os.environ['JUPYTER_RUNTIME_DIR']}/children-{os.getpid()}"
            pipe = self.socket.context.socket(zmq.PULL)
            pipe.linger = 0
            pipe.bind(self._pipe_place)
            self._pipe_in = ZMQStream(pipe, self.io_loop)
            self._pipe_in.on_recv(self._handle_pipe_msg)

        def _setup_pipe_out(self) -> tuple[Any, Any]:
            context = zmq.Context()
            pipe = context.socket(zmq.PUSH)
            pipe.linger = 3000
            pipe.connect(self._pipe_place)
            return context, pipe

    return PrivateIOPubThread


def main(words: Sequence[str]) -> None:
    """Started plainly: as `become`, without what `-m` put on the path."""
    sys.path.pop(0)
    die_with(int(words[1]))
    sys.meta_path.insert(0, WithoutSystemFonts())
    with without(DEBUGGER):
        importlib.import_module("ipykernel.debugger")
    become(words[0], int(words[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
