"""The README: its findings are current, its examples and its every command run."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme

TEXT = readme.README.read_text(encoding="utf-8")
SHELL = [
    line.strip()
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line.strip()
]
INLINE = [words for words in re.findall(r"`([^`\n]+)`", TEXT) if re.match(r"(make|jupyter|python) ", words)]
COMMANDS = list(dict.fromkeys(SHELL + INLINE))
ARTICLE = (
    """The river rose\n\nAt least 12 barges were moored at the lower lock, said Ada Ferry, who keeps it.\n"""
)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project beside this one's environment, with another article next to it."""
    folder = tmp_path_factory.mktemp("clone") / "project"
    ignored = shutil.ignore_patterns(".venv", ".cache", ".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(readme.ROOT, folder, ignore=ignored)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder.parent / "next-article.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


# what is set up already is not set up again: it would point the environment at the copy
READY = " ".join(f"-o .venv/{name}.ready" for name in ("report", "test", "bench"))


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "MAKE", "MFLAGS"))}
    env["GNUMAKEFLAGS"] = READY
    env["PATH"] = f"{folder / '.venv' / 'bin'}{os.pathsep}{env['PATH']}"
    return subprocess.run(
        command, shell=True, cwd=folder, env=env | environment, capture_output=True, text=True, timeout=500
    )


def test_findings_are_current():
    assert readme.written() == TEXT, "run: python tests/readme.py"


def test_the_picture_is_there():
    assert readme.PICTURE.read_bytes().startswith(b"\x89PNG")


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
    assert set(COMMANDS) == {
        *PLAIN,
        "make test",
        "make lab",
        "make audit ARTICLE=../next-article.txt",
        NBCONVERT,
        "make bench",
    }


NBCONVERT = "jupyter nbconvert --to reported-pdf"
PLAIN = {
    "make report": "reports/report.html",
    "make help": None,
    "make clean": None,
    "make check": None,
    "make draft ARTICLE=../next-article.txt > ../next-article.csv": "../next-article.csv",
    "make reports/04-troops.pdf": "reports/04-troops.pdf",
}


@pytest.mark.parametrize("command", PLAIN)
def test_command(command, clone):
    if PLAIN[command]:
        (clone / PLAIN[command]).unlink(missing_ok=True)
    done = run(command, clone)
    assert done.returncode == 0, done.stderr
    if PLAIN[command]:
        assert (clone / PLAIN[command]).stat().st_size > 100


def test_make_test(clone):
    """`make test` runs the tests: here those of one room, for this is one of them."""
    done = run("make test", clone, PYTEST_ADDOPTS="-p no:cacheprovider tests/test_formula.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)


def test_make_audit_says_what_the_next_article_lacks(clone):
    done = run("make audit ARTICLE=../next-article.txt", clone)
    assert done.returncode != 0
    assert "At least 12" in done.stdout
    assert "paragraph 2" in done.stdout.lower()


def test_make_bench_starts(clone):
    """The bench takes minutes; that make would run it is all that is asked here."""
    done = run("make -n bench", clone)
    assert done.returncode == 0
    assert "bench/bounds.py" in done.stdout


def test_nbconvert_serves_any_notebook(clone):
    notebook = readme.ROOT / "tests" / "press" / "notebooks" / "structure.ipynb"
    done = run(f"{NBCONVERT} --output-dir {clone} {notebook}", clone)
    assert done.returncode == 0, done.stderr
    assert (clone / "structure.pdf").read_bytes().startswith(b"%PDF")


def test_make_lab_opens(clone, tmp_path):
    (tmp_path / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"allow_root": true, "open_browser": false, "port": 0}}'
    )
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path)}
    env = {k: v for k, v in env.items() if not k.startswith("MAKE")} | {"GNUMAKEFLAGS": READY}
    server = subprocess.Popen(
        ["make", "lab"], cwd=clone, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
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
        os.killpg(server.pid, 15)
        server.wait()
