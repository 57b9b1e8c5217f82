"""Open a marking folder in JupyterLab, with formgrader in front."""

from __future__ import annotations

from place_kit.learner import lab
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import plain_words

HOME = "lab?formgrader=true"


def start(
    folder: MarkingFolder, *, port: int | None = None, open_browser: bool | None = None
) -> int:
    """Serve a marking folder until Ctrl+C; see `place_kit.learner.lab.serve`."""
    marking = lab.Served(
        folder.root,
        server="place_kit.tutor.desk._server",
        command="place-kit tutor",
        home=HOME,
        name="the marking folder",
        kept="Marks are saved",
        plainly=lambda: plain_words(folder.root),
    )
    return lab.serve(marking, port=port, open_browser=open_browser)
