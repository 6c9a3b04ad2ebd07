"""Proposed rows: complete but for what a person must decide, and a ledger that holds once decided."""

import csv
import io
import keyword
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reported.article.audit import audit
from reported.article.draft import COLUMNS, ORDER, draft, source_for
from reported.article.text import Article, paragraphs
from reported.article.words import MAX_WORDS, found_in
from reported.ledger import check
from reported.ledger.records import TABLES
from reported.ledger.schema import columns
from reported.project.layout import lay_out
from tests.article.kites import FIGURES, KITES, ledger
from tests.project.deciding import decide

FLOOD = """\
At Least 11 Dead In Flood

2 min read

At least 11 people were killed, the district council said. Irena Voss, who speaks for it, said 45 people were missing.

"We have 14 bodies," said Pavel Marn, who heads the hospital. He said that 30 percent of them had not been identified.

Repairs could cost 80 million euros, according to the mayor.
"""


def rows_of(text, source="kites", known=None):
    return draft(text, source, known or {}).rows


def decided(rows):
    return [{name: cell.removeprefix("?") for name, cell in row.items()} for row in rows]


def as_ledger(rows):
    figures = [
        (r["id"], r["qualifier"], r["value"], r["value_to"], int(r["paragraph"]), r["words"])
        for r in decided(rows.get("figures", ()))
    ]
    return ledger(figures, [(int(r["paragraph"]), r["words"]) for r in rows.get("set_aside", ())])


def test_every_number_is_a_row():
    rows = rows_of(KITES)
    said = [(r["qualifier"], r["value"], r["value_to"], int(r["paragraph"])) for r in rows["figures"]]
    assert sorted(said) == sorted((q, v, w, p) for _, q, v, w, p, _ in FIGURES)
    aside = ["Second", "June 7", "3:15 p.m.", "1998", "F-16-shaped", "twenty-first", "May 30, 2027"]
    assert [row["words"] for row in rows["set_aside"]] == aside
    assert all(row["reason"] and row["kind"] for row in rows["set_aside"])
    assert all(len(row["words"].split()) <= MAX_WORDS for row in rows["figures"])


def test_a_draft_decided_is_a_ledger_that_holds():
    held = audit(as_ledger(rows_of(KITES)), KITES)
    assert held.complete, str(held)


def test_what_only_a_person_can_judge_begins_with_a_question_mark():
    for row in rows_of(KITES)["figures"]:
        assert all(row[name].startswith("?") for name in ("quantity", "claimant", "evidence"))
        assert row["source"] == "kites"


def test_ids_are_identifiers_made_from_the_source_and_never_clash():
    rows = rows_of(KITES)
    for table in rows.values():
        ids = [row["id"] for row in table]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch("[a-z][a-z0-9_]{0,79}", id_) and not keyword.iskeyword(id_) for id_ in ids)
    assert all(row["id"].startswith("kites_p") for row in rows["figures"])
    again = draft("Fair\n\nIt had 12,000 people.", "kites", {"figures": rows["figures"]}).rows
    assert {row["id"] for row in again["figures"]}.isdisjoint(row["id"] for row in rows["figures"])


def test_what_is_in_the_ledger_already_is_not_proposed_again():
    rows = rows_of(KITES)
    assert not {"figures", "set_aside", "sources"} & set(draft(KITES, "kites", rows).rows)


def test_a_draft_has_the_columns_of_the_tables():
    assert set(COLUMNS) == {"table", *(name for table in ORDER for name in columns(TABLES[table]))}
    for table, rows in rows_of(FLOOD).items():
        assert all(set(row) <= set(columns(TABLES[table])) for row in rows)


def test_speakers_are_named_and_proposed_once():
    rows = rows_of(FLOOD, "gazette")
    said = {row["words"]: row["claimant"] for row in rows["figures"]}
    assert said["At least 11 people"] == "?district_council"
    assert said["45 people"] == "?irena_voss"
    assert said["14 bodies"] == said["30 percent"] == "?pavel_marn"
    assert [row["name"] for row in rows["claimants"] if "Marn" in row["name"]] == ["?Pavel Marn"]


def test_speakers_of_the_ledger_are_known_by_name_or_office():
    known = {"claimants": [{"id": "marn", "name": "Pavel Marn", "role": "head of the hospital"}]}
    assert [
        r["claimant"] for r in rows_of(FLOOD, "gazette", known)["figures"] if r["words"] == "14 bodies"
    ] == ["?marn"]


@pytest.mark.parametrize(
    "names",
    [("The World Health Organization (WHO)", "WHO"), ("The WHO", "The World Health Organization")],
)
def test_a_speaker_under_initials_and_in_full_is_one(names):
    text = f"Fever in Marn\n\n{names[0]} said 12 people died.\n\n{names[1]} said 14 children were ill."
    rows = rows_of(text)
    row = next(row for row in rows["claimants"])
    assert (row["name"], row["other_names"]) == ("?World Health Organization", "?WHO")
    assert {figure["claimant"] for figure in rows["figures"]} == {"?" + row["id"]}


def test_a_quantity_of_the_ledger_is_guessed_by_noun_and_by_what_happened():
    quantity = {"id": "dead", "label": "People killed in the flood", "unit": "person"}
    rows = rows_of(FLOOD, "gazette", {"quantities": [quantity]})
    said = {row["words"]: row["quantity"] for row in rows["figures"]}
    assert said["At least 11 people"] == "?dead"
    assert said["45 people"] == "?people_missing"
    units = {row["id"]: row["unit"] for row in rows["quantities"]}
    assert units["people_missing"] == "person"
    assert units[said["30 percent"].removeprefix("?")] == "percent"


def test_a_hedge_is_a_cell_of_the_row():
    assert [r["hedge"] for r in rows_of(FLOOD)["figures"]] == ["", "", "", "", "could"]


def test_a_headline_that_repeats_the_text_is_set_aside_and_said():
    drafted = draft(FLOOD, "gazette", {})
    assert [r["words"] for r in drafted.rows["set_aside"]] == ["At Least 11 Dead"]
    assert drafted.rows["set_aside"][0]["reason"].startswith("?repeats gazette_p3_people")
    assert 'paragraph 1: "At Least 11 Dead" seems to repeat' in drafted.notes[0]


def test_two_speakers_with_one_number_are_two_figures_and_a_relation():
    text = "Fair\n\nAda Moe said 2,400 people came.\n\nJon Lie said 2,400 people came."
    rows = rows_of(text)
    assert len(rows["figures"]) == 2
    [relation] = rows["relations"]
    assert relation["relation"] == "?restates"
    assert [relation["object"], relation["subject"]] == [row["id"] for row in rows["figures"]]


def test_an_approximation_repeats_no_floor():
    text = "Fair\n\nMore than 600,000 people came.\n\nThe other fair has about 600,000."
    assert "relations" not in rows_of(text)
    assert len(rows_of(text)["figures"]) == 2


def test_the_article_is_a_row_with_its_checksum():
    [source] = rows_of(FLOOD, "gazette")["sources"]
    assert (source["id"], source["publisher"], source["title"]) == (
        "gazette",
        "?",
        "?At Least 11 Dead In Flood",
    )
    assert re.fullmatch("[0-9a-f]{64}", source["sha256"])
    known = {"sources": [source | {"sha256": ""}]}
    assert source["sha256"] in draft(FLOOD, "gazette", known).notes[0]


def test_a_source_is_known_by_its_text_and_else_named_after_its_file():
    known = {"sources": [{"id": "gazette", "sha256": rows_of(FLOOD)["sources"][0]["sha256"]}]}
    assert source_for(FLOOD, "copy of it", known) == "gazette"
    assert source_for(KITES, "gazette", known) == "gazette_2"
    assert source_for(KITES, "2031-05-02 The Gazette!", known) == "n2031_05_02_the_gazette"
    assert source_for(KITES, "Вісник", known) == "article"


def test_a_text_in_another_language_is_named_with_how_sure_that_is():
    text = "Das Hochwasser\n\nMindestens 11 Menschen sind in der Nacht ums Leben gekommen, sagte die Stadt."
    [note] = draft(text, "zeitung", {}).notes
    assert re.search(r"language de \(\d+% sure\)", note)


def test_what_the_words_leave_open_is_left_open():
    [row] = rows_of("Fair\n\nShe told us about 55 kites.")["figures"]
    assert row["qualifier"].startswith("?")
    assert row["value"].startswith("?")
    assert "about" in row["note"]


FORMULAS = [
    "=5+5",
    "-5 degrees",
    "+5 degrees",
    "@5",
    "=HYPERLINK(5)",
    "-5 percent|calc",
    "＝5 kites",
    "−5 degrees",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(text):
    for row in csv.DictReader(io.StringIO(str(draft(text, "kites", {})))):
        for column, cell in row.items():
            if column not in ("value", "value_to"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))


PIECES = [
    "at least", "about", "nearly", "5", "1,200", "two to three", "dozens of", "half", "kites", "on June 7", "F-16",
    "€3m", "45%", "-5", "or more", "=1", '"', "(", ",", ".", "\n\n", "\t", "and", "one", "12,34", "\u202e", "\u200b", "ﬁve",
    "said Ada Moe", "the mayor said",
]  # fmt: skip
CLEAR = [
    "people", "died", "were killed", "-5 degrees", "a fall of 3 percent", "minus 4 degrees", "in 2031", "10 to 15 knots",
    "1.5 million dollars", "could", "half of them", "52 out of 54", "2 km", "a dozen", "up to 3.5 times", "£4",
]  # fmt: skip


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join).filter(paragraphs))
@example("nearly one nearly")  # "nearly one" is no number by itself
def test_a_draft_of_any_text_decided_is_a_ledger_that_holds(text):
    rows = rows_of(text)
    found = [p for block in paragraphs(text) for p in found_in(block)]
    assert sum(len(rows.get(table, ())) for table in ("figures", "set_aside")) == len(found)
    clear = [r for r in rows.get("figures", ()) if not r["note"] and len(r["words"].split()) <= MAX_WORDS]
    held = audit(as_ledger(rows | {"figures": clear}), text, "kites")
    assert not [m for m in held.misses if m.kind in ("misquoted", "not there", "cut")], str(held)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *CLEAR]), min_size=8, max_size=40).map(" ".join))
@example("at least 2 km \u202e 5 at least")  # a designation with what turns text
def test_what_a_draft_proposes_is_what_the_checks_accept(tmp_path_factory, text):
    rows = dict(rows_of(f"Fair\n\n{text}"))
    rows["figures"] = [
        row for row in rows.get("figures", ()) if not row["note"] and len(row["words"].split()) <= MAX_WORDS
    ]
    there = {row["id"] for row in rows["figures"]}
    rows["relations"] = [r for r in rows.get("relations", ()) if {r["subject"], r["object"]} <= there]
    data = tmp_path_factory.mktemp("project") / "fair" / "data"
    lay_out(data.parent, "The fair", rows)
    decide(data)
    assert check(data) == ()


@settings(max_examples=150)
@given(st.text(max_size=300).filter(paragraphs))
def test_no_text_breaks_a_draft_or_an_audit(text):
    rows = rows_of(text)
    numbers = audit(ledger([], []), text, "kites").numbers
    assert sum(len(rows.get(table, ())) for table in ("figures", "set_aside")) == numbers


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("By Ana Rui, Coast Courier, 3 August 2026", "?2026-08-03"),
        ("Published Aug. 3, 2026, 10:40", "?2026-08-03"),
        ("2026-08-03", "?2026-08-03"),
        ("3/8/2026", "?"),  # by whose calendar?
        ("On Monday, 3 August 2026, " + "the town remembered those who had fought the fire. " * 2, "?"),
    ],
)
def test_the_day_of_publication_is_proposed_from_a_byline(line, published):
    text = f"Fire near town\n\n{line}\n\nNobody was hurt.\n"
    assert rows_of(text)["sources"][0]["published"] == published


def test_a_count_without_a_noun_takes_in_no_other_and_is_named_by_what_it_is_the_number_of():
    text = (
        "Fire\n\nThe union counted 17 dead, three of them volunteers among the firefighters.\n\n"
        "The mayor put the number of evacuees at 18,000. 640 firefighters are at work.\n"
    )
    rows = decided(rows_of(text)["figures"])
    assert {row["value"]: row["quantity"] for row in rows} == {
        "17": "people_killed",
        "3": "people_killed_part",
        "18000": "people_displaced",
        "640": "firefighters",
    }


def quantities_of(text, **about):
    """The quantity of each value of a text."""
    drafted = draft(Article(f"Flood\n\n{text}", **about), "kites", {})
    return {row["value"]: row["quantity"].removeprefix("?") for row in drafted.rows["figures"]}


def units_of(text):
    rows = rows_of(f"Flood\n\n{text}")
    units = {row["id"]: row["unit"].removeprefix("?") for row in rows["quantities"]}
    return {row["value"]: units[row["quantity"].removeprefix("?")] for row in rows["figures"]}


def test_people_are_persons_whatever_became_of_them_and_the_dead_are_one_quantity():
    text = "There were 40 deaths.\n\nThe toll rose to 52 dead; 90 injured.\n\n61 fatalities were counted, 7 missing."
    assert set(units_of(text).values()) == {"person"}
    found = quantities_of(text)
    assert found["40"] == found["52"] == found["61"] == "people_killed"
    assert (found["90"], found["7"]) == ("people_injured", "people_missing")


def test_two_places_two_years_and_two_events_are_two_quantities():
    found = quantities_of("Some 12 were killed in Lumo and 3 killed in Kato.")
    assert found["12"] != found["3"]
    found = quantities_of("A fire of 3,000 acres and an older fire of 4,000 acres burned.")
    assert found["3000"] != found["4000"]
    found = quantities_of("It had 67,200 thefts, and 65,100 thefts in 2019.", published="2031-05-02")
    assert found["67200"] != found["65100"]


def test_a_rise_and_a_fall_are_not_a_share():
    text = "Thefts rose 7 per cent in the north but fell 10 per cent in the south, where a third of shops closed."
    kinds = {row["id"]: row["kind"] for row in rows_of(f"Crime\n\n{text}")["quantities"]}
    assert kinds == {"rise_in_thefts": "?change", "fall_in_thefts": "?change", "share_of_shops": "?ratio"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Absence fell 3 points to 41 %, the office said.",
            [("Fall in absence", "point", "change"), ("Absence", "percent", "ratio")],
        ),
        ("Turnout dropped from 61 % to 48 %, she said.", [("Turnout", "percent", "ratio")]),
        ("Support was put at 41 %, up from 38 %, she said.", [("Support", "percent", "ratio")]),
        (
            "Exports rose 12 % to $4 billion, she said.",
            [("Rise in exports", "percent", "change"), ("Exports", "USD", "amount")],
        ),
        (
            "Profit fell by $3 million to $12 million, she said.",
            [("Fall in profit", "USD", "change"), ("Profit", "USD", "amount")],
        ),
        (
            "The number of unemployed persons fell by 270 to 6,000, she said.",
            [("Fall in unemployed persons", "person", "change"), ("Unemployed persons", "person", "stock")],
        ),
        (
            "Yields fell 200 tonnes to 900 tonnes, she said.",
            [("Fall in yields", "tonne", "change"), ("Yields tonne", "tonne", "amount")],
        ),
    ],
)
def test_what_a_number_rose_to_is_not_the_rise(text, expected):
    drafted = decided(rows_of(f"Figures\n\n{text}")["quantities"])
    assert [(row["label"], row["unit"], row["kind"]) for row in drafted][: len(expected)] == expected


def test_animals_are_not_among_the_people_killed():
    rows = rows_of("Storm\n\nThe storm killed 1,200 cattle and 14 people, and 300 sheep died, she said.")
    labels = {row["id"]: (row["label"], row["unit"]) for row in decided(rows["quantities"])}
    assert [labels[row["quantity"]] for row in decided(rows["figures"])] == [
        ("Cattle", "cattle"),
        ("People killed", "person"),
        ("Sheep died", "sheep"),
    ]


def test_who_is_cut_off_is_not_missing_and_who_is_evacuated_not_killed():
    text = "The flood killed 56 people and forced the evacuation of 900; hundreds were stranded, she said."
    assert [row["label"] for row in decided(rows_of(f"Flood\n\n{text}")["quantities"])] == [
        "People killed",
        "People displaced",
        "People trapped",
    ]


def test_what_became_of_a_part_is_not_said_of_the_whole():
    rows = rows_of("Fall\n\nPolice said 14 people were in the lift; six of the 14 died.")
    assert [(row["words"], row["quantity"]) for row in decided(rows["figures"])] == [
        ("14 people", "people"),
        ("six of the 14 died", "people_killed"),
    ]
    subject, whole = (row["id"] for row in reversed(rows["figures"]))
    assert [(row["subject"], row["relation"], row["object"]) for row in decided(rows["relations"])] == [
        (subject, "part of", whole)
    ]
    assert "set_aside" not in rows


def test_two_groups_with_one_verb_share_it_and_are_two_quantities():
    rows = rows_of("Blast\n\nThe blast killed 12 soldiers and 3 civilians, the governor said.")
    assert [row["label"] for row in decided(rows["quantities"])] == [
        "People killed",
        "People killed, civilians",
    ]


@pytest.mark.parametrize(
    ("first", "generic", "is_meant"),
    [
        ("The Health Ministry", "The agency", False),
        ("The Harbour Agency", "The agency", True),
        ("The Statistics Office", "The agency", True),
        ("The Health Ministry", "The company", False),
        ("Quay Holdings", "The company", True),
        ("The Health Ministry", "The report", True),
    ],
)
def test_a_common_noun_means_an_institution_of_its_kind(first, generic, is_meant):
    rows = rows_of(f"Ills\n\n{first} said 30 people fell ill.\n\n{generic} said 12 boats sank.")
    one, other = (row["claimant"] for row in rows["figures"])
    assert (one == other) == is_meant


def test_a_target_is_not_what_was_done():
    rows = rows_of("Homes\n\nA target of 500 homes was missed; 310 were built, she said.")
    assert [row["label"] for row in decided(rows["quantities"])] == ["Homes", "Homes built"]


def test_a_time_nearby_is_no_unit_of_a_count():
    assert units_of("The 24-hour strike hit 1,700 trains.")["1700"] == "train"
    assert units_of("In the past 24 hours 80 villages were flooded.")["80"] == "village"


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("The total is more than 500, including more than 130 in the north.", "500", "130"),
        ("The flood killed 36 people, 12 of whom were children.", "36", "12"),
        ("The flood killed 36 people. Among them were 12 children.", "36", "12"),
    ],
)
def test_a_part_is_proposed_as_one(text, whole, part):
    rows = rows_of(f"Flood\n\n{text}")
    id_of = {row["value"]: row["id"] for row in rows["figures"]}
    [relation] = rows["relations"]
    assert (relation["subject"], relation["relation"], relation["object"]) == (
        id_of[part],
        "?part of",
        id_of[whole],
    )


@pytest.mark.parametrize(
    "text",
    [
        "The flood killed 40 people, the mayor said.\n\nIt destroyed 40 boats, the mayor said.",
        "The flood killed 40 people, the mayor said. Another 40 people are missing, the mayor said.",
        "The water is 2 metres deep, the mayor said.\n\nThe sea came 2 miles inland, the mayor said.",
        "Two houses fell, the mayor said.\n\nTwo schools fell, the mayor said.",
    ],
)
def test_equal_numbers_of_unlike_things_repeat_nothing(text):
    rows = rows_of(f"Flood\n\n{text}")
    assert len(rows["figures"]) == 2
    assert "relations" not in rows


def test_the_kept_words_end_before_a_second_number():
    [row, _] = rows_of("Mail\n\nProfit was £1.73 billion compared with £1.96bn.")["figures"]
    assert row["words"] == "£1.73 billion"


def test_days_are_proposed_with_what_they_were_counted_from():
    text = "As of 10 December, 17,942 cases had been reported, the ministry said on Friday."
    [row] = draft(Article(f"Flu\n\n{text}", published="2031-12-12"), "kites", {}).rows["figures"]
    assert (row["as_of"], row["stated_on"], row["claimant"]) == ("?2031-12-10", "?2031-12-12", "?ministry")


def test_a_date_says_in_which_row_it_is_kept():
    text = "As of 10 December 2031, 17,942 cases had been reported. The fair of 3 May 2030 was small."
    first, second = rows_of(f"Flu\n\n{text}")["set_aside"]
    assert first["reason"] == "a date; as_of of kites_p2_cases"
    assert second["reason"] == "a date; no figure here is of it"


def test_without_a_speaker_the_publisher_speaks_and_one_named_once_holds_on():
    rows = draft(Article("Flood\n\nIt killed 36 people.", "The Quay Post"), "kites", {}).rows
    assert rows["figures"][0]["claimant"] == "?quay_post"
    text = "The relief agency says 36 people died.\n\nAbout 400 houses fell.\n\nSome 20 schools are shut."
    assert {row["claimant"] for row in rows_of(f"Flood\n\n{text}")["figures"]} == {"?relief_agency"}


def test_a_speaker_before_a_list_speaks_in_it():
    text = (
        "Ada Moe said 9 came.\n\nAccording to the ministry:\n\n12 dead\n\n90 injured\n\nJon Lie said 5 left."
    )
    said = {row["value"]: row["claimant"] for row in rows_of(f"Flood\n\n{text}")["figures"]}
    assert said == {"9": "?ada_moe", "12": "?ministry", "90": "?ministry", "5": "?jon_lie"}


def test_who_passes_it_on_is_proposed_as_such():
    rows = rows_of('Flood\n\n"Some 20 bodies were found," a soldier told Radio Quay.')
    assert (rows["figures"][0]["claimant"], rows["figures"][0]["relayed_by"]) == ("?soldier", "?radio_quay")


def test_the_day_of_a_sentence_with_a_number_is_not_that_of_the_whole_text():
    text = "Fever in Marn\n\nThere are 140 patients.\n\nAs of March 2031, 62 deaths had been recorded."
    assert [row.get("as_of", "") for row in rows_of(text)["figures"]] == ["", "?2031-03"]


@pytest.mark.parametrize(
    ("sentence", "words", "quantity", "unit"),
    [
        (
            "Some 20 people a day were killed.",
            "Some 20 people a day",
            "people_killed_per_day",
            "person per day",
        ),
        ("Winds of 120 kilometres an hour hit.", "120 kilometres an hour", "winds", "kilometre per hour"),
        ("It makes 1,100 vans a week.", "1,100 vans a week", "vans_per_week", "van per week"),
    ],
)
def test_a_rate_is_a_quantity_of_its_own_and_in_the_words(sentence, words, quantity, unit):
    rows = decided(rows_of(f"Kites\n\n{sentence}")["figures"])
    assert [(row["words"], row["quantity"]) for row in rows] == [(words, quantity)]
    quantities = decided(rows_of(f"Kites\n\n{sentence}")["quantities"])
    assert [row["unit"] for row in quantities] == [unit]


def figures_of(text):
    """What a draft of an article of 14 December 2030 proposes, without question marks, by the number's words."""
    rows = rows_of(f"Kites\n\nBy Ana Rui, 14 December 2030\n\n{text}")
    return {row["words"]: row for row in decided(rows.get("figures", ()))}, rows.get("set_aside", ())


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Rescuers counted 12 dead; the governor spoke of 30 dead.", ["rescuers", "governor"]),
        (
            "According to the hospital, 20 were treated; the fire service lists 35.",
            ["hospital", "fire_service"],
        ),
        (
            "Campaigners estimate 4,000 trees; the council disputes that and counts 1,500.",
            ["campaigners", ""],
        ),
        ("Officials say 12 people died; the flood destroyed 40 homes.", ["officials", "officials"]),
        (
            "Lena Marsh, a spokeswoman for the port, which reopened on Monday, said 90 ships came.",
            ["lena_marsh"],
        ),
        ("The toll will cross 100, the mayor fears.\n\nThe ministry said 9 died.", ["mayor", "ministry"]),
        (
            "It beats the 80,000 of 1997.\n\nThe United Nations has estimated that 2 million are homeless.",
            ["", "united_nations"],
        ),
    ],
)
def test_each_number_has_its_own_speaker_or_none(text, speakers):
    figures, _ = figures_of(text)
    assert [row["claimant"] for row in figures.values()] == speakers


def test_a_day_inside_an_aside_is_not_that_of_the_saying():
    figures, _ = figures_of("Lena Marsh, a clerk at the port, which reopened on Monday, said 90 ships came.")
    assert [row.get("stated_on", "") for row in figures.values()] == [""]


@pytest.mark.parametrize(
    ("text", "claimant", "relayed_by"),
    [
        ("The ministry, quoted by Quay Radio, said 60 drones were downed.", "ministry", "quay_radio"),
        ("Quay Radio reported that 15 people had died, citing two officials.", "two_officials", "quay_radio"),
    ],
)
def test_an_outlet_relays_what_its_source_states(text, claimant, relayed_by):
    figures, _ = figures_of(text)
    assert [(row["claimant"], row["relayed_by"]) for row in figures.values()] == [(claimant, relayed_by)]


@pytest.mark.parametrize(
    ("text", "window", "as_of"),
    [
        ("Since May, 300 shops have closed.", "since 2030-05", ""),
        ("Since 12 May, 300 shops have closed.", "since 2030-05-12", ""),
        ("From January to March, 300 shops closed.", "since 2030-01", "2030-03"),
        ("Between 1 and 7 December, 300 shops closed.", "7 day", "2030-12-07"),
        ("In the 12 months to June, 300 shops closed.", "12 month", "2030-06"),
        ("He went to June and 300 shops.", "", ""),
    ],
)
def test_the_window_of_a_number_and_the_day_on_which_it_ends(text, window, as_of):
    figures, _ = figures_of(text)
    (row,) = figures.values()
    assert (row["window"], row.get("as_of", "")) == (window, as_of)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Thefts rose over the past 12 months.", "time", "12 months"),
        ("One in five adults aged 18-24 had been robbed.", "age", "18-24"),
    ],
)
def test_a_time_or_an_age_bracket_beside_what_is_told_is_no_figure(text, kind, words):
    figures, aside = figures_of(text)
    assert words not in figures
    assert (kind, words) in [(row["kind"], row["words"]) for row in aside]


def test_how_long_something_fell_is_no_fall():
    rows = rows_of("Kites\n\nSnow fell for 3 hours, the mayor said.")
    assert [row["kind"] for row in decided(rows["quantities"])] == ["duration"]


def test_a_place_is_in_a_label_once():
    rows = rows_of("Kites\n\nThe total is more than 500, including more than 130 in Kato.")
    assert [row["label"] for row in decided(rows["quantities"])] == ["Number", "Number, Kato"]
