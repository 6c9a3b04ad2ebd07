"""A coded table against its words: each kind of finding, and none on a clean table."""

import pandas as pd
import pytest

from reported import lint
from reported.columns.lint import CHECKS

CLEAN = pd.DataFrame(
    {
        "id": list("abcdef"),
        "words": ["40", "at least 50", "about 200", "none", "unknown", "organisers 3,000; police 830"],
        "low": [40, 50, 190, 0, None, 830],
        "best": [40, 60, 200, 0, None, 2000],
        "high": [40, 90, 210, 0, None, 3000],
    }
)
ENDS = {"words": "words", "low": "low", "best": "best", "high": "high"}


def findings(rows, **more):
    table = pd.DataFrame(rows, columns=["words", "low", "best", "high"])
    return lint(table, **ENDS, **more)[["row", "finding"]].values.tolist()


def test_a_clean_table_is_silent():
    assert lint(CLEAN, **ENDS, group="id", against=CLEAN, key="id").empty


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (("40", 50, 40, 40), "order"),
        (("40", 40, 41, 40), "order"),
        (("30 to 40", 30, None, 40), "best missing"),
        (("about 200", 300, 300, 300), "words"),
        (("about 200", 150, 250, 300), "words"),
        (("at least 73", 72, 72, 74), "words"),
        (("40", None, None, None), "words"),
        (("at least 73", 73, 73, 73), "qualifier"),
        (("up to 90", 90, 90, 90), "qualifier"),
        (("about 200", 200, 200, 200), "qualifier"),
        (("150?", 150, 150, 150), "doubt"),
    ],
)  # fmt: skip
def test_one_kind_of_finding(row, finding):
    assert findings([row]) == [[0, finding]]
    assert findings([row], without=[finding]) == []


def test_rival_statements_added_up_are_named():
    table = pd.DataFrame({"words": ["ministry 1, hospital 2"], "best": [3]})
    (note,) = lint(table, words="words", best="best").note
    assert "rival statements are added up" in note


def test_the_words_of_an_article_are_compared_with_the_sum_of_its_rows():
    rows = [("38 dead in two attacks", 20, 20, 20), ("38 dead in two attacks", 18, 18, 18)]
    table = pd.DataFrame(rows, columns=list(ENDS)).assign(article="x")
    assert lint(table, **ENDS, group="article").empty
    table.loc[1, ["low", "best", "high"]] = 38
    table.loc[0, ["low", "best", "high"]] = 38
    found = lint(table, **ENDS, group="article")
    assert found.finding.tolist() == ["total"]
    assert found.note[0] == "its 2 rows add up to 76; each repeats the whole"
    table.loc[0, ["low", "high"]] = 10, 40
    assert lint(table, **ENDS, group="article").note[0] == "its 2 rows add up to 48 to 78"


def test_sentences_with_several_numbers_only_count_where_none_of_them_fits():
    assert findings([("3 killed, 12 wounded", 3, 3, 3)]) == []
    assert findings([("3 killed, 12 wounded", 15, 15, 15)]) == []
    assert findings([("3 killed, 12 wounded", 4, 4, 4)]) == [[0, "words"]]


def test_a_codebook_is_a_rule_of_its_own():
    table = pd.DataFrame({"words": ["40", "41"], "n": [40, 42]})
    assert lint(table, words="words", best="n", reading="digits").row.tolist() == [1]


def test_what_was_revised_is_within_or_beyond_what_was_there():
    new = CLEAN.copy()
    new.loc[1, "high"] = 80
    new.loc[2, "high"] = 400
    new = pd.concat(
        [new.drop(index=3), pd.DataFrame([{"id": "z", "words": "7", "low": 7, "best": 7, "high": 7}])]
    )
    found = lint(new, **ENDS, against=CLEAN, key="id", without=["qualifier", "words"])
    assert found.finding.tolist() == ["revised within", "revised beyond", "added", "removed"]
    assert found.note[0] == "was 50 to 90, best 60, is 50 to 80, best 60"
    assert '"d"' in found.note.iloc[-1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"low": "lwo"}, 'did you mean "low"'),
        ({"without": ["ordre"]}, "expected one of order"),
        ({"group": "article"}, 'no column "article"'),
        ({"reading": "acle"}, "acled"),
    ],
)
def test_arguments_that_are_none(more, said):
    with pytest.raises(ValueError, match=said):
        lint(CLEAN, **(ENDS | more))


def test_numbers_that_are_none_name_their_row():
    with pytest.raises(ValueError, match='row 0, column low: "about"'):
        findings([("40", "about", 40, 40)])


def test_a_key_that_is_no_key_is_refused():
    twice = pd.concat([CLEAN, CLEAN])
    with pytest.raises(ValueError, match="several rows"):
        lint(twice, **ENDS, against=CLEAN, key="id")


def test_every_kind_is_documented():
    documented = " ".join(lint.__doc__.split()).split("kinds of findings: ")[1].split(".")[0]
    assert set(documented.split(", ")) == set(CHECKS)


def found(rows, **options):
    table = pd.DataFrame(rows, columns=["words", "low", "high", "article"])
    findings = lint(table, words="words", low="low", high="high", **options)
    return findings[["row", "finding"]].values.tolist()


@pytest.mark.parametrize(
    ("words", "low", "high", "kinds"),
    [
        ("at least 50", 40, 60, ["end"]),
        ("at least 50", 50, 60, []),
        ("up to 50", 10, 80, ["end"]),
        ("between 5 and 10", 4, 11, ["end"]),
        ("more than 20", 20, 30, ["end"]),
        ("about 200", 150, 250, []),
        ("at least 50", 20, 30, ["words"]),
    ],
)
def test_an_end_beyond_one_that_the_words_state(words, low, high, kinds):
    assert [kind for _, kind in found([(words, low, high, "")])] == kinds
    assert found([(words, low, high, "")], without=["end", "words"]) == []


def test_a_total_is_the_whole_or_one_of_the_parts():
    assert found([("total 100", 60, 60, "a"), ("40", 40, 40, "a")], group="article") == []
    assert (
        found([("total 100", 100, 100, "a"), ("40", 40, 40, "a"), ("60", 60, 60, "a")], group="article") == []
    )
    assert found([("total 100", 60, 60, "a"), ("30", 30, 30, "a")], group="article") == [
        [0, "total"],
        [0, "words"],
    ]


def test_a_finding_has_the_ends_of_all_that_its_words_may_say():
    table = pd.DataFrame({"words": ["3 killed, 12 wounded"], "low": [40], "high": [40]})
    [finding] = lint(table, words="words", low="low", high="high").to_dict("records")
    assert (finding["finding"], finding["lower"], finding["upper"]) == ("words", 3, 15)


def test_a_finding_about_the_best_number_names_both_ends():
    [finding] = (
        lint(CLEAN.assign(best=None), **ENDS).query("finding == 'best missing'").to_dict("records")[:1]
    )
    assert finding["note"] == "nothing between 50 and 90"


def killed(words, best, **options):
    table = pd.DataFrame({"words": [words], "best": [best]})
    return lint(table, words="words", best="best", of="killed", **options)["finding"].tolist()


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("On 5 May 2031 a blast hit three shops in Lumo, killing at least 12 people and wounding 30.", 12),
        ("Two guards and three of their drivers were killed on Tuesday; 9 others were wounded.", 5),
        ("Three rangers (of the park) and a cook were killed.", 4),
        ("Two armed men shot dead a trader near the bridge.", 1),
        ("About 200 people marched in memory of 12 villagers who were killed in March.", 0),
        ("Some 40 people met for a vigil over the death of a woman who was found dead.", 0),
        ("4 people were killed. [4 fatalities split among 4 places]", 1),
        ("51 fighters were killed or wounded in the hills.", 20),
        ("Nine people, including two nurses, died. There were no other casualties.", 9),
        ("12 houses burned down, killing 3.", 3),
        ("12 rockets killed 3.", 3),
        ("Dozens of relatives of a man who was shot and killed by a guard blocked the road.", 0),
        ("A guard was killed and two others died of their wounds.", 3),
        ("The march drew 300 people.", 0),
        ("No deaths or injuries were reported after 12 shots were fired.", 0),
    ],
)
def test_running_text_is_silent_where_what_is_counted_fits(words, best):
    assert killed(words, best) == []


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("A blast on 5 May 2031 killed 12 people and wounded 30.", 30),
        ("12 were killed (7 at the gate and 4 on the road).", 14),
        ("Two soldiers were killed by a mine.", 0),
        ("The toll rose to 24.", 42),
        ("3 KILLED, 12 WOUNDED IN LUMO", 15),
    ],
)
def test_running_text_contradicts_a_number_that_counts_something_else(words, best):
    assert killed(words, best) == ["words"]


def test_what_is_counted_may_be_any_noun():
    table = pd.DataFrame({"words": ["Police stopped 12 lorries and 3 vans on 5 May."], "n": [3]})
    assert lint(table, words="words", best="n", of="lorries").finding.tolist() == ["words"]
    assert lint(table, words="words", best="n", of=["vans"]).empty


def test_sentences_need_what_is_counted():
    words = ["On 5 May 2031 about 200 people marched through the old town of Lumo against the toll."] * 3
    table = pd.DataFrame({"words": words, "n": [1, 2, 3]})
    table["words"] += [" (1)", " (2)", " (3)"]
    with pytest.raises(ValueError, match='of="killed"'):
        lint(table, words="words", best="n")


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A man killed eight people at an office before taking his own life.", 9),
        ("A man shot and killed six people and then turned the gun on himself.", 7),
        ("A crash killed eleven on each plane.", 22),
        ("Ninety-six were killed on the An-12, 24 on the IL-14.", 120),
        ("Captain Doe and seven passengers were killed.", 8),
        ("A man killed his two children, his wife and their dog.", 3),
        ("Two bodies were found.", 12),
        ("Three survivors later died in hospital.", 38),
    ],
)
def test_a_text_that_names_more_killed_than_it_numbers_contradicts_no_greater_number(text, killed):
    table = pd.DataFrame({"text": [text], "killed": [killed]})
    assert (
        "words" not in lint(table, words="text", low="killed", high="killed", of="killed")["finding"].tolist()
    )


@pytest.mark.parametrize("text", ["Twelve were killed on the road to Lumo.", "A blast killed 12 on a road."])
def test_where_it_happened_opens_no_number(text):
    table = pd.DataFrame({"text": [text], "killed": [15]})
    assert "words" in lint(table, words="text", low="killed", high="killed", of="killed")["finding"].tolist()
