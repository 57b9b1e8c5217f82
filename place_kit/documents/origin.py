"""Where the course comes from and its licence, as every document that leaves it says."""

from __future__ import annotations

from place_kit.documents.model import Run, Text

COURSE = "Place-based working"

ORIGIN: tuple[Text, ...] = (
    (
        Run(f"{COURSE} is a course based on IRISS On… Place-based working by Fiona Munro "),
        Run("(Iriss, June 2015), published under "),
        Run(
            "CC BY-NC-SA 2.5 UK: Scotland",
            link="https://creativecommons.org/licenses/by-nc-sa/2.5/scotland/",
        ),
        Run(". The course’s own words: "),
        Run("CC BY-NC-SA 4.0", link="https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        Run(". What a learner wrote is the learner’s own."),
    ),
    "Neither Iriss nor any regulator has checked or approved this course.",
)
"""The end of a document."""
