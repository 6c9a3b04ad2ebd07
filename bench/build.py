"""Where the time of `make report` goes, against a bare script and against stock tools.

    python bench/build.py [--quick]

Everything is measured in a copy of the project in the temporary folder, from a prepared environment with
nothing kept. Times are wall seconds, medians of five runs in turn; beside them CPU seconds of all processes, which
hardly change when something else uses the machine.
"""

import argparse
import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ROOT = HERE.parents[1]
ENTRIES = ("reported", "data", "notebooks", "requirements.txt", "pyproject.toml")
CLEAN_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "", "MPLBACKEND": "agg"}


# ---------------------------------------------------------------- measuring


class Measured:
    """Wall and CPU seconds of one command, and what it printed."""

    def __init__(
        self, command: Sequence[object], cwd: Path, may_fail: bool = False, **environment: str
    ) -> None:
        env = {**os.environ, **CLEAN_ENVIRONMENT, "PYTHONPATH": str(cwd), **environment}
        with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as said:
            begun = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in command], cwd=cwd, env=env, stdout=printed, stderr=said
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - begun
            self.status = process.returncode = os.waitstatus_to_exitcode(status)
            self.cpu = usage.ru_utime + usage.ru_stime + of_orphans()
            printed.seek(0)
            said.seek(0)
            self.printed, self.said = printed.read(), said.read()
        if self.status and not may_fail:
            raise SystemExit(f"{' '.join(map(str, command))}\n{self.said}")


def adopt_orphans() -> None:
    """Have processes that outlive the one that started them become children of this one (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def of_orphans() -> float:
    """CPU seconds of the processes a command left to end by themselves, such as a fork server."""
    seconds = 0.0
    with contextlib.suppress(ChildProcessError):
        while True:
            usage = os.wait4(-1, 0)[2]
            seconds += usage.ru_utime + usage.ru_stime
    return seconds


def median(runs: Sequence[Measured]) -> Measured:
    """The run in the middle."""
    return sorted(runs, key=lambda run: run.wall)[len(runs) // 2]


@contextlib.contextmanager
def project(count: int | None = None) -> Iterator[Path]:
    """A copy of the project, with so many notebooks (repeated under other names where there are fewer)."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder) / "project"  # what is compared with it writes beside it
        root.mkdir()
        for name in ENTRIES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, root / name)
        chapters = sorted((root / "notebooks").glob("*.ipynb"))
        for number in range(len(chapters), count or 0):
            source = chapters[number % len(chapters)]
            shutil.copy(source, source.with_name(f"{number + 1:02d}-again.ipynb"))
        for extra in sorted((root / "notebooks").glob("*.ipynb"))[count:] if count else []:
            extra.unlink()
        subprocess.run([sys.executable, "-m", "compileall", "-q", root / "reported"], check=True)
        yield root


def make(root: Path) -> Measured:
    """`make report` with nothing kept; prints the seconds of its steps as JSON."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    shutil.rmtree(root / "reports", ignore_errors=True)
    return Measured([sys.executable, HERE, "--make", root], root)


def floor(root: Path) -> Measured:
    """The bare script: libraries imported once, the same cells run, the same charts saved."""
    shutil.rmtree(root.parent / "floor", ignore_errors=True)
    return Measured([sys.executable, HERE, "--floor", root], root, MPLCONFIGDIR=str(root.parent / "floor"))


# ---------------------------------------------------------------- what is measured, each in its own process


def run_make(root: Path) -> None:
    """As `python -m reported report`, with its inner clock read."""
    begun = time.perf_counter()
    from reported import __main__ as command
    from reported import press

    outcomes: list[Any] = []
    build = press.build

    def noted(*arguments: Any, **options: Any) -> Any:
        outcomes.append(build(*arguments, **options))
        return outcomes[-1]

    press.build = noted
    sys.argv = ["reported", "report"]
    status = command.run()
    if status or not outcomes:
        raise SystemExit(status or 1)
    print(json.dumps({**outcomes[0].seconds, "inside": time.perf_counter() - begun}))


def run_floor(root: Path) -> None:
    """Run the code cells of all notebooks in this one process and save what they show."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.chdir(root / "notebooks")
    shell: Any = InteractiveShell.instance()  # a cell may be written with a magic
    saved = root.parent / "floor"
    saved.mkdir(exist_ok=True)
    for path in sorted(Path().glob("*.ipynb")):
        shell.reset()
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "code":
                with capture_output() as shown:
                    shell.run_cell("".join(cell["source"])).raise_error()
                for place, output in enumerate(shown.outputs):
                    for mime, data in output.data.items():
                        name = f"{path.stem}-{number}-{place}-{mime.replace('/', '-')}"
                        written = data if isinstance(data, str) else json.dumps(data)
                        (saved / name).write_text(written, "utf-8")


# ---------------------------------------------------------------- stock tools


def stock(root: Path) -> dict[str, Measured | str]:
    """The usual commands over the same notebooks: executed once, then made HTML and PDF; a note where absent."""
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    run = [sys.executable, "-m", "jupyter", "nbconvert", "--log-level=ERROR"]
    out = root.parent / "stock"
    found: dict[str, Measured | str] = {}
    found["execute"] = Measured(
        [*run, "--to", "notebook", "--execute", f"--output-dir={out}", *notebooks], root
    )
    executed = [out / path.name for path in notebooks]
    found["HTML"] = Measured([*run, "--to", "html", *executed], root)
    if shutil.which("chromium") is None:
        found["webpdf"] = "not measured: no chromium here"
    else:
        found["webpdf"] = Measured([sys.executable, HERE, "--webpdf", *executed], root)
    if shutil.which("xelatex") is None:
        found["LaTeX"] = "not measured: no xelatex here"
    else:
        found["LaTeX"] = Measured([*run, "--to", "pdf", *executed], root)
    return found


def run_webpdf(notebooks: Sequence[str]) -> None:
    """`jupyter nbconvert --to webpdf`, with the system's chromium rather than one that is downloaded."""
    from nbconvert.nbconvertapp import main
    from playwright import async_api

    plain = async_api.BrowserType.launch

    async def launch(self: Any, **words: Any) -> Any:
        return await plain(self, **{**words, "executable_path": shutil.which("chromium")})

    async_api.BrowserType.launch = launch  # type: ignore[method-assign]
    main(["--to", "webpdf", "--disable-chromium-sandbox", "--log-level=ERROR", *notebooks])


# ---------------------------------------------------------------- memory


def peak_memory(root: Path) -> float:
    """Largest sum, in MB, of what all processes of one build hold (proportional set sizes)."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    env = {**os.environ, **CLEAN_ENVIRONMENT, "PYTHONPATH": str(root)}
    command = [sys.executable, str(HERE), "--make", str(root)]
    process = subprocess.Popen(
        command, cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(proportional(pid) for pid in tree(process.pid)) / 1024)
        time.sleep(0.03)
    return peak


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in tree(int(child)))]


def proportional(pid: int) -> int:
    """Proportional set size in kB, 0 if the process is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


# ---------------------------------------------------------------- the account


def account(quick: bool) -> None:
    """Print everything."""
    adopt_orphans()
    runs = 1 if quick else 5
    with project() as root:
        in_turn = [(make(root), floor(root)) for _ in range(runs)]  # what disturbs one disturbs the other
        ours, bare = (median(each) for each in zip(*in_turn, strict=True))
        again = median([remake(root) for _ in range(runs)])
        count = len(list((root / "notebooks").glob("*.ipynb")))
        changed = [remake(root, change=number) for number in range(count)]
        memory = peak_memory(root)
        steps = json.loads(ours.printed)
        print(f"{count} notebooks, {os.cpu_count()} processors\n\nstep                     seconds")
        names = {"start": "start (imports)", "export": "both pages"}
        print(f"{'Python starts':24s} {ours.wall - steps.pop('inside'):7.2f}")
        for step, seconds in steps.items():
            print(f"{names.get(step, step):24s} {seconds:7.2f}")
        print(f"\n{'':24s} {'seconds':>7s}   CPU   against ours")
        line("ours, nothing kept", ours.wall, ours.cpu, ours.wall)
        line("bare script", bare.wall, bare.cpu, ours.wall)
        for name, run in (("least", min), ("most", max)):
            found = run(changed, key=lambda each: each.wall)
            line(f"ours, one changed, {name}", found.wall, found.cpu, ours.wall)
        middle = median(changed)
        line("  the median of all", middle.wall, middle.cpu, ours.wall)
        line("ours, nothing changed", again.wall, again.cpu, ours.wall)
        print(f"\nours is {ours.wall / bare.wall:.2f} of the bare script (reach: 1.3)")
        print(f"peak memory {memory:.0f} MB (reach: 500)")
        if not quick:
            compare_stock(root, ours)
    if not quick:
        grow_notebooks((1, 7, 28))


def remake(root: Path, change: int | None = None) -> Measured:
    """`make report` again, after a change to the words of one notebook where `change` names it."""
    if change is not None:
        path = sorted((root / "notebooks").glob("*.ipynb"))[change]
        notebook = json.loads(path.read_text("utf-8"))
        text = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
        text["source"] = ["".join(text["source"]), "\n\nOne sentence more."]
        path.write_text(json.dumps(notebook), "utf-8")
    return Measured([sys.executable, "-m", "reported", "report"], root)


def compare_stock(root: Path, ours: Measured) -> None:
    """Stock pipelines over the same notebooks."""
    print("\nstock tools (one command each for all notebooks)")
    found = stock(root)
    for name, run in found.items():
        if isinstance(run, str):
            print(f"  {name}: {run}")
        else:
            line(f"  nbconvert {name}", run.wall, run.cpu, ours.wall)
    for kind in ("webpdf", "LaTeX"):
        parts = [found["execute"], found["HTML"], found[kind]]
        if all(isinstance(part, Measured) for part in parts):
            whole = sum(part.wall for part in parts if isinstance(part, Measured))
            print(f"  execute, HTML and {kind}: {whole:.1f} s, {whole / ours.wall:.1f} times ours (reach: 6)")


def grow_notebooks(counts: Sequence[int]) -> None:
    """How a build grows with the number of notebooks."""
    print("\nnotebooks       ours      bare    ratio")
    for count in counts:
        with project(count) as root:
            ours, bare = make(root), floor(root)
            print(f"{count:9d} {ours.wall:8.2f} s {bare.wall:7.2f} s {ours.wall / bare.wall:7.2f}")


def line(name: str, wall: float, cpu: float, ours: float) -> None:
    """One line of the account."""
    print(f"{name:24s} {wall:7.2f} {cpu:6.2f} {wall / ours:9.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one run each, ours and the bare script alone")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--webpdf", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.make:
        run_make(chosen.make)
    elif chosen.floor:
        run_floor(chosen.floor)
    elif chosen.webpdf:
        run_webpdf(chosen.webpdf)
    else:
        account(chosen.quick)
