"""`%%say`, a cell of Markdown with live figures in braces, as an f-string has them.

    %%say
    Journalists have identified {identified} people; on average {per_day} a day were killed.

Braces hold any expression, with a format after a colon; `{{` is a brace. Nothing else in the text is code:
quotation marks, backslashes and several paragraphs stay as they are.
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from reported.display.sentences import Sentence

_NAME = "%%say"
_CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "s": str, "a": ascii}
_CELL = "a %%say cell"
"""The file name in tracebacks, in which `%%say` is line 1."""
_EXCERPT = 40
"""Number of characters, from the brace on, that a message shows."""


@dataclass(frozen=True)
class Field:
    """The content of a pair of braces, and the position of the opening one."""

    expression: str
    conversion: str
    form: str
    at: int


def sentence(text: str, names: dict[str, object]) -> Sentence:
    """Return the sentences of a cell, with the values of the expressions in braces.

    Raises SyntaxError at the brace if its content is not an expression, and passes on whatever an expression raises,
    with a note of the brace's line and column.

    >>> sentence("It is {n:,} of {{n}}.", {"n": 1200})
    It is 1,200 of {n}.
    """
    __tracebackhide__ = True
    linecache.cache[_CELL] = (len(text), None, f"{_NAME}\n{text}".splitlines(keepends=True), _CELL)
    return Sentence(_filled(text, names, text, 0).strip("\n"))


def _filled(part: str, names: dict[str, object], text: str, start: int) -> str:
    __tracebackhide__ = True
    filled = ""
    for piece in _pieces(part, text, start):
        filled += piece if isinstance(piece, str) else _formatted(piece, names, text)
    return filled


def _pieces(part: str, text: str, start: int) -> Iterator[str | Field]:
    """Split a part of the text into text and fields; `start` is its position in the text."""
    at = 0
    while at < len(part):
        sign = part[at]
        if sign in "{}" and part[at : at + 2] == 2 * sign:
            yield sign
            at += 2
        elif sign == "{":
            field, at = _field(part, at, text, start)
            yield field
        elif sign == "}":
            raise _error("a single } closes nothing; write }} for a brace", text, start + at)
        else:
            end = min((found for s in "{}" if (found := part.find(s, at)) >= 0), default=len(part))
            yield part[at:end]
            at = end


def _field(part: str, opening: int, text: str, start: int) -> tuple[Field, int]:
    """Return the field whose brace opens at a position, and the position after it.

    The expression is the shortest that Python can parse and that `}`, `:` or `!` ends.
    """
    place, why = start + opening, ""
    for end in range(opening + 1, len(part)):
        if part[end] not in "}:!":
            continue
        expression = part[opening + 1 : end]
        conversion, rest = "", end
        if part[end] == "!":
            conversion, rest = part[end + 1 : end + 2], end + 2
            if conversion not in "rsa" or part[rest : rest + 1] not in ("}", ":"):
                continue
        try:
            ast.parse(f"({expression}\n)", mode="eval")
        except SyntaxError as error:
            why = why or ("" if "never closed" in error.msg else error.msg)
            continue
        if not expression.strip():
            raise _error("nothing is between these braces", text, place)
        closing = _closing(part, rest) if part[rest : rest + 1] == ":" else rest
        if closing < 0:
            break
        return Field(expression, conversion, part[rest + 1 : closing], place), closing + 1
    if "}" not in part[opening:]:
        why = "this { is never closed; write {{ for a brace"
    raise _error(why or "this is no expression", text, place)


def _closing(part: str, at: int) -> int:
    """Return the position of the brace that ends a format, or −1."""
    depth = 0
    for end in range(at, len(part)):
        depth += (part[end] == "{") - (part[end] == "}")
        if depth < 0:
            return end
    return -1


def _formatted(field: Field, names: dict[str, object], text: str) -> str:
    __tracebackhide__ = True
    line, column = _place(text, field.at)
    padding = "\n" * (line - 1) + " " * len(text[field.at - column + 1 : field.at].encode())
    try:
        value = eval(compile(f"({padding} {field.expression}\n)", _CELL, "eval"), names)
        if value.__class__.__format__ is object.__format__:
            if hasattr(value, "_repr_mimebundle_") or getattr(value, "ndim", None):
                raise TypeError(_not_words(field.expression.strip(), value))
            if hasattr(value, "says") and not field.conversion:
                value = value.says()  # bounds, whose text form is for files
        if _is_missing(value):
            raise ValueError(f"{field.expression.strip()} is missing: say in words what is not known")
        if field.conversion:
            value = _CONVERSIONS[field.conversion](value)
        return format(value, _filled(field.form, names, text, field.at))
    except SyntaxError:
        raise
    except Exception as error:
        place = f"in {_NAME}, line {line}, column {column}: {{{field.expression.strip()}}}"
        if len(error.args) == 1 and isinstance(error.args[0], str):
            error.args = (f"{error.args[0]} ({place})",)
        else:
            error.add_note(place)
        raise


def _not_words(expression: str, value: object) -> str:
    if hasattr(value, "expression"):
        return f'{expression} has no words of its own: ask a question, ask("…?", {expression}), and say its answer'
    if getattr(value, "ndim", None):
        return f"{expression} is a column or a table: say one value of it, or give it a cell of its own"
    return f"{expression} is no part of a sentence: give it a cell of its own"


def _is_missing(value: object) -> bool:
    """True for None and for a missing value of pandas or numpy, which is not equal to itself or has no truth."""
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):  # pd.NA; an array, which has a format of its own
        return type(value).__name__ == "NAType"


def _error(message: str, text: str, at: int) -> SyntaxError:
    line, column = _place(text, at)
    shown = text.splitlines()[line - 2] if text.splitlines()[line - 2 :] else ""
    written = text[at:].splitlines()[0]
    excerpt = written if len(written) <= _EXCERPT else f"{written[:_EXCERPT]} …"
    return SyntaxError(f"{message}, at column {column}: {excerpt}", (_CELL, line, column, shown))


def _place(text: str, at: int) -> tuple[int, int]:
    """Return line and column in the cell, both from 1; the text begins at line 2, below `%%say`."""
    before = text[:at]
    return before.count("\n") + 2, at - (before.rfind("\n") + 1) + 1


def register() -> None:
    """Register `%%say` if this process is an IPython session. Nothing else in it changes."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return
    shell = module.InteractiveShell.instance()
    if "say" not in shell.magics_manager.magics["cell"]:
        shell.register_magic_function(_say(shell), "cell", "say")


class _Shell(Protocol):
    user_ns: dict[str, object]


def _say(shell: _Shell) -> Callable[[str, str], Sentence]:
    def say(line: str, cell: str) -> Sentence:
        """A cell of Markdown with live figures in braces: There are {ledger.people} people, {larger:plain}."""
        __tracebackhide__ = True
        if line.strip():
            raise SyntaxError(f"{_NAME} stands alone on its line; the text begins below", (_CELL, 1, 7, line))
        return sentence(cell, shell.user_ns)

    return say
