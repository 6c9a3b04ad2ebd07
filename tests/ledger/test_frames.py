"""Tables as DataFrames, every column with its own dtype."""

import io
import math

import pandas as pd
import pytest

from reported import Bounds
from reported.ledger.frames import frame as frame_of
from reported.ledger.records import TABLES
from reported.ledger.rules import READINGS
from reported.ledger.schema import columns


def test_figures_have_numbers_dates_parties_and_bounds(ledger, rows):
    figures = ledger.figures
    assert list(figures.index) == list(rows.figures)
    assert figures["value"].dtype == "Float64"
    assert figures["value"].sum() == sum(f.value or 0 for f in rows.figures.values())
    assert figures["paragraph"].dtype == "Int64"
    assert figures["party"].dtype == pd.CategoricalDtype(list(rows.parties))
    assert figures.loc["ru_killed", "party"] == "news_media"
    assert str(figures["typical"].dtype) == "bounds"
    assert figures.loc["ru_killed", "cautious"] == Bounds(42284, math.inf)
    assert figures["digits"].isna().sum() == sum(f.value is None for f in rows.figures.values())
    assert figures.loc["ru_troops_engaged", "stated_on"] == "2023-12"
    assert figures.loc["il76_pows", "held_from"] == pd.Timestamp("2024-01-24")
    assert pd.isna(figures.loc["ru_killed", "held_from"])
    assert figures.loc["ru_killed", "held_to"] == pd.Timestamp("2024-01-26")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_the_dtypes_that_are_declared(rows, name):
    table = frame_of(rows.tables[name])
    assert len(table) == len(rows.tables[name].rows)
    assert list(table.columns)[: len(columns(TABLES[name]))] == list(columns(TABLES[name]))
    for column in columns(TABLES[name]).values():
        category = column.choices or column.to == "parties"
        assert table[column.name].dtype == ("category" if category else column.kind.dtype), column.name


def test_columns_are_numbers_that_compute_and_words_that_group(ledger):
    readings = ledger.readings
    assert readings["upper_factor"].max() == math.inf
    assert readings["coverage_tens"].dtype == "Float64"
    figures = ledger.figures
    assert figures.groupby("party")["value"].count()["ukraine"] == 2
    assert ledger.parties["interested"].sum() == 2


def test_a_table_survives_a_csv_file_and_parquet(ledger, tmp_path):
    figures = ledger.figures
    text = io.StringIO(figures.to_csv(index=False))
    read = pd.read_csv(text, dtype=dict.fromkeys(READINGS, "bounds"))
    assert read["typical"].tolist() == figures["typical"].tolist()
    figures.to_parquet(tmp_path / "figures.parquet")
    stored = pd.read_parquet(tmp_path / "figures.parquet")
    assert stored["held_to"].tolist() == figures["held_to"].tolist()
