"""Writes the notebooks of this folder: what analysts' notebooks hold, and what attackers' may.

Run `python -m tests.press.notebooks.make` after a change and commit what it writes.
"""

import base64
import io
from pathlib import Path
from typing import Any

import nbformat.v4 as v4
import pandas as pd
from PIL import Image

from tests.press import samples

HERE = Path(__file__).parent


def markdown(source: str, attachments: dict[str, Any] | None = None) -> Any:
    cell = v4.new_markdown_cell(source)
    if attachments:
        cell["attachments"] = attachments
    return cell


def code(source: str, *outputs: Any) -> Any:
    return v4.new_code_cell(source, outputs=list(outputs), execution_count=1)


def show(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Any:
    return v4.new_output("display_data", data=data, metadata=metadata or {})


def stream(text: str, name: str = "stdout") -> Any:
    return v4.new_output("stream", name=name, text=text)


def write(name: str, cells: list[Any], **metadata: Any) -> None:
    for number, cell in enumerate(cells):
        cell["id"] = f"{name}-{number}"
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    text = v4.writes(notebook, ensure_ascii=True)
    (HERE / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")


def picture(kind: str, colour: str = "#0072b2") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(file, kind)
    return file.getvalue()


def text64(content: bytes) -> str:
    return base64.b64encode(content).decode()


PNG, JPEG, GIF = picture("PNG"), picture("JPEG", "#d55e00"), picture("GIF", "#00805f")


def drawing(words: str, inside: str = "") -> str:
    """A small SVG of a bar with words beside it, coloured the way charts of the report are."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="480" '
        'height="80" viewBox="0 0 480 80"><defs><clipPath id="clip"><rect width="480" height="80"/></clipPath>'
        '</defs><g clip-path="url(#clip)"><rect x="0" y="30" width="200" height="12" '
        'fill="var(--ukraine, #0072b2)"/><text x="210" y="41" style="font: 12px \'Source Sans 3\'; '
        f'fill: var(--ink, #1a1c1f)">{words}</text>{inside}</g></svg>'
    )


def chart(name: str, words: str, note: str = "Source: paragraph 1.") -> dict[str, Any]:
    return {
        "application/vnd.reported.chart+json": {
            "id": f"chart-{name}",
            "title": f"The finding of chart {name}",
            "subtitle": "What is counted, and its unit",
            "alt": f"One bar, labelled {words}.",
            "note": note,
            "parts": [{"wide": drawing(words), "narrow": drawing(words)}],
        },
        "text/html": "<figure>for the notebook only</figure>",
        "text/plain": f"One bar, labelled {words}.",
    }


MARKDOWN = """# Everything Markdown has

A paragraph with *emphasis*, **strong words**, ***both***, `code`, ~~struck~~, H<sub>2</sub>O and x<sup>2</sup>,
a [link](https://example.org/a?b=c&d=e), a bare https://example.org/bare one,
and a footnote.[^1] Another with blocks.[^two]

[^1]: The first footnote, with *emphasis* and $a^2$.
[^two]: The second footnote.

    - with a list

## Lists

- one
- two
  - two and a half
    - deeper
- three

1. first
2. second
   1. second, first

7. seventh

- [ ] not done
- [x] done

- loose one

- loose two

## A table

| Left | Right | Centre | |
|:-----|------:|:------:|---|
| a *b* `c` | 1 | x | y |
| a \\| bar | 22 | y | |

## Mathematics

Inline $E = mc^2$ and $\\frac{a_i}{b^2}$; it costs $5 and then $6, which is no formula.

$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$$

\\begin{align}
a &= b + c \\\\
d &= e
\\end{align}

## Quotes and code

> A quotation
>
> > inside another

```python
def f(x):
    return "<b>" + x  # \\begin{align} stays code
```

    indented code

---

Hard line\\
break. Entity: &copy; &lt;b&gt; &amp;amp;.

## Raw HTML

<div align="center"><b>Bold in raw HTML</b>, <i>italic</i>, x<sub>i</sub>, <mark>marked</mark></div>

<table><tr><th>Head</th><th></th></tr><tr><td colspan="2">spanned <b>bold</b></td></tr></table>

<details><summary>Summary</summary>Details inside.</details>

Unclosed <b>bold

## Images

![An attached square](attachment:square.png)

![A square beside the notebook](square.png)

![A picture far away](https://example.org/far.png)

![](attachment:square.png)

![Missing](missing.png) ![Outside](../../../../../../etc/passwd) in a line ![small](square.png) of text.

<img src="square.png" alt="From raw HTML" width="40">
"""


def markdown_notebook() -> None:
    again = "## Mathematics\n\nThe same heading and the same footnote name again.[^1]\n\n[^1]: Another first footnote."
    write("markdown", [markdown(MARKDOWN, {"square.png": {"image/png": text64(PNG)}}), markdown(again)])


def tables_notebook() -> None:
    frame = pd.DataFrame(
        {
            "claimant": ["Київ", "Москва", "Mediazona <b>&</b>"],
            "dead": [42284, None, -3],
            "share": [0.1, 2.25, 1e-9],
        }
    )
    spanned = pd.DataFrame(
        [[1, 2, 3, 4]] * 3,
        index=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("b", "x")], names=["first", "second"]),
        columns=pd.MultiIndex.from_product([["left", "right"], ["p", "q"]]),
    )
    styled = (
        frame.style.format(escape="html", precision=2)
        .map(
            lambda value: (
                "background-color: #ffe0c0; color: #702000; font-weight: bold" if value == -3 else ""
            )
        )
        .set_caption("A styled table")
        .set_uuid("styled")
    )
    wide = pd.DataFrame(
        {
            f"a measured column {number}": [f"value {number}.{row} of it" for row in range(6)]
            for number in range(14)
        }
    )
    widest = pd.DataFrame([[f"cell-{column}-{row}" for column in range(60)] for row in range(2)])
    long = pd.DataFrame({"row": range(3000), "text": [f"row number {row}" for row in range(3000)]})
    rows = "".join(
        f'<tr id="figure-{name}"><th scope="row">Row {name}</th><td class="num">{number:,}</td>'
        f'<td><span class="verdict-holds">holds</span> <small>{name}</small></td></tr>'
        for number, name in enumerate("abcdefgh", start=9990)
    )
    ours = (
        '<table class="grid" data-widths="3 1 2"><caption>Ours, with <em>groups</em></caption><thead><tr>'
        '<th scope="col">What</th><th scope="col">How many</th><th scope="col">Verdict</th></tr></thead>'
        f'<tbody><tr><th scope="rowgroup" colspan="3">A group</th></tr>{rows}</tbody></table>'
    )
    broken = (
        "<table><tr><td rowspan=9 colspan=3>too far</td><td>b</td></tr><tr><td colspan=0>c</td></tr>"
        "<tr></tr><tr><td>d<table><tr><td>inner</td><td>table</td></tr></table></td></tr></table>"
    )
    write(
        "tables",
        [
            markdown(
                "# Tables\n\nA number that leads to [its row](#figure-c), and one that [leads nowhere](#figure-z)."
            ),
            code("frame", show({"text/html": frame.to_html(), "text/plain": "frame"})),
            code("spanned", show({"text/html": spanned.to_html(), "text/plain": "spanned"})),
            code("styled", show({"text/html": styled.to_html(), "text/plain": "<Styler at 0x…>"})),
            code("ours", show({"text/html": ours, "text/plain": "ours"})),
            markdown("## Wide\n\nThis goes with the table."),
            code("wide", show({"text/html": wide.to_html(), "text/plain": "wide"})),
            code("widest", show({"text/html": widest.to_html(), "text/plain": "widest"})),
            markdown("## Long"),
            code("long", show({"text/html": long.to_html(index=False), "text/plain": "long"})),
            markdown("## Broken"),
            code("broken", show({"text/html": broken}), show({"text/html": "<table></table>"})),
            code("series", show({"text/plain": frame["dead"].to_string()})),
        ],
    )


def streams_notebook() -> None:
    bar = "".join(f"\r{done:3d}%|{'#' * (done // 10)}" for done in range(0, 101, 10)) + "\n"
    colours = "\x1b[31mred\x1b[0m \x1b[1;32mbold green\x1b[0m \x1b[38;5;208morange\x1b[0m\n"
    links = "\x1b]8;;https://example.org\x07link\x1b]8;;\x07 over\b\b\b\bOVER bell\x07\n"
    traceback = [
        "\x1b[0;31m---------------------------------------------------------------------------\x1b[0m",
        "\x1b[0;31mZeroDivisionError\x1b[0m                         Traceback (most recent call last)",
        "Cell \x1b[0;32mIn[1], line 1\x1b[0m\n\x1b[0;32m----> 1\x1b[0m 1 / 0\n",
        "\x1b[0;31mZeroDivisionError\x1b[0m: division by zero",
    ]
    write(
        "streams",
        [
            markdown("# What programs print"),
            code("print()", stream("plain output\n\twith a tab\n"), stream("a warning\n", "stderr")),
            code("tqdm()", stream(bar), stream(colours + links)),
            code(
                "1 / 0",
                v4.new_output(
                    "error", ename="ZeroDivisionError", evalue="division by zero", traceback=traceback
                ),
            ),
            code("many", stream("".join(f"line {number}\n" for number in range(2000)))),
            code("long", stream("x" * 30_000 + "\n")),
            code("None", show({"text/plain": "<object at 0x7f>"}), stream("")),
        ],
    )


def pictures_notebook() -> None:
    broken = PNG[:40]
    far = drawing("far", '<image xlink:href="https://example.org/x.png" width="9" height="9"/>')
    entity = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + drawing("entities")
    data = text64(drawing("as an image").encode())
    write(
        "pictures",
        [
            markdown("# Pictures"),
            code("png", show({"image/png": text64(PNG), "text/plain": "<Figure>"})),
            code(
                "png",
                show({"image/png": text64(PNG)}, {"image/png": {"alt": "A described square", "width": 90}}),
            ),
            code("jpeg", show({"image/jpeg": text64(JPEG)}), show({"image/gif": text64(GIF)})),
            code(
                "svg",
                show(
                    {"image/svg+xml": drawing("words in a drawing")}, {"image/svg+xml": {"alt": "A drawing"}}
                ),
            ),
            code("svg", show({"image/svg+xml": drawing("no description")})),
            code("chart", show(chart("one", "forty at least", "A note with a [link](#pictures)."))),
            code(
                "html",
                show(
                    {
                        "text/html": f'<p>Inline: {drawing("inline drawing")} after</p><img src="data:image/svg+xml;base64,{data}">'
                    }
                ),
            ),
            code("broken", show({"image/png": text64(broken)}), show({"image/png": "not base64!"})),
            code("far", show({"image/svg+xml": far}), show({"image/svg+xml": entity})),
            code("bad", show({"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"})),
        ],
    )


def formulas_notebook() -> None:
    longest = " + ".join(f"\\alpha_{{{number}}} x^{{{number}}}" for number in range(60))
    write(
        "formulas",
        [
            markdown("# Formulas with $x^2$\n\n## $\\alpha$ first"),
            code("Math()", show({"text/latex": "$\\displaystyle \\sum_{i=1}^n i$", "text/plain": "<Math>"})),
            code("Latex()", show({"text/latex": "$$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$$"})),
            markdown(
                "Unreadable: $\\unknowncommand{a}$ and $\\frac{a$ stay as they are.\n\n$$\\includegraphics{x}$$"
            ),
            markdown(
                'Hostile: $\\#eval("1")$ $\\text{"#panic()}$ $\\text{\\] #read("/etc/passwd")}$ $@label // c$ $a/*b*/c$'
            ),
            markdown(f"Long:\n\n$${longest}$$\n\nThe end."),
        ],
    )


def interactive_notebook() -> None:
    widget = {"model_id": "1", "version_major": 2, "version_minor": 0}
    script = "<div id='plot'></div><script>document.title = 'run'; fetch('https://example.org')</script>"
    mixed = (
        "<p onclick='run()'>Words stay.</p><iframe src='https://example.org/map'></iframe><form><input name=q>"
        "<button>Send</button></form><video src='x.mp4'></video><canvas></canvas><object data='y.swf'></object>"
        "<style>body { display: none }</style><link rel=stylesheet href='https://example.org/s.css'>"
    )
    write(
        "interactive",
        [
            markdown("# What needs a screen"),
            code(
                "widget",
                show(
                    {"application/vnd.jupyter.widget-view+json": widget, "text/plain": "IntSlider(value=3)"}
                ),
            ),
            code("js", show({"application/javascript": "alert(1)", "text/plain": "<Javascript object>"})),
            code(
                "plotly",
                show(
                    {
                        "application/vnd.plotly.v1+json": {"data": []},
                        "text/html": script,
                        "image/png": text64(PNG),
                    }
                ),
            ),
            code("plotly", show({"application/vnd.plotly.v1+json": {"data": []}})),
            code("bokeh", show({"text/html": script, "text/plain": "plot"})),
            code("html", show({"text/html": mixed})),
            code("pdf", show({"application/pdf": "JVBERi0=", "text/plain": "<PDF>"}), show({})),
        ],
    )


HOSTILE = [
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "<svg onload='window.hacked = 1'><script>window.hacked = 1</script></svg>",
    "]]> --> <!-- */ ;-) {{ }} {% raw %}",
    '#eval("1 + 1") #panic() #import "x.typ" #read("/etc/passwd") $x$ @label <label> = heading',
    "`{=typst} #panic()` and {=html}",
    "\\ \\\\ \\u{202e} \" ' \\n \\(x\\) \\[y\\]",
    "=cmd|' /C calc'!A0",
    "[run](javascript:window.hacked=1) [run](java\tscript:window.hacked=1) [run](data:text/html,<script>1</script>)",
    "right to \u202eleft override\u202c and \u2066isolate\u2069 and &#x202e;reference&#8238;",
    "zero\u200bwidth\u200d \ufeffmark\u00ad soft",
    "control \x00 \x01 \x1b[31m \x07 \x7f \x9b bytes",
    "tag \U000e0041 and half \ud800 of a pair",
    "emoji \U0001f680 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f flags \U0001f1fa\U0001f1e6",
    "\u4e2d\u6587 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 "
    "\u05e2\u05d1\u05e8\u05d9\u05ea \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22",
    "Zalgo: Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034d A",
    "W" * 600,
    "https://example.org/" + "a" * 3000,
    '<style>* { display: none }</style><base href="//example.org/"><meta http-equiv=refresh content=0>',
    "</div></section></main></body></html> after the end",
    "<a id='toc'></a><form action='https://example.org'><input name=q autofocus onfocus=window.hacked=1>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hacked=1&gt;'>",
]


def hostile_notebook() -> None:
    cells = [markdown("# Hostile *text* <script>window.hacked = 1</script> #eval(1) $")]
    for text in HOSTILE:
        # the JSON of a notebook may hold halves of surrogate pairs; Markdown cells too
        cells += [
            markdown(f"## About {text[:40]}\n\n{text}"),
            code(
                f"print({text!r})",
                stream(text + "\n"),
                show({"text/html": f"<table><tr><th>{text}</th></tr><tr><td>{text}</td></tr></table>{text}"}),
                show({"text/markdown": text}),
                show({"text/plain": text}),
            ),
        ]
    cells.append(
        code(
            "svg",
            show(
                {
                    "image/svg+xml": drawing(
                        "hostile &#x4e2d; \U0001f680", "<script>window.hacked = 1</script>"
                    )
                }
            ),
        )
    )
    cells.append(code("chart", show(chart("hostile", 'emoji \U0001f680 #eval("1")', HOSTILE[4]))))
    deep = "<div><b>" * 3000 + "deep words" + "</b></div>" * 3000
    cells.append(code("deep", show({"text/html": deep})))
    cells.append(
        markdown(
            ">" * 200 + " deep quotation\n\n" + "\n".join("  " * depth + "- item" for depth in range(60))
        )
    )
    write("hostile", cells)


def structure_notebook() -> None:
    write(
        "structure",
        [
            markdown("Words before any heading."),
            markdown("### Deep first\n\n# One\n\n##### Far below\n\n## Two & *more*!"),
            markdown("# One\n\n[down](#Two-&-more!) [up](#one) [nowhere](#nothing) [self](#One-1)"),
            markdown(
                "## \n\n##\n\n# ![](attachment:no.png)\n\nSetext\n======\n\n<h2>Raw heading</h2>\n\n## ???\n\n## Київ"
            ),
            v4.new_raw_cell("\\section{raw} <b>cell</b> #panic()"),
            code(""),
            markdown(""),
            code("html", show({"text/html": "<h1>Heading in an output</h1><p id='figure-x'>x</p>"})),
            code("md", show({"text/markdown": "## One\n\nfrom an output"})),
        ],
    )
    write("empty", [])


def report_notebook() -> None:
    sentence = (
        "At least [42,284](#figure-12) were counted by name; the order of the two armies is *undetermined*. "
    )
    table = samples.table(40)
    for row in table["rows"]:
        row["id"] = row.get("id", "").replace("row-", "figure-")
    cells = [
        markdown("# Findings\n\nWhat holds and what does not."),
        code("say()", show({"text/markdown": sentence * 3})),
    ]
    for number in range(6):
        cells += [
            code("draw()", show(chart(str(number), "Зеленський"))),
            markdown(f"# Chapter {number}\n\n## What is asked?"),
            code("say()", show({"text/markdown": sentence * (number + 2)})),
        ]
    cells += [
        markdown("# Figures\n\nEvery number leads here."),
        code("table", samples.displayed(table=table)),
    ]
    cells.append(markdown("# Method\n\n" + sentence * 20))
    half = len(cells) // 2
    names = {
        f"report-{number}": ["01-findings.ipynb" if number < half else "02-figures.ipynb", number + 1]
        for number in range(len(cells))
    }
    write(
        "report",
        cells,
        reported={
            "title": "Reported figures",
            "subtitle": "A report for the tests",
            "authors": ["First Author", "Second Author"],
            "language": "en-GB",
            "description": "What the tests look at.",
            "shift": 1,
            "source_names": names,
            "footer": "Made from inputs `0123abc`. [Figures](figures.csv)",
            "downloads": ["figures.csv"],
            "choice": samples.CHOICE,
        },
    )


def main() -> None:
    (HERE / "square.png").write_bytes(PNG)
    markdown_notebook()
    tables_notebook()
    streams_notebook()
    pictures_notebook()
    formulas_notebook()
    interactive_notebook()
    hostile_notebook()
    structure_notebook()
    report_notebook()


if __name__ == "__main__":
    main()
