"""Who has completed the course: for their badges."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import listed


def completed(
    folder: Path | None = None, learners: Collection[str] = ()
) -> tuple[dict[str, str], Path]:
    """The names of those who passed every exercise, by their ids; and where badges go.

    Raises
    ------
    PlaceKitError
        Nobody has, there is no exercise, or somebody who is named has not: then nobody gets a
        badge.
    """
    from place_kit.tutor.desk import gradebook, late
    from place_kit.tutor.results import reading

    place = MarkingFolder.open(folder)
    with place.locked():
        late.apply_penalties(place)  # work that came too late to count is no pass
    people = gradebook.roster(place)
    names = {id: f"{one.first_name} {one.last_name}".strip() or id for id, one in people.items()}
    # Who is left out of a sheet, because marking was stopped, has not passed it.
    passed = {
        sheet.assignment: {one.learner.id for one in sheet.having("passed")}
        for sheet in reading.sheets(place)
    }
    if not passed:
        raise PlaceKitError(
            f"There is no exercise in {place.root}, so nobody has passed and nothing was signed."
        )
    lacking = {
        id: missing
        for id in names
        if (missing := [name for name, ids in passed.items() if id not in ids])
    }
    unknown = sorted(set(learners) - names.keys())
    if unknown:
        raise PlaceKitError(f"Not in the gradebook: {listed(unknown)}. Nothing was signed.")
    for id in learners:
        if id in lacking:
            raise PlaceKitError(
                f"{id} has not passed {listed(lacking[id])}, so nothing was signed. "
                "'place-kit status' says what is still to be marked."
            )
    done = {id: names[id] for id in sorted(learners or names) if id not in lacking}
    if not done:
        raise PlaceKitError("Nobody has passed every exercise yet, so nothing was signed.")
    return done, place.root / "badges"
