"""The tables: complete, true to the ledger, accessible, and never markup that comes from data."""

import json
import re
from dataclasses import replace

import pytest
from lxml import html

from reported import tables
from reported.display.table import TABLE_MIME, Column, Row, Table, cell, run
from reported.display.tables import rule_words
from reported.intervals.wording import MISSING
from reported.ledger import READINGS
from tests.figures.ledgers import flood
from tests.intervals.test_wording import HOSTILE


def page(table):
    return html.fragment_fromstring(table._repr_mimebundle_()["text/html"], create_parent="div")


def words(table):
    return " ".join(page(table).text_content().split())


def every_table(ledger):
    return [
        tables.figures(ledger),
        tables.claims(*ledger),
        tables.claimants(ledger),
        tables.relations(ledger),
        tables.set_aside(ledger),
        tables.readings(ledger),
        tables.sources(ledger),
    ]


# ---------------------------------------------------------------- a table


def test_a_table_is_accessible_and_says_the_same_in_json_and_plain_text():
    table = Table(
        "A caption",
        [Column("Name", 2, filter=True), Column("Count", number=True)],
        [
            Row([cell("All")], group=True),
            Row([cell(run("x", href="#y")), cell("1", run("note", small=True))], id="r", cite="x, 1"),
        ],
        id="t",
        left_out="and more",
    )
    shown = table._repr_mimebundle_()
    markup = page(table)
    assert markup.findtext(".//caption") == "A caption"
    assert [h.get("scope") for h in markup.iter("th")] == ["col", "col", "rowgroup", "row"]
    assert markup.xpath("//th[@scope='rowgroup']/@colspan") == ["2"]
    assert markup.xpath("//tr/@id") == ["r"]
    assert markup.xpath("//a/@href") == ["#y"]
    assert shown["text/plain"] == "A caption\nName  Count\nAll\nx     1; note\nand more"
    assert shown["text/markdown"] == (
        "A caption\n\n| Name | Count |\n| --- | --- |\n| **All** |  |\n| [x](#y) | 1<br>note |\n\nand more"
    )
    assert repr(table) == shown["text/plain"]
    data = json.loads(json.dumps(shown[TABLE_MIME]))
    assert data["columns"] == [
        {"header": "Name", "width": 2, "number": False, "filter": True},
        {"header": "Count", "width": 1, "number": True, "filter": False},
    ]
    assert data["rows"][1] == {
        "cells": [
            [{"text": "x", "href": "#y"}],
            [{"text": "1"}, {"text": "", "break": True}, {"text": "note", "small": True}],
        ],
        "id": "r",
        "group": False,
        "cite": "x, 1",
    }
    assert set(data) == {"caption", "columns", "rows", "id", "kind", "left_out"}


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="1 cells in a row of 2 columns"):
        Table("t", [Column("a"), Column("b")], [Row([cell("x")])])


# ---------------------------------------------------------------- the ledger's tables


def test_every_figure_has_its_row_with_all_that_is_known_of_it(ledger):
    rows = {row.get("id"): row for row in page(tables.figures(ledger)).iter("tr") if row.get("id")}
    assert set(rows) == {f.anchor for f in ledger}
    for figure in ledger:
        shown = " ".join(rows[figure.anchor].text_content().split())
        for part in (
            figure.said,
            figure.words,
            figure.claimant.name,
            figure.claimant.party.label,
        ):
            assert part in shown
        assert figure.held[2] in shown or figure.quantity.kind == "duration"  # which holds for no day
        assert f"¶ {figure.paragraph}" in shown
        assert figure.evidence in shown or figure.evidence in (
            "not mentioned",
            "stated to be without evidence",
        )
        for reaction in figure.reactions:
            assert f"{reaction.claimant.name} {reaction.reaction}" in shown
        if figure.relayed_by:
            assert f"via {figure.relayed_by.name}" in shown
        if not figure.hedge:
            says = {figure.says(reading) for reading in READINGS} - {MISSING}
            assert all(words_ in shown for words_ in says)


def test_the_row_of_a_figure_carries_its_citation(ledger):
    rows = tables.figures(ledger)._repr_mimebundle_()[TABLE_MIME]["rows"]
    cites = {row["id"]: row["cite"] for row in rows if row["id"]}
    for figure in ledger:
        for part in (
            figure.said,
            figure.claimant.name.removeprefix("The "),
            figure.source.publisher,
            f"paragraph {figure.paragraph}",
        ):
            assert part in cites[figure.anchor]


def test_a_reaction_without_words_of_ours_is_in_the_citation_too(tmp_path):
    figure = flood(tmp_path / "data").about100
    (one,) = figure.reactions
    assert one.in_our_words == ""
    assert f". {one.claimant.name} {one.reaction} (" in tables.citation(figure)


def test_a_citation_gives_the_place_of_each_reaction_the_note_and_whose_reading_it_is(ledger):
    for figure in ledger:
        cited = tables.citation(figure)
        assert all(f"(paragraph {r.paragraph})" in cited for r in figure.reactions if r.paragraph)
        assert figure.note in cited
        assert f"As read in “{ledger.title}”" in cited
        assert figure.as_of is None or f"({figure.held[2]})" in cited


def test_some_figures_alone_and_none(ledger):
    assert page(tables.figures(ledger.ru_killed)).xpath("//tr/@id") == ["figure-ru_killed"]
    with pytest.raises(ValueError, match="no figures to show"):
        tables.figures(*ledger.select(paragraph=999))  # and not, without a word, every figure


def test_figures_are_grouped_by_topic_in_the_ledger_s_order(ledger):
    rows = tables.figures(ledger).rows
    groups = [row.cells[0][0]["text"].lower() for row in rows if row.group]
    topics = [quantity.topic for quantity in ledger.rows.quantities.values()]
    assert groups == [topic.lower() for topic in dict.fromkeys(topics) if ledger.select(topic=topic)]


def test_a_long_table_says_what_it_leaves_out(ledger, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    table = tables.figures(ledger)
    assert len([row for row in table.rows if row.id]) == 5
    assert table.left_out == "The first 5 of 16 figures; the rest is in data/figures.csv."


def test_what_restates_another_figure_is_not_counted_for_its_claimant(town):
    rows = {
        row.cells[0][0]["text"]: [c[0]["text"] for c in row.cells[3:]] for row in tables.claimants(town).rows
    }
    assert rows["Ana Silva"] == ["1", "1", "0"]
    assert rows["The council"] == ["1", "0", "1"]


def test_every_row_of_the_other_tables_is_shown(ledger):
    aside, related = words(tables.set_aside(ledger)), words(tables.relations(ledger))
    assert all(" ".join(reason.split()) in aside for reason in ledger.set_aside["reason"])
    assert all(" ".join(hedge.split()) in related for hedge in ledger.relations["hedge"])
    assert all(name in words(tables.claimants(ledger)) for name in ledger.claimants["name"])
    assert all(title in words(tables.sources(ledger)) for title in ledger.sources["title"])
    answers = words(tables.claims(*ledger))
    assert all(" ".join(r.in_our_words.split()) in answers for f in ledger for r in f.reactions)


def test_every_rule_of_every_reading_is_shown(ledger):
    shown = words(tables.readings(ledger, every=True))
    for expected in (
        "n or more",
        "more than n",
        "less than n",
        "0.95 n to 1.05 n",
        "n to m",
        "24 or more",
        "76% of 466",
    ):
        assert expected in shown
    assert len(tables.readings(ledger).rows) == len({f.qualifier for f in ledger if not f.hedge})


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 160])
def test_hostile_text_is_shown_as_text_in_every_table(hostile, text):
    known = {
        "div",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "small",
        "strong",
        "em",
        "a",
        "p",
    }
    for table in every_table(hostile(text)):
        shown = page(table)
        if table.kind != "readings":
            assert text in shown.text_content(), table.caption
            assert text in table._repr_mimebundle_()["text/plain"]
        assert {e.tag for e in shown.iter()} <= known
        assert all(href.startswith("#") for href in shown.xpath("//a/@href"))
        assert not any(name.startswith("on") for e in shown.iter() for name in e.attrib)


def test_cells_of_days_are_sorted_as_days(ledger):
    for table in (tables.figures(ledger), tables.sources(ledger)):
        (column,) = [n for n, c in enumerate(table.columns) if c.header in ("As of", "Published")]
        keys = [row.cells[column][0].get("sort", "") for row in table.rows if not row.group]
        assert any(keys)
        assert all(len(key) == 10 for key in keys if key)


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 160])
def test_hostile_text_is_one_line_of_a_markdown_table(hostile, text):
    for table in every_table(hostile(text)):
        lines = [line for line in table.markdown().splitlines() if line.startswith("|")]
        assert len(lines) == len(table.rows) + 2
        bars = {len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", line))) for line in lines}
        assert bars == {len(table.columns) + 1}


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        ("closed", "closed", "0.95 n to 1.05 n"),
        ("open", "closed", "more than 0.95 n and at most 1.05 n"),
        ("closed", "open", "0.95 n to less than 1.05 n"),
        ("open", "open", "more than 0.95 n and less than 1.05 n"),
    ],
)
def test_an_end_that_a_rule_leaves_out_is_said_to_be(ledger, lower, upper, words):
    about = ledger.rows.readings["typical"]["about"]
    assert rule_words(replace(about, lower_end=lower, upper_end=upper)) == words
