"""Every card: plain words, safe HTML, one heading; and a mistake is said in words."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path

import pytest

from place_kit import facts, show
from place_kit.answers.store import AnswerFile
from place_kit.facts.model import Figure, Module
from place_kit.problems import PlaceKitError
from place_kit.show import cases, comparison, evidence, lists, modules, percentages, words
from place_kit.show._html import details, items, join, pairs, tag
from place_kit.show.card import Card, Table
from tests.show.making import EVIL
from tests.show.making import facts as made

MODULES = (
    Module("00_start", 0, EVIL, 15, (EVIL,), ("q1",)),
    Module("03_cases", 3, "Cases", 60, ("see",), assignment="03_cases"),
)

CARDS = {
    "grid": evidence.grid,
    "equally well": percentages.equally_well,
    "comparison": lambda known: comparison.compare(known, "equally_well", "other"),
    "case": lambda known: cases.case(known, "equally_well"),
    "since": lambda known: cases.since(known, "equally_well"),
    "corrections": cases.corrections,
    "claim": lambda known: evidence.claim(known, "equally_well", "outcome"),
    "principles": lists.principles,
    "pitfalls": lists.pitfalls,
    "questions": lists.reflective_questions,
    "framework": lambda known: lists.framework(known, "f"),
    "glossary": lists.glossary,
    "references": lists.references,
    "module": lambda known: modules.module(known, MODULES, "00_start"),
    "syllabus": lambda known: modules.syllabus(MODULES, Path("nowhere")),
}


@pytest.mark.parametrize("name", CARDS)
def test_text_stays_text(name):
    drawn = CARDS[name](made())
    for bundle in drawn.outputs():
        html = bundle["text/html"]
        assert "<script" not in html
        assert "alert(" in html or "pk-after" in html
        assert '"quoted"' not in re.sub(r"<[^>]*>", "", html)
    if drawn.figure:
        text = [each["text"] for each in drawn.figure["layout"]["annotations"]]
        assert not any("<script" in each for each in text)


@pytest.mark.parametrize("name", CARDS)
def test_a_card_has_no_id_and_no_script_of_its_own_and_its_title_is_its_one_heading(name):
    html = CARDS[name](made(text="words")).html()
    headings = re.findall(r"<h([1-6]) class=\"(.*?)\">", html)
    assert headings in ([("3", "pk-title")], [("2", "pk-title")], [])
    assert not re.search(r"\bid=|<script|\bon\w+=|https?://(?!www\.w3\.org)", html)


@pytest.mark.parametrize("name", CARDS)
def test_every_element_that_is_opened_is_closed(name):
    from html.parser import HTMLParser

    class Balance(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, name, _):
            self.open.append(name)

        def handle_endtag(self, name):
            assert self.open.pop() == name

    balance = Balance()
    balance.feed(CARDS[name](made()).html())
    assert balance.open == []


# --- the cards of the course --------------------------------------------------------------------


@pytest.mark.parametrize("id", facts.load().cases)
def test_a_case_shows_all_that_is_known_of_it(id):
    known = facts.load().cases[id]
    html = show.case(id).html()
    for text in (known.title, known.place, known.led_by, *known.aims, *known.achieved):
        assert text.replace("'", "&#x27;") in html
    assert html.count("<details") == 1


def test_a_case_without_achievements_says_that_none_is_stated():
    assert "No achieved result is stated." in show.case("total_place").html()


@pytest.mark.parametrize("id", facts.load().cases)
def test_what_came_later_says_how_sure_it_is_or_that_nothing_was_found(id):
    known = facts.load().cases[id]
    html = show.since(id).html()
    for each in known.since:
        assert each.text in html
        assert words.CERTAINTIES[each.certainty] in html
    assert ("We have found nothing" in html) == (not known.since)


def test_corrections_are_shown_all_or_for_one_case():
    known = facts.load().corrections.values()
    assert show.corrections().html().count("<dt>Printed</dt>") == len(known)
    for id in facts.load().cases:
        mine = [each for each in known if id in each.cases]
        html = show.corrections(case=id).html()
        assert html.count("<dt>Printed</dt>") == len(mine)
        assert all(each.course in html and each.why in html for each in mine)


@pytest.mark.parametrize("kind", ["activity", "process", "cost", "outcome"])
@pytest.mark.parametrize("id", facts.load().cases)
def test_a_claim_comes_with_finding_certainty_and_source(id, kind):
    html = show.claim(id, kind).html()
    for claim in facts.load().cases[id].claims_of(kind):
        assert claim.text in html
        assert words.sentence(words.FINDINGS[claim.finding]) in html
        assert words.CERTAINTIES[claim.certainty] in html
        assert evidence.cited(facts.load(), claim.references) in html


def test_a_percentage_without_a_base_says_so():
    html = show.claim("equally_well", "outcome").html()
    assert "<strong>3%</strong>" in html
    assert "of whom is not stated" in html


def test_principles_lead_with_the_statement_and_note_the_printed_heading():
    html = show.principles().html()
    for each in facts.load().principles.values():
        assert html.index(each.statement) < html.index(
            f"“{each.heading}”", html.index(each.statement)
        )
        assert each.note in html


def test_a_framework_counts_on_through_its_groups():
    html = show.framework("arnstein").html()
    assert '<ol start="3">' in html
    assert '<ol start="6">' in html
    assert html.count("<li>") == 8


def test_glossary_and_references_show_those_named_or_all():
    known = facts.load()
    assert show.glossary().html().count("<dt>") == len(known.glossary)
    assert show.glossary("asset").html().count("<dt>") == 1
    assert show.references().html().count("<li>") == len(known.references)
    assert show.references("fyfe-2011", "telfer-2013").html().count("<li>") == 2


def test_lists_of_the_course_are_whole():
    assert show.principles().html().count("<li>") == 5
    assert show.pitfalls().html().count("<li>") == 5
    assert show.reflective_questions().html().count("<li>") == 7


# --- the syllabus -------------------------------------------------------------------------------

COURSE = Path(show.__file__).parents[2] / "course"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copy(COURSE / "modules.toml", tmp_path)
    (tmp_path / "03_cases.ipynb").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_module_says_what_it_is_for_how_long_it_takes_and_what_comes_after(folder):
    html = show.module("03_cases").html()
    assert "60 minutes" in html
    assert "cost and outcome" in html
    assert "your tutor marks" in html
    assert "your tutor marks" not in show.module("00_welcome").html()


def test_the_syllabus_links_to_modules_that_are_here_and_says_which_come_later(folder):
    html = show.syllabus().html()
    assert 'href="03_cases.ipynb"' in html
    assert html.count("<a ") == 1
    assert html.count("coming later") == 7


def test_without_a_syllabus_the_card_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "place-kit learn" in show.syllabus().html()
    assert "place-kit learn" in show.module("03_cases").html()


# --- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "ids", "hint"),
    [
        ("case", ["bradfrod"], "bradford"),
        ("since", ["totl_place"], "total_place"),
        ("corrections", ["equaly_well"], "equally_well"),
        ("claim", ["bradford", "outcomes"], "outcome"),
        ("compare_cases", ["bradford", "<b>"], "Did you mean"),
        ("framework", ["arnstien"], "arnstein"),
        ("glossary", ["asset", "asets"], "asset"),
        ("references", ["telfer-2031"], "telfer-2013"),
    ],
)
def test_an_unknown_id_is_said_in_words_with_the_nearest(verb, ids, hint):
    card = getattr(show, verb)(*ids)
    assert "This part cannot be shown." in card.html()
    assert hint in card.html()
    assert "<b>" not in card.html()
    assert hint in card.text()


def test_the_pure_verbs_raise():
    with pytest.raises(PlaceKitError, match=r"no case “x”\. Did you mean"):
        cases.case(made(), "x")


# --- small parts --------------------------------------------------------------------------------


def test_a_table_has_a_caption_scopes_and_can_be_reached_by_keyboard():
    html = Table("What <is> here", ("A", "B"), (("one", "2"),)).html()
    assert "<caption>What &lt;is&gt; here</caption>" in html
    assert '<th scope="col">A</th>' in html
    assert '<th scope="row">one</th>' in html
    assert 'tabindex="0" role="group" aria-label="What &lt;is&gt; here"' in html


def test_html_is_escaped_unless_it_is_html_already():
    assert tag("p", "a < b", tag("b", "c")) == "<p>a &lt; b<b>c</b></p>"
    assert tag("p", class_='a"b', hidden=True, title=None) == '<p class="a&quot;b" hidden></p>'
    assert join(("<", tag("i")), between="&") == "&lt;&amp;<i></i>"
    assert items([]) == ""
    assert pairs([("a", ""), ("b", "c")]) == "<dl><dt>b</dt><dd>c</dd></dl>"
    assert details("more", "x") == "<details><summary>more</summary>x</details>"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (40, "percent", "40%"),
        (4_000_000, "pounds", "£4 million"),
        (1250, "pounds", "£1,250"),
        (30, "months", "30 months"),
        (1, "years", "1 year"),
        (1074, "count", "1,074"),
        (2.5, "count", "2.5"),
    ],
)
def test_amounts_are_written_with_their_unit(value, unit, text):
    assert words.amount(Figure("x", value, unit, "x")) == text


def test_lists_and_counts_are_written_as_people_say_them():
    assert words.together(["a", "b", "c"]) == "a, b and c"
    assert words.together(["a"]) == "a"
    assert words.together([]) == ""
    assert [words.count(number) for number in (0, 5, 12)] == ["none", "five", "12"]


def test_a_card_without_a_picture_is_one_output_without_plotly():
    (bundle,) = Card("Title", "Say.").outputs()
    assert set(bundle) == {"text/html", "text/plain"}
    assert Card("Title", "Say.").figure is None


def test_displaying_a_card_puts_out_each_part(monkeypatch):
    import IPython.display

    put = []
    monkeypatch.setattr(IPython.display, "publish_display_data", put.append)
    show.evidence_grid()._ipython_display_()
    assert len(put) == 3


def test_showing_needs_no_plotly():
    import subprocess
    import sys

    code = (
        "import sys; from place_kit import show; show.evidence_grid()._repr_mimebundle_(); "
        "assert not {'plotly', 'anywidget', 'ipywidgets'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_many_notes_on_a_case_stand_folded_below_the_first_two():
    html = show.corrections("total_place")._repr_mimebundle_()["text/html"]
    open_part, folded = html.split("<details", 1)
    notes = [one for one in facts.load().corrections.values() if "total_place" in one.cases]
    assert f"{len(notes) - 2} more notes" in folded
    assert [escape(one.printed) in open_part for one in notes] == [
        number < 2 for number in range(len(notes))
    ]


def test_a_few_terms_stand_open_and_many_are_folded_under_the_words_themselves():
    few, many = list(facts.load().glossary)[:3], list(facts.load().glossary)[:9]
    assert "<details" not in show.glossary(*few).html()
    assert "<details" in show.glossary(*many).html()
    assert "<details" not in show.glossary().html()


def test_the_list_of_modules_says_how_far_the_reader_is(tmp_path, monkeypatch):
    root = Path(__file__).parents[2] / "course"
    for name in ("modules.toml", "02_assets.ipynb", "03_cases.ipynb"):
        shutil.copy(root / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert "answered" not in show.syllabus().html()
    asked = facts.question("03_cases.predict")
    AnswerFile("03_cases").save(asked, asked.options[0].id)
    count = len(facts.questions_of("03_cases"))
    assert show.syllabus().html().count("answered") == 1
    assert f"1 of {count} answered" in show.syllabus().html()
    (tmp_path / "answers" / "03_cases.json").write_text("damaged", encoding="utf-8")
    assert "answered" not in show.syllabus().html()
