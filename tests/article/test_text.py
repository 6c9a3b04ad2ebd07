"""The text of an article: what is read, what is refused, how it is divided."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported import prose
from reported.article.text import ArticleError, normalise, page_chrome, paragraphs, read, sha256
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
        assert read(tmp_path / "kites.txt").text == KITES


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
    (b" <!DOCTYPE html><p></p>", "a web page in which no article"),
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
        text = read(path).text
    except ArticleError:
        return
    assert normalise(text)


@pytest.mark.parametrize(
    "line",
    ["2 min read", "By Ana Silva · 4 min read", "14 comments", "Updated 3 hours ago", "Photos | 12 shares"],
)
def test_what_a_page_puts_around_an_article_is_furniture(line):
    assert any(line[a:b].strip() for a, b in page_chrome(line))


@pytest.mark.parametrize(
    "line", ["The alarm came 2 minutes late", "He has 14 comments to make", "3 hours ago it rained"]
)
def test_a_sentence_of_the_article_is_no_furniture(line):
    assert page_chrome(line) == []


def test_an_address_is_refused_with_what_to_do():
    with pytest.raises(ArticleError, match=r"https://example\.org/x: an address, and nothing is fetched"):
        read("https://example.org/x")


PAGE = """<!doctype html><html lang="en"><head><title>Kites fill the dunes | The Quay Post</title>
<meta property="og:title" content="Kites fill the dunes"><meta property="og:site_name" content="The Quay Post">
<meta property="article:published_time" content="2021-06-08T09:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Kites fill the dunes</h1><p>More than 12,000 people came to the dunes on Sunday, the organisers said, and at
least 1,850 kites were in the air by the afternoon.</p><p>Some 40 stewards counted them one by one, and nobody was hurt in
the crowd, which stayed until the evening and left the beach as clean as it had found it.</p></article></body></html>"""


def test_a_saved_page_gives_its_text_title_day_and_publisher(tmp_path):
    (tmp_path / "kites.html").write_text(PAGE, encoding="utf-8")
    article = read(tmp_path / "kites.html")
    assert (article.publisher, article.title, article.published) == (
        "The Quay Post",
        "Kites fill the dunes",
        "2021-06-08",
    )
    blocks = paragraphs(article.text)
    assert blocks[0] == "Kites fill the dunes"
    assert [block[:9] for block in blocks[1:]] == ["More than", "Some 40 s"]
    assert "saved page" in article.notes[0]


def test_a_text_of_a_paragraph_a_line_and_a_wrapped_one_are_divided_and_the_guess_is_said(tmp_path):
    lines = "Kites fill the dunes\nMore than 12,000 people came.\nSome 40 stewards counted them."
    assert len(paragraphs(lines)) == 3
    wrapped = (
        "Kites fill the dunes\nMore than 12,000 people came to the dunes on Sunday, and at least 1,850 kites\n"
        "were in the air by the afternoon, the organisers said.\nSome 40 stewards counted them one by one, and nobody was "
        "hurt in\nthe crowd.\n"
    )
    assert [block[:5] for block in paragraphs(wrapped)] == ["Kites", "More ", "Some "]
    (tmp_path / "kites.txt").write_text(lines, encoding="utf-8")
    assert "each line was taken as a paragraph" in read(tmp_path / "kites.txt").notes[0]
    (tmp_path / "kites.txt").write_text(KITES, encoding="utf-8")
    assert read(tmp_path / "kites.txt").notes == ()
