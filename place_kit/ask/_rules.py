"""What a learner is told before handing in, on the page and in print."""

from __future__ import annotations

import html

from place_kit.ask._html import Printed

RULES: tuple[str, ...] = (
    "Most answers are marked by rule, and each part counts. A reflection passes when it looks at "
    "your own practice with evidence, takes another point of view and names a change you can make.",
    "Help is fine, from people or from software. Say in your reflection what help you had.",
    "Write about nobody who could be recognised. Work that identifies a person comes back "
    "unmarked, for you to change.",
    "You may hand in again. If you disagree with a mark, or would rather give your reflection "
    "aloud, talk to your tutor.",
)


def printed(assignment: str) -> Printed:
    """The rules, and where the file is made."""
    where = "To make your hand-in file, open this notebook in the course."
    rules = "".join(f"<li>{html.escape(rule)}</li>" for rule in RULES)
    return Printed(
        f'<div class="place-kit-hand-in"><p><strong>Hand in {html.escape(assignment)}.</strong> '
        f"{where}</p><ul>{rules}</ul></div>",
        "\n".join([f"Hand in {assignment}. {where}", *(f"- {rule}" for rule in RULES)]),
    )
