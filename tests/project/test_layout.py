"""What `reported new` lays out: a sound project, whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reported.ledger import load
from reported.project import ProjectError
from reported.project.layout import TEMPLATE, lay_out


def test_a_new_project_is_an_empty_ledger_that_loads(tmp_path):
    lay_out(tmp_path / "flood", "The flood", {})
    package = load(tmp_path / "flood" / "data")
    assert (package.settings["title"], len(package.figures)) == ("The flood", 0)
    names = {path.name for path in (tmp_path / "flood").iterdir()}
    assert names == {"data", "notebooks", "reports", "README.md", "Makefile", ".gitignore"}
    assert "# The flood" in (tmp_path / "flood" / "README.md").read_text(encoding="utf-8")
    assert len((tmp_path / "flood" / "Makefile").read_text(encoding="utf-8").splitlines()) == 3
    assert (tmp_path / "flood" / "data" / "readings.csv").is_file()


def test_a_title_may_hold_what_json_and_markdown_use(tmp_path):
    lay_out(tmp_path / "flood", 'The "flood" \\ PROJECT', {})
    assert load(tmp_path / "flood" / "data").settings["title"] == 'The "flood" \\ PROJECT'


def test_rows_are_put_in_the_tables(tmp_path):
    lay_out(
        tmp_path / "flood",
        "The flood",
        {"parties": [{"id": "town", "label": "The town", "interested": "yes"}]},
    )
    assert load(tmp_path / "flood" / "data").parties["town"].label == "The town"


def test_an_empty_folder_is_used_and_a_full_one_refused(tmp_path):
    (tmp_path / "a b").mkdir()
    lay_out(tmp_path / "a b", "x", {})
    with pytest.raises(ProjectError, match="a b: has a project already"):
        lay_out(tmp_path / "a b", "x", {})
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(ProjectError, match="full: is not empty"):
        lay_out(tmp_path / "full", "x", {})
    with pytest.raises(ProjectError, match=r"letter\.txt: is a file"):
        lay_out(tmp_path / "full" / "letter.txt", "x", {})


def test_a_project_inside_a_project_is_refused(tmp_path):
    lay_out(tmp_path / "outer", "x", {})
    with pytest.raises(ProjectError, match="inner: is inside the project outer"):
        lay_out(tmp_path / "outer" / "notebooks" / "inner", "x", {})


def test_a_project_beside_a_project_is_none_inside_it(tmp_path, monkeypatch):
    lay_out(tmp_path / "one", "x", {})
    monkeypatch.chdir(tmp_path / "one")
    lay_out(Path("../two"), "x", {})
    assert (tmp_path / "two" / "data").is_dir()


@pytest.mark.parametrize("existed", [True, False])
def test_after_a_fault_nothing_is_left(tmp_path, monkeypatch, existed):
    folder = tmp_path / "flood"
    if existed:
        folder.mkdir()
    rename = Path.rename

    def failing(self, target):
        if self.name == "notebooks":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space left"):
        lay_out(folder, "x", {})
    assert [path.name for path in tmp_path.iterdir()] == ["flood"] * existed
    assert not existed or not list(folder.iterdir())


@pytest.mark.parametrize(
    "notebook", sorted((TEMPLATE / "notebooks").glob("*.ipynb")), ids=lambda path: path.name
)
def test_the_notebooks_are_laid_out_without_outputs(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    assert cells[0]["source"][0].startswith("# ")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_the_makefile_calls_the_command(tmp_path):
    lay_out(tmp_path / "a b", "The flood", {})
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    made = subprocess.run(
        ["make", "-C", str(tmp_path / "a b"), "check"],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert "0 figures: all checked" in made.stdout, made.stderr
