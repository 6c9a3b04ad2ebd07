"""Run notebooks, each in a kernel process of its own, several side by side.

Not for finding, caching or exporting them (report.py), nor for how a kernel process comes about
(kernels.py).

`execute(notebooks, kernels, ...)` takes notebooks read by nbformat and gives each back with its outputs.
A cell that raises, runs too long or takes its kernel down ends the whole run with
`reported.press.errors.CellError`, which names notebook, cell and error.
"""

import asyncio
import importlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported.press import process
from reported.press.imports import GRAMMAR, without

if TYPE_CHECKING:
    from reported.press.kernels import Kernels

_ADDRESS = re.compile(r"((?:<|&lt;)[^<>\n]{1,200}?) at 0x[0-9a-fA-F]{6,16}(?=[\s>&])")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WHERE = re.compile(r"\s*(Cell In|File |-+>)")
_FEW_LINES = 6


@dataclass(frozen=True)
class Job:
    """One notebook to run: the name used in messages, its folder (the kernel's working folder), its cells."""

    name: str
    folder: Path
    notebook: Any

    @classmethod
    def of(cls, data: bytes, folder: Path, name: str) -> "Job":
        """Read a notebook file's bytes. PressError if they are none, or not in Python."""
        import nbformat

        try:
            written = json.loads(data.decode("utf-8"))
            for number, cell in enumerate(written["cells"], 1):
                cell.setdefault("id", f"c{number}")  # nbformat would draw one at random
            written["nbformat_minor"] = max(5, written["nbformat_minor"])
            notebook = nbformat.reads(json.dumps(written), as_version=4)
            nbformat.validate(notebook)
        except Exception as error:
            raise _failure(name, 0, f"this is no notebook: {error}") from None
        language = notebook.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise _failure(name, 0, f"its language is {language}; only Python is run here")
        return cls(name, folder, notebook)


def execute(
    jobs: Sequence[Job],
    kernels: "Kernels",
    side_by_side: int,
    timeout: float,
    scrub: "Scrub",
    done: Callable[[Job, float], None],
) -> None:
    """Run all jobs, at most `side_by_side` at once; outputs land in each job's notebook.

    `timeout` is seconds for one cell; `scrub` cleans outputs; `done(job, seconds)` is called as each
    one ends well. Raises PressError for the first notebook that fails; the others are stopped.
    """
    process.run_loop(_execute_all, jobs, kernels, side_by_side, timeout, scrub, done)


async def _execute_all(
    jobs: Sequence[Job],
    kernels: "Kernels",
    side_by_side: int,
    timeout: float,
    scrub: "Scrub",
    done: Callable[[Job, float], None],
) -> None:
    waiting = list(reversed(jobs))

    async def work() -> None:
        while waiting:
            job = waiting.pop()
            begun = time.perf_counter()
            await _execute_one(job, kernels, timeout, scrub)
            settle(job.notebook, scrub)
            done(job, time.perf_counter() - begun)

    workers = [asyncio.ensure_future(work()) for _ in range(min(side_by_side, len(jobs)))]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _execute_one(job: Job, kernels: "Kernels", timeout: float, scrub: "Scrub") -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        manager, kernel = await kernels.start(job.folder)
    except RuntimeError as error:
        raise _failure(job.name, 0, str(error)) from None
    client = NotebookClient(
        job.notebook,
        km=manager,
        timeout_func=lambda cell: timeout,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
    )
    client.kc = kernel
    client.log.disabled = True
    index = 0
    try:
        for index, cell in enumerate(job.notebook.cells):
            await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
    except CellExecutionError as error:
        raise _failure(job.name, index + 1, _last_words(error, scrub)) from None
    except CellTimeoutError:
        raise _failure(
            job.name, index + 1, f"the cell ran longer than its limit of {timeout:g} seconds"
        ) from None
    except DeadKernelError:
        task = asyncio.current_task()
        if task and task.cancelling():  # nbclient takes an end from outside for a death of the kernel
            raise asyncio.CancelledError from None
        raise _failure(job.name, index + 1, "the kernel died while it ran this cell") from None
    finally:
        await kernels.stop(manager, kernel)


def _failure(notebook: str, cell_number: int, message: str) -> Exception:
    from reported.press.errors import CellError

    return CellError(notebook, cell_number, message)


def _last_words(error: Any, scrub: "Scrub") -> str:
    """The error itself, then where: the cell's line and the innermost ones, without colours."""
    lines = _ANSI.sub("", error.traceback).splitlines()
    where = [line.strip() for line in lines if _WHERE.match(line)] or lines[-_FEW_LINES:]
    if len(where) > _FEW_LINES:
        where = [*where[:2], "…", *where[-4:]]
    return scrub("\n    ".join([f"{error.ename}: {error.evalue}", *where]))


def settle(notebook: Any, scrub: "Scrub") -> None:
    """Remove what differs from run to run and from machine to machine, in the outputs and around them."""
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        cell.outputs = _streams_first(cell.outputs)
        for output in cell.outputs:
            for name in ("text", "evalue"):
                if name in output:
                    output[name] = scrub(output[name])
            if "traceback" in output:
                output["traceback"] = [scrub(line) for line in output["traceback"]]
            for mime, data in output.get("data", {}).items():
                if mime.startswith("text/") and isinstance(data, str):
                    output["data"][mime] = scrub(data)


def _streams_first(outputs: list[Any]) -> list[Any]:
    """What was printed, before the value of the cell: captured from another process, it may come late."""
    values = [number for number, output in enumerate(outputs) if output["output_type"] == "execute_result"]
    if not values:
        return outputs
    late = [output for output in outputs[values[0] :] if output["output_type"] == "stream"]
    rest = [output for output in outputs[values[0] :] if output["output_type"] != "stream"]
    return [*outputs[: values[0]], *late, *rest]


class Scrub:
    """Cuts from text what only this machine and this run know: folders, addresses of objects, process numbers.

    >>> Scrub(Path("/home/me/project"))("<Axes at 0x7f3b5c0a2f10> /home/me/project/data/figures.csv")
    '<Axes> data/figures.csv'
    """

    def __init__(self, root: Path) -> None:
        packages = {f"{path}/" for path in sys.path if path.endswith("-packages")}
        folders = {f"{root}/", f"{root.resolve()}/", f"{Path(os.__file__).parent}/"} | packages
        home = str(Path.home())
        folders |= {"~" + folder.removeprefix(home) for folder in folders if folder.startswith(home)}
        longest_first = sorted(folders, key=len, reverse=True)
        self._rules = [
            (re.compile(r"/[^\s:]*/ipykernel_\d+/\d+\.py"), "<cell>"),
            (re.compile("|".join(map(re.escape, longest_first))), ""),
            (re.compile(re.escape(home) + r"(?=/)"), "~"),
            (_ADDRESS, r"\1"),
        ]

    def __call__(self, text: str) -> str:
        """The text without them."""
        for pattern, instead in self._rules:
            text = pattern.sub(instead, text)
        return text


def load_jupyter() -> None:
    """Import nbformat, nbclient and nbconvert, in half the usual time."""
    with without(GRAMMAR):
        for name in ("nbformat", "nbclient", "nbconvert.exporters"):
            importlib.import_module(name)
