"""The feedback page, written wherever nbgrader writes its own: by ``nbgrader
generate_feedback``, by formgrader's button, and by ``place-kit feedback``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor import words
from place_kit.tutor.desk import course_files, gradebook, settings
from place_kit.tutor.desk.marking_folder import ANSWERS, MarkingFolder
from place_kit.tutor.feedback import page
from place_kit.tutor.intake import validated


class FeedbackPage(Exporter):  # type: ignore[misc]
    """Stands in for nbgrader's HTML exporter, whose page shows keys and mark schemes."""

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page for one marked notebook."""
        import nbformat

        resources = dict(resources or {})
        info = resources["nbgrader"]
        coursedir = self.parent.coursedir
        made = page.gather(
            nbformat.read(filename, as_version=4),
            gradebook.scores(
                coursedir.db_url, info["assignment"], info["notebook"], info["student"]
            ),
            _answers(Path(filename).with_name(ANSWERS), info["assignment"]),
            _name(coursedir.db_url, info["student"]),
            module=_module(info["assignment"]),
            contact=settings.read(MarkingFolder(Path(coursedir.root))).contact,
        )
        resources["output_extension"] = ".html"
        return render(made), resources


def render(made: page.Page) -> str:
    """The page as HTML: one file, with nothing to fetch; everything in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["number"] = words.number
    template = templates.get_template("feedback.html.j2")
    return template.render(page=made, points=page.points, out_of=page.out_of)


def _answers(path: Path, assignment: str) -> store.Answers:
    try:
        return validated.read(path, assignment)
    except PlaceKitError:
        return store.Answers(assignment + store.GRADED)


def _name(db_url: str, learner: str) -> str:
    with gradebook.opened(db_url) as book:
        one = book.find_student(learner)
        return words.clean(f"{one.first_name or ''} {one.last_name or ''}".strip() or learner)


def _module(assignment: str) -> str:
    try:
        module = course_files.module_of(assignment)
    except PlaceKitError:
        return ""
    return f"module {module.number}, {module.title}" if module else ""
