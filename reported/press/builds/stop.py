"""Turn requests to stop (Ctrl-C, SIGTERM, SIGHUP) into an exception, so that cleanup runs."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_PR_SET_PDEATHSIG = 1


class Stopped(KeyboardInterrupt):
    """The user or the system asked to stop."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"stopped by {signal.Signals(signum).name}")
        self.signum = signum


_postponed: list[int] | None = None  # requests that came while they were put off; None while they are not


@contextlib.contextmanager
def postponed() -> Iterator[None]:
    """Postpone a request to stop until the block ends, for steps that belong together."""
    global _postponed
    _postponed = []
    try:
        yield
    finally:
        asked, _postponed = _postponed, None
    if asked:
        raise Stopped(asked[0])


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped at the first request to stop; further ones are ignored, since cleaning up must not be cut short.

    Outside the main thread, where Python cannot handle signals, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        if _postponed is None:
            raise Stopped(signum)
        _postponed.append(signum)

    before = {each: signal.getsignal(each) for each in _SIGNALS}
    for each, handler in before.items():
        if handler != signal.SIG_IGN:
            signal.signal(each, stop)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def stop_with_make() -> None:
    """Under make on Linux, be signalled when make is killed, since make is what the user started."""
    if sys.platform == "linux" and "MAKELEVEL" in os.environ:
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
