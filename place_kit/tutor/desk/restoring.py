"""Put a backup in the gradebook's place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups, gradebook
from place_kit.tutor.desk.marking_folder import TIMESTAMP, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.files import move_aside, plain_words, read_plain
from place_kit.tutor.times import from_nbgrader
from place_kit.tutor.words import clean, utc_stamp


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did.

    `aside` is where the gradebook from before is now, `enrolled` who had joined since the
    backup, and `look_again` whose writing may be other than what was marked by hand.
    """

    backup: Path
    aside: Path | None
    enrolled: tuple[str, ...]
    look_again: tuple[tuple[str, str], ...]


def restore(folder: MarkingFolder, name: str = "") -> Restored:
    """Put a backup back: the newest that is whole, or the one named.

    Marked copies are taken away, so that 'place-kit mark' marks everything anew: none may stand
    for marks that the backup does not have. Stopped half-way, it is run again.

    Raises
    ------
    PlaceKitError
        If there is no such backup, or the gradebook is whole and none was named.
    """
    with folder.locked():
        backup = _chosen(folder, name)
        # On a copy, so that the gradebook is put in place with all that belongs in it.
        shop = MarkingFolder(folder.workshop / "tmp-restore")
        shutil.rmtree(shop.root, ignore_errors=True)
        backups.copy(backup, shop.gradebook)
        enrolled = _enrol(folder, shop)
        changed = _look_again(folder, shop)
        with plain_words(folder.autograded):
            if folder.autograded.exists():
                shutil.rmtree(folder.autograded)
        aside = _move_away(folder)
        with plain_words(folder.gradebook):
            shop.gradebook.replace(folder.gradebook)
            shop.root.rmdir()
    return Restored(backup, aside, enrolled, changed)


def _chosen(folder: MarkingFolder, name: str) -> Path:
    copies = backups.listed(folder)
    if name:
        path = backups.folder_of(folder) / Path(name).name
        if not path.is_file():
            there = ", ".join(one.name for one in copies) or "none"
            raise PlaceKitError(f"There is no backup {clean(name)}. There is: {there}.")
        if damage := backups.damage_of(path, thoroughly=True):
            raise PlaceKitError(f"The backup {path.name} is damaged, too: {damage}. Name another.")
        return path
    damage = backups.damage_of(folder.gradebook, thoroughly=True)
    if not damage:
        there = ", ".join(one.name for one in copies) or "none"
        raise PlaceKitError(
            "The gradebook is whole, and nothing was changed. To go back to an earlier one, name "
            f"it: place-kit restore --from NAME. There is: {there}."
        )
    for path in copies:
        if not backups.damage_of(path, thoroughly=True):
            return path
    raise PlaceKitError(backups.what_to_do(folder.gradebook, damage))


def _enrol(folder: MarkingFolder, shop: MarkingFolder) -> tuple[str, ...]:
    """Enrol those who were on the roster when their work was taken, and are not in the backup."""
    have_work = {path.parent.name for path in folder.submitted.glob("*/*") if path.is_dir()}
    new = sorted(have_work - gradebook.roster(shop).keys())
    gradebook.enrol(shop, map(Learner, new))
    return tuple(new)


def _look_again(folder: MarkingFolder, shop: MarkingFolder) -> tuple[tuple[str, str], ...]:
    """Ask to look again at writing that came after the backup's marks were given."""
    asked = []
    for learner, assignment, marked in gradebook.arrivals(shop):
        place = folder.submitted / learner / assignment / TIMESTAMP
        try:
            arrived = from_nbgrader(read_plain(place, 100).decode("ascii", "replace"))
        except PlaceKitError:
            continue
        if arrived != marked and gradebook.look_again(shop, assignment, learner):
            asked.append((learner, assignment))
    return tuple(asked)


def _move_away(folder: MarkingFolder) -> Path | None:
    kept = backups.folder_of(folder) / f"before-restore-{utc_stamp()}.db"
    aside = None
    for ending in (*backups.COMPANIONS, ""):
        path = folder.gradebook.with_name(folder.gradebook.name + ending)
        if path.exists():
            aside = move_aside(path, kept.with_name(kept.name + ending))
    return aside
