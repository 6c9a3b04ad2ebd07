"""Notebook files: read, checked, merged into one. Not for what is in them."""

import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reported.press.errors import CellError


def import_nbformat() -> None:
    """Import nbformat in a fifth of the time, unless it is imported already.

    jsonschema, which nbformat needs, imports rfc3987_syntax where it is installed, to check the formats `iri` and
    `iri-reference`, which no notebook's schema has; that builds a grammar and takes as long as all of pandas
    (github.com/python-jsonschema/jsonschema/issues/1428).
    None in sys.modules lets an import fail (Python's reference, "The module cache"), which jsonschema is prepared for.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[grammar] = None  # type: ignore[assignment]
    try:
        importlib.import_module("nbformat")
    finally:
        del sys.modules[grammar]


def read(data: bytes, name: str, to_run: bool = True) -> Any:
    """A notebook from a file's bytes, with stable cell ids. CellError if it is none, or to be run and not in Python."""
    import nbformat

    try:
        written = json.loads(data.decode("utf-8"))
        if written.get("nbformat") == 4:
            for number, cell in enumerate(written["cells"], 1):
                cell.setdefault("id", f"c{number}")  # nbformat would draw one at random
            written["nbformat_minor"] = max(5, written["nbformat_minor"])
        notebook = nbformat.reads(json.dumps(written), as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        raise CellError(name, 0, f"this is not a notebook: {error}") from None
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if to_run and language != "python":
        raise CellError(name, 0, f"its language is {language}; only Python can be run here")
    return notebook


def merge(names: Sequence[str], notebooks: Sequence[Any], settings: Mapping[str, Any]) -> Any:
    """One notebook of all chapters in order, without the cells tagged `standalone`.

    Cell ids become `n<chapter>c<cell>`; `source_names` in the metadata leads back to the notebook and cell.
    """
    import nbformat

    cells, source_names = [], {}
    for chapter, (name, notebook) in enumerate(zip(names, notebooks, strict=True), 1):
        for number, cell in enumerate(notebook.cells, 1):
            if "standalone" in cell.metadata.get("tags", []):
                continue
            cells.append(nbformat.NotebookNode({**cell, "id": f"n{chapter}c{number}"}))
            source_names[cells[-1].id] = [Path(name).name, number]
    merged = nbformat.v4.new_notebook(cells=cells)
    merged.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    merged.metadata["language_info"] = {"name": "python"}
    merged.metadata["reported"] = {**settings, "shift": 1, "source_names": source_names}
    return merged
