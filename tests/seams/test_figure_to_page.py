"""From a figure, and from a question, to all that shows them: sentence, tables, citation, charts, comparisons.csv.

One figure of each awkward kind: zero, a negative, a two-word unit, money, a percentage, a fraction, a forecast, a word
without digits, an open end; and with each the words that must be found wherever it is shown.
"""

import csv
import io
from dataclasses import dataclass

import nbformat
import pytest

from reported import answers, ask, charts, say, tables
from reported.display.citations import citation
from reported.display.magics import sentence
from reported.display.sentences import plain
from reported.figures.figure import Figure
from reported.ledger.rules import READINGS
from reported.press.errors import PressError
from reported.press.read import rows
from tests.charts.figures import Quantity, stated


@dataclass(frozen=True)
class Case:
    """A row, the words that a sentence has for its number, and those with its unit in a table."""

    qualifier: str
    value: str
    quantity: Quantity
    sentence: str
    table: str
    drawn: bool = True
    cells: tuple[tuple[str, str], ...] = ()
    over: str = ""

    def figure(self) -> Figure:
        return stated(self.qualifier, self.value, quantity=self.quantity, **dict(self.cells))


FLOODED = Quantity("Flooded land", "square kilometre", "amount")
CASES = {
    "zero": Case("", "0", Quantity("People missing"), "0", "0"),
    "one": Case("", "1", Quantity("Delay", "day", "duration"), "one", "1 day"),
    "negative": Case("", "-5", Quantity("Frost", "degree", "level"), "−5", "−5 degrees"),
    "two words": Case("at least", "12", FLOODED, "at least 12", "at least 12 square kilometres"),
    "percentage": Case("", "45", Quantity("Share of homes", "percent", "ratio"), "45%", "45%"),
    "points": Case("at least", "3", Quantity("Support", "percentage point", "change"), "at least 3", "at least 3 percentage points"),
    "share a year": Case("", "4", Quantity("Growth", "percent per year", "ratio"), "4%", "4% per year"),
    "open": Case("more than", "600000", Quantity("Homeless"), "more than 600,000", "more than 600,000"),
    "word": Case("dozens", "", Quantity("Saved"), "dozens", "dozens"),
    "money": Case("", "419000000", Quantity("Aid", "GBP", "amount"), "419,000,000", "£419,000,000"),
    "fraction": Case("", "0.5", Quantity("Silt", "metre", "length"), "0.5", "0.5 metres"),
    "window": Case(
        "", "29", Quantity("Hurt", kind="event"), "29", "29", cells=(("window", "3 day"), ("event", "storm")), over="over 3 days"
    ),
    "from nought": Case("at least", "0", Quantity("Change", "degree", "level"), "at least 0", "at least 0"),
    "forecast": Case(
        "", "90", Quantity("Crest", "metre", "level"), "90 metres", "90 metres",
        cells=(("standing", "forecast"), ("hedge", "is expected to be"), ("words", "is expected to be 90 metres")),
    ),
}  # fmt: skip
each = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@each
def test_a_sentence_has_its_words(case: Case) -> None:
    figure = case.figure()
    assert case.sentence in plain(f"{figure}")
    assert case.sentence in repr(sentence("So {f} it is.", {"f": figure}))
    assert plain(f"{figure}") in repr(say(f"So {figure} it is."))


@each
def test_tables_and_the_citation_have_its_words_and_unit(case: Case) -> None:
    figure = case.figure()
    for table in (tables.figures(figure), tables.claims(figure)):
        assert case.table in table.plain()
        assert case.over in table.plain()
    assert case.table in citation(figure)
    assert case.over in citation(figure)
    assert case.over in repr(figure._repr_mimebundle_())
    assert figure.claimant.name in citation(figure)


@each
def test_each_chart_draws_it_under_each_reading(case: Case) -> None:
    figure = case.figure()
    drawn = [charts.counts(figure), charts.every_figure(figure)]
    if charts_over_time(figure):
        drawn.append(charts.over_time(figure))
    for chart in drawn:
        assert case.table in chart.alt or case.sentence in chart.alt
        assert case.over in chart.alt
        for reading in READINGS:
            for part in chart.figures(reading=reading):
                words = [text.get_text() for ax in part.axes for text in ax.texts if text.get_visible()]
                assert any(figure.said in text for text in words), (chart, reading)


def charts_over_time(figure: Figure) -> bool:
    return any(figure.bounds[reading] is not None for reading in READINGS)


@each
def test_a_question_of_it_is_a_row_with_the_same_words(case: Case) -> None:
    figure = case.figure()
    asked = ask("How many?", figure, id="many")
    (published,) = comparisons(answers(asked))
    for reading, column in zip(READINGS, ("digits alone", "typical", "cautious"), strict=True):
        assert published[column] == asked.says(reading)
        assert asked.in_full(reading).startswith(asked.says(reading)) or asked.unit.isupper()
    assert published["figures"] == figure.id
    assert comparisons(say(f"It is {asked}.")) == comparisons(sentence("It is {a}.", {"a": asked}))


def comparisons(*shown: object) -> list[dict[str, str]]:
    """What a build writes to comparisons.csv of these outputs, each in a notebook of its own."""
    notebooks = []
    for thing in shown:
        output = nbformat.v4.new_output("display_data", data=thing._repr_mimebundle_())  # type: ignore[attr-defined]
        notebooks.append(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])]))
    files = rows.gather([f"{n}.ipynb" for n, _ in enumerate(shown)], notebooks)
    return list(csv.DictReader(io.StringIO(files["comparisons.csv"].decode("utf-8-sig"))))


def test_one_id_with_two_meanings_is_an_error_in_one_notebook_and_in_two() -> None:
    figure = stated("", 50)
    one, other = (ask(f"More than {n}?", figure > n, id="of-two-meanings") for n in (5, 60))
    assert [row["question"] for row in comparisons(say(f"{one}"))] == ["More than 5?"]
    for shown in ((say(f"{one} and {other}"),), (say(f"{one}"), answers(other))):
        with pytest.raises(PressError, match="give one of them another id"):
            comparisons(*shown)


def test_a_refusal_has_no_unit_anywhere() -> None:
    hedged = stated("", "70", hedge="could", standing="possible", words="could be 70 people")
    asked = ask("How many with them?", hedged + 1, id="with-them")
    assert asked.in_full() == "refused"
    assert "refused people" not in answers(asked).table.plain()
    assert comparisons(answers(asked))[0]["typical"] == "refused"
