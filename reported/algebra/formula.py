"""A formula's text to a checked tree: plain arithmetic over figure ids, and nothing else.

Python's own parser reads the text; every node that is not on the short list below is refused, so nothing
is ever called, looked up or run. What the names mean is not known here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MAX_LENGTH = 500
MAX_DEPTH = 25


class FormulaError(ValueError):
    """A formula that is not plain arithmetic. The text names the term."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula; it has no unit."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A figure."""

    id: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days from the start of a figure's period to the date it holds for."""

    id: str


@dataclass(frozen=True, slots=True)
class Digits:
    """A figure's digits alone, without its qualifier."""

    id: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus a term."""

    term: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left operator right`, the operator one of + - * /."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Order:
    """`left operator right`, the operator one of > >= < <=. Stands only at the top."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compatible:
    """Whether the bounds of two terms overlap. Stands only at the top."""

    left: Node
    right: Node


Node = Number | Name | Days | Digits | Negative | Arithmetic | Order | Compatible

_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_ORDER: dict[type[ast.cmpop], str] = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<="}
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?")


def parse(text: str) -> Node:
    """The tree of a formula.

    Raises FormulaError for anything but figure ids, numbers, + - * /, brackets, one comparison by > >= < <=
    or compatible(a, b), days(figure) and number(figure); and for a figure whose number is used twice, since
    interval arithmetic over a repeated figure is needlessly wide.

    >>> parse("killed / days(killed)")
    Arithmetic(operator='/', left=Name(id='killed'), right=Days(id='killed'))
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"{len(text):,} characters long, more than {MAX_LENGTH}: split the question")
    if not text.isascii():
        odd = next(c for c in text if not c.isascii())
        raise FormulaError(f'"{odd}" (U+{ord(odd):04X}) is not a sign of plain arithmetic')
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormulaError(f'"{text}" cannot be read as arithmetic; check its brackets and signs') from None
    source = text.strip()
    node = _top(tree, source)
    numbers = [n.id for n in walk(node) if isinstance(n, Name | Digits)]
    for name in numbers:
        if numbers.count(name) > 1:
            raise FormulaError(
                f"{name} is used more than once; use each figure once, so that bounds stay tight"
            )
    return node


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, from left to right."""
    yield node
    match node:
        case Negative(term):
            yield from walk(term)
        case Arithmetic(_, left, right) | Order(_, left, right) | Compatible(left, right):
            yield from walk(left)
            yield from walk(right)


def names(node: Node) -> tuple[str, ...]:
    """The figures that a formula names, each once, in their order.

    >>> names(parse("killed / days(killed)"))
    ('killed',)
    """
    return tuple(dict.fromkeys(n.id for n in walk(node) if isinstance(n, Name | Days | Digits)))


def _top(tree: ast.expr, source: str) -> Node:
    if isinstance(tree, ast.Compare):
        if len(tree.ops) != 1:
            raise FormulaError(f'"{source}" compares more than once; ask one question at a time')
        operator = _ORDER.get(type(tree.ops[0]))
        if operator is None:
            raise FormulaError(f'"{source}" compares by something else than > >= < <=')
        return Order(operator, _term(tree.left, source, 1), _term(tree.comparators[0], source, 1))
    if _called(tree) == "compatible":
        assert isinstance(tree, ast.Call)
        if len(tree.args) != 2 or tree.keywords:
            raise FormulaError("compatible takes two terms: compatible(a, b)")
        return Compatible(_term(tree.args[0], source, 1), _term(tree.args[1], source, 1))
    return _term(tree, source, 1)


def _term(tree: ast.expr, source: str, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise FormulaError(f"nested more than {MAX_DEPTH} deep")
    match tree:
        case ast.Name(id=name):
            return Name(name)
        case ast.Constant():
            return _number(tree, source)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negative(_term(operand, source, depth + 1))
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(
                _ARITHMETIC[type(op)], _term(left, source, depth + 1), _term(right, source, depth + 1)
            )
        case ast.Call(args=[ast.Name(id=name)], keywords=[]) if _called(tree) in ("days", "number"):
            return Days(name) if _called(tree) == "days" else Digits(name)
    raise FormulaError(
        f'"{ast.get_source_segment(source, tree)}" is not allowed here; a formula holds figure ids, numbers, '
        "+ - * /, brackets, one of > >= < <= or compatible(a, b), days(figure) and number(figure)"
    )


def _called(tree: ast.expr) -> str | None:
    return tree.func.id if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) else None


def _number(tree: ast.Constant, source: str) -> Number:
    text = ast.get_source_segment(source, tree) or ""
    if not _NUMBER.fullmatch(text):
        raise FormulaError(f'"{text}" is not a plain number (digits, at most one point, no exponent)')
    return Number(Decimal(text))
