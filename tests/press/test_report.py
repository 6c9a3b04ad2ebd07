"""A report is made from what changed, put in place whole, and nothing is lost or left whatever happens."""

import contextlib
import csv
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import reported.__main__
from reported import press
from reported.press.builds import inputs, publish, report
from reported.press.errors import CellError, PressError
from tests.press import samples

ROOT = Path(__file__).parents[2]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
FILES = ["manifest.json", "questions.csv", "report.html", "report.pdf"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of two chapters; afterwards no process works there and nothing temporary is left."""
    monkeypatch.setattr(report, "EXPORTERS", samples.STAND_INS)
    root = samples.write_project(tmp_path / "project")
    yield root
    assert eventually(lambda: not processes_in(root)), processes_in(root)
    assert not temporary_files(root), temporary_files(root)


def processes_in(root: Path) -> list[str]:
    """Processes that work in the project's folders or name it in their command."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            line = " ".join(process.cmdline())
            working = Path(process.cwd()).is_relative_to(root) or str(root) in line
            if working and process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid():
                found.append(f"{process.pid} {line}")
    return found


def temporary_files(root: Path) -> list[str]:
    """What should not be there once all is done."""
    of_cache = [
        path.name
        for path in (root / ".cache").glob("*")
        if path.name not in {"lock", "kept", "matplotlib", "ipython"} and not path.name.startswith("made-")
    ]
    return [*of_cache, *(path.name for path in (root / "reports").glob(".*"))]


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes to hold; for what other processes do in their own time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def make(root: Path, **changes: Any) -> tuple[press.Outcome, list[str]]:
    """Build here; the outcome and the lines said."""
    said: list[str] = []
    return samples.make(root, say=said.append, **changes), said


def start(root: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    """Build in a process (and a session) of its own, which hears Ctrl-C also where these tests run in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.press.building", str(root), *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def contents(root: Path) -> dict[str, bytes]:
    """The files in reports/."""
    return {path.name: path.read_bytes() for path in sorted((root / "reports").iterdir()) if path.is_file()}


def change_data(root: Path, text: str = "name,value\nd,4\n") -> None:
    (root / "data" / "values.csv").write_text(text)


# ---------------------------------------------------------------- what is made


def test_all_files_are_made_and_the_manifest_is_theirs(project: Path) -> None:
    outcome, said = make(project)
    assert sorted(path.name for path in outcome.files) == sorted(contents(project)) == FILES
    manifest = json.loads(contents(project)["manifest.json"])
    assert {
        name: inputs.checksum(data) for name, data in contents(project).items() if name in manifest["files"]
    } == (manifest["files"])
    assert outcome.executed
    assert all("executed" in line for line in said[1:3])


def test_chapters_are_merged_in_order_without_what_is_meant_for_one_alone(project: Path) -> None:
    cells = [("markdown", "alone"), *samples.plain_chapter(3)]
    samples.write_notebook(project / "notebooks" / "03-chapter.ipynb", cells, {0: ["standalone"]})
    make(project)
    merged = json.loads(contents(project)["report.html"])
    assert [cell["id"] for cell in merged["cells"] if cell["cell_type"] == "markdown"] == [
        "n1c1",
        "n2c1",
        "n3c2",
    ]
    settings = merged["metadata"]["reported"]
    assert settings["source_names"]["n3c2"] == ["03-chapter.ipynb", 2]
    assert settings["downloads"] == ["report.pdf", "questions.csv"]


def test_rows_are_gathered_with_notebook_and_chapter(project: Path) -> None:
    make(project)
    rows = list(csv.DictReader(io.StringIO(contents(project)["questions.csv"].decode())))
    assert rows == [
        {"id": f"q{n}", "question": "Is it?", "notebook": f"0{n}-chapter.ipynb", "chapter": f"Chapter {n}"}
        for n in (1, 2)
    ]


def test_one_id_with_two_meanings_is_an_error_that_names_both_cells(project: Path) -> None:
    row = samples.question("q1", same="a < b")
    samples.write_notebook(
        project / "notebooks" / "02-chapter.ipynb", [("code", samples.EMIT.format(row=row))]
    )
    with pytest.raises(PressError, match=r"02-chapter\.ipynb, cell 1.*01-chapter\.ipynb, cell 4.*another id"):
        make(project)


@pytest.mark.slow
def test_one_notebook_alone_is_rendered_to_a_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "EXPORTERS", {"html": "reported.press.pages.html:HTMLReportExporter"})
    to = project / "elsewhere" / "one.html"
    settings = {"language": "uk", "choice": samples.CHOICE}
    press.render(
        project / "notebooks" / "01-chapter.ipynb", to, root=project, settings=settings, say=lambda line: None
    )
    text = to.read_text("utf-8")
    assert '<h1 id="chapter-1">Chapter 1</h1>' in text
    assert 'lang="uk"' in text
    assert "Read the words" in text


def test_what_cannot_be_rendered_is_told(project: Path) -> None:
    notebook = project / "notebooks" / "01-chapter.ipynb"
    with pytest.raises(PressError, match=r"x\.docx: a notebook can be rendered to \.html or \.pdf"):
        press.render(notebook, project / "x.docx")
    with pytest.raises(PressError, match="no such notebook"):
        press.render(project / "none.ipynb", project / "x.html")
    with pytest.raises(PressError, match="no notebooks"):
        make(project, notebooks=[])


@pytest.mark.slow
def test_same_inputs_same_bytes_wherever_and_whoever(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "Проєкт"
    for root in (project, other):
        if root is other:
            samples.write_project(root)
        code = (
            "import sys; from pathlib import Path; from tests.press import samples\n"
            "samples.make(Path(sys.argv[1]), say=lambda line: None)"
        )
        environment = {"TZ": "Asia/Tokyo", "USER": "somebody", "LANG": "C"} if root is other else {}
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"if __name__ == '__main__':\n    {code.replace(chr(10), chr(10) + '    ')}",
                str(root),
            ],
            check=True,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
    assert contents(project) == contents(other)
    assert b"project" not in contents(other)["report.html"]


# ---------------------------------------------------------------- what is out of date


def test_another_font_or_another_way_with_signs_that_none_has_makes_the_report_again(
    project: Path, tmp_path: Path
) -> None:
    font = tmp_path / "some.ttf"
    font.write_bytes(b"one")
    make(project)
    for options in ({"missing_signs": "number"}, {"fonts": [font]}):
        assert make(project, **options)[0].files
        assert make(project, **options)[0].files == ()
    font.write_bytes(b"another")
    assert make(project, fonts=[font])[0].files
    with pytest.raises(FileNotFoundError):
        make(project, fonts=[tmp_path / "none.ttf"])


def test_with_nothing_changed_there_is_nothing_to_do(project: Path) -> None:
    make(project)
    before = contents(project)
    outcome, said = make(project)
    assert (outcome.files, said) == ((), ["the report is up to date"])
    assert contents(project) == before


def test_the_check_that_nothing_changed_needs_the_standard_library_alone(project: Path) -> None:
    make(project)
    code = (
        "import sys; from pathlib import Path; from reported import press; root = Path(sys.argv[1])\n"
        "press.build(sorted((root / 'notebooks').glob('*')), root / 'reports', inputs=[root / 'data'],"
        " settings={'title': 'Values', 'language': 'en'})\n"
        "print(*{name.partition('.')[0] for name in sys.modules} - {*sys.stdlib_module_names, 'reported'})"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", code, str(project)], capture_output=True, text=True, check=True
    )
    assert run.stderr == "the report is up to date\n"
    heavy = {
        "numpy",
        "pandas",
        "matplotlib",
        "nbformat",
        "nbconvert",
        "IPython",
        "filelock",
        "typst",
        "jinja2",
    }
    assert not heavy & set(run.stdout.split())


def test_an_untouched_copy_with_other_times_is_current(project: Path, tmp_path: Path) -> None:
    make(project)
    for path in project.rglob("*.ipynb"):
        os.utime(path, (1, 1))
    assert make(project)[1] == ["the report is up to date"]


CHANGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "one notebook": (
        lambda root: samples.write_notebook(
            root / "notebooks" / "02-chapter.ipynb", [*samples.plain_chapter(2), ("markdown", "more")]
        ),
        1,
    ),
    "the data": (change_data, 2),
    "a new file of data": (lambda root: (root / "data" / "new.csv").write_text("a\n"), 2),
    "a report": (lambda root: (root / "reports" / "report.html").write_text("x"), 0),
    "a report is gone": (lambda root: (root / "reports" / "report.pdf").unlink(), 0),
    "the manifest is gone": (lambda root: (root / "reports" / "manifest.json").unlink(), 0),
    "a notebook is gone": (lambda root: (root / "notebooks" / "02-chapter.ipynb").unlink(), 0),
    "the cache is gone": (lambda root: shutil.rmtree(root / ".cache"), 2),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_is_made_again_and_no_more(project: Path, what: str) -> None:
    make(project)
    change, count = CHANGES[what]
    change(project)
    outcome, _ = make(project)
    assert len(outcome.executed) == count
    assert publish.is_whole(project / "reports")


def test_other_settings_make_another_report_of_the_same_outputs(project: Path) -> None:
    make(project)
    outcome, _ = make(project, settings={"title": "Other"})
    assert not outcome.executed
    assert b"Other" in contents(project)["report.html"]


def changes(root: Path, *sources: str, **files: str) -> list[str]:
    """The notebooks run again after some files changed, where the first chapter holds these cells."""
    samples.write_notebook(root / "notebooks" / "01-chapter.ipynb", [("code", source) for source in sources])
    make(root)
    assert make(root)[1] == ["the report is up to date"]
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return list(make(root)[0].executed)


FIRST = ["notebooks/01-chapter.ipynb"]


def test_a_module_beside_the_notebooks_is_an_input(project: Path) -> None:
    (project / "notebooks" / "helper.py").write_text("NUMBER = 5\n")
    assert changes(project, "import helper\nhelper.NUMBER", notebooks__helper_dot_py="NUMBER = 66\n") == FIRST
    assert "66" in contents(project)["report.html"].decode()


def test_a_file_that_a_notebook_opens_is_an_input_wherever_it_is(project: Path) -> None:
    (project / "extra").mkdir()
    (project / "extra" / "x.csv").write_text("a\n1\n")
    (project / "extra" / "unread.csv").write_text("a\n1\n")
    read = "import pandas as pd\npd.read_csv('../extra/x.csv')"
    assert changes(project, read, extra__x_dot_csv="a\n2\n") == FIRST
    read = "open('../extra/x.csv').read()"
    assert changes(project, read, extra__unread_dot_csv="a\n2\n") == []


def test_a_file_that_is_looked_for_and_not_there_is_an_input(project: Path) -> None:
    look = "try:\n    found = open('../more.txt').read()\nexcept OSError:\n    found = 'none'\nfound"
    assert changes(project, look, more_dot_txt="there now") == FIRST
    assert "there now" in contents(project)["report.html"].decode()


def test_the_names_in_a_folder_are_an_input_where_it_is_listed(project: Path) -> None:
    (project / "extra").mkdir()
    listing = "from pathlib import Path\nlen(list(Path('../extra').glob('*.csv')))"
    assert changes(project, listing, extra__one_dot_csv="") == FIRST


LISTINGS = (
    "import os\nsorted(os.listdir('..'))",
    "from pathlib import Path\nsorted(map(str, Path('..').rglob('*.csv')))",
    "import sys\nsys.path.insert(0, '..')\nimport beside\nbeside.NUMBER",
    "import os\nsum(len(files) for _, _, files in os.walk('..'))",
)


@pytest.mark.parametrize("out", ["reports", "pages/of/all", ".", "notebooks"])
def test_a_build_is_current_for_a_notebook_that_lists_where_it_writes(project: Path, out: str) -> None:
    (project / "beside.py").write_text("NUMBER = 5\n")
    for number, listing in enumerate(LISTINGS, 3):
        samples.write_notebook(project / "notebooks" / f"0{number}-chapter.ipynb", [("code", listing)])
    samples.make(project, out=project / out, root=project)
    again = samples.make(project, out=project / out, root=project)
    assert not again.executed
    assert not again.files


@pytest.mark.parametrize("out", ["reports", "notebooks"])
def test_another_file_beside_the_pages_is_an_input_of_a_notebook_that_reads_it(
    project: Path, out: str
) -> None:
    other = project / out / "other.csv"
    other.parent.mkdir(exist_ok=True)
    other.write_text("1")
    read = f"from pathlib import Path\nPath('../{out}/other.csv').read_text()"
    first = samples.write_notebook(project / "notebooks" / "01-chapter.ipynb", [("code", read)])
    listing = f"import os\nlen(os.listdir('../{out}'))"
    second = samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", listing)])
    samples.make(project, out=project / out)
    other.write_text("2")
    assert samples.make(project, out=project / out).executed == [f"notebooks/{first.name}"]
    other.unlink()
    samples.write_notebook(first, [("code", "1")])
    assert f"notebooks/{second.name}" in samples.make(project, out=project / out).executed


def test_a_folder_of_inputs_may_hold_the_pages(project: Path) -> None:
    samples.make(project, inputs=[project])
    assert not samples.make(project, inputs=[project]).files


def test_a_chapter_that_reads_another_one_is_run_again_when_that_changes(project: Path) -> None:
    first, second = (project / "notebooks" / f"0{number}-chapter.ipynb" for number in (1, 2))
    samples.write_notebook(first, [("code", "len(open('02-chapter.ipynb').read())")])
    make(project)
    samples.write_notebook(second, [("markdown", "Something else.")])
    assert set(make(project)[0].executed) == {"notebooks/01-chapter.ipynb", "notebooks/02-chapter.ipynb"}


def test_what_one_notebook_writes_and_another_reads_is_followed(project: Path) -> None:
    first, second = (project / "notebooks" / f"0{number}-chapter.ipynb" for number in (1, 2))
    write = (
        "from pathlib import Path\nPath('made.txt').write_text(Path('../data/values.csv').read_text()[-4:])"
    )
    samples.write_notebook(first, [("code", write)])
    samples.write_notebook(second, [("code", "open('made.txt').read()")])
    (project / "notebooks" / "made.txt").write_text("")
    make(project, inputs=[], at_a_time=1)
    assert "the report is up to date" in make(project, inputs=[])[1]
    change_data(project, "name,value\nnew,9\n")
    assert len(make(project, inputs=[])[0].executed) == 2
    assert "w,9" in contents(project)["report.html"].decode()


def test_what_no_build_can_watch_is_said_once(project: Path) -> None:
    cells = [("code", "import datetime, os\ndatetime.date.today().year > 1\nos.environ.get('HOME')")]
    samples.write_notebook(project / "notebooks" / "01-chapter.ipynb", cells)
    (project / "notebooks" / "helper.py").write_text(
        "import time\ndef day():\n    return time.strftime('%Y')\n"
    )
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "import helper\n!true")])
    lines = make(project, force=True)[1]
    assert any(
        "02-chapter.ipynb  reads the clock and what other programs find outside" in line for line in lines
    )
    said = [line for line in lines if "reads the clock and the environment" in line]
    assert len(said) == 1
    assert make(project)[1] == ["the report is up to date"]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:70] + b"x" + data[71:]]
)
def test_a_damaged_result_is_not_used(project: Path, damage: Callable[[bytes], bytes]) -> None:
    make(project)
    (project / "reports" / "report.html").unlink()
    for kept in (project / ".cache" / "kept").iterdir():
        kept.write_bytes(damage(kept.read_bytes()))
    assert len(make(project)[0].executed) == 2


def test_forced_everything_is_made_again(project: Path) -> None:
    make(project)
    assert len(make(project, force=True)[0].executed) == 2


def test_kept_results_do_not_pile_up(project: Path) -> None:
    for number in range(3):
        change_data(project, f"name,value\na,{number}\n")
        make(project)
    assert len(list((project / ".cache" / "kept").iterdir())) == 2


def test_results_of_inputs_that_changed_meanwhile_are_neither_shown_nor_kept(project: Path) -> None:
    source = "from pathlib import Path\nPath('../data/values.csv').write_text('changed')"
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", source)])
    with pytest.raises(PressError, match="changed while the report was being made"):
        make(project)
    assert not (project / "reports").exists()
    assert not (project / ".cache" / "kept").exists()


def test_bytecode_older_than_its_source_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "module.py"
    source.write_text("value = 1\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run([sys.executable, "-c", "import module"], cwd=tmp_path, check=True, env=environment)
    assert list(tmp_path.glob("__pycache__/*.pyc"))
    before = source.stat()
    source.write_text("value = 2\n")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns // 10**9 * 10**9 + 999_999_999))
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))  # of the build, not of notebooks
    inputs.remove_stale_bytecode([source])
    said = subprocess.run(
        [sys.executable, "-c", "import module; print(module.value)"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert said.stdout.strip() == b"2"


# ---------------------------------------------------------------- which notebooks, run or not


def failing(project: Path) -> None:
    for number in (1, 2):
        cells = [("code", "1 / 0"), ("code", "'after' + 'wards'")]
        samples.write_notebook(project / "notebooks" / f"0{number}-chapter.ipynb", cells)


def test_errors_are_shown_where_they_are_allowed(project: Path) -> None:
    failing(project)
    make(project, allow_errors=True)
    page = contents(project)["report.html"].decode()
    assert page.count('"ename": "ZeroDivisionError"') == page.count("'afterwards'") == 2


def test_every_notebook_that_fails_is_named_where_that_is_asked_for(project: Path) -> None:
    failing(project)
    samples.write_notebook(project / "notebooks" / "03-chapter.ipynb", [("code", "1")])
    with pytest.raises(PressError) as caught:
        make(project, keep_going=True)
    assert {line.partition(",")[0] for line in str(caught.value).splitlines() if "Error" in line} == {
        "notebooks/01-chapter.ipynb",
        "notebooks/02-chapter.ipynb",
    }


def test_a_script_that_builds_needs_no_guard(project: Path) -> None:
    script = project / "make.py"
    code = "from pathlib import Path\nfrom tests.press import samples\nfrom reported.press.builds import report\n"
    code += "report.EXPORTERS = samples.STAND_INS\n"
    script.write_text(f"{code}samples.make(Path(__file__).parent, timeout=5)\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(script)], check=True, env=environment, timeout=60)
    assert publish.is_whole(project / "reports")


def test_a_folder_of_notebooks_needs_no_ledger(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "notebooks"
    samples.write_notebook(folder / "Untitled.ipynb", [("code", "1 / 0")])
    samples.write_notebook(folder / "_draft.ipynb", [("code", "1 / 0")])
    assert reported.__main__.main(["report", str(folder), "--saved"]) == 0
    said = capsys.readouterr().err
    assert "01-chapter.ipynb, 02-chapter.ipynb" in said
    assert "Untitled.ipynb, _draft.ipynb" in said
    assert (folder / "reports" / "report.html").is_file()


def test_saved_outputs_are_shown_and_nothing_is_run(project: Path) -> None:
    failing(project)
    outcome, said = make(project, saved=True, left_out=[project / "notebooks" / "Untitled.ipynb"])
    assert outcome.executed == []
    assert "no chapters, by their names: Untitled.ipynb" in said
    assert "ZeroDivisionError" not in contents(project)["report.html"].decode()


# ---------------------------------------------------------------- what goes wrong


def test_a_cell_that_raises_leaves_the_report_untouched(project: Path) -> None:
    make(project)
    before = contents(project)
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "1 / 0")])
    with pytest.raises(CellError, match=r"notebooks/02-chapter\.ipynb, cell 1: ZeroDivisionError"):
        make(project)
    assert contents(project) == before


def test_a_page_that_cannot_be_made_names_notebook_and_cell(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EXPORTERS", {"html": "reported.press.pages.html:HTMLReportExporter"})
    bad = (
        "from IPython.display import display\ndisplay({'application/vnd.reported.chart+json': {}}, raw=True)"
    )
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", "1"), ("code", bad)])
    with pytest.raises(
        CellError, match=r"02-chapter\.ipynb, cell 2: output 1 cannot be shown: a chart has no alt"
    ):
        make(project, formats=["html"])
    assert not (project / "reports").exists()


POINTS = 12


@pytest.mark.slow
def test_a_build_killed_anywhere_leaves_whole_files_and_the_next_makes_good(project: Path) -> None:
    """SIGKILL at acts on files and processes spread over the run, each time on changed data."""
    acts = int(start(project, "0").communicate()[0].split()[-1])
    assert acts >= POINTS
    old = contents(project)
    for turn in range(POINTS):
        change_data(project, f"name,value\nchanged,{turn}\n")
        process = start(project, str(round(1 + turn * (acts - 1) / (POINTS - 1))))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert eventually(lambda: not processes_in(project)), processes_in(project)
        left = contents(project)
        make(project)
        new = contents(project)
        assert publish.is_whole(project / "reports")
        for name, data in left.items():
            if not name.startswith("."):
                assert data in (old[name], new[name]), f"{name} is neither old nor new"
        assert temporary_files(project) == []
        old = new


HANGING = "open('at-work', 'w').close()\nimport time\ntime.sleep(1000)"


@pytest.mark.parametrize(
    ("signum", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_told_to_stop_it_stops_and_says_so(project: Path, signum: int, status: int) -> None:
    if signal.getsignal(signum) is signal.SIG_IGN:
        pytest.skip("these tests were started so that the signal is ignored, as nohup does")
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", HANGING)])
    process = start(project)
    assert eventually((project / "notebooks" / "at-work").exists)
    os.kill(process.pid, signum)
    _, said = process.communicate(timeout=120)
    assert process.returncode == status
    assert said.splitlines()[-1].startswith(f"stopped by {signal.Signals(signum).name}")
    assert "Traceback" not in said
    assert not (project / "reports").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up as Linux shows them")
def test_an_interrupt_of_all_its_processes_while_they_import_ends_in_one_line(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "slow_to_import.py").write_text(
        f"import time; open({str(tmp_path / 'importing')!r}, 'w').close(); time.sleep(3)"
    )
    code = (
        "import sys; from pathlib import Path; from reported import press; root = Path(sys.argv[1])\n"
        "notebooks = sorted((root / 'notebooks').glob('*'))\n"
        "sys.exit(press.explained(lambda: press.build(notebooks, root / 'reports', preload=['slow_to_import'])))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(project)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert eventually((tmp_path / "importing").exists)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 2, said


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_not_utf8_is_built_and_a_notebook_with_such_a_name_refused(
    project: Path,
) -> None:
    renamed = project.with_name(os.fsdecode(b"folder \xff"))
    project.rename(renamed)
    make(renamed)
    assert sorted(contents(renamed)) == FILES
    assert make(renamed)[0].files == ()
    (renamed / "notebooks" / "01-chapter.ipynb").rename(renamed / "notebooks" / os.fsdecode(b"01 \xff.ipynb"))
    with pytest.raises(PressError, match=r"01 \?\.ipynb: the name of this notebook is not UTF-8"):
        make(renamed)
    renamed.rename(project)


def test_a_folder_for_temporary_files_whose_path_is_too_long_for_a_socket_will_do(
    project: Path, tmp_path: Path
) -> None:
    folder = tmp_path / ("long" * 20)
    folder.mkdir()
    process = start(project, TMPDIR=str(folder))
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert sorted(contents(project)) == FILES


def test_all_temporary_files_are_where_the_user_says_and_none_is_left(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    where = "import os, tempfile; print(tempfile.gettempdir(), os.path.dirname(os.environ['TMPDIR']))"
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", where)])
    process = start(project, TMPDIR=str(folder))
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert str(folder) in contents(project)["report.html"].decode()
    assert list(folder.iterdir()) == []


def test_a_folder_for_temporary_files_that_is_none_is_passed_over(project: Path) -> None:
    command = [sys.executable, "-m", "reported", "report", str(project / "notebooks")]
    environment = {**os.environ, "TMPDIR": "/nonexistent"}
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a user without a home is made as Linux makes one")
def test_a_user_without_a_home_is_told_in_one_line(project: Path) -> None:
    nobody = ["unshare", "--user", "--map-user=12345"]
    if not shutil.which("unshare") or subprocess.run([*nobody, "true"], capture_output=True).returncode:
        pytest.skip("this system lets no other user be made")
    environment = {name: value for name, value in os.environ.items() if name != "HOME"}
    command = [*nobody, sys.executable, "-m", "reported", "report", str(project / "notebooks")]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert made.returncode == 1
    assert made.stderr == "no home folder is known for this user; set HOME to a folder\n"


DAEMONS = {
    "in a session of its own": "import subprocess, sys\nsubprocess.Popen({command}, start_new_session=True)",
    "whose parent has ended": (
        "import os, subprocess, sys\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    subprocess.Popen({command}, start_new_session=True)\n"
        "    os._exit(0)"
    ),
    "of a process that dies": "import os, subprocess, sys\nsubprocess.Popen({command}, start_new_session=True); os._exit(3)",
}


@pytest.mark.skipif(sys.platform != "linux", reason="daemons are found as Linux shows them")
@pytest.mark.parametrize("kind", DAEMONS)
def test_no_daemon_of_a_notebook_outlives_it(project: Path, kind: str) -> None:
    command = "[sys.executable, '-c', 'import time; time.sleep(1000)']"
    samples.write_notebook(
        project / "notebooks" / "02-chapter.ipynb", [("code", DAEMONS[kind].format(command=command))]
    )
    start(project).communicate(timeout=120)
    assert eventually(lambda: not processes_in(project), 5), processes_in(project)


@pytest.mark.skipif(sys.platform != "linux", reason="daemons are found as Linux shows them")
@pytest.mark.parametrize("kind", ["in a session of its own", "whose parent has ended"])
def test_no_daemon_outlives_a_notebook_that_was_started_afresh(
    project: Path, tmp_path: Path, kind: str
) -> None:
    command = "[sys.executable, '-c', 'import time; time.sleep(1000)']"
    samples.write_notebook(
        project / "notebooks" / "02-chapter.ipynb", [("code", DAEMONS[kind].format(command=command))]
    )
    folder = tmp_path / ("long" * 20)  # too long for the socket of a fork server
    folder.mkdir()
    start(project, TMPDIR=str(folder)).communicate(timeout=120)
    assert eventually(lambda: not processes_in(project), 5), processes_in(project)


@pytest.mark.slow
def test_told_to_stop_at_any_moment_it_stops_and_says_so(project: Path) -> None:
    counted, said = start(project, "0").communicate()
    acts = int(counted)
    assert acts > 20, said
    old = contents(project)
    for point in range(8):
        change_data(project, f"name,value\nstop,{point}\n")
        act, signum = 1 + point * (acts - 1) // 8, (signal.SIGINT, signal.SIGTERM)[point % 2]
        process = start(project, str(act), str(int(signum)))
        _, said = process.communicate(timeout=120)
        assert process.returncode == 128 + signum, said
        assert said.splitlines()[-1].startswith(f"stopped by {signal.Signals(signum).name}"), said
        assert "Traceback" not in said
        assert contents(project) == old or publish.is_whole(project / "reports")
        old = contents(project)
        assert eventually(lambda: not temporary_files(project)), temporary_files(project)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's end")
def test_killed_under_make_it_ends_with_make(project: Path) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", HANGING)])
    command = f"{sys.executable} -m tests.press.building {project} & wait"
    shell = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=ROOT, env={**os.environ, "MAKELEVEL": "1"}, stderr=subprocess.DEVNULL
    )
    assert eventually((project / "notebooks" / "at-work").exists)
    shell.kill()
    shell.wait()
    assert eventually(lambda: not processes_in(project))


WAITING = "open('at-work', 'w').close()\nimport os, time\nwhile not os.path.exists('go-on'): time.sleep(0.01)"


def test_two_at_once_make_one_report_and_the_second_waits_for_it(project: Path) -> None:
    samples.write_notebook(project / "notebooks" / "02-chapter.ipynb", [("code", WAITING)])
    first = start(project)
    assert eventually((project / "notebooks" / "at-work").exists)
    second = start(project)
    assert second.stderr is not None
    assert second.stderr.readline() == "waiting for another build of this report\n"
    (project / "notebooks" / "go-on").touch()
    assert first.wait(timeout=60) == second.wait(timeout=60) == 0
    assert "executed" not in second.stderr.read()
    assert publish.is_whole(project / "reports")
    for process in (first, second):
        process.communicate()


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
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("spare", [0, 6, 14])
def test_on_a_full_disk_one_line_says_so_and_nothing_is_lost(tmp_path: Path, spare: int) -> None:
    """`spare` blocks of 4 kB are left."""
    root = tmp_path / "disk"
    with mounted(root, "-t", "tmpfs", "-o", "size=2m", "tmpfs"):
        samples.write_project(root)
        start(root).communicate()
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
        assert "No space left on device" in said.splitlines()[-1], said
        assert "Traceback" not in said
        (root / "filler").unlink()
        assert start(root).wait() == 0
        assert temporary_files(root) == []


@pytest.mark.slow
def test_reports_that_may_not_be_written_are_told_in_one_line(project: Path) -> None:
    make(project)
    before = contents(project)
    change_data(project)
    with mounted(project / "reports", "--bind", "-o", "ro", str(project / "reports")):
        process = start(project)
        _, said = process.communicate()
    assert process.returncode == 1
    assert "Read-only" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert contents(project) == before


def test_a_folder_where_a_file_should_be_is_told_and_nothing_is_replaced(project: Path) -> None:
    make(project)
    before = contents(project)
    (project / "reports" / "questions.csv").unlink()
    (project / "reports" / "questions.csv").mkdir()
    change_data(project)
    said: list[str] = []
    assert press.explained(lambda: make(project), said.append) == 1
    assert "a folder is where a file should be" in said[-1]
    assert "questions.csv" in said[-1]
    assert contents(project) == {name: data for name, data in before.items() if name != "questions.csv"}


@pytest.mark.slow
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
    assert press.explained(lambda: make(project, inputs=[project / "none"]), said.append) == 1
    assert "none" in said[-1]
    assert "Traceback" not in said[-1]


def test_a_build_works_from_any_working_folder(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    press.build(["project/notebooks/01-chapter.ipynb"], "project/reports", say=lambda line: None)
    assert publish.is_whole(project / "reports")
