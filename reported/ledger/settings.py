"""Settings of a project in datapackage.json: its title, licences, the works it draws on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from reported.ground.place import DESCRIPTOR
from reported.ledger.cells import cell_fault
from reported.ledger.faults import DataError, Fault, Faults, Place, quoted
from reported.ledger.files import label, read_text

SCHEMA_VERSION = 3
_MOVING = (
    "add the columns precision, standing, window, inferred and overruled to figures.csv, which may be empty; give "
    "each hedge its standing (could: possible); write units as words with spaces, and money as its ISO 4217 code "
    "(EUR); declare kinds of evidence and reactions of your own in datapackage.json "
    '("evidence": ["…"], "reactions": ["…"]); then set schema_version to 3'
)
"""How to edit a ledger of the previous version."""


def read_settings(folder: Path) -> dict[str, Any]:
    """Read a project's settings from datapackage.json, without its resources: those describe the tables for other
    software and are written, never read.

    Raises DataError.
    """
    place = label(folder, DESCRIPTOR)
    text = read_text(folder, DESCRIPTOR)
    try:
        package = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", text.count("\n") + 1)
        reason = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        bad = Fault("not-json", Place(place, line), f"not usable JSON ({reason}); correct it there")
        raise DataError([bad]) from None
    if not isinstance(package, dict):
        raise DataError([Fault("not-json", Place(place), "expected an object with a title")])
    faults = Faults()
    version = package.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        faults.add(
            place,
            f"schema_version is {quoted(str(version))}, expected {SCHEMA_VERSION}; update the software",
            code="version",
        )
    elif version < SCHEMA_VERSION:
        faults.add(
            place, f"schema_version is {version}, expected {SCHEMA_VERSION}; {_MOVING}", code="version"
        )
    if not package.get("title"):
        faults.add(place, "title is missing or empty; enter a title for the project", code="empty")
    for name in ("title", "subtitle", "description", "author", "language"):
        value = package.get(name, "")
        fault = cell_fault(value) if isinstance(value, str) else "is not text; put it in quotes"
        if fault:
            faults.add(place, f"{name} {quoted(str(value))} {fault}", code="setting")
    for name, example in (("evidence", "bodies received"), ("reactions", "withdraws it")):
        kinds = package.get(name, [])
        if not isinstance(kinds, list) or not all(isinstance(kind, str) and kind for kind in kinds):
            faults.add(place, f'{name}: expected a list of kinds, such as ["{example}"]', code="setting")
    works = package.get("sources", [])
    if not isinstance(works, list) or not all(
        isinstance(w, dict) and isinstance(w.get("title"), str) for w in works
    ):
        faults.add(place, "sources: expected a list of objects, each with a title", code="setting")
    faults.raise_if_any()
    return {name: value for name, value in package.items() if name != "resources"}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError if a key occurs twice, since one of the two would be lost."""
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"the key {quoted(repeated[0])} occurs twice in one object; keep one")
    return dict(pairs)
