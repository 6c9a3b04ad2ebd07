"""Where a project and its parts are found."""

import json

import pytest

from reported.project import ProjectError, find


def make(folder, **settings):
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "datapackage.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def test_the_nearest_project_at_or_above_the_working_folder_is_found(tmp_path, monkeypatch):
    outer = make(tmp_path / "outer")
    inner = make(outer / "examples" / "inner")
    (inner / "notebooks").mkdir()
    monkeypatch.chdir(inner / "notebooks")
    assert find().folder == inner
    monkeypatch.chdir(outer / "examples")
    assert find().folder == outer
    assert find("inner").notebooks == inner / "notebooks"


def test_parts_may_be_elsewhere(tmp_path, monkeypatch):
    project = make(tmp_path / "one")
    (project / "data").rename(tmp_path / "ledger")
    monkeypatch.chdir(tmp_path)
    found = find("one", data="ledger", notebooks="chapters", reports="out")
    assert (found.data, found.notebooks, found.reports) == tuple(
        tmp_path / name for name in ("ledger", "chapters", "out")
    )
    assert find(data="ledger").folder == tmp_path


@pytest.mark.parametrize("name", ["nothing", "file.txt", "empty"])
def test_a_folder_that_is_no_project_is_one_line(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProjectError) as error:
        find(name)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_no_project_anywhere_is_one_line_that_names_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectError, match="reported new FOLDER"):
        find()


def test_what_a_project_says_of_itself_is_the_documents_settings(tmp_path):
    project = find(make(tmp_path / "one", title="A flood", author="Ada Moe", language="en", licenses=[{}]))
    assert project.settings == {"title": "A flood", "authors": ["Ada Moe"], "language": "en"}
    (project.data / "datapackage.json").write_text("[")
    assert project.settings == {}


def test_notebooks_are_chapters_in_the_order_of_their_names(tmp_path):
    project = find(make(tmp_path / "one"))
    assert project.notebook_files() == []
    project.notebooks.mkdir()
    for name in ("10-b.ipynb", "02-a.ipynb", ".hidden.ipynb", "notes.txt"):
        (project.notebooks / name).touch()
    assert [path.name for path in project.notebook_files()] == ["02-a.ipynb", "10-b.ipynb"]
