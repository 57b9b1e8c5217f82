"""``python -m benchmarks [NAME ...]``: run all benchmarks, or those named."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(
    path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")
)


def main() -> int:
    missed = 0
    for name in sys.argv[1:] or NAMES:
        if name not in NAMES:
            print(f"There is no benchmark {name}. There are: {', '.join(NAMES)}.")
            return 1
        for comparison in import_module(f"benchmarks.bench_{name}").run():
            print(comparison.line(), flush=True)
            missed += comparison.ratio > comparison.target
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
