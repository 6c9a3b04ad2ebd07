"""A ledger in a notebook: figures by id, completion, tables with proper dtypes, series through time."""

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from reported import Bounds, DataError, Ledger, hull
from reported.figures.ledger import find
from reported.ledger.checks import RESERVED
from reported.ledger.schema import columns
from tests.figures.ledgers import figure, flood, load, quantity, relation, write

INF = float("inf")

# ---------------------------------------------------------------- by id


def test_membership_length_and_iteration_agree(town):
    assert len(town) == len(list(town)) == len({*town})
    assert all(f in town and f.id in town and town[f.id] is f and getattr(town, f.id) is f for f in town)
    for stranger in ("dead", "no_such", 3, None):
        assert stranger not in town


def test_a_figure_of_another_ledger_is_not_in_it(town, ledger):
    assert ledger.il76_pows not in town


def test_an_unknown_id_names_what_is_near(town):
    with pytest.raises(
        AttributeError, match="'abuot100' is not a figure of this ledger; did you mean about100"
    ):
        _ = town.abuot100
    with pytest.raises(KeyError, match="did you mean about100"):
        town["abuot100"]
    with pytest.raises(AttributeError, match=r"list\(ledger\) lists the figures"):
        _ = town.zzz


def test_every_public_attribute_of_a_ledger_is_refused_as_an_id(town):
    attributes = {name for name in {*dir(type(town)), *vars(town)} if not name.startswith("_")}
    assert attributes <= RESERVED


@pytest.mark.parametrize("typed", ["ledger.fif", 'ledger["fif', "ledger['fif"])
def test_ids_complete_in_ipython(town, typed):
    shell = InteractiveShell.instance()
    shell.user_ns["ledger"] = town
    with provisionalcompleter():
        found = {c.text for c in shell.Completer.completions(typed, len(typed))}
    assert {text.strip("\"'[]. ").removeprefix("ledger").strip("\"'[.") for text in found} >= {
        "fifty",
        "fifty_again",
    }


def test_the_nearest_ledger_at_or_above_is_found(tmp_path, monkeypatch):
    flood(tmp_path / "data")
    deep = tmp_path / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert Ledger().folder == find() == (tmp_path / "data").resolve()
    assert Ledger(tmp_path).folder == Ledger(tmp_path / "data").folder == Ledger("../..").folder
    with pytest.raises(FileNotFoundError, match=r"no ledger in nowhere: expected data/datapackage\.json"):
        Ledger("nowhere")


def test_records_and_figures_are_hashable(town):
    assert len({*town}) == len(town)
    assert {f.claimant.name for f in town} == {"The Gazette", "Ana Silva", "The council"}
    assert len({f.claimant for f in town}) == 3


# ---------------------------------------------------------------- selecting


def test_select_takes_ids_and_cells(town):
    assert town.select(quantity="identified") == [town.named42, town.named50]
    assert town.select(party="town", event="flood") == [town.saved32_flood]
    assert town.select(qualifier="more than") == [town.more40]
    assert town.select(topic="flood", source="gazette") == list(town)
    assert town.select(event="landslide", party="town") == []


@pytest.mark.parametrize(
    ("condition", "error", "message"),
    [
        ({"speaker": "mayor"}, TypeError, r"no condition 'speaker'; expected topic, quantity, claimant"),
        ({"claimant": "mayr"}, KeyError, r"'mayr' is not a claimant in claimants.csv; did you mean mayor\?"),
        ({"party": "Town"}, KeyError, r"'Town' is not a party in parties.csv; did you mean town\?"),
        ({"topic": "floods"}, KeyError, r"'floods' is not a topic in quantities.csv; did you mean flood\?"),
        ({"source": "times"}, KeyError, r"'times' is not a source in sources.csv"),
    ],
)
def test_select_names_what_is_unknown(town, condition, error, message):
    with pytest.raises(error, match=message):
        town.select(**condition)


# ---------------------------------------------------------------- tables


def test_the_figures_have_proper_dtypes(town):
    frame = town.figures
    assert list(frame.index) == [f.id for f in town]
    dtypes = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert {
        name: dtypes[name] for name in ("value", "value_to", "restates", "party", "typical", "paragraph")
    } == {
        "value": "Float64",
        "value_to": "Float64",
        "restates": "bool",
        "party": "category",
        "typical": "bounds",
        "paragraph": "Int64",
    }
    assert list(frame["party"].cat.categories) == ["town", "press"]
    assert frame["held_to"].dtype.kind == "M"
    assert frame.loc["undated60", "held_from"] is pd.NaT
    assert frame["value"].sum() == sum(f.value for f in town if f.value is not None)
    assert str(town.quantities["counted"].dtype) == str(town.quantities["whole"].dtype) == "boolean"
    assert str(town.reactions["silence"].dtype) == "boolean"


def test_the_columns_of_bounds_are_those_of_the_figures(town):
    frame = town.figures
    for reading in ("digits", "typical", "cautious"):
        for f in town:
            cell = frame.loc[f.id, reading]
            bounds = f.bounds[reading]
            bounds = bounds * 100 if bounds is not None and f.unit.is_fraction else bounds
            ends = None if bounds is None else (bounds.lower, bounds.upper)
            assert (None if cell is pd.NA else (cell.lower, cell.upper)) == ends
    assert frame.loc["named42", "typical"] == Bounds(42, INF)


def test_statements_are_there_once(town):
    assert set(town.figures.index) - set(town.statements.index) == {"fifty_again"}
    widest = town.statements.groupby("quantity")["typical"].agg(hull)
    assert widest["volunteers"] is pd.NA  # one of them commits to no number
    assert widest["saved"] == Bounds(30, 33)


@pytest.mark.parametrize(
    "table",
    ["sources", "parties", "claimants", "quantities", "reactions", "relations", "set_aside", "readings"],
)
def test_every_table_is_a_frame(town, table):
    frame = getattr(town, table)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == len(town.rows.tables[table].rows)


def test_the_frame_of_figures_has_what_a_row_refers_to(town):
    frame, one = town.figures, next(iter(town))
    assert frame.index.name == "id"
    row = frame.loc[one.id]
    assert (row["label"], row["unit"], row["topic"]) == (one.quantity.label, one.quantity.unit, "flood")
    assert (row["claimant_name"], row["party"]) == (one.claimant.name, one.claimant.party.id)
    assert (row["publisher"], row["day"]) == ("The Gazette", one.held[2])
    assert not (frame.select_dtypes("str") == "").any(axis=None)
    assert frame["note"].isna().all()


def test_an_empty_ledger_has_tables_too(tmp_path):
    ledger = load(tmp_path / "data")
    assert (len(ledger), len(ledger.figures), len(ledger.statements)) == (0, 0, 0)


# ---------------------------------------------------------------- through time


@pytest.fixture(scope="module")
def rising(tmp_path_factory):
    rows = [
        figure("later", "water", "at least 30", "centimetre", as_of="2031-05-01", precision="exact"),
        figure("first", "water", "10", "centimetre", as_of="2031-04-21", precision="exact"),
        figure("again", "water", "10", "centimetre", as_of="2031-04-21", precision="exact", claimant="mayor"),
        figure("month", "water", "20", "centimetre", as_of="2031-04", precision="exact", claimant="council"),
        figure("undated", "water", "25", "centimetre", as_of="", precision="exact", claimant="council"),
    ]
    quantities = [quantity("water", "centimetre", "level")]
    relations = [relation("again", "restates", "first")]
    folder = tmp_path_factory.mktemp("rising") / "data"
    return load(folder, quantities=quantities, figures=rows, relations=relations)


def test_a_series_is_in_the_order_of_days_each_statement_once(rising):
    frame = rising.series("water")
    assert [f.id for f in frame["figure"]] == ["first", "month", "later", "undated"]
    bounds = ["digits", "typical", "cautious"]
    assert list(frame.columns) == ["figure", "claimant", "said", "day", "first", *bounds]
    assert list(frame["day"]) == ["21 April 2031", "April 2031", "1 May 2031", "by 2 May 2031"]
    assert list(frame.index.strftime("%Y-%m-%d")) == ["2031-04-21", "2031-04-30", "2031-05-01", "2031-05-02"]
    assert frame["first"].isna().tolist() == [False, False, False, True]
    assert str(frame["typical"].dtype) == "bounds"
    assert frame["typical"].tolist()[2] == Bounds(30, INF)
    assert [f.id for f in rising.series("water", "paper")["figure"]] == ["first", "later"]
    with pytest.raises(KeyError, match=r"'watr' is not a quantity in quantities\.csv; did you mean water"):
        rising.series("watr")
    with pytest.raises(KeyError, match=r"'papr' is not a claimant in claimants\.csv; did you mean paper"):
        rising.series("water", "papr")


def test_growth_from_one_figure_to_the_next(rising):
    (row,) = rising.growth("water", "paper").to_dict("records")
    assert (row["earlier"].id, row["later"].id) == ("first", "later")
    assert row["growth"].typical == Bounds(20, INF)  # 30 or more less 10
    assert row["days"].typical == Bounds(9, 11)  # 21 April to 1 May
    assert row["per_day"].typical.lower <= 20 / 11 < row["per_day"].typical.lower + 1e-12
    assert row["grew"].verdict == "holds"


def test_growth_to_a_figure_without_a_day_is_over_no_more_days_than_there_were(rising):
    (row,) = rising.growth("water", "council").to_dict("records")
    assert row["growth"].typical == Bounds(5)
    assert row["days"].typical == Bounds(0, 32)  # 1 April to 2 May
    assert row["per_day"].typical == Bounds(5 / 32, INF)
    assert rising.growth("water", "mayor").empty


def test_newer_is_of_the_same_claimant_and_surely_later(rising):
    assert rising.first.newer == rising.later
    assert rising.later.newer is None
    assert rising.month.newer is None
    assert rising.undated.newer is None


def test_what_is_restated_is_known(rising):
    assert rising.restated(rising.again) == rising.first
    assert rising.restated(rising.first) is None
    assert rising.again.related("restates", rising.first).relation == "restates"
    assert rising.first.related("restates", rising.again) == rising.again.related("restates", rising.first)
    assert rising.first.related("part of", rising.again) is None


def test_relations_lead_both_ways_and_through_quantities(ledger):
    one, other = ledger.il76_pows, ledger.il76_pows_putin
    relation = ledger.related("restates", one, other)
    assert relation is ledger.related("restates", other, one) is not None
    assert ledger.related("unrelated to", ledger.ua_remains_returned, other).hedge == "appears"
    assert ledger.related("unrelated to", ledger.ru_killed, ledger.ru_troops_engaged) is None
    assert ledger.floor_of(ledger.ru_killed.quantity).id == "russian_dead"


def test_a_row_is_the_figure(town):
    """No copy of a row: what the ledger's file holds and what computes are one object."""
    assert all(town[id_] is row for id_, row in town.rows.figures.items())
    assert {column.attribute for column in columns(type(town["fifty"])).values()} <= vars(
        town["fifty"]
    ).keys()


def test_a_ledger_of_a_draft_leaves_out_what_is_not_decided(tmp_path, monkeypatch):
    rows = [figure("one", "volunteers", "5"), figure("two", "volunteers", "6", note="?")]
    folder = write(tmp_path / "data", quantities=[quantity("volunteers")], figures=rows)
    with pytest.raises(DataError, match="is not decided yet"):
        Ledger(folder)
    monkeypatch.setenv("REPORTED_DRAFT", "yes")
    assert list(Ledger(folder).figures.index) == ["one"]
