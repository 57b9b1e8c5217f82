"""More time for one learner: until when each extension lasts.

nbgrader keeps an extension with a submission, so it has no place for one before something is
handed in. Ours are kept in ``extensions.json``; `place_kit.tutor.desk.late` writes them into
the gradebook as soon as it can.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import NotPlainError, read_plain, write_whole

RECORD = "extensions.json"
_LIMIT = 5_000_000


def until(folder: MarkingFolder, learner: str, assignment: str) -> datetime | None:
    """When a learner's extension ends, in UTC; None where there is none."""
    return granted(folder).get((learner, assignment))


def granted(folder: MarkingFolder) -> Mapping[tuple[str, str], datetime]:
    """Every extension, by learner and assignment.

    Raises
    ------
    PlaceKitError
        If the record cannot be read: nobody may lose points for that.
    """
    path = folder.root / RECORD
    if not path.exists() and not path.is_symlink():
        return {}
    try:
        entries: list[dict[str, Any]] = json.loads(read_plain(path, _LIMIT))
        return {
            (str(one["learner"]), str(one["assignment"])): datetime.fromisoformat(
                one["until"]
            ).astimezone(UTC)
            for one in entries
        }
    except (NotPlainError, ValueError, TypeError, KeyError) as error:
        raise PlaceKitError(
            f"{path} says who has more time, and it cannot be read ({error}). Correct it, or move "
            "it away and grant the extensions again with 'place-kit extend'."
        ) from None


def write(folder: MarkingFolder, record: Mapping[tuple[str, str], datetime]) -> None:
    """Keep all extensions."""
    entries = [
        {"learner": learner, "assignment": assignment, "until": until.isoformat()}
        for (learner, assignment), until in sorted(record.items())
    ]
    write_whole(folder.root / RECORD, json.dumps(entries, indent=1).encode("ascii"))
