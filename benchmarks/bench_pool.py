"""Pooling 10,000 team files from a folder, against the least that a script could do.

The other side reads each file with `json.load` and counts every rating with a `Counter`: no
check of anything, no duplicates, no rounds, no spread. So the ratio is the price of not
trusting a file (limits, links, keys that stand twice, unknown parts) and of the picture in
numbers. The same, reading apart: a second line compares the pooling of entries that are parsed
already with a bare count of the same values.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.measure import Comparison, compare
from place_kit.team import entry, taking
from place_kit.team.pool import Pooled, pool
from place_kit.team.session import Session, find

FILES = 10_000


def answers(session: Session, chance: random.Random) -> dict[str, Any]:
    """What somebody who answers everything might answer."""
    given: dict[str, Any] = {}
    for question in session.asked(1):
        if question.kind == "rate":
            assert question.scale is not None
            low, high = question.scale.low, question.scale.high
            given[question.id] = {item.id: chance.randint(low, high) for item in question.items}
        elif question.kind == "choose_one":
            given[question.id] = chance.choice(question.options).id
        elif question.kind == "plan":
            given[question.id] = [{field.id: "the library" for field in question.fields}]
        else:
            given[question.id] = "What we cannot change alone."
    return given


def counted(entries: list[dict[str, Any]]) -> Counter[tuple[str, str, Any]]:
    """A bare count of every rating and choice."""
    many: Counter[tuple[str, str, Any]] = Counter()
    for one in entries:
        for id, value in one.items():
            if isinstance(value, dict):
                many.update((id, item, score) for item, score in value.items())
            elif isinstance(value, str):
                many[id, "", value] += 1
    return many


def run() -> list[Comparison]:
    session, chance = find("our_place"), random.Random(7)
    texts = [question.id for question in session.questions if question.kind in entry.TEXTS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(FILES):
            raw = entry.make(session, 1, f"{number:020x}", answers(session, chance), texts)
            (folder / f"{number:05}.json").write_bytes(raw)

        def ours() -> float:
            start = time.perf_counter()
            pooled: Pooled = pool(taking.entries(taking.take(folder, session)), session)
            took = time.perf_counter() - start
            assert pooled.people == (FILES, 0)
            return took

        def theirs() -> float:
            start = time.perf_counter()
            read = []
            for path in folder.iterdir():
                with path.open(encoding="utf-8") as file:
                    read.append(json.load(file)["answers"])
            many = counted(read)
            took = time.perf_counter() - start
            assert len(read) == FILES
            assert many
            return took

        parsed = list(taking.entries(taking.take(folder, session)))
        bare = [dict(one.answers) for one in parsed]

        def pooling() -> float:
            start = time.perf_counter()
            pool(parsed, session)
            return time.perf_counter() - start

        def counting() -> float:
            start = time.perf_counter()
            counted(bare)
            return time.perf_counter() - start

        return [
            compare(
                f"reading, checking and pooling {FILES:,} team files, against json.load and a "
                "count that trusts every file",
                ours,
                theirs,
                target=4,
                times=3,
            ),
            compare(
                f"pooling {FILES:,} entries that are read already, against a bare count",
                pooling,
                counting,
                target=3,
                times=5,
            ),
        ]
