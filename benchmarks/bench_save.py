"""Saving one click among 200 answers, against a bare atomic write of the same bytes."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Comparison, compare
from place_kit.answers.store import AnswerFile
from place_kit.facts.model import Option, Question

ANSWERS = 200
CLICKS = 50


def question(number: int) -> Question:
    return Question(
        id=f"99_bench.q{number}",
        set="99_bench",
        graded=False,
        revision=1,
        kind="choose_one",
        prompt="Which?",
        options=(Option("first", "First"), Option("second", "Second")),
    )


def run() -> list[Comparison]:
    with tempfile.TemporaryDirectory() as folder:
        file = AnswerFile("99_bench", Path(folder) / "99_bench.json")
        questions = [question(number) for number in range(ANSWERS)]
        for one in questions:
            file.save(one, "first", settle=True)
        raw, bare = file.path.read_bytes(), Path(folder) / "bare.json"

        def ours() -> float:
            start = time.perf_counter()
            for number in range(CLICKS):
                file.save(questions[number], "second" if number % 2 else "first")
            return (time.perf_counter() - start) / CLICKS

        def theirs(sync: bool) -> float:
            start = time.perf_counter()
            for _ in range(CLICKS):
                temporary = bare.with_suffix(".tmp")
                with temporary.open("wb") as handle:
                    handle.write(raw)
                    if sync:
                        handle.flush()
                        os.fsync(handle.fileno())
                temporary.replace(bare)
            return (time.perf_counter() - start) / CLICKS

        size = f"{len(raw) // 1000} kB"
        return [
            compare(
                f"saving a click among {ANSWERS} answers ({size}), against a bare atomic write",
                ours,
                lambda: theirs(sync=True),
                target=3,
                times=7,
            ),
        ]
