"""Processes that end when they should: children that die with their parent, a build that stops when told to.

Not for kernels in particular (kernels.py, warm.py). Standard library only.
"""

import contextlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1
_LONGEST_MESSAGE = 100_000  # characters; a datagram must fit the socket's buffer (about 200 kB)


def can_fork() -> bool:
    """Whether warm processes may be forked here: on Linux, unless REPORTED_FORK=0.

    Elsewhere system libraries do not survive a fork (macOS), or there is none (Windows).
    """
    return sys.platform == "linux" and os.environ.get("REPORTED_FORK", "1") != "0"


def die_with(parent: int, signum: int = signal.SIGKILL) -> None:
    """Have the system send this process a signal when its parent ends, however that ends.

    Only Linux can; elsewhere nothing happens. `parent` is the process expected to be the parent: if
    it ended before this call, this process ends at once.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def end_with_make() -> None:
    """Under make, be told to stop when make is killed; it is what the user started."""
    if "MAKELEVEL" in os.environ:
        die_with(os.getppid(), signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The user or the system asked for an end: Ctrl-C, SIGTERM, SIGHUP."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"stopped by {signal.Signals(signum).name}")
        self.signum = signum


_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Asked:
    """The signal that asked for an end, if one did; and what to do then instead of raising `Stopped`."""

    signum: int | None = None
    instead: Callable[[], object] | None = None


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals that ask for an end into `Stopped`, so that everything is cleaned up on the way out.

    A second signal during that is ignored: cleaning takes a moment and must not be cut short.
    Does nothing outside the main thread, where Python cannot handle signals.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        for each in _STOPPING:
            signal.signal(each, signal.SIG_IGN)
        _Asked.signum = signum
        if _Asked.instead is None:
            raise Stopped(signum)
        _Asked.instead()

    try:
        before = {signum: signal.signal(signum, stop) for signum in _STOPPING}
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        _Asked.signum = None
        for signum, handler in before.items():
            signal.signal(signum, handler)


def heed() -> None:
    """Raise `Stopped` if an end was asked for: what was raised at the time may have got lost in a callback."""
    if _Asked.signum is not None:
        raise Stopped(_Asked.signum)


def run_loop(function: Callable[..., Awaitable[None]], *arguments: Any) -> None:
    """`function(*arguments)` in an event loop; a signal that asks for an end cancels it, then is `Stopped`.

    Raised inside the loop, at whatever line was at work, it would end in the hands of libraries that keep
    exceptions for later.
    """
    import asyncio

    async def cancellable() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        _Asked.instead = lambda: loop.call_soon_threadsafe(task.cancel)
        heed()
        try:
            await function(*arguments)
        finally:
            _Asked.instead = _nothing

    _Asked.instead = _nothing
    try:
        asyncio.run(cancellable())
    except asyncio.CancelledError:
        heed()
        raise
    finally:
        _Asked.instead = None
    heed()


def _nothing() -> None:
    """What a signal does while a loop begins and ends: it is heeded right behind it."""


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back the signals that ask for an end, for a few milliseconds that belong together."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ordinary_signals() -> None:
    """In a forked child: undo the parent's signal handling."""
    for signum in _STOPPING:
        signal.signal(signum, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


class Failed(Exception):
    """An exception in a child process: the words to show for it, and what it carried."""

    def __init__(self, message: str, facts: dict[str, Any]) -> None:
        super().__init__(message)
        self.facts = facts


def told(error: BaseException) -> dict[str, Any]:
    """An exception as JSON-like facts. One that speaks for itself is told as it speaks; of one that
    shows a fault of the program (KeyError, TypeError, …) the kind and the last line reached are named."""
    message = str(error)
    if (
        isinstance(error, LookupError | TypeError | AttributeError | NameError | AssertionError)
        or not message
    ):
        last = traceback.extract_tb(error.__traceback__)[-1:]
        where = "".join(f" ({Path(frame.filename).name}, line {frame.lineno})" for frame in last)
        message = f"{type(error).__name__}: {message}{where}"
    facts = {
        name: value for name, value in vars(error).items() if isinstance(value, str | int | float | None)
    }
    told = {"kind": type(error).__name__, "message": message[:_LONGEST_MESSAGE], "facts": facts}
    return told | ({"errno": error.errno} if isinstance(error, OSError) else {})


class Aside:
    """A function at work in a forked child of this process; `result()` waits for it.

    The child dies with this process. It may return what JSON can hold.
    """

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent = os.getpid()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.pid = os.fork()
        if not self.pid:
            _in_child(parent, theirs, function, arguments)
        theirs.close()
        self._socket = ours

    def result(self) -> Any:
        """What the function returned; Failed if it raised or the child was killed."""
        try:
            said = self._socket.recv(4 * _LONGEST_MESSAGE + 10_000)
        finally:
            self._socket.close()
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        if not said:
            raise Failed(f"the process ended early ({_how(status)})", {})
        answer = json.loads(said)
        if "error" in answer:
            raise Failed(answer["error"]["message"], answer["error"])
        return answer["value"]

    def stop(self) -> None:
        """End the child if it is still at work."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self._socket.close()
            self.pid = 0


def _in_child(parent: int, answer: socket.socket, function: Callable[..., Any], arguments: Any) -> NoReturn:
    status = 1
    try:
        ordinary_signals()
        for signum in _STOPPING:  # they reach the whole group; the parent decides, and this one dies with it
            signal.signal(signum, signal.SIG_IGN)
        die_with(parent)
        try:
            said = {"value": function(*arguments)}
        except Exception as error:
            said = {"error": told(error)}
        answer.send(json.dumps(said).encode())
        status = 0
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else f"status {code}"
