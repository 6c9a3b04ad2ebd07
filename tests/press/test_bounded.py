"""Programs answer in bounded time, or it is said why not; none outlives the process that started it."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

import psutil
import pytest

from reported.press import bounded
from tests.press.test_report import eventually

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs of these tests are POSIX ones")


def shell(script: str) -> bounded.Pool:
    return bounded.Pool(lambda: ["/bin/sh", "-c", script])


def test_one_program_answers_line_after_line() -> None:
    pool = shell("while read x; do echo $$ $x; done")
    one, other = pool.ask(b"one", 10).split(), pool.ask(b"two", 10).split()
    assert (one[1], other[1]) == (b"one", b"two")
    assert one[0] == other[0]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo why >&2; exit 3", "why"),
        ("exit 3", "status 3"),
        ("read x; printf half", "status 0"),
        ("read x; exec sleep 1000", "longer than 0.2 seconds"),
        ("exec sleep 1000", "longer than 0.2 seconds"),
    ],
)
def test_one_that_does_not_answer_ends_and_says_why(script: str, said: str) -> None:
    line = b"x" * (1 << 20 if script.startswith("exec") else 1)  # more than fits in a pipe that nobody reads
    with pytest.raises(bounded.Ended, match=said):
        shell(script).ask(line, 0.2 if "sleep" in script else 10)


def test_whoever_waits_is_released_where_the_work_fails() -> None:
    waiting: list[Any] = []
    idle = shell("exec cat")
    assert idle.ask(b"before", 10) == b"before\n"

    def fail() -> None:
        with bounded.threads(1) as pool:
            waiting.append(pool.submit(shell("read x; exec sleep 1000").ask, b"x", 1000))
            time.sleep(0.1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert isinstance(waiting[0].exception(), bounded.Abandoned)
    assert idle.ask(b"after", 10) == b"after\n"


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_none_outlives_a_process_that_is_killed(signum: int) -> None:
    code = (
        "import threading; from reported.press import bounded\n"
        "pool = bounded.Pool(lambda: ['/bin/sh', '-c', 'echo $$; exec sleep 1000'])\n"
        "with pool.program() as program:\n"
        "    print(program.ask(b'', 10).decode(), end='', flush=True)\n"
        "    program.ask(b'', 1000)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout
    at_work = int(process.stdout.readline())
    assert psutil.pid_exists(at_work)
    os.kill(process.pid, signum)
    process.communicate()
    assert eventually(lambda: not psutil.pid_exists(at_work), 10)
