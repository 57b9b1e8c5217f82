"""Which edition this is, and the words that are true in one of them only."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """What is said of where things are, and of what to do when something fails.

    `where` stands after “in”. `paths` says whether a place in the learner's folder means
    something to them, and `documents` whether Word and PDF files can be made.
    """

    paths: bool
    documents: bool
    where: str
    about: str
    start_again: str
    no_room: str
    not_allowed: str
    too_large: str
    no_documents: str


DESKTOP = Edition(
    paths=True,
    documents=True,
    where="your course folder",
    about="Your course folder is {folder}.",
    start_again="Start the course again (place-kit learn), then reload this page.",
    no_room=(
        "The disk is full, so this was not saved. What was saved before is safe. "
        "Make some room, then do the same once more."
    ),
    not_allowed=(
        "The folder {folder} does not allow changes, so this was not saved. "
        "Ask whoever looks after this computer, or use a folder of your own."
    ),
    too_large="That file is too large to bring in here. In a terminal: place-kit import FILE",
    no_documents=(
        "What writes Word and PDF files is not installed here. To install it: "
        "pip install 'place-kit[record]'. Plain text works without it."
    ),
)
BROWSER = Edition(
    paths=False,
    documents=False,
    where="this browser",
    about=(
        "All of it is in this browser, on this computer, under the address of this course. If you "
        "clear the data of this site in your browser, it is gone. An export is a copy of your own."
    ),
    start_again="Reload this page.",
    no_room=(
        "This browser could not keep it: there may be no room left for the course. What was "
        "saved before is safe. Make some room on this computer, then do the same once more."
    ),
    not_allowed=(
        "This browser does not let the course keep anything now, so this was not saved. What was "
        "saved before is safe. Reload this page, and allow site data if you are asked."
    ),
    too_large="That file is too large to bring in here. No export of this course is so large.",
    no_documents=(
        "Word and PDF files are made where the course is installed on a computer: carry your work "
        "there with an export. Plain text can be made here, and opens in Word."
    ),
)
IN_BROWSER = sys.platform == "emscripten"


def here() -> Edition:
    """The edition that runs."""
    return BROWSER if IN_BROWSER else DESKTOP
