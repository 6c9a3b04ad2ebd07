"""Find a project's data folder."""

from __future__ import annotations

from pathlib import Path

DESCRIPTOR = "datapackage.json"


def data_folder(folder: str | Path | None = None) -> Path | None:
    """The data folder of a project, absolute: `folder` or its `data/`; None: the nearest at or above the working
    directory. None if there is none.
    """
    here = Path.cwd()
    places = (here, *here.parents) if folder is None else (Path(folder).absolute(),)
    for place in places:
        for candidate in (place, place / "data"):
            if (candidate / DESCRIPTOR).is_file():
                return candidate
    return None
