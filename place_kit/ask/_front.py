"""Whether somebody can click: a front end listens, or the notebook only runs and prints."""

from __future__ import annotations

import os
from typing import Literal, cast

from place_kit.facts import edition

Forms = Literal["live", "static"]


def is_live() -> bool:
    """Whether forms should be live; otherwise they are printed.

    ``PLACE_KIT_FORMS=live`` or ``static`` decides by itself. nbgrader and nbconvert run
    notebooks with nobody there: an output that offers a widget would be an empty box.
    """
    wish = cast(Forms | None, os.environ.get("PLACE_KIT_FORMS"))
    if wish in ("live", "static"):
        return wish == "live"
    if "NBGRADER_EXECUTION" in os.environ:
        return False
    # JupyterLab and Notebook name the session; the browser edition and VS Code do not.
    named = {"JPY_SESSION_NAME", "VSCODE_PID"} & os.environ.keys()
    return bool(named) or edition.IN_BROWSER
