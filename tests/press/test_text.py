"""Plain text is shown as it is: nothing hidden, streams as on a terminal."""

import pytest

from reported.press.clean.text import terminal, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain é Ж 漢 😀\t\n", "plain é Ж 漢 😀\t\n"),
        ("abc\u202edef", "abc⟨U+202E⟩def"),
        ("a\u200bb\ufeff", "a⟨U+200B⟩b⟨U+FEFF⟩"),
        ("a\xadb", "a⟨U+00AD⟩b"),
        ("\x00\x1b", "⟨U+0000⟩⟨U+001B⟩"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\U000e0041", "⟨U+E0041⟩"),
    ],
)
def test_hidden_characters_are_written_out_and_no_others(written: str, shown: str) -> None:
    assert visible(written) == shown


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("10 %\r90 %\n", "90 %\n"),
        ("abc\x08\x08X", "aXc"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("done\r\n", "done\n"),
    ],
)
def test_a_stream_reads_as_on_a_terminal(printed: str, shown: str) -> None:
    assert terminal(printed) == shown


def test_colour_codes_are_kept_when_asked_for() -> None:
    assert terminal("\x1b[31mred\x1b[0m\x1b[2J", keep_colours=True) == "\x1b[31mred\x1b[0m"
