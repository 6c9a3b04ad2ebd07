"""Run notebooks, each in a kernel process of its own, several side by side.

Not for finding, caching or exporting them (report.py), nor for how a kernel process comes about
(kernels.py).

`execute(notebooks, kernels, ...)` takes notebooks read by nbformat and gives each back with its outputs.
A cell that raises, runs too long or takes its kernel down ends the whole run with
`reported.press.content.PressError`, which names notebook, cell and error.
"""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reported.press.kernels import Kernels

_ADDRESS = re.compile(r"((?:<|&lt;)[^<>\n]{1,200}?) at 0x[0-9a-fA-F]{6,16}(?=[\s>&])")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TRACEBACK_LINES = 12


@dataclass(frozen=True)
class Job:
    """One notebook to run: the name used in messages, its folder (the kernel's working folder), its cells."""

    name: str
    folder: Path
    notebook: Any


def execute(
    jobs: Sequence[Job],
    kernels: "Kernels",
    *,
    side_by_side: int,
    timeout: float,
    done: Callable[[Job, float], None],
) -> None:
    """Run all jobs, at most `side_by_side` at once; outputs land in each job's notebook.

    `timeout` is seconds for one cell. `done(job, seconds)` is called as each one ends well.
    Raises PressError for the first notebook that fails; the others are stopped.
    """
    asyncio.run(_execute_all(jobs, kernels, side_by_side, timeout, done))


async def _execute_all(
    jobs: Sequence[Job],
    kernels: "Kernels",
    side_by_side: int,
    timeout: float,
    done: Callable[[Job, float], None],
) -> None:
    waiting = list(reversed(jobs))

    async def work() -> None:
        while waiting:
            job = waiting.pop()
            begun = time.perf_counter()
            await _execute_one(job, kernels, timeout)
            settle(job.notebook)
            done(job, time.perf_counter() - begun)

    workers = [asyncio.ensure_future(work()) for _ in range(min(side_by_side, len(jobs)))]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _execute_one(job: Job, kernels: "Kernels", timeout: float) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
        job.notebook,
        km=kernels.manager(),
        timeout=timeout,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
    )
    client.log.disabled = True
    index = 0
    try:
        await client.async_start_new_kernel(cwd=str(job.folder), env=kernels.environment)
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(job.notebook.cells):
            await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
    except CellExecutionError as error:
        raise _failure(job, index, _last_words(error)) from None
    except CellTimeoutError:
        raise _failure(job, index, f"the cell ran longer than its limit of {timeout:g} seconds") from None
    except (DeadKernelError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "died" not in str(error):
            raise
        raise _failure(job, index, "the kernel died while it ran this cell") from None
    finally:
        if client.km is not None and client.km.has_kernel:
            await client._async_cleanup_kernel()


def _failure(job: Job, index: int, message: str) -> Exception:
    from reported.press.content import PressError

    return PressError(job.name, index + 1, message)


def _last_words(error: Any) -> str:
    """The error itself and the last lines of its traceback, plain and without this machine's paths."""
    lines = _ANSI.sub("", error.traceback).rstrip().splitlines()
    tail = [without_paths(line) for line in lines[-_TRACEBACK_LINES:]]
    return "\n".join([f"{error.ename}: {error.evalue}", *("    " + line for line in tail)])


def without_paths(line: str) -> str:
    """Absolute paths cut down to what says something to a reader: what follows the project or site-packages."""
    line = re.sub(r"(?:/[^\s/:'\"]+)+/site-packages/", "", line)
    line = re.sub(re.escape(str(Path.cwd())) + "/", "", line)
    return re.sub(r"(?:/[^\s/:'\"]+){2,}/(?=[^\s/]+)", "…/", line)


def settle(notebook: Any) -> None:
    """Remove from outputs what differs from run to run: object addresses, timing, the interpreter's patch level."""
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _ADDRESS.sub(r"\1", output["text"])
            for mime, data in output.get("data", {}).items():
                if mime.startswith("text/") and isinstance(data, str):
                    output["data"][mime] = _ADDRESS.sub(r"\1", data)
