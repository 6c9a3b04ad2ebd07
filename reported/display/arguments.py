"""Errors of public functions for arguments of the wrong kind: what was found, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reported.figures.expressions import Operand, Verdict
from reported.figures.figure import Figure
from reported.figures.ledger import Ledger
from reported.intervals import wording


def expect(
    name: str, given: Sequence[object], kind: type | tuple[type, ...], what: str, least: int = 1
) -> None:
    """Check that every argument is of a kind; `what` names that kind in the plural.

    Raises TypeError for anything else, and for a list of them; ValueError for fewer than `least`.
    """
    __tracebackhide__ = True
    for thing in given:
        if isinstance(thing, kind):
            continue
        if isinstance(thing, Iterable) and not isinstance(thing, str):
            raise TypeError(f"{name}() takes {what} one by one, found {found(thing)}: write {name}(*…)")
        raise TypeError(f"{name}() takes {what}, found {found(thing)}{_instead(name, thing)}")
    if len(given) < least:
        raise ValueError(f"{name}() has no {what} to show; it needs at least {wording.spelled(str(least))}")


def figures_of(name: str, given: Sequence[Figure | Ledger], least: int = 1) -> tuple[Figure, ...]:
    """Return the figures passed one by one; a ledger stands for all of its figures.

    Raises TypeError for anything else, ValueError for fewer than `least`.
    """
    __tracebackhide__ = True
    if len(given) > 1 and any(isinstance(thing, Ledger) for thing in given):
        raise TypeError(f"{name}() takes a ledger, which is all of its figures, or figures, not both")
    every = [f for thing in given for f in (thing if isinstance(thing, Ledger) else [thing])]
    expect(name, every, Figure, "figures", 0 if any(isinstance(thing, Ledger) for thing in given) else least)
    return tuple(every)


def one_of(name: str, option: str, value: object, allowed: Sequence[str]) -> None:
    """Check an option. Raises ValueError that lists the choices."""
    if value not in allowed:
        choices = wording.listing([f'"{word}"' for word in allowed], "or")
        raise ValueError(f"{name}(): {option} is {found(value)}, expected {choices}")


def whole_number(name: str, option: str, value: object, least: int | None = None) -> None:
    """Check an option that may be left out. Raises TypeError for another type, ValueError for less than `least`."""
    if value is None:
        return
    expected = "a whole number" if least is None else f"a whole number from {least}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name}(): {option} is {found(value)}, expected {expected}")
    if least is not None and value < least:
        raise ValueError(f"{name}(): {option} is {value}, expected {expected}")


def text(name: str, option: str, value: object) -> None:
    """Check an option that is text or left out. Raises TypeError for another type."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name}(): {option} is {found(value)}, expected text")


def found(thing: object) -> str:
    """Say in words what was found instead."""
    if isinstance(thing, Verdict):
        return f"the verdict {thing.expression}"
    if isinstance(thing, Operand):
        return f"the {'figure' if isinstance(thing, Figure) else 'result'} {thing.expression}"
    if isinstance(thing, Ledger):
        return "a ledger"
    if isinstance(thing, str | int | float | None):
        return f'"{thing}"' if isinstance(thing, str) else repr(thing)
    return f"a {type(thing).__name__}"


def _instead(name: str, thing: object) -> str:
    if isinstance(thing, Verdict):
        return f': ask a question of it first, ask("…?", {thing.expression})'
    if name == "order" and isinstance(thing, Operand):
        return ": compare two, as in order(a > b)"
    return ""
