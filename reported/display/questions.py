"""Questions and their answers: what a notebook publishes of what it computes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from reported.display import published
from reported.display.table import Cell, Column, Row, Table, cell, chosen, run
from reported.figures.card import formatted
from reported.figures.cautions import Caution, merged
from reported.figures.figure import Said
from reported.figures.operand import Operand, leaves
from reported.figures.verdict import Verdict
from reported.intervals import wording
from reported.ledger.records import READING_LABELS, READINGS


class StaleTextError(AssertionError):
    """The answer to a question is no longer the one that the text around it was written for."""


class Question:
    """A question with the result or verdict that answers it.

    As the last line of a cell it is a table of one row; in an f-string it is its answer under the typical reading,
    linked to its row. `f"{q:capital}"` begins a sentence, `f"{q:cautious}"` prints another reading, `f"{q:plain}"` has
    no link.
    """

    def __init__(
        self, text: str, result: Operand | Verdict, id: str, unit: str, decimals: int | None, scale: int
    ) -> None:
        self.text, self.result, self.id = text, result, id
        self.unit, self.decimals, self.scale = unit, decimals, scale
        self.anchor = f"question-{id}"
        self.links: set[str] = set()

    @property
    def answer(self) -> str:
        """The answer in a page's words, under the typical reading; an overlap that only the cautious reading finds
        cannot be told."""
        if isinstance(self.result, Verdict):
            return self.result.words(self.result.verdict)
        return self.says()

    def says(self, reading: str = "typical") -> str:
        """The answer under a reading, without its unit."""
        if isinstance(self.result, Verdict):
            return self.result.says(reading)
        return self.result.says(reading, self.decimals, self.scale)

    @property
    def choices(self) -> dict[str, str]:
        """The answer under each reading."""
        return {reading: self.says(reading) for reading in READINGS}

    @property
    def careful(self) -> list[str]:
        """Why the answer is refused, or what to be careful about, the weightiest first."""
        return [*self.result.refusals, *(caution.text for caution in self.result.cautions)]

    @property
    def row(self) -> dict[str, Any]:
        """What is published of it: its row in comparisons.csv."""
        result = self.result
        firm = "" if not isinstance(result, Verdict) or result.refusals else "yes" if result.firm else "no"
        cells = {
            "id": self.id,
            "question": self.text,
            "computed": result.expression,
            **{READING_LABELS[reading]: self.says(reading) for reading in READINGS},
            "unit": self.unit,
            "firm": firm,
            "figures": " ".join(figure.id for figure in result.figures),
            "cautions": " ".join(self.careful),
        }
        same = f"{self.text} {result.expression}"
        return {"id": self.id, "same": same, "cells": cells, "choices": self.choices, "anchor": self.anchor}

    def __format__(self, spec: str) -> str:
        text = formatted(self, spec, self.answer, self.text)
        return text if spec == "plain" else published.link_written(self, text)

    def __str__(self) -> str:
        return format(self)

    def __repr__(self) -> str:
        return f"{self.text} {self.says()} {self.unit}".rstrip()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return answers([self])._repr_mimebundle_()


def ask(
    question: str,
    result: Operand | Verdict,
    *,
    id: str | None = None,
    unit: str | None = None,
    decimals: int | None = None,
    scale: int = 1,
    answer: str | None = None,
) -> Question:
    """Put a question to figures: ask("Are more people deployed?", deployed > ground).

    A question that is displayed, or linked from a sentence, is published: it becomes a row of comparisons.csv. `id`
    names it (by default it is made from the question), `unit` follows the number in tables, `decimals` and
    `scale` (1000: per thousand) say how the number is printed. `answer` is the answer that the text around it was
    written for ("yes", "no", "cannot be told", "refused", or a number as it is printed).

    Raises StaleTextError where the answer has changed; ValueError where the result rests on `said(...)`, since only
    what is in a ledger can be published, and for an id with other characters than letters without accents, digits,
    - and _; TypeError where `result` is neither a result nor a verdict.

    >>> from reported import ask, said
    >>> ask("Is it more than fifty?", said("about 60") > 50)
    Traceback (most recent call last):
    ...
    ValueError: "Is it more than fifty?" rests on said("about 60"): add it to the ledger to publish it
    """
    if not isinstance(result, Operand | Verdict):
        swapped = " (the question comes first)" if isinstance(result, str) else ""
        raise TypeError(f"ask() takes a question and a result or verdict{swapped}, found {result!r}")
    terms = [result.left, result.right] if isinstance(result, Verdict) else [result]
    for leaf in (leaf for term in terms for leaf in leaves(term)):
        if isinstance(leaf, Said):
            raise ValueError(f'"{question}" rests on {leaf.expression}: add it to the ledger to publish it')
    if id is not None and not re.fullmatch("[A-Za-z0-9_-]+", id):
        raise ValueError(f"the id {id!r} of a question takes letters without accents, digits, - and _ only")
    named = result.unit.name() if isinstance(result, Operand) and not result.unit.is_fraction else ""
    asked = Question(
        question, result, id or _slug(question), named if unit is None else unit, decimals, scale
    )
    if answer is not None and asked.answer != answer:
        raise StaleTextError(
            f'"{question}" is now answered "{asked.answer}"; the text was written for "{answer}". '
            f'Rewrite the sentences that use the answer, then put answer="{asked.answer}" in this cell'
        )
    return asked


def answers(
    questions: Iterable[Question],
    caption: str = "What was computed",
    id: str = "",
    cautions: Literal["beside", "below"] = "beside",
) -> _Answers:
    """A table of questions: the answer under each reading, and the cautions beside each or, all together, below."""
    return _Answers(list(questions), caption, id, cautions)


class _Answers:
    def __init__(self, questions: list[Question], caption: str, id: str, cautions: str) -> None:
        self.questions = questions
        columns, rows, note = _COLUMNS, _rows(questions), ""
        if cautions == "below":
            results = [question.result for question in questions]
            every = merged(
                (c for result in results for c in result.cautions), (f for r in results for f in r.figures)
            )
            refused = dict.fromkeys(reason for result in results for reason in result.refusals)
            note = " ".join([*refused, *(caution.text for caution in every)])
            columns, rows = columns[:-1], [replace(row, cells=row.cells[:-1]) for row in rows]
        self.table = Table(caption, columns, rows, id=id, kind="answers", left_out=note)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.table._repr_mimebundle_() | published.rows(self.questions)

    def __repr__(self) -> str:
        return self.table.plain()


_COLUMNS: tuple[Column, ...] = (Column("Question", 2.6), Column("Answer", 2), Column("Cautions", 4.4))
_OF_PAIRS = ("populations", "days", "one statement")
"""Cautions about figures together, which are said whole."""


def _rows(questions: Iterable[Question]) -> list[Row]:
    said: set[tuple[str, str]] = set()
    rows = []
    for question in questions:
        result = question.result
        mark = _mark(result) if isinstance(result, Verdict) else ""
        says = {reading: f"{words} {question.unit}".rstrip() for reading, words in question.choices.items()}
        careful = [*result.refusals, *_not_yet_said(result.cautions, said)]
        cells: list[Cell] = [cell(question.text), under_each(says, mark), cell(*careful)]
        cite = f"{question.text} {says['typical']} ({result.expression})"
        rows.append(Row(cells, id=question.anchor, cite=cite))
    return rows


def _not_yet_said(cautions: Iterable[Caution], said: set[tuple[str, str]]) -> Iterable[str]:
    """Cautions in words, without what the rows above have said of the same number or speaker."""
    is_shorter = False
    for caution in cautions:
        parts = (
            ("; ".join(caution.about),) if caution.kind in _OF_PAIRS or not caution.about else caution.about
        )
        new = tuple(part for part in parts if (caution.kind, part) not in said)
        said.update((caution.kind, part) for part in parts)
        is_shorter |= len(new) < len(parts)
        if new:
            yield Caution(caution.kind, new).text
    if is_shorter:
        yield "See also the rows above."


def _mark(verdict: Verdict) -> str:
    """The look of a verdict in a table; that nothing contradicts is said in a quiet tone."""
    return "soft" if verdict.is_fit else _LOOKS.get(verdict.verdict, "")


_LOOKS = {"holds": "yes", "fails": "no", "undetermined": "undetermined", "refused": "refused"}


def under_each(says: Mapping[str, str], mark: str = "") -> Cell:
    """What holds under the reader's reading, the typical one without a choice, and the others in small type."""
    unlike = [r for r in READINGS if says[r] not in (says["typical"], wording.MISSING)]
    others = [f"{READING_LABELS[r]}: {says[r]}" for r in unlike]
    return cell(chosen(says, strong=True, **{"class": mark}), run("; ".join(others), small=True))


def _slug(question: str) -> str:
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "question"
