"""Lay out a project: the tables, notebooks that serve any ledger, a README. All of it or nothing."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from reported.ground.place import DESCRIPTOR
from reported.ledger.cells import cell_fault
from reported.ledger.guide import write_descriptor
from reported.ledger.records import TABLES
from reported.ledger.rows import SHIPPED
from reported.ledger.schema import columns
from reported.project.folder import ProjectError
from reported.project.tables import Row, add

TEMPLATE = Path(__file__).parent / "template"
_TITLE = "PROJECT_TITLE"
_FILES = {"README.md": "README.md", "Makefile": "Makefile", "gitignore": ".gitignore"}


def lay_out(folder: Path, title: str, rows: Mapping[str, Sequence[Row]]) -> None:
    """Make a project in `folder`, which must not be there or be empty; `rows` are put in its tables.

    The project is made in a hidden folder beside it and moved into place: after a fault nothing is left.

    Raises ProjectError if there is something already, or the folder is inside a project; OSError if it
    cannot be written.
    """
    if fault := cell_fault(title):
        raise ProjectError(f'--title "{title[:60]}": {fault}')
    folder = folder.resolve()
    refuse_if_occupied(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".reported-", dir=folder.parent) as made:
        _write(Path(made), title, rows)
        existed = folder.exists()
        folder.mkdir(exist_ok=True)
        moved: list[Path] = []
        try:
            for part in sorted(Path(made).iterdir()):
                part.rename(folder / part.name)
                moved.append(folder / part.name)
        except OSError:
            for part in moved:
                shutil.rmtree(part) if part.is_dir() else part.unlink()
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()
            raise


def refuse_if_occupied(folder: Path) -> None:
    """Raise ProjectError if no project can be made."""
    folder = folder.resolve()
    if folder.is_dir() and any(folder.iterdir()):
        what = "has a project already" if (folder / "data" / DESCRIPTOR).exists() else "is not empty"
        raise ProjectError(f"{folder.name}: {what}; name a new folder or an empty one")
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder.name}: is a file; name a new folder")
    for parent in folder.parents:
        if (parent / "data" / DESCRIPTOR).is_file():
            raise ProjectError(
                f"{folder.name}: is inside the project {parent.name}; name a folder outside it"
            )


def _write(folder: Path, title: str, rows: Mapping[str, Sequence[Row]]) -> None:
    data = folder / "data"
    for name in ("data", "notebooks", "reports"):
        (folder / name).mkdir()
    for name, record in TABLES.items():
        if name != "readings":
            (data / f"{name}.csv").write_text(",".join(columns(record)) + "\n", encoding="utf-8-sig")
    shutil.copyfile(SHIPPED / "readings.csv", data / "readings.csv")
    write_descriptor(
        data, {"title": title, "subtitle": "", "description": "", "author": "", "language": "en"}
    )
    add(data, rows)
    for name, to in _FILES.items():
        text = (TEMPLATE / name).read_text(encoding="utf-8")
        (folder / to).write_text(text.replace(_TITLE, title), encoding="utf-8")
    for notebook in sorted((TEMPLATE / "notebooks").glob("*.ipynb")):
        shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
