"""The feedback pages of forty submissions, against nbgrader's own.

Both write the pages of the same forty marked hand-ins of a real exercise, anew each time, in
one process that has loaded everything. Theirs: stock nbgrader, that is its configuration
without our exporter, in one call for all learners, as ``nbgrader generate_feedback`` makes it.
Marking them first takes a minute or so.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import Comparison, compare
from place_kit.answers import handin, store, values
from place_kit.facts.model import Question
from place_kit.tutor.desk import course_files, making, nbgrader_run
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.feedback import writing
from place_kit.tutor.intake import taking, validated
from place_kit.tutor.marking import autograde

ASSIGNMENT = "03_cases"
LEARNERS = 40
REFLECTION = "I write our report each quarter. I asked what people wanted. " * 20


def run() -> list[Comparison]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = marked(Path(scratch))
        api = stock(folder)

        def ours() -> float:
            shutil.rmtree(folder.feedback, ignore_errors=True)
            start = time.perf_counter()
            done = writing.run(folder)
            seconds = time.perf_counter() - start
            assert len(done.written) == LEARNERS
            return seconds / LEARNERS

        def theirs() -> float:
            start = time.perf_counter()
            answer = api.generate_feedback(ASSIGNMENT, force=True)
            seconds = time.perf_counter() - start
            assert answer["success"], nbgrader_run.reason(answer)
            return seconds / LEARNERS

        what = f"feedback on {LEARNERS} submissions, each, against stock nbgrader generate_feedback"
        return [compare(what, ours, theirs, target=0.1, times=3)]


def marked(scratch: Path) -> MarkingFolder:
    """A marking folder with forty hand-ins of a real exercise, marked by rule."""
    solutions = scratch / "solutions"
    shutil.copytree(course_files.solutions() / ASSIGNMENT, solutions / ASSIGNMENT)
    names = [f"learner{number:02}" for number in range(LEARNERS)]
    roster = scratch / "roster.csv"
    roster.write_text("id,first_name\n" + "".join(f"{one},Fic\n" for one in names), "utf-8")
    folder = making.make(scratch / "marking", roster, solutions).folder
    for turn, name in enumerate(names):
        raw = handin.make(ASSIGNMENT, name, answers(turn))
        taking.take_all(folder, [taking.Arrival(name, raw)])
    done = autograde.run(folder)
    assert len(done.marked) == LEARNERS, done.failed
    return folder


def answers(turn: int) -> store.Answers:
    """An answer to every question, another one for each learner."""
    entries = {
        name: store.Entry(values.check(question, value(question, turn)), 1, 1, store.now())
        for name, question in validated.questions(ASSIGNMENT).items()
    }
    return store.Answers(ASSIGNMENT + store.GRADED, entries)


def value(question: Question, turn: int) -> object:
    """Any answer of the question's kind."""
    options = [one.id for one in question.options]
    groups = [one.id for one in question.categories]
    items = [one.id for one in question.items]
    match question.kind:
        case "choose_one":
            return options[turn % len(options)]
        case "choose_several":
            return options[: 1 + turn % len(options)]
        case "classify" | "match":
            return {item: groups[(turn + n) % len(groups)] for n, item in enumerate(items)}
        case "order":
            return items[turn % len(items) :] + items[: turn % len(items)]
        case "number":
            return str(turn)
        case "reflect":
            return REFLECTION
    raise ValueError(f"{question.id} is of a kind this exercise did not have")


def stock(folder: MarkingFolder) -> Any:
    """Nbgrader as it comes, on the same folder."""
    config = nbgrader_run.config_of(folder)
    del config.GenerateFeedback
    return nbgrader_run.api(config)
