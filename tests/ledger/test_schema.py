"""The shape of the tables: a schema that was loosened does not loosen the ledger."""

import pytest

# ---------------------------------------------------------------- what it hands out


LOOSENED = [
    ("figures", "ru_killed", "value", "-42284", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "042284", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "NaN", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "٤٢٢٨٤", "does not fit; expected plain digits"),
    ("figures", "ru_killed", "value", "9" * 400, "does not fit; expected plain digits"),
    ("figures", "ru_killed", "qualifier", "atleast", 'did you mean "at least"?'),
    ("figures", "ru_killed", "paragraph", "-22", "is not a whole number from 1 to 100,000"),
    ("figures", "ru_killed", "evidence", "", "empty; expected"),
    ("figures", "ru_killed", "claimant", "nobody", "is not in claimants.csv"),
    ("figures", "ru_killed", "id", "<script>", "expected small letters"),
    ("quantities", "front_length", "unit", "__import__('os')", "expected small letters and underscores"),
    ("claimants", "putin", "side", "Mars", "is no side; expected one of Ukraine, Russia"),
    ("comparisons", "remains_total", "scale", "0", "is not a whole number from 1 to 1,000,000,000"),
    ("comparisons", "remains_total", "scale", "-1", "is not a whole number from 1"),
    ("comparisons", "remains_total", "decimals", "400", "is not a whole number from 0 to 6"),
    ("readings", "typical_about", "lower_factor", "-1", "expected digits and at most one point, or inf"),
    ("readings", "typical_about", "lower_end", "Open", "is no lower_end"),
    ("readings", "typical_about", "lower_units", "-1", "is not a whole number from 0 to 100"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell", "said"), LOOSENED)
def test_a_loosened_schema_loosens_nothing(copy, table, row, column, cell, said):
    def loosen(package):
        schema = package["named"][table]["schema"]
        for name in ("primaryKey", "foreignKeys"):
            schema.pop(name, None)
        for field in schema["fields"]:
            field.pop("constraints", None)

    copy.describe(loosen).change(table, row, **{column: cell})
    place = f"data/{table}.csv row {[r['id'] for r in copy.rows(table)].index(cell if column == 'id' else row) + 2}"
    assert any(p.startswith(f"{place}, column {column}: ") and said in p for p in copy.problems), (
        copy.problems
    )


def test_keys_hold_without_a_schema_that_names_them(copy):
    copy.describe(lambda p: p["named"]["claimants"]["schema"].pop("primaryKey")).add("claimants", "putin")
    (problem,) = copy.problems
    assert '"putin" stands in row 11 already' in problem


@pytest.mark.parametrize(
    ("table", "column", "kind", "cell", "said"),
    [
        ("figures", "as_of", "date", "20240126", "is not a date such as 2024-01-26"),
        ("figures", "as_of", "date", "2024-W04-5", "is not a date such as 2024-01-26"),
        ("readings", "answers_tens", "integer", "+929", "is not a whole number in plain digits"),
        ("readings", "coverage_tens", "number", "4e-1", "is not a number in plain digits"),
        ("readings", "coverage_tens", "number", "INF", "is not a number in plain digits"),
        ("quantities", "whole", "boolean", "True", "is not true or false"),
    ],
)
def test_values_are_written_one_way(copy, table, column, kind, cell, said):
    def loosen(package):
        for field in package["named"][table]["schema"]["fields"]:
            field.pop("constraints", None)
            field.pop("format", None)
            if field["name"] == column:
                assert field["type"] == kind
                if kind == "boolean":
                    field.update(trueValues=["True", "true"])

    row = {"figures": "ru_killed", "readings": "typical_about", "quantities": "ru_killed"}[table]
    row = "front_length" if table == "quantities" else row
    copy.describe(loosen).change(table, row, **{column: cell})
    assert any(f"column {column}: " in p and said in p for p in copy.problems), copy.problems


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["resources"].remove(p["named"]["responses"]), "resource responses is missing; add it"),
        (lambda p: p["named"]["sources"]["schema"]["fields"].__setitem__(3, {"name": "published", "type": "string"}), "resource sources, field published: type is \"string\", expected date"),
        (lambda p: p["named"]["claimants"]["schema"]["fields"][4]["constraints"]["enum"].append("Mars"), 'resource claimants, field side: "Mars" is not known to the code'),
    ],
)  # fmt: skip
def test_a_schema_that_says_less_than_the_code_needs(copy, change, said):
    (problem,) = copy.describe(change).problems
    assert problem == f"data/datapackage.json: {said}"


def test_a_column_left_out_of_file_and_schema(copy):
    copy.describe(lambda p: p["named"]["claimants"]["schema"]["fields"].pop(2))
    copy.write(
        "claimants", [{k: v for k, v in r.items() if k != "local_name"} for r in copy.rows("claimants")]
    )
    assert copy.problems == (
        "data/datapackage.json: resource claimants, field local_name is missing; add it",
    )
