"""What datapackage.json says of a project."""

import json

import pytest

from tests.ledgers import DATA

SETTINGS = [
    ({"title": None}, "title is missing or empty; enter a title for the project"),
    ({"title": 5}, 'title "5" is not text; put it in quotes'),
    ({"subtitle": "a\u202eb"}, "holds the invisible character U+202E"),
    ({"title": "?"}, "is not decided yet"),
    ({"schema_version": 4}, 'schema_version is "4", expected 3; update the software'),
    ({"schema_version": "x"}, 'schema_version is "x", expected 3'),
    ({"schema_version": 2}, "schema_version is 2, expected 3; add the columns precision, standing"),
    ({"evidence": "lists"}, "evidence: expected a list of kinds"),
    ({"reactions": [5]}, "reactions: expected a list of kinds"),
    ({"sources": 5}, "sources: expected a list of objects, each with a title"),
    ({"sources": "Ferson"}, "sources: expected a list of objects, each with a title"),
    ({"sources": [{"name": "Ferson"}]}, "sources: expected a list of objects, each with a title"),
]


@pytest.mark.parametrize(("settings", "said"), SETTINGS)
def test_settings_that_cannot_be_used(copy, settings, said):
    copy.describe(**settings)
    assert copy.problem.startswith("data/datapackage.json: ")
    assert said in copy.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "row 1: not usable JSON (Expecting property name enclosed in double quotes)"),
        ("[" * 10**5, "not usable JSON (nested too deep)"),
        ('{"title": "1", "title": "2"}', 'not usable JSON (the key "title" occurs twice in one object; keep one)'),
        ("[]", "expected an object with a title"),
        ("9" * 10**5, "not usable JSON"),
    ],
)  # fmt: skip
def test_what_is_no_descriptor(copy, text, said):
    (copy.folder / "datapackage.json").write_text(text)
    assert said in copy.problem


def test_the_resources_are_for_other_software_and_are_not_read(copy, rows):
    copy.describe(resources=[{"name": "figures", "path": "../secret.csv"}])
    assert copy.load().figures == rows.figures
    assert "resources" not in copy.load().settings
    assert copy.load().settings["title"] == json.loads((DATA / "datapackage.json").read_text())["title"]
