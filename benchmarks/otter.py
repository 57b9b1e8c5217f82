"""The exercise as an assignment of Otter-Grader, in an environment of its own.

The same questions: each is a cell that names its answer and a test with a case for each
part. Otter-Grader's pins do not fit beside ours, so it is installed apart, once.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from place_kit import facts
from place_kit.answers import store
from place_kit.facts.model import Question
from tests.tutor.forty import ASSIGNMENT, answer

PACKAGES = ("otter-grader[grading]==7.0.0", "ipykernel")
APART = Path(__file__).parents[1] / ".venv-otter"


def installed() -> Path | None:
    """The folder of Otter-Grader's commands, installed if need be; None if it cannot be."""
    commands = APART / ("Scripts" if os.name == "nt" else "bin")
    if not list(commands.glob("otter*")):
        print("Installing Otter-Grader beside the project, once.")
        subprocess.run([sys.executable, "-m", "venv", APART], check=True)
        pip = [commands / "python", "-m", "pip", "install", "--quiet", *PACKAGES]
        if subprocess.run(pip, check=False).returncode:
            return None
    return commands


def seconds_each(commands: Path, scratch: Path, number: int) -> float:
    """The seconds that ``otter run`` takes for a submission, on average over some."""
    environment = {**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}

    def otter(*arguments: str) -> None:
        command = [str(commands / "otter"), *arguments]
        subprocess.run(command, cwd=scratch, env=environment, capture_output=True, check=True)

    asked = [
        one
        for one in facts.questions_of(ASSIGNMENT + store.GRADED)
        if one.kind not in ("reflect", "plan")
    ]
    (scratch / "tests").mkdir(parents=True)
    for count, question in enumerate(asked):
        (scratch / "tests" / f"q{count}.py").write_text(_test(f"q{count}", question))
    otter("generate", "-t", "tests", "-o", "autograder.zip")
    for seed in range(number):
        nbformat.write(_submission(asked, random.Random(seed)), scratch / f"{seed}.ipynb")
    begun = time.perf_counter()
    for seed in range(number):
        otter("run", "-a", "autograder.zip", f"{seed}.ipynb")
    return (time.perf_counter() - begun) / number


def _submission(asked: list[Question], draw: random.Random) -> Any:
    cells = ["import otter\ngrader = otter.Notebook(tests_dir='tests')"]
    for count, question in enumerate(asked):
        cells += [f"q{count} = {answer(question, draw)!r}", f"grader.check('q{count}')"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=list(map(new_code_cell, cells)), metadata={"kernelspec": kernel})


def _test(name: str, question: Question) -> str:
    right = answer(question, random.Random(0))
    parts = right.items() if isinstance(right, dict) else [(None, right)]
    cases = [
        {"code": f">>> assert {name if part is None else f'{name}.get({part!r})'} == {value!r}\n"}
        for part, value in parts
    ]
    kinds: dict[str, Any] = {"hidden": False, "locked": False}
    suite = {"type": "doctest", "scored": True, "setup": "", "teardown": ""}
    suites = [{**suite, "cases": [{**case, **kinds} for case in cases]}]
    test = {"name": name, "points": [1] * len(cases), "suites": suites}
    return f"OK_FORMAT = True\ntest = {test!r}\n"
