"""The whole way from notebooks to a report in place: what is out of date, run, merge, export, put in place.

Not for how a notebook runs (execute.py), nor what a page looks like (html.py, pdf.py).

Public:
    Plan(root, notebooks, reports, cache, ...)    what to make, from what
    current(plan) -> bool                         nothing to do? (standard library only)
    build(plan, say) -> Outcome                   make all outputs and put them in place
    render(plan, notebook, to, say)               one notebook alone, to .html or .pdf
    run(plan, say) -> int                         current, build, messages: the exit status for a command line
Errors a user can cause or mend are `Refused` (one clear message) or `reported.press.content.PressError`.
"""

import contextlib
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reported.press import inputs, place
from reported.press.cache import Cache

Say = Callable[[str], None]

_EXPORTERS = {
    ".html": "reported.press.html:HTMLReportExporter",
    ".pdf": "reported.press.pdf:PDFReportExporter",
}
_VERSIONS_SHOWN = ("pandas", "matplotlib", "nbconvert", "typst", "pypandoc_binary")


class Refused(Exception):
    """The report cannot be made, for a reason in one line that is about no single cell."""


@dataclass(frozen=True)
class Plan:
    """What to make, from what. Paths are absolute, or relative to root."""

    root: Path
    notebooks: Sequence[Path]
    """In the order of the chapters."""
    reports: Path
    """Where the outputs go."""
    cache: Path
    """Git-ignored; may be deleted at any time."""
    inputs: Sequence[str] = ()
    """Paths and globs that every notebook depends on: package, data, requirements."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """title, subtitle, authors, language, description."""
    preload: Sequence[str] = ()
    """Modules that kernels find already imported."""
    prepare: str | None = None
    """`module:function`, called with the staging folder; writes the outputs that are no pages."""
    outputs: Sequence[str] = ("report.html", "report.pdf", "figures.csv", "comparisons.csv")
    exporters: Mapping[str, str] = field(default_factory=lambda: dict(_EXPORTERS))
    """Suffix of an output to `module:class` of the exporter that writes it."""
    requirements: Path | None = None
    """The pinned requirements: the versions really installed of these count as an input as well."""
    timeout: float = 120
    """Seconds for one cell."""
    jobs: int = 2
    """Notebooks run side by side."""
    force: bool = False
    """Run everything again, whatever the cache holds."""

    def at(self, path: Path | str) -> Path:
        """The path, absolute."""
        return self.root / path


@dataclass(frozen=True)
class Outcome:
    """What a build did. `seconds` by step: execute, export, …"""

    outputs: Sequence[Path]
    executed: Sequence[str]
    unchanged: Sequence[str]
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class _Inputs:
    """All inputs of one plan as they were at one moment."""

    notebooks: inputs.Snapshot
    shared: inputs.Snapshot
    facts: Mapping[str, Any]
    installed: Sequence[str]

    @classmethod
    def of(cls, plan: Plan) -> "_Inputs":
        return cls(
            notebooks=inputs.snapshot(plan.root, [plan.at(path) for path in plan.notebooks]),
            shared=inputs.snapshot(plan.root, inputs.files_among(plan.root, plan.inputs)),
            facts={
                "document": dict(plan.document),
                "prepare": plan.prepare,
                "outputs": list(plan.outputs),
                "exporters": dict(plan.exporters),
            },
            installed=inputs.installed(plan.at(plan.requirements) if plan.requirements else None),
        )

    @property
    def public(self) -> str:
        """Named in the report: the same for everybody who has the same files and kind of machine."""
        order = list(self.notebooks.checksums.items())
        return inputs.digest([order, self.shared.checksums, self.facts, inputs.platform()])

    @property
    def everything(self) -> str:
        """What the report in place must have been made from to be current here."""
        return inputs.digest([self.public, self.installed])

    def of_execution(self, name: str) -> str:
        """What one executed notebook depends on."""
        return inputs.digest(
            [name, self.notebooks.checksums[name], self.shared.checksums, inputs.platform(), self.installed]
        )

    def of_preparation(self, prepare: str) -> str:
        """What the files written by `prepare` depend on."""
        return inputs.digest([prepare, self.shared.checksums, inputs.platform(), self.installed])


def current(plan: Plan) -> bool:
    """Whether the outputs in place are whole and were made here from exactly these inputs."""
    try:
        stamp = json.loads((plan.at(plan.cache) / "stamp.json").read_bytes())
        if not place.is_whole(plan.at(plan.reports), plan.outputs):
            return False
        return bool(stamp["inputs"] == _Inputs.of(plan).everything)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def build(plan: Plan, say: Say | None = None) -> Outcome:
    """Make every output and put all of them in place; on any failure those in place stay as they are.

    Raises PressError (a cell or a page), Refused, or OSError (disk full, no permission).
    """
    say = say or _to_stderr
    with place.locked(plan.at(plan.cache), say):
        if not plan.force and current(plan):
            return Outcome([plan.at(plan.reports) / name for name in plan.outputs], [], [], {})
        with place.staging(plan.at(plan.cache), plan.at(plan.reports)) as staged:
            return _Build(plan, staged, say).whole()


class _Build:
    """One build: its inputs as first read, where it stages, what it has done so far."""

    def __init__(self, plan: Plan, staged: Path, say: Say) -> None:
        self.plan = plan
        self.staged = staged
        self.say = say
        self.inputs = _Inputs.of(plan)
        self.executions = Cache(plan.at(plan.cache) / "executed")
        self.executed: list[str] = []
        self.unchanged: list[str] = []
        self.seconds: dict[str, float] = {}

    def whole(self) -> Outcome:
        plan = self.plan
        with self._timed("prepare"):
            if plan.prepare:
                _named(plan.prepare)(self.staged)
        names = list(self.inputs.notebooks.checksums)
        with self._timed("execute"):
            notebooks = self.executed_notebooks(names)
        with self._timed("export"):
            merged = merge(names, notebooks, self.metadata())
            for name in plan.outputs:
                if Path(name).suffix in plan.exporters:
                    self.export(merged, self.staged / name)
        with self._timed("place"):
            self.check_inputs_stayed()
            self.put_in_place()
        outputs = [plan.at(plan.reports) / name for name in plan.outputs]
        return Outcome(outputs, self.executed, self.unchanged, self.seconds)

    def executed_notebooks(self, names: Sequence[str]) -> list[Any]:
        """The notebooks with their outputs: from the cache where nothing changed, else run now."""
        import nbformat

        from reported.press import execute, kernels

        found: dict[str, Any] = {}
        jobs = []
        for name in names:
            kept = None if self.plan.force else self.executions.get(self.inputs.of_execution(name))
            if kept is not None:
                found[name] = nbformat.reads(kept.decode("utf-8"), as_version=4)
                self.unchanged.append(name)
                self.say(f"{name}  unchanged")
            else:
                path = self.plan.at(name)
                notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
                jobs.append(execute.Job(name, path.parent, notebook))

        def done(job: "execute.Job", seconds: float) -> None:
            found[job.name] = job.notebook
            self.executed.append(job.name)
            self.say(f"{job.name}  executed in {seconds:.1f} s")

        if jobs:
            with kernels.kernels(self.plan.at(self.plan.cache), self.staged, self.plan.preload) as source:
                execute.execute(
                    jobs, source, side_by_side=self.plan.jobs, timeout=self.plan.timeout, done=done
                )
            self.check_inputs_stayed()
            for job in jobs:
                data = nbformat.writes(job.notebook).encode("utf-8")
                self.executions.put(self.inputs.of_execution(job.name), data)
        self.executions.keep_only({self.inputs.of_execution(name) for name in names})
        return [found[name] for name in names]

    def metadata(self) -> dict[str, Any]:
        """The `reported` metadata of the merged notebook."""
        pages = set(self.plan.exporters)
        return {
            **self.plan.document,
            "shift": 1,
            "footer": footer(self.inputs.public),
            "downloads": [name for name in self.plan.outputs if Path(name).suffix not in pages],
        }

    def export(self, notebook: Any, to: Path) -> None:
        """Write one page with the exporter for its suffix."""
        begun = time.perf_counter()
        size = _export(notebook, self.plan.exporters[to.suffix], self.plan.root, to)
        self.say(f"{to.name}  exported in {time.perf_counter() - begun:.1f} s, {size / 1000:,.0f} kB")

    def check_inputs_stayed(self) -> None:
        """Refuse to keep results of inputs that were written while the kernels read them."""
        changed = self.inputs.shared.changed_since(self.plan.root)
        if changed:
            raise Refused(f"{changed[0]} changed while the report was being made; run it again")

    def put_in_place(self) -> None:
        """All outputs, then the manifest, then the stamp that says they are current here."""
        reports, cache = self.plan.at(self.plan.reports), self.plan.at(self.plan.cache)
        missing = [name for name in self.plan.outputs if not (self.staged / name).is_file()]
        if missing:
            raise Refused(f"{missing[0]} was not made: neither an exporter nor {self.plan.prepare} wrote it")
        facts = {"inputs": self.inputs.public, "versions": versions()}
        place.put_in_place(self.staged, self.plan.outputs, reports, facts)
        stamp = json.dumps({"inputs": self.inputs.everything})
        place.write_whole(cache / "stamp.json", stamp.encode())

    @contextlib.contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - begun


def merge(names: Sequence[str], notebooks: Sequence[Any], metadata: Mapping[str, Any]) -> Any:
    """One notebook of all chapters in order, without the cells meant for a chapter alone (`standalone`).

    Cell ids become `n<chapter>c<cell>`, unique and the same each time; `source_names` in the metadata
    leads from them back to the notebook's file.
    """
    import nbformat

    cells, source_names = [], {}
    for chapter, (name, notebook) in enumerate(zip(names, notebooks, strict=True), 1):
        for number, cell in enumerate(notebook.cells, 1):
            if "standalone" in cell.metadata.get("tags", []):
                continue
            cell = nbformat.from_dict({**cell, "id": f"n{chapter}c{number}"})
            source_names[cell.id] = Path(name).name
            cells.append(cell)
    merged = nbformat.v4.new_notebook(cells=cells)
    merged.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    merged.metadata["language_info"] = {"name": "python"}
    merged.metadata["reported"] = {**metadata, "source_names": source_names}
    return merged


def versions() -> dict[str, str]:
    """The versions that shape the pages, for the manifest and the footer. Python's to its minor version."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": "%d.%d" % sys.version_info[:2]}
    for name in _VERSIONS_SHOWN:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def footer(checksum: str) -> str:
    """One line of Markdown: what the report was made from and with."""
    made_with = ", ".join(f"{name} {number}" for name, number in versions().items())
    return f"Made from inputs `{checksum[:12]}` with {made_with}."


def _export(notebook: Any, exporter: str, folder: Path, to: Path) -> int:
    resources = {"metadata": {"name": to.stem, "path": str(folder)}}
    output, _ = _named(exporter)().from_notebook_node(notebook, resources)
    data = output.encode("utf-8") if isinstance(output, str) else output
    return to.write_bytes(data)


def _named(reference: str) -> Any:
    module, _, name = reference.partition(":")
    return getattr(importlib.import_module(module), name)


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def render(plan: Plan, notebook: Path, to: Path, say: Say | None = None) -> None:
    """Run one notebook and write it alone, as the suffix of `to` says (.html or .pdf)."""
    say = say or _to_stderr
    if to.suffix not in plan.exporters:
        raise Refused(f"{to.name}: a notebook can be rendered to {' or '.join(plan.exporters)}")
    name = os.path.relpath(plan.at(notebook), plan.root)
    single = Plan(**{**plan.__dict__, "notebooks": [plan.at(notebook)]})
    with (
        place.locked(plan.at(plan.cache), say),
        place.staging(plan.at(plan.cache), plan.at(to).parent) as staged,
    ):
        work = _Build(single, staged, say)
        [executed] = work.executed_notebooks([name])
        _export(executed, plan.exporters[to.suffix], plan.at(notebook).parent, staged / to.name)
        os.replace(staged / to.name, plan.at(to))
    say(f"{to.name}  written")


def run(plan: Plan, say: Say | None = None) -> int:
    """Make the report if anything changed; say what happened; return an exit status (0 well, 1 failed)."""
    say = say or _to_stderr
    if not plan.force and current(plan):
        say("reports are up to date")
        return 0
    from reported.press.content import PressError

    try:
        build(plan, say)
    except (PressError, Refused) as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error.strerror or error}: {error.filename or ''}")
        return 1
    return 0
