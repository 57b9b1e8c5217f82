"""Everything the booklet teaches is taught, practised and examined somewhere in the course.

A notebook teaches what it shows (``show.case("bradford")``); a question says what it is
about. What nobody shows or asks is named here.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from place_kit import facts

ROOT = Path(__file__).parents[2]
# The booklet's own content, and the ways to evaluate that it names. The rest is background.
BOOKLET = {
    "cases": None,
    "principles": None,
    "pitfalls": None,
    "reflective_questions": None,
    "frameworks": ("contribution_analysis", "participatory_evaluation", "narrative_evaluation"),
    "arguments": ("bottom_up_top_down", "why_now", "more_with_more", "precursors", "limits"),
}
# A call that shows all of a kind.
ALL_OF = {
    "show.principles()": "principles",
    "show.pitfalls()": "pitfalls",
    "show.reflective_questions()": "reflective_questions",
    "show.evaluations()": "frameworks",
}


def wanted() -> list[str]:
    known = facts.load()
    return [f"{part}.{id}" for part, ids in BOOKLET.items() for id in (ids or getattr(known, part))]


def shown() -> set[str]:
    """What the modules' cells show, by id."""
    known, found = facts.load(), set()
    for path in sorted((ROOT / "course").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            for call, part in ALL_OF.items():
                if call in cell.source:
                    found |= {f"{part}.{id}" for id in getattr(known, part)}
            for verb, id in re.findall(r'show\.(\w+)\(\s*"([a-z0-9_]+)"', cell.source):
                part = {"case": "cases", "framework": "frameworks"}.get(verb)
                if part:
                    found.add(f"{part}.{id}")
    return found


def asked(*, graded: bool) -> set[str]:
    """What the questions of the modules, or of the exercises, are about."""
    return {
        about
        for question in facts.load().questions.values()
        if question.graded == graded
        for about in question.about
    }


@pytest.mark.parametrize("id", [id for id in wanted() if not id.startswith("arguments.")])
def test_it_is_shown_in_a_module(id: str) -> None:
    assert id in shown(), f"{id} is shown in no module"


@pytest.mark.parametrize("id", wanted())
def test_it_is_practised_in_a_module(id: str) -> None:
    assert id in asked(graded=False), f"no practice question is about {id}"


@pytest.mark.parametrize("id", wanted())
def test_it_is_examined_in_an_exercise(id: str) -> None:
    assert id in asked(graded=True), f"no graded question is about {id}"
