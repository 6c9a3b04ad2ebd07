"""The likeliest slips at every public function: each is an error that says what was found and what to write."""

from pathlib import Path
from traceback import walk_tb

import matplotlib.pyplot as plt
import pytest

import reported
from reported import (
    Bounds,
    Ledger,
    UnitError,
    answers,
    ask,
    charts,
    compatible,
    days,
    explain_words,
    growth,
    hull,
    intersection,
    largest,
    lint,
    percent,
    points,
    read_words,
    said,
    say,
    smallest,
    tables,
    total,
)
from tests.figures.ledgers import flood


@pytest.fixture(scope="module")
def t(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return flood(tmp_path_factory.mktemp("slips") / "data")


SLIPS = [
    # what is done, and what the error must say
    ("charts.order(t.fifty, t.about100)", TypeError, r"order\(fifty > about100\)"),
    ("charts.order(t.fifty)", TypeError, r"order\(a > b\)"),
    ("charts.order([t.fifty > 3])", TypeError, r"order\(\*…\)"),
    ("charts.order(t.fifty > 3, t.fifty > 4)", TypeError, "a chart for each"),
    ("charts.order(ask('More?', t.fifty > 3))", TypeError, "found a Question"),
    ("charts.counts([t.fifty, t.about100])", TypeError, r"counts\(\*…\)"),
    ("charts.counts(t.fifty > 3)", TypeError, "found the verdict fifty > 3"),
    ("charts.counts(t.fifty, t.km2)", ValueError, "a chart for each"),
    ("charts.counts()", ValueError, "at least one"),
    ("charts.every_figure([t.fifty])", TypeError, r"every_figure\(\*…\)"),
    ("charts.every_figure(*t.select(paragraph=999))", ValueError, "no figures to show"),
    ("charts.every_figure('fifty')", TypeError, 'found "fifty"'),
    ("charts.every_figure(t, t.fifty)", TypeError, "not both"),
    ("charts.over_time(t.select(quantity='dead'))", TypeError, r"over_time\(\*…\)"),
    ("charts.over_time(t.fifty, panels='x')", ValueError, '"quantity" or "unit"'),
    ("charts.over_time(t.fifty, marks='speaker')", ValueError, '"claimant" or "party"'),
    ("charts.over_time(t.fifty + 1)", TypeError, r"found the result fifty \+ 1"),
    ("charts.Chart(plt.figure().add_subplot(), title='x', alt='y')", TypeError, "ax.figure"),
    ("charts.Chart(plt.figure(), title='x', alt='')", ValueError, "alt is empty"),
    ("charts.Chart(5, title='x', alt='y')", TypeError, "found 5"),
    ("charts.counts(t.fifty).save('x.docx')", ValueError, r"\.png, \.svg or \.pdf"),
    ("charts.counts(t.fifty).save('x.png', reading='careful')", ValueError, "digits, typical, cautious"),
    ("say('x', t.fifty)", TypeError, r"put it into an f-string, say\(f\"… \{fifty\} …\"\)"),
    ("say(['x', 'y'])", TypeError, r"say\(\*sentences\)"),
    ("say(tables.figures(t))", TypeError, "found a Table"),
    ("points(['x', 'y'])", TypeError, r"points\(\*sentences\)"),
    ("points(t.fifty)", TypeError, "an f-string"),
    ("answers(t.fifty > 3)", TypeError, r'ask\("…\?", fifty > 3\)'),
    ("answers([ask('More?', t.fifty > 3)])", TypeError, r"answers\(\*…\)"),
    ("answers()", ValueError, "at least one"),
    ("answers(ask('More?', t.fifty > 3), cautions='x')", ValueError, '"beside" or "below"'),
    ("ask(t.fifty > 3, 'More?')", TypeError, "the question first"),
    ("ask('More?', (t.fifty > 3).verdict)", TypeError, r"leave out \.verdict"),
    ("ask('More?', True)", TypeError, "found True"),
    ("ask('More?', said('about 60') > 3)", ValueError, "add it to the ledger"),
    ("ask('More?', t.fifty > 3, id='a b')", ValueError, "letters without accents"),
    ("ask('More?', t.fifty > 3, answer='maybe')", AssertionError, 'now answered "yes"'),
    ("f\"{ask('More?', t.fifty > 3):bold}\"", ValueError, "expected one of"),
    ("ask('', t.fifty > 3)", ValueError, "no words"),
    ("ask('More?')", TypeError, "result"),
    ("ask('How many?', t.fifty, scale=0)", ValueError, "scale is 0"),
    ("ask('How many?', t.fifty, scale='k')", TypeError, 'scale is "k"'),
    ("ask('How many?', t.fifty, decimals='2')", TypeError, 'decimals is "2"'),
    ("ask('How many?', t.fifty, unit=5)", TypeError, "unit is 5, expected text"),
    ("answers(ask('More?', t.fifty > 3), caption=5)", TypeError, "caption is 5"),
    ("say(5)", TypeError, "takes text, found 5$"),
    ("points(None)", TypeError, "takes text, found None$"),
    ("charts.Chart(plt.figure(), title=' ', alt='y')", ValueError, "title is empty"),
    ("charts.counts(t.fifty, titel='x')", TypeError, "titel"),
    ("charts.counts(t.fifty).figures(reading='x')", ValueError, "digits, typical, cautious"),
    ("charts.counts(t.fifty).save('nowhere/x.png')", FileNotFoundError, "nowhere"),
    ("tables.relations(t.fifty)", TypeError, r"relations\(ledger\)"),
    ("tables.source_words(t)", TypeError, r"found a ledger: write source_words\(source\)"),
    ("read_words('more than 5')", TypeError, r'\["more than 5"\]'),
    ("read_words(['about 5'], reading='careful')", ValueError, "digits, typical, cautious"),
    ("read_words(['about 5'], errors='ignore')", ValueError, '"raise" or "coerce"'),
    ("explain_words('about 5')", TypeError, r'\["about 5"\]'),
    ("Bounds(5, 3)", ValueError, "above the upper end"),
    ("Bounds('5')", TypeError, "found '5'"),
    ("Bounds(1, 2, closed='open')", ValueError, "neither"),
    ("Ledger('nowhere')", FileNotFoundError, "reported new"),
    ("t.select(partyy='x')", TypeError, "expected topic"),
    ("t.select(party='x')", KeyError, r"parties\.csv"),
    ("round(t.fifty)", TypeError, r"\.says\(decimals=0\)"),
    ("sorted([t.fifty, t.about100])", TypeError, r"smallest\(\)"),
    ("(t.fifty > 3).under('careful')", ValueError, "digits, typical, cautious"),
    ("tables.figures([t.fifty])", TypeError, r"figures\(\*…\)"),
    ("tables.claims(t.select(quantity='dead'))", TypeError, r"claims\(\*…\)"),
    ("tables.growth(t.fifty, caption='x')", ValueError, "at least two"),
    ("tables.readings(t.fifty)", TypeError, r"readings\(ledger\)"),
    ("tables.sources()", TypeError, "ledger"),
    ("compatible(t.fifty, 'about 60')", TypeError, "found 'about 60'"),
    ("days('2031-05-01', 5)", TypeError, "2024-01-26"),
    ("days(t.km2)", ValueError, "period_start"),
    ("growth(t.fifty, t.km2)", ValueError, "unit|people|person"),
    ("smallest(t.fifty)", TypeError, "two or more"),
    ("largest([t.fifty, t.about100])", TypeError, "found 1|takes"),
    ("percent(50, 40)", ValueError, "wrong order"),
    ("said('a lot')", ValueError, "no number"),
    ("said('82 per 100,000')", UnitError, "per 100,000 of what"),
    ("said('12 a day') > t.fifty", UnitError, "name what is counted per day"),
    ("said('12 people a day') - t.fifty", UnitError, "unlike units"),
    ("t.fifty == 50", TypeError, r"compatible\("),
    ("bool(t.fifty > 3)", TypeError, r"\.verdict"),
    ("float(t.fifty)", TypeError, r"\.typical\.lower"),
    ("t.fifty + t.km2", UnitError, "unlike units"),
    ("t.fifty > t.km2", UnitError, "cannot be ordered"),
    ("total([t.fifty, t.km2])", UnitError, "unlike units"),
    ("t.fify", AttributeError, "did you mean"),
    ("t['fify']", KeyError, "did you mean"),
    ("t[['fifty']]", KeyError, r"ledger\['fifty'\]"),
    ("t[0]", KeyError, "one figure for each id"),
    ("Ledger(5)", TypeError, r'Ledger\("FOLDER"\)'),
    ("t.select(topic='floods')", KeyError, "did you mean flood"),
    ("t.select(quantity=['dead', 'saved'])", TypeError, "one id as quantity"),
    ("t.select(quantity=t.fifty.quantity)", TypeError, "quantity='dead'"),
    ("t.select(value='50')", TypeError, "a number as value"),
    ("t.select(event='floood')", KeyError, "there are flood, landslide"),
    ("t.select(qualifier='atleast')", KeyError, "at least"),
    ("t.select(evidence='none')", KeyError, "there are not mentioned"),
    ("t.series('deads')", KeyError, "did you mean dead"),
    ("t.series(t.fifty)", TypeError, "one id as quantity"),
    ("t.growth('dead', 'Mayor')", KeyError, "did you mean mayor"),
    ("t.fifty.typicall", AttributeError, "did you mean typical"),
    ("t.fifty.typical > t.km2.typical", UnitError, "unlike units"),
    ("t.fifty.typical + t.share40.typical", UnitError, "unlike units"),
    ("t.fifty.cautious > t.km2", UnitError, "unlike units"),
    ("hull(t.fifty.typical, t.km2.typical)", UnitError, "unlike units"),
    ("t.fifty.lower", AttributeError, r"\.typical\.lower"),
    ("(t.fifty + 1).cautoins", AttributeError, "did you mean cautions"),
    ("t.fifty.claimant == 'paper'", TypeError, r"\.id == 'paper'"),
    ("[f for f in t if f.quantity == 'dead']", TypeError, r"\.id == 'dead'"),
    ("t.fifty.source != 'gazette'", TypeError, r"\.id == 'gazette'"),
    ("t.fifty > '50'", TypeError, "without quotation marks"),
    ("'50' + t.fifty", TypeError, "without quotation marks"),
    ("t.fifty * '2'", TypeError, "without quotation marks"),
    ("t.fifty + None", TypeError, "missing"),
    ("t.fifty + [t.about100]", TypeError, r"total\("),
    ("t.fifty > (50, 60)", TypeError, "one figure at a time"),
    ("t.fifty + (t.fifty > 3)", TypeError, r"\.verdict"),
    ("(t.fifty > 3) + (t.fifty > 4)", TypeError, r"\.verdict"),
    ("(t.fifty > 3) & (t.fifty > 4)", TypeError, r"\.verdict"),
    ("sum([t.fifty > 3])", TypeError, r"\.verdict"),
    ("(t.fifty > 3) > 2", TypeError, r"\.verdict"),
    ("(t.fifty > 3) == (t.fifty > 3)", TypeError, r"\.verdict"),
    ("t.fifty + 1 == t.fifty + 1", TypeError, r"compatible\("),
    ("t.fifty.says('typcal')", ValueError, "digits, typical, cautious"),
    ("t.fifty.says(decimals='2')", TypeError, "a whole number as decimals"),
    ("t.fifty.says(decimals=1.5)", TypeError, "a whole number as decimals"),
    ("t.fifty.says(scale=0)", ValueError, "a scale from 1"),
    ("int(t.fifty)", TypeError, r"\.typical\.lower"),
    ("t.km2.to(5)", TypeError, '"kilometre"'),
    ("t.km2.to('people')", UnitError, "unlike units"),
    ("t.share40 > 0.3", UnitError, r"percent\(30\)"),
    ("total([])", ValueError, "no figures to add"),
    ("total(t.fifty)", TypeError, r"total\(\[a, b\]\)"),
    ("total(t.fifty, t.about100)", TypeError, r"total\(\[a, b\]\)"),
    ("total([t.fifty, 5])", TypeError, "found 5"),
    ("total([t.fifty + 1])", TypeError, r"found fifty \+ 1"),
    ("total('dead')", TypeError, r"total\(\[a, b\]\)"),
    ("growth(t.fifty, 60)", TypeError, "later - earlier"),
    ("days('1 May 2031', '4 May 2031')", ValueError, "such as 2024-01-26"),
    ("days('2031-05-04', '2031-05-01')", ValueError, "before it starts"),
    ("said(5)", TypeError, "takes words, found 5"),
    ("said(['5 km'])", TypeError, "takes words"),
    ("said('5 to 3')", ValueError, "2 numbers"),
    ("percent('5%')", TypeError, r"percent\(45\)"),
    ("percent(None)", TypeError, r"percent\(45\)"),
    ("hull(t.fifty, t.about100)", TypeError, r"take its \.typical"),
    ("intersection(t.fifty, 60)", TypeError, r"take its \.typical"),
    ("read_words(['5'], unit=5)", TypeError, "unit is 5"),
    ("read_words(['5'], also='boat')", TypeError, r"also=\['boat'\]"),
    ("lint(t.figures, words='word')", ValueError, 'no column "word"'),
]


@pytest.mark.parametrize(("slip", "error", "says"), SLIPS, ids=[slip for slip, _, _ in SLIPS])
def test_a_slip_says_what_to_write(
    t: Ledger, slip: str, error: type[Exception], says: str, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = {
        "t": t, "plt": plt, "charts": charts, "tables": tables, "answers": answers, "ask": ask, "say": say,
        "compatible": compatible, "days": days, "growth": growth, "largest": largest, "smallest": smallest,
        "percent": percent, "points": points, "said": said, "total": total,
        "Bounds": Bounds, "Ledger": Ledger, "explain_words": explain_words, "read_words": read_words,
        "hull": hull, "intersection": intersection, "lint": lint,
    }  # fmt: skip
    with pytest.raises(error, match=says) as caught:
        eval(slip, names)
    assert not list(tmp_path.iterdir())
    # IPython shows the last frame of a traceback, and of those before it none that is hidden
    package = str(Path(reported.__file__).parent)
    frames = [frame for frame, _ in walk_tb(caught.tb) if frame.f_code.co_filename.startswith(package)]
    shown = [frame.f_code.co_qualname for frame in frames[:-1] if "__tracebackhide__" not in frame.f_locals]
    assert shown == []


def test_errors_and_types_that_users_meet_are_public(t: Ledger) -> None:
    assert isinstance(t.fifty > 3, reported.Verdict)
    assert isinstance(t.fifty - 3, reported.Result)
    assert isinstance(ask("More?", t.fifty > 3), reported.Question)
    with pytest.raises(reported.UnitError):
        t.fifty + t.km2
    with pytest.raises(reported.StaleTextError):
        ask("More?", t.fifty > 3, answer="no")
    assert all(
        issubclass(e, ValueError) for e in (reported.PhraseError, reported.ProjectError, reported.DataError)
    )
    assert set(reported.__all__) <= set(dir(reported))
