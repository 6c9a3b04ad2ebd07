"""Run a notebook's cells in an IPython shell that collects their outputs.

Not for starting or ending the process: that is execute.py. Nothing here listens to anybody: cells come with the
start, outputs go back over one pipe.
"""

import asyncio
import contextlib
import faulthandler
import io
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from reported.press.run import orphans
from reported.press.run.reads import Reads

_UNDER = {"stdout": 1, "stderr": 2}


class Outputs:
    """The outputs of the cell that runs, in order. Threads may add to them at any time."""

    def __init__(self) -> None:
        self.list: list[dict[str, Any]] = []
        self._displayed: dict[str, list[dict[str, Any]]] = {}
        self._clear_before_next = False
        self._lock = threading.RLock()
        self._captured: dict[str, Any] = {}

    def begin(self) -> list[dict[str, Any]]:
        """Start a new cell; return its list of outputs, which fills up."""
        with self._lock:
            self.list = []
            self._clear_before_next = False
            return self.list

    def add(self, output: dict[str, Any], display_id: str | None = None) -> None:
        """Add an output after everything printed so far."""
        with self._lock:
            self.drain()
            self._add(output)
            if display_id:
                self._displayed.setdefault(display_id, []).append(output)

    def _add(self, output: dict[str, Any]) -> None:
        if self._clear_before_next:
            self._clear_before_next = False
            self.list.clear()
        self.list.append(output)

    def update(self, data: Mapping[str, Any], metadata: Mapping[str, Any], display_id: str) -> None:
        """Replace the output displayed under an id, in this cell or an earlier one."""
        with self._lock:
            for output in self._displayed.get(display_id, ()):
                output.update(data=dict(data), metadata=dict(metadata))

    def clear(self, wait: bool) -> None:
        """Remove the cell's outputs, now or as soon as another comes."""
        with self._lock:
            self.drain()
            if wait:
                self._clear_before_next = True
            else:
                self.list.clear()

    def write(self, name: str, text: str) -> None:
        """Add printed text."""
        with self._lock:
            self.drain()
            self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        # as nbclient joins them: what is printed between two other outputs is one text for each stream
        for last in reversed([] if self._clear_before_next else self.list):
            if last["output_type"] != "stream":
                break
            if last["name"] == name:
                last["text"] += text
                return
        if text:
            self._add({"output_type": "stream", "name": name, "text": text})

    def capture(self, folder: Path) -> None:
        """Redirect what C code and other processes write to the streams into files."""
        for name, number in _UNDER.items():
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(descriptor, number)
            os.close(descriptor)
            self._captured[name] = (folder / name).open("rb", buffering=0)

    def drain(self) -> None:
        """Add what was written to these files since."""
        for name, file in self._captured.items():
            if data := file.read():
                self._write(name, data.decode("utf-8", "replace"))


class _Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of the notebook."""

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self.name = outputs, name

    encoding = "utf-8"
    errors = "strict"

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self.name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return _UNDER[self.name]


class _Displayed(DisplayPublisher):
    outputs: Outputs

    def publish(  # type: ignore[override]
        self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **other: Any
    ) -> None:
        display_id = (transient or {}).get("display_id")
        if update:
            self.outputs.update(_json(data), _json(metadata or {}), str(display_id))
        else:
            self.outputs.add(
                {"output_type": "display_data", "data": _json(data), "metadata": _json(metadata or {})},
                display_id,
            )

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Result(DisplayHook):
    outputs: Outputs

    def write_output_prompt(self) -> None:
        """None: the notebook keeps the count."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.outputs.add(
            {
                "output_type": "execute_result",
                "data": _json(format_dict),
                "metadata": _json(md_dict or {}),
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        sys.stdout.flush()


def _json(bundle: Any) -> Any:
    """Return a MIME bundle as a notebook file holds it: bytes of pictures in base64."""
    import base64

    def plain(value: Any) -> Any:
        return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)

    return json.loads(json.dumps(bundle, default=plain))


class NotebookShell(InteractiveShell):
    """An IPython shell that collects outputs instead of printing them."""

    displayhook_class = Type(_Result)
    display_pub_class = Type(_Displayed)
    outputs: Outputs

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        # the one private name used here: its docstring says that subclasses may override it
        self.outputs.add(
            {"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        )

    def enable_gui(self, gui: Any = None) -> None:
        """`%matplotlib inline` asks for none; another has no screen here."""

    def ask_exit(self) -> None:
        """`exit` and `quit`: there is nobody to end the session for."""
        raise SystemExit("exit() ends a notebook before its last cell")


def shell() -> NotebookShell:
    """Return this process's shell: the one that the fork server made, or a new one."""
    made: NotebookShell = NotebookShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    return made


def run(connection: Connection, notebook: str, folder: str, private: str, limit: float, root: str) -> None:
    """Run a notebook and send what comes of it: ("cell", index) as each begins, at the end ("done", outputs and what
    was read as JSON), or ("failed", index, name, message, traceback).
    """
    _prepare_process(connection, folder, private)
    outputs = Outputs()
    cells = json.loads(notebook)
    errors_allowed = bool(cells["metadata"].get("allow_errors"))
    outputs.capture(Path(private))
    sys.stdout, sys.stderr = _Stream(outputs, "stdout"), _Stream(outputs, "stderr")
    _Displayed.outputs = _Result.outputs = NotebookShell.outputs = outputs
    ours = shell()
    sys.modules["__main__"] = ours.user_module
    ours.init_ipython_dir(str(Path(private, "ipython")))  # type: ignore[no-untyped-call]
    ours.init_profile_dir(None)  # type: ignore[no-untyped-call]
    reads = Reads(root, private)
    # not in asyncio's debug mode, whatever Python was started with: it would write into the notebook's outputs
    asyncio.run(
        _run_cells(ours, outputs, cells["cells"], connection, limit, errors_allowed, reads), debug=False
    )
    orphans.end_adopted()
    os._exit(0)  # what the notebook left running, such as threads, ends with it


def _prepare_process(connection: Connection, folder: str, private: str) -> None:
    """Make this process the notebook's own: folder, session, streams, random numbers."""
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_parent, args=(connection,), daemon=True).start()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    temporary = Path(private, "tmp")
    try:
        temporary.mkdir()
    except FileNotFoundError:  # the build was stopped before this process ran, and has put its folders away
        os._exit(1)
    os.environ.update(TMPDIR=str(temporary), IPYTHONDIR=str(Path(private, "ipython")))
    tempfile.tempdir = None
    os.chdir(folder)
    sys.path.insert(0, "")
    sys.argv = ["notebook"]
    if "numpy.random" in sys.modules:
        # `random` seeds itself anew in a forked process, numpy's global generator does not
        sys.modules["numpy.random"].seed()


def _end_with_parent(connection: Connection) -> None:
    """Wait until the other end of the pipe is gone, then end with everything that this process started."""
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
    orphans.end_adopted()
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


async def _run_cells(
    shell: NotebookShell,
    outputs: Outputs,
    cells: list[Any],
    connection: Connection,
    limit: float,
    errors_allowed: bool,
    reads: Reads,
) -> None:
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        results: list[tuple[list[Any], int | None]] = []
        for index, cell in enumerate(cells):
            tags = cell["metadata"].get("tags", [])
            source = "".join(cell["source"])
            if cell["cell_type"] != "code":
                results.append(([], None))
                continue
            if not source.strip() or "skip-execution" in tags:
                results.append((cell["outputs"], cell["execution_count"]))
                continue
            connection.send(("cell", index))
            # a cell that never lets Python run again, of a build that is gone, is ended by this
            faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            shown = outputs.begin()
            results.append((shown, shell.execution_count))
            error = await _run_cell(shell, source)
            await asyncio.sleep(0)
            outputs.drain()
            faulthandler.cancel_dump_traceback_later()
            # an object that cannot be displayed is an error as well, though the cell went on
            displayed = next((o for o in reversed(shown) if o["output_type"] == "error"), None)
            if (error or displayed) and not errors_allowed and "raises-exception" not in tags:
                name, message = type(error).__name__, str(error)
                lines = traceback.format_exception(error)
                if displayed:
                    name, message, lines = displayed["ename"], displayed["evalue"], displayed["traceback"]
                connection.send(("failed", index, name, message, "\n".join(lines)))
                return
        done = {
            "cells": results,
            "reads": reads.paths(),
            "written": reads.written,
            "network": reads.network,
        }
        connection.send(("done", json.dumps(done)))


async def _run_cell(shell: NotebookShell, source: str) -> BaseException | None:
    """Run one cell, code that awaits included; its exception, if any, which has been displayed."""
    try:
        transformed, failure = shell.transform_cell(source), None  # type: ignore[no-untyped-call]
    except Exception:
        transformed, failure = source, sys.exc_info()
    result = await shell.run_cell_async(
        source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=failure
    )
    shell.events.trigger("post_execute")
    shell.events.trigger("post_run_cell", result)
    return result.error_before_exec or result.error_in_exec
