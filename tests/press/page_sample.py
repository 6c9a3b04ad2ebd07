"""A merged notebook as the press receives it, made by hand: sentences, charts, tables of figures, code."""

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

CHART = "application/vnd.reported.chart+json"

FIGURES = [
    # id, population, words, claimant, side, relayed by, as of, evidence, responses, paragraph
    ("ru_killed", "Russian military dead", "at least 42,284", "Mediazona and the BBC Russian Service", "independent",
     "", "not stated", "identified by name", "", "21"),
    ("ru_killed_times", "Russian military dead, real number", "several times higher", "Analysts", "unnamed", "",
     "not stated", "none reported", "", "21"),
    ("ru_troops", "Russian troops engaged", "more than 600,000", "Vladimir Putin", "Russia", "", "26 January 2024",
     "none reported", "", "18"),
    ("ru_deployed", "People deployed across the combat zone", "617,000", "Vladimir Putin", "Russia", "Interfax",
     "26 January 2024", "none reported", "source says few details are given", "19"),
    ("ua_ground", "Ukrainian ground forces", "about 600,000", "Volodymyr Zelenskiy", "Ukraine", "", "not stated",
     "none reported", "", "22"),
    ("front", "Length of the battle zone", "nearly 2,000 kilometers", "Vladimir Putin", "Russia", "Interfax",
     "26 January 2024", "none reported", "", "19"),
    ("il76_pows", "Prisoners said to be on board", "65", "Kremlin", "Russia", "", "24 January 2024",
     "none reported", "not confirmed by Kyiv; disputed", "2"),
    ("ua_remains", "Remains returned to Ukraine", "77", "Coordination Headquarters", "Ukraine", "",
     "26 January 2024", "none reported", "", "3"),
    ("ru_remains", "Remains returned to Russia", "55", "Shamsail Saraliyev (Шамсаил Саралиев)", "Russia", "Interfax",
     "26 January 2024", "none reported", "", "6"),
]  # fmt: skip


def link(name: str) -> str:
    words = {row[0]: row[2] for row in FIGURES}[name]
    return f"[{words}](#figure-{name})"


def drawing(width: int, height: int, scale: float) -> str:
    """Bounds as bars with arrows, as the charts draw them: text as text, colours as variables."""
    rows = [
        ("ukraine", "Ukrainian ground forces", 480, 720, 600),
        ("russia", "Russian troops engaged", 600, 980, 600),
    ]
    marks = []
    for place, (side, label, low, high, digits) in enumerate(rows):
        y = 46 + place * 62
        x1, x2, x0 = (width * 0.06 + value * scale for value in (low, high, digits))
        marks.append(
            f'<text x="{width * 0.06}" y="{y - 12}" style="font: 600 13px \'Source Sans 3\', sans-serif; '
            f'fill: var(--ink, #1a1c1f)">{label}</text>'
            f'<g clip-path="url(#frame)"><path d="M {x1} {y + 8} L {x2} {y + 8}" style="fill: none; '
            f'stroke: var(--{side}, #0072b2); stroke-width: 6"/></g>'
            f'<use href="#tick" x="{x0}" y="{y + 8}" style="stroke: var(--ink, #1a1c1f)"/>'
            f'<text x="{x0 + 4}" y="{y + 28}" style="font: 12px \'Source Sans 3\'; fill: var(--ink-soft, #5a6068)">'
            f"digits: {digits},000</text>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
        "<metadata><rdf>made by hand</rdf></metadata><defs><style>*{stroke-linejoin: round}</style>"
        f'<clipPath id="frame"><rect x="0" y="0" width="{width}" height="{height}"/></clipPath>'
        '<path id="tick" d="M 0 -9 L 0 9" style="stroke-width: 2"/></defs>'
        f"{''.join(marks)}</svg>"
    )


def chart(name: str = "chart-strength", **changes: str) -> Any:
    alt = (
        "Two ranges. Ukrainian ground forces, about 600,000: typically 570,000 to 630,000. Russian troops engaged, "
        "more than 600,000: from 600,001 upward, no upper end."
    )
    data = {
        "id": name,
        "title": "The digits say yes, the words say undetermined",
        "subtitle": "Soldiers, as each side’s president states them, thousand; bars show the typical reading",
        "alt": alt,
        "note": f"Said of different populations: {link('ru_troops')} engaged, {link('ua_ground')} in the ground forces. "
        "Paragraphs 18 and 22.",
        "wide": drawing(680, 170, 0.62),
        "narrow": drawing(320, 170, 0.28),
    } | changes
    return new_output(
        "display_data", data={CHART: data, "text/html": "<figure>…</figure>", "text/plain": alt}
    )


def table_of_figures() -> Any:
    heads = (
        "Figure",
        "As reported",
        "Claimant",
        "Side",
        "Relayed by",
        "As of",
        "Evidence",
        "Responses",
        "Paragraph",
    )
    groups = {"People": FIGURES[:5], "Lengths and events": FIGURES[5:]}
    bodies = []
    for group, rows in groups.items():
        lines = [f'<tr><th scope="rowgroup" colspan="{len(heads)}">{group}</th></tr>']
        for name, label, words, *cells, paragraph in rows:
            lines.append(
                f'<tr id="figure-{name}"><th scope="row">{label}</th><td class="num">{words}</td>'
                + "".join(f"<td>{cell}</td>" for cell in cells)
                + f'<td class="num">{paragraph}</td></tr>'
            )
        bodies.append(f"<tbody>{''.join(lines)}</tbody>")
    html = (
        '<table class="figures" data-wide="true" data-widths="3 2 2 1 1 1 1 2 1" data-filter="Side,Claimant">'
        "<caption>Every figure of the article, who states it, and on what evidence</caption><thead><tr>"
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + f"</tr></thead>{''.join(bodies)}</table>"
    )
    return new_output("display_data", data={"text/html": html, "text/plain": "table of figures"})


def verdicts() -> Any:
    rows = [
        (
            "Are there more Russian troops than Ukrainian ground forces?",
            "fails",
            "undetermined",
            "undetermined",
            "",
        ),
        ("Were more remains returned to Ukraine than to Russia?", "holds", "holds", "holds", "firm"),
        ("Is each kilometre held by more than 250?", "holds", "holds", "undetermined", "typical-only"),
        ("Do the dead outnumber the wounded?", "refused", "refused", "refused", ""),
    ]
    lines = [
        f'<tr><th scope="row">{question}</th>'
        + "".join(f'<td class="verdict-{word} {firm}">{word}</td>' for word in words)
        + "</tr>"
        for question, *words, firm in rows
    ]
    html = (
        '<table><caption>What each reading concludes</caption><thead><tr><th scope="col">Question</th>'
        '<th scope="col">Face value</th><th scope="col">Typical</th><th scope="col">Cautious</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
    return new_output("display_data", data={"text/html": html, "text/plain": "verdicts"})


def say(markdown: str, code: str = "say(…)") -> Any:
    output = new_output("display_data", data={"text/markdown": markdown, "text/plain": markdown})
    return new_code_cell(code, outputs=[output])


def merged() -> Any:
    """The notebook, with the metadata that a merged report has."""
    cells = [
        new_markdown_cell("# Findings\n\nWhat can be concluded from one day’s reporting, what cannot, and why."),
        new_code_cell("from reported import *\n\nledger = load()  # checked as it loads\nfor n in range(3): print('x', n)"),
        say(
            f"Russia’s president speaks of {link('ru_troops')} troops, Ukraine’s of {link('ua_ground')} in the ground "
            "forces. By the digits the two are equal; by the words, which is larger is **undetermined**. "
            f"The identified dead, {link('ru_killed')}, are a floor and no count: the true number "
            f"could be {link('ru_killed_times')}.",
            'say(f"{ru_troops} and {ua_ground}")',
        ),
        new_code_cell("show(strength)", outputs=[chart()]),
        say(f"More remains were returned to Ukraine, {link('ua_remains')}, than to Russia, {link('ru_remains')}."),
        new_markdown_cell("## What holds under every reading?"),
        new_code_cell("show(verdicts)", outputs=[verdicts()]),
        new_markdown_cell(
            "### On what grounds\n\nA reading is a rule from words to bounds.[^1] For *about* it is wider: "
            "$n \\pm \\max(1, n/20)$, and\n\n$$\\frac{a}{b} \\in \\left[\\frac{\\underline a}{\\overline b}, "
            "\\frac{\\overline a}{\\underline b}\\right]$$\n\n[^1]: See the chapter on method."
        ),
        new_markdown_cell("# Troops\n\nHow many are said to be at the front?"),
        new_markdown_cell("## How many for each kilometre?"),
        say(f"Over {link('front')} of front, {link('ru_deployed')} people make at least 308 a kilometre."),
        new_code_cell("show(density)", outputs=[chart("chart-density", title="Three hundred a kilometre, or more")]),
        new_markdown_cell("## What to be careful about\n\n- Populations differ.\n- Both figures come from one side."),
        new_code_cell(
            "frame.head()\nprint('done')",
            outputs=[new_output("stream", name="stdout", text="3 rows read\n\x1b[1;31mred\x1b[0m and plain\n")],
        ),
        new_markdown_cell("# The figures\n\nEvery number above leads to its row here."),
        new_code_cell("show(figures)", outputs=[table_of_figures()]),
        new_markdown_cell(
            "# Method\n\n## Readings\n\n> No end is invented where the words set none.\n\n"
            "Grounds: [a survey of hedge words](https://doi.org/10.1016/j.ijar.2014.11.003).\n\n"
            "```python\nBounds(570_000, 630_000) > Bounds(600_001, inf)  # NA\n```\n\n## Limits\n\nOne article, one day."
        ),
    ]  # fmt: skip
    notebook = new_notebook(cells=cells)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"n{number}"
    notebook.metadata["reported"] = {
        "title": "Reported figures: what one day’s numbers of a war can bear",
        "subtitle": "Fourteen numbers, who says them, and which conclusions survive their own words",
        "authors": ["Reported Figures"],
        "language": "en",
        "description": "Figures of a war as reported, read as bounds and compared.",
        "shift": 1,
        "source_names": {cell.id: "01-findings.ipynb" for cell in notebook.cells},
        "footer": "Made from inputs `0123456789ab` with python 3.11, pandas 3.1.1. Text and data: MIT licence.",
        "downloads": ["figures.csv", "comparisons.csv"],
    }
    return nbformat.from_dict(notebook)
