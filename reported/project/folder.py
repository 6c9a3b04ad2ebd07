"""Find a project and its parts. Standard library only: the up-to-date check of a report starts here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reported.ground.place import DESCRIPTOR, data_folder


class ProjectError(ValueError):
    """There is no project where one is expected, or it cannot be laid out; one line that says what to do."""


@dataclass(frozen=True)
class Project:
    """A project's folder and the parts in it, all absolute."""

    folder: Path
    data: Path
    notebooks: Path
    reports: Path

    @property
    def settings(self) -> dict[str, Any]:
        """Read the project's title, subtitle, author, language and description from datapackage.json.

        Not checked here: `reported.ledger.check` names what is wrong with it.
        """
        try:
            package = json.loads((self.data / DESCRIPTOR).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        package = package if isinstance(package, dict) else {}
        settings = {name: package[name] for name in _SETTINGS if isinstance(package.get(name), str)}
        author = settings.pop("author", "")
        licences = package.get("licenses")
        licences = [one for one in licences if one] if isinstance(licences, list) else []
        return (
            settings
            | ({"authors": [author]} if author else {})
            | ({"licences": licences} if licences else {})
        )

    def notebook_files(self) -> list[Path]:
        """The notebooks, in the order of the chapters: by name. Scratch ones are none."""
        return [path for path in _notebooks(self.notebooks) if not is_scratch(path)]

    def scratch_files(self) -> list[Path]:
        """The notebooks that are no chapters."""
        return [path for path in _notebooks(self.notebooks) if is_scratch(path) and path.name[0] != "."]


def _notebooks(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ipynb"))


def is_scratch(notebook: Path) -> bool:
    """If a notebook is no chapter: JupyterLab's Untitled ones, and those whose names begin with _ or a dot."""
    return notebook.name.startswith(("Untitled", "_", "."))


_SETTINGS = ("title", "subtitle", "description", "author", "language", "edition", "homepage")


def find(
    folder: str | Path | None = None,
    *,
    data: str | Path | None = None,
    notebooks: str | Path | None = None,
    reports: str | Path | None = None,
) -> Project:
    """The project in `folder`; without one, the nearest at or above the working directory.

    `data`, `notebooks` and `reports` are parts that are elsewhere. `data` without `folder` makes its own folder
    the project's.

    Raises ProjectError if there is no project.
    """
    root = Path(folder).absolute() if folder is not None else Path.cwd()
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "is not there"
        raise ProjectError(f"{folder}: {what}; name a project's folder")
    if data is None:
        data = data_folder(folder)
        if data is None and folder is None:
            raise ProjectError(
                "no project here or above: no folder has data/datapackage.json; name the project's folder, or lay "
                "one out with `reported new FOLDER`"
            )
        root = data.parent if data is not None else root
    elif folder is None:
        root = Path(data).absolute().parent
    project = Project(
        folder=root.resolve(),
        data=_part(root, data, "data"),
        notebooks=_part(root, notebooks, "notebooks"),
        reports=_part(root, reports, "reports"),
    )
    if not (project.data / DESCRIPTOR).is_file():
        shown = Path(data) if data is not None else Path(folder or root) / "data"
        advice = "" if folder is None else "; `reported new FOLDER` lays a project out"
        raise ProjectError(f"{shown}: no {DESCRIPTOR} there, so it holds no ledger{advice}")
    return project


def _part(root: Path, given: str | Path | None, name: str) -> Path:
    return (Path(given) if given is not None else root / name).resolve()
