"""``cohort.ipynb`` and ``results/cohort.html``: the same pictures, with a kernel and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from place_kit.show.card import Card, style
from place_kit.show.lookup import find
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import write_whole
from place_kit.tutor.results import pictures, reading
from place_kit.tutor.results.reading import Picture

NOTEBOOK = "cohort.ipynb"
PAGE = Path("results", "cohort.html")
TITLE = "The cohort"
ABOUT = (
    "How this group is doing, as counts. What was left open is counted apart from what was not "
    "right, and every picture says of how many it speaks."
)
_HOW = (
    f"{ABOUT}\n\nTo see it as it is now, choose *Run*, then *Run All Cells*. To see who has not "
    "handed in, write `results.open_cohort(names=True)` in the cell below. This notebook is "
    "yours: change it as you like, and it stays as you leave it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Cards, one below the other."""

    cards: tuple[Card, ...]

    def _ipython_display_(self) -> None:
        for card in self.cards:
            card._ipython_display_()


@dataclass(frozen=True, slots=True)
class Cohort:
    """The pictures of a marking folder as it was when it was opened, by assignment."""

    pictures: Mapping[str, Picture]
    names: bool = False

    def handed_in(self) -> Card:
        """Who has handed in, and how far the marking is."""
        return pictures.handed_in([one.sheet for one in self.pictures.values()], names=self.names)

    def questions(self, assignment: str) -> Card:
        """How each question of an exercise went."""
        return pictures.questions(self._of(assignment))

    def answers(self, assignment: str) -> Shown:
        """Each question in its parts, and what was chosen where it was not right."""
        return Shown(pictures.answers(self._of(assignment)))

    def levels(self, assignment: str) -> Card:
        """How many reflections are at each level of the rubric."""
        return pictures.levels(self._of(assignment))

    def _of(self, assignment: str) -> Picture:
        return find(self.pictures, assignment, "exercise")


def open_cohort(folder: Path | None = None, *, names: bool = False) -> Cohort:
    """Read how the cohort of a marking folder is doing.

    Parameters
    ----------
    folder
        The marking folder; by default the current one, which is the notebook's.
    names
        Whether to say who has not handed in, who waits and who has not passed yet.

    Raises
    ------
    PlaceKitError
        If it is no marking folder, or its gradebook cannot be read.
    """
    read = reading.pictures(MarkingFolder.open(folder))
    return Cohort({one.sheet.assignment: one for one in read}, names)


def write_notebook(folder: MarkingFolder) -> bool:
    """Write ``cohort.ipynb`` where there is none; one that is there belongs to the tutor."""
    path = folder.root / NOTEBOOK
    if path.exists() or path.is_symlink():
        return False
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    cells = [
        new_markdown_cell(f"# {TITLE}\n\n{_HOW}", id="title"),
        new_code_cell("from place_kit.tutor import results", id="import"),
        new_code_cell("cohort = results.open_cohort()", id="open"),
        new_markdown_cell("## Who has handed in", id="who"),
        new_code_cell("cohort.handed_in()", id="handed-in"),
    ]
    for number, (assignment, title) in enumerate(reading.titles(folder).items(), start=1):
        cells.append(new_markdown_cell(f"## {title}", id=f"title-{number}"))
        cells += [
            new_code_cell(f'cohort.{verb}("{assignment}")', id=f"{verb}-{number}")
            for verb in ("questions", "answers", "levels")
        ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = new_notebook(cells=cells, metadata=metadata)
    write_whole(path, nbformat.writes(made).encode("utf-8"))
    return True


def write_page(folder: MarkingFolder, cohort: Cohort) -> Path:
    """Write ``results/cohort.html``: one file, with nothing to fetch."""
    path = folder.root / PAGE
    write_whole(path, render(cohort).encode("utf-8"))
    return path


def render(cohort: Cohort) -> str:
    """The pictures as a page; a card escapes whatever stands in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["card"] = lambda card: Markup(card.html())
    return templates.get_template("cohort.html.j2").render(
        title=TITLE, about=ABOUT, style=Markup(style()), sections=list(_sections(cohort))
    )


def _sections(cohort: Cohort) -> Iterator[dict[str, Any]]:
    yield {"id": "who", "heading": "Who has handed in", "cards": [cohort.handed_in()]}
    for assignment, picture in cohort.pictures.items():
        if picture.sheet.handed_in:
            cards = [
                cohort.questions(assignment),
                *cohort.answers(assignment).cards,
                cohort.levels(assignment),
            ]
            yield {"id": assignment, "heading": picture.sheet.title, "cards": cards}
