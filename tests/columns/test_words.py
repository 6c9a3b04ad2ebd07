"""Whole columns: what `read_words` returns, what it raises, and what `explain_words` says of each phrase."""

import datetime
import math

import pandas as pd
import pytest

from reported import Bounds, explain_words, read_words
from reported.columns.words import WordsError
from reported.intervals.units import UnitError


def test_phrases_become_bounds_with_the_same_index():
    phrases = pd.Series(
        ["at least 42,284", "about 600,000", "dozens", "unknown", None, 5, "none"],
        list("abcdefg"),
        name="dead",
    )
    bounds = read_words(phrases)
    assert str(bounds.dtype) == "bounds"
    assert (bounds.name, list(bounds.index)) == ("dead", list("abcdefg"))
    assert bounds.isna().tolist() == [False, False, False, True, True, False, False]
    known = [Bounds(42284, math.inf), Bounds(570000, 630000), Bounds(24, math.inf), Bounds(5), Bounds(0)]
    assert bounds.dropna().tolist() == known


def test_what_is_left_open_raises_by_phrase_with_its_count():
    phrases = pd.Series(["50", "150?", "150?", "3 dead, 4 hurt"], index=list("wxyz"))
    with pytest.raises(WordsError) as caught:
        read_words(phrases)
    assert caught.value.phrases[["phrase", "times", "status"]].values.tolist() == [
        ["150?", 2, "in doubt"],
        ["3 dead, 4 hurt", 1, "in doubt"],
    ]
    assert "first in row x" in str(caught.value)
    assert read_words(phrases, errors="coerce").isna().tolist() == [False, True, True, True]


def test_a_long_list_is_cut_and_counted():
    with pytest.raises(WordsError, match="and 10 more"):
        read_words([f"{n}?" for n in range(30)])


@pytest.mark.parametrize("column", [pd.Series([1, 2]), [1, 2], pd.Series([1.0, 2.0]), pd.Series(["1", "2"], dtype="category"), pd.array([1, 2], dtype="Int64")])  # fmt: skip
def test_numbers_are_taken_as_they_are(column):
    assert read_words(column).tolist() == [Bounds(1), Bounds(2)]


def test_bounds_stay_bounds():
    column = pd.Series(["[1, 3]"], dtype="bounds")
    assert read_words(column).equals(column)


@pytest.mark.parametrize("column", ["more than 5", 5, None, {"a": "5"}, pd.DataFrame({"a": ["5"]}), [True], pd.Series([True]), [["5"]], [b"5"]])  # fmt: skip
def test_what_is_no_column_of_words(column):
    with pytest.raises(TypeError, match=r"^expected "):
        read_words(column)


def test_a_date_made_by_a_spreadsheet_is_in_doubt():
    assert explain_words([datetime.date(2031, 5, 10), "5"]).status.tolist() == ["in doubt", "read"]


def test_mixed_units_are_listed_with_their_counts():
    with pytest.raises(UnitError) as caught:
        read_words(["12 km", "3 km", "7 miles"], errors="coerce")
    assert "kilometre: 2 rows" in str(caught.value)
    assert "mile: 1 row" in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [("45%", "45"), ("£1.2bn", "$3m"), ("12 people", "30 minutes"), ("£5 million", "5 million")],
)
def test_units_that_do_not_mix(one, other):
    with pytest.raises(UnitError):
        read_words([one, other])


def test_a_unit_is_checked_and_nouns_can_be_added():
    assert read_words(["12 people", "12"], unit="people").tolist() == [Bounds(12)] * 2
    with pytest.raises(WordsError):
        read_words(["12 people", "7 tractors"], unit="person")
    assert read_words(["12 people", "7 tractors"], unit="person", also=["tractors"]).tolist() == [
        Bounds(12),
        Bounds(7),
    ]
    assert read_words(["45", "45%", 45], unit="percent").tolist() == [Bounds(44.5, 45.5)] * 2 + [Bounds(45)]


def test_only_counts_are_whole():
    assert read_words(["more than 12 hours"]).tolist() == [Bounds(12, math.inf)]
    assert read_words(["less than 1%"]).tolist() == [Bounds(0, 1)]
    assert read_words(["more than 12"]).tolist() == [Bounds(13, math.inf)]


@pytest.mark.parametrize(("argument", "said"), [({"reading": "typicl"}, "acled, ucdp, ccc"), ({"errors": "ignore"}, "expected")])  # fmt: skip
def test_arguments_that_are_none(argument, said):
    with pytest.raises(ValueError, match=said):
        read_words(["5"], **argument)


def test_empty_columns():
    assert len(read_words([])) == 0
    assert str(read_words(pd.Series([], dtype="str")).dtype) == "bounds"
    assert read_words([None, "", math.nan]).isna().all()
    assert explain_words([]).empty


def test_sentences_point_to_find():
    sentence = "In the town of {0} about 300 people met on the square before noon and went home again"
    with pytest.raises(ValueError, match=r"reported\.prose\.find"):
        read_words([sentence.format(place) for place in ("Aal", "Bø", "Os", "Å")])


def test_another_language_is_named():
    with pytest.raises(ValueError, match="Spanish"):
        read_words(
            ["más de 500 personas", "unas 200 personas según la policía", "entre 20 y 30"], errors="coerce"
        )


def test_every_phrase_is_explained_the_most_frequent_first():
    found = explain_words(["dozens", "police 40; union 60", "dozens", "unknown", "5%", None])
    assert found.columns.tolist() == [
        "phrase",
        "times",
        "status",
        "qualifier",
        "lower",
        "upper",
        "unit",
        "reason",
    ]
    assert found.iloc[0].tolist()[:6] == ["dozens", 2, "read", "dozens", 24.0, math.inf]
    assert found.set_index("phrase").status.to_dict() == {
        "dozens": "read", "police 40; union 60": "several statements", "unknown": "no number", "5%": "read", "": "no number",
    }  # fmt: skip
    assert found.times.sum() == 6
    assert (found.reason != "").all()


def test_each_phrase_is_read_once(monkeypatch):
    from reported.columns import words

    read = []
    monkeypatch.setattr(
        words, "explain", lambda value, *rest: read.append(value) or words.Cell("no number", "empty")
    )
    read_words(["5", "6"] * 1000)
    assert sorted(read) == ["5", "6"]


def test_a_dask_column_is_read_by_partition():
    dataframe = pytest.importorskip("dask.dataframe")
    column = dataframe.from_pandas(pd.Series(["about 20", "5"] * 10, name="n"), npartitions=3)
    assert read_words(column).compute().tolist() == [Bounds(19, 21), Bounds(5)] * 10
    assert explain_words(column).times.tolist() == [10, 10]


def test_a_column_is_at_home_in_pandas_arrow_and_sql(tmp_path):
    import sqlite3

    bounds = read_words(["about 20", "dozens", "unknown"])
    plain = pd.DataFrame({"lower": bounds.bounds.lower, "upper": bounds.bounds.upper})
    with sqlite3.connect(tmp_path / "a.db") as base:
        plain.to_sql("sizes", base)
        assert base.execute("select lower from sizes").fetchall() == [(19.0,), (24.0,), (None,)]
    bounds.to_frame("size").to_parquet(tmp_path / "a.parquet")
    assert pd.read_parquet(tmp_path / "a.parquet")["size"].equals(bounds.rename("size"))


def test_a_column_is_compared_with_a_figure():
    from reported import said

    column = read_words(["about 20", "dozens", "unknown"])
    found = column < said("more than 600 people")
    assert [verdict if verdict is None else verdict.verdict for verdict in found] == [
        "holds",
        "undetermined",
        None,
    ]
