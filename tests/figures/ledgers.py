"""Small ledgers for tests: a flood in a town, written from rows that name only what matters."""

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from reported import Ledger
from reported.intervals.wording import qualified
from reported.ledger.records import TABLES
from reported.ledger.schema import columns

Rows = Sequence[Mapping[str, str]]

HEADERS = {name: list(columns(record)) for name, record in TABLES.items() if name != "readings"}
SOURCES = [
    {
        "id": "gazette",
        "publisher": "The Gazette",
        "title": "River bursts its banks",
        "published": "2031-05-02",
        "language": "en",
    }
]
PARTIES = [
    {"id": "town", "label": "The town", "interested": "yes"},
    {"id": "press", "label": "News media", "interested": "no"},
]
CLAIMANTS = [
    {"id": "mayor", "name": "Ana Silva", "role": "mayor", "party": "town"},
    {"id": "council", "name": "The council", "party": "town"},
    {"id": "paper", "name": "The Gazette", "party": "press"},
]
NOUNS = {"person": "people", "percent": "percent"}


def quantity(id: str, unit: str = "person", kind: str = "stock", **cells: str) -> dict[str, str]:
    """A row of quantities.csv; whole where the unit is a person."""
    label = id.replace("_", " ").capitalize()
    whole = "yes" if unit == "person" else "no"
    row = {"id": id, "topic": "flood", "label": label, "unit": unit, "kind": kind, "whole": whole}
    row |= {"counted": "no", "population": label.lower()}
    row |= {"period_basis": "the source says so"} if "period_start" in cells else {}
    return row | cells


def figure(id: str, of: str, said: str = "", unit: str = "person", **cells: str) -> dict[str, str]:
    """A row of figures.csv, from "about 100" or "dozens"; by a paper, for 1 May, unless cells say otherwise."""
    qualifier, value, value_to = parts(said)
    noun = NOUNS.get(unit, f"{unit}s")
    numbers = [Decimal(number) if number else None for number in (value, value_to)]
    number = qualified(qualifier, *numbers) if numbers[0] is not None else qualifier
    words = f"{number} {'of ' * (value == '' and qualifier not in ('several', 'several times'))}{noun}"
    row = {"id": id, "quantity": of, "qualifier": qualifier, "value": value, "value_to": value_to}
    row |= {"claimant": "paper", "as_of": "2031-05-01", "evidence": "not mentioned", "source": "gazette"}
    return row | {"paragraph": "3", "words": words} | cells


def parts(said: str) -> tuple[str, str, str]:
    """Qualifier, number and second number: of "about 100", "20 to 25", "dozens"."""
    words = said.split()
    numbers = [word for word in words if word.lstrip("-").replace(".", "").isdigit()]
    qualifier = " ".join(word for word in words if word not in numbers and word != "to")
    if len(numbers) > 1:
        return qualifier or "between", numbers[0], numbers[1]
    return ("up to" if said.startswith("up to") else qualifier or "exact"), (numbers or [""])[0], ""


def relation(subject: str, kind: str, object: str, **cells: str) -> dict[str, str]:
    """A row of relations.csv."""
    row = {"id": f"{subject}_{object}", "subject": subject, "relation": kind, "object": object}
    return (
        row | {"in_our_words": f"{subject} {kind} {object}.", "source": "gazette", "paragraph": "5"} | cells
    )


def reaction(figure: str, claimant: str, verb: str, **cells: str) -> dict[str, str]:
    """A row of reactions.csv."""
    row = {"id": f"{figure}_{claimant}", "figure": figure, "claimant": claimant, "reaction": verb}
    return row | {"silence": "no", "source": "gazette", "paragraph": "6"} | cells


def write(folder: Path, **tables: Rows) -> Path:
    """A data package of these tables in `folder`; tables that are not given have the rows above, or none."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {"sources": SOURCES, "parties": PARTIES, "claimants": CLAIMANTS} | tables
    for table, header in HEADERS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(table, []))
    package = {
        "name": "flood",
        "title": "A flood",
        "subtitle": "What was said of it",
        "evidence": sorted({row["evidence"] for row in rows.get("figures", []) if row.get("evidence")}),
        "reactions": sorted({row["reaction"] for row in rows.get("reactions", []) if row.get("reaction")}),
        "resources": [{"name": table, "path": f"{table}.csv"} for table in HEADERS],
    }
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def load(folder: Path, **tables: Rows) -> Ledger:
    """The ledger of `write`."""
    return Ledger(write(folder, **tables))


def flood(folder: Path) -> Ledger:
    """A ledger with numbers that are easy to work by hand, of the flood from 22 April to 1 May 2031.

    Figures are named after their words: `about100` is "about 100".
    """
    quantities = [
        quantity("dead", kind="cumulative", period_start="2031-04-22"),
        quantity("children_dead", kind="cumulative", period_start="2031-04-22"),
        quantity("identified", kind="cumulative", counted="yes", period_start="2031-04-22"),
        quantity("volunteers"),
        quantity("rescuers"),
        quantity("saved", kind="event"),
        quantity("prisoners"),
        quantity("share", "percent", "ratio"),
        quantity("dyke", "kilometre", "length"),
        quantity("breach", "metre", "length"),
        quantity("warning", "day", "duration"),
        quantity("repair", "week", "duration"),
        quantity("cost", "EUR", "amount"),
        quantity("multiple", "ratio", "ratio"),
        quantity("temperature", "degree", "level"),
    ]
    figures = [
        figure("fifty", "dead", "50"),
        figure("fifty_again", "dead", "50", claimant="mayor"),
        figure("least30", "dead", "at least 30"),
        figure("twelve_children", "children_dead", "12"),
        figure("named42", "identified", "at least 42", as_of="2031-04-25"),
        figure("named50", "identified", "50"),
        figure("about100", "volunteers", "about 100"),
        figure("nearly200", "volunteers", "nearly 200"),
        figure("undated60", "volunteers", "60", as_of="", claimant="council"),
        figure("more40", "rescuers", "more than 40"),
        figure("upto20", "rescuers", "up to 20"),
        figure("dozens", "rescuers", "dozens"),
        figure("several", "rescuers", "several"),
        figure(
            "could400", "volunteers", "400", standing="possible", hedge="could", words="could be 400 people"
        ),
        figure("saved30_flood", "saved", "30", event="flood"),
        figure("saved32_flood", "saved", "about 32", event="flood", claimant="mayor"),
        figure("saved30_slide", "saved", "30", event="landslide"),
        figure("prisoners7", "prisoners", "7"),
        figure("share40", "share", "40", "percent"),
        figure("share65", "share", "65", "percent"),
        figure("share25", "share", "about 25", "percent"),
        figure("km2", "dyke", "about 2", "kilometre"),
        figure("m500", "breach", "500", "metre"),
        figure("days3", "warning", "3", "day"),
        figure("weeks2", "repair", "2", "week"),
        figure("euros1000", "cost", "1000", "EUR"),
        figure("several_times", "multiple", "several times", "higher", words="several times higher"),
        figure("minus5", "temperature", "-5", "degree"),
    ]
    figures = [{"precision": "exact"} | row for row in figures]  # precision has tests of its own
    relations = [
        relation("identified", "floor of", "dead"),
        relation("children_dead", "part of", "dead"),
        relation("fifty_again", "restates", "fifty"),
        relation("prisoners", "unrelated to", "dead", in_our_words="The prison is in another country."),
        relation("upto20", "perhaps the same statement as", "more40"),
    ]
    reactions = [reaction("about100", "council", "contradicts")]
    return load(folder, quantities=quantities, figures=figures, relations=relations, reactions=reactions)
