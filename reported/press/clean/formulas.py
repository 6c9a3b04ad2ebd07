r"""Formulas in Markdown: found as JupyterLab finds them, converted from TeX to MathML by math-core, all at once.

Macros hold from where they are defined, and `\eqref` knows every `\label`, over all pieces of a document. math-core runs
in a process of its own, which nothing but a formula that brings it down can end. print's form is in typst_math.py.
"""

import functools
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reported.press import bounded

_SECONDS = 60
_DEEPEST = 100  # elements within one another: Typst and browsers bear no more than some hundreds


@dataclass(frozen=True)
class Formula:
    """A formula as it is written: with its delimiters, its TeX alone, and whether it stands by itself."""

    source: str
    tex: str
    display: bool


@dataclass(frozen=True)
class Converted:
    """A formula as MathML, "" if it only defines macros; or the reason why it is not one."""

    mathml: str
    fault: str = ""


# ---------------------------------------------------------------- finding

_MARK = re.compile(
    r"""
    (?P<fence>^(?P<ticks>[ ]{0,3}(?:```+|~~~+))[^\n]*\n.*?(?:^(?P=ticks)[`~]*[ \t]*$|\Z))
    |(?P<gitlab>\$`[^`\n]+`\$)
    |(?P<code>(?<![\\`])(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))
    |(?P<escaped>\\[$])
    |(?P<open>\$\$?|\\\\[(\[]|\\begin\{(?P<name>[A-Za-z]+\*?)\})
    |(?P<reference>\\(?:eq)?ref\{[^{}\n]+\})
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_INSIDE = re.compile(r"\\\\[)\]]|\\.|[{}]|\$\$?|\n[ \t]*\n", re.DOTALL)
_WORDS = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,} +[A-Za-z]{2,}")
_TEX = re.compile(r"\\[A-Za-z,;:!|]|[\^_={}<>+]")


def separate(text: str, keep: Callable[[Formula], str]) -> str:
    r"""The text with each formula replaced by what `keep` returns for it.

    Between dollar signs, in `\\( … \\)` and `\\[ … \\]`, in environments; not in code, not over a blank line, and not
    where the dollars are money.

    >>> separate("$5 and $10, $ \\beta $", lambda formula: f"<{formula.tex}>")
    '$5 and $10, <\\beta>'
    """
    pieces: list[str] = []
    at = 0
    while mark := _MARK.search(text, at):
        pieces.append(text[at : mark.start()])
        formula = _formula(text, mark)
        pieces.append(keep(formula) if formula else mark[0])
        at = mark.start() + len(formula.source if formula else mark[0])
    return "".join([*pieces, text[at:]])


def _formula(text: str, mark: re.Match[str]) -> Formula | None:
    source = mark[0]
    if mark["fence"]:
        info, _, rest = source.partition("\n")
        body = rest.rpartition("\n")[0]
        return Formula(source, body, True) if info.strip(" `~") == "math" and body.strip() else None
    if mark["gitlab"]:
        return Formula(source, source[2:-2], False)
    if mark["reference"]:
        return Formula(source, source, False)
    if not mark["open"]:
        return None
    if mark["name"]:
        closing = f"\\end{{{mark['name']}}}"
        end = text.find(closing, mark.end())
        blank = re.compile(r"\n[ \t]*\n").search(text, mark.end())
        if end < 0 or (blank and blank.start() < end):
            return None
        source = text[mark.start() : end + len(closing)]
        return Formula(source, source, True)
    opened = mark["open"]
    closed = _end(text, mark.end(), {"$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}[opened])
    if closed is None:
        return None
    source = text[mark.start() : closed]
    tex = source[len(opened) : -len(opened)]
    if not tex.strip() or (opened == "$" and _is_money(tex, text[closed : closed + 1])):
        return None
    return Formula(source, tex.strip(), opened in ("$$", "\\\\["))


def _end(text: str, at: int, closing: str) -> int | None:
    """Find the end of a formula that begins here; None if a blank line comes first. Braces are balanced, if they are."""
    depth, found = 0, None
    for sign in _INSIDE.finditer(text, at):
        if sign[0] == closing:
            if depth <= 0:
                return sign.end()
            found = found or sign.end()
        elif sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
        elif sign[0].startswith("\n"):
            break
    return found


def _is_money(tex: str, after: str) -> bool:
    """True if two dollar signs are amounts rather than the ends of a formula."""
    if after.isdigit() and not re.search(r"\\[A-Za-z]", tex):
        return True
    amount = tex[0].isdigit() and not _TEX.search(tex)
    if not tex[0].isspace() and not tex[-1].isspace():
        return amount and re.search(r"\s[A-Za-z]{2,}", tex) is not None
    return (
        tex[0].isdigit()
        or bool(_WORDS.search(tex))
        or not (_TEX.search(tex) or re.fullmatch(r"\s*\w\s*", tex))
    )


_MATHML = re.compile(r"<math\b.*?</math\s*>", re.DOTALL)


def separate_markup(html: str, keep: Callable[[Formula], str]) -> str:
    """HTML with each formula, which is MathML there, replaced by what `keep` returns for it."""

    def kept(found: re.Match[str]) -> str:
        words = re.search(r"<annotation[^>]*>(.*?)</annotation", found[0], re.DOTALL)
        said = words[1] if words else " ".join(re.sub("<[^>]*>", " ", found[0]).split())
        return keep(Formula(found[0], said or "a formula", 'display="block"' in found[0]))

    return _MATHML.sub(kept, html)


# ---------------------------------------------------------------- converting

# What MathJax knows and math-core does not, in terms of what it does.
_MACROS = {
    "mbox": r"\text{#1}", "hbox": r"\text{#1}", "textnormal": r"\text{#1}", "textup": r"\text{#1}",
    "mathbbm": r"\mathbb{#1}", "mathds": r"\mathbb{#1}", "mathnormal": "#1", "pmb": r"\boldsymbol{#1}",
    "mathbfit": r"\boldsymbol{#1}", "scr": r"\mathscr{#1}", "smash": "#1", "llap": "#1", "rlap": "#1",
    "smallsetminus": r"\setminus", "dotsc": r"\ldots", "dotsb": r"\cdots", "dotsm": r"\cdots", "dotsi": r"\cdots",
    "dotso": r"\ldots", "varlimsup": r"\overline{\lim}", "varliminf": r"\underline{\lim}", "strut": "", "hfill": r"\quad",
    "LaTeX": r"\text{LaTeX}", "TeX": r"\text{TeX}", "boldmath": "", "displaylimits": "", "allowbreak": "", "nobreak": "", "centering": "", "relax": "",
    "varinjlim": r"\underrightarrow{\lim}", "varprojlim": r"\underleftarrow{\lim}", "overunderset": r"\overset{#1}{\underset{#2}{#3}}",
    "mathup": r"\mathrm{#1}", "mathbfup": r"\mathbf{#1}", "mathsfup": r"\mathsf{#1}", "mathsfit": r"\mathsf{#1}",
    "mathbfsf": r"\boldsymbol{\mathsf{#1}}", "mathbfsfup": r"\boldsymbol{\mathsf{#1}}", "mathbfcal": r"\boldsymbol{\mathcal{#1}}",
    "mathbfscr": r"\boldsymbol{\mathscr{#1}}", "mathbffrak": r"\boldsymbol{\mathfrak{#1}}", "shortmid": r"\mid",
    "shortparallel": r"\parallel", "nshortmid": r"\nmid", "nshortparallel": r"\nparallel", "thicksim": r"\sim",
    "thickapprox": r"\approx", "varpropto": r"\propto", "centerdot": r"\cdot", "hdots": r"\ldots", "amp": r"\&",
    "arrowvert": r"\vert", "Arrowvert": r"\Vert", "bracevert": r"\vert", "nonscript": "", "enskip": r"\enspace", "hfil": r"\quad",
    "mathllap": "#1", "mathrlap": "#1", "mathclap": "#1", "mathmakebox": "#1", "vcenter": "#1", "vbox": "#1",
    "colorbox": "#2", "fcolorbox": r"\boxed{#3}", "enclose": r"\boxed{#2}", "cancelto": r"{\cancel{#2}}^{#1}",
    "skew": "#2{#3}", "AA": r"\text{Å}", "url": r"\text{#1}", "wideparen": r"\overparen{#1}",
}  # fmt: skip
_ENVIRONMENTS = {"split": "aligned", "eqnarray": "align", "eqnarray*": "align*", "smallmatrix": "matrix", "math": "aligned",
                 "displaymath": "aligned", "flalign": "align", "flalign*": "align*", "bsmallmatrix": "bmatrix",
                 "psmallmatrix": "pmatrix", "vsmallmatrix": "vmatrix", "Bsmallmatrix": "Bmatrix",
                 "Vsmallmatrix": "Vmatrix"}  # fmt: skip
_NUMBERED = r"equation|align|gather|multline|alignat|flalign|eqnarray"
_SIZES = re.compile(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])\s*"
)
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*\{")
# defined anew where it is known already, as by MathJax; and with the default of a first argument
_DEFINITION = re.compile(
    r"\\(?:re)?newcommand\*?\s*(?:\{\s*(\\[A-Za-z]+)\s*\}|(\\[A-Za-z]+))\s*(\[\d\])?(?:\s*\[([^\]]*)\])?"
)
_OLD_TABLE = re.compile(r"\\(matrix|pmatrix|bmatrix|cases|eqalign|eqalignno|displaylines|substack)\s*\{")
_LEFT_OUT = re.compile(
    r"\\(?:require|vspace|hspace\*|pagebreak|class|style|cssId|label(?=\{[^{}]*\}\s*\\label))\s*\{[^{}]*\}"
)
_TEXT = re.compile(r"\\(?:text|mbox|hbox|textrm|textnormal)\s*\{")
# what only moves or sizes; a column of a table that is none; how the columns of a matrix or an array are set
_NO_SHAPE = [
    (
        re.compile(
            r"\\(?:raise|lower|moveleft|moveright)\s*-?[\d.]+\s*[a-z]{2}\s*|\\/|\\rule\s*\{0[a-z]*\}\s*\{[^{}]*\}"
        ),
        "",
    ),
    (re.compile(r"\\(?:raisebox|smash)\s*(?:\{-?[\d.]+\s*[a-z]{2}\}|\[[bt]\])"), ""),
    (re.compile(r"(\\[bB]igg?[lrm]?)\s*\{\s*([^\s{}\\]|\\[A-Za-z]+|\\[{}|])\s*\}"), r"\1\2 "),
    (re.compile(r"(\\(?:left|right|middle|[bB]igg?[lrm]?))\s*<"), r"\1\\langle "),
    (re.compile(r"(\\(?:left|right|middle|[bB]igg?[lrm]?))\s*>"), r"\1\\rangle "),
    (re.compile(r"\\above\s*[\d.]+\s*[a-z]{2}"), r"\\over "),
    (re.compile(r"\\mit(?![A-Za-z])"), r"\\it"),
    (re.compile(r"(\\(?:begin|end)\{[bBpvV]?matrix)\*\}(?:\[[lcr]\])?"), r"\1}"),
    (re.compile(r"\\begin\{subarray\}\s*\{[lcr]\}"), r"\\begin{matrix}"),
    (re.compile(r"\\end\{subarray\}"), r"\\end{matrix}"),
]
_ARRAY = re.compile(r"\\begin\{array\}\s*(?:\[\w\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_BETWEEN_COLUMNS = re.compile(r"[@!<>]\{(?:[^{}]|\{[^{}]*\})*\}")
_CODE_SIGN = re.compile(
    r"\\unicode\s*(?:\[[^\[\]]*\])?\s*\{(x?)([\dA-Fa-f]+)\}|\\char\s*(\"?)([\dA-F]+)|\\U\{([\dA-Fa-f]+)\}"
)
_VERBATIM = re.compile(r"\\verb\*?([^\sA-Za-z*])(.*?)\1")
_GATHERED = re.compile(r"(?s)\\begin\{gather(ed|)(\*?)\}(.*?)\\end\{gather\1\2\}")
_ENVIRONMENT = re.compile(r"(?s)\\begin\{(\w+\*?)\}.*?\\end\{\1\}")


def prepared(formula: Formula) -> str:
    r"""TeX in the words that math-core knows.

    >>> prepared(Formula("", r"\begin{cases} a \cr b \end{cases}", True))
    '\\begin{cases} a \\\\ b \\end{cases}'
    """
    tex = re.sub(r"\\cr(?![A-Za-z])", lambda _: r"\\", formula.tex)
    tex = re.sub(r"(?<!\\)((?:\\\\)*)\\(?:\n|\Z)", r"\1\\ ", tex)  # a space, written at the end of a line
    tex = _VERBATIM.sub(_verbatim, tex)
    tex = _LEFT_OUT.sub("", _SIZES.sub("", tex))
    for pattern, instead in _NO_SHAPE:
        tex = pattern.sub(instead, tex)
    tex = _ARRAY.sub(lambda found: r"\begin{array}{" + _BETWEEN_COLUMNS.sub("", found[1]) + "}", tex)
    tex = _CODE_SIGN.sub(_sign_of_code, tex)
    tex = _GATHERED.sub(_with_columns, tex)
    tex = re.sub(r"\\href\s*\{[^{}]*\}", "", tex)
    tex = _with_groups(
        tex,
        _OPERATOR,
        lambda found, name: rf"\newcommand{{\{found[2]}}}{{\operatorname{found[1]}{{{name}}}}}",
    )
    tex = _DEFINITION.sub(
        lambda found: "\\providecommand{{{0}}}{{}}\\renewcommand{{{0}}}{1}".format(
            found[1] or found[2], found[3] or ""
        ),
        tex,
    )
    tex = _with_groups(tex, _OLD_TABLE, _as_environment)
    tex = _with_limits(_with_groups(tex, _TEXT, _text_of_both))
    tex = re.sub(
        r"\\root\s*(\{[^{}]*\}|\w)\s*\\of(?![A-Za-z])", lambda found: rf"\sqrt[{found[1].strip('{}')}]", tex
    )
    tex = re.sub(
        r"\\buildrel(.*?)\\over(?![A-Za-z])\s*(\{[^{}]*\}|\\[A-Za-z]+|\S)", r"\\overset{\1}{\2}", tex
    )
    numbered = re.search(rf"\\begin\{{(?:{_NUMBERED})\*?\}}", tex)
    if re.search(r"\\begin\{eqnarray", tex):
        tex = re.sub(r"&\s*(=|\\[A-Za-z]+|[<>])\s*&", r"&\1", tex)
    tex = re.sub(r"\\begin\{x{0,2}align(ed)?at(\*?)\}\s*\{\d+\}", r"\\begin{align\1\2}", tex)
    tex = re.sub(r"\\end\{x{0,2}align(ed)?at(\*?)\}", r"\\end{align\1\2}", tex)
    tex = re.sub(
        r"\\(begin|end)\{(\w+\*?)\}",
        lambda found: f"\\{found[1]}{{{_ENVIRONMENTS.get(found[2], found[2])}}}",
        tex,
    )
    if not numbered and formula.display and re.search(r"\\(?:tag|label)(?![A-Za-z])", tex):
        star = "" if "\\tag" in tex else "*"
        body = re.sub(r"\\label\s*\{[^{}]*\}", "", tex) if star else tex
        tex = rf"\begin{{equation{star}}}{body}\end{{equation{star}}}"
    elif not numbered:
        tex = re.sub(r"\\label\s*\{[^{}]*\}|\\tag\*?\s*\{[^{}]*\}", "", tex)
    return re.sub(r"\\ref(?=\s*\{)", r"\\eqref", tex)


def _with_columns(found: re.Match[str]) -> str:
    """Return what is gathered, aligned if its lines have columns."""
    if "&" not in _ENVIRONMENT.sub("", found[3]).replace(r"\&", ""):
        return found[0]
    name = f"align{found[1]}{found[2]}"
    return rf"\begin{{{name}}}{found[3]}\end{{{name}}}"


def _verbatim(found: re.Match[str]) -> str:
    return r"\text{" + re.sub(r"([%#&_{}$])", r"\\\1", found[2]) + "}"


def _sign_of_code(found: re.Match[str]) -> str:
    """The sign of a number: `\\unicode{x2208}`, `\\unicode{8712}`, `\\char"41`."""
    written, base = (found[2], 16 if found[1] else 10) if found[2] else (found[4], 16 if found[3] else 10)
    if found[5]:
        written, base = found[5], 16
    try:
        sign = chr(int(written, base))
    except (ValueError, OverflowError):
        return found[0]
    return sign if sign.isalnum() or not sign.isascii() else rf"\text{{{sign}}}" if sign.isprintable() else ""


def _with_first_arguments(formulas: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Formulas, as prepared from their sources, with the first argument of a macro where its default was left out."""
    defaults: dict[str, str] = {}
    made = []
    for tex, source in zip(formulas, sources, strict=True):
        defaults |= {
            found[1] or found[2]: found[4] for found in _DEFINITION.finditer(source) if found[4] is not None
        }
        for name, default in defaults.items():
            use = re.compile(rf"(?<!command\{{){re.escape(name)}(?![A-Za-z])(?:\s*\[([^\]]*)\])?")
            pieces, at = [], 0
            for found in use.finditer(tex):
                pieces += [tex[at : found.start()], f"{name}{{{default if found[1] is None else found[1]}}}"]
                at = found.end()
            tex = "".join([*pieces, tex[at:]])
        made.append(tex)
    return made


def _with_groups(tex: str, opening: re.Pattern[str], rewritten: Callable[[re.Match[str], str], str]) -> str:
    """The TeX with each group that a pattern opens (its last sign is the brace) rewritten, innermost last."""
    pieces, at = [], 0
    while found := opening.search(tex, at):
        end = _closing(tex, found.end())
        if end == len(tex):
            break
        pieces.append(tex[at : found.start()] + rewritten(found, tex[found.end() : end]))
        at = end + 1
    return "".join([*pieces, tex[at:]])


def _as_environment(found: re.Match[str], body: str) -> str:
    name = {
        "eqalign": "aligned",
        "eqalignno": "aligned",
        "displaylines": "gathered",
        "substack": "matrix",
    }.get(found[1], found[1])
    return rf"\begin{{{name}}}{_with_groups(body, _OLD_TABLE, _as_environment)}\end{{{name}}}"


_LIMITS = re.compile(r"\}\s*\\limits(?![A-Za-z])")
_SCRIPT = re.compile(r"\s*([_^])\s*(\\[A-Za-z]+|[^\s{\\])?")


def _with_limits(tex: str) -> str:
    r"""Scripts that `\limits` puts above and below a group, which math-core allows of its own operators alone.

    >>> _with_limits(r"\mathop{\rm max}\limits_{x} f")
    '\\underset{x}{\\mathop{\\rm max}} f'
    """
    while found := _LIMITS.search(tex):
        start = _opening(tex, found.start())
        base, at = tex[start : found.start() + 1], found.end()
        if base.startswith(r"\operatorname"):
            made = base + " "
        else:
            made = base
            while script := _SCRIPT.match(tex, at):
                end = script.end()
                inside = script[2] or ""
                if not inside and tex[end : end + 1] == "{":
                    closing = _closing(tex, end + 1)
                    inside, end = tex[end + 1 : closing], closing + 1
                made = rf"\{'under' if script[1] == '_' else 'over'}set{{{inside}}}{{{made}}}"
                at = end
        tex = tex[:start] + made + tex[at:]
    return tex


def _closing(tex: str, at: int) -> int:
    """Find the brace that closes a group which begins here, or the end of the text."""
    depth = 1
    for sign in re.compile(r"\\.|[{}]", re.DOTALL).finditer(tex, at):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.start()
    return len(tex)


def _opening(tex: str, closing: int) -> int:
    """Find the start of the group that a brace closes, with the command before it."""
    depth = 0
    for at in range(closing, -1, -1):
        if tex[at] in "{}" and tex[at - 1 : at] != "\\":
            depth += 1 if tex[at] == "}" else -1
            if depth == 0:
                command = re.search(r"\\[A-Za-z]+\*?\s*$", tex[:at])
                return command.start() if command else at
    return 0


def _text_of_both(found: re.Match[str], body: str) -> str:
    """Words, with the formulas among them beside them."""
    parts = re.split(r"(?<!\\)\$|\\[()]", body)
    made = []
    for number, part in enumerate(parts):
        words = re.sub(r"\\(La)?TeX(?![A-Za-z])(?:\{\}|\s)?", r"\1TeX", part)
        words = re.sub(
            r"(?<!\\)[_^&]", lambda sign: rf"\{sign[0]}" if sign[0] != "^" else r"\textasciicircum ", words
        )
        made.append(part if number % 2 else rf"\text{{{words}}}" if part else "")
    return "{" + "".join(made) + "}"


_PROGRAM = r"""
import json, sys, math_core
converter = math_core.LatexToMathML(
    fancy_error=False, global_group=True, continue_on_error=True, id_prefix="formula-",
    allow_unreliable_rendering=True, macros=json.loads(sys.argv[1]),
)
for line in sys.stdin:
    print(json.dumps(converter.convert_all([tuple(each) for each in json.loads(line)])), flush=True)
"""
_CONVERTER = bounded.Pool(lambda: [sys.executable, "-P", "-c", _PROGRAM, json.dumps(_MACROS)])
_ERROR = re.compile(r'<\w+ class="math-core-error" title="(?:\d+: )?(.*?)"><code>', re.DOTALL)


def convert(formulas: Sequence[Formula]) -> list[Converted]:
    """Convert all formulas of a document, in order; one that cannot be converted says why."""
    made = _converted(tuple(formulas))
    return list(made)


@functools.lru_cache(maxsize=4)  # the page and the print of a report ask for the same
def _converted(formulas: tuple[Formula, ...]) -> tuple[Converted, ...]:
    if not formulas:
        return ()
    written = [formula.source if formula.source.startswith("<math") else "" for formula in formulas]
    prepared_ = [
        "" if mathml else prepared(formula) for formula, mathml in zip(formulas, written, strict=True)
    ]
    with_arguments = _with_first_arguments(prepared_, [formula.tex for formula in formulas])
    asked = [(tex, formula.display) for tex, formula in zip(with_arguments, formulas, strict=True)]
    answers = _ask(asked)
    if answers is None:  # one of them has brought math-core down: the longest are left out
        long = [len(re.findall(r"[\\{^_]", tex)) > 300 for tex, _ in asked]
        answers = _ask(
            [
                ("", display) if left_out else (tex, display)
                for (tex, display), left_out in zip(asked, long, strict=True)
            ]
        )
        answers = [
            "" if answers is None or left_out else answer
            for answer, left_out in zip(answers or [""] * len(asked), long, strict=True)
        ]
    return tuple(
        _judged(each, mathml or answer) for each, mathml, answer in zip(asked, written, answers, strict=True)
    )


def _ask(asked: Sequence[tuple[str, bool]]) -> list[str] | None:
    try:
        made: list[str] = json.loads(_CONVERTER.ask(json.dumps(asked).encode(), _SECONDS))
    except bounded.Ended:
        return None
    return made


def _judged(asked: tuple[str, bool], mathml: str) -> Converted:
    if fault := _ERROR.search(mathml):
        return Converted("", fault[1].replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&"))
    if not mathml:
        return Converted("", "too large")
    if not mathml.startswith("<math"):
        return Converted("", "it cannot be converted")
    if _depth(mathml) > _DEEPEST:
        return Converted("", "nested too deeply")
    if "<a href" in mathml and "(??)" in mathml:
        return Converted("", f"no equation has the label of {asked[0]}")
    empty = re.fullmatch(r"<math[^>]*></math>", mathml)
    return Converted("" if empty else mathml)


def _depth(markup: str) -> int:
    deepest = depth = 0
    for tag in re.finditer(r"<(/?)[a-z][^>]*?(/?)>", markup):
        if not tag[2]:
            depth += -1 if tag[1] else 1
            deepest = max(deepest, depth)
    return deepest
