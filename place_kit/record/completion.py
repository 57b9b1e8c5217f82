"""The certificate page: who completed what, when, and what it is not."""

from __future__ import annotations

import place_kit
from place_kit.answers import days
from place_kit.documents import Document, Facts, Heading, Paragraph, Table
from place_kit.documents.origin import COURSE, ORIGIN
from place_kit.record import badge
from place_kit.record.known import Known, LacksError

RULE = "every question of every module has an answer"
UNSIGNED = (
    f"{badge.UNSIGNED} It was made on the learner’s own computer, from the learner’s own answers."
)


def missing(known: Known) -> tuple[str, ...]:
    """Say what is still to be done before there is a certificate; nothing if it can be made."""
    lines = [
        f"{each.module.title}: {each.of - each.answered} of {each.of} questions to answer."
        for each in known.modules
        if each.state != "done"
    ]
    if not known.own.get("about_me.name"):
        lines.append("Your name: fill it in on the page “Your record”.")
    return tuple(lines)


def document(known: Known) -> Document:
    """Give the certificate; without a signed badge, it says that it is none.

    Parameters
    ----------
    known
        What the learner's answers say.

    Raises
    ------
    LacksError
        If the course is not done: what is missing.
    """
    lacks = missing(known)
    if lacks:
        raise LacksError(
            f"There is no certificate yet. It can be made when {RULE}, and you have given your "
            "name.",
            lacks,
        )
    name = known.own["about_me.name"]
    return Document(
        title=f"Certificate of completion: {COURSE}",
        subtitle=name,
        author=name,
        blocks=(
            Paragraph(
                f"This page says that {name} has worked through all {len(known.modules)} modules "
                f"of the course {COURSE}. By the course’s rule that means: {RULE}."
            ),
            Facts(
                (
                    ("Completed", days.of(known.dates[1])),
                    ("Begun", days.of(known.dates[0])),
                    ("Minutes", f"{known.minutes}, as the course reckons its modules"),
                    ("Course", f"{COURSE}, version {place_kit.__version__}"),
                )
            ),
            Table(
                caption="The modules, and what each is for",
                headers=("Module", "Minutes", "You will be able to"),
                rows=tuple(
                    (
                        each.module.title,
                        str(each.module.minutes),
                        "; ".join(each.module.outcomes),
                    )
                    for each in known.modules
                ),
            ),
            Heading(1, "What this page is"),
            Paragraph(known.badge or UNSIGNED),
        ),
        footer=ORIGIN,
    )
