"""Programs that the press leaves work to, each bounded: in time by whoever asks, in memory by limits of its own.

They answer one line with one line, so that starting them is paid for once. None outlives this process: an idle one
ends as its input is closed; one at work is killed, by a guard if this process itself was killed.
Not for running notebooks: that is run/.
"""

import atexit
import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

_GUARD = [
    "/bin/sh",
    "-c",
    'while read -r now; do last=$now; done; [ -z "$last" ] || kill -9 $last 2>/dev/null',
]
"""Reads which programs are running, and kills the last it read of when its input ends."""
_ANSWERS = 200  # after so many a program is replaced, whatever memory it keeps


class Ended(Exception):
    """A program ended before it answered, or was ended because it took too long. The text says which."""


class Abandoned(Exception):
    """Nobody waits for an answer any more."""


class Program:
    """A running program that answers lines."""

    def __init__(self, command: Sequence[str]) -> None:
        self.answered = 0
        self.ended = False
        self.spent = False  # replaced rather than asked again
        self._said = b""
        with _lock:
            if _abandoned:
                raise Abandoned
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=os.sep,  # nothing beside a notebook is found by a relative path
                # a folder that can be written to, which the user's TMPDIR need not be
                env={**os.environ, "TMPDIR": tempfile.gettempdir()},
            )
            _running.append(self)
            _tell_guard()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """The answer to a line. Raises Ended or Abandoned."""
        assert self.process.stdin
        assert self.process.stdout
        late = threading.Event()

        def kill() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write(line + b"\n")
                self.process.stdin.flush()
            answer = self.process.stdout.readline()
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            self.answered += 1
            return answer
        status = self.end()
        if _abandoned:
            raise Abandoned
        said = self._said.decode("utf-8", "replace").strip().partition("\n")[0]
        raise Ended(
            f"it took longer than {seconds:g} seconds" if late.is_set() else said or f"status {status}"
        )

    def _listen(self) -> None:
        assert self.process.stderr
        while data := self.process.stderr.read1(4096):  # type: ignore[attr-defined]
            self._said = (self._said + data)[:2000]

    def end(self) -> int:
        """End it, whatever it is doing; its status."""
        self.process.kill()
        status = self.process.wait()
        self._listening.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe
            with contextlib.suppress(OSError):
                pipe.close()
        with _lock:
            if self in _running:
                _running.remove(self)
                _tell_guard()
        return status


class Pool:
    """Programs of one kind, as many as are at work at a time."""

    def __init__(self, command: Callable[[], Sequence[str]]) -> None:
        self._command = command
        self._idle: list[Program] = []

    @contextlib.contextmanager
    def program(self) -> Iterator[Program]:
        """An idle one, or a new one; it is idle again afterwards, unless something went wrong."""
        found = next(iter(self._alive()), None) or Program(self._command())
        try:
            yield found
        except BaseException:
            found.end()
            raise
        if found.answered < _ANSWERS and not found.spent:
            self._idle.append(found)
        else:
            found.end()

    def _alive(self) -> Iterator[Program]:
        """Take idle programs until one has not been ended meanwhile."""
        while self._idle:
            found = self._idle.pop()
            if found.process.poll() is None and not found.ended:
                yield found
            else:
                found.end()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """The answer of one of them. Raises Ended or Abandoned."""
        with self.program() as found:
            return found.ask(line, seconds)


# ---------------------------------------------------------------- all of them

_lock = threading.RLock()
_running: list[Program] = []
_abandoned = False
_guard: "subprocess.Popen[bytes] | None" = None


def _tell_guard() -> None:
    """Tell the guard what to kill if this process is killed; it is started with the first program."""
    global _guard
    if os.name != "posix":
        return
    if _guard is None or _guard.poll() is not None:
        _guard = subprocess.Popen(_GUARD, stdin=subprocess.PIPE, cwd=os.sep, start_new_session=True)
    assert _guard.stdin
    with contextlib.suppress(OSError):
        _guard.stdin.write((" ".join(str(one.process.pid) for one in _running) + "\n").encode())
        _guard.stdin.flush()


@contextlib.contextmanager
def threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """Threads for a block; if it fails, the programs they wait for are ended, so that the threads end too."""
    global _abandoned
    try:
        with ThreadPoolExecutor(count) as pool:
            try:
                yield pool
            except BaseException:
                with _lock:
                    _abandoned = True
                    for one in _running:
                        one.ended = True
                        one.process.kill()
                raise
    finally:
        _abandoned = False


@atexit.register
def _end_all() -> None:
    for one in list(_running):
        one.end()
    if _guard is not None and _guard.stdin:
        _guard.stdin.close()
        _guard.wait()
