"""Each mark scheme says what a level earns, and shows what it looks like."""

import json
import re

import pytest

from place_kit.tutor.desk import course_files
from place_kit.tutor.feedback.rubric import LEVELS, points_of

TASKS = [
    pytest.param(cell["metadata"]["nbgrader"]["points"], "".join(cell["source"]), id=path.stem)
    for path in sorted(course_files.solutions().glob("*/*.ipynb"))
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    if cell["metadata"].get("nbgrader", {}).get("task")
]


def test_each_exercise_has_a_piece_that_is_marked_by_the_rubric():
    assert len(TASKS) == 7


@pytest.mark.parametrize(("points", "scheme"), TASKS)
def test_a_level_earns_what_the_mark_scheme_says(points, scheme):
    said = {int(n): float(p) for n, p in re.findall(r"Level (\d), ([\d.]+) points?\.", scheme)}
    assert said == {level.number: points_of(level.number, points) for level in LEVELS}


@pytest.mark.parametrize(("points", "scheme"), TASKS)
def test_each_level_has_an_anchor_sample(points, scheme):
    for level in LEVELS:
        assert f"*Level {level.number} (not yet moderated by practitioners).*" in scheme
