"""Every option of nbconvert's does here what it does there, or it is said why not."""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.nbconvertapp import nbconvert_flags
from nbconvert.preprocessors import ClearMetadataPreprocessor, RegexRemovePreprocessor, TagRemovePreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from traitlets.config import Config

from reported.press.pages.html import HTMLReportExporter
from reported.press.pages.pdf import PDFReportExporter
from tests.press.samples import shown
from tests.press.test_pdf import poppler

EXPORTERS = (HTMLReportExporter, PDFReportExporter)


def notebook() -> Any:
    """A cell of each kind; a word of capitals says what it is."""
    tagged = {"tags": ["gone"]}
    printed = [
        new_output("stream", name="stdout", text="PRINTED"),
        new_output("stream", name="stdin", text="ASKED"),
    ]
    return shown(
        new_markdown_cell("MARKDOWN"),
        new_markdown_cell("TAGGED", metadata=tagged),
        new_code_cell("CODE = 1", outputs=printed, execution_count=77),
        new_code_cell(
            "TAGGEDCODE = 1", outputs=[new_output("stream", text="TAGGEDPRINTED")], metadata=tagged
        ),
        new_code_cell("x", outputs=[new_output("display_data", {"text/plain": "SINGLE"}, metadata=tagged)]),
        new_code_cell("   ", metadata={}),
        new_raw_cell("RAWPLAIN"),
        new_raw_cell("<b>RAWHTML</b>", metadata={"raw_mimetype": "text/html"}),
        new_raw_cell("RAWLATEX", metadata={"raw_mimetype": "text/latex"}),
        new_raw_cell("*RAWMARKDOWN*", metadata={"raw_mimetype": "text/markdown"}),
    )


WORDS = re.compile(r"\b[A-Z]{5,}\b")


def words(exporter: type[TemplateExporter], config: dict[str, dict[str, Any]]) -> set[str]:
    """The words in capitals that are left with some options."""
    options = {name: dict(value) for name, value in config.items()}
    if exporter is PDFReportExporter:
        options = {"PDFReportExporter": {"include_code": True}, **options}
    made, _ = exporter(config=Config(options)).from_notebook_node(notebook())
    text = (
        poppler(made, "pdftotext", "-raw")
        if isinstance(made, bytes)
        else re.sub(r"(?s)<style.*?</style>|<script.*?</script>|<[^>]*>", " ", made)
    )
    return set(WORDS.findall(text)) & ALL


ALL = set(WORDS.findall(str(notebook())))


def template(**options: Any) -> dict[str, dict[str, Any]]:
    return {"TemplateExporter": options}


def preprocessor(name: str, **options: Any) -> dict[str, dict[str, Any]]:
    return {name: {"enabled": True, **options}}


SAME = {
    "nothing": {},
    "exclude_input": template(exclude_input=True),
    "exclude_output": template(exclude_output=True),
    "exclude_output_stdin": template(exclude_output_stdin=True),
    "exclude_code_cell": template(exclude_code_cell=True),
    "exclude_markdown": template(exclude_markdown=True),
    "exclude_raw": template(exclude_raw=True),
    "exclude_unknown": template(exclude_unknown=True),
    "raw_mimetypes": template(raw_mimetypes=["text/latex"]),
    "no-input": nbconvert_flags["no-input"][0],
    "show-input": nbconvert_flags["show-input"][0],
    "no-prompt": nbconvert_flags["no-prompt"][0],
    "TagRemovePreprocessor.remove_cell_tags": preprocessor(
        "TagRemovePreprocessor", remove_cell_tags=["gone"]
    ),
    "TagRemovePreprocessor.remove_all_outputs_tags": preprocessor(
        "TagRemovePreprocessor", remove_all_outputs_tags=["gone"]
    ),
    "TagRemovePreprocessor.remove_single_output_tags": preprocessor(
        "TagRemovePreprocessor", remove_single_output_tags=["gone"]
    ),
    "TagRemovePreprocessor.remove_input_tags": preprocessor(
        "TagRemovePreprocessor", remove_input_tags=["gone"]
    ),
    "RegexRemovePreprocessor.patterns": preprocessor("RegexRemovePreprocessor", patterns=["MARK", r"\s*\Z"]),
    "ClearOutputPreprocessor": preprocessor("ClearOutputPreprocessor"),
    "ClearMetadataPreprocessor": preprocessor("ClearMetadataPreprocessor"),
    "CoalesceStreamsPreprocessor": preprocessor("CoalesceStreamsPreprocessor"),
}


@functools.cache
def of_stock(option: str) -> set[str]:
    return words(HTMLExporter, SAME[option])


@pytest.mark.parametrize("option", SAME)
@pytest.mark.parametrize("exporter", EXPORTERS)
def test_an_option_leaves_the_words_that_the_stock_page_has(
    exporter: type[TemplateExporter], option: str
) -> None:
    assert words(exporter, SAME[option]) == of_stock(option)


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_raw_cells_are_shown_by_their_format(exporter: type[TemplateExporter], tmp_path: Path) -> None:
    left = words(exporter, template(raw_mimetypes=["text/markdown"]))
    assert {word for word in left if word.startswith("RAW")} == {"RAWMARKDOWN"}


FAILING = shown(new_code_cell("print('BEFORE')\n1 / 0"), new_code_cell("print('AFTER' + 'WARDS')"))


@pytest.mark.slow
def test_allow_errors_goes_on_after_one(tmp_path: Path) -> None:
    options: dict[str, Any] = {}
    for flag in ("execute", "allow-errors"):
        for name, values in nbconvert_flags[flag][0].items():
            options[name] = {**options.get(name, {}), **values}
    resources = {"metadata": {"path": str(tmp_path)}}
    page, _ = HTMLReportExporter(config=Config(options)).from_notebook_node(FAILING, resources)
    assert "ZeroDivisionError" in page
    assert "AFTERWARDS" in page


ALWAYS = "done anyway"
NO_SUCH = "there is none on the page"
OFFLINE = "the page loads nothing"
OF_NBCONVERT = "done by nbconvert before or after an exporter, with any"
TEMPLATES = "of the templates; tests/press/test_html.py and test_pdf.py use one of their own"
REASONS = {
    "embed-images": ALWAYS,
    "sanitize-html": ALWAYS,
    "execute": "test_allow_errors_goes_on_after_one",
    "allow-errors": "test_allow_errors_goes_on_after_one",
    "exclude_input_prompt": NO_SUCH,
    "exclude_output_prompt": NO_SUCH,
    "exclude_anchor_links": NO_SUCH,
    "anchor_link_text": NO_SUCH,
    "allow-chromium-download": "no Chromium is used",
    "disable-chromium-sandbox": "no Chromium is used",
    "embed_images": ALWAYS,
    "sanitize_html": ALWAYS,
    "skip_svg_encoding": ALWAYS,
    "language_code": "the setting `language`",
    "theme": "light or dark is the reader's choice",
    "mathjax_url": OFFLINE,
    "require_js_url": OFFLINE,
    "jquery_url": OFFLINE,
    "jupyter_widgets_base_url": OFFLINE,
    "widget_renderer_url": OFFLINE,
    "html_manager_semver_range": OFFLINE,
    "lexer_options": "of LaTeX",
    **dict.fromkeys(["debug", "show-config", "show-config-json", "generate-config", "y"], OF_NBCONVERT),
    **dict.fromkeys(["stdin", "stdout", "inplace", "clear-output", "coalesce-streams"], OF_NBCONVERT),
    **dict.fromkeys(
        ["default_preprocessors", "preprocessors", "optimistic_validation", "enabled"], OF_NBCONVERT
    ),
    **dict.fromkeys(["file_extension", "filters", "enable_async"], OF_NBCONVERT),
    **dict.fromkeys(
        ["template_name", "template_file", "template_paths", "extra_template_basedirs"], TEMPLATES
    ),
    **dict.fromkeys(["extra_template_paths", "template_extension", "template_data_paths"], TEMPLATES),
    "remove_metadata_fields": OF_NBCONVERT,
    "default_language": OF_NBCONVERT,
    "display_data_priority": "docs/press.md says which form of an output is shown",
    **dict.fromkeys(
        [
            "clear_cell_metadata",
            "clear_notebook_metadata",
            "preserve_nb_metadata_mask",
            "preserve_cell_metadata_mask",
        ],
        OF_NBCONVERT,
    ),
}
"""Why an option that is not in SAME does nothing else here."""


def traits(owner: Callable[..., Any]) -> set[str]:
    return set(owner.class_traits(config=True))  # type: ignore[attr-defined]


def test_every_option_of_nbconvert_is_the_same_or_has_its_reason() -> None:
    known = {option.rpartition(".")[2] for option in SAME} | set(REASONS)
    listed = set(nbconvert_flags) | traits(TemplateExporter) | traits(HTMLExporter)
    for each in (TagRemovePreprocessor, RegexRemovePreprocessor, ClearMetadataPreprocessor):
        listed |= traits(each)
    assert listed - known == set()
