"""The tutor's desk: a marking folder, the intake, marking through nbgrader, feedback.

Nothing a learner sent is ever opened as a notebook or run: an answer is data.
"""

from __future__ import annotations

from place_kit.tutor.commands import collect, feedback, make, mark, status

__all__ = ["collect", "feedback", "make", "mark", "status"]
