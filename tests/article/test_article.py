"""The ledger held against a text, and proposed rows: on an invented fair of kites, far from any war."""

import csv
import io
import os
import random
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported import Ledger, prose
from reported.article import article
from reported.article.article import ArticleError, audit, draft, normalise, paragraphs, read, sha256

KITES = """\
Tellmark's Kite Fair Fills The Dunes For A Second Day

TELLMARK -- More than 12,000 people came to the dunes on June 7, and at least 1,850 kites were in the air by 3:15 p.m.,
the organizers said. The fair's 40 stewards counted them “one by one.”

Between 60 and 80 flyers had come by ferry, and two to three dozen more by the night train, which was 25 minutes late.
Nearly half of them had never flown a kite; some 300 were children, about a third of all who signed up.

“We had 55 kites on the line at once,” said Oda Brenne, who has flown here since 1998. A rival club says that 55 kites is
what it flew. “Theirs was up to 20 meters shorter,” she added. The line was nearly 2,000 meters long, twice as long
as last year’s.

Several flyers lost their kites. A handful of them, perhaps 15, came down in the harbor; dozens landed on roofs. One boat
was hit. No one was hurt. Repairs will cost €3.4m or less, the town's 11-member council estimated; Brenne said that
could be several times higher.

The record is an F-16-shaped kite of 37.5 square meters. Two-thirds of its cloth came from Sweden, for $1,200. It needs
four people, and a wind of 10 to 15 knots.

The fair ends in two days. Its twenty-first edition is planned for May 30, 2027; tens of thousands are expected, 45 percent
more than now. Few believe it.
"""

FIGURES = [
    # quantity, qualifier, value, value_to, paragraph, words
    ("visitors", "more than", "12000", "", 2, "More than 12,000 people"),
    ("in_the_air", "at least", "1850", "", 2, "at least 1,850 kites"),
    ("stewards", "exact", "40", "", 2, "40 stewards"),
    ("by_ferry", "between", "60", "80", 3, "Between 60 and 80 flyers"),
    ("by_train", "between", "24", "36", 3, "two to three dozen more"),
    ("delay", "exact", "25", "", 3, "25 minutes"),
    ("first_time", "nearly", "50", "", 3, "Nearly half of them"),
    ("children", "about", "300", "", 3, "some 300 were children"),
    ("children_share", "about", "33.333333333", "", 3, "about a third"),
    ("on_the_line", "exact", "55", "", 4, "55 kites"),
    ("on_the_line_rival", "exact", "55", "", 4, "55 kites"),
    ("shorter", "up to", "20", "", 4, "up to 20 meters"),
    ("line", "nearly", "2000", "", 4, "nearly 2,000 meters long"),
    ("longer", "exact", "2", "", 4, "twice as long"),
    ("losers", "several", "", "", 5, "Several flyers"),
    ("in_harbor", "a handful", "", "", 5, "A handful of them"),
    ("in_harbor_count", "about", "15", "", 5, "perhaps 15"),
    ("on_roofs", "dozens", "", "", 5, "dozens landed"),
    ("boats", "exact", "1", "", 5, "One boat"),
    ("repairs", "up to", "3400000", "", 5, "€3.4m or less"),
    ("repairs_more", "several times", "", "", 5, "could be several times higher"),
    ("council", "exact", "11", "", 5, "11-member council"),
    ("area", "exact", "37.5", "", 6, "37.5 square meters"),
    ("swedish", "exact", "66.666666667", "", 6, "Two-thirds of its cloth"),
    ("cloth", "exact", "1200", "", 6, "$1,200"),
    ("crew", "exact", "4", "", 6, "four people"),
    ("wind", "between", "10", "15", 6, "10 to 15 knots"),
    ("ends", "exact", "2", "", 7, "in two days"),
    ("expected", "tens of thousands", "", "", 7, "tens of thousands"),
    ("increase", "exact", "45", "", 7, "45 percent"),
]  # fmt: skip
SET_ASIDE = [
    (1, "Second Day"), (2, "June 7"), (2, "3:15 p.m."), (4, "1998"), (6, "F-16-shaped"), (7, "twenty-first"),
    (7, "May 30, 2027"), (4, "last year's"),
]  # fmt: skip


def ledger(figures=FIGURES, set_aside=SET_ASIDE, checksum=None, note="", source="kites"):
    columns = ("quantity", "qualifier", "value", "value_to", "paragraph", "words")
    rows = [dict(zip(columns, row, strict=True)) | {"source": source, "note": note} for row in figures]
    aside = [
        {"paragraph": p, "words": words, "source": source, "reason": "no figure"} for p, words in set_aside
    ]
    for table in (rows, aside):
        for row in table:
            row["id"] = row.get("quantity") or f"aside_{row['words']}"
    return SimpleNamespace(
        figures=pd.DataFrame(rows, columns=["id", *columns, "source", "note"]),
        set_aside=pd.DataFrame(aside, columns=["id", "source", "paragraph", "words", "reason"]),
        sources=pd.DataFrame([{"id": source, "sha256": checksum or sha256(KITES)}]),
    )


def without(table, *words):
    return [row for row in table if row[-1] not in words]


def replaced(row_words, /, **cells):
    """FIGURES with cells of the row with these words changed."""
    names = ("quantity", "qualifier", "value", "value_to", "paragraph", "words")
    return [
        tuple((dict(zip(names, row, strict=True)) | cells)[n] for n in names) if row[-1] == row_words else row
        for row in FIGURES
    ]


# ------------------------------------------------------------------------------------------------- text


def test_paragraphs_are_blank_line_blocks_and_the_headline_is_the_first():
    assert len(paragraphs(KITES)) == 7
    assert paragraphs("a\n b\n\n \t\nc\r\n\r\nd") == ["a b", "c", "d"]
    assert paragraphs("\n\n") == []


def test_normalising_settles_what_copies_of_a_text_differ_in():
    text = "It’s  “40 ”\u00a0kites\r\n\r\ncafe\u0301\u200b s\u00adoon"
    assert normalise(text) == 'It\'s "40 " kites\n\ncafé soon'
    assert normalise(normalise(text)) == normalise(text)
    assert sha256(text) == sha256(f"\ufeff{text}\n\n ")
    assert sha256(text) != sha256(text.replace("40", "41"))


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_a_space_that_groups_digits_is_kept_apart_from_one_between_words(space):
    assert paragraphs(f"617{space}234{space}kites of{space}24{space}May") == ["617\u202f234 kites of 24 May"]
    assert prose.find(paragraphs(f"617{space}234 kites")[0])[0].value == 617234


@given(st.text())
def test_normalised_text_is_its_own_normal_form(text):
    once = normalise(text)
    assert normalise(once) == once
    assert len(paragraphs(once)) == len(paragraphs(text))


# ------------------------------------------------------------------------------------------------- read


def test_a_text_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "kites.txt").write_text(KITES, encoding=encoding)
        assert read(tmp_path / "kites.txt") == KITES


UNREADABLE = [
    (b"", "empty"),
    (b" \n\n\t", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (b"55 kites\ncaf\xe9", r"not UTF-8 \(line 2, byte 13 is 0xe9\)"),
    ("55 kites".encode("utf-16"), "UTF-16"),
    (b"55\0kites", r"control character, U\+0000, in line 1"),
    (b"55 kites\n\x1b[31mred", r"U\+001B, in line 2"),
    (b"%PDF-1.7 55", "a PDF"),
    (b"PK\x03\x04 55", "Word"),
    (b"{\\rtf1 55}", "RTF"),
    (b" <!DOCTYPE html><p>55", "a web page"),
    (random.Random(1).randbytes(5000), "UTF-8"),
    (b"5 kites. " * 200_000, "1,800,000 characters"),
]


@pytest.mark.parametrize(("data", "found"), UNREADABLE, ids=lambda x: repr(x)[:30])
def test_what_is_no_article_is_refused_in_one_line(tmp_path, data, found):
    path = tmp_path / "next.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=found) as error:
        read(path)
    assert str(error.value).startswith("next.txt: ")
    assert "; " in str(error.value)  # what to do
    assert "\n" not in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(ArticleError, match=r"none\.txt: no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ArticleError, match="a folder"):
        read(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "x.txt"
    path.write_bytes(data)
    try:
        text = read(path)
    except ArticleError:
        return
    assert normalise(text)
    draft(text)


# ------------------------------------------------------------------------------------------------ audit


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
        == "kites: 37 numbers in 7 paragraphs: 30 figures, 7 set aside, 0 in no row; 38 rows checked: all holds"
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
    assert "they stand in paragraph 6" in str(held)
    held = audit(ledger(replaced("four people", words="4 people")), KITES)
    assert "correct the words" in str(held)
    for number in (0, 8, 99):
        held = audit(ledger(replaced("four people", paragraph=number)), KITES)
        assert "they stand in paragraph 6" in str(held)
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
    for table in ("figures", "set_aside", "sources"):
        setattr(both, table, pd.concat([getattr(both, table), getattr(other, table)], ignore_index=True))
    assert audit(both, KITES).complete
    assert audit(both, KITES, "snow").rows == 1


def test_an_empty_ledger_and_a_text_without_numbers():
    assert audit(ledger([], []), "Fair\n\nIt rained.", "kites").complete
    assert audit(ledger([], []), KITES, "kites").uncovered == 37


def test_long_and_crowded_paragraphs_are_audited_in_one_pass():
    text = "Fair\n\n" + "55 kites, " * 4_000
    rows = [(f"q{n}", "exact", "55", "", 2, "55 kites") for n in range(40)]
    held = audit(ledger(rows, [(2, "55")]), text, "kites")
    assert held.as_figures == 40
    assert held.set_aside == 3_960


@pytest.mark.skipif("ARTICLE" not in os.environ, reason="needs the article's text: set ARTICLE to its path")
def test_every_number_of_the_article_is_a_figure_or_set_aside():
    held = audit(Ledger(Path(__file__).parents[2] / "data"), read(os.environ["ARTICLE"]))
    assert held.complete, str(held)
    assert held.numbers > 25


# ------------------------------------------------------------------------------------------------ draft


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_draft_proposes_a_row_for_every_number():
    rows = rows_of(draft(KITES, "kites"))
    figures = [row for row in rows if row["file"] == "figures"]
    aside = [row for row in rows if row["file"] == "set_aside"]
    assert (len(rows), len(figures)) == (37, 30)
    said = [(r["qualifier"], r["value"], r["value_to"], int(r["paragraph"])) for r in figures]
    assert sorted(said) == sorted((q, v, w, p) for _, q, v, w, p, _ in FIGURES)
    assert [row["words"] for row in aside] == [
        "Second",
        "June 7",
        "3:15 p.m.",
        "1998",
        "F-16-shaped",
        "twenty-first",
        "May 30, 2027",
    ]
    assert all(row["reason"] and row["kind"] for row in aside)
    assert not any(row["claimant"] or row["quantity"] or row["evidence"] for row in rows)
    assert all(len(row["words"].split()) <= article.MAX_WORDS for row in rows)
    assert len({row["id"] for row in rows}) == 37


def test_a_draft_completed_is_a_ledger_that_holds():
    rows = rows_of(draft(KITES, "kites"))
    figures = [
        (r["id"], r["qualifier"], r["value"], r["value_to"], int(r["paragraph"]), r["words"])
        for r in rows
        if r["file"] == "figures"
    ]
    aside = [(int(r["paragraph"]), r["words"]) for r in rows if r["file"] == "set_aside"]
    held = audit(ledger(figures, aside), KITES)
    assert held.complete, str(held)


def test_a_draft_has_the_columns_of_the_ledgers_files():
    data = Path(__file__).parents[2] / "data"
    columns = {
        name: (data / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
        for name in ("figures", "set_aside")
    }
    assert list(article.FIGURE_COLUMNS) == columns["figures"]
    assert set(columns["set_aside"]) <= set(article.DRAFT_COLUMNS)


def test_a_draft_leaves_open_what_the_words_leave_open():
    (row,) = rows_of(draft("Fair\n\nShe told us about 55 kites."))
    assert (row["qualifier"], row["value"]) == ("", "")
    assert "about" in row["note"]


FORMULAS = [
    "=5+5",
    "-5 degrees",
    "+5 degrees",
    "@5",
    "=HYPERLINK(5)",
    "-5 percent|calc",
    "＝5 kites",
    "−5 degrees",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_draft_starts_a_formula_and_an_audit_still_reads_it(text):
    rows = rows_of(draft(text, "kites"))
    assert rows
    for row in rows:
        for column, cell in row.items():
            if column not in ("value", "value_to"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
    figures = [
        (r["id"], r["qualifier"], r["value"], r["value_to"], 1, r["words"]) for r in rows if not r["note"]
    ]
    assert audit(ledger(figures, []), text, "kites").complete


PIECES = [
    "at least", "about", "nearly", "5", "1,200", "two to three", "dozens of", "half", "kites", "on June 7", "F-16",
    "€3m", "45%", "-5", "or more", "=1", '"', "(", ",", ".", "\n\n", "\t", "and", "one", "12,34", "\u202e", "\u200b", "ﬁve",
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
@example("nearly one nearly")  # "nearly one" is no number by itself
def test_a_draft_of_any_text_completed_is_a_ledger_that_holds(text):
    rows = rows_of(draft(text, "kites"))
    found = [p for block in paragraphs(text) for p in prose.find(block)]
    assert len(rows) == len(found)
    clear = [r for r in rows if r["file"] == "figures" and not r["note"] and len(r["words"].split()) <= 6]
    figures = [
        (r["id"], r["qualifier"], r["value"], r["value_to"], int(r["paragraph"]), r["words"]) for r in clear
    ]
    aside = [(int(r["paragraph"]), r["words"]) for r in rows if r not in clear]
    held = audit(ledger(figures, aside), text, "kites")
    assert not [m for m in held.misses if m.kind in ("misquoted", "not there", "cut")], str(held)
    assert held.as_figures == len(clear)


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_no_text_breaks_an_audit_or_a_draft(text):
    assert len(rows_of(draft(text))) == audit(ledger([], []), text, "kites").numbers
