"""``place-kit restore``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder


def restore(folder: Path | None = None, name: str = "") -> int:
    """Put a backup of the gradebook back."""
    from place_kit.tutor.desk import restoring

    out = console()
    place = MarkingFolder.open(folder)
    done = restoring.restore(place, name)
    say(out, f"The backup {done.backup.name} is the gradebook now.")
    if done.aside:
        say(out, f"The gradebook from before is kept as {done.aside.relative_to(place.root)}.")
    if done.enrolled:
        people = ", ".join(done.enrolled)
        say(out, f"Enrolled again, by id alone: {people}. A roster file brings their names back.")
    for learner, assignment in done.look_again:
        say(out, f"{assignment} of {learner} came later than its mark: please look at it again.")
    say(
        out,
        "Now run 'place-kit mark': it marks by rule anew. Marks given by hand since the backup "
        "have to be given again.",
        "yellow",
    )
    return 0
