"""A marking folder with any number of hand-ins for a real exercise, each other than the last."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import handin, store
from place_kit.facts.model import Question
from place_kit.tutor.desk import making
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.intake import taking
from place_kit.tutor.intake.arrivals import Arrival

ASSIGNMENT = "03_cases"
SOLUTIONS = Path(__file__).parents[2] / "solutions"
WORDS = [
    "we",
    "asked",
    "people",
    "here",
    "what",
    "they",
    "have",
    "and",
    "what",
    "they",
    "want",
    "to",
    "change",
    "next",
]


def learners(number: int) -> list[str]:
    """Ids of made-up learners."""
    return [f"learner-{count:04}" for count in range(number)]


def forty(root: Path, number: int = 40) -> MarkingFolder:
    """Make the folder, and take in a hand-in of every learner."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "roster.csv").write_text("id\n" + "\n".join(learners(number)))
    shutil.copytree(SOLUTIONS / ASSIGNMENT, root / "solutions" / ASSIGNMENT)
    making.make(root / "marking", root / "roster.csv", root / "solutions")
    folder = MarkingFolder.open(root / "marking")
    taken = taking.take_all(
        folder,
        [
            Arrival(f"{learner}.json", hand_in(learner, seed))
            for seed, learner in enumerate(learners(number))
        ],
    )
    assert {one.outcome for one in taken} == {"taken"}
    return folder


def hand_in(learner: str, seed: int, made: str = "2026-11-20T10:00:00Z") -> bytes:
    """A hand-in whose answers are drawn by `seed`, some of them missing."""
    draw = random.Random(seed)
    answers = {
        one.id: store.Entry(answer(one, draw), one.revision, 1, "2026-11-20T10:00:00Z")
        for one in facts.questions_of(ASSIGNMENT + store.GRADED)
        if draw.random() < 0.95
    }
    raw = handin.make(ASSIGNMENT, learner, store.Answers(ASSIGNMENT + store.GRADED, answers))
    return json.dumps({**json.loads(raw), "made": made}).encode()


def answer(question: Question, draw: random.Random) -> Any:
    """Any answer to a question, right or wrong."""
    options, items, categories = (
        [part.id for part in parts]
        for parts in (question.options, question.items, question.categories)
    )
    match question.kind:
        case "choose_one":
            return draw.choice(options)
        case "choose_several":
            return [one for one in options if draw.random() < 0.5]
        case "classify":
            return {one: draw.choice(categories) for one in items if draw.random() < 0.9}
        case "match":
            return dict(zip(items, draw.sample(categories, len(items)), strict=True))
        case "order":
            return draw.sample(items, len(items))
        case "number":
            return str(draw.randint(0, 13))
        case "reflect":
            return " ".join(draw.choices(WORDS, k=220))
    raise AssertionError(f"{question.kind} is in no exercise that is used here")
