r"""Formulas are set as MathJax sets them in JupyterLab, alike on the page and in print; one that cannot be costs itself."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported.press.clean import formulas, pandoc
from reported.press.clean.formulas import Formula
from tests.press.positions import pages
from tests.press.samples import shown
from tests.press.test_html import rendered
from tests.press.test_pdf import exported, text_of

SET = [
    r"\beta", r"{\rm Prob}(x)", r"{\bf X}", r"\bf y", r"{\cal L}", r"{1 \over 2}", r"{n \choose k}", r"{a \atop b}",
    r"\root 3 \of x", r"\begin{cases} a & b \cr c & d \end{cases}", r"\cases{a & b \cr c & d}", r"\pmatrix{a & b \cr c & d}",
    r"A \cap B", r"u \otimes v", r"a \odot b", r"a \ominus b", r"a \sqcap b", r"\bigcap_i A_i", r"\bigoplus_i V_i",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", r"\begin{bmatrix} a & b \\ \vdots & \ddots \end{bmatrix}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}", r"\begin{split} a &= b \\ &= c \end{split}", r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
    r"\left[ \frac{a}{b} \middle| c \right]", r"\lVert x \rVert", r"|x|", r"\sum_{\substack{i \\ j}} x", r"\operatorname*{argmin}_x f",
    r"\mathop{\rm argmax}_x", r"\lim_{x \to 0} f", r"\overbrace{a + b}^{n}", r"\underbrace{a}_{n}", r"\hat{\theta}_{MLE}", r"\widehat{abc}",
    r"\vec{x} \dot{y} \bar{z} \tilde{w}", r"\sqrt[3]{x}", r"\text{if $x$ holds_so}", r"\mbox{words}", r"\textbf{bold}", r"\boldsymbol{\beta}", r"\bm{x}",
    r"\mathbb{E}[X \mid Y]", r"\mathbbm{1}", r"\mathfrak{g}", r"x'' + y'", r"x \pmod 2", r"\xrightarrow{n}", r"\boxed{x}", r"\cancel{x}",
    r"\color{red}{x}", r"\dfrac12", r"\cfrac{1}{2}", r"\phantom{x} y", r"\Big( x \Big)", r"x \, y \quad z", r"\{ x \}", r"50\%", r"\$5",
    r"\ulcorner x \urcorner", r"\langle x \rangle", r"\big\lfloor x \big\rfloor", r"\mathrm{kg\,m^{-2}}", r"{}^{14}_{6}\mathrm{C}",
    r"\mathop{\rm argmax}\limits_{x \in X} f", r"\mathop{\arg\min}\limits_x", r"\mathop{\sum\sum}\limits_{i}^{n} x", r"\mathbb{E}\limits_x",
    r"\operatorname{argmin}\limits_x f", r"\sum\limits_i^n \max\limits_x", r"\underbrace{a}\limits_b", "a \\\n b", "\\alpha \\ ", r"\LaTeX", r"\mathop{x}\limits",
    r"\int_0^\infty e^{-x^2} dx", r"\iint", r"\not=", r"\stackrel{d}{=}", r"\require{AMSmath} x", r"\large x", r"\dotsc", r"a \lt b < c > d",
    r"\begin{gather} a &= b \\ c &= d \end{gather}", r"\begin{gathered} a & b \end{gathered}",
    r"\begin{gather} a &= \begin{pmatrix} 1 & 2 \end{pmatrix} \\ b \end{gather}", r"\begin{gather} \begin{matrix} 1 & 2 \end{matrix} \end{gather}", r"\begin{flalign} a &= b \end{flalign}",
    r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}", r"\begin{xalignat}{2} a &= b & c &= d \end{xalignat}",
    r"\begin{pmatrix*}[r] -1 \\ 2 \end{pmatrix*}", r"\begin{bsmallmatrix} a & b \end{bsmallmatrix}",
    r"\begin{array}{@{}l!{:}c>{x}r@{}} a & b & c \end{array}", r"\sum_{\begin{subarray}{l} i \\ j \end{subarray}} a",
    r"\Big{(} x \Big{)} \big{\lbrace} \Bigm{|}", r"\Biggl< x \Biggr> \left< x \right>", r"{a \above 1pt b}", r"\smash[b]{y}",
    r"\raise 2pt a \raisebox{1pt}{b}", r'\unicode{x2208} \unicode[serif]{8712} \char"2208', r"\verb|a_b%|", r"\text{\LaTeX{} a & b}",
    r"\varinjlim_n \varprojlim_n", r"\overunderset{a}{b}{c}", r"\mathup{a} \mathbfcal{A} \mathbffrak{A} \mathbfsf{A} \mathsfit{A}",
    r"a \shortmid b \nshortparallel c \thicksim d \thickapprox e \varpropto f \centerdot g \hdots h \amp i", r"\mathclap{a} \mathllap{b}",
    r"\colorbox{yellow}{a} \fcolorbox{red}{white}{b} \enclose{circle}{c} \cancelto{0}{x}", r"\skew{7}{\hat}{A} \AA \url{x} \wideparen{ab}",
    r"\mathrel{\vcenter{:}} a \/ b \hfil \enskip \nonscript {\mit A}", r"\arrowvert \Arrowvert \bracevert", r"\rule{0pt}{2em} x",
]  # fmt: skip


def test_what_mathjax_sets_is_set() -> None:
    text = "\n\n".join(f"Here ${tex}$ and\n\n$${tex}$$" for tex in SET)
    page, print_ = (pandoc.convert([pandoc.Piece("markdown", text)], to) for to in ("html", "typst"))
    assert page.faults == print_.faults == []
    assert page.pieces[0].count("<math") == print_.pieces[0].count("#formula(") == 2 * len(SET)


def test_typst_knows_all_that_is_written_of_them(caplog: pytest.LogCaptureFixture) -> None:
    table = "| $|x|$ | b |\n|---|---|\n| $a|b$ | $$\\sum_i x$$ |\n\n> $$c$$\n\n# Of $\\alpha$"
    made = exported(shown(table, *(f"${tex}$\n\n$${tex}$$" for tex in SET)))
    assert caplog.records == []
    text = text_of(made)
    assert r"\over" not in text
    assert "rgb(" not in text
    assert "SourceS" not in text


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (r"Let $ \beta $ be, $p_k $ and $ x \in V$", [r"\beta", "p_k", r"x \in V"]),
        (r"\\(z^3\\) and \\[w^4\\]", ["z^3", "w^4"]),
        ("$$a\n= b$$", ["a\n= b"]),
        ("\\begin{align}\na &= b\n\\end{align}", ["\\begin{align}\na &= b\n\\end{align}"]),
        (r"${a$b}$", ["{a$b}"]),
        ("```math\nx\n```", ["x"]),
        ("$`x`$", ["x"]),
        (r"see \eqref{eq:one}", [r"\eqref{eq:one}"]),
        ("| $|x|$ | 5501 |", ["|x|"]),
        ("$x$-th, **$y$**", ["x", "y"]),
        # money, code and what does not end
        (r"$\,y $ and $ x\!$", [r"\,y", r"x\!"]),
        (r"$\def\a{b}$2010 and $\beta$2", [r"\def\a{b}", r"\beta"]),
        ("$5 and $10", []),
        ("from $5-$10, US$ 5", []),
        ("$5 million to $ 6 million (a $7 fee)", []),
        (r"\$5 and \$6", []),
        ("`$x$` and ``a $y$ ` b``", []),
        ("```\n$x$\n```\n\n~~~python\n$y$\n~~~", []),
        ("$x\n\ny$", []),
        ("$$", []),
        (r"\begin{align} x", []),
    ],
)
def test_formulas_are_found_where_jupyterlab_finds_them_and_money_is_none(
    written: str, found: list[str]
) -> None:
    kept: list[str] = []

    def keep(formula: Formula) -> str:
        kept.append(formula.tex)
        return formula.source

    assert formulas.separate(written, keep) == written
    assert kept == found


@given(st.text("$\\`{}|\n ab5()[]~_^", max_size=40))
@settings(max_examples=300)
def test_taking_formulas_out_loses_no_text(written: str) -> None:
    assert formulas.separate(written, lambda formula: formula.source) == written


MACROS = r"""$$\newcommand{\E}{\mathbb{E}} \DeclareMathOperator{\Var}{Var} \def\R{\mathbb{R}}$$"""
NUMBERED = "\\begin{equation}\nZ = XW + b \\label{eq:one}\n\\end{equation}"


@pytest.mark.parametrize("to", ["html", "typst"])
def test_macros_and_labels_hold_over_cells(to: Any) -> None:
    texts = [MACROS, r"Here $\E[x]$, $\Var(x)$, $\R$; see \eqref{eq:one}.", NUMBERED, r"$$x = 1 \tag{7}$$"]
    made = pandoc.convert([pandoc.Piece("markdown", text) for text in texts], to)
    assert made.faults == []
    assert re.sub("<[^>]*>|#par.*", "", made.pieces[0]).strip() == ""
    for sign in ("𝔼", "Var", "ℝ", "(1)"):
        assert sign in made.pieces[1]
    assert "(1)" in made.pieces[2]
    assert "(7)" in made.pieces[3]


DEFINED = [
    (
        r"\newcommand{\argmax}{\operatorname*{argmax}}",
        r"\argmax_x f",
        "argmax",
    ),  # known to converters already
    (r"\DeclareMathOperator*{\argmin}{arg\,min}", r"\argmin_x f", "arg"),
    (r"\newcommand\R{\mathbb{R}} \newcommand{\R}{\mathbb{Q}}", r"\R", "ℚ"),
    (r"\renewcommand{\vec}[1]{\mathbf{#1}}", r"\vec{x}", "𝐱"),
    (r"\renewcommand*{\notyetknown}[2]{#2#1}", r"\notyetknown ab", "b"),
    (r"\newcommand{\pair}[2][Z]{#1 #2}", r"\pair{a}", "Z"),
    (r"\newcommand{\pair}[2][Z]{#1 #2}", r"\pair[Y]{a}", "Y"),
    (r"\newcommand{\one}[1][W]{#1}", r"\one + \one[V]", "V"),
    (r"\newcommand{\pm}{\prime}\newcommand{\set}[1]{\{#1\}}", r"\set{a}", "a"),
]


@pytest.mark.parametrize(("definition", "use", "sign"), DEFINED)
@pytest.mark.parametrize("to", ["html", "typst"])
def test_a_macro_is_what_was_defined_last(definition: str, use: str, sign: str, to: Any) -> None:
    pieces = [pandoc.Piece("markdown", f"$${definition}$$"), pandoc.Piece("markdown", f"So ${use}$ is.")]
    made = pandoc.convert(pieces, to)
    assert made.faults == []
    assert sign in made.pieces[1]


@pytest.mark.parametrize("signs", ["ℓ℘ℜ", "a·b", "℘ℓ2", "x℮", "𝓁2ℵ", "ßa", "२a"])
def test_signs_side_by_side_are_no_name_to_typst(signs: str) -> None:
    made = exported(shown(f"So ${' '.join(signs)}$ and ${signs}$."))
    text = text_of(made)
    assert "$" not in text


def test_a_formula_in_a_table_in_code_and_in_a_heading_is_what_it_is_there() -> None:
    text = "# Rate $\\alpha$\n\n| norm | value |\n|---|---|\n| $|x|$ | 5501 |\n\n`$x$` [a](https://x.org/$y$)\n\n    $z$\n"
    made = pandoc.convert([pandoc.Piece("markdown", text)], "html")
    assert made.headings[0].text == r"Rate \alpha"
    assert "<td>5501</td>" in made.pieces[0]
    assert "<code>$x$</code>" in made.pieces[0]
    assert 'href="https://x.org/$y$"' in made.pieces[0]
    assert "<pre><code>$z$" in made.pieces[0]


@pytest.mark.parametrize(
    ("tex", "fault"),
    [
        (r"\nosuchcommand x", "Unknown command"),
        (r"\frac{1}{" * 800 + "x" + "}" * 800, "nested too deeply"),
        (r"\sqrt" * 20_000 + " x", "too large"),
        (r"\eqref{nowhere}", "no equation has the label"),
        (r"\begin{nosuch} x \end{nosuch}", "Unknown environment"),
        (r"x} \limits" * 2000, ""),
        ("{" * 3000 + r"}\limits_" * 3000, ""),
    ],
)
@pytest.mark.parametrize("between", ["$", "$$"])
def test_what_cannot_be_set_costs_itself_and_is_said(
    tex: str, fault: str, between: str, caplog: pytest.LogCaptureFixture
) -> None:
    cell = f"**Bold**, {between}{tex}{between} and $y^2$."
    page = rendered(shown("# T", cell))
    assert "<strong>Bold</strong>" in page
    assert page.count("<math") == 1
    assert "cell 2 of sample.ipynb: the formula " in caplog.text
    assert f"is shown as TeX: {fault}" in caplog.text
    printed = text_of(exported(shown("# T", cell)))
    assert "Bold," in printed
    assert "**" not in printed
    assert re.sub(r"\s", "", tex)[:20] in printed


def test_a_sign_that_no_font_has_costs_its_formula_in_print(caplog: pytest.LogCaptureFixture) -> None:
    text = text_of(exported(shown("# T", "A **bold** $p - 𓀀$, $q - 𝜖$.")))
    assert "$p-⟨U+13000⟩$" in text
    assert "𝑞−𝜖" in text
    assert "**" not in text
    assert len(caplog.records) == 1


def test_mathml_of_others_is_set_in_print() -> None:
    markup = "<p>So <math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>&lt;</mo><mn>2</mn></math>.</p>"
    made = pandoc.convert([pandoc.Piece("html", markup)], "typst").pieces[0]
    assert "frac(a, b)" in made


def test_no_formula_leaves_its_column_in_print() -> None:
    terms = "+".join(f"x_{{{n}}}" for n in range(40))
    long = [
        terms,
        terms.replace("+", ","),
        rf"\frac{{{terms}}}{{2}}",
        r"\begin{pmatrix}" + terms.replace("+", "&") + r"\end{pmatrix}",
        rf"\mathrm{{{'longname' * 20}}}",
    ]
    cells = [
        f"The ${tex}$ in text\n\n* a\n    * the ${tex}$\n\n## A ${tex}$\n\n| a | b |\n|---|---|\n| ${tex}$ | ${tex}$ |"
        for tex in long
    ]
    made = exported(shown(*cells))
    assert [word for page in pages(made) for word in page.words if word.right > page.width - 55] == []


def test_a_brace_without_its_partner_leaves_no_sign_on_the_page() -> None:
    page = rendered(shown(r"$\cases{a & b \cr c & d}$ and $\left. x \right|$"))
    assert "2063" not in page
    assert "\u2063" not in page
