"""Formulas: plain arithmetic passes, everything else is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported.algebra.formula import (
    MAX_DEPTH,
    Arithmetic,
    Compatible,
    Days,
    Digits,
    FormulaError,
    Name,
    Negative,
    Number,
    Order,
    names,
    parse,
    walk,
)


def test_arithmetic_binds_as_usual():
    assert parse("a + b * c") == Arithmetic("+", Name("a"), Arithmetic("*", Name("b"), Name("c")))
    assert parse("(a + b) / c") == Arithmetic("/", Arithmetic("+", Name("a"), Name("b")), Name("c"))
    assert parse("a - b - c") == Arithmetic("-", Arithmetic("-", Name("a"), Name("b")), Name("c"))
    assert parse("-a") == Negative(Name("a"))


@pytest.mark.parametrize("operator", [">", ">=", "<", "<="])
def test_orders(operator):
    assert parse(f"a {operator} b") == Order(operator, Name("a"), Name("b"))


def test_compatible_days_and_number():
    assert parse("compatible(a, b + 1)") == Compatible(Name("a"), Arithmetic("+", Name("b"), Number(1)))
    assert parse("a / days(b)") == Arithmetic("/", Name("a"), Days("b"))
    assert parse("number(a)") == Digits("a")


def test_names_come_once_each_in_order():
    assert names(parse("b / days(b) > a + 2")) == ("b", "a")
    assert names(parse("-(a - 1)")) == ("a",)
    assert [type(n).__name__ for n in walk(parse("a > -b"))] == ["Order", "Name", "Negative", "Name"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a == b", "compares by something else"),
        ("a != b", "compares by something else"),
        ("a < b < c", "more than once"),
        ("(a > b) + 1", "is not allowed here"),
        ("compatible(a)", "takes two terms"),
        ("compatible(a, b, c)", "takes two terms"),
        ("compatible(a, b=c)", "takes two terms"),
        ("compatible(compatible(a, b), c)", "is not allowed here"),
        ("a ** b", "is not allowed here"),
        ("a // b", "is not allowed here"),
        ("a % b", "is not allowed here"),
        ("not a", "is not allowed here"),
        ("+a", "is not allowed here"),
        ("a if b else c", "is not allowed here"),
        ("[a for a in b]", "is not allowed here"),
        ("lambda: a", "is not allowed here"),
        ("a.b", "is not allowed here"),
        ("a[0]", "is not allowed here"),
        ("'a'", "is not a plain number"),
        ("True", "is not a plain number"),
        ("None", "is not a plain number"),
        ("1e9", "is not a plain number"),
        ("0x10", "is not a plain number"),
        ("1_000", "is not a plain number"),
        ("1j", "is not a plain number"),
        ("__import__('os').system('true')", "is not allowed here"),
        ("__import__(a)", "is not allowed here"),
        ("days(a, b)", "is not allowed here"),
        ("days(a + b)", "is not allowed here"),
        ("days(days(a))", "is not allowed here"),
        ("number(x=a)", "is not allowed here"),
        ("(lambda a: a)(b)", "is not allowed here"),
        ("a := b", "cannot be read as arithmetic"),
        ("a; b", "cannot be read as arithmetic"),
        ("", "cannot be read as arithmetic"),
        ("a +", "cannot be read as arithmetic"),
        ("(a", "cannot be read as arithmetic"),
        ("a\0b", "cannot be read as arithmetic"),
        ("а + b", r"U\+0430"),
        ("a − b", r"U\+2212"),
        ("a + a", "a is used more than once"),
        ("a - number(a)", "a is used more than once"),
        ("a" * 501, "split the question"),
        ("(" * 240 + "a" + ")" * 240, "cannot be read"),
        ("-" * 100 + "a", f"nested more than {MAX_DEPTH}"),
    ],
)
def test_what_is_refused(text, why):
    with pytest.raises(FormulaError, match=why):
        parse(text)


@given(st.text(max_size=80))
def test_any_text_parses_or_is_refused(text):
    try:
        node = parse(text)
    except FormulaError:
        return
    assert all(
        isinstance(n, Name | Days | Digits | Number | Negative | Arithmetic | Order | Compatible)
        for n in walk(node)
    )


def test_a_formula_as_deep_as_allowed_parses():
    text = "(" * (MAX_DEPTH - 1) + "a" + " + 1)" * (MAX_DEPTH - 1)
    assert names(parse(text)) == ("a",)
