"""The README: its findings are current, its examples and its every command run."""

import doctest
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import readme
from tests.project.deciding import decide

TEXT = readme.README.read_text(encoding="utf-8")
SHELL = [
    line.strip()
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line.strip()
]
INLINE = [
    words for words in re.findall(r"`([^`\n]+)`", TEXT) if re.match(r"(make|pip|jupyter|reported) ", words)
]
COMMANDS = list(dict.fromkeys(SHELL + INLINE))
ARTICLE = """The river rose

At least 12 barges were moored at the lower lock, said Ada Ferry, who keeps it.

About 400 people were brought to the school on the hill.
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project beside this one's environment, with another article next to it."""
    folder = tmp_path_factory.mktemp("clone") / "project"
    ignored = shutil.ignore_patterns(".venv", ".cache", ".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(readme.ROOT, folder, ignore=ignored)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder.parent / "first-article.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


# what is set up already is not set up again: it would point the environment at the copy
READY = " ".join(f"-o .venv/{name}.ready" for name in ("report", "lab", "test", "bench"))


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "MAKE", "MFLAGS"))}
    env["PATH"] = f"{folder / '.venv' / 'bin'}{os.pathsep}{env['PATH']}"
    return subprocess.run(
        re.sub("^make ", f"make {READY} ", command),
        shell=True,
        cwd=folder,
        env=env | environment,
        capture_output=True,
        text=True,
        timeout=500,
    )


def test_findings_are_current():
    assert readme.written() == TEXT, "run: python tests/readme.py"


def test_the_picture_is_of_the_report_as_it_is():
    assert readme.shown() == readme.checksum(), "run: python tests/readme.py"


def test_examples_hold():
    names: dict[str, object] = {}
    block = "\n".join(re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(block, names, "README.md", "README.md", 0)
    assert test.examples
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.failures == 0


def test_what_it_points_to_exists():
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in t]
    places = re.findall(r"^\| `([^`]+)`(?:, `([^`]+)`)?", TEXT, re.MULTILINE)
    every = [*targets, *(place for pair in places for place in pair if place)]
    assert len(every) > 10
    assert [t for t in every if not (readme.ROOT / t).exists()] == []


def test_all_commands_are_known():
    """A command new in the README must be run below."""
    assert set(COMMANDS) == {*PLAIN, *OWN, *ELSEWHERE, COLUMN}


ELSEWHERE = {
    "make test",
    "make lab",
    "make bench",
    'pip install ".[report]"',
    "reported decide",
}
"""Run by the tests below, or, for decide, by tests/project."""
PLAIN = {"make report": "reports/report.html", "make help": None}
COLUMN = "reported column examples/marches/marches.csv --words participants --unit person"
OWN = [
    'reported new ../flood --title "The flood" --article ../first-article.txt',
    "reported check ../flood",
    "reported report ../flood",
]


@pytest.mark.parametrize("command", ["make help", pytest.param("make report", marks=pytest.mark.slow)])
def test_command(command, clone):
    if PLAIN[command]:
        (clone / PLAIN[command]).unlink(missing_ok=True)
    done = run(command, clone)
    assert done.returncode == 0, done.stderr
    if PLAIN[command]:
        assert (clone / PLAIN[command]).stat().st_size > 100


def test_a_column_of_one_s_own(clone):
    done = run(COLUMN, clone)
    assert "in doubt" in done.stdout + done.stderr


@pytest.mark.slow
def test_a_project_of_one_s_own(clone):
    """The three commands, with what only a person can do between the second and the third."""
    new, check, report = OWN
    done = run(new, clone)
    assert done.returncode == 0, done.stderr
    undecided = run(check, clone)
    assert undecided.returncode == 1
    assert "to decide" in undecided.stderr
    decide(clone.parent / "flood" / "data")  # undecided, it is a draft: tests/test_main.py
    done = run(report, clone)
    assert done.returncode == 0, done.stderr
    assert b"12" in (clone.parent / "flood" / "reports" / "report.html").read_bytes()


def test_make_test_starts(clone):
    """What make would run; the next test runs it."""
    done = run("make -n test", clone)
    assert done.returncode == 0
    assert "-m pytest" in done.stdout


@pytest.mark.slow
def test_make_test(clone):
    """`make test` runs the tests: here those of one file, for this is one of them."""
    done = run("make test", clone, PYTEST_ADDOPTS="-p no:cacheprovider tests/ledger/test_dates.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)


def test_make_bench_starts(clone):
    """The bench takes minutes; that make would run it is all that is asked here."""
    done = run("make -n bench", clone)
    assert done.returncode == 0
    assert "bench/bounds.py" in done.stdout


def test_it_installs_as_any_package_does(tmp_path):
    """`pip install` as far as it goes without a network: the wheel is built, and has what the package reads."""
    build = "from flit_core.buildapi import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=readme.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / done.stdout.strip()) as wheel:
        assert "reported/ledger/readings.csv" in wheel.namelist()


@pytest.mark.slow
def test_make_lab_opens(clone, tmp_path):
    (tmp_path / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"allow_root": true, "open_browser": false, "port": 0}}'
    )
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path)}
    env = {k: v for k, v in env.items() if not k.startswith("MAKE")}
    server = subprocess.Popen(
        ["make", *READY.split(), "lab"], cwd=clone, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        said = ""
        for line in server.stdout:
            said += line
            if "is running at" in line:
                break
        assert "is running at" in said, said
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # told to stop, the server may first wait for its extensions
        server.wait()
