"""``place-kit grades``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say, table
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count, listed


def grades(folder: Path | None = None, platform: str = "plain", assignment: str = "") -> int:
    """Write the grades as a file for a learning platform, and say what is not in it."""
    from place_kit.tutor.desk import late, roster
    from place_kit.tutor.files import write_whole
    from place_kit.tutor.results import exports, reading

    out = console()
    place = MarkingFolder.open(folder)
    with place.locked():
        late.apply_penalties(place)
    sheets = reading.sheets(place, assignment)
    if platform != "plain" and not assignment:
        # A column that holds nothing would only make an empty grade item.
        sheets = tuple(sheet for sheet in sheets if sheet.ready)
    if not sheets:
        say(out, "No grade is ready yet. 'place-kit status' says what is still to do.")
        return 0
    export = exports.write(platform, sheets, roster.platform_columns(place))
    name = "-".join(filter(None, ("grades", platform, assignment)))
    path = place.root / "results" / f"{name}.csv"
    write_whole(path, export.raw)
    rows = [
        (
            sheet.title,
            str(len(sheet.ready)),
            str(len(sheet.having("waiting"))),
            str(len(sheet.having("not handed in"))),
            str(sheet.stopped),
        )
        for sheet in sheets
    ]
    table(out, ("Exercise", "Graded", "Waiting", "Not handed in", "Stopped"), rows)
    say(out, f"{count(export.rows, 'row')} written to {path}.")
    if any(sheet.having("waiting", "not handed in") for sheet in sheets):
        say(out, "What waits for a mark, or was not handed in, has no grade there: it is not 0.")
    if any(sheet.stopped for sheet in sheets):
        say(out, "What is stopped is left out.")
    say(out, export.how)
    if export.unknown:
        words = f"Left out, not known to the platform: {listed(export.unknown)}."
        say(out, f"{words} {exports.load(export)}", "yellow")
    return int(bool(export.unknown))
