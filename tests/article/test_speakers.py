"""Whom a sentence says is speaking: by clause, on both sides of the number, under every name."""

import pytest

from reported.article.speakers import Speakers, plain_name, sayings, with_office

KNOWN = [
    {"id": "marn", "name": "Pavel Marn", "local_name": "", "role": "director of the hospital"},
    {"id": "council", "name": "The district council", "local_name": "", "role": ""},
]


def said(sentence, number):
    """Who says a number of a sentence, in plain words."""
    one = Speakers(()).of(sayings(sentence), sentence, sentence.index(number))
    return plain_name(with_office(one.who)[0]).lower() if one else ""


@pytest.mark.parametrize(
    ("sentence", "number", "speaker"),
    [
        ('"We have 14 bodies," said Pavel Marn.', "14", "pavel marn"),
        ("Marn said that 14 were dead.", "14", "marn"),
        ("There were 14, according to the director of the hospital.", "14", "director of the hospital"),
        ("At least 14 died, the relief service said.", "14", "relief service"),
        ("At least 14 died, said its director, Ada Moe.", "14", "ada moe"),
        ("Ada Moe, who leads the service, told reporters that 14 died.", "14", "ada moe"),
        ("About 14 came, according to volunteers.", "14", "volunteers"),
        ("On Sunday 14 people came.", "14", ""),
        ("At least 14 died on Sunday, said officials.", "14", "officials"),
        ("At least 48 died, officials said Tuesday, and another 250 were hurt.", "250", "officials"),
        ("Officials say 12 people died.", "12", "officials"),
        ("Organisers claimed that up to 2,000 joined.", "2,000", "organisers"),
        ("A study found 40 were ill.", "40", "study"),
        ("Rescuers found 40 bodies.", "40", ""),
        ("The county recorded a fall of 12 per cent.", "12", ""),
        ("New figures from the Office for Quay Statistics show 381 thefts.", "381", "office for quay statistics"),
        ("Unofficial police estimates put the crowd at 120,000.", "120,000", "police"),
        ("About 400 have come, the quay's labour chief Ada Moe told Radio Quay.", "400", "ada moe"),
        ("The fund expects growth of 3 percent.", "3", "fund"),
        ("Growth was put at 3 percent.", "3", ""),
        ("The guard says it took 5 boats, not 11 as fishermen claimed.", "11", "fishermen"),
        ("The guard says it took 5 boats, not 11 as fishermen claimed.", "5", "guard"),
        ("The police, in a statement on Friday, said 5 people died.", "5", "police"),
        ("The Quay Council in a statement also said 5 people died.", "5", "quay council"),
        ("Ada Moe, the Harbour Office (HO) head in the north, said 7 drowned.", "7", "ada moe"),
        ("The count was changed, with Ada Moe saying there were 2.", "2", "ada moe"),
        ("At least 41 died, according to the latest summary from Quay Fire.", "41", "quay fire"),
        ("Based on data from the Port Office, 144 were aboard.", "144", "port office"),
        ("Harbour Office recorded figures for the north showed 30 thefts.", "30", "harbour office"),
        ("Figures - which ministers say are good - showed 14 thefts.", "14", ""),
        ('"It was full," Ada Moe told Radio Quay after her walk in Kato, a town of 43,000.', "43,000", ""),
        ("The economy added 300 posts.", "300", ""),
        ("The office gave no official estimate of the 300.", "300", ""),
        ("In all 318 cases were reported from 18 districts.", "318", ""),
        ("The total beats the estimated 80,000 of last year.", "80,000", ""),
        ("The United Isles have estimated that 2 million are homeless.", "2 million", "united isles"),
    ],
)  # fmt: skip
def test_the_speaker_is_whom_the_clause_names(sentence, number, speaker):
    assert said(sentence, number) == speaker


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("Ada Moe said 12 came, and the district council says 90 left.", {"12": "ada moe", "90": "district council"}),
        ("Police put it at 12,000; organisers said it was 50,000.", {"12,000": "police", "50,000": "organisers"}),
        ("According to the ministry, 36 died; the Blue Star counts 52.", {"36": "ministry", "52": "blue star"}),
        ("The union says 90 struck, while the ministry said 34 did.", {"90": "union", "34": "ministry"}),
        ("Police said 12 died, but its director, Ana Rui, said 15 did.", {"12": "police", "15": "ana rui"}),
        ("(organisers' estimate: 200,000; police estimate: 55,000)", {"200,000": "organisers", "55,000": "police"}),
    ],
)  # fmt: skip
def test_each_clause_has_its_own_speaker(sentence, speakers):
    assert {number: said(sentence, number) for number in speakers} == speakers


@pytest.mark.parametrize(
    "sentence", ["Westmark said Eastmark lost 12.", "Westmark told Eastmark that it lost 12."]
)
def test_what_a_saying_is_about_does_not_speak(sentence):
    assert said(sentence, "12") == "westmark"


def test_a_place_that_is_mentioned_does_not_speak():
    assert said("The toll passed 500, with 13 in the valley that Eastmark controls.", "13") == ""


def test_who_passes_it_on_is_not_who_says_it():
    [one] = sayings('"Some 20 bodies were found," a soldier told Radio Quay on Monday.')
    assert (one.who, one.relayed_by) == ("a soldier", "Radio Quay")
    assert not sayings('"Some 20 were found," a soldier told reporters.')[0].relayed_by


def test_an_office_is_kept_with_its_name():
    [one] = sayings("Abel Was, a spokesman for the valley, which bore the brunt, said 400 people died.")
    assert (one.who, one.role) == ("Abel Was", "a spokesman for the valley")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("the district council", "council"),
        ("The council", "council"),
        ("Marn", "marn"),
        ("Dr. Pavel Marn", "marn"),
        ("the director of the hospital", "marn"),
        ("Ada Marn-Moe", ""),
        ("the hospital", ""),
    ],
)
def test_a_speaker_of_the_ledger_is_known_under_its_names(name, id_):
    assert Speakers(KNOWN).known(name) == id_


@pytest.mark.parametrize(
    "names", [("Quay Health Organization", "QHO"), ("QHO", "the Quay Health Organization")]
)
def test_an_institution_is_known_by_its_initials(names):
    speakers = Speakers(())
    speakers.learn(names[0], "qho")
    assert speakers.known(names[1]) == "qho"


def test_a_speaker_of_the_ledger_is_known_by_every_other_name():
    speakers = Speakers([{"id": "quay", "name": "Port Quay Office", "other_names": "the harbour board; HB"}])
    names = ("Port Quay Office", "the PQO", "the harbour board", "HB", "the board")
    assert [speakers.known(name) for name in names] == ["quay"] * 5


def test_initials_that_read_as_a_pronoun_are_a_name():
    assert said("The ministry said 12 died, but WHO said 14 did.", "14") == "who"


def test_what_cannot_be_seen_is_no_speaker_and_no_part_of_a_name():
    assert all(any(map(str.isalpha, one.who)) for one in sayings("5 \u202e said Ada Moe"))
    assert plain_name("Ada\u202e Moe") == "Ada Moe"
