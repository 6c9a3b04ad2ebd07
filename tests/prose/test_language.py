"""Only English is read; other languages are named and refused."""

import pytest

from reported.prose import PhraseError, find, language, parse

SENTENCES = [
    ("The minister said that 12 of the 40 boats were lost in the storm.", "en"),
    ("Der Minister sagte, dass 12 der 40 Boote im Sturm verloren wurden.", "de"),
    ("Le ministre a dit que 12 des 40 bateaux ont été perdus dans la tempête.", "fr"),
    ("El ministro dijo que 12 de los 40 barcos se perdieron en la tormenta.", "es"),
    ("Il ministro ha detto che 12 delle 40 barche sono state perse nella tempesta.", "it"),
    ("O ministro disse que 12 dos 40 barcos foram perdidos na tempestade.", "pt"),
    ("De minister zei dat 12 van de 40 boten in de storm zijn vergaan.", "nl"),
    ("Minister powiedział, że 12 z 40 łodzi zaginęło w czasie burzy, a nie jest to koniec.", "pl"),
    ("Міністр сказав, що 12 із 40 човнів загинули під час шторму.", "uk"),
    ("Министр сказал, что 12 из 40 лодок погибли, и это не всё.", "ru"),
    ("Ο υπουργός είπε ότι χάθηκαν 12 από τα 40 σκάφη.", "el"),
    ("قال الوزير إن 12 قاربا من أصل 40 فقدت", "ar"),
    ("大臣は40隻のうち12隻が失われたと述べた。", "ja"),
]


@pytest.mark.parametrize(("text", "code"), SENTENCES, ids=lambda value: value if len(value) == 2 else "")
def test_a_language_is_told_with_how_sure(text, code):
    found, certainty = language(text)
    assert found == code
    assert 0.5 < certainty <= 1


def test_a_text_without_a_telling_word_has_no_language():
    assert language("") == language("600,000") == ("und", 0.0)


@pytest.mark.parametrize(("text", "code"), SENTENCES[:-1], ids=lambda value: value if len(value) == 2 else "")
def test_numbers_of_another_language_are_refused_and_those_of_english_read(text, code):
    assert all(bool(phrase.doubt) == (code != "en") for phrase in find(text))
    assert find(text)


def test_a_phrase_of_another_language_is_refused_in_one_line_that_names_it():
    with pytest.raises(PhraseError, match=r"look German \(9\d% sure\); only English is read"):
        parse("rund 500 der Verletzten und")


def test_a_quotation_in_another_language_is_refused_alone():
    phrases = find('He said "ми втратили 12 човнів" and took 20 men with him.')
    assert [(phrase.value, bool(phrase.doubt)) for phrase in phrases] == [(None, True), (20, False)]


@pytest.mark.parametrize(
    "text",
    [
        "In Rio de Janeiro 12 people died, and 3 in Las Vegas.",
        "Los Angeles police: 3 dead in Las Vegas chase.",
        "Marine Le Pen's party won 89 seats in the Assemblée nationale.",
        "Van der Berg and De la Cruz scored 2 goals each.",
    ],
)
def test_foreign_names_make_no_foreign_text(text):
    assert not any(phrase.doubt for phrase in find(text))
