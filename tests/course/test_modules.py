"""The syllabus, and what every module must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from place_kit import facts
from tests.course.reading import COURSE, MODULES, PAGES, SOLUTIONS, cells, name, texts

SYLLABUS = facts.read_syllabus(COURSE / "modules.toml")


def test_there_are_eight_modules_in_order() -> None:
    assert [module.number for module in SYLLABUS] == list(range(8))
    assert [module.id[:2] for module in SYLLABUS] == [f"{number:02}" for number in range(8)]


def test_the_course_takes_about_six_hours() -> None:
    assert 5.5 <= sum(module.minutes for module in SYLLABUS) / 60 <= 6.5


def test_every_notebook_is_in_the_syllabus() -> None:
    assert {path.stem for path in MODULES} <= {module.id for module in SYLLABUS}


def test_each_of_the_seven_questions_has_its_module() -> None:
    taken_up = [question for module in SYLLABUS[1:] for question in module.questions]
    assert sorted(taken_up) == sorted(facts.load().reflective_questions)


def test_every_assignment_has_a_solution() -> None:
    named = {module.assignment for module in SYLLABUS if module.assignment}
    assert named == {folder.name for folder in SOLUTIONS.iterdir() if folder.is_dir()}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_title_is_the_one_of_the_syllabus(path: Path) -> None:
    (module,) = [module for module in SYLLABUS if module.id == path.stem]
    assert texts(path)[0].splitlines()[0] == f"# {module.title}"


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=name)
def test_a_notebook_says_whose_booklet_it_is_based_on_and_its_licence(path: Path) -> None:
    text = "\n".join(texts(path))
    for words in ("Fiona Munro", "Iriss", "CC BY-NC-SA 2.5 UK: Scotland", "CC BY-NC-SA 4.0"):
        assert words in text


def test_welcome_and_five_cases_ask_in_all_nine_kinds() -> None:
    practice = [*facts.questions_of("00_welcome"), *facts.questions_of("03_cases")]
    assert len({question.kind for question in practice}) == 9


def test_each_case_has_its_card_its_corrections_and_what_came_since() -> None:
    code = "\n".join(cell["source"] for cell in cells(COURSE / "03_cases.ipynb"))
    for case in facts.load().cases:
        for call in (f'show.case("{case}")', f'show.corrections(case="{case}")'):
            assert call in code
        if facts.load().cases[case].since:
            assert f'show.since("{case}")' in code


def test_every_figure_in_a_modules_prose_stands_in_the_content() -> None:
    """Times, phone numbers, years and the course's own marks are not facts of the cases."""
    figures = [figure for claim in facts.load().claims() for figure in claim.figures]
    known = {f"{figure.value:g}" for figure in figures}
    own = re.compile(
        r"\[[^\]]*\]\([^)]*\)|116 123|999|\(\d+ minutes\)|\b(19|20)\d\d\b|CC BY\S* \d\.\d|"
        r"2\.5|\d+ minutes|level \d of \d|\d+% of the points|carries \d+%|carry \d+%"
    )
    for path in MODULES:
        for text in (*texts(path), *texts(path, facilitator=True)):
            for number in re.findall(r"\d+", own.sub("", text)):
                assert number in known, (path.name, number, text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_welcome_leads_to_each_page_and_each_leads_back(path: Path) -> None:
    assert f"]({path.name})" in "\n".join(texts(COURSE / "00_welcome.ipynb"))
    assert "](00_welcome.ipynb)" in "\n".join(texts(path))


def test_the_pages_show_every_term_and_every_work() -> None:
    code = {path.stem: "\n".join(cell["source"] for cell in cells(path)) for path in PAGES}
    assert "show.glossary()" in code["glossary"]
    assert "show.references()" in code["references"]


def test_the_page_on_privacy_lists_what_is_kept_and_moves_and_deletes_it() -> None:
    code = "\n".join(cell["source"] for cell in cells(COURSE / "privacy.ipynb"))
    for call in ("show.kept()", "ask.move()", "ask.forget()"):
        assert call in code


def test_each_module_from_the_second_on_begins_by_recalling_earlier_ones() -> None:
    for path in MODULES[2:]:
        code = [cell["source"] for cell in cells(path) if cell["cell_type"] == "code"]
        assert f'ask.recall("{path.stem}")' in code[:4], path.name
