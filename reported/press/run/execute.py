"""Run notebooks, each in a process of its own, several at a time. Not for finding, caching or exporting them.

Two ways, which give the same outputs. The quick one needs no kernel: the processes are forked from one that has the
libraries imported already (`multiprocessing`'s fork server; without fork they are started afresh), and an IPython
shell in each runs the cells (shell.py). The other one is nbclient (nbclient_way.py), used where REPORTED_EXECUTE=nbclient
asks for it.
"""

import contextlib
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from reported.press.errors import CellError, PressError
from reported.press.run import orphans
from reported.press.run.normalise import Normaliser

# what a notebook may see of the environment it was started from; the rest could change its results
_PASSED_ON = (
    "PATH",
    "HOME",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "REPORTED_DRAFT",  # whether what is not decided is left out
    "REPORTED_DATA",  # the data folder, where it is not beside the notebooks
    "VIRTUAL_ENV",
    "SYSTEMROOT",
    "USERPROFILE",
    "TEMP",
)
_PASSED_ON_PREFIXES = ("COVERAGE", "COV_")
_START = 120  # seconds beyond a cell's limit that a process may take to begin
_LONGEST_FOLDER = (
    70  # for temporary files: the fork server's socket, whose path has at most 107 bytes, lies in it
)
_GRACE = 10  # seconds that an orphan outlives its cell's time limit


@dataclass
class Job:
    """One notebook to run: its name in messages, the folder it runs in, and its cells (nbformat's notebook).

    Run, it says which files and folders its process read, how often each, and which it wrote, as far as that is seen
    (reads.py; by nbclient it is not), and whether it asked the network.
    """

    name: str
    folder: Path
    notebook: Any
    reads: Mapping[str, int] = field(default_factory=dict)
    written: Sequence[str] = ()
    network: bool = False

    @property
    def code(self) -> list[str]:
        """The source of its code cells."""
        return [cell.source for cell in self.notebook.cells if cell.cell_type == "code"]


@dataclass(frozen=True)
class Settings:
    """Options of a run: seconds for one cell, notebooks at a time, modules to import first, a folder for caches."""

    timeout: float
    at_a_time: int
    preload: Sequence[str]
    cache: Path
    root: Path = Path()
    """The project's folder."""
    stale_after: str = ""
    """Names the code that modules may be preloaded from: with other code, a running fork server is not used again."""
    keep_going: bool = False
    """Run the others if one fails, and name every one that does."""


def execution_mode() -> str:
    """Return how notebooks are run: "quick" or "nbclient"."""
    way = os.environ.get("REPORTED_EXECUTE", "")
    if way not in ("", "quick", "nbclient"):
        raise PressError(f"REPORTED_EXECUTE is {way!r}; it can be quick or nbclient")
    return way or "quick"


def prewarm(settings: Settings) -> bool:
    """Begin to import in the background what notebooks need. `execute` works without it, but later.

    Returns whether other threads may work beside `execute`: where processes are started afresh, it must change the
    environment of this one for a moment, which no thread may read then, least of all in C.
    """
    return execution_mode() == "nbclient" or _context(settings).get_start_method() == "forkserver"


def execute(
    jobs: Sequence[Job], settings: Settings, normalise: Normaliser, done: Callable[[Job, float], None]
) -> None:
    """Run all jobs; the outputs are put into each job's notebook.

    `done(job, seconds)` is called as each ends well. Raises CellError for the first notebook that fails, which names
    the cell; the others are stopped. No process is left behind, also when an exception comes from outside.
    """
    if not jobs:
        return
    with tempfile.TemporaryDirectory(prefix="reported-run-", ignore_cleanup_errors=True) as private:
        if execution_mode() == "nbclient":
            from reported.press.run import nbclient_way

            nbclient_way.execute(jobs, settings, environment(settings.cache), normalise, done)
        else:
            _execute(jobs, settings, Path(private), normalise, done)


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of every notebook, the same wherever and whenever it runs."""
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PASSED_ON or name.startswith(_PASSED_ON_PREFIXES)
    }
    paths = [str(Path(__file__).parents[3]), *passed_on.get("PYTHONPATH", "").split(os.pathsep)]
    return passed_on | {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(path for path in paths if path)),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "IPYTHONDIR": str(cache / "ipython"),
        "OPENBLAS_NUM_THREADS": "1",  # several notebooks share the processors already,
        "OMP_NUM_THREADS": "1",  # and a process with threads does not fork well
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own pool brings a thread along
    }


# ---------------------------------------------------------------- processes

_server: tuple[Sequence[str], Sequence[object]] | None = None
"""The fork server of this process, if one runs: its preloaded modules, and whatever else has to be as it was."""


def _context(settings: Settings) -> Any:
    """Return how to start processes: forked from a warm one if possible, otherwise afresh."""
    global _server
    long = len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER
    if "forkserver" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin" or long:
        return multiprocessing.get_context("spawn")
    # a running server keeps its modules and environment: for others, processes are started afresh
    # (but for fewer modules, and for folders of matplotlib and IPython, which say nothing about what is shown)
    folders = ("MPLCONFIGDIR", "IPYTHONDIR")
    variables = {name: value for name, value in environment(settings.cache).items() if name not in folders}
    wanted = [settings.stale_after, *sorted(variables.items())]
    if not _server:
        from multiprocessing import forkserver

        _server = settings.preload, wanted
        tempfile.gettempdir()  # as the user's environment says, which is replaced for a moment
        multiprocessing.get_context("forkserver").set_forkserver_preload(["reported.press.run.preload"])
        variables = environment(settings.cache) | {"REPORTED_PRELOAD": " ".join(settings.preload)}
        with _environment(variables), _interrupts_held():
            forkserver.ensure_running()
    preloaded, rest = _server
    serves = rest == wanted and set(settings.preload) <= set(preloaded)
    return multiprocessing.get_context("forkserver" if serves else "spawn")


@contextlib.contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Replace this process's environment for a moment, for a process started now to inherit."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment, and from the fork server started now until it ignores it (preload.py).

    It reaches all processes of a terminal, and would end the server's imports with a traceback of its own.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it lets Ctrl-C through as it starts, which is before the server starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _script_apart() -> Iterator[None]:
    """Keep multiprocessing from running the script that builds again in a process started now.

    It imports what was started by name, and without a guard in that script would build within the build.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


class _Running:
    """A notebook's process, seen from here."""

    def __init__(self, job: Job, settings: Settings, private: Path) -> None:
        import nbformat

        context = _context(settings)
        afresh = context.get_start_method() == "spawn"
        self.job = job
        self.begun = self.cell_begun = time.perf_counter()
        self.cell = -1
        self.connection, theirs = context.Pipe()
        private.mkdir()
        self.process = context.Process(
            target=_in_process_afresh if afresh else _in_process,
            args=(
                theirs,
                nbformat.writes(job.notebook),
                str(job.folder),
                str(private),
                settings.timeout + _GRACE,
                str(settings.root),
            ),
            name=job.name,
        )
        around = _environment(environment(settings.cache)) if afresh else contextlib.nullcontext()
        with _at_work_lock, around, _script_apart():
            self.process.start()
            _at_work.add(self.process.pid)
        theirs.close()
        # the fork server, which adopts what outlives its parent; started afresh, a notebook's process has none
        self.server = 0 if afresh else orphans.parent(self.process.pid)

    def ends(self, timeout: float) -> float:
        """Return when its time is up: a cell's limit, or the one for starting at all."""
        return self.cell_begun + timeout + (_START if self.cell < 0 else 0)

    def stop(self) -> None:
        """End the process and whatever it started, which may outlive the process itself."""
        orphans.end_descendants(self.process.pid)
        with contextlib.suppress(
            OSError
        ):  # no such group: nothing is left, or it has not made itself a leader yet
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        with _at_work_lock:
            _at_work.discard(self.process.pid)
            if self.server:
                orphans.end_descendants(self.server, _at_work)
        self.connection.close()


_at_work: set[int] = set()  # the processes of all notebooks that run
_at_work_lock = threading.Lock()


def _in_process(*arguments: Any) -> None:
    """Run a notebook in its process; IPython is imported only there."""
    from reported.press.run import shell

    shell.run(*arguments)


def _in_process_afresh(*arguments: Any) -> None:
    """The same where no fork server adopts what the notebook leaves: its own process does."""
    orphans.adopt()
    _in_process(*arguments)


def _execute(
    jobs: Sequence[Job],
    settings: Settings,
    private: Path,
    normalise: Normaliser,
    done: Callable[[Job, float], None],
) -> None:
    waiting = list(reversed(jobs))
    running: dict[Connection, _Running] = {}
    failures: list[CellError] = []

    def start_next() -> None:
        if waiting:
            one = _Running(waiting.pop(), settings, private / str(len(waiting)))
            running[one.connection] = one

    def failed(one: _Running, failure: CellError) -> None:
        if not settings.keep_going:
            raise failure
        failures.append(failure)
        del running[one.connection]
        one.stop()
        start_next()

    try:
        for _ in range(settings.at_a_time):
            start_next()
        while running:
            limit = min(one.ends(settings.timeout) for one in running.values()) - time.perf_counter()
            for connection in wait(list(running), timeout=max(limit, 0)):
                one = running[connection]  # type: ignore[index]
                try:
                    outputs = _receive(one, normalise)
                except CellError as failure:
                    failed(one, failure)
                    continue
                if outputs is not None:
                    start_next()  # before these are read, which takes as long
                    del running[one.connection]
                    one.stop()
                    _store_outputs(one.job, outputs, normalise)
                    done(one.job, time.perf_counter() - one.begun)
            for one in list(running.values()):
                if time.perf_counter() > one.ends(settings.timeout):
                    message = f"the cell ran longer than its limit of {settings.timeout:g} seconds"
                    if one.cell < 0:
                        message = "its process did not start"
                    failed(one, CellError(one.job.name, one.cell + 1, message))
    finally:
        for one in running.values():
            one.stop()
    if failures:
        raise PressError("\n".join(map(str, failures)))


def _receive(one: _Running, normalise: Normaliser) -> str | None:
    """Receive a message of a notebook's process: its outputs as JSON if it is done. CellError if it failed."""
    try:
        kind, *said = one.connection.recv()
    except (EOFError, OSError):
        one.process.join()
        raise CellError(one.job.name, max(one.cell + 1, 0), _exit_reason(one.process.exitcode)) from None
    if kind == "done":
        return str(said[0])
    if kind == "failed":
        number, name, message, traceback = said
        raise CellError(one.job.name, number + 1, normalise.error(name, message, traceback))
    one.cell, one.cell_begun = said[0], time.perf_counter()
    return None


def _store_outputs(job: Job, outputs: str, normalise: Normaliser) -> None:
    """Put outputs into a job's notebook."""
    from nbformat import from_dict

    done = json.loads(outputs)
    job.reads, job.written, job.network = done["reads"], done["written"], done["network"]
    for cell, (shown, count) in zip(job.notebook.cells, done["cells"], strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = from_dict(shown), count
    normalise.notebook(job.notebook)


def _exit_reason(status: int | None) -> str:
    if status is not None and status < 0:
        with contextlib.suppress(ValueError):
            return f"the cell's process was ended by {signal.Signals(-status).name}"
    return f"the cell's process exited with status {status}"
