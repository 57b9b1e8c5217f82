"""`import place_kit` against `import ipywidgets`, each in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import Comparison, compare

TIMED = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"


def seconds(module: str) -> float:
    """The seconds an import takes inside a new interpreter, its start-up left out."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(module)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def run() -> list[Comparison]:
    return [
        compare(
            "import place_kit, against import ipywidgets",
            lambda: seconds("place_kit"),
            lambda: seconds("ipywidgets"),
            target=0.25,
            times=7,
        ),
        # What a notebook really needs: the names in its import cell, questions and pictures.
        compare(
            "import place_kit.ask and .show, against import anywidget",
            lambda: seconds("place_kit.ask, place_kit.show"),
            lambda: seconds("anywidget"),
            target=1.5,
            times=7,
        ),
    ]
