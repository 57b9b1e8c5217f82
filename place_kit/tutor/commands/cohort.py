"""``place-kit cohort``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder


def cohort(folder: Path | None = None, names: bool = False) -> int:
    """Write the picture of the cohort as a page, and its notebook where there is none."""
    from place_kit.tutor.results import notebook

    out = console()
    place = MarkingFolder.open(folder)
    opened = notebook.open_cohort(place.root, names=names)
    say(out, opened.handed_in().text())
    path = notebook.write_page(place, opened)
    say(out, f"Written to {path}: open it in a browser.")
    if notebook.write_notebook(place):
        say(out, f"Made {notebook.NOTEBOOK}: the same in JupyterLab, yours to change.")
    return 0
