"""A learner's own work, from the terminal: into one file, out of one, and deleted for good."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from place_kit.answers import bundle, forgetting, moving, places, store
from place_kit.answers.files import home_of
from place_kit.answers.forgetting import Forgotten, Wish
from place_kit.learner import DEFAULT_FOLDER, lab
from place_kit.problems import PlaceKitError

CONFIRM = "DELETE"


def home(folder: Path | None) -> Path:
    """The learner's folder that is meant: named, the one around here, or the usual one."""
    if folder is None:
        around = Path.cwd()
        usual = Path(DEFAULT_FOLDER).expanduser()
        folder = around if home_of(around) or not usual.exists() else usual
    return places.home(folder.expanduser().resolve())


def export(file: Path, folder: Path | None = None) -> int:
    """Write all of a learner's work into one file.

    Parameters
    ----------
    file
        Where to put it.
    folder
        The learner's folder.

    Returns
    -------
    int
        1 where something could not be read and is not in it.
    """
    own = home(folder)
    raw, problems = moving.export(own)
    if file.is_dir():
        file = file / "place-based-working.zip"
    old = store.read_plain_file(file, len(raw))
    if old is not None and old != raw and not _is_export(file):
        raise PlaceKitError(
            f"{file} is there already, and is no export of the course, so it was left. "
            "Give another name: place-kit export NAME.zip"
        )
    store.write_whole(file, raw)
    for problem in problems:
        print(problem)
    print(f"All your work of {own} is in {file} ({len(raw):,} bytes).")
    print("It holds your answers, earlier versions, hand-ins and the name you go by: keep it safe.")
    print("To bring it in on another machine: place-kit import " + file.name)
    return int(bool(problems))


def take(file: Path, folder: Path | None = None) -> int:
    """Bring the work of such a file into a learner's folder, and say what was done.

    Parameters
    ----------
    file
        What `export` made, here or on another machine.
    folder
        The learner's folder.

    Returns
    -------
    int
        1 where a part could not be taken.
    """
    own = home(folder)
    raw = store.read_plain_file(file.expanduser(), bundle.MAX_BYTES)
    if raw is None:
        raise PlaceKitError(f"There is no file {file}. Check its name, then try again.")
    rows = moving.take(own, raw)
    for line in table(moving.HEADINGS, [row.cells() for row in rows]):
        print(line)
    changed = any(row.new or row.newer for row in rows)
    print("Nothing that was here is lost." if changed else "Nothing here had to change.")
    if lab.running(own):
        print("The course is open: reload its pages to see what came in.")
    return int(any(row.failed for row in rows))


def forget(
    folder: Path | None = None,
    *,
    text: str | None = None,
    part: str | None = None,
    all: bool = False,
    yes: bool = False,
    ask: Callable[[str], str] = input,
) -> int:
    """Delete for good what the learner names or chooses, and say what was done.

    Parameters
    ----------
    folder
        The learner's folder.
    text, part, all
        A question's id, a set's, or everything; where none is given, the learner is asked.
    yes
        Do not ask whether it is meant.
    ask
        Puts a question to the learner.

    Returns
    -------
    int
        0, also where the learner thought better of it.
    """
    own = home(folder)
    if lab.running(own):
        raise PlaceKitError(
            "The course is open, and a page of it may save a text again. Stop it first (Ctrl+C "
            "where it was started), then do this again. Or use the page “Your data” in the course."
        )
    _said(forgetting.finish(own))  # of a time before
    wish = _wish(own, text, part, all) or _chosen(own, ask)
    if wish is None:
        print("Nothing was deleted.")
        return 0
    if not yes:
        print(f"This deletes {forgetting.described(own, wish)}, with all copies in {own}.")
        print("It cannot be undone.")
        print("What you have handed in is also with your tutor: ask them to delete it there.")
        if ask(f"Type {CONFIRM} to go on: ").strip() != CONFIRM:
            print("Nothing was deleted.")
            return 0
    _said(forgetting.forget(own, wish))
    print("It is deleted for good.")
    return 0


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in plain letters; the last column may be as long as it likes."""
    lines = [headings, *rows]
    wide = [max(len(line[column]) for line in lines) for column in range(len(headings) - 1)]
    said = [
        "  ".join((*(cell.ljust(many) for cell, many in zip(line, wide, strict=False)), line[-1]))
        for line in lines
    ]
    return [line.rstrip() for line in (said[0], "-" * len(said[0]), *said[1:])]


def _is_export(file: Path) -> bool:
    try:
        bundle.parse(store.read_plain_file(file, bundle.MAX_BYTES) or b"")
    except PlaceKitError:
        return False
    return True


def _wish(own: Path, text: str | None, part: str | None, all: bool) -> Wish | None:
    if all:
        return Wish("all")
    if part:
        return Wish("set", part)
    return Wish("text", text) if text else None


def _chosen(own: Path, ask: Callable[[str], str]) -> Wish | None:
    if not sys.stdin.isatty() and ask is input:
        raise PlaceKitError(
            "Say what to delete: --text QUESTION, --part ID or --all. "
            "Without these it asks, and there is nobody here to answer."
        )
    wishes: list[Wish] = []
    rows = []
    for one in forgetting.texts(own):
        wishes.append(Wish("text", one.id))
        rows.append((str(len(wishes)), one.where, one.at[:10], one.first))
    for name, title in forgetting.sets(own).items():
        wishes.append(Wish("set", name))
        rows.append((str(len(wishes)), title, "", "All answers"))
    wishes.append(Wish("all"))
    rows.append((str(len(wishes)), "The course", "", "Everything that you made"))
    for line in table(("Number", "Module", "Date", "First words"), rows):
        print(line)
    given = ask("Which number is to be deleted? (Enter for none): ").strip()
    if not given:
        return None
    if not given.isdecimal() or not 1 <= int(given) <= len(wishes):
        raise PlaceKitError(f"{given[:20]} is not one of the numbers. Nothing was deleted.")
    return wishes[int(given) - 1]


def _said(done: Forgotten) -> None:
    for verb, names in (("Deleted", done.deleted), ("Changed", done.changed)):
        for name in names:
            print(f"{verb}: {name}")
    for left in done.left:
        print(f"Look at: {left}")
