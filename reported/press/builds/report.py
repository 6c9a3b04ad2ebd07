"""Build a report from notebooks: run what is out of date, merge, export, publish.

    build(notebooks=["notebooks/01.ipynb"], out="reports", settings={"title": "…"}, inputs=["data"])

`build` makes all notebooks into one report, `render` one notebook into one file. Whether there is anything to do is
told by content (inputs.py), with the standard library alone; the rest is imported when it is needed.
"""

import contextlib
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reported.press.builds import inputs, publish, stop
from reported.press.builds.publish import Cache
from reported.press.errors import PressError

Say = Callable[[str], None]
PathLike = Path | str
EXPORTERS = {
    "html": "reported.press.pages.html:HTMLReportExporter",
    "pdf": "reported.press.pages.pdf:PDFReportExporter",
}
_VERSIONS = {"pandas": "pandas", "matplotlib": "matplotlib", "nbconvert": "nbconvert", "typst": "typst"}


@dataclass(frozen=True)
class Outcome:
    """The outcome of a build. `seconds` by step; empty if the report was current."""

    files: Sequence[Path] = ()
    executed: Sequence[str] = ()
    unchanged: Sequence[str] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """Options of `build` and `render`. Paths are relative to the working folder."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """The document's: title, subtitle, authors, language, description, footer, choice."""
    inputs: Sequence[PathLike] = ()
    """Files and folders whose content matters to the notebooks."""
    name: str = "report"
    formats: Sequence[str] = ("html", "pdf")
    root: PathLike | None = None
    """Messages name files relative to it; by default the folder above the one that is written to."""
    cache: PathLike | None = None
    """May be deleted at any time; by default `.cache` in root."""
    preload: Sequence[str] = ()
    """Modules to import once for all notebooks."""
    fonts: Sequence[PathLike] = ()
    """Font files for scripts in print, before the system's."""
    missing_signs: str = "refuse"
    """If no font has a script: refuse the PDF, or print its characters by their numbers ("number")."""
    timeout: float = 120
    """Seconds for one cell."""
    at_a_time: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    """Notebooks run at a time; more than four would take more memory than they save time."""
    allow_errors: bool = False
    """Show a cell's error and continue with the next cell."""
    saved: bool = False
    """Show the outputs saved in the notebooks; run nothing."""
    keep_going: bool = False
    """Run all notebooks even if one fails, and name every one that does."""
    left_out: Sequence[PathLike] = ()
    """Notebooks in the folder that are not chapters, for a message."""
    force: bool = False
    """Make everything again, whatever is in the cache."""
    before: Callable[[], Mapping[str, Any]] = dict
    """Called before anything is run, where there is anything to do, for settings that follow from the inputs; what it
    raises ends the work."""
    say: Say = lambda line: print(line, file=sys.stderr, flush=True)
    """Called with one line for each notebook and page."""


class _Request:
    """A request: notebooks, folder and options, with absolute paths."""

    def __init__(self, notebooks: Sequence[PathLike], out: PathLike, options: Options) -> None:
        self.notebooks = [Path(path).absolute() for path in notebooks]
        for path in self.notebooks:
            if (name := path.name.encode("utf-8", "replace").decode()) != path.name:
                raise PressError(f"{name}: the name of this notebook is not UTF-8; rename it")
        try:
            Path.home()
        except RuntimeError:  # Jupyter's own modules ask for it as they are imported
            raise PressError("no home folder is known for this user; set HOME to a folder") from None
        self.out = Path(out).absolute()
        self.options = options
        self.inputs = [Path(path).absolute() for path in options.inputs]
        self.root = self.out.parent if options.root is None else Path(options.root).absolute()
        self.cache = self.root / ".cache" if options.cache is None else Path(options.cache).absolute()
        self.say = options.say

    def checksums(self) -> tuple[dict[str, str], dict[str, str], str]:
        """See inputs.of_report."""
        options = self.options
        facts = {
            "settings": dict(options.settings),
            "name": options.name,
            "formats": list(options.formats),
            "saved": options.saved,
            "allow_errors": options.allow_errors,
            "fonts": [inputs.checksum(Path(file).read_bytes()) for file in options.fonts],
            "missing_signs": options.missing_signs,
        }
        return inputs.of_report(self.notebooks, self.inputs, self.root, facts, self.made())

    def made(self) -> set[Path]:
        """Files and folders that builds make, resolved: no inputs, even of a notebook that lists where they are."""
        options, out = self.options, self.out.resolve()
        pages = [f"{options.name}.{form}" for form in options.formats]
        names = [*pages, publish.MANIFEST, *publish.published(out)]
        return {self.cache.resolve(), *(out / name for name in names)}

    @property
    def note(self) -> Path:
        """The file that records on this machine what the report in place was made from."""
        return self.cache / f"made-{inputs.digest(str(self.out))[:12]}.json"


def build(notebooks: Sequence[PathLike], out: PathLike, **options: Any) -> Outcome:
    """Make `out/report.html` and `.pdf` of notebooks, one chapter each, and the CSV files that their rows ask for.

    `options` are the fields of `Options`. On any failure the files in `out` stay as they were. Raises PressError,
    OSError, or stop.Stopped.
    """
    request = _Request(notebooks, out, Options(**options))
    if not request.notebooks:
        raise PressError("there are no notebooks to make a report from")
    with stop.stoppable():
        if not is_current(request):
            with _locked(request):
                # another build may have made it while this one waited
                if not is_current(request):
                    return _Build(request).make()
        request.say("the report is up to date")
        return Outcome()


def render(notebook: PathLike, to: PathLike, **options: Any) -> None:
    """Run one notebook and write it alone, to .html or .pdf as the name says. Options and errors as for `build`."""
    target = Path(to).absolute()
    form = target.suffix.removeprefix(".")
    if form not in EXPORTERS:
        raise PressError(
            f"{target.name}: a notebook can be rendered to {' or '.join('.' + each for each in EXPORTERS)}"
        )
    if not Path(notebook).is_file():
        raise PressError(f"{notebook}: there is no such notebook")
    request = _Request(
        [notebook], target.parent, Options(**{**options, "name": target.stem, "formats": [form]})
    )
    with stop.stoppable(), _locked(request):
        work = _Build(request)
        [executed] = work.saved() if request.options.saved else work.executed()
        work.keep()
        executed.metadata["reported"] = {**executed.metadata.get("reported", {}), **work.settings}
        publish.write(target, work.export(executed, form, Path(notebook).absolute()))


def is_current(request: _Request) -> bool:
    """True if the files in place are whole and were made on this machine from exactly these inputs.

    Always False with `force`.
    """
    if request.options.force:
        return False
    try:
        made = _made(request)
        return bool(
            publish.is_whole(request.out)
            and made["inputs"] == _everything(request.checksums()[2])
            and made["reads"] == inputs.states(made["reads"], request.made())
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _made(request: _Request) -> dict[str, Any]:
    """Return the record of what the report in place was made from; empty if there is none."""
    try:
        made = json.loads(request.note.read_bytes())
        return made if isinstance(made, dict) else {}
    except (OSError, ValueError):
        return {}


def _everything(public: str) -> str:
    return inputs.digest([public, inputs.installed()])


@contextlib.contextmanager
def _locked(request: _Request) -> Iterator[None]:
    """Allow one build of a project at a time; the lock is the system's and ends with the process."""
    from filelock import FileLock, Timeout

    for folder in (request.cache, request.out):  # before notebooks are run, which may list where they lie
        folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(request.cache / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        request.say("waiting for another build of this report")
        lock.acquire()
    try:
        publish.remove_leftovers(request.out)
        publish.remove_leftovers(request.cache / "kept")
        yield
    finally:
        with contextlib.suppress(OSError):
            request.out.rmdir()  # if it is empty: a build that failed leaves nothing
        lock.release()


class _Build:
    """One build: its inputs as first read, and what it has done so far."""

    def __init__(self, request: _Request) -> None:
        self.request = request
        self.own, self.shared, self.public = request.checksums()
        self.names = list(self.own)
        self.kept = Cache(request.cache / "kept")
        self.settings = dict(request.options.settings)
        self.ran: dict[str, Any] = {}
        self.reads: dict[str, dict[str, str]] = {}  # of each notebook, what it read and how that was
        self.written: set[str] = set()
        self.spans: dict[str, tuple[float, float]] = {}  # when each began and ended
        self.exporters: dict[str, Any] = {}
        self.seconds: dict[str, float] = {}
        self.noticed: set[str] = set()

    def make(self) -> Outcome:
        """Make everything and put it in place."""
        request = self.request
        if len(self.names) > 1:
            request.say(f"chapters, in the order of their names: {', '.join(self.names)}")
        if request.options.left_out:
            names = ", ".join(Path(path).name for path in request.options.left_out)
            request.say(f"no chapters, by their names: {names}")
        notebooks = self.saved() if request.options.saved else self.executed()
        with self.timed("merge"):
            from reported.press.read import notebook, rows

            gathered = rows.gather(self.names, notebooks)
            settings = {**self.settings, "downloads": self.downloads(gathered)}
            settings["footer"] = settings.get("footer") or self.footer()
            merged = notebook.merge(self.names, notebooks, settings)
        with self.timed("export"):
            pages = self.exported(merged)
        with self.timed("publish"):
            facts = {"inputs": self.public, "versions": versions()}
            publish.publish(request.out, {**pages, **gathered}, facts)
            publish.write(request.note, self.note())
            self.kept.keep_only({self.key(name) for name in self.names})
        files = [request.out / name for name in (*pages, *gathered, publish.MANIFEST)]
        unchanged = [name for name in self.names if name not in self.ran]
        return Outcome(files, list(self.ran), unchanged, self.seconds)

    def note(self) -> bytes:
        """A record of what the report in place was made from."""
        reads = {path: state for each in self.reads.values() for path, state in each.items()}
        return json.dumps({"inputs": _everything(self.public), "reads": reads}).encode()

    def key(self, name: str) -> str:
        """Return a key of everything that an executed notebook depends on."""
        allowed = self.request.options.allow_errors
        return inputs.digest(
            [name, self.own[name], self.shared, inputs.platform(), inputs.installed(), allowed]
        )

    def executed(self) -> list[Any]:
        """Return the notebooks with outputs: from the cache if nothing changed, otherwise run now.

        While what they import is imported elsewhere, the last settings are asked for.
        """
        request = self.request
        kept = {} if request.options.force else self.usable()
        to_run = [name for name in self.names if name not in kept]
        if to_run:
            self.start(to_run)
        self.settings |= request.options.before()
        from reported.press.read.notebook import import_nbformat

        import_nbformat()
        from nbformat import from_dict

        found = {name: from_dict(data) for name, data in kept.items()}
        for name in found:
            request.say(f"{name}  unchanged")
        while to_run:
            self.run(to_run)
            # what these have written may be what others read
            to_run = [name for name in found if self.reads[name] != self.states(self.reads[name])]
            for name in to_run:
                del found[name]
        return [found.get(name) or self.ran[name] for name in self.names]

    def saved(self) -> list[Any]:
        """Return the notebooks with the outputs saved in them."""
        from reported.press.read import notebook

        self.settings |= self.request.options.before()
        return [
            notebook.read(path.read_bytes(), name, to_run=False)
            for path, name in zip(self.request.notebooks, self.names, strict=True)
        ]

    def usable(self) -> dict[str, Any]:
        """Return the cached notebooks that read nothing that has changed."""
        found = {}
        for name in self.names:
            if data := self.kept.get(self.key(name)):
                kept = json.loads(data)
                if kept["reads"] == self.states(kept["reads"]):
                    found[name], self.reads[name] = kept["notebook"], kept["reads"]
        return found

    def start(self, names: Sequence[str]) -> None:
        """Begin to import what notebooks need in another process."""
        from reported.press.run import execute

        sources = [Path(path) for path in _made(self.request).get("reads", ())]
        inputs.remove_stale_bytecode([*inputs.files_in([inputs.PACKAGE, *self.request.inputs]), *sources])
        execute.prewarm(self.execution(names))

    def execution(self, names: Sequence[str]) -> Any:
        """Return how to run notebooks. A single one imports only what it uses."""
        from reported.press.run.execute import Settings

        options = self.request.options
        return Settings(
            options.timeout,
            options.at_a_time,
            options.preload if len(names) > 1 else (),
            self.request.cache,
            self.request.root,
            inputs.digest({name: sum for name, sum in self.shared.items() if name.endswith(".py")}),
            options.keep_going,
        )

    def run(self, names: Sequence[str]) -> None:
        """Run notebooks, and load the exporters in this process meanwhile."""
        from reported.press import bounded
        from reported.press.run import execute
        from reported.press.run.normalise import Normaliser
        from reported.press.run.opened import Opened

        with self.timed("start"):
            jobs = self.jobs(names)
        threads = execute.prewarm(self.execution(names))
        opened = Opened(self.request.root, [self.request.cache, *self.watched()])

        def done(job: Any, seconds: float) -> None:
            opened.receive()
            ended = time.perf_counter()
            self.spans[job.name] = ended - seconds, ended
            self.ran[job.name] = job.notebook
            self.request.say(f"{job.name}  executed in {seconds:.1f} s")

        try:
            with self.timed("execute"), bounded.threads(1) as pool:
                exporters = (pool.map if threads else map)(loaded, self.request.options.formats)
                execute.execute(jobs, self.execution(names), Normaliser(self.request.root), done)
                self.exporters = dict(zip(self.request.options.formats, exporters, strict=True))
        finally:
            opened.stop()
        self.note_reads(jobs, opened)

    def note_reads(self, jobs: Sequence[Any], opened: Any) -> None:
        """Record what notebooks read, and say what of it no build can watch.

        What was opened more often than they account for was opened by something that they started, or by a library
        without Python: it counts as read by each that ran at the time.
        """
        from reported.press.run.reads import named, not_watched

        accounted = Counter[str]()
        for job in jobs:
            accounted.update(job.reads)
            self.written.update(job.written)
        unaccounted = {path for path, times in opened.times().items() if times > accounted[path]}
        if opened.why_not:
            self.notice(
                f"what other programs read, and libraries without Python, is not watched: {opened.why_not}"
            )
        for job in jobs:
            there, changed = opened.between(*self.spans[job.name])
            reads = {*job.reads, *(there & unaccounted), *named(job.code, job.folder)}
            reads = {path for path in reads if not self.is_known(Path(path))}
            self.reads[job.name] = self.states(reads)
            for path in sorted(changed.intersection(reads).difference(job.written)):
                self.reads[job.name][path] = inputs.UNKNOWN
                name = os.path.relpath(path, self.request.root)
                self.request.say(
                    f"{job.name}  {name} changed after it was read: the next build runs this notebook again"
                )
            modules = (Path(path) for path in reads if path.endswith(".py"))
            sources = [path.read_text("utf-8", "replace") for path in modules if path.is_file()]
            if found := not_watched([*job.code, *sources], job.network):
                self.request.say(
                    f"{job.name}  reads {' and '.join(found)}: changes there make no new report; use --force"
                )

    def keep(self) -> None:
        """Cache the notebooks that were run; PressError if their inputs have changed meanwhile."""
        unchanged = self.request.checksums() == (self.own, self.shared, self.public)
        for name in self.ran:
            before, now = self.reads[name], self.states(self.reads[name])
            changed = {path for path in now if now[path] != before[path] != inputs.UNKNOWN}
            # what notebooks write beside one another is their own; the last state of it is what was read
            unchanged = unchanged and all(path in self.written or Path(path).is_dir() for path in changed)
            self.reads[name] = now | {
                path: inputs.UNKNOWN for path in before if before[path] == inputs.UNKNOWN
            }
        if self.ran and not unchanged:
            raise PressError("the inputs changed while the report was being made; make it again")
        for name, executed in self.ran.items():
            # not as nbformat writes it, which sorts keys: columns of CSV files keep the order they were given
            kept = {"notebook": executed, "reads": self.reads[name]}
            self.kept.put(self.key(name), json.dumps(kept).encode())

    def jobs(self, names: Sequence[str]) -> list[Any]:
        """Return the notebooks to run, from the very bytes whose checksums were taken."""
        from reported.press.read import notebook
        from reported.press.run import execute

        jobs = []
        for path, name in zip(self.request.notebooks, self.names, strict=True):
            if name in names:
                data = path.read_bytes()
                if inputs.checksum(data) != self.own[name]:
                    raise PressError(f"{name} changed while the report was being made; make it again")
                read = notebook.read(data, name)
                if self.request.options.allow_errors:
                    read.metadata["allow_errors"] = True
                jobs.append(execute.Job(name, path.parent, read))
        return jobs

    def states(self, paths: Iterable[str]) -> dict[str, str]:
        """See inputs.states."""
        return inputs.states(paths, self.request.made())

    def is_known(self, path: Path) -> bool:
        """True if a file is watched anyway or made by a build."""
        return inputs.is_made(path, self.request.made()) or any(map(path.is_relative_to, self.watched()))

    def watched(self) -> list[Path]:
        """Return the folders and files whose content counts for every notebook."""
        return [inputs.PACKAGE, *(path.resolve() for path in self.request.inputs)]

    def downloads(self, gathered: Iterable[str]) -> list[str]:
        """Return what a reader of the page can download: the report's other forms, its rows, and files named in settings."""
        name = self.request.options.name
        others = [f"{name}.{form}" for form in self.request.options.formats if form != "html"]
        return [*others, *sorted(gathered), *self.settings.get("downloads", ())]

    def footer(self) -> str:
        """Return what shaped the report in one line of Markdown; not Python, under which pages do not differ."""
        made_with = ", ".join(f"{name} {number}" for name, number in versions().items() if name != "Python")
        return f"Made with the packages {made_with}."

    def exported(self, merged: Any) -> dict[str, bytes]:
        """Make all pages side by side, and cache what was run while the last is made."""
        from reported.press import bounded

        forms = self.request.options.formats
        # before the threads: nbconvert's modules import one another
        self.exporters = self.exporters or {form: exporter(form) for form in forms}
        with bounded.threads(len(forms)) as pool:
            work = [pool.submit(self.export, merged, form, self.request.notebooks[0]) for form in forms]
            wait(work, return_when=FIRST_COMPLETED)
            self.keep()
        pages = {
            f"{self.request.options.name}.{form}": each.result()
            for form, each in zip(forms, work, strict=True)
        }
        for name, data in pages.items():
            self.request.say(f"{name}  exported in {self.seconds[name]:.1f} s, {len(data) / 1000:,.0f} kB")
        return pages

    def export(self, notebook: Any, form: str, path: Path) -> bytes:
        """Make one page. `path` is the notebook's; its pictures are beside it."""
        begun = time.perf_counter()
        resources = {"metadata": {"name": path.stem, "path": str(path.parent)}}
        # without nbconvert's preprocessors, which do nothing unless asked, but check and copy the whole notebook
        found = self.exporters.get(form) or exporter(form)
        found.log = _Notices(self.notice)
        if form == "pdf":
            found.fonts = [str(Path(file).absolute()) for file in self.request.options.fonts]
            found.missing_signs = self.request.options.missing_signs
        output = found.render(notebook, resources)
        data: bytes = output.encode("utf-8") if isinstance(output, str) else output
        self.seconds[f"{self.request.options.name}.{form}"] = time.perf_counter() - begun
        return data

    def notice(self, line: str) -> None:
        """Report once what page and print both notice."""
        if line not in self.noticed:
            self.noticed.add(line)
            self.request.say(line)

    @contextlib.contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Record the seconds that a step takes."""
        begun = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - begun


class _Notices(logging.LoggerAdapter[logging.Logger]):
    """An exporter's log whose warnings go where the build's lines go."""

    def __init__(self, say: Say) -> None:
        super().__init__(logging.getLogger(__name__))
        self.say = say

    def log(self, level: int, msg: object, *args: object, **options: Any) -> None:
        """Report warnings and worse."""
        if level >= logging.WARNING:
            self.say(str(msg) % args if args else str(msg))


def exporter(form: str) -> Any:
    """Import an exporter."""
    from importlib import import_module

    module, _, name = EXPORTERS[form].partition(":")
    return getattr(import_module(module), name)()


def loaded(form: str) -> Any:
    """Return an exporter that has made a page of one cell, so that its templates and imports are loaded."""
    from nbformat import v4

    found = exporter(form)
    found.render(v4.new_notebook(cells=[v4.new_code_cell("pass")]), {})
    return found


def versions() -> dict[str, str]:
    """Return the versions that shape the pages, for manifest and footer; Python's to its minor version."""
    packages = (entry.removesuffix(".dist-info").partition("-") for entry in inputs.installed())
    found = {_VERSIONS[name]: number for name, _, number in packages if name in _VERSIONS}
    return {"Python": inputs.platform()[-1], **found}


def explained(work: Callable[[], object], say: Say | None = None) -> int:
    """Run `build` or `render`, report a failure in one message, and return the exit status.

    0 done; 1 refused or failed; 128 and the signal's number if it was stopped (130 for Ctrl-C).
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    stop.stop_with_make()
    try:
        work()
    except stop.Stopped as stopped:
        say(f"{stopped}; the reports are whole, as they were before or as they are now")
        return 128 + stopped.signum
    except KeyboardInterrupt:
        say("stopped; the reports are whole")
        return 130
    except OSError as error:
        say(_system_error(error))
        return 1
    except PressError as error:
        say(str(error))
        return 1
    return 0


def _system_error(error: OSError) -> str:
    """Say what the system refused, and where."""
    where = error.filename or ""
    with contextlib.suppress(ValueError, TypeError):
        where = Path(where).relative_to(Path.cwd()) if where else ""
    return f"{where}: {error.strerror or error}" if where else str(error.strerror or error)
