"""A project is found from its folder or its data/, from inside or by name, in one way."""

import pytest

from reported.figures.ledger import find as find_ledger
from reported.ground.place import DESCRIPTOR, data_folder
from reported.project import ProjectError, find


@pytest.fixture
def project(tmp_path):
    (tmp_path / "flood" / "data").mkdir(parents=True)
    (tmp_path / "flood" / "notebooks").mkdir()
    (tmp_path / "flood" / "data" / DESCRIPTOR).write_text("{}")
    return tmp_path / "flood"


@pytest.mark.parametrize("inside", [".", "data", "notebooks"])
def test_from_inside(project, inside, monkeypatch):
    monkeypatch.chdir(project / inside)
    monkeypatch.delenv("REPORTED_DATA", raising=False)
    assert find().folder == project
    assert find().data == find_ledger() == data_folder() == project / "data"


@pytest.mark.parametrize("name", [".", "data"])
def test_by_name(project, name):
    assert find(project / name).folder == project
    assert find(project / name).data == find_ledger(project / name) == project / "data"


def test_there_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPORTED_DATA", raising=False)
    assert data_folder() is None
    assert data_folder(tmp_path) is None
    for nowhere in (None, tmp_path):
        with pytest.raises(FileNotFoundError):
            find_ledger(nowhere)
        with pytest.raises(ProjectError):
            find(nowhere)
