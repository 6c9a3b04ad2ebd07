"""A ledger about a river in flood, invented for tests: any rows of figures on our own schema."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from reported.ledger.ledger import Ledger

DATA = Path(__file__).parents[1] / "data"

CLAIMANTS = [
    ("mayor", "The mayor of Lunde", "", "mayor", "unnamed"),
    ("hydrologists", "The river service", "", "measures the river", "independent"),
    ("upstream", "The upper valley", "", "districts above the weir", "Ukraine"),
    ("downstream", "The lower valley", "", "districts below the weir", "Russia"),
    ("olena", "Олена Шевченко", "Олена Шевченко", "farmer", "independent"),
    ("layla", "ليلى الحسن", "ليلى الحسن", "farmer", "unnamed"),
]
QUANTITIES = [
    ("homes", "flood", "Homes under water", "building", "stock", "true", "homes along the river"),
    ("level", "flood", "Level of the river at the weir", "metre", "length", "false", "the river at the weir"),
    ("harvest", "harvest", "Harvest brought in", "tonne", "amount", "false", "grain of the valley"),
    (
        "cattle",
        "harvest",
        "Cattle led to higher ground",
        "item",
        "cumulative",
        "true",
        "cattle of the valley",
    ),
]
FIGURE = {
    "quantity": "homes",
    "qualifier": "exact",
    "value": "",
    "value_to": "",
    "claimant": "mayor",
    "relayed_by": "",
    "stated_on": "",
    "as_of": "",
    "as_of_basis": "not given",
    "evidence": "none reported",
    "little_disclosed": "",
    "source": "valley-news",
    "paragraph": "1",
    "note": "",
}
COURSE = [
    {
        "qualifier": "at least",
        "value": "40",
        "as_of": "2023-05-02",
        "as_of_basis": "given",
        "evidence": "identified by name",
    },
    {
        "qualifier": "at least",
        "value": "95",
        "as_of": "2023-05-04",
        "as_of_basis": "given",
        "evidence": "identified by name",
    },
    {
        "qualifier": "at least",
        "value": "160",
        "as_of": "2023-05-08",
        "as_of_basis": "given",
        "evidence": "identified by name",
    },
    {
        "qualifier": "about",
        "value": "120",
        "as_of": "2023-05-04",
        "as_of_basis": "given",
        "claimant": "downstream",
    },
    {
        "qualifier": "more than",
        "value": "200",
        "as_of": "2023-05-07",
        "as_of_basis": "given",
        "claimant": "downstream",
    },
    {
        "qualifier": "exact",
        "value": "150",
        "as_of": "2023-05-06",
        "as_of_basis": "given",
        "claimant": "upstream",
    },
    {"qualifier": "dozens", "claimant": "layla"},
]
"""Homes under water: three accounts at several dates, and one whose date is not given."""


def river(
    folder: Path,
    figures: Iterable[Mapping[str, str]],
    comparisons: Iterable[Mapping[str, str]] = (),
    responses: Iterable[Mapping[str, str]] = (),
    labels: Mapping[str, str] | None = None,
) -> Ledger:
    """A ledger of the figures given, each a mapping of what differs from FIGURE, written into `folder`.

    Ids are f0, f1 … unless given; the words are made from qualifier and value. `labels` renames quantities.
    """
    folder.mkdir(parents=True, exist_ok=True)
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    columns = {}
    for resource in package["resources"]:
        columns[resource["name"]] = [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            if field["name"] == "topic":
                field["constraints"].pop("enum", None)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    shutil.copy(DATA / "readings.csv", folder)
    rows = [FIGURE | {"id": f"f{n}"} | dict(figure) for n, figure in enumerate(figures)]
    for row in rows:
        row.setdefault("words", _words(row))
    source = {
        "id": "valley-news",
        "publisher": "Valley News",
        "title": "The river rises",
        "published": "2023-05-09",
        "language": "en",
        "credits": "",
        "sha256": "0" * 64,
    }
    quantities = [
        dict(zip(columns["quantities"], (*q, "", ""), strict=True))
        | {"label": (labels or {}).get(q[0], q[2])}
        for q in QUANTITIES
    ]
    tables: dict[str, Iterable[Mapping[str, str]]] = {
        "sources": [source],
        "claimants": [dict(zip(columns["claimants"], c, strict=True)) for c in CLAIMANTS],
        "quantities": quantities,
        "figures": rows,
        "responses": responses,
        "relations": [],
        "set_aside": [],
        "comparisons": comparisons,
    }
    for name, every in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(every)
    return Ledger(folder)


def _words(row: Mapping[str, str]) -> str:
    qualifier, value = row["qualifier"], row["value"]
    if not value:
        return {"several times": "several times as many", "a handful": "a handful of them"}.get(
            qualifier, f"{qualifier} of them" if qualifier != "several" else "several of them"
        )
    number = f"{int(value):,}" if value.isdigit() else value
    if qualifier == "between":
        return f"between {number} and {int(row['value_to']):,} of them"
    return f"{number} of them" if qualifier == "exact" else f"{qualifier} {number} of them"
