"""``place-kit team pool``: a folder of team files in, the room's pictures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from place_kit.answers.files import read_plain_file, write_whole
from place_kit.answers.text import clean
from place_kit.documents import picture, sheet
from place_kit.problems import PlaceKitError
from place_kit.team import page, taking
from place_kit.team.pictures import Picture, pictures
from place_kit.team.pool import FEWEST, Pooled, pool
from place_kit.team.session import find

PAGE, COUNTS, PICTURES = "index.html", "counts.csv", "pictures"
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
    for line in _said(arrived):
        print(line)
    pooled = pool(taking.entries(arrived), asked)
    clear(to)
    print(page.answered(pooled))
    if not pooled.enough:
        print(asked.few)
        return 1
    for line in write(to, pooled):
        print(line)
    return int(any(one.outcome == "refused" for one in arrived))


def write(to: Path, pooled: Pooled) -> Iterator[str]:
    """Write the page, the counts and the pictures of a pool; yields what to say of them."""
    drawn = pictures(pooled)
    write_whole(to / PAGE, page.render(pooled, drawn).encode("utf-8"))
    write_whole(to / COUNTS, sheet.write(page.COLUMNS, page.counts(pooled)))
    yield f"Written to {to / PAGE}: open it in a browser."
    yield f"The counts, for a spreadsheet: {to / COUNTS}"
    as_png = True
    for one in drawn:
        svg = svg_of(one)
        write_whole(to / PICTURES / f"{one.name}.svg", svg.encode("utf-8"))
        if as_png:
            try:
                write_whole(to / PICTURES / f"{one.name}.png", picture.png(svg))
            except PlaceKitError:
                as_png = False
    yield f"Each picture by itself, in {to / PICTURES}: " + (
        "SVG and PNG." if as_png else "SVG. For PNG too: pip install 'place-kit[team]'"
    )


def svg_of(one: Picture) -> str:
    """A picture as an SVG file of its own."""
    card = one.card
    assert card.drawing is not None
    return card.drawing.file(title=card.title, alt=card.alt, width=NARROW)


def clear(to: Path) -> None:
    """Take away what an earlier run wrote: what may not be shown any more must not stay.

    Raises
    ------
    PlaceKitError
        If a page that is not ours stands there.
    """
    raw = read_plain_file(to / PAGE, 10_000_000)
    if raw is None:
        return
    if f'content="{page.MADE_BY}"'.encode() not in raw[:2_000]:
        raise PlaceKitError(
            f"{to / PAGE} was not made here, so nothing was written. Name another folder: --to"
        )
    old = (to / PICTURES).glob("*") if not (to / PICTURES).is_symlink() else ()
    for path in (*old, to / COUNTS, to / PAGE):
        if path.suffix in (".svg", ".png", ".csv", ".html"):
            path.unlink(missing_ok=True)


def _said(arrived: tuple[taking.Arrived, ...]) -> Iterator[str]:
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
