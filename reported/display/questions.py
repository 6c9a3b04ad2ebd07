"""Questions and their answers: the computed results that a notebook publishes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from reported.display import published
from reported.display.arguments import expect, found, one_of, text, whole_number
from reported.display.table import Cell, Column, Row, Table, cell, chosen, run
from reported.figures.cautions import Caution, merged
from reported.figures.expressions import PAGE_WORDS, Operand, Verdict, leaves
from reported.figures.figure import Said
from reported.figures.text_forms import formatted
from reported.intervals import wording
from reported.intervals.units import with_unit
from reported.ledger.rules import READING_LABELS, READINGS


class StaleTextError(AssertionError):
    """The answer to a question is no longer the one that the text around it was written for."""


class Question:
    """A question with the result or verdict that answers it.

    As the last line of a cell it is a table of one row; in a sentence it is its answer under the typical reading,
    linked to its row. `{q:capital}` begins a sentence, `{q:cautious}` prints another reading, `{q:plain}` has no link,
    and `{q:cautions}` prints the cautions as clauses to end a sentence with.
    """

    def __init__(
        self,
        text: str,
        result: Operand | Verdict,
        id: str,
        unit: str | None,
        decimals: int | None,
        scale: int,
    ) -> None:
        self.text, self.result, self.id = text, result, id
        self.decimals, self.scale = decimals, scale
        self._unit = unit
        self.anchor = f"question-{id}"

    @property
    def answer(self) -> str:
        """The answer in a page's words under the typical reading; an overlap that only the cautious reading finds is
        "cannot be told"."""
        if isinstance(self.result, Verdict):
            return self.result.words(self.result.verdict)
        return self.says()

    def says(self, reading: str = "typical") -> str:
        """Return the answer under a reading, without its unit."""
        if isinstance(self.result, Verdict):
            return self.result.says(reading)
        return self.result.says(reading, self.decimals, self.scale)

    @property
    def unit(self) -> str:
        """The unit that follows the number in tables."""
        if self._unit is not None:
            return self._unit
        result = self.result
        return result.unit.name() if isinstance(result, Operand) and not result.unit.is_fraction else ""

    def in_full(self, reading: str = "typical") -> str:
        """Return the answer under a reading, with its unit."""
        words = self.says(reading)
        if isinstance(self.result, Verdict):
            return words
        return with_unit(words, self.result.unit if self._unit is None else self._unit)

    @property
    def choices(self) -> dict[str, str]:
        """The answer under each reading."""
        return {reading: self.says(reading) for reading in READINGS}

    @property
    def cautions(self) -> list[str]:
        """Reasons for a refusal, or cautions, the weightiest first."""
        return [*self.result.refusals, *(caution.text for caution in self.result.cautions)]

    @property
    def row(self) -> dict[str, object]:
        """Its published row in comparisons.csv."""
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
            "cautions": " ".join(self.cautions),
        }
        same = f"{self.text} {result.expression}"
        return {"id": self.id, "same": same, "cells": cells, "choices": self.choices, "anchor": self.anchor}

    def __format__(self, spec: str) -> str:
        __tracebackhide__ = True
        if spec == "cautions":
            reasons = (reason.removesuffix(".") for reason in self.result.refusals)
            return wording.escape(
                "; ".join([*reasons, *(caution.clause for caution in self.result.cautions)])
            )
        text = formatted(self, spec, wording.spelled(self.answer), "")
        return text if spec == "plain" else published.link_written(self, text)

    def __str__(self) -> str:
        return format(self)

    def __repr__(self) -> str:
        return f"{self.text} {self.in_full()}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return answers(self)._repr_mimebundle_()


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
    names it (by default it is made from the question), `unit` follows the number in tables, `decimals` (below 0: to tens,
    hundreds, outward where there are bounds) and `scale` (1000: per thousand) say how the number is printed. `answer` is the answer that the text around it was
    written for ("yes", "no", "cannot be told", "refused", or a number as it is printed).

    Raises StaleTextError if the answer has changed; ValueError if the result rests on `said(...)`, since only
    what is in a ledger can be published, for a question without words, a scale of 0 or less, and an
    id with other characters than letters without accents, digits, - and _; TypeError if `result` is neither a result
    nor a verdict, and for options of another type.

    >>> from reported import ask, said
    >>> ask("Is it more than fifty?", said("about 60") > 50)
    Traceback (most recent call last):
    ...
    ValueError: "Is it more than fifty?" rests on said("about 60"): add it to the ledger to publish it
    """
    __tracebackhide__ = True
    if isinstance(question, Operand | Verdict) or not isinstance(question, str):
        raise TypeError(f"ask() takes the question first, in quotation marks, found {found(question)}")
    if not isinstance(result, Operand | Verdict):
        outcome = result in (*PAGE_WORDS, *PAGE_WORDS.values())
        hint = ": leave out .verdict, .under(…) and .says()" if outcome else ""
        raise TypeError(
            f"ask() takes a figure, result or verdict after the question, found {found(result)}{hint}"
        )
    if not question.strip():
        raise ValueError("ask() takes a question, found no words")
    whole_number("ask", "decimals", decimals)
    whole_number("ask", "scale", scale, 1)
    text("ask", "unit", unit)
    terms = [result.left, result.right] if isinstance(result, Verdict) else [result]
    for leaf in (leaf for term in terms for leaf in leaves(term)):
        if isinstance(leaf, Said):
            raise ValueError(f'"{question}" rests on {leaf.expression}: add it to the ledger to publish it')
    if id is not None and not re.fullmatch("[A-Za-z0-9_-]+", id):
        raise ValueError(f"the id {id!r} of a question takes letters without accents, digits, - and _ only")
    asked = Question(question, result, id or _slug(question), unit, decimals, scale)
    if answer is not None and asked.answer != answer.replace("-", "−"):
        raise StaleTextError(
            f'"{question}" is now answered "{asked.answer}"; the text was written for "{answer}". '
            f'Rewrite the sentences that use the answer, then put answer="{asked.answer}" in this cell'
        )
    return asked


def answers(
    *questions: Question,
    caption: str = "What was computed",
    id: str = "",
    cautions: Literal["beside", "below"] = "beside",
) -> Answers:
    """Tabulate questions: the answer under each reading, and the cautions.

    Each caution appears once: beside the one answer that it concerns, or below the table if it concerns several or
    `cautions` is "below".
    """
    __tracebackhide__ = True
    return Answers(questions, caption, id, cautions)


class Answers:
    """A table of questions and their answers, which publishes them."""

    def __init__(self, questions: Sequence[Question], caption: str, id: str, cautions: str) -> None:
        __tracebackhide__ = True
        expect("answers", questions, Question, "questions")
        text("answers", "caption", caption)
        one_of("answers", "cautions", cautions, ("beside", "below"))
        self.questions = questions
        every = Counter(part for question in questions for part in dict.fromkeys(_parts(question)))
        least = 1 if cautions == "below" else 2
        below = [part for part, count in every.items() if count >= least]
        columns, rows = _COLUMNS, [_row(question, below) for question in questions]
        if not any(row.cells[-1] for row in rows):
            columns, rows = columns[:-1], [replace(row, cells=row.cells[:-1]) for row in rows]
        self.table = Table(caption, columns, rows, id=id, kind="answers", left_out=" ".join(_texts(below)))

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return self.table._repr_mimebundle_() | published.rows(self.questions)

    def __repr__(self) -> str:
        return self.table.plain()


_COLUMNS: tuple[Column, ...] = (Column("Question", 2.6), Column("Answer", 2), Column("Careful", 4.4))
_OF_PAIRS = ("populations", "windows", "days", "one statement")
"""Cautions about several figures together, which are never split."""


def _row(question: Question, below: Sequence[Caution | str]) -> Row:
    result = question.result
    mark = _mark(result) if isinstance(result, Verdict) else ""
    says = {reading: question.in_full(reading) for reading in READINGS}
    beside = _texts(part for part in _parts(question) if part not in below)
    cells: list[Cell] = [cell(question.text), answer_cell(says, mark), cell(*beside)]
    return Row(cells, id=question.anchor, cite=f"{question.text} {says['typical']} ({result.expression})")


def _parts(question: Question) -> Iterator[Caution | str]:
    """Split refusals and cautions by number or speaker, so that what several answers share can be found."""
    yield from question.result.refusals
    for caution in question.result.cautions:
        if caution.kind in _OF_PAIRS or not caution.about:
            yield caution
        else:
            yield from (Caution(caution.kind, (part,)) for part in caution.about)


def _texts(parts: Iterable[Caution | str]) -> list[str]:
    """Write refusals and cautions as sentences, one for each kind."""
    given = list(parts)
    pairs = [part.text for part in given if isinstance(part, Caution) and part.kind in _OF_PAIRS]
    single = [part for part in given if isinstance(part, Caution) and part.kind not in _OF_PAIRS]
    return [*(part for part in given if isinstance(part, str)), *pairs, *(c.text for c in merged(single))]


def _mark(verdict: Verdict) -> str:
    """Return the look of a verdict in a table; "no contradiction" is set in a quiet tone."""
    return "soft" if verdict.is_fit else _LOOKS.get(verdict.verdict, "")


_LOOKS = {"holds": "yes", "fails": "no", "undetermined": "undetermined", "refused": "refused"}


def answer_cell(says: Mapping[str, str], mark: str = "") -> Cell:
    """Return a cell with the answer under the chosen reading (typical by default), the others in small type."""
    unlike = [r for r in READINGS if says[r] not in (says["typical"], wording.MISSING)]
    others = [f"{READING_LABELS[r]}: {says[r]}" for r in unlike]
    return cell(chosen(says, strong=True, **{"class": mark}), run("; ".join(others), small=True))


def _slug(question: str) -> str:
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "question"
