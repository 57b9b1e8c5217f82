"""What learners read is in plain English; the worst paragraphs are named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from place_kit import facts
from tests.course.plain_english import Measured, measure, measure_all, paragraphs_of, syllables_in
from tests.course.reading import MODULES, PAGES, SOLVED, cells, name, texts

TEXT_GRADE, INSTRUCTION_GRADE = 9, 8
LONGEST_SENTENCE = 25
LONGEST_PARAGRAPH = 80  # words: about a screen of a phone
SETS = sorted({question.set for question in facts.load().questions.values()})


def worst(passages: Iterable[str]) -> str:
    """The five passages that are hardest to read."""
    hardest = sorted(map(measure, passages), key=lambda each: -each.grade)
    return "\n" + "\n".join(map(str, hardest[:5]))


def passages(path: Path) -> list[str]:
    both = (texts(path), texts(path, facilitator=True))
    return [passage for each in both for text in each for passage in paragraphs_of(text)]


def too_long(passages: Iterable[str]) -> list[Measured]:
    return [
        measured
        for measured in map(measure, passages)
        if measured.longest > LONGEST_SENTENCE or measured.words > LONGEST_PARAGRAPH
    ]


@pytest.mark.parametrize("path", [*MODULES, *PAGES, *SOLVED], ids=name)
def test_a_notebook_reads_easily(path: Path) -> None:
    found = passages(path)
    assert measure_all(found).grade <= TEXT_GRADE, worst(found)


@pytest.mark.parametrize("path", [*MODULES, *PAGES, *SOLVED], ids=name)
def test_sentences_and_paragraphs_of_a_notebook_are_short(path: Path) -> None:
    assert too_long(passages(path)) == []


def instructions(set: str) -> list[str]:
    return [
        text
        for question in facts.questions_of(set)
        for text in (
            question.prompt,
            question.help,
            *question.prompts,
            *(field.help for field in question.fields),
        )
        if text
    ]


def answers_and_reasons(set: str) -> list[str]:
    found = []
    for question in facts.questions_of(set):
        for part in (*question.options, *question.items):
            found += [text for text in (part.text, part.reason) if text]
        if question.number:
            number = question.number
            slips = [reason for _, reason in number.slips]
            found += [text for text in (number.reason, *slips, number.otherwise) if text]
    return found


@pytest.mark.parametrize("set", SETS)
def test_what_a_form_asks_reads_easily(set: str) -> None:
    found = instructions(set)
    assert measure_all(found).grade <= INSTRUCTION_GRADE, worst(found)
    assert too_long(found) == []


@pytest.mark.parametrize("set", SETS)
def test_answers_and_reasons_read_easily(set: str) -> None:
    found = answers_and_reasons(set)
    assert measure_all(found).grade <= TEXT_GRADE, worst(found)
    assert too_long(found) == []


AMERICAN = re.compile(
    r"\b(program|center|behavior|labor|color|favor|organiz\w+|recogniz\w+|analyz\w+)\b", re.I
)


@pytest.mark.parametrize("path", [*MODULES, *PAGES, *SOLVED], ids=name)
def test_the_spelling_is_british(path: Path) -> None:
    assert not AMERICAN.search("\n".join(passages(path)))


def test_the_measure_tells_hard_from_easy() -> None:
    easy = "The cat sat on the mat. It was warm. She slept."
    hard = (
        "Notwithstanding organisational heterogeneity, intersectoral collaboration necessitates "
        "institutional reconfiguration and comprehensive evaluation."
    )
    assert measure(easy).grade < 2
    assert measure(hard).grade > 20
    assert [syllables_in(word) for word in ("evidence", "organisation", "Kilbraen", "70")] == [
        3,
        5,
        2,
        1,
    ]


def used_terms(path: Path) -> set[str]:
    """The glossary's terms in what a learner reads on a page, its questions included."""
    read = [*texts(path)]
    for question in facts.questions_of(path.stem):
        parts = (*question.options, *question.items, *question.categories)
        read += [question.prompt, question.help, *(part.text for part in parts)]
    words = "\n".join(read)
    return {
        term.id
        for term in facts.load().glossary.values()
        if re.search(rf"\b{re.escape(term.term.split(' (')[0])}s?\b", words, re.IGNORECASE)
    }


def test_every_term_of_the_glossary_is_explained_in_the_module_where_it_is_first_met() -> None:
    explained: set[str] = set()
    unexplained = {}
    for path in MODULES:
        source = "\n".join(cell["source"] for cell in cells(path) if cell["cell_type"] == "code")
        for call in re.findall(r"show\.glossary\(([^)]*)\)", source):
            explained |= set(re.findall(r'"(\w+)"', call))
        if missing := used_terms(path) - explained:
            unexplained[path.name] = missing
    assert unexplained == {}
