"""The whole way from notebooks to a report in place: what is out of date, run, merge, export, put in place.

Not for how a notebook runs (execute.py), nor what a page looks like (html.py, pdf.py).

Public:
    Plan(root, notebooks, reports, cache, ...)    what to make, from what (plan.py)
    current(plan) -> bool                         nothing to do? (standard library only)
    build(plan, say) -> Outcome                   make all outputs and put them in place
    render(plan, notebook, to, say)               one notebook alone, to .html or .pdf
    run(plan, say) -> int                         current, build and messages: an exit status for a command line
    explained(work, say) -> int                   any such work, its errors as one message and exit status
Errors a user can cause or mend are `Refused` (one clear message) and `reported.press.errors.PressError`.
"""

import contextlib
import dataclasses
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported.press import inputs, place, process
from reported.press import rows
from reported.press import notebook as notebook_files
from reported.press.cache import Cache
from reported.press.plan import Inputs, Plan, current, note_made_from

if TYPE_CHECKING:
    from reported.press.kernels import Call, Kernels

__all__ = ["Outcome", "Plan", "Refused", "build", "current", "explained", "render", "run"]

Say = Callable[[str], None]

_VERSIONS_SHOWN = ("pandas", "matplotlib", "nbconvert", "typst", "pypandoc_binary")
_SPELT = {"python": "Python", "typst": "Typst", "pypandoc_binary": "pandoc of pypandoc_binary"}


class Refused(Exception):
    """The report cannot be made, for a reason that is about no single cell."""


@dataclass(frozen=True)
class Outcome:
    """What a build did. `seconds` by step: start, execute (with prepare), merge, each page, place."""

    outputs: Sequence[Path]
    executed: Sequence[str]
    unchanged: Sequence[str]
    seconds: Mapping[str, float]


def build(plan: Plan, say: Say | None = None) -> Outcome:
    """Make every output and put all of them in place; on any failure those in place stay as they are.

    `say` is told one line for each notebook, page and the like; without it they go to stderr.
    Raises PressError (a cell or a page), Refused, OSError (disk full, no permission), or
    process.Stopped (Ctrl-C, SIGTERM).
    """
    say = say or _to_stderr
    reports, cache = plan.at(plan.reports), plan.at(plan.cache)
    outputs = [reports / name for name in plan.outputs]
    if not plan.notebooks:
        raise Refused("there are no notebooks to make a report from")
    with process.stoppable(), place.locked(cache, say):
        if not plan.force and current(plan):  # another process made it while we waited for the lock
            return Outcome(outputs, [], [], {})
        with place.staging(cache, reports) as staged:
            work = _Build(plan, staged, say)
            notebooks = work.executed_notebooks()
            with work.timed("merge"):
                gathered = rows.gather(work.names, notebooks)
                for name in gathered:
                    (staged / name).write_bytes(gathered[name])
                merged = notebook_files.merge(work.names, notebooks, work.metadata())
            work.export(merged, plan.at(plan.notebooks[0]).parent)
            with work.timed("place"):
                work.put_in_place()
            return Outcome(outputs, work.executed, work.unchanged, work.seconds)


def render(plan: Plan, notebook: Path | str, to: Path | str, say: Say | None = None) -> None:
    """Run one notebook and write it alone, to .html or .pdf as the name says. Raises as `build` does."""
    say = say or _to_stderr
    to = plan.at(to)
    if to.suffix not in plan.exporters:
        raise Refused(f"{to.name}: a notebook can be rendered to {' or '.join(plan.exporters)}")
    if not plan.at(notebook).is_file():
        raise Refused(f"{notebook}: there is no such notebook")
    single = dataclasses.replace(plan, notebooks=[notebook], prepare=None, outputs=[to.name])
    cache = plan.at(plan.cache)
    with process.stoppable(), place.locked(cache, say), place.staging(cache, to.parent) as staged:
        work = _Build(single, staged, say)
        [executed] = work.executed_notebooks()
        work.export(executed, plan.at(notebook).parent)
        (staged / to.name).replace(to)


class _Build:
    """One build: its inputs as first read, where it stages, what it has done so far."""

    def __init__(self, plan: Plan, staged: Path, say: Say) -> None:
        self.plan = plan
        self.staged = staged
        self.say = say
        self.inputs = Inputs.of(plan)
        self.names = list(self.inputs.notebooks.checksums)
        self.kept = Cache(plan.at(plan.cache) / "kept")
        self.executed: list[str] = []
        self.unchanged: list[str] = []
        self.seconds: dict[str, float] = {}

    def executed_notebooks(self) -> list[Any]:
        """The notebooks with their outputs: kept ones where nothing changed, the others run now.

        The files that `prepare` writes are fetched or made on the way.
        """
        found = {name: kept for name in self.names if (kept := self.fetch("notebook", name))}
        prepared = {name: kept for name in self.plan.prepared if (kept := self.fetch("prepared", name))}
        for name, data in prepared.items():
            (self.staged / name).write_bytes(data)
        for name in found:
            self.unchanged.append(name)
            self.say(f"{name}  unchanged")
        to_run = [name for name in self.names if name not in found]
        to_prepare = bool(self.plan.prepare) and (not prepared or len(prepared) < len(self.plan.prepared))
        if to_run or to_prepare:
            found |= self.run(to_run, to_prepare)
        else:
            self.import_exporters()
        import nbformat

        return [nbformat.reads(found[name].decode("utf-8"), as_version=4) for name in self.names]

    def fetch(self, kind: str, name: str) -> bytes | None:
        """A result kept from an earlier build with the same inputs."""
        return None if self.plan.force else self.kept.get(self.inputs.key_of(kind, name))

    def run(self, names: Sequence[str], to_prepare: bool) -> dict[str, bytes]:
        """Run notebooks and `prepare` side by side, and keep the results for the next build."""
        from reported.press import kernels

        plan, shared = self.plan, self.inputs.shared
        inputs.check_bytecode_by_content(plan.root.absolute(), shared.checksums)
        sockets = (self.staged / place.SOCKETS).readlink()
        with kernels.kernels(plan.at(plan.cache), sockets, plan.root.absolute(), plan.preload) as source:
            with self.timed("start"):
                self.import_exporters()  # while the kernels' process imports what it needs
                call = self.begin(source) if to_prepare else None
            with self.timed("execute"):
                results = self.run_with(source, names, call)
        changed = shared.changed_since(plan.root.absolute())
        if changed:  # the kernels may have read either
            raise Refused(f"{changed[0]} changed while the report was being made; make it again")
        for name, data in results.items():
            self.kept.put(self.inputs.key_of("notebook", name), data)
        for name in plan.prepared if call else []:
            if (self.staged / name).is_file():
                self.kept.put(self.inputs.key_of("prepared", name), (self.staged / name).read_bytes())
        return results

    def run_with(self, source: "Kernels", names: Sequence[str], call: "Call | None") -> dict[str, bytes]:
        """Run the notebooks; then hear how `prepare` fared, whose refusal explains theirs."""
        import nbformat

        from reported.press import execute

        def done(job: execute.Job, seconds: float) -> None:
            self.executed.append(job.name)
            self.say(f"{job.name}  executed in {seconds:.1f} s")

        try:
            jobs = [
                execute.Job.of(self.notebook_as_read(name), self.plan.at(name).parent, name) for name in names
            ]
            scrub = execute.Scrub(self.plan.root)
            execute.execute(jobs, source, self.plan.jobs, self.plan.timeout, scrub, done)
        except process.Failed as error:
            raise Refused(str(error)) from None
        except Exception:
            self.finish(call)
            raise
        self.finish(call)
        return {job.name: nbformat.writes(job.notebook).encode("utf-8") for job in jobs}

    def notebook_as_read(self, name: str) -> bytes:
        """The notebook whose checksum was taken, and no later one: its results are kept under that."""
        data = self.plan.at(name).read_bytes()
        if inputs.checksum(data) != self.inputs.notebooks.checksums[name]:
            raise Refused(f"{name} changed while the report was being made; make it again")
        return data

    def begin(self, source: "Kernels") -> "Call":
        """Start `prepare`."""
        try:
            return source.call(str(self.plan.prepare), str(self.staged))
        except process.Failed as error:
            raise Refused(str(error)) from None

    def finish(self, call: "Call | None") -> None:
        """Hear how `prepare` fared."""
        if call is None:
            return
        try:
            call.result()
        except process.Failed as error:
            raise Refused(str(error)) from None
        self.say(f"{', '.join(self.plan.prepared)}  written")

    def import_exporters(self) -> None:
        """Import what merging and exporting need, once, before the processes that export are forked."""
        from reported.press.execute import load_jupyter

        load_jupyter()
        for name in self.plan.pages:
            _named(self.plan.exporters[Path(name).suffix])
        import nbformat

        # compiles the schema that every exporter checks against
        nbformat.validate(nbformat.v4.new_notebook(), relax_add_props=True)

    def metadata(self) -> dict[str, Any]:
        """The `reported` metadata of the merged notebook."""
        return {
            **self.plan.document,
            "shift": 1,
            "footer": footer(self.inputs.public),
            "downloads": self.plan.prepared,
        }

    def export(self, notebook: Any, folder: Path) -> None:
        """Write all pages from one executed notebook, side by side. `folder` is where its images lie."""
        begun = time.perf_counter()
        work = {}
        try:
            for name in self.plan.pages:
                exporter = self.plan.exporters[Path(name).suffix]
                work[name] = _aside(_export, notebook, exporter, str(folder), str(self.staged / name))
            for name, export in work.items():
                seconds, size = export.result()
                self.seconds[name] = seconds
                self.say(f"{name}  exported in {seconds:.1f} s, {size / 1000:,.0f} kB")
        except process.Failed as error:
            raise _export_error(error) from None
        finally:
            for export in work.values():
                export.stop()
        self.seconds["export"] = time.perf_counter() - begun

    def put_in_place(self) -> None:
        """All outputs, then the manifest, then the note that says they are current here."""
        missing = [name for name in self.plan.outputs if not (self.staged / name).is_file()]
        if missing:
            raise Refused(f"{missing[0]} was not made: {self.plan.prepare} did not write it")
        facts = {"inputs": self.inputs.public, "versions": versions()}
        place.put_in_place(self.staged, self.plan.outputs, self.plan.at(self.plan.reports), facts)
        note_made_from(self.plan, self.inputs)
        of_notebooks = {self.inputs.key_of("notebook", name) for name in self.names}
        self.kept.keep_only(
            of_notebooks | {self.inputs.key_of("prepared", name) for name in self.plan.prepared}
        )

    @contextlib.contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Note the seconds a step takes, and begin none when asked to stop."""
        process.heed()
        begun = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - begun


def versions() -> dict[str, str]:
    """The versions that shape the pages, for the manifest and the footer. Python's to its minor version."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": inputs.python_version()}
    for name in _VERSIONS_SHOWN:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def footer(checksum: str) -> str:
    """One line of Markdown: what the report was made from and with."""
    made_with = ", ".join(f"{_SPELT.get(name, name)} {number}" for name, number in versions().items())
    return f"Made from inputs `{checksum[:12]}` with {made_with}."


def _export(notebook: Any, exporter: str, folder: str, to: str) -> tuple[float, int]:
    """Write one page; the seconds it took and its size in bytes."""
    from traitlets.config import Config

    begun = time.perf_counter()
    resources = {"metadata": {"name": Path(to).stem, "path": folder}}
    # nbconvert's own preprocessors do nothing unless asked, but check the whole notebook after each
    config = Config({"Exporter": {"default_preprocessors": []}})
    output, _ = _named(exporter)(config=config).from_notebook_node(notebook, resources)
    size = Path(to).write_bytes(output.encode("utf-8") if isinstance(output, str) else output)
    return time.perf_counter() - begun, size


class _Inline:
    """Stands for process.Aside where there is no fork: the work is done when its result is asked for."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._function, self._arguments = function, arguments

    def result(self) -> Any:
        return self._function(*self._arguments)

    def stop(self) -> None:
        pass


def _aside(function: Callable[..., Any], *arguments: Any) -> "process.Aside | _Inline":
    return (process.Aside if process.can_fork() else _Inline)(function, *arguments)


def _export_error(error: process.Failed) -> Exception:
    """The exporter's own exception again, after its way from another process."""
    from reported.press.errors import CellError

    facts = error.facts.get("facts", {})
    if error.facts.get("kind") == "CellError":
        return CellError(facts["notebook"], facts["cell_number"], facts["message"])
    if "errno" in error.facts:
        return OSError(error.facts["errno"], str(error))
    return Refused(str(error))


def _named(reference: str) -> Any:
    module, _, name = reference.partition(":")
    return getattr(importlib.import_module(module), name)


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def run(plan: Plan, say: Say | None = None) -> int:
    """Make the report if anything changed, say what happened, return an exit status (see `explained`)."""
    say = say or _to_stderr
    with process.stoppable():
        if not plan.force and current(plan):
            say("the report is up to date")
            return 0
    return explained(lambda: build(plan, say), say)


def explained(work: Callable[[], object], say: Say | None = None) -> int:
    """Do the work; say in one message what went wrong, if anything; return the exit status.

    0 well; 1 refused or failed; 128 and the signal's number if it was stopped (130 for Ctrl-C).
    """
    say = say or _to_stderr
    process.end_with_make()
    try:
        work()
    except process.Stopped as stopped:
        say(f"{stopped}; the reports are whole, as they were before or as they are now")
        return 128 + stopped.signum
    except KeyboardInterrupt:
        say("stopped; the reports are whole")
        return 128 + signal.SIGINT
    except OSError as error:
        say(_system_error(error))
        return 1
    except Exception as error:
        from reported.press.errors import PressError

        if not isinstance(error, Refused | PressError):
            raise
        say(str(error))
        return 1
    return 0


def _system_error(error: OSError) -> str:
    """What the system refused and where, in one line; the path relative to here where it can be."""
    where = "".join(f": {os.path.relpath(name)}" for name in [error.filename] if isinstance(name, str))
    return f"the report was not made, and the one in place is untouched: {error.strerror or error}{where}"
