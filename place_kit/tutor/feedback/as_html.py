"""A feedback page as HTML: one file, with nothing to fetch; everything in it is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from place_kit.answers import returned
from place_kit.tutor.feedback import telling
from place_kit.tutor.feedback.page import Page, out_of
from place_kit.tutor.feedback.rubric import LEVELS


def render(page: Page) -> str:
    """The page as HTML."""
    return str(
        _template().render(
            page=page,
            tell=telling,
            levels=LEVELS,
            carried_name=returned.NAME,
            carried=returned.to_json(carried(page)),
        )
    )


def carried(page: Page) -> returned.Returned:
    """The few facts that the page's head carries for the learner's own record of progress."""
    verdict = page.verdict.outcome if page.verdict else "waiting"
    return returned.Returned(
        page.assignment,
        page.points,
        out_of(page.parts),
        passed={"passed": True, "not yet": False}.get(verdict),
        level=page.level.number if page.level else None,
        at=page.handed_in,
    )


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("feedback.html.j2")
