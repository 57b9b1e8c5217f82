"""``place-kit tutor``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder


def make(folder: Path | None, roster: Path | None = None) -> int:
    """Make a marking folder, or bring one up to date.

    Returns
    -------
    int
        0 when all went well, 1 when something is to be looked at. So do all here.
    """
    from place_kit.tutor.desk import making, settings
    from place_kit.tutor.results import notebook

    out = console()
    made = making.make(folder or MarkingFolder.open().root, roster)
    if notebook.write_notebook(made.folder):
        made.done.append(f"Made {notebook.NOTEBOOK}, the picture of the group.")
    for line in made.done or ["All is as it was."]:
        say(out, line)
    for line in made.problems:
        say(out, line, "yellow")
    for line in settings.missing(settings.read(made.folder), made.folder.notebooks()):
        say(out, line, "yellow")
    say(out, f"Next: cd {made.folder.root}, then place-kit collect INBOX.")
    return int(bool(made.problems))
