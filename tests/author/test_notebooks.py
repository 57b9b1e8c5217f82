"""The notebook checker, tried on one good notebook and on many small bad ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from place_kit.author import notebooks
from tests.author import making
from tests.author.making import QUESTIONS, Change, cell


def codes(path: Path) -> list[str]:
    return [problem.code for problem in notebooks.problems(path, QUESTIONS)]


def module(folder: Path, change: Change | None = None) -> Path:
    return making.write(folder / "course" / "01_small.ipynb", making.module(), change)


def test_a_good_module_has_no_problems(tmp_path: Path) -> None:
    assert codes(module(tmp_path)) == []


def source(id: str, text: str) -> Change:
    def change(notebook: Any) -> None:
        cell(notebook, id).source = text

    return change


def without_hiding(notebook: Any) -> None:
    cell(notebook, "one").metadata = {"tags": ["hide-input"]}


def with_output(notebook: Any) -> None:
    cell(notebook, "one").execution_count = 3


def old_format(notebook: Any) -> None:
    notebook.nbformat_minor = 4
    for each in notebook.cells:
        del each["id"]


def no_language(notebook: Any) -> None:
    del notebook.metadata["language_info"]


def left_over_metadata(notebook: Any) -> None:
    notebook.metadata["widgets"] = {}


def random_id(notebook: Any) -> None:
    cell(notebook, "one").id = "3f9a0c1e"


def same_id(notebook: Any) -> None:
    cell(notebook, "section").id = "title"


def untagged_note(notebook: Any) -> None:
    del cell(notebook, "note").metadata["tags"]


def asked_twice(notebook: Any) -> None:
    notebook.cells.append(making.code("again", 'ask.question("01_small.one")'))


BAD: dict[str, tuple[str, Change]] = {
    "an old format": ("NB002", old_format),
    "no language": ("NB003", no_language),
    "metadata that a tool left": ("NB003", left_over_metadata),
    "an id that a machine made": ("NB004", random_id),
    "an id used twice": ("NB004", same_id),
    "an execution count": ("NB005", with_output),
    "code that shows": ("NB006", without_hiding),
    "no title": ("NB007", source("title", "Small")),
    "two titles": ("NB007", source("section", "# Another")),
    "a heading that skips a level": ("NB008", source("section", "### A part")),
    "an image with no words": ("NB009", source("section", "## A\n\n![](01_small.ipynb)")),
    "an HTML image with no words": ("NB009", source("section", '## A\n\n<img src="a.png">')),
    "a link to nowhere": ("NB010", source("title", "# Small\n\n[gone](gone.ipynb)")),
    "a first cell that is no import": ("NB011", source("import", "show.glossary()")),
    "an import of anything else": ("NB011", source("import", "from place_kit import cli")),
    "a second import": ("NB011", source("one", "import os")),
    "code that computes": ("NB012", source("one", "show.case('a' + 'b')")),
    "two calls in a cell": ("NB012", source("one", "show.glossary()\nshow.glossary()")),
    "code that does not parse": ("NB012", source("one", "ask.question(")),
    "a note for facilitators without its tag": ("NB013", untagged_note),
    "a heading in a facilitator's note": ("NB013", source("note", "## For the facilitator")),
    "a question nobody wrote": ("NB014", source("one", 'ask.question("01_small.two")')),
    "a question never asked": ("NB015", source("one", "show.glossary()")),
    "a question asked twice": ("NB015", asked_twice),
    "a graded question": ("NB016", source("one", 'ask.question("01_small.graded.choice")')),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_spoiled_module_is_found_out(tmp_path: Path, bad: str) -> None:
    code, change = BAD[bad]
    assert code in codes(module(tmp_path, change))


@pytest.mark.parametrize("raw", ["", "{", "[]", '{"cells": 1}', '{"nbformat": 4, "cells": [{}]}'])
def test_what_is_not_a_notebook_is_one_problem(tmp_path: Path, raw: str) -> None:
    path = module(tmp_path)
    path.write_text(raw)
    assert codes(path) == ["NB001"]


def test_code_inside_a_fence_is_neither_heading_nor_link(tmp_path: Path) -> None:
    fenced = source("title", "# Small\n\n```\n# not a title\n[x](gone)\n```")
    assert codes(module(tmp_path, fenced)) == []


def test_tidy_mends_what_it_can_and_then_leaves_the_file_alone(tmp_path: Path) -> None:
    path = module(tmp_path, with_output)
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert set(codes(path)) == {"NB005", "NB017"}
    assert notebooks.tidy(path)
    assert codes(path) == []
    assert not notebooks.tidy(path)


def test_a_problem_says_where_what_and_how_to_mend_it(tmp_path: Path) -> None:
    (problem,) = notebooks.problems(module(tmp_path, with_output), QUESTIONS)
    assert str(problem).startswith("course/01_small.ipynb, cell one: NB005 The cell holds")
    assert "tidy" in problem.mend


def test_every_code_is_explained_at_the_top_of_its_module() -> None:
    from place_kit.author import graded

    for module in (notebooks, graded):
        text = Path(module.__file__).read_text()
        used = set(re.findall(r'"(NB\d{3})"', text))
        assert used <= set((module.__doc__ or "").split()), module.__name__
