"""How the tutor's commands speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.words import clean

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """The tutor's terminal."""
    try:
        from rich.console import Console
    except ImportError:
        raise PlaceKitError(
            "The tutor's commands need more than is installed here. "
            "Run: pip install 'place-kit[tutor]'"
        ) from None
    return Console(highlight=False, soft_wrap=True)


def say(out: Console, text: str, style: str = "") -> None:
    """Say one sentence."""
    # markup=False: a name like [bold] is a name.
    out.print(text, style=style or None, markup=False)


def table(out: Console, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table of words that came from outside."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made: Any = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(*(Text(clean(cell, 300)) for cell in row))
    out.print(made, soft_wrap=False)


@contextmanager
def progress(out: Console, doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left; gives what to call with how many are done, of how many."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def update(done: int, of: int) -> None:
            words = f"{doing} {min(done + 1, of)} of {of}"
            bar.update(task, completed=done, total=of, description=words)

        yield update
