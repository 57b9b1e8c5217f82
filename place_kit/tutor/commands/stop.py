"""``place-kit stop``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder


def stop(
    learner: str,
    assignment: str,
    folder: Path | None = None,
    *,
    by: str = "",
    note: str = "",
    resume: bool = False,
) -> int:
    """Stop the marking of a submission that discloses harm, or let it go on."""
    import getpass

    from place_kit.tutor.desk import settings, stopped

    out = console()
    place = MarkingFolder.open(folder)
    contact = settings.read(place).contact
    with place.locked():
        if resume:
            one = stopped.resume(place, learner, assignment)
            say(out, f"{assignment} of {learner} can be marked again. {one.by} had stopped it.")
            return 0
        one = stopped.stop(place, learner, assignment, by=by or getpass.getuser(), note=note)
    say(out, f"Stopped: {assignment} of {learner}, by {one.by}, at {one.at}.")
    say(out, "It is not marked, and is in no feedback and no export, until you resume it.")
    say(
        out,
        "Now follow your organisation's safeguarding procedure. Do not answer through feedback. "
        + (f"Turn to: {contact}." if contact else "Turn to the person your organisation names."),
        "yellow",
    )
    if not contact:
        say(out, "No contact is named in place-kit.toml yet: add it under [safeguarding].")
    say(out, "If feedback on it was sent before, that copy is out of our reach.")
    return 0
