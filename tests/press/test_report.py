"""The report is made from what changed, put in place whole, and nothing is lost or left whatever happens."""

import contextlib
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from reported.press import inputs, place, report
from reported.press.content import PressError
from reported.press.plan import Plan
from tests.press import samples

ROOT = Path(__file__).parents[2]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of two chapters; afterwards no process works there and nothing temporary lies about."""
    root = tmp_path / "project"
    samples.write_project(root)
    monkeypatch.setattr(tempfile, "tempdir", None)
    with tempfile.TemporaryDirectory(prefix="t-") as temporary:
        monkeypatch.setattr(tempfile, "tempdir", temporary)
        monkeypatch.setenv("TMPDIR", temporary)
        yield root
        assert eventually(lambda: not processes_in(root)), processes_in(root)
        assert eventually(lambda: not temporary_files(root)), temporary_files(root)
        assert eventually(lambda: not list(Path(temporary).iterdir())), list(Path(temporary).iterdir())


def processes_in(root: Path) -> list[str]:
    """Processes that work in the project's folders or name it in their command."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            line = " ".join(process.cmdline())
            inside = Path(process.cwd()).is_relative_to(root) or str(root) in line
            if inside and process.status() != psutil.STATUS_ZOMBIE:
                found.append(f"{process.pid} {line}")
    return found


def temporary_files(root: Path) -> list[str]:
    """What should not be there once all is done."""
    lasting = {"lock", "kept", "fonts", "made-from.json"}
    of_cache = [path.name for path in (root / ".cache").glob("*") if path.name not in lasting]
    return [*of_cache, *(path.name for path in (root / "reports").glob(".*"))]


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes to hold; for what other processes do in their own time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def make(root: Path, **changes: Any) -> tuple[report.Outcome, list[str]]:
    """Make the report here; the outcome and the lines said."""
    said: list[str] = []
    return report.build(samples.plan_of(root, **changes), said.append), said


def start(root: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    """Make the report in a process (and a group) of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.press.samples", str(root), *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def contents(root: Path) -> dict[str, bytes]:
    """The files in reports/."""
    return {path.name: path.read_bytes() for path in sorted((root / "reports").iterdir()) if path.is_file()}


def change_data(root: Path, text: str = "name,value\nd,4\n") -> None:
    (root / "data" / "values.csv").write_text(text)


# what is made


def test_all_outputs_are_made_and_the_manifest_is_theirs(project: Path) -> None:
    outcome, said = make(project)
    names = ["report.html", "report.pdf", "values.csv"]
    assert [path.name for path in outcome.outputs] == names
    assert sorted(contents(project)) == sorted([*names, "manifest.json"])
    manifest = json.loads(contents(project)["manifest.json"])
    assert manifest["outputs"] == {name: inputs.checksum(contents(project)[name]) for name in names}
    assert sorted(outcome.executed) == ["notebooks/01-chapter.ipynb", "notebooks/02-chapter.ipynb"]
    for each in (*outcome.executed, "report.html", "report.pdf", "values.csv"):
        assert any(each in line for line in said)


def test_chapters_are_merged_in_order_without_what_is_meant_for_one_alone(project: Path) -> None:
    samples.write_notebook(
        project / "notebooks" / "01-chapter.ipynb",
        [("markdown", "# One"), ("code", "'the rows it cites'"), ("code", "'kept'")],
        tags={1: ["standalone"]},
    )
    make(project)
    merged = nbformat.from_dict(json.loads(contents(project)["report.html"]))
    nbformat.validate(merged)
    assert [cell["id"] for cell in merged["cells"]] == ["n1c1", "n1c3", "n2c1", "n2c2", "n2c3"]
    facts = merged["metadata"]["reported"]
    assert facts["source_names"]["n2c1"] == "02-chapter.ipynb"
    assert (facts["title"], facts["shift"], facts["downloads"]) == ("Values", 1, ["values.csv"])
    assert json.loads(contents(project)["manifest.json"])["inputs"][:12] in facts["footer"]


def test_one_notebook_alone_keeps_what_is_meant_for_it(project: Path) -> None:
    path = samples.write_notebook(
        project / "notebooks" / "03-more.ipynb", [("code", "'rows'")], tags={0: ["standalone"]}
    )
    report.render(samples.plan_of(project), path, project / "reports" / "03-more.html", lambda line: None)
    [cell] = json.loads((project / "reports" / "03-more.html").read_text())["cells"]
    assert cell["outputs"][0]["data"]["text/plain"] == "'rows'"


@pytest.mark.parametrize(
    ("notebook", "to", "message"),
    [
        (
            "notebooks/01-chapter.ipynb",
            "reports/x.docx",
            r"x\.docx: a notebook can be rendered to \.html or \.pdf",
        ),
        ("notebooks/none.ipynb", "reports/x.pdf", r"notebooks/none\.ipynb: there is no such notebook"),
    ],
)
def test_what_cannot_be_rendered_is_told(project: Path, notebook: str, to: str, message: str) -> None:
    with pytest.raises(report.Refused, match=message):
        report.render(samples.plan_of(project), notebook, to)


def test_same_inputs_same_bytes_wherever_and_whoever(project: Path, tmp_path: Path) -> None:
    cells = [
        ("code", "import os; print({'a', 'b', 'c', 'd'}, hash('x'), os.environ.get('LC_ALL'))"),
        ("code", "object()"),
        ("code", "import time; print(time.strftime('%Z', time.localtime(0)))"),
    ]
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", cells)
    elsewhere = tmp_path / "another place, longer than the first"
    shutil.copytree(project, elsewhere)
    first = start(project, TZ="UTC", HOME=str(tmp_path), PYTHONHASHSEED="1", LC_ALL="C")
    second = start(
        elsewhere, TZ="Asia/Tokyo", HOME="/", PYTHONHASHSEED="2", LC_ALL="uk_UA.UTF-8", REPORTED_FORK="0"
    )
    assert [process.communicate() and process.returncode for process in (first, second)] == [0, 0]
    assert contents(project) == contents(elsewhere)


# what is made again


def test_with_nothing_changed_there_is_nothing_to_do(project: Path) -> None:
    make(project)
    assert report.current(samples.plan_of(project))
    said: list[str] = []
    before = {path: path.stat().st_mtime_ns for path in (project / "reports").iterdir()}
    assert report.run(samples.plan_of(project), said.append) == 0
    assert said == ["the report is up to date"]
    assert before == {path: path.stat().st_mtime_ns for path in (project / "reports").iterdir()}


def test_the_check_that_nothing_changed_needs_the_standard_library_alone(project: Path) -> None:
    make(project)
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.press.samples import plan_of\n"
        "from reported.press.report import current\n"
        f"plan = plan_of(Path({str(project)!r}))\n"
        "print(current(plan), *{name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert sorted(done.stdout.split()) == ["True", "__main__", "reported", "tests"]


def test_an_untouched_copy_with_other_timestamps_is_current(project: Path) -> None:
    make(project)
    for path in [*project.glob("data/*"), *project.glob("notebooks/*")]:
        os.utime(path, (0, 0))
    assert report.current(samples.plan_of(project))


def change_a_notebook(root: Path) -> None:
    samples.write_notebook(root / "notebooks" / "01-chapter.ipynb", samples.plain_chapter(7))


def change_data_and_put_its_time_back(root: Path) -> None:
    path = root / "data" / "values.csv"
    before = path.stat()
    path.write_text(path.read_text().replace("3", "4"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (change_a_notebook, ["notebooks/01-chapter.ipynb"]),
        (change_data_and_put_its_time_back, ["notebooks/01-chapter.ipynb", "notebooks/02-chapter.ipynb"]),
        (
            lambda root: (root / "data" / "new.csv").touch(),
            ["notebooks/01-chapter.ipynb", "notebooks/02-chapter.ipynb"],
        ),
        (lambda root: (root / "notebooks" / "02-chapter.ipynb").unlink(), []),
        (lambda root: (root / "reports" / "report.pdf").unlink(), []),
        (lambda root: (root / "reports" / "report.html").write_text("edited"), []),
        (lambda root: (root / "reports" / "manifest.json").write_text("{"), []),
        (lambda root: (root / ".cache" / "made-from.json").write_bytes(b"\x00"), []),
    ],
    ids=["notebook", "data", "new file", "one less", "output gone", "output edited", "manifest", "note"],
)
def test_what_changed_is_made_again_and_no_more(
    project: Path, change: Callable[[Path], object], again: list[str]
) -> None:
    make(project)
    change(project)
    assert not report.current(samples.plan_of(project))
    outcome, _ = make(project)
    assert sorted(outcome.executed) == again
    assert report.current(samples.plan_of(project))
    fresh = project.with_name("fresh")
    shutil.copytree(project, fresh, ignore=shutil.ignore_patterns(".cache", "reports"))
    make(fresh)
    assert contents(fresh) == contents(project)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-10], lambda data: b"", lambda data: data[:80] + b"x" + data[81:]]
)
def test_a_damaged_result_is_not_used(project: Path, damage: Callable[[bytes], bytes]) -> None:
    make(project)
    before = contents(project)
    for path in (project / ".cache" / "kept").iterdir():
        path.write_bytes(damage(path.read_bytes()))
    (project / "reports" / "report.html").unlink()
    outcome, _ = make(project)
    assert len(outcome.executed) == 2
    assert contents(project) == before


def test_forced_everything_is_made_again(project: Path) -> None:
    make(project)
    outcome, _ = make(project, force=True)
    assert len(outcome.executed) == 2


def test_kept_results_do_not_pile_up(project: Path) -> None:
    for number in range(3):
        change_data(project, f"name,value\na,{number}\n")
        make(project)
    assert len(list((project / ".cache" / "kept").iterdir())) == 3  # two notebooks, one prepared file


def test_results_of_data_that_changed_meanwhile_are_neither_shown_nor_kept(project: Path) -> None:
    source = "path = '../data/values.csv'\ntext = open(path).read()\nopen(path, 'w').write(text)"
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", source)])
    with pytest.raises(report.Refused, match=r"data/values\.csv changed while the report was being made"):
        make(project)
    assert not list((project / ".cache").glob("kept/*"))
    assert not contents(project)


def test_a_notebook_saved_meanwhile_is_not_kept_as_the_one_before(project: Path) -> None:
    plan = samples.plan_of(project)
    staged = project / "staged"
    staged.mkdir()
    work = report._Build(plan, staged, lambda line: None)
    change_a_notebook(project)
    assert work.notebook_as_read("notebooks/02-chapter.ipynb")
    with pytest.raises(report.Refused, match=r"01-chapter\.ipynb changed while the report was being made"):
        work.notebook_as_read("notebooks/01-chapter.ipynb")


def test_a_report_of_no_notebooks_is_refused(project: Path) -> None:
    with pytest.raises(report.Refused, match="no notebooks"):
        make(project, notebooks=[])


def test_a_module_changed_within_the_second_to_the_same_size_is_seen(project: Path) -> None:
    """Python itself would take the bytecode of the old one."""
    module = project / "data" / "constant.py"
    cells = [("code", "import sys; sys.path.insert(0, '../data'); import constant; constant.VALUE")]
    samples.write_notebook(project / "notebooks" / "01-chapter.ipynb", cells)
    shown = []
    for value in (1, 2):
        module.write_text(f"VALUE = {value}\n")
        os.utime(module, (1_000_000_000, 1_000_000_000))
        make(project)
        merged = json.loads(contents(project)["report.html"])
        shown.append(merged["cells"][0]["outputs"][0]["data"]["text/plain"])
    assert shown == ["1", "2"]


# what goes wrong


def test_a_cell_that_raises_leaves_the_report_untouched(project: Path) -> None:
    make(project)
    before = contents(project)
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "1 / 0")])
    said: list[str] = []
    assert report.run(samples.plan_of(project), said.append) == 1
    assert said[-1].startswith("notebooks/02-chapter.ipynb, cell 1: ZeroDivisionError: division by zero")
    assert contents(project) == before


def test_a_cell_that_hangs_leaves_the_report_untouched(project: Path) -> None:
    make(project)
    before = contents(project)
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "while True: pass")])
    with pytest.raises(PressError, match=r"02-chapter\.ipynb, cell 1: the cell ran longer than its limit"):
        make(project, timeout=0.5)
    assert contents(project) == before


@pytest.mark.parametrize("fork", ["1", "0"])
def test_data_that_is_refused_is_told_in_its_own_words(
    project: Path, fork: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTED_FORK", fork)
    words = r'^data/values\.csv row 2, column value: "1\." is no number$'
    with pytest.raises(report.Refused, match=words):
        make(project, prepare="tests.press.samples:refuse")
    with pytest.raises(report.Refused, match=r"^KeyError: 'value' \(samples\.py, line \d+\)$"):
        make(project, prepare="tests.press.samples:stumble")


def test_refused_data_explains_a_notebook_that_fails_of_it(project: Path) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "1 / 0")])
    with pytest.raises(report.Refused, match="is no number"):
        make(project, prepare="tests.press.samples:refuse")


class Raising(samples.HTMLStandIn):
    """An exporter that finds a cell it cannot show."""

    def from_notebook_node(self, notebook: Any, resources: Any) -> Any:
        raise PressError("02-chapter.ipynb", 3, "an image without alternative text")


class Dying(samples.HTMLStandIn):
    """An exporter whose process dies."""

    def from_notebook_node(self, notebook: Any, resources: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)


def test_an_exporter_that_fails_names_notebook_and_cell(project: Path) -> None:
    exporters = {".html": "tests.press.samples:HTMLStandIn", ".pdf": f"{__name__}:Raising"}
    with pytest.raises(PressError, match=r"^02-chapter\.ipynb, cell 3: an image without"):
        make(project, exporters=exporters)
    assert not contents(project)


def test_an_exporter_that_dies_is_told(project: Path) -> None:
    exporters = {".html": "tests.press.samples:HTMLStandIn", ".pdf": f"{__name__}:Dying"}
    with pytest.raises(report.Refused, match="SIGKILL"):
        make(project, exporters=exporters)


def test_a_report_killed_anywhere_is_whole_and_the_next_run_mends_it(project: Path) -> None:
    """SIGKILL at acts on files and processes spread over the run, each time on changed data."""
    acts = int(start(project, "0").communicate()[0].split()[-1])
    assert acts >= POINTS
    old = contents(project)
    for turn in range(POINTS):
        change_data(project, f"name,value\nchanged,{turn}\n")
        killed = killed_before(project, round(1 + turn * (acts - 1) / (POINTS - 1)))
        assert killed == signal.SIGKILL
        assert eventually(lambda: not processes_in(project)), processes_in(project)
        left = contents(project)
        plan = samples.plan_of(project)
        if not place.is_whole(project / "reports", plan.outputs):
            assert not report.current(plan)
        make(project)
        new = contents(project)
        assert place.is_whole(project / "reports", plan.outputs)
        for name, data in left.items():
            assert data in (old[name], new[name]), f"{name} is neither old nor new"
        assert temporary_files(project) == []
        old = new


POINTS = 20


def killed_before(root: Path, act: int) -> int:
    """Make the report in a forked child that kills itself before that act; the signal that ended it."""
    child = os.fork()
    if not child:
        samples.killed_at(act)
        with contextlib.suppress(BaseException):
            report.build(samples.plan_of(root), lambda line: None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.mark.parametrize(
    ("signum", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize("fork", ["1", "0"])
def test_told_to_stop_it_stops_and_says_so(project: Path, signum: int, status: int, fork: str) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", HANGING)])
    process = start(project, REPORTED_FORK=fork)
    assert eventually((project / "notebooks" / "at-work").exists)
    os.killpg(process.pid, signum)
    _, said = process.communicate(timeout=120)
    assert process.returncode == status
    assert said.splitlines()[-1].startswith(f"stopped by {signal.Signals(signum).name}")
    assert "Traceback" not in said
    assert not contents(project)


@pytest.mark.parametrize("fork", ["1", "0"])
def test_told_to_stop_at_any_moment_it_stops_and_says_so(project: Path, fork: str) -> None:
    counted, said = start(project, "0", REPORTED_FORK=fork).communicate()
    acts = int(counted)
    assert acts > 20, said
    old = contents(project)
    for point in range(8):
        change_data(project, f"name,value\nstop,{point}\n")
        act, signum = 1 + point * (acts - 1) // 8, (signal.SIGINT, signal.SIGTERM)[point % 2]
        process = start(project, str(act), str(int(signum)), REPORTED_FORK=fork)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 128 + signum, said
        assert said.splitlines()[-1].startswith(f"stopped by {signal.Signals(signum).name}"), said
        assert "Traceback" not in said
        assert contents(project) == old or place.is_whole(
            project / "reports", samples.plan_of(project).outputs
        )
        old = contents(project)
        assert eventually(lambda: not temporary_files(project)), temporary_files(project)


HANGING = "open('at-work', 'w').close()\nimport time\ntime.sleep(1000)"


def test_the_process_that_starts_kernels_may_die(project: Path) -> None:
    source = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time\ntime.sleep(1000)"
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", source)])
    with pytest.raises((report.Refused, PressError), match="died"):
        make(project)


def test_killed_under_make_it_ends_with_make(project: Path) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", HANGING)])
    command = f"{sys.executable} -m tests.press.samples {project} & wait"
    shell = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=ROOT, env={**os.environ, "MAKELEVEL": "1"}, stderr=subprocess.DEVNULL
    )
    assert eventually((project / "notebooks" / "at-work").exists)
    shell.kill()
    shell.wait()
    assert eventually(lambda: not processes_in(project))


def test_two_at_once_make_one_report_and_the_second_waits_for_it(project: Path) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", WAITING)])
    first = start(project)
    assert eventually((project / "notebooks" / "at-work").exists)
    second = start(project)
    assert second.stderr is not None
    assert second.stderr.readline() == "another report is being made here; waiting for it to end\n"
    (project / "notebooks" / "go-on").touch()
    assert first.wait(timeout=30) == second.wait(timeout=30) == 0
    assert "executed" not in second.stderr.read()
    assert report.current(samples.plan_of(project))
    for process in (first, second):
        process.communicate()


WAITING = "open('at-work', 'w').close()\nimport os, time\nwhile not os.path.exists('go-on'): time.sleep(0.01)"


@contextlib.contextmanager
def mounted(folder: Path, *words: str) -> Iterator[None]:
    """A file system mounted at a folder for a while; the test is skipped where that is not allowed."""
    if not AS_ROOT or shutil.which("mount") is None:
        pytest.skip("mounting a file system needs root")
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", *words, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("spare", [0, 6, 14])
def test_on_a_full_disk_one_line_says_so_and_nothing_is_lost(tmp_path: Path, spare: int) -> None:
    """`spare` blocks of 4 kB are left."""
    root = tmp_path / "disk"
    with mounted(root, "-t", "tmpfs", "-o", "size=2m", "tmpfs"):
        samples.write_project(root)
        make(root)
        before = contents(root)
        change_data(root, "name,value\n" + "many,1\n" * 3000)
        with (root / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(b"\0" * 4096)
        os.truncate(root / "filler", max(0, (root / "filler").stat().st_size - spare * 4096))
        process = start(root)
        _, said = process.communicate()
        assert contents(root) == before
        assert process.returncode == 1
        last = said.splitlines()[-1]
        assert "No space left on device" in last, said
        assert "Traceback" not in said
        (root / "filler").unlink()
        make(root)
        assert temporary_files(root) == []


def test_reports_that_may_not_be_written_are_told_in_one_line(project: Path) -> None:
    make(project)
    before = contents(project)
    change_data(project)
    with read_only(project / "reports"):
        process = start(project)
        _, said = process.communicate()
    assert process.returncode == 1
    assert "reports" in said
    assert "may not be written to" in said
    assert len(said.splitlines()) == 1
    assert contents(project) == before


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder nobody may write to, not even root."""
    if AS_ROOT:
        with mounted(folder, "--bind", "-o", "ro", str(folder)):
            yield
        return
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_folder_where_an_output_should_be_is_told_and_nothing_is_replaced(project: Path) -> None:
    make(project)
    before = contents(project)
    (project / "reports" / "values.csv").unlink()
    (project / "reports" / "values.csv").mkdir()
    change_data(project)
    said: list[str] = []
    assert report.run(samples.plan_of(project), said.append) == 1
    assert "Is a directory" in said[-1]
    assert "values.csv" in said[-1]
    assert contents(project) == {name: data for name, data in before.items() if name != "values.csv"}


def test_reports_may_lie_on_another_file_system(project: Path) -> None:
    with mounted(project / "reports", "-t", "tmpfs", "-o", "size=2m", "tmpfs"):
        make(project)
        assert report.current(samples.plan_of(project))
        assert temporary_files(project) == []
    shutil.rmtree(project / ".cache")


def test_a_build_leaves_neither_files_open_nor_threads_nor_memory(project: Path) -> None:
    """Some builds in one process, fifty of them in a soak."""

    def held() -> tuple[int, int]:
        gc.collect()
        return psutil.Process().num_fds(), psutil.Process().num_threads()

    for _ in range(2):
        make(project, force=True)
    at_first, memory = held(), psutil.Process().memory_info().rss
    for _ in range(50 if "SOAK" in os.environ else 3):
        make(project, force=True)
    assert held() == at_first
    assert psutil.Process().memory_info().rss < memory + 20e6


def test_an_input_that_is_missing_is_named(project: Path) -> None:
    said: list[str] = []
    plan: Plan = samples.plan_of(project, notebooks=["notebooks/none.ipynb"])
    assert report.run(plan, said.append) == 1
    assert "none.ipynb" in said[-1]
