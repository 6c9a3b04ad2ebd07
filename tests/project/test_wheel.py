"""The wheel: built from the repository, it works in an environment of its own."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.ledgers import DATA

ROOT = DATA.parent
UV = Path(sys.executable).parent / "uv"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not UV.exists(), reason="needs uv, which make installs")]


def run(*words, folder=ROOT):
    made = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "flit_core.wheel", "--outdir", out)
    [built] = out.glob("*.whl")
    return built


def test_it_holds_all_that_the_package_reads(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "reported").split() if (ROOT / ".git").exists() else []
    assert set(tracked) <= names
    for name in (
        "ledger/readings.csv",
        "prose/vocabulary.csv",
        "project/template/notebooks/01-numbers.ipynb",
    ):
        assert f"reported/{name}" in names
    assert any(name.startswith("reported/fonts/") and name.endswith(".ttf") for name in names)


def test_it_declares_version_ranges(wheel):
    [metadata] = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("METADATA")]
    text = zipfile.ZipFile(wheel).read(metadata).decode()
    needed = [line for line in re.findall(r"^Requires-Dist: (.+)$", text, re.M) if "extra ==" not in line]
    assert needed
    assert [line for line in needed if ">=" not in line] == []


BLOCK = """
import re, sys
from importlib.machinery import PathFinder
from importlib.metadata import distribution, packages_distributions, PackageNotFoundError
from packaging.requirements import Requirement

def name(text):
    return re.sub("[-_.]+", "-", text).lower()

def needed(extra, found):
    for line in distribution("reported").requires:
        add(Requirement(line), {extra}, found)
    return found

def add(wanted, extras, found):
    if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
        return
    key = (name(wanted.name), frozenset(wanted.extras))
    if key in found:
        return
    found.add(key)
    try:
        lines = distribution(wanted.name).requires or ()
    except PackageNotFoundError:
        return
    for line in lines:
        add(Requirement(line), wanted.extras, found)

kept = {each for each, _ in needed(EXTRA, set())} | {"reported", "packaging"}
BLOCKED = {module for module, owners in packages_distributions().items() if not kept & set(map(name, owners))}

class Finder(PathFinder):
    @classmethod
    def find_spec(cls, module, path=None, target=None):
        return None if module.partition(".")[0] in BLOCKED else super().find_spec(module, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Finder
"""
"""What Python runs at its start, to have only what one extra installs: everything else cannot be imported."""


def with_extra(folder, extra, *words):
    """Run a command in an environment that has what the extra installs, and no more."""
    (folder / "sitecustomize.py").write_text(f"EXTRA = {extra!r}\n{BLOCK}")
    command = [sys.executable, *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


COLUMNS = """
import sys
from reported import Ledger, answers, ask, explain_words, lint, read_words, said, tables
print(read_words(["about 5", "dozens"]).tolist(), len(explain_words(["about 5"])))
ledger = Ledger(sys.argv[1])
print(tables.figures(ledger), answers(ask("More?", next(iter(ledger)) > 3)), len(ledger.figures), said("5 km").to("metre"))
print(sorted({"IPython", "nbconvert", "matplotlib", "typst", "pypandoc", "jupyterlab"} & set(sys.modules)))
"""


def test_columns_and_ledgers_need_nothing_of_the_press(tmp_path):
    made = with_extra(tmp_path, "", "-c", COLUMNS, DATA)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1] == "[]"
    (tmp_path / "t.csv").write_text("n\nabout 50\n")
    for words in (["column", "t.csv", "--words", "n"], ["new", "a flood"], ["check", "a flood"]):
        made = with_extra(tmp_path, "", "-m", "reported", *words)
        assert made.returncode == 0, made.stderr


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (["report", "a flood"], "report"),
        (["report", "a flood/notebooks/01-numbers.ipynb", "--to", "one.pdf"], "report"),
        (["draft", "page.html", "a flood"], "report"),
        (["lab", "a flood"], "lab"),
        (["decide", "a flood"], "excel"),
        (["new", "another", "--article", "page.txt"], "excel"),
        (["column", "t.xlsx", "--words", "n"], "excel"),
        (["-c", "from reported import charts; charts.counts"], "report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_names_the_extra_that_it_lacks(tmp_path, words, extra):
    (tmp_path / "page.html").write_text(
        "<html><body><article><p>At least 50 died.</p></article></body></html>"
    )
    (tmp_path / "page.txt").write_text("At least 50 people died.")
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    assert with_extra(tmp_path, "", "-m", "reported", "new", "a flood").returncode == 0
    before = sorted(tmp_path.iterdir())
    made = with_extra(tmp_path, "", *([] if words[0] == "-c" else ["-m", "reported"]), *words)
    assert made.returncode == 1
    assert f"reported[{extra}]" in made.stderr
    assert ("Traceback" in made.stderr) == (words[0] == "-c")
    assert sorted(tmp_path.iterdir()) == before


def test_a_report_needs_no_jupyterlab_and_no_kernel(tmp_path):
    for words in (["new", "a flood"], ["report", "a flood"]):
        made = with_extra(tmp_path, "report", "-m", "reported", *words)
        assert made.returncode == 0, made.stderr
    assert (tmp_path / "a flood" / "reports" / "report.pdf").is_file()
    made = with_extra(tmp_path, "report", "-c", "import ipykernel")
    assert "No module named" in made.stderr


def test_it_runs_in_an_environment_of_its_own(wheel, tmp_path):
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env")
    python = tmp_path / "env" / "bin" / "python"
    run(UV, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # what the package needs, from where the tests have it: nothing is fetched
    (Path(site) / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import reported; print(reported.__file__)", folder=tmp_path).strip()
    assert where.startswith(site)
    command = tmp_path / "env" / "bin" / "reported"
    run(command, "new", "a flood", folder=tmp_path)
    assert "0 figures: all checked" in run(command, "check", "a flood", folder=tmp_path)
    run(command, "report", "a flood", folder=tmp_path)
    assert (tmp_path / "a flood" / "reports" / "report.pdf").is_file()
