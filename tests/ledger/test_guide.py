"""One declaration: the schema, the guide, the frames and the project's files all follow it."""

import dataclasses
import json
import re

import pytest

from reported.ledger import READINGS
from reported.ledger.guide import column_guide, resources, write_descriptor
from reported.ledger.records import TABLES
from reported.ledger.rows import SHIPPED
from reported.ledger.schema import columns
from tests.ledgers import DATA

EVERY_COLUMN = [(name, column) for name, record in TABLES.items() for column in columns(record).values()]


@pytest.mark.parametrize(
    "data", [DATA, *DATA.parent.glob("examples/*/data")], ids=lambda data: data.parent.name
)
def test_the_schema_of_each_ledger_here_is_the_declared_one(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"] == json.loads(json.dumps(resources())), (
        "write it again with python -m reported.ledger.guide"
    )


def test_the_guide_in_the_docs_is_the_declared_one():
    guide = (DATA.parent / "docs" / "data.md").read_text(encoding="utf-8")
    assert guide == column_guide(), "write it again with python -m reported.ledger.guide"
    for name, column in EVERY_COLUMN:
        section = guide.partition(f"## {name}.csv")[2].partition("\n## ")[0]
        assert f"| `{column.name}`" in section


@pytest.mark.parametrize("name", TABLES)
def test_the_project_s_files_have_the_declared_columns(name):
    folder = SHIPPED if name == "readings" else DATA
    header = (folder / f"{name}.csv").read_text(encoding="utf-8-sig").partition("\n")[0]
    assert header.split(",") == list(columns(TABLES[name]))


@pytest.mark.parametrize(("name", "column"), EVERY_COLUMN, ids=lambda v: getattr(v, "name", v))
def test_every_column_is_described_and_its_example_is_allowed(name, column):
    assert column.description
    assert column.to in ("", *TABLES)
    if column.example:
        assert not column.choices or column.example in column.choices
        assert re.fullmatch(column.kind.pattern or ".+", column.example)
        column.kind.parse(column.example)
    else:
        assert not column.required


def test_examples_hang_together():
    """The examples of all tables together are a ledger without a fault."""
    examples = {name: {c.name: c.example for c in columns(record).values()} for name, record in TABLES.items()}  # fmt: skip
    for name, column in EVERY_COLUMN:
        if column.to and column.required:
            assert column.example, (name, column.name)
    assert set(READINGS) >= {examples["readings"]["reading"]}


def test_every_field_of_a_record_is_a_column_or_made_from_them():
    for record in TABLES.values():
        declared = {column.attribute for column in columns(record).values()}
        made = {field.name for field in dataclasses.fields(record)} - declared
        assert made <= {"reactions", "rules"}


def test_a_written_descriptor_keeps_what_a_project_says_of_itself(tmp_path):
    write_descriptor(tmp_path, {"title": "Überschwemmung", "licenses": []})
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "Überschwemmung"
    assert package["schema_version"] == 3
    assert [r["name"] for r in package["resources"]] == [name for name in TABLES if name != "readings"]
