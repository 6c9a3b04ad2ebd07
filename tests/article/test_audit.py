"""The ledger held against a text, on an invented fair of kites."""

import os

import pytest

from reported import prose
from reported.article.audit import audit
from reported.article.text import ArticleError, read, sha256
from reported.ledger import load
from tests.article.kites import FIGURES, KITES, SET_ASIDE, ledger, replaced, without
from tests.ledgers import DATA


def test_a_ledger_with_every_number_of_the_text_holds():
    held = audit(ledger(), KITES)
    assert held.complete, str(held)
    assert (held.source, held.warning, held.uncovered) == ("kites", "", 0)
    assert (held.as_figures, held.set_aside) == (
        len(FIGURES),
        len(SET_ASIDE) - 1,
    )  # "last year's" is no number
    assert held.numbers == len(FIGURES) + len(SET_ASIDE) - 1 >= 30
    assert (
        str(held)
        == "kites: 38 numbers in 7 paragraphs: 31 figures, 7 set aside, 0 in no row; 39 rows checked: nothing to correct"
    )


@pytest.mark.parametrize("words", [row[-1] for row in [*FIGURES, *SET_ASIDE[:-1]]])
def test_each_row_taken_away_is_one_miss_that_names_its_number(words):
    figures, aside = without(FIGURES, words), without(SET_ASIDE, words)
    if words == "55 kites":
        figures = FIGURES[:10] + FIGURES[11:]
    held = audit(ledger(figures, aside), KITES)
    (miss,) = held.misses
    assert miss.kind == "uncovered"
    assert held.uncovered == 1
    assert miss.words.split()[0] in words or words in miss.words
    assert "set it aside" in miss.advice
    assert f"paragraph {miss.paragraph}" in str(held)


@pytest.mark.parametrize("column", ["qualifier", "value", "value_to"])
@pytest.mark.parametrize("words", [row[-1] for row in FIGURES if row[-1] != "55 kites"])
def test_each_cell_that_its_words_do_not_give_is_a_misquotation(words, column):
    row = next(row for row in FIGURES if row[-1] == words)
    wrong = {"qualifier": "less than", "value": "7", "value_to": "99"}[column]
    held = audit(ledger(replaced(words, **{column: wrong})), KITES)
    (miss,) = held.misses
    assert (miss.kind, miss.words, miss.paragraph) == ("misquoted", words, row[4])
    assert row[0] in miss.found


CUT = [
    ("More than 12,000 people", "12,000 people", "exact", 'says "More than 12,000"'),
    ("nearly 2,000 meters long", "2,000 meters long", "exact", 'says "nearly 2,000"'),
    ("nearly 2,000 meters long", "000 meters long", "exact", None),
    ("€3.4m or less", "€3.4m", "exact", 'says "€3.4m or less"'),
    ("up to 20 meters", "20 meters", "exact", 'says "up to 20"'),
    ("10 to 15 knots", "15 knots", "exact", 'says "10 to 15"'),
    ("Two-thirds of its cloth", "Two", "exact", 'says "Two-thirds"'),
]


@pytest.mark.parametrize(("words", "cut", "qualifier", "found"), CUT, ids=lambda x: str(x))
def test_words_that_leave_off_what_the_text_says_are_a_miss(words, cut, qualifier, found):
    try:
        value = f"{prose.parse(cut).value:f}"
    except prose.PhraseError:
        value = "0"
    held = audit(ledger(replaced(words, words=cut, qualifier=qualifier, value=value, value_to="")), KITES)
    about_row = [miss for miss in held.misses if miss.words == cut]
    assert about_row
    if found:
        assert (about_row[0].kind, about_row[0].found) == ("cut", f"the text {found}")
    assert any(miss.kind == "uncovered" for miss in held.misses)


def test_words_in_another_paragraph_or_in_none_are_a_miss():
    held = audit(ledger(replaced("four people", paragraph=2)), KITES)
    assert {m.kind for m in held.misses} == {"not there", "uncovered"}
    assert "they are in paragraph 6" in str(held)
    held = audit(ledger(replaced("four people", words="4 people")), KITES)
    assert "correct the words" in str(held)
    for number in (0, 8, 99):
        held = audit(ledger(replaced("four people", paragraph=number)), KITES)
        assert "they are in paragraph 6" in str(held)
        assert held.uncovered == 1


def test_one_number_said_twice_needs_two_rows():
    held = audit(ledger(FIGURES[:10] + FIGURES[11:]), KITES)
    assert [(m.paragraph, m.words, m.kind) for m in held.misses] == [(4, "55 kites", "uncovered")]
    held = audit(ledger([*FIGURES, FIGURES[10]]), KITES)
    assert [(m.kind, m.found) for m in held.misses] == [("twice", "more rows than numbers")]


def test_rows_with_nested_words_each_find_their_own_number():
    text = "Fair\n\nThere were 55 kites, then 55 kites on lines, then 55 kites on lines again."
    words = ["55 kites", "55 kites on lines", "55 kites on lines again"]
    for order in (words, words[::-1], [words[1], words[0], words[2]]):
        rows = [(f"q{n}", "exact", "55", "", 2, w) for n, w in enumerate(order)]
        assert audit(ledger(rows, []), text).complete


def test_rows_give_way_so_that_each_finds_a_number():
    text = "Fair\n\nWe saw 55, we saw 55 kites, and 55 kites."
    rows = [
        (f"q{n}", "exact", "55", "", 2, words) for n, words in enumerate(["saw 55", "55 kites", "saw 55"])
    ]
    assert audit(ledger(rows, []), text).complete


def test_words_that_are_no_number_in_the_text_are_a_miss():
    held = audit(ledger([("q", "exact", "1", "", 2, "one")], []), "Fair\n\nNo one came.")
    assert [(m.kind, m.found) for m in held.misses] == [("unclear", "no quantity there in the text")]
    held = audit(ledger([("q", "exact", "7", "", 2, "7")], [(2, "June 7")]), "Fair\n\nIt opens on June 7.")
    assert [(m.kind, m.found) for m in held.misses] == [("cut", 'the text says "June 7"')]


def test_a_date_said_twice_is_set_aside_once_but_not_with_its_digits_elsewhere():
    text = "Fair\n\nOn June 7 and again on June 7 the two of them, two days on, saw two kites."
    held = audit(ledger([], [(2, "June 7"), (2, "two")]), text)
    assert [m.words for m in held.misses] == ["two days", "two kites"]


def test_a_number_is_not_both_a_figure_and_set_aside():
    held = audit(ledger(set_aside=[*SET_ASIDE, (6, "four")]), KITES)
    assert [(m.kind, m.words) for m in held.misses] == [("twice", "four")]


def test_a_number_that_the_words_leave_open_needs_a_note():
    text = "Fair\n\nShe told us about 55 kites."
    row = [("kites", "exact", "55", "", 2, "55 kites")]
    held = audit(ledger(row, []), text)
    assert not held.complete
    assert "a note in the row must say how it is meant" in str(held)
    assert audit(ledger(row, [], note="55 of them; about is a preposition"), text).complete
    held = audit(ledger([], []), text)
    assert 'is it what the "told" is about' in held.misses[-1].found


def test_another_hash_is_a_warning_and_the_words_decide():
    held = audit(ledger(checksum="0" * 64), KITES)
    assert held.complete
    assert held.source == "kites"
    assert sha256(KITES) in held.warning
    assert "warning: " in str(held)


def test_an_article_of_no_source_is_new_and_each_of_its_numbers_is_missing():
    text = "Snow\n\nAt least 12 centimeters fell on three hills."
    held = audit(ledger(), text)
    assert (held.source, held.numbers, held.uncovered) == ("", 2, 2)
    assert f"add it to sources.csv with sha256 {sha256(text)}" in str(held)
    assert 'paragraph 2: "At least 12 centimeters": in no row; add a figure (at least 12)' in str(held)


def test_an_unknown_source_is_refused():
    with pytest.raises(ArticleError, match=r'no source "kytes"; sources\.csv has kites'):
        audit(ledger(), KITES, "kytes")


def test_only_the_rows_of_the_source_count():
    both = ledger()
    other = ledger([("x", "exact", "5", "", 2, "5 hills")], [], source="snow", checksum="1" * 64)
    for table, added in other.tables.items():
        both.tables[table].rows += added.rows
    assert audit(both, KITES).complete
    assert audit(both, KITES, "snow").rows == 1


def test_an_empty_ledger_and_a_text_without_numbers():
    assert audit(ledger([], []), "Fair\n\nIt rained.", "kites").complete
    assert audit(ledger([], []), KITES, "kites").uncovered == 38


def test_long_and_crowded_paragraphs_are_audited_in_one_pass():
    text = "Fair\n\n" + "55 kites, " * 1_000
    rows = [(f"q{n}", "exact", "55", "", 2, "55 kites") for n in range(40)]
    held = audit(ledger(rows, [(2, "55")]), text, "kites")
    assert held.as_figures == 40
    assert held.set_aside == 960


@pytest.mark.skipif("ARTICLE" not in os.environ, reason="needs the article's text: set ARTICLE to its path")
def test_every_number_of_the_article_is_a_figure_or_set_aside():
    held = audit(load(DATA), read(os.environ["ARTICLE"]).text)
    assert held.complete, str(held)
    assert held.numbers > 25


@pytest.mark.parametrize("number", ["122 883", "122.883", "122’883", "122\u202f883"])
def test_thousands_may_be_grouped_as_in_much_of_europe(number):
    words = f"{number} people"
    row = [("people", "exact", "122883", "", 2, words)]
    assert audit(ledger(row, []), f"Fair\n\nThere were {words}.", "kites").complete


def test_furniture_is_no_number_of_the_text():
    assert audit(ledger([], []), "Fair\n\n4 min read\n\nIt rained.", "kites").complete


def test_a_row_that_overrules_its_words_is_accepted_and_shown():
    text = "Fair\n\nIt grew by about 34, 42%."
    row = ("growth", "exact", "34.42", "", 2, "34, 42%")
    held = ledger([row], [])
    assert not audit(held, text, "kites").complete
    held.tables["figures"].rows[0]["overruled"] = "a misprint for 34.42"
    found = audit(held, text, "kites")
    assert [miss.kind for miss in found.misses if miss.words == "34, 42%"] == []
    assert "overruled: figures row growth" in str(found)
