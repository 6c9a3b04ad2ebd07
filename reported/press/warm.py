"""A process that has imported everything once and forks itself: into kernels, or to call a function.

Not for deciding what runs (kernels.py talks to it). Started as `python -m reported.press.warm`, it
reads requests as datagrams on its standard input, a socket:

    {"kernel": connection file, "cwd": folder}                  ->  {"started": pid}
    {"call": "module:function", "arguments": [...]}             ->  {"started": pid}, later {"called": pid, …}
    {"signal": number, "pid": pid}
and says {"ready": true} when it has imported all, {"ended": pid, "status": n} whenever a child ends.
When the socket closes or the parent dies it ends all of its children and itself.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from reported.press import kernel
from reported.press.imports import DEBUGGER, GRAMMAR, WithoutSystemFonts, without
from reported.press.process import die_with, ordinary_signals, told

_LONGEST_REQUEST = 65_536


def main(preload: Sequence[str], parent: int) -> None:
    """Import, then serve requests until there is nobody to serve."""
    sys.path.pop(0)  # the folder `-m` puts there; a plain kernel does not have it either
    requests = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what a child prints must not look like a result of the command
    server = Server(requests)
    signal.signal(signal.SIGTERM, server.end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent, signal.SIGTERM)
    gc.disable()
    warm_up(preload)
    gc.collect()
    gc.freeze()  # collections in a child then leave the shared pages alone
    gc.enable()
    server.serve()


# a kernel's own machinery, and what libraries import only once they are used
_MACHINERY = (
    "ipykernel.debugger",
    "ipykernel.displayhook",
    "ipykernel.iostream",
    "ipykernel.kernelapp",
    "ipykernel.subshell_manager",
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.core.pylabtools",
)
_LATE = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "PIL.features",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "pyarrow.pandas_compat",
)


def warm_up(preload: Sequence[str]) -> None:
    """Import the modules, and all of a kernel's own machinery."""
    sys.meta_path.insert(0, WithoutSystemFonts())
    with without(DEBUGGER, GRAMMAR):
        for name in [*_MACHINERY, *preload]:
            with contextlib.suppress(Exception):  # the notebook that imports it will say it better
                importlib.import_module(name)
        for name in _LATE:
            if name.partition(".")[0] in sys.modules:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]  # it attaches itself to the kernel's shell when it is imported: not here


class Server:
    """The requests, and the children that came of them."""

    def __init__(self, requests: socket.socket) -> None:
        self.requests = requests
        self.children: set[int] = set()

    def serve(self) -> None:
        """Answer until the other end is gone."""
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.say({"ready": True})
        while True:
            ready, _, _ = select.select([self.requests, woken], [], [])
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    woken.recv(4096)
                self.reap()
            if self.requests in ready:
                request = b""
                with contextlib.suppress(ConnectionResetError):  # killed with an answer unread
                    request = self.requests.recv(_LONGEST_REQUEST)
                if not request:
                    self.end()
                self.answer(json.loads(request))

    def answer(self, request: dict[str, Any]) -> None:
        if "signal" in request:
            if request["pid"] in self.children:  # not reaped yet, so the number is still its own
                _signal_group(request["pid"], request["signal"])
            return
        parent = os.getpid()
        child = os.fork()
        if not child:
            self.become(parent, request)
        self.children.add(child)
        self.say({"started": child})

    def become(self, parent: int, request: dict[str, Any]) -> NoReturn:
        """In the child: a session of its own, nothing left of the server; then the work asked for."""
        status = 1
        try:
            ordinary_signals()
            os.setsid()
            die_with(parent)
            if "kernel" in request:
                self.requests.close()
                os.chdir(request["cwd"])
                kernel.become(request["kernel"], parent)
                status = 0
            else:
                status = self.call(request["call"], request["arguments"])
        except BaseException as error:
            if not isinstance(error, SystemExit):
                os.write(2, f"{told(error)['message']}\n".encode())
        finally:
            os._exit(status)

    def call(self, reference: str, arguments: Sequence[str]) -> int:
        module, _, name = reference.partition(":")
        said: dict[str, Any] = {"called": os.getpid()}
        try:
            getattr(importlib.import_module(module), name)(*map(Path, arguments))
        except Exception as error:
            said["error"] = told(error)
        self.say(said)
        return 0

    def reap(self) -> None:
        for child in list(self.children):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                self.children.discard(child)
                _signal_group(child, signal.SIGKILL)  # what it started itself
                self.say({"ended": child, "status": os.waitstatus_to_exitcode(status)})

    def say(self, message: dict[str, Any]) -> None:
        try:
            self.requests.send(json.dumps(message).encode())
        except (BrokenPipeError, ConnectionError):
            self.end()

    def end(self, signum: int = 0, frame: FrameType | None = None) -> NoReturn:
        """End every child, and whatever it started, then this process."""
        for child in self.children:
            _signal_group(child, signal.SIGKILL)
        for child in self.children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
        os._exit(0)


def _signal_group(child: int, signum: int) -> None:
    """Signal a child and what it started; the child alone while it has no group of its own yet."""
    for send in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            send(child, signum)
            return


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), int(sys.argv[2]))
