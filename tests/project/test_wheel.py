"""The wheel: built from the repository, it works in an environment of its own."""

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
