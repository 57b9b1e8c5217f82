"""Forty submissions of a real exercise: ``place-kit mark`` against what else there is.

Each is a whole command, from its start, on a marking folder of its own: plain ``nbgrader
autograde`` on a copy, and ``otter run`` on an equal assignment, which a course might use
instead. What a further submission costs is worked out from forty and from ten.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import otter
from benchmarks.measure import Comparison
from tests.tutor.forty import ASSIGNMENT, forty

MANY, FEW, OTTERS = 40, 10, 5
OURS = ("place_kit", "mark")
THEIRS = ("nbgrader", "autograde", ASSIGNMENT)


def run() -> list[Comparison]:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        many, few = forty(root / "many", MANY).root, forty(root / "few", FEW).root
        seconds(few, *OURS)  # to warm up
        ours, theirs = seconds(many, *OURS), seconds(many, *THEIRS)
        begun, began = seconds(few, *OURS), seconds(few, *THEIRS)
        further = ((ours - begun) / (MANY - FEW), (theirs - began) / (MANY - FEW))
        commands = otter.installed()
        if commands is None:
            print("Otter-Grader was not measured: it could not be installed.")
            other = []
        else:
            each = otter.seconds_each(commands, root / "otter", OTTERS)
            other = [Comparison("each of them, against otter run", ours / MANY, each, 0.1)]
        return [
            Comparison(
                f"place-kit mark of {MANY} submissions, against nbgrader autograde",
                ours,
                theirs,
                target=0.1,
            ),
            Comparison("each further submission, against the same", *further, target=0.05),
            *other,
        ]


def seconds(folder: Path, module: str, *arguments: str) -> float:
    """The seconds a command takes in a fresh copy of a marking folder."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=copy,
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - begun
