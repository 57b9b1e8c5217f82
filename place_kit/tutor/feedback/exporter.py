"""The feedback page, written wherever nbgrader writes its own: by ``nbgrader
generate_feedback`` and by formgrader's button. ``place-kit feedback`` writes the same, faster.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.feedback.as_html import render
from place_kit.tutor.feedback.sources import Sources


class FeedbackPage(Exporter):  # type: ignore[misc]
    """Stands in for nbgrader's HTML exporter, whose page shows keys and mark schemes."""

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page for one marked notebook."""
        resources = dict(resources or {})
        info = resources["nbgrader"]
        assignment, learner = info["assignment"], info["student"]
        coursedir = self.parent.coursedir
        with gradebook.opened(coursedir.db_url) as book:
            one = gradebook.roster_in(book).get(learner, Learner(learner))
            scores = gradebook.scores_in(book, assignment, info["notebook"], learner)
            lost = gradebook.penalties_in(book, assignment, info["notebook"]).get(learner, 0.0)
        sources = Sources.of(MarkingFolder(Path(coursedir.root)), assignment)
        made = sources.page(Path(filename), one, scores.get(learner, {}), lost)
        resources["output_extension"] = ".html"
        return render(made), resources
