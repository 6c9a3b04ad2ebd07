"""How kernel processes come about: forked from a warm process or started plainly, over private sockets.

Not for what runs in them (execute.py). Both ways give the same results; `REPORTED_FORK=0` asks for the
plain one. Nothing of either outlives the `kernels(...)` block, or this process.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported.press.process import Failed, can_fork

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

# what a notebook may see of the environment it was started from; the rest could change its results
_PASSED_ON = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
_PASSED_ON_PREFIXES = ("COVERAGE", "COV_")


def environment(cache: Path, private: Path) -> dict[str, str]:
    """The environment of every kernel: the same wherever and whenever it runs."""
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if name in _PASSED_ON or name.startswith(_PASSED_ON_PREFIXES)
    }
    return passed_on | {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(cache / "fonts"),
        "TMPDIR": str(private / "tmp"),
        "IPYTHONDIR": str(private / "ipython"),  # nobody's start-up files, no history
        "JUPYTER_CONFIG_DIR": str(private / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(private),
        "OPENBLAS_NUM_THREADS": "1",  # several kernels share the processors already,
        "OMP_NUM_THREADS": "1",  # and a process with threads does not fork well
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own pool brings a thread along
    }


_LONGEST_START = 120  # seconds; far more than a busy machine takes


class WarmProcess:
    """The warm process, seen from here: ask it to fork, hear what became of its children."""

    def __init__(self, preload: Sequence[str], folder: Path, env: dict[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "reported.press.warm", json.dumps(list(preload)), str(os.getpid())]
        with theirs:
            self._process = subprocess.Popen(
                command, stdin=theirs.fileno(), cwd=folder, env=env, start_new_session=True
            )
        self.ended: dict[int, int] = {}
        self.called: dict[int, dict[str, Any]] = {}
        self._started: list[int] = []

    def fork(self, request: dict[str, Any]) -> int:
        """The process number of a new child that does what is asked."""
        self._say(request)
        while not self._started:
            self.listen(wait=True)
        return self._started.pop()

    def signal(self, pid: int, signum: int) -> None:
        """Signal a child, and what it started."""
        self._say({"signal": int(signum), "pid": pid})

    def result_of(self, pid: int) -> None:
        """Wait for a function called in a child. Raises Failed with its exception's words."""
        while pid not in self.called and pid not in self.ended:
            self.listen(wait=True)
        if pid not in self.called:
            raise Failed(f"the process ended early (status {self.ended[pid]})", {})
        error = self.called[pid].get("error")
        if error:
            raise Failed(error["message"], error)

    def listen(self, wait: bool = False) -> None:
        """Take in what it has said. Raises Failed when it is gone."""
        while True:
            try:
                said = self._socket.recv(1_000_000, 0 if wait else socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except ConnectionError:
                said = b""
            if not said:
                raise Failed("the process that starts the kernels died", {})
            message = json.loads(said)
            if "started" in message:
                self._started.append(message["started"])
            elif "ended" in message:
                self.ended[message["ended"]] = message["status"]
            elif "called" in message:
                self.called[message["called"]] = message
            wait = False

    def _say(self, request: dict[str, Any]) -> None:
        try:
            self._socket.send(json.dumps(request).encode())
        except ConnectionError:
            raise Failed("the process that starts the kernels died", {}) from None

    def close(self) -> None:
        """End it and all of its children."""
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # stuck in foreign code; its children die with it
            self._process.kill()
            self._process.wait()


class ForkedProcess:
    """A kernel's process with the part of subprocess.Popen's manners that jupyter_client relies on."""

    stdin = stdout = stderr = None

    def __init__(self, warm: WarmProcess, pid: int) -> None:
        self.warm = warm
        self.pid = pid

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        with contextlib.suppress(Failed):
            self.warm.listen()
            return self.warm.ended.get(self.pid)
        return -9  # with the warm process, its children are gone

    def wait(self) -> int:
        """The exit status, once it has ended."""
        while (status := self.poll()) is None:
            time.sleep(0.002)
        return status

    def send_signal(self, signum: int) -> None:
        """Signal it, and what it started."""
        with contextlib.suppress(Failed):
            self.warm.signal(self.pid, signum)


class Kernels:
    """Kernels to be had one by one, and functions called in a process like theirs."""

    def __init__(self, private: Path, folder: Path, env: dict[str, str], warm: WarmProcess | None) -> None:
        self.private = private
        self.folder = folder
        self.environment = env
        self.warm = warm
        self.calls: list[Call] = []
        self._count = 0

    async def start(self, cwd: Path) -> tuple["AsyncKernelManager", Any]:
        """A new kernel at work in `cwd`: its manager and a client connected to it, ready for cells.

        Raises RuntimeError if the kernel dies or takes too long before it is ready.
        """
        manager, client = self._manager(), None
        try:
            await manager.start_kernel(cwd=str(cwd), env=self.environment)
            async with asyncio.timeout(_LONGEST_START):
                while not Path(f"{manager.ip}-{manager.hb_port}").exists():  # bound last
                    await _alive(manager)
                    await asyncio.sleep(0.003)
                client = manager.client()
                client.start_channels(stdin=False, hb=False, control=False)
                client.allow_stdin = False
                await _answering(manager, client)
        except BaseException as error:
            await self.stop(manager, client)
            if isinstance(error, TimeoutError):
                raise RuntimeError(f"no kernel was ready within {_LONGEST_START} seconds") from None
            raise
        return manager, client

    async def stop(self, manager: "AsyncKernelManager", client: Any) -> None:
        """End a kernel at once: all it had to say has been heard."""
        try:
            if manager.has_kernel:
                process: Any = manager.provisioner
                await process.kill()
                await process.wait()
        finally:  # cancelled meanwhile: sockets left open would hold up the process that collects them
            if client is not None:
                client.stop_channels()
            await manager._async_cleanup_resources()

    def _manager(self) -> "AsyncKernelManager":
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager

        self._count += 1
        name = str(self.private / f"k{self._count}")
        manager = AsyncKernelManager(transport="ipc", ip=name, connection_file=f"{name}.json")
        manager.log.disabled = True
        launch = [sys.executable, "-m", "reported.press.kernel", "{connection_file}", str(os.getpid())]
        manager._kernel_spec = KernelSpec(argv=launch, language="python")
        if self.warm:
            manager.provisioner = _forking(self.warm, manager)
        return manager

    def call(self, reference: str, *arguments: str) -> "Call":
        """Begin `module:function` with paths as its arguments in a process like the kernels'; the answer is for `Call.result`."""
        if self.warm:
            call = Call(self.warm, self.warm.fork({"call": reference, "arguments": arguments}))
        else:
            command = [sys.executable, "-c", _CALL, reference, *arguments]
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, cwd=self.folder, env=self.environment, start_new_session=True
            )
            call = Call(process, process.pid)
        self.calls.append(call)
        return call


_CALL = """
import importlib, json, os, pathlib, sys
from reported.press.process import die_with, told
die_with(os.getppid())
sys.path.pop(0)
answer, sys.stdout = sys.stdout, sys.stderr
module, _, name = sys.argv[1].partition(":")
try:
    getattr(importlib.import_module(module), name)(*map(pathlib.Path, sys.argv[2:]))
except Exception as error:
    json.dump(told(error), answer)
    answer.flush()
"""


class Call:
    """A function at work in another process."""

    def __init__(self, of: "WarmProcess | subprocess.Popen[bytes]", pid: int) -> None:
        self._of = of
        self._pid = pid

    def result(self) -> None:
        """Wait for its end. Raises Failed with the words of the exception it raised."""
        if isinstance(self._of, WarmProcess):
            return self._of.result_of(self._pid)
        said, _ = self._of.communicate()
        if said:
            error = json.loads(said)
            raise Failed(error["message"], error)
        if self._of.returncode:
            raise Failed(f"the process ended early (status {self._of.returncode})", {})
        return None

    def stop(self) -> None:
        """End it if it is still at work (the warm process ends its own children)."""
        if not isinstance(self._of, WarmProcess):
            self._of.kill()
            self._of.wait()
            if self._of.stdout:
                self._of.stdout.close()


async def _alive(manager: "AsyncKernelManager") -> None:
    if not await manager._async_is_alive():
        raise RuntimeError("the kernel died as it started")


async def _answering(manager: "AsyncKernelManager", client: Any) -> None:
    """Wait until the kernel answers and what it publishes is heard.

    As jupyter_client's `wait_for_ready`, without the 0.2 s it then listens for leftovers: nbclient knows
    its own messages.
    """
    from queue import Empty

    while True:
        client.kernel_info()
        with contextlib.suppress(Empty):
            reply = await client.shell_channel.get_msg(timeout=1)
            if reply["msg_type"] == "kernel_info_reply":
                await client.iopub_channel.get_msg(timeout=0.2)
                return
        await _alive(manager)


def _forking(warm: WarmProcess, manager: "AsyncKernelManager") -> Any:
    """A provisioner that has the warm process fork the kernel jupyter_client would start."""
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class ForkProvisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            request = {"kernel": manager.connection_file, "cwd": kwargs["cwd"]}
            child: Any = ForkedProcess(warm, warm.fork(request))
            self.process, self.pid, self.pgid, self.cwd = child, child.pid, None, kwargs["cwd"]
            return self.connection_info

        async def wait(self) -> int | None:
            while self.process and await self.poll() is None:
                await asyncio.sleep(0.003)
            self.process = None
            return 0

    return ForkProvisioner(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)


@contextlib.contextmanager
def kernels(cache: Path, private: Path, folder: Path, preload: Sequence[str]) -> Iterator[Kernels]:
    """A source of kernels, warmed up with the modules to preload; gone afterwards, with all of them.

    `private` is a folder for sockets and temporary files that only this user can enter, its path at
    most 80 bytes long (a socket's may have 107); functions are called in `folder`.
    """
    env = environment(cache, private)
    (private / "tmp").mkdir()
    warm = WarmProcess(preload, folder, env) if can_fork() else None
    source = Kernels(private, folder, env, warm)
    try:
        yield source
    finally:
        for call in source.calls:
            call.stop()
        if warm:
            warm.close()
