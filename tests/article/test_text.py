"""The text of an article: what is read, what is refused, how it is divided."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import prose
from reported.article.text import ArticleError, furniture, normalise, paragraphs, read, sha256
from tests.article.kites import KITES


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


@pytest.mark.parametrize(
    "line",
    ["2 min read", "By Ana Silva · 4 min read", "14 comments", "Updated 3 hours ago", "Photos | 12 shares"],
)
def test_what_a_page_puts_around_an_article_is_furniture(line):
    assert any(line[a:b].strip() for a, b in furniture(line))


@pytest.mark.parametrize(
    "line", ["The alarm came 2 minutes late", "He has 14 comments to make", "3 hours ago it rained"]
)
def test_a_sentence_of_the_article_is_no_furniture(line):
    assert furniture(line) == []
