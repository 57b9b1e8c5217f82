"""``place-kit team pool``: a folder of team files in, the room's pictures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from place_kit.answers.files import is_link, plain_bytes
from place_kit.answers.text import clean
from place_kit.documents import picture
from place_kit.problems import PlaceKitError
from place_kit.team import counts, page, taking
from place_kit.team.pictures import Picture, pictures
from place_kit.team.pool import FEWEST, Pooled, pool
from place_kit.team.session import find
from place_kit.team.writing import plain_words, write_all

PAGE, PICTURES = "index.html", "pictures"
NARROW = 460
"""Pixels across of a picture's own file: blown up to a wall, its letters are large."""


def run(folder: Path, session: str, to: Path) -> int:
    """Pool a folder of team files, write what may be shown, and say what became of each file.

    Parameters
    ----------
    folder
        Where the team files are.
    session
        The session's id.
    to
        The folder that gets the page, the counts and the pictures.

    Returns
    -------
    int
        0 when every file was taken and there were enough, 1 when something is to be looked at.
    """
    asked = find(session)
    arrived = taking.take(folder, asked)
    for line in said(arrived):
        print(line)
    pooled = pool(taking.entries(arrived), asked)
    ours(to)
    print(page.answered(pooled))
    if not pooled.enough:
        with plain_words(to):
            kept = set_aside(to)
            clear(to)
        if kept:
            print(f"The counts of before are kept: {kept}")
        print(asked.few)
        return 1
    for line in write(to, pooled):
        print(line)
    return int(any(one.outcome == "refused" for one in arrived))


def write(to: Path, pooled: Pooled) -> Iterator[str]:
    """Write the page, the counts and the pictures of a pool; yields what to say of them."""
    drawn = pictures(pooled)
    files = {
        PAGE: page.render(pooled, drawn).encode("utf-8"),
        counts.NAME: counts.write(pooled),
    }
    as_png = True
    for one in drawn:
        svg = svg_of(one)
        files[f"{PICTURES}/{one.name}.svg"] = svg.encode("utf-8")
        if as_png:
            try:
                files[f"{PICTURES}/{one.name}.png"] = picture.png(svg)
            except PlaceKitError:
                as_png = False
    kept = None

    def make_room() -> None:
        nonlocal kept
        kept = set_aside(to, files[counts.NAME])
        clear(to)

    write_all(to, files, make_room)
    if kept:
        yield f"The counts of before are kept: {kept}"
    yield f"Written to {to / PAGE}: open it in a browser."
    yield (
        f"The counts: {to / counts.NAME}. Keep that file, and the next session can be put beside "
        "this one when the team files are deleted."
    )
    yield f"Each picture by itself, in {to / PICTURES}: " + (
        "SVG and PNG." if as_png else "SVG. For PNG too: pip install 'place-kit[team]'"
    )


def svg_of(one: Picture) -> str:
    """A picture as an SVG file of its own."""
    card = one.card
    assert card.drawing is not None
    return card.drawing.file(title=card.title, alt=card.alt, width=NARROW)


def ours(to: Path) -> None:
    """See to it that no page of somebody else stands in a folder.

    Raises
    ------
    PlaceKitError
        If one does.
    """
    try:
        raw = plain_bytes(to / PAGE, 2_000)
    except FileNotFoundError:
        return
    except OSError:
        raw = b""  # a link or a folder: not ours
    if f'content="{page.MADE_BY}"'.encode() not in raw:
        raise PlaceKitError(
            f"{to / PAGE} was not made here, so nothing was written. Name another folder: --to"
        )


def set_aside(to: Path, new: bytes = b"") -> Path | None:
    """Keep the counts of an earlier day under that day: its team files may be gone by now.

    Counts of today are this session's own, and go with the rest: someone may have withdrawn.
    """
    old = to / counts.NAME
    ours = (to / PAGE).exists() and old.is_file() and not is_link(old)
    if not ours or old.read_bytes() == new:
        return None
    day = date.fromtimestamp(old.stat().st_mtime)
    if day == date.today():
        return None
    names = (f"counts-{day}{more}.csv" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    free = next(to / name for name in names if not (to / name).exists())
    return old.rename(free)


def clear(to: Path) -> None:
    """Take away what an earlier run wrote: what may not be shown any more must not stay."""
    if not (to / PAGE).exists():
        return
    old = (to / PICTURES).glob("*") if not is_link(to / PICTURES) else ()
    for path in (*old, to / counts.NAME, to / PAGE):
        if path.suffix in (".svg", ".png", ".csv", ".html"):
            path.unlink(missing_ok=True)


def said(arrived: Sequence[taking.Arrived]) -> Iterator[str]:
    """What became of each file, in words that a terminal can show."""
    many = Counter(one.outcome for one in arrived)
    yield (
        f"{len(arrived)} files: {many['taken']} taken, {many['duplicate']} duplicate, "
        f"{many['refused']} refused. Nothing is shown of fewer than {FEWEST} people."
    )
    for one in arrived:
        if one.outcome != "taken":
            # A name of a file is anybody's text: one line, and no signs that a terminal obeys.
            name = " ".join(clean(one.name).split())[:120]
            yield f"  {one.outcome}: {name}: {clean(one.reason)}"
