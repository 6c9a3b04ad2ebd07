"""Run notebooks by nbclient, in Jupyter kernels: the second way of execute.py, which checks the first."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from reported.press.errors import CellError
from reported.press.run.normalise import Normaliser

if TYPE_CHECKING:
    from reported.press.run.execute import Job, Settings


def execute(
    jobs: "Sequence[Job]",
    settings: "Settings",
    environment: Mapping[str, str],
    normalise: Normaliser,
    done: "Callable[[Job, float], None]",
) -> None:
    """As execute.execute."""
    try:
        asyncio.run(_execute(jobs, settings, environment, normalise, done))
    except (
        BaseExceptionGroup
    ) as group:  # the first failure; what came of stopping the others says nothing new
        raise group.exceptions[0] from None


async def _execute(
    jobs: "Sequence[Job]",
    settings: "Settings",
    environment: Mapping[str, str],
    normalise: Normaliser,
    done: "Callable[[Job, float], None]",
) -> None:
    free = asyncio.Semaphore(settings.at_a_time)

    async def work(job: "Job") -> None:
        async with free:
            begun = time.perf_counter()
            await _run(job, settings.timeout, environment, normalise)
            done(job, time.perf_counter() - begun)

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(work(job))


async def _run(job: "Job", timeout: float, environment: Mapping[str, str], normalise: Normaliser) -> None:
    at = -1

    def begun(cell: object, cell_index: int) -> None:
        nonlocal at
        at = cell_index

    client = NotebookClient(
        job.notebook,
        timeout=timeout,
        allow_errors=bool(job.notebook.metadata.get("allow_errors")),
        resources={"metadata": {"path": str(job.folder)}},
        on_cell_start=begun,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
    )
    client.log.disabled = True
    try:
        await client.async_execute(env=dict(environment))
    except CellExecutionError as error:
        raise CellError(
            job.name, at + 1, normalise.error(error.ename, error.evalue, error.traceback)
        ) from None
    except CellTimeoutError:
        raise CellError(
            job.name, at + 1, f"the cell ran longer than its limit of {timeout:g} seconds"
        ) from None
    except DeadKernelError:
        raise CellError(job.name, at + 1, "the process that ran this cell ended") from None
    normalise.notebook(job.notebook)
