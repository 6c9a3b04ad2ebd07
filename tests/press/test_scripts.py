"""Text in any script is printed with a font that has it; where none is found, one error says which script and what to do."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from reported.press.clean import pandoc
from reported.press.errors import PressError
from reported.press.pages import scripts
from tests.press import samples
from tests.press.positions import overprints
from tests.press.samples import displayed, shown
from tests.press.test_html import browser as browser
from tests.press.test_html import opened, rendered
from tests.press.test_pdf import exported, poppler

HAN = "城市的人数是"


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without a font."""
    monkeypatch.setattr(scripts, "_system", lambda: ())


def test_scripts_are_told_and_what_the_press_draws_needs_none() -> None:
    assert scripts.of("Kyiv Київ Αθήνα 12 € → 😀") == {}
    assert list(scripts.of("漢 かな 한글 עברית عربي हिन्दी ไทย")) == [
        "Han",
        "Kana",
        "Hangul",
        "Hebrew",
        "Arabic",
        "Devanagari",
        "Thai",
    ]


def test_without_a_font_one_error_names_the_script_and_the_way_out(no_fonts: None) -> None:
    with pytest.raises(
        PressError, match=rf"needs a font for Han \({HAN[0]}?.*fonts=FILE.*missing_signs=number"
    ):
        exported(shown(f"# {HAN}"), missing_signs="refuse")


def test_signs_are_printed_by_their_numbers_where_that_is_asked_for(
    no_fonts: None, caplog: pytest.LogCaptureFixture
) -> None:
    made = exported(shown(f"# {HAN}"), missing_signs="number")
    assert "⟨U+57CE⟩" in poppler(made, "pdftotext", "-raw")
    assert "signs of Han are printed by their numbers" in caplog.text


def test_a_font_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(PressError, match=r"none\.ttf: no font is there"):
        exported(shown(HAN), fonts=[str(tmp_path / "none.ttf")])


def test_a_font_that_is_named_comes_first() -> None:
    [dejavu] = [file for file in map(Path, scripts._system()) if file.name == "DejaVuSans.ttf"][:1] or [None]
    if dejavu is None:
        pytest.skip("the system has no DejaVu Sans")
    assert scripts.fonts_for({"Arabic": "ع"}, [dejavu]) == ([dejavu], {})


SENTENCES = {
    "Han": "城市北京的人数是一千二百三十四",
    "Arabic": "عدد القتلى كبير جدا",
    "Hebrew": "מספר ההרוגים",
    "Devanagari": "मरने वालों की संख्या",
    "Thai": "จำนวนผู้เสียชีวิต",
}


@pytest.mark.parametrize("script", SENTENCES)
def test_a_script_is_printed_with_a_font_of_the_system_and_can_be_copied(script: str) -> None:
    words = SENTENCES[script]
    if scripts.fonts_for(scripts.of(words), [])[1]:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no font for {script}; .ci/run has to install one")
        pytest.skip(f"no font for {script} is installed")
    table = {"columns": [{"header": words}, {"header": "B"}], "rows": [{"cells": [words, "x"]}]}
    made = exported(shown(f"# {words}\n\n{words} 12 $\\text{{{words}}}$ `{words}`", displayed(table=table)))
    copied = poppler(made, "pdftotext", "-raw")
    assert "⟨U+" not in copied
    if script in ("Han", "Hebrew", "Arabic"):
        first = re.split(" ", words)[0]
        assert re.sub(r"[\s\u202a-\u202e]", "", copied).count(first) >= 3


@pytest.mark.parametrize(
    ("text", "from_right"),
    [("عدد 12 English", True), ("12 עברית", True), ("English عدد", False), ("12 €", False), ("Київ", False)],
)
def test_a_paragraph_runs_as_its_first_letter(text: str, from_right: bool) -> None:
    for form in ("{}", "# {}", "- {}"):
        made = pandoc.convert(
            [pandoc.Piece("markdown", "# T\n"), pandoc.Piece("markdown", form.format(text))], "typst"
        )
        assert ("#from-right[" in made.pieces[1]) == from_right


def test_marks_of_a_font_that_has_them_in_the_middle_are_not_set_into_one_square() -> None:
    if not scripts.fonts_for({"Han": HAN}, [])[0]:
        pytest.skip("needs a font for Han")
    words = "調査（第一回）、結果（速報）。「表」、『図』：（注）！"
    made = exported(shown(f"# {HAN}\n\n{words * 9}\n\n- {words}\n\n| a |\n|---|\n| {words} |"))
    assert not overprints(made)
    lines = poppler(made, "pdftotext", "-raw").split()
    assert not [line for line in lines if line[0] in "、。）」』！"], "such marks begin no line"


def test_on_a_page_too(browser: Any, tmp_path: Path) -> None:
    table = {"columns": [{"header": "A"}, {"header": "B"}], "rows": [{"cells": ["a", "عدد (12)."]}]}
    page = rendered(
        shown("# T\n\nعدد 12 English.\n\nEnglish عدد.", displayed(table=table), choice=samples.CHOICE)
    )
    (tmp_path / "x.html").write_text(page, "utf-8")
    with opened(browser, tmp_path / "x.html") as watched:
        places = """[...document.querySelectorAll('article .page-text p')].map(p => {
            const range = document.createRange(); range.selectNodeContents(p);
            const text = range.getBoundingClientRect(), box = p.getBoundingClientRect();
            return Math.abs(text.right - box.right) < 2 })"""
        assert watched.tab.evaluate(places) == [True, False]
    assert '<html lang="ar" dir="rtl"' in rendered(shown("# T", language="ar"))
    assert "dir=" not in rendered(shown("# T"))
