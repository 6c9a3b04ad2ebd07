"""Questions put to figures: what they say, what they publish, and how they fail when the text around is stale."""

import json

import pytest

from reported import answers, ask, compatible, percent, points, said, say
from reported.display.published import ROWS_MIME
from reported.display.questions import StaleTextError
from reported.display.sentences import plain
from reported.display.table import TABLE_MIME


def rows(shown):
    return shown._repr_mimebundle_()[ROWS_MIME]["rows"]


def test_a_question_in_a_sentence_is_its_answer_linked_to_its_row(town):
    q = ask("How many in all?", town.about100 + town.fifty, id="total")
    assert f"{q}" == str(q) == "[145 to 155](#question-total)"
    assert f"{q:cautious}" == "[130 to 170](#question-total)"
    assert f"{q:plain}" == "145 to 155"
    assert f"{ask('More?', town.about100 > 97, id='more'):capital}" == "[Cannot be told](#question-more)"
    assert repr(q) == "How many in all? 145 to 155 people"
    with pytest.raises(ValueError, match="total has no form 'bold'; expected one of plain, capital, digits"):
        f"{q:bold}"


def test_the_row_it_publishes(town):
    q = ask("More than 97?", town.about100 > 97)
    (row,) = rows(q)
    assert (row["id"], row["anchor"], row["same"]) == (
        "more-than-97",
        "question-more-than-97",
        "More than 97? about100 > 97",
    )
    assert row["cells"] == {
        "id": "more-than-97",
        "question": "More than 97?",
        "computed": "about100 > 97",
        "digits alone": "yes",
        "typical": "cannot be told",
        "cautious": "cannot be told",
        "unit": "",
        "firm": "no",
        "figures": "about100",
        "cautions": " ".join(caution.text for caution in q.result.cautions),
    }
    assert row["choices"] == {"digits": "yes", "typical": "cannot be told", "cautious": "cannot be told"}
    assert json.loads(json.dumps(q._repr_mimebundle_())).keys() == q._repr_mimebundle_().keys()


def test_a_number_is_published_as_it_is_printed(town):
    (row,) = rows(
        ask("Per thousand?", town.fifty / town.about100, id="rate", scale=1000, decimals=0, unit="per 1,000")
    )
    assert [row["cells"][name] for name in ("digits alone", "typical", "cautious", "unit")] == [
        "500",
        "476 to 527",
        "416 to 625",
        "per 1,000",
    ]
    (row,) = rows(ask("What share is left?", 1 - town.share40, id="left"))
    assert (row["cells"]["typical"], row["cells"]["unit"]) == ("60%", "")


def test_a_refused_question_gives_its_reason_first_and_is_not_firm(town):
    (row,) = rows(ask("More than the prisoners?", town.fifty > town.prisoners7))
    assert row["cells"]["firm"] == ""
    assert row["cells"]["typical"] == "refused"
    assert row["cells"]["cautions"].startswith("The prison is in another country.")


def test_a_question_is_published_where_it_is_shown_or_linked_from_a_sentence(town):
    one = ask("One?", town.fifty + 1, id="one")
    other = ask("Other?", town.fifty + 2, id="other")
    ask("Asked and never shown?", town.fifty + 3, id="never")
    assert [row["id"] for row in rows(one)] == ["one"]
    assert [row["id"] for row in rows(say(f"It is {one}, not {town.fifty}."))] == ["one"]
    assert [row["id"] for row in rows(points(f"{other}", f"{one}", f"{other}"))] == ["other", "one"]
    assert [row["id"] for row in rows(answers(one, other))] == ["one", "other"]
    assert ROWS_MIME not in say(f"Only {town.fifty}.")._repr_mimebundle_()
    assert ROWS_MIME not in say("[x](#question-unknown)")._repr_mimebundle_()


def test_a_sentence_publishes_the_question_it_links_to_whatever_else_has_its_id(town):
    one = ask("Are there more than five?", town.fifty > 5, id="of-two")
    other = ask("Were there more than a thousand?", town.fifty > 1000, id="of-two")
    assert [row["cells"]["question"] for row in rows(say(f"More than five? {one:capital}."))] == [one.text]
    assert [row["cells"]["question"] for row in rows(say(f"{other:capital}, not a thousand."))] == [
        other.text
    ]


def test_two_questions_that_one_link_may_mean_are_both_published_so_that_a_build_refuses_them(town):
    one, other = (ask("Is it more?", town.fifty > n, id="of-one-link") for n in (5, 6))
    words = f"{one}", f"{other}"
    assert len(set(words)) == 1
    published = rows(say(words[0]))
    assert len({row["same"] for row in published if row["id"] == "of-one-link"}) == 2


def test_the_text_around_an_answer_is_kept_true(town):
    ask("More?", town.about100 > 97, answer="cannot be told")
    ask("Agree?", compatible(town.fifty, town.fifty_again), answer="no contradiction")
    ask("How many?", town.fifty + 1, answer="51")
    with pytest.raises(StaleTextError) as error:
        ask("More?", town.about100 > 50, answer="cannot be told")
    assert str(error.value) == (
        '"More?" is now answered "yes"; the text was written for "cannot be told". '
        'Rewrite the sentences that use the answer, then put answer="yes" in this cell'
    )
    assert isinstance(error.value, AssertionError)


def test_what_no_ledger_holds_is_not_published(town):
    for result in (
        said("about 60") > 50,
        town.fifty > said("about 60", unit="person"),
        (said("about 60") + 1) * 2,
    ):
        with pytest.raises(
            ValueError, match=r'rests on said\("about 60"\): add it to the ledger to publish it'
        ):
            ask("How many?", result)


def test_what_no_ledger_holds_is_not_published_after_a_pickle():
    import pickle

    with pytest.raises(ValueError, match="add it to the ledger"):
        ask("How many?", pickle.loads(pickle.dumps(said("about 60") + 1)))


def test_a_plain_percentage_may_stand_in_a_question(town):
    assert ask("A half?", town.share40 > percent(50)).answer == "no"


def test_swapped_arguments_and_other_mistakes_say_what_to_do(town):
    with pytest.raises(TypeError, match="takes the question first"):
        ask(town.fifty > 3, "More?")
    with pytest.raises(TypeError, match="a figure, result or verdict after the question, found 3"):
        ask("How many?", 3)
    with pytest.raises(TypeError, match=r"leave out \.verdict"):
        ask("More?", (town.fifty > 3).verdict)
    with pytest.raises(ValueError, match="the id 'größe' of a question takes letters without accents"):
        ask("How many?", town.fifty, id="größe")


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("Are more people deployed?", "are-more-people-deployed"),
        ("Größe – 5 %?", "groe-5"),
        ("Скільки?", "question"),
        ("x" * 100, "x" * 60),
    ],
)
def test_an_id_is_made_from_the_question(town, question, id):
    assert ask(question, town.fifty).id == id


def careful(table):
    return [
        " ".join(run["text"] for run in row["cells"][2]) for row in table["rows"] if len(row["cells"]) > 2
    ]


def test_answers_are_a_table_in_which_each_caution_is_once(town):
    one = ask("One?", town.about100 + 1, id="one")
    other = ask(
        "Other?", town.about100 + town.km2 * 0 if False else town.about100 + town.undated60, id="other"
    )
    table = answers(one, other, caption="Two questions", id="two")._repr_mimebundle_()[TABLE_MIME]
    assert (table["caption"], table["id"], table["kind"]) == ("Two questions", "two", "answers")
    assert [row["id"] for row in table["rows"]] == ["question-one", "question-other"]
    assert table["rows"][0]["cite"] == "One? 96 to 106 people (about100 + 1)"
    assert "The council contradicts “about 100”." in table["left_out"]  # which both rest on
    beside = careful(table)
    assert beside[0] == ""
    assert "No day is given for “60”." in beside[1]
    every = [text for q in (one, other) for text in q.cautions]
    assert all((" ".join(beside) + table["left_out"]).count(text) <= 1 for text in every)
    (answer, *_) = table["rows"][0]["cells"][1]
    assert answer["choices"] == {
        "digits": "101 people",
        "typical": "96 to 106 people",
        "cautious": "81 to 121 people",
    }


def test_a_table_without_cautions_beside_its_answers_has_no_column_for_them(town):
    table = answers(ask("One?", town.about100 + 1), cautions="below")._repr_mimebundle_()[TABLE_MIME]
    assert [column["header"] for column in table["columns"]] == ["Question", "Answer"]
    assert "The council contradicts" in table["left_out"]


def test_no_unit_is_behind_words_that_are_no_number(town):
    refused = ask("In all?", town.fifty + town.fifty_again, id="a")
    wordless = ask("How many?", town.dozens, id="b")
    table = answers(refused, wordless)._repr_mimebundle_()[TABLE_MIME]
    shown = [run["text"] for row in table["rows"] for run in row["cells"][1]]
    assert shown == [
        "refused",
        "at least 24 people",
        "",
        "cautious: at least 12 people",
    ]
    assert repr(refused) == "In all? refused"


def test_one_of_something_is_one(town):
    assert ask("How many?", town.days3 - 2).in_full() == "1 day"


def test_numbers_below_ten_are_words_in_a_sentence_and_figures_in_a_table(town):
    four = ask("How many?", town.days3 + 1, id="days")
    assert f"{four:plain} and {town.prisoners7:plain}" == "four and seven"
    assert answers(four)._repr_mimebundle_()[TABLE_MIME]["rows"][0]["cells"][1][0]["text"] == "4 days"
    assert f"{ask('How many?', town.fifty - 40):plain}" == "10"


def test_cautions_can_end_a_sentence(town):
    clauses = plain(f"{ask('More?', town.about100 > town.undated60):cautions}")
    assert "no day is given for “60”; " in clauses
    assert "The council contradicts “about 100”" in clauses
    assert not clauses.endswith(".")


@pytest.mark.parametrize("text", ['Is "it" so?', "Is [x](javascript:1) it?", "a\\"])
def test_a_hostile_question_is_in_no_link(town, text):
    link = f"{ask(text, town.fifty + 1, id='q')}"
    assert link == "[51](#question-q)"
    assert say(link).__repr__() == "51"
